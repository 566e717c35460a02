"""Puts two edits of one text together, line by line, where they do not overlap."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_Change = tuple[int, int, tuple[str, ...]]  # the lines of the base from, until before, put instead


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Return a text with the edits of both `mine` and `theirs` of `base`; None where they overlap.

    Edits overlap where both change the same lines, or lines next to each other.
    An edit that both made counts once.
    """
    lines = base.split("\n")
    found = sorted({*_changes(lines, mine), *_changes(lines, theirs)})
    if any(other[0] <= one[1] for one, other in pairwise(found)):
        return None
    made: list[str] = []
    at = 0
    for first, last, put in found:
        made += [*lines[at:first], *put]
        at = last
    return "\n".join([*made, *lines[at:]])


def _changes(base: Sequence[str], text: str) -> Iterator[_Change]:
    lines = text.split("\n")
    matcher = SequenceMatcher(None, base, lines, autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind != "equal":
            yield first, last, tuple(lines[begin:end])
