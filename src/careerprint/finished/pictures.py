"""Measures pictures in PDFs: their pixels for their size, and how much ink they ask for."""

import io
from dataclasses import dataclass
from math import hypot

from pikepdf import Array, Matrix, Name
from PIL import Image, ImageChops, ImageMath

from careerprint.core.geometry import PT_PER_INCH, Rectangle
from careerprint.finished.spaces import Family, Space, inks_of
from careerprint.finished.streams import PdfObject, Unreadable, decoded_stream

MOST_PIXELS = 80_000_000  # a poster in A1 at 300 dpi has 70 million
# Lossy compression strays by a few values around edges: this part of the pixels is not counted.
STRAYING = 0.001
_LEVELS = 255
# Codings of pixels that are decoded here; "None" is for those that are in none.
_DECODED = {
    *("None", "/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"),
    *("/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page (from 1): what it covers, in mm, and its pixels.

    `resolution` is in dpi, the lower of both directions. `ink` is the largest sum of the four inks,
    1 each, but for a few stray pixels; None where that cannot be told. A stencil, which is filled
    with a colour, has no `space`.
    """

    page: int
    place: Rectangle
    width: int
    height: int
    resolution: float
    space: Space | None
    ink: float | None


def picture(
    image: PdfObject, space: Space | None, matrix: Matrix, page: int, place: Rectangle
) -> Picture:
    """Return what can be told of an image that `matrix` puts on a page; `space` is None for masks.

    Raises Unreadable where the image is damaged.
    """
    width, height = int(image.get(Name.Width, 0)), int(image.get(Name.Height, 0))
    across, down = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
    if width < 1 or height < 1:
        raise Unreadable("a picture without pixels")
    inches = [max(length, 0.01) / PT_PER_INCH for length in (across, down)]
    resolution = min(width / inches[0], height / inches[1])
    ink = None if space is None else _ink(image, space, width, height)
    return Picture(page, place, width, height, resolution, space, ink)


def _ink(image: PdfObject, space: Space, width: int, height: int) -> float | None:
    """Return the sum of inks that no more than STRAYING of the pixels go beyond."""
    if space.base is not None:
        count = len(space.palette) // max(space.base.components, 1)
        sums = [sum(inks) for n in range(count) if (inks := inks_of(space, (n,)))]
        return max(sums, default=None)
    if space.family is Family.GRAY:
        return 1.0
    if space.family is not Family.CMYK or space.inks or width * height > MOST_PIXELS:
        return None
    plates = _plates(image, width, height)
    return None if plates is None else _most(plates)


def _plates(image: PdfObject, width: int, height: int) -> Image.Image | None:
    """Return a picture in DeviceCMYK as its inks; None where its coding is not known."""
    filters = image.get(Name.Filter)
    names = [str(n) for n in filters] if isinstance(filters, Array) else [str(filters)]
    inverted = [float(bound) for bound in image.get(Name.Decode, ())][:2] == [1.0, 0.0]
    if names == ["/DCTDecode"]:
        try:
            with Image.open(io.BytesIO(image.read_raw_bytes())) as coded:
                if coded.mode != "CMYK":
                    return None
                coded.load()
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as failure:
            raise Unreadable(str(failure)) from None
        # Pillow takes it that a JPEG has its inks inverted, as Adobe's have; a PDF says so itself.
        return coded if inverted else ImageChops.invert(coded)
    if int(image.get(Name.BitsPerComponent, 0)) != 8 or "/JPXDecode" in names:  # noqa: PLR2004 - others are rare
        return None
    if not set(names) <= _DECODED:
        return None
    content = decoded_stream(image)
    if len(content) < width * height * 4:
        raise Unreadable("a picture that is not whole")
    plain = Image.frombytes("CMYK", (width, height), content[: width * height * 4])
    return ImageChops.invert(plain) if inverted else plain


def _most(plates: Image.Image) -> float:
    cyan, magenta, yellow, black = plates.split()
    quarter = ImageMath.lambda_eval(
        lambda inks: inks["convert"]((inks["c"] + inks["m"] + inks["y"] + inks["k"]) / 4, "L"),
        c=cyan,
        m=magenta,
        y=yellow,
        k=black,
    )
    counts = quarter.histogram()
    beyond, most = 0, _LEVELS
    while most and beyond + counts[most] <= STRAYING * sum(counts):
        beyond += counts[most]
        most -= 1
    return most * 4 / _LEVELS
