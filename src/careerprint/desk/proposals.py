"""What an import proposes in a profile's head: listed, accepted, corrected or left out.

A proposal is a check mark and the lines below it that it speaks of. To accept it deletes the mark's
line, and takes away the "#" of lines that were only proposed. All else of the file stays as it is.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

import yaml

from careerprint.desk.marktexts import values_in
from careerprint.intake.drafting import FLYER_QUOTED, INTRODUCED_TWICE
from careerprint.intake.factlines import ASKED, NO_PAY, OTHER_YEARS, WAY, yaml_lines
from careerprint.manuscripts.furniture import CONTACT_LEFT_OUT
from careerprint.profiles.content import Art, FrontMatter
from careerprint.profiles.facts import Apprenticeship, Pay
from careerprint.profiles.marks import read_check_marks

_COMMENT = re.compile(r"^(\s*)#\s?(.*)$")
UNSEEN = {"id", "kind"}  # names that texts and the model go by, not values
_ABOUT = {
    NO_PAY: "facts.pay",
    WAY: "facts.ways_in",
    OTHER_YEARS: "facts.ways_in",
    CONTACT_LEFT_OUT: "issuer",
}
"""What a remark is about which stands at no entry: a fact, or who hands the profile out."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A check mark: its line, counted from 1, what it says, and the lines that it speaks of.

    `kind` is "value" for lines that are printed, "proposal" for lines that are only a comment,
    "remark" where there are none. `depth` is how far the mark is set in.
    What is needed can be corrected, and not left out.
    """

    line: int
    told: str
    kind: str
    first: int
    lines: tuple[str, ...]
    depth: int = 0
    is_needed: bool = False

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
    depth = _indent(lines[line - 1])
    if rest and _speaks_of(lines[line - 1], rest[0]):
        indent = _indent(rest[0])
        deeper = (n for n, below in enumerate(rest[1:], 1) if not _goes_on(below, indent))
        held = rest[: next(deeper, len(rest))]
        while held and (not held[-1].strip() or _COMMENT.match(held[-1])):
            held.pop()
        needed = _is_needed(lines[: line + 1])
        return Proposal(line, told, "value", line + 1, tuple(held), depth, needed)
    commented = []
    for n, below in enumerate(rest, line + 1):
        found = _COMMENT.match(below)
        if found is None or n in marks or not _looks_like_yaml(found[2]):
            break
        commented.append(below)
    kind = "proposal" if commented else "remark"
    return Proposal(line, told, kind, line + 1, tuple(commented), depth)


def _speaks_of(mark: str, below: str) -> bool:
    """Tell whether a mark speaks of the line below it: what is set in otherwise is another's.

    A mark above all facts is about one that is missing.
    """
    is_entry = bool(below.strip()) and not _is_comment(below)
    return is_entry and _indent(mark) == _indent(below) and below.rstrip() != "facts:"


def _is_needed(lines: Sequence[str]) -> bool:
    """Tell whether the last of these lines begins what no profile can do without."""
    keys = (found[1] for line in reversed(lines) if (found := re.match(r"(\w+):", line)))
    entry = FrontMatter.model_fields.get(next(keys, ""))
    return entry is not None and entry.is_required()


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
    return _with_facts(_with_lines(text, proposal.line, proposal.last, []), proposal.line, bare)


def dropped(text: str, proposal: Proposal) -> str:
    """Return a profile's text without a proposal and what it speaks of.

    What held nothing else goes too: a list without entries is none. So do remarks on what goes.
    """
    lines = text.split("\n")
    behind = proposal.last - 1
    if proposal.kind == "value":
        behind = _behind_remarks(lines, behind, _indent(proposal.lines[0]))
    made = _without(lines, proposal.line - 1, behind)
    is_day = proposal.kind == "value" and proposal.lines[0].startswith("    as_of:")
    return with_day_of_training(made, proposal.lines[0], "") if is_day else made


def without_fact(text: str, proposal: Proposal) -> str:
    """Return a profile's text without the whole fact that a proposal is part of."""
    lines = text.split("\n")
    first = proposal.first - 1
    while first and not re.match(r"  \w+:", lines[first]):
        first -= 1
    behind = first + 1
    while behind < len(lines) and _goes_on(lines[behind], _indent(lines[first])):
        behind += 1
    return _without(lines, first, behind)


def _without(lines: list[str], first: int, behind: int) -> str:
    """Return lines as a text, some left out, and the keys above that hold nothing then."""
    indent = _indent(lines[first])
    del lines[first:behind]
    while first and _is_key_alone(lines[first - 1]) and _indent(lines[first - 1]) < indent:
        below = next((line for line in lines[first:] if line.strip() and not _is_comment(line)), "")
        if _indent(below) > _indent(lines[first - 1]):
            break
        first -= 1
        indent = _indent(lines[first])
        del lines[first : _behind_remarks(lines, first + 1, indent)]
    return "\n".join(lines)


def _behind_remarks(lines: Sequence[str], at: int, indent: int) -> int:
    """Return where the remarks end that begin at a line and are set in deeper than `indent`."""
    while at < len(lines) and _is_comment(lines[at]) and _indent(lines[at]) > indent:
        at += 1
    return at


def corrected(text: str, proposal: Proposal, values: Mapping[str, str]) -> str:
    """Return a profile's text in which a proposal has other values, and is accepted.

    `values` are by the names of `entries_of`; an empty one takes its entry away. Raises LookupError
    for a name that cannot be.
    """
    held = _corrected(proposal, values)
    if not held:
        return dropped(text, proposal)
    is_item = isinstance(held, list)
    depth = _indent(proposal.lines[0]) if proposal.kind == "value" else 0
    lines = list(yaml_lines(held[0] if is_item else held, " " * (depth + 2 * is_item)))
    if is_item:
        lines[0] = f"{' ' * depth}- {lines[0].strip()}"
    if proposal.kind == "value":
        made = _with_lines(text, proposal.line, proposal.last, lines)
        is_day = list(held) == ["as_of"]
        return with_day_of_training(made, proposal.lines[0], lines[0]) if is_day else made
    inner = lines if "facts" in held else [f"  {line}" for line in lines]
    return _with_facts(_with_lines(text, proposal.line, proposal.last, []), proposal.line, inner)


def entries_of(proposal: Proposal) -> list[tuple[str, Any]]:
    """Return the values that a proposal speaks of, each with its name: ("pay.period", "month").

    Drawings that are not chosen are there, too, and empty.
    """
    try:
        held = _parsed(proposal)
    except yaml.YAMLError:
        return []
    entries = list(_leaves(held, ""))
    drawings = Art.model_fields if "art" in held else ()
    return entries + [(f"art.{key}", "") for key in drawings if key not in held["art"]]


def corrected_names(proposal: Proposal, values: Mapping[str, str]) -> dict[str, str]:
    """Return the names of a proposal's entries once they are corrected, each with that of now."""
    before = (name for name, value in entries_of(proposal) if values.get(name, str(value)).strip())
    after = (name for name, _ in _leaves(_corrected(proposal, values), ""))
    return dict(zip(after, before, strict=True))


def _corrected(proposal: Proposal, values: Mapping[str, str]) -> Any:  # noqa: ANN401 - as below
    held = _parsed(proposal)
    for name, written in values.items():
        _put(held, name.split("."), written)
    return _pruned(held)


def _pruned(held: Any) -> Any:  # noqa: ANN401 - as below
    """Return what is held without empty entries, and without what holds nothing but them."""
    if isinstance(held, dict):
        inner = {key: _pruned(value) for key, value in held.items()}
        seen = {key: value for key, value in inner.items() if value not in ("", [], {}, None)}
        return seen if set(seen) - UNSEEN else {}
    if isinstance(held, list):
        return [each for each in map(_pruned, held) if each not in ("", [], {}, None)]
    return held


def asked_for(proposal: Proposal) -> tuple[str, tuple[str, ...]] | None:
    """Return the entry of pay that a remark asks for, and what may stand there; None for another.

    These are the choices that it names; a day has none.
    """
    ask = next((ask for ask in ASKED if values_in(proposal.told, ask) is not None), "")
    if proposal.kind != "remark" or not ask:
        return None
    choices = choices_of(ASKED[ask])
    return ASKED[ask], tuple(each for each in choices if each in ask)


def choices_of(key: str) -> tuple[str, ...]:
    """Return what may stand in an entry of pay or of a training, () where that is not declared."""
    field = {**Apprenticeship.model_fields, **Pay.model_fields}.get(key)
    written = map(get_args, get_args(field.annotation)) if field else ()
    return tuple(each for choices in written for each in choices if isinstance(each, str))


def is_to_confirm(proposal: Proposal) -> bool:
    """Tell whether a check mark asks if something is right; else it may only be left as it is."""
    told = (values_in(proposal.told, each) for each in (FLYER_QUOTED, INTRODUCED_TWICE))
    return proposal.kind == "value" and all(values is None for values in told)


def about(proposal: Proposal) -> str:
    """Return the place that a remark is about which stands at none; "" for other proposals."""
    found = (place for told, place in _ABOUT.items() if values_in(proposal.told, told) is not None)
    return next(found, "")


def is_of_text(proposal: Proposal) -> bool:
    """Tell whether a check mark speaks of the text below the head: a remark of the head's end."""
    return proposal.kind == "remark" and not proposal.depth and not about(proposal)


def with_day_of_training(text: str, before: str, entry: str) -> str:
    """Return a text in which pay in training has the day of all pay, where it had the one before.

    An import asks for one day, above the pay that stands first.
    """
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line == "  training_pay:"), len(lines))
    behind = next((n for n in range(first + 1, len(lines)) if not _goes_on(lines[n], 2)), first)
    held = [line for line in lines[first:behind] if line.startswith("    as_of:")]
    if held == [before]:
        at = lines.index(before, first)
        lines[at : at + 1] = [entry] if entry else []
    elif behind > first and not (held or before):
        lines.insert(behind, entry)
    return "\n".join(lines)


def _parsed(proposal: Proposal) -> Any:  # noqa: ANN401 - what YAML holds
    """Return what the lines of a proposal hold; raises YAMLError where it is no entry."""
    lines = proposal.lines
    if proposal.kind == "proposal":
        lines = tuple(_COMMENT.sub(r"\2", line) for line in lines)
    held = yaml.safe_load(textwrap.dedent("\n".join(lines)))
    if isinstance(held, dict) and list(held) == ["facts"]:
        held = held["facts"]
    if not isinstance(held, dict | list):
        raise yaml.YAMLError(proposal.told)
    return held


def _leaves(held: Any, name: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - as above
    if isinstance(held, dict | list):
        inner = held.items() if isinstance(held, dict) else enumerate(held)
        for key, value in inner:
            if key not in UNSEEN:
                yield from _leaves(value, f"{name}.{key}" if name else str(key))
    elif held is not None:
        yield name, held


def _put(held: Any, steps: Sequence[str], written: str) -> None:  # noqa: ANN401 - as above
    for step in steps[:-1]:
        held = held[int(step) if isinstance(held, list) else step]
    if isinstance(held, dict):
        held.setdefault(steps[-1], "")
    last = int(steps[-1]) if isinstance(held, list) else steps[-1]
    before = held[last]
    if isinstance(before, bool):
        held[last] = written == "true"
    elif isinstance(before, int | float):
        held[last] = number_in(written)
    elif isinstance(before, date):
        held[last] = dated(written)
    else:
        held[last] = " ".join(written.split())


def dated(written: str) -> date | str:
    """Return a day that is written as year-month-day; else what is written."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written


def number_in(written: str) -> int | float | str:
    """Return a number as Germans write it, "3.100", "2.750,00 €" or "14,50"; else what is written.

    A point before three digits is one of thousands.
    """
    bare = re.sub(r"\s|€|EUR|Euro", "", written)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?", bare):
        value = float(bare.replace(".", "").replace(",", "."))
        return int(value) if value.is_integer() else value
    return written


def _with_facts(text: str, line: int, bare: list[str]) -> str:
    """Return a text with lines among its facts: behind the last one, else at a line."""
    lines = text.split("\n")
    bare = [each for each in bare if each.rstrip() != "facts:"]
    end = next((n for n, each in enumerate(lines[1:], 1) if each.rstrip() == "---"), len(lines))
    head = next((n for n in range(1, end) if lines[n].rstrip() == "facts:"), None)
    if head is None:
        return _with_lines(text, line, line, ["facts:", *bare])
    last = head
    for n in range(head + 1, end):
        if lines[n].strip() and not _is_comment(lines[n]):
            if _indent(lines[n]) == 0:
                break
            last = n
    return _with_lines(text, last + 2, last + 2, bare)


def _is_key_alone(line: str) -> bool:
    return bool(re.fullmatch(r"\s*[\w-]+:\s*", line))


def _is_comment(line: str) -> bool:
    return bool(_COMMENT.match(line))


def _with_lines(text: str, first: int, behind: int, lines: Sequence[str]) -> str:
    """Return a text with other lines from `first` until before `behind`, counted from 1."""
    held = text.split("\n")
    return "\n".join([*held[: first - 1], *lines, *held[behind - 1 :]])
