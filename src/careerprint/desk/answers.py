"""Answers check marks of an import with what is entered beside them, or in their field's form."""

from dataclasses import replace

from careerprint.desk.copymarks import HERE
from careerprint.desk.marktexts import values_in
from careerprint.desk.proposals import (
    Proposal,
    about,
    accepted,
    asked_for,
    entries_of,
    proposals_in,
    with_day_of_training,
)


def filled(text: str, proposal: Proposal, key: str, value: str) -> str:
    """Return a profile's text with the entry that a remark asks for, which replaces another."""
    lines, at = text.split("\n"), proposal.line - 1
    entry = f"{' ' * _indent(lines[at])}{key}: {' '.join(value.split())}"
    there = _entry_beside(text, proposal.line, key)
    if there:
        lines[there] = entry
        del lines[at]
    else:
        lines[at] = entry
    made = "\n".join(lines)
    return with_day_of_training(made, "", entry) if key == "as_of" else made


def with_answers(before: str, text: str, path: str) -> str:
    """Return a profile's text without the marks whose field was filled since it was `before`."""
    former = proposals_in(before, path)
    now = proposals_in(text, path)
    if [each.told for each in former] != [each.told for each in now]:
        return text
    for was, mark in reversed(list(zip(former, now, strict=True))):
        asked = asked_for(replace(mark, kind="remark"))
        if asked:
            old, new = _value(before, was, asked[0]), _value(text, mark, asked[0])
            if new and new != old:
                text = filled(text, mark, asked[0], new)
        elif _is_answered(before, was, text, mark):
            text = accepted(text, mark)
    return text


def _is_answered(before: str, was: Proposal, text: str, mark: Proposal) -> bool:
    if place := about(mark):
        fact = f"\n  {place.removeprefix('facts.')}:"
        return fact not in before and fact in text
    if not was.kind == mark.kind == "value" or was.lines == mark.lines:
        return False
    if values := values_in(mark.told, HERE):  # of the name that was to be changed
        return values["word"] not in "\n".join(mark.lines)
    return len(entries_of(was)) == len(entries_of(mark)) == 1


def _value(text: str, mark: Proposal, key: str) -> str:
    """Return what is entered where a mark asks for it, "" for nothing."""
    at = _entry_beside(text, mark.line, key)
    return text.split("\n")[at].partition(":")[2].strip() if at else ""


def _entry_beside(text: str, line: int, key: str) -> int:
    """Return the place, from 0, of an entry in the block in which a mark stands; 0 for none."""
    lines = text.split("\n")
    begins = f"{' ' * _indent(lines[line - 1])}{key}:"
    for way in (1, -1):
        at = line - 1 + way
        while 0 < at < len(lines) and _indent(lines[at]) >= _indent(lines[line - 1]):
            if lines[at].startswith(begins):
                return at
            at += way
    return 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
