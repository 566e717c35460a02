"""Reads a PDF of one page that is like another one: what it shows and tells where it may differ."""

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary

from careerprint.core.geometry import Point
from careerprint.finished.readback import letters
from careerprint.finished.specimens import Specimen, Unclear, Unlike
from careerprint.finished.streams import PdfObject
from careerprint.finished.stretches import KnownPage, Shown, ShownCode

_NEAR = 0.1  # pt: nobody sees it


class Like(NamedTuple):
    """What a page shows in its texts, by their marks, and its codes, and what readers are told.

    `heard` is what they get of texts in place of what is shown. `links` have an address, which is
    empty for a place in the document, and corners of their area in pt.
    """

    texts: Mapping[int, Shown]
    heard: Mapping[int, str]
    codes: Sequence[ShownCode]
    links: Sequence[tuple[str, Sequence[Point]]]
    title: str


class _Edge(NamedTuple):
    """An edge of a link's area: where it is in pt, or that it follows a text, on its left or right.

    `mark` is that of the text, `corner` picks the leftmost or the rightmost of its corners.
    """

    place: float
    mark: int | None = None
    corner: Callable[..., Point] = min

    def at(self, texts: Mapping[int, Shown]) -> float:
        """Return where the edge has to be beside these texts."""
        return self.place if self.mark is None else self.corner(texts[self.mark].corners)[0]


class Likeness:
    """A PDF of one page that others are like: in all but some texts, its links and its codes."""

    def __init__(
        self, pdf: bytes, marks: Collection[int], is_filled: Callable[[str], bool]
    ) -> None:
        """Take the marks of the texts that differ, and what tells strings that do.

        Raises Unclear where it is not written in a way that is understood here.
        """
        try:
            self._page = KnownPage(pdf, marks)
            self._specimen = Specimen(pdf, self._page.streams, is_filled)
            with pikepdf.open(io.BytesIO(pdf)) as document:
                info, page = document.trailer.Info, document.pages[0].obj
                self._title = info.objgen[0], str(info.get("/Title", ""))
                self._links = [_link(a) for a in page.get("/Annots", ()) if a.Subtype == "/Link"]
                tree = document.Root.get("/StructTreeRoot", Dictionary())
                told = _told(tree.get("/K", Array()))
                self._told = [each for each in told if set(marks).issuperset(each[2])]
            known = self._specimen.read(pdf, str)
            texts, _ = self._page.read(known.contents)
            self._edges = {n: _edges(area, texts) for n, area in known.areas.items()}
        except (ValueError, LookupError, TypeError, AttributeError):
            raise Unclear from None

    def read(self, pdf: bytes, said: Callable[[str], str]) -> Like:
        """Return what is read of a PDF; `said` turns strings of the other one into its own.

        Raises Unlike where it is not like the other one, Unclear where it may be.
        """
        found = self._specimen.read(pdf, said)
        try:
            texts, codes = self._page.read(found.contents)
            links = [
                (found.strings.get(key, address), _corners(found.areas[number]))
                for number, key, address in self._links
            ]
        except (ValueError, LookupError, TypeError):
            raise Unclear from None
        for number, edges in self._edges.items():
            if any(
                abs(side - edge.at(texts)) > _NEAR
                for side, edge in zip(found.areas[number], edges, strict=True)
            ):
                raise Unlike
        heard = dict[int, str]()
        for number, text, marks in self._told:
            told = found.strings.get((number, "/ActualText"), text)
            if letters(told) == letters("".join(texts[mark].text for mark in marks)):
                heard |= dict.fromkeys(marks, told)
        number, title = self._title
        return Like(texts, heard, codes, links, found.strings.get((number, "/Title"), title))


def _link(annotation: PdfObject) -> tuple[int, tuple[int, str], str]:
    """Return the number of a link, that of what its address stands in, with the key, and this."""
    action = annotation.get("/A", Dictionary())
    number = annotation.objgen[0]
    return number, (action.objgen[0] or number, "/URI"), str(action.get("/URI", ""))


def _edges(area: Sequence[float], texts: Mapping[int, Shown]) -> Sequence[_Edge]:
    """Return the edges of a link's area on a page with these texts: left, bottom, right, top."""
    sides: tuple[Callable[..., Point], ...] = (min, max)
    left, right = (
        next(
            (e for mark in texts if abs((e := _Edge(0, mark, side)).at(texts) - place) < _NEAR),
            _Edge(place),
        )
        for place, side in zip(area[::2], sides, strict=True)
    )
    return left, _Edge(area[1]), right, _Edge(area[3])


def _corners(area: Sequence[float]) -> Sequence[Point]:
    left, bottom, right, top = area
    return (left, bottom), (right, top)


def _told(kids: PdfObject) -> Iterator[tuple[int, str, list[int]]]:
    """Yield elements that say what their text is: number, text, and the marks within them."""
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/ActualText" in kid:
            yield kid.objgen[0], str(kid.ActualText), list(_marks(kid))
        elif isinstance(kid, Dictionary):
            yield from _told(kid.get("/K", Array()))


def _marks(element: PdfObject) -> Iterator[int]:
    """Yield the marks of all that is within an element."""
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary):
            yield from [int(kid.MCID)] if "/MCID" in kid else _marks(kid)
        else:
            yield int(kid)
