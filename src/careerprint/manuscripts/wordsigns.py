"""Makes text of what Word keeps in ways of its own: check boxes, signs of fonts, drop caps."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from careerprint.manuscripts.wordlists import WORD

_W = WORD
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
OFF = {"0", "false", "off"}
TEXTS = {f"{_W}t"}


def take_chunks(root: Element, parts: Mapping[str, bytes]) -> list[str]:
    """Take documents within the document away; return their words, or names without any."""
    found: list[str] = []
    relations = parts.get("word/_rels/document.xml.rels", b"").decode("utf-8", "replace")
    for parent, chunk in within(root, "altChunk"):
        name = re.search(rf'Id="{chunk.get(_RELATION, "")}"[^>]*?Target="([^"]*)"', relations)
        xml = parts.get(f"word/{name[1]}" if name else "", b"")
        words = " ".join(re.sub(r"<[^>]*>", " ", xml.decode("utf-8", "replace")).split())
        found.append(words or (name[1] if name else "altChunk"))
        parent.remove(chunk)
    return found


def show_states(root: Element) -> list[str]:
    """Put a sign in the place of a check box; take away and return hints not written over."""
    hints: list[str] = []
    for parent, control in within(root, "sdt"):
        if control.find(f"{_W}sdtPr/{_W14}checkbox") is not None:
            state = control.find(f"{_W}sdtPr/{_W14}checkbox/{_W14}checked")
            is_checked = state is not None and state.get(f"{_W14}val") not in OFF
            run = Element(f"{_W}r")
            text = SubElement(run, f"{_W}t", {_SPACE: "preserve"})
            text.text = "☒ " if is_checked else "☐ "
            replace_by(parent, control, [run])
        elif control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            if words := "".join(texts_of(control)).strip():
                hints.append(words)
            parent.remove(control)
    return hints


def show_signs(root: Element) -> None:
    """Put the characters that signs of symbol fonts stand for in their place, where known.

    A sign at the start of a paragraph is a bullet, and stays.
    """
    from mammoth.docx.dingbats import dingbats

    for paragraph in root.iter(f"{_W}p"):
        runs = [run for run in paragraph.iter(f"{_W}r") if is_filled(run)]
        for run in runs[1:]:
            for sign in run.iter(f"{_W}sym"):
                font, code = sign.get(f"{_W}font", ""), sign.get(f"{_W}char", "")[-4:]
                if not re.fullmatch("[0-9A-Fa-f]{2,4}", code):
                    continue
                number = int(code, 16)
                known = dingbats.get((font, number)) or dingbats.get((font, number & 0xFF))
                point = known if isinstance(known, int) else number
                if isinstance(known, int) or not 0xF000 <= number <= 0xF0FF:  # noqa: PLR2004 - U+F0xx
                    sign.tag, sign.text = f"{_W}t", chr(point)
                    sign.attrib.clear()


def join_drop_caps(root: Element) -> None:
    """Put a large first letter, a paragraph of its own, back before its word."""
    for parent in list(root.iter()):
        blocks = list(parent)
        for cap, block in pairwise(blocks):
            frame = cap.find(f"{_W}pPr/{_W}framePr")
            if frame is None or not frame.get(f"{_W}dropCap") or block.tag != f"{_W}p":
                continue
            runs = [run for run in cap if run.tag != f"{_W}pPr"]
            place = 1 if block.find(f"{_W}pPr") is not None else 0
            block[place:place] = runs
            parent.remove(cap)


def within(root: Element, *names: str) -> Iterator[tuple[Element, Element]]:
    """Yield Word's elements of some names with their parents; both may be changed meanwhile."""
    tags = {f"{_W}{name}" for name in names}
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in tags]:
            yield parent, child


def replace_by(parent: Element, child: Element, others: Sequence[Element]) -> None:
    """Put elements in the place of a child."""
    place = list(parent).index(child)
    parent[place : place + 1] = others


def is_filled(run: Element) -> bool:
    """Tell whether a run shows anything."""
    return any(e.tag == f"{_W}sym" or (e.tag == f"{_W}t" and e.text) for e in run)


def texts_of(element: Element) -> Iterator[str]:
    """Yield the texts in an element."""
    return (found.text or "" for found in element.iter() if found.tag in TEXTS)
