"""Merges a profile with a layout in a locale: one edition into a self-contained job.

This phase does all the reading. The job holds the HTML and every byte it needs, so that
typesetting opens no file, and what an edition depends on is complete by construction.
"""

import hashlib
import posixpath
from collections.abc import Iterable, Iterator
from typing import Any

from careerprint.composing.composition import Composition, begin, direction_of
from careerprint.composing.job import Job, Press
from careerprint.composing.slots import empty_slots
from careerprint.core.diagnostics import N_, Location, Refused, error, refuse
from careerprint.core.edition import PRESS, Edition
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.fairs.rows import Fair, digest_of, printed_texts, source_of
from careerprint.layouts.brand import Branding, read_branding
from careerprint.layouts.bundle import collect_styles
from careerprint.layouts.colours import painted, read_tokens, style_sheet
from careerprint.layouts.configuration import Issuer, issuer_texts, read_configuration
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import Format, Layout, read_layout
from careerprint.layouts.figures import pay_bars, pay_scale
from careerprint.layouts.pictures import check_files
from careerprint.layouts.shops import Conditions, read_conditions
from careerprint.layouts.templates import render
from careerprint.profiles import formats
from careerprint.profiles.body import Part
from careerprint.profiles.catalogs import PROFILE_SOURCE, Catalogs
from careerprint.profiles.content import Profile, read_profile
from careerprint.profiles.facts import amount, pay_phrase, years

TOKENS_STYLESHEET = "tokens.css"


def compose(edition: Edition, reader: Reader, fair: Fair | None = None) -> Job:
    """Return the job for an edition; raises Refused with the faults of its sources.

    `reader` is read through and keeps the record of what was read. `fair` is the one that the
    edition is for, if it is for one.
    """
    configuration = read_configuration(reader)
    bounds = configuration.bounds.plain
    reader = reader.within(bounds)
    layout = read_layout(reader, edition.layout)
    format_name = edition.format or layout.default_format
    chosen = layout.formats[format_name]
    conditions = (
        read_conditions(reader, configuration.press, layout, edition.layout)
        if edition.target == PRESS
        else None
    )
    tokens = read_tokens(reader, f"{LAYOUTS}/{layout.tokens}")
    branding = read_branding(reader, configuration.brand, tokens)
    profile = read_profile(reader, edition.profile)
    composition = begin(edition, layout, profile, reader)

    def slot_by_itself(template: str) -> str:
        apart = begin(edition, layout, profile, reader)
        known = _context(layout, format_name, branding, apart, configuration.issuer)
        return render(template, known | {"fair": fair}, reader, apart.words)

    known_fair = {} if fair is None else {source_of(fair.id): digest_of(fair)}
    context = _context(layout, format_name, branding, composition, configuration.issuer)
    html = render(layout.template, context | {"fair": fair}, reader, composition.words)
    if composition.faults:
        raise Refused(dict.fromkeys(composition.faults))
    taken = _taken(layout, profile)
    if absent := [o.block for o in chosen.optional if o.block not in composition.optional_made]:
        raise refuse(
            Location(f"{LAYOUTS}/{edition.layout}/layout.toml"),
            N_("The format “{format}” may leave out “{name}”, which the template does not have."),
            N_('Delete it from “optional”, or write {{% call optional("{name}") %}} around it.'),
            format=format_name,
            name=absent[0],
        )
    placed = [text for text, block in composition.placed if not block.optional]
    missing = [*_not_placed(taken, placed), *_fair_not_placed(layout, fair, placed)]
    if missing:
        raise Refused(
            error(
                text.location,
                N_("The layout “{layout}” does not print this text: “{text}”."),
                N_("Place it in the layout's template."),
                layout=edition.layout,
                text=text,
            )
            for text in missing
        )
    styles = tuple(posixpath.normpath(f"{LAYOUTS}/{n}") for n in (*layout.styles, *chosen.styles))
    files = collect_styles(reader, styles, html)
    check_files(files.items(), bounds)
    return Job(
        name=edition.output,
        locale=edition.locale,
        direction=direction_of(edition.locale),
        html=html,
        styles=(TOKENS_STYLESHEET, *styles),
        bundle={
            TOKENS_STYLESHEET: style_sheet(branding.colours),
            **branding.files,
            **({conditions.profile: conditions.content} if conditions else {}),
            **{name: reader.read_bytes(name) for name in composition.pictures},
            **painted(files, branding.colours),
        },
        pages=layout.pages,
        format=_with_what_there_is(chosen, composition.optional_filled),
        pictures={**branding.pictures, **composition.pictures},
        placed=tuple(block for _, block in composition.placed),
        issuer=issuer_texts(reader, configuration.issuer),
        sources={**reader.sources, **known_fair},
        messages=_messages_used(composition.catalogs),
        fallen_back=composition.fallen_back,
        unreviewed=len({found for each in composition.catalogs for found in each.unreviewed}),
        codes=tuple(composition.codes),
        press=Press(conditions.bleed, conditions.marks, conditions.profile, branding.inks)
        if conditions
        else None,
        bounds=bounds,
        diagnostics=(
            *branding.diagnostics,
            *(branding.screen_only if conditions else ()),
            *empty_slots(layout, profile, slot_by_itself),
            *composition.words.diagnostics,
            *composition.texts.diagnostics,
        ),
    )


def _press(conditions: Conditions | None, branding: Branding) -> Press | None:
    if conditions is None:
        return None
    return Press(conditions.bleed, conditions.marks, conditions.profile, branding.inks)


def _context(
    layout: Layout, format_name: str, branding: Branding, composition: Composition, issuer: Issuer
) -> dict[str, Any]:
    """Return the names that templates know; docs/layouts.md explains them to layout authors."""
    locale = composition.locale
    return {
        "lang": composition.edition.locale,
        "dir": direction_of(composition.edition.locale),
        "issuer_lang": PROFILE_SOURCE,
        "profile": composition.profile,
        "front": composition.profile.front,
        "facts": composition.profile.front.facts,
        "issuer": issuer,
        "issuer_logo": branding.logo,
        "slots": layout.slots,
        "format": format_name,
        "measures": layout.formats[format_name].measures,
        "colours": {name: colour.srgb for name, colour in branding.colours.items()},
        "place": composition.place,
        "title": composition.title,
        "mention": composition.mention,
        "optional": composition.optional,
        "original": composition.original,
        "cell": composition.cell,
        "gloss": composition.gloss,
        "plain": composition.plain,
        "picture": composition.picture,
        "amount": lambda euros: amount(euros, locale),
        "pay": lambda pay: pay_phrase(pay, locale, composition.words),
        "pay_scale": pay_scale,
        "pay_bars": pay_bars,
        "years": lambda count: years(count, composition.words),
        "enumeration": lambda items: formats.enumeration(locale, items),
        "month": lambda day: formats.month(locale, day),
        "days": lambda first, last: formats.day_range(locale, first, last),
        "qr": composition.qr,
    }


def _with_what_there_is(chosen: Format, filled: set[str]) -> Format:
    """Return the format without the optional blocks that have nothing to print."""
    optional = tuple(o for o in chosen.optional if o.block in filled)
    return (
        chosen if optional == chosen.optional else chosen.model_copy(update={"optional": optional})
    )


def _messages_used(catalogs: Iterable[Catalogs]) -> dict[str, dict[str, str]]:
    """Return what was looked up in which file: digest of the message → of what was found."""
    used: dict[str, dict[str, str]] = {}
    for messages in (m for catalog in catalogs for m in catalog.chain):
        found = {_short_digest(k): _short_digest(v) for k, v in messages.used.items()}
        used.setdefault(messages.name, {}).update(found)
    return used


def _short_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _taken(layout: Layout, profile: Profile) -> Iterator[Text]:
    """Yield, in order, each block of the profile that the layout declares to take."""
    front = profile.front
    if "cover" in layout.takes:
        yield from filter(None, (front.title, front.subtitle, front.teaser))
    if "flyer" in layout.takes:
        yield from (front.flyer.headline, front.flyer.teaser, *front.flyer.points)
    if "sections" in layout.takes:
        yield from _texts(profile.opening)
        for section in profile.sections:
            yield section.heading
            yield from _texts(section.parts)


def _fair_not_placed(layout: Layout, fair: Fair | None, placed: list[Text]) -> Iterator[Text]:
    """Yield each text of the fair that the layout declares to take, and has not placed anywhere."""
    if fair and "fair" in layout.takes:
        for text in filter(None, printed_texts(fair)):
            if not any(text is found for found in placed):
                yield text


def _texts(parts: tuple[Part, ...]) -> Iterator[Text]:
    for part in parts:
        if part.kind != "picture":
            yield from part.blocks


def _not_placed(taken: Iterator[Text], placed: list[Text]) -> list[Text]:
    """Return the texts of `taken` that `placed` does not hold in the same order."""
    missing, position = [], 0
    for text in taken:
        found = next((i for i in range(position, len(placed)) if placed[i] is text), None)
        if found is None:
            missing.append(text)
        else:
            position = found + 1
    return missing
