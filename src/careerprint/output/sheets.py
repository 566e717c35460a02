"""Plans contact sheets: where the pages of many editions stand on how many sheets.

Sizes on paper are in pt, those on a sheet in px, with the origin at its upper left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# How large pages are shown, in px per cm, largest first: the first that puts all on one sheet is
# taken. With the smallest, headlines can still be read, and there are as many sheets as it takes.
SCALES = (60, 48, 38, 32, 26)
LIMIT = 4000  # px: no sheet is wider, and none higher unless a single row is
NARROWEST = 1100  # px: so that headings have room

MARGIN = 120
GAP = 52  # between what stands side by side
BETWEEN_ROWS = 60
BETWEEN_GROUPS = 130
HEADING_HEIGHT, BELOW_HEADING = 84, 56
CAPTION_WIDTH, CAPTION_HEIGHT = 268, 128
ABOVE_CAPTION = 28
FOLD = 1  # the hairline between the two pages of a spread

PaperSize = tuple[float, float]
A4: PaperSize = (595.28, 841.89)


class Size(NamedTuple):
    """A width and a height in px."""

    width: int
    height: int


class Box(NamedTuple):
    """A place on a sheet, in px."""

    left: int
    top: int
    width: int
    height: int

    def moved(self, right: int, down: int) -> "Box":
        """Return the box as many px to the right and down."""
        return self._replace(left=self.left + right, top=self.top + down)


@dataclass(frozen=True, slots=True)
class Card:
    """An edition on a contact sheet: its path, the lines of its caption, its pages' sizes in pt.

    `is_right_to_left` tells how it is bound. One that failed has no pages; the word for that,
    `failed`, is shown on an empty one.
    """

    path: str
    caption: tuple[str, ...]
    pages: tuple[PaperSize, ...] = ()
    is_right_to_left: bool = False
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one profile in one layout and format; these are their heading."""

    profile: str
    product: str
    cards: tuple[Card, ...]

    @property
    def is_of_booklets(self) -> bool:
        """Whether any of the editions has more than one page."""
        return any(len(card.pages) > 1 for card in self.cards)

    @property
    def page_size(self) -> PaperSize:
        """The size of the first page that there is; A4 where all editions failed."""
        return next((page for card in self.cards for page in card.pages), A4)


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card with the places of its caption and of its pages, in the order of the pages."""

    card: Card
    caption: Box
    pages: tuple[Box, ...]

    def moved(self, right: int, down: int) -> "PlacedCard":
        """Return it as many px to the right and down."""
        pages = tuple(page.moved(right, down) for page in self.pages)
        return PlacedCard(self.card, self.caption.moved(right, down), pages)


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """What a sheet shows of a group: its heading, and some of its cards or all."""

    group: Group
    heading: Box
    cards: tuple[PlacedCard, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contact sheet as planned."""

    size: Size
    groups: tuple[PlacedGroup, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """Cards side by side, placed from (0, 0). `is_broken`: a booklet took more than one line."""

    cards: tuple[PlacedCard, ...]
    size: Size
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """As many rows of a group as go on one sheet."""

    group: Group
    rows: tuple[_Row, ...]

    @property
    def height(self) -> int:
        """How high it is with its heading."""
        rows = sum(row.size.height for row in self.rows) + BETWEEN_ROWS * (len(self.rows) - 1)
        return HEADING_HEIGHT + BELOW_HEADING + rows


def plan_sheets(groups: Sequence[Group]) -> list[Sheet]:
    """Return the contact sheets that show all cards of the groups, in their order.

    Booklets take a row each, lie open in spreads and have their captions beside them; single
    pages stand several to a row and have theirs below.
    """
    for scale in SCALES:
        rows = [(group, _rows(group, scale)) for group in groups]
        sheets = _packed([s for group, made in rows for s in _divided(group, made)])
        if len(sheets) == 1 and not any(row.is_broken for _, made in rows for row in made):
            break
    width = max(row.size.width for sheet in sheets for s in sheet for row in s.rows)
    return [_placed(sheet, max(width + 2 * MARGIN, NARROWEST)) for sheet in sheets]


def pixels(page: PaperSize, resolution: float) -> Size:
    """Return the size in px of a page, given in pt, at a resolution in dpi."""
    width, height = (max(1, round(side * resolution / 72)) for side in page)
    return Size(width, height)


def spreads(page_count: int) -> list[tuple[int, ...]]:
    """Return which pages, counted from 0, lie side by side in an open booklet.

    The first lies alone and so does the last of an even number: together they are the cover.
    """
    pairs = [tuple(range(k, min(k + 2, page_count))) for k in range(1, page_count, 2)]
    return [(0,), *pairs]


def lines(widths: Sequence[int], room: int, gap: int) -> Iterator[range]:
    """Yield which of some things side by side stand in each line of the width `room`."""
    first = end = 0
    for number, width in enumerate(widths):
        if number > first and end + width > room:
            yield range(first, number)
            first, end = number, 0
        end += width + gap
    yield range(first, len(widths))


def _rows(group: Group, scale: float) -> tuple[_Row, ...]:
    """Return the rows that show a group at so many px per cm."""
    if group.is_of_booklets:
        return tuple(_booklet(card, _shown_sizes(card, group, scale)) for card in group.cards)
    pages = [(card, _shown_sizes(card, group, scale)[0]) for card in group.cards]
    cell = Size(max(size.width for _, size in pages), max(size.height for _, size in pages))
    most = max(1, (LIMIT - 2 * MARGIN + GAP) // (cell.width + GAP))
    columns = -(-len(pages) // -(-len(pages) // most))  # evenly: rather 4, 4, 3 than 5, 5, 1
    return tuple(
        _singles(pages[first : first + columns], cell) for first in range(0, len(pages), columns)
    )


def _shown_sizes(card: Card, group: Group, scale: float) -> tuple[Size, ...]:
    return tuple(pixels(page, scale * 2.54) for page in card.pages or (group.page_size,))


def _booklet(card: Card, sizes: Sequence[Size]) -> _Row:
    """Return the row of a booklet: its caption, then its spreads in as few lines as possible.

    The spreads follow each other from left to right whatever the binding, so that what belongs
    together in several languages stands one below the other. In each, the pages lie as they do in
    the booklet: bound on the right, the first of the two is on the right.
    """
    parts = spreads(len(sizes))
    widths = [sum(sizes[page].width for page in part) + FOLD * (len(part) - 1) for part in parts]
    start = CAPTION_WIDTH + GAP
    places: dict[int, Box] = {}
    top = right = 0
    found = list(lines(widths, LIMIT - 2 * MARGIN - start, GAP))
    for line in found:
        left = start
        for number in line:
            for page in reversed(parts[number]) if card.is_right_to_left else parts[number]:
                places[page] = Box(left, top, *sizes[page])
                left += sizes[page].width + FOLD
            left += GAP - FOLD
        right = max(right, left - GAP)
        top += max(sizes[page].height for number in line for page in parts[number]) + GAP
    size = Size(right, max(top - GAP, CAPTION_HEIGHT))
    caption = Box(0, 0, CAPTION_WIDTH, CAPTION_HEIGHT)
    placed = PlacedCard(card, caption, tuple(places[page] for page in range(len(sizes))))
    return _Row((placed,), size, len(found) > 1)


def _singles(pages: Sequence[tuple[Card, Size]], cell: Size) -> _Row:
    """Return the row of some single pages: in cells of one size, with their captions below."""
    caption = Box(0, cell.height + ABOVE_CAPTION, cell.width, CAPTION_HEIGHT)
    placed = [
        PlacedCard(card, caption, (Box(0, cell.height - size.height, *size),)).moved(
            number * (cell.width + GAP), 0
        )
        for number, (card, size) in enumerate(pages)
    ]
    width = len(placed) * (cell.width + GAP) - GAP
    return _Row(tuple(placed), Size(width, caption.top + caption.height))


def _divided(group: Group, rows: tuple[_Row, ...]) -> list[_Section]:
    """Return a group's rows as evenly as possible in as few sections as fit on a sheet each."""
    for parts in range(1, len(rows) + 1):
        most = -(-len(rows) // parts)
        starts = range(0, len(rows), most)
        sections = [_Section(group, rows[start : start + most]) for start in starts]
        if all(section.height <= LIMIT - 2 * MARGIN for section in sections):
            break
    return sections


def _packed(sections: Sequence[_Section]) -> list[list[_Section]]:
    """Return the sections by sheet, in their order, as many on each as there is room for."""
    sheets: list[list[_Section]] = []
    used = 0
    for section in sections:
        if sheets and used + BETWEEN_GROUPS + section.height <= LIMIT - 2 * MARGIN:
            sheets[-1].append(section)
            used += BETWEEN_GROUPS + section.height
        else:
            sheets.append([section])
            used = section.height
    return sheets


def _placed(sections: Sequence[_Section], width: int) -> Sheet:
    """Return the sheet of this width that shows the sections one below the other."""
    placed = []
    top = MARGIN
    for section in sections:
        heading = Box(MARGIN, top, width - 2 * MARGIN, HEADING_HEIGHT)
        below = top + HEADING_HEIGHT + BELOW_HEADING
        cards: list[PlacedCard] = []
        # What is a little narrower than the sheet is spread out to its edges.
        columns = max(len(row.cards) for row in section.rows)
        spare = width - 2 * MARGIN - max(row.size.width for row in section.rows)
        wider = spare / (columns - 1) if 0 < spare <= GAP * (columns - 1) else 0
        for row in section.rows:
            cards += (
                card.moved(MARGIN + round(number * wider), below)
                for number, card in enumerate(row.cards)
            )
            below += row.size.height + BETWEEN_ROWS
        placed.append(PlacedGroup(section.group, heading, tuple(cards)))
        top += section.height + BETWEEN_GROUPS
    return Sheet(Size(width, top - BETWEEN_GROUPS + MARGIN), tuple(placed))
