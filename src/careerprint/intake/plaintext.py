"""Reads a plain text or a Markdown file: its encoding, and what makes a paragraph.

In a plain text, every character is text, marks such as “-” or “#” at the start of a line included.
In Markdown, what careerprint prints keeps its markup, and all else is kept as text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from markdown_it.token import Token

from careerprint.core.characters import REORDERING, decoded
from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.intake.manuscript import TYPED_BULLET, Kind, Manuscript, inline_literal
from careerprint.profiles.body import block_parser, markdown_blocks
from careerprint.profiles.inline import LINK_SCHEMES

# C0 and C1 controls but what parts lines: Unicode, category Cc, and UAX #14.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NO_TEXT = (
    N_("This is not a text file, or it is stored in an unknown way."),
    N_("Save the text as “plain text, UTF-8”, or as .docx, and import that file."),
)
_INVISIBLE = re.compile(f"[{REORDERING}]")
_WRAPPED = range(40, 101)  # how long the longest line is, where a program has broken the lines


def read_plain(content: bytes, place: str) -> Manuscript:
    """Return the paragraphs of a text file; raises Refused where it is none."""
    manuscript = Manuscript()
    text = decoded_text(content, place, manuscript)
    width = _width(text)
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text):
        for paragraph in _paragraphs(block.split("\n"), width):
            manuscript.add("text", paragraph)
    return manuscript


def decoded_text(content: bytes, place: str, manuscript: Manuscript) -> str:
    r"""Return the text in bytes, umlauts composed (NFC), line ends as \n; raises Refused.

    An encoding that was told by the text's letters is remarked on.
    """
    found = decoded(content)
    if found is None:
        raise refuse(place, *_NO_TEXT)
    if found.guessed:
        manuscript.remark_on_all(
            N_("The file is not stored as UTF-8; it was read as {encoding}. Check the umlauts."),
            encoding=found.guessed,
        )
    text = found.text
    text = _LINE_ENDS.sub("\n", text)
    if control := _CONTROL.search(text):
        raise refuse(Location(place, text[: control.start()].count("\n") + 1), *_NO_TEXT)
    if hidden := _INVISIBLE.search(text):
        manuscript.remark_on_all(
            N_(
                "Line {line} of the file holds the invisible control character U+{code}, with "
                "which it is not printed. Delete it."
            ),
            line=text[: hidden.start()].count("\n") + 1,
            code=f"{ord(hidden[0]):04X}",
        )
    return unicodedata.normalize("NFC", text)


def _width(text: str) -> int:
    """Return the width at which a program has broken the lines of a text; 0 where none has."""
    longest = max(map(len, text.split("\n")))
    return longest if longest in _WRAPPED else 0


def _paragraphs(lines: list[str], width: int) -> list[str]:
    """Return the paragraphs that lines without an empty one between them make.

    A line is one, unless the next word had no room behind it: then a program has broken it.
    """
    found = [lines[0]]
    for before, line in pairwise(lines):
        word = re.match(r"\S*", line.lstrip())
        room = len(before.rstrip()) + 1 + len(word[0] if word else "")
        if TYPED_BULLET.match(line.lstrip()):  # typed by somebody, and never joined to another line
            found.append(line)
        elif width and before.strip() and not before[:1].isspace() and room > width:
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


_HEAD = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
# An id behind a heading, as in a profile.
_ID = re.compile(r"\s*\{#([a-z][a-z0-9_-]*)\}$")


def read_markdown(content: bytes, place: str) -> Manuscript:
    """Return the paragraphs of a Markdown file; raises Refused where it is no text."""
    manuscript = Manuscript()
    text = decoded_text(content, place, manuscript)
    head = _HEAD.match(text)
    if head:
        manuscript.remark(N_("The file has a head of its own; its lines stand here as text."))
        for line in head[0].split("\n"):
            manuscript.add("text", line)
        text = text[head.end() :]
    reader = _Blocks(manuscript, text.split("\n"))
    reader.read(block_parser().parse(text), "text")
    return manuscript


class _Blocks:
    """Turns Markdown's blocks into paragraphs."""

    def __init__(self, manuscript: Manuscript, lines: list[str]) -> None:
        self.manuscript = manuscript
        self.lines = lines

    def read(self, tokens: Sequence[Token], kind: Kind) -> None:
        """Add the blocks of `tokens`, whose paragraphs are of a kind."""
        for block in markdown_blocks(tokens):
            first = block[0]
            match first.type:
                case "heading_open":
                    self._add("heading", block[1], level=int(first.tag[1]))
                case "paragraph_open":
                    self._add(kind, block[1])
                case "blockquote_open":
                    self.read(block[1:-1], "quote")
                case "bullet_list_open" | "ordered_list_open":
                    self._list(block)
                case "hr":
                    self.manuscript.remark(N_("A line across the page stood here; it is left out."))
                case _:
                    self._as_text(first)

    def _list(self, block: Sequence[Token]) -> None:
        first = block[0]
        kind: Kind = "bullet" if first.tag == "ul" else "number"
        start = int(first.attrs.get("start", 1))
        for position, item in enumerate(markdown_blocks(block[1:-1])):
            inner = list(markdown_blocks(item[1:-1]))
            if not inner or inner[0][0].type != "paragraph_open":
                self.read(item[1:-1], "text")
                continue
            number = start + position if kind == "number" else 0
            self._add(kind, inner[0][1], number=number)
            if len(inner) > 1:
                self.manuscript.remark(
                    N_("This stood within a list item; it is a paragraph or item of its own now.")
                )
                self.read(item[1 + len(inner[0]) : -1], "text")

    def _add(self, kind: Kind, inline: Token, *, level: int = 0, number: int = 0) -> None:
        children = inline.children or []
        for picture in (c for c in children if c.type == "image"):
            self.manuscript.remark(
                N_("A picture is left out here ({file}: “{description}”)."),
                file=picture.attrs.get("src", ""),
                description=picture.content,
            )
        text = "".join(map(_text_of, children))
        markdown = "".join(self._marked(children))
        mark = ""
        if kind == "heading" and (found := _ID.search(text)):
            text, mark = text[: found.start()], found[1]
            markdown = markdown[: markdown.rindex("\\{#")]
        self.manuscript.add(kind, text, markdown, level=level, number=number, mark=mark)

    def _marked(self, children: Sequence[Token]) -> Iterator[str]:
        """Yield the pieces of a paragraph as Markdown that careerprint prints."""
        open_links: list[str] = []
        for child in children:
            match child.type:
                case "em_open" | "em_close" | "strong_open" | "strong_close":
                    yield child.markup
                case "link_open":
                    address = str(child.attrs["href"])
                    keeps = urlsplit(address).scheme in LINK_SCHEMES
                    keeps = keeps and not re.search(r"[<>\s\\]", address)
                    open_links.append(address if keeps else "")
                    if keeps:
                        yield "["
                    else:
                        self.manuscript.remark(
                            N_("A link is left out here; its text stands ({address})."),
                            address=address,
                        )
                case "link_close":
                    address = open_links.pop()
                    yield f"](<{address}>)" if address else ""
                case _:
                    yield inline_literal(_text_of(child))

    def _as_text(self, token: Token) -> None:
        """Add the lines of a block that careerprint does not print, as they are."""
        self.manuscript.remark(
            N_("Code, tables and the like are not printed as such; the lines stand here as text.")
        )
        first, end = token.map or (0, 0)
        for line in self.lines[first:end]:
            self.manuscript.add("text", line)


def _text_of(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return " "
        case "image":
            return ""
        case "code_inline":
            return f"{token.markup}{token.content}{token.markup}"
        case _:
            return token.content
