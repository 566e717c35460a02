"""Draws the pages of PDFs as pictures, with PDFium. Nothing here reads or writes a file."""

import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

_OVERSAMPLING = 3  # small pages are drawn so many times larger, and averaged
_JPEG_QUALITY = 95  # of 100: what differs from the page is not seen

PaperSize = tuple[float, float]
"""The width and the height of a page, in pt."""


class Size(NamedTuple):
    """A width and a height in px."""

    width: int
    height: int


def pixels(page: PaperSize, resolution: float) -> Size:
    """Return the size in px of a page, given in pt, at a resolution in dpi."""
    width, height = (max(1, round(side * resolution / 72)) for side in page)
    return Size(width, height)


def page_sizes(pdf: bytes) -> tuple[PaperSize, ...]:
    """Return the width and the height of each page of a PDF, in pt."""
    document = pdfium.PdfDocument(pdf)
    try:
        return tuple(document.get_page_size(index) for index in range(len(document)))
    finally:
        document.close()


def draw_pages(pdf: bytes, sizes: Sequence[Size]) -> Iterator[Image.Image]:
    """Yield a picture of each page of a PDF, one after the other, each in its size in px."""
    document = pdfium.PdfDocument(pdf)
    try:
        for page, (width, height) in zip(document, sizes, strict=True):
            bitmap = pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            # PdfPage.render rounds sizes up: 874.02 px to 875.
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
            yield bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
    finally:
        document.close()


def draw_small_pages(pdf: bytes, sizes: Sequence[Size]) -> Iterator[Image.Image]:
    """Yield a picture of each page like `draw_pages`, but such that small type can be read."""
    larger = [Size(width * _OVERSAMPLING, height * _OVERSAMPLING) for width, height in sizes]
    for picture in draw_pages(pdf, larger):
        yield picture.reduce(_OVERSAMPLING)


def png(picture: Image.Image, resolution: int | None = None) -> bytes:
    """Return a picture as PNG, which tells its resolution in dpi if there is one."""
    written = io.BytesIO()
    if resolution is None:
        picture.save(written, "PNG")
    else:
        picture.save(written, "PNG", dpi=(resolution, resolution))
    return written.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    """Return a picture as JPEG, which a PDF holds as it is."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return written.getvalue()
