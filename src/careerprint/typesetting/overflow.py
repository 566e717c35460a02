"""Judges measured pages: what runs over its box, into something else or out of the safe area.

Excess is told in whole mm, rounded up, and in words to cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import ceil

from careerprint.composing.job import Job
from careerprint.core.concerns import PAGE_EMPTY, PICTURE_COARSE, PICTURE_SOFT
from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Severity,
    error,
    shortened,
    warning,
)
from careerprint.core.geometry import MM_PER_PT, Rectangle
from careerprint.core.targets import DPI_ROUNDING, PRESS
from careerprint.typesetting.copyfit import Setting, measures_of
from careerprint.typesetting.measure import Item, LaidOutPage

# A difference in mm that no reader sees and that rounding to device units may make.
TOLERANCE = 0.3
# The space that ends a line counts as a part of it: about a quarter of the height of its ink.
SPACE = 0.25
# A page of text that is emptier than this looks unfinished.
MOST_EMPTY = 1 / 3
_FEWEST_WORDS = 12  # on such a page that could be cut out
ALMOST_EMPTY = 3 / 4  # and one that is emptier than this does not go out
LONGEST = 3  # texts named to a user who has to cut
TELLING = 10  # letters that a line needs at least to be known as a part of a text
_HYPHENS = dict.fromkeys(map(ord, "-\u2010\u00ad"))


def too_long(page: LaidOutPage, job: Job) -> Diagnostic:
    """Return the error for a text that is longer than its page in the tightest setting.

    `page` holds all of it, below its end too, but for the optional blocks.
    """
    excess = -page.free
    printed: list[tuple[str, Location, int | None]] = [
        (block.text, block.origin, number)
        for number, block in enumerate(job.placed)
        if not block.optional and not block.is_private
    ]
    printed += [(str(text), text.location, None) for text in job.issuer]
    longest = sorted(printed, key=lambda text: -len(text[0]))[:LONGEST]
    words = _words_in(excess, page, longest[0][2] if longest else None, job)
    return error(
        longest[0][1] if longest else Location(job.name),
        N_(
            "The text ({locale}) is {excess} mm too long for a page of {width} × {height} mm, "
            "about {words} words."
        ),
        N_("Shorten it. The longest texts: {longest}.")
        if _words_in(excess, page, None, job) < sum(_count(text) for text, *_ in printed)
        else N_("It cannot be shortened so much: choose a larger format, or correct the layout."),
        locale=job.locale,
        excess=_whole(excess),
        width=f"{job.format.width:g}",
        height=f"{job.format.height:g}",
        words=words,
        longest="; ".join(f"“{_start(text)}” ({_count(text)})" for text, *_ in longest),
    )


def page_faults(pages: Sequence[LaidOutPage], job: Job) -> Iterator[Diagnostic]:
    """Yield what is wrong on the pages as they will be printed, the first error of each text."""
    told: set[Location] = set()
    yield from _coarse_pictures(pages, job)
    yield from _not_needed(pages, job)
    for number, page in enumerate(pages, 1):
        for fault in _page_faults(page, number, pages, job):
            if fault.severity is Severity.WARNING:
                yield fault
            elif fault.location not in told:
                yield fault
                told |= {fault.location} if fault.location.line else set()


def _page_faults(
    page: LaidOutPage, number: int, pages: Sequence[LaidOutPage], job: Job
) -> Iterator[Diagnostic]:
    overfull = dict(_overfull(page, number, job))
    yield from overfull.values()
    # Of the lines of a block, the last that runs over has the most to tell.
    last: dict[Location | Diagnostic, Diagnostic] = {}
    whole: list[Item] = []
    for item in page.items:
        if item.bounds.bottom in overfull:
            continue
        faults = list(_item_faults(item, page, number, job))
        last |= {fault.location if item.block is not None else fault: fault for fault in faults}
        whole += [] if faults else [item]
    yield from last.values()
    yield from _collisions(whole, number, job)
    # A page with no text of the profile is the layout's: a long table of contents, for example.
    is_told = any(item.block is not None for item in page.items)
    if is_told and page.frames and page.free > MOST_EMPTY * (page.bottom - page.top):
        yield _too_empty(page, number, job, _words_in_full_line(pages))


def _not_needed(pages: Sequence[LaidOutPage], job: Job) -> Iterator[Diagnostic]:
    """Yield that a sheet is hardly used: more of its pages are left for notes than are written."""
    multiple = job.pages.multiple_of
    left = [p for p in pages if not p.frames and all(item.block is None for item in p.items)]
    if multiple > 1 and 2 * len(left) >= multiple:
        yield warning(
            Location(job.name),
            N_("{left} of {count} pages ({locale}) are left for notes: a sheet holds {multiple}."),
            N_(
                "For {fewer} pages, shorten the text by about what stands on {over} of its pages, "
                "or put short sections under one heading: they then share a page. Or leave it so: "
                "readers can write there."
            ),
            left=len(left),
            count=len(pages),
            locale=job.locale,
            multiple=multiple,
            fewer=len(pages) - multiple,
            over=multiple - len(left),
        )


def _coarse_pictures(pages: Sequence[LaidOutPage], job: Job) -> Iterator[Diagnostic]:
    """Yield of each picture of a profile whether it has too few pixels, where it is largest.

    What is printed for the screen is judged for a press too: there, a picture is seen first. A logo
    is judged where it is read.
    """
    rasters = [item.raster for page in pages for item in page.items if item.raster]
    largest = {each.name: each for each in sorted(rasters, key=lambda each: -each.dpi)}
    for name, raster in sorted(largest.items()):
        place = job.pictures.get(name)
        is_sharp = raster.dpi >= PRESS.good_dpi * DPI_ROUNDING
        if is_sharp or place is None or place.path.endswith(".toml"):
            continue
        is_coarse = raster.dpi < PRESS.least_dpi * DPI_ROUNDING
        tell = error if raster.dpi < job.target.least_dpi * DPI_ROUNDING else warning
        told = tell(
            place,
            N_("The picture has too few dots for print: {width} × {height}; {wanted} are wanted.")
            if is_coarse
            else N_(
                "The picture may look soft in print: {width} × {height} dots; {wanted} are wanted."
            ),
            N_("Take the picture as the camera made it: a messenger makes pictures smaller."),
            width=raster.width,
            height=raster.height,
            wanted=" × ".join(
                str(ceil(side * PRESS.good_dpi / raster.dpi))
                for side in (raster.width, raster.height)
            ),
        )
        yield replace(told, rule=PICTURE_COARSE if is_coarse else PICTURE_SOFT)


def _overfull(page: LaidOutPage, number: int, job: Job) -> Iterator[tuple[float, Diagnostic]]:
    """Yield (its end, an error) for each box that several texts are too long for.

    The error names the text that takes up most of it, whichever of them runs over.
    """
    groups: dict[float, dict[int, list[Item]]] = {}
    for item in page.items:
        if item.block is not None:
            groups.setdefault(item.bounds.bottom, {}).setdefault(item.block, []).append(item)
    for end, blocks in groups.items():
        excess = max(items[-1].area.bottom for items in blocks.values()) - end
        if excess <= TOLERANCE or len(blocks) == 1:
            continue
        cause, lines = max(
            blocks.items(), key=lambda found: found[1][-1].area.bottom - found[1][0].area.top
        )
        line_height = (lines[-1].area.bottom - lines[0].area.top) / len(lines)
        words = sum(_count(line.text) for line in lines) / len(lines)
        yield (
            end,
            error(
                job.placed[cause].origin,
                N_("On page {number} ({locale}) the texts of a box are {excess} mm too long."),
                N_("Shorten the longest of them by about {words} words: “{text}”"),
                number=number,
                locale=job.locale,
                text=_start(job.placed[cause].shown),
                excess=_whole(excess),
                words=ceil(ceil(excess / line_height) * words),
            ),
        )


def _item_faults(item: Item, page: LaidOutPage, number: int, job: Job) -> Iterator[Diagnostic]:
    area, bounds, safe = item.area, item.bounds, job.format.safe
    space = SPACE * (area.bottom - area.top)
    sideways = max(bounds.left - area.left, area.right - bounds.right) - space
    along = max(bounds.top - area.top, area.bottom - bounds.bottom)
    edges = (
        safe - area.left,
        safe - area.top,
        area.right - (page.width - safe),
        area.bottom - (page.height - safe),
    )
    # A picture may run off the page as artwork does; then it reaches the edge.
    edge = max((edge for edge in edges if item.text or edge < safe - TOLERANCE), default=0)
    if max(sideways, along) > TOLERANCE and item.text:
        yield error(
            _place(item, job),
            N_("On page {number} ({locale}) “{text}” runs {excess} mm over the edge of its box."),
            N_(
                "Divide a long word with a hyphen, or with &shy; where one may stand: here it "
                "needs {needed} mm, and its line has {room} mm."
            )
            if sideways >= along
            else N_("Shorten the text by about {words} words."),
            number=number,
            locale=job.locale,
            text=_shown(item, job),
            excess=_whole(max(sideways, along)),
            words=_words_beyond(item, page),
            needed=ceil(area.right - area.left),
            room=int(bounds.right - bounds.left),
        )
    elif edge > TOLERANCE:
        place = _place(item, job)
        hint = N_("Shorten it.")
        if not place.line:
            hint = N_("Correct the layout.")
        elif place.path not in {block.origin.path for block in job.placed}:
            hint = N_("Shorten the issuer's details⟨ in careerprint.toml⟩.")
        yield error(
            place,
            N_("On page {number} ({locale}) “{text}” stands {excess} mm too near to the edge.")
            if item.text
            else N_(
                "On page {number} ({locale}) a picture stands {excess} mm too near to the edge."
            ),
            hint,
            number=number,
            locale=job.locale,
            text=_shown(item, job),
            excess=_whole(edge),
        )


def _collisions(items: Sequence[Item], number: int, job: Job) -> Iterator[Diagnostic]:
    """Yield an error for each text that runs into another or into a picture, once for each two."""
    worst: dict[tuple[Location, Location, bool], tuple[float, Item, Item]] = {}
    for pair in combinations(items, 2):
        if (excess := _overlap(pair[0].area, pair[1].area)) > TOLERANCE:
            one, other = sorted(
                pair, key=lambda i: (not i.text, i.block is None, not _place(i, job).line)
            )
            places = _place(one, job), _place(other, job), not other.text
            if places not in worst or excess > worst[places][0]:
                worst[places] = excess, one, other
    for excess, one, other in worst.values():
        yield error(
            _place(one, job),
            N_("On page {number} ({locale}) “{text}” runs {excess} mm into “{other}”.")
            if other.text
            else N_("On page {number} ({locale}) “{text}” runs {excess} mm into a picture."),
            N_("Shorten one of the two."),
            number=number,
            locale=job.locale,
            text=_shown(one, job),
            other=_shown(other, job),
            excess=_whole(excess),
        )


def _too_empty(page: LaidOutPage, number: int, job: Job, words_in_line: float) -> Diagnostic:
    lines = [item for item in page.items if item.block is not None]
    standing = sum(_count(line.text) for line in lines)
    line_height = _line_height(lines)
    is_almost = page.free > ALMOST_EMPTY * (page.bottom - page.top)
    tell = error if is_almost and job.target.is_final else warning
    told = tell(
        _place(lines[-1], job) if lines else Location(job.name),
        N_("Page {number} ({locale}) is {percent} % empty."),
        N_(
            "Lengthen its text by about {words} words, shorten the section by the {standing} words "
            "that stand here, or put it under one heading with a short section beside it."
        )
        if standing >= _FEWEST_WORDS
        else N_(
            "Lengthen its text by about {words} words, or put it under one heading with a short "
            "section beside it."
        ),
        number=number,
        locale=job.locale,
        percent=round(100 * page.free / (page.bottom - page.top)),
        words=ceil(page.free / 2 / line_height * words_in_line),
        standing=standing,
    )
    return replace(told, rule=PAGE_EMPTY) if is_almost else told


def _overlap(first: Rectangle, second: Rectangle) -> float:
    """Return by how many mm two areas overlap, in the direction in which it is less."""
    across = min(first.right, second.right) - max(first.left, second.left)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    return min(across, down)


def _words_beyond(item: Item, page: LaidOutPage) -> int:
    """Return how many words of an item's block stand below what bounds it."""
    beyond = [
        other
        for other in page.items
        if other.block == item.block and other.area.bottom > item.bounds.bottom
    ]
    return sum(_count(other.text) for other in beyond)


def _words_in(excess: float, page: LaidOutPage, block: int | None, job: Job) -> int:
    """Return how many words take up so many mm, set as the block is, or as most of the page is."""
    lines = [item for item in page.items if item.block == block is not None]
    if len(lines) > 1:
        height = (lines[-1].area.bottom - lines[0].area.bottom) / (len(lines) - 1)
    else:
        tightest = measures_of(Setting(0), job.format.fit)
        height = tightest.type_size * tightest.leading * MM_PER_PT
        lines = [item for item in page.items if item.block is not None]
    words = sum(_count(line.text) for line in lines) / len(lines) if lines else 1.0
    return ceil(ceil(excess / height) * words)


def room_left(pages: Sequence[LaidOutPage], setting: Setting, job: Job) -> tuple[float, int]:
    """Return which part of the fullest page is used, 0 to 1, and how many words it still holds.

    These are set as the text is, in lines like those that are there; rounded down.
    """
    page = min(pages, key=lambda page: page.free)
    free = max(page.free, 0.0)
    measures = measures_of(setting, job.format.fit)
    line_height = measures.type_size * measures.leading * MM_PER_PT
    lines = [item for item in page.items if item.block is not None]
    words = sum(_count(line.text) for line in lines) / len(lines) if lines else 1.0
    return 1 - free / (page.bottom - page.top), int(int(free / line_height) * words)


def _words_in_full_line(pages: Sequence[LaidOutPage]) -> float:
    """Return how many words a line as wide as the widest may be holds, as most lines have them."""
    lines = [item for page in pages for item in page.items if item.block is not None]
    width = sum(line.area.right - line.area.left for line in lines)
    widest = max((line.bounds.right - line.bounds.left for line in lines), default=0)
    return sum(_count(line.text) for line in lines) / width * widest if width else 1.0


def _line_height(lines: Sequence[Item]) -> float:
    """Return the usual height of a line with the distance to the next, in mm."""
    heights = sorted(line.area.bottom - line.area.top for line in lines)
    return heights[len(heights) // 2] * 1.4 if heights else 5.0


def _whole(excess: float) -> int:
    """Return an excess in whole mm, rounded up, but not for what rounding itself has added."""
    return ceil(round(excess, 1))


def _place(item: Item, job: Job) -> Location:
    """Return where the text of an item was written; the document's name for the layout's words.

    What the issuer wrote, and second mentions such as a running title, are known by their text.
    """
    if item.block is not None:
        return job.placed[item.block].origin
    part = _bare(item.text)
    written = [(block.text, block.origin) for block in job.placed]
    written += [(str(text), text.location) for text in job.issuer]
    found = (location for text, location in written if part in _bare(text))
    return next(found, Location(job.name)) if len(part) >= TELLING else Location(job.name)


def _bare(text: str) -> str:
    """Return a text without what line breaking changes."""
    return "".join(text.split()).translate(_HYPHENS)


def _count(text: str) -> int:
    return len(text.split())


def _shown(item: Item, job: Job) -> str:
    """Return how the text of an item begins, as a message may show it."""
    is_private = item.block is not None and job.placed[item.block].is_private
    return "…" if is_private else _start(item.text)


def _start(text: str) -> str:
    return shortened(" ".join(text.split()))
