"""Where the text of a finished PDF stands, and how large it is."""

import ctypes
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import hypot
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from careerprint.core.geometry import Rectangle
from careerprint.finished.matrices import IDENTITY, Matrix, Point, applied, enclosed, times
from careerprint.finished.readback import utf16

MOST_NESTED = 24  # forms within forms
_INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that is shown in one go on a page (from 1): what it covers in mm, its size in pt."""

    page: int
    place: Rectangle
    size: float
    text: str


def pieces(document: pdfium.PdfDocument, trims: Sequence[Sequence[float]]) -> Iterator[Piece]:
    """Yield the visible texts of a document, in the order in which they are painted.

    `trims` are the trim boxes of its pages in pt: left, bottom, right, top.
    """
    for number, (page, trim) in enumerate(zip(document, trims, strict=False), 1):
        text_page = page.get_textpage()
        corner = float(trim[0]), float(trim[3])
        for item, matrix in _texts(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
            text = utf16(partial(raw.FPDFTextObj_GetText, item, text_page))
            if text.strip() and raw.FPDFTextObj_GetTextRenderMode(item) not in _INVISIBLE:
                place = enclosed(_bounds(item, matrix), corner)
                yield Piece(number, place, _size(item, matrix), text.strip())
        text_page.close()
        page.close()


def marked_pieces(
    page: Any,  # noqa: ANN401 - pypdfium2 is untyped
    marks: Collection[int],
    number: int,
    trim: Sequence[float],
) -> tuple[dict[int, list[Piece]], int]:
    """Return the texts of a page's own content with these marked-content identifiers, by these.

    Beside them: of how many objects all else on the page is made. `number` and `trim` are the
    page's own.
    """
    found: dict[int, list[Piece]] = {mark: [] for mark in marks}
    others = 0
    text_page = page.get_textpage()
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            mark = raw.FPDFPageObj_GetMarkedContentID(item)
            if mark in found:
                text = utf16(partial(raw.FPDFTextObj_GetText, item, text_page))
                place = enclosed(_bounds(item, IDENTITY), (float(trim[0]), float(trim[3])))
                found[mark].append(Piece(number, place, _size(item, IDENTITY), text.strip()))
                continue
        others += 1
    text_page.close()
    return found, others


def addresses(document: pdfium.PdfDocument, page: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return what the links of a page lead to, in their order: nothing for a place on it."""
    found = []
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        buffer = ctypes.create_string_buffer(size)
        if size:
            raw.FPDFAction_GetURIPath(document, action, buffer, size)
        found.append(buffer.value.decode("utf-8", "replace") if size else "")
    return tuple(found)


def _texts(
    parent: Any,  # noqa: ANN401 - pypdfium2 is untyped
    count: Any,  # noqa: ANN401 - as above
    get: Any,  # noqa: ANN401 - as above
    outer: Matrix = IDENTITY,
    depth: int = 0,
) -> Iterator[tuple[Any, Matrix]]:
    """Yield the text objects of a page or form, each with the matrix of the forms around it."""
    for index in range(max(count(parent), 0)):
        item = get(parent, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item, outer
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MOST_NESTED:
            inner = times(_matrix(item), outer)
            counting, getting = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
            yield from _texts(item, counting, getting, inner, depth + 1)


def _matrix(item: Any) -> Matrix:  # noqa: ANN401 - as above
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _bounds(item: Any, outer: Matrix) -> list[Point]:  # noqa: ANN401 - as above
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    sides = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    return [applied(outer, *side) for side in sides]


def _size(item: Any, outer: Matrix) -> float:  # noqa: ANN401 - as above
    """Return the size of type as it is shown: an em, measured across the line."""
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, size)
    whole = times(_matrix(item), outer)
    return float(size.value) * hypot(whole[2], whole[3])
