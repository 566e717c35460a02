"""The translators' side of the catalogs: what there is to translate, how far it is, what is off.

A domain is a set of messages with its catalogs: the layouts' words, or the text of one profile.
"""

import io
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract

from careerprint.building.printing import Printer
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import N_, Diagnostic, Refused, Severity, warning, writing
from careerprint.core.edition import Edition, Selection
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.intake.merging import catalog_text, merged_catalog
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import layout_names
from careerprint.planning.plan import plan_editions
from careerprint.profiles import phrases
from careerprint.profiles.approvals import Key, approval_key, needs_approval, read_approvals
from careerprint.profiles.body import Part
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    PROFILE_SOURCE,
    own_catalogs,
    placeholders,
    read_catalogs,
    spelt_locale,
)
from careerprint.profiles.content import Profile, profile_slugs, read_profile
from careerprint.profiles.pofiles import (
    FUZZY,
    PoCatalog,
    entry_key,
    is_translated,
    message_of,
    parse_catalog,
)
from careerprint.profiles.shapes import Said, fact_values, texts_of

_MOST_NAMED = 5
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}


@dataclass(frozen=True, slots=True)
class Domain:
    """Messages to translate, in the order in which they are printed, and where catalogs lie."""

    name: str
    folder: str
    source: str
    template: Catalog


@dataclass(frozen=True, slots=True)
class TranslationProgress:
    """How far a locale is in a domain, as messages in the template's order.

    Messages that nobody has approved are translated too; stale ones have the translation of a
    former wording.
    """

    domain: str
    locale: str
    total: int
    translated: tuple[str, ...]
    unapproved: tuple[str, ...]
    stale: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The share of messages that are printed translated, rounded down."""
        return 100 * len(self.translated) // self.total if self.total else 100


def domains(reader: Reader) -> list[Domain]:
    """Return the layouts' words, shared and own, and the profiles; raises Refused."""
    return [
        *_word_domains(reader),
        *(
            Domain(
                slug, f"content/{slug}/locales", PROFILE_SOURCE, _texts(read_profile(reader, slug))
            )
            for slug in profile_slugs(reader)
        ),
    ]


def locales_of(domain: Domain, reader: Reader) -> list[str]:
    """Return the tags of the locales that a domain has catalogs for, sorted."""
    return [name.removesuffix(".po") for name in reader.files(domain.folder, ".po")]


def all_catalogs(reader: Reader) -> Iterator[tuple[Domain, str]]:
    """Yield every domain with every locale that any domain has a catalog for, locale by locale."""
    known = domains(reader)
    for locale in sorted({tag for domain in known for tag in locales_of(domain, reader)}):
        yield from ((domain, locale) for domain in known if locale != domain.source)


def all_progress(reader: Reader) -> list[TranslationProgress]:
    """Return the progress of every locale that has a catalog, in every domain."""
    return [translation_progress(*each, reader) for each in all_catalogs(reader)]


def key_of_entry(domain: Domain, locale: str, entry: Message) -> Key:
    """Return what an approval of an entry's translation is of."""
    translation = entry.string if isinstance(entry.string, str) else tuple(entry.string or ())
    return approval_key(domain.name, locale, message_of(entry), translation)


def is_waiting(domain: Domain, locale: str, entry: Message, approved: Container[Key]) -> bool:
    """Tell whether an entry's translation waits for approval."""
    return needs_approval(locale) and key_of_entry(domain, locale, entry) not in approved


def translated_entries(domain: Domain, locale: str, reader: Reader) -> list[Message]:
    """Return the entries of a locale that are printed translated, in the template's order."""
    merged = _merged(domain, locale, reader)
    return [e for e in merged if e.id and is_translated(e) and FUZZY not in e.flags]


def update_catalogs(reader: Reader) -> list[str]:
    """Bring all catalogs up to date, new ones included; return the names of those that changed.

    Raises Refused where a catalog cannot be read, before any is written, and where one cannot be
    written; each is then as it was or up to date.
    """
    texts = {
        f"{domain.folder}/{locale}.po": updated_catalog(domain, locale, reader)
        for domain, locale in all_catalogs(reader)
    }
    changed = [name for name, text in texts.items() if reader.find(name) != text.encode()]
    for name in changed:
        with writing(name):
            write_whole(reader.root / name, texts[name].encode())
    return changed


def check_catalogs(
    reader: Reader, locales: Sequence[str] = (), *, is_complete: bool = False
) -> list[Diagnostic]:
    """Return what is off in all catalogs, or in those of `locales`, pages that overflow included.

    For that every declared layout is typeset in these locales; nothing is written. With
    `is_complete`, what is stale or missing is off, too.
    """
    known = domains(reader)
    wanted = [*map(spelt_locale, locales)] or sorted(
        {tag for domain in known for tag in locales_of(domain, reader)}
    )
    findings = [
        finding
        for domain in known
        for locale in locales_of(domain, reader)
        if locale in wanted
        for finding in read_catalogs(
            reader.fork(), domain.folder, locale, domain.source
        ).diagnostics
    ]
    if is_complete:
        rows = (each for each in all_catalogs(reader) if each[1] in wanted)
        findings += (finding for row in rows for finding in _incomplete(*row, reader))
    editions = plan_editions(reader, read_configuration(reader), Selection(locales=tuple(wanted)))
    with Printer() as printer:
        for edition in editions:
            findings += _overflow(edition, reader, printer)
    return findings


def _incomplete(domain: Domain, locale: str, reader: Reader) -> Iterator[Diagnostic]:
    """Yield a warning for each message whose translation is missing, or is of a former wording."""
    place = f"{domain.folder}/{locale}.po"
    found = translation_progress(domain, locale, reader)
    for text in found.missing:
        yield warning(
            place,
            N_("“{text}” is not translated."),
            N_("Bring the catalog up to date (careerprint translations update), and translate it."),
            text=text,
        )
    for text in found.stale:
        yield warning(
            place,
            N_("“{text}” is the new wording of what was translated."),
            N_("Compare the translation with it; then take the mark “fuzzy” away."),
            text=text,
        )


def _overflow(edition: Edition, reader: Reader, printer: Printer) -> Iterator[Diagnostic]:
    """Yield, where the text of an edition has no room, the translations that lengthen it most."""
    job = compose(edition, reader.fork())
    try:
        found = printer.print(job).diagnostics
    except Refused as refused:
        found = refused.diagnostics
    errors = [d for d in found if d.severity is Severity.ERROR]
    if not errors:
        return
    yield from errors
    german = compose(replace(edition, locale=PROFILE_SOURCE), reader.fork())
    excesses = [
        (len(block.text) - len(original.text), block.text)
        for block, original in zip(job.placed, german.placed, strict=True)
    ]
    for excess, text in sorted(excesses, reverse=True)[:_MOST_NAMED]:
        if excess > 0:
            yield warning(
                f"content/{edition.profile}/locales/{edition.locale}.po",
                N_("“{text}” is {excess} characters longer than the German."),
                N_("Shorten it, so that the page of the layout “{layout}” has room."),
                text=text,
                excess=excess,
                layout=edition.layout,
            )


def translation_progress(domain: Domain, locale: str, reader: Reader) -> TranslationProgress:
    """Return how far `locale` is in `domain`; a locale without a catalog has all missing."""
    entries = [entry for entry in _merged(domain, locale, reader) if entry.id]
    filled = [entry for entry in entries if is_translated(entry)]
    good = [entry for entry in filled if FUZZY not in entry.flags]
    approved = read_approvals(reader).first
    return TranslationProgress(
        domain.name,
        locale,
        len(entries),
        translated=tuple(map(message_of, good)),
        unapproved=tuple(
            message_of(entry) for entry in good if is_waiting(domain, locale, entry, approved)
        ),
        stale=tuple(message_of(entry) for entry in filled if FUZZY in entry.flags),
        missing=tuple(message_of(entry) for entry in entries if not is_translated(entry)),
    )


def updated_catalog(domain: Domain, locale: str, reader: Reader) -> str:
    """Return the text of the catalog of `locale`, brought up to date with its domain.

    Translations, comments, flags and what editors put into the header are kept. An entry whose
    original was reworded keeps its translation, marked fuzzy, with the original that it is of; what
    is no longer used goes to the end. The order is the template's, so that a difference shows what
    changed and nothing else.
    """
    return catalog_text(_merged(domain, locale, reader), domain.name, locale)


def _word_domains(reader: Reader) -> Iterator[Domain]:
    """Yield the words that layouts share, then those of each layout with catalogs of its own.

    A word that layouts share is a layout's own, too, where one of its catalogs translates it.
    """
    layouts = [name for name in layout_names(reader) if reader.files(own_catalogs(name), ".po")]
    templates = reader.tree(LAYOUTS, ".j2")
    folders = tuple(f"{LAYOUTS}/{name}/" for name in layouts)
    apart = [name for name in templates if not name.startswith(folders)]
    code = Path(phrases.__file__).read_bytes()
    shared = _words([*(("jinja2", reader.read_bytes(name)) for name in apart), ("python", code)])
    yield Domain("layouts", LAYOUT_CATALOGS, LAYOUT_SOURCE, shared)
    for layout, folder in zip(layouts, folders, strict=True):
        own = [name for name in templates if name.startswith(folder)]
        words = _words(("jinja2", reader.read_bytes(name)) for name in own)
        domain = Domain(f"{LAYOUTS}/{layout}", own_catalogs(layout), LAYOUT_SOURCE, words)
        translated = set[str]()
        for tag in locales_of(domain, reader):
            name = f"{domain.folder}/{tag}.po"
            catalog = parse_catalog(reader.read_text(name), name, tag)
            translated |= {entry_key(entry) for entry in catalog if is_translated(entry)}
        for entry in list(words):
            if entry.id and entry.id in shared and entry_key(entry) not in translated:
                words.delete(entry.id)
        if len(words):
            yield domain


def _words(sources: Iterable[tuple[str, bytes]]) -> Catalog:
    """Return the words in sources, each given as its kind (for Babel) and its bytes."""
    template = Catalog(locale=LAYOUT_SOURCE)
    for method, content in sources:
        for _, message, comments, _ in extract(method, io.BytesIO(content), _KEYWORDS):
            template.add(message, auto_comments=comments)
    return template


def _texts(profile: Profile) -> Catalog:
    """Return the text of a profile, a message a block, each with a note of where it stands."""
    template = Catalog(locale=PROFILE_SOURCE)
    for where, text in _blocks(profile):
        template.add(text, auto_comments=[where])
    for where, text in _said_in_sentences(profile):
        template.add(text, auto_comments=[where], context=phrases.IN_A_SENTENCE)
    return template


def _said_in_sentences(profile: Profile) -> Iterator[tuple[str, Text]]:
    """Yield the texts of facts that a sentence names, besides the labels that they are.

    On a label stands "Retail", in a sentence "for example retail": many languages need both.
    """
    named = {name for _, text in _blocks(profile) for name in placeholders(text)}
    for fact in fact_values(profile.front.facts):
        name = f"{{{fact.name}}}"
        if fact.said in (Said.TEXT, Said.LIST) and name in named:
            yield from ((f"{note}: in a sentence, as {name}", t) for note, t in texts_of([fact]))


def _blocks(profile: Profile) -> Iterator[tuple[str, Text]]:
    front = profile.front
    heads = (("title", front.title), ("subtitle", front.subtitle), ("teaser", front.teaser))
    yield from ((where, text) for where, text in heads if text is not None)
    yield from texts_of(fact_values(front.facts))
    for use, picture in front.pictures.by_use.items():
        yield f"picture: {use}: description", picture.alt
        if picture.caption:
            yield f"picture: {use}: caption", picture.caption
    yield from (("flyer: headline", front.flyer.headline), ("flyer: teaser", front.flyer.teaser))
    yield from (("flyer: point", text) for text in front.flyer.points)
    yield from _part_blocks("opening", profile.opening)
    for section in profile.sections:
        yield f"{section.id}: heading", section.heading
        yield from _part_blocks(section.id, section.parts)


def _part_blocks(where: str, parts: tuple[Part, ...]) -> Iterator[tuple[str, Text]]:
    for part in parts:
        yield from ((f"{where}: {part.kind}", text) for text in part.blocks)


def _merged(domain: Domain, locale: str, reader: Reader) -> PoCatalog:
    """Return the domain's messages with the translations of its catalog, if there is one."""
    name = f"{domain.folder}/{locale}.po"
    is_there = reader.find(name) is not None
    old = parse_catalog(reader.read_text(name), name, locale) if is_there else None
    return merged_catalog(domain.template, old, locale)
