"""Display type: blocks set smaller for their longest word, headings and quotations balanced.

Of a word that has no room even so, the hyphenation of its language is the last resort.

Both are found from measured pages; the next layout has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from careerprint.typesetting.measure import Item, LaidOutPage

LEAST_FIT = 0.6  # of a block's type size; a word that needs less is hyphenated by pattern
_TOLERANCE = 0.3  # mm, as in overflow
_CAUTION = 0.99
_SPARE = 1.04  # words are not all as wide as their letters are many
_LEAST_INDENT = 2.0  # mm; less is no better balance
_MOST_LINES = 5  # more are running text


@dataclass(frozen=True, slots=True)
class SmallerType:
    """The type size of a block, in rem, as its layout has it, and the factor that it is set by.

    `is_hyphenated` tells whether its words may be divided by pattern, and not at joints alone.
    """

    size: float
    factor: float
    is_hyphenated: bool = False


def fits_of_words(
    pages: Sequence[LaidOutPage], fits: Mapping[int, SmallerType], root: float
) -> dict[int, SmallerType]:
    """Return the type sizes in which the words of all blocks have room in their lines.

    `fits` are those that the pages are laid out with, `root` is their rem in pt. No factor is less
    than `LEAST_FIT`.
    """
    found = dict(fits)
    for item in (item for page in pages for item in page.items if item.block is not None):
        width, room = item.area.right - item.area.left, item.bounds.right - item.bounds.left
        if width - room > _TOLERANCE and item.block is not None:
            known = fits.get(item.block, SmallerType(item.size / root, 1))
            factor = known.factor * room / width * _CAUTION
            least = max(min(factor, found.get(item.block, known).factor), LEAST_FIT)
            hyphenated = factor < LEAST_FIT or found.get(item.block, known).is_hyphenated
            found[item.block] = SmallerType(known.size, least, hyphenated)
    return found


def indents_of_headings(pages: Sequence[LaidOutPage]) -> dict[int, float]:
    """Return for display type of several lines how much narrower, in mm, its lines may be."""
    lines: dict[int, list[Item]] = {}
    for item in (item for page in pages for item in page.items if item.is_display):
        if item.block is not None:
            lines.setdefault(item.block, []).append(item)
    found = {
        block: items[0].bounds.right - items[0].bounds.left - _SPARE * _narrowest(items)
        for block, items in lines.items()
        if 1 < len(items) <= _MOST_LINES
    }
    return {block: indent for block, indent in found.items() if indent >= _LEAST_INDENT}


def _width(line: Item) -> float:
    return line.area.right - line.area.left


def _narrowest(lines: Sequence[Item]) -> float:
    """Return the width in mm in which about the same words take as many lines."""
    words = [
        _width(line) * len(word) / len(line.text) for line in lines for word in line.text.split(" ")
    ]
    space = sum(_width(line) for line in lines) / sum(len(line.text) for line in lines)

    @cache
    def narrowest(start: int, count: int) -> float:
        rest = words[start:]
        if count == 1 or len(rest) == 1:
            return sum(rest) + space * (len(rest) - 1)
        return min(
            max(sum(words[start:end]) + space * (end - start - 1), narrowest(end, count - 1))
            for end in range(start + 1, len(words))
        )

    return narrowest(0, len(lines))
