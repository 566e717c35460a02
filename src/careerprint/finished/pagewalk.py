"""What is kept while the content of a page is followed: what was found, what is read, how long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from pikepdf import Dictionary, Name, Pdf

from careerprint.core.geometry import Point, Rectangle, enclosed
from careerprint.finished.paints import GROUP, Paint, Painted
from careerprint.finished.spaces import Space, space_of
from careerprint.finished.streams import PdfObject, TooSlow

SECONDS_A_PAGE = 5.0  # that are spent on a page; what is left of it then is not judged


@dataclass(slots=True)
class PageWalk:
    """What the contents of one page have in common.

    `corner` is the top left of what is trimmed, in pt. `reading` is the number of the object that
    is being read, 0 where it has none. `parsed` are the contents that were read already, `seen` the
    objects whose paint is known. From `end` on, in seconds of the clock, the page takes too long.
    """

    pdf: Pdf
    page: int
    corner: Point
    found: Painted
    parsed: dict[tuple[int, int], list[PdfObject]] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)
    fonts: list[PdfObject] = field(default_factory=list)
    end: float = field(default_factory=lambda: monotonic() + SECONDS_A_PAGE)
    reading: int = 0

    def check_time(self) -> None:
        """Raise TooSlow where following the page takes longer than SECONDS_A_PAGE."""
        if monotonic() > self.end:
            raise TooSlow

    def note(
        self, kind: str, space: Space, values: Sequence[float], place: Rectangle | None, *how: bool
    ) -> None:
        """Note a paint: its kind, colour and place; `how` is as in Paint."""
        rounded = tuple(round(float(value), 4) for value in values)
        self.found.note(Paint(kind, space, rounded, self.page, place, *how))

    def group(self, owner: PdfObject, resources: PdfObject, *, mask: bool = False) -> None:
        """Note the space in which the colours of a page or form are mixed."""
        space = owner.get(Name.Group, Dictionary()).get(Name.CS)
        if space is not None:
            self.note(GROUP, space_of(space, resources), (), None, mask)

    def area(self, points: Iterable[Point]) -> Rectangle:
        """Return what the points enclose, in mm from the corner."""
        return enclosed(points, self.corner)
