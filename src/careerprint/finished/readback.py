"""Reads a finished PDF's text back in reading order, as a screen reader would."""

import re
import unicodedata
from bisect import bisect, bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from careerprint.core.geometry import Point
from careerprint.finished.textobjects import text_objects, utf16

# Brackets are mirrored in right-to-left text; here each pair counts as one character. There, PDFium
# reads “½” as 1/2, with another stroke than Unicode has in its parts.
_ALIKE = str.maketrans("([{<«‹“\u2044", ")]}>»›”/")
# What stands at the end of a line in place of a word's rest: set there, or as PDFium reads it.
_HYPHENS = ("\u2010", "\u0002")
# Structure elements within a line (ISO 32000-1, 14.8.4.4). Others stand apart.
INLINE = {"Span", "Link", "Quote", "Note", "Reference", "BibEntry", "Code"}


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The text of a PDF in reading order.

    `runs` are its pieces in the order of the structure tree, page by page: running heads and page
    numbers are not among them. What stands apart from the text before it begins with a line feed.
    """

    runs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text in reading order."""
        return "".join(self.runs)


def read_back(pdf: bytes) -> ReadBack:
    """Return what the PDF holds."""
    with pdfium.PdfDocument(pdf) as document:
        pages: list[list[str]] = []
        for page in document:
            pages.append([run.text for run in marked_runs(page)])
            page.close()
        return ReadBack(tuple(joined(pages)))


def joined(pages: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the runs of all pages; a word that is divided at the end of a page is one again."""
    is_divided = False
    for runs in pages:
        for number, run in enumerate(runs):
            yield run.lstrip() if is_divided and not number else run
        is_divided = runs[-1].endswith(_HYPHENS) if runs else is_divided


def normalized(text: str) -> str:
    """Return the text without what line breaking changes and what leaves no mark on paper.

    That is white space, invisible format characters (Unicode category Cf) and hyphens: WeasyPrint
    sets U+2010 where it breaks a word, and PDFium reads a hyphen at a line's end as U+0002.
    """
    return "".join(worded(text).split())


def worded(text: str) -> str:
    """Return the words of a text with single spaces between them.

    Without hyphens, since PDFium reads any hyphen at a line's end as U+0002, without invisible
    format characters (Unicode category Cf), a soft hyphen for example, and without the points that
    show the parts of long words, which no voice says.
    """
    text = unicodedata.normalize("NFC", text)
    marked = (c for c in text if c not in "-\u2010\u0002·" and unicodedata.category(c) != "Cf")
    return " ".join("".join(marked).split())


class Reading:
    """Reads through a document's text from front to back, looking for one piece after another.

    `runs` are the pieces of its text in reading order.
    """

    def __init__(self, runs: Sequence[str]) -> None:
        parts: list[str] = []
        is_apart = False
        for run in runs:
            words = worded(run)
            is_apart = is_apart or run[:1].isspace()
            parts.append(f" {words}" if words and is_apart else words)
            is_apart = run[-1:].isspace() or (is_apart and not words)
        self._text = "".join(parts)
        self._starts = [0, *accumulate(len(part) for part in parts)]
        self._found = range(0)

    def next(self, wanted: str, *, apart: bool = False) -> range | None:
        """Return the numbers of the runs in which `wanted` comes next, or later, and go on behind.

        Where it stands within a word, as “Beruf” in “Berufsbild”, and should be `apart`, one that
        is so is sought behind it. None where it does not come.
        """
        # At a line's end, PDFium reads a hyphen and the space behind it as one: "Garten- und".
        pieces = map(worded, re.split(r"(?<=\S)[-\u2010]\s+", wanted.strip()))
        words = re.compile(" ?".join(map(re.escape, pieces)))
        last = self._found
        for found in words.finditer(self._text, last.stop):
            if self._found is last or not self._is_joined(range(*found.span())):
                self._found = range(*found.span())
            if not apart or not self.is_joined:
                break
        if self._found is last:
            return None
        start = bisect(self._starts, self._found.start) - 1
        return range(start, bisect_left(self._starts, self._found.stop))

    @property
    def is_joined(self) -> bool:
        """Whether what was found last would be taken for one word with what is beside it."""
        return self._is_joined(self._found)

    def _is_joined(self, found: range) -> bool:
        edges = {found.start, found.stop} - {0, len(self._text)}
        return any(self._text[at - 1 : at + 1].isalnum() for at in edges)


class MarkedRun(NamedTuple):
    """A text that stands in the structure in one piece, and what of it leaves a mark on paper.

    The corners are in pt of the page; `marks` are the identifiers of its marked content.
    """

    text: str
    corners: list[Point]
    marks: Sequence[int]


def marked_runs(page: Any) -> Iterator[MarkedRun]:  # noqa: ANN401 - pypdfium2 is untyped
    """Yield the texts of a page in the order of the structure tree.

    An element that says what its text is (ActualText) is one run. It is believed where its letters
    are those of its glyphs.
    """
    texts: dict[int, str] = defaultdict(str)
    corners: dict[int, list[Point]] = defaultdict(list)
    for each in text_objects(page):
        if each.mark is not None:
            texts[each.mark] += each.text
            if each.text.strip():
                corners[each.mark] += each.corners
    for marks, told, is_apart in _reading_order(page):
        shown = "".join(texts[mark] for mark in marks)
        text = told if told is not None and letters(told) == letters(shown) else shown
        whole = [corner for mark in marks for corner in corners[mark]]
        yield MarkedRun(f"\n{text}" if is_apart else text, whole, marks)


def letters(text: str) -> Counter[str]:
    """Return how often each character stands in a text, in whatever order and shape."""
    return Counter(normalized(unicodedata.normalize("NFKC", text)).translate(_ALIKE))


def _reading_order(page: Any) -> Iterator[tuple[Sequence[int], str | None, bool]]:  # noqa: ANN401 - as above
    """Yield the page's marked-content identifiers in the order of the structure tree.

    Beside them: what the element says that they are, and whether it stands apart from what is
    before it.
    """
    is_apart = True

    def walk(element: Any) -> Iterator[tuple[Sequence[int], str | None, bool]]:  # noqa: ANN401 - as above
        nonlocal is_apart
        is_block = utf16(partial(raw.FPDF_StructElement_GetType, element)) not in INLINE
        is_apart = is_apart or is_block
        told = utf16(partial(raw.FPDF_StructElement_GetActualText, element))
        if told:
            yield [*marks_of(element)], told, is_apart
            is_apart = False
        else:
            for kid in kids_of(element):
                if isinstance(kid, int):
                    yield [kid], None, is_apart
                    is_apart = False
                else:
                    yield from walk(kid)
        is_apart = is_apart or is_block

    for root in roots_of(page):
        yield from walk(root)


def roots_of(page: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Yield the structure elements of a page that are within no other; use each before the next."""
    if tree := raw.FPDF_StructTree_GetForPage(page):
        try:
            for k in range(raw.FPDF_StructTree_CountChildren(tree)):
                yield raw.FPDF_StructTree_GetChildAtIndex(tree, k)
        finally:
            raw.FPDF_StructTree_Close(tree)


def kids_of(element: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Yield what stands in a structure element: identifiers of marked content, and elements."""
    for k in range(max(raw.FPDF_StructElement_CountChildren(element), 0)):
        identifier = raw.FPDF_StructElement_GetChildMarkedContentID(element, k)
        if identifier >= 0:
            yield identifier
        elif child := raw.FPDF_StructElement_GetChildAtIndex(element, k):
            yield child


def marks_of(element: Any) -> Iterator[int]:  # noqa: ANN401 - as above
    """Yield the identifiers of all marked content within a structure element."""
    for kid in kids_of(element):
        if isinstance(kid, int):
            yield kid
        else:
            yield from marks_of(kid)
