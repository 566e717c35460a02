"""Checks pictures before anything decodes them: their kind and their decoded size."""

import io
import warnings
from collections.abc import Iterable

from careerprint.core.bounds import Bounds, beyond
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse
from careerprint.layouts.svg import examine_drawing

KINDS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
"""Pillow's names of what may be printed. It knows more, and hands EPS to another program."""
DRAWING = ".svg"
# What a style sheet refers to besides pictures.
_OTHERS = (".css", ".ttf", ".otf", ".woff", ".woff2")


def check_picture(content: bytes, name: str, location: Location, bounds: Bounds) -> None:
    """Check a picture of a profile, named at `location`; raises Refused with what is wrong.

    A drawing may refer to nothing outside its file, and hold no script.
    """
    if name.lower().endswith(DRAWING):
        faults = list(examine_drawing(content, name).faults)
        if faults:
            raise Refused(faults)
    else:
        _check_pixels(content, location, bounds)


def check_files(files: Iterable[tuple[str, bytes]], bounds: Bounds) -> None:
    """Check the pictures among the files of style sheets; raises Refused with what is wrong.

    References inside drawings are checked when they are printed: there, only the bundle can be
    read.
    """
    for name, content in files:
        if name.lower().endswith(DRAWING):
            if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                raise Refused([bad_picture(Location(name), "SVG?")])
        elif not name.lower().endswith(_OTHERS):
            _check_pixels(content, Location(name), bounds)


def _check_pixels(content: bytes, location: Location, bounds: Bounds) -> None:
    """Read the head of a picture made of pixels, without decoding it."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decompression bombs: the size is judged below
            with Image.open(io.BytesIO(content), formats=KINDS) as picture:
                width, height = picture.size
    except Image.DecompressionBombError:  # far more than the bounds can be raised to
        raise refuse(
            location,
            N_("The picture has far more than {most} million pixels."),
            N_("Save it smaller: for a page of A4 at 300 dpi, 9 million pixels are enough."),
            most=bounds.picture_megapixels,
        ) from None
    except Exception as failure:  # a library may raise anything for spoiled bytes
        reason = str(failure).partition(" <_io.")[0]  # without an address in memory
        raise Refused([bad_picture(location, reason or type(failure).__name__)]) from None
    if width * height > bounds.picture_megapixels * 1_000_000:
        most = bounds.picture_megapixels
        raise beyond(location, "picture_megapixels", most, width=width, height=height)


def bad_picture(location: Location, reason: object) -> Diagnostic:
    """Return the error for a picture that cannot be printed."""
    return error(
        location,
        N_("The picture cannot be printed ({reason})."),
        N_("Save it again as PNG."),
        reason=reason,
    )
