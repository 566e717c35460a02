"""Measures laid-out pages: WeasyPrint's boxes into plain lengths in mm.

It says where things are and what bounds them. `overflow` judges what follows from that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from careerprint.composing.job import BLOCK, FRAME, JOIN, LEVEL
from careerprint.core.geometry import MM_PER_PT, MM_PER_PX, PX_PER_INCH, Rectangle

# The part of a line that ink fills, in ems above and below the baseline: ascenders and descenders
# of IBM Plex Sans (its OS/2 table: ascender of “d” 0.78, descender of “p” 0.21).
_ABOVE, _BELOW = 0.78, 0.21
_DISPLAY = {"h1", "h2", "h3", "h4", "blockquote"}  # elements set in display type
APART = "apart"  # the class of what a frame has only where it begins a page
_UNDIVIDED = {"p", "li"}  # elements that may be set like it, without hyphenation


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of pixels: the name of its file, its pixels, and how many go into an inch."""

    name: str
    width: int
    height: int
    dpi: float


@dataclass(frozen=True, slots=True)
class Item:
    """A line of text or a picture; what of a picture is made of pixels is its `raster`.

    `area` is what it covers and `bounds` what its boxes leave it. `block` is the number of the
    profile's block that it belongs to, None for the layout's own words and for pictures, whose
    `text` is empty. `is_display` tells whether it is a line of a heading or a quotation,
    `is_undivided` whether it is one of a text in which words are divided at their joints alone,
    `size` is that of its largest type in pt.
    """

    area: Rectangle
    bounds: Rectangle
    text: str = ""
    block: int | None = None
    is_display: bool = False
    is_undivided: bool = False
    size: float = 0.0
    raster: Raster | None = None


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """A page: its size, its content area from `top` to `bottom`, and what stands on it.

    `used` is where the content in the flow ends. `frames` are the names of the frames of which a
    piece stands on the page, in order; `joinable` those of them that may begin on the page of the
    one before. `columns` are those that should end level, and where they stand. `apart` is the
    height of what is not printed where its frame begins on the page of the one before. All in mm.
    """

    width: float
    height: float
    top: float
    bottom: float
    used: float
    frames: tuple[str, ...]
    items: tuple[Item, ...]
    joinable: tuple[str, ...] = ()
    columns: tuple[tuple[str, Rectangle], ...] = ()
    apart: float = 0.0

    @property
    def free(self) -> float:
        """The height below what is used, in mm; negative where the content is too long."""
        return self.bottom - self.used


def measured(document: Any) -> tuple[LaidOutPage, ...]:  # noqa: ANN401 - WeasyPrint is untyped
    """Return the pages of a document that WeasyPrint has laid out."""
    return tuple(_page(page._page_box) for page in document.pages)


def slack_by_frame(pages: Iterable[LaidOutPage]) -> Mapping[str, float]:
    """Return the free height in mm that each frame may take up: that of the page where it ends.

    Of several frames that end on a page, the first has it.
    """
    last_page: dict[str, LaidOutPage] = {}
    for page in pages:
        last_page.update(dict.fromkeys(page.frames, page))
    ending: dict[int, str] = {}
    for name, page in last_page.items():
        ending.setdefault(id(page), name)
    return {name: last_page[name].free for name in ending.values()}


def levels(pages: Iterable[LaidOutPage]) -> dict[str, float]:
    """Return by how many mm each column ends above the lowest of those beside it."""
    return {
        name: lowest - area.bottom
        for page in pages
        for name, area in page.columns
        if (
            lowest := max(
                a.bottom for _, a in page.columns if a.top < area.bottom and area.top < a.bottom
            )
        )
        > area.bottom
    }


def _page(box: Any) -> LaidOutPage:  # noqa: ANN401 - as above
    walk = _Walk()
    page = _in_mm(0, 0, box.margin_width(), box.margin_height())
    for child in box.children:
        walk.visit(child, page, in_flow=True)
    top = (box.margin_top + box.border_top_width + box.padding_top) * MM_PER_PX
    return LaidOutPage(
        width=page.right,
        height=page.bottom,
        top=top,
        bottom=top + box.height * MM_PER_PX,
        used=max(walk.used, top),
        frames=tuple(dict.fromkeys(walk.frames)),
        items=tuple(walk.items),
        joinable=tuple(dict.fromkeys(walk.joinable)),
        columns=tuple(walk.columns),
        apart=walk.apart,
    )


@dataclass(slots=True)
class _Walk:
    """What has been found so far while walking through a page's boxes."""

    items: list[Item] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    joinable: list[str] = field(default_factory=list)
    columns: list[tuple[str, Rectangle]] = field(default_factory=list)
    used: float = 0.0
    apart: float = 0.0

    def visit(
        self,
        box: Any,  # noqa: ANN401 - as above
        bounds: Rectangle,
        *,
        in_flow: bool,
        block: int | None = None,
        is_display: bool = False,
        is_undivided: bool = False,
    ) -> None:
        """Note what a box and those inside it print; `bounds` is what the boxes around it leave."""
        from weasyprint.formatting_structure import boxes

        box = getattr(box, "_box", box)  # a placeholder stands where a placed box would be
        element = getattr(box, "element", None)
        if element is not None and box.element_tag == element.tag:  # not a ::before
            block = int(element.get(BLOCK, -1)) if element.get(BLOCK) else block
            is_display = is_display or box.element_tag in _DISPLAY
            if box.element_tag in _UNDIVIDED:
                style = box.style
                is_whole = style["hyphens"] == "manual" and style["text_align_all"] != "center"
                is_undivided = is_whole and element.get(BLOCK) is not None
            self._note_element(element, box)
        if isinstance(box, boxes.LineBox):
            self._note_line(box, bounds, block, is_display=is_display, is_undivided=is_undivided)
        elif isinstance(box, boxes.ReplacedBox):
            self.items.append(Item(_content_area(box), bounds, raster=_raster(box)))
        in_flow = in_flow and not isinstance(box, boxes.MarginBox)
        if isinstance(box, boxes.BlockLevelBox | boxes.InlineBlockBox | boxes.MarginBox):
            placed = box.style["position"] in {"absolute", "fixed"}
            in_flow = in_flow and not placed
            if in_flow and _is_seen(box, boxes):
                self.used = max(self.used, _flow_bottom(box))
            bounds = _bounds_within(box, bounds, placed=placed)
        for child in getattr(box, "children", ()):
            self.visit(
                child,
                bounds,
                in_flow=in_flow,
                block=block,
                is_display=is_display,
                is_undivided=is_undivided,
            )

    def _note_element(self, element: Any, box: Any) -> None:  # noqa: ANN401 - as above
        """Note what a layout marks an element as."""
        if name := element.get(FRAME):
            self.frames.append(name)
            self.joinable += [name] if element.get(JOIN) is not None else []
        if name := element.get(LEVEL):
            self.columns.append((name, _border_area(box)))
        if APART in (element.get("class") or "").split():
            self.apart += box.margin_height() * MM_PER_PX

    def _note_line(
        self,
        line: Any,  # noqa: ANN401 - as above
        bounds: Rectangle,
        block: int | None,
        *,
        is_display: bool,
        is_undivided: bool,
    ) -> None:
        number = block if block is not None else _only_block(line)
        for texts in _runs(line):
            areas = [_ink_area(text) for text in texts if text.text.strip()]
            if areas:
                text = "".join(box.text for box in texts)
                area = Rectangle.around(areas)
                size = max(box.style["font_size"] for box in texts) * MM_PER_PX / MM_PER_PT
                self.items.append(Item(area, bounds, text, number, is_display, is_undivided, size))


def _raster(box: Any) -> Raster | None:  # noqa: ANN401 - as above
    """Return the picture of pixels that fills a box; None for a drawing."""
    from weasyprint.images import RasterImage
    from weasyprint.layout.replaced import replacedbox_layout

    image, name = box.replacement, box.element.get("src")
    width, height, *_ = replacedbox_layout(box)
    if not (isinstance(image, RasterImage) and name and width and height):
        return None
    dpi = min(image.width / width, image.height / height) * PX_PER_INCH
    return Raster(unquote(name), image.width, image.height, dpi)


def _runs(line: Any) -> list[list[Any]]:  # noqa: ANN401 - as above
    """Return the text boxes of a line, parted where a box of its own stands between them."""
    from weasyprint.formatting_structure import boxes

    runs: list[list[Any]] = [[]]

    def walk(box: Any) -> None:  # noqa: ANN401 - as above
        for child in box.children:
            if isinstance(child, boxes.TextBox):
                runs[-1].append(child)
            elif isinstance(child, boxes.InlineBox):
                walk(child)
            else:
                runs.append([])

    walk(line)
    return runs


def _only_block(line: Any) -> int | None:  # noqa: ANN401 - as above
    """Return the number of the profile's block that an element within a line prints."""
    found = {
        int(child.element.get(BLOCK))
        for child in line.descendants()
        if getattr(child, "element", None) is not None and child.element.get(BLOCK)
    }
    return found.pop() if len(found) == 1 else None


def _is_seen(box: Any, boxes: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether a block takes up height of its own: lines, a picture, a colour, a padding.

    A block that only holds other blocks does not: it may go on overleaf, and then it has no end.
    """
    if isinstance(box, boxes.ReplacedBox) or _is_coloured(box) or box.padding_bottom:
        return True
    return any(isinstance(child, boxes.LineBox) for child in getattr(box, "children", ()))


def _is_coloured(box: Any) -> bool:  # noqa: ANN401 - as above
    colour = box.style["background_color"]
    return bool(colour == "currentcolor" or colour.alpha > 0)


def _flow_bottom(box: Any) -> float:  # noqa: ANN401 - as above
    """Return where a block ends for what follows it: a negative margin pulls that up."""
    bottom = box.border_box_y() + box.border_height() + min(box.margin_bottom, 0)
    return float(bottom) * MM_PER_PX


def _bounds_within(box: Any, bounds: Rectangle, *, placed: bool) -> Rectangle:  # noqa: ANN401 - as above
    """Return what a block leaves the lines inside it.

    To the sides, that is its own width. In height, only a box that is seen or whose height is
    fixed bounds its text; a box placed by coordinates leaves those around it.
    """
    area = _content_area(box)
    top, bottom = (-1e6, 1e6) if placed else (bounds.top, bounds.bottom)
    fixed = box.style["height"] != "auto" or box.style["max_height"].value != float("inf")
    if fixed or box.style["overflow"] != "visible" or _is_coloured(box):
        start = box.border_box_y() * MM_PER_PX
        top = max(top, start)
        bottom = min(bottom, start + box.border_height() * MM_PER_PX)
    return Rectangle(area.left, top, area.right, bottom)


def _border_area(box: Any) -> Rectangle:  # noqa: ANN401 - as above
    left, top = box.border_box_x(), box.border_box_y()
    return _in_mm(left, top, left + box.border_width(), top + box.border_height())


def _content_area(box: Any) -> Rectangle:  # noqa: ANN401 - as above
    left, top = box.content_box_x(), box.content_box_y()
    return _in_mm(left, top, left + box.width, top + box.height)


def _ink_area(text: Any) -> Rectangle:  # noqa: ANN401 - as above
    size = text.style["font_size"]
    left, baseline = text.position_x, text.position_y + text.baseline
    return _in_mm(left, baseline - _ABOVE * size, left + text.width, baseline + _BELOW * size)


def _in_mm(*sides: float) -> Rectangle:
    return Rectangle(*(side * MM_PER_PX for side in sides))
