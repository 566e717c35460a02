"""Turns HTML elements into the paragraphs of a manuscript: of a web page, of Word, of OpenDocument.

Headings, lists, quotations, tables of data, links and emphasis stay; a bold line is a heading.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from careerprint.core.diagnostics import N_, shortened
from careerprint.manuscripts.manuscript import Kind, Manuscript, folded, inline_literal, joined
from careerprint.manuscripts.picturefiles import Finds, nowhere, take_picture
from careerprint.profiles.inline import LINK_SCHEMES

_STYLES = {
    "strong": "**",
    "b": "**",
    "em": "*",
    "i": "*",
    "sub": "<sub>",
    "sup": "<sup>",
}
_EMPHASIS = {"**", "*"}
_UNDERLINED = "u"  # no mark in print; a heading may be told by it
_INLINE = {
    "span",
    "small",
    "mark",
    "font",
    "abbr",
    "cite",
    "code",
    "kbd",
    "time",
    "label",
    "button",
}
UNSEEN = {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "title"}
_SHORT_LINE = 60  # characters of a line that may be a heading
LONGEST_LINE = 80  # characters of a line that is a heading because it is bold
_BOLD_LEVEL = 7  # of a heading by bold type alone: below all levels of Word and HTML
_LEVELS = {**{f"h{level}": level for level in range(1, 7)}, "summary": _BOLD_LEVEL}
HEADS = {*_LEVELS, "dt"}
_IN_LAYOUT = {*HEADS, "ul", "ol", "table"}
_LONGEST_CELL = 120  # characters; a cell with more belongs to a page that is laid out with a table
_NOTE = re.compile(r"(foot|end)note-\d")


class Blocks:
    """Turns elements into paragraphs, and keeps what a reader of Word files asks for.

    `finds` returns the picture of an address. `read` has the text of each paragraph, `notes` that
    of footnotes, `numbered` the positions of the items of numbered lists, `running` those of
    running text and whether it is all bold or underlined.
    """

    def __init__(self, manuscript: Manuscript, finds: Finds = nowhere) -> None:
        self.manuscript = manuscript
        self._finds = finds
        self._pictures: list[tuple[str, str]] = []  # addresses and descriptions, to be added
        self.notes: list[str] = []
        self.read: list[str] = []
        self.numbered: list[int] = []
        self.running: dict[int, bool] = {}
        self._pieces: list[tuple[str, tuple[str, ...]]] = []  # of a paragraph, with their styles
        self._kind: tuple[Kind, int] = ("text", 0)
        self._into: list[str] | None = None  # the cell or the notes that texts go into
        self._lists = self._tables = self._quotes = 0  # that are open

    def walk(self, element: Element, style: frozenset[str] = frozenset()) -> None:
        """Take what stands in an element, in a style."""
        self._take(element.text, style)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, style)
            self._take(child.tail, style)

    def _take(self, text: str | None, style: frozenset[str]) -> None:
        if text:
            self._pieces.append((text, tuple(sorted(style))))

    def _element(self, element: Element, style: frozenset[str]) -> None:
        match element.tag:
            case tag if tag in _STYLES:
                self.walk(element, style | {_STYLES[tag]})
            case "u":
                self.walk(element, style | {_UNDERLINED})
            case tag if tag in _INLINE:
                self.walk(element, style)
            case tag if tag in UNSEEN:
                pass
            case "a":
                self._link(element, style)
            case "br":
                self._break_line()
            case "img":
                self._pictures.append((element.get("src", ""), element.get("alt", "")))
            case _:
                self._block(element)

    def _block(self, element: Element) -> None:
        match element.tag:
            case "del" | "s" | "strike":
                self._struck(element)
            case "pre":
                self._code(element)
            case "hr":
                self.manuscript.remark_on_all(N_("Lines across the page are left out."))
            case "blockquote":
                self.flush()
                self._quotes += 1
                self.walk(element)
                self.flush()
                self._quotes -= 1
            case "ul" | "ol":
                self._list(element)
            case "table":
                self._table(element)
            case "dl":
                self._terms(element)
            case tag if tag in _LEVELS:
                self._heading(element, 0 if "title" in element.get("class", "") else _LEVELS[tag])
            case _:
                self.flush()
                self.walk(element)
                self.flush()

    def _struck(self, element: Element) -> None:
        if self._pieces and re.match(r"[.,;:!?]", element.tail or ""):
            text, style = self._pieces[-1]
            self._pieces[-1] = (text.rstrip(), style)
        self.manuscript.remark_on_all(
            N_("Left out, because it is struck out in the document: “{text}”"),
            text=folded(all_of(element)),
        )

    def _heading(self, element: Element, level: int) -> None:
        self.flush()
        self._kind = ("heading", level)
        self.walk(element)
        self.flush()

    def _terms(self, element: Element) -> None:
        """Take terms and what is told of them: a question heads its answer, "Dauer" is of a row."""
        self.flush()
        parts = [p for child in element for p in (child if child.tag == "div" else [child])]
        for this, below in pairwise([*parts, Element("dt")]):
            told = folded(all_of(below)) if below.tag == "dd" else ""
            words = folded(all_of(this))
            if this.tag != "dt" or not told or not words:
                self.walk(this)
                self.flush()
            elif words.endswith("?") or len(told) > _SHORT_LINE:
                self._heading(this, _BOLD_LEVEL)
            else:
                self._take(f"{words.rstrip(':')}: ", frozenset())

    def _code(self, element: Element) -> None:
        self.flush()
        self.manuscript.remark(N_("Code is not printed as such; its lines stand here as text."))
        for line in all_of(element).split("\n"):
            self.manuscript.add("text", line)

    def _break_line(self) -> None:
        """End a line, by which people part headings and items; program's lines are joined."""
        line = folded("".join(piece for piece, _ in self._pieces))
        ends = len(line) <= _SHORT_LINE or line.endswith((".", "!", "?", ":"))
        if line and ends and self._kind[0] == "text" and self._into is None:
            self.flush()
        else:
            self._pieces.append((" ", ()))

    def _link(self, element: Element, style: frozenset[str]) -> None:
        target = element.get("href", "")
        if _NOTE.match(target[1:]) or "note-ref-" in target:  # a mark of a note
            return
        if not target or target.startswith("#"):
            self.walk(element, style)
        elif (address := kept_address(target)) and folded(all_of(element)):
            self.walk(element, style | {f"[{address}"})
        else:
            self.manuscript.remark(
                N_("A link is left out here; its text stands ({address})."),
                address=shortened(target),
            )
            self.walk(element, style)

    def _list(self, element: Element) -> None:
        self.flush()
        self._lists += 1
        start = element.get("start", "")
        number = int(start) - 1 if re.fullmatch(r"\d{1,9}", start) else 0
        for item in element:
            self.flush()
            before = self._into
            if _NOTE.match(item.get("id", "")):
                self._into = self.notes
            else:
                number += 1
                self._kind = ("number", number) if element.tag == "ol" else ("bullet", 0)
                if self._lists > 1:
                    self.manuscript.remark(
                        N_(
                            "This stood within a list item; it is a paragraph or item of its own "
                            "now."
                        )
                    )
            self.walk(item)
            self.flush()
            self._kind = ("text", 0)
            self._into = before
        self._lists -= 1

    def _table(self, element: Element) -> None:
        """Take a table of data as one; of one that lays out a page, what stands in it.

        A table in a cell is a part of that cell's text.
        """
        self.flush()
        rows = [[c for c in row if c.tag in {"td", "th"}] for row in element.iter("tr")]
        laid_out = any(
            any(part.tag in _IN_LAYOUT for part in cell.iter()) or len(all_of(cell)) > _LONGEST_CELL
            for row in rows
            for cell in row
        )
        if self._into is not None or (laid_out and not self._tables):
            self._tables += 1
            self.walk(element)
            self._tables -= 1
            return
        cells = [[self._cell(cell) for cell in row] for row in rows]
        if len(cells) > 1 and len(cells[0]) > 1 and len({len(row) for row in cells}) == 1:
            self.manuscript.add_table(cells)
        else:
            for row in cells:
                self.manuscript.add("text", joined(row))

    def _cell(self, element: Element) -> str:
        before, texts = self._into, list[str]()
        self._into = texts
        self.walk(element)
        self.flush()
        self._into = before
        return joined(map(folded, texts))

    def end(self) -> None:
        """Add what has been read last, and make headings of bold lines, as people write them.

        Where all is bold or underlined, nothing is a heading by that.
        """
        self.flush()
        if all(self.running.values()):
            return
        for at in (at for at, is_stressed in self.running.items() if is_stressed):
            line = self.manuscript.paragraphs[at]
            ends = line.text.endswith((".", ",", ";", "!", "“"))
            if len(line.text) <= LONGEST_LINE and not ends:
                made = replace(line, kind="heading", level=_BOLD_LEVEL)
                self.manuscript.paragraphs[at] = made

    def flush(self) -> None:
        """Add what has been read as a paragraph, or to the cell or note that it stands in."""
        pieces, self._pieces = self._pieces, []
        text = "".join(piece for piece, _ in pieces)
        if not folded(text) or self._into is not None:
            self._take_pictures()
        (kind, count), self._kind = self._kind, ("text", 0)
        if not folded(text):
            if kind in {"bullet", "number"}:
                self._kind = (kind, count)  # its paragraph comes yet
            return
        self.read.append(text)
        if self._into is not None:
            self._into.append(text)
        elif kind == "heading":
            self.manuscript.add(kind, text, inline_literal(text), level=count)
        elif self._quotes and kind == "text":
            self.manuscript.add("quote", text, _marked(pieces))
        else:
            place = len(self.manuscript.paragraphs)
            if kind == "number":
                self.numbered.append(place)
            elif kind == "text":
                stressed = (style for piece, style in pieces if piece.strip())
                self.running[place] = all({"**", _UNDERLINED} & set(style) for style in stressed)
            self.manuscript.add(kind, text, _marked(pieces), number=count)
        self._take_pictures()

    def _take_pictures(self) -> None:
        pictures, self._pictures = self._pictures, []
        for address, description in pictures:
            take_picture(self.manuscript, self._finds(address), address, description)


def all_of(element: Element) -> str:
    """Return all text that stands in an element."""
    return "".join(element.itertext())


def words_of(element: Element) -> str:
    """Return the words of an element as they are seen: blocks and links stand apart."""
    within = {*_STYLES, *_INLINE, _UNDERLINED} - {"label", "button", "time"}
    gap = "" if element.tag in within else " "
    inner = (f"{words_of(e) if isinstance(e.tag, str) else ''}{e.tail or ''}" for e in element)
    return f"{gap}{element.text or ''}{''.join(inner)}{gap}"


def kept_address(address: str) -> str:
    """Return the address of a link as it is kept in a profile; "" for one that is not printed."""
    keeps = urlsplit(address).scheme in LINK_SCHEMES and not re.search(r"[<>\s\\]", address)
    return address if keeps else ""


def _marked(pieces: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """Return pieces of text, each with its marks of emphasis and its link, as Markdown."""
    merged: list[tuple[str, tuple[str, ...]]] = []
    for text, marked in pieces:
        style = tuple(mark for mark in marked if mark != _UNDERLINED)
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + text, style)
        else:
            merged.append((text, style))
    emphasised = len([text for text, _ in merged if text.strip()]) > 1  # else all of it is
    found = ""
    for text, style in merged:
        inner = text.strip()
        before, behind = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        marks = [m for m in style if inner and (emphasised or m not in _EMPHASIS)]
        opened = "".join("[" if mark.startswith("[") else mark for mark in marks)
        closed = "".join(map(_closing, reversed(marks)))
        found += f"{before}{opened}{inline_literal(inner)}{closed}{behind if inner else ''}"
    return found


def _closing(mark: str) -> str:
    return f"](<{mark[1:]}>)" if mark.startswith("[") else mark.replace("<", "</")
