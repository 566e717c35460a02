"""Sets tables of many rows: WeasyPrint lays out one row of each kind, and each row follows it.

A cell costs WeasyPrint milliseconds, whatever it holds. So the HTML of a job with rows ends with a
page that has a sample of each kind of row. That page is not printed: it says where cells stand, and
in which style. Pango breaks and draws each text of a column once, in that style. Pages are filled
by adding up heights.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from careerprint.composing.job import ROW, Row
from careerprint.typesetting.blanks import Pen
from careerprint.typesetting.linetexts import heard_text, is_turned

Box: TypeAlias = Any  # a box of WeasyPrint's, which is untyped

TITLES = "titles"  # the kind of the row with the headings of the columns, which each page has
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")  # what CSS takes for one space
_BELOW = ("@bottom-left", "@bottom-right")  # the title of the paper, and the number of the page


class Line(NamedTuple):
    """A line of a text: of which text of its cell, on which line of it, from which px on.

    `drawn` is its content, from the left end of its baseline; `heard` is what readers get.
    """

    text: int
    number: int
    x: float
    drawn: bytes
    heard: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a sample, in px from the left of the page and the top of its row.

    `texts` are the boxes of its texts; `baselines` are theirs, `gaps` the distances to the text
    before. `attributes` are those of the HTML, `languages` those of texts in a span of their own.
    """

    left: float
    width: float
    leading: float
    column: int
    span: int
    is_head: bool
    is_at_bottom: bool
    is_from_right: bool
    attributes: dict[str, str]
    texts: tuple[Box, ...]
    baselines: tuple[float, ...]
    gaps: tuple[float, ...]
    languages: tuple[str, ...]
    known: dict[tuple[str, ...], tuple[Line, ...]] = field(default_factory=dict)

    def lines(self, texts: tuple[str, ...], pen: Pen) -> tuple[Line, ...]:
        """Return the lines of the cell with these texts."""
        if texts not in self.known:
            self.known[texts] = tuple(self._broken(texts, pen))
        return self.known[texts]

    def _broken(self, texts: tuple[str, ...], pen: Pen) -> Iterator[Line]:
        number, x = 0, 0.0
        for index, (sample, text) in enumerate(zip(self.texts, texts, strict=True)):
            if not text:
                continue
            box = sample.copy_with_text(text)
            box.is_beside_told = any(map(is_turned, texts))
            x += self.gaps[index]
            utf8: bytes = text.encode()
            skip: int | None = 0
            while skip is not None and skip < len(utf8):
                line, end = _first_line(box, self.width - x, skip, pen)
                if x and end is not None:  # it goes on where there is more room
                    number, x = number + 1, 0.0
                    continue
                if line is not None:
                    line.goes_on = (
                        index + 1 < len(texts) if end is None else b" " in utf8[end - 1 : end + 1]
                    )
                    line.position_y = -line.baseline
                    left = self.width - line.width if self.is_from_right else x
                    yield Line(index, number, left, pen.written(line, 0), heard_text(line))
                    x += line.width
                skip = end


def _first_line(box: Box, room: float, skip: int, pen: Pen) -> tuple[Box | None, int | None]:
    """Return what of a text fits into a line of `room` px from a byte on, and where it goes on.

    That is None where all of it fits.
    """
    whole = None if skip else pen.set(box, box.text)
    if whole is not None and whole.width <= room:  # as most do
        return whole, None
    from weasyprint.layout.inline import split_text_box

    line, end, _ = split_text_box(None, box, room, skip)
    return line, end


@dataclass(frozen=True, slots=True)
class Sample:
    """A kind of row: its cells; its height, its edges, and the rules above and below it, in px."""

    cells: tuple[Cell, ...]
    height: float
    left: float
    right: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row that is set: its height in px, and the texts and lines of each cell."""

    sample: Sample
    height: float
    texts: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[Line, ...], ...]

    def baseline(self, cell: Cell, line: Line, last: int) -> float:
        """Return how far below the top of the row a line stands, in px; its cell has `last` + 1."""
        down = line.number * cell.leading
        if cell.is_at_bottom:
            down = self.height - self.sample.height - (last - line.number) * cell.leading
        return cell.baselines[line.text] + down


class Placed(NamedTuple):
    """A row on a page: the top of it in px, and the number of its group."""

    top: float
    group: int
    row: SetRow


@dataclass(frozen=True, slots=True)
class Below:
    """A line below a page: its content, and where its baseline begins, in px."""

    drawn: bytes
    left: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a job on their pages, the first of which stand on the page of number `first`.

    `titles` is the row above those of each page, `below` the lines below each page of the document,
    `said` what is drawn here on each of them. `outlines` are what glyphs are drawn by, by name.
    """

    titles: SetRow
    pages: tuple[tuple[Placed, ...], ...]
    first: int
    below: tuple[tuple[Below, ...], ...]
    said: tuple[str, ...]
    outlines: dict[str, Any]


def set_rows(document: Box, groups: Sequence[Sequence[Row]]) -> Rows:
    """Return the rows of a laid-out document, on pages; its last page, of samples, is taken off.

    The fonts of the document get the characters of all rows. A group stays together where a page
    can hold it; else its first row has another beside it, and its last is not alone either.
    """
    page = document.pages.pop()._page_box
    pen = Pen(document)
    samples = {row.element.get(ROW): _sample(row) for row in _rows(page)}
    head = tuple(box.text for cell in samples[TITLES].cells for box in cell.texts)
    titles = _set(samples[TITLES], head, pen)
    rows = [[_set(samples[row.kind], row.texts, pen) for row in group] for group in groups]
    top, bottom = page.content_box_y(), page.content_box_y() + page.height
    start = _end(document.pages[-1]._page_box)
    pages = tuple(_paged(rows, start, top, bottom, titles.height))
    first = len(document.pages) - 1
    margins = [box for box in page.children if getattr(box, "at_keyword", "") in _BELOW]
    below, said = [], []
    for number in range(first + len(pages)):
        words = [box.text for margin in margins for box in _texts(margin)]
        words[-1] = f"{number + 1}/{first + len(pages)}"
        boxes = [box for margin in margins for box in _texts(margin)]
        below.append(tuple(map(_below, boxes, words, [pen] * len(words))))
        placed = pages[number - first] if number >= first else ()
        shown = [titles, *(each.row for each in placed)] if placed else []
        lines = (line.heard for row in shown for cell in row.lines for line in cell)
        said.append(" ".join((*lines, *words)))
    return Rows(titles, pages, first, tuple(below), tuple(said), pen.outlines)


def _set(sample: Sample, texts: Sequence[str], pen: Pen) -> SetRow:
    """Return a row like a sample with these texts, which are those of its cells, in order."""
    left = (_WHITE_SPACE.sub(" ", text).strip(" ") for text in texts)
    said = tuple(tuple(next(left) for _ in cell.texts) for cell in sample.cells)
    lines = tuple(cell.lines(own, pen) for cell, own in zip(sample.cells, said, strict=True))
    more = max(
        own[-1].number * cell.leading if own else 0
        for cell, own in zip(sample.cells, lines, strict=True)
    )
    return SetRow(sample, sample.height + more, said, lines)


def _paged(
    groups: Sequence[Sequence[SetRow]], start: float, top: float, bottom: float, titles: float
) -> Iterator[tuple[Placed, ...]]:
    """Yield the pages that groups of rows fill, from `start` on the first and `top` on others."""
    page: list[Placed] = []
    at = start + titles
    for number, group in enumerate(groups):
        # The first group stays with what stands above it.
        room = bottom - (top + titles if number else at)
        is_whole = sum(row.height for row in group) <= room
        parts = [group] if is_whole else _kept_together(group)
        for part in parts:
            height = sum(row.height for row in part)
            if at + height > bottom and (page or start > top):
                yield tuple(page)
                page, at, start = [], top + titles, top
            for row in part:
                page.append(Placed(at, number, row))
                at += row.height
    yield tuple(page)


def _kept_together(group: Sequence[SetRow]) -> list[list[SetRow]]:
    """Return the parts of a group that pages do not divide: its ends have another row beside."""
    usual = group[1].sample
    parts: list[list[SetRow]] = [[group[0], group[1]]]
    for row in group[2:]:
        if row.sample is usual:
            parts.append([row])
        else:
            parts[-1].append(row)
    return parts


def _below(box: Box, text: str, pen: Pen) -> Below:
    """Return what stands below a page, in the place of a sample, which is as far to the side."""
    new: Any = pen.set(box, text)
    new.position_y = -new.baseline
    left = box.position_x
    if box.style["text_align_all"] in {"right", "end"}:
        left += box.width - new.width
    return Below(pen.written(new, 0), left, box.position_y + box.baseline)


def _sample(row: Box) -> Sample:
    """Return what a row of samples says of its kind."""
    cells, column = [], 0
    for box in row.children:
        cells.append(_cell(box, row.position_y, column))
        column += box.colspan
    first, last = row.children[0], row.children[-1]
    return Sample(
        tuple(cells),
        row.height,
        first.position_x,
        last.position_x + last.margin_width(),
        first.border_top_width,
        first.border_bottom_width,
    )


def _cell(box: Box, top: float, column: int) -> Cell:
    from weasyprint.formatting_structure import boxes

    lines = [line for line in box.descendants() if isinstance(line, boxes.LineBox)]
    texts = [text for text in _texts(box) if text.text.strip()]
    ends = [0.0, *(text.position_x + text.width for text in texts)]
    spans = [
        next(
            (s for s in box.descendants() if isinstance(s, boxes.InlineBox) and text in s.children),
            None,
        )
        for text in texts
    ]
    return Cell(
        left=box.content_box_x(),
        width=box.width,
        leading=max((line.height for line in lines), default=0),
        column=column,
        span=box.colspan,
        is_head=box.element_tag == "th",
        is_at_bottom=box.style["vertical_align"] == "bottom",
        is_from_right=box.style["text_align_all"] in {"right", "end"},
        attributes=dict(box.element.attrib),
        texts=tuple(texts),
        baselines=tuple(text.position_y + text.baseline - top for text in texts),
        gaps=tuple(
            text.position_x - end if n else 0
            for n, (text, end) in enumerate(zip(texts, ends, strict=False))
        ),
        languages=tuple("" if span is None else span.element.get("lang", "") for span in spans),
    )


def _rows(page: Box) -> Iterator[Box]:
    from weasyprint.formatting_structure import boxes

    return (
        box
        for box in page.descendants()
        if isinstance(box, boxes.TableRowBox) and box.element.get(ROW)
    )


def _texts(box: Box) -> list[Box]:
    from weasyprint.formatting_structure import boxes

    return [text for text in box.descendants() if isinstance(text, boxes.TextBox)]


def _end(page: Box) -> float:
    """Return where the last of a page's content ends, in px, without the padding below it."""
    last = page.children[0].children[0].children[-1]
    return float(last.content_box_y() + last.height)
