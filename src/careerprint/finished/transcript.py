"""Reads a tagged PDF aloud: what a screen reader says of it, in order, with roles and languages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from careerprint.finished.readback import INLINE, kids_of, marks_of, roots_of
from careerprint.finished.textobjects import text_objects, utf16

_PASSED_OVER = {"Div", "NonStruct", "Sect", "Art", "Part", "Document", "L", "LI", "TR", "Table"}


@dataclass(slots=True)
class Utterance:
    """What is said in one go: on which page (from 1), in which role and language.

    The role is the type of the structure element (ISO 32000-1, 14.8.4), "H1" for example; the
    language is empty where it is the document's.
    """

    page: int
    role: str
    language: str
    text: str

    def __str__(self) -> str:
        """Return it as a line: role, language, text."""
        spoken = " ".join(self.text.replace("\u00ad", "").replace("\u0002", "").split())
        return f"{self.role}{f' ({self.language})' if self.language else ''}: {spoken}"


def transcript(pdf: bytes) -> list[Utterance]:
    """Return what is said of a PDF; nothing where it has no structure."""
    with pdfium.PdfDocument(pdf) as document:
        said: list[Utterance] = []
        for number, page in enumerate(document, 1):
            texts: dict[int, str] = defaultdict(str)
            for each in text_objects(page):
                if each.mark is not None:
                    texts[each.mark] += each.text
            for root in roots_of(page):
                said += _said(root, Utterance(number, "P", "", ""), texts)
            page.close()
    return [utterance for utterance in said if utterance.text.strip()]


def _said(element: Any, outer: Utterance, texts: Mapping[int, str]) -> Iterator[Utterance]:  # noqa: ANN401 - pypdfium2 is untyped
    """Yield what is said of an element within another; one in a line has its own language.

    The texts of the page are known by the marks of their content.
    """
    kind = utf16(partial(raw.FPDF_StructElement_GetType, element))
    language = utf16(partial(raw.FPDF_StructElement_GetLang, element)) or outer.language
    role = outer.role if kind in _PASSED_OVER or kind in INLINE - {"Link"} else kind
    described = utf16(partial(raw.FPDF_StructElement_GetAltText, element))
    told = utf16(partial(raw.FPDF_StructElement_GetActualText, element))
    current = Utterance(outer.page, role, language, "")
    if described or told:
        shown = any(texts[mark].strip() for mark in marks_of(element))
        current.text = described or (told if shown or told.isspace() else "")
        yield current
        return
    for kid in kids_of(element):
        if isinstance(kid, int):
            current.text += texts[kid]
            continue
        for inner in _said(kid, current, texts):
            if (inner.role, inner.language) == (current.role, current.language) and (
                utf16(partial(raw.FPDF_StructElement_GetType, kid)) in INLINE
            ):
                current.text += inner.text
            else:
                yield current
                yield inner
                current = Utterance(outer.page, role, language, "")
    yield current
