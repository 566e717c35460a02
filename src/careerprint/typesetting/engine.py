"""Loads WeasyPrint and says what it stands on: Pango, HarfBuzz and its subsetter.

Loading takes longer than everything else that a command does, so only typesetting and the doctor
do it, through here.
"""

import gc
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from types import ModuleType

from careerprint.core.diagnostics import N_, Location, refuse


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
