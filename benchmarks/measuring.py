"""What the benchmarks share: processes with their seconds, rounds, ratios and the table of them."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WEASYPRINT_IMPORT = ("-c", "import weasyprint")
ENGLISH, GERMAN = "C.UTF-8", "de_DE.UTF-8"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of two medians, and what is asked of it.

    `above` and `below` are the measures by round, in the same `unit`. `bar` is the highest value
    that is promised (the lowest, if it is `at_least` that); None for a ratio that only explains.
    """

    what: str
    above: Sequence[float]
    below: Sequence[float]
    bar: float | None = None
    at_least: bool = False
    unit: str = "s"

    @property
    def value(self) -> float:
        """The ratio of the medians."""
        return statistics.median(self.above) / statistics.median(self.below)

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest ratio of a round."""
        ratios = [a / b for a, b in zip(self.above, self.below, strict=True)]
        return min(ratios), max(ratios)

    @property
    def holds(self) -> bool | None:
        """Whether the promise is kept; None where there is none."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def table(ratios: Sequence[Ratio]) -> str:
    """Return ratios as a Markdown table, which reads well on a terminal too."""
    heads = ("ratio", "value", "rounds", "from–to", "medians", "bar", "")
    rows = [heads, *map(_row, ratios)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _row(ratio: Ratio) -> tuple[str, ...]:
    low, high = ratio.range
    above, below = statistics.median(ratio.above), statistics.median(ratio.below)
    sign = "≥" if ratio.at_least else "≤"
    return (
        ratio.what,
        _figure(ratio.value),
        f"{len(ratio.above)}",
        f"{_figure(low)}–{_figure(high)}" if len(ratio.above) > 1 else "",
        f"{_measure(above)} ÷ {_measure(below)} {ratio.unit}",
        "" if ratio.bar is None else f"{sign} {ratio.bar:.3g}",
        {True: "holds", False: "misses", None: ""}[ratio.holds],
    )


def _figure(value: float) -> str:
    """Return a ratio with as many digits as say something."""
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"  # noqa: PLR2004 - by eye


def _measure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits


def in_turn(rounds: int, measures: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Return what each measure comes to in each round; all of a round follow one another."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            found[name].append(measure())
    return found


def run(*arguments: str, folder: Path | None = None, language: str = ENGLISH) -> tuple[float, str]:
    """Run Python with these arguments; return how many seconds it took, and its output.

    Raises RuntimeError where it fails: nothing that fails is worth measuring.
    """
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(language),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
    return seconds, done.stdout


def careerprint(
    folder: Path, *arguments: str, counts: Sequence[int], language: str = ENGLISH
) -> float:
    """Return the seconds of a build whose last line must tell these `counts`.

    They are the numbers of editions printed, unchanged and failed.
    """
    seconds, output = run("-m", "careerprint", *arguments, folder=folder, language=language)
    last = output.strip().rpartition("\n")[2]
    told = [int(word) for word in last.split() if word.isdigit()]
    if told != list(counts):
        raise RuntimeError(f"{' '.join(arguments)}: {last}")
    return seconds


def environment(language: str) -> dict[str, str]:
    """Return the environment of a process that speaks a language.

    Python keeps what it has compiled, as it does for users: nothing is compiled in each round.
    """
    left_out = {"LC_ALL", "LC_MESSAGES", "LANG", "PYTHONDONTWRITEBYTECODE"}
    return {**{k: v for k, v in os.environ.items() if k not in left_out}, "LANG": language}


def tell(progress: str) -> None:
    """Say how far the measuring is; the table alone goes to standard output."""
    print(progress, file=sys.stderr, flush=True)
