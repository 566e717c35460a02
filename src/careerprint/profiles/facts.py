"""The facts of a profile as phrases: what a `{name}` in its text is printed as.

A number is written once, in the front matter, and takes its form from the edition's locale.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from babel import Locale
from markupsafe import Markup, escape

from careerprint.core.schema import Text
from careerprint.profiles import formats
from careerprint.profiles.catalogs import Catalogs
from careerprint.profiles.content import Apprenticeship, Facts, PayRange
from careerprint.profiles.typography import hold_numbers


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact in words, as HTML: an amount in it stays on one line and keeps its order."""

    html: Markup

    @property
    def text(self) -> str:
        """The phrase without markup."""
        return unescape(re.sub(r"<[^>]*>", "", self.html))


def fact_phrases(
    facts: Facts, locale: Locale, words: Catalogs, translate: Callable[[Text], str]
) -> dict[str, Phrase]:
    """Return the phrase of every fact by its name in the text.

    `words` translates the layouts' words, `translate` the profile's. Names are pay.ID,
    pay.ID.min, pay.ID.max, sectors, channels, skills, training, ways_in.ID.name,
    ways_in.ID.years and ways_in.ID.STEP.years.
    """
    return {
        **dict(_pay(facts, locale, words)),
        **dict(_ways_in(facts, words, translate)),
        **{
            name: Phrase(escape(_enumeration(locale, texts, translate)))
            for name, texts in (
                ("sectors", facts.sectors),
                ("channels", facts.channels),
                ("skills", facts.skills),
                ("training", facts.training),
            )
            if texts
        },
    }


def years(count: int, words: Catalogs) -> str:
    """Return a length of time in words: "3 Jahre"."""
    return hold_numbers(
        words.ngettext("{count} year", "{count} years", count).replace("{count}", str(count))
    )


def amount(euros: int, locale: Locale) -> Markup:
    """Return an amount in whole euros as HTML: "2.300 €"."""
    return _unbroken(formats.amount(locale, euros), locale)


def pay_phrase(pay: PayRange, locale: Locale, words: Catalogs) -> Markup:
    """Return a pay range as HTML: "2.300–2.800 €", "bis gut 3.400 €", "bis 3.400 €"."""
    if pay.min is not None and pay.min < pay.max:
        whole = _unbroken(formats.amount_range(locale, pay.min, pay.max), locale)
    else:
        whole = amount(pay.max, locale)
    if pay.open_top:
        return _filled(words.gettext("up to a little over {amount}"), whole)
    return whole if pay.min is not None else _filled(words.gettext("up to {amount}"), whole)


def _filled(template: str, amount: Markup) -> Markup:
    # Not by str.format(): a translation is text, and could ask it for more than the amount.
    return escape(template).replace("{amount}", amount)


def _unbroken(text: str, locale: Locale) -> Markup:
    """Return a text that stays on one line, left to right also within right-to-left text.

    CLDR's mark for the direction (U+200F) would undo that, so it is left out.
    """
    text = text.replace("\u200f", "")
    if locale.text_direction == "rtl":
        return Markup('<span class="unbroken" dir="ltr">{}</span>').format(text)
    return Markup('<span class="unbroken">{}</span>').format(text)


def _pay(facts: Facts, locale: Locale, words: Catalogs) -> Iterator[tuple[str, Phrase]]:
    for pay in facts.pay.ranges if facts.pay else ():
        name = f"pay.{pay.id}"
        yield name, Phrase(pay_phrase(pay, locale, words))
        yield f"{name}.max", Phrase(amount(pay.max, locale))
        if pay.min is not None:
            yield f"{name}.min", Phrase(amount(pay.min, locale))


def _ways_in(
    facts: Facts, words: Catalogs, translate: Callable[[Text], str]
) -> Iterator[tuple[str, Phrase]]:
    for way in facts.ways_in:
        name = f"ways_in.{way.id}"
        yield f"{name}.name", Phrase(escape(translate(way.name)))
        if isinstance(way, Apprenticeship):
            yield f"{name}.years", Phrase(escape(years(way.years, words)))
            continue
        for step in way.steps:
            if step.years is not None:
                length = years(step.years, words)
                yield f"{name}.{step.id}.years", Phrase(escape(length))


def _enumeration(locale: Locale, texts: Sequence[Text], translate: Callable[[Text], str]) -> str:
    return formats.enumeration(locale, [translate(t) for t in texts])
