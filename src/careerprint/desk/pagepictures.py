"""Draws single pages of finished PDFs for the screen, and finds on them where each block stands.

PDFs are read as preflight reads them, in the order of the structure tree, so right-to-left text is
found too. A block that is not found has no place; that is no error.

PDFium may be used by one thread at a time, so everything that draws or reads in this process goes
through one `Pictures`.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import pypdfium2 as pdfium

from careerprint.composing.job import Job
from careerprint.core.diagnostics import Location
from careerprint.core.geometry import Rectangle
from careerprint.finished.readback import Reading, marked_runs
from careerprint.output.proof import PaperSize, draw_page, page_sizes, png

WIDTHS = (200, 400, 800, 1200, 1600, 2400)  # px: what pages are drawn in
_SMALL = 400  # px: up to this width, pages are drawn as small ones
_MOST_KEPT = 128  # pictures, sizes and places
_QUICK = 1  # level of PNG compression: fast, since the picture stays on this machine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """The place of a block, or of a part of one, on a page, which is counted from 1.

    `area` is left, top, right and bottom in parts of the page's width and height, from its top left
    corner. `is_untranslated` says that the block stands in German because there is no translation.
    """

    location: Location
    page: int
    area: Rectangle
    is_untranslated: bool


@dataclass(slots=True)
class Pictures:
    """Draws pages and finds places on them, one at a time; PDFs go by their digests."""

    _alone: Lock = field(default_factory=Lock)
    _kept: OrderedDict[tuple[Hashable, ...], Any] = field(default_factory=OrderedDict)

    def sizes(self, digest: str, pdf: bytes) -> tuple[PaperSize, ...]:
        """Return the width and the height of each page in pt."""
        return self._once(("sizes", digest), lambda: page_sizes(pdf))

    def page(self, digest: str, pdf: bytes, number: int, width: int) -> bytes | None:
        """Return a PNG of a page, from 1, in one of the `WIDTHS`; None where it has none."""
        if width not in WIDTHS:
            return None
        return self._once(("page", digest, number, width), lambda: _drawn(pdf, number, width))

    def places(
        self, digest: str, pdf: bytes, job: Job, left_out: Collection[str]
    ) -> list[BlockPlace]:
        """Return where the blocks of the job stand on the pages of its PDF."""
        return self._once(("places", digest), lambda: _found_places(pdf, job, left_out))

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
        height = round(width * paper_height / paper_width)
        picture = draw_page(page, width, height, small=width <= _SMALL)
        return png(picture, compress_level=_QUICK)


def _found_places(pdf: bytes, job: Job, left_out: Collection[str]) -> list[BlockPlace]:
    """Return where the blocks that are not left out stand, one place a block and page."""
    with pdfium.PdfDocument(pdf) as document:
        runs = [run for number, page in enumerate(document, 1) for run in _runs(page, number)]
    reading = Reading([text for text, *_ in runs])
    found = []
    for block in job.placed:
        if block.optional in left_out:
            continue
        held = [runs[number] for number in reading.next(block.text) or ()]
        for page in dict.fromkeys(number for _, number, _ in held):
            areas = [area for _, number, area in held if number == page and area]
            if areas:
                area = Rectangle.around(areas)
                found.append(BlockPlace(block.location, page, area, block.is_untranslated))
    return found


def _runs(page: Any, number: int) -> Iterator[tuple[str, int, Rectangle | None]]:  # noqa: ANN401 - pypdfium2 is untyped
    """Yield the text of each marked content of a page, its number, and the part that it covers."""
    width, height = page.get_size()
    for text, corners, _ in marked_runs(page):
        area = None
        if corners:
            across, up = zip(*corners, strict=True)
            top, bottom = 1 - max(up) / height, 1 - min(up) / height
            area = Rectangle(min(across) / width, top, max(across) / width, bottom)
        yield text, number, area
    page.close()
