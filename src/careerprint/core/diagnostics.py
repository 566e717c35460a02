"""What careerprint tells its users when something is off: place, cause and what to do.

A diagnostic keeps its message as an English template with parameters. It becomes a sentence in
the user's language only where it is shown, so that no phase needs to know that language.
"""

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from careerprint.core.characters import CONTROLS, HALVES, REORDERING

# What would command the terminal that shows a message, or reorder the line.
_UNSEEN = re.compile(rf"[\t\n{CONTROLS}{HALVES}{REORDERING}]")
# What Windows says of a file that another program has open: access denied, sharing, lock violation.
# Of a path that is too long it says that there is none, or that it is no name.
# Source: https://learn.microsoft.com/windows/win32/debug/system-error-codes
_WINDOWS_IN_USE = {5, 32, 33}
_WINDOWS_NO_PATH = {2, 3, 123, 206}
# MAX_PATH, with room for what a file is called until it is whole.
# Source: https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation
_WINDOWS_LONGEST = 260 - len("..part")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_LONGEST_SHOWN = 40  # characters of a text in a message
# A quoted sentence brings its own end: the full stop behind it would be a second one.
_ENDS_TWICE = re.compile(r"(?<=[.!?][“”])\.")
# What of a template is for those who know files and commands, and what others are told instead.
_ASIDE = re.compile(r"⟨([^|⟩]*)\|?([^⟩]*)⟩")


class Severity(Enum):
    """How bad it is: an error fails the edition, a warning lets it be printed."""

    ERROR = "error"
    WARNING = "warning"


def N_(template: str) -> str:  # noqa: N802 - the name that gettext tools know for "mark, translate later"
    """Mark `template` for extraction into the tool's catalog and return it unchanged."""
    return template


def for_terminal(template: str) -> str:
    """Return a template as a terminal shows it, where files, keys and commands are at hand.

    They stand in angle brackets, and behind a bar what is said instead where they are not: the
    template “State them ⟨in “working_hours”|under “Working hours”⟩.” has both.
    """
    return _ASIDE.sub(r"\1", template)


def for_page(template: str) -> str:
    """Return a template as a page shows it whose reader knows neither files, keys nor commands."""
    return _ASIDE.sub(r"\2", template)


def filled(template: str, values: Mapping[str, object], translate: Callable[[str], str]) -> str:
    """Return the sentence that a template becomes with its parameters in the user's language."""
    return _ENDS_TWICE.sub("", for_terminal(translate(template)).format(**values))


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where something stands: a path (as the user would type it) and a line, counted from 1.

    In a table, `line` is the row, `column` is the column's heading, and `sheet` the sheet where
    several are read. In a PDF, `page` is the
    page, counted from 1, and `left` and `top` are whole mm from the top left of what is trimmed.
    """

    path: str
    line: int = 0
    column: str = ""
    page: int = 0
    left: int | None = None
    top: int | None = None
    sheet: str = ""

    def __str__(self) -> str:
        """Return `path:line:column`, without what is not known."""
        path = native(self.path) + (f":{self.sheet}" if self.sheet else "")
        place = f"{path}:{self.line}" if self.line else path
        return f"{place}:{self.column}" if self.column else place

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the place in the language that `translate` knows."""
        if self.sheet:
            told = N_("{file}, sheet “{sheet}”")
            if self.line:
                told = N_("{file}, sheet “{sheet}”, row {row}")
            place = translate(told).format(file=native(self.path), sheet=self.sheet, row=self.line)
            return f"{place}: {self.column}" if self.column else place
        if not self.page:
            return str(self)
        template = N_("{file}, page {page}")
        if self.left is not None:
            template = N_("{file}, page {page}, {left} mm from the left, {top} mm from the top")
        return translate(template).format(
            file=native(self.path), page=self.page, left=self.left, top=self.top
        )


def native(path: str) -> str:
    """Return a path as the system writes paths: on Windows with backslashes. Addresses stay."""
    return path if "://" in path else path.replace("/", os.sep)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `message` and `hint` are English templates with named `{parameters}`, and with what only some
    readers are told, see `for_terminal`; `parameters` are the values of both. `rule` is the name of
    the rule of finished PDFs that it is about, if it is. A warning about a draft `keeps` it in the
    house where the same is an error in what goes out.
    """

    severity: Severity
    location: Location
    message: str
    hint: str
    parameters: tuple[tuple[str, str], ...] = ()
    rule: str = ""
    keeps: bool = field(default=False, compare=False)

    def __hash__(self) -> int:
        """Return a hash of what tells diagnostics apart: that of all takes several times longer."""
        return hash((self.location, self.message, self.parameters))

    def words(self, translate: Callable[[str], str]) -> tuple[str, str]:
        """Return the message and the hint in the language that `translate` knows.

        Unless `translate` has done so already, they become what a terminal shows.
        """
        values = dict(self.parameters)
        return filled(self.message, values, translate), filled(self.hint, values, translate)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the diagnostic as one line in the language that `translate` knows."""
        severity = translate(SEVERITY_WORDS[self.severity])
        message, hint = self.words(translate)
        rule = f"[{self.rule}]" if self.rule else ""
        line = f"{self.location.sentence(translate)}: {severity}: {message} {rule} {hint}"
        return _UNSEEN.sub("\ufffd", " ".join(line.split()))


SEVERITY_WORDS = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning")}


def error(place: Location | str, message: str, hint: str, /, **parameters: object) -> Diagnostic:
    """Return an error; `parameters` fill the templates `message` and `hint`.

    `place` is where it stands; a text is a path, an option or the like.
    """
    location = place if isinstance(place, Location) else Location(place)
    values = tuple((name, str(value)) for name, value in parameters.items())
    return Diagnostic(Severity.ERROR, location, message, hint, values)


def warning(place: Location | str, message: str, hint: str, /, **parameters: object) -> Diagnostic:
    """Return a warning; its arguments are those of `error`."""
    return replace(error(place, message, hint, **parameters), severity=Severity.WARNING)


class CareerprintError(Exception):
    """What careerprint raises; `diagnostics` are all the reasons that were found."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(d.sentence(str) for d in self.diagnostics))


class Refused(CareerprintError):  # noqa: N818 - it reads as what happened: the input was refused
    """Something that was given, or stands in the workspace, cannot be used."""


class NotWritten(Refused):
    """A file or folder cannot be written."""


def refuse(place: Location | str, message: str, hint: str, /, **parameters: object) -> Refused:
    """Return the exception for a single error, ready to be raised."""
    return Refused([error(place, message, hint, **parameters)])


def unknown(place: Location | str, message: str, name: str, available: Iterable[str]) -> Diagnostic:
    """Return the error for a name that stands for nothing: what there is instead is told."""
    hint = N_("Available: {available}.")
    return error(place, message, hint, name=name, available=", ".join(available) or "–")


def not_written(path: Path | str, failure: OSError) -> NotWritten:
    """Return the error for a file or folder that cannot be written."""
    hint = N_("Check free space and permissions, and close the file in other programs.")
    if failure.errno == errno.ENAMETOOLONG:
        hint = N_("Shorten the name of the folder, the profile or the layout.")
    windows = getattr(failure, "winerror", None)
    if windows in _WINDOWS_IN_USE:
        hint = N_(
            "Close the file in the program that shows it, Acrobat or a browser perhaps, and do the "
            "same again. Otherwise check that you may write here."
        )
    if windows in _WINDOWS_NO_PATH and len(str(Path(path).absolute())) >= _WINDOWS_LONGEST:
        hint = N_("The path is too long for Windows: move the folder nearer to the drive.")
    if failure.errno in {errno.EMFILE, errno.ENFILE}:
        hint = N_(
            "⟨Allow more open files at a time (ulimit -n), or try --jobs 1|Close other "
            "programs, and try again⟩."
        )
    told = N_("This cannot be written ({reason}).")
    if failure.errno in _FULL:
        told = N_("This cannot be written: the disk is full, or your share of it.")
        hint = N_("Make room: delete what is not needed. Then do the same again.")
    return NotWritten([error(str(path), told, hint, reason=failure.strerror or failure)])


@contextmanager
def writing(path: Path | str, *, named: bool = True) -> Iterator[None]:
    """Raise NotWritten for an OSError of what is done inside; its place is `path`.

    Unless it is `named`: then it is the file that the system names, if it names one.
    """
    try:
        yield
    except OSError as failure:
        raise not_written(path if named else failure.filename or path, failure) from None


def shortened(text: str) -> str:
    """Return a text as a message shows it: its first 40 characters."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def unexpected(place: str, failure: Exception) -> Diagnostic:
    """Return the error for an unforeseen exception, with what its authors need to know."""
    from traceback import extract_tb  # hardly ever needed, and it loads much

    trace = extract_tb(failure.__traceback__)
    return error(
        Location(place),
        N_("careerprint made a mistake ({kind}: {reason}; {spot})."),
        N_("Please report this line together with the file that it arose from."),
        kind=type(failure).__name__,
        reason=failure,
        spot=f"{Path(trace[-1].filename).name}:{trace[-1].lineno}" if trace else "–",
    )
