"""Draws the pages of PDFs as pictures, with PDFium. Nothing here reads or writes a file."""

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from careerprint.core.geometry import PT_PER_INCH

_OVERSAMPLING = 3  # small pages are drawn so many times larger
_JPEG_QUALITY = 95  # of 100: what differs from the page is not seen

PaperSize = tuple[float, float]
"""The width and the height of a page, in pt."""


def pixels(page: PaperSize, resolution: float) -> tuple[int, int]:
    """Return the width and the height in px of a page, given in pt, at a resolution in dpi."""
    width, height = (max(1, round(side * resolution / PT_PER_INCH)) for side in page)
    return width, height


def page_sizes(pdf: bytes) -> tuple[PaperSize, ...]:
    """Return the width and the height of each page of a PDF, in pt."""
    with pdfium.PdfDocument(pdf) as document:
        return tuple(document.get_page_size(index) for index in range(len(document)))


def draw_pages(pdf: bytes, resolution: float, *, small: bool = False) -> Iterator[Image.Image]:
    """Yield a picture of each page of a PDF at a resolution in dpi, as `draw_page` does."""
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            yield draw_page(page, *pixels(page.get_size(), resolution), small=small)


def draw_page(page: pdfium.PdfPage, width: int, height: int, *, small: bool = False) -> Image.Image:
    """Return a picture of a page of an open PDF, in a size in px, and close the page.

    The type of a `small` picture can still be read: it is drawn larger, and averaged.
    """
    times = _OVERSAMPLING if small else 1
    width, height = width * times, height * times
    bitmap = pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    # PdfPage.render rounds sizes up: 874.02 px to 875.
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return picture.reduce(times) if small else picture


def png(picture: Image.Image, resolution: int | None = None, *, compress_level: int = 6) -> bytes:
    """Return a picture as PNG, at a resolution in dpi; `compress_level` is 0, fast, to 9, small."""
    written = io.BytesIO()
    told = {} if resolution is None else {"dpi": (resolution, resolution)}
    picture.save(written, "PNG", compress_level=compress_level, **told)
    return written.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    """Return a picture as JPEG, which a PDF holds as it is."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return written.getvalue()
