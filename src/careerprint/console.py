"""What is shown on the terminal, and how: progress, tables, complaints, paths, exit statuses."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerprint.diagnostics import N_, Diagnostic, Refused
from careerprint.messages import LANGUAGES, Translate, user_language

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from careerprint.build import Outcome

EDITION_FAILED = 1
WRONG_USAGE = 2

STATE_WORDS = {
    "printed": N_("printed"),
    "fresh": N_("unchanged"),
    "failed": N_("failed"),
    "stale": N_("to print"),
}


class Progress:
    """Shows outcomes as they come: a bar on a terminal, a line for each elsewhere.

    Where it is to explain them, each has a line with its reasons on a terminal too.
    """

    def __init__(self, length: int, translate: Translate, *, explain: bool = False) -> None:
        self._translate = translate
        self._explain = explain
        self._bar = None if explain else _bar(length)

    def __enter__(self) -> "Progress":
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, outcome: "Outcome") -> None:
        """Show that one more edition is done."""
        if self._bar is not None:
            self._bar.update(1, outcome.edition.output)
        else:
            line = f"{self._translate(STATE_WORDS[outcome.state.value])}: {outcome.edition.output}"
            notes = []
            if outcome.fallen_back:
                blocks = self._translate(N_("blocks in German: {count}"))
                notes.append(blocks.format(count=outcome.fallen_back))
            if outcome.left_out:
                left_out = self._translate(N_("left out: {names}"))
                notes.append(left_out.format(names=", ".join(outcome.left_out)))
            if self._explain:
                notes += [reason.sentence(self._translate) for reason in outcome.reasons]
            click.echo(f"{line} ({'; '.join(notes)})" if notes else line)


@contextmanager
def quiet_progress(length: int) -> Iterator[Callable[[str], None]]:
    """Give what is to be called with the name of each thing done: a bar on a terminal, or nothing.

    For what takes long, and has nothing to say of each thing.
    """
    bar = _bar(length)
    if bar is None:
        yield lambda _: None
    else:
        with bar:
            yield lambda name: bar.update(1, name)


def _bar(length: int) -> "ProgressBar[str] | None":
    if not sys.stdout or not sys.stdout.isatty():
        return None
    return click.progressbar(length=length, show_pos=True, item_show_func=lambda name: name or "")


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
    for diagnostic in dict.fromkeys(diagnostics):  # what several editions share is said once
        click.echo(diagnostic.sentence(translate), err=True)


@contextmanager
def refusals_told(translate: Translate) -> Iterator[None]:
    """End the command where what is done inside is refused, and say why."""
    try:
        yield
    except Refused as refused:
        complain(refused.diagnostics, translate)
        sys.exit(WRONG_USAGE)


def shown_path(path: Path) -> str:
    """Return a path as the user would type it, from the current folder where inside.

    A folder's ends in a slash.
    """
    try:
        shown = path.resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        shown = path
    return f"{shown}/" if path.is_dir() else f"{shown}"


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


def show_what_can_be_shown() -> None:
    """Make a terminal that cannot show a character, such as ✓, show ? in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
