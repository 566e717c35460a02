"""What a season of job fairs costs: `careerprint batch`, against one `weasyprint` a flyer."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from benchmarks import typstflyer
from benchmarks.flyer import weasyprint_command
from benchmarks.measuring import Ratio, in_turn, run, tell
from benchmarks.tables import (
    SMALL_PAGE,
    TABLE,
    TELLING_MEMORY,
    Batch,
    batch,
    season_of,
    write_table,
)
from benchmarks.workspaces import cards, example
from careerprint.composing.compose import compose
from careerprint.core.reader import Reader
from careerprint.output.combine import CombinedPart, combined
from careerprint.planning.season import Season, fair_editions

ROWS = 500  # of the table whose flyers are timed: a season
ROUNDS = 3
COMMANDS = 4  # of `weasyprint` in a round
WORKERS = 2
BAR, SEASON_BAR, TYPST_BAR, COMBINED_BAR = 150, 0.6, 1, 0.1
MANY = 4  # times as many rows, of which the start is a smaller part
SHORT, LONG = 50, 500  # rows of the tables between which memory may grow
MEMORY_BAR = 1.2
_BYTES_PER_KB = 1000


def measure(folder: Path, rows: int = ROWS) -> list[Ratio]:
    """Return what a batch of `rows` flyers comes to, and how its memory grows with the rows.

    `folder` is where the workspaces, the PDFs and the sources for WeasyPrint and Typst go.
    """
    return [*_rates(folder / "batch", rows), *_memory(folder / "batch-memory")]


def _rates(folder: Path, rows: int) -> list[Ratio]:
    """Return the ratios of flyers a second; all sides start with nothing printed.

    Those of four times as many rows are measured, too, since a start counts for less there.
    """
    root = example(folder / "example")
    write_table(root / TABLE, rows)
    flyers = [folder / "weasyprint" / f"{number}" for number in range(1, COMMANDS + 1)]
    commands = cycle(weasyprint_commands(season_of(root), root, flyers))

    def weasyprint() -> float:
        return COMMANDS / sum(run(*next(commands), folder=folder)[0] for _ in range(COMMANDS))

    few = _measured(root, rows, ROUNDS, flyers[0], {"weasyprint": weasyprint})
    many = _measured(root, MANY * rows, 1, flyers[0], {})
    one, whole = "the `weasyprint` command a flyer", f"{rows} flyers, the whole command"
    ratios = [
        Ratio(f"{whole} ÷ {one}", few.whole, few.other["weasyprint"], BAR, True, "/s"),
        Ratio(f"until all are in place ÷ {one}", few.in_place, few.other["weasyprint"], unit="/s"),
    ]
    for found, bar in ((few, SEASON_BAR), (many, TYPST_BAR)):
        what = f"{found.rows:,} flyers, the whole command ÷ "
        if "typst" in found.other:
            typst = f"Typst in as many processes, {WORKERS}"
            ratios.append(Ratio(what + typst, found.whole, found.other["typst"], bar, True, "/s"))
        whole_seconds = [found.rows / rate for rate in found.whole]
        placed = [found.rows / rate for rate in found.in_place]
        ratios.append(
            Ratio("of this, until the first flyer is in place", found.first, whole_seconds)
        )
        ratios.append(Ratio("of this, until all are in place", placed, whole_seconds))
    return [*ratios, _together(few.files)]


@dataclass(frozen=True, slots=True)
class _Rates:
    """What batches of so many rows came to, by round: flyers a second, and the first's seconds.

    `other` are flyers a second by other means.
    """

    rows: int
    whole: Sequence[float]
    in_place: Sequence[float]
    first: Sequence[float]
    other: Mapping[str, Sequence[float]]
    files: Sequence[Path]


def _measured(
    root: Path, rows: int, rounds: int, flyer: Path, others: Mapping[str, Callable[[], float]]
) -> _Rates:
    """Return what a table of so many rows comes to, beside Typst, where it is there, and others."""
    write_table(root / TABLE, rows)
    season, outs, done = season_of(root), count(1), list[Batch]()

    def batched() -> float:
        done.append(batch(root, f"out-{rows}-{next(outs)}", WORKERS, (rows, 0)))
        return rows / done[-1].whole

    measures = {"batch": batched, **others}
    with ExitStack() as stack:
        if typstflyer.is_there():
            folder = typstflyer.sources(flyer, root / f"typst-{rows}", season.fairs[0])
            processes = typstflyer.Processes(WORKERS, folder, season.fairs)
            stack.callback(processes.end)
            measures["typst"] = lambda: rows / processes.seconds()
        found = in_turn(rounds, measures)
    return _Rates(
        rows,
        found.pop("batch"),
        [rows / each.in_place for each in done],
        [each.first for each in done],
        found,
        done[-1].files,
    )


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
