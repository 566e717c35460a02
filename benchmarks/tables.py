"""Tables of fairs to measure with, and what `careerprint batch` makes of them."""

import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measuring import run
from careerprint.core.reader import Reader
from careerprint.planning.season import Season, read_season

TABLE = "fairs.csv"
SMALL_PAGE = {"Layout": "card", "Format": "a6"}  # the cells of a row that prints a card
COMMAND = ("-m", "careerprint")
_KB_PER_MB = 1024
_TELLING_MEMORY = """
import re
import sys
from pathlib import Path
from careerprint.output import deliveries
from careerprint.cli import main

def highest():
    return re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]

def deliver(*arguments):
    peaks.append(highest())
    return {then}

peaks = []
deliver_as_before, deliveries.deliver = deliveries.deliver, deliver
try:
    main()
finally:
    print(*peaks, highest())
"""
# careerprint in a process that tells, at its end, the most memory that it has had (proc(5), VmHWM):
# when all flyers were printed, and in all; and one that ends when all are printed.
TELLING_MEMORY = ("-c", _TELLING_MEMORY.replace("{then}", "deliver_as_before(*arguments)"))
WITHOUT_SHEET = ("-c", _TELLING_MEMORY.replace("{then}", "sys.exit()"))


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch took: seconds until flyers were on the disk, the first and the last; of it all.

    `output` is what it said, `files` are the flyers.
    """

    first: float
    in_place: float
    whole: float
    output: str
    files: Sequence[Path]

    @property
    def peaks(self) -> tuple[float, float]:
        """The most memory of a process that told it: with all flyers printed, and in all, in MB."""
        printed, whole = (int(kb) / _KB_PER_MB for kb in self.output.split()[-2:])
        return printed, whole


def write_table(file: Path, rows: int, **cells: str) -> Path:
    """Write a table of fairs, of which no two show the same, and return its file."""
    lines = [_row(number) | cells for number in range(1, rows + 1)]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(lines[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(lines)
    return file


def edit_row(file: Path, edited: str) -> None:
    """Give the first fair of a table another stand."""
    text = file.read_text("utf-8-sig")
    lines = text.splitlines()
    lines[1] = lines[1].replace(";S1;", f";{edited};")
    file.write_text("\n".join(lines) + "\n", "utf-8-sig")


def season_of(root: Path) -> Season:
    """Return the fairs of a workspace's table."""
    return read_season(root / TABLE, Reader(root), date.today())


def batch(
    root: Path,
    out: str,
    workers: int,
    counts: tuple[int, int],
    start: Sequence[str] = COMMAND,
    only: Sequence[str] = (),
) -> Batch:
    """Print a workspace's table into a folder below it, or `only` rows of it, by options.

    `counts` are the flyers that must be printed, and those that must be unchanged.
    """
    begun = time.time()  # as files have it
    options = ("--out", out, "--jobs", f"{workers}")
    seconds, output = run(*start, "batch", TABLE, *only, *options, folder=root)
    if f"\n{counts[0]} printed, {counts[1]} unchanged, 0 failed." not in output:
        raise RuntimeError(f"batch: {output}")
    files = sorted((root / out / "fairs").glob("*/*.pdf"))
    written = [file.stat().st_mtime for file in files]
    return Batch(min(written) - begun, max(written) - begun, seconds, output, files)


def _row(number: int) -> dict[str, str]:
    # All fairs begin within five years.
    start = date.today() + timedelta(days=100 + number % 1800)
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
        "Auflage": f"{10 + number % 1000}",
        "Ansprechpartner": f"Standteam {number}",
        "Telefon": f"0800 4555{number % 1000:03}",
        "E-Mail": f"stand{number}@rat.internal",
        "Internet": f"https://www.rat.internal/messe/{number}",
    }
