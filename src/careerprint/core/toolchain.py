"""The toolchain: all that decides how editions come out besides their sources.

These are careerprint's own code, the libraries that compose, print and check, and Python. What is
printed with another toolchain may differ, so it counts as stale, and the workers of a cluster must
have the same one. Nothing of it is loaded here but Pango and HarfBuzz, to be asked their versions.
"""

import ctypes
import os
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from careerprint import __version__
from careerprint.core.libraries import library_folders, library_in
from careerprint.core.sources import Digests, digest

UNKNOWN = "–"

# As users know them; the projects are called so in small letters, but one.
_NAMES = (
    *("WeasyPrint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "Pyphen", "fontTools"),
    *("Pillow", "pikepdf", "pypdfium2", "page-validation", "Babel", "langcodes", "Jinja"),
    *("markdown-it-py", "zxing-cpp"),
)
_LIBRARIES = {name: name.lower() for name in _NAMES} | {"Jinja": "jinja2"}
# The names by which WeasyPrint loads them (weasyprint/text/ffi.py); ctypes wants endings.
_PANGO = ("libpango-1.0.so.0", "pango-1.0-0", "pango-1.0", "libpango-1.0-0.dll")
_HARFBUZZ = ("libharfbuzz.so.0", "harfbuzz", "libharfbuzz-0.dll")

_PACKAGE = Path(__file__).parents[1]
# Packages that no PDF depends on.
_BESIDE_PRINTING = frozenset(
    ("translation", "manuscripts", "extraction", "intake", "exchange", "desk", "commands")
)


def toolchain(digests: Digests) -> Mapping[str, str]:
    """Return the versions of the toolchain's parts, by the names that users know.

    careerprint's own version ends in a digest of its code, for which `digests` reads the files.
    Those of the system's Pango and HarfBuzz are UNKNOWN where none is found.
    """
    names = sorted(
        f"{package.name}/{file.name}"
        for package in os.scandir(_PACKAGE)
        if package.is_dir() and package.name not in _BESIDE_PRINTING
        for file in os.scandir(package)
        if file.name.endswith((".py", ".csv", ".toml", ".xmp"))
    )
    taken = (f"{name} {digests.of_file(f'{_PACKAGE}/{name}')}" for name in names)
    code = digest("\n".join(taken).encode())
    return {"careerprint": f"{__version__}+{code[:12]}", **_versions()}


@cache
def _versions() -> Mapping[str, str]:
    installed = _installed()
    for project in _LIBRARIES.values() - installed.keys():  # installed in another way
        from importlib.metadata import version

        installed[project] = version(project)
    return {
        **{name: installed[project] for name, project in _LIBRARIES.items()},
        "Pango": _asked(_PANGO, "pango_version_string"),
        "HarfBuzz": _asked(_HARFBUZZ, "hb_version_string"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "Python": ".".join(map(str, sys.version_info[:2])),
    }


def _installed() -> dict[str, str]:
    """Return the versions of installed projects, by the names of their folders.

    Those are NAME-VERSION.dist-info, with _ for each - of a name (PyPA, Recording installed
    projects). Reading them takes a tenth of the time that `importlib.metadata` takes to load.
    """
    found: dict[str, str] = {}
    for entry in sys.path:
        with suppress(OSError):
            for folder in os.scandir(entry or "."):
                if folder.name.endswith(".dist-info"):
                    name, _, number = folder.name.removesuffix(".dist-info").rpartition("-")
                    found.setdefault(name.lower().replace("_", "-"), number)
    return found


def _asked(names: Iterable[str], function: str) -> str:
    """Return what a library's function without parameters says; the first library found counts."""
    folders = library_folders()
    for name in names:
        try:
            call = getattr(ctypes.CDLL(str(library_in(folders, name) or name)), function)
        except (OSError, AttributeError):
            continue
        call.restype = ctypes.c_char_p
        return str(call().decode())
    return UNKNOWN
