"""What PDF/UA and PDF/X ask for and WeasyPrint 70 does not write.

Each patch names the gap that it closes.
A test fails as soon as WeasyPrint closes a gap itself; then its patch goes.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

from careerprint.typesetting import glyphtexts, linetexts

ALEF = 0x0627  # a font that has this letter is an Arabic one
_BLACK = (0.0, 0.0, 0.0, 1.0)  # cyan, magenta, yellow, black
_BEFORE_LINK = 6  # what gather_anchors takes before the link that a box stands in


def apply_patches() -> None:
    """Patch WeasyPrint, once for the process."""
    import pydyf
    from weasyprint import anchors, pdf
    from weasyprint.draw import text
    from weasyprint.layout import inline
    from weasyprint.pdf import fonts, stream, tags

    if not hasattr(tags._build_box_tree, "careerprint"):
        tags._build_box_tree = _with_list_bodies(
            _with_scopes(
                _with_languages(
                    _with_levels(_with_link_words(linetexts.with_told_texts(tags._build_box_tree)))
                )
            )
        )
        inline.get_next_linebox = linetexts.with_ends(inline.get_next_linebox)
        inline.split_text_box = linetexts.with_set_hyphens(inline.split_text_box)
        text.draw_first_line = glyphtexts.with_reader_texts(text.draw_first_line)
        pdf.build_fonts_dictionary = glyphtexts.with_faces(pdf.build_fonts_dictionary)
        tags._build_box_tree.careerprint = True
        stream.Stream.show_text = _with_no_empty_moves(stream.Stream.show_text)
        stream.Stream.set_color_rgb = _with_inks(stream.Stream.set_color_rgb)
        stream.Stream.set_color_special = _with_overprint(stream.Stream.set_color_special)
        stream.Stream.begin_text = _with_text_begun(stream.Stream.begin_text)
        stream.Stream.end_text = _with_text_ended(stream.Stream.end_text)
        anchors.gather_anchors = _with_one_link_an_element(anchors.gather_anchors)
        fonts.Font.__init__ = _with_glyph_texts(fonts.Font.__init__)
        pydyf.Stream.data = property(_with_clear_ends(pydyf.Stream.data.fget))


def _with_languages(build_box_tree: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: structure elements carry no /Lang, so German in an Arabic page is read as Arabic.

    ISO 14289-1, 7.2: the natural language of each piece of text can be determined.
    """
    from pydyf import String

    def build(box: Any, *arguments: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        element = getattr(box, "element", None)
        language = None if element is None else element.get("lang")
        root = element is not None and box.element_tag in {"html", "body"}
        for built in build_box_tree(box, *arguments):
            if language and not root:
                built["Lang"] = String(language)
            yield built

    return build


def _with_link_words(build_box_tree: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: a link to a place in the document is described by the place's id, not by its words.

    ISO 14289-1, 7.18.5: the description of a link is for those who cannot see it.
    """
    from pydyf import String
    from weasyprint.formatting_structure.boxes import TextBox

    def build(box: Any, *arguments: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        annotation = getattr(box, "link_annotation", None)
        if annotation and "Dest" in annotation:
            texts = (text for text in box.descendants() if isinstance(text, TextBox))
            words = " ".join(" ".join(map(linetexts.heard_text, texts)).split())
            annotation["Contents"] = String(words.replace(f"{linetexts.SOFT_HYPHEN} ", ""))
        yield from build_box_tree(box, *arguments)

    return build


def _with_levels(build_box_tree: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: a span that is set as a block is no block in the structure, nor <em> within a line.

    ISO 32000-1, 14.8.4: texts of block-level elements are apart, those of inline ones are not.
    """
    from weasyprint.formatting_structure.boxes import BlockLevelBox, InlineBox

    def build(box: Any, *arguments: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        placed = getattr(box, "_box", box)  # a placeholder stands where a placed box would be
        for built in build_box_tree(box, *arguments):
            if built["S"] == "/Span" and isinstance(placed, BlockLevelBox):
                built["S"] = "/Div"
            elif built["S"] == "/NonStruct" and isinstance(placed, InlineBox):
                built["S"] = "/Span"
            yield built

    return build


def _with_scopes(build_box_tree: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: header cells carry no /Scope, so a screen reader does not know what they are heads of.

    ISO 32000-1, table 349: the scope of a TH; here a column's where the HTML says nothing.
    """

    def build(box: Any, *arguments: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        for built in build_box_tree(box, *arguments):
            if built["S"] == "/TH":
                scope = {"row": "/Row", "rowgroup": "/Row"}.get(box.element.get("scope"), "/Column")
                built["A"]["Scope"] = scope
            yield built

    return build


def _with_list_bodies(build_box_tree: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: paragraphs in a list item are children of the LI, not of its LBody.

    ISO 14289-1, 7.2, and ISO 32000-1, table 336: an LI has a label and a body.
    """
    from pydyf import Array, Dictionary

    def build(box: Any, parent: Any, pdf: Any, *arguments: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        for built in build_box_tree(box, parent, pdf, *arguments):
            if parent["S"] == "/LI" and built["S"] not in {"/Lbl", "/LBody"}:
                body = Dictionary({**built, "S": "/LBody", "K": Array([built.reference])})
                body.pop("Lang", None)
                pdf.add_object(body)
                built["P"] = body.reference
                yield body
            else:
                yield built

    return build


def _with_inks(set_color_rgb: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: nothing is converted to the colour space of the output intent, not even black text.

    ISO 15930-7: what is in DeviceRGB has no meaning beside an output intent for CMYK. The
    inks come with the press's profile (variants.press_profile).
    """

    def set_rgb(stream: Any, red: float, green: float, blue: float, stroke: bool = False) -> None:  # noqa: ANN401 - WeasyPrint's signature
        if (inks := _inks(stream)) is None:
            set_color_rgb(stream, red, green, blue, stroke)
        else:
            stream.set_color_space("DeviceCMYK", stroke)
            stream.set_color_special(None, stroke, *inks.of((red, green, blue)))

    return set_rgb


def _inks(stream: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return the inks that a stream's colours turn into, None where it is not for a press."""
    return getattr(stream._color_profiles.get("device-cmyk"), "inks", None)


def _with_overprint(set_color_special: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: black text and lines knock out what lies below, and the paper shows at their edges.

    ISO 32000-1, 8.6.7. Text in black ink alone overprints, and lines that are stroked in it. What
    is white, and all areas, knock out.
    """

    def set_special(stream: Any, name: Any, is_stroke: bool = False, *operands: float) -> None:  # noqa: ANN401 - WeasyPrint's signature
        set_color_special(stream, name, is_stroke, *operands)
        if _inks(stream) is not None:
            is_black = operands == _BLACK
            if is_stroke:
                _set_overprint(stream, "OP", is_on=is_black)
            else:
                stream._is_black = is_black
                if getattr(stream, "_is_in_text", False):
                    _set_overprint(stream, "op", is_on=is_black)

    return set_special


def _with_text_begun(begin_text: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Let the text that begins overprint where it is black."""

    def begin(stream: Any) -> None:  # noqa: ANN401 - as above
        begin_text(stream)
        stream._is_in_text = True
        if getattr(stream, "_is_black", False):
            _set_overprint(stream, "op", is_on=True)

    return begin


def _with_text_ended(end_text: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Let what follows a black text knock out."""

    def end(stream: Any) -> None:  # noqa: ANN401 - as above
        stream._is_in_text = False
        if getattr(stream, "_is_black", False):
            _set_overprint(stream, "op", is_on=False)
        end_text(stream)

    return end


def _set_overprint(stream: Any, key: str, *, is_on: bool) -> None:  # noqa: ANN401 - as above
    """Set whether what is filled (op) or stroked (OP) overprints, zero inks leaving what is there.

    OP alone would be for both (ISO 32000-1, table 58).
    """
    import pydyf

    name = f"{key}{int(is_on)}"
    state = {"op": "false", key: str(is_on).lower(), "OPM": 1}
    stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))
    pydyf.Stream.set_state(stream, name)


def _with_no_empty_moves(show_text: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: a move by nothing stands between most glyphs, a tenth of a file."""

    def show(stream: Any, text: str) -> None:  # noqa: ANN401 - as above
        show_text(stream, text.replace(">0<", "").replace("<>", " "))

    return show


def _with_one_link_an_element(gather_anchors: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: an element within a link gets a link annotation too, outside any Link element.

    ISO 14289-1, 7.18.5: a link annotation is nested within a Link element. The outer link's
    covers what is within.
    """

    def gather(box: Any, *arguments: Any) -> None:  # noqa: ANN401 - as above
        gather_anchors(box, *arguments[:_BEFORE_LINK])

    return gather


def _with_clear_ends(data: Any) -> Any:  # noqa: ANN401 - as above
    """Gap: where the last byte of a stream is a carriage return, its end is not clear.

    With the line feed that follows, it reads as the end of a line, and the stream as one byte too
    long. ISO 19005-2, 6.1.7.1: the length is that up to the end of line before “endstream”.
    """

    def clear(stream: Any) -> bytes:  # noqa: ANN401 - as above
        written: bytes = data(stream)
        before = written.removesuffix(b"\r\nendstream")
        return written if before == written else before + b"\r\r\nendstream"

    return clear


def _with_glyph_texts(init: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: in an Arabic cluster of several glyphs, such as a letter with a mark, the texts are off.

    One glyph gets the text of them all, the others none: letters are then copied or read aloud
    twice, or not at all. What a glyph of an Arabic font means, the font itself says.
    """

    def initialize(font: Any, *arguments: Any) -> None:  # noqa: ANN401 - as above
        init(font, *arguments)
        font.to_unicode = _GlyphTexts(font.file_content)

    return initialize


class _GlyphTexts(dict[int, str]):
    """The text of each glyph: in an Arabic font what its character map says, else what is set."""

    def __init__(self, font: bytes) -> None:
        super().__init__()
        self._known = arabic_glyph_texts(font)

    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, self._known.get(glyph, text))


@lru_cache(maxsize=8)
def arabic_glyph_texts(font: bytes) -> Mapping[int, str]:
    """Return the text of each Arabic glyph of a font file, by glyph number; {} for other fonts.

    The character map has the shapes of letters as presentation forms, whose compatibility
    decomposition (Unicode, NFKC) gives the letters. A variant has the name of its shape with a
    suffix.
    """
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font)) as read:
        characters = read.getBestCmap()
        if ALEF not in characters:
            return {}
        by_name: dict[str, str] = {}
        for code, name in sorted(characters.items()):
            if unicodedata.mirrored(chr(code)):
                by_name.setdefault(name, chr(code))
            elif unicodedata.bidirectional(chr(code)) in {"AL", "NSM"}:
                by_name.setdefault(name, unicodedata.normalize("NFKC", chr(code)).strip())
        named = (
            (glyph, by_name.get(name.split(".")[0]))
            for glyph, name in enumerate(read.getGlyphOrder())
        )
        return {glyph: text for glyph, text in named if text}
