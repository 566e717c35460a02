"""Prints jobs in processes of their own, which keep fonts and style sheets warm between them.

A worker that dies or hangs costs its own job and no other. Workers end with the process that
started them, however that ends.
"""

import hashlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, Self, TypeVar

from careerprint.copyfit import Setting
from careerprint.diagnostics import N_, Diagnostic, Location, Refused, error, unexpected
from careerprint.job import Job
from careerprint.printing import print_job
from careerprint.typeset import Typeset, Typesetter

KeyT = TypeVar("KeyT")
JOBS_PER_WORKER = 200  # then a new process takes over, since memory grows in long loops
LONGEST = 300.0  # seconds that a job may take; the slowest known takes five


@dataclass(frozen=True, slots=True)
class Task(Generic[KeyT]):
    """A job to print, the setting to look at first, and a key to know the result by."""

    key: KeyT
    job: Job
    start: Setting | None = None


@dataclass(frozen=True, slots=True)
class Result(Generic[KeyT]):
    """What became of a task: a print, or why there is none."""

    key: KeyT
    printed: Typeset | None
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def print_here(tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
    """Print tasks in this process, one after the other."""
    with Typesetter() as typesetter:
        for task in tasks:
            started = time.monotonic()
            printed, diagnostics = _attempt(task.job, typesetter, task.start)
            yield Result(task.key, printed, diagnostics, time.monotonic() - started)


def print_in_workers(
    tasks: Iterator[Task[KeyT]], count: int, longest: float = LONGEST
) -> Generator[Result[KeyT]]:
    """Print tasks in `count` processes; results come as they are ready.

    The next task is taken when a worker is free. One that takes more than `longest` seconds, or
    whose worker dies, fails. Closing the iterator stops all workers at once.
    """
    workers: list[_Worker[KeyT]] = []
    try:
        while True:
            while len(workers) < count and (task := next(tasks, None)) is not None:
                workers.append(_Worker.started())
                workers[-1].give(task)
            for worker in [w for w in workers if w.task is None]:
                task = next(tasks, None)
                if task is None:
                    worker.stop()
                    workers.remove(worker)
                else:
                    worker.give(task)
            if not workers:
                return
            wait([w.connection for w in workers], timeout=_shortest_wait(workers, longest))
            for worker in workers.copy():
                result = worker.result(longest)
                if result is not None:
                    if not worker.can_go_on:  # another takes its place, if there is work for it
                        worker.stop()
                        workers.remove(worker)
                    yield result
    finally:
        for worker in workers:
            worker.stop()


@dataclass(slots=True)
class _Worker(Generic[KeyT]):
    """A process that prints, this end of the pipe to it, and what it is at."""

    process: BaseProcess
    connection: Connection
    task: Task[KeyT] | None = None
    begun: float = 0.0
    jobs: int = 0
    broken: bool = False
    sent: set[bytes] = field(default_factory=set)

    @classmethod
    def started(cls) -> Self:
        """Start a process. It is spawned: a copy of this one would share its open files."""
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there,), daemon=True)
        process.start()
        there.close()
        return cls(process, here)

    @property
    def can_go_on(self) -> bool:
        return not self.broken and self.jobs < JOBS_PER_WORKER

    def give(self, task: Task[KeyT]) -> None:
        """Send a task; of its files, those that the worker does not have yet."""
        self.task, self.begun = task, time.monotonic()
        self.jobs += 1
        digests = {n: hashlib.sha256(data).digest() for n, data in task.job.bundle.items()}
        files = {digests[n]: data for n, data in task.job.bundle.items()}
        fresh = {digest: data for digest, data in files.items() if digest not in self.sent}
        self.sent |= fresh.keys()
        with suppress(OSError):  # it has died: its end of the pipe says so
            self.connection.send((replace(task.job, bundle=digests), fresh, task.start))

    def result(self, longest: float) -> Result[KeyT] | None:
        """Return what became of the task, None while it is being printed."""
        if self.task is None:
            return None
        task, seconds = self.task, time.monotonic() - self.begun
        printed: Typeset | None = None
        if self.connection.poll():
            try:
                printed, diagnostics = self.connection.recv()
            except (EOFError, OSError):
                self.broken = True
                self.process.join(1)
                diagnostics = (_died(task.job, self.process.exitcode),)
        elif seconds > longest:
            self.broken = True
            diagnostics = (_too_slow(task.job, longest),)
        else:
            return None
        self.task = None
        return Result(task.key, printed, diagnostics, seconds)

    def stop(self) -> None:
        """End the process: at once if it is at work, else by hanging up."""
        if self.task is not None or self.broken:
            self.process.kill()
        self.connection.close()
        self.process.join()


def _shortest_wait(workers: "list[_Worker[KeyT]]", longest: float) -> float:
    """Return the seconds until the first of the workers has taken too long."""
    return max(min(w.begun for w in workers) + longest - time.monotonic(), 0) + 0.01


def _work(connection: Connection) -> None:
    """Print what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    files: dict[bytes, bytes] = {}
    with Typesetter() as typesetter, suppress(EOFError, OSError):  # its owner is gone
        while True:
            job, fresh, start = connection.recv()
            files |= fresh
            whole = replace(job, bundle={name: files[d] for name, d in job.bundle.items()})
            connection.send(_attempt(whole, typesetter, start))


def _attempt(
    job: Job, typesetter: Typesetter, start: Setting | None
) -> tuple[Typeset | None, tuple[Diagnostic, ...]]:
    """Return a print with what was found in it, or none and why."""
    try:
        printed = print_job(job, typesetter, start)
    except Refused as refused:
        return None, refused.diagnostics
    except Exception as failure:  # a fault of careerprint's own must not stop the others
        return None, (unexpected(job.name, failure),)
    return printed, printed.diagnostics


def _died(job: Job, exit_code: int | None) -> Diagnostic:
    return error(
        Location(job.name),
        N_("The process that printed this has ended (exit code {code})."),
        N_("Build again; if it happens again, look for free memory, or try --jobs 1."),
        code="–" if exit_code is None else exit_code,
    )


def _too_slow(job: Job, longest: float) -> Diagnostic:
    return error(
        Location(job.name),
        N_("Printing this took more than {seconds} seconds and was stopped."),
        N_("Look for very large pictures or tables in it."),
        seconds=round(longest),
    )
