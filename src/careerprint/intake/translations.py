"""The translators' side of the catalogs: what there is to translate, how far it is, what is off.

A domain is a set of messages with its catalogs: the layouts' words, or the text of one profile.
"""

import io
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import escape, unescape, write_po

from careerprint.building.printing import Printer
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import N_, Diagnostic, Refused, Severity, warning, writing
from careerprint.core.edition import Edition, Selection
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import layout_names
from careerprint.planning.plan import plan_editions
from careerprint.profiles import phrases
from careerprint.profiles.approvals import (
    Key,
    approval_key,
    key_of_whole,
    needs_approval,
    read_approvals,
)
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    PROFILE_SOURCE,
    canonical_locale,
    is_plain,
    known_locale,
    own_catalogs,
    parse_catalog,
    read_catalogs,
)
from careerprint.profiles.content import (
    Profile,
    WholeText,
    body_blocks,
    flyer_blocks,
    head_blocks,
    profile_slugs,
    read_profile,
    whole_locales,
)
from careerprint.profiles.shapes import fact_values, texts_of
from careerprint.profiles.wholetext import read_profile_in

UNREVIEWED = "unreviewed"  # a flag of careerprint 0.1, in place of which there are approvals
FUZZY = "fuzzy"  # gettext's flag of an entry whose original has changed
# How alike an original must be to a former one to count as its new wording (difflib's ratio).
_ALIKE = 0.6
_MOST_NAMED = 5
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}

_HEADER = """# {title}
msgid ""
msgstr ""
"Project-Id-Version: careerprint\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms};\\n"
"""


@dataclass(frozen=True, slots=True)
class Domain:
    """Messages to translate, in the order in which they are printed, and where catalogs lie.

    `profile` is the one whose text it is, None for words of layouts. `whole` is there where the
    domain is that of one locale which has the profile's text as a whole: then the messages are
    those of facts and pictures alone.
    """

    name: str
    folder: str
    source: str
    template: Catalog
    profile: Profile | None = None
    whole: WholeText | None = None


@dataclass(frozen=True, slots=True)
class TranslationProgress:
    """How far a locale is in a domain, as messages in the template's order.

    Messages that nobody has approved are translated too; stale ones have the translation of a
    former wording. A text as a whole counts as one message, by the name of its file.
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
        *(profile_domain(read_profile(reader, slug)) for slug in profile_slugs(reader)),
    ]


def profile_domain(profile: Profile) -> Domain:
    """Return the texts of a profile as messages."""
    folder = f"content/{profile.slug}/locales"
    return Domain(profile.slug, folder, PROFILE_SOURCE, _template(_blocks(profile)), profile)


def domain_in(domain: Domain, locale: str, reader: Reader) -> Domain:
    """Return a domain as it is in a locale, which may have its text as a whole; raises Refused."""
    if domain.profile is None or locale not in whole_locales(reader, domain.name):
        return domain
    profile = read_profile_in(reader, domain.name, locale)
    # What a plain language does not say otherwise stands in the language that it is plain of.
    is_silent = is_plain(locale) and reader.find(f"{domain.folder}/{locale}.po") is None
    shared = _template(()) if is_silent else _template(shared_blocks(profile))
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
    return [e for e in merged if e.id and _is_translated(e) and FUZZY not in e.flags]


def update_catalogs(reader: Reader) -> list[str]:
    """Bring all catalogs up to date, new ones included; return the names of those that changed.

    Raises Refused where a catalog cannot be read, before any is written, and where one cannot be
    written; each is then as it was or up to date.
    """
    texts = {
        f"{domain.folder}/{locale}.po": updated_catalog(domain, locale, reader)
        for domain, locale in all_catalogs(reader)
        if len(domain.template) or not domain.whole
    }
    changed = [name for name, text in texts.items() if reader.find(name) != text.encode()]
    for name in changed:
        with writing(name):
            write_whole(reader.root / name, texts[name].encode())
    return changed


def check_catalogs(reader: Reader, locales: Sequence[str] = ()) -> list[Diagnostic]:
    """Return what is off in all catalogs, or in those of `locales`, pages that overflow included.

    For that every declared layout is typeset in these locales; nothing is written.
    """
    known = domains(reader)
    wanted = [*map(canonical_locale, locales)] or sorted(
        {tag for domain in known for tag in locales_of(domain, reader)}
    )
    findings = [
        finding
        for domain in known
        for locale in locales_of(domain, reader)
        if locale in wanted and reader.find(f"{domain.folder}/{locale}.po") is not None
        for finding in read_catalogs(
            reader.fork(), domain.folder, locale, domain.source
        ).diagnostics
    ]
    editions = plan_editions(reader, read_configuration(reader), Selection(locales=tuple(wanted)))
    with Printer() as printer:
        for edition in editions:
            findings += _overflow(edition, reader, printer)
    return findings


def _overflow(edition: Edition, reader: Reader, printer: Printer) -> Iterator[Diagnostic]:
    """Yield, where the text of an edition has no room, the translations that lengthen it most."""
    job = None
    try:
        job = compose(edition, reader.fork())
        found = printer.print(job).diagnostics
    except Refused as refused:
        found = refused.diagnostics
    errors = [d for d in found if d.severity is Severity.ERROR]
    if not errors:
        return
    yield from errors
    if job is None:
        return
    german = compose(replace(edition, locale=PROFILE_SOURCE), reader.fork())
    if len(german.placed) != len(job.placed):  # a text as a whole has blocks of its own
        return
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
    filled = [entry for entry in entries if _is_translated(entry)]
    good = [entry for entry in filled if FUZZY not in entry.flags]
    approved = read_approvals(reader).first
    whole = (domain.whole.file,) if domain.whole else ()
    is_approved = domain.whole and key_of_whole(domain.name, domain.whole) in approved
    return TranslationProgress(
        domain.name,
        locale,
        len(whole) + len(entries),
        translated=(*whole, *map(message_of, good)),
        unapproved=(
            *(() if is_approved else whole),
            *(message_of(entry) for entry in good if is_waiting(domain, locale, entry, approved)),
        ),
        stale=tuple(message_of(entry) for entry in filled if FUZZY in entry.flags),
        missing=tuple(message_of(entry) for entry in entries if not _is_translated(entry)),
    )


def updated_catalog(domain: Domain, locale: str, reader: Reader) -> str:
    """Return the text of the catalog of `locale`, brought up to date with its domain.

    Translations, comments and flags are kept. An entry whose original was reworded keeps its
    translation, marked fuzzy, with the former original; what is no longer used goes to the end.
    The order is the template's, so that a difference shows what changed and nothing else.
    """
    merged = _merged(domain, locale, reader)
    body = io.BytesIO()
    write_po(body, merged, width=0, omit_header=True)
    text = body.getvalue().decode("utf-8").strip()
    for entry in merged:
        # Babel wraps former originals without quoting the lines, so they are put in here.
        if entry.id and entry.previous_id:
            line = f"msgid {escape(message_of(entry))}\n"
            text = text.replace(line, f"#| msgid {escape(entry.previous_id[0])}\n{line}", 1)
    head = _HEADER.format(
        title=f"{domain.name}: {known_locale(locale).english_name}",
        language=locale,
        plural_forms=merged.plural_forms.rstrip(";"),
    )
    return f"{head}\n{text}\n"


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
            translated |= {message_of(entry) for entry in catalog if _is_translated(entry)}
        for entry in list(words):
            if entry.id and entry.id in shared and message_of(entry) not in translated:
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


def _template(blocks: Iterable[tuple[str, Text]]) -> Catalog:
    """Return texts as messages, each with a note of where it stands."""
    template = Catalog(locale=PROFILE_SOURCE)
    for where, text in blocks:
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


def _merged(domain: Domain, locale: str, reader: Reader) -> Catalog:
    """Return the domain's messages with the translations of its catalog, if there is one.

    Babel's own update would offer any translation for a missing message, those in use included;
    a reworded message takes only one that has lost its original.
    """
    merged, name = Catalog(locale=locale.replace("-", "_")), f"{domain.folder}/{locale}.po"
    old = Catalog()
    if reader.find(name) is not None:
        old = parse_catalog(reader.read_text(name), name, locale)
    entries = {message_of(e): e for e in old if e.id}
    obsolete = {message_of(e): e for e in old.obsolete.values()}
    wanted = {message_of(e) for e in domain.template if e.id}
    lost = {
        m: e for m, e in {**obsolete, **entries}.items() if m not in wanted and _is_translated(e)
    }
    for entry in domain.template:
        if not entry.id:
            continue
        message = message_of(entry)
        known = entries.get(message) or obsolete.get(message)
        flags = set(known.flags) - {UNREVIEWED} if known else set()
        comments = known.user_comments if known else ()
        quoted = [c.removeprefix("| msgid ") for c in comments if c.startswith("| msgid ")]
        previous = tuple(map(unescape, quoted[:1]))
        if (known is None or not _is_translated(known)) and (former := _closest(message, lost)):
            known = lost.pop(former)
            flags, previous = {*known.flags, FUZZY} - {UNREVIEWED}, (former,)
        merged.add(
            entry.id,
            known.string if known else None,
            flags=flags,
            auto_comments=entry.auto_comments,
            # Babel reads the former original that an entry names as a comment.
            user_comments=[c for c in known.user_comments if c[:1] != "|"] if known else (),
            previous_id=previous if FUZZY in flags else (),
        )
    merged.obsolete.update(lost)
    return merged


def _closest(message: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `message`, None if none is like it."""
    # Without autojunk: that heuristic takes the common letters of a paragraph for noise.
    likeness = {c: SequenceMatcher(None, c, message, autojunk=False).ratio() for c in candidates}
    best = max(likeness, key=lambda c: likeness[c], default=None)
    return best if best is not None and likeness[best] >= _ALIKE else None


def message_of(entry: Message) -> str:
    """Return the message of an entry, of a plural its singular."""
    return str(entry.id if isinstance(entry.id, str) else entry.id[0])


def _is_translated(entry: Message) -> bool:
    forms = [entry.string] if isinstance(entry.string, str) else [*(entry.string or ())]
    return bool(forms) and all(forms)
