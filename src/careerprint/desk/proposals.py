"""What an import proposes in a profile's head: listed, accepted, corrected or left out.

A proposal is a check mark and the lines below it that it speaks of. To accept it deletes the mark's
line, and takes away the "#" of lines that were only proposed. All else of the file stays as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from careerprint.core.diagnostics import N_
from careerprint.profiles.marks import read_check_marks

WORDS: Mapping[str, str] = {
    "view_check": N_("Check the import"),
    "check_heading": N_("Check what was found: {title}"),
    "check_left": N_("Still to check: {count}"),
    "check_done": N_("Everything is checked."),
    "check_original": N_("The text, as it was brought in"),
    "check_no_original": N_("The file that this profile was made of is not kept here."),
    "check_accept": N_("Right"),
    "check_take": N_("Take over"),
    "check_drop": N_("Leave out"),
    "check_correct": N_("Correct…"),
    "check_lines": N_("What stands in the profile"),
    "check_keep": N_("Save"),
    "check_cancel": N_("Cancel"),
    "check_accept_all": N_("All are right"),
    "check_write": N_("Go on writing"),
    "check_value": N_("To check"),
    "check_proposal": N_("Proposed, not printed yet"),
    "check_remark": N_("To know"),
}

_COMMENT = re.compile(r"^(\s*)#\s?(.*)$")
_KEY = re.compile(r"\s*(?:- )?([\w-]+):")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A check mark: its line, counted from 1, what it says, and the lines that it speaks of.

    `kind` is "value" for lines that are printed, "proposal" for lines that are only a comment,
    "remark" where there are none.
    """

    line: int
    told: str
    kind: str
    first: int
    lines: tuple[str, ...]

    @property
    def last(self) -> int:
        """The line behind the last one that it speaks of."""
        return self.first + len(self.lines)


def proposals_in(text: str, path: str) -> list[Proposal]:
    """Return the proposals in the text of a profile."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), len(lines))
    marks = read_check_marks("\n".join(lines[1:end]), path, 2)
    at = {mark.location.line for mark in marks}
    return [_proposal(lines, end, mark.location.line, mark.proposal, at) for mark in marks]


def _proposal(lines: list[str], end: int, line: int, told: str, marks: set[int]) -> Proposal:
    rest = lines[line:end]  # below the mark
    if rest and rest[0].strip() and not _COMMENT.match(rest[0]):
        indent = _indent(rest[0])
        deeper = (n for n, below in enumerate(rest[1:], 1) if not _goes_on(below, indent))
        held = rest[: next(deeper, len(rest))]
        while held and (not held[-1].strip() or _COMMENT.match(held[-1])):
            held.pop()
        return Proposal(line, told, "value", line + 1, tuple(held))
    commented = []
    for n, below in enumerate(rest, line + 1):
        found = _COMMENT.match(below)
        if found is None or n in marks or not _looks_like_yaml(found[2]):
            break
        commented.append(below)
    kind = "proposal" if commented else "remark"
    return Proposal(line, told, kind, line + 1, tuple(commented))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _goes_on(line: str, indent: int) -> bool:
    """Tell whether a line belongs to an entry that begins with so many spaces."""
    return not line.strip() or _indent(line) > indent


def _looks_like_yaml(comment: str) -> bool:
    return bool(re.match(r"\s*(?:- |[a-z_]+:(?:\s|$))", comment)) or comment.startswith("   ")


def accepted(text: str, proposal: Proposal) -> str:
    """Return a profile's text in which a proposal is accepted."""
    if proposal.kind != "proposal":
        return _with_lines(text, proposal.line, proposal.line + 1, [])
    bare = [_COMMENT.sub(r"\2", line) for line in proposal.lines]
    return _with_lines(text, proposal.line, proposal.last, bare)


def dropped(text: str, proposal: Proposal) -> str:
    """Return a profile's text without a proposal and what it speaks of."""
    return _with_lines(text, proposal.line, proposal.last, [])


def corrected(text: str, proposal: Proposal, lines: str) -> str:
    """Return a profile's text with other lines in a proposal's place."""
    return _with_lines(text, proposal.line, proposal.last, lines.rstrip("\n").split("\n"))


def _with_lines(text: str, first: int, behind: int, lines: list[str]) -> str:
    """Return a text with other lines from `first` until before `behind`, counted from 1."""
    held = text.split("\n")
    return "\n".join([*held[: first - 1], *lines, *held[behind - 1 :]])
