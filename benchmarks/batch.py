"""What a season of job fairs costs: `careerprint batch`, against one `weasyprint` a flyer."""

import time
from collections.abc import Callable, Sequence
from itertools import count, cycle
from pathlib import Path

from benchmarks import typstflyer
from benchmarks.flyer import weasyprint_command
from benchmarks.measuring import Ratio, in_turn, run, tell
from benchmarks.tables import SMALL_PAGE, TABLE, TELLING_MEMORY, batch, season_of, write_table
from benchmarks.workspaces import cards, example
from careerprint.composing.compose import compose
from careerprint.core.reader import Reader
from careerprint.output.combine import CombinedPart, combined
from careerprint.planning.season import Season, fair_editions

ROWS = 500  # of the table whose flyers are timed: a season
ROUNDS = 3
COMMANDS = 4  # of `weasyprint` in a round
WORKERS = 2
BAR, TYPST_BAR, COMBINED_BAR = 100, 1, 0.1
SHORT, LONG = 50, 500  # rows of the tables between which memory may grow
MEMORY_BAR = 1.2
_BYTES_PER_KB = 1000


def measure(folder: Path, rows: int = ROWS) -> list[Ratio]:
    """Return what a batch of `rows` flyers comes to, and how its memory grows with the rows.

    `folder` is where the workspaces, the PDFs and the sources for WeasyPrint and Typst go.
    """
    return [*_rates(folder / "batch", rows), *_memory(folder / "batch-memory")]


def _rates(folder: Path, rows: int) -> list[Ratio]:
    """Return the ratios of flyers a second; both sides start with nothing printed."""
    root = example(folder / "example")
    write_table(root / TABLE, rows)
    season = season_of(root)
    flyers = [folder / "weasyprint" / f"{number}" for number in range(1, COMMANDS + 1)]
    commands = cycle(weasyprint_commands(season, root, flyers))
    outs = (f"out-{number}" for number in count(1))
    whole: list[float] = []
    files: list[Path] = []

    def batched() -> float:
        done = batch(root, next(outs), WORKERS, (rows, 0))
        whole.append(rows / done.whole)
        files[:] = done.files
        return rows / done.in_place

    def weasyprint() -> float:
        return COMMANDS / sum(run(*next(commands), folder=folder)[0] for _ in range(COMMANDS))

    measures: dict[str, Callable[[], float]] = {"batch": batched, "weasyprint": weasyprint}
    if typstflyer.is_there():
        measures["typst"] = _typst(season, flyers[0], folder / "typst")
    found = in_turn(ROUNDS, measures)
    what = f"{rows} flyers for fairs, until all are in place: `careerprint batch` ÷ `weasyprint`"
    sheet = "the same, the whole command, with its order sheet ÷ `weasyprint`"
    ratios = [
        Ratio(what, found["batch"], found["weasyprint"], BAR, at_least=True, unit="/s"),
        Ratio(sheet, whole, found["weasyprint"], unit="/s"),
    ]
    if "typst" in found:
        what = "until all are in place ÷ Typst in one process"
        ratios += [
            Ratio(what, found["batch"], found["typst"], TYPST_BAR, at_least=True, unit="/s"),
            Ratio("the whole command ÷ Typst in one process", whole, found["typst"], unit="/s"),
        ]
    return [*ratios, _together(files)]


def weasyprint_commands(
    season: Season, root: Path, folders: Sequence[Path]
) -> list[tuple[str, ...]]:
    """Write the sources of a flyer into each folder; return the commands that print them."""
    commands = []
    # As many as there are folders: a table may have fewer rows.
    for folder, fair in zip(folders, cycle(season.fairs), strict=False):
        (edition,) = fair_editions([fair])
        commands.append(weasyprint_command(compose(edition, Reader(root), fair), folder))
    return commands


def _typst(season: Season, flyer: Path, folder: Path) -> Callable[[], float]:
    """Return what prints all fairs of a season with Typst, into a folder, and tells the rate.

    A first print is not measured.
    """
    print_one = typstflyer.printer(typstflyer.sources(flyer, folder, season.fairs[0]))
    print_one(season.fairs[0])

    def rate() -> float:
        started = time.perf_counter()
        for fair in season.fairs:
            (folder / f"{fair.id}.pdf").write_bytes(print_one(fair))
        return len(season.fairs) / (time.perf_counter() - started)

    return rate


def _together(files: Sequence[Path]) -> Ratio:
    """Return the ratio of the bytes of one file with one copy of each flyer to those of all."""
    parts = [CombinedPart(file.read_bytes(), file.parent.name, 1) for file in files]
    one = len(combined(parts)) / _BYTES_PER_KB
    single = sum(len(part.pdf) for part in parts) / _BYTES_PER_KB
    what = f"size of {len(parts)} flyers: in one file ÷ in single files"
    return Ratio(what, [one], [single], COMBINED_BAR, unit="kB")


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
        write_table(root / TABLE, rows, **SMALL_PAGE)
        tell(f"  memory: a batch of {rows} small pages")
        peaks.append(batch(root, f"out-{rows}", WORKERS, (rows, 0), TELLING_MEMORY).peaks)
    (long_printed, long), (short_printed, short) = peaks
    what = f"highest memory of `careerprint batch`, workers aside: {LONG} rows ÷ {SHORT}"
    before = "the same, before the order sheet is set"
    return [
        Ratio(what, [long], [short], MEMORY_BAR, unit="MB"),
        Ratio(before, [long_printed], [short_printed], unit="MB"),
    ]
