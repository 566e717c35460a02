"""What the view in which a profile is written asks for: its text as blocks and forms, and back.

The text is the page's: each of these takes one and returns one, and saves nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, groupby
from typing import Any

import yaml

from careerprint.core.diagnostics import N_, Refused, refuse
from careerprint.core.reader import Reader
from careerprint.core.schema import checked
from careerprint.desk.answers import with_answers
from careerprint.desk.belongings import BELONGINGS, roles, settled
from careerprint.desk.desk import Desk
from careerprint.desk.forms import declared_forms, filled_forms, written_forms
from careerprint.desk.proposals import accepted, dropped, proposals_in
from careerprint.desk.richblocks import Block, is_same, read_blocks, split_profile
from careerprint.desk.richinline import Node
from careerprint.desk.richwriting import Given, clean, rewrite
from careerprint.desk.shown import Shown
from careerprint.desk.threeway import merged
from careerprint.manuscripts.htmltext import read_html
from careerprint.manuscripts.manuscript import Paragraph, in_heading, take_typed_lists
from careerprint.manuscripts.quotations import take_quotations
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    PROFILE_SOURCE,
    known_locale,
    read_catalogs,
)
from careerprint.profiles.content import profile_file
from careerprint.profiles.facts import Facts
from careerprint.profiles.frontmatter import front_values
from careerprint.profiles.phrases import fact_phrases

_MOST_PASTED = 200_000  # characters of a text
_MOST_NESTED = 150  # elements within each other; Word and web pages have some twenty
_TAG = re.compile(r"<(/?)(div|span|ul|ol|table|blockquote|b|i|em|strong|a|font|section)\b", re.I)


def forms(desk: Desk) -> Shown:
    """Return the fields of the forms, and what may belong at a heading, in the user's language."""
    translate = desk.shower.translate
    belongings = [(role, translate(told)) for role, told in BELONGINGS.items()]
    return {**declared_forms(translate, Reader(desk.root)), "belongings": belongings}


def read(desk: Desk, slug: str, text: str) -> Shown:
    """Return a profile's text as an editor and forms show it.

    `blocks` are those of its running text: a node each, and the lines of its texts in the file.
    `forms` are as in `forms.filled_forms`.
    """
    front, body = split_profile(text)
    blocks, _ = read_blocks(body)
    return {
        "blocks": list(_shown(blocks, front.count("\n") + 1)),
        "forms": filled_forms(text, profile_file(slug), desk.shower.translate),
    }


def phrases(desk: Desk, text: str) -> Mapping[str, str]:
    """Return what the facts of a profile are printed as in German; none if they have faults."""
    front, _ = split_profile(text)
    with suppress(Refused, IndexError):
        data, line = front_values(front.split("\n", 1)[1].rpartition("---")[0], "", 2)
        facts = checked(Facts, data.get("facts") or {}, "", line)
        words = read_catalogs(Reader(desk.root), LAYOUT_CATALOGS, PROFILE_SOURCE, LAYOUT_SOURCE)
        said = fact_phrases(facts, known_locale(PROFILE_SOURCE), words, str)
        return {name: phrase.text for name, phrase in said.items()}
    return {}


def with_blocks(_: Desk, text: str, blocks: list[int | dict[str, Any]]) -> Shown:
    """Return a profile's text with other blocks: numbers are its own, nodes are new or changed.

    `places` tells which block of the new text each of them is, None for an empty one; `other` has
    the numbers of those that read otherwise than they were given, since Markdown cannot say that.
    """
    front, body = split_profile(text)
    given: Sequence[Given] = blocks
    made = rewrite(body, given)
    settled_body, unmarked = settled(made.body, body)
    new = front + settled_body
    found = read_blocks(settled_body)[0]
    return {
        "text": new,
        "places": made.places,
        "blocks": list(_shown(found, front.count("\n") + 1)),
        "other": [
            n
            for n, (block, place) in enumerate(zip(blocks, made.places, strict=True))
            if place is not None and place < len(found)
            if place in unmarked
            or (
                isinstance(block, dict)
                and not is_same(clean(block) or block, found[place].read.node)
            )
        ],
    }


def with_values(desk: Desk, slug: str, text: str, values: dict[str, Any]) -> Shown:
    """Return a profile's text with what was entered in its forms; raises Refused for no head.

    Marks of an import whose field was filled are settled.
    """
    try:
        new = with_answers(text, written_forms(text, values), profile_file(slug))
    except (ValueError, yaml.YAMLError):
        raise refuse(
            profile_file(slug),
            N_("The head of this profile cannot be read."),
            N_("Mend it under “File”; what was entered in the forms stays there."),
        ) from None
    return {"text": new, **read(desk, slug, new)}


def with_mark(desk: Desk, slug: str, text: str, line: int, *, keep: bool) -> Shown:
    """Return a profile's text without the check mark at a line: what it proposes stays, or not."""
    found = {p.line: p for p in proposals_in(text, profile_file(slug))}
    if line in found:
        text = accepted(text, found[line]) if keep else dropped(text, found[line])
    return {"text": text, **read(desk, slug, text)}


def pasted(_: Desk, html: str) -> list[Node]:
    """Return what was pasted, from Word or a web page, as nodes; raises Refused for no text."""
    html = html[:_MOST_PASTED]
    depths = accumulate(-1 if tag[1] else 1 for tag in _TAG.finditer(html))
    if max(depths, default=0) > _MOST_NESTED:
        raise refuse(
            "HTML",
            N_("What was pasted is nested too deeply to be read."),
            N_("Paste it as plain text."),
        )
    manuscript = read_html(html.encode("utf-8-sig", "replace"), "HTML")
    take_quotations(manuscript)
    take_typed_lists(manuscript)
    body = "\n\n".join(_markdown(manuscript.paragraphs))
    return [block.read.node for block in read_blocks(body)[0]]


def merge(_: Desk, base: str, mine: str, theirs: str) -> Shown:
    """Return a text with two edits of another; its `text` is None where they overlap."""
    return {"text": merged(base, mine, theirs)}


def _shown(blocks: Sequence[Block], first_line: int) -> Iterator[Shown]:
    for block, role in zip(blocks, roles(blocks), strict=True):
        lines = [first_line + line for line in block.lines]
        yield {"node": block.read.node, "lines": lines, "role": role}


def _markdown(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the Markdown of paragraphs that were pasted, that of a list as one."""
    for kind, run in groupby(paragraphs, lambda p: p.kind):
        match kind:
            case "bullet":
                yield "\n".join(f"- {p.markdown}" for p in run)
            case "number":
                yield "\n".join(f"{n}. {p.markdown}" for n, p in enumerate(run, 1))
            case "heading":
                marks = {0: "##", 1: "##", 2: "##"}
                yield from (f"{marks.get(p.level, '###')} {in_heading(p.markdown)}" for p in run)
            case "quote":
                yield "\n>\n".join(f"> {p.markdown}" for p in run)
            case "picture":  # its file is not in the clipboard
                yield from (p.text for p in run if p.text)
            case _:
                yield from (p.markdown for p in run)
