"""Readiness rules: nothing stands in the place of something, and no address is an invented one."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from careerprint.core.diagnostics import N_, Diagnostic, Location, error, warning
from careerprint.core.schema import Text
from careerprint.readiness.case import Case, Judged, Reads, rule

# What skeletons have in the place of texts, and what people type there: "[Name]", "XXX", "TODO".
# An ellipsis, "sic" and numbers of notes in brackets are how quotations are written.
_PLACEHOLDER = re.compile(
    r"\[(?!\s*(?:…|\.\.\.|sic!?|(?:\^|(?i:anm\.|fn\.)\s?)?\d+(?:\s?[,–-]\s?\d+)*)\s*\])[^\[\]\n]*\w[^\[\]\n]*\]|\bX{3,}\b|\bTODO\b|\bTBD\b"
    r"|\b(?i:lorem ipsum)\b|…{2,}|_{3,}|\?{3,}"
)
# Domains that are kept for examples. Source: RFC 2606; RFC 6761, 6
_EXAMPLE = re.compile(
    r"(?:^|[.@/])(?:example\.(?:com|org|net|edu)|[\w-]+\.(?:example|invalid|test|localhost)"
    r"|(?:beispiel|muster|musterfirma|domain)\.(?:de|com|org))(?=$|[/:?#\s])",
    re.IGNORECASE,
)
# The issuer of the workspace that `careerprint init` makes.
_STARTER = re.compile(r"\bIhre[r]? Beratungsstelle\b", re.IGNORECASE)
# "Stand: Dezember 2026", which is printed by itself.
_MONTH_SAID = re.compile(
    r"\b(?:Stand|As (?:of|at))\b\s*:?\s*(?:\w+\.?\s+|\d+[./]\s?){0,2}20\d\d\b", re.IGNORECASE
)
_INVENTED_NAME = re.compile(
    r"\bMuster(?:mann|frau|straße|strasse|str\.|weg|stadt|ort|firma)\b", re.IGNORECASE
)
# Numbers that are kept for films and books. Source: Bundesnetzagentur, "Rufnummern für
# Medienproduktionen": 030 23125 000–999, 040 66969, 069 90009, 089 99998, 0221 4710 000–999.
_FOR_FILMS = re.compile(r"^(?:3023125|4066969|6990009|8999998|2214710)\d{3}$")
_MANY_ALIKE = re.compile(r"(\d)\1{5}")
_RUNS = ("01234567", "12345678", "23456789", "98765432", "87654321")


@rule("placeholder", reads={Reads.TEXTS})
def placeholders(case: Case) -> Judged:
    """Yield `placeholder`: no text has one in brackets or the like (our convention).

    What only a screen reader says counts as well.
    """
    texts = (*case.texts, *case.unseen)
    yield from dict.fromkeys(told for each in texts for told in unfilled(each.text, each.location))


def unfilled(text: str, location: Location) -> Iterator[Diagnostic]:
    """Yield an error where a text at a location holds a placeholder."""
    if found := _PLACEHOLDER.search(text):
        yield error(
            location,
            N_("“{text}” is a placeholder."),
            N_("Write what belongs here, or delete it."),
            text=found[0],
        )


@rule("issuer", reads={Reads.ISSUER})
def issuer(case: Case) -> Judged:
    """Yield `issuer`: what is handed out names who really answers for it.

    One concern tells all that is still a placeholder, where the first stands. Source: the press
    laws of the German states ask printed matter for an imprint.
    """
    faulty = [text for text in case.issuer if is_made_up(text)]
    if faulty:
        yield error(
            min(text.location for text in faulty),
            N_("The issuer is still the placeholder: “{texts}”."),
            N_("Write name, address and imprint of your office⟨ below [issuer]⟩."),
            texts="; ".join(faulty),
        )
    for text in case.issuer:
        if said := _MONTH_SAID.search(text):
            yield warning(
                text.location,
                N_("“{said}” stands here, and the month of the text is printed behind it anyway."),
                N_("Delete it here: what is printed by itself follows the text."),
                said=said[0].strip(),
            )


def is_made_up(text: str) -> bool:
    """Tell whether what is said of an issuer is no real one's."""
    return any(p.search(text) for p in (_STARTER, _EXAMPLE, _PLACEHOLDER, _INVENTED_NAME))


@rule("contact", reads={Reads.ISSUER})
def contacts(case: Case) -> Judged:
    """Yield `contact`: the issuer's telephone number is no invented one (our convention)."""
    yield from _invented_numbers(case.issuer)


@rule("fair-contact", reads={Reads.FAIR})
def fair_contacts(case: Case) -> Judged:
    """Yield `fair-contact`: a fair's contacts are no invented ones (our convention).

    They are about a person, so no message shows them.
    """
    if case.fair is None:
        return
    columns = ("contact", "phone", "email", "url", "fair", "city", "venue", "hall", "stand")
    texts = [case.fair.text(column) for column in columns]
    for text in texts[4:]:
        yield from unfilled(text, text.location)
    for text in texts[:4]:
        host = urlsplit(text).hostname or text
        if _EXAMPLE.search(host) or _INVENTED_NAME.search(text) or _PLACEHOLDER.search(text):
            yield error(
                text.location,
                N_("This is an example, and nobody can be reached there."),
                N_("Write the real one, or leave the cell empty."),
            )
    yield from _invented_numbers([case.fair.text("phone")])


def _invented_numbers(texts: Iterable[Text]) -> Judged:
    """Yield an error for a telephone number kept for films, a warning for one that looks invented.

    Other texts than telephone numbers have no such digits.
    """
    for text in texts:
        if re.search(r"[^\d\s()+/.–-]", text):
            continue
        digits = re.sub(r"\D", "", text)
        number = re.sub(r"^(?:0049|49|0)(?=[1-9])", "", digits)
        message, hint = (
            N_("This looks like an invented telephone number."),
            N_("Write the real one, or delete it."),
        )
        if _FOR_FILMS.match(number):
            yield error(text.location, message, hint)
        elif _MANY_ALIKE.search(digits) or any(run in digits for run in _RUNS):
            yield warning(text.location, message, hint)
