"""Reads stretches of a page's content: what a text says and where it stands, and QR codes.

A text is read through the page's own fonts: as what each glyph is read (ISO 32000-1, 9.10.3), and
how wide it is. A code is read from the strokes that draw it. Around both, the content has to be as
it is on a page that is known.
"""

import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Matrix

from careerprint.core.geometry import PT_PER_INCH, Point
from careerprint.finished.codes import CODE_RESOLUTION
from careerprint.finished.fontfiles import is_by_glyph
from careerprint.finished.specimens import Unclear, Unlike
from careerprint.finished.streams import PdfObject, instructions

_N = rb"(-?\d*\.?\d+)"
# A step of what draws a text: where, in which font, how far risen, which glyphs.
_STEP = re.compile(
    rb"(?:1 0 0 -1 %s %s Tm|/(\w+) %s Tf|%s Ts|\[((?:<(?:[0-9a-f]{4})*>|[-\d. ])*)\] TJ)(?:\n|\Z)"
    % (_N, _N, _N, _N)
)
# What draws the text of a marked content, between what has to be as it is.
_TEXT = rb"(.*?BT\n(?:/\w+ gs\n)?\s*(1 0 0 -1 .*?\] TJ))\s+(?:/\w+ gs\n)?ET\nEMC"
_GLYPHS = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
_OTHER_STATE = re.compile(rb" T[cwzr]\n")  # of text, which is not looked at here
_MAPPED = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", re.MULTILINE)
_SCALE = re.compile(rb"%s 0 0 \1 0 0 cm\n" % _N)
LEAST_STROKES = 20
_ONE_STROKE = rb"\d+ \d+\.5 m\n\d+ \d+\.5 l"
_STROKES = re.compile(rb"%s(?:\n%s){%d,}" % (_ONE_STROKE, _ONE_STROKE, LEAST_STROKES - 1))
_STROKE = re.compile(rb"(\d+) (\d+)\.5 m\n(\d+) \2\.5 l(?:\n|\Z)")
_QUIET = 4  # modules around a code that stay light (ISO/IEC 18004, 6.3.8)
_LEAST_DOTS = 3  # of a module, at CODE_RESOLUTION; a smaller one is to be drawn, and looked at
_EM = 1000  # units of an em
_ROUNDING = 0.01


class Shown(NamedTuple):
    """A text as a page shows it: what it says, its size in pt, and corners of it, in pt."""

    text: str
    size: float
    corners: Sequence[Point]


class ShownCode(NamedTuple):
    """A QR code as a page shows it: what it says, and two of its corners, in pt."""

    text: str
    corners: Sequence[Point]


@dataclass(frozen=True, slots=True)
class _Font:
    """A font: texts and widths of its glyphs, as they are written, and how far they reach."""

    texts: Mapping[bytes, str]
    widths: Mapping[bytes, float]
    ascent: float
    descent: float


_NO_FONT = _Font({}, {}, 0, 0)


class _Stretch(NamedTuple):
    """What may differ in a content, from a byte to another: the text of a mark, or of a code.

    Of a code there are two: its scale, and its strokes. `mark` is -1 then.
    """

    start: int
    end: int
    mark: int


@dataclass(frozen=True, slots=True)
class _Stream:
    """The marks of the stretches in a stream of content, and what stands around them."""

    marks: Sequence[int]
    around: Sequence[bytes]

    def read(self, content: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield what a content has in each stretch; raises Unlike where all else differs."""
        *before, last = self.around
        at, end = 0, len(content) - len(last)
        starts = []
        for text in before:
            found = content.find(text, at, end)
            starts.append((found, found + len(text)))
            at = max(found, at) + len(text)
            if found < 0 or not (starts[1:] or found == 0):
                raise Unlike
        if at > end or not content.endswith(last):
            raise Unlike
        ends = [*(found for found, _ in starts[1:]), end]
        for mark, (_, start), stop in zip(self.marks, starts, ends, strict=True):
            yield mark, content[start:stop]


class KnownPage:
    """The only page of a PDF, to read what other pages show that are like it.

    `streams` are the numbers of those parts of its content that may differ.
    """

    def __init__(self, pdf: bytes, marks: Collection[int]) -> None:
        """Take a PDF, and the marks of the texts that may differ; its codes may, too.

        Raises Unclear where its content is not written in the way that is understood here.
        """
        with pikepdf.open(io.BytesIO(pdf)) as document:
            page = document.pages[0].obj
            parts = {part.objgen[0]: part.read_bytes() for part in page.Contents}
            content = b"\n".join(parts.values())
            self._matrices, self._at_codes = _matrices(instructions(document, content), marks)
            fonts = page.Resources.get("/Font", Dictionary())
            known = ((name[1:].encode(), _font(font)) for name, font in fonts.items())
            self._fonts = {name: font for name, font in known if font}
        stretches = sorted([*_texts(content, marks), *_codes(content)])
        self._streams, start = dict[int, _Stream](), 0
        for number, part in parts.items():
            end = start + len(part)
            inside = [each for each in stretches if start <= each.start <= each.end <= end]
            if inside:
                ends = [start, *(at for each in inside for at in (each.start, each.end)), end]
                pairs = zip(ends[::2], ends[1::2], strict=True)
                around = [content[a:b] for a, b in pairs]
                self._streams[number] = _Stream([each.mark for each in inside], around)
            start = end + 1
        count = sum(len(stream.marks) for stream in self._streams.values())
        if count != len(marks) + 2 * len(self._at_codes) or _OTHER_STATE.search(content):
            raise Unclear
        codes = [content[each.start : each.end] for each in stretches if each.mark < 0]
        drawn = map(_modules, codes[::2], codes[1::2])
        self._sides = [module * count for module, count, _ in drawn]

    @property
    def streams(self) -> Collection[int]:
        """The numbers of those parts of the content that may differ."""
        return self._streams.keys()

    def read(self, contents: Mapping[int, bytes]) -> tuple[dict[int, Shown], list[ShownCode]]:
        """Return what a page shows whose streams have these contents: texts by mark, and codes.

        Raises Unlike where anything else is in them, Unclear where that is not understood here.
        """
        texts, parts = dict[int, Shown](), list[bytes]()
        for number, stream in self._streams.items():
            for mark, content in stream.read(contents[number]):
                if mark < 0:
                    parts.append(content)
                else:
                    texts[mark] = self._shown(content, self._matrices[mark])
        drawn = zip(parts[::2], parts[1::2], self._at_codes, self._sides, strict=True)
        return texts, [_code(*each) for each in drawn]

    def _shown(self, content: bytes, matrix: Matrix) -> Shown:
        """Return the text that a content draws, where `matrix` is in force."""
        said, corners, sizes = list[str](), list[Point](), list[float]()
        font, size, rise, x, y, at = _NO_FONT, 0.0, 0.0, 0.0, 0.0, 0
        for step in _STEP.finditer(content):
            if step.start() != at:
                raise Unclear
            at = step.end()
            across, down, name, em, risen, glyphs = step.groups()
            if across:
                x, y = float(across), float(down)
            elif name:
                font, size = self._fonts[name], float(em)
            elif risen:
                rise = float(risen)
            else:
                top, bottom = (y - rise - far * size / _EM for far in (font.ascent, font.descent))
                corners.append((x, top))
                for shown, move in _GLYPHS.findall(glyphs):
                    x -= float(move or 0) * size / _EM
                    each = [shown[index : index + 4] for index in range(0, len(shown), 4)]
                    said += [font.texts[glyph] for glyph in each]
                    x += sum(font.widths[glyph] for glyph in each) * size / _EM
                corners.append((x, bottom))
                sizes.append(size)
        if at != len(content):
            raise Unclear
        scale = abs(float(matrix.d))
        return Shown("".join(said), min(sizes) * scale, list(map(matrix.transform, corners)))


def _modules(scale: bytes, strokes: bytes) -> tuple[float, int, list[tuple[int, int, int]]]:
    """Return how wide a module of a code is, how many are in a row, and where the dark ones are.

    The light ones around the code count, too. Raises Unclear where anything else is drawn.
    """
    found = _SCALE.fullmatch(scale)
    if not found or _STROKE.sub(b"", strokes):
        raise Unclear
    drawn = [(int(start), int(row), int(end)) for start, row, end in _STROKE.findall(strokes)]
    return float(found[1]), max(end for *_, end in drawn) + _QUIET, drawn


def _code(scale: bytes, strokes: bytes, matrix: Matrix, side: float) -> ShownCode:
    """Return the code that is drawn by strokes, where `matrix` is in force.

    `side` is that of its place, in px.
    """
    import zxingcpp

    module, count, drawn = _modules(scale, strokes)
    size = module * abs(float(matrix.a))
    is_large = size * CODE_RESOLUTION / PT_PER_INCH >= _LEAST_DOTS
    if not is_large or abs(module * count - side) > _ROUNDING or drawn[-1][1] + _QUIET >= count:
        raise Unclear
    picture = bytearray(b"\xff" * count * count)
    for start, row, end in drawn:
        picture[row * count + start : row * count + end] = bytes(end - start)
    codes = zxingcpp.read_barcodes(
        memoryview(picture).cast("B", (count, count)),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        is_pure=True,
    )
    inner = (_QUIET * module, side - _QUIET * module)
    return ShownCode(
        "".join(code.text for code in codes), [matrix.transform((at, at)) for at in inner]
    )


def _matrices(
    steps: Sequence[Any], marks: Collection[int]
) -> tuple[dict[int, Matrix], list[Matrix]]:
    """Return the matrices that are in force where marks begin, and around those that scale codes.

    Codes are known by their many strokes.
    """
    of_marks, of_codes = dict[int, Matrix](), list[Matrix]()
    matrix = before = Matrix()
    saved, strokes = list[Matrix](), 0
    for operands, operator in steps:
        match str(operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                before, matrix = matrix, Matrix(*map(float, operands)) @ matrix
            case "BDC" if operands[1].get("/MCID", -1) in marks:
                of_marks[int(operands[1].MCID)] = matrix
        strokes = strokes + 1 if str(operator) in {"m", "l"} else 0
        if strokes == 2 * LEAST_STROKES:
            of_codes.append(before)
    return of_marks, of_codes


def _texts(content: bytes, marks: Collection[int]) -> Iterator[_Stretch]:
    """Yield the text of each mark."""
    for mark in marks:
        found = re.search(rb"/MCID %d>>\nBDC\n%s" % (mark, _TEXT), content, re.DOTALL)
        if not found or b"BDC" in found[1]:
            raise Unclear
        yield _Stretch(*found.span(2), mark)


def _codes(content: bytes) -> Iterator[_Stretch]:
    """Yield the scales and the strokes of the codes in a content."""
    for strokes in _STROKES.finditer(content):
        *_, scale = _SCALE.finditer(content, 0, strokes.start())
        yield _Stretch(*scale.span(), -1)
        yield _Stretch(*strokes.span(), -1)


def _font(font: PdfObject) -> _Font | None:
    """Return what is known of a font; None where that is not enough to read texts with."""
    if not is_by_glyph(font) or "/ToUnicode" not in font:
        return None
    (below,) = font.DescendantFonts
    texts = {
        glyph: bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in _MAPPED.findall(font.ToUnicode.read_bytes())
    }
    usual = float(below.get("/DW", _EM))
    widths: dict[bytes, float] = defaultdict(lambda: usual)
    listed = iter(below.get("/W", ()))
    for first, second in zip(listed, listed, strict=True):
        if not isinstance(second, Array):  # from one glyph to another, which WeasyPrint never says
            return None
        for number, width in enumerate(second, int(first)):
            widths[b"%04x" % number] = float(width)
    told = below.FontDescriptor
    return _Font(texts, widths, float(told.Ascent), float(told.Descent))
