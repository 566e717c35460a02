"""What is shown on the terminal, and how: progress, tables, complaints, Click's own words."""

import codecs
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerprint.core.diagnostics import N_, Diagnostic, Refused, not_written, refuse, unexpected
from careerprint.core.messages import LANGUAGES, Translate, user_language

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


EDITION_FAILED = 1
WRONG_USAGE = 2
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EIO}


@contextmanager
def quiet_progress(length: int) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the name of each thing done: it draws a bar on a terminal."""
    if not on_terminal():
        yield lambda _: None
        return
    bar: ProgressBar[str | None]
    with click.progressbar(length=length, show_pos=True, item_show_func=lambda n: n or "") as bar:
        yield lambda name: bar.update(1, name)


def on_terminal() -> bool:
    """Tell whether output goes to a terminal, and not to a file or another program."""
    return sys.stdout is not None and sys.stdout.isatty()


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows with columns aligned: words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    words = 2
    for row in rows:
        cells = [
            cell.ljust(width) if number < words else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())


def complain(diagnostics: Iterable[Diagnostic], translate: Translate) -> None:
    """Print each diagnostic as a line on standard error."""
    told = dict.fromkeys(diagnostics)  # what several editions share is said once
    if told:
        click.echo("\n".join(diagnostic.sentence(translate) for diagnostic in told), err=True)


def say(translate: Translate, template: str, **values: object) -> None:
    """Print a line: a template in English, in the user's language and filled in."""
    click.echo(translate(template).format(**values))


@contextmanager
def refusals_told(translate: Translate) -> Iterator[None]:
    """End the command where what is done inside is refused, and say why."""
    try:
        yield
    except Refused as refused:
        complain(refused.diagnostics, translate)
        sys.exit(WRONG_USAGE)


def wished_language(arguments: Sequence[str]) -> str:
    """Return the language that `--lang` names, wherever it stands, else the environment's."""
    for before, argument in pairwise(arguments):
        if before == "--lang" and argument in LANGUAGES:
            return argument
        if argument.startswith("--lang=") and argument[len("--lang=") :] in LANGUAGES:
            return argument[len("--lang=") :]
    return user_language()


def translate_help(command: click.Command, translate: Translate) -> None:
    """Put the help of a command, and of those below it, into the user's language."""
    command.help = translate(command.help or "")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = translate(parameter.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            translate_help(below, translate)


def open_three_streams() -> None:
    """See to it that input, output and errors lead somewhere, if only to nothing.

    A program that was started without them gets their numbers for the files that it opens next, and
    what libraries say on them would stand in a PDF.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free is this one


def refuse_nowhere() -> None:
    """Raise Refused where the folder that the user is in is not there any more."""
    try:
        Path.cwd()
    except OSError:
        raise refuse(
            ".",
            N_("The folder that you are in has been deleted or moved."),
            N_("Change to another folder."),
        ) from None


def unforeseen(failure: Exception) -> Diagnostic:
    """Return the diagnostic for an error that nothing else has dealt with, such as a full disk."""
    if isinstance(failure, OSError) and failure.filename is None and failure.errno in _NO_ROOM:
        return not_written("stdout", failure).diagnostics[0]
    return unexpected("careerprint", failure)


# What consoles of older code pages lack, and what says the same there.
_PLAIN = {"✓": "ok", "✗": "!!", "…": "...", "→": "->", "×": "x", "€": "EUR", "−": "-", "≥": ">="}
_PLAIN |= dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‹›", "'") | dict.fromkeys("–—‑", "-")
_PLAIN |= dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}", " ")


def show_what_can_be_shown() -> None:
    """Let a terminal that lacks a character, such as ✓, show what says the same, or else ?."""
    codecs.register_error("plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="plain")


def _plain(failure: UnicodeError) -> tuple[str, int]:
    """Return what stands for the characters of an output that could not be encoded, and its end."""
    if not isinstance(failure, UnicodeEncodeError):
        raise failure
    lacking = failure.object[failure.start : failure.end]
    return "".join(_PLAIN.get(character, "?") for character in lacking), failure.end


# Those that a user of careerprint can get to see. Spelt as in Click 8.
CLICK_WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("Aborted!"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Missing argument"),
    N_("Missing command."),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("{name} {filename!r} is a file."),
    N_("directory"),
)


def translate_click(translate: Callable[[str], str]) -> None:
    """Make Click take its words from `translate`, for the process."""
    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    ):
        module._ = translate  # type: ignore[attr-defined]  # the name it gives to gettext
