"""The running text of a profile as blocks that an editor shows, each with its source.

What the editor does not show, comments among it, is a block of source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from careerprint.desk.richinline import Node, inline_nodes, is_same_text
from careerprint.profiles.body import (
    as_markdown,
    block_parser,
    markdown_blocks,
    without_comments,
)

_HEADING_MARK = re.compile(r"\s*\{#([a-z][a-z0-9_-]*)\}$")
_SIDES = {"text-align:right": "right", "text-align:center": "center", "text-align:left": "left"}
_BLANK = " \t"  # what an empty line may hold in Markdown
_LEVELS = {"h2": 2, "h3": 3}
CELLS = frozenset({"table_cell", "table_header"})
WITH_TEXT = CELLS | {"paragraph", "heading"}
LEAVES = WITH_TEXT | {"picture", "source", "rule"}
# What is told of a node, besides what the editor keeps for itself.
_ATTRIBUTES = {
    "heading": ("level", "mark"),
    "ordered_list": ("order",),
    "picture": ("src", "alt", "title"),
    **dict.fromkeys(CELLS, ("side",)),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A node of the editor, the lines that it was read from, and what inline text it has.

    `begin` and `end` count from 0 within the running text; `parts` are the nodes within it.
    """

    node: Node
    begin: int
    end: int
    content: str = ""
    parts: tuple["Read", ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its source, the space before it, and what was read in it."""

    gap: str
    source: str
    read: Read

    @property
    def lines(self) -> list[int]:
        """The lines of its texts in their order, counted from 0 within the running text."""
        return [part.begin for part in _texts(self.read)]


def split_profile(text: str) -> tuple[str, str]:
    """Return a profile's front matter, with the lines around it, and its running text.

    Where there is no front matter, it is "".
    """
    match = re.match(r"---[ \t]*\n(?:.*?\n)?---[ \t]*(?:\n|$)", text, re.DOTALL)
    end = match.end() if match else 0
    return text[:end], text[end:]


def read_blocks(body: str) -> tuple[list[Block], str]:
    """Return the blocks of a running text, and the space behind the last."""
    lines = body.split("\n")
    bare = without_comments(body)
    tokens = block_parser().parse(as_markdown(bare))
    reads = _with_comments(list(_reads(tokens, lines, bare.split("\n"))), lines)
    blocks: list[Block] = []
    at = 0
    for read in reads:
        gap = "".join(f"{line}\n" for line in lines[at : read.begin])
        if blocks:
            gap = f"\n{gap}"
        blocks.append(Block(gap, "\n".join(lines[read.begin : read.end]), read))
        at = read.end
    rest = "\n".join(lines[at:])
    return blocks, f"\n{rest}" if blocks and at < len(lines) else rest


def is_same(one: Node, other: Node) -> bool:
    """Tell whether two nodes print the same."""
    if one["type"] != other["type"] or _attributes(one) != _attributes(other):
        return False
    mine, others = one.get("content", ()), other.get("content", ())
    if one["type"] in WITH_TEXT:
        return is_same_text(mine, others)
    if one["type"] == "source":
        return source_of(one) == source_of(other)
    pairs = zip(mine, others, strict=False)
    return len(mine) == len(others) and all(is_same(a, b) for a, b in pairs)


def source_of(node: Node) -> str:
    """Return the text of a block of source."""
    return "".join(str(piece.get("text", "")) for piece in node.get("content", ()))


def _attributes(node: Node) -> list[object]:
    told = node.get("attrs", {})
    return [told.get(key) or None for key in _ATTRIBUTES.get(node["type"], ())]


def _texts(read: Read) -> Iterator[Read]:
    if read.node["type"] in LEAVES:
        yield read
    for part in read.parts:
        yield from _texts(part)


def _reads(tokens: Sequence[Token], lines: Sequence[str], bare: Sequence[str]) -> Iterator[Read]:
    for block in markdown_blocks(tokens):
        begin, end = block[0].map or (0, 0)
        while end > begin and not bare[end - 1].strip(_BLANK):
            end -= 1
        read = _block(block) if list(lines[begin:end]) == list(bare[begin:end]) else None
        yield _within(read, end) if read else _source(lines, begin, end)


def _within(read: Read, end: int) -> Read:
    """Return what was read without the empty lines below it."""
    return Read(read.node, read.begin, min(read.end, end), read.content, read.parts)


def _with_comments(reads: Sequence[Read], lines: Sequence[str]) -> Iterator[Read]:
    """Yield what was read, and comments between as source."""
    at = 0
    for begin, end, read in [*((r.begin, r.end, r) for r in reads), (len(lines), 0, None)]:
        told = [n for n in range(at, begin) if lines[n].strip(_BLANK)]
        if told:
            yield _source(lines, told[0], told[-1] + 1)
        if read:
            yield read
            at = end


def _source(lines: Sequence[str], begin: int, end: int) -> Read:
    text = "\n".join(lines[begin:end])
    return Read({"type": "source", "content": [{"type": "text", "text": text}]}, begin, end)


def _block(tokens: Sequence[Token]) -> Read | None:  # noqa: PLR0911 - one a kind of block
    """Return the node that a block of Markdown makes; None where the editor does not show it."""
    first = tokens[0]
    begin, end = first.map or (0, 0)
    match first.type:
        case "paragraph_open":
            return _paragraph(tokens[1], begin, end)
        case "heading_open":
            return _heading(first, tokens[1], begin, end)
        case "blockquote_open":
            return _holding("blockquote", tokens, {"paragraph"})
        case "bullet_list_open":
            return _list("bullet_list", tokens, {})
        case "ordered_list_open":
            return _list("ordered_list", tokens, {"order": int(tokens[1].info or 1)})
        case "table_open":
            return _table(tokens)
        case "hr":
            return Read({"type": "rule"}, begin, end)
        case _:
            return None


def _paragraph(inline: Token, begin: int, end: int) -> Read | None:
    children = inline.children or []
    if [c.type for c in children] == ["image"] and children[0].content.strip():
        told = {key: str(children[0].attrs.get(key, "")) for key in ("src", "title")}
        node = {"type": "picture", "attrs": {**told, "alt": children[0].content.strip()}}
        return Read(node, begin, end)
    return _text("paragraph", inline.content, begin, end)


def _heading(first: Token, inline: Token, begin: int, end: int) -> Read | None:
    mark = _HEADING_MARK.search(inline.content)
    content = inline.content[: mark.start()] if mark else inline.content
    if first.tag not in _LEVELS or "{#" in content:
        return None
    attributes = {"level": _LEVELS[first.tag], "mark": mark[1] if mark else ""}
    return _text("heading", content, begin, end, attributes)


def _text(
    kind: str, content: str, begin: int, end: int, attributes: dict[str, object] | None = None
) -> Read | None:
    nodes = inline_nodes(content)
    if nodes is None or (kind not in CELLS and is_same_text(nodes, ())):
        return None
    made: Node = {"type": kind, "content": nodes}
    return Read(made | ({"attrs": attributes} if attributes else {}), begin, end, content)


def _holding(
    kind: str, tokens: Sequence[Token], takes: set[str], attributes: Node | None = None
) -> Read | None:
    """Return a node of blocks; None where one of them is not of the kinds that it takes."""
    parts = [_block(block) for block in markdown_blocks(tokens[1:-1])]
    if not parts or any(part is None or part.node["type"] not in takes for part in parts):
        return None
    held = tuple(part for part in parts if part)
    begin, end = tokens[0].map or (0, 0)
    node: Node = {"type": kind, "content": [part.node for part in held]}
    return Read(node | ({"attrs": attributes} if attributes else {}), begin, end, "", held)


def _list(kind: str, tokens: Sequence[Token], attributes: Node) -> Read | None:
    takes = {"paragraph", "blockquote", "bullet_list", "ordered_list"}
    items = [_holding("list_item", item, takes) for item in markdown_blocks(tokens[1:-1])]
    held = tuple(item for item in items if item and item.parts[0].node["type"] == "paragraph")
    if len(held) != len(items):
        return None
    begin, end = tokens[0].map or (0, 0)
    node: Node = {"type": kind, "content": [item.node for item in held]}
    return Read(node | ({"attrs": attributes} if attributes else {}), begin, end, "", held)


def _table(tokens: Sequence[Token]) -> Read | None:
    rows: list[list[Read]] = []
    line = 0
    side, kind = "", ""
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            side = _SIDES.get(str(token.attrs.get("style")), "")
            kind = "table_header" if token.type == "th_open" else "table_cell"
        elif token.type == "inline":
            cell = _text(kind, token.content, line, line + 1, {"side": side})
            if cell is None:
                return None
            rows[-1].append(cell)
    held = tuple(
        Read(
            {"type": "table_row", "content": [cell.node for cell in row]},
            row[0].begin,
            row[0].end,
            "",
            tuple(row),
        )
        for row in rows
        if row
    )
    begin, end = tokens[0].map or (0, 0)
    return Read({"type": "table", "content": [r.node for r in held]}, begin, end, "", held)
