"""Merges a profile with a layout in a locale: one edition into a self-contained job.

This phase does all the reading. The job holds the HTML and every byte it needs, so that
typesetting opens no file, and what an edition depends on is complete by construction.
"""

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from babel import Locale
from markupsafe import Markup, escape

from careerprint import formats
from careerprint.body import Part
from careerprint.brand import Branding, read_branding
from careerprint.bundle import collect_styles, resolve
from careerprint.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    PROFILE_SOURCE,
    Catalogs,
    fallback_chain,
    known_locale,
    read_catalogs,
)
from careerprint.colours import painted, read_tokens, style_sheet
from careerprint.configuration import Issuer, issuer_texts, read_configuration
from careerprint.content import PROFILE_FILE, Profile, read_profile
from careerprint.diagnostics import N_, Diagnostic, Location, Refused, error, refuse
from careerprint.edition import Edition
from careerprint.facts import Phrase, amount, fact_phrases, pay_phrase, years
from careerprint.fairs import Fair, digest_of, printed_texts, source_of
from careerprint.figures import pay_bars, pay_scale, qr_code
from careerprint.inline import set_inline
from careerprint.job import Job, PlacedBlock
from careerprint.layouts import FOLDER as LAYOUTS
from careerprint.layouts import Format, Layout, read_layout
from careerprint.measure import BLOCK, OPTIONAL
from careerprint.reader import Reader
from careerprint.schema import Text
from careerprint.slots import empty_slots
from careerprint.templates import render

TOKENS_STYLESHEET = "tokens.css"


def compose(edition: Edition, reader: Reader, fair: Fair | None = None) -> Job:
    """Return the job for an edition; raises Refused with the faults of its sources.

    `reader` is read through and keeps the record of what was read. `fair` is the one that the
    edition is for, if it is for one.
    """
    configuration = read_configuration(reader)
    layout = read_layout(reader, edition.layout)
    format_name = edition.format or layout.default_format
    chosen = layout.formats[format_name]
    tokens = read_tokens(reader, f"{LAYOUTS}/{layout.tokens}")
    branding = read_branding(reader, configuration.brand, tokens)
    profile = read_profile(reader, edition.profile)
    composition = _composition(edition, layout, profile, reader)

    def slot_by_itself(template: str) -> str:
        apart = _composition(edition, layout, profile, reader)
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
    return Job(
        name=edition.output,
        locale=edition.locale,
        direction=_direction(edition.locale),
        html=html,
        styles=(TOKENS_STYLESHEET, *styles),
        bundle={
            TOKENS_STYLESHEET: style_sheet(branding.colours),
            **branding.files,
            **{name: reader.read_bytes(name) for name in composition.pictures},
            **painted(collect_styles(reader, styles, html), branding.colours),
        },
        pages=layout.pages,
        format=_with_what_there_is(chosen, composition.optional_filled),
        pictures={**branding.pictures, **composition.pictures},
        placed=tuple(block for _, block in composition.placed),
        issuer=issuer_texts(reader, configuration.issuer),
        sources={**reader.sources, **known_fair},
        messages=_messages_used(composition.catalogs),
        fallen_back=composition.fallen_back,
        diagnostics=(
            *branding.diagnostics,
            *empty_slots(layout, profile, slot_by_itself),
            *composition.words.diagnostics,
            *composition.texts.diagnostics,
        ),
    )


@dataclass(slots=True)
class _Composition:
    """What the templates of one edition use: texts in its locale, and a list of those placed."""

    edition: Edition
    profile: Profile
    locale: Locale
    words: Catalogs
    texts: Catalogs
    reader: Reader
    optional_names: frozenset[str]
    placed: list[tuple[Text, PlacedBlock]] = field(default_factory=list)
    pictures: dict[str, Location] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    fallen_back: int = 0
    phrases: dict[str, dict[str, Phrase]] = field(default_factory=dict)
    optional_made: set[str] = field(default_factory=set)
    optional_filled: set[str] = field(default_factory=set)
    phrase_words: list[Catalogs] = field(default_factory=list)
    _inside: str = ""

    @property
    def catalogs(self) -> tuple[Catalogs, ...]:
        """Every catalog that texts were looked up in."""
        return self.words, self.texts, *self.phrase_words

    def place(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return a block of the profile as an HTML element, and note that it must be printed."""
        return self._place(text, element, attributes)

    def title(self, text: Text, element: str, **attributes: str) -> Markup:
        """Do as `place` does for a title set large, where no line ends with a short word."""
        return self._place(text, element, attributes, is_title=True)

    def _place(
        self, text: Text, element: str, attributes: dict[str, str], *, is_title: bool = False
    ) -> Markup:
        html, plain, language = self._set(text, is_title=is_title)
        attributes |= self._note(text, plain)
        if language not in fallback_chain(self.edition.locale):
            self.fallen_back += 1
        return self._element(element, html, language, attributes)

    def original(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return a block in German whatever the locale, such as an official name."""
        html, plain = self._set_in(text, text, PROFILE_SOURCE)
        attributes |= self._note(text, plain)
        return self._element(element, html, PROFILE_SOURCE, attributes)

    def cell(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return what stands in a cell of the table of fairs, as it is written there.

        What is said of a person is printed, and shown nowhere else.
        """
        if not text:
            return Markup()
        is_private = attributes.pop("of", "") == "person"
        attributes |= self._note(text, str(text), is_private=is_private)
        return self._element(element, escape(str(text)), PROFILE_SOURCE, attributes)

    def optional(self, name: str, caller: Callable[[], str]) -> Markup:
        """Return the content of a call block as a block of the page that may be left out.

        Raises Refused for a name that no format of the layout declares.
        """
        if name not in self.optional_names:
            raise refuse(
                Location(f"{LAYOUTS}/{self.edition.layout}/layout.toml"),
                N_("The template makes “{name}” optional, which no format declares."),
                N_("Add it to “optional” of a format: its place there is its priority."),
                name=name,
            )
        self.optional_made.add(name)
        outside, self._inside = self._inside, name
        content = caller()
        self._inside = outside
        if not content.strip():
            return Markup()
        self.optional_filled.add(name)
        return Markup('<div {}="{}">{}</div>').format(OPTIONAL, name, Markup(content))  # noqa: S704 - the template has escaped it

    def gloss(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return what a German block means in the edition's locale; nothing where it is German."""
        html, _, language = self._set(text)
        return (
            self._element(element, html, language, attributes)
            if html and language != PROFILE_SOURCE
            else Markup()
        )

    def mention(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return a block for a second mention, such as a heading in the table of contents."""
        html, _, language = self._set(text)
        return self._element(element, html, language, attributes)

    def plain(self, text: Text) -> str:
        """Return a block's text without any markup."""
        return self._set(text)[1]

    def picture(self, part: Part) -> Markup:
        """Return a picture of the profile as an HTML element."""
        text = part.blocks[0]
        base = f"content/{self.profile.slug}/{PROFILE_FILE}"
        name = resolve(part.picture or "", base, text.location)
        if name is None:
            raise refuse(
                text.location, N_("The picture names no file."), N_("Write ![description](file).")
            )
        self.reader.read_bytes(name, text.location)
        self.pictures[name] = text.location
        return Markup('<img src="{}" alt="{}">').format(quote(name), self.plain(text))

    def _note(self, text: Text, plain: str, *, is_private: bool = False) -> dict[str, str]:
        """Note a block as placed, and return the attribute that its element is known by."""
        self.placed.append((text, PlacedBlock(plain, text.location, self._inside, is_private)))
        return {BLOCK: str(len(self.placed) - 1)}

    def _set(self, text: Text, *, is_title: bool = False) -> tuple[Markup, str, str]:
        written, language = self.texts.look_up(text)
        return *self._set_in(text, written, language, is_title=is_title), language

    def _set_in(
        self, text: Text, written: str, language: str, *, is_title: bool = False
    ) -> tuple[Markup, str]:
        try:
            phrases = self._phrases(language)
            return set_inline(written, language, text.location, phrases, is_title=is_title)
        except Refused as refused:  # go on, so that one run shows all faults
            self.faults += refused.diagnostics
            return Markup(), ""

    def _phrases(self, language: str) -> dict[str, Phrase]:
        """Return the facts' phrases in the language of the text that they stand in."""
        if language not in self.phrases:
            words = read_catalogs(self.reader, LAYOUT_CATALOGS, language, LAYOUT_SOURCE)
            self.phrase_words.append(words)
            self.phrases[language] = fact_phrases(
                self.profile.front.facts,
                known_locale(language),
                words,
                lambda text: text if language == PROFILE_SOURCE else self.texts.gettext(text),
            )
        return self.phrases[language]

    def _element(
        self, name: str, html: Markup, language: str, attributes: Mapping[str, str]
    ) -> Markup:
        values = {key.rstrip("_"): value for key, value in attributes.items()}
        if language != self.edition.locale:
            values["lang"] = language
            direction = _direction(language)
            if direction != _direction(self.edition.locale):
                values["dir"] = direction
        written = Markup("").join(Markup(' {}="{}"').format(k, v) for k, v in values.items())
        return Markup("<{0}{1}>{2}</{0}>").format(name, written, html)


def _composition(
    edition: Edition, layout: Layout, profile: Profile, reader: Reader
) -> _Composition:
    return _Composition(
        edition,
        profile,
        known_locale(edition.locale),
        read_catalogs(reader, LAYOUT_CATALOGS, edition.locale, LAYOUT_SOURCE),
        read_catalogs(reader, f"content/{edition.profile}/locales", edition.locale, PROFILE_SOURCE),
        reader,
        frozenset(o.block for chosen in layout.formats.values() for o in chosen.optional),
    )


def _context(
    layout: Layout, format_name: str, branding: Branding, composition: _Composition, issuer: Issuer
) -> dict[str, Any]:
    """Return the names that templates know; docs/layouts.md explains them to layout authors."""
    locale = composition.locale
    return {
        "lang": composition.edition.locale,
        "dir": _direction(composition.edition.locale),
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
        "month": lambda day: formats.month(locale, day),
        "days": lambda first, last: formats.day_range(locale, first, last),
        "qr": qr_code,
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


def _direction(tag: str) -> str:
    return known_locale(tag).text_direction


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
