"""Writes and reads XLIFF: 1.2 goes out, which every tool of translators reads; 2.x comes in, too.

What stands in braces is in an element of its own (ph), which such tools keep as it is. The XML may
be anybody's: it is bounded, and refused with declarations of types, for entities can blow up.
Sources: OASIS, XLIFF 1.2 (2008) and XLIFF 2.1 (2018).
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from careerprint.core.diagnostics import N_, refuse
from careerprint.exchange.notes import GERMAN
from careerprint.exchange.returns import Delivery, Returned, known_key
from careerprint.exchange.units import Unit
from careerprint.profiles.catalogs import LAYOUT_SOURCE, PROFILE_SOURCE

MOST_BYTES = 10_000_000
_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_PLACEHOLDER = re.compile(r"(\{[a-z][a-z0-9_.-]*\}|%\(\w+\)s)")
_PO_HEADER = "x-gettext-domain-header"  # what the Translate Toolkit makes of the head of a .po file
_STATES = {"missing": "needs-translation", "stale": "needs-review-translation"}
_FITS = frozenset({"translated", "signed-off", "reviewed", "final"})  # 1.2's, and those of 2.x
_AROUND = frozenset({"note", "mrk", "g", "pc", "sub"})  # elements around text
DAMAGED = (
    N_("The XLIFF file is damaged or not complete."),
    N_("Export it again from the tool in which it was translated."),
)


def write_xliff(texts: Iterable[Unit], locale: str) -> bytes:
    """Return texts as an XLIFF 1.2 file, a `file` in it for each domain."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = Element(_tag("xliff"), {"version": "1.2"})
    bodies: dict[tuple[str, str], Element] = {}
    filled: list[tuple[Element, str]] = []
    for unit in texts:
        domain = unit.key.partition("#")[0]
        is_german = unit.german or not domain.startswith("layouts")
        source = PROFILE_SOURCE if is_german else LAYOUT_SOURCE
        if (domain, source) not in bodies:
            said = {"source-language": source, "target-language": locale, "datatype": "plaintext"}
            file = SubElement(root, _tag("file"), {"original": domain, **said})
            bodies[domain, source] = SubElement(file, _tag("body"))
        most = {"maxwidth": str(unit.most), "size-unit": "char"}
        made = SubElement(bodies[domain, source], _tag("trans-unit"), {"id": unit.key, **most})
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        filled.append((SubElement(made, _tag("source")), unit.shown))
        state = {"state": _STATES.get(unit.state, "translated")}
        filled.append((SubElement(made, _tag("target"), state), unit.translation))
        for note in filter(None, (unit.task, unit.place(GERMAN))):
            SubElement(made, _tag("note"), {"from": "developer"}).text = note
    ElementTree.indent(root)  # before there are texts that it would change
    for element, text in filled:
        _fill(element, text)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _fill(element: Element, text: str) -> None:
    """Put a text into an element, each placeholder in an element of its own."""
    last: Element | None = None
    element.text = ""
    for number, piece in enumerate(_PLACEHOLDER.split(text)):
        if number % 2:
            last = SubElement(element, _tag("ph"), {"id": str(number // 2 + 1)})
            last.text, last.tail = piece, ""
        elif last is None:
            element.text = piece
        else:
            last.tail = piece


def read_xliff(content: bytes, place: str) -> Delivery:
    """Return what an XLIFF file of version 1.x or 2.x holds; raises Refused."""
    if len(content) > MOST_BYTES:
        raise refuse(
            place,
            N_("The file is larger than the texts of a workspace can be."),
            N_("Send back the file that was exported, with its translations."),
        )
    # UTF-16 would hide them.
    if b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in content:
        raise refuse(place, *DAMAGED)
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - no declarations of types, so safe
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
        raise refuse(place, *DAMAGED) from None
    if _local(root) != "xliff":
        raise refuse(place, *DAMAGED)
    locale = root.get("trgLang", "")
    texts: list[Returned] = []
    for element in root.iter():
        if _local(element) == "file":
            locale = locale or element.get("target-language", "")
        if _local(element) == "trans-unit" and element.get("restype") != _PO_HEADER:
            texts.append(_unit(element, [element]))
        elif _local(element) == "unit":
            segments = [e for e in element if _local(e) in {"segment", "ignorable"}]
            texts.append(_unit(element, segments))
    return Delivery(locale, texts)


def _unit(unit: Element, segments: Iterable[Element]) -> Returned:
    found = {"source": "", "target": ""}
    states: set[str] = set()
    data = {e.get("id", ""): "".join(e.itertext()) for e in unit.iter() if _local(e) == "data"}
    for segment in segments:
        if _local(segment) == "segment":
            states.add(segment.get("state", ""))
        for child in segment:
            if _local(child) in found:
                found[_local(child)] += "".join(_text(child, data))
                states |= {said for said in [child.get("state")] if said}
    fits = bool(states) and states <= _FITS
    key = known_key(unit.get("id", ""))
    return Returned(key, found["source"], found["target"], fits=fits)


def _text(element: Element, data: dict[str, str]) -> Iterator[str]:
    """Yield the text of a source or target; an empty inline element says what it stands for."""
    yield element.text or ""
    for child in element:
        if child.text or len(child) or _local(child) in _AROUND:
            yield from _text(child, data)
        else:
            said = (child.get(name, "") for name in ("equiv-text", "equiv", "disp"))
            yield data.get(child.get("dataRef", "")) or next(filter(None, said), "")
        yield child.tail or ""


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
