"""Aligns a translation that came as a running document with the blocks of the German text.

What is sure are headings, and figures that both have; between them the lengths decide, as Gale and
Church found (A Program for Aligning Sentences in Bilingual Corpora, 1993): long paragraphs are
translated to long ones. Nothing is taken before somebody has seen it.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from careerprint.core.diagnostics import N_, refuse
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.exchange.returns import Delivery, Returned
from careerprint.exchange.units import Unit, chosen_domains, units
from careerprint.manuscripts.manuscript import Manuscript, Paragraph
from careerprint.manuscripts.wordfile import read_word
from careerprint.profiles.content import own_blocks, read_profile

_ALONE = 1.1  # what a block without a translation costs, or a paragraph without an original
_OTHER_KIND, _OTHER_FIGURES = 1.6, 0.6
_SHORT = 12  # characters by which short texts may differ in length
_MOST_CELLS = 4_000_000  # blocks times paragraphs


@dataclass(frozen=True, slots=True)
class Pair:
    """A block with what is taken for its translation; one of both may be absent."""

    unit: Unit | None
    paragraph: Paragraph | None


def aligned_document(
    content: bytes, place: str, tag: str, slug: str, reader: Reader
) -> tuple[list[Pair], Delivery]:
    """Return the paragraphs of a Word document in pairs with a profile's texts, and as a delivery.

    `tag` is the locale that it translates into. Raises Refused for what is no such document.
    """
    (domain,) = chosen_domains(reader, tag, [slug])
    if domain.whole:
        raise refuse(
            domain.whole.file,
            N_("This locale has a text of its own, which is not translated block by block."),
            N_("Put the document there: it takes the place of that text."),
        )
    blocks = [*own_blocks(read_profile(reader, slug))]
    own = [unit for unit in units(domain, tag, reader) if _is_of_text(unit, blocks)]
    pairs = aligned(own, read_word(content, place))
    texts = [
        Returned(pair.unit.key, pair.unit.original, _as_translation(pair.paragraph))
        for pair in pairs
        if pair.unit and pair.paragraph
    ]
    return pairs, Delivery(tag, texts)


def aligned(units: Sequence[Unit], manuscript: Manuscript) -> list[Pair]:
    """Return the blocks of a text and the paragraphs of a document in pairs, in their order."""
    paragraphs = [p for p in manuscript.paragraphs if p.kind != "table"]
    if len(units) * len(paragraphs) > _MOST_CELLS:
        return [Pair(None, paragraph) for paragraph in paragraphs]
    costs = [[0.0] * (len(paragraphs) + 1) for _ in range(len(units) + 1)]
    for row in range(len(units), -1, -1):
        for column in range(len(paragraphs), -1, -1):
            steps = _steps(row, column, units, paragraphs, costs)
            costs[row][column] = min((cost for cost, _ in steps), default=0.0)
    return [*_way(units, paragraphs, costs)]


def _way(
    units: Sequence[Unit], paragraphs: Sequence[Paragraph], costs: list[list[float]]
) -> Iterator[Pair]:
    row = column = 0
    while row < len(units) or column < len(paragraphs):
        steps = _steps(row, column, units, paragraphs, costs)
        _, (down, right) = min(steps, key=lambda step: step[0])
        yield Pair(units[row] if down else None, paragraphs[column] if right else None)
        row, column = row + down, column + right


def _steps(
    row: int,
    column: int,
    units: Sequence[Unit],
    paragraphs: Sequence[Paragraph],
    costs: list[list[float]],
) -> list[tuple[float, tuple[int, int]]]:
    """Return what each way on from here costs: both, the block alone, the paragraph alone."""
    found = []
    if row < len(units) and column < len(paragraphs):
        cost = _unlike(units[row], paragraphs[column])
        found.append((cost + costs[row + 1][column + 1], (1, 1)))
    if row < len(units):
        found.append((_ALONE + costs[row + 1][column], (1, 0)))
    if column < len(paragraphs):
        found.append((_ALONE + costs[row][column + 1], (0, 1)))
    return found


def _unlike(unit: Unit, paragraph: Paragraph) -> float:
    """Return how unlikely it is that a paragraph is the translation of a block."""
    length = math.log((len(paragraph.text) + _SHORT) / (len(unit.original) + _SHORT))
    is_heading = unit.note.endswith("heading") or unit.note.partition("\n")[0] == "title"
    other = (paragraph.kind == "heading") != is_heading
    figures = _figures(unit.original) != _figures(paragraph.text)
    return abs(length) + _OTHER_KIND * other + _OTHER_FIGURES * figures


@cache
def _figures(text: str) -> frozenset[str]:
    """Return the numbers in a text, but for those of facts, which stand in braces."""
    return frozenset(re.findall(r"\d{2,}", re.sub(r"\{[^}]*\}", "", text)))


def _as_translation(paragraph: Paragraph) -> str:
    """Return a paragraph as the Markdown of a translation, in which facts may stand in braces."""
    return re.sub(r"\\(\{[a-z][a-z0-9_.-]*\})", r"\1", paragraph.markdown)


def _is_of_text(unit: Unit, blocks: Sequence[tuple[str, Text]]) -> bool:
    """Tell whether a unit is a block of a profile's own text, and not of its facts."""
    return unit.original in {str(text) for _, text in blocks}
