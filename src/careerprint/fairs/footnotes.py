"""Marks of footnotes in the cells of a table, whose notes stand in rows of their own below it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from careerprint.fairs.cells import Cell, Linked, Row, is_empty

_SIGNS = r"\*{1,4}|[†‡]{1,3}|[¹²³⁴-⁹]{1,2}"
_MARK = (
    rf"(?:{_SIGNS})\)?|\((?:{_SIGNS}|\d{{1,2}}|[a-z])\)|\[(?:{_SIGNS}|\d{{1,2}})\]"
    r"|\d{1,2}\)|[a-z]\)"
)
_NOTE = re.compile(rf"\s*({_MARK})[\s:=–-]*\w")
_BEHIND = re.compile(rf"(?P<text>.*?[^\s(\[])\s*(?P<mark>{_MARK})\s*", re.DOTALL)
_BEFORE = re.compile(rf"\s*(?P<mark>{_SIGNS})\s*(?P<text>\w.*)", re.DOTALL)
_SIGN = re.compile(rf"(?:{_SIGNS})\)?|\((?:{_SIGNS})\)|\[(?:{_SIGNS})\]")
_ENDS = re.compile(r"[*†‡¹²³⁴-⁹)\]]")  # one of these every mark has
_SQUARE = re.compile(r"\d\s?m[²³]\s*")  # square metres
_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


def notes(rows: Sequence[Row]) -> Mapping[str, Row]:
    """Return the rows with notes, which have one filled cell, by the marks of the notes."""
    found: dict[str, Row] = {}
    for row in rows:
        filled = [cell for cell in row.cells if not is_empty(cell)]
        if len(filled) == 1 and isinstance(filled[0], str):
            for note in filter(None, map(_NOTE.match, filled[0].splitlines())):
                found.setdefault(_bare(note[1]), row)
    return found


def without_marks(
    rows: Sequence[Row], noted: Mapping[str, Row]
) -> Iterator[tuple[Row, Mapping[int, Row]]]:
    """Yield rows without the marks that have a note, with the note's row for each such column."""
    for row in rows:
        of_row: dict[int, Row] = {}
        cells = list(row.cells)
        for at, cell in enumerate(row.cells) if noted else ():
            if (parted := marked(cell)) and (note := noted.get(_bare(parted[1]), row)) is not row:
                cells[at], of_row[at] = parted[0], note
        yield replace(row, cells=tuple(cells)) if of_row else row, of_row


def marked(cell: Cell, *, by_sign: bool = False) -> tuple[Cell, str] | None:
    """Return the text of a cell and the mark behind or before it; None where it has none.

    `by_sign` leaves out what may be a number of something: "Messe (2)", "12 m²".
    """
    if not isinstance(cell, str) or not _ENDS.search(cell) or _SQUARE.search(cell):
        return None
    found = _BEHIND.fullmatch(cell) or _BEFORE.fullmatch(cell)
    if not found or found["text"].count("(") != found["text"].count(")"):
        return None
    text, sign = found["text"], _SIGN.fullmatch(found["mark"])
    if sign and found["mark"].strip("()[]")[:1] in text:  # *so* somebody stresses a word
        return None
    if by_sign and not sign:
        return None
    return (Linked(text, cell.address) if isinstance(cell, Linked) else text), found["mark"]


def _bare(mark: str) -> str:
    return mark.strip("()[]").translate(_DIGITS)
