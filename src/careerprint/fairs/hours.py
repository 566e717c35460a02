"""Times of day in cells: opening hours, day by day where they differ, and when a talk begins.

What can be read in one way is printed as each language writes it; other words stay as they are.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import time

from careerprint.core.diagnostics import N_
from careerprint.fairs.cells import Cell
from careerprint.fairs.days import DAY_NAME, WEEKDAYS
from careerprint.fairs.entries import Unsuitable, text

_CLOCK = r"\d{1,2}(?:[:.]\d\d)?(?:\s*(?:uhr|h)\b)?"
_TO = r"\s*(?:[-–—]|\bbis\b|\bto\b)\s*"
_PART = (
    rf"(?:(?P<days>{DAY_NAME}(?:\s*(?:[-–,+&/]|bis|und|to|and)\s*{DAY_NAME})*)\s*[:,]?\s*)?"
    rf"(?:(?:von|from|um|at)\s+)?(?P<opens>{_CLOCK})(?:{_TO}(?P<closes>{_CLOCK}))?"
)
_NAMELESS = re.sub(r"\?P<\w+>", "?:", _PART)
_JOINT = r"(?:\s*(?:[,;/|+&]|\bund\b|\band\b)\s*|\s+(?=[a-z]))"
_OPENINGS = re.compile(rf"{_NAMELESS}(?:{_JOINT}{_NAMELESS})*", re.IGNORECASE)
_OPENING = re.compile(_PART, re.IGNORECASE)
_DAY_NAMED = re.compile(DAY_NAME, re.IGNORECASE)
_TIME_LIKE = re.compile(
    r"\d{1,2}[:.]\d\d(?!\d|\.?\d)|\d\s*(?:uhr|h)\b|\d\s*[-–]\s*(?:\d|open)"
    r"|\b(?:ab|bis|gegen)\s+\d{1,2}\b",
    re.IGNORECASE,
)
_NIGHT, _MORNING = time(12), time(6)  # what opens after the one may close before the other
_NO_TIME = N_("“{value}” is no time of day that can be read in one way only.")
_RAISED = re.compile(r"(?<=\d)\s?(?:°°|⁰⁰)")


@dataclass(frozen=True, slots=True)
class Opening:
    """From when to when, on which days of the week (0 is Monday), which may be first and last."""

    days: tuple[int, ...]
    is_range: bool
    opens: time
    closes: time | None


def openings(written: str) -> tuple[Opening, ...]:
    """Return the opening hours that a text says; () where it says them otherwise, or more.

    Raises ValueError for a time that there is none of, and for one that ends before it begins.
    """
    if not _OPENINGS.fullmatch(written):
        return ()
    return tuple(map(_opening, _OPENING.finditer(written)))


def _opening(found: re.Match[str]) -> Opening:
    opens, closes = (_time(found[name]) if found[name] else None for name in ("opens", "closes"))
    over_midnight = closes and opens and opens >= _NIGHT and closes <= _MORNING
    if opens is None or (closes and closes <= opens and not over_midnight):
        raise ValueError("it closes before it opens")
    named = found["days"] or ""
    days = tuple(WEEKDAYS[day[:2].casefold()] for day in _DAY_NAMED.findall(named))
    is_range = len(days) == len(("first", "last")) and bool(
        re.search(_TO, _DAY_NAMED.sub(" ", named), re.IGNORECASE)
    )
    return Opening(days, is_range, opens, closes)


def _time(written: str) -> time:
    hour, minute = [*re.findall(r"\d+", written), "0"][:2]
    if (int(hour), int(minute)) == (24, 0):  # the end of a day
        return time(0)
    return time(int(hour), int(minute))


def hours(cell: Cell) -> str:
    """Return opening hours as they are typed: "9–16 Uhr", "Fr 9–16, Sa 10–14 Uhr", "ganztägig"."""
    written = _RAISED.sub(":00", text(cell, 100))
    is_known = _is_known(written)
    if not is_known and re.search(r"\d", written) and not _TIME_LIKE.search(written):
        raise _no_time()
    return written


def clock(cell: Cell) -> str:
    """Return when a talk begins, or from when to when, as it is typed: "11:30", "11–12 Uhr"."""
    return _single(cell, N_("Write it as 11:30, or from when to when: 11:30–12:00 Uhr."))[0]


def bound(cell: Cell, other: Cell, *, is_end: bool) -> str:
    """Return the time in a cell of one of two columns, as it is typed: the beginning, or the end.

    `other` is the cell beside it. A cell may say from when to when, too: where the other one is
    empty or says the same.
    """
    hint = N_("Write the end alone here: 16:00.")
    if not is_end:
        hint = N_("Write the beginning alone here: 9:00.")
    written, own = _single(cell, hint)
    try:
        beside, said = _single(other, hint)
    except Unsuitable:  # it is empty, or that is told of it
        return written
    if own.closes:
        alone = own.closes if is_end else own.opens
        if said.closes or said.opens != (own.opens if is_end else own.closes):
            if (said.opens, said.closes) == (own.opens, own.closes):
                return written
            raise Unsuitable(
                N_("“{value}” says from when to when, and “{beside}” beside it something else."),
                N_("Write {meant} here."),
                beside=beside,
                meant=f"{alone:%H:%M}",
            )
    elif is_end and not said.closes and not _is_in_order(beside, written):
        raise Unsuitable(
            N_("“{value}” is not when a fair ends that begins at “{beside}”."),
            N_("Correct one of the two times."),
            beside=beside,
        )
    return written


def from_to(begin: str, end: str) -> str:
    """Return the opening hours that two columns say; "" where there is no beginning."""
    for whole in (begin, end):
        if any(opening.closes for opening in openings(whole)):
            return whole
    return f"{begin}–{end}" if end and openings(begin) else begin


def _single(cell: Cell, hint: str) -> tuple[str, Opening]:
    """Return what a cell with one time, or with one from when to when, says: typed and read."""
    written = text(cell, 40)
    with suppress(ValueError):
        if len(said := openings(written)) == 1:
            return written, said[0]
    raise Unsuitable(_NO_TIME, hint)


def _is_in_order(begin: str, end: str) -> bool:
    try:
        return bool(openings(f"{begin}–{end}"))
    except ValueError:
        return False


def says_hours(cell: Cell) -> bool:
    """Tell whether a cell holds a time of day or opening hours."""
    try:
        written = hours(cell)
    except Unsuitable:
        return False
    return bool(openings(written) or _TIME_LIKE.search(written))


def _is_known(written: str) -> bool:
    try:
        return bool(openings(written))
    except ValueError:
        raise _no_time() from None


def _no_time() -> Unsuitable:
    return Unsuitable(
        _NO_TIME,
        N_("Write it as 9:00–16:00 Uhr, with the day before it where days differ: Fr 9–16 Uhr."),
    )
