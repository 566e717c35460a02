"""The issuer's imprint among the texts for translators: it stands in careerprint.toml."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from careerprint.core.diagnostics import N_, Refused
from careerprint.core.reader import Reader
from careerprint.exchange.returns import Delivery, clean
from careerprint.exchange.units import FIRST, State, Unit
from careerprint.layouts.configuration import imprint_key, read_configuration
from careerprint.profiles.approvals import ISSUER, read_approvals
from careerprint.profiles.catalogs import PROFILE_SOURCE
from careerprint.profiles.tags import fallback_chain
from careerprint.readiness.placeholders import is_made_up

IMPRINT = (
    N_("The imprint came back in this language: {text}"),
    N_("Enter it ⟨as “{locale}” below [issuer.imprints]|in “Look”⟩."),
)
"""What is told where nobody writes it into careerprint.toml."""
_LONGER_BY = 1.35  # as of all texts


def is_untranslated(reader: Reader, locale: str) -> bool:
    """Tell whether the imprint stands in German on pages in another language."""
    unit = imprint_unit(reader, locale)
    return unit is not None and unit.state == "missing"


def is_of_other_german(reader: Reader, locale: str) -> bool:
    """Tell whether an imprint was approved beside another German one, which was changed since."""
    mine = imprint_key(read_configuration(reader).issuer, locale)
    if not mine:
        return False
    keys = {each.key for each in read_approvals(reader).lines}
    alike = {key for key in keys if (*key[:2], key[3]) == (*mine[:2], mine[3])}
    return bool(alike) and mine not in alike


def with_imprint(texts: Sequence[Unit], locale: str, reader: Reader) -> list[Unit]:
    """Return texts for translators with the imprint, among what is to be done where it is."""
    unit = imprint_unit(reader, locale)
    if unit is None:
        return [*texts]
    to_do = sum(text.state in FIRST for text in texts) if unit.state in FIRST else len(texts)
    return [*texts[:to_do], unit, *texts[to_do:]]


def without_imprint(delivery: Delivery, locale: str, reader: Reader) -> tuple[Delivery, str]:
    """Return what came back without the imprint, and the imprint; "" where it is as before."""
    unit = imprint_unit(reader, locale)
    if unit is None:
        return delivery, ""
    of_it = [t for t in delivery.texts if unit.key == t.key or _is_same(t.original, unit.original)]
    others = [text for text in delivery.texts if text not in of_it]
    written = next((text for each in of_it if (text := clean(each.translation))), "")
    return replace(delivery, texts=others), written if written != unit.translation else ""


def _is_same(one: str, other: str) -> bool:
    return clean(one) == clean(other)


def imprint_unit(reader: Reader, locale: str) -> Unit | None:
    """Return the imprint as a text to translate; None where there is nothing to translate."""
    try:
        issuer = read_configuration(reader).issuer
    except Refused:  # what is off is told by what prints
        return None
    original = issuer.imprint
    if not locale or is_made_up(original) or PROFILE_SOURCE in fallback_chain(locale):
        return None
    text, said_in = issuer.imprint_in(locale)
    translation = "" if said_in == PROFILE_SOURCE else text
    key = f"{ISSUER}#{hashlib.sha256(original.encode()).hexdigest()[:12]}"
    most = round(len(original) * _LONGER_BY)
    imprint, approvals = imprint_key(issuer, locale), read_approvals(reader).first
    is_waiting = imprint is not None and imprint not in approvals
    state: State = "missing" if not translation else "waiting" if is_waiting else "approved"
    return Unit(key, "", original, translation, most, state)
