"""Sets contact sheets: the pages of many editions, small, as a paper of one or more sheets.

Lengths are in mm, sizes of pages in pt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careerprint.composing.job import Job
from careerprint.core.diagnostics import N_
from careerprint.core.geometry import MM_PER_PT
from careerprint.core.messages import translator
from careerprint.output.papers import Paper, paper_job
from careerprint.output.proof import PaperSize

# How large pages are shown, largest first: the first scale that puts all on one sheet is taken.
# With the smallest, headlines can still be read, and there are as many sheets as it takes.
SCALES = (0.6, 0.48, 0.38, 0.32, 0.26)
NARROWEST, WIDEST, HIGHEST = 110.0, 400.0, 400.0  # of a sheet
MARGIN = 14.0

# The lengths of contact.css: between pages; beside a booklet; below a page; below a row; a heading.
_GAP, _BESIDE, _CAPTION, _BELOW, _HEADING = 5.0, 32.0, 16.0, 6.0, 27.0
_ROOM = WIDEST - 2 * MARGIN + _GAP  # for a row, with the gap behind its last page
_A4: PaperSize = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class Card:
    """An edition on a contact sheet: its path, the lines of its caption, its pages' sizes.

    `is_right_to_left` tells how it is bound. One that failed has no pages; the word for that,
    `failed`, is shown on an empty one.
    """

    path: str
    caption: tuple[str, ...]
    pages: tuple[PaperSize, ...] = ()
    is_right_to_left: bool = False
    failed: str = ""

    def picture(self, number: int) -> str:
        """Return what the picture of a page, counted from 1, is called on the sheet."""
        return f"{self.path}-{number}.jpg"


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

    def sizes(self, card: Card) -> tuple[PaperSize, ...]:
        """Return the sizes of a card's pages; of one that failed, the size of another's first."""
        known = next((page for other in self.cards for page in other.pages), _A4)
        return card.pages or (known,)


def fitting_scale(groups: Sequence[Group]) -> float:
    """Return the largest scale that puts all groups on one sheet, no row broken; else the least."""

    def fits(scale: float) -> bool:
        height = sum(_HEADING + len(_rows(g, scale)) * _row_height(g, scale) for g in groups)
        is_low = height <= HIGHEST - 2 * MARGIN
        return is_low and all(_row_width(g, scale) <= _ROOM for g in groups)

    return next(filter(fits, SCALES), SCALES[-1])


def contact_sheets(
    groups: Sequence[Group],
    scale: float,
    pictures: Mapping[str, bytes],
    language: str,
) -> Job:
    """Return the contact sheets of some editions as a job: a page a sheet, all of the same size.

    `pictures` are the pictures of the cards' pages, by name. Booklets take a row each, lie open,
    and have their captions beside them; single pages stand several to a row and have theirs below.
    """
    rows = max(_row_width(group, scale) for group in groups)
    width = max(rows - _GAP + 2 * MARGIN, NARROWEST)
    translate = translator(language)
    context = {
        "language": language,
        "title": translate(N_("Contact sheet")),
        "page": translate(N_("Page {number}")),
        "groups": [_shown(group, scale) for group in groups],
    }
    paper = Paper("contact", min(width, WIDEST), HIGHEST)
    return paper_job(paper, "contact-sheet.png", context, pictures)


def spreads(page_count: int) -> list[tuple[int, ...]]:
    """Return which pages, counted from 0, lie side by side in an open booklet.

    The first lies alone and so does the last of an even number: together they are the cover.
    """
    pairs = [tuple(range(k, min(k + 2, page_count))) for k in range(1, page_count, 2)]
    return [(0,), *pairs]


def _row_width(group: Group, scale: float) -> float:
    """Return the width of a group's widest row."""
    if group.is_of_booklets:
        return _BESIDE + max(
            sum(width for width, _ in group.sizes(card)) * MM_PER_PT * scale
            + len(spreads(len(group.sizes(card)))) * _GAP
            for card in group.cards
        )
    return len(_rows(group, scale)[0]) * _cell(group, scale)


def _row_height(group: Group, scale: float) -> float:
    highest = max(height for card in group.cards for _, height in group.sizes(card))
    below = 0 if group.is_of_booklets else _CAPTION
    return highest * MM_PER_PT * scale + below + _BELOW


def _cell(group: Group, scale: float) -> float:
    """Return the width of what a single page takes up in its row."""
    widest = max(width for card in group.cards for width, _ in group.sizes(card))
    return widest * MM_PER_PT * scale + _GAP


def _rows(group: Group, scale: float) -> list[tuple[Card, ...]]:
    """Return the cards of a group row by row, evenly: 4, 4, 3 rather than 5, 5, 1."""
    count = len(group.cards)
    most = 1 if group.is_of_booklets else max(1, int(_ROOM // _cell(group, scale)))
    columns = -(-count // -(-count // most))
    return [group.cards[first : first + columns] for first in range(0, count, columns)]


def _shown(group: Group, scale: float) -> dict[str, object]:
    """Return what the template needs of a group."""

    def spreads_of(card: Card) -> list[list[tuple[int, float, float]]]:
        """Return the spreads of a card: of each page its number from 1, width and height."""
        factor = MM_PER_PT * scale
        sizes = [(round(w * factor, 3), round(h * factor, 3)) for w, h in group.sizes(card)]
        return [[(n + 1, *sizes[n]) for n in spread] for spread in spreads(len(sizes))]

    rows = _rows(group, scale)
    # About how many lines the longest of its rows is broken into, rather too many.
    lines = 1 + int(1.2 * _row_width(group, scale) / _ROOM)
    return {
        "profile": group.profile,
        "product": group.product,
        "is_of_booklets": group.is_of_booklets,
        "is_long": lines * _row_height(group, scale) > HIGHEST - 2 * MARGIN - _HEADING,
        "columns": len(rows[0]),
        "width": round(min(_row_width(group, scale), _ROOM), 3),
        "cell": round(_cell(group, scale), 3),
        "rows": [[(card, spreads_of(card)) for card in row] for row in rows],
    }
