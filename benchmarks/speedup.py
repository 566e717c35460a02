"""What a second worker brings to a build of all editions, and what the machine would allow."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import ENGLISH, Ratio, careerprint, environment, in_turn
from benchmarks.workspaces import EXAMPLE_EDITIONS

ROUNDS = 3
BAR = 1.8


def measure(root: Path, command: Sequence[str]) -> list[Ratio]:
    """Return how many times as fast two workers are as one.

    `root` is the example's workspace with everything printed. `command` are Python's arguments for
    something to run on each of two processors: what that gains is the most that could be had.
    """

    def build(jobs: int) -> float:
        counts = (EXAMPLE_EDITIONS, 0, 0)
        return careerprint(root, "build", "--force", "--jobs", f"{jobs}", counts=counts)

    found = in_turn(
        ROUNDS,
        {
            "one": lambda: build(1),
            "two": lambda: build(2),
            "after another": lambda: 2 * _seconds(command, 1),
            "at a time": lambda: _seconds(command, 2),
        },
    )
    what = f"all {EXAMPLE_EDITIONS} editions: one worker ÷ two"
    machine = "two `weasyprint` commands: one after the other ÷ at the same time"
    return [
        Ratio(what, found["one"], found["two"], BAR, at_least=True),
        Ratio(machine, found["after another"], found["at a time"]),
    ]


def _seconds(command: Sequence[str], count: int) -> float:
    """Return how long `count` processes take that do the same at the same time."""
    started = time.perf_counter()
    processes = [
        subprocess.Popen(
            [sys.executable, *command], env=environment(ENGLISH), stderr=subprocess.DEVNULL
        )
        for _ in range(count)
    ]
    for process in processes:
        process.wait()
    return time.perf_counter() - started
