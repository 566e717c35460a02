"""Loads WeasyPrint and says what it stands on: Pango, HarfBuzz and its subsetter.

Loading it takes longer than everything else that a command does. Only typesetting and the doctor
load it, by this module.
"""

import ctypes.util
import gc
import mimetypes
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from types import ModuleType

from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.libraries import library_folders, library_in, open_library_folders

_NO_FONTS = Path(__file__).with_name("no-fonts.conf")


def load_engine() -> ModuleType:
    """Return the module weasyprint; raises Refused where a library that it needs is missing.

    Without HarfBuzz's subsetter fonts are embedded by other means: many times slower, and not
    with the same bytes on every run. That is why its absence is an error.
    """
    try:
        # It prints advice of its own, and warns of the missing subsetter, which is checked below.
        with (
            warnings.catch_warnings(),
            redirect_stdout(StringIO()),
            redirect_stderr(StringIO()),
            _uncollected(),
            _by_itself(),
        ):
            warnings.simplefilter("ignore")
            import weasyprint
            from weasyprint.text.ffi import harfbuzz_subset
    except OSError as failure:
        raise refuse(
            Location("WeasyPrint"),
            N_("A system library is missing ({reason})."),
            N_(
                "⟨Run “careerprint doctor”: it says what to install|Ask whoever has installed "
                "careerprint for help⟩."
            ),
            reason=str(failure).split("\n", 1)[0],
        ) from None
    if harfbuzz_subset is None:
        raise refuse(
            Location("WeasyPrint"),
            N_("The system library harfbuzz-subset is missing."),
            N_(
                "⟨Run “careerprint doctor”: it says what to install|Ask whoever has installed "
                "careerprint for help⟩."
            ),
        )
    return weasyprint  # type: ignore[no-any-return]  # WeasyPrint is untyped


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause garbage collection while WeasyPrint is loaded for the first time.

    All that it loads stays until the process ends, so collecting would find nothing.
    """
    is_loaded = "weasyprint" in sys.modules
    if not is_loaded:
        gc.disable()
    try:
        yield
    finally:
        if not is_loaded:
            gc.freeze()
            gc.enable()


@contextmanager
def _by_itself() -> Iterator[None]:
    """Keep WeasyPrint from reading the system's fonts and file types while it is loaded.

    Nothing that we print may depend on these. It also tries the names that its libraries have on
    one system after the other. ctypes.util.find_library looks for each with the help of a C
    compiler, which takes longer than all else. On Linux, the loader finds them without it; those
    that a package brings are found first.
    """
    finding, kinds = ctypes.util.find_library, mimetypes.knownfiles
    fonts = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_NO_FONTS)
    # Not restored: it would lead fontconfig to the system's fonts, whatever file it is shown.
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    mimetypes.knownfiles = []
    folders = library_folders()

    def find_library(name: str) -> str | None:
        if (file := library_in(folders, name)) is not None:
            return str(file)
        return None if sys.platform == "linux" else finding(name)

    ctypes.util.find_library = find_library
    open_library_folders(folders)
    try:
        yield
    finally:
        ctypes.util.find_library, mimetypes.knownfiles = finding, kinds
        if fonts is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = fonts
