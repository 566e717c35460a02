"""Plans sheets for an office printer: which page stands where on A4, and where to cut and fold.

Sizes and positions are in mm from the lower left of the sheet. Pages keep their size unless it is
asked for otherwise. Creep is not compensated for: it makes the inner sheets of a thick booklet
stand out, but with the few sheets that a stapler takes by less than an office printer is off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import floor
from typing import NamedTuple

from careerprint.core.diagnostics import N_, Location, refuse


class Size(NamedTuple):
    """A width and a height in mm."""

    width: float
    height: float

    @property
    def turned(self) -> "Size":
        """The same paper turned by a quarter."""
        return Size(self.height, self.width)

    def __str__(self) -> str:
        """Return it in whole mm, as paper sizes are given."""
        return f"{self.width:.0f} × {self.height:.0f} mm"

    def is_about(self, other: "Size", tolerance: float) -> bool:
        """Tell whether neither side differs by more than `tolerance` mm."""
        return all(abs(a - b) <= tolerance for a, b in zip(self, other, strict=True))


A4, A5, DIN_LANG = Size(210, 297), Size(148, 210), Size(99, 210)

# What programs make of A5 may be 148.5 mm wide, or 5.83 inches.
SIZE_TOLERANCE = 1.0
SIDES_OF_A_LEAF = 2
# By how much pages of one document may differ, or be too large for the sheet: no cut is so exact.
CUT_TOLERANCE = 0.5
ROUNDING = 0.01  # of lengths that a PDF gives in pt
# A strip narrower than this cannot be cut off, so it is left on.
NARROWEST_STRIP = 3.0
# Office printers leave 3 to 5 mm at the edges of a sheet blank, so marks that begin at the edge
# have to be longer. They lie exactly on the cut, hence on no page once it is cut. Where the margin
# has room, they stand there, and the gap keeps them off the page.
MARK_LENGTH, MARK_GAP = 8.0, 2.0


class Scheme(Enum):
    """How pages are put on sheets; the value is its name on the command line and in files.

    2up, 3up: so many copies of a page on one sheet, to be cut. Booklet: two pages on each side of
    a sheet, to be put one inside the other and folded.
    """

    TWO_UP = "2up"
    THREE_UP = "3up"
    BOOKLET = "booklet"

    @property
    def across(self) -> int:
        """How many pages stand on a side of a sheet."""
        return 3 if self is Scheme.THREE_UP else 2


class Flip(Enum):
    """The edge of the paper over which a printer has to turn it to print its other side."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Wish:
    """What users may ask for: a scheme, mm between pages, pages made to fit, no marks."""

    scheme: Scheme | None = None
    gutter: float = 0.0
    fit: bool = False
    marks: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """What a plan needs to know of a document: one size, so many pages, how it is bound."""

    size: Size
    page_count: int
    is_right_to_left: bool = False


class Placement(NamedTuple):
    """Where the lower left of a page stands; pages are counted from 0."""

    page: int
    x: float
    y: float


class Mark(NamedTuple):
    """A line from one point to another; one that is not a cut is a fold."""

    start: tuple[float, float]
    end: tuple[float, float]
    is_cut: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet."""

    places: tuple[Placement, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Imposition:
    """A plan: sides in the order in which they are printed, all on `sheet`, pages by `scale`.

    `blanks` pages are left empty before the last one.
    """

    scheme: Scheme
    sheet: Size
    scale: float
    sides: tuple[Side, ...]
    blanks: int = 0

    @property
    def flip(self) -> Flip | None:
        """How to print on both sides; None where there is one side only.

        Pages are turned from side to side, as in a book, and not head over heels.
        """
        if len(self.sides) == 1:
            return None
        return Flip.SHORT if self.sheet.width > self.sheet.height else Flip.LONG


def plan_imposition(document: Document, wish: Wish, location: Location) -> Imposition:
    """Return how a document is put on sheets of A4.

    A booklet is filled up to whole sheets with blank pages before the last, so that the back cover
    stays the back cover. Raises Refused, at `location`, for pages that do not fit.
    """
    scheme = wish.scheme or _usual_scheme(document, location)
    sides: list[tuple[int | None, ...]]
    if scheme is Scheme.BOOKLET:
        if document.page_count == 1:
            raise refuse(
                location,
                N_("A single page makes no booklet."),
                N_("⟨Leave --scheme out, or give 2up.⟩"),
            )
        sides = [*booklet_order(document.page_count, is_right_to_left=document.is_right_to_left)]
    else:
        sides = [(page,) * scheme.across for page in range(document.page_count)]
    # Landscape pages to be cut stand one above the other. That is planned lying on its side.
    is_stacked = scheme is not Scheme.BOOKLET and document.size.width > document.size.height
    size = document.size.turned if is_stacked else document.size
    row = _Row(size, scheme, wish.gutter, _scale(size, scheme, wish, location))
    drawn = [row.side(pages, is_inside=k % 2 == 1) for k, pages in enumerate(sides)]
    if not wish.marks:
        drawn = [Side(side.places, ()) for side in drawn]
    if is_stacked:
        drawn = [_turned(side) for side in drawn]
    blanks = -document.page_count % 4 if scheme is Scheme.BOOKLET else 0
    sheet = A4 if is_stacked else A4.turned
    return Imposition(scheme, sheet, row.scale, tuple(drawn), blanks)


def booklet_order(
    page_count: int, *, is_right_to_left: bool = False
) -> list[tuple[int | None, int | None]]:
    """Return which pages stand left and right on each side, outermost sheet first, front first.

    Pages are counted from 0; None is a blank one. On the front of the first sheet stand the last
    page and the first, on its back the second and the last but one. A booklet that is read from
    right to left has left and right changed over.
    """
    pages: list[int | None] = list(range(page_count))
    pages[-1:-1] = [None] * (-page_count % 4)
    sides = []
    for first in range(len(pages) // 2):
        front = (pages[-1 - first], pages[first])
        is_front = first % 2 == 0
        sides.append(front if is_front != is_right_to_left else front[::-1])
    return sides


def usual_scheme(document: Document) -> Scheme | None:
    """Return the scheme for a page size and a number of pages; None where there is none."""
    upright = Size(*sorted(document.size))
    if upright.is_about(A5, SIZE_TOLERANCE):
        is_leaf = document.page_count <= SIDES_OF_A_LEAF
        is_upright = document.size.width < document.size.height
        return Scheme.BOOKLET if is_upright and not is_leaf else Scheme.TWO_UP
    return Scheme.THREE_UP if upright.is_about(DIN_LANG, SIZE_TOLERANCE) else None


def _usual_scheme(document: Document, location: Location) -> Scheme:
    """Return the usual scheme; raises Refused where there is none."""
    if scheme := usual_scheme(document):
        return scheme
    upright = Size(*sorted(document.size))
    if upright.is_about(A4, SIZE_TOLERANCE):
        raise refuse(
            location,
            N_("The pages are A4 already: there is nothing to put together."),
            N_("Print it as it is, or take the edition in a smaller format⟨ (--format a5)⟩."),
        )
    raise refuse(
        location,
        N_("For pages of {size} there is no usual way to put them on A4."),
        N_("A5 and DIN lang have one⟨; for other sizes give --scheme: 2up, 3up or booklet⟩."),
        size=document.size,
    )


def _scale(size: Size, scheme: Scheme, wish: Wish, location: Location) -> float:
    """Return 1, or what makes the pages fit where that is wished; raises Refused where neither."""
    sheet, count = A4.turned, scheme.across
    gutters = wish.gutter * (count - 1)
    spare = Size(sheet.width - count * size.width, sheet.height - size.height)
    free = max(0.0, spare.width) + ROUNDING
    fits = min(spare) >= -CUT_TOLERANCE
    if fits and gutters <= free:
        return 1.0
    if wish.fit:
        room = Size((sheet.width - gutters) / count, sheet.height)
        return min(1.0, room.width / size.width, room.height / size.height)
    if fits:
        raise refuse(
            location,
            N_("A gutter of {gutter} mm does not fit between pages of {size}."),
            N_("Give at most {most} mm⟨, or --fit, which makes the pages smaller⟩."),
            gutter=f"{wish.gutter:g}",
            size=size,
            most=f"{floor(10 * free / (count - 1)) / 10:g}",
        )
    raise refuse(
        location,
        N_("Pages of {size} do not fit on A4 {count} to a side."),
        N_("⟨Choose another --scheme, or give --fit, which makes the pages smaller.⟩"),
        size=size,
        count=count,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """Pages side by side in the middle of a landscape sheet; `size` is theirs before scaling."""

    size: Size
    scheme: Scheme
    gutter: float
    scale: float

    @property
    def page(self) -> Size:
        """The size of a page on the sheet."""
        return Size(self.size.width * self.scale, self.size.height * self.scale)

    def side(self, pages: Sequence[int | None], *, is_inside: bool) -> Side:
        """Return a side with these pages, from left to right; None stays blank."""
        sheet, page = A4.turned, self.page
        step = page.width + self.gutter
        left = (sheet.width - step * len(pages) + self.gutter) / 2
        bottom = (sheet.height - page.height) / 2
        places = [
            Placement(number, left + k * step, bottom)
            for k, number in enumerate(pages)
            if number is not None
        ]
        starts = [left + k * step for k in range(len(pages))]
        return Side(tuple(places), tuple(self._marks(starts, bottom, is_inside=is_inside)))

    def _marks(self, starts: Sequence[float], bottom: float, *, is_inside: bool) -> Iterator[Mark]:
        """Yield the marks for pages that start at these distances from the left edge."""
        sheet, page = A4.turned, self.page
        edges = [edge for start in starts for edge in (start, start + page.width)]
        if self.scheme is Scheme.BOOKLET:
            edges = [edges[0], edges[-1]]
            # None on the cover: sheets are folded with their insides up.
            if is_inside:
                yield from _upright_marks(sheet.width / 2, bottom, is_cut=False)
        for edge in _cuts(edges, sheet.width):
            yield from _upright_marks(edge, bottom)
        for edge in _cuts([bottom, bottom + page.height], sheet.height):
            for start, end in _ends(sheet.width, starts[0]):
                yield Mark((start, edge), (end, edge))


def _cuts(edges: Sequence[float], length: float) -> list[float]:
    """Return where to cut: at each edge once, but not next to the edge of the sheet."""
    inside = [e for e in sorted(edges) if NARROWEST_STRIP <= e <= length - NARROWEST_STRIP]
    joined = [b for a, b in pairwise(inside) if b - a > ROUNDING]
    return inside[:1] + joined


def _upright_marks(x: float, margin: float, *, is_cut: bool = True) -> Iterator[Mark]:
    for start, end in _ends(A4.turned.height, margin):
        yield Mark((x, start), (x, end), is_cut)


def _ends(length: float, margin: float) -> list[tuple[float, float]]:
    """Return where marks begin and end at both ends of a sheet with such margins."""
    inner = max(MARK_LENGTH, margin - MARK_GAP)
    outer = inner - MARK_LENGTH
    return [(outer, inner), (length - outer, length - inner)]


def _turned(side: Side) -> Side:
    """Return a side with its pages one above the other instead of side by side."""
    return Side(
        tuple(Placement(place.page, place.y, place.x) for place in side.places),
        tuple(Mark(mark.start[::-1], mark.end[::-1], mark.is_cut) for mark in side.marks),
    )
