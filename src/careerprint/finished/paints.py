"""What the pages of a PDF are painted with, as plain data, and the state of what follows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from pikepdf import Dictionary, Matrix, Name, Pdf

from careerprint.core.geometry import Point, Rectangle, enclosed
from careerprint.finished.pictures import Picture
from careerprint.finished.spaces import GRAY, Inks, Space, inks_of, space_of
from careerprint.finished.streams import Fault, PdfObject, TooSlow

SECONDS_A_PAGE = 5.0  # that are spent on a page; what is left of it then is not judged
TEXT, AREA, SHADING, GROUP = "text", "area", "shading", "group"


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour that something on a page is painted in, and where it is found first.

    `kind` is TEXT, AREA, SHADING, or GROUP, which paints nothing, but whose colours are mixed in
    the space. `in_mask` says that it is part of a soft mask, which only hides, `overprints` that
    inks of which it has none stay as they are below it.
    """

    kind: str
    space: Space
    values: tuple[float, ...]
    page: int
    place: Rectangle | None = None
    in_mask: bool = False
    overprints: bool = False

    @property
    def inks(self) -> Inks | None:
        """The inks of the colour, where these are written in it."""
        return inks_of(self.space, self.values)


@dataclass(frozen=True, slots=True)
class Blank:
    """A text of which the font `font` has no glyph for a character, on a page (from 1)."""

    font: str
    page: int
    place: Rectangle


@dataclass(slots=True)
class Painted:
    """What is known so far of what the pages of a PDF are painted with.

    `fonts` maps the name of each font to the bytes of its file, None where that is not embedded.
    `unjudged` are the pages (from 1) that were not followed to their end, which took too long.
    `faults` are what could not be read on the way. `steps` and `forms` count the operators and the
    forms that were followed.
    """

    paints: dict[tuple[object, ...], Paint] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    fonts: dict[str, bytes | None] = field(default_factory=dict)
    unjudged: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    steps: int = 0
    forms: int = 0

    def note(self, paint: Paint) -> None:
        """Take note of a paint, if it is the first of its kind and colour."""
        how = paint.in_mask, paint.overprints
        key = paint.kind, paint.space.family, paint.space.name, paint.values, *how
        self.paints.setdefault(key, paint)


@dataclass(slots=True)
class PaintColour:
    """A colour of the graphics state; `pattern` is the PDF's object, where it is one."""

    space: Space = GRAY
    values: Sequence[float] = (0.0,)
    pattern: PdfObject = None


@dataclass(frozen=True, slots=True)
class Overprint:
    """Whether what is filled and what is stroked overprints, and in the mode that spares inks."""

    fill: bool = False
    stroke: bool = False
    spares: bool = False

    def changed_by(self, parameters: PdfObject) -> "Overprint":
        """Return it after an ExtGState (ISO 32000-1, table 58)."""
        stroke = parameters.get(Name.OP, self.stroke)
        fill = parameters.get(Name.op, parameters.get(Name.OP, self.fill))
        return Overprint(bool(fill), bool(stroke), bool(parameters.get(Name.OPM, self.spares)))


@dataclass(slots=True)
class GraphicsState:
    """The graphics state (ISO 32000-1, 8.4), as far as it matters here."""

    matrix: Matrix = field(default_factory=Matrix)
    fill: PaintColour = field(default_factory=PaintColour)
    stroke: PaintColour = field(default_factory=PaintColour)
    font: PdfObject = None
    size: float = 0.0
    leading: float = 0.0
    mode: int = 0
    in_mask: bool = False
    overprint: Overprint = Overprint()


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
