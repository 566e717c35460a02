"""Writes NOTICE: whose work careerprint comes with or installs, and under which licences.

What is said of a package is what its own metadata say. `make notice` runs it after `make lock`.
"""

import textwrap
from collections.abc import Iterable
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata

from locks import ROOT, RUNTIME, pins

NOTICE = ROOT / "NOTICE"
# Packages that the lock has for other Pythons and systems: from their own metadata, too. Of
# gstreamer-libs, careerprint loads Pango, HarfBuzz, Fontconfig, FreeType, FriBidi and GLib.
_GSTREAMER = "https://gstreamer.freedesktop.org"
_ELSEWHERE = {
    "brotlicffi": ("MIT", "https://github.com/python-hyper/brotlicffi"),
    "gstreamer-ext-runtime": ("Microsoft Visual C++ redistributable (Windows)", _GSTREAMER),
    "gstreamer-libs": ("LGPL-2.1-or-later and, for parts not loaded, others (Windows)", _GSTREAMER),
    "setuptools": ("MIT (Windows)", "https://github.com/pypa/setuptools"),
}
_PAGES = ("homepage", "home", "source", "source code", "code", "repository", "documentation")
_LONGEST = 80  # characters of a licence's name; what is longer is its text

_HEAD = """\
careerprint
Copyright (c) 2026 The careerprint authors
MIT, see LICENSE.

WHAT IS PART OF IT

IBM Plex Sans, fonts/: Copyright (c) 2017 IBM Corp. with Reserved Font Name "Plex"; SIL Open Font
License 1.1, see fonts/OFL.txt. The files are unmodified.

The ICC profiles in layouts/press/: made from characterisation data, Copyright (c) Kai-Uwe
Behrmann, zlib licence, and Copyright 2007 NPES (ANSI CGATS/SNAP TR 002-2007); see
layouts/press/PROFILES.txt.

Formats of numbers, src/careerprint/profiles/cldr.csv: from Unicode CLDR, Copyright (c) Unicode,
Inc.; Unicode License V3, see src/careerprint/profiles/cldr-licence.txt.

ProseMirror, the desk's editor, src/careerprint/desk/page/vendor/prosemirror.js: Copyright (C)
Marijn Haverbeke and others; MIT, see prosemirror-licences.txt beside it.

WHAT IS INSTALLED WITH IT

The packages of requirements.lock. None of them is in careerprint's own packages: pip fetches them
from the index. Licences and addresses are as their metadata state them; the texts, and those of
libraries within their wheels (PDFium in pypdfium2, qpdf in pikepdf and others), come with each.

"""
_FOOT = """
WHAT IT NEEDS OF THE SYSTEM

Pango (LGPL-2.0-or-later) with what it stands on (GLib, Fontconfig, FreeType), and HarfBuzz (MIT):
libraries of the operating system, loaded as they are and not distributed with careerprint. On
Windows the package gstreamer-libs brings them.
"""


def notice(names: Iterable[str]) -> str:
    """Return the text of NOTICE for packages, by their names."""
    return _HEAD + "".join(f"{_line(name)}\n" for name in sorted(set(names))) + _FOOT


def _line(name: str) -> str:
    licence, page = _stated(name)
    line = f"{name}: {licence}; {page}"
    return textwrap.fill(line, 100, subsequent_indent="  ", break_long_words=False)


def _stated(name: str) -> tuple[str, str]:
    """Return the licence and the address that a package's metadata state."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        if name in _ELSEWHERE:
            return _ELSEWHERE[name]
        raise
    written = _value(found, "License")
    named = [c.rpartition(" :: ")[2] for c in found.get_all("Classifier", []) if "License ::" in c]
    short = written if len(written) <= _LONGEST and "\n" not in written else ""
    licence = _value(found, "License-Expression") or short or ", ".join(named)
    if not licence:
        raise ValueError(f"{name} states no licence")
    pages = dict(url.split(", ", 1) for url in found.get_all("Project-URL", []))
    known = {label.lower(): page for label, page in pages.items()}
    page = _value(found, "Home-page") or next((known[p] for p in _PAGES if p in known), "")
    if not page:
        raise ValueError(f"{name} states no address")
    return licence, page


def _value(found: PackageMetadata, key: str) -> str:
    return found[key] if key in found else ""  # noqa: SIM401 - its type has no get


def main() -> None:
    """Write NOTICE."""
    names = [pin.name for pin in pins(RUNTIME.read_text("utf-8"))]
    NOTICE.write_text(notice(names), "utf-8")
    print(f"{NOTICE.name}: {len(names)} packages")


if __name__ == "__main__":
    main()
