"""Numbers, amounts, dates and lists as a locale writes them (CLDR, through Babel).

Every function takes plain values and returns plain text.
"""

from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

CURRENCY = "EUR"


def amount(locale: Locale, euros: int) -> str:
    """Return an amount in whole euros: de "2.300 €", en "€2,300"."""
    return format_currency(
        euros, CURRENCY, locale=locale, format=_pattern(locale), currency_digits=False
    )


def amount_range(locale: Locale, low: int, high: int) -> str:
    """Return a range of amounts in whole euros: de "2.300–2.800 €", en "€2,300 – €2,800".

    Where the currency follows the number it is written once and the en dash is set close; where
    it precedes, both ends carry it and the dash is spaced, as ICU's number range formatter does.
    """
    if _pattern(locale).startswith("¤"):
        return f"{amount(locale, low)} – {amount(locale, high)}"
    return f"{format_decimal(low, locale=locale)}–{amount(locale, high)}"


def years(locale: Locale, count: int) -> str:
    """Return a length of time in the plural form that the count asks for: de "3 Jahre"."""
    return format_unit(count, "year", length="long", locale=locale)


def month(locale: Locale, day: date) -> str:
    """Return the month of a day: de "November 2026"."""
    return format_skeleton("yMMMM", day, locale=locale)


def enumeration(locale: Locale, items: Sequence[str]) -> str:
    """Return the items as one phrase: de "A, B und C"."""
    return format_list(list(items), locale=locale)


def _pattern(locale: Locale) -> str:
    """Return the locale's currency pattern without decimals: de "#,##0 ¤", en "¤#,##0"."""
    pattern: str = locale.currency_formats["standard"].pattern
    return pattern.split(";", maxsplit=1)[0].replace(".00", "")
