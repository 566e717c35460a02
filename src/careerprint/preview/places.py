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
from careerprint.finished.readback import Reading, reading_order
from careerprint.finished.textobjects import text_objects


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


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of a page's text: the content of a marked-content sequence."""

    text: str
    page: int
    area: Rectangle | None


def find_places(pdf: bytes, job: Job, left_out: Collection[str] = ()) -> list[BlockPlace]:
    """Return where the blocks of a job stand in its PDF, one place for each block and page.

    `left_out` are the names of the optional blocks that are not printed.
    """
    with pdfium.PdfDocument(pdf) as document:
        runs = [run for number, page in enumerate(document, 1) for run in _runs(page, number)]
    reading = Reading([run.text for run in runs])
    found = []
    for block in job.placed:
        if block.optional in left_out:
            continue
        numbers = reading.next(block.text)
        held = [runs[number] for number in numbers or ()]
        for page in dict.fromkeys(run.page for run in held):
            areas = [run.area for run in held if run.page == page and run.area]
            if areas:
                area = Rectangle.around(areas)
                found.append(BlockPlace(block.location, page, area, block.is_untranslated))
    return found


def _runs(page: Any, number: int) -> Iterator[_Run]:  # noqa: ANN401 - pypdfium2 is untyped
    texts: dict[int, str] = {}
    areas: dict[int, list[Rectangle]] = {}
    width, height = page.get_size()
    for found in text_objects(page):
        if found.mark is None:
            continue
        texts[found.mark] = texts.get(found.mark, "") + found.text
        if found.text.strip():
            across, up = zip(*found.corners, strict=True)
            left, right, bottom, top = min(across), max(across), min(up), max(up)
            area = Rectangle(left / width, 1 - top / height, right / width, 1 - bottom / height)
            areas.setdefault(found.mark, []).append(area)
    for identifier in reading_order(page):
        held = areas.get(identifier)
        yield _Run(texts.get(identifier, ""), number, Rectangle.around(held) if held else None)
    page.close()
