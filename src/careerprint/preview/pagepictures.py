"""Pictures of single pages of finished PDFs, to be shown on a screen; kept while they are used.

PDFium may be used by one thread at a time, so everything that draws or reads in this process goes
through one `Pictures`.
"""

import io
from collections import OrderedDict
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from careerprint.composing.job import Job
from careerprint.output.proof import page_sizes
from careerprint.output.sheets import PaperSize
from careerprint.preview.places import BlockPlace, find_places

WIDTHS = (200, 400, 800, 1200, 1600, 2400)  # px: what pages are drawn in
# Small pages are drawn so many times larger, and averaged: their type becomes an even grey.
_OVERSAMPLING = 3
_SMALL = 400
_MOST_PICTURES, _MOST_PLACES = 96, 24
_QUICK = 1  # of PNG's levels of compression; a picture goes no farther than this machine's screen

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


class _Kept(Generic[KeyT, ValueT]):
    """The `most` values that were used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[KeyT, ValueT] = OrderedDict()

    def get(self, key: KeyT) -> ValueT | None:
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def put(self, key: KeyT, value: ValueT) -> None:
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)


@dataclass(slots=True)
class Pictures:
    """Draws pages and finds places on them, one at a time; PDFs go by their digests."""

    _alone: Lock = field(default_factory=Lock)
    _drawn: _Kept[tuple[str, int, int], bytes] = field(
        default_factory=lambda: _Kept(_MOST_PICTURES)
    )
    _sizes: _Kept[str, tuple[PaperSize, ...]] = field(default_factory=lambda: _Kept(_MOST_PICTURES))
    _places: _Kept[str, list[BlockPlace]] = field(default_factory=lambda: _Kept(_MOST_PLACES))

    def sizes(self, digest: str, pdf: bytes) -> tuple[PaperSize, ...]:
        """Return the width and the height of each page in pt."""
        with self._alone:
            found = self._sizes.get(digest)
            if found is None:
                found = page_sizes(pdf)
                self._sizes.put(digest, found)
            return found

    def page(self, digest: str, pdf: bytes, number: int, width: int) -> bytes | None:
        """Return a PNG of a page, counted from 1, in one of the `WIDTHS`; None where it has none.

        Drawn once, it is kept.
        """
        if width not in WIDTHS:
            return None
        with self._alone:
            key = digest, number, width
            found = self._drawn.get(key)
            if found is None and (found := _drawn(pdf, number, width)):
                self._drawn.put(key, found)
            return found

    def places(
        self, digest: str, pdf: bytes, job: Job, left_out: Collection[str]
    ) -> list[BlockPlace]:
        """Return where the blocks of the job stand on the pages of its PDF."""
        with self._alone:
            found = self._places.get(digest)
            if found is None:
                found = find_places(pdf, job, left_out)
                self._places.put(digest, found)
            return found


def _drawn(pdf: bytes, number: int, width: int) -> bytes | None:
    document = pdfium.PdfDocument(pdf)
    try:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        paper_width, paper_height = page.get_size()
        times = _OVERSAMPLING if width <= _SMALL else 1
        size = width * times, round(width * paper_height / paper_width) * times
        bitmap = pdfium.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, raw.FPDF_ANNOT)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        written = io.BytesIO()
        (picture.reduce(times) if times > 1 else picture).save(
            written, "PNG", compress_level=_QUICK
        )
        bitmap.close()
        page.close()
        return written.getvalue()
    finally:
        document.close()
