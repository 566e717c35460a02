"""Reads an OpenDocument text (.odt), as LibreOffice writes it, by way of HTML.

Its elements are made HTML's, with the emphasis that their styles mean. What is not text, or was
taken out by the author, is left out and named. Source: OASIS OpenDocument 1.3, part 3.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from careerprint.core.diagnostics import N_, refuse, shortened
from careerprint.manuscripts.htmlblocks import Blocks
from careerprint.manuscripts.manuscript import Manuscript, folded
from careerprint.manuscripts.picturefiles import in_package
from careerprint.manuscripts.wordpackage import DAMAGED, parts_of

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TEXT, _TABLE = (f"{{{_ODF}:{name}:1.0}}" for name in ("office", "text", "table"))
_STYLE, _DRAW = f"{{{_ODF}:style:1.0}}", f"{{{_ODF}:drawing:1.0}}"
_FO = f"{{{_ODF}:xsl-fo-compatible:1.0}}"
_SVG = f"{{{_ODF}:svg-compatible:1.0}}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_PARTS = ("styles.xml", "content.xml")  # what the second says of a style goes first
_MOST_SPACES = 20
# What a paragraph is by the name of its style, or of the one that it is based on.
_NAMED = {"Title": "h6", "Subtitle": "h6", "Quotations": "blockquote"}
_TABLES = {f"{_TABLE}table": "table", f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "td"}
_LEFT_OUT = {
    f"{_OFFICE}annotation": N_("Left out, because it is a comment: “{text}”"),
    f"{_TEXT}note": N_("A footnote is not taken over. It says: “{text}”"),
    f"{_TEXT}table-of-content": N_("The table of contents is not taken over: “{text}”"),
    f"{_TEXT}tracked-changes": N_("Left out, because it is struck out in the document: “{text}”"),
    f"{_TEXT}hidden-text": N_("Left out, because it is hidden in the document: “{text}”"),
    f"{_TEXT}hidden-paragraph": N_("Left out, because it is hidden in the document: “{text}”"),
}


def read_odt(content: bytes, place: str) -> Manuscript:
    """Return the paragraphs of an .odt file; raises Refused where it cannot be used."""
    parts = parts_of(content, place, "content.xml")
    manuscript = Manuscript()
    page = Element("body")
    try:
        read = [ElementTree.fromstring(parts[n]) for n in _PARTS if n in parts]  # noqa: S314 - safe
        styles = {name: style for root in read for name, style in _styles(root)}
        for body in read[-1].iterfind(f"{_OFFICE}body/{_OFFICE}text"):
            _Page(manuscript, styles).add(body, page)
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise refuse(place, *DAMAGED) from None
    blocks = Blocks(manuscript, in_package(content))
    blocks.walk(page)
    blocks.end()
    return manuscript


def _styles(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield every style of a part by its name: of paragraphs, of words and of lists."""
    for tag in (f"{_STYLE}style", f"{_TEXT}list-style"):
        for style in root.iter(tag):
            yield style.get(f"{_STYLE}name", ""), style


class _Page:
    """Makes the elements of OpenDocument those of HTML."""

    def __init__(self, manuscript: Manuscript, styles: Mapping[str, Element]) -> None:
        self._manuscript = manuscript
        self._styles = styles
        self._list = ""  # the style of the lists that are open
        self._depth = 0  # how many are
        self._description = ""  # of the frame that is open
        self._is_bold = False  # the paragraph that is open, where its words do not say otherwise

    def add(self, source: Element, target: Element) -> None:
        """Add what stands in `source` to `target`."""
        self._words(target, source.text)
        for child in source:
            self._element(child, target)
            self._words(target, child.tail)

    def _words(self, target: Element, text: str | None) -> None:
        is_plain = not text or target.tag in {"strong", "em", "sup", "sub", "s", "a"}
        _append(target if is_plain or not self._is_bold else SubElement(target, "strong"), text)

    def _element(self, element: Element, target: Element) -> None:
        tag = element.tag
        if tag in _LEFT_OUT:
            words = folded(" ".join(element.itertext()))
            if words:
                self._manuscript.remark_on_all(_LEFT_OUT[tag], text=shortened(words))
        elif tag == f"{_TEXT}s":
            _append(target, " " * min(int(element.get(f"{_TEXT}c", "1")), _MOST_SPACES))
        elif tag == f"{_TEXT}tab":
            _append(target, " ")
        elif tag == f"{_TEXT}line-break":
            SubElement(target, "br")
        elif tag == f"{_TEXT}span":
            self._span(element, target)
        elif tag == f"{_TEXT}list":
            self._add_list(element, target)
        elif tag.startswith((_DRAW, _SVG)):
            self._drawn(element, target)
        else:
            made = self._block(element)
            before, self._is_bold = self._is_bold, self._is_bold_paragraph(element)
            self.add(element, target if made is None else _appended(target, made))
            self._is_bold = before

    def _drawn(self, element: Element, target: Element) -> None:
        """Add a picture with the description of its frame, or what else a drawing holds."""
        if element.tag == f"{_DRAW}image":
            SubElement(target, "img", src=element.get(_HREF, ""), alt=self._description)
        elif element.tag not in {f"{_SVG}desc", f"{_SVG}title"}:
            before = self._description
            said = (element.findtext(f"{_SVG}{name}") for name in ("desc", "title"))
            self._description = next(filter(None, said), before)
            self.add(element, target)
            self._description = before

    def _block(self, element: Element) -> Element | None:
        """Return the HTML element for one that is neither a list nor a mark within a line."""
        match element.tag:
            case tag if tag == f"{_TEXT}h":
                level = int(element.get(f"{_TEXT}outline-level", "1"))
                return Element(f"h{min(max(level, 1), 6)}")
            case tag if tag == f"{_TEXT}p":
                name = self._based_on(element.get(f"{_TEXT}style-name", ""))
                if found := re.fullmatch(r"Heading_20_(\d)", name):
                    return Element(f"h{min(max(int(found[1]), 1), 6)}")
                made = Element(_NAMED.get(name, "p"))
                if name in {"Title", "Subtitle"}:
                    made.set("class", "title")
                return made
            case tag if tag == f"{_TEXT}a":
                return Element("a", href=element.get(_HREF, ""))
            case tag if tag in _TABLES:
                return Element(_TABLES[tag])
            case _:
                return None

    def _span(self, element: Element, target: Element) -> None:
        """Add words with the emphasis that their style means."""
        said = self._looks(element)
        position = said.get(f"{_STYLE}text-position", "")
        for tag, means in (
            ("s", said.get(f"{_STYLE}text-line-through-style", "none") != "none"),
            ("strong", said.get(f"{_FO}font-weight", "bold" if self._is_bold else "") == "bold"),
            ("em", said.get(f"{_FO}font-style") == "italic"),
            ("sup", position.startswith("super")),
            ("sub", position.startswith("sub")),
        ):
            if means:
                target = SubElement(target, tag)
        self.add(element, target)

    def _looks(self, element: Element) -> Mapping[str, str]:
        """Return what the style of an element says of its words."""
        style = self._styles.get(element.get(f"{_TEXT}style-name", ""))
        looks = style.find(f"{_STYLE}text-properties") if style is not None else None
        return looks.attrib if looks is not None else {}

    def _is_bold_paragraph(self, element: Element) -> bool:
        return (
            element.tag == f"{_TEXT}p" and self._looks(element).get(f"{_FO}font-weight") == "bold"
        )

    def _add_list(self, element: Element, target: Element) -> None:
        before, self._depth = self._list, self._depth + 1
        self._list = element.get(f"{_TEXT}style-name", self._list)
        style = self._styles.get(self._list)
        numbers = style.iterfind(f"{_TEXT}list-level-style-number") if style is not None else ()
        is_numbered = any(n.get(f"{_TEXT}level", "1") == str(self._depth) for n in numbers)
        made = SubElement(target, "ol" if is_numbered else "ul")
        for item in element:
            start = item.get(f"{_TEXT}start-value")
            if start and not len(made):
                made.set("start", start)
            self.add(item, SubElement(made, "li"))
        self._list, self._depth = before, self._depth - 1

    def _based_on(self, name: str) -> str:
        """Return the name of the style that one made for a single paragraph is based on."""
        style = self._styles.get(name)
        if style is None or not re.fullmatch(r"P\d+", name):
            return name
        return style.get(f"{_STYLE}parent-style-name", name)


def _append(target: Element, text: str | None) -> None:
    """Add text behind what an element holds."""
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _appended(target: Element, child: Element) -> Element:
    target.append(child)
    return child
