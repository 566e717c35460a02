"""Puts a fair's flyers into one PDF for the office printer: every copy, in order.

It is a file to print from, not to read: it has no tags, links or actions. What copies and flyers
have in common is in it once, so 500 copies take little more room than one. Its bytes depend on the
parts alone.

There are no page labels: print dialogs then count the pages from the first to the last, and after a
paper jam “251–500” means what it says.
"""

import copy
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    Pdf,
    Stream,
    StreamDecodeLevel,
    String,
)

from careerprint.core.diagnostics import N_, Diagnostic, Refused, refuse

# What of a page decides how it is printed. Source: ISO 32000-1, table 30
_PRINTED = (
    *("/ArtBox", "/BleedBox", "/Contents", "/CropBox", "/Group", "/MediaBox", "/Resources"),
    *("/Rotate", "/TrimBox", "/UserUnit"),
)
_SHARED = frozenset({"/Contents", "/Group", "/Resources"})  # between the copies of a page
# What leads from graphics to the tags of their document, and notes of programs to themselves.
_LEFT_OUT = frozenset({"/Metadata", "/PieceInfo", "/StructParent", "/StructParents"})
_TAGGED = re.compile(r"/[A-Z]{6}\+(.+)")  # the name of a font of which a subset is embedded
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")

_LEAST_VERSION = "1.7"  # the first that can ask for one-sided printing (ISO 32000-1, table 150)


@dataclass(frozen=True, slots=True)
class CombinedPart:
    """A PDF, its title among the bookmarks, and how many copies of it are printed, at least one."""

    pdf: bytes
    title: str
    copies: int


def combined(parts: Sequence[CombinedPart]) -> bytes:
    """Return one PDF with the copies of each part, at least one part, in their order.

    The pages of a copy stay together. A bookmark leads to the first page of each part. Print
    dialogs are asked for the actual size, and for one-sided printing where otherwise a copy would
    begin on the back of another. Raises Refused with every part that is not a whole PDF.
    """
    target = Pdf.new()
    store, read, faults = _Store(target), list[_Read](), list[Diagnostic]()
    for part in parts:
        try:
            read.append(_read(part, store))
        except Refused as refused:
            faults += refused.diagnostics
    if faults:
        raise Refused(faults)
    tree = target.make_indirect(Dictionary(Type=Name.Pages))
    nodes = [
        _copies(target, tree, one.pages, part.copies) for one, part in zip(read, parts, strict=True)
    ]
    tree.Kids = Array(nodes)
    tree.Count = sum(int(node.Count) for node in nodes)
    target.Root.Pages = tree
    target.Root.Outlines = _bookmarks(target, [part.title for part in parts], nodes)
    target.Root.PageMode = Name.UseOutlines
    target.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"))
    if any(len(one.pages) % 2 for one in read):
        target.Root.ViewerPreferences.Duplex = Name.Simplex
    # Which press the colours are meant for can be said only where it is the same for all.
    if len(read[0].intents) and len({one.intents.unparse() for one in read}) == 1:
        target.Root.OutputIntents = read[0].intents
    written = io.BytesIO()
    target.save(
        written,
        min_version=max(_LEAST_VERSION, *(one.version for one in read)),
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
    )
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class _Read:
    """A part's pages, its output intents and its PDF version; objects of the target document."""

    pages: tuple[Object, ...]
    intents: Object
    version: str


def _read(part: CombinedPart, store: "_Store") -> _Read:
    """Return what is printed of a part; raises Refused for a PDF that would need mending first."""
    try:
        with Pdf.open(io.BytesIO(part.pdf), attempt_recovery=False) as source:
            taking = _Taking(store)
            found = _Read(
                tuple(taking.page(page.obj) for page in source.pages),
                taking.item(press_intents(source.Root.get("/OutputIntents", Array()))),
                source.pdf_version,
            )
            faults = list(map(str, source.get_warnings()))
            if not found.pages:
                faults.append("no pages")
    except Exception as failure:  # a PDF is data: whatever goes wrong in it is its fault
        faults = [str(failure)]
    if faults:
        raise refuse(
            part.title,
            N_("This PDF cannot be copied ({reason})."),
            N_("Print the flyer again: its file is damaged, or is not careerprint's."),
            reason=faults[0].rpartition(": ")[2],  # before it stands a name that means nothing
        )
    return found


def press_intents(intents: Object) -> Array:
    """Return the output intents of PDF/X; those of PDF/A go with what makes a file that."""
    return Array(intent for intent in intents if intent.get("/S") == Name("/GTS_PDFX"))


@dataclass(slots=True)
class _Store:
    """The target document and what it holds so far, by what is written of it.

    Objects are put in from the leaves up. So two that are written alike, with the same references,
    mean the same all the way down.
    """

    target: Pdf
    known: dict[bytes, Object] = field(default_factory=dict)

    def put(self, item: Object, data: bytes | None = None) -> Object:
        """Return a reference to an array, a dictionary, or the stream with that and the `data`."""
        digest = hashlib.sha256(item.unparse())
        if data is not None:
            digest.update(b" stream ")
            digest.update(data)
        key = digest.digest()
        if key not in self.known:
            made = item if data is None else Stream(self.target, data, item)
            self.known[key] = made if data is not None else self.target.make_indirect(made)
        return self.known[key]


@dataclass(slots=True)
class _Taking:
    """Takes objects out of one document into the store, each once."""

    store: _Store
    taken: dict[tuple[int, int], Object] = field(default_factory=dict)

    def page(self, page: Object) -> Object:
        """Return a page as far as it is printed, without a place in a page tree."""
        made = Dictionary(Type=Name.Page)
        for key in _PRINTED:  # on opening, a page gets what stands in the page tree above it
            if key in page:
                item = self.item(page[key])
                made[key] = self.store.put(item) if key in _SHARED else item
        return made

    def item(self, item: Any) -> Any:  # noqa: ANN401 - numbers and truth values are Python's own
        """Return an object, and all that it refers to, as one of the target document."""
        if not isinstance(item, Array | Dictionary | Stream):
            return item
        if not item.is_indirect:
            return self._content(item)
        if item.objgen not in self.taken:
            content = self._content(item)
            data = item.read_raw_bytes() if isinstance(item, Stream) else None
            self.taken[item.objgen] = self.store.put(content, data)
        return self.taken[item.objgen]

    def _content(self, item: Object) -> Object:
        """Return an array, a dictionary or the dictionary of a stream with its own references."""
        if isinstance(item, Array):
            return Array([self.item(each) for each in item])
        made = {key: self.item(value) for key, value in item.items() if key not in _LEFT_OUT}
        return _with_own_tag(Dictionary(made))


def _with_own_tag(made: Object) -> Object:
    """Return a dictionary; if it is of a font's subset, tagged by what that subset holds.

    Different subsets in one file have different tags (ISO 32000-1, 9.6.4): printers keep fonts by
    their names. WeasyPrint tags those of different documents alike.
    """
    key = "/FontName" if "/FontName" in made else "/BaseFont"
    if not (tagged := _TAGGED.fullmatch(str(made.get(key, "")))):
        return made
    program = next((made[file] for file in _FONT_FILES if file in made), None)
    if program is not None:
        digest = int.from_bytes(hashlib.sha256(program.read_raw_bytes()).digest())
        tag = "".join(chr(ord("A") + digest // 26**place % 26) for place in range(6))
    else:
        inner = made.get("/FontDescriptor") or made.get("/DescendantFonts", Array([made]))[0]
        tag = str(inner.get("/FontName", inner.get("/BaseFont", "")))[1:7]
    made[key] = Name(f"/{tag}+{tagged[1]}")
    return made


def _copies(target: Pdf, tree: Object, pages: Sequence[Object], count: int) -> Object:
    """Return the node of a page tree with so many copies of some pages, one after the other."""
    node = target.make_indirect(Dictionary(Type=Name.Pages, Parent=tree))
    kids = []
    for _ in range(count):
        for page in pages:
            made = copy.copy(page)
            made.Parent = node
            kids.append(target.make_indirect(made))
    node.Kids = Array(kids)
    node.Count = len(kids)
    return node


def _bookmarks(target: Pdf, titles: Sequence[str], nodes: Sequence[Object]) -> Object:
    """Return an outline that leads to the first page of each node (ISO 32000-1, 12.3.3)."""
    outline = target.make_indirect(Dictionary(Type=Name.Outlines, Count=len(titles)))
    items = [
        target.make_indirect(
            Dictionary(Title=String(title), Parent=outline, Dest=Array([node.Kids[0], Name.Fit]))
        )
        for title, node in zip(titles, nodes, strict=True)
    ]
    for one, following in pairwise(items):
        one.Next, following.Prev = following, one
    outline.First, outline.Last = items[0], items[-1]
    return outline
