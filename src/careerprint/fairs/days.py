"""Days in the cells of a table, in the many ways in which people write them.

What can be read in one way only is taken; all else is refused with what to write instead.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache

from careerprint.core.diagnostics import N_
from careerprint.fairs.cells import Cell, as_text
from careerprint.fairs.entries import Unsuitable, plain, text

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LEAP_YEAR = 2000
_EXCEL_DAY_0 = date(1899, 12, 30)  # what Excel counts days from, since its 1900 has a 29 February
# Names of days and months have bounds: a cell of very many letters is soon looked through.
_NAMED_DAY = r"(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)[a-zäöü]{0,10}\b[.,]*\s*"
_NAME = r"[^\W\d_]{3,20}"
_WEEKDAY = rf"(?:{_NAMED_DAY})?"
_CLOCK = r"(?:,?[ T]+\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*uhr)?)?"
_JOINT = r"\s*(?:bis|to|und|and|[-–—/+&])\s*"
# "Sa/So 13./14.03.2027", "Freitag, den 12.03.2027": the figures say it.
_BEFORE = re.compile(
    rf"(?:(?:am|vom|on|from)\s+)?(?:{_NAMED_DAY}(?:[/+–-]|bis|und)\s*(?={_NAMED_DAY}))?"
    rf"{_WEEKDAY}(?:den\s+|the\s+)?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?(?::\d\d)?(?:\s*(?:uhr|h))?(?:\s*(?:[-–]|bis)\s*\d.*)?", re.IGNORECASE
)
# A day with its year, in figures or with the name of its month.
_DAY = re.compile(
    rf"{_WEEKDAY}(?:(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}})"
    r"|(?P<iy>\d{4})[-/](?P<im>\d\d)[-/](?P<id>\d\d)"
    rf"|(?P<nd>\d{{1,2}})\.?\s*(?P<nm>{_NAME})\.?,?\s*(?P<ny>\d{{4}})"
    rf"|(?P<em>{_NAME})\s+(?P<ed>\d{{1,2}}),\s*(?P<ey>\d{{4}})){_CLOCK}",
    re.IGNORECASE,
)
# What stands for the first day where month and year are written with the last one alone.
_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})\.?(?:\s?(?P<m>\d{{1,2}})\.?|\s*(?P<n>{_NAME})\.?)?",
    re.IGNORECASE,
)
_TWO_DIGIT_YEAR = re.compile(rf"{_WEEKDAY}\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d\d", re.IGNORECASE)


def is_day(cell: Cell) -> bool:
    """Tell whether a cell holds a day or days, however wrongly."""
    if isinstance(cell, date):
        return True
    written = as_text(cell).strip()
    return bool(
        _DAY.search(written) or _TWO_DIGIT_YEAR.match(written) or re.fullmatch(r"\d{5}", written)
    )


def is_only_a_day(cell: Cell) -> bool:
    """Tell whether a cell holds a day or days, and nothing else."""
    return isinstance(cell, date) or _DAY.fullmatch(as_text(cell).strip()) is not None


def is_time(cell: Cell) -> bool:
    """Tell whether a cell holds a time of day, or the name of a day of the week."""
    written = as_text(cell).strip()
    return bool(_TIME.fullmatch(written) or re.fullmatch(_WEEKDAY, written, re.IGNORECASE))


def parsed_day(cell: Cell) -> date:
    """Return the only day that a cell holds, as `days` reads it."""
    first, last = days(cell)
    if first != last:
        raise Unsuitable(
            N_("“{value}” holds more than one day."), N_("Write one day: 12.03.2027 or 2027-03-12.")
        )
    return first


def days(cell: Cell) -> tuple[date, date]:
    """Return the first and the last day of a cell: a real date, or a text.

    12.03.2027, Fr 12.03.2027, 12. März 2027 and 2027-03-12 are days, 12.–13.03.2027, 16./17.04.2027
    and 12. bis 13. März 2027 are two. A time of day behind one is dropped: spreadsheets keep one
    that they do not show. Every other way to write a day is refused, since 12/03/2027 is two days,
    and a year of two digits a guess.
    """
    if isinstance(cell, date):
        day = _in_this_century(cell.date() if isinstance(cell, datetime) else cell)
        return day, day
    written = _BEFORE.sub("", text(cell, 100))
    if found := _DAY.fullmatch(written):
        day = _day_of(found)
        return day, day
    for joint in re.finditer(_JOINT, written, re.IGNORECASE):
        first, last = written[: joint.start()].strip(), written[joint.end() :].strip()
        if end := _DAY.fullmatch(last):
            until = _day_of(end)
            if begin := _DAY.fullmatch(first):
                return _ordered(_day_of(begin), until)
            if begin := _FIRST.fullmatch(first):
                month = int(begin["m"]) if begin["m"] else _month(begin["n"] or "", until.month)
                year = until.year - (month > until.month)
                return _ordered(_made_day(year, month, int(begin["d"])), until)
    raise _not_a_day(written)


def _ordered(first: date, last: date) -> tuple[date, date]:
    if first > last:
        raise Unsuitable(
            N_("“{value}” ends before it begins."), N_("Correct one of the two dates.")
        )
    return first, last


def _day_of(found: re.Match[str]) -> date:
    for day, month, year in (("d", "m", "y"), ("id", "im", "iy")):
        if found[day]:
            return _made_day(int(found[year]), int(found[month]), int(found[day]))
    day, month, year = ("nd", "nm", "ny") if found["nd"] else ("ed", "em", "ey")
    return _made_day(int(found[year]), _month(found[month]), int(found[day]))


def _month(name: str, default: int = 0) -> int:
    """Return the number of a month by its German or English name; 0 is refused as no such day."""
    return _months().get(plain(name).rstrip("."), 0) if name else default


@cache
def _months() -> Mapping[str, int]:
    from babel.dates import get_month_names

    found: dict[str, int] = {"mrz": 3, "maerz": 3, "sept": 9}
    for tag in ("de", "en"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=tag).items():
                found.setdefault(plain(name).rstrip("."), number)
    return found


def _made_day(year: int, month: int, day: int) -> date:
    try:
        return _in_this_century(date(year, month, day))
    except ValueError:
        raise _no_such_day() from None


def _no_such_day() -> Unsuitable:
    return Unsuitable(N_("There is no such day as “{value}”."), N_("Correct the date."))


def _is_in_no_year(written: str) -> bool:
    """Tell whether a day without a whole year, "32.5.", is in none."""
    found = _FIRST.fullmatch(re.sub(r"(?<=\.)\s?\d\d$", "", written))
    month = int(found["m"] or 0) or _month(found["n"] or "") if found else 0
    if not found or not (month or found["m"]):
        return False
    with suppress(ValueError):
        return not date(_LEAP_YEAR, month, int(found["d"]))
    return True


def _in_this_century(day: date) -> date:
    if _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return day
    raise Unsuitable(N_("The year of “{value}” cannot be right."), N_("Correct the date."))


def _not_a_day(written: str) -> Unsuitable:
    if re.fullmatch(r"\d{4,5}", written):
        meant = _EXCEL_DAY_0 + timedelta(days=int(written))
        if _FIRST_YEAR <= meant.year <= _LAST_YEAR:
            return Unsuitable(
                N_("“{value}” is a number, not a date."),
                N_("If {meant} is meant, write it so, or format the cell as a date."),
                meant=as_text(meant),
            )
    if _is_in_no_year(written):
        return _no_such_day()
    if any(map(_TWO_DIGIT_YEAR.fullmatch, re.split(_JOINT, written, flags=re.IGNORECASE))):
        return Unsuitable(
            N_("The year of “{value}” has two digits only."),
            N_("Write it with four: {meant}."),
            meant=re.sub(r"(?<=\.)(\s?)(\d\d)$", r"\g<1>20\2", written),
        )
    return Unsuitable(
        N_("“{value}” is not a date that can be read in one way only."),
        N_("Write it as 12.03.2027 or 2027-03-12."),
    )
