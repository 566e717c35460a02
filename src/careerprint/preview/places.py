"""Finds where each block of a profile stands on the pages of a finished PDF.

It reads the PDF as preflight does, in the order of the structure tree, so right-to-left text is
found too. A block that is not found has no place; that is no error.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from careerprint.composing.job import Job
from careerprint.core.diagnostics import Location
from careerprint.core.geometry import Rectangle
from careerprint.finished.readback import Reading, marked_runs


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


def find_places(pdf: bytes, job: Job, left_out: Collection[str] = ()) -> list[BlockPlace]:
    """Return where the blocks of a job stand in its PDF, one place for each block and page.

    `left_out` are the names of the optional blocks that are not printed.
    """
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
    for text, corners in marked_runs(page):
        area = None
        if corners:
            across, up = zip(*corners, strict=True)
            top, bottom = 1 - max(up) / height, 1 - min(up) / height
            area = Rectangle(min(across) / width, top, max(across) / width, bottom)
        yield text, number, area
    page.close()
