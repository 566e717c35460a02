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


# Prints documents one after the other, each from its own style sheets, which are named before it.
_NAIVE = """
import sys, weasyprint
styles = []
for argument in sys.argv[1:]:
    if argument.startswith("--stylesheet="):
        styles.append(argument.partition("=")[2])
    elif argument.endswith(".html"):
        document = weasyprint.HTML(filename=argument)
    else:
        document.write_pdf(argument, stylesheets=styles, pdf_variant="pdf/ua-1")
        styles = []
"""


def measure(root: Path, commands: Sequence[Sequence[str]]) -> list[Ratio]:
    """Return how many times as fast two workers are as one.

    `root` is the example's workspace with everything printed. `commands` are Python's arguments
    that print each edition with WeasyPrint. The first is run on each of two processors: what that
    gains is the most that could be had. Then one process prints all of them.
    """
    command = commands[0]
    naive = [part for each in commands for part in each[3:]]  # without what names the command

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
            "naive": lambda: _seconds(["-c", _NAIVE, *naive], 1),
        },
    )
    what = f"all {EXAMPLE_EDITIONS} editions: one worker ÷ two"
    two = f"all {EXAMPLE_EDITIONS} editions, two workers"
    machine = "two `weasyprint` commands: one after the other ÷ at the same time"
    return [
        Ratio(what, found["one"], found["two"], BAR, at_least=True),
        Ratio(machine, found["after another"], found["at a time"]),
        Ratio(f"{two} ÷ WeasyPrint in one process, naive", found["two"], found["naive"]),
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
