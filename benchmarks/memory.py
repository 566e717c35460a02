"""How much more memory a worker takes in a long build than in a short one."""

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from benchmarks.measuring import Ratio, tell
from benchmarks.workspaces import LOCALES, SLUG, cards
from careerprint.building.worker import Task
from careerprint.building.workers import Workers
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import has_errors
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader

SHORT, LONG = 50, 1000  # editions
BAR = 1.3
TOLD = 250  # editions between two lines of progress
_KB_PER_MB = 1024


def measure(folder: Path) -> list[Ratio]:
    """Return the ratio of the highest memory of any worker after both numbers of editions.

    One worker is at work at a time, and one takes over from another as in any build. Needs Linux,
    which tells a process's highest memory; elsewhere there is nothing to return.
    """
    if not Path("/proc/self/status").is_file():
        tell("  not measured: this system does not tell a process's highest memory")
        return []
    root = cards(folder / "memory", 1)
    peaks: list[float] = []
    with Workers(1) as workers:
        for result in workers.print(_tasks(root)):
            if result.printed is None or has_errors(result.diagnostics):
                raise RuntimeError(f"{result.key}: {result.diagnostics}")
            peaks.append(max([*peaks[-1:], *map(_peak, multiprocessing.active_children())]))
            if len(peaks) % TOLD == 0:
                tell(f"  {len(peaks)} of {LONG} printed")
    what = f"a worker's highest memory: {LONG:,} editions ÷ {SHORT}"
    return [Ratio(what, [peaks[-1]], [peaks[SHORT - 1]], BAR, unit="MB")]


def _tasks(root: Path) -> Iterator[Task[int]]:
    """Yield small jobs in all locales in turn, each with a title of its own."""
    jobs = [compose(Edition(SLUG, "card", locale), Reader(root)) for locale in LOCALES]
    for number, job in enumerate(islice(cycle(jobs), LONG), 1):
        titled = job.html.replace("</title>", f" {number}</title>")
        yield Task(number, replace(job, page=titled))


def _peak(process: multiprocessing.process.BaseProcess) -> float:
    """Return the most memory that a running process has had, in MB (proc(5), VmHWM)."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    except OSError:  # it has just ended
        return 0.0
    lines = (line.split() for line in status.splitlines())
    return next((int(words[1]) / _KB_PER_MB for words in lines if words[0] == "VmHWM:"), 0.0)
