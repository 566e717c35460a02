"""Reads a Markdown file: what careerprint prints keeps its markup, all else is kept as text."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token

from careerprint.core.diagnostics import N_
from careerprint.intake.manuscript import Kind, Manuscript, inline_literal
from careerprint.intake.plaintext import decoded_text
from careerprint.profiles.body import block_parser, markdown_blocks
from careerprint.profiles.inline import LINK_SCHEMES

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
