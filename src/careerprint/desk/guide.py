"""The desk's help: what the guide says of the desk, with a list of what stands there."""

import re
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt

from careerprint.core.workspace import starter_folder

GUIDE = "docs/anleitung.md"
_OF_DESK = "<!-- help -->"  # stands before and behind what the guide says of the desk
_QUESTIONS = "h3"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the help: where it stands (an id on the page), and its text."""

    id: str
    title: str
    is_question: bool


@dataclass(frozen=True, slots=True)
class Help:
    """The help: its headings in their order, and all of it as HTML."""

    chapters: tuple[Chapter, ...]
    html: str


def desk_help() -> Help:
    """Return the help; the guide's pictures and other files are not in it."""
    guide = (starter_folder() / GUIDE).read_text("utf-8").split(_OF_DESK)[1]
    markdown = MarkdownIt()
    tokens = markdown.parse(re.sub(r"!?\[([^]]*)\]\([^)]*\)", _without_file, guide))
    chapters: list[Chapter] = []
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            chapters.append(Chapter(f"help-{len(chapters)}", text.content, token.tag == _QUESTIONS))
            token.attrSet("id", chapters[-1].id)
    return Help(tuple(chapters), str(markdown.renderer.render(tokens, markdown.options, {})))


def _without_file(link: re.Match[str]) -> str:
    return "" if link[0].startswith("!") else link[1]
