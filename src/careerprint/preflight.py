"""Checks a finished PDF against its job, reading it as a screen reader would."""

import ctypes
import unicodedata
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any
from xml.etree.ElementTree import Element

import pypdfium2 as pdfium
import tinyhtml5
from pypdfium2 import raw

from careerprint.diagnostics import N_, Diagnostic, Location, error
from careerprint.job import Job, PlacedBlock
from careerprint.layouts import PageRule
from careerprint.measure import OPTIONAL

# HTML elements that templates and Markdown use within a line of text.
_INLINE_ELEMENTS = frozenset({"a", "br", "em", "span", "strong"})

# Characters that right-to-left text may have too many of, at least; else a tenth of its length.
_FEW = 4

# Brackets are mirrored in right-to-left text; here each pair counts as one character.
_BRACKETS = str.maketrans("([{<«‹“", ")]}>»›”")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a PDF holds: its number of pages, its text in reading order, its fonts.

    `runs` are the pieces of text in the order of the structure tree, page by page: running heads
    and page numbers are not among them. `fonts` maps each PostScript name to whether it is
    embedded; `off_page` has the number of the page, from 1, and the text of what runs over the
    page's edge.
    """

    page_count: int
    runs: tuple[str, ...]
    fonts: dict[str, bool]
    off_page: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The whole text in reading order."""
        return "".join(self.runs)


def preflight(pdf: bytes, job: Job, left_out: Collection[str] = ()) -> list[Diagnostic]:
    """Return the findings on the PDF of a job; an edition with an error must not go out.

    `left_out` are the names of the optional blocks that it does not print.
    """
    found = read_back(pdf)
    location = Location(job.name)
    if wrong := list(page_faults(found.page_count, job.pages, location)):
        return wrong  # what else is wrong may well follow from that
    return [
        *_font_faults(found.fonts, location),
        *_off_page_faults(found.off_page, location),
        *text_faults(found, job, left_out),
    ]


def text_faults(found: ReadBack, job: Job, left_out: Collection[str]) -> list[Diagnostic]:
    """Return an error for each text of a job that its PDF does not hold in its place."""
    printed = [block for block in job.placed if block.optional not in left_out]
    faults = list(_text_faults(Reading(found.runs), printed))
    return faults or list(_layout_text_faults(Reading(found.runs), job, left_out))


def read_back(pdf: bytes) -> ReadBack:
    """Return what the PDF holds."""
    document = pdfium.PdfDocument(pdf)
    try:
        runs: list[str] = []
        fonts: dict[str, bool] = {}
        off_page: list[tuple[int, str]] = []
        for number, page in enumerate(document, 1):
            marked = _marked_texts(page, fonts)
            off_page += ((number, text) for text in _texts_off_page(page))
            runs += (marked.get(i, "") for i in reading_order(page))
            page.close()
        return ReadBack(len(document), tuple(runs), fonts, tuple(off_page))
    finally:
        document.close()


def normalized(text: str) -> str:
    """Return the text without what line breaking changes and what leaves no mark on paper.

    That is white space, invisible format characters (Unicode category Cf) and hyphens: WeasyPrint
    sets U+2010 where it breaks a word, and PDFium reads a hyphen at a line's end as U+0002.
    """
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if not c.isspace() and not _is_unmarked(c))


def _is_unmarked(character: str) -> bool:
    return character in "-\u2010\u0002" or unicodedata.category(character) == "Cf"


def page_faults(count: int, rule: PageRule, location: Location) -> Iterator[Diagnostic]:
    """Yield an error where a document has more or fewer pages than its layout declares."""
    if rule.exactly is not None and count != rule.exactly:
        yield error(
            location,
            N_("The text takes {count} pages; this product has {wanted}."),
            N_("Shorten the text, or the issuer's details in careerprint.toml."),
            count=count,
            wanted=rule.exactly,
        )
    elif count % rule.multiple_of:
        yield error(
            location,
            N_("{count} pages do not fill whole sheets of {multiple} pages."),
            N_("Give the layout's template {fillers} elements of the class “filler”."),
            count=count,
            multiple=rule.multiple_of,
            fillers=rule.multiple_of,
        )


def _font_faults(fonts: dict[str, bool], location: Location) -> Iterator[Diagnostic]:
    for name, embedded in sorted(fonts.items()):
        if not embedded:
            yield error(
                location,
                N_("The font {name} is not embedded."),
                N_("Use a font file of the workspace."),
                name=name,
            )


def _off_page_faults(
    off_page: tuple[tuple[int, str], ...], location: Location
) -> Iterator[Diagnostic]:
    for number, text in off_page:
        yield error(
            location,
            N_("On page {number} this text runs over the edge: “{text}”."),
            N_("Shorten it, or divide a long word with a hyphen."),
            number=number,
            text=text,
        )


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

    def has_next(self, wanted: str) -> bool:
        """Tell whether `wanted` comes next, or later; if so, go on behind it."""
        return self.next(wanted) is not None

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


def _text_faults(reading: Reading, placed: Iterable[PlacedBlock]) -> Iterator[Diagnostic]:
    """Yield an error for each block that does not stand behind the block before it."""
    for block in placed:
        if not reading.has_next(block.text):
            yield error(
                block.location,
                N_("This text is not whole, or not in its place, in the PDF: “{text}”."),
                N_("Check in the layout that nothing hides, cuts or changes it."),
                text=block.shown,
            )


def _layout_text_faults(
    reading: Reading, job: Job, left_out: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield an error for each text of the HTML, layout's words included, that the PDF lacks."""
    private = [block.text for block in job.placed if block.is_private]
    for written in _html_texts(job.html, left_out):
        if not reading.has_next(written):
            shown = " ".join(written.split())
            for text in private:
                shown = shown.replace(text, "…")
            yield error(
                Location(job.name),
                N_("This text of the page is not in the PDF: “{text}”."),
                N_("Check in the layout that nothing hides or cuts it."),
                text=shown,
            )


def _html_texts(html: str, left_out: Collection[str]) -> list[str]:
    """Return the texts of an HTML body in order, one a block.

    Drawings are pictures, and fillers may be left out.
    """
    found = [""]

    def walk(element: Element) -> None:
        tag = str(element.tag).rpartition("}")[2]
        if tag in {"head", "svg"} or "filler" in element.get("class", "").split():
            return
        if element.get(OPTIONAL) in left_out:
            return
        if tag not in _INLINE_ELEMENTS:
            found.append("")
        found[-1] += element.text or ""
        for child in element:
            walk(child)
            found[-1] += child.tail or ""
        if tag not in _INLINE_ELEMENTS:
            found.append("")

    walk(tinyhtml5.parse(html))
    return [text for text in found if text.strip()]


def _marked_texts(page: Any, fonts: dict[str, bool]) -> dict[int, str]:  # noqa: ANN401 - pypdfium2 is untyped
    """Return the page's text by marked-content identifier, and add its fonts to `fonts`."""
    text_page = page.get_textpage()
    found: dict[int, str] = {}
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        identifier = raw.FPDFPageObj_GetMarkedContentID(item)
        text = utf16(partial(raw.FPDFTextObj_GetText, item, text_page))
        found[identifier] = found.get(identifier, "") + text
        font = raw.FPDFTextObj_GetFont(item)
        name = _utf8(partial(raw.FPDFFont_GetBaseFontName, font))
        fonts[name] = bool(raw.FPDFFont_GetIsEmbedded(font))
    text_page.close()
    return found


def _texts_off_page(page: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield each text of the page that is not wholly inside its media box."""
    text_page = page.get_textpage()
    left, bottom, right, top = page.get_mediabox()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        x1, y1, x2, y2 = item.get_bounds()
        if x1 < left or y1 < bottom or x2 > right or y2 > top:
            yield utf16(partial(raw.FPDFTextObj_GetText, item, text_page))
    text_page.close()


def reading_order(page: Any) -> Iterator[int]:  # noqa: ANN401 - as above
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


def utf16(read: Callable[[Any, int], int]) -> str:
    """Return a text that a function of PDFium writes, as UTF-16, into a buffer of a size."""
    size = read(None, 0)  # in bytes, the closing null character included
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    read(buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _utf8(read: Callable[[Any, int], int]) -> str:
    size = read(None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw.decode("utf-8").rstrip("\0")
