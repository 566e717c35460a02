"""What people write into tables besides facts: “as above”, that a fair is cancelled or put off."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from careerprint.fairs.cells import Cell, Row, as_text, is_empty

_LONGEST = 20  # characters of a mark that says “as above”
_FEWEST = 2  # cells of a fair, which others may point to; one alone is the heading of a group
_AS_ABOVE = re.compile(
    r"\W*(?:di+t+o|dto|ebenso|ebenda|(?:siehe|wie)\s+(?:oben|vor|zuvor|darüber)|s\.\s?o\.)\W*"
    r"|[\s–—-]*(?:[\"”“„″〃'´`]{1,2}|(?<=-)\s*II\s*(?=-))[\s–—-]*",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(
    r"\b(?:evtl|eventuell|vorl|vorläufig|vsl|vrsl|voraussichtlich|tbc|tba|folgt noch"
    r"|noch (?:offen|unklar|nicht bestätigt|zu klären)|unter vorbehalt)\b",
    re.IGNORECASE,
)
_CANCELLED = (
    r"abgesagt|storniert|ausgefallen|fällt\s+(?:leider\s+)?aus|cancell?ed"
    r"|findet\s+(?:leider\s+)?nicht\s+statt|(?:messe|termin|veranstaltung)\s+entfällt"
)
_PUT_OFF = r"verschoben(?!\s+v[oa][nm])|verlegt\s+auf|neuer\s+termin|ersatztermin|postponed"
# By itself in a cell; among other words, it may be said of something else than the fair.
_ALONE = (
    r"entfällt|entfallen|gestrichen|gecancelt|absage|fällt\s+weg",
    r"\W*(?:(?:leider|ersatzlos|heuer|dieses\s+jahr|(?:in\s+)?20\d\d)\W*)*",
)
# A part of each of these words, which is soon looked for.
_MAY_SAY_SO = (
    *("abgesagt", "absage", "storniert", "fallen", "fällt", "gestrichen", "cancel", "statt"),
    *("verschoben", "verlegt", "termin", "postponed"),
)
_BEGINS = r"\W*(?:(?:die|der|messe|termin|veranstaltung|leider|wurde|wird|ist)\s+)*"
_SUM = re.compile(
    r"(?:summe|gesamt(?:auflage|menge|summe|zahl)?|total|sum|zwischensumme|insgesamt)\b|[Σ∑]",
    re.IGNORECASE,
)

STATUS, OWN, NO_COLUMN = "status", "own", ""
"""Columns that are not read: one that says how things stand, one of what is known, all others."""


def _said(words: str, anywhere: str, alone: str = "") -> Mapping[str, re.Pattern[str]]:
    """Return by column what says so: a name or a day anywhere, other cells where they begin so.

    Of these, most do where they hold nothing else than what is said `alone`; a fee may be dropped.
    """
    of_the_fair = re.compile(rf"(?<!nicht )\b(?:{anywhere})\b", re.IGNORECASE)
    begins = rf"\A{_BEGINS}(?:{words})\b"
    other = re.compile(rf"{begins}|\A{_BEGINS}{alone}\Z" if alone else begins, re.IGNORECASE)
    return (
        dict.fromkeys(("fair", "start", "end", STATUS), of_the_fair)
        | dict.fromkeys((NO_COLUMN, "hours", "city", "venue", "note", "copies"), other)
        | {OWN: re.compile(begins, re.IGNORECASE)}
    )


_SAYS_CANCELLED = _said(_CANCELLED, rf"{_CANCELLED}|entfällt", rf"(?:{_ALONE[0]})\b{_ALONE[1]}")
_SAYS_PUT_OFF = _said(_PUT_OFF, _PUT_OFF)


@lru_cache(maxsize=10_000)
def is_as_above(cell: Cell) -> bool:
    """Tell whether a cell says that it holds what the one above it does: dito, s. o., a mark."""
    is_short = isinstance(cell, str) and len(cell) <= _LONGEST
    return is_short and _AS_ABOVE.fullmatch(str(cell).strip()) is not None


@lru_cache(maxsize=10_000)
def is_uncertain(cell: Cell) -> bool:
    """Tell whether a cell says of its value that it may not hold: "Stadthalle?", "B 14 (vorl.)"."""
    if not isinstance(cell, str):
        return False
    asks = cell.rstrip().endswith("?") and cell.strip(" ?") != ""
    return asks or _UNCERTAIN.search(cell) is not None


def with_what_is_above(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows with the value of the cell above in the place of each that says so."""
    above: Row | None = None
    for row in rows:
        filled = row
        if above and any(map(is_as_above, row.cells)):
            cells = [above.cell(at) if is_as_above(c) else c for at, c in enumerate(row.cells)]
            filled = replace(row, cells=tuple(cells))
        yield filled
        if sum(not is_empty(cell) for cell in row.cells) >= _FEWEST:
            above = filled


def is_no_fair(row: Row) -> bool:
    """Tell whether a row without a day is the heading of a group, a sum or a note."""
    filled = [cell for cell in row.cells if not is_empty(cell)]
    summed = any(_SUM.match(as_text(cell).strip()) for cell in filled)
    return summed or len(filled) < _FEWEST


def may_say_so(row: Row) -> bool:
    """Tell whether a row has a word by which it may say that its fair is cancelled or put off."""
    said = "\n".join(cell for cell in row.cells if isinstance(cell, str)).lower()
    return any(word in said for word in _MAY_SAY_SO)


def is_cancelled(cells: Iterable[tuple[str, Cell]]) -> bool:
    """Tell whether one of these cells, with their columns, says that the fair is cancelled."""
    return any(
        column in _SAYS_CANCELLED and _SAYS_CANCELLED[column].search(cell)
        for column, cell in cells
        if isinstance(cell, str)
    )


def changes_all(note: Row) -> bool:
    """Tell whether a note says anywhere that a fair is cancelled or put off."""
    said = [("fair", cell) for cell in note.cells]
    return is_cancelled(said) or put_off(said, "\0") is not None


def put_off(cells: Iterable[tuple[str, Cell]], day: str) -> tuple[str, str] | None:
    """Return column and text of a cell that puts the fair off to another day than `day`."""
    for column, cell in cells:
        says = _SAYS_PUT_OFF.get(column)
        if says and isinstance(cell, str) and day not in cell and says.search(cell):
            return column, cell
    return None
