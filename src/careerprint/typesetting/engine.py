"""Loads WeasyPrint and says what it stands on: Pango, HarfBuzz and its subsetter.

Loading takes longer than everything else that a command does, so only typesetting and the doctor
do it, through here.
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
            N_("Run “careerprint doctor”: it says what to install."),
            reason=str(failure).split("\n", 1)[0],
        ) from None
    if harfbuzz_subset is None:
        raise refuse(
            Location("WeasyPrint"),
            N_("The system library harfbuzz-subset is missing."),
            N_("Run “careerprint doctor”: it says what to install."),
        )
    return weasyprint  # type: ignore[no-any-return]  # WeasyPrint is untyped


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from what WeasyPrint loads, the first time that it does.

    All of it stays until the process ends; walking through it again and again finds nothing.
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
    """Keep WeasyPrint, while it is loaded, to what comes with it.

    Its modules list the system's fonts and kinds of files, to which nothing that we print may go
    back. And it tries what its libraries are called on one system after the other, looking for each
    (ctypes.util.find_library) with the help of a C compiler, for longer than all else takes. On
    Linux the loader finds them by the one name that is right there.
    """
    finding, kinds = ctypes.util.find_library, mimetypes.knownfiles
    fonts = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_NO_FONTS)
    # For good: it would lead fontconfig past whatever file it is shown, to the system's fonts.
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    mimetypes.knownfiles = []
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - its signature
    try:
        yield
    finally:
        ctypes.util.find_library, mimetypes.knownfiles = finding, kinds
        if fonts is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = fonts
