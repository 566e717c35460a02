"""What there is to translate: words of layouts and texts of profiles, each with its catalogs.

A domain is a set of messages with its catalogs: the layouts' words, or the text of one profile.
"""

import io
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract

from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import layout_names
from careerprint.profiles import phrases
from careerprint.profiles.address import INFORMAL
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    PROFILE_SOURCE,
    is_wordless,
    own_catalogs,
    placeholders,
)
from careerprint.profiles.content import (
    Profile,
    WholeText,
    body_blocks,
    flyer_blocks,
    head_blocks,
    own_blocks,
    profile_slugs,
    read_profile,
    whole_locales,
)
from careerprint.profiles.pofiles import PoCatalog, entry_key, is_translated, parse_catalog
from careerprint.profiles.shapes import Said, fact_values, texts_of
from careerprint.profiles.tags import is_plain
from careerprint.profiles.wholetext import read_profile_in
from careerprint.translation.merging import merged_catalog

_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}


@dataclass(frozen=True, slots=True)
class Domain:
    """Messages to translate, in the order in which they are printed, and where catalogs lie.

    `profile` is the one whose text it is, None for words of layouts. `whole` is there where the
    domain is that of one locale which has the profile's text as a whole: then the messages are
    those of facts and pictures alone. `shared` are those that other layouts have, too: a locale has
    them where its own catalog says something else.
    """

    name: str
    folder: str
    source: str
    template: Catalog
    profile: Profile | None = None
    whole: WholeText | None = None
    shared: frozenset[str] = frozenset()


def domains(reader: Reader) -> list[Domain]:
    """Return the layouts' words, shared and own, and the profiles; raises Refused."""
    return [
        *_word_domains(reader),
        *(profile_domain(read_profile(reader, slug)) for slug in profile_slugs(reader)),
    ]


def profile_domain(profile: Profile) -> Domain:
    """Return the texts of a profile as messages."""
    folder = f"content/{profile.slug}/locales"
    template = _template(_blocks(profile))
    for where, text in _said_in_sentences(profile, _blocks(profile)):
        template.add(text, auto_comments=[where], context=phrases.IN_A_SENTENCE)
    return Domain(profile.slug, folder, PROFILE_SOURCE, template, profile)


def domain_in(domain: Domain, locale: str, reader: Reader) -> Domain:
    """Return a domain as it is in a locale, which may have its text as a whole; raises Refused."""
    if domain.shared:
        name = f"{domain.folder}/{locale}.po"
        known = (
            () if reader.find(name) is None else parse_catalog(reader.read_text(name), name, locale)
        )
        own = {entry_key(entry) for entry in known if is_translated(entry)}
        return replace(domain, template=_without(domain.template, domain.shared - own))
    if domain.profile is None or locale not in whole_locales(reader, domain.name):
        return domain
    profile = read_profile_in(reader, domain.name, locale)
    # What a plain language does not say otherwise stands in the language that it is plain of.
    is_silent = is_plain(locale) and reader.find(f"{domain.folder}/{locale}.po") is None
    shared = _template(() if is_silent else shared_blocks(profile))
    if not is_silent:
        for where, text in _said_in_sentences(profile, own_blocks(profile)):
            shared.add(text, auto_comments=[where], context=phrases.IN_A_SENTENCE)
    return replace(domain, template=shared, whole=profile.whole)


def locales_of(domain: Domain, reader: Reader) -> list[str]:
    """Return the tags of the locales that a domain has catalogs or whole texts for, sorted."""
    tags = {name.removesuffix(".po") for name in reader.files(domain.folder, ".po")}
    return sorted(tags.union(whole_locales(reader, domain.name) if domain.profile else ()))


def all_catalogs(reader: Reader) -> Iterator[tuple[Domain, str]]:
    """Yield every domain with every locale that any domain has a catalog for, locale by locale.

    One that has nothing of its own in a plain language is left out there: its fallback serves.
    """
    known = domains(reader)
    own = {domain.name: locales_of(domain, reader) for domain in known}
    for locale in sorted({tag for tags in own.values() for tag in tags}):
        for domain in known:
            if locale != domain.source and (locale in own[domain.name] or not is_plain(locale)):
                yield domain_in(domain, locale, reader), locale


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
        for entry in shared:  # of these it may say each otherwise, wherever the word stands
            if entry.id and words.get(entry.id, entry.context) is None:
                words.add(entry.id, auto_comments=entry.auto_comments, context=entry.context)
        domain = Domain(f"{LAYOUTS}/{layout}", own_catalogs(layout), LAYOUT_SOURCE, words)
        of_all = {entry_key(entry) for entry in shared if entry.id}
        known = frozenset(of_all.intersection(entry_key(e) for e in words if e.id))
        domain = replace(domain, shared=known)
        if any(len(domain_in(domain, tag, reader).template) for tag in locales_of(domain, reader)):
            yield domain


def _without(template: Catalog, left_out: Set[str]) -> Catalog:
    """Return a template without some of its messages."""
    kept = Catalog(locale=LAYOUT_SOURCE)
    for entry in template:
        if entry.id and entry_key(entry) not in left_out:
            kept.add(entry.id, auto_comments=entry.auto_comments, context=entry.context)
    return kept


def _words(sources: Iterable[tuple[str, bytes]]) -> Catalog:
    """Return the words in sources, each given as its kind (for Babel) and its bytes."""
    template = Catalog(locale=LAYOUT_SOURCE)
    for method, content in sources:
        for message, comments in _extracted(method, content):
            template.add(message, auto_comments=comments)
    return template


@lru_cache(maxsize=256)  # whoever looks at translations asks often, and templates seldom change
def _extracted(
    method: str, content: bytes
) -> tuple[tuple[str | tuple[str, ...], tuple[str, ...]], ...]:
    """Return the messages of a source, each with the comments for its translators."""
    found = extract(method, io.BytesIO(content), _KEYWORDS)
    return tuple((message, tuple(comments)) for _, message, comments, _ in found)


def _template(blocks: Iterable[tuple[str, Text]]) -> Catalog:
    """Return texts as messages, each with a note of where it stands, but what has no word."""
    template = Catalog(locale=PROFILE_SOURCE)
    for where, text in blocks:
        if not is_wordless(text):
            template.add(text, auto_comments=[where])
    return template


def _blocks(profile: Profile) -> Iterator[tuple[str, Text]]:
    front = profile.front
    yield from head_blocks(front.title, front.subtitle, front.teaser)
    yield from shared_blocks(profile)
    yield from flyer_blocks(front.flyer)
    yield from body_blocks(profile.opening, profile.sections)


def shared_blocks(profile: Profile) -> Iterator[tuple[str, Text]]:
    """Yield the texts that a text as a whole shares with the German one: of facts, of pictures."""
    front = profile.front
    yield from texts_of(fact_values(front.facts))
    for use, picture in front.pictures.by_use.items():
        yield f"picture: {use}: description", picture.alt
        if picture.caption:
            yield f"picture: {use}: caption", picture.caption


def _said_in_sentences(
    profile: Profile, blocks: Iterable[tuple[str, Text]]
) -> Iterator[tuple[str, Text]]:
    """Yield the texts of facts that a sentence among the blocks names, besides their labels.

    On a label stands "Retail", in a sentence "for example retail": many languages need both.
    """
    named = {name for _, text in blocks for name in placeholders(text)}
    for fact in fact_values(profile.front.facts):
        name = f"{{{fact.name}}}"
        if fact.said in (Said.TEXT, Said.LIST) and name in named:
            yield from ((f"{note}: in a sentence, as {name}", t) for note, t in texts_of([fact]))


def catalog_of(domain: Domain, locale: str, reader: Reader) -> PoCatalog:
    """Return the domain's messages with the translations of its catalog, if there is one."""
    name = f"{domain.folder}/{locale}.po"
    is_there = reader.find(name) is not None
    old = parse_catalog(reader.read_text(name), name, locale) if is_there else None
    return merged_catalog(_with_informal(domain.template, old or ()), old, locale)


def _with_informal(template: Catalog, known: Iterable[Message]) -> Catalog:
    """Return a template with the words that a catalog has for texts which say “du”, too."""
    informal = {entry.id for entry in known if entry.context == INFORMAL}
    if not informal:
        return template
    wanted = Catalog(locale=LAYOUT_SOURCE)
    for entry in template:
        contexts = (entry.context, INFORMAL) if entry.id in informal else (entry.context,)
        for context in contexts if entry.id else ():
            wanted.add(entry.id, auto_comments=entry.auto_comments, context=context)
    return wanted
