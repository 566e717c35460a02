"""Numbers, amounts, dates and lists as a locale writes them (CLDR, through Babel).

Every function takes plain values and returns plain text, as ICU does. Where that would not serve
readers in Germany, the choice is ours. These are all of them:

- The euro is written with its sign in every language.
- Digits are Western ones, as on pay slips and in job advertisements here. Languages that have
  digits of their own and run from right to left (Arabic, Persian, Kurdish in Arabic script) have
  German separators and order with them: 2.300 €. A comma, "2,300", is read as a decimal here.
- Days and months are those of the Gregorian calendar, also in Persian.
- English without a country is that of Britain, as the texts are: 12–13 March, "A, B and C".
- Months in Arabic have both their names, the one of Syria and Iraq and the one of Egypt and the
  Gulf, as in documents of the United Nations. Arabic for one country has that country's.
- Romanian ranges have an unspaced dash, as print has (DOOM 3); CLDR has a hyphen between spaces.
- Sorani lists have "û" before the last item, and Arabic commas. CLDR has root's: "A, B, C".
- Spaces within a day or an opening time hold, so that they stand on one line.
- Days of the week have the short form that CLDR has within dates, so German ones have a point.

A language that CLDR has no formats for has German ones (`catalogs.known_locale`).
"""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache, lru_cache, reduce
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, parse_pattern
from babel.lists import format_list
from babel.numbers import format_decimal

from careerprint.profiles.tags import fallback_chain

EURO = "€"
GERMAN, BRITISH = Locale("de"), Locale("en", "GB")

# What Babel lacks of CLDR's number formats, and what holds where a locale says nothing else.
# scripts/cldr.py writes the file.
# Source: UTS 35, Numbers, Miscellaneous Patterns and Minimum Grouping Digits
CLDR = Path(__file__).parent / "cldr.csv"
RANGE, LEAST = "range", "minimumGroupingDigits"
DEFAULTS = {RANGE: "{0}–{1}", LEAST: "1"}

_RANGES_IN_PRINT = {"ro": "{0}–{1}"}
_LISTS = {"ckb": ("{0}، {1}", "{0} و {1}")}  # between items, before the last one
_OTHER_MONTHS = {"ar": "ar_SY"}  # the locale with the months' other names


def amount(locale: Locale, euros: float) -> str:
    """Return an amount in euros: de "2.300 €", "14,50 €", en "€2,300"."""
    return _currency_pattern(locale).replace("#", _euros(locale, euros, with_cents=euros % 1 > 0))


def amount_range(locale: Locale, low: float, high: float) -> str:
    """Return a range of amounts in euros: de "2.300–2.800 €", en "€2,300 – €2,800".

    As ICU's number range formatter does, the currency is written once where more than its sign
    surrounds the number; otherwise both ends carry it, and the dash stands between spaces.
    """
    locale = _numbers_of(locale)
    with_cents = low % 1 > 0 or high % 1 > 0
    pattern = _currency_pattern(locale)
    ends = [_euros(locale, end, with_cents=with_cents) for end in (low, high)]
    between = _RANGES_IN_PRINT.get(locale.language) or _of_numbers(RANGE, locale)
    if len(pattern) > len("#") + len(EURO):
        return pattern.replace("#", between.format(*ends))
    dash = between.format("", "").strip()
    return f" {dash} ".join(pattern.replace("#", end) for end in ends)


def month(locale: Locale, day: date) -> str:
    """Return the month of a day: de "November 2026"."""
    return _with_both_names(format_skeleton("yMMMM", day, locale=_here(locale)), locale)


def day(locale: Locale, day: date) -> str:
    """Return a day in full: de "12. März 2027"."""
    return _with_both_names(format_date(day, "long", locale=_here(locale)), locale)


@lru_cache(maxsize=1024)
def day_range(locale: Locale, first: date, last: date) -> str:
    """Return a range of days in full: de "12.–13. März 2027"; a single day as that day.

    One in two months can be broken at its dash, and nowhere else.
    """
    if first == last:
        return day(locale, first)
    locale = _here(locale)
    same_month = (first.year, first.month) == (last.year, last.month)
    differs = "d" if same_month else "M" if first.year == last.year else "y"
    # Where CLDR has an interval with short months only, its pattern is widened for long ones.
    # Source: UTS 35, Dates, Matching Skeletons ("adjust field widths")
    intervals = locale.interval_formats
    patterns = (intervals.get("yMMMMd") or intervals["yMMMd"])[differs]
    text = "".join(
        parse_pattern(re.sub(r"(?<![ML])([ML])\1\1(?!\1)", r"\1\1\1\1", pattern)).apply(on, locale)
        for pattern, on in zip(patterns, (first, last), strict=True)
    )
    text = _with_both_names(text, locale)
    if same_month:
        return text
    return re.sub(r"(?<![–—-]) (?![–—-])", "\u00a0", text).replace("/", "/\u2060")


def opening(
    locale: Locale, days: Sequence[int], is_range: bool, opens: time, closes: time | None
) -> str:
    """Return opening hours: de "Fr.–So. 09:00–16:00 Uhr"; `days` of the week, 0 is Monday.

    Where nothing says when it closes, when it opens. It stays on one line.
    """
    locale = _here(locale)
    if closes:
        told = format_interval(opens, closes, "Hm", locale=locale)
    else:
        told = format_skeleton("Hm", opens, locale=locale)
        # CLDR has "Uhr" in German intervals only.
        told += " Uhr" if locale.language == "de" else ""
    names = [locale.days["format"]["abbreviated"][day] for day in days]
    named = "–".join(names) if is_range else enumeration(locale, names)
    whole = " ".join(filter(None, (named, told)))
    return re.sub("(?<=[–-])(?=\\d)", "\u2060", whole.replace(" ", "\u00a0"))


def enumeration(locale: Locale, items: Sequence[str]) -> str:
    """Return the items as one phrase: de "A, B und C"."""
    if locale.language not in _LISTS or not items:
        return format_list(list(items), locale=_here(locale))
    middle, end = _LISTS[locale.language]
    *others, last = items
    return end.format(reduce(middle.format, others), last) if others else last


def number(locale: Locale, value: int) -> str:
    """Return a whole number: de "19.000"."""
    locale = _numbers_of(locale)
    least = 3 + int(_of_numbers(LEAST, locale))
    return format_decimal(value, locale=locale, group_separator=len(str(value)) >= least)


def _euros(locale: Locale, value: float, *, with_cents: bool) -> str:
    if with_cents:
        return format_decimal(value, format="0.00", locale=_numbers_of(locale))
    return number(locale, int(value))


def decimal(locale: Locale, value: float) -> str:
    """Return a number with its decimals: de "3,5"."""
    return format_decimal(value, locale=_numbers_of(locale))


def _here(locale: Locale) -> Locale:
    """Return the locale whose dates and lists a locale has for readers in Germany."""
    return BRITISH if str(locale) == "en" else locale


def _numbers_of(locale: Locale) -> Locale:
    """Return the locale whose numbers a locale has: German for other digits from the right."""
    has_own_digits = locale.other_numbering_systems.get("native", "latn") != "latn"
    return GERMAN if has_own_digits and locale.text_direction == "rtl" else locale


def _of_numbers(key: str, locale: Locale) -> str:
    """Return what CLDR says of a locale's numbers, else of what it falls back to."""
    chain = fallback_chain(str(locale).replace("_", "-"))
    return next((_table()[key, tag] for tag in chain if (key, tag) in _table()), DEFAULTS[key])


@cache
def _table() -> Mapping[tuple[str, str], str]:
    with CLDR.open(encoding="utf-8", newline="") as file:
        return {(key, tag): value for key, tag, value in csv.reader(file)}


def _currency_pattern(locale: Locale) -> str:
    """Return the locale's pattern for an amount, `#` for the number: de "# €", en "€#"."""
    pattern: str = _numbers_of(locale).currency_formats["standard"].pattern
    return re.sub(r"[#0,.]+", "#", pattern.split(";", maxsplit=1)[0]).replace("¤", EURO)


def _with_both_names(text: str, locale: Locale) -> str:
    """Return a date in which a month has the name of another locale before its own."""
    if locale.territory or locale.language not in _OTHER_MONTHS:
        return text
    other = Locale.parse(_OTHER_MONTHS[locale.language]).months["format"]["wide"]
    names = {name: other[number] for number, name in locale.months["format"]["wide"].items()}
    found = "|".join(map(re.escape, names))
    return re.sub(rf"\b(?:{found})\b", lambda name: f"{names[name[0]]}/{name[0]}", text)
