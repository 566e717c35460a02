"""Says in plain words where a text stands, of what catalogs note of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from careerprint.core.diagnostics import N_
from careerprint.core.messages import Translate, translator
from careerprint.layouts.declaration import LAYOUT_WORDS
from careerprint.profiles.approvals import ISSUER
from careerprint.profiles.facts import Facts

GERMAN = translator("de")
"""What files say to translators, who work in Germany."""
# What the notes of a profile's texts begin with, and what the parts of a running text are.
_PARTS = {
    "title": N_("Title"),
    "subtitle": N_("Subtitle"),
    "teaser": N_("Introduction"),
    "flyer": N_("Flyer"),
    "headline": N_("Headline"),
    "point": N_("Point"),
    "opening": N_("Opening"),
    "heading": N_("Heading"),
    "subheading": N_("Subheading"),
    "paragraph": N_("Paragraph"),
    "bullets": N_("List"),
    "numbers": N_("List"),
    "quote": N_("Quotation"),
    "table": N_("Table"),
    "picture": N_("Picture"),
    "description": N_("Description"),
    "caption": N_("Caption"),
}
_OWN = {"flyer", "picture"}  # what no section is
_IN_A_SENTENCE = "in a sentence, as "
_LONGEST = 40  # characters of a heading


class Spot(NamedTuple):
    """Which of the texts with the same place one is, 0 for the only one, and below what heading."""

    number: int = 0
    heading: str = ""


def spots_of(texts: Iterable[tuple[str, str]]) -> list[tuple[Spot, ...]]:
    """Return the spots of texts, all that stand together, each given by its note and its original.

    Each has one for each line of its note. With them, no two places are called the same.
    """
    noted = [(note.split("\n"), original) for note, original in texts]
    headings = {
        line.removesuffix(": heading"): original
        for lines, original in noted
        for line in lines
        if line.endswith(": heading") and line.partition(":")[0] not in _OWN
    }

    def below(line: str) -> str:
        section, _, part = line.partition(": ")
        return headings.get(section, "") if part in _PARTS and part != "heading" else ""

    alike = [[(_told(line, Spot(0, below(line)), str)) for line in lines] for lines, _ in noted]
    counts, seen = Counter(told for each in alike for told in each), Counter[str]()
    found = []
    for (lines, _), each in zip(noted, alike, strict=True):
        seen.update(each)
        numbers = (seen[told] if counts[told] > 1 else 0 for told in each)
        found.append(tuple(Spot(n, below(line)) for n, line in zip(numbers, lines, strict=True)))
    return found


def plain_note(note: str, translate: Translate, spots: Sequence[Spot] = ()) -> str:
    """Return in a reader's language where a text stands; `note` has a line for each place.

    `spots` are those that `spots_of` returns for it.
    """
    lines = note.split("\n")
    told = (
        _told(line, s, translate)
        for line, s in zip(lines, spots or [Spot()] * len(lines), strict=True)
    )
    return "; ".join(dict.fromkeys(filter(None, told)))


def plain_domain(name: str, translate: Translate) -> str:
    """Return what words of layouts are called, by the name of their domain; "" for a profile."""
    if name == ISSUER:
        return translate(N_("Imprint"))
    first, _, layout = name.partition("/")
    if first != "layouts":
        return ""
    if not layout:
        return translate(N_("Words of the layouts"))
    called = translate(LAYOUT_WORDS.get(layout, layout))
    return translate(N_("Words of the layout “{name}”")).format(name=called)


def _told(line: str, spot: Spot, translate: Translate) -> str:
    first, *rest = line.split(": ")
    fact = Facts.model_fields.get(first.replace(" ", "_"))
    if fact and not set(rest) & _PARTS.keys():  # a section may be called as a fact is
        *before, last = (str(fact.title), *(_said(each, translate) for each in rest))
        if " " in last and before:  # a sentence has no number
            return ": ".join([_numbered(before[0], spot), *before[1:], last])
        return ": ".join([*before, _numbered(last, spot)])
    if (first, *rest) == ("flyer", "heading"):  # it has a headline, too
        return f"{translate(_PARTS[first])}, {translate(N_('Heading above the points'))}"
    parts = [translate(_PARTS[part]) for part in (first, *rest) if part in _PARTS]
    if spot.heading:
        cut = spot.heading[: _LONGEST - 1].rstrip(" ,:;–")
        heading = spot.heading if len(spot.heading) <= _LONGEST else f"{cut}…"
        section = translate(N_("Section “{heading}”")).format(heading=heading)
        parts = [section, *parts[-1:]]
    return ", ".join([*parts[:-1], _numbered(parts[-1], spot)] if parts else [])


def _numbered(name: str, spot: Spot) -> str:
    return f"{name} {spot.number}" if spot.number else name


def _said(told: str, translate: Translate) -> str:
    if not told.startswith(_IN_A_SENTENCE):
        return translate(told)
    name = told.removeprefix(_IN_A_SENTENCE)
    return translate(N_("within a sentence, where it says {name}")).format(name=name)
