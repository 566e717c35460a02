"""What belongs at which heading of a text, in plain words, as an editor shows and changes it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from careerprint.core.diagnostics import N_, Location
from careerprint.core.schema import Text
from careerprint.desk.richblocks import Block, read_blocks
from careerprint.profiles.body import Section
from careerprint.profiles.roles import role_said, roles_of

BELONGINGS: Mapping[str, str] = {
    "pay": N_("Pay"),
    "training": N_("Ways into the occupation"),
    "requirements": N_("Requirements"),
    "everyday": N_("Tasks"),
    "day": N_("A day at work"),
    "employers": N_("Employers"),
    "market": N_("Sectors"),
    "application": N_("Applying"),
    "advice": N_("Advice and next steps"),
    "digital": N_("Technology"),
    "outlook": N_("Outlook"),
}
"""What is called so belongs at a section of a role: its box, and its drawing."""
_OF_SECTIONS = 2  # the level of their headings
_MARK = re.compile(r"\s*\{#[a-z][a-z0-9_-]*\}(?=\s*(?:#*\s*)(?:\n|$))")


def roles(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield for each block the role of the section that it heads, "" for none."""
    heads = [at for at, block in enumerate(blocks) if _is_head(block)]
    sections = [
        Section(_mark(blocks[at]) or f"-{at}", Text(_words(blocks[at]), Location("")), ())
        for at in heads
    ]
    found = dict(zip(heads, roles_of(sections), strict=True))
    yield from (
        role if (role := found.get(at, "")) in BELONGINGS else "" for at in range(len(blocks))
    )


def settled(body: str, before: str) -> tuple[str, set[int]]:
    """Return a running text in which marks follow headings that are new, and changed blocks.

    A mark goes where its heading tells of something else, and a heading that was none `before`
    tells of it. What somebody marks with these headings as they are stays.
    """
    blocks, rest = read_blocks(body)
    known = {_words(block) for block in read_blocks(before)[0] if _is_head(block)}
    heads = [block for block in blocks if _is_head(block)]
    new = {role_said(_words(b)) for b in heads if not _mark(b) and _words(b) not in known}
    gone = {
        at
        for at, block in enumerate(blocks)
        if _is_head(block) and _mark(block) in new & BELONGINGS.keys()
        if role_said(_words(block)) not in {"", _mark(block)}
    }
    if not gone:
        return body, gone
    kept = [
        replace(block, source=_MARK.sub("", block.source, count=1)) if at in gone else block
        for at, block in enumerate(blocks)
    ]
    return "".join(f"{block.gap}{block.source}" for block in kept) + rest, gone


def _is_head(block: Block) -> bool:
    node = block.read.node
    return bool(node["type"] == "heading" and node["attrs"]["level"] == _OF_SECTIONS)


def _mark(block: Block) -> str:
    return str(block.read.node["attrs"]["mark"])


def _words(block: Block) -> str:
    return block.read.content
