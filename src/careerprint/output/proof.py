"""Draws finished PDFs as pictures: their pages, and contact sheets as planned.

PDFium draws the pages, Pillow all else. A sheet is drawn a page at a time, so that no more than
the sheet and one page are in memory. Nothing here reads or writes a file.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import raw

from careerprint.output.sheets import Box, Card, PaperSize, PlacedCard, PlacedGroup, Sheet, Size

# A neutral ground does not change how the colours of the pages look.
GROUND, HAIRLINE, RULE = "#DCDCDC", "#ABABAB", "#1C1C1C"
INK, QUIET, SIGNAL, PAPER = "#1C1C1C", "#5A5A5A", "#B3261E", "#FFFFFF"
HEADING_SIZE, NUMBER_SIZE = 56, 34  # px, as all sizes of type here
TAG_SIZE, NAME_SIZE, STATE_SIZE = 44, 32, 28
_CAP_HEIGHT = 0.7  # of the type size, in IBM Plex Sans
_OVERSAMPLING = 3  # pages of a sheet are drawn so many times larger, and averaged

Drawing = Callable[[Card, Sequence[Size]], Iterable[Image.Image]]


def page_sizes(pdf: bytes) -> tuple[PaperSize, ...]:
    """Return the width and the height of each page of a PDF, in pt."""
    document = pdfium.PdfDocument(pdf)
    try:
        return tuple(document.get_page_size(index) for index in range(len(document)))
    finally:
        document.close()


def draw_pages(pdf: bytes, sizes: Sequence[Size]) -> Iterator[Image.Image]:
    """Yield a picture of each page of a PDF, one after the other, each in its size in px."""
    document = pdfium.PdfDocument(pdf)
    try:
        for page, (width, height) in zip(document, sizes, strict=True):
            bitmap = pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            # PdfPage.render rounds sizes up: 874.02 px to 875.
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
            yield bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
    finally:
        document.close()


def draw_small_pages(pdf: bytes, sizes: Sequence[Size]) -> Iterator[Image.Image]:
    """Yield a picture of each page like `draw_pages`, but such that small type can be read."""
    larger = [Size(width * _OVERSAMPLING, height * _OVERSAMPLING) for width, height in sizes]
    for picture in draw_pages(pdf, larger):
        yield picture.reduce(_OVERSAMPLING)


def png(picture: Image.Image, resolution: int | None = None) -> bytes:
    """Return a picture as PNG, which tells its resolution in dpi if there is one."""
    written = io.BytesIO()
    if resolution is None:
        picture.save(written, "PNG")
    else:
        picture.save(written, "PNG", dpi=(resolution, resolution))
    return written.getvalue()


def put_page(sheet: Image.Image, page: Image.Image | None, box: Box) -> None:
    """Put the picture of a page, or an empty one, on a sheet, with a hairline around it."""
    left, top, width, height = box
    frame = (left - 1, top - 1, left + width, top + height)
    ImageDraw.Draw(sheet).rectangle(frame, fill=PAPER, outline=HAIRLINE)
    if page is not None:
        sheet.paste(page, (left, top))


class SheetPainter:
    """Draws contact sheets: `regular` and `bold` are font files, `drawing` the pages of a card."""

    def __init__(self, regular: bytes, bold: bytes, drawing: Drawing) -> None:
        self._heading = _font(bold, HEADING_SIZE)
        self._layout = _font(regular, HEADING_SIZE)
        self._number = _font(regular, NUMBER_SIZE)
        self._tag = _font(bold, TAG_SIZE)
        self._name = _font(regular, NAME_SIZE)
        self._state = _font(regular, STATE_SIZE)
        self._failed = _font(bold, NAME_SIZE)
        self._drawing = drawing

    def draw(self, sheet: Sheet, number: str = "") -> Image.Image:
        """Return the picture of a sheet; `number` tells which of several it is."""
        picture = Image.new("RGB", sheet.size, GROUND)
        for group in sheet.groups:
            self._draw_heading(picture, group, number if group is sheet.groups[0] else "")
            for placed in group.cards:
                self._draw_caption(picture, placed)
                self._draw_pages(picture, placed)
        return picture

    def _draw_heading(self, picture: Image.Image, group: PlacedGroup, number: str) -> None:
        """Write the heading of a group, the sheet's number at its end, and rule it off."""
        left, top, width, height = group.heading
        right, baseline = left + width, top + HEADING_SIZE
        draw = ImageDraw.Draw(picture)
        draw.text((right, baseline), number, QUIET, self._number, anchor="rs")
        room = width - round(self._number.getlength(number)) - HEADING_SIZE
        profile = _fitted(group.group.profile, self._heading, room)
        draw.text((left, baseline), profile, INK, self._heading, anchor="ls")
        used = round(self._heading.getlength(profile)) + HEADING_SIZE // 3
        layout = _fitted(group.group.product, self._layout, room - used)
        draw.text((left + used, baseline), layout, QUIET, self._layout, anchor="ls")
        draw.line((left, top + height, right - 1, top + height), RULE, width=2)

    def _draw_caption(self, picture: Image.Image, placed: PlacedCard) -> None:
        """Write the caption's lines: the tag, the language's name, the state."""
        left, baseline, width, _ = placed.caption
        draw = ImageDraw.Draw(picture)
        state_colour = SIGNAL if placed.card.failed else QUIET
        for text, font, colour, advance in zip(
            placed.card.caption,
            (self._tag, self._name, self._state),
            (INK, INK, state_colour),
            (_CAP_HEIGHT * TAG_SIZE, 1.35 * NAME_SIZE, 1.35 * STATE_SIZE),
            strict=True,
        ):
            baseline += round(advance)
            draw.text((left, baseline), _fitted(text, font, width), colour, font, anchor="ls")

    def _draw_pages(self, picture: Image.Image, placed: PlacedCard) -> None:
        """Draw the pages, or the empty page of what failed."""
        if placed.card.failed:
            (box,) = placed.pages
            put_page(picture, None, box)
            word = _fitted(placed.card.failed, self._failed, box.width)
            centre = (box.left + box.width / 2, box.top + box.height / 2)
            ImageDraw.Draw(picture).text(centre, word, SIGNAL, self._failed, anchor="mm")
            return
        sizes = [Size(box.width, box.height) for box in placed.pages]
        for page, box in zip(self._drawing(placed.card, sizes), placed.pages, strict=True):
            put_page(picture, page, box)


def _font(file: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(file), size)


def _fitted(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """Return as much of a text as has room, with … where it had to be cut."""
    if font.getlength(text) <= room:
        return text
    kept = text
    while kept and font.getlength(f"{kept}…") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
