"""The lines of a laid-out page in which something is filled in, and whether they can be."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from careerprint.composing.job import Job
from careerprint.typesetting.linetexts import is_turned

Box: TypeAlias = Any  # a box of WeasyPrint's, which is untyped

_TOLERANCE = 1e-3  # CSS px: what rounding may add up to
_COLLAPSING = re.compile(r"[\t\n\r\f]|  |^ | $")  # white space that CSS changes
_PARAGRAPH_END = re.compile("[\n\r\x85\u2028\u2029]")
# What of HTML is no text on the page. Templates escape texts that look like it.
_NO_TEXT, _TAGS = re.compile(r"<(head|svg)\b.*?</\1>", re.DOTALL), re.compile(r"<[^>]*>")
_BY_CONTENT = ("table", "flex", "grid")  # boxes that share their width out by what is in them


class NotAForm(Exception):  # noqa: N818 - not an error: such a page is laid out as any other
    """The page is not one that can be filled in."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text in one style, as it is set: from where to where, in CSS px, and its content.

    `number` is that of its place on the page. `written` is empty where nothing is to be seen.
    """

    number: int
    left: float
    right: float
    written: bytes


class FormLine:
    """A line of a form: runs of text one behind the other, some of which are filled in."""

    def __init__(self, line: Box, around: Sequence[Box], number: int, pen: "Pen") -> None:
        """Take a line box, the boxes that it lies in, and the number of its first run.

        Raises NotAForm where another text in the line could move anything outside of it.
        """
        _refuse_what_depends_on(line, around)
        container = around[-1]
        self._from_right = _is_from_right(container.style)
        self._width = container.width
        self._pen = pen
        # In the order in which the line is filled: from its start.
        texts = [box for box in line.descendants() if _is_text(box)]
        key = (
            (lambda b: -(b.position_x + b.width)) if self._from_right else (lambda b: b.position_x)
        )
        self._texts = sorted(texts, key=key)
        self._numbers = range(number, number + len(texts))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs as the form has them."""
        return tuple(
            Run(n, box.position_x, box.position_x + box.width, self._pen.written(box))
            for n, box in zip(self._numbers, self._texts, strict=True)
        )

    @property
    def boxes(self) -> Sequence[Box]:
        """The text boxes of the runs."""
        return self._texts

    def filled(self, written: Callable[[str], str]) -> tuple[Run, ...] | None:
        """Return the runs with their texts as `written` has them; None if they need more room."""
        placed: list[Run] = []
        for box, run in zip(self._texts, self.runs, strict=True):
            text = written(box.text)
            if text != box.text and _COLLAPSING.search(text):
                return None
            if is_turned(text) != is_turned(box.text):  # which the structure of the page has to say
                return None
            new = self._pen.set(box, text) if text != box.text else box
            if new is None:
                return None
            before, last = self.runs[len(placed) - 1], placed[-1] if placed else None
            if self._from_right:
                right = last.left - (before.left - run.right) if last else run.right
                left = right - new.width
            else:
                left = last.right + (run.left - before.right) if last else run.left
            moved = new is not box or abs(left - run.left) > _TOLERANCE
            drawn = run.written
            if moved and run.written:
                shown = new if new is not box else self._pen.set(box, text) or box
                drawn = self._pen.written(shown, left)
            placed.append(Run(run.number, left, left + new.width, drawn))
        used = max(r.right for r in placed) - min(r.left for r in placed)
        return tuple(placed) if used <= self._width + _TOLERANCE else None


@dataclass(frozen=True, slots=True)
class Blanks:
    """What is filled in on a page: lines, and for each link the runs that its edges follow."""

    lines: tuple[FormLine, ...]
    links: tuple[tuple[Run | None, Run | None], ...]


class Pen:
    """Sets runs of text as WeasyPrint does, with the fonts of a document."""

    def __init__(self, document: Box) -> None:
        from weasyprint.pdf.stream import Stream

        self._stream = Stream(
            document.fonts, (0, 0, 1, 1), {"ExtGState": {}, "XObject": {}}, {}, None, {}, None
        )
        self._layouts: dict[int, Any] = {}  # by the ids of their styles, which they keep

    @property
    def outlines(self) -> dict[str, Any]:
        """What glyphs are drawn by that are no text, by the names that contents have for them."""
        return self._stream._resources["XObject"]  # type: ignore[no-any-return]

    def set(self, box: Box, text: str) -> Box | None:
        """Return a text box with another text; None where it is not as high, or not one line."""
        from weasyprint.text.ffi import FROM_UNITS, pango
        from weasyprint.text.line_break import line_size

        layout = self._layout(box)
        layout.set_text(text)
        line, second = layout.get_first_line()
        width, height = line_size(line, box.style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        before = box.baseline - box.margin_top  # WeasyPrint adds half of the leading
        is_as_high = abs(height - box.height) < _TOLERANCE > abs(baseline - before)
        if second is not None or not is_as_high or _PARAGRAPH_END.search(text):
            return None
        new = box.copy()
        new.text, new.pango_layout, new.width = text, layout, width
        return new

    def written(self, box: Box, left: float | None = None) -> bytes:
        """Return the content that shows a text box, from `left`, or from where it stands."""
        from weasyprint.draw.text import draw_first_line
        from weasyprint.matrix import Matrix

        x, layout, stream = box.position_x if left is None else left, box.pango_layout, self._stream
        stream.stream.clear()
        stream._current_font = None
        is_at_rest = not hasattr(layout, "layout")
        if is_at_rest:
            layout.reactivate(box.style)
        elif layout.text != box.text:
            layout.set_text(box.text)
        draw_first_line(
            stream, box, "clip", "none", Matrix(d=-1, e=x, f=box.position_y + box.baseline)
        )
        if is_at_rest:
            layout.deactivate()
        return b"\n".join(part if isinstance(part, bytes) else part.data for part in stream.stream)

    def _layout(self, box: Box) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
        """Return a Pango layout in the style of a box: the same for all texts, where it can be.

        Where letters or words are spaced, a layout keeps how they are in each text.
        """
        from weasyprint.text.ffi import pango
        from weasyprint.text.line_break import Layout

        style, spacing = box.style, box.justification_spacing
        if id(style) not in self._layouts:
            layout = Layout(style, spacing)
            is_spaced = style["letter_spacing"] not in {"normal", 0} or style["word_spacing"]
            if is_spaced or spacing:
                return layout
            self._layouts[id(style)] = layout
            # As when it is drawn: lines that are broken once are not broken again then.
            pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        return self._layouts[id(style)]


def blanks_of(document: Box, job: Job) -> Blanks:
    """Return what is filled in on the page of a job's form, as WeasyPrint has laid it out.

    The document's fonts get the characters of the job's samples, wherever a field has their style.
    Raises NotAForm where a field could move anything else on the page, or where it is hidden or
    changed.
    """
    fields, samples, form = job.fields, job.samples, job.form.page if job.form else ""
    if len(document.pages) != 1:
        raise NotAForm
    page = document.pages[0]
    pen = Pen(document)
    tokens = re.compile("|".join(re.escape(f.token) for f in fields if not f.code))
    lines: list[FormLine] = []
    for line, around in _lines(page._page_box, (), tokens):
        count = sum(len(blank.boxes) for blank in lines)
        lines.append(FormLine(line, around, count, pen))
    found = [token for b in lines for box in b.boxes for token in tokens.findall(box.text)]
    if sorted(found) != sorted(tokens.findall(_TAGS.sub("", _NO_TEXT.sub("", form)))):
        raise NotAForm  # hidden, or in other letters
    for blank in lines:
        for box in blank.boxes:
            if tokens.search(box.text):
                for sample in samples:
                    if (other := pen.set(box, sample)) is not None:
                        pen.written(other)
    runs = {id(box): run for b in lines for box, run in zip(b.boxes, b.runs, strict=True)}
    links = tuple(_followed(link, runs) for link in page.links if link[0] == "external")
    return Blanks(tuple(lines), links)


def _followed(link: Box, runs: Mapping[int, Run]) -> tuple[Run | None, Run | None]:
    """Return the runs that the left and the right edge of a link follow; None for one that stays.

    A link in a line ends where its text ends. A link that is a block is as wide as its column.
    """
    left, _, right, _ = link[2]  # in CSS px
    covered = [runs[id(box)] for box in _texts_of(link[3]) if id(box) in runs]
    return (
        next((run for run in covered if abs(run.left - left) < _TOLERANCE), None),
        next((run for run in covered if abs(run.right - right) < _TOLERANCE), None),
    )


def _lines(
    box: Box, around: tuple[Box, ...], tokens: "re.Pattern[str]"
) -> Iterator[tuple[Any, tuple[Box, ...]]]:
    """Yield each line of a page with a token in it, and the boxes that it lies in."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)  # a placeholder stands where a placed box would be
    if isinstance(box, boxes.LineBox):
        if any(tokens.search(text.text) for text in _texts_of(box)):
            yield box, around
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child, (*around, box), tokens)


def _refuse_what_depends_on(line: Box, around: Sequence[Box]) -> None:
    """Raise NotAForm where the text of a line could move what stands outside of it."""
    from weasyprint.formatting_structure import boxes

    container = around[-1]
    lines = [child for child in container.children if isinstance(child, boxes.LineBox)]
    if len(lines) != 1 or container.style["text_align_all"] == "center":
        raise NotAForm
    for box in around:
        if any(name in display for display in box.style["display"] for name in _BY_CONTENT):
            raise NotAForm
        is_apart = box.is_floated() or box.is_absolutely_positioned()
        if is_apart and box.style["width"] == "auto" and box.width > box.min_width + _TOLERANCE:
            raise NotAForm  # as wide as its text
    for box in line.descendants(placeholders=True):
        if isinstance(box, boxes.InlineBlockBox):
            inner = [b for b in box.descendants() if isinstance(b, boxes.LineBox)]
            if len(inner) != 1 or box.style["width"] != "auto" or box.min_width > 0:
                raise NotAForm
        elif not isinstance(box, boxes.TextBox | boxes.InlineBox | boxes.LineBox | boxes.BlockBox):
            raise NotAForm  # a picture would stay where it is
        if _is_drawn(box):
            raise NotAForm


def _is_from_right(style: Any) -> bool:  # noqa: ANN401 - WeasyPrint is untyped
    """Tell whether lines are filled from the right."""
    aligned = style["text_align_all"]
    if style["direction"] == "rtl":
        return aligned not in {"left", "end"}
    return aligned in {"right", "end"}


def _is_drawn(box: Box) -> bool:
    """Tell whether more is drawn of a box in a line than its text: that would stay as it is."""
    style = box.style
    background = style["background_color"]
    return bool(
        style["text_decoration_line"] not in ("none", set(), frozenset())
        or background == "currentcolor"
        or background.alpha > 0
        or any(style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
    )


def _is_text(box: Box) -> bool:
    from weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.TextBox)


def _texts_of(box: Box) -> Iterator[Any]:
    return (found for found in box.descendants() if _is_text(found))
