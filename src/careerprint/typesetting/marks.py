"""Draws crop marks around the pages of a press file, outside the bleed.

WeasyPrint draws them inside it, where they would be printed on what is trimmed too tightly.
"""

import io

from pikepdf import Array, Pdf

from careerprint.core.geometry import MM_PER_PT

ROOM = 10.0  # mm between the bleed and the edge of the sheet
GAP, LENGTH = 1.0, 6.0  # mm: from the bleed to a mark, and how long that is
WIDTH = 0.25  # pt: as thin as a hair, yet printed


def with_marks(pdf: bytes, bleed: float) -> bytes:
    """Return a press file with eight crop marks a page, in black ink; `bleed` is in mm.

    Each page's MediaBox grows by ROOM on all sides; TrimBox and BleedBox stay where they are.
    Artwork that is drawn further than this shop's bleed ends where that ends.
    """
    written = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            trim = [float(side) for side in page.trimbox]
            media = [float(side) for side in page.mediabox]
            room = ROOM / MM_PER_PT
            grown = (media[0] - room, media[1] - room, media[2] + room, media[3] + room)
            page.mediabox = Array(grown)
            drawn = _drawing(trim, (bleed + GAP) / MM_PER_PT, LENGTH / MM_PER_PT)
            page.contents_add(document.make_stream(drawn + _clip(media)), prepend=True)
            page.contents_add(document.make_stream(b"\nQ\n"), prepend=False)
        document.save(written, deterministic_id=True)
    return written.getvalue()


def _clip(box: list[float]) -> bytes:
    """Return the beginning of a content stream that draws inside a rectangle only; Q ends it."""
    left, bottom, right, top = box
    return f"q {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n\n".encode()


def _drawing(trim: list[float], offset: float, length: float) -> bytes:
    """Return marks at the corners of a rectangle, in pt, as a content stream of artifacts."""
    left, bottom, right, top = trim
    lines = []
    for x, away in ((left, -1), (right, 1)):
        for y in (bottom, top):
            start = x + away * offset
            lines.append(f"{start:.3f} {y:.3f} m {start + away * length:.3f} {y:.3f} l S")
    for y, away in ((bottom, -1), (top, 1)):
        for x in (left, right):
            start = y + away * offset
            lines.append(f"{x:.3f} {start:.3f} m {x:.3f} {start + away * length:.3f} l S")
    return "\n".join(("/Artifact BMC q", f"0 0 0 1 K {WIDTH} w", *lines, "Q EMC\n")).encode()
