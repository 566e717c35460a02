"""Turns the running text of a profile, Markdown, into sections and their parts, with their places.

Of Markdown it takes headings, paragraphs, lists, quotations, tables, rules and pictures. All else
is a fault: what it does not print, it does not swallow.
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
from careerprint.profiles.markup import COMMENT, block_text

Kind = Literal["paragraph", "subheading", "quote", "bullets", "numbers", "table", "rule", "picture"]
BULLET = re.compile(r"^( *)[•●▪‣◦][^\S\n]*(?=\S)", re.MULTILINE)
# A line that an item "b)" begins, below another line: Markdown knows no such lists.
_LETTERED = re.compile(r"(?<=\S)\n(?= *[a-zA-Z]\)\s)")
_SIDES = {"text-align:right": "end", "text-align:center": "center"}
_OF_BLOCKS = frozenset("#>|:-=*_\\`~")  # what marks blocks without a token that says so


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section. `blocks` are all of its texts, in reading order.

    A paragraph or heading has one block, a quotation one a paragraph. The `items` of a list may
    have lists of their own; `start` is the number of a numbered list's first item. A table has
    `rows` of cells, the first of them its header, None where a cell is empty; `sides` tells for
    each column where its cells stand: "start", "end" or "center". For a picture, the first block
    is its description for people who cannot see it, a second one its caption; `picture` is its
    file, relative to the profile.
    """

    kind: Kind
    blocks: tuple[Text, ...] = ()
    picture: str | None = None
    start: int = 1
    items: tuple["Item", ...] = ()
    rows: tuple[tuple[Text | None, ...], ...] = ()
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its mark, "98." or empty, its text, and what stands below that in it."""

    mark: str
    text: Text
    parts: tuple[Part, ...]

    @property
    def blocks(self) -> tuple[Text, ...]:
        """All of its texts."""
        return self.text, *(block for part in self.parts for block in part.blocks)


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


def without_comments(markdown: str) -> str:
    """Return Markdown without its comments, line by line."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), markdown)


def as_markdown(written: str) -> str:
    """Return what is written as Markdown has it: typed bullets are its own, line by line."""
    return _LETTERED.sub("  \n", BULLET.sub(r"\1- ", written))


def block_parser() -> MarkdownIt:
    """Return a parser for Markdown blocks.

    It takes any address: which ones are printed is for the phase that uses them, and there an
    address that is not is an error, where Markdown would leave its source as text.
    """
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable("table")
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
        lines = self._prepared(markdown)
        tokens = block_parser().parse(lines)
        opening: list[Part] = []
        begun: list[tuple[str, Text, list[Part]]] = []
        parts = opening
        ids: Counter[str] = Counter()
        for block in markdown_blocks(tokens):
            token = block[0]
            self._check_whole(block, lines.split("\n"))
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
        if not sections and not opening and not self.faults:
            self.faults.append(
                error(
                    Location(self.path, self.lines_above + 1),
                    N_("There is no text below the front matter."),
                    N_("Write it there, with a heading above each section: “## Heading”."),
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

    def _prepared(self, markdown: str) -> str:
        """Return Markdown as `as_markdown` does, and note where a comment does not end."""
        markdown = without_comments(markdown)
        if found := re.search(r"(?<!\\)<!--", markdown):
            line = self.lines_above + markdown[: found.start()].count("\n") + 1
            self.faults.append(
                error(
                    Location(self.path, line),
                    N_("A comment begins here and does not end."),
                    N_("Write “-->” behind it, or a backslash before “<!--”."),
                )
            )
        return as_markdown(markdown)

    def _check_whole(self, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        """Note a fault where characters of a block are in none of its texts and mark nothing."""
        first = tokens[0]
        begin, end = first.map or (0, 0)
        written = Counter("".join("".join(lines[begin:end]).split()))
        for token in tokens:
            written -= Counter("".join(f"{token.markup}{token.info}{token.content}".split()))
        if lost := written.keys() - _OF_BLOCKS:
            self._fault(
                first,
                N_("Of this block, these characters would not be printed: {characters}"),
                N_("Write it as a paragraph, or put a backslash before its marks."),
                characters="".join(sorted(lost)),
            )

    def _parts(self, tokens: Sequence[Token]) -> list[Part]:  # noqa: PLR0911 - one a kind of block
        """Return the part that `tokens`, one block of Markdown, make; none if it is a fault."""
        first = tokens[0]
        inline = [t for t in tokens if t.type == "inline"]
        match first.type:
            case "paragraph_open":
                return self._paragraph(inline[0])
            case "heading_open":
                if first.tag != "h3":
                    self._fault(
                        first,
                        N_("A heading of this level is not used."),
                        N_("Write “## ” for a section, “### ” within one."),
                    )
                return [Part("subheading", (self._text(inline[0]),))]
            case "blockquote_open" if all(
                t.type.startswith(("blockquote", "paragraph", "inline")) for t in tokens
            ):
                return [Part("quote", tuple(self._text(t) for t in inline))]
            case "bullet_list_open" | "ordered_list_open":
                return self._list(tokens)
            case "table_open":
                return [self._table(tokens)]
            case "hr":
                return [Part("rule")]
            case _:
                self._fault(
                    first,
                    N_("Code, and quotations with lists or headings, are not used in profiles."),
                    N_(
                        "Write paragraphs, “## ” headings, “- ” lists or “> ” quotations, none of "
                        "them indented."
                    ),
                )
        return []

    def _list(self, tokens: Sequence[Token]) -> list[Part]:
        """Return a list as a part; a numbered one of one item is a paragraph: "1986. Ein Jahr"."""
        blocks = list(markdown_blocks(tokens[1:-1]))
        numbers = [int(b[0].info) for b in blocks if b[0].info]
        if len(set(numbers)) == 1:  # 1. 1. 1.: to be counted
            numbers = list(range(numbers[0], numbers[0] + len(blocks)))
        items: list[Item] = []
        for position, block in enumerate(blocks):
            mark = f"{numbers[position]}{block[0].markup}" if numbers else ""
            inner = list(markdown_blocks(block[1:-1]))
            if not inner or inner[0][0].type != "paragraph_open":
                self._fault(
                    block[0],
                    N_("An item of this list does not begin with a text."),
                    N_("Write its text behind the mark. What stands below it may be indented."),
                )
                continue
            parts = tuple(part for below in inner[1:] for part in self._parts(below))
            items.append(Item(mark, self._text(inner[0][1]), parts))
        if len(items) == 1 and items[0].mark and not items[0].parts:
            text = Text(f"{items[0].mark} {items[0].text}", items[0].text.location)
            return [Part("paragraph", (text,))]
        texts = tuple(text for item in items for text in item.blocks)
        return [
            Part(
                "numbers" if numbers else "bullets",
                texts,
                start=numbers[0] if numbers else 1,
                items=tuple(items),
            )
        ]

    def _table(self, tokens: Sequence[Token]) -> Part:
        rows: list[tuple[Text | None, ...]] = []
        cells: list[Text | None] = []
        sides = [
            _SIDES.get(str(t.attrs.get("style")), "start") for t in tokens if t.type == "th_open"
        ]
        line = 0
        for token in tokens:
            line = token.map[0] if token.map else line
            if token.type == "tr_open":
                cells = []
                rows.append(())
            elif token.type == "inline":
                location = Location(self.path, self.lines_above + line + 1)
                cells.append(block_text(token.content, location) or None)
                rows[-1] = tuple(cells)
        texts = tuple(text for row in rows for text in row if text)
        return Part("table", texts, rows=tuple(rows), sides=tuple(sides))

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
        elif not alt:
            self._fault(
                inline,
                N_("The picture has no description."),
                N_("Describe it for people who cannot see it⟨: ![description](file)⟩."),
            )
        else:
            texts = [alt, *filter(None, [str(pictures[0].attrs.get("title", "")).strip()])]
            source = str(pictures[0].attrs["src"])
            return [Part("picture", tuple(self._text(inline, text) for text in texts), source)]
        return []

    def _text(self, inline: Token, written: str | None = None) -> Text:
        source = inline.content if written is None else written
        text = block_text(source, self._location(inline))
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
