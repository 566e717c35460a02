"""Draws single pages of finished PDFs for the screen, and keeps the pictures while they are used.

PDFium may be used by one thread at a time, so everything that draws or reads in this process goes
through one `Pictures`.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import pypdfium2 as pdfium

from careerprint.composing.job import Job
from careerprint.output.proof import PaperSize, Size, draw_page, page_sizes, png
from careerprint.preview.places import BlockPlace, find_places

WIDTHS = (200, 400, 800, 1200, 1600, 2400)  # px: what pages are drawn in
_SMALL = 400  # px: up to this width, pages are drawn as small ones
_MOST_KEPT = 128  # pictures, sizes and places
_QUICK = 1  # level of PNG compression: fast, since the picture stays on this machine

T = TypeVar("T")


@dataclass(slots=True)
class Pictures:
    """Draws pages and finds places on them, one at a time; PDFs go by their digests."""

    _alone: Lock = field(default_factory=Lock)
    _kept: OrderedDict[tuple[Hashable, ...], Any] = field(default_factory=OrderedDict)

    def sizes(self, digest: str, pdf: bytes) -> tuple[PaperSize, ...]:
        """Return the width and the height of each page in pt."""
        return self._once(("sizes", digest), lambda: page_sizes(pdf))

    def page(self, digest: str, pdf: bytes, number: int, width: int) -> bytes | None:
        """Return a PNG of a page, from 1, in one of the `WIDTHS` in px; None where it has none.

        A picture is drawn once and kept.
        """
        if width not in WIDTHS:
            return None
        return self._once(("page", digest, number, width), lambda: _drawn(pdf, number, width))

    def places(
        self, digest: str, pdf: bytes, job: Job, left_out: Collection[str]
    ) -> list[BlockPlace]:
        """Return where the blocks of the job stand on the pages of its PDF."""
        return self._once(("places", digest), lambda: find_places(pdf, job, left_out))

    def _once(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """Return what `make` makes, or has made before; what was used last is kept."""
        with self._alone:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            found: T = self._kept[key]
            return found


def _drawn(pdf: bytes, number: int, width: int) -> bytes | None:
    with pdfium.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        paper_width, paper_height = page.get_size()
        size = Size(width, round(width * paper_height / paper_width))
        return png(draw_page(page, size, small=width <= _SMALL), compress_level=_QUICK)
