"""Times of day in cells: opening hours, day by day where they differ, and when a talk begins.

What can be read in one way is printed as each language writes it; other words stay as they are.
"""

import re
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
    """Return a time of day, or from when to when, as it is typed: "11:30", "11–12 Uhr"."""
    written = text(cell, 40)
    if not _is_known(written) or len(openings(written)) > 1:
        raise _no_time()
    return written


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
        N_("“{value}” is no time of day that can be read in one way only."),
        N_("Write it as 9:00–16:00 Uhr, with the day before it where days differ: Fr 9–16 Uhr."),
    )
