"""Reads the issuer's logo, checks that it can be printed well, and computes its size."""

import io
import math
import posixpath
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Refused,
    error,
    has_errors,
    refuse,
    warning,
)
from careerprint.core.geometry import MM_PER_INCH
from careerprint.core.reader import Reader
from careerprint.layouts.pictures import Drawing, examine_drawing

# In mm: the largest height of the plate that a logo stands on, and the plate's margin around the
# logo, which is the padding of .logo in layouts/base/base.css.
PLATE_HEIGHT, PLATE_MARGIN = 14, 1.5

MOST_MEGABYTES = 5
MOST_PIXELS = 4000  # a side
# A longer side of 30 mm at 300 dpi, as print shops ask for pictures, and at half of that.
GOOD_PIXELS = round(30 / MM_PER_INCH * 300)
FEWEST_PIXELS = round(30 / MM_PER_INCH * 150)
WIDEST, TALLEST = 6, 2  # width : height, and height : width

_FAINTEST = 230  # of 0 to 255: greys from here on do not stand out from white paper

_FINER = N_(
    "Use an SVG, or a PNG with at least {good} pixels on its longer side (30 mm at 300 dpi)."
)
_DAMAGED = (N_("The logo is damaged ({reason})."), N_("Copy it again from where you got it."))
_PNG = b"\x89PNG\r\n\x1a\n"
# How files begin that users take for a logo and that are none. Source: the formats' specifications.
_OTHER_KINDS = {
    b"\xff\xd8\xff": "JPEG",
    b"%PDF": "PDF",
    b"%!PS": "EPS",
    b"\xc5\xd0\xd3\xc6": "EPS",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\xd0\xcf\x11\xe0": "Word/Office",
    b"PK\x03\x04": "Word/ZIP",
    b"\x1f\x8b": "gzip/SVGZ",
}


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo that can be printed: its bytes, its width as a multiple of its height, its warnings.

    `name` is its name in a bundle, `location` the place where it is named.
    """

    name: str
    content: bytes
    proportion: float
    location: Location
    diagnostics: tuple[Diagnostic, ...]

    @property
    def source(self) -> str:
        """Its address for an HTML document."""
        return quote(self.name)

    def printed_on(self, plate: float) -> tuple[float, float]:
        """Return the width and height in mm that fill a plate of so many mm width best."""
        across, down = plate - 2 * PLATE_MARGIN, PLATE_HEIGHT - 2 * PLATE_MARGIN
        width = min(across, down * self.proportion)
        return round(width, 2), round(width / self.proportion, 2)


def read_logo(reader: Reader, name: str, location: Location) -> Logo:
    """Return the logo in the file `name`, which is named at `location`.

    Raises Refused with every fault that keeps it from being printed well. What kind a file is of
    is seen from its content; its name does not matter.
    """
    if "://" in name:
        raise refuse(
            location,
            N_("“{url}” is not a file of this workspace."),
            N_("Put the file into the workspace and name it by a relative path."),
            url=name,
        )
    name = posixpath.normpath(name)
    content = reader.read_bytes(name, location)
    ending, picture = _examined(content, name)
    faults = [*picture.faults]
    if not has_errors(faults):
        faults += _proportion_faults(picture, name)
    if has_errors(faults):
        raise Refused(faults)
    bundled = name if name.lower().endswith(ending) else name + ending
    return Logo(bundled, content, picture.width / picture.height, location, tuple(faults))


def _examined(content: bytes, name: str) -> tuple[str, Drawing]:
    """Return the ending of a file's kind, and what the file holds; raises Refused for no logo."""
    if not content:
        raise refuse(
            name,
            N_("The logo is an empty file."),
            N_("Copy it again from where you got it."),
        )
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise refuse(
            name,
            N_("The logo has {size} MB; {limit} MB are the most."),
            N_("Save it as plain SVG, or as PNG with at most {pixels} pixels a side."),
            size=math.ceil(len(content) / 1_000_000),
            limit=MOST_MEGABYTES,
            pixels=MOST_PIXELS,
        )
    if content.startswith(_PNG):
        return ".png", _png(content, name)
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        drawing = examine_drawing(content, name)
        if not drawing.has_letters or has_errors(drawing.faults):
            return ".svg", drawing
        letters = warning(
            name,
            N_("The logo holds letters, which are printed in the layout's typeface."),
            N_("Have them converted to outlines."),
        )
        return ".svg", replace(drawing, faults=(*drawing.faults, letters))
    kind = next((k for start, k in _OTHER_KINDS.items() if content.startswith(start)), "?")
    raise refuse(
        name,
        N_("The logo is neither SVG nor PNG (found: {kind})."),
        N_("Ask whoever designed it for the SVG file, or save it as PNG."),
        kind=kind,
    )


def _png(content: bytes, name: str) -> Drawing:
    """Return what a PNG holds; it is decoded only where its size allows that.

    Source: https://www.w3.org/TR/png-3/#11IHDR (the size, in the first chunk)
    """
    head = content[8:24]
    if len(head) < 16 or head[4:8] != b"IHDR":  # noqa: PLR2004 - the source's
        raise refuse(name, *_DAMAGED, reason="IHDR")
    width, height = struct.unpack(">II", head[8:])
    faults = list(_pixel_faults(width, height, name))
    if not has_errors(faults):
        faults += _decoding_faults(content, name)
    return Drawing(width, height, has_letters=False, faults=tuple(faults))


def _decoding_faults(content: bytes, name: str) -> Iterator[Diagnostic]:
    """Yield an error for a PNG that cannot be decoded whole, or is white on the white plate."""
    from PIL import Image, ImageFile

    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, and prints what there is
        with Image.open(io.BytesIO(content), formats=("PNG",)) as opened:
            picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, MemoryError, struct.error) as failure:
        yield error(name, *_DAMAGED, reason=str(failure) or type(failure).__name__)
        return
    plate = Image.new("RGBA", picture.size, "white")
    seen = Image.alpha_composite(plate, picture).convert("L")
    if not any(seen.histogram()[:_FAINTEST]):
        yield error(
            name,
            N_("The logo is white, or nearly so: on its white plate it cannot be seen."),
            N_("Use its version for white paper."),
        )


def _pixel_faults(width: int, height: int, name: str) -> Iterator[Diagnostic]:
    longer = max(width, height)
    if not min(width, height):
        yield error(name, *_DAMAGED, reason="IHDR")
    elif longer > MOST_PIXELS:
        yield error(
            name,
            N_("The logo has {width} × {height} pixels; {limit} a side are the most."),
            N_("Save it smaller: {good} pixels on the longer side are enough."),
            width=width,
            height=height,
            limit=MOST_PIXELS,
            good=MOST_PIXELS // 4,
        )
    elif longer < FEWEST_PIXELS:
        message = N_("The logo has {width} × {height} pixels and would be printed coarse.")
        yield error(name, message, _FINER, width=width, height=height, good=GOOD_PIXELS)
    elif longer < GOOD_PIXELS:
        message = N_("The logo has {width} × {height} pixels and may look coarse in print.")
        yield warning(name, message, _FINER, width=width, height=height, good=GOOD_PIXELS)


def _proportion_faults(picture: Drawing, name: str) -> Iterator[Diagnostic]:
    proportion = picture.width / picture.height
    if proportion > WIDEST:
        message = N_("The logo is wider than {limit} : 1 ({width} × {height}).")
    elif 1 / proportion > TALLEST:
        message = N_("The logo is taller than 1 : {limit} ({width} × {height}).")
    else:
        return
    yield error(
        name,
        message,
        N_("Cut off empty margins, or use a version of the logo that is more compact."),
        limit=WIDEST if proportion > WIDEST else TALLEST,
        width=f"{picture.width:.4g}",
        height=f"{picture.height:.4g}",
    )
