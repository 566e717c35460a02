"""A cluster for tests: a real scheduler and real workers, each a process in a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import careerprint

SOURCES = Path(careerprint.__file__).parents[1]
# Notes down each file of `HIDDEN` that a process opens, and each folder there that it lists.
WATCHING = """\
import os, sys

hidden, told = os.environ["HIDDEN"], os.environ["TOLD"]

def audited(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and hidden in str(arguments[0]):
        with os.fdopen(os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "w") as file:
            file.write(f"{event} {arguments[0]}\\n")

sys.addaudithook(audited)
"""


class Cluster:
    """A scheduler and workers, on this machine. They share no folder, and read none of `hidden`."""

    def __init__(self, folder: Path, hidden: Path, workers: int = 2) -> None:
        self.folder = folder
        self.hidden = hidden
        self.workers: list[subprocess.Popen[bytes]] = []
        self.all: list[subprocess.Popen[bytes]] = []
        self._names: list[str] = []  # of the workers that are there
        self._gone = 0
        without = self._package("without", "careerprint/__init__.py", "")
        # A scheduler needs no careerprint: it finds an empty package by that name.
        self.scheduler = self._start(
            "scheduler", without, "--port", "0", "--scheduler-file", "scheduler.json"
        )
        file = folder / "scheduler" / "scheduler.json"
        # The scheduler opens the file before it writes.
        wait_until(lambda: file.exists() and file.read_text("utf-8").endswith("}"))
        address = json.loads(file.read_text("utf-8"))["address"]
        self.address = address.replace("tcp://", "dask://")
        for _ in range(workers):
            self.add_worker()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for process in reversed(self.all):
            process.kill()
            process.wait()

    def add_worker(self, *options: str, before: Path | None = None) -> "subprocess.Popen[bytes]":
        """Start a worker; it finds packages in the folder `before` in the first place."""
        path = self._package("watching", "sitecustomize.py", WATCHING)
        name = f"worker-{len(self.all)}"
        scheduler = self.address.replace("dask://", "tcp://")
        worker = self._start(
            name,
            Path(os.pathsep.join(map(str, filter(None, (before, path, SOURCES))))),
            *(scheduler, "--name", name, "--nthreads", "1", *(options or ("--no-nanny",))),
        )
        self.workers.append(worker)
        self._names.append(name)
        return worker

    def has_workers(self, count: int) -> None:
        """Wait until so many of the workers that are there are known to the scheduler."""
        logs = [self.folder / worker / "log" for worker in self._names]
        wait_until(lambda: sum("Registered to" in log.read_text("utf-8") for log in logs) == count)

    def end_workers(self) -> None:
        """Kill all workers, and wait until the scheduler knows that they are gone."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self._gone += len(self.workers)
        self.workers.clear()
        self._names.clear()
        log = self.folder / "scheduler" / "log"
        wait_until(lambda: log.read_text("utf-8").count("Remove worker") >= self._gone)

    def without_careerprint(self) -> Path:
        """Return where Python finds an empty package in careerprint's place."""
        return self.folder / "packages" / "without"

    def with_version(self, name: str, version: str) -> Path:
        """Return where Python finds a package to be installed in another version."""
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        return self._package("other", f"{name}-{version}.dist-info/METADATA", metadata)

    def opened(self) -> str:
        """Return what the workers have opened of what they cannot have, a line each."""
        return "".join(f.read_text("utf-8") for f in self.folder.glob("*/told"))

    def log(self) -> str:
        """Return what scheduler and workers have said."""
        return "".join(f.read_text("utf-8") for f in self.folder.glob("*/log"))

    def _package(self, name: str, file: str, content: str) -> Path:
        path = self.folder / "packages" / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return self.folder / "packages" / name

    def _start(self, name: str, path: Path, *arguments: str) -> "subprocess.Popen[bytes]":
        folder = self.folder / name
        folder.mkdir(parents=True)
        kind = "scheduler" if name == "scheduler" else "worker"
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "dask",
                    kind,
                    "--host",
                    "127.0.0.1",
                    "--no-dashboard",
                    *arguments,
                ],
                cwd=folder,
                env={
                    "PATH": os.environ["PATH"],
                    "LANG": "C.UTF-8",
                    "PYTHONPATH": str(path),
                    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",  # it is never idle
                    "HIDDEN": str(self.hidden),
                    "TOLD": str(folder / "told"),
                    **dict.fromkeys(("HOME", "TMPDIR"), str(folder)),
                },
                stdout=log,
                stderr=log,
            )
        self.all.append(process)
        return process


def wait_until(happened: Callable[[], object], seconds: float = 120) -> None:
    """Wait until something is so; that it never is fails the test."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


def children(process: "subprocess.Popen[bytes]") -> list[int]:
    """Return the processes that print for a worker."""
    found = Path(f"/proc/{process.pid}/task").glob("*/children")
    pids = [int(pid) for file in found for pid in file.read_text("utf-8").split()]
    return [p for p in pids if b"spawn_main" in Path(f"/proc/{p}/cmdline").read_bytes()]


def stop(pid: int) -> None:
    """Make a process stand still."""
    os.kill(pid, signal.SIGSTOP)
