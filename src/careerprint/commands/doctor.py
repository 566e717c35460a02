"""Examines whether this machine has what careerprint prints with, and says what to install."""

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from careerprint import __version__
from careerprint.core.diagnostics import N_, Refused
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests
from careerprint.core.toolchain import toolchain
from careerprint.typesetting.engine import load_engine
from careerprint.typesetting.fonts import font_fault

FONTS = "fonts"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing examined: its name, what was found, and for a fault what to do about it.

    `name`, `found` and `hint` are English templates; `parameters` are filled into `found`.
    """

    name: str
    found: str
    hint: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def is_fault(self) -> bool:
        """Whether careerprint cannot print well because of it."""
        return bool(self.hint)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the diagnosis as one line in the language that `translate` knows."""
        mark = "✗" if self.is_fault else "✓"
        found = translate(self.found).format(**dict(self.parameters))
        return f"{mark} {translate(self.name)}: {found} {translate(self.hint)}".rstrip()


_INSTALL = {
    "Linux": N_(
        "On Debian or Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
        "libharfbuzz-subset0"
    ),
    "Darwin": N_("On macOS (untested): pip install “careerprint[macos]”, or brew install pango"),
    "Windows": N_(
        "pip install --force-reinstall gstreamer-libs gstreamer-ext-runtime: these packages bring "
        "it. With MSYS2 instead: pacman -S mingw-w64-ucrt-x86_64-pango, and set "
        "WEASYPRINT_DLL_DIRECTORIES to the folder ucrt64\\bin"
    ),
}


def examine_machine(workspace: Path) -> list[Diagnosis]:
    """Return the diagnoses of this machine and of the fonts of the workspace."""
    return [
        Diagnosis("careerprint", __version__),
        Diagnosis("Python", platform.python_version()),
        *_engine_findings(),
        *_font_findings(Reader(workspace)),
    ]


def _engine_findings() -> Iterator[Diagnosis]:
    install = _INSTALL.get(platform.system(), _INSTALL["Linux"])
    try:
        load_engine()
    except Refused as refused:
        first = refused.diagnostics[0]
        yield Diagnosis("WeasyPrint", first.message, install, first.parameters)
        return
    versions = toolchain(Digests({}))
    for name in ("WeasyPrint", "Pango", "HarfBuzz"):
        yield Diagnosis(name, versions[name])
    yield Diagnosis("harfbuzz-subset", N_("is there"))


def _font_findings(reader: Reader) -> Iterator[Diagnosis]:
    names = [name.removeprefix(f"{FONTS}/") for name in reader.tree(FONTS, ".[ot]tf")]
    if not names:
        yield Diagnosis(
            N_("Fonts"),
            N_("none in {folder}"),
            N_("Copy the folder fonts/ from the place where you got careerprint."),
            (("folder", str(reader.root / FONTS)),),
        )
    for name in names:
        if reason := font_fault(reader.read_bytes(f"{FONTS}/{name}")):
            yield Diagnosis(
                name,
                N_("is damaged ({reason})"),
                N_("Copy this file again from the place where you got careerprint."),
                (("reason", reason),),
            )
        else:
            yield Diagnosis(name, N_("is whole"))
