"""Numbers, amounts, dates and lists as a locale writes them (CLDR, through Babel).

Every function takes plain values and returns plain text. Two choices are ours and not CLDR's: the
euro is always written with its sign, and digits are Western ones.
"""

import re
from collections.abc import Sequence
from datetime import date, time

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, parse_pattern
from babel.lists import format_list
from babel.numbers import format_decimal

EURO = "€"

# CLDR's misc pattern "range" where it is not {0}–{1}. Babel does not carry it.
# CLDR has a spaced hyphen for Romanian too, where print has an unspaced dash (DOOM 3).
# Source: CLDR 47, common/main/LOCALE.xml, numbers/miscPatterns[@numberSystem="latn"]
_RANGE_PATTERNS = {"bg": "{0} – {1}", "es": "{0}-{1}"}

# Locales in which four digits are not grouped: 2300, but 23 000. Babel does not apply it.
# Source: CLDR 47, common/main/LOCALE.xml, numbers/minimumGroupingDigits
_MINIMUM_GROUPING_DIGITS = {"bg": 2, "es": 2, "pl": 2}


def amount(locale: Locale, euros: int) -> str:
    """Return an amount in whole euros: de "2.300 €", en "€2,300"."""
    return _currency_pattern(locale).replace("#", number(locale, euros))


def amount_range(locale: Locale, low: int, high: int) -> str:
    """Return a range of amounts in whole euros: de "2.300–2.800 €", en "€2,300 – €2,800".

    As ICU's number range formatter does, the currency is written once where it follows the
    number; where it precedes, both ends carry it and the dash stands between spaces.
    """
    pattern = _currency_pattern(locale)
    if pattern.startswith(EURO):
        return f"{amount(locale, low)} – {amount(locale, high)}"
    ends = _RANGE_PATTERNS.get(locale.language, "{0}–{1}")
    return pattern.replace("#", ends.format(number(locale, low), number(locale, high)))


def month(locale: Locale, day: date) -> str:
    """Return the month of a day: de "November 2026"."""
    return format_skeleton("yMMMM", day, locale=locale)


def day(locale: Locale, day: date) -> str:
    """Return a day in full: de "12. März 2027"."""
    return format_date(day, "long", locale=locale)


def day_range(locale: Locale, first: date, last: date) -> str:
    """Return a range of days in full: de "12.–13. März 2027"; a single day as that day.

    One in two months can be broken at its dash, and nowhere else.
    """
    if first == last:
        return day(locale, first)
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
    return text if same_month else re.sub(r"(?<![–—-]) (?![–—-])", "\u00a0", text)


def opening(
    locale: Locale, days: Sequence[int], is_range: bool, opens: time, closes: time | None
) -> str:
    """Return opening hours: de "Fr.–So. 09:00–16:00 Uhr"; `days` of the week, 0 is Monday.

    Where nothing says when it closes, when it opens. It stays on one line.
    """
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
    return format_list(list(items), locale=locale)


def number(locale: Locale, value: int) -> str:
    """Return a whole number: de "19.000"."""
    least = 3 + _MINIMUM_GROUPING_DIGITS.get(locale.language, 1)
    return format_decimal(value, locale=locale, group_separator=len(str(value)) >= least)


def _currency_pattern(locale: Locale) -> str:
    """Return the locale's pattern for an amount, `#` for the number: de "# €", en "€#"."""
    pattern: str = locale.currency_formats["standard"].pattern
    return re.sub(r"[#0,.]+", "#", pattern.split(";", maxsplit=1)[0]).replace("¤", EURO)
