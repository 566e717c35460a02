"""Turns HTML into the paragraphs of a manuscript: a saved web page, or what a library made of Word.

Headings, lists, quotations, tables of data, links and emphasis stay. Navigation, scripts and the
like are no part of a text; what of them could be read is named.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import tinyhtml5

from careerprint.core.diagnostics import N_, shortened
from careerprint.manuscripts.manuscript import Kind, Manuscript, folded, inline_literal, joined
from careerprint.manuscripts.picturefiles import Finds, nowhere, take_picture
from careerprint.manuscripts.plaintext import decoded_text
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
_INLINE = {"span", "small", "mark", "font", "abbr", "cite", "code", "kbd", "time", "label"}
_UNSEEN = {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "title"}
_NO_TEXT = {"nav", "header", "footer", "aside", "form", "button", "select", "dialog"}
_NO_TEXT_NAMES = re.compile(
    r"\b(?:cookie|consent|breadcrumb|navigation|navbar|menu|sidebar|share|newsletter|skip)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
_LONGEST_SHEET = 200_000  # characters
_STYLED = {"span", "p", "div", "li", "font"}
_READING_TIME = re.compile(r"Lese(?:zeit|dauer)\b.{0,20}", re.IGNORECASE)
_SHORT_LINE = 60  # characters of a line that may be a heading
_IN_LAYOUT = {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
_LONGEST_CELL = 120  # characters; a cell with more belongs to a page that is laid out with a table
_NOTE = re.compile(r"(foot|end)note-\d")


def read_html(content: bytes, place: str, finds: Finds = nowhere) -> Manuscript:
    """Return the paragraphs of a web page; raises Refused where it is no text.

    `finds` returns the picture of an address.
    """
    manuscript = Manuscript()
    text = decoded_text(content, place, manuscript)
    page = tinyhtml5.parse(text, namespace_html_elements=False)
    _write_out_styles(page)
    left_out = list(_without_frame(page))
    bodies = [e for tag in ("main", "article") for e in page.iter(tag) if folded(_all_of(e))]
    title = page.find(".//h1")
    if bodies and title is not None and bodies[0].find(".//h1") is None:
        manuscript.add("heading", _all_of(title), level=1)  # it stands above what holds the text
    blocks = Blocks(manuscript, finds)
    blocks.walk(bodies[0] if bodies else page)
    blocks.flush()
    for words in dict.fromkeys(left_out):
        manuscript.remark_on_all(
            N_("Left out, because it frames the page and is no part of its text: “{text}”"),
            text=shortened(words),
        )
    return manuscript


def _write_out_styles(page: Element) -> None:
    """Make words what style sheets in the page say they are: struck out, hidden, bold or italic.

    Google Docs and Word write so what HTML has elements for.
    """
    sheet = "".join(_all_of(style) for style in page.iter("style"))
    rules = dict(_RULE.findall(sheet[:_LONGEST_SHEET]))
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag not in _STYLED:
            continue
        named = [rules.get(name, "") for name in element.get("class", "").split()]
        said = ";".join([*named, element.get("style", "")]).replace(" ", "").lower()
        if "display:none" in said or "visibility:hidden" in said:
            element.set("hidden", "")
        elif "line-through" in said:
            element.tag = "s"
        elif element.tag == "span" and _BOLD.search(said):
            element.tag = "b"
        elif element.tag == "span" and "font-style:italic" in said:
            element.tag = "i"
        elif element.tag == "p" and element.get("class", "").split()[:1] == ["title"]:
            element.tag = "h1"


def _without_frame(element: Element) -> Iterator[str]:
    """Take out of a page what frames its text, and yield the words of that."""
    if element.tag in {"blockquote", "figure"}:  # their foot says whose words these are
        return
    for child in list(element):
        if not isinstance(child.tag, str):  # a comment
            child.text = ""
            continue
        named = f"{child.get('class', '')} {child.get('id', '')} {child.get('role', '')}"
        words = folded(_all_of(child))
        is_frame = child.tag in _NO_TEXT or _NO_TEXT_NAMES.search(named)
        if child.tag in _UNSEEN or "hidden" in child.attrib:
            _empty(child)
        elif is_frame and child.find(".//h1") is None:
            _empty(child)
            if words:
                yield words
        elif _READING_TIME.fullmatch(words):
            _empty(child)
            yield words
        else:
            yield from _without_frame(child)


def _empty(element: Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail


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
            case tag if tag in _UNSEEN:
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
                if self._pieces and re.match(r"[.,;:!?]", element.tail or ""):
                    text, style = self._pieces[-1]
                    self._pieces[-1] = (text.rstrip(), style)
                self.manuscript.remark_on_all(
                    N_("Left out, because it is struck out in the document: “{text}”"),
                    text=folded(_all_of(element)),
                )
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
            case _:
                self.flush()
                if re.fullmatch("h[1-6]", element.tag):
                    level = 0 if "title" in element.get("class", "") else int(element.tag[1])
                    self._kind = ("heading", level)
                self.walk(element)
                self.flush()

    def _code(self, element: Element) -> None:
        self.flush()
        self.manuscript.remark(N_("Code is not printed as such; its lines stand here as text."))
        for line in _all_of(element).split("\n"):
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
        elif (address := kept_address(target)) and folded(_all_of(element)):
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
            any(part.tag in _IN_LAYOUT for part in cell.iter())
            or len(_all_of(cell)) > _LONGEST_CELL
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


def _all_of(element: Element) -> str:
    return "".join(element.itertext())


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
