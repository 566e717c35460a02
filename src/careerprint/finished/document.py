"""Reads finished PDFs, from here or from anywhere, into plain data that rules can judge.

Nothing is mended: what is damaged is said to be.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Stream

from careerprint.core.geometry import MM_PER_PT, Rectangle, enclosed
from careerprint.finished.opening import DAMAGED, TOO_LARGE, Unusable, open_as_it_is
from careerprint.finished.painting import follow_page
from careerprint.finished.paints import Painted
from careerprint.finished.streams import (
    SENSELESS,
    Fault,
    PdfObject,
    TooLarge,
    TooSlow,
    Unreadable,
    annotations_of,
    decoded_stream,
    fault,
    name_of,
)
from careerprint.finished.texts import Box, Piece, pieces

T = TypeVar("T")

MOST_PAGES = 2000
MOST_ENTRIES = 20_000  # of a tree of names or bookmarks; in a damaged one they stand in circles
# What XMP says, as an element or an attribute (ISO 16684-1, 7).
_SAID = r"%s(?:>|\s*=\s*[\"'])\s*([^<\"']*)"

_OPENED = re.compile(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The boxes of a page; `names_trim` tells whether it has a TrimBox of its own."""

    media: Box
    bleed: Box
    trim: Box
    names_trim: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of what is left after trimming, in mm."""
        left, bottom, right, top = self.trim
        return (right - left) * MM_PER_PT, (top - bottom) * MM_PER_PT


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page (from 1), or a bookmark (page 0).

    `target` is the address or the name of a place in the document; `leads` tells whether there is
    such a place, or the address is of a kind that readers open.
    """

    page: int
    place: Rectangle | None
    target: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Something on a page (from 1) that is no part of it and no link: its kind, and where it is."""

    page: int
    place: Rectangle
    kind: str


@dataclass(frozen=True, slots=True)
class Intent:
    """An output intent: its kind, its ICC profile with the number of its components.

    `condition` names how it is to be printed, "FOGRA39" for example.
    """

    kind: str
    condition: str
    profile: bytes
    components: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A PDF as it was found.

    `title` is that of the document information; `shows_title` says that viewers show it in place of
    the file's name. `standards` are those that the file claims to keep, such as "PDF/X-4".
    `trapped` is as it stands in the document information. `active` are the kinds of what runs,
    plays or is attached. `faults` are what could not be read; all else is told as it is.
    """

    pages: tuple[Page, ...]
    pieces: tuple[Piece, ...]
    painted: Painted
    intents: tuple[Intent, ...]
    links: tuple[Link, ...]
    notes: tuple[Note, ...]
    language: str
    title: str
    shows_title: bool
    standards: tuple[str, ...]
    trapped: str
    has_id: bool
    active: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_finished(pdf: bytes) -> Finished:
    """Return what a PDF holds, and what of it cannot be read; raises Unusable without any page."""
    document, faults = open_as_it_is(pdf)
    with document:
        try:
            return _read(document, pdf, faults)
        except TooLarge:
            raise Unusable(*TOO_LARGE) from None
        except SENSELESS:
            raise Unusable(*DAMAGED) from None


def _read(document: pikepdf.Pdf, pdf: bytes, damaged: Sequence[Fault]) -> Finished:
    if len(document.pages) > MOST_PAGES:
        raise TooLarge
    pages = tuple(
        Page(_box(page.mediabox), _box(page.bleedbox), _box(page.trimbox), Name.TrimBox in page.obj)
        for page in document.pages
    )
    painted = Painted()
    for number, (page, found) in enumerate(zip(document.pages, pages, strict=True), 1):
        try:
            follow_page(document, page, number, found.trim, painted)
        except TooSlow:
            painted.unjudged.append(number)
    root, faults = document.Root, [*painted.faults]

    def whole(found: Iterator[T]) -> tuple[T, ...]:
        """Return what is found until something cannot be read."""
        kept = []
        try:
            for each in found:
                kept.append(each)  # noqa: PERF402 - what was found before a fault is kept
        except TooLarge:
            raise
        except SENSELESS as failure:
            faults.append(fault(failure))
        return tuple(kept)

    viewer = root.get(Name.ViewerPreferences, Dictionary())
    finished = Finished(
        pages=pages,
        pieces=whole(_pieces(pdf, pages, painted.unjudged)),
        painted=painted,
        intents=whole(_intents(root)),
        links=(*whole(_links(document, pages)), *whole(_bookmarks(document))),
        notes=whole(_notes(document, pages)),
        language=str(root.get(Name.Lang, "")),
        title=str(document.docinfo.get(Name.Title, "")),
        shows_title=bool(viewer.get(Name.DisplayDocTitle, False)),
        standards=whole(_standards(root)),
        trapped=str(document.docinfo.get(Name.Trapped, "")).removeprefix("/"),
        has_id=Name.ID in document.trailer,
        active=tuple(sorted(set(whole(_active(document))))),
        faults=(),
    )
    return replace(finished, faults=_distinct([*damaged, *faults]))


def _distinct(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults, one an object; the page is told where one of them knows it."""
    by_object: dict[object, Fault] = {}
    for each in faults:
        key = each.number or each.reason
        if key not in by_object or not by_object[key].page:
            by_object[key] = replace(by_object.get(key, each), page=each.page)
    return tuple(by_object.values())


def _box(found: PdfObject) -> Box:
    """Return a rectangle, whose corners a PDF may name in any order (ISO 32000-1, 7.9.5)."""
    x1, y1, x2, y2 = (float(side) for side in found)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _pieces(pdf: bytes, pages: Sequence[Page], skipped: Sequence[int]) -> Iterator[Piece]:
    with pdfium.PdfDocument(pdf) as document:
        if len(document) != len(pages):
            raise Unreadable("readers do not agree on the pages")
        yield from pieces(document, [page.trim for page in pages], skipped)


def _intents(root: PdfObject) -> Iterator[Intent]:
    for intent in root.get(Name.OutputIntents, Array()):
        profile = intent.get(Name.DestOutputProfile)
        content = decoded_stream(profile) if isinstance(profile, Stream) else b""
        components = int(profile.get(Name.N, 0)) if isinstance(profile, Stream) else 0
        kind = str(intent.get(Name.S, "")).removeprefix("/")
        condition = str(intent.get(Name.OutputConditionIdentifier, ""))
        yield Intent(kind, condition, content, components)


def _standards(root: PdfObject) -> Iterator[str]:
    """Yield the standards that the XMP names (ISO 15930-7; ISO 19005-2, 6.6.4; ISO 14289-1, 5)."""
    metadata = root.get(Name.Metadata)
    xmp = (
        decoded_stream(metadata).decode("utf-8", "replace") if isinstance(metadata, Stream) else ""
    )

    def said(name: str) -> str:
        found = re.search(_SAID % name, xmp)
        return found[1].strip() if found else ""

    if version := said("GTS_PDFXVersion"):
        yield version
    if part := said("pdfuaid:part"):
        yield f"PDF/UA-{part}"
    if part := said("pdfaid:part"):
        yield f"PDF/A-{part}{said('pdfaid:conformance').lower()}"


def _links(document: pikepdf.Pdf, pages: Sequence[Page]) -> Iterator[Link]:
    names = _names(document)
    for number, (page, box) in enumerate(zip(document.pages, pages, strict=True), 1):
        corner = box.trim[0], box.trim[3]
        for annotation in annotations_of(page.obj):
            if annotation.get(Name.Subtype) == Name.Link:
                left, bottom, right, top = _box(annotation.Rect)
                place = enclosed([(left, bottom), (right, top)], corner)
                yield Link(number, place, *_target(annotation, document, names))


def _notes(document: pikepdf.Pdf, pages: Sequence[Page]) -> Iterator[Note]:
    for number, (page, box) in enumerate(zip(document.pages, pages, strict=True), 1):
        for annotation in annotations_of(page.obj):
            if annotation.get(Name.Subtype) not in {Name.Link, Name.Popup}:
                left, bottom, right, top = _box(annotation.Rect)
                place = enclosed([(left, bottom), (right, top)], (box.trim[0], box.trim[3]))
                yield Note(number, place, name_of(annotation.get(Name.Subtype, "–")))


def _bookmarks(document: pikepdf.Pdf) -> Iterator[Link]:
    names = _names(document)
    first = document.Root.get(Name.Outlines, Dictionary()).get(Name.First)
    for entry in _nodes(first, lambda e: [e[key] for key in ("/Next", "/First") if key in e]):
        yield Link(0, None, *_target(entry, document, names, str(entry.get(Name.Title, ""))))


def _nodes(
    first: PdfObject, following: Callable[[PdfObject], Iterable[PdfObject]]
) -> Iterator[PdfObject]:
    """Yield the nodes of a tree, if it has any; raises TooLarge where it is endless."""
    pending, count = [first] if first is not None else [], 0
    while pending:
        node = pending.pop()
        count += 1
        if count > MOST_ENTRIES:
            raise TooLarge
        yield node
        pending += following(node)


def _target(
    owner: PdfObject, document: pikepdf.Pdf, names: dict[str, PdfObject], title: str = ""
) -> tuple[str, bool]:
    """Return where a link or bookmark leads, and whether there is such a place."""
    action = owner.get(Name.A, Dictionary())
    if action.get(Name.S) == Name.URI:
        address = str(action.get(Name.URI, ""))
        return address, is_opened(address)
    destination = owner.get(Name.Dest, action.get(Name.D))
    if isinstance(destination, pikepdf.String | Name):
        named = str(destination).removeprefix("/") if isinstance(destination, Name) else None
        title = title or named or str(destination)
        destination = names.get(named or str(destination))
    if isinstance(destination, Dictionary):
        destination = destination.get(Name.D)
    if not isinstance(destination, Array) or not len(destination):
        return title or "–", False
    page = destination[0]
    if not isinstance(page, Dictionary):
        return title or "–", False
    return title or "–", any(page.objgen == known.obj.objgen for known in document.pages)


def is_opened(address: str) -> bool:
    """Tell whether an address is of a kind that readers open: a page, an e-mail, a telephone."""
    return bool(_OPENED.match(address))


def _names(document: pikepdf.Pdf) -> dict[str, PdfObject]:
    """Return the places of a document that have names (ISO 32000-1, 12.3.2.3)."""
    found: dict[str, PdfObject] = {}
    old = document.Root.get(Name.Dests, Dictionary())
    found |= {key.removeprefix("/"): value for key, value in old.items()}
    tree = document.Root.get(Name.Names, Dictionary()).get(Name.Dests)
    for node in _nodes(tree, lambda node: list(node.get(Name.Kids, Array()))):
        pairs = list(node.get(Name.Names, Array()))
        found |= {str(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=False)}
    return found


def _active(document: pikepdf.Pdf) -> Iterator[str]:
    """Yield the kinds of what runs, plays or is attached (ISO 32000-1, 12.6, 7.11.4)."""
    root = document.Root
    names = root.get(Name.Names, Dictionary())
    if Name.JavaScript in names:
        yield "JavaScript"
    if Name.EmbeddedFiles in names or Name.AF in root:
        yield "EmbeddedFile"
    if Name.AA in root:
        yield "Action"
    opening = root.get(Name.OpenAction)
    if isinstance(opening, Dictionary):
        yield str(opening.get(Name.S, "Action")).removeprefix("/")
    for page in document.pages:
        if Name.AA in page.obj:
            yield "Action"
        for annotation in annotations_of(page.obj):
            yield from _active_of(annotation)


def _active_of(annotation: PdfObject) -> Iterator[str]:
    kind = str(annotation.get(Name.Subtype, "")).removeprefix("/")
    if kind in {"FileAttachment", "Screen", "Movie", "Sound", "RichMedia", "3D", "Widget"}:
        yield kind
    action = str(annotation.get(Name.A, Dictionary()).get(Name.S, "")).removeprefix("/")
    if action not in {"", "URI", "GoTo"}:
        yield action
    if Name.AA in annotation:
        yield "Action"
