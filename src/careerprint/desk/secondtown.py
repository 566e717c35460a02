"""Marks, in a profile that begins as a copy, where the town of the other one still stands.

A name is found as it is inflected and as it makes other words: Rostock, Rostocks, Rostocker.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

import yaml

from careerprint.core.messages import translator
from careerprint.core.slugs import proposed_slug
from careerprint.desk.copymarks import HERE, IN_OTHER, IN_TEXT
from careerprint.desk.forms import inner_head
from careerprint.desk.richblocks import read_blocks, split_profile
from careerprint.extraction.factterms import TOWN
from careerprint.profiles.catalogs import locale_name
from careerprint.profiles.marks import check_mark

_UNREAD = {"id", "file", "field"}  # what nobody reads on paper
_SHORTER = re.compile(r"\s*[(/,]|\s+(?:am|an|im|in|bei|vor|ob|auf|unter|[abv]\.)\s")
_SHOWN = 60  # characters of a text in a mark


def town_in(title: str) -> str:
    """Return the town that a title names, "" for none."""
    told = TOWN.search(title)
    return told[0].split(maxsplit=1)[1] if told else ""


def with_marks(text: str, town: str, others: Mapping[str, str]) -> str:
    """Return a profile's text with a check mark for each place in which a town's name stands.

    `others` are its whole texts in other languages, by the names of their files.
    """
    name, german = _named(town), translator("de")
    front, body = split_profile(text)
    lines = front.rstrip("\n").split("\n")
    remarks = [
        german(IN_TEXT).format(word=found[0], text=_around(told, found))
        for told in _paragraphs(body)
        if (found := name.search(told))
    ]
    remarks += [
        german(IN_OTHER).format(word=found[0], language=_language(file))
        for file, content in others.items()
        if (found := name.search(content))
    ]
    lines[-1:-1] = [check_mark(remark) for remark in remarks]
    for line, word in sorted(_in_head(front, name).items(), reverse=True):
        indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
        lines.insert(line, check_mark(german(HERE).format(word=word), indent))
    return "\n".join(lines) + "\n" + body


def _named(town: str) -> re.Pattern[str]:
    """Return what finds the name of a town, its inflected forms, and the words made of it."""
    short = _SHORTER.split(town)[0].strip()
    stem = re.sub(r"(?:en|[aen])$", "", short)  # Bremen, Bremer; Halle, Hallenser
    made = r"(?:er|ner|ener|aner|enser)(?:s|n|in|innen)?|(?:i|er)?sche[mnrs]?"
    forms = rf"\b{re.escape(short)}(?:s|{made})?\b|\b{re.escape(stem)}(?:{made})\b"
    return re.compile(rf"{forms}|(?<=[./@-]){re.escape(proposed_slug(short))}(?=[./-])")


def _in_head(front: str, name: re.Pattern[str]) -> dict[int, str]:
    """Return the lines of a head, from 0, at which an entry with a name begins, and its word."""
    node = yaml.compose(inner_head(front) or "", Loader=yaml.SafeLoader)
    found: dict[int, str] = {}
    for line, told in _texts(node, 0) if node else ():
        if match := name.search(told):
            found.setdefault(line + 1, match[0])  # below the line of dashes
    return found


def _texts(node: yaml.Node, line: int) -> Iterator[tuple[int, str]]:
    """Yield each text with the line at which its entry begins."""
    if isinstance(node, yaml.MappingNode):
        for key, below in node.value:
            if key.value not in _UNREAD:
                yield from _texts(below, line if node.flow_style else key.start_mark.line)
    elif isinstance(node, yaml.SequenceNode):
        for below in node.value:
            yield from _texts(below, line if node.flow_style else below.start_mark.line)
    else:
        yield line, str(node.value)


def _paragraphs(body: str) -> Iterator[str]:
    yield from (" ".join(block.source.split()) for block in read_blocks(body)[0])


def _around(text: str, found: re.Match[str]) -> str:
    """Return the words around a name, whole ones."""
    first = max(found.start() - _SHOWN // 2, 0)
    begin = text.find(" ", first) + 1 if first else 0
    begin = min(begin, found.start())
    told = f"… {text[begin:]}" if begin else text
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN].rpartition(' ')[0]} …"


def _language(file: str) -> str:
    return locale_name(PurePath(file).name.split(".")[1], "de")
