"""`python -m tests.fuzzing [TARGET …] --minutes N`: fuzzes readers, and says what was found."""

import argparse
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .findings import kept
from .targets import TARGETS

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
# libFuzzer's own: seconds for one input by the clock, in C or Python, after which the process ends
# (what takes more than two of the processor is found before); megabytes that it may fill.
_HANG, _MEMORY = 20, 3072

# Bytes of an input; a text of 2304 has room for everything that a reader knows.
LONGEST = {"xlsx": 12_288, "ods": 8_192, "word": 8_192, "pdf": 16_384, "record": 16_384}


@dataclass(frozen=True, slots=True)
class Result:
    """How a target did: inputs made, and the kinds of what was found, each with its smallest input."""

    target: str
    runs: int
    found: tuple[Path, ...]


def main() -> int:
    """Run the targets that are asked for; returns how many kinds of findings there are, at most 1."""
    asked = _arguments()
    names = asked.targets or list(TARGETS)
    seconds = asked.minutes * 60 * min(AT_ONCE, len(names)) / len(names) if asked.minutes else 0
    with ThreadPoolExecutor(AT_ONCE if len(names) > 1 and not asked.runs else 1) as pool:
        results = list(pool.map(lambda n: _fuzz(n, asked, seconds), names))
    return 1 if any(result.found for result in results) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=0, help="for all targets together")
    parser.add_argument("--runs", type=int, default=0, help="inputs for each target")
    parser.add_argument("--blind", action="store_true", help="without atheris: faster, less deep")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / ".fuzz", help="what is found goes here"
    )
    asked = parser.parse_args()
    if unknown := set(asked.targets) - TARGETS.keys():
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if not asked.minutes and not asked.runs:
        parser.error("how long? --minutes N or --runs N")
    return asked


def _fuzz(target: str, asked: argparse.Namespace, seconds: float) -> Result:
    """Run a target until its time is over or its inputs are made, however often it ends before."""
    folder, wanted = asked.folder / target, asked.runs
    for name in ("corpus", "findings"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    end, runs = time.monotonic() + seconds, 0
    log = folder / "log"
    while True:
        left = round(end - time.monotonic()) if seconds else 0
        if (seconds and left <= 0) or (wanted and runs >= wanted):
            break
        left_to_make = wanted - runs if wanted else 0
        command = (
            ["blind", target, str(folder), str(left_to_make), str(left)]
            if asked.blind
            else ["child", target, str(folder), *_options(target, folder, left_to_make, left)]
        )
        with log.open("wb") as file:
            run = [sys.executable, "-m", f"{__package__}.{command[0]}", *command[1:]]
            subprocess.run(run, cwd=ROOT, stdout=file, stderr=file, check=False)
        made = _made(log.read_text("utf-8", "replace"))
        runs += made
        if not made:  # it does not even start
            print(f"{target}: see {log}", file=sys.stderr)
            break
    found = kept(folder)
    lines = [f"{target:14} {runs:9} inputs  {len(found)} findings", *(f"    {f}" for f in found)]
    print("\n".join(lines), flush=True)
    return Result(target, runs, found)


def _made(log: str) -> int:
    """Return how many inputs a run has made, by what libFuzzer says at its end or on the way."""
    final = re.search(r"number_of_executed_units: (\d+)", log)
    counts = [int(count) for count in re.findall(r"^#(\d+)", log, re.MULTILINE)]
    return int(final[1]) if final else max(counts, default=0)


def _options(target: str, folder: Path, wanted: int, seconds: int) -> list[str]:
    """Return what libFuzzer is told."""
    return [
        *(f"-timeout={_HANG}", f"-rss_limit_mb={_MEMORY}", "-mutate_depth=3"),
        *(f"-max_len={LONGEST.get(target, 2304)}", "-print_final_stats=1"),
        f"-artifact_prefix={folder / 'findings'}/",
        *([f"-max_total_time={seconds}"] if seconds else []),
        *([f"-runs={wanted}"] if wanted else []),
    ]


if __name__ == "__main__":
    sys.exit(main())
