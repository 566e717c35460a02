"""Reads a finished PDF's text back in reading order, as a screen reader would."""

import unicodedata
from bisect import bisect, bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from careerprint.core.geometry import Point
from careerprint.finished.textobjects import text_objects

# How many characters too many right-to-left text may have, at least; in a long one, a tenth of it.
_FEW = 4

# Brackets are mirrored in right-to-left text; here each pair counts as one character.
_BRACKETS = str.maketrans("([{<«‹“", ")]}>»›”")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The text of a PDF in reading order.

    `runs` are its pieces in the order of the structure tree, page by page: running heads and page
    numbers are not among them.
    """

    runs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text in reading order."""
        return "".join(self.runs)


def read_back(pdf: bytes) -> ReadBack:
    """Return what the PDF holds."""
    with pdfium.PdfDocument(pdf) as document:
        runs: list[str] = []
        for page in document:
            runs += (text for text, _ in marked_runs(page))
            page.close()
        return ReadBack(tuple(runs))


def normalized(text: str) -> str:
    """Return the text without what line breaking changes and what leaves no mark on paper.

    That is white space, invisible format characters (Unicode category Cf) and hyphens: WeasyPrint
    sets U+2010 where it breaks a word, and PDFium reads a hyphen at a line's end as U+0002.
    """
    text = unicodedata.normalize("NFC", text)
    marked = (c for c in text if c not in "-\u2010\u0002" and unicodedata.category(c) != "Cf")
    return "".join(c for c in marked if not c.isspace())


class Reading:
    """Reads through a document's text from front to back, looking for one piece after another.

    `runs` are the pieces of its text in reading order.
    """

    def __init__(self, runs: Sequence[str]) -> None:
        pieces = [normalized(run) for run in runs]
        self._text = "".join(pieces)
        self._starts = [0, *accumulate(len(piece) for piece in pieces)]
        self._is_right_to_left = _is_right_to_left(self._text)
        self._position = 0

    def next(self, wanted: str) -> range | None:
        """Return the numbers of the runs in which `wanted` comes next, or later, and go on behind.

        None where it does not.
        """
        wanted = normalized(wanted)
        start = self._text.find(wanted, self._position)
        end = start + len(wanted)
        if self._is_right_to_left and (start < 0 or _is_right_to_left(wanted)):
            start, end = self._unordered(wanted)
        if start < 0:
            return None
        self._position = end
        return range(bisect(self._starts, start) - 1, bisect_left(self._starts, end))

    def _unordered(self, wanted: str) -> tuple[int, int]:
        """Return from where to where runs hold the characters of `wanted`, in whatever order.

        -1 for both where none do.

        Right-to-left text stands in a PDF in visual order. Readers put it back in order, but not
        all of it (ligatures, brackets, marks), and give letters of a cluster twice. So what can be
        told is that whole runs hold all the characters and hardly any more.
        """
        characters = Counter(wanted.translate(_BRACKETS))
        most = len(wanted) + max(_FEW, len(wanted) // 10)
        for first, start in enumerate(self._starts[:-1]):
            if start < self._position:
                continue
            for end in self._starts[first + 1 :]:
                if end - start > most:
                    break
                if end - start >= len(wanted):
                    found = Counter(self._text[start:end].translate(_BRACKETS))
                    if characters <= found:
                        return start, end
        return -1, -1


def _is_right_to_left(text: str) -> bool:
    """Tell whether the text has letters that run from right to left (UAX #9: R and AL)."""
    return any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)


def marked_runs(page: Any) -> Iterator[tuple[str, list[Point]]]:  # noqa: ANN401 - pypdfium2 is untyped
    """Yield the text of each marked content of a page, in the order of the structure tree.

    Beside it: the corners, in pt, of what of it leaves a mark on paper.
    """
    texts: dict[int, str] = defaultdict(str)
    corners: dict[int, list[Point]] = defaultdict(list)
    for each in text_objects(page):
        if each.mark is not None:
            texts[each.mark] += each.text
            if each.text.strip():
                corners[each.mark] += each.corners
    for mark in _reading_order(page):
        yield texts[mark], corners[mark]


def _reading_order(page: Any) -> Iterator[int]:  # noqa: ANN401 - as above
    """Yield the page's marked-content identifiers in the order of the structure tree."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return

    def walk(element: Any) -> Iterator[int]:  # noqa: ANN401 - as above
        for k in range(max(raw.FPDF_StructElement_CountChildren(element), 0)):
            identifier = raw.FPDF_StructElement_GetChildMarkedContentID(element, k)
            if identifier >= 0:
                yield identifier
            elif child := raw.FPDF_StructElement_GetChildAtIndex(element, k):
                yield from walk(child)

    try:
        for k in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from walk(raw.FPDF_StructTree_GetChildAtIndex(tree, k))
    finally:
        raw.FPDF_StructTree_Close(tree)
