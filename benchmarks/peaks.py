"""The most memory that processes have had, as Linux tells it (proc(5), VmHWM)."""

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


def highest(process: int | None = None) -> float:
    """Return the most memory that a process, or this one, has had, in MB; 0 if it has ended."""
    try:
        status = Path(f"/proc/{process or 'self'}/status").read_text("ascii", "replace")
    except OSError:
        return 0.0
    found = re.search(r"^VmHWM:\s*(\d+)", status, re.MULTILINE)
    return int(found[1]) / _KB_PER_MB if found else 0.0


def peak_of(command: Sequence[str], folder: Path) -> float:
    """Return the highest memory of a command's processes in MB, the highest of each added up.

    They are looked at often while they run, so the last moments of one may be missed. What they
    share counts for each.
    """
    running = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(ENGLISH),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    peaks: dict[int, float] = {}
    while running.poll() is None:
        for process in _session(running.pid):
            peaks[process] = max(peaks.get(process, 0.0), highest(process))
        time.sleep(_OFTEN)
    return sum(peaks.values())


def _session(leader: int) -> Iterator[int]:
    """Yield the processes of a session."""
    for process in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if os.getsid(int(process.name)) == leader:
                yield int(process.name)
