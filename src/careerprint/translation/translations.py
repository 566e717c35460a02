"""The translators' side of the catalogs: how far they are, brought up to date, what is off."""

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Message

from careerprint.building.build import Options, build
from careerprint.building.printers import printers_by
from careerprint.building.worker import Task
from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.diagnostics import N_, Diagnostic, Refused, Severity, warning, writing
from careerprint.core.edition import Edition, Selection, State
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
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
    read_catalogs,
    spelt_locale,
)
from careerprint.profiles.pofiles import FUZZY, is_translated, message_of
from careerprint.translation.domains import Domain, all_catalogs, catalog_of, domains, locales_of
from careerprint.translation.merging import catalog_text

_MOST_NAMED = 5


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
    merged = catalog_of(domain, locale, reader)
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


def check_catalogs(
    reader: Reader, out: Path, locales: Sequence[str] = (), *, is_complete: bool = False
) -> list[Diagnostic]:
    """Return what is off in all catalogs, or in those of `locales`, pages that overflow included.

    For that every declared layout is typeset in these locales, unless it lies in `out` as it would
    be; nothing is written. With `is_complete`, what is stale or missing is off, too.
    """
    known = domains(reader)
    wanted = [*map(spelt_locale, locales)] or sorted(
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
    if is_complete:
        rows = (each for each in all_catalogs(reader) if each[1] in wanted)
        findings += (finding for row in rows for finding in _incomplete(*row, reader))
    editions = plan_editions(reader, read_configuration(reader), Selection(locales=tuple(wanted)))
    return [*findings, *_overflows(editions, reader, out)]


def _incomplete(domain: Domain, locale: str, reader: Reader) -> Iterator[Diagnostic]:
    """Yield a warning for each message whose translation is missing, or is of a former wording."""
    place = f"{domain.folder}/{locale}.po"
    found = translation_progress(domain, locale, reader)
    for text in found.missing:
        yield warning(
            place,
            N_("“{text}” is not translated."),
            N_(
                "⟨Bring the catalog up to date (careerprint translations update), and "
                "translate|Translate⟩ it."
            ),
            text=text,
        )
    for text in found.stale:
        yield warning(
            place,
            N_("“{text}” is the new wording of what was translated."),
            N_("Compare the translation with it⟨; then take the mark “fuzzy” away⟩."),
            text=text,
        )


def _overflows(editions: Iterable[Edition], reader: Reader, out: Path) -> Iterator[Diagnostic]:
    """Yield what keeps editions from being printed, and the translations that lengthen them most.

    What lies in `out` as it would be printed again had room, and is not printed on trial.
    """
    known = build(editions, reader, out, Options(dry_run=True))
    refused: list[Diagnostic] = []

    def tasks() -> Iterator[Task[tuple[Edition, Job]]]:
        for edition in (outcome.edition for outcome in known if outcome.state is not State.FRESH):
            try:
                job = compose(edition, reader.fork())
            except Refused as found:
                refused.extend(found.diagnostics)
            else:
                yield Task((edition, job), job)

    with printers_by("", None) as printers, closing(printers.print(tasks())) as results:
        for result in results:
            errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
            if errors:
                yield from (*errors, *_longest(*result.key, reader))
    yield from refused


def _longest(edition: Edition, job: Job, reader: Reader) -> Iterator[Diagnostic]:
    """Yield a warning for each of the translations that are longest compared with the German."""
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
    entries = [entry for entry in catalog_of(domain, locale, reader) if entry.id]
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

    Translations, comments, flags and what editors put into the header are kept. An entry whose
    original was reworded keeps its translation, marked fuzzy, with the original that it is of; what
    is no longer used goes to the end. The order is the template's, so that a difference shows what
    changed and nothing else.
    """
    return catalog_text(catalog_of(domain, locale, reader), domain.name, locale)
