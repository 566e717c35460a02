"""Makes the XML of a Word document ready to be read, and tells what it leaves out of it.

The library that reads documents knows the ordinary places of text. Here, text boxes become
paragraphs, and fields their results; what the author hid or struck out is taken away.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from careerprint.manuscripts.htmlblocks import LONGEST_LINE
from careerprint.manuscripts.wordlists import WORD, labels_of, value_of
from careerprint.manuscripts.wordpackage import MAIN, packed
from careerprint.manuscripts.wordsigns import (
    OFF,
    TEXTS,
    is_filled,
    join_drop_caps,
    replace_by,
    show_signs,
    show_states,
    take_chunks,
    texts_of,
    within,
)

_W = WORD
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# Run properties by which an author takes a text out. ECMA-376 Part 1, 17.3.2.
_HIDDEN, _STRUCK = (f"{_W}vanish",), (f"{_W}strike", f"{_W}dstrike")
# What only says something of the text in it: a field's code, a direction. 17.3.2.3, 17.3.2.8.
_WRAPPERS = ("fldSimple", "bdo", "dir")
_COMMENT = f"{_W}comment"
_FORMULAS = {f"{_M}oMath", f"{_M}oMathPara"}
_SIGNS = {f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}", f"{_W}softHyphen": "\N{SOFT HYPHEN}"}
_DEEPEST = 6  # level of a heading
_USUAL = 24  # half points of a text that says nothing of its size, at most
_TOP = 3  # paragraphs, among which a title is
TITLE_STYLE = "careerprint-title"
"""The style that the line is given which is a title by its size alone."""
_HEADING = re.compile(r"(?:heading|überschrift) ([1-6])", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"toc (?:\d|heading)|table of figures", re.IGNORECASE)
_SYMBOLS = re.compile(r"Wingdings|Webdings|Symbol")
_BESIDE = re.compile(r"word/(comments|header|footer)\d*\.xml")
_DRAWN = re.compile(r"word/(?:diagrams/data|charts/chart)\d*\.xml")


@dataclass(slots=True)
class Prepared:
    """A document whose text stands in paragraphs and tables alone.

    `hidden`, `struck` and `deleted` are the texts that were taken away, `drawn` those of diagrams
    and charts, which are not in the document, `comments` and `margins` those beside its text,
    `contents` those of its table of contents, `lost` what else cannot be placed; `paragraphs` are
    those that have to be read in it. `labels` are what stands before the items of its numbered
    lists, in order: "3.", "b)". `headings` are the levels of styles, by their ids, that are not
    Word's own headings.
    """

    content: bytes = b""
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    headings: dict[str, int] = field(default_factory=dict)


def prepared(parts: Mapping[str, bytes]) -> Prepared:
    """Return a .docx file, given as its XML parts by name, made ready; raises ParseError."""
    made = Prepared()
    root = ElementTree.fromstring(parts[MAIN])  # noqa: S314 - without entities
    _choose(root)
    made.lost += take_chunks(root, parts)
    _unwrap(root)
    made.hidden += show_states(root)
    show_signs(root)
    join_drop_caps(root)
    named = ElementTree.fromstring(parts.get("word/styles.xml", b"<none/>"))  # noqa: S314 - as above
    styles = {style.get(f"{_W}styleId", ""): style for style in named.iter(f"{_W}style")}
    _take_out_contents(root, styles, made)
    _take_out(root, styles, made)
    _unwrap_ruby(root, made)
    made.lost += [shape.get("string", "") for shape in root.iter(f"{_VML}textpath")]
    _take_out_formulas(root, made)
    _hoist_boxes(root)
    _unwrap_layout(root)
    _mark_bullets(root)
    made.labels = list(labels_of(root, parts.get("word/numbering.xml"), styles))
    made.headings = dict(_heading_styles(styles)) | _mark_outlined(root)
    _mark_title(root, styles, made.headings)
    made.paragraphs = [text for p in root.iter(f"{_W}p") if (text := _own_text(p)).strip()]
    for name, xml in sorted(parts.items()):
        if found := _BESIDE.fullmatch(name):
            beside = ElementTree.fromstring(xml)  # noqa: S314 - as above
            texts = [" ".join(map(_own_text, c.iter(f"{_W}p"))) for c in beside.iter(_COMMENT)]
            if found[1] != "comments":
                texts = list(map(_own_text, beside.iter(f"{_W}p")))
            told = made.comments if found[1] == "comments" else made.margins
            told += [text for text in texts if text.strip() and text not in told]
    made.drawn = [
        text
        for name, xml in sorted(parts.items())
        if _DRAWN.fullmatch(name)
        if (text := " ".join(_drawn_texts(ElementTree.fromstring(xml))))  # noqa: S314 - as above
    ]
    made.content = packed({**parts, MAIN: ElementTree.tostring(root, "utf-8")})
    return made


def _choose(root: Element) -> None:
    """Put one of two alternatives in the place of both: the one that has text boxes."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{_MC}AlternateContent" and len(child):
                first = child.find(f"{_MC}Choice")
                chosen = child[0] if first is None else first
                if not any(True for _ in chosen.iter(f"{_W}txbxContent")):
                    chosen = child[-1]
                replace_by(parent, child, list(chosen))


def _unwrap(root: Element) -> None:
    """Put the shown result of a simple field, and what is only set in a direction, in its place."""
    for parent, child in within(root, *_WRAPPERS):
        replace_by(parent, child, list(child))


def _unwrap_ruby(root: Element, made: Prepared) -> None:
    """Put the words below a ruby in its place; what stands above them is noted."""
    for parent in list(root.iter()):
        for run in [r for r in parent if r.find(f"{_W}ruby") is not None]:
            inside: list[Element] = []
            for ruby in run.findall(f"{_W}ruby"):
                made.lost += ["".join(texts_of(over)) for over in ruby.findall(f"{_W}rt")]
                inside += [r for base in ruby.findall(f"{_W}rubyBase") for r in base]
            replace_by(parent, run, inside)


def _take_out(root: Element, styles: Mapping[str, Element], made: Prepared) -> None:
    """Take runs away that are hidden or struck out, and what tracked changes delete or move."""
    by_style = {n: style for n, style in styles.items() if _has(style, (*_HIDDEN, *_STRUCK))}
    for paragraph in root.iter(f"{_W}p"):
        _take_over_styles(paragraph, by_style)
    for parent, child in within(root, "del", "moveFrom", "r"):
        if child.tag != f"{_W}r":
            if text := "".join(t.text or "" for t in child.iter(f"{_W}delText")).strip():
                made.deleted.append(text)
            parent.remove(child)
            continue
        for marks, texts in ((_HIDDEN, made.hidden), (_STRUCK, made.struck)):
            if _has(child, marks):
                if text := "".join(texts_of(child)).strip():
                    texts.append(text)
                parent.remove(child)
                break


def _take_out_contents(root: Element, styles: Mapping[str, Element], made: Prepared) -> None:
    """Take the table of contents away: Word's own, and paragraphs in the styles of its entries."""
    entries = {n for n, s in styles.items() if _CONTENTS_STYLE.fullmatch(value_of(s, "name"))}
    for parent, child in within(root, "sdt", "p"):
        gallery = value_of(child, "sdtPr/docPartObj/docPartGallery")
        is_entry = child.tag == f"{_W}p" and value_of(child, "pPr/pStyle") in entries
        if gallery == "Table of Contents" or is_entry:
            paragraphs = [child] if is_entry else list(child.iter(f"{_W}p"))
            made.contents += [text for p in paragraphs if (text := _own_text(p).strip())]
            parent.remove(child)


def _take_out_formulas(root: Element, made: Prepared) -> None:
    """Take formulas away, which only a picture could show; they are noted as they are typed."""
    for parent in list(root.iter()):
        for formula in [child for child in parent if child.tag in _FORMULAS]:
            made.lost.append("".join(t.text or "" for t in formula.iter(f"{_M}t")))
            parent.remove(formula)


def _take_over_styles(paragraph: Element, styles: Mapping[str, Element]) -> None:
    """Give runs what their styles say of their being taken out, unless they say that themselves."""
    above = styles.get(value_of(paragraph, "pPr/pStyle"))
    for run in paragraph.iter(f"{_W}r"):
        style = styles.get(value_of(run, "rPr/rStyle"), above)
        if style is None:
            continue
        own = run.find(f"{_W}rPr")
        if own is None:
            own = Element(f"{_W}rPr")
            run.insert(0, own)
        for mark in (*_HIDDEN, *_STRUCK):
            said = style.find(f"{_W}rPr/{mark}")
            if said is not None and own.find(mark) is None:
                own.append(said)


def _has(run: Element, marks: tuple[str, ...]) -> bool:
    marked = [run.find(f"{_W}rPr/{mark}") for mark in marks]
    return any(m is not None and m.get(f"{_W}val", "1") not in OFF for m in marked)


def _hoist_boxes(root: Element) -> None:
    """Move what stands in text boxes behind the paragraph or table that they are anchored in."""
    body = root.find(f"{_W}body")
    if body is None:
        return
    for block in list(body):
        boxes = [box for box in block.iter(f"{_W}txbxContent") if len(box)]
        place = list(body).index(block) + 1
        for box in boxes:
            inside = list(box)
            for element in inside:
                box.remove(element)
            body[place:place] = inside
            place += len(inside)


def _unwrap_layout(root: Element) -> None:
    """Put the contents of a table that lays out a page in its place; tables of data stay.

    One lays out a page if it has one row or one column, or a cell with several paragraphs.
    """
    for parent, table in within(root, "tbl"):
        rows = [list(row.findall(f"{_W}tc")) for row in table.findall(f"{_W}tr")]
        cells = [cell for row in rows for cell in row]
        filled = [sum(bool(_own_text(p).strip()) for p in c.findall(f"{_W}p")) for c in cells]
        lays_out = len(rows) == 1 or max(map(len, rows), default=0) == 1
        if lays_out or max(filled, default=0) > 1:
            inside = [e for cell in cells for e in cell if e.tag != f"{_W}tcPr"]
            replace_by(parent, table, inside)


def _mark_bullets(root: Element) -> None:
    """Put • in the place of a symbol font's sign at the start of a paragraph."""
    for paragraph in root.iter(f"{_W}p"):
        run = next((r for r in paragraph.iter(f"{_W}r") if is_filled(r)), None)
        if run is None:
            continue
        fonts = run.find(f"{_W}rPr/{_W}rFonts")
        named = " ".join(fonts.attrib.values()) if fonts is not None else ""
        for text in run:
            if text.tag == f"{_W}sym":
                text.tag, text.text = f"{_W}t", "• "
                text.attrib.clear()
                break
            if text.tag == f"{_W}t" and text.text and _SYMBOLS.search(named):
                text.text = f"• {text.text[1:]}"
                break


def _mark_outlined(root: Element) -> dict[str, int]:
    """Give paragraphs with an outline level of their own a style; return the levels of these."""
    found: dict[str, int] = {}
    for properties in root.iter(f"{_W}pPr"):
        level = properties.find(f"{_W}outlineLvl")
        depth = int(level.get(f"{_W}val", "9")) + 1 if level is not None else _DEEPEST + 1
        if depth <= _DEEPEST:
            for style in properties.findall(f"{_W}pStyle"):
                properties.remove(style)
            name = f"careerprint-heading-{depth}"
            properties.insert(0, Element(f"{_W}pStyle", {f"{_W}val": name}))
            found[name] = depth
    return found


def _mark_title(root: Element, styles: Mapping[str, Element], headings: Mapping[str, int]) -> None:
    """Give a short line at the top the style of titles where nothing else is set as large."""
    filled = [p for p in root.iter(f"{_W}p") if _own_text(p).strip()]
    sizes = [_sizes(p, styles) for p in filled]
    largest = max((max(each) for each in sizes), default=0)
    large = [at for at, each in enumerate(sizes) if max(each) == largest]
    if len(large) != 1 or large[0] >= _TOP or len(filled) == 1 or min(sizes[large[0]]) < largest:
        return
    title = filled[large[0]]
    is_heading = value_of(title, "pPr/pStyle") in headings
    if is_heading or len(_own_text(title)) > LONGEST_LINE:
        return
    properties = title.find(f"{_W}pPr")
    if properties is None:
        properties = Element(f"{_W}pPr")
        title.insert(0, properties)
    for style in properties.findall(f"{_W}pStyle"):
        properties.remove(style)
    properties.insert(0, Element(f"{_W}pStyle", {f"{_W}val": TITLE_STYLE}))


def _sizes(paragraph: Element, styles: Mapping[str, Element]) -> set[int]:
    """Return the sizes of a paragraph's text, in half points."""
    style = styles.get(value_of(paragraph, "pPr/pStyle"))
    usual = value_of(style, "rPr/sz") if style is not None else ""
    filled = [r for r in paragraph.iter(f"{_W}r") if is_filled(r)]
    said = [value_of(r, "rPr/sz") or usual for r in filled]
    return {int(size) if size.isdecimal() else _USUAL for size in said} or {0}


def _heading_styles(styles: Mapping[str, Element]) -> Iterator[tuple[str, int]]:
    """Yield the ids and levels of styles that are based on headings, or have an outline level."""
    for name, style in styles.items():
        seen: set[str] = set()
        at: Element | None = style
        while at is not None and at.get(f"{_W}styleId", "") not in seen:
            seen.add(at.get(f"{_W}styleId", ""))
            depth = int(value_of(at, "pPr/outlineLvl") or _DEEPEST) + 1
            if word := _HEADING.fullmatch(value_of(at, "name")):
                depth = int(word[1])
            if depth <= _DEEPEST:
                yield name, depth
                break
            at = styles.get(value_of(at, "basedOn"))


def _own_text(paragraph: Element) -> str:
    """Return the text of a paragraph, without that of paragraphs within it."""

    def pieces(element: Element) -> Iterator[str]:
        for child in element:
            if child.tag == f"{_W}p":
                continue
            if child.tag in TEXTS:
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            else:
                yield from pieces(child)

    return "".join(pieces(paragraph))


def _drawn_texts(root: Element) -> Iterator[str]:
    """Yield the texts of a diagram or chart; numbers are drawn from a table of their own."""
    for element in root.iter():
        if element.tag == f"{_DRAWING}t" and element.text:
            yield element.text
        elif element.tag == f"{_CHART}strCache":
            yield from (v.text for v in element.iter(f"{_CHART}v") if v.text)
