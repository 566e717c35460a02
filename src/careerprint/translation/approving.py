"""The side of whoever approves translations: what waits, and putting approvals into their file."""

from collections.abc import Collection, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from babel.messages.catalog import Message

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse, unknown, writing
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import imprint_key, imprint_place, read_configuration
from careerprint.profiles.approvals import (
    FILE,
    ISSUER,
    Approval,
    Key,
    approvals_text,
    checked_name,
    key_of_whole,
    needs_approval,
    read_approvals,
    refuse_faults,
)
from careerprint.profiles.catalogs import spelt_locale
from careerprint.profiles.content import profile_slugs
from careerprint.profiles.links import remarks
from careerprint.profiles.pofiles import forms_of, message_of, parse_catalog
from careerprint.profiles.tags import fallback_chain
from careerprint.translation.domains import (
    Domain,
    all_catalogs,
    domain_in,
    domains,
    locales_of,
)
from careerprint.translation.merging import UNREVIEWED
from careerprint.translation.translations import (
    is_waiting,
    key_of_entry,
    translated_entries,
)

REVIEWED_BEFORE = "careerprint 0.1"  # who approved what its flag does not deny


@dataclass(frozen=True, slots=True)
class Waiting:
    """A translation that nobody has approved: of which texts, where, and both wordings.

    `texts` are a profile by its slug, or "layouts" or "layouts/NAME", or "issuer" of the
    imprint. `place` is in the catalog.
    """

    texts: str
    locale: str
    key: Key
    place: Location
    original: str
    translation: tuple[str, ...]

    @property
    def remark(self) -> Diagnostic | None:
        """A warning where a block of a profile has other numbers or links than in German.

        Who approves many at once leaves these out: each is to be compared.
        """
        if self.texts.startswith("layouts") or not self.place.path.endswith(".po"):
            return None
        found = (remarks(self.original, each, self.place) for each in self.translation)
        return next((told for each in found for told in each), None)


def waiting(reader: Reader, locales: Collection[str] = (), profile: str = "") -> Iterator[Waiting]:
    """Yield what waits for approval: in all locales, or some; of all texts, or for a profile.

    What is for a profile are its own texts, and the words of layouts. Raises Refused for a locale
    without a catalog, and for a profile that there is none of.
    """
    locales = [*map(spelt_locale, locales)]
    catalogs = [
        (domain_in(domain, tag, reader), tag)
        for domain in domains(reader)
        for tag in locales_of(domain, reader)
    ]
    tags = sorted({tag for _, tag in catalogs})
    wanted = {ancestor for tag in locales for ancestor in fallback_chain(tag)}
    for tag in locales:
        if tag not in tags:
            raise Refused([unknown("--locale", N_("There is no locale “{name}”."), tag, tags)])
        if not needs_approval(tag):
            raise refuse(
                "--locale",
                N_("German needs no approval: it is what profiles are written in."),
                N_("Release the document⟨: careerprint release {profile} --by NAME⟩."),
                profile=profile or "PROFILE",
            )
    slugs = profile_slugs(reader)
    if profile and profile not in slugs:
        raise Refused([unknown("PROFILE", N_("There is no profile “{name}”."), profile, slugs)])
    approved = read_approvals(reader).first
    yield from _imprints(reader, approved, wanted if locales else None)
    for domain, tag in sorted(catalogs, key=lambda each: each[1]):
        is_of_another = bool(profile) and domain.name in slugs and domain.name != profile
        if is_of_another or (locales and tag not in wanted):
            continue
        if (whole := domain.whole) and (key := key_of_whole(domain.name, whole)) not in approved:
            place = Location(whole.file)
            yield Waiting(domain.name, tag, key, place, whole.original, (whole.written,))
        places = entry_lines(domain, tag, reader)
        for entry in translated_entries(domain, tag, reader):
            if is_waiting(domain, tag, entry, approved):
                yield Waiting(
                    domain.name,
                    tag,
                    key_of_entry(domain, tag, entry),
                    Location(f"{domain.folder}/{tag}.po", places.get(message_of(entry), 0)),
                    message_of(entry),
                    forms_of(entry.string),
                )


def _imprints(
    reader: Reader, approved: Container[Key], wanted: Container[str] | None
) -> Iterator[Waiting]:
    """Yield the imprint in each locale, or those wanted, in which nobody has approved it."""
    with suppress(Refused):  # what is off in the configuration is told by what prints
        issuer = read_configuration(reader).issuer
        for tag, text in issuer.imprints.items():
            key = imprint_key(issuer, tag)
            if key and key not in approved and (wanted is None or tag in wanted):
                yield Waiting(ISSUER, tag, key, imprint_place(reader, tag), issuer.imprint, (text,))


def entry_lines(domain: Domain, locale: str, reader: Reader) -> dict[str, int]:
    """Return the lines of the entries of a catalog, if it is there, by their messages."""
    name = f"{domain.folder}/{locale}.po"
    if reader.find(name) is None:
        return {}
    catalog = parse_catalog(reader.read_text(name), name, locale)
    return {message_of(entry): entry.lineno or 0 for entry in catalog if entry.id}


def approve(reader: Reader, texts: Iterable[Waiting], by: str, today: date) -> int:
    """Put approvals into the workspace's file, and return how many are new.

    `by` is a short name or role. Raises Refused for a name that is none, and for a file with lines
    that are no approvals, which stays as it is.
    """
    name = checked_name(by)
    new = [Approval(*each.key, name, today) for each in texts]
    _add(reader, new)
    return len(new)


def _add(reader: Reader, new: Iterable[Approval]) -> None:
    before = read_approvals(reader)
    refuse_faults(before)
    with writing(FILE):
        write_whole(reader.root / FILE, approvals_text([*before.lines, *new]).encode())


def gone(reader: Reader) -> int:
    """Return how many approvals are of texts that are not there any more, or read otherwise."""
    issuer = read_configuration(reader).issuer
    present = {key for tag in issuer.imprints if (key := imprint_key(issuer, tag))}
    for domain, tag in all_catalogs(reader):
        present |= {key_of_entry(domain, tag, e) for e in translated_entries(domain, tag, reader)}
        if domain.whole:
            present.add(key_of_whole(domain.name, domain.whole))
    return sum(each.key not in present for each in read_approvals(reader).lines)


def take_over_flags(reader: Reader, today: date) -> list[str]:
    """Make approvals of what the catalogs of careerprint 0.1 say; return the files written.

    They say by a flag which translations nobody has reviewed. A catalog without any such flag says
    nothing, since editors of catalogs lose it; nor does one that an editor has signed.
    """
    approved = read_approvals(reader).first
    new = [
        Approval(*key, REVIEWED_BEFORE, today)
        for domain, locale in all_catalogs(reader)
        for entry in _reviewed_before(domain, locale, reader)
        if (key := key_of_entry(domain, locale, entry)) not in approved
    ]
    if not new:
        return []
    _add(reader, new)
    return [FILE]


def _reviewed_before(domain: Domain, locale: str, reader: Reader) -> list[Message]:
    """Return the entries of a catalog whose lack of a flag says that they were reviewed."""
    name = f"{domain.folder}/{locale}.po"
    if not needs_approval(locale) or reader.find(name) is None:
        return []
    written = reader.read_text(name)
    catalog = parse_catalog(written, name, locale)
    flagged = {message_of(e) for e in catalog if e.id and UNREVIEWED in e.flags}
    if not flagged or "X-Generator:" in written:
        return []
    entries = translated_entries(domain, locale, reader)
    return [entry for entry in entries if message_of(entry) not in flagged]
