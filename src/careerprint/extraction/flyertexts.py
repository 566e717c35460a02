"""Chooses what a flyer says of a text: headline, teaser, and points under a heading that fits them.

All of it is quoted: whole sentences, items of a list, a subtitle. A sentence that leans on the one
before it, speaks of its author or has its doubts does not stand for itself. Where nothing suits, a
placeholder stands, which keeps the profile from being released.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careerprint.manuscripts.manuscript import Paragraph
from careerprint.profiles.amounts import has_amount
from careerprint.profiles.german import sentences
from careerprint.profiles.roles import role_said

MOST_POINTS, FEWEST_POINTS = 5, 3
# Characters; what these places have room for in print.
LONGEST_TEASER = 260
LONGEST_POINT = 160
LONGEST_HEADLINE = 60
_LEAST_HEADLINE, _LEAST_POINT, _LEAST_TEASER = 12, 25, 40  # less says little
_LONGEST_HEADING = 32
NO_HEADLINE = "[Ein Satz, der neugierig macht]"
NO_TEASER = "[Worum es in diesem Beruf geht, in zwei Sätzen]"
IN_SHORT = "Das Wichtigste in Kürze"
_ITEMS = {"bullet", "number"}
# What a section tells that is no reason for a profession: whom to ask, and how to apply.
_OF_OFFICES = {"advice", "application"}
# Words by which a sentence leans on the one before it.
_LEANS = re.compile(
    r"(?:(?:Ab|O)?[Dd]er (?:wiederum|eine|andere)|Das|Dies\w*|Dort|Dann|Doch|Aber|Und|Oder|Denn"
    r"|Trotzdem|So|Es|Er|Ihr\w*|Dabei|Dafür|Damit|Danach|Daher|Deshalb|Deswegen|Auch|Manche\w*"
    r"|Andere\w*|Beides|Zudem|Außerdem|Später|Nicht|Kein\w*|Hinzu|Hier|Daraus|Davon|Darauf|Darum"
    r"|Solche\w*|Ob|Vielleicht|Siehe|Weitere|Daneben|Dagegen|Dazwischen|Dadurch"
    r"|Trotz allem|Umgekehrt|Mehr dazu|Wichtig ist das|Letztere\w*|Jene\w*|Nur"
    r"|Ja|Nein|Na|Ehrlich gesagt|Zugegeben|Apropos|Übrigens|Stand|Quelle|Anmeldung|Tel\b"
    r"|Für [a-z]\))"
    r"(?=\W)"
)
_OF_AUTHOR = re.compile(r"\b(?:ich|mich|mir|mein\w*|wir|uns|unser\w*)\b", re.IGNORECASE)
_DOUBTS = re.compile(
    r"\b(?:nicht|kein\w*|nur|leider|vielleicht|selten|wenig\w*|kaum|trüg\w*|täusch\w*|kämpf\w*"
    r"|Illusion|Problem\w*|schwer|vermutlich|angeblich|könnte meinen|unterschätz\w*|müde|stress\w*"
    r"|Nachteil\w*|verschwiegen|klemmt|Unkraut|manchmal|kostet|Kosten|zahlt man|ohne|weder"
    r"|vorbei|reichte|Zeiten)\b",
    re.IGNORECASE,
)
_SPEAKS_FOR_IT = re.compile(
    r"(?:gefragt|gesucht|such(?:t|en)\b|chance|besser bezahlt|sicher|abwechsl|vielfält|draußen|team"
    r"|mensch|kreativ|zukunft|wächst|steigt|freude|charmant|sprungbrett|möglich|willkommen|flexib"
    r"|lern|weiterbild|anspruchsvoll|aufstieg|hilf|gestalt|verantwort|selbst)",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:Bewerbung\w*|Lebenslauf|Zeugnis\w*|dauer\w*|jährige\w*|[A-Z]\w*schulabschluss|Abitur"
    r"|Deutsch\w*|Niveau|Sprachniveau|[ABC][12])\b"
)
# What is asked for is no part of what one does.
_ASKED_FOR = re.compile(
    r"\b(?:\w*[Ss]chul(?:abschluss|reife)|[Mm]ittlere[rn]? (?:Reife|Abschluss)|Abitur\w*"
    r"|Führerschein|(?:[Vv]oll|[Mm]inder)jährig|Voraussetzung\w*)\b"
)
_FEWEST_WORDS = 3
_GOOD = 2  # what a sentence is worth that has neither doubts nor praise


@dataclass(frozen=True, slots=True)
class Told:
    """What a text has below a heading."""

    heading: str
    paragraphs: Sequence[Paragraph]

    @property
    def role(self) -> str:
        """What it tells of the profession, as its heading says; "" for what no heading says."""
        return role_said(self.heading)


@dataclass(frozen=True, slots=True)
class FlyerTexts:
    """What a flyer says, as plain text. `heading` is the one above the points."""

    headline: str
    teaser: str
    heading: str = ""
    points: tuple[str, ...] = ()


def flyer_texts(title: str, subtitle: str, told: Sequence[Told]) -> FlyerTexts:
    """Return what the flyer of a text says; `told` begins with what stands above its headings."""
    told = [part for part in told if part.role not in _OF_OFFICES]
    doing = next((part for part in told if part.role == "everyday" and _items(part)), None)
    items = _items(doing) if doing else []
    spare = items[MOST_POINTS:]
    running = sorted(told, key=lambda part: part.role not in {"everyday", ""})
    teaser = _teaser(running)
    if not teaser and len(spare) > 1:
        teaser = ", ".join(spare[:2])
    headline = _headline(title, subtitle, told, teaser)
    if doing and len(items) >= FEWEST_POINTS:
        heading = doing.heading if len(doing.heading) <= _LONGEST_HEADING else IN_SHORT
        points = items
    else:
        points = _points(told, {headline, teaser, title, subtitle})
        heading = IN_SHORT if points else ""
    return FlyerTexts(
        headline or NO_HEADLINE, teaser or NO_TEASER, heading, tuple(points[:MOST_POINTS])
    )


def _items(part: Told) -> list[str]:
    """Return the items of a section's lists that have room as points.

    A line with a colon between them introduces items of something else.
    """
    items: list[str] = []
    for paragraph in part.paragraphs:
        if items and paragraph.kind == "text" and paragraph.text.endswith(":"):
            break
        items += [paragraph.text.rstrip(",;")] if paragraph.kind in _ITEMS else []
    fits = (item for item in items if len(item) <= LONGEST_POINT and not has_amount(item))
    return [item for item in fits if part.role != "everyday" or not _ASKED_FOR.search(item)]


def _worth(sentence: str) -> int:
    """Return how well a sentence stands for itself on a flyer; below 0, it does not."""
    if not sentence.endswith((".", "!")) or _LEANS.match(sentence) or _OF_AUTHOR.search(sentence):
        return -1
    doubts = len(_DOUBTS.findall(sentence))
    good = len(_SPEAKS_FOR_IT.findall(sentence))
    return 2 + min(good, 2) - 2 * doubts - ("(" in sentence) - 3 * ("?" in sentence)


def _running(part: Told) -> Iterator[Paragraph]:
    return (p for p in part.paragraphs if p.kind == "text" and len(p.text) > _LEAST_TEASER)


def _teaser(told: Sequence[Told]) -> str:
    """Return the first sentences of a paragraph that stand for themselves and have room."""
    for bar in (0, -1):
        for part in told:
            for paragraph in _running(part):
                if teaser := _opening(paragraph.text, bar):
                    return teaser
    return ""


def _opening(text: str, bar: int) -> str:
    found = ""
    for sentence in sentences(text):
        if not found and (_worth(sentence) < bar or not sentence.endswith((".", "!", "…"))):
            continue
        longer = f"{found} {sentence}".strip()
        if len(longer) > LONGEST_TEASER:
            break
        found = longer
    return found if len(found) >= _LEAST_TEASER else ""


def _is_headline(text: str) -> bool:
    fits = _LEAST_HEADLINE <= len(text) <= LONGEST_HEADLINE
    fits &= text.count("(") == text.count(")") and not has_amount(text)
    return fits and len(text.split()) >= _FEWEST_WORDS and not _SETTLED.search(text)


def _headline(title: str, subtitle: str, told: Sequence[Told], teaser: str) -> str:
    """Return what stands out as a headline; "" where nothing does.

    That is a subtitle, what the title says behind a colon, a short line above the text, a short
    sentence that speaks for the profession, or what the first heading says behind a colon.
    """
    above = [p for part in told[:1] if not part.heading for p in part.paragraphs[:1]]
    texts = [p.text for p in above if p.kind == "text"]  # an item of a list is no headline
    lines = [
        line for line in texts if line[-1:] not in ".:;," and len(line.split()) >= _FEWEST_WORDS
    ]
    behind = title.partition(": ")[2]
    known = set(re.findall(r"\w{4,}", title.lower()))
    for line in (subtitle, behind, *lines):
        words = set(re.findall(r"\w{4,}", line.lower()))
        fits = _LEAST_HEADLINE <= len(line) <= LONGEST_HEADLINE and line.count("(") == line.count(
            ")"
        )
        if fits and (line == behind or len(words & known) * 2 <= len(words)):
            return line  # else it says the title again
    short = [
        sentence
        for part in told
        for paragraph in _running(part)
        for sentence in sentences(paragraph.text)
        if _is_headline(sentence) and sentence not in teaser and not has_amount(sentence)
    ]
    best = max(short, key=_worth, default="")
    if best and _worth(best) > _GOOD:
        return best
    halves = [part.heading.partition(": ")[2] for part in told]
    return next(filter(_is_headline, halves), "")


def _points(told: Sequence[Told], taken: set[str]) -> list[str]:
    """Return the most telling sentence of each section, in order; none where there are too few.

    A second one of a section is taken only where they would be too few without it.
    """
    firsts: list[tuple[int, int, str]] = []
    others: list[tuple[int, int, str]] = []
    for order, part in enumerate(told):
        found = [
            (worth, -at, sentence)
            for at, sentence in enumerate(_sentences(part))
            if (worth := _worth(sentence)) > 0 and not any(sentence in text for text in taken)
        ]
        ranked = [(worth, order, sentence) for worth, _, sentence in sorted(found, reverse=True)]
        firsts += ranked[:1]
        others += ranked[1:]
    firsts.sort(key=lambda each: -each[0])
    others.sort(key=lambda each: -each[0])
    missing = max(FEWEST_POINTS - len(firsts), 0)
    chosen = [*firsts[:MOST_POINTS], *others[:missing]]
    points = [text for _, _, text in sorted(chosen, key=lambda each: each[1])]
    return points if len(points) >= FEWEST_POINTS else []


def _sentences(part: Told) -> Iterator[str]:
    """Yield the sentences of a section that have room as a point, and are printed nowhere else."""
    for paragraph in part.paragraphs:
        if paragraph.kind != "text":
            continue
        for sentence in sentences(paragraph.text):
            if _LEAST_POINT <= len(sentence) <= LONGEST_POINT and not has_amount(sentence):
                yield sentence
