"""Walks through the text objects of a finished PDF's page: the one way to its text."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from math import hypot
from typing import Any

from pikepdf import Matrix
from pypdfium2 import raw

from careerprint.core.geometry import Point

MOST_NESTED = 24  # forms within forms
_INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
_UNMOVED = Matrix()


@dataclass(frozen=True)
class TextObject:
    """A text that is shown in one go; ask for what it says before the next one is walked to.

    `mark` is its marked-content identifier (ISO 32000-1, 14.6), None where it has none or is in a
    form, which counts by itself. `outer` is the matrix of the forms around it.
    """

    handle: Any
    text_page: Any
    mark: int | None
    outer: Matrix

    @cached_property
    def text(self) -> str:
        """What it says, as it stands in the PDF."""
        return utf16(partial(raw.FPDFTextObj_GetText, self.handle, self.text_page))

    @property
    def is_shown(self) -> bool:
        """Whether it leaves anything on paper."""
        mode = raw.FPDFTextObj_GetTextRenderMode(self.handle)
        return bool(self.text.strip()) and mode not in _INVISIBLE

    @property
    def corners(self) -> list[Point]:
        """The corners of what it covers, in pt of the page."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(self.handle, left, bottom, right, top)
        sides = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
        return [self.outer.transform(side) for side in sides]

    @property
    def size(self) -> float:
        """The size of its type in pt as it is shown: an em, measured across the line."""
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(self.handle, size)
        whole = _matrix(self.handle) @ self.outer
        return float(size.value) * hypot(whole.c, whole.d)


def text_objects(page: Any) -> Iterator[TextObject]:  # noqa: ANN401 - pypdfium2 is untyped
    """Yield the text objects of a page, those in its forms included, as they are painted."""
    text_page = page.get_textpage()

    def walk(parent: Any, count: Any, get: Any, outer: Matrix, depth: int) -> Iterator[TextObject]:  # noqa: ANN401 - as above
        for index in range(max(count(parent), 0)):
            handle = get(parent, index)
            kind = raw.FPDFPageObj_GetType(handle)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                mark = -1 if depth else raw.FPDFPageObj_GetMarkedContentID(handle)
                yield TextObject(handle, text_page, mark if mark >= 0 else None, outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MOST_NESTED:
                counting, getting = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
                inner = _matrix(handle) @ outer
                yield from walk(handle, counting, getting, inner, depth + 1)

    yield from walk(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _UNMOVED, 0)
    text_page.close()


def _matrix(handle: Any) -> Matrix:  # noqa: ANN401 - as above
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _UNMOVED
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def utf16(read: Callable[[Any, int], int]) -> str:
    """Return a text that a function of PDFium writes, as UTF-16, into a buffer of a size."""
    size = read(None, 0)  # in bytes, the closing null character included
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    read(buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
