"""One flyer for a fair, in German: careerprint, WeasyPrint, Typst and a browser, cold and warm."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from benchmarks import typstflyer, warm
from benchmarks.batch import weasyprint_commands
from benchmarks.measuring import Ratio, in_turn, tell
from benchmarks.peaks import is_told, peak_of_python, peaks_of
from benchmarks.tables import TABLE, WITHOUT_SHEET, batch, season_of, write_table
from benchmarks.warm import Printed, Warm
from benchmarks.workspaces import example

ROUNDS = 7
ROWS = ROUNDS + 1
CHROMIUM = "/usr/bin/chromium"
_ROW = ("--row", "messe-1")
_BYTES_PER_KB = 1000
_STYLE, _PDF, _PAGE = "--stylesheet=", "document.pdf", "chromium.html"
_CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)


@dataclass(slots=True)
class _Peer:
    """Something that prints: its name, by round the seconds, and what is known of it at the end.

    `peak` returns the highest memory in MB, `size` the bytes of the PDF.
    """

    name: str
    seconds: Callable[[], float]
    peak: Callable[[], float]
    size: Callable[[], int]
    found: list[float] = field(default_factory=list)


def measure(folder: Path) -> list[Ratio]:
    """Return what each takes of what the `weasyprint` command takes: time, memory and bytes.

    `folder` is where the workspace, the PDFs and the sources for the others go.
    """
    root = example(folder / "example")
    write_table(root / TABLE, ROWS)
    season = season_of(root)
    flyer = folder / "flyer"
    ((*command,),) = weasyprint_commands(season, root, [flyer])
    with ExitStack() as stack:
        weasyprint = _weasyprint(command, flyer)
        peers = [_careerprint(root)]
        printers: dict[str, Warm] = {
            "careerprint, warm": Warm(warm.by_careerprint, root),
            "WeasyPrint in process, warm": Warm(warm.by_weasyprint, *_documents(command)),
        }
        if typstflyer.is_there():
            sources = typstflyer.sources(flyer, folder / "typst", season.fairs[0])
            peers.append(_typst(sources))
            printers["Typst in process, warm"] = Warm(warm.by_typst, root, sources)
        if Path(CHROMIUM).is_file():
            peers.append(_chromium(command, flyer, folder / "chromium"))
        else:
            tell(f"  Chromium is not measured: there is no {CHROMIUM}")
        peers += [_warm(name, stack.enter_context(p)) for name, p in printers.items()]
        measures = {peer.name: peer.seconds for peer in (weasyprint, *peers)}
        for name, seconds in in_turn(ROUNDS, measures).items():
            next(p for p in (weasyprint, *peers) if p.name == name).found += seconds
        return [*_told(weasyprint, peers)]


def _told(weasyprint: _Peer, peers: Sequence[_Peer]) -> list[Ratio]:
    """Return the ratios to the `weasyprint` command."""
    against = "÷ the `weasyprint` command"
    ratios = [
        Ratio(f"one flyer: {p.name} {against}", p.found, weasyprint.found, unit="s") for p in peers
    ]
    if is_told():
        peak = weasyprint.peak()
        ratios += [
            Ratio(f"highest memory: {p.name} {against}", [p.peak()], [peak], unit="MB")
            for p in peers
        ]
    sizes = {p.name.removesuffix(", cold"): p.size() for p in peers if not p.name.endswith("warm")}
    size = weasyprint.size() / _BYTES_PER_KB
    return ratios + [
        Ratio(f"size of the file: {name} {against}", [bytes_ / _BYTES_PER_KB], [size], unit="kB")
        for name, bytes_ in sizes.items()
    ]


def _weasyprint(command: Sequence[str], flyer: Path) -> _Peer:
    whole = [sys.executable, *command]
    return _of_command("`weasyprint`, cold", lambda: whole, flyer, flyer / _PDF)


def _careerprint(root: Path) -> _Peer:
    """Return careerprint from a cold start: a process that has one row of a table to print.

    It ends when the flyer is in place: the order sheet is no part of what the others do.
    """
    outs = (f"out-{number}" for number in count(1))
    files: list[Path] = []

    def seconds() -> float:
        done = batch(root, next(outs), 1, (1, 0), WITHOUT_SHEET, only=_ROW)
        files[:] = done.files
        return done.in_place

    options = ("--jobs", "1", "--out", "out-memory")
    command = (*WITHOUT_SHEET, "batch", TABLE, *_ROW, *options)
    return _Peer(
        "careerprint, cold",
        seconds,
        lambda: peak_of_python(command, root),
        lambda: files[0].stat().st_size,
    )


def _typst(folder: Path) -> _Peer:
    command = [sys.executable, *typstflyer.ONE_FLYER]
    return _of_command("Typst, cold", lambda: command, folder, folder / "flyer.pdf")


def _chromium(command: Sequence[str], flyer: Path, folder: Path) -> _Peer:
    """Return the browser, which gets the document with links to the same style sheets."""
    document, *styles = _documents(command)
    links = "".join(
        f'<link rel="stylesheet" href="{style.relative_to(flyer).as_posix()}">' for style in styles
    )
    page = document.read_text("utf-8").replace("</head>", f"{links}</head>")
    (flyer / _PAGE).write_text(page, "utf-8")
    folder.mkdir()
    pdf = folder / _PDF
    numbers = count(1)

    def fresh() -> list[str]:
        own = (f"--user-data-dir={folder / str(next(numbers))}", f"--print-to-pdf={pdf}")
        return [CHROMIUM, *_CHROMIUM_OPTIONS, *own, (flyer / _PAGE).as_uri()]

    return replace(
        _of_command("Chromium, cold", fresh, folder, pdf),
        peak=lambda: peaks_of(fresh(), folder),
    )


def _of_command(name: str, command: Callable[[], Sequence[str]], folder: Path, pdf: Path) -> _Peer:
    """Return what a command prints in a process of its own, which has printed nothing before.

    Its memory is told where the command is Python.
    """

    def seconds() -> float:
        pdf.unlink(missing_ok=True)
        started = time.perf_counter()
        subprocess.run(command(), cwd=folder, check=True, capture_output=True)
        passed = time.perf_counter() - started
        if not pdf.is_file():
            raise RuntimeError(f"{name}: no PDF")
        return passed

    return _Peer(
        name,
        seconds,
        lambda: peak_of_python(command()[1:], folder),
        lambda: pdf.stat().st_size,
    )


def _warm(name: str, process: Warm) -> _Peer:
    prints: list[Printed] = []

    def seconds() -> float:
        prints.append(process.print())
        return prints[-1].seconds

    return _Peer(name, seconds, lambda: prints[-1].megabytes, lambda: prints[-1].bytes)


def _documents(command: Sequence[str]) -> list[Path]:
    """Return the document that a `weasyprint` command prints, and its style sheets in order."""
    styles = [Path(a.removeprefix(_STYLE)) for a in command if a.startswith(_STYLE)]
    return [Path(command[-2]), *styles]
