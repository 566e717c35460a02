"""Proposes facts that a text may state: ways into the profession, and what is asked of people.

They are uncertain, so each is a remark that quotes the text; nothing of it is printed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careerprint.core.diagnostics import N_
from careerprint.intake.structure import PAY, Draft
from careerprint.intake.textfacts import sentences

_NUMBERS = {
    "ein": 1.0,
    "eineinhalb": 1.5,
    "anderthalb": 1.5,
    "zwei": 2.0,
    "zweieinhalb": 2.5,
    "drei": 3.0,
    "dreieinhalb": 3.5,
    "vier": 4.0,
    "fünf": 5.0,
}
_NUMBER = rf"(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d(?:[.,]5)?|[1-4]\s?½)"
_LASTING = re.compile(rf"\b({_NUMBER})[- ]?jährige[nrms]?\b", re.IGNORECASE)
_DURATION = re.compile(
    rf"\b(?:dauer\w*|lauf\w*|innerhalb von|in|über|Regelausbildungszeit)\b[^.,;]{{0,40}}?"
    rf"\b({_NUMBER})e?n?\s+Jahren?\b|dauer\W{{1,3}}({_NUMBER})\s+Jahre\b",
    re.IGNORECASE,
)
_EITHER = re.compile(rf"\b{_NUMBER}\s?(?:oder|bis(?: zu)?|[-–/])\s?{_NUMBER}\b", re.IGNORECASE)
_KINDS = (
    ("Umschulung", re.compile(r"\b[Uu]mschulung(?:en)?\b")),
    ("duales Studium", re.compile(r"\bdual\w* Studi(?:um|engang)\w*")),
    ("Studium", re.compile(r"\b(?:Bachelor|Master)?-?[Ss]tudi(?:um|engang)\b")),
    ("schulische Ausbildung", re.compile(r"\bschulisch\w* Ausbildung|\bBerufsfachschule\b")),
    ("Ausbildung", re.compile(r"\b(?:Berufs)?[Aa]usbildung\b|\bLehre\b|\bAusbildungsdauer\b")),
)
_CHANGE = re.compile(r"\b(?:Quer|Seiten)einst(?:ieg|eiger\w*)\b", re.IGNORECASE)
# A way that is not open, that leads on, or that somebody has behind them.
_NOT_ONE = re.compile(
    r"\b(?:kein\w*|nicht|ohne|nach (?:der|Ihrer|einer|dem)|mit abgeschlossen\w*|abgeschlossen\w*"
    r"|Weiterbildung|Fortbildung|früher|seit|vor)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:Das|Was) (?:Sie|du|man)\b.{0,20}\bmitbring\w*.{0,10}|(?:Ihre|Deine|Persönliche) Stärken"
    r"|(?:Persönliche )?(?:Voraussetzungen|Anforderungen|Eigenschaften)|Das (?:sollten|solltest|"
    r"bringen|bringst) (?:Sie|du)\b.{0,20}|Anforderungsprofil|Wer passt zu uns\??",
    re.IGNORECASE,
)
_FEWEST, _MOST = 2, 8  # items of a list of strengths
_LONGEST = 60  # characters of one


@dataclass(frozen=True, slots=True)
class WayFound:
    """A way into a profession that a sentence tells: its kind, and its years where it says them."""

    kind: str
    years: float | None
    words: str


def ways_in(text: str) -> list[WayFound]:
    """Return the ways into a profession that a text tells, one for each sentence at most."""
    return [way for sentence in sentences(text) if (way := _way(sentence))]


def _way(sentence: str) -> WayFound | None:
    if _CHANGE.search(sentence) and not _NOT_ONE.search(sentence):
        return WayFound("Quereinstieg", None, sentence)
    durations = [*_LASTING.finditer(sentence), *_DURATION.finditer(sentence)]
    years = {_years(found[1] or found[found.re.groups]) for found in durations}
    kinds = [kind for kind, words in _KINDS if words.search(sentence)]
    is_unsure = any(words.search(sentence) for words in (_EITHER, _NOT_ONE))
    if len(years) != 1 or not kinds or is_unsure:
        return None
    return WayFound(kinds[0], years.pop(), sentence)


def _years(written: str) -> float:
    bare = written.lower().replace(" ", "").replace("½", ",5").replace(",", ".")
    return _NUMBERS[bare] if bare in _NUMBERS else float(bare)


def strengths(draft: Draft) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield headings of what is asked of people, with the short items listed below each."""
    texts = draft.manuscript.paragraphs
    for part in draft.parts:
        items = [texts[at].text for at in part.inside if texts[at].kind == "bullet"]
        is_short = all(len(item) <= _LONGEST for item in items)
        if _ASKED.fullmatch(part.heading.text) and is_short and _FEWEST <= len(items) <= _MOST:
            yield part.heading.text, items


def propose(draft: Draft) -> None:
    """Remark on what may be facts; whoever checks the profile writes them."""
    for paragraph in draft.manuscript.paragraphs:
        for way in ways_in(paragraph.text) if paragraph.kind != "heading" else ():
            if way.years is None:
                message = N_("The text may tell a way in: “{words}”. It is none yet: see ways_in.")
                draft.remark(PAY, message, words=way.words)
            else:
                message = N_(
                    "The text may tell a way in, {kind} of {years} years: “{words}”. It is none "
                    "yet: see ways_in."
                )
                years = f"{way.years:g}".replace(".", ",")
                draft.remark(PAY, message, kind=way.kind, years=years, words=way.words)
    for heading, items in strengths(draft):
        draft.remark(
            PAY,
            N_("Below “{heading}”, the text lists what may be skills: {items}."),
            heading=heading,
            items="; ".join(items),
        )
