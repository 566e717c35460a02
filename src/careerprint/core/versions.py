"""Which versions of what decide how an edition comes out, known without loading WeasyPrint."""

import ctypes
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from types import MappingProxyType

from careerprint import __version__

UNKNOWN = "–"

# What the bytes of a PDF depend on: name as users know it → distribution.
_PRINTING = {
    "WeasyPrint": "weasyprint",
    "pydyf": "pydyf",
    "tinycss2": "tinycss2",
    "tinyhtml5": "tinyhtml5",
    "cssselect2": "cssselect2",
    "Pyphen": "pyphen",
    "fontTools": "fonttools",
    "Pillow": "pillow",
}
# What a composed job depends on.
_COMPOSING = {
    "Babel": "babel",
    "Jinja": "jinja2",
    "markdown-it-py": "markdown-it-py",
    "zxing-cpp": "zxing-cpp",
}
# The names by which WeasyPrint loads them (weasyprint/text/ffi.py).
_PANGO = ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0-0", "libpango-1.0.dylib")
_HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz-0", "harfbuzz-0", "libharfbuzz.0.dylib")


@cache
def printing_versions() -> Mapping[str, str]:
    """Return the versions that the bytes of a PDF depend on, by the names of what has them."""
    return MappingProxyType(
        {
            "careerprint": __version__,
            **{name: version(distribution) for name, distribution in _PRINTING.items()},
            "Pango": pango_version(),
            "HarfBuzz": harfbuzz_version(),
        }
    )


@cache
def all_versions() -> Mapping[str, str]:
    """Return the versions of what composes and prints, by the names of what has them."""
    composing = {name: version(distribution) for name, distribution in _COMPOSING.items()}
    python = ".".join(map(str, sys.version_info[:3]))
    return MappingProxyType({**printing_versions(), **composing, "Python": python})


def pango_version() -> str:
    """Return the version of the system's Pango, such as "1.50.12"; UNKNOWN where none is found."""
    return _asked(_PANGO, "pango_version_string")


def harfbuzz_version() -> str:
    """Return the version of the system's HarfBuzz, such as "6.0.0"; UNKNOWN where none is found."""
    return _asked(_HARFBUZZ, "hb_version_string")


def _asked(names: Iterable[str], function: str) -> str:
    """Return what a library's function without parameters says; the first library found counts."""
    for name in names:
        try:
            call = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        call.restype = ctypes.c_char_p
        return str(call().decode())
    return UNKNOWN
