"""Writes what an editor shows as Markdown again; what was not changed keeps its source.

Each block is read again after it is written: Markdown that would print another text is not taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from careerprint.desk.richblocks import (
    WITH_TEXT,
    Block,
    Read,
    is_same,
    read_blocks,
    source_of,
)
from careerprint.desk.richinline import Node, inline_markdown, inline_nodes, is_same_text
from careerprint.manuscripts.manuscript import in_heading, inline_literal, safe_start

Given = int | Node
"""A block as the editor has it: the number of one that was not changed, or a node."""

_ITEM = re.compile(r"(\s*)([-+*]|[•●▪‣◦]|\d{1,9}[.)])(\s*)")
_NUMBER = re.compile(r"(\s*)\d{1,9}(?=[.)])")
_APART = "\n\n"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A running text, and for each block that was given its place in it, None for an empty one."""

    body: str
    places: tuple[int | None, ...]


def rewrite(body: str, given: Sequence[Given]) -> Rewritten:
    """Return a running text whose blocks are the ones given; numbers name those of `body`.

    Blocks that are not changed come back byte for byte, and so does the space between two that
    stood one below the other.
    """
    blocks, rest = read_blocks(body)
    known = [_known(block, blocks) for block in given]
    former = _former(known, blocks)
    found: list[tuple[str, int | None]] = []  # source, and which block it was
    places: list[int | None] = []
    kinds: list[str] = []
    for block, was in zip(known, former, strict=True):
        if isinstance(block, int):
            source, kind = blocks[block].source, str(blocks[block].read.node["type"])
        else:
            cleaned = clean(block)
            is_next = bool(cleaned and kinds and kinds[-1] == cleaned["type"])
            source = _written(cleaned, None if was is None else blocks[was], is_next)
            kind = str(block["type"])
        places.append(len(found) if source else None)
        if source:
            found.append((source, was))
            kinds.append(kind)
    if not found:
        return Rewritten("\n" if blocks else body, tuple(places))
    text = blocks[0].gap if blocks else "\n"
    for at, (source, was) in enumerate(found):
        text += (_gap(found[at - 1][1], was, blocks) if at else "") + source
    return Rewritten(text + (rest if blocks else "\n"), tuple(places))


def clean(node: Node) -> Node | None:
    """Return a node without what is empty in it; None where nothing is left."""
    if node["type"] in {"rule", "picture", "table"}:
        return node
    if node["type"] == "source":
        return node if source_of(node).strip(" \t\n") else None
    if node["type"] in WITH_TEXT:
        held = node.get("content", ())
        is_blank = all(each["type"] == "text" and not each["text"].strip() for each in held)
        return None if is_blank or is_same_text(held, ()) else node
    parts = [part for part in map(clean, node.get("content", ())) if part]
    if node["type"] == "list_item" and parts and parts[0]["type"] != "paragraph":
        return None
    return {**node, "content": parts} if parts else None


def markdown_of(node: Node) -> str:
    """Return the Markdown of one block by itself."""
    cleaned = clean(node)
    return _written(cleaned, None, False) if cleaned else ""


def _known(given: Given, blocks: Sequence[Block]) -> Given:
    if isinstance(given, int) and not 0 <= given < len(blocks):
        raise ValueError("there is no such block")
    return given


def _former(given: Sequence[Given], blocks: Sequence[Block]) -> list[int | None]:
    """Return for each block which one it was: changed ones are what stood between kept ones."""
    found: list[int | None] = []
    run: list[Node] = []
    before = -1
    for block in [*given, len(blocks)]:
        if not isinstance(block, int):
            run.append(block)
            continue
        between = list(range(before + 1, block)) if block > before else []
        found += _paired(run, between, blocks)
        run = []
        before = block
        found.append(block)
    return found[:-1]


def _paired(run: Sequence[Node], between: list[int], blocks: Sequence[Block]) -> list[int | None]:
    """Pair changed blocks with former ones: in their order, where they are of a kind."""
    found: list[int | None] = []
    left = list(between)
    for node in run:
        same = next((n for n in left if blocks[n].read.node["type"] == node["type"]), None)
        if same is None and len(run) == len(between):
            same = next(iter(left), None)  # of another kind now
        found.append(same)
        if same is not None:
            left = [n for n in left if n > same]
    return found


def _gap(before: int | None, now: int | None, blocks: Sequence[Block]) -> str:
    """Return the space between two blocks: as it was, if they stood one below the other."""
    if before is not None and now == before + 1:
        gap = blocks[now].gap
        return gap if "\n" in gap[gap.find("\n") + 1 :] or gap.strip("\n") else gap or _APART
    return _APART


def _written(node: Node | None, former: Block | None, is_next: bool) -> str:
    """Return the Markdown of a block that reads as the node; `is_next` to one of its kind."""
    if node is None:
        return ""
    if node["type"] == "source":
        return source_of(node).strip("\n")
    if former and is_same(former.read.node, node):
        return former.source
    old = former.read if former and former.read.node["type"] != "source" else None
    lines = former.source.split("\n") if former else []
    offset = former.read.begin if former else 0
    tried = ""
    for old_read, is_plain in ((old, False), (None, False), (None, True)):
        tried = _Writer(lines, offset, is_plain, is_next).block(node, old_read)
        if _reads_as(tried, node):
            return tried
    return tried


def _reads_as(source: str, node: Node) -> bool:
    blocks, _ = read_blocks(source)
    return len(blocks) == 1 and is_same(blocks[0].read.node, node)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes nodes; `lines` are those of the former source, the first of which is number `offset`.

    `is_plain` writes texts without marks. `is_next` marks a list that stands below another.
    """

    lines: Sequence[str]
    offset: int
    is_plain: bool
    is_next: bool

    def block(self, node: Node, old: Read | None) -> str:  # noqa: PLR0911 - one a kind of block
        """Return the Markdown of a block that was `old`."""
        if old and old.node["type"] != node["type"]:
            old = Read(old.node, 0, 0, old.content)  # its text may still be of use
        match node["type"]:
            case "paragraph":
                return safe_start(self._inline(node, old))
            case "heading":
                return self._heading(node, old)
            case "blockquote":
                return self._quote(node, old)
            case "bullet_list" | "ordered_list":
                return self._list(node, old)
            case "table":
                return self._table(node, old)
            case "picture":
                return _picture(node)
            case _:
                return "---"

    def _inline(self, node: Node, old: Read | None) -> str:
        nodes = node.get("content", ())
        tried = list(inline_markdown(nodes, old.content if old else ""))
        if self.is_plain:
            return tried[-1]
        good = (t for t in tried if is_same_text(inline_nodes(t) or (), nodes))
        return next(good, tried[-1])

    def _heading(self, node: Node, old: Read | None) -> str:
        told = node.get("attrs", {})
        mark = f" {{#{told['mark']}}}" if told.get("mark") else ""
        raw = self._raw(old) if old and old.end else []
        if (
            old
            and raw
            and not raw[0].lstrip().startswith("#")
            and told.get("level") == old.node["attrs"]["level"]
        ):
            return f"{safe_start(self._inline(node, old))}{mark}\n{raw[-1]}"  # underlined
        text = in_heading(self._inline(node, old)).replace("\n", " ")
        return f"{'#' * int(told.get('level', 2))} {text}{mark}"

    def _quote(self, node: Node, old: Read | None) -> str:
        told: list[str] = []
        for part, was in _matched(node["content"], old.parts if old else ()):
            if was and is_same(part, was.node):
                told.append("\n".join(self._raw(was)))
            else:
                text = safe_start(self._inline(part, was))
                told.append("\n".join(f"> {line}" for line in text.split("\n")))
        return "\n>\n".join(told)

    def _list(self, node: Node, old: Read | None) -> str:
        parts = old.parts if old else ()
        start = int(node.get("attrs", {}).get("order", 1))
        is_ordered = node["type"] == "ordered_list"
        is_same_number = len({_NUMBER.sub("", r) != r and r for r in self._firsts(parts)}) == 1
        counts = is_ordered and not (len(parts) > 1 and is_same_number)
        is_loose = any(self._is_apart(a, b) for a, b in pairwise(parts))
        told: list[str] = []
        sign = self._sign(parts, is_ordered)
        for position, (item, was) in enumerate(_matched(node["content"], parts)):
            number = start + position if counts else start
            marker = f"{number}{sign}" if is_ordered else sign
            if was and is_same(item, was.node):
                raw = "\n".join(self._raw(was))
                told.append(_NUMBER.sub(rf"\g<1>{number}", raw, count=1) if is_ordered else raw)
            else:
                told.append(self._item(item, was, marker))
        return (_APART if is_loose else "\n").join(told)

    def _firsts(self, parts: Sequence[Read]) -> list[str]:
        """Return the marks of items, as they stand."""
        found = (_ITEM.match(self.lines[part.begin - self.offset]) for part in parts)
        return [match[2] for match in found if match]

    def _sign(self, parts: Sequence[Read], is_ordered: bool) -> str:
        used = next(iter(self._firsts(parts)), "")
        if is_ordered:
            return used[-1] if used[-1:] in {".", ")"} else ")" if self.is_next else "."
        return used if used and not used[-1:].isalnum() else "*" if self.is_next else "-"

    def _is_apart(self, one: Read, other: Read) -> bool:
        return not self.lines[other.begin - self.offset - 1].strip() and one.end <= other.begin

    def _item(self, node: Node, old: Read | None, marker: str) -> str:
        """Return an item whose text was changed, or what stands below it in it."""
        lead, space = "", " "
        if old:
            match = _ITEM.match(self.lines[old.begin - self.offset])
            lead, space = (match[1], match[3] or " ") if match else (lead, space)
        indent = " " * (len(lead) + len(marker) + len(space))
        first, rest = node["content"][0], node["content"][1:]
        was = old.parts[0] if old else None
        text = safe_start(self._inline(first, was))
        found = [f"{lead}{marker}{space}" + text.replace("\n", f"\n{indent}")]
        others = old.parts[1:] if old else ()
        if old and rest and len(rest) == len(others) and was:
            same = all(is_same(a, b.node) for a, b in zip(rest, others, strict=True))
            if same:
                below = self.lines[was.end - self.offset : old.end - self.offset]
                return "\n".join([*found, *_without_end(below)])
        for part in rest:
            fresh = _Writer((), 0, self.is_plain, False).block(part, None)
            apart = "" if part["type"].endswith("list") else "\n"
            found.append(apart + "\n".join(f"{indent}{line}" for line in fresh.split("\n")))
        return "\n".join(found)

    def _table(self, node: Node, old: Read | None) -> str:
        rows = node["content"]
        width = max((len(row.get("content", ())) for row in rows), default=0)
        told: list[str] = []
        for row, was in _matched(rows, old.parts if old else ()):
            if was and is_same(row, was.node) and len(row["content"]) == width:
                told += self._raw(was)
            else:
                told.append(self._row(row, was, width))
        return "\n".join([told[0], self._rule(rows[0], old, width), *told[1:]])

    def _row(self, row: Node, old: Read | None, width: int) -> str:
        cells = row.get("content", ())
        parts = old.parts if old and len(old.parts) == len(cells) else [None] * len(cells)
        texts = [
            self._inline(c, p).replace("\n", " ").replace("|", "\\|")
            for c, p in zip(cells, parts, strict=True)
        ]
        return f"| {' | '.join([*texts, *[''] * (width - len(texts))])} |"

    def _rule(self, head: Node, old: Read | None, width: int) -> str:
        sides = [c.get("attrs", {}).get("side") or "" for c in head["content"]]
        if old and len(old.parts[0].parts) == width:
            was = [p.node["attrs"]["side"] for p in old.parts[0].parts]
            if was == sides:
                return self.lines[1]
        drawn = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
        sides += [""] * (width - len(sides))
        return f"|{'|'.join(drawn.get(side, '---') for side in sides)}|"

    def _raw(self, read: Read) -> list[str]:
        """Return the lines that a part was read from."""
        return _without_end(self.lines[read.begin - self.offset : read.end - self.offset])


def _without_end(lines: Sequence[str]) -> list[str]:
    held = list(lines)
    while held and not held[-1].strip():
        held.pop()
    return held


def _picture(node: Node) -> str:
    told = {key: str(node["attrs"].get(key) or "") for key in ("src", "alt", "title")}
    source = told["src"] if re.fullmatch(r"[^\s<>()\\]+", told["src"]) else f"<{told['src']}>"
    title = told["title"].replace("\\", "\\\\").replace('"', '\\"')
    alt = inline_literal(told["alt"].replace("\n", " "))
    return f'![{alt}]({source} "{title}")' if title else f"![{alt}]({source})"


def _matched(nodes: Sequence[Node], parts: Sequence[Read]) -> Iterator[tuple[Node, Read | None]]:
    """Yield nodes, each with the part that it was: the same one, else the one in its place."""
    first = 0
    least = min(len(nodes), len(parts))
    while first < least and is_same(nodes[first], parts[first].node):
        first += 1
    last = 0
    while last < least - first and is_same(nodes[-1 - last], parts[-1 - last].node):
        last += 1
    between = list(parts[first : len(parts) - last])
    for at, node in enumerate(nodes):
        if at < first:
            yield node, parts[at]
        elif at >= len(nodes) - last:
            yield node, parts[at - len(nodes)]
        else:
            same = next((part for part in between if is_same(node, part.node)), None)
            if same is None and between and len(nodes) >= len(parts):
                waiting = nodes[at + 1 : len(nodes) - last]
                if not any(is_same(other, between[0].node) for other in waiting):
                    same = between[0]
            elif same is None and between:
                same = between[0]
            if same:
                between = between[between.index(same) + 1 :]
            yield node, same
