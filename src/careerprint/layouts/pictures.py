"""Examines pictures before anything decodes or prints them: their kind and size, what they hold."""

import io
import math
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from careerprint.core.bounds import Bounds, beyond
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse
from careerprint.core.geometry import MM_PER_INCH, MM_PER_PT, MM_PER_PX

_NAMESPACE = "http://www.w3.org/2000/svg"
# Millimetres of CSS's absolute units; what has no unit is in px.
# Source: https://www.w3.org/TR/css-values-3/#absolute-lengths
_UNITS = {"": MM_PER_PX, "px": MM_PER_PX, "pt": MM_PER_PT, "pc": 12 * MM_PER_PT}
_UNITS |= {"in": MM_PER_INCH, "cm": 10, "mm": 1, "q": 0.25}
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*([a-z]*)\s*", re.IGNORECASE)
_VIEW_BOX = re.compile(rf"\s*{_NUMBER}(?:[\s,]+{_NUMBER}){{3}}\s*", re.IGNORECASE)
_LONGEST = 200  # characters of a length or a view box; a longer one counts as none
_REFERENCE = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*[\"']?([^\"')]*)", re.IGNORECASE)
_EXTERNAL = N_("The drawing refers to something outside its file: “{address}”.")
_PLAIN = N_("Save it again as plain SVG, with everything in the one file.")
_BROKEN = (N_("The drawing is damaged ({reason})."), N_("Copy it again from where you got it."))


@dataclass(frozen=True, slots=True)
class Drawing:
    """What an SVG is: its sides, 0 with an error, whether it holds letters, and its faults."""

    width: float
    height: float
    has_letters: bool
    faults: tuple[Diagnostic, ...]


def examine_drawing(content: bytes, name: str) -> Drawing:
    """Return what the SVG file `name` holds, with every fault found, each with its line.

    Faults are: XML that breaks off, another root than svg, no size, scripts, references to
    anything outside the file, and what the engine does not print: pictures made of pixels and
    pieces of web pages.
    """
    look = _Look(name)
    try:
        look.parser.Parse(content, True)
    except expat.ExpatError as failure:
        reason = expat.ErrorString(failure.code)
        fault = error(Location(name, failure.lineno), *_BROKEN, reason=reason)
        return Drawing(0, 0, False, (fault,))
    except (ValueError, LookupError) as failure:  # an encoding that Python does not know
        return Drawing(0, 0, False, (error(Location(name, 1), *_BROKEN, reason=failure),))
    if look.root not in {"svg", f"{_NAMESPACE} svg"}:
        fault = error(
            Location(name, 1),
            N_("This is not an SVG drawing: its outermost element is “{root}”."),
            N_("Ask for the file itself, saved as SVG or PNG."),
            root=_local(look.root),
        )
        return Drawing(0, 0, False, (fault,))
    width, height = _sides(look.attributes)
    faults = [*look.faults]
    if not (_is_size(width) and _is_size(height)):
        faults.append(
            error(
                name,
                N_("The drawing has no size."),
                N_("Save it again with a width and a height, or with a viewBox."),
            )
        )
    return Drawing(width, height, look.has_letters, tuple(faults))


class _Look:
    """Reads an SVG once and notes what it finds."""

    def __init__(self, name: str) -> None:
        self.root = ""
        self.attributes: dict[str, str] = {}
        self.has_letters = False
        self.faults: list[Diagnostic] = []
        self._name = name
        self._open: list[str] = []
        self._style: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True  # text made of entities comes in pages, not in letters
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = _local(name)
        if not self._open:
            self.root, self.attributes = name, attributes
        self._open.append(element)
        self.has_letters |= element == "text"
        if element == "script" or any(key.lower().startswith("on") for key in attributes):
            self._fault(N_("The drawing holds a script."), _PLAIN)
        if element == "foreignObject":
            self._fault(
                N_("The drawing holds a piece of a web page, which is not printed."),
                N_("Save the whole as PNG instead."),
            )
        for key, value in attributes.items():
            if _local(key) == "href":
                self._refer(value.strip())
            self._refer_within(value)

    def _end(self, name: str) -> None:
        if _local(name) == "style":
            self._refer_within("".join(self._style))
            self._style = []
        self._open.pop()

    def _text(self, data: str) -> None:
        if self._open[-1] == "style":
            self._style.append(data)

    def _instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            self._fault(_EXTERNAL, _PLAIN, data)

    def _refer_within(self, style: str) -> None:
        for address in _REFERENCE.findall(style):
            self._refer(address.strip())

    def _refer(self, address: str) -> None:
        if address.startswith("data:"):
            if self._open[-1] in {"image", "feImage"}:
                self._fault(
                    N_("The drawing holds a picture made of pixels, which is not printed."),
                    N_("Save the whole as PNG instead."),
                )
        elif address and not address.startswith("#"):
            self._fault(_EXTERNAL, _PLAIN, address)

    def _fault(self, message: str, hint: str, address: str = "") -> None:
        location = Location(self._name, self.parser.CurrentLineNumber)
        self.faults.append(error(location, message, hint, address=address))


def _local(name: str) -> str:
    """Return an element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


def _sides(attributes: dict[str, str]) -> tuple[float, float]:
    """Return width and height as the root's attributes give them, 0 where they do not.

    Source: https://www.w3.org/TR/SVG2/coords.html#SizingSVGInCSS
    """
    box = [1.0, 1.0]
    if written := attributes.get("viewBox", "")[:_LONGEST]:
        numbers = re.findall(_NUMBER, written, re.IGNORECASE)
        box = [float(n) for n in numbers[2:]] if _VIEW_BOX.fullmatch(written) else [0, 0]
    width, height = (_millimetres(attributes.get(side)) for side in ("width", "height"))
    if not all(map(_is_size, box)):  # a view box that is empty or wrong hides everything
        return 0, 0
    if width is not None and height is not None:
        return width, height
    return (box[0], box[1]) if written else (0, 0)


def _is_size(length: float) -> bool:
    return 0 < length < math.inf


def _millimetres(written: str | None) -> float | None:
    """Return an absolute length in mm; None for a relative length and for anything else."""
    found = _LENGTH.fullmatch((written or "")[:_LONGEST])
    if found is None or found[2].lower() not in _UNITS:
        return None
    return float(found[1]) * _UNITS[found[2].lower()]


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
