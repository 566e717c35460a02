"""What PDF/UA asks for and WeasyPrint 70 does not write.

Each patch names the gap that it closes.
A test fails as soon as WeasyPrint closes a gap itself; then its patch goes.
"""

import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias

from careerprint.typesetting import glyphtexts, linetexts, presspatches

Box: TypeAlias = Any  # a box of WeasyPrint's, which is untyped

ALEF = 0x0627  # a font that has this letter is an Arabic one
_LISTS = {"/L", "/LI", "/LBody"}
_BEFORE_LINK = 6  # what gather_anchors takes before the link that a box stands in


def apply_patches() -> None:
    """Patch WeasyPrint, once for the process."""
    import pydyf
    from weasyprint import anchors, pdf
    from weasyprint.draw import text
    from weasyprint.layout import inline
    from weasyprint.pdf import fonts, stream, tags

    if not hasattr(tags._build_box_tree, "careerprint"):
        tags._build_box_tree = _with_structure(linetexts.with_told_texts(tags._build_box_tree))
        inline.get_next_linebox = linetexts.with_ends(inline.get_next_linebox)
        inline.split_text_box = linetexts.with_set_hyphens(inline.split_text_box)
        text.draw_first_line = glyphtexts.with_reader_texts(text.draw_first_line)
        pdf.build_fonts_dictionary = glyphtexts.with_faces(pdf.build_fonts_dictionary)
        tags._build_box_tree.careerprint = True
        stream.Stream.show_text = _with_no_empty_moves(stream.Stream.show_text)
        stream.Stream.marked = _with_unmarked_artifacts(stream.Stream.marked)
        presspatches.apply(stream.Stream)
        anchors.gather_anchors = _with_one_link_an_element(anchors.gather_anchors)
        fonts.Font.__init__ = _with_glyph_texts(fonts.Font.__init__)
        data = _with_clear_ends(_with_tables_soon_packed(pydyf.Stream.data.fget))
        pydyf.Stream.data = property(_once(data))


def _with_structure(build_box_tree: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Close the gaps in the structure of a box, each in a function of its own.

    Gap: running heads and page numbers, and drawings with aria-hidden, are content for readers.
    ISO 14289-1, 7.1 and 7.8: what is not meant for readers is an artifact. What such a drawing
    shows is said in words.
    """

    def build(box: Box, parent: Any, pdf: Any, *arguments: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        if _is_artifact(box):
            return
        _describe_link(box)
        for built in build_box_tree(box, parent, pdf, *arguments):
            _correct_level(built, box)
            _add_language(built, box)
            _add_scope(built, box)
            whole = _in_list_body(built, parent, pdf)
            if not _is_put_to_its_list(whole, box, pdf):
                yield whole

    return build


def _add_language(built: Any, box: Box) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: structure elements carry no /Lang, so German in an Arabic page is read as Arabic.

    ISO 14289-1, 7.2: the natural language of each piece of text can be determined.
    """
    from pydyf import String

    element = getattr(box, "element", None)
    language = None if element is None else element.get("lang")
    if language and box.element_tag not in {"html", "body"}:
        built["Lang"] = String(language)


def _describe_link(box: Box) -> None:
    """Gap: a link to a place in the document is described by the place's id, not by its words.

    ISO 14289-1, 7.18.5: the description of a link is for those who cannot see it.
    """
    from pydyf import String
    from weasyprint.formatting_structure.boxes import TextBox

    annotation = getattr(box, "link_annotation", None)
    if annotation and "Dest" in annotation:
        texts = (text for text in box.descendants() if isinstance(text, TextBox))
        words = " ".join(" ".join(map(linetexts.heard_text, texts)).split())
        annotation["Contents"] = String(words.replace(f"{linetexts.SOFT_HYPHEN} ", ""))


def _correct_level(built: Any, box: Box) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: a span that is set as a block is no block in the structure, nor <em> within a line.

    ISO 32000-1, 14.8.4: texts of block-level elements are apart, those of inline ones are not.
    """
    from weasyprint.formatting_structure.boxes import BlockLevelBox, InlineBox

    placed = getattr(box, "_box", box)  # a placeholder stands where a placed box would be
    if built["S"] == "/Span" and isinstance(placed, BlockLevelBox):
        built["S"] = "/Div"
    elif built["S"] == "/NonStruct" and isinstance(placed, InlineBox):
        built["S"] = "/Span"


def _add_scope(built: Any, box: Box) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: header cells carry no /Scope, so a screen reader does not know what they are heads of.

    ISO 32000-1, table 349: the scope of a TH; here a column's where the HTML says nothing.
    """
    if built["S"] == "/TH":
        scope = {"row": "/Row", "rowgroup": "/Row"}.get(box.element.get("scope"), "/Column")
        built["A"]["Scope"] = scope


def _in_list_body(built: Any, parent: Any, pdf: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: paragraphs in a list item are children of the LI, not of its LBody.

    ISO 14289-1, 7.2, and ISO 32000-1, table 336: an LI has a label and a body.
    """
    from pydyf import Array, Dictionary

    if parent["S"] != "/LI" or built["S"] in {"/Lbl", "/LBody"}:
        return built
    body = Dictionary({**built, "S": "/LBody", "K": Array([built.reference])})
    body.pop("Lang", None)
    pdf.add_object(body)
    built["P"] = body.reference
    return body


def _is_put_to_its_list(built: Any, box: Box, pdf: Any) -> bool:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: a list that goes on overleaf is another list there, and so is an item.

    ISO 32000-1, 14.8.4.3.3: a list is one structure element. Tells whether this is such a part; it
    is put to the first one then.
    """
    if not hasattr(pdf, "lists"):
        pdf.lists = {}
    element = getattr(box, "element", None)
    if element is None or built["S"] not in _LISTS:
        return False
    first = pdf.lists.setdefault((id(element), box.element_tag, built["S"]), built)
    if first is built or ("ActualText" in first) != ("ActualText" in built):
        return False
    if "ActualText" in built:
        first["ActualText"].string += built["ActualText"].string
    for kid in built["K"]:
        pdf.objects[int(kid.split()[0])]["P"] = first.reference
    first["K"] += built["K"]
    built.clear()
    return True


def _with_unmarked_artifacts(marked: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Draw what is not meant for readers as an artifact."""

    def mark(stream: Any, box: Any, tag: str) -> Any:  # noqa: ANN401 - as above
        return stream.artifact() if _is_artifact(box) else marked(stream, box, tag)

    return mark


def _is_artifact(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint is untyped
    """Tell whether a box stands in the margin of a page, or is a drawing hidden from readers."""
    from weasyprint.formatting_structure.boxes import MarginBox, ReplacedBox, TextBox

    box = getattr(box, "_box", box)  # a placeholder stands where a placed box would be
    if isinstance(box, ReplacedBox) and box.element is not None:
        return bool(box.element.get("aria-hidden") == "true")
    return isinstance(box, MarginBox) or (isinstance(box, TextBox) and box.element is None)


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


def _with_tables_soon_packed(data: Any) -> Any:  # noqa: ANN401 - as above
    """Gap: of a long document, packing the objects and their table takes a fifth of the time.

    At these levels it takes a tenth of that, and hardly a byte in a hundred more.
    """
    from pydyf import Dictionary, _to_bytes

    def packed(stream: Any) -> bytes:  # noqa: ANN401 - as above
        level = {"/ObjStm": 6, "/XRef": 1}.get(stream.extra.get("Type"))
        if not stream.compress or level is None:
            written: bytes = data(stream)
            return written
        content = zlib.compress(b"\n".join(map(_to_bytes, stream.stream)), level)
        extra = {**stream.extra, "Filter": "/FlateDecode", "Length": len(content)}
        return b"\n".join((Dictionary(extra).data, b"stream", content, b"endstream"))

    return packed


def _once(data: Any) -> Any:  # noqa: ANN401 - as above
    """Gap: all streams are compressed twice, for the file and for the digest that identifies it."""

    def written(stream: Any) -> bytes:  # noqa: ANN401 - as above
        count, known = getattr(stream, "known_data", (-1, b""))
        if count != len(stream.stream):
            known = data(stream)
            stream.known_data = len(stream.stream), known
        return known

    return written


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
