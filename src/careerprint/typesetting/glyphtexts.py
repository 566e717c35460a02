"""Draws the glyphs of a line so that they are read as what they are.

Readers that take glyphs from where they stand turn right-to-left text round, character by
character. So a glyph that is several characters says them in the order in which they would stand
side by side. A mark is drawn without being text, since it does not stand on the line, and readers
would take it for a word: the glyph on whose side it would stand says it.

What a glyph is read as can differ from place to place: a font is then named twice, with the same
file and other texts (a face).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partialmethod
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from careerprint.typesetting.linetexts import SOFT_HYPHEN, is_told, is_turned

WIDEST_GAP = 0.09  # em; poppler takes what is wider than a tenth for a space
_SOMETHING = "x"  # what WeasyPrint does not take for white space
_CHOSEN, _RAISED, _SHOWN = b" Tf", b" Ts", b"] TJ"
_GLYPHS = re.compile(rb"<((?:[0-9a-f]{4})*)>|(-?[\d.]+)")  # and how far to move between them


def with_reader_texts(draw_first_line: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Draw the spaces of a line too, and each glyph so that it is read as what it is."""
    from weasyprint.formatting_structure.boxes import TextBox

    def draw(stream: Any, box: Any, *arguments: Any) -> Any:  # noqa: ANN401 - as above
        if not isinstance(box, TextBox):  # the text of a drawing, which has a description
            return draw_first_line(stream, box, *arguments)
        layout, text = box.pango_layout, box.text
        is_divided = getattr(box, "is_divided", False)
        if getattr(box, "goes_on", False) and not is_told(box):
            layout.set_text(f"{layout.text} ", justify=True)
        is_rewritten = is_divided or is_turned(text)
        if is_rewritten:
            stream._current_font = None  # so that it is named again
        start = len(stream.stream)
        box.text = text.strip() or (text and _SOMETHING)
        emojis = draw_first_line(stream, box, *arguments)
        box.text = text
        if is_rewritten and not emojis:
            glyphs = _glyphs(stream, layout, is_divided=is_divided)
            placed = _with_marks_beside([*_placed(stream.stream[start:], glyphs)])
            stream.stream[start:] = _drawn(_without_gaps(placed), arguments[-1], stream)
            stream._current_font = None
        return emojis

    return draw


def with_faces(build_fonts_dictionary: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Write the faces of fonts: the same glyphs, read as something else."""
    from pydyf import Dictionary, Stream

    def build(pdf: Any, fonts: Mapping[Any, Any], compress: bool, *rest: Any) -> Any:  # noqa: ANN401 - as above
        made = build_fonts_dictionary(pdf, fonts, compress, *rest)
        for font in fonts.values():
            for number, face in enumerate(getattr(font, "faces", ())):
                plain = pdf.objects[int(made[font.hash].split()[0])]
                lines = pdf.objects[int(plain["ToUnicode"].split()[0])].stream
                texts = [
                    b"<%04x> <%s>" % (glyph, text.encode("utf-16-be").hex().encode())
                    for glyph, text in face.items()
                ]
                begin, end = lines.index(b"endcodespacerange") + 1, lines.index(b"endcmap")
                mapped = [b"%d beginbfchar" % len(texts), *texts, b"endbfchar"]
                cmap = Stream([*lines[:begin], *mapped, *lines[end:]], compress=compress)
                pdf.add_object(cmap)
                named = Dictionary({**plain, "ToUnicode": cmap.reference})
                pdf.add_object(named)
                made[f"{font.hash}x{number}"] = named.reference
        return made

    return build


class _Glyph(NamedTuple):
    """A glyph of a laid-out line, and what it is read as.

    That is None where its font says it, and "" for what is drawn without being text.
    """

    font: Any
    text: str | None


def _glyphs(stream: Any, layout: Any, *, is_divided: bool) -> Iterator[_Glyph]:  # noqa: ANN401 - WeasyPrint is untyped
    """Yield the glyphs of a laid-out line, in the order in which they are drawn."""
    from weasyprint.text.ffi import ffi, pango

    line, _ = layout.get_first_line()
    utf8 = layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, shaped = run.data.item, run.data.glyphs
        run = run.next
        font, _ = stream.add_font(item.analysis.font)
        whole = utf8[item.offset : item.offset + item.length]
        starts = list(shaped.log_clusters[0 : shaped.num_glyphs])
        if item.analysis.level % 2:  # a mark goes with its letter
            letters = [at for at in starts if not unicodedata.combining(whole[at:].decode()[0])]
            starts = [max((a for a in letters if a <= at), default=at) for at in starts]
        ends = dict(zip(ordered := sorted(set(starts)), [*ordered[1:], item.length], strict=True))
        for start, indices in groupby(range(shaped.num_glyphs), starts.__getitem__):
            found = [shaped.glyphs[index] for index in indices]
            drawn = [glyph for glyph in found if glyph.glyph != pango.PANGO_GLYPH_EMPTY]
            text = whole[start : ends[start]].decode()
            if is_divided and item.offset + ends[start] == len(utf8):
                yield _Glyph(font, SOFT_HYPHEN)
            elif item.analysis.level % 2 == 0 or max(len(drawn), len(text)) == 1:
                yield from (_Glyph(font, None) for _ in drawn)
            else:
                letter = max(range(len(drawn)), key=lambda i: int(drawn[i].geometry.width))
                for index in range(len(drawn)):
                    yield _Glyph(font, text[::-1] if index == letter else "")


class _Placed(NamedTuple):
    """A glyph by its number, what it is read as, and where it is drawn.

    `x` is in CSS px from where the line starts, `end` where the next glyph would start.
    """

    font: Any
    number: int
    text: str
    x: float
    end: float
    rise: float
    size: float


def _placed(content: Iterable[bytes], glyphs: Iterator[_Glyph]) -> Iterator[_Placed]:
    """Yield the glyphs of a line's content with their places."""
    x = rise = size = 0.0
    for step in content:
        if step.endswith(_CHOSEN):
            size = float(step.split()[1])
        elif step.endswith(_RAISED):
            rise = float(step.split()[0])
        elif step.endswith(_SHOWN):
            for shown, move in _GLYPHS.findall(step):
                x -= float(move or 0) * size / 1000
                for at in range(0, len(shown), 4):
                    (font, text), number = next(glyphs), int(shown[at : at + 4], 16)
                    end = x + font.widths[number] * size / 1000
                    known = font.to_unicode.get(number, "") if text is None else text
                    yield _Placed(font, number, known, x, end, rise, size)
                    x = end


def _with_marks_beside(line: Sequence[_Placed]) -> list[_Placed]:
    """Return a line in which no glyph is read as a mark first: MuPDF would divide the word there.

    The glyph before it in the word is read as the mark too.
    """
    moved: list[_Placed] = []
    before: int | None = None
    for placed in line:
        letters = placed.text.lstrip("".join(filter(unicodedata.combining, placed.text)))
        marks = placed.text[: len(placed.text) - len(letters)]
        if marks and letters and before is not None and not moved[before].text.isspace():
            moved[before] = moved[before]._replace(text=moved[before].text + marks)
            moved.append(placed._replace(text=letters))
        else:
            moved.append(placed)
        if placed.text:
            before = len(moved) - 1
    return moved


def _without_gaps(line: Sequence[_Placed]) -> list[_Placed]:
    """Return a line whose words have no gaps that readers take for spaces.

    What is taken from a gap is added to the space at the word's end. Only right-to-left fonts have
    such gaps, where the tail of a letter needs room.
    """
    closed: list[_Placed] = []
    after: float | None = None
    taken = 0.0
    for placed in reversed(line):
        if placed.text.isspace():
            after, taken = None, 0.0
        elif placed.text:
            if after is not None:
                taken += max(after - placed.end - WIDEST_GAP * placed.size, 0)
            after = placed.x
        closed.append(placed._replace(x=placed.x + taken, end=placed.end + taken))
    return closed[::-1]


def _drawn(line: Sequence[_Placed], matrix: Any, stream: Any) -> Iterator[bytes]:  # noqa: ANN401 - WeasyPrint is untyped
    """Yield the content that draws a line; `matrix` is that of its text."""
    outlines = [placed for placed in line if not placed.text]
    if outlines:  # drawn first, so that the text stays in one piece
        yield b"ET"
        for font, number, _, at, _, rise, size in outlines:
            name = f"{font.hash}o{number}"
            if name not in stream._resources["XObject"]:
                stream._resources["XObject"][name] = _outline(font, number, stream.compress)
            place = _placing(matrix, at, rise, size / font.upem)
            yield from (b"q", place + b" cm", b"/%s Do" % name.encode(), b"Q")
        yield b"BT"
    yield _placing(matrix) + b" Tm"
    x, chosen = 0.0, b""
    shown: list[bytes] = []
    for placed in line:
        if not placed.text:
            continue
        font = b"%s %s Tf" % (_face(placed), _number(placed.size))
        if font != chosen:
            yield from _showing(shown)
            yield font
            chosen, shown = font, []
        move = round((x - placed.x) * 1000 / placed.size)
        if move:
            shown.append(b" %d " % move)
        shown.append(b"<%04x>" % placed.number)
        x += placed.end - placed.x - move * placed.size / 1000
    yield from _showing(shown)


def _showing(shown: Sequence[bytes]) -> Iterator[bytes]:
    """Yield what shows glyphs, if there are any."""
    if shown:
        yield b"[%s] TJ" % b"".join(shown).replace(b"><", b"")


def _placing(matrix: Any, x: float = 0, rise: float = 0, scale: float = 1) -> bytes:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a line's matrix, moved along the line by `x` and up by `rise`, and scaled there."""
    (a, b, _), (c, d, _), _ = matrix
    place = (round(side, 1 if rise else 2) for side in matrix.transform_point(x, rise))
    return b" ".join(map(_number, (a * scale, b * scale, c * scale, d * scale, *place)))


def _number(value: float) -> bytes:
    return b"%d" % value if value == int(value) else f"{value:f}".rstrip("0").encode()


def _face(placed: _Placed) -> bytes:
    """Return the name of the font, or of the face of it, in which a glyph is read as it should."""
    font, number, text = placed.font, placed.number, placed.text
    plain: bytes = b"/" + font.hash.encode()
    if text == font.to_unicode.get(number):
        return plain
    faces = font.__dict__.setdefault("faces", [])
    for index, face in enumerate(faces):
        if face.setdefault(number, text) == text:
            return b"%sx%d" % (plain, index)
    faces.append({number: text})
    return b"%sx%d" % (plain, len(faces) - 1)


def _outline(font: Any, number: int, compress: bool) -> Any:  # noqa: ANN401 - WeasyPrint's
    """Return the outline of a glyph as a form, in units of the font."""
    from pydyf import Array, Dictionary, Stream

    em = font.upem
    form = {"Subtype": "/Form", "BBox": Array((-em, -em, 2 * em, 2 * em))}
    return Stream([_path(font.file_content, font.index, number)], Dictionary(form), compress)


@lru_cache(maxsize=1024)
def _path(file: bytes, index: int, number: int) -> bytes:
    """Return the outline of a glyph as a path that is filled."""
    from fontTools.pens.basePen import BasePen
    from fontTools.ttLib import TTFont

    steps: list[bytes] = []

    class Path(BasePen):  # type: ignore[misc]  # fontTools is untyped
        def _add(self, operator: bytes, *points: Any) -> None:  # noqa: ANN401 - as above
            numbers = (b"%d" % round(side) for point in points for side in point)
            steps.append(b" ".join((*numbers, operator)))

        _moveTo, _lineTo = partialmethod(_add, b"m"), partialmethod(_add, b"l")  # noqa: N815 - fontTools' own
        _curveToOne, _closePath = partialmethod(_add, b"c"), partialmethod(_add, b"h")  # noqa: N815 - as above

    with TTFont(BytesIO(file), fontNumber=index) as font:
        glyphs = font.getGlyphSet()
        glyphs[font.getGlyphName(number)].draw(Path(glyphs))
    return b"\n".join((*steps, b"f"))
