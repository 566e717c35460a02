"""Reads the text of a PDF by how its lines look, whoever made it.

Lines that stand close together and fill the measure are a paragraph; larger or bold ones are
headings. The structure of tagged files is not used: it has no spaces at the ends of lines.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from careerprint.core.diagnostics import N_, refuse
from careerprint.finished.opening import Unusable, opened_pdf
from careerprint.finished.streams import SENSELESS
from careerprint.manuscripts.manuscript import TYPED_BULLET, Manuscript, folded

MOST_PAGES = 100
_ENDS = (".", "!", "?", ":", "”", "“", "…")
# PDFium reads a hyphen at the end of a line as U+0002; programs also set U+2010 and U+00AD there.
_BREAK = "\u0002"
_HYPHENS = "\u0002\u2010-"
_BULLETS = re.compile(r"[•·▪●◦‣∙–-]|[\uf000-\uf0ff]")
_BOLD = 600  # weight of a font from which on it is bold
_LONGEST_HEADING = 100  # characters
_LARGER = 1.12  # times the size of most of the text
# A line goes on where the first word of the next had no room, taken as so wide a letter, in sizes.
_FULL, _LETTER = 0.82, 0.3  # the first is a share of the measure
_LEADING = 1.75  # times the size, from line to line
_SIDES = 1.5  # pt by which the beginnings of lines differ


def read_pdf(content: bytes, place: str) -> Manuscript:
    """Return the paragraphs of a PDF; raises Refused where it cannot be used."""
    try:
        with opened_pdf(content) as opened:
            pages = len(opened.pages)
        if pages > MOST_PAGES:
            raise refuse(
                place,
                N_("The PDF has more than {most} pages."),
                N_("Import the document of the career profile alone."),
                most=MOST_PAGES,
            )
        lines = _with_bullets(list(_lines(content)))
    except Unusable as fault:
        raise refuse(place, fault.message, fault.hint) from None
    except SENSELESS:
        raise refuse(
            place,
            N_("The PDF is damaged or not complete."),
            N_("Save it again in the program that it comes from, or import its text."),
        ) from None
    if not lines:
        raise refuse(
            place,
            N_("The PDF holds no text, only pictures of pages."),
            N_("Import the document that it was made from, or type its text."),
        )
    manuscript = Manuscript()
    manuscript.remark_on_all(
        N_("The text comes from a PDF; check where paragraphs, lists and headings begin.")
    )
    _take_lines(lines, manuscript)
    return manuscript


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its text, and the look and place of most of it, in pt from below left."""

    page: int
    text: str
    size: float
    bold: bool
    left: float
    right: float
    base: float
    last_base: float  # where a line end divides a word, PDFium takes both lines for one


def _lines(content: bytes) -> Iterator[_Line]:
    with pdfium.PdfDocument(content) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            count = raw.FPDFText_CountChars(text)
            at = list(range(count))
            chars = [chr(raw.FPDFText_GetUnicode(text, k)) for k in at]
            breaks = [k for k in at if chars[k] in "\r\n"]
            for begin, end in pairwise([-1, *breaks, count]):
                if line := _line(text, number, at[begin + 1 : end], chars):
                    yield line
            text.close()
            page.close()


def _with_bullets(lines: Sequence[_Line]) -> list[_Line]:
    """Put bullets that stand by themselves at the begin of the line beside them.

    Some programs write them before the items, some behind, some behind all text of a page.
    """
    bullets = [line for line in lines if _BULLETS.fullmatch(line.text)]
    return [
        replace(line, text=f"• {line.text}")
        if any(_is_level(line, bullet) and bullet.right <= line.left for bullet in bullets)
        else line
        for line in lines
        if line not in bullets
    ]


def _is_level(one: _Line, other: _Line) -> bool:
    return one.page == other.page and abs(one.base - other.base) < other.size / 2


def _line(text: object, page: int, inside: Sequence[int], chars: Sequence[str]) -> _Line | None:
    seen = [k for k in inside if not chars[k].isspace()]
    if not seen:
        return None
    sizes = Counter(round(raw.FPDFText_GetFontSize(text, k), 1) for k in seen)
    weights = [raw.FPDFText_GetFontWeight(text, k) for k in seen]
    boxes = [pdfium.PdfTextPage.get_charbox(text, k) for k in (seen[0], seen[-1])]
    words = folded(re.sub("[\u00ad\ufffe]", _BREAK, "".join(chars[k] for k in inside)))
    bold = sum(weight >= _BOLD for weight in weights) * 2 > len(weights)
    size = sizes.most_common(1)[0][0]
    return _Line(page, words, size, bold, boxes[0][0], boxes[1][2], boxes[0][1], boxes[1][1])


def _take_lines(lines: Sequence[_Line], manuscript: Manuscript) -> None:
    body = Counter[float]()
    for line in lines:
        body[line.size] += len(line.text)
    usual = body.most_common(1)[0][0]
    all_bold = all(line.bold for line in lines if line.size == usual)
    measure = {page: max(ln.right for ln in of) for page, of in groupby(lines, lambda ln: ln.page)}
    levels = sorted({ln.size for ln in lines if ln.size > usual * _LARGER}, reverse=True)
    texts: list[tuple[_Line, str]] = []
    before: _Line | None = None
    for line in lines:
        if before and _goes_on(before, line, measure[before.page]):
            texts[-1] = (texts[-1][0], _joined(texts[-1][1], line.text))
        else:
            texts.append((line, line.text))
        before = line
    for line, text in texts:
        words = _whole(text)
        is_large = line.size > usual * _LARGER
        is_head = is_large or (line.bold and not all_bold and not words.endswith(_ENDS))
        if is_head and len(words) <= _LONGEST_HEADING:
            level = levels.index(line.size) + 1 if is_large else len(levels) + 1
            manuscript.add("heading", words, level=level)
        else:
            manuscript.add("text", words)


def _goes_on(before: _Line, line: _Line, measure: float) -> bool:
    """Tell whether a line continues the one before it."""
    if (before.size, before.bold) != (line.size, line.bold) or TYPED_BULLET.match(line.text):
        return False
    if before.page != line.page:
        return line.text[:1].islower() and not before.text.endswith(_ENDS)
    is_close = 0 < before.last_base - line.base <= before.size * _LEADING
    first_word = len(line.text.split(" ", 1)[0]) * line.size * _LETTER
    is_full = before.right + first_word >= measure * _FULL or before.text[-1:] in _HYPHENS
    is_item = TYPED_BULLET.match(before.text) is not None
    is_left = abs(before.left - line.left) <= _SIDES or (is_item and line.left > before.left)
    return is_close and is_left and (is_full or line.text[:1].islower())


def _joined(text: str, line: str) -> str:
    """Return a line put behind a text; whether a hyphen between them stays is told in the end."""
    if text[-1:] in _HYPHENS and text[-2:-1].isalpha():
        return f"{text[:-1]}{_BREAK}{line}"
    return f"{text} {line}"


def _whole(text: str) -> str:
    """Return a text in which words that line ends have divided are whole, and other hyphens stay.

    What goes on with a small letter is a divided word, except behind it stands "und" and the like.
    """
    text = re.sub(rf"{_BREAK}\s?(?=(?:und|oder|bis)\b)", "- ", text)
    text = re.sub(rf"{_BREAK}\s?(?=[a-zäöüß])", "", text)
    return re.sub(rf"{_BREAK}\s?", "-", text)
