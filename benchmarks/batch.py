"""What a season of job fairs costs: `careerprint batch`, against one `weasyprint` a flyer."""

import csv
import importlib.util
import json
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import count, cycle
from pathlib import Path

from benchmarks.flyer import weasyprint_command
from benchmarks.measuring import Ratio, in_turn, run, tell
from benchmarks.workspaces import cards, example
from careerprint.composing.compose import compose
from careerprint.core.reader import Reader
from careerprint.planning.season import Season, fair_editions, read_season

ROWS = 100  # of the table whose flyers are timed, so that the rounds take minutes
ROUNDS = 2
COMMANDS = 6  # of `weasyprint` in a round
WORKERS = 2
BAR = 30
SHORT, LONG = 50, 500  # rows of the tables between which memory may grow
MEMORY_BAR = 1.2
_KB_PER_MB = 1024
_TEMPLATE = Path(__file__).parent / "flyer.typ"
# careerprint in a process that tells, at its end, the most memory that it has had (proc(5), VmHWM):
# when all flyers were printed, and in all.
_TELLING_MEMORY = """
import re
from pathlib import Path
from careerprint.output import deliveries
from careerprint.cli import main

def highest():
    return re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]

def deliver(*arguments):
    peaks.append(highest())
    return deliver_as_before(*arguments)

peaks = []
deliver_as_before, deliveries.deliver = deliveries.deliver, deliver
try:
    main()
finally:
    print(*peaks, highest())
"""


def measure(folder: Path, rows: int = ROWS) -> list[Ratio]:
    """Return what a batch of `rows` flyers comes to, and how its memory grows with the rows.

    `folder` is where the workspaces, the PDFs and the sources for WeasyPrint and Typst go.
    """
    return [*_rates(folder / "batch", rows), *_memory(folder / "batch-memory")]


def _rates(folder: Path, rows: int) -> list[Ratio]:
    """Return the ratios of flyers a second; both sides start with nothing printed."""
    root = example(folder / "example")
    season = read_season(_table(root / "fairs.csv", rows), Reader(root), date.today())
    sources = [folder / "weasyprint" / f"{number}" for number in range(1, COMMANDS + 1)]
    commands = cycle(_commands(season, root, sources))
    outs = (folder / "out" / f"{number}" for number in count(1))

    def batch() -> float:
        place = ("--out", f"{next(outs)}", "--jobs", f"{WORKERS}")
        return rows / _batch(("-m", "careerprint"), root, rows, place)[0]

    def weasyprint() -> float:
        return COMMANDS / sum(run(*next(commands), folder=folder)[0] for _ in range(COMMANDS))

    measures: dict[str, Callable[[], float]] = {"batch": batch, "weasyprint": weasyprint}
    if importlib.util.find_spec("typst"):
        measures["typst"] = _typst(season, sources[0], folder / "typst")
    else:
        tell("  Typst is not measured: the package “typst” is not installed")
    found = in_turn(ROUNDS, measures)
    what = f"{rows} flyers for fairs: `careerprint batch`, {WORKERS} workers ÷ `weasyprint`"
    ratios = [Ratio(what, found["batch"], found["weasyprint"], BAR, at_least=True, unit="/s")]
    if "typst" in found:
        ratios.append(
            Ratio(
                "Typst, in one process ÷ the same batch", found["typst"], found["batch"], unit="/s"
            )
        )
    return ratios


def _memory(folder: Path) -> list[Ratio]:
    """Return the ratio of the highest memory of the process that reads tables, long and short.

    The flyers are small pages, so that hundreds are soon printed. Needs Linux.
    """
    if not Path("/proc/self/status").is_file():
        tell("  memory is not measured: this system does not tell a process's highest")
        return []
    root = cards(folder, 1)
    peaks = []
    for rows in (LONG, SHORT):
        _table(root / "fairs.csv", rows, Layout="card", Format="a6")
        tell(f"  memory: a batch of {rows} small pages")
        place = ("--out", f"out-{rows}", "--jobs", f"{WORKERS}")
        _, told = _batch(("-c", _TELLING_MEMORY), root, rows, place)
        peaks.append([int(kb) / _KB_PER_MB for kb in told.split()[-2:]])
    (long_printed, long), (short_printed, short) = peaks
    what = f"highest memory of `careerprint batch`, workers aside: {LONG} rows ÷ {SHORT}"
    before = "the same, before the order sheet is set"
    return [
        Ratio(what, [long], [short], MEMORY_BAR, unit="MB"),
        Ratio(before, [long_printed], [short_printed], unit="MB"),
    ]


def _batch(
    start: Sequence[str], root: Path, rows: int, options: Sequence[str]
) -> tuple[float, str]:
    """Print a workspace's fairs.csv, all `rows` of it; return the seconds and the output."""
    seconds, output = run(*start, "batch", "fairs.csv", *options, folder=root)
    if f"\n{rows} printed, 0 unchanged, 0 failed." not in output:
        raise RuntimeError(f"batch: {output}")
    return seconds, output


def _table(file: Path, rows: int, **cells: str) -> Path:
    """Write a table of fairs, of which no two show the same, and return its file."""
    lines = [_row(number) | cells for number in range(1, rows + 1)]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(lines[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(lines)
    return file


def _row(number: int) -> dict[str, str]:
    start = date.today() + timedelta(days=100 + number)
    return {
        "Kennung": f"messe-{number}",
        "Messe": f"Jobmesse Nummer {number}",
        "Ort": f"Musterstadt {number}",
        "Veranstaltungsort": f"Saal {number}",
        "Beginn": f"{start:%d.%m.%Y}",
        "Ende": f"{start + timedelta(days=1):%d.%m.%Y}",
        "Halle": f"H{number}",
        "Stand": f"S{number}",
        "Format": "a4",
        "Sprachen": "de",
        "Auflage": f"{10 + number}",
        "Ansprechpartner": f"Standteam {number}",
        "Telefon": f"030 23125 {number:03}",
        "E-Mail": f"stand{number}@example.org",
        "Internet": f"https://www.example.org/messe/{number}",
    }


def _commands(season: Season, root: Path, folders: Sequence[Path]) -> list[tuple[str, ...]]:
    """Write the sources of a flyer into each folder; return the commands that print them."""
    commands = []
    # As many as there are folders: a table may have fewer rows.
    for folder, fair in zip(folders, cycle(season.fairs), strict=False):
        (edition,) = fair_editions([fair])
        commands.append(weasyprint_command(compose(edition, Reader(root), fair), folder))
    return commands


def _typst(season: Season, sources: Path, folder: Path) -> Callable[[], float]:
    """Return what prints all fairs of a season with Typst, into a folder, and tells the rate.

    The fonts and drawings are those among the `sources` of a flyer. The compiler is kept, as is
    what it keeps: a first print is not measured.
    """
    import segno
    import typst

    shutil.copytree(sources, folder)
    shutil.copy(_TEMPLATE, folder)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[folder / "fonts"],
    )
    compiler = typst.Compiler(folder / _TEMPLATE.name, root=folder, font_paths=fonts)
    updated = int(time.time())

    def print_one(number: int) -> None:
        fair = season.fairs[number]
        row: Mapping[str, object] = {
            **{
                name: str(getattr(fair, name))
                for name in ("fair", "city", "venue", "hall", "stand")
            },
            **{name: str(getattr(fair, name)) for name in ("contact", "phone", "email", "url")},
            "days": f"{fair.start:%d.%m.}–{fair.end:%d.%m.%Y}",
            "code": ["".join(map(str, line)) for line in segno.make_qr(str(fair.url)).matrix],
        }
        inputs = {"fair": json.dumps(row), "drawings": "/layouts/base/art/"}
        compiler.compile(
            output=folder / f"{fair.id}.pdf",
            sys_inputs=inputs,
            pdf_standards="ua-1",
            timestamp=updated,
        )

    def rate() -> float:
        started = time.perf_counter()
        for number in range(len(season.fairs)):
            print_one(number)
        return len(season.fairs) / (time.perf_counter() - started)

    print_one(0)
    return rate
