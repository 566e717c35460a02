"""What an edition costs among ten, a hundred, a thousand and as many as a table may have."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks import synthetic
from benchmarks.measuring import WEASYPRINT_IMPORT, Ratio, careerprint, in_turn, run, tell
from benchmarks.peaks import is_told
from benchmarks.tables import (
    COMMAND,
    SMALL_PAGE,
    TABLE,
    WITHOUT_SHEET,
    batch,
    write_table,
)
from benchmarks.workspaces import cards

SIZES = (10, 100, 1000, 19_999)  # with the row of headings, 20,000 rows
MOST = SIZES[-1]
BASE = 1000  # the size that the others are compared with
FLAT, FLAT_MEMORY = 1.1, 1.2
WORKERS = 2
# Editions in one output folder, and the ms that `status` may take for each.
STATUS_EDITIONS, STATUS_MS = 100_000, 0.1
STATUS_ROUNDS = 3
_MS = 1000


@dataclass(frozen=True, slots=True)
class _Grown:
    """What a table of so many rows took, until all were in place, and the parent's memory in MB.

    `busy` are the seconds that all its processes had a processor.
    """

    rows: int
    seconds: float
    busy: float
    megabytes: float


def measure(folder: Path, most: int = MOST) -> list[Ratio]:
    """Return how an edition's time and the memory grow with their number, up to `most`.

    A table of that many fairs is printed on small pages. What the smallest takes, which is hardly
    more than a start, is taken off the others.
    """
    sizes = [size for size in SIZES if size <= most]
    root = cards(folder / "cards", 1)
    found = []
    for size in sizes:
        write_table(root / TABLE, size, **SMALL_PAGE)
        before = _busy()
        done = batch(
            root, f"out-{size}", WORKERS, (size, 0), WITHOUT_SHEET if is_told() else COMMAND
        )
        megabytes = done.peaks[0] if is_told() else 0.0
        found.append(_Grown(size, done.in_place, _busy() - before, megabytes))
        seconds = f"{done.in_place:.1f} s, {found[-1].busy:.1f} s on processors"
        tell(f"  {size} editions: {seconds}, {megabytes:.0f} MB")
    editions = STATUS_EDITIONS if most >= MOST else max(sizes)
    return [*_flat(found), *_status(folder / "status", editions)]


def _flat(found: list[_Grown]) -> list[Ratio]:
    """Return the ratios of the time of an edition, and of the memory, to those among BASE."""
    if len(found) < len(("two", "sizes")):
        return []
    base = next((one for one in found if one.rows == BASE), found[-1])
    passed, busy = _each([g.seconds for g in found], found), _each([g.busy for g in found], found)
    others = [one for one in found[1:] if one is not base]
    ratios = []
    for one in others:
        bar = FLAT if one.rows > BASE else None
        what = f"time of an edition among {one.rows:,} ÷ among {base.rows:,}"
        ratios.append(Ratio(what, [passed[one.rows]], [passed[base.rows]], bar, unit="ms"))
        what = "the same on the processor, all processes"
        ratios.append(Ratio(what, [busy[one.rows]], [busy[base.rows]], unit="ms"))
    if is_told():
        ratios += [
            Ratio(
                f"highest memory, workers aside, {one.rows:,} editions ÷ {base.rows:,}",
                [one.megabytes],
                [base.megabytes],
                FLAT_MEMORY if one.rows > BASE else None,
                unit="MB",
            )
            for one in found
            if one is not base
        ]
    return ratios


def _each(seconds: list[float], found: list[_Grown]) -> dict[int, float]:
    """Return the ms of an edition by the number of editions, beyond what the fewest of them take.

    What a start takes is in both, and so in neither.
    """
    fewest, start = found[0].rows, seconds[0]
    return {
        one.rows: _MS * (s - start) / (one.rows - fewest)
        for one, s in zip(found[1:], seconds[1:], strict=True)
    }


def _busy() -> float:
    """Return the seconds that processes which have ended had a processor. Needs Unix."""
    import resource  # there is none elsewhere

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _status(folder: Path, editions: int) -> list[Ratio]:
    """Return the ratio of `careerprint status`, with so many printed, to `import weasyprint`."""
    root, count = synthetic.printed(folder, editions)
    careerprint(root, "build", counts=(0, count, 0))  # takes the digests of the PDFs
    found = in_turn(
        STATUS_ROUNDS,
        {
            "status": lambda: _seconds_of_status(root, count),
            "import": lambda: run(*WEASYPRINT_IMPORT)[0],
        },
    )
    told = f"`careerprint status` of {count:,} editions"
    each = [_MS * seconds / count for seconds in found["status"]]
    return [
        Ratio(f"{told} ÷ `import weasyprint`", found["status"], found["import"]),
        Ratio(f"{told}, each ÷ {STATUS_MS} ms", each, [STATUS_MS] * len(each), 1, unit="ms"),
    ]


def _seconds_of_status(root: Path, count: int) -> float:
    seconds, output = run(*COMMAND, "status", folder=root)
    if f"{count} " not in output.strip().rpartition("\n")[2]:
        raise RuntimeError(output[-500:])
    return seconds
