"""The translators' side of the catalogs: how far they are, brought up to date, what is off."""

import io
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import escape, unescape, write_po

from careerprint.building.printing import Printer
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import N_, Diagnostic, Refused, Severity, warning, writing
from careerprint.core.edition import Edition, Selection
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.intake.domains import (
    Domain,
    all_catalogs,
    domains,
    is_translated,
    locales_of,
    message_of,
)
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions
from careerprint.profiles.approvals import (
    Key,
    approval_key,
    key_of_whole,
    needs_approval,
    read_approvals,
)
from careerprint.profiles.catalogs import (
    PROFILE_SOURCE,
    canonical_locale,
    known_locale,
    parse_catalog,
    read_catalogs,
)

UNREVIEWED = "unreviewed"  # a flag of careerprint 0.1, in place of which there are approvals
FUZZY = "fuzzy"  # gettext's flag of an entry whose original has changed
# How alike an original must be to a former one to count as its new wording (difflib's ratio).
_ALIKE = 0.6
_MOST_NAMED = 5

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
    merged = merged_catalog(domain, locale, reader)
    return [e for e in merged if e.id and is_translated(e) and FUZZY not in e.flags]


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
    entries = [entry for entry in merged_catalog(domain, locale, reader) if entry.id]
    filled = [entry for entry in entries if is_translated(entry)]
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
        missing=tuple(message_of(entry) for entry in entries if not is_translated(entry)),
    )


def updated_catalog(domain: Domain, locale: str, reader: Reader) -> str:
    """Return the text of the catalog of `locale`, brought up to date with its domain.

    Translations, comments and flags are kept. An entry whose original was reworded keeps its
    translation, marked fuzzy, with the former original; what is no longer used goes to the end.
    The order is the template's, so that a difference shows what changed and nothing else.
    """
    return catalog_text(merged_catalog(domain, locale, reader), domain, locale)


def catalog_text(merged: Catalog, domain: Domain, locale: str) -> str:
    """Return a catalog of a domain as the text of its file."""
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


def merged_catalog(domain: Domain, locale: str, reader: Reader) -> Catalog:
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
        m: e for m, e in {**obsolete, **entries}.items() if m not in wanted and is_translated(e)
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
        if (known is None or not is_translated(known)) and (former := _closest(message, lost)):
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
