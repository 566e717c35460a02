"""Tells what a file that somebody gives seems to be, and in which view it belongs."""

from contextlib import suppress
from functools import partial
from pathlib import PurePath

from careerprint.core.diagnostics import N_, Refused
from careerprint.core.reader import Reader
from careerprint.desk.desk import Desk
from careerprint.desk.shown import Shown
from careerprint.exchange.files import read_delivery
from careerprint.fairs.headings import known_headings
from careerprint.fairs.tables import parse_tables
from careerprint.layouts.configuration import read_configuration
from careerprint.manuscripts.filekinds import is_picture

_TABLES = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".ics")
_PROGRAMS = (".xliff", ".xlf", ".po")  # of translators
_TEXTS = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm", ".md", ".txt")
_MADE_HERE = b"<xmp:CreatorTool>careerprint</xmp:CreatorTool>"
_TOLD = {
    "translations": N_("“{name}” is a file from translators. Its place is “Translations”."),
    "fairs": N_("“{name}” is a table of job fairs. Its place is “Job fairs”."),
    "bring": N_("“{name}” is a text. A text becomes a profile under “New profile”."),
    "look": N_(
        "“{name}” is a picture. Under “Look”, pictures are put in place of drawings; the logo is "
        "chosen there, too. Words that it shows have to be typed."
    ),
    "write": N_(
        "“{name}” is a PDF that careerprint has printed. What it says is changed under “Write”, "
        "and printed anew."
    ),
}
# Views that take files, and which of these each does: a running text may be a translation.
_TAKES = {"bring": {"bring"}, "fairs": {"fairs"}, "translations": {"translations", "bring"}}


def belongs(desk: Desk, content: bytes, name: str, here: str) -> Shown:
    """Return the `view` in which a file belongs, "" where the one called `here` takes it.

    `told` says what the file seems to be, and `takes` whether that view takes it as it is.
    """
    view = _view_of(desk, content, name)
    if here == "home":  # it passes on what it is given; what nobody knows is told there
        view = view or ("fairs" if PurePath(name).suffix.lower() in _TABLES else "bring")
    elif view in _TAKES.get(here, ()):
        view = ""
    told = desk.shower.translate(_TOLD[view]).format(name=PurePath(name).name) if view else ""
    return {"view": view, "told": told, "takes": view in _TAKES}


def _view_of(desk: Desk, content: bytes, name: str) -> str:
    """Return the view in which a file belongs; "" where its content does not say."""
    suffix = PurePath(name).suffix.lower()
    if is_picture(content):
        return "look"
    if content.startswith(b"%PDF-") and _MADE_HERE in content:
        return "write"
    if suffix in _PROGRAMS or _is_from_translators(content, name):
        return "translations"
    if _is_of_fairs(desk, content, name):
        return "fairs"
    return "bring" if suffix in _TEXTS else ""


def _is_from_translators(content: bytes, name: str) -> bool:
    with suppress(Refused):
        found = read_delivery(content, name)
        return found is not None and any(text.key for text in found.texts)
    return False


def _is_of_fairs(desk: Desk, content: bytes, name: str) -> bool:
    with suppress(Refused):
        meant = read_configuration(Reader(desk.root)).fairs.columns
        parse_tables(content, name, partial(known_headings, own=meant))
        return True
    return False
