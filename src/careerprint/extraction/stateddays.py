"""Finds the day as of which a German text says that it is true: "Stand: 15. September 2026"."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from babel.dates import get_month_names

_MONTHS = {name.lower(): number for number, name in get_month_names("wide", locale="de").items()}
_STATED = re.compile(
    r"\bStand:?\s(?:vom\s)?(?:(?P<day>\d{1,2})\.\s?)?"
    r"(?:(?P<number>\d{1,2})[./]|(?P<name>[A-Za-zä]+)\s)(?P<year>(?:19|20)\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class DayStated:
    """A day, and the words that state it. Of a month it is the first: print shows months."""

    day: date
    words: str
    is_month: bool = False


def day_stated(texts: Iterable[str]) -> DayStated | None:
    """Return the day that texts state; None where they state none, or several."""
    found: dict[date, DayStated] = {}
    for said in (match for text in texts for match in _STATED.finditer(text)):
        month = int(said["number"] or _MONTHS.get((said["name"] or "").lower(), 0))
        with suppress(ValueError):  # "Stand: 32.13.2026"
            day = date(int(said["year"]), month, int(said["day"] or 1))
            found.setdefault(day, DayStated(day, said[0], is_month=not said["day"]))
    return next(iter(found.values())) if len(found) == 1 else None
