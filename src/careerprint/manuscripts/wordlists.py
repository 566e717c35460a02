"""Counts the lists of a Word document: its texts may refer to their numbers and letters.

Source: ECMA-376 Part 1, 17.9.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W = WORD
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how its numbers are written, the first one, and the text around them."""

    written: str
    start: int
    text: str


def labels_of(
    document: Element, numbering: bytes | None, styles: Mapping[str, Element]
) -> Iterator[str]:
    """Yield the label of each item of a numbered list, in the order of the document."""
    if numbering is None:
        return
    levels, abstract = _levels(ElementTree.fromstring(numbering))  # noqa: S314 - without entities
    by_style = {name: _list_of(style) for name, style in styles.items()}
    counts: dict[tuple[str, int], int] = {}
    for paragraph in document.iter(f"{_W}p"):
        found = _list_of(paragraph) or by_style.get(value_of(paragraph, "pPr/pStyle"))
        level = levels.get(found) if found else None
        if found is None or level is None or level.written in {"bullet", "none"}:
            continue
        if not any(t.text for t in paragraph.iter(f"{_W}t")):
            continue
        at = abstract.get(found[0], found[0]), found[1]
        counts[at] = counts.get(at, level.start - 1) + 1
        for list_id, depth in list(counts):
            if list_id == at[0] and depth > at[1]:
                del counts[list_id, depth]
        yield level.text.replace(f"%{found[1] + 1}", _number(counts[at], level.written))


def _levels(root: Element) -> tuple[dict[tuple[str, int], _Level], dict[str, str]]:
    """Return the levels of lists by id and depth, and by id what a list is counted with."""
    patterns = {a.get(f"{_W}abstractNumId", ""): a for a in root.iter(f"{_W}abstractNum")}
    levels: dict[tuple[str, int], _Level] = {}
    counted: dict[str, str] = {}
    for number in root.iter(f"{_W}num"):
        list_id = number.get(f"{_W}numId", "")
        pattern = value_of(number, "abstractNumId")
        overridden = {o.get(f"{_W}ilvl"): o for o in number.iter(f"{_W}lvlOverride")}
        counted[list_id] = list_id if overridden else f"abstract {pattern}"
        for level in patterns.get(pattern, Element("none")).iter(f"{_W}lvl"):
            depth = level.get(f"{_W}ilvl", "0")
            override = overridden.get(depth)
            start = value_of(level, "start") or "1"
            if override is not None:
                start = value_of(override, "startOverride") or start
            text = value_of(level, "lvlText") or f"%{int(depth) + 1}."
            levels[list_id, int(depth)] = _Level(value_of(level, "numFmt"), int(start), text)
    return levels, counted


def _list_of(element: Element) -> tuple[str, int] | None:
    found = element.find(f"{_W}pPr/{_W}numPr")
    if found is None or not value_of(found, "numId"):
        return None
    return value_of(found, "numId"), int(value_of(found, "ilvl") or 0)


def _number(count: int, written: str) -> str:
    letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    match written:
        case "lowerLetter":
            return letters
        case "upperLetter":
            return letters.upper()
        case "lowerRoman" | "upperRoman":
            roman, left = "", count
            for value, sign in _ROMAN:
                while left >= value:
                    roman, left = roman + sign, left - value
            return roman.upper() if written == "upperRoman" else roman
    return str(count)


def value_of(element: Element, path: str) -> str:
    """Return the value of the element at a path below another, "" where there is none."""
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return found.get(f"{_W}val", "") if found is not None else ""
