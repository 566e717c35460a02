"""The most memory that processes have had, as Linux tells it (proc(5))."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.measuring import ENGLISH, environment, run

_KB_PER_MB = 1024
_OFTEN = 0.02  # seconds between two looks
# Runs a module (-m) or a program (-c), and tells at its end the most memory that it has had.
_TELLING = """
import atexit, re, runpy, sys
from pathlib import Path

@atexit.register
def tell():
    print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])

_, kind, what, *sys.argv[1:] = sys.argv
if kind == "-m":
    runpy.run_module(what, run_name="__main__", alter_sys=True)
else:
    exec(what)
"""


def is_told() -> bool:
    """Tell whether this system says how much memory a process has had."""
    return Path("/proc/self/status").is_file()


def highest() -> float:
    """Return the most memory that this process has had (VmHWM), in MB."""
    return _megabytes("self/status", "VmHWM")


def peak_of_python(arguments: Sequence[str], folder: Path) -> float:
    """Return the most memory that Python has had with these arguments, in MB."""
    _, output = run("-c", _TELLING, *arguments, folder=folder)
    return int(output.split()[-1]) / _KB_PER_MB


def peaks_of(command: Sequence[str], folder: Path) -> float:
    """Return the most memory that each of a command's processes has had, added up, in MB.

    They are looked at often while they run. What several share counts for each.
    """
    running = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(ENGLISH),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    peaks = {running.pid: 0.0}
    while running.poll() is None:
        for process in _session(running.pid):
            now = _megabytes(f"{process}/status", "VmHWM")
            peaks[process] = max(peaks.get(process, 0.0), now)
        time.sleep(_OFTEN)
    return sum(peaks.values())


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
