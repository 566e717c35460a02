"""Days in the cells of a table, in the many ways in which people write them.

What can be read in one way only is taken; all else is refused with what to write instead.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache

from careerprint.core.diagnostics import N_
from careerprint.fairs.cells import Cell, as_text
from careerprint.fairs.entries import Unsuitable, plain, text

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LEAP_YEAR = 2000
_EXCEL_DAY_0 = date(1899, 12, 30)  # what Excel counts days from, since its 1900 has a 29 February
DAY_NAME = (
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)"
    r"(?:tag|day|enstag|ttwoch|nnerstag|eitag|mstag|nnabend|nntag|sday|nesday|rsday|urday)?s?\b\.?"
)
"""A pattern of a day of the week, German or English, whole or shortened."""
_NAMED_DAY = rf"{DAY_NAME},*\s*"
# Names of months have bounds: a cell of very many letters is soon looked through.
_NAME = r"[^\W\d_]{3,20}"
_WEEKDAY = rf"(?:{_NAMED_DAY})?"
_CLOCK = r"(?:,?[ T]+\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*uhr)?)?"
_JOINT = r"\s*(?:bis(?:\s+zum)?|to|und|u\.|and|[-–—/+&])\s*"
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
    rf"{_WEEKDAY}(?:(?P<d>\d{{1,2}})\s?\.\s?(?P<m>\d{{1,2}})\s?\.\s?(?P<y>\d{{4}})"
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
_TWO_DIGIT_YEAR = re.compile(r"(\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?)['’]?(\d\d)(?![\d.:])")
# "17. April 27", "17 Apr '27", "17-Apr-27" as Excel shows it in English; its year may be whole.
_NAMED_MONTH = re.compile(
    r"(\d{1,2})\.?[\s-]*((?:jan|feb|m(?:ä|ae|a)r|mrz|apr|mai|may|jun|jul|aug|sep|o[ck]t|nov|de[zc])"
    r"[^\W\d_]{0,10})\.?,?[\s-]*['’]?(?:20)?(\d\d)(?![\d.:])",
    re.IGNORECASE,
)
_DAYS_IN_TURN = re.compile(r"(?:\d{1,2}\.?\s*(?:[/,+&]|und)\s*)+\d{1,2}\.?", re.IGNORECASE)
_BEHIND = re.compile(
    rf"[ ,(]+{_NAMED_DAY}(?:(?:[/+–-]|bis|und|u\.)\s*{_NAMED_DAY})?\)?$", re.IGNORECASE
)
_AT = r"\d{1,2}(?:[:.]\d\d)?(?:\s*(?:uhr|h))?"
_HOURS = re.compile(
    rf"[,;:]?\s+(?:von\s+|um\s+)?\(?(?P<hours>(?:ab\s+)?(?:{_AT}\s*(?:[-–]|bis)\s*)?"
    rf"\d{{1,2}}(?:[:.]\d\d)?\s*(?:uhr|h)|{_AT}\s*(?:[-–]|bis)\s*\d{{1,2}}:\d\d"
    r"|ganztägig)\)?$",
    re.IGNORECASE,
)
_YEAR_SAID = re.compile(r"(?<![\d./-])20\d\d(?!\s?[/–-]\s?\d|[\d.])")
WEEKDAYS = {
    day: number
    for number, names in enumerate(("mo", "di tu", "mi we", "do th", "fr", "sa", "so su"))
    for day in names.split()
}
"""The first two letters of a day of the week, German or English → its number, 0 is Monday."""


_NOT_BESIDE = (  # the day of a date, from Monday on
    N_("{day} is a Monday, another day of the week than the one beside it."),
    N_("{day} is a Tuesday, another day of the week than the one beside it."),
    N_("{day} is a Wednesday, another day of the week than the one beside it."),
    N_("{day} is a Thursday, another day of the week than the one beside it."),
    N_("{day} is a Friday, another day of the week than the one beside it."),
    N_("{day} is a Saturday, another day of the week than the one beside it."),
    N_("{day} is a Sunday, another day of the week than the one beside it."),
)


def not_that_weekday(
    days: tuple[date, date], said: Sequence[int], *, is_beside: bool = False
) -> Unsuitable:
    """Return the refusal of days that are other days of the week than is said.

    For one day, the nearest such days are proposed; and the date alone, if the day of the week
    stands in the same cell.
    """
    is_last = len(said) > 1 and days[0].weekday() == said[0]
    day, wanted = (days[1], said[-1]) if is_last else (days[0], said[0])
    message, told = _NOT_BESIDE[day.weekday()], as_text(day)
    if days[0] != days[1] or len(said) > 1:
        return Unsuitable(message, N_("Correct the date or the day of the week."), day=told)
    before = day - timedelta(days=(day.weekday() - wanted) % 7)
    return Unsuitable(
        message,
        N_("Correct the date, {before} or {after}, or the day of the week."),
        day=told,
        before=as_text(before),
        after=as_text(before + timedelta(days=7)),
        bare="" if is_beside else told,
    )


def _in_whole_years(written: str) -> str:
    """Return days with years of four digits: 12.03.27 → 12.03.2027."""
    named = _NAMED_MONTH.sub(r"\1. \2 20\3", written)
    return _TWO_DIGIT_YEAR.sub(r"\g<1>20\2", named)


def is_day(cell: Cell) -> bool:
    """Tell whether a cell holds a day or days, however wrongly."""
    if isinstance(cell, date):
        return True
    written = _in_whole_years(as_text(cell).strip())
    return bool(_DAY.search(written) or re.fullmatch(r"\d{5}", written))


def is_only_a_day(cell: Cell) -> bool:
    """Tell whether a cell holds a day or days, and nothing else."""
    written = _in_whole_years(as_text(cell).strip())
    return isinstance(cell, date) or _DAY.fullmatch(written) is not None


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


def days(cell: Cell, year: int = 0, today: date = date(_LEAP_YEAR, 1, 1)) -> tuple[date, date]:
    """Return the first and the last day of a cell: a real date, or a text.

    12.03.2027, 12.03.27, Fr 12.03.2027, 12. März 2027, 12. Mrz '27 and 2027-03-12 are days;
    12.–13.03.2027, 12./13./14.03.2027 and 12. bis 13. März 2027 are several. A time of day behind
    them is dropped: spreadsheets keep one that they do not show; `hours_behind` has what was typed.
    Every other way to write a day is refused, since 12/03/2027 is two days.

    A day without a year is in `year`, the table's. Without one, it is the next such day from
    `today`, if the day of the week beside it says so too.
    """
    if isinstance(cell, date):
        day = _in_this_century(cell.date() if isinstance(cell, datetime) else cell)
        return day, day
    lines = re.sub(r"(?<=[\d.])[ ,]*\n\s*(?=\d{1,2}\.)", " und ", as_text(cell))
    said = _HOURS.sub("", text(lines, 100))
    written = _in_whole_years(_BEFORE.sub("", _BEHIND.sub("", said)))
    named = [WEEKDAYS[n[:2].casefold()] for n in re.findall(DAY_NAME, said, re.IGNORECASE)]
    without = not re.search(r"\d{4}|\d[-/]\d\d[-/]", written) and re.search(r"\d\.", written)
    if not without or year:
        found = _days_in(_in_year(written, year) if without else written)
        if named and not _fit(named, found):
            raise not_that_weekday(found, named)
        return found
    return _next(written, named, today)


def hours_behind(cell: Cell) -> str:
    """Return the hours that are typed behind a day: "12.03.2027, 9–15 Uhr"; "" for none."""
    found = _HOURS.search(cell) if isinstance(cell, str) else None
    return found["hours"] if found else ""


def hours_between(start: Cell, end: Cell) -> str:
    """Return the hours of two cells that each hold a time of one day; "" for others."""
    (first, opens), (last, closes) = (_moment(start), _moment(end))
    return f"{opens}–{closes}" if first == last and "" < opens < closes else ""


def _moment(cell: Cell) -> tuple[str, str]:
    """Return the day and the time of day that a cell holds, as text."""
    day, _, clock = as_text(cell).strip().partition(" ")
    return day, clock[:5] if re.fullmatch(r"\d\d:\d\d(?::00)?", clock) else ""


def year_said(texts: Iterable[str]) -> int:
    """Return the only year that these texts name besides whole dates; 0 where there is none."""
    years = {
        y
        for said in texts
        if not re.match(r"stand\b", said, re.I)
        for y in _YEAR_SAID.findall(said)
    }
    return int(years.pop()) if len(years) == 1 else 0


def weekday(cell: Cell) -> int | None:
    """Return the number of the day of the week that a cell names, and nothing else."""
    said = as_text(cell).strip()
    return WEEKDAYS[said[:2].casefold()] if re.fullmatch(DAY_NAME, said, re.IGNORECASE) else None


def _fit(named: Sequence[int], found: tuple[date, date]) -> bool:
    """Tell whether days of the week are those of the first and the last day, or one of them is."""
    first, last = (day.weekday() for day in found)
    return named[0] in {first, last} if len(named) == 1 else (named[0], named[-1]) == (first, last)


def _in_year(written: str, year: int) -> str:
    bare = written.rstrip(". ")
    return f"{bare}.{year}" if bare[-1:].isdigit() else f"{bare} {year}"


def _next(written: str, named: Sequence[int], today: date) -> tuple[date, date]:
    """Return the next such days, if days of the week say that they are meant."""
    if _is_in_no_year(written):
        raise _no_such_day()
    found = None
    for year in range(today.year, today.year + 9):  # up to a 29 February
        with suppress(Unsuitable):
            found = _days_in(_in_year(written, year))
        if found and found[0] >= today:
            break
    if not found:
        raise _not_a_day(written)
    if named and _fit(named, found):
        return found
    raise Unsuitable(
        N_("“{value}” says no year."),
        N_("Write it with its year: {meant}."),
        meant="–".join(map(as_text, dict.fromkeys(found))),
    )


def _days_in(written: str) -> tuple[date, date]:
    if found := _DAY.fullmatch(written):
        day = _day_of(found)
        return day, day
    for joint in re.finditer(_JOINT, written, re.IGNORECASE):
        first, last = written[: joint.start()].strip(), written[joint.end() :].strip()
        if end := _DAY.fullmatch(last):
            until = _day_of(end)
            is_list = re.search(r"[/+&]|u\.|und|and", joint[0], re.IGNORECASE) is not None
            if _DAYS_IN_TURN.fullmatch(first):
                numbers = [*map(int, re.findall(r"\d+", first)), until.day]
                is_list = numbers != [*range(numbers[0], until.day + 1)]
                first = f"{numbers[0]}."
            if begin := _DAY.fullmatch(first):
                return _ordered(_day_of(begin), until, is_list)
            if begin := _FIRST.fullmatch(first):
                month = int(begin["m"]) if begin["m"] else _month(begin["n"] or "", until.month)
                year = until.year - (month > until.month)
                return _ordered(_made_day(year, month, int(begin["d"])), until, is_list)
    raise _not_a_day(written)


def _ordered(first: date, last: date, is_list: bool) -> tuple[date, date]:
    if first > last:
        raise Unsuitable(
            N_("“{value}” ends before it begins."), N_("Correct one of the two dates.")
        )
    if is_list and last - first > timedelta(days=1):
        raise Unsuitable(
            N_("“{value}” names days that do not follow one another."),
            N_("Give each of them a row of its own, or write from when to when: 12.–14.03.2027."),
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
    found = _FIRST.fullmatch(written)
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
    return Unsuitable(
        N_("“{value}” is not a date that can be read in one way only."),
        N_("Write it as 12.03.2027 or 2027-03-12."),
    )
