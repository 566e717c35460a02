"""Processes that have printed before; each prints a next flyer when asked, and tells its time."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from benchmarks import typstflyer
from benchmarks.peaks import highest
from benchmarks.tables import season_of
from careerprint.building.printing import Printer
from careerprint.composing.compose import Composer
from careerprint.core.diagnostics import has_errors
from careerprint.core.reader import Reader
from careerprint.planning.season import fair_editions

Print = Callable[[int], bytes]
"""Prints a flyer by its number, 0 for the first of a table, and returns the PDF."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a print took, and the most memory in MB that its process has had so far."""

    seconds: float
    bytes: int
    megabytes: float


class Warm:
    """A process of its own with what a function makes of paths; it has printed one flyer already.

    A context manager, which ends the process.
    """

    def __init__(self, make: Callable[..., Print], *paths: Path) -> None:
        self._make, self._paths = make, paths

    def __enter__(self) -> Self:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(there, self._make, self._paths), daemon=True
        )
        self._process.start()
        there.close()
        self._number = 0
        self.print()
        return self

    def __exit__(self, *raised: object) -> None:
        self._here.close()
        self._process.join()

    def print(self) -> Printed:
        """Print the next flyer; raises EOFError where that fails."""
        self._here.send(self._number)
        self._number += 1
        printed = self._here.recv()
        if not isinstance(printed, Printed):
            raise TypeError
        return printed


def _serve(connection: Connection, make: Callable[..., Print], paths: tuple[Path, ...]) -> None:
    print_one = make(*paths)
    while True:
        try:
            number = connection.recv()
        except EOFError:
            return
        started = time.perf_counter()
        pdf = print_one(number)
        seconds = time.perf_counter() - started
        connection.send(Printed(seconds, len(pdf), highest()))


def by_careerprint(root: Path) -> Print:
    """Return what composes, prints and checks the rows of a workspace's table."""
    fairs = season_of(root).fairs
    composer, printer = Composer(Reader(root)), Printer().__enter__()

    def print_one(number: int) -> bytes:
        fair = fairs[number]
        (edition,) = fair_editions([fair])
        typeset = printer.print(composer.compose(edition, fair))
        if has_errors(typeset.diagnostics):
            raise RuntimeError(f"{fair.id}: {typeset.diagnostics}")
        return typeset.pdf

    return print_one


def by_weasyprint(document: Path, *styles: Path) -> Print:
    """Return what prints one document with style sheets that are read once; it checks nothing."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    sheets = [CSS(filename=style, font_config=configuration) for style in styles]

    def print_one(_: int) -> bytes:
        made: bytes = HTML(filename=document).write_pdf(
            stylesheets=sheets, font_config=configuration, pdf_variant="pdf/ua-1"
        )
        return made

    return print_one


def by_typst(root: Path, folder: Path) -> Print:
    """Return what prints the rows of a workspace's table with Typst, from its sources."""
    fairs = season_of(root).fairs
    print_one = typstflyer.printer(folder)
    return lambda number: print_one(fairs[number])
