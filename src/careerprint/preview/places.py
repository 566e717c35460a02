"""Finds where each block of a profile stands on the pages of a finished PDF.

It reads the PDF as preflight does, in the order of the structure tree, so right-to-left text is
found too. A block that is not found has no place; that is no error.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from careerprint.composing.job import Job
from careerprint.core.diagnostics import Location
from careerprint.core.geometry import Rectangle
from careerprint.finished.readback import Reading, reading_order, utf16


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
    document = pdfium.PdfDocument(pdf)
    try:
        runs = [run for number, page in enumerate(document, 1) for run in _runs(page, number)]
    finally:
        document.close()
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
                place = BlockPlace(block.location, page, _around(areas), block.is_untranslated)
                found.append(place)
    return found


def _runs(page: Any, number: int) -> Iterator[_Run]:  # noqa: ANN401 - pypdfium2 is untyped
    text_page = page.get_textpage()
    texts: dict[int, str] = {}
    areas: dict[int, list[Rectangle]] = {}
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        identifier = raw.FPDFPageObj_GetMarkedContentID(item)
        text = utf16(partial(raw.FPDFTextObj_GetText, item, text_page))
        texts[identifier] = texts.get(identifier, "") + text
        if text.strip():
            left, bottom, right, top = item.get_bounds()
            area = Rectangle(left / width, 1 - top / height, right / width, 1 - bottom / height)
            areas.setdefault(identifier, []).append(area)
    for identifier in reading_order(page):
        held = areas.get(identifier)
        yield _Run(texts.get(identifier, ""), number, _around(held) if held else None)
    text_page.close()
    page.close()


def _around(areas: list[Rectangle]) -> Rectangle:
    """Return the smallest rectangle around all of these."""
    return Rectangle(
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )
