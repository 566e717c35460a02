"""The facts of a profile as phrases: what a `{name}` in its text is printed as.

A number is written once, in the front matter, and takes its form from the edition's locale.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from babel import Locale

from careerprint import formats
from careerprint.content import Apprenticeship, Facts, PayRange
from careerprint.schema import Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact in words. An `unbroken` phrase stays on one line."""

    text: str
    unbroken: bool


def fact_phrases(
    facts: Facts, locale: Locale, gettext: Callable[[str], str], translate: Callable[[Text], str]
) -> dict[str, Phrase]:
    """Return the phrase of every fact by its name in the text.

    `gettext` translates the layouts' words, `translate` the profile's. Names are pay.ID,
    pay.ID.min, pay.ID.max, sectors, channels, skills, training, ways_in.ID.name,
    ways_in.ID.years and ways_in.ID.STEP.years.
    """
    return {
        **dict(_pay(facts, locale, gettext)),
        **dict(_ways_in(facts, locale, translate)),
        **{
            name: Phrase(_enumeration(locale, texts, translate), unbroken=False)
            for name, texts in (
                ("sectors", facts.sectors),
                ("channels", facts.channels),
                ("skills", facts.skills),
                ("training", facts.training),
            )
        },
    }


def pay_phrase(pay: PayRange, locale: Locale, gettext: Callable[[str], str]) -> str:
    """Return a pay range in words: "2.300–2.800 €", "3.400 € und etwas mehr", "bis 3.400 €"."""
    if pay.min is not None and pay.min < pay.max:
        whole = formats.amount_range(locale, pay.min, pay.max)
    else:
        whole = formats.amount(locale, pay.max)
    if pay.open_top:
        return gettext("{amount} and a little more").format(amount=whole)
    return whole if pay.min is not None else gettext("up to {amount}").format(amount=whole)


def _pay(
    facts: Facts, locale: Locale, gettext: Callable[[str], str]
) -> Iterator[tuple[str, Phrase]]:
    for pay in facts.pay.ranges:
        name = f"pay.{pay.id}"
        yield name, Phrase(pay_phrase(pay, locale, gettext), unbroken=not pay.open_top)
        yield f"{name}.max", Phrase(formats.amount(locale, pay.max), unbroken=True)
        if pay.min is not None:
            yield f"{name}.min", Phrase(formats.amount(locale, pay.min), unbroken=True)


def _ways_in(
    facts: Facts, locale: Locale, translate: Callable[[Text], str]
) -> Iterator[tuple[str, Phrase]]:
    for way in facts.ways_in:
        name = f"ways_in.{way.id}"
        yield f"{name}.name", Phrase(translate(way.name), unbroken=False)
        if isinstance(way, Apprenticeship):
            yield f"{name}.years", Phrase(formats.years(locale, way.years), unbroken=True)
            continue
        for step in way.steps:
            if step.years is not None:
                years = formats.years(locale, step.years)
                yield f"{name}.{step.id}.years", Phrase(years, unbroken=True)


def _enumeration(locale: Locale, texts: Sequence[Text], translate: Callable[[Text], str]) -> str:
    return formats.enumeration(locale, [translate(t) for t in texts])
