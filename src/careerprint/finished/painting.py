"""Follows the content of a PDF's pages: what is painted in which colour, and where.

Forms, patterns, soft masks and the glyphs of Type 3 fonts are followed wherever they are used, with
the coordinates that they then have. Source: ISO 32000-1, 8 (graphics) and 9 (text)
"""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from pikepdf import Array, Dictionary, Matrix, Name, Pdf, Stream, String

from careerprint.core.geometry import Point, Rectangle
from careerprint.finished.fontfiles import font_files, is_by_glyph
from careerprint.finished.paints import (
    AREA,
    SHADING,
    TEXT,
    Blank,
    GraphicsState,
    PageWalk,
    PaintColour,
    Painted,
)
from careerprint.finished.pictures import picture
from careerprint.finished.spaces import (
    CMYK,
    GRAY,
    RGB,
    UNKNOWN,
    Family,
    Space,
    initial,
    shading_colours,
    space_of,
)
from careerprint.finished.streams import (
    SENSELESS,
    PdfObject,
    TooLarge,
    TooSlow,
    Unreadable,
    annotations_of,
    decoded_stream,
    fault,
    instructions,
    name_of,
)

MOST_NESTED = 24  # forms within forms
MOST_SAVED = 1000  # states of a content that are to be restored
# In a whole file, each time that they are executed: operators, and forms.
MOST_STEPS, MOST_FORMS = 4_000_000, 50_000
_INVISIBLE = {3, 7}  # modes of text that paint nothing (ISO 32000-1, table 106)
_NO_GLYPH = b"\0\0"
_UNMOVED = (1, 0, 0, 1, 0, 0)


def follow_page(
    pdf: Pdf, page: PdfObject, number: int, trim: Sequence[float], found: Painted
) -> None:
    """Add what a page is painted with, its annotations included; `trim` is its trim box in pt.

    What cannot be read is noted with the object that it belongs to; the rest of the page is not
    followed then. Raises TooLarge and TooSlow.
    """
    walk = PageWalk(pdf, number, (float(trim[0]), float(trim[3])), found)
    try:
        _follow(walk, page)
    except (TooLarge, TooSlow):
        raise
    except SENSELESS as failure:
        found.faults.append(fault(failure, number, walk.reading))


def _follow(walk: PageWalk, page: PdfObject) -> None:
    walk.reading = page.obj.objgen[0]
    resources = page.obj.get(Name.Resources) or page.resources
    contents = page.obj.get(Name.Contents)
    parts = contents if isinstance(contents, Array) else [contents] if contents is not None else []
    content = b"\n".join(decoded_stream(part) for part in parts)
    walk.group(page.obj, resources)
    steps = instructions(walk.pdf, content)
    _Content(walk, resources, GraphicsState(), depth=0).run(steps)
    for annotation in annotations_of(page.obj):
        walk.reading = annotation.objgen[0] or page.obj.objgen[0]
        _annotation(walk, annotation)


def _annotation(walk: PageWalk, annotation: PdfObject) -> None:
    """Follow what is shown of an annotation."""
    components = len(annotation.get(Name.C, ()))
    if space := {1: GRAY, 3: RGB, 4: CMYK}.get(components):
        colour = [float(value) for value in annotation.C]
        left, bottom, right, top = map(float, annotation.Rect)
        place = walk.area([(left, bottom), (right, top)])
        walk.note(AREA, space, colour, place)
    shown = annotation.get(Name.AP, Dictionary()).get(Name.N)
    states = list(shown.values()) if type(shown) is Dictionary else [shown]
    for stream in states if not isinstance(shown, Stream) else [shown]:
        if isinstance(stream, Stream):
            _stream(walk, stream, Dictionary(), GraphicsState(), 1)


def _stream(
    walk: PageWalk, stream: PdfObject, given: PdfObject, state: GraphicsState, depth: int
) -> None:
    """Follow a form, or another stream with content; `given` are the resources around it."""
    walk.found.forms += 1
    if depth > MOST_NESTED or walk.found.forms > MOST_FORMS:
        raise TooLarge
    own = stream.get(Name.Resources, given)
    inside = copy.copy(state)
    inside.matrix = _matrix(stream.get(Name.Matrix, _UNMOVED)) @ state.matrix
    walk.group(stream, own, mask=state.in_mask)
    around, walk.reading = walk.reading, stream.objgen[0]
    if stream.objgen not in walk.parsed:
        walk.parsed[stream.objgen] = instructions(walk.pdf, decoded_stream(stream))
    _Content(walk, own, inside, depth).run(walk.parsed[stream.objgen])
    walk.reading = around  # not after a failure, which names what was read


class _Content:
    """Executes one content stream."""

    def __init__(
        self, walk: PageWalk, resources: PdfObject, state: GraphicsState, depth: int
    ) -> None:
        self._walk, self._resources, self._depth = walk, resources, depth
        self._state, self._base = state, state.matrix
        self._stack: list[GraphicsState] = []
        self._points: list[Point] = []
        self._text = self._line = Matrix()

    def run(self, steps: Iterable[PdfObject]) -> None:
        for step in steps:
            self._walk.found.steps += 1
            if self._walk.found.steps > MOST_STEPS:
                raise TooLarge
            self._walk.check_time()
            operator = str(step.operator)
            if operator == "INLINE IMAGE":
                self._inline(step.iimage)
            elif operator in _OPERATORS:
                _OPERATORS[operator](self, step.operands)

    # Graphics state

    def save(self, _: PdfObject) -> None:
        if len(self._stack) > MOST_SAVED:
            raise TooLarge
        self._stack.append(copy.copy(self._state))

    def restore(self, _: PdfObject) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def concatenate(self, operands: PdfObject) -> None:
        self._state.matrix = _matrix(operands) @ self._state.matrix

    def extended(self, operands: PdfObject) -> None:
        """Take over the parameters of an ExtGState, a soft mask among them."""
        if (found := self._named(Name.ExtGState, operands[0])) is None:
            return
        if Name.Font in found:
            self._take_font(found.Font[0], found.Font[1])
        self._state.overprint = self._state.overprint.changed_by(found)
        mask = found.get(Name.SMask)
        form = mask.get(Name.G) if isinstance(mask, Dictionary) else None
        if form is not None and form.objgen not in self._walk.seen:
            self._walk.seen.add(form.objgen)
            self._nested(form, in_mask=True)

    # Paths

    def to(self, operands: PdfObject) -> None:
        numbers = [float(number) for number in operands]
        points = zip(numbers[::2], numbers[1::2], strict=False)
        self._points += map(self._state.matrix.transform, points)

    def rectangle(self, operands: PdfObject) -> None:
        x, y, width, height = (float(number) for number in operands)
        self.to((x, y, x + width, y, x, y + height, x + width, y + height))

    def end(self, _: PdfObject) -> None:
        self._points = []

    def paint_path(self, *what: str) -> None:
        if self._points:
            place = self._walk.area(self._points)
            for colour in what:
                self._note(AREA, place, colour)
        self._points = []

    # Colours

    def in_space(self, operands: PdfObject, *, stroke: bool = False) -> None:
        space = space_of(operands[0], self._resources)
        self._set(PaintColour(space, initial(space)), stroke=stroke)

    def colour(self, operands: PdfObject, *, stroke: bool = False) -> None:
        before = self._state.stroke if stroke else self._state.fill
        is_pattern = bool(len(operands)) and isinstance(operands[-1], Name)
        pattern = self._named(Name.Pattern, operands[-1]) if is_pattern else None
        values = tuple(float(v) for v in (operands[:-1] if is_pattern else operands))
        self._set(PaintColour(before.space, values, pattern), stroke=stroke)

    def device(self, space: Space, operands: PdfObject, *, stroke: bool = False) -> None:
        self._set(PaintColour(space, tuple(float(value) for value in operands)), stroke=stroke)

    def _set(self, colour: PaintColour, *, stroke: bool) -> None:
        if stroke:
            self._state.stroke = colour
        else:
            self._state.fill = colour

    def _note(self, kind: str, place: Rectangle, of: str = "fill") -> None:
        state, colour = self._state, getattr(self._state, of)
        space, mask, overprint = colour.space, state.in_mask, state.overprint
        if space.family is not Family.PATTERN:
            overprints = overprint.spares and getattr(overprint, of)
            self._walk.note(kind, space, colour.values, place, mask, overprints)
            return
        if space.base is not None and colour.values:  # what a pattern without colours is drawn in
            self._walk.note(kind, space.base, colour.values, place, mask)
        if colour.pattern is not None and colour.pattern.objgen not in self._walk.seen:
            self._walk.seen.add(colour.pattern.objgen)
            if Name.Shading in colour.pattern:
                self._shade(colour.pattern.Shading, place)
            elif isinstance(colour.pattern, Stream):
                self._nested(colour.pattern, matrix=self._base)

    def shade(self, operands: PdfObject) -> None:
        shading = self._named(Name.Shading, operands[0])
        if shading is not None:
            self._shade(shading, None)

    def _shade(self, shading: PdfObject, place: Rectangle | None) -> None:
        space = space_of(shading.get(Name.ColorSpace), self._resources)
        colours = shading_colours(shading, space)
        for values in chain([first] if (first := next(colours, ())) else [()], colours):
            self._walk.check_time()
            self._walk.note(SHADING, space, values, place, self._state.in_mask)

    # Text

    def begin_text(self, _: PdfObject) -> None:
        self._text = self._line = Matrix()

    def font(self, operands: PdfObject) -> None:
        self._take_font(self._named(Name.Font, operands[0]), operands[1])

    def _take_font(self, font: PdfObject, size: PdfObject) -> None:
        self._state.font, self._state.size = font, float(size)
        if font is None or font in self._walk.fonts:
            return
        self._walk.fonts.append(font)
        self._walk.found.fonts |= dict(font_files(font))
        for glyph in list(font.get(Name.CharProcs, Dictionary()).values()):  # of a Type 3 font
            self._nested(glyph, font.get(Name.Resources))

    def text_matrix(self, operands: PdfObject) -> None:
        self._text = self._line = _matrix(operands)

    def move(self, operands: PdfObject) -> None:
        x, y = (float(number) for number in operands)
        self._text = self._line = Matrix(1, 0, 0, 1, x, y) @ self._line

    def move_and_lead(self, operands: PdfObject) -> None:
        self._state.leading = -float(operands[1])
        self.move(operands)

    def lead(self, operands: PdfObject) -> None:
        self._state.leading = float(operands[0])

    def next_line(self, _: PdfObject) -> None:
        self.move((0, -self._state.leading))

    def mode(self, operands: PdfObject) -> None:
        self._state.mode = int(operands[0])

    def show(self, operands: PdfObject) -> None:
        shown = operands[-1] if len(operands) else String("")
        pieces = list(shown) if isinstance(shown, Array) else [shown]
        texts = [bytes(piece) for piece in pieces if isinstance(piece, String)]
        if not any(texts) or self._state.mode in _INVISIBLE:
            return
        size, matrix = self._state.size, self._text @ self._state.matrix
        place = self._walk.area(_square(matrix, size))
        if self._state.mode % 4 in {0, 2}:
            self._note(TEXT, place)
        if self._state.mode % 4 in {1, 2}:
            self._note(TEXT, place, "stroke")
        codes = (text[at : at + 2] for text in texts for at in range(0, len(text), 2))
        if is_by_glyph(self._state.font) and _NO_GLYPH in codes:
            name = name_of(self._state.font.get(Name.BaseFont, "–"))
            self._walk.found.blanks.append(Blank(name, self._walk.page, place))

    def show_on_next_line(self, operands: PdfObject) -> None:
        self.next_line(operands)
        self.show(operands)

    # Forms and pictures

    def do(self, operands: PdfObject) -> None:
        found = self._named(Name.XObject, operands[0])
        if found is None:
            raise Unreadable(f"{operands[0]} is not there")
        if found.get(Name.Subtype) == Name.Image:
            self._image(found)
        elif found.get(Name.Subtype) == Name.Form:
            self._nested(found)

    def _image(self, image: PdfObject) -> None:
        place = self._unit()
        is_stencil = bool(image.get(Name.ImageMask, False))
        space = None if is_stencil else space_of(image.get(Name.ColorSpace), self._resources)
        if space is None:
            self._note(AREA, place)
        matrix, page = self._state.matrix, self._walk.page
        self._walk.found.pictures.append(picture(image, space, matrix, page, place))

    def _inline(self, image: PdfObject) -> None:
        """Note a picture that stands in the content itself."""
        place = self._unit()
        if image.image_mask:
            self._note(AREA, place)
            return
        try:
            space = space_of(Name(str(image.colorspace)), self._resources)
        except (NotImplementedError, ValueError):  # spaces that pikepdf does not know here
            space = UNKNOWN
        self._walk.note(AREA, space, (), place, self._state.in_mask)

    def _unit(self) -> Rectangle:
        return self._walk.area(_square(self._state.matrix))

    def _nested(self, stream: PdfObject, given: PdfObject = None, **changed: Any) -> None:  # noqa: ANN401 - as in the state
        """Follow a stream within this one; `changed` is what differs in its state."""
        given = self._resources if given is None else given
        _stream(self._walk, stream, given, replace(self._state, **changed), self._depth + 1)

    def _named(self, kind: Name, name: PdfObject) -> PdfObject:
        return self._resources.get(kind, Dictionary()).get(name) if self._resources else None


Operator = Callable[[_Content, PdfObject], None]


def _device(space: Space, *, stroke: bool) -> Operator:
    return lambda content, operands: content.device(space, operands, stroke=stroke)


_OPERATORS: Mapping[str, Operator] = (
    {"q": _Content.save, "Q": _Content.restore, "cm": _Content.concatenate}
    | {"gs": _Content.extended, "Do": _Content.do, "sh": _Content.shade}
    | dict.fromkeys(("m", "l", "c", "v", "y"), _Content.to)
    | {"re": _Content.rectangle, "n": _Content.end}
    | dict.fromkeys(("f", "F", "f*"), lambda c, _: c.paint_path("fill"))
    | dict.fromkeys(("S", "s"), lambda c, _: c.paint_path("stroke"))
    | dict.fromkeys(("B", "B*", "b", "b*"), lambda c, _: c.paint_path("fill", "stroke"))
    | {"cs": _Content.in_space, "CS": lambda c, o: c.in_space(o, stroke=True)}
    | dict.fromkeys(("sc", "scn"), _Content.colour)
    | dict.fromkeys(("SC", "SCN"), lambda c, o: c.colour(o, stroke=True))
    | {"g": _device(GRAY, stroke=False), "G": _device(GRAY, stroke=True)}
    | {"rg": _device(RGB, stroke=False), "RG": _device(RGB, stroke=True)}
    | {"k": _device(CMYK, stroke=False), "K": _device(CMYK, stroke=True)}
    | {"BT": _Content.begin_text, "Tf": _Content.font, "Tm": _Content.text_matrix}
    | {"Td": _Content.move, "TD": _Content.move_and_lead, "T*": _Content.next_line}
    | {"TL": _Content.lead, "Tr": _Content.mode, "Tj": _Content.show, "TJ": _Content.show}
    | {"'": _Content.show_on_next_line, '"': _Content.show_on_next_line}
)


def _matrix(numbers: Iterable[PdfObject]) -> Matrix:
    a, b, c, d, e, f = map(float, numbers)
    return Matrix(a, b, c, d, e, f)


def _square(matrix: Matrix, side: float = 1) -> list[Point]:
    """Return where a matrix puts the corners of a square that starts at the origin."""
    return [matrix.transform((x, y)) for x in (0, side) for y in (0, side)]
