"""Merges a profile with a layout in a locale: one edition into a self-contained job.

This phase does all the reading. The job holds the HTML and every byte it needs, so that
typesetting opens no file, and what an edition depends on is complete by construction.
"""

import hashlib
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel import Locale

from careerprint.composing.composition import Composition, another, begin, direction_of
from careerprint.composing.job import Bundle, Job, Press
from careerprint.composing.slots import empty_slots
from careerprint.core.diagnostics import N_, Location, Refused, error, refuse
from careerprint.core.edition import MOST_FAMILIES, PRESS, Edition
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
# What names, addresses and numbers are written with in the languages that people here have names
# in, as far as they use Latin script; and the pairs of letters that fonts have ligatures for.
_LATIN = (
    "".join(map(chr, range(0x21, 0x7F))),
    "ÄÖÜäöüßẞ ÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝ àáâãåæçèéêëìíîïñòóôõøùúûýÿ œŒ",
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ ăâîșțĂÂÎȘȚ ğışĞİŞ čďěňřšťůžČĎĚŇŘŠŤŮŽ đĐ őűŐŰ",
    "–—‘’‚“”„…‹›«»€°·§²³×",
    "fi fl ff ffi ffl",
)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all editions have in common that differ in nothing but the fair: read once.

    `begun` is a composition in which nothing is placed; others take over what it has looked up and
    set. `bundles` are the styles' files, by the characters that decide which fonts are among them.
    """

    reader: Reader
    issuer: Issuer
    layout: Layout
    format_name: str
    conditions: Conditions | None
    branding: Branding
    profile: Profile
    begun: Composition
    bundles: dict[frozenset[str], Bundle]

    @property
    def chosen(self) -> Format:
        return self.layout.formats[self.format_name]

    @property
    def styles(self) -> tuple[str, ...]:
        names = (*self.layout.styles, *self.chosen.styles)
        return tuple(posixpath.normpath(f"{LAYOUTS}/{name}") for name in names)


class Composer:
    """Composes editions of a workspace, and reads what several of them share only once.

    `reader` is read through, and has been read through by nobody else. What is composed later is
    made of the files as they were at first.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._readers: dict[Edition, Reader] = {}
        self._shared: dict[Edition, _Shared] = {}

    def compose(self, edition: Edition, fair: Fair | None = None) -> Job:
        """Return the job for an edition; raises Refused with the faults of its sources.

        `fair` is the one that the edition is for, if it is for one.
        """
        family = edition.family
        if family not in self._shared:
            while len(self._shared) >= MOST_FAMILIES:
                oldest = next(iter(self._shared))
                del self._shared[oldest], self._readers[oldest]
            self._readers[family] = self._reader.fork()
            self._shared[family] = _read(family, self._readers[family])
        return _composed(edition, self._shared[family], fair)

    def sources(self, edition: Edition) -> dict[str, str | None]:
        """Return what was looked for to compose an edition, or others that share all with it."""
        reader = self._readers.get(edition.family)
        return reader.sources if reader else {}


def compose(edition: Edition, reader: Reader, fair: Fair | None = None) -> Job:
    """Return the job for an edition; raises Refused with the faults of its sources.

    `reader` is read through and keeps the record of what was read. `fair` is the one that the
    edition is for, if it is for one.
    """
    return _composed(edition, _read(edition.family, reader), fair)


def _read(family: Edition, reader: Reader) -> _Shared:
    """Return what editions share that differ from this one in their fair alone."""
    configuration = read_configuration(reader)
    reader = reader.within(configuration.bounds.plain)
    layout = read_layout(reader, family.layout)
    conditions = (
        read_conditions(reader, configuration.press, layout, family.layout)
        if family.target == PRESS
        else None
    )
    tokens = read_tokens(reader, f"{LAYOUTS}/{layout.tokens}")
    branding = read_branding(reader, configuration.brand, tokens)
    profile = read_profile(reader, family.profile)
    return _Shared(
        reader=reader,
        issuer=configuration.issuer,
        layout=layout,
        format_name=family.format or layout.default_format,
        conditions=conditions,
        branding=branding,
        profile=profile,
        begun=begin(family, layout, profile, reader),
        bundles={},
    )


def _composed(edition: Edition, shared: _Shared, fair: Fair | None) -> Job:
    layout, profile, reader = shared.layout, shared.profile, shared.reader
    composition = another(shared.begun, edition)

    def slot_by_itself(template: str) -> str:
        apart = another(shared.begun, edition)
        known = _context(shared, apart)
        made = render(template, known | {"fair": fair}, reader, apart.words)
        return apart.fields.resolved(made)[0]

    known_fair = {} if fair is None else {source_of(fair.id): digest_of(fair)}
    context = _context(shared, composition)
    made = render(layout.template, context | {"fair": fair}, reader, composition.words)
    html, form = composition.fields.resolved(made)
    if composition.faults:
        raise Refused(dict.fromkeys(composition.faults))
    _refuse_what_is_lost(edition, shared, composition, fair)
    samples = _samples(composition.locale) if form else ()
    return Job(
        name=edition.output,
        locale=edition.locale,
        direction=direction_of(edition.locale),
        html=html,
        styles=(TOKENS_STYLESHEET, *shared.styles),
        bundle=_bundle(shared, html, samples, composition),
        pages=layout.pages,
        format=_with_what_there_is(shared.chosen, composition.optional_filled),
        pictures={**shared.branding.pictures, **composition.pictures},
        placed=tuple(block for _, block in composition.placed),
        issuer=issuer_texts(reader, shared.issuer),
        sources={**reader.sources, **known_fair},
        messages=_messages_used(composition.catalogs),
        fallen_back=composition.fallen_back,
        unreviewed=len({found for each in composition.catalogs for found in each.unreviewed}),
        codes=tuple(composition.codes),
        press=_press(shared.conditions, shared.branding),
        bounds=reader.bounds,
        form=form,
        fields=tuple(composition.fields.made) if form else (),
        samples=samples,
        diagnostics=(
            *shared.branding.diagnostics,
            *(shared.branding.screen_only if shared.conditions else ()),
            *empty_slots(layout, profile, slot_by_itself),
            *composition.words.diagnostics,
            *composition.texts.diagnostics,
        ),
    )


def _refuse_what_is_lost(
    edition: Edition, shared: _Shared, composition: Composition, fair: Fair | None
) -> None:
    """Raise Refused where the template does not print what its layout takes or may leave out."""
    layout = shared.layout
    if absent := [
        o.block for o in shared.chosen.optional if o.block not in composition.optional_made
    ]:
        raise refuse(
            Location(f"{LAYOUTS}/{edition.layout}/layout.toml"),
            N_("The format “{format}” may leave out “{name}”, which the template does not have."),
            N_('Delete it from “optional”, or write {{% call optional("{name}") %}} around it.'),
            format=shared.format_name,
            name=absent[0],
        )
    placed = [text for text, block in composition.placed if not block.optional]
    taken = _taken(layout, shared.profile)
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


def _bundle(shared: _Shared, html: str, samples: Iterable[str], composition: Composition) -> Bundle:
    """Return every byte that a document needs besides its HTML, by name."""
    # Which fonts belong to it depends on the characters; all that samples have are always there.
    text = html + "".join(samples)
    characters = frozenset(text)
    if composition.pictures or characters not in shared.bundles:
        conditions, branding = shared.conditions, shared.branding
        styles = collect_styles(shared.reader, shared.styles, text)
        check_files(styles.items(), shared.reader.bounds)
        shared.bundles[characters] = Bundle(
            {
                TOKENS_STYLESHEET: style_sheet(branding.colours),
                **branding.files,
                **({conditions.profile: conditions.content} if conditions else {}),
                **{name: shared.reader.read_bytes(name) for name in composition.pictures},
                **painted(styles, branding.colours),
            }
        )
    return shared.bundles[characters]


def _press(conditions: Conditions | None, branding: Branding) -> Press | None:
    if conditions is None:
        return None
    return Press(conditions.bleed, conditions.marks, conditions.profile, branding.inks)


@cache
def _samples(locale: Locale) -> tuple[str, ...]:
    """Return texts with the characters that fields may need: those of names, and all days."""
    days = [
        formats.day_range(locale, date(year, month, first), date(year, month, last))
        for month in range(1, 13)
        for year, first, last in ((2034, 1, 1), (2056, 7, 8), (2078, 19, 20), (2019, 26, 27))
    ]
    over_two_months = formats.day_range(locale, date(2034, 5, 31), date(2034, 6, 1))
    over_two_years = formats.day_range(locale, date(2034, 12, 31), date(2035, 1, 1))
    return (*_LATIN, *days, over_two_months, over_two_years)


def _context(shared: _Shared, composition: Composition) -> dict[str, Any]:
    """Return the names that templates know; docs/layouts.md explains them to layout authors."""
    locale, branding = composition.locale, shared.branding
    return {
        "lang": composition.edition.locale,
        "dir": direction_of(composition.edition.locale),
        "issuer_lang": PROFILE_SOURCE,
        "profile": composition.profile,
        "front": composition.profile.front,
        "facts": composition.profile.front.facts,
        "issuer": shared.issuer,
        "issuer_logo": branding.logo,
        "slots": shared.layout.slots,
        "format": shared.format_name,
        "measures": shared.chosen.measures,
        "colours": {name: colour.srgb for name, colour in branding.colours.items()},
        "place": composition.place,
        "title": composition.title,
        "mention": composition.mention,
        "optional": composition.optional,
        "original": composition.original,
        "cell": composition.cell,
        "field": composition.field,
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
        "days": lambda first, last: composition.field(formats.day_range(locale, first, last)),
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
