"""Turns the running text of a profile, Markdown, into sections and their parts, with their places.

Of Markdown it takes headings, paragraphs, flat lists, quotations and pictures. Everything else is
a fault: what it does not print, it does not swallow.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from careerprint.core.diagnostics import N_, Diagnostic, Location, error
from careerprint.core.schema import Text


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: a paragraph or quotation has one block, a list one block an item.

    For a picture, the block is its description for people who cannot see it and `picture` its
    file, relative to the profile. `start` is the number of a numbered list's first item.
    """

    kind: Literal["paragraph", "subheading", "quote", "bullets", "numbers", "picture"]
    blocks: tuple[Text, ...]
    picture: str | None = None
    start: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the running text under a heading. `id` is what `{#id}` behind the heading says."""

    id: str
    heading: Text
    parts: tuple[Part, ...]


def read_body(
    markdown: str, path: str, lines_above: int
) -> tuple[tuple[Part, ...], tuple[Section, ...], list[Diagnostic]]:
    """Return the parts before the first heading, the sections, and the faults of `markdown`.

    It stands in the file `path` below `lines_above` lines.
    """
    body = _Body(path, lines_above)
    opening, sections = body.read(markdown)
    return opening, sections, body.faults


def block_parser() -> MarkdownIt:
    """Return a parser for Markdown blocks.

    It takes any address: which ones are printed is for the phase that uses them, and there an
    address that is not is an error, where Markdown would leave its source as text.
    """
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable("table")  # so that one is seen, and refused
    parser.disable(["html_block", "reference"])  # both would swallow text that stands in the file
    parser.validateLink = lambda url: url != ""  # type: ignore[method-assign]  # the documented way
    return parser


class _Body:
    """Turns the Markdown below the front matter into parts and sections, and collects faults."""

    def __init__(self, path: str, lines_above: int) -> None:
        self.path = path
        self.lines_above = lines_above
        self.faults: list[Diagnostic] = []

    def read(self, markdown: str) -> tuple[tuple[Part, ...], tuple[Section, ...]]:
        tokens = block_parser().parse(markdown)
        opening: list[Part] = []
        begun: list[tuple[str, Text, list[Part]]] = []
        parts = opening
        ids: Counter[str] = Counter()
        for block in markdown_blocks(tokens):
            token = block[0]
            if token.type == "heading_open" and token.tag == "h2":
                heading, section_id = self._heading(block[1])
                ids[section_id] += 1
                if section_id and ids[section_id] > 1:
                    self._fault(
                        token,
                        N_("Two headings are marked {{#{id}}}."),
                        N_("Change one of them."),
                        id=section_id,
                    )
                parts = []
                begun.append((section_id or f"section.{len(begun) + 1}", heading, parts))
            else:
                parts += self._parts(block)
        sections = [Section(name, heading, tuple(below)) for name, heading, below in begun]
        if not sections:
            self.faults.append(
                error(
                    Location(self.path, self.lines_above + 1),
                    N_("The text has no section."),
                    N_("Put a heading above each section: “## Heading”."),
                )
            )
        for section in sections:
            if not section.parts:
                self.faults.append(
                    error(
                        section.heading.location,
                        N_("The section “{heading}” has no text."),
                        N_("Write its text below the heading, or delete the heading."),
                        heading=section.heading,
                    )
                )
        return tuple(opening), tuple(sections)

    def _heading(self, inline: Token) -> tuple[Text, str]:
        written, _, mark = inline.content.partition("{#")
        if mark and not re.fullmatch(r"[a-z][a-z0-9_-]*\}", mark):
            self._fault(
                inline,
                N_("The mark “{{#{mark}” behind this heading is not one."),
                N_("Write it in small letters a–z, for example {{#pay}}."),
                mark=mark,
            )
        return self._text(inline, written), mark.removesuffix("}")

    def _parts(self, tokens: Sequence[Token]) -> list[Part]:
        """Return the part that `tokens`, one block of Markdown, make; none if it is a fault."""
        first = tokens[0]
        inline = [t for t in tokens if t.type == "inline"]
        match first.type:
            case "paragraph_open":
                return self._paragraph(inline[0])
            case "heading_open" if first.tag == "h3":
                return [Part("subheading", (self._text(inline[0]),))]
            case "heading_open":
                self._fault(
                    first,
                    N_("A heading of this level is not used."),
                    N_("Write “## ” for a section, “### ” within one."),
                )
            case "blockquote_open" if all(
                t.type.startswith(("blockquote", "paragraph", "inline")) for t in tokens
            ):
                return [Part("quote", (self._text(t),)) for t in inline]
            case "bullet_list_open" | "ordered_list_open":
                return self._list(tokens)
            case _:
                self._fault(
                    first,
                    N_("Code, tables, rules and the like are not used in profiles."),
                    N_(
                        "Write paragraphs, “## ” headings, “- ” lists or “> ” quotations, none of "
                        "them indented."
                    ),
                )
        return []

    def _list(self, tokens: Sequence[Token]) -> list[Part]:
        first = tokens[0]
        items = [t.type for t in tokens[1:-1] if t.nesting in {0, 1}]
        texts = [t for t in tokens if t.type == "inline"]
        if items != ["list_item_open", "paragraph_open", "inline"] * len(texts):
            self._fault(
                first,
                N_("An item of this list is more, or less, than one paragraph."),
                N_("Write each item as one paragraph, without lists, quotations or code in it."),
            )
            return []
        kind: Literal["bullets", "numbers"] = "bullets" if first.tag == "ul" else "numbers"
        start = int(first.attrs.get("start", 1))
        return [Part(kind, tuple(self._text(t) for t in texts), start=start)]

    def _paragraph(self, inline: Token) -> list[Part]:
        children = inline.children or []
        pictures = [c for c in children if c.type == "image"]
        if not pictures:
            return [Part("paragraph", (self._text(inline),))]
        alt = pictures[0].content.strip()
        if len(children) > 1:
            self._fault(
                inline,
                N_("A picture stands inside a paragraph."),
                N_("Put it on a line of its own, with empty lines around it."),
            )
        elif pictures[0].attrs.get("title"):
            self._fault(
                inline,
                N_("The title of a picture is not printed."),
                N_("Write a caption as a paragraph below the picture."),
            )
        elif not alt:
            self._fault(
                inline,
                N_("The picture has no description."),
                N_("Describe it for people who cannot see it: ![description](file)."),
            )
        else:
            source = str(pictures[0].attrs["src"])
            return [Part("picture", (self._text(inline, alt),), source)]
        return []

    def _text(self, inline: Token, written: str | None = None) -> Text:
        # A backslash at a line's end asks for a line break; where lines break is the layout's.
        source = re.sub(r"\\\n", "\n", inline.content) if written is None else written
        text = Text(source, self._location(inline))
        if not text:
            self._fault(
                inline,
                N_("This heading or list item is empty."),
                N_("Write its text, or delete it."),
            )
        return text

    def _location(self, token: Token) -> Location:
        line = token.map[0] if token.map else 0
        return Location(self.path, self.lines_above + line + 1)

    def _fault(self, token: Token, message: str, hint: str, **parameters: object) -> None:
        self.faults.append(error(self._location(token), message, hint, **parameters))


def markdown_blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each block of Markdown in turn."""
    depth = start = 0
    for position, token in enumerate(tokens, 1):
        depth += token.nesting
        if depth == 0:
            yield tokens[start:position]
            start = position
