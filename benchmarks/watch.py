"""How soon `careerprint watch` has printed an edit, against a print in a process that is warm."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import ENGLISH, Ratio, environment, tell
from benchmarks.workspaces import FLYER, edit
from careerprint.building.printing import Printer
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions

ROUNDS = 5
BAR = 2.0
LOOK_SECONDS = 0.002  # between two looks at the PDFs
LONGEST = 60.0  # seconds until a PDF is replaced


def measure(root: Path) -> list[Ratio]:
    """Return the ratio of the two: the edits after the first, and the first since watch began."""
    editions = {root / "out" / e.output: e for e in _editions(root)}
    with Printer() as printer:

        def warm_print(edition: Edition) -> float:
            started = time.perf_counter()
            printer.print(compose(edition, Reader(root)))
            return time.perf_counter() - started

        warm_print(FLYER)
        tell("  watch prints all editions first")
        watched, printed = [], []
        with _watching(root) as watch:
            for _ in range(ROUNDS + 1):
                seconds, edition = _edited(root, editions)
                watch.wait()
                watched.append(seconds)
                printed.append(warm_print(edition))
    return [
        Ratio("a paragraph edited: `watch` ÷ a warm print", watched[1:], printed[1:], BAR),
        Ratio("the same, the first edit since `watch` began", watched[:1], printed[:1]),
    ]


def _editions(root: Path) -> list[Edition]:
    return plan_editions(Reader(root), read_configuration(Reader(root)))


def _edited(root: Path, editions: Mapping[Path, Edition]) -> tuple[float, Edition]:
    """Edit, and return how many seconds later which edition's PDF is replaced first."""
    before = {pdf: pdf.stat().st_ino for pdf in editions}
    started = time.perf_counter()
    edit(root)
    while time.perf_counter() - started < LONGEST:
        for pdf, edition in editions.items():
            if pdf.stat().st_ino != before[pdf]:
                return time.perf_counter() - started, edition
        time.sleep(LOOK_SECONDS)
    raise RuntimeError("watch has printed nothing")


@dataclass(frozen=True, slots=True)
class _Watch:
    process: "subprocess.Popen[str]"

    def wait(self) -> None:
        """Wait until it waits for edits."""
        for line in self.process.stdout or ():
            if line.startswith("Waiting"):
                return
        raise RuntimeError("watch has ended")


@contextmanager
def _watching(root: Path) -> Iterator[_Watch]:
    """Have `careerprint watch` at work, with everything printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "careerprint", "watch"],
        cwd=root,
        env=environment(ENGLISH),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        watch = _Watch(process)
        watch.wait()
        yield watch
    finally:
        process.terminate()
        process.communicate()
