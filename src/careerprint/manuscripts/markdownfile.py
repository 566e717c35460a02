"""Reads a Markdown file, of whatever program: its head, and its text by way of HTML.

What careerprint prints keeps its markup. What the author took out or noted for himself is left out
and named: comments, struck-out words, footnotes.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import tinyhtml5
import yaml
from markdown_it import MarkdownIt

from careerprint.core.diagnostics import N_, shortened
from careerprint.manuscripts.htmlblocks import Blocks
from careerprint.manuscripts.manuscript import Manuscript, folded, literal
from careerprint.manuscripts.picturefiles import Finds, nowhere
from careerprint.manuscripts.plaintext import decoded_text

_HEADS = (
    (re.compile(r"---[ \t]*\n((?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)"), yaml.safe_load),
    (re.compile(r"\+\+\+[ \t]*\n((?:.*\n)*?)\+\+\+[ \t]*(?:\n|$)"), tomllib.loads),
)
_TAKEN = ("title", "subtitle", "date", "lang")
_BY_LINES = ("title", "author", "date")  # of the lines that begin with "%"
# What stands in braces behind a heading; an id is a mark, as in a profile.
_BRACES = re.compile(r"\s*\{[^{}]*\}$")
_ID = re.compile(r"\{(?:[^{}]*\s)?#([a-z][a-z0-9_-]*)(?:\s[^{}]*)?\}$")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_NOTE = re.compile(r"^\[\^[^\]\n]+\]:[ \t]*(.*)\n?", re.MULTILINE)
# Marks of other programs, and what stands in their place.
_OTHERS = (
    (re.compile(r"\[\^[^\]\n]+\]"), ""),
    (re.compile(r"^:{3,}.*$", re.MULTILINE), ""),
    (re.compile(r"^([ \t]*[-*+] )\[[ xX]\] ", re.MULTILINE), r"\1"),
    (re.compile(r"(?<![~\\])~(?!~)([\w+-]{1,20})~(?!~)"), r"<sub>\1</sub>"),
    (re.compile(r"(?<!\\)\^([\w+-]{1,20})\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<![=\\])==([^=\n]+)=="), r"\1"),
)


def read_markdown(content: bytes, place: str, finds: Finds = nowhere) -> Manuscript:
    """Return the paragraphs of a Markdown file; raises Refused where it is no text.

    `finds` returns the picture of an address.
    """
    manuscript = Manuscript()
    text = _without_head(decoded_text(content, place, manuscript), manuscript)
    left_out = (
        (N_("Left out, because it is a comment: “{text}”"), _COMMENT),
        (N_("A footnote is not taken over. It says: “{text}”"), _NOTE),
    )
    for message, pattern in left_out:
        for found in pattern.finditer(text):
            if words := folded(found[1]):
                manuscript.remark_on_all(message, text=shortened(words))
        text = pattern.sub("", text)
    for pattern, instead in _OTHERS:
        text = pattern.sub(instead, text)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: url != ""  # type: ignore[method-assign]  # the documented way
    blocks = Blocks(manuscript, finds)
    blocks.walk(tinyhtml5.parse(parser.render(text), namespace_html_elements=False))
    blocks.flush()
    for at, heading in enumerate(manuscript.paragraphs):
        if heading.kind == "heading" and (braces := _BRACES.search(heading.text)):
            mark = _ID.search(braces[0])
            words = heading.text[: braces.start()]
            manuscript.paragraphs[at] = replace(
                heading, text=words, markdown=literal(words), mark=mark[1] if mark else ""
            )
    return manuscript


def _without_head(text: str, manuscript: Manuscript) -> str:
    """Take the entries of a file's head that mean the same here; return the text below it."""
    if text.startswith("% "):
        lines, below = list[str](), text
        while below.startswith("% "):
            line, _, below = below.partition("\n")
            lines.append(line[2:])
        entries: object = dict(zip(_BY_LINES, lines, strict=False))
    else:
        found = ((pattern.match(text), read) for pattern, read in _HEADS)
        head_match, read = next(((m, r) for m, r in found if m), (None, None))
        if head_match is None or read is None:
            return text
        below = text[head_match.end() :]
        try:
            entries = read(head_match[1])
        except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
            entries = None
    if not isinstance(entries, Mapping):
        return text
    for key in _TAKEN:
        value = entries.get(key)
        is_foreign = key == "lang" and not str(value).lower().startswith("de")
        is_no_day = key == "date" and not re.match(r"\d{4}-\d\d-\d\d", str(value))
        said = folded(str(value)) if isinstance(value, str | date) else ""
        if said and not is_foreign and not is_no_day:
            manuscript.head[key] = said
    others = [str(key) for key in entries if key not in manuscript.head]
    if others:
        manuscript.remark_on_all(
            N_("These entries of the file's head are not taken over: {names}."),
            names=shortened(", ".join(others)),
        )
    return below
