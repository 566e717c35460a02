"""Reads the QR codes of finished PDFs from their drawn pages, as a telephone does."""

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from careerprint.core.geometry import MM_PER_PT, PT_PER_INCH, Rectangle, enclosed
from careerprint.finished.texts import Box

CODE_RESOLUTION = 200  # dpi: about what the camera of a telephone sees at arm's length
QUIET = 6.0  # mm: how far around a code is drawn, so that its quiet zone is seen
SeenCode = tuple[str, int, Rectangle]
"""What a QR code says, the page on which it stands, from 1, and where, in mm."""


def codes_of(pdf: bytes, trims: Sequence[Box]) -> list[SeenCode]:
    """Return what each QR code says, and where it stands; `trims` are the pages' trim boxes."""
    with pdfium.PdfDocument(pdf) as document:
        pages = enumerate(zip(document, trims, strict=False), 1)
        return [code for number, (page, trim) in pages for code in codes_on(page, number, trim)]


def codes_on(
    page: pdfium.PdfPage, number: int, trim: Box, within: Rectangle | None = None
) -> list[SeenCode]:
    """Return what each QR code on a page says, or within a part of it and QUIET around that.

    `number` and `trim` are the page's own.
    """
    import zxingcpp

    left, bottom, right, top = page.get_cropbox()
    cut = [0.0, 0.0, 0.0, 0.0]  # what of the page is left out: left, bottom, right, top, in pt
    if within is not None:
        sides = (
            trim[0] + (within.left - QUIET) / MM_PER_PT - left,
            trim[3] - (within.bottom + QUIET) / MM_PER_PT - bottom,
            right - trim[0] - (within.right + QUIET) / MM_PER_PT,
            top - trim[3] + (within.top - QUIET) / MM_PER_PT,
        )
        cut = [max(side, 0.0) for side in sides]
    scale = CODE_RESOLUTION / PT_PER_INCH
    picture = page.render(scale=scale, grayscale=True, crop=tuple(cut)).to_pil()
    left, top, dot = left + cut[0], top - cut[3], PT_PER_INCH / CODE_RESOLUTION
    found = []
    for code in zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        at: Any = code.position
        corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
        points = [(left + corner.x * dot, top - corner.y * dot) for corner in corners]
        found.append((code.text, number, enclosed(points, (trim[0], trim[3]))))
    return found
