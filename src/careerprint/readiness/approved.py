"""Finds out which of an edition's translations are approved."""

from collections.abc import Iterable

from careerprint.core.diagnostics import Location
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import imprint_key, imprint_place, read_configuration
from careerprint.profiles.approvals import (
    FILE,
    key_of,
    key_of_whole,
    needs_approval,
    read_approvals,
    unapproved,
)
from careerprint.profiles.catalogs import Catalogs, Messages
from careerprint.profiles.content import Profile
from careerprint.readiness.case import Translations


def known_translations(
    reader: Reader, profile: Profile, locale: str, catalogs: Iterable[Catalogs]
) -> Translations:
    """Return what is known of the translations that an edition has found in its catalogs.

    Raises Refused where the file of approvals cannot be read.
    """
    if not needs_approval(locale):
        return Translations()
    approvals = read_approvals(reader)
    approved = approvals.first
    whole_text = profile.whole
    waiting: list[tuple[Location, int]] = []
    used = [each for each in _used(catalogs) if not whole_text or each[0].name != whole_text.file]
    if any(True for each, found in used for _ in unapproved(each, found, approved)):
        # Of all translations, so that brochure and flyer say the same.
        whole = {each.name: each for each, _ in used}.values()
        counts = ((e.name, sum(1 for _ in unapproved(e, e.translations, approved))) for e in whole)
        waiting += ((Location(name), count) for name, count in counts if count)
    counting = [approved.get(key_of(each, text)) for each, found in used for text in found]
    imprint = imprint_key(read_configuration(reader).issuer, locale)
    if imprint:
        counting.append(approved.get(imprint))
        if imprint not in approved:
            waiting.append((imprint_place(reader, imprint[1]), 1))
    if whole_text:
        counting.append(approval := approved.get(key_of_whole(profile.slug, whole_text)))
        if approval is None:
            waiting.append((Location(whole_text.file), 1))
    latest = max((each for each in counting if each), key=lambda each: each.on, default=None)
    return Translations(
        waiting,
        approvals.faults,
        latest.on if latest else None,
        Location(FILE, approvals.lines[latest] if latest else 0),
    )


def _used(catalogs: Iterable[Catalogs]) -> list[tuple[Messages, list[str]]]:
    """Return the messages of catalogs, each with those that were found in it."""
    chains = (messages for found in catalogs for messages in found.chain)
    return [(each, [text for text, found in each.used.items() if found]) for each in chains]
