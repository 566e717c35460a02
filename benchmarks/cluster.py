"""What a cluster costs: the same editions printed by its worker and by processes of our own."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.measuring import ENGLISH, Ratio, environment, in_turn, tell
from benchmarks.workspaces import SLUG, cards, example
from careerprint.building.cluster import Cluster
from careerprint.building.worker import Task
from careerprint.building.workers import Printers, Workers
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader

PROCESSES = 2  # that print at a time, on both sides
ROUNDS = 3
LOCALES = ("de", "en", "tr", "pl", "fr")
PORT = 18786


def measure(folder: Path) -> list[Ratio]:
    """Return how much longer an edition takes on a cluster, small pages and flyers, all warm."""
    roots = {"card": cards(folder / "cluster-cards", 1), "flyer": example(folder / "cluster")}
    ratios = []
    with ExitStack() as stack:
        address = stack.enter_context(_cluster(folder / "dask"))
        here = stack.enter_context(Workers(PROCESSES))
        there = stack.enter_context(Cluster(address))
        for layout, count in (("card", 100), ("flyer", 10)):
            jobs = [compose(Edition(SLUG, layout, t), Reader(roots[layout])) for t in LOCALES]
            tasks = [Task(number, jobs[number % len(jobs)]) for number in range(count)]
            for printers in (here, there):
                _milliseconds(printers, tasks[:10])
            found = in_turn(
                ROUNDS,
                {
                    "here": lambda tasks=tasks: _milliseconds(here, tasks),  # type: ignore[misc]
                    "there": lambda tasks=tasks: _milliseconds(there, tasks),  # type: ignore[misc]
                },
            )
            what = f"a {layout}: cluster of {PROCESSES} threads ÷ {PROCESSES} processes"
            ratios.append(Ratio(what, found["there"], found["here"], unit="ms"))
            pdfs = [len(r.printed.pdf) for r in here.print(iter(tasks[:5])) if r.printed]
            tell(f"        a PDF has {statistics.mean(pdfs):.0f} bytes")
    return ratios


def _milliseconds(printers: Printers, tasks: list[Task[int]]) -> float:
    """Return how many ms an edition takes when all of these are printed."""
    started = time.perf_counter()
    printed = sum(result.printed is not None for result in printers.print(iter(tasks)))
    if printed != len(tasks):
        raise RuntimeError(f"{len(tasks) - printed} of {len(tasks)} were not printed")
    return 1000 * (time.perf_counter() - started) / len(tasks)


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """Run a scheduler and a worker, and give the address."""
    folder.mkdir()
    address = f"tcp://127.0.0.1:{PORT}"
    commands = [
        ["scheduler", "--port", f"{PORT}", "--host", "127.0.0.1"],
        ["worker", address, "--nthreads", f"{PROCESSES}", "--no-nanny", "--host", "127.0.0.1"],
    ]
    sources = os.pathsep.join(filter(None, sys.path))
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command, "--no-dashboard"],
            cwd=folder,
            env={**environment(ENGLISH), "PYTHONPATH": sources},
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    time.sleep(2)  # dask's own patience with a scheduler that is not there yet is short
    try:
        yield address.replace("tcp:", "dask:")
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()
