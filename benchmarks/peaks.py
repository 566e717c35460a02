"""The most memory that processes have had, as Linux tells it (proc(5))."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.measuring import ENGLISH, environment

_KB_PER_MB = 1024
_OFTEN = 0.02  # seconds between two looks


def is_told() -> bool:
    """Tell whether this system says how much memory a process has had."""
    return Path("/proc/self/status").is_file()


def highest() -> float:
    """Return the most memory that this process has had (VmHWM), in MB."""
    return _megabytes("self/status", "VmHWM")


def peak_of(command: Sequence[str], folder: Path) -> float:
    """Return the most memory that a command's processes have had at a time, in MB.

    They are looked at often while they run. What several share is divided among them (Pss).
    """
    running = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(ENGLISH),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    peak = 0.0
    while running.poll() is None:
        now = sum(_megabytes(f"{p}/smaps_rollup", "Pss") for p in _session(running.pid))
        peak = max(peak, now)
        time.sleep(_OFTEN)
    return peak


def _session(leader: int) -> Iterator[int]:
    """Yield the processes of a session."""
    for process in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if os.getsid(int(process.name)) == leader:
                yield int(process.name)


def _megabytes(file: str, name: str) -> float:
    """Return a number of kB in a file below /proc, in MB; 0 where the process has ended."""
    try:
        told = (Path("/proc") / file).read_text("ascii", "replace")
    except OSError:
        return 0.0
    found = re.search(rf"^{name}:\s*(\d+)", told, re.MULTILINE)
    return int(found[1]) / _KB_PER_MB if found else 0.0
