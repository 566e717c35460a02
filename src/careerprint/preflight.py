"""Checks a finished PDF against its job, reading it as a screen reader would."""

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

import pypdfium2 as pdfium
import tinyhtml5
from pypdfium2 import raw

from careerprint.compose import Job, PlacedBlock
from careerprint.diagnostics import N_, Diagnostic, Location, error
from careerprint.layouts import PageRule


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a PDF holds: its number of pages, its text in reading order, its fonts.

    The text is that of the structure tree, page by page: running heads and page numbers are not
    in it. `fonts` maps each PostScript name to whether it is embedded; `off_page` has the number of
    the page, from 1, and the text of what runs over the page's edge.
    """

    page_count: int
    text: str
    fonts: dict[str, bool]
    off_page: tuple[tuple[int, str], ...]


def preflight(pdf: bytes, job: Job) -> list[Diagnostic]:
    """Return the findings on the PDF of a job; an edition with an error must not go out."""
    found = read_back(pdf)
    location = Location(job.name)
    if page_faults := list(_page_faults(found.page_count, job.pages, location)):
        return page_faults  # what else is wrong may well follow from that
    faults = list(_text_faults(found.text, job.placed))
    return [
        *_font_faults(found.fonts, location),
        *_off_page_faults(found.off_page, location),
        *(faults or _layout_text_faults(found.text, job.html, location)),
    ]


def read_back(pdf: bytes) -> ReadBack:
    """Return what the PDF holds."""
    document = pdfium.PdfDocument(pdf)
    try:
        texts: list[str] = []
        fonts: dict[str, bool] = {}
        off_page: list[tuple[int, str]] = []
        for number, page in enumerate(document, 1):
            marked = _marked_texts(page, fonts)
            off_page += ((number, text) for text in _texts_off_page(page))
            texts += (marked.get(i, "") for i in _reading_order(page))
            page.close()
        return ReadBack(len(document), "".join(texts), fonts, tuple(off_page))
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


def _page_faults(count: int, rule: PageRule, location: Location) -> Iterator[Diagnostic]:
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
            fillers=rule.multiple_of - 1,
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


def _text_faults(text: str, placed: tuple[PlacedBlock, ...]) -> Iterator[Diagnostic]:
    """Yield an error for each block that the text does not hold behind the block before it."""
    text, position = normalized(text), 0
    for block in placed:
        wanted = normalized(block.text)
        found = text.find(wanted, position)
        if found >= 0:
            position = found + len(wanted)
            continue
        yield error(
            block.location,
            N_("This text is not whole, or not in its place, in the PDF: “{text}”."),
            N_("Check in the layout that nothing hides, cuts or changes it."),
            text=block.text,
        )


def _layout_text_faults(text: str, html: str, location: Location) -> Iterator[Diagnostic]:
    """Yield an error for each text of the HTML, layout's words included, that the PDF lacks."""
    text, position = normalized(text), 0
    for written in _html_texts(html):
        wanted = normalized(written)
        found = text.find(wanted, position)
        if found >= 0:
            position = found + len(wanted)
            continue
        yield error(
            location,
            N_("This text of the page is not in the PDF: “{text}”."),
            N_("Check in the layout that nothing hides or cuts it."),
            text=" ".join(written.split()),
        )


def _html_texts(html: str) -> list[str]:
    """Return the texts of an HTML body in order; drawings are pictures, fillers may be left out."""
    found: list[str] = []

    def walk(element: Element) -> None:
        tag = str(element.tag).rpartition("}")[2]
        if tag not in {"head", "svg"} and "filler" not in element.get("class", "").split():
            found.append(element.text or "")
            for child in element:
                walk(child)
                found.append(child.tail or "")

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
        text = _utf16(partial(raw.FPDFTextObj_GetText, item, text_page))
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
            yield _utf16(partial(raw.FPDFTextObj_GetText, item, text_page))
    text_page.close()


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


def _utf16(read: Callable[[Any, int], int]) -> str:
    size = read(None, 0)  # in bytes, the closing null character included
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    read(buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _utf8(read: Callable[[Any, int], int]) -> str:
    size = read(None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw.decode("utf-8").rstrip("\0")
