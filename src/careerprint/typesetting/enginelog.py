"""What WeasyPrint says while it works, as diagnostics of the edition."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from careerprint.composing.job import Job
from careerprint.core.diagnostics import N_, Diagnostic, Location, error, warning
from careerprint.layouts.bundle import BUNDLE_URL
from careerprint.layouts.pictures import bad_picture

_IGNORED = ("Ignored", "Unknown", "Unsupported")  # how what it says of style sheets begins
# What stands for signs that our fonts lack and no other sign says.
_SIGNS = {
    **dict.fromkeys("☎📞✆📱", "Tel."),
    **dict.fromkeys("✉📧📩", "E-Mail:"),
    **dict.fromkeys("☐□◻", "–"),
    **dict.fromkeys("📍", "Ort:"),
}


@contextmanager
def logged() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs, at warning level or above, and show it nowhere else."""
    records: list[logging.LogRecord] = []
    handler, logger = logging.Handler(logging.WARNING), logging.getLogger("weasyprint")
    handler.emit = records.append  # type: ignore[method-assign, assignment]
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def explained(record: logging.LogRecord, job: Job) -> Iterator[Diagnostic]:
    """Yield what a line of WeasyPrint's log means for the edition."""
    said = record.getMessage().replace(BUNDLE_URL, "")
    if said.startswith(".notdef glyph"):
        for code in re.findall(r"\(U\+([0-9A-F]+)\)", said):
            yield _missing_glyph(chr(int(code, 16)), code, job)
    elif located := [place for name, place in job.pictures.items() if quote(name) in said]:
        yield bad_picture(located[0], said)
    else:
        tell, hint = error, N_("Correct the layout or the picture.")
        if record.levelno < logging.ERROR and said.startswith(_IGNORED):
            tell, hint = warning, N_("Correct the layout's style sheet.")
        yield tell(Location(job.name), N_("WeasyPrint: {said}"), hint, said=said)


def _missing_glyph(character: str, code: str, job: Job) -> Diagnostic:
    """Return the error for a character that no font has, located in the profile if it is there."""
    found = [block.origin for block in job.placed if character in block.text]
    # A letter is one of a script, which no sign can stand for.
    hint = N_("Write a word in its place, or one of these: {signs}")
    if character.isalpha():
        hint = N_("Put a font that has it into a folder in fonts/, for example fonts/hebrew/.")
    return error(
        found[0] if found else Location(job.name),
        N_("No font has the character “{character}” (U+{code})."),
        hint,
        signs=_SIGNS.get(character, "✓ → • – × *"),
        character=character,
        code=code,
    )
