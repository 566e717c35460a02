"""Measures what is asked for, in one run, and prints the table of it.

Each ratio is one of medians over rounds in which both sides are measured in turn, so that what else
the machine does falls on both. A promise that is missed is said so; it is no error.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    batch,
    cluster,
    desk,
    flyer,
    growth,
    memory,
    oneedit,
    peers,
    preview,
    speedup,
    start,
    unchanged,
    watch,
)
from benchmarks.measuring import Ratio, table, tell
from benchmarks.workspaces import example
from careerprint.api import Workspace
from careerprint.building.workers import processors
from careerprint.composing.compose import compose
from careerprint.core.edition import Selection
from careerprint.core.reader import Reader


def main() -> None:
    """Measure what is named, or everything."""
    with tempfile.TemporaryDirectory(prefix="careerprint-bench-") as temporary:
        folder = Path(temporary)
        arguments = argparse.Namespace(
            rows=batch.ROWS, most=growth.MOST
        )  # what is given stands there, once parsed
        measures = _measures(folder, arguments)
        parser = argparse.ArgumentParser(
            prog="python -m benchmarks", description=__doc__.partition("\n")[0]
        )
        parser.add_argument("names", metavar="NAME", nargs="*", help=", ".join(measures))
        parser.add_argument(
            "--rows",
            type=int,
            help=f"how many fairs `batch` and `one-edit` print for (default: {batch.ROWS})",
        )
        parser.add_argument(
            "--most",
            type=int,
            metavar="N",
            help=f"how many editions `growth` prints at most (default: {growth.MOST})",
        )
        parser.parse_args(namespace=arguments)
        names = arguments.names or list(measures)
        if unknown := set(names) - set(measures):
            parser.error(f"{min(unknown)}: one of {', '.join(measures)}")
        print(_machine(), end="\n\n", flush=True)
        started = time.monotonic()
        ratios: list[Ratio] = []
        for name in names:
            tell(f"{time.monotonic() - started:4.0f} s  {name}")
            found = measures[name]()
            for ratio in found:
                tell(f"        {ratio.value:.3f}  {ratio.what}")
            ratios += found
        tell(f"{time.monotonic() - started:4.0f} s  done{_load()}\n")
    print(table(ratios))


def _measures(folder: Path, arguments: argparse.Namespace) -> dict[str, Callable[[], list[Ratio]]]:
    """Return what can be measured, by name, in the order of the table."""
    root, sources = folder / "example", folder / "weasyprint"

    def made() -> Path:
        return root if root.is_dir() else example(root)

    def speed() -> list[Ratio]:
        editions = Workspace(made()).editions(Selection())
        jobs = (compose(edition, Reader(root)) for edition in editions)
        commands = [
            flyer.weasyprint_command(job, sources / f"speedup-{number}")
            for number, job in enumerate(jobs)
        ]
        return speedup.measure(root, commands)

    return {
        "start": start.measure,
        "unchanged": lambda: unchanged.measure(folder),
        "flyer": lambda: flyer.measure(made(), sources),
        "watch": lambda: watch.measure(made()),
        "preview": lambda: preview.measure(made()),
        "desk": lambda: desk.measure(example(folder / "desk")),
        "speedup": speed,
        "memory": lambda: memory.measure(folder),
        "batch": lambda: batch.measure(folder, arguments.rows),
        "one-edit": lambda: oneedit.measure(folder, arguments.rows),
        "peers": lambda: peers.measure(folder / "peers"),
        "growth": lambda: growth.measure(folder / "growth", arguments.most),
        "cluster": lambda: cluster.measure(folder),
    }


def _machine() -> str:
    """Return in a line what is measured on."""
    return (
        f"{processors()} processors, {platform.system()}, Python {platform.python_version()}, "
        f"WeasyPrint {version('weasyprint')}{_load()}"
    )


def _load() -> str:
    """Return how busy the machine has been in the last minute, where the system tells."""
    return f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
