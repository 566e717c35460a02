"""Display type: blocks set smaller for their longest word, lines that are even.

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
HYPHEN, SOFT_HYPHEN = "\u2010", "\u00ad"  # at the end of a line within a word; and where one may be


@dataclass(frozen=True, slots=True)
class Evened:
    """By how many mm the lines of a block are narrower than they could be, so that they are even.

    `first` is what its first line is narrower by besides. `is_whole` tells whether all of its words
    are set whole.
    """

    indent: float
    is_whole: bool = False
    first: float = 0.0


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


def evened_lines(pages: Sequence[LaidOutPage]) -> dict[int, Evened]:
    """Return how the lines of texts become about as long as each other, and as many as they are.

    Those of display type always do; those of other texts that are not hyphenated do where the last
    line has a single word, or a line ends within a word that has room whole.
    """
    lines: dict[int, list[Item]] = {}
    for item in (item for page in pages for item in page.items):
        if item.block is not None and (item.is_display or item.is_undivided):
            lines.setdefault(item.block, []).append(item)
    several = {n: items for n, items in lines.items() if 1 < len(items) <= _MOST_LINES}
    return {block: evened for block, items in several.items() if (evened := _evened(items))}


def _evened(lines: Sequence[Item]) -> Evened | None:
    """Return how these lines become even; None where they stay as they are."""
    is_divided = any(line.text.endswith(HYPHEN) for line in lines[:-1])
    is_short = len(lines[-1].text.split()) == 1
    if not (lines[0].is_display or is_divided or is_short):
        return None
    room = min(line.bounds.right - line.bounds.left for line in lines)
    if is_divided:
        width = _SPARE * _narrowest(lines, is_whole=True)
        if width <= room:
            return Evened(room - width, is_whole=True)
        if not lines[0].is_display:
            return None
    if lines[0].is_display and is_short and len(lines) == len(("first", "last")):
        words, space = _words(lines)
        above, below = (sum(part) + space * (len(part) - 1) for part in (words[:-2], words[-2:]))
        # Two words below one are no wider than one below two: then the last is not alone.
        if 0 < above <= below <= min(room, _width(lines[0]) * _SPARE):
            return Evened(0, first=room - above * _SPARE)
    indent = room - _SPARE * _narrowest(lines)
    return Evened(indent) if indent >= _LEAST_INDENT else None


def _width(line: Item) -> float:
    return line.area.right - line.area.left


def _words(lines: Sequence[Item], *, is_whole: bool = False) -> tuple[list[float], float]:
    """Return how wide the words of these lines are, and the space between two, in mm.

    Where they are to stay whole, a word that a line ends within is one with its other part.
    """
    words: list[float] = []
    is_within = False
    for line in lines:
        pieces = line.text.replace(SOFT_HYPHEN, "").strip().split(" ")
        letter = _width(line) / (sum(map(len, pieces)) + len(pieces) - 1)
        widths = [letter * len(piece) for piece in pieces]
        if is_within:
            widths[0] += words.pop()
        words += widths
        is_within = is_whole and line.text.endswith(HYPHEN)
    return words, sum(_width(line) for line in lines) / sum(len(line.text) for line in lines)


def _narrowest(lines: Sequence[Item], *, is_whole: bool = False) -> float:
    """Return the width in mm in which about the same words take as many lines."""
    words, space = _words(lines, is_whole=is_whole)

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
