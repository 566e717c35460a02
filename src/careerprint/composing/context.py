"""The names that templates know: texts, facts and drawings of one edition, and what places them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from babel import Locale

from careerprint.composing.composition import Composition, plainly
from careerprint.composing.fields import derived
from careerprint.composing.slots import is_in_text, section_roles
from careerprint.composing.unprinted import FactsRead
from careerprint.fairs.hours import Opening
from careerprint.layouts.brand import Branding
from careerprint.layouts.configuration import Issuer
from careerprint.layouts.declaration import Layout
from careerprint.layouts.figures import nice_step
from careerprint.profiles import formats
from careerprint.profiles.catalogs import PROFILE_SOURCE
from careerprint.profiles.phrases import amount_html, pay_phrase, years
from careerprint.profiles.tags import direction_of


def template_context(
    composition: Composition, layout: Layout, format_name: str, branding: Branding, issuer: Issuer
) -> dict[str, Any]:
    """Return the names that templates know; docs/layouts.md explains them to layout authors."""
    locale, profile, tag = composition.locale, composition.profile, composition.edition.locale
    facts: Any = FactsRead(profile.front.facts, composition.facts_read)
    front = profile.front.model_copy(update={"facts": facts})
    roles, sections = section_roles(profile), front.pictures.sections
    imprint, imprint_lang = issuer.imprint_in(tag)
    return {
        "lang": tag,
        "dir": direction_of(tag),
        "tested_by": profile.whole.tested_by if profile.whole else None,
        "issuer_lang": PROFILE_SOURCE,
        "profile": replace(profile, front=front),
        "front": front,
        "facts": facts,
        "issuer": issuer.model_copy(update={"imprint": imprint}),
        "imprint_lang": imprint_lang,
        "issuer_logo": branding.logo,
        "roles": roles,
        "is_in_text": partial(is_in_text, profile),
        "format": format_name,
        "measures": layout.formats[format_name].measures,
        "colours": {name: colour.srgb for name, colour in branding.colours.items()},
        "place": composition.place,
        "title": composition.title,
        "lines": composition.lines,
        "mention": composition.mention,
        "optional": composition.optional,
        "original": composition.original,
        "cell": composition.cell,
        "field": composition.field,
        "gloss": composition.gloss,
        "plain": composition.plain,
        "picture": composition.picture,
        "photo": composition.photo,
        "section_picture": lambda name: sections.get(name) or sections.get(roles[name]),
        "credits": lambda: list(composition.credits),
        "amount": lambda euros: plainly(amount_html(euros, locale), tag),
        "number": lambda count: formats.number(locale, count),
        "pay": lambda pay: plainly(pay_phrase(pay, locale, composition.words), tag),
        "nice_step": nice_step,
        "years": lambda count: years(count, composition.locale, composition.words),
        "enumeration": lambda items: formats.enumeration(locale, items),
        "month": lambda day: formats.month(locale, day),
        "day": lambda day: formats.day(locale, day),
        "days": lambda first, last: composition.field(
            derived(partial(formats.day_range, locale), first, last)
        ),
        "hours": lambda openings: composition.field(
            derived(partial(_shown_hours, locale), openings)
        ),
        "shown_address": lambda address: derived(_shown_address, address),
        "qr": composition.qr,
    }


def _shown_hours(locale: Locale, openings: Sequence[Opening]) -> str:
    """Return opening hours as a locale writes them, in one line."""
    return ", ".join(
        formats.opening(locale, o.days, o.is_range, o.opens, o.closes) for o in openings
    )


def _shown_address(address: str) -> str:
    """Return an address as it is printed: without its scheme and a slash at its end."""
    return address.split("://", 1)[-1].rstrip("/")
