"""The facts of a profile as phrases: what a `{name}` in its text is printed as.

A number is written once, in the front matter, and takes its form from the edition's locale.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

from babel import Locale
from markupsafe import Markup, escape

from careerprint.core.schema import Text
from careerprint.profiles import formats
from careerprint.profiles.catalogs import Catalogs
from careerprint.profiles.facts import Facts, PayRange
from careerprint.profiles.shapes import FactValue, Said, fact_values
from careerprint.profiles.typography import hold_numbers

# The context of a fact's text where a running text names it: "retail", on a label "Retail".
IN_A_SENTENCE = "in a sentence"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact in words, as HTML: an amount in it stays on one line."""

    html: Markup

    @property
    def text(self) -> str:
        """The phrase without markup."""
        return unescape(re.sub(r"<[^>]*>", "", self.html))


def fact_phrases(
    facts: Facts, locale: Locale, words: Catalogs, translate: Callable[[Text], str]
) -> dict[str, Phrase]:
    """Return the phrase of every fact by its name, in the layouts' words and translated texts."""

    def said(found: FactValue) -> Markup:
        value: Any = found.value  # of the type that `said` stands at
        match found.said:
            case Said.EUROS:
                return amount_html(value, locale)
            case Said.PAY:
                return pay_phrase(value, locale, words)
            case Said.YEARS:
                return escape(years(value, locale, words))
            case Said.LIST:
                return escape(formats.enumeration(locale, [translate(text) for text in value]))
            case _:
                return escape(translate(value))

    return {v.name: Phrase(said(v)) for v in fact_values(facts) if v.said and v.value}


def years(count: float, locale: Locale, words: Catalogs) -> str:
    """Return a length of time in words: "3 Jahre", "3,5 Jahre"."""
    if count % 1:
        said = words.gettext("{decimal} years").replace("{decimal}", formats.decimal(locale, count))
    else:
        whole = int(count)
        said = words.ngettext("{count} year", "{count} years", whole).replace("{count}", str(whole))
    return hold_numbers(said)


def amount_html(euros: float, locale: Locale) -> Markup:
    """Return an amount in euros as HTML: "2.300 €"."""
    return _unbroken(formats.amount(locale, euros))


def pay_phrase(pay: PayRange, locale: Locale, words: Catalogs) -> Markup:
    """Return a pay range as HTML: "2.300–2.800 €", "bis 3.400 €", "ab 2.300 €"."""
    if pay.min is not None and pay.min < pay.max:
        whole = _unbroken(formats.amount_range(locale, pay.min, pay.max))
    else:
        whole = amount_html(pay.max, locale)
    if pay.is_from:
        return _filled(words.gettext("from {amount}"), whole)
    if pay.open_top:
        return _filled(words.gettext("up to a little over {amount}"), whole)
    return whole if pay.min is not None else _filled(words.gettext("up to {amount}"), whole)


def _filled(template: str, amount: Markup) -> Markup:
    # Not by str.format(): a translation is text, and could ask it for more than the amount.
    return escape(template).replace("{amount}", amount)


def _unbroken(text: str) -> Markup:
    """Return a text that stays on one line, and whose ends follow the direction of that.

    CLDR's marks (U+200E, U+200F) would give it a direction of its own, so they are left out.
    """
    text = re.sub("[\u200e\u200f]", "", text)
    return Markup('<span class="unbroken">{}</span>').format(text)
