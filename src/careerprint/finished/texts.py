"""Where the text of a finished PDF stands, and how large it is."""

import ctypes
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from careerprint.core.geometry import Rectangle, enclosed
from careerprint.finished.textobjects import TextObject, text_objects

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in pt."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that is shown in one go on a page (from 1): what it covers in mm, its size in pt."""

    page: int
    place: Rectangle
    size: float
    text: str


def pieces(
    document: pdfium.PdfDocument, trims: Sequence[Box], skipped: Collection[int] = ()
) -> Iterator[Piece]:
    """Yield the visible texts of a document, in the order in which they are painted.

    `trims` are the trim boxes of its pages. PDFium does not open the pages `skipped` (from 1).
    """
    for number, trim in enumerate(trims, 1):
        if number in skipped:
            continue
        page = document[number - 1]
        for found in text_objects(page):
            if found.is_shown:
                yield _piece(found, number, trim)
        page.close()


def marked_pieces(
    page: Any,  # noqa: ANN401 - pypdfium2 is untyped
    marks: Collection[int],
    number: int,
    trim: Box,
) -> tuple[dict[int, list[Piece]], int]:
    """Return the texts of a page's own content with these marked-content identifiers, by these.

    Beside them: of how many objects all else on the page is made. `number` and `trim` are the
    page's own.
    """
    found: dict[int, list[Piece]] = {mark: [] for mark in marks}
    others = raw.FPDFPage_CountObjects(page)
    for each in text_objects(page):
        if each.mark in found:
            found[each.mark].append(_piece(each, number, trim))
            others -= 1
    return found, others


def addresses(
    document: pdfium.PdfDocument,
    page: Any,  # noqa: ANN401 - as above
    trim: Box,
) -> list[tuple[str, Rectangle]]:
    """Return what the links of a page lead to, and where they are, in their order.

    The address of a link to a place in the document is empty.
    """
    found = []
    position, link, area = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        buffer = ctypes.create_string_buffer(size)
        if size:
            raw.FPDFAction_GetURIPath(document, action, buffer, size)
        address = buffer.value.decode("utf-8", "replace") if size else ""
        raw.FPDFLink_GetAnnotRect(link, area)
        corners = [(area.left, area.bottom), (area.right, area.top)]
        found.append((address, enclosed(corners, (trim[0], trim[3]))))
    return found


def _piece(found: TextObject, number: int, trim: Box) -> Piece:
    place = enclosed(found.corners, (trim[0], trim[3]))
    return Piece(number, place, found.size, found.text.strip())
