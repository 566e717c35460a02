"""Prints jobs in processes of their own, which keep fonts and style sheets warm between them.

A worker that dies or hangs, or takes more time or memory than its job may, costs this job and no
other. Workers end with the process that started them, however that ends.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, Self, TypeVar

from careerprint.building.memory import memory_bounded
from careerprint.building.printing import Printer
from careerprint.composing.job import Bundle, Job
from careerprint.core.bounds import too_much_memory, too_slow
from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Refused,
    error,
    has_errors,
    unexpected,
)
from careerprint.typesetting.copyfit import Setting
from careerprint.typesetting.engine import load_engine
from careerprint.typesetting.typeset import Typeset

KeyT = TypeVar("KeyT")
JOBS_PER_WORKER = 200  # then a new process takes over, since memory grows in long loops
OUT_OF_MEMORY = 70  # the exit code of a worker that has had no memory left for its job


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


class Printers(Protocol):
    """Prints tasks, and stays warm between calls; a context manager, which ends what it started."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *raised: object) -> None: ...

    def warm_up(self) -> None:
        """Load what printing takes while the first tasks are made, where that can be."""

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; a task is taken when there is room for it, and results come when ready.

        May raise PrintersLost.
        """
        ...


class PrintersLost(Exception):  # noqa: N818 - it reads as what happened
    """Nothing prints any more, for the reasons given, and what is not printed yet will not be."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(d.sentence(str) for d in self.diagnostics))


def printers_for(count: int | None) -> Printers:
    """Return what prints `count` tasks at a time: this process if that is one, else workers.

    None stands for as many as this process may use processors.
    """
    count = count or processors()
    return Workers(count) if count > 1 else InThisProcess()


def printed_apart(job: Job) -> bytes:
    """Return the PDF of a job, printed in a process of its own: a long one needs much memory.

    Raises Refused where it cannot be printed, or not rightly.
    """
    with Workers(1) as workers:
        (result,) = workers.print(iter([Task(job.name, job)]))
    if result.printed is None or has_errors(result.diagnostics):
        raise Refused(result.diagnostics)
    return result.printed.pdf


class InThisProcess:
    """Prints tasks in this process, one after the other; how long one takes is not bounded."""

    def __init__(self) -> None:
        self._printer = Printer()

    def __enter__(self) -> Self:
        self._printer.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._printer.__exit__(*raised)

    def warm_up(self) -> None:
        """Do nothing: this process makes the tasks too."""

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; results come in their order."""
        for task in tasks:
            started = time.monotonic()
            printed: Typeset | None = None
            try:
                with memory_bounded(task.job.bounds.edition_memory_mb):
                    printed, diagnostics = _attempt(task.job, self._printer, task.start)
            except MemoryError:
                self._begin_anew()
                diagnostics = _out_of_memory(task.job)
            yield Result(task.key, printed, diagnostics, time.monotonic() - started)

    def _begin_anew(self) -> None:
        """Forget what was kept warm: it may be half made."""
        self.__exit__()
        self._printer = Printer()
        self.__enter__()


class Workers:
    """Prints tasks in up to `count` processes, which are started when there is work for them.

    A task that takes more than its job's bounds allow, or whose worker dies, fails. Closing the
    iterator of results stops the workers that are at work.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._workers: list[_Worker[Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._end(self._workers.copy())

    def warm_up(self) -> None:
        """Start the first worker."""
        if not self._workers:
            self._workers.append(_Worker.started())

    def interrupt(self) -> None:
        """Stop what is being printed, which fails; to be called from another thread."""
        for worker in self._workers.copy():
            worker.process.kill()

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; results come as they are ready."""
        ahead = _Ahead(tasks)
        try:
            while True:
                self._give_out(ahead)
                at_work = [w for w in self._workers if w.task is not None]
                if not at_work:
                    return
                if not wait([w.connection for w in at_work], 0):
                    ahead.fetch()
                wait([w.connection for w in at_work], _shortest_wait(at_work))
                for worker in at_work:
                    result = worker.result()
                    if result is not None:
                        if not worker.can_go_on:  # another takes its place, if there is work for it
                            self._end([worker])
                        yield result
        finally:
            self._end([w for w in self._workers if w.task is not None])

    def _give_out(self, tasks: Iterator[Task[KeyT]]) -> None:
        """Give each worker without work a task, and start those that are wanting."""
        self._end([w for w in self._workers if w.task is None and not w.process.is_alive()])
        while True:
            idle = next((w for w in self._workers if w.task is None), None)
            if idle is None and len(self._workers) == self._count:
                return
            task = next(tasks, None)
            if task is None:
                return
            if idle is None:
                idle = _Worker.started()
                self._workers.append(idle)
            idle.give(task)

    def _end(self, workers: "Iterable[_Worker[Any]]") -> None:
        for worker in workers:
            worker.stop()
            self._workers.remove(worker)


class _Ahead(Generic[KeyT]):
    """An iterator of tasks that can make the next one before it is asked for: in idle time."""

    def __init__(self, tasks: Iterator[Task[KeyT]]) -> None:
        self._tasks = tasks
        self._fetched: Task[KeyT] | None = None

    def fetch(self) -> None:
        """Make the next task, if that is not done yet."""
        if self._fetched is None:
            self._fetched = next(self._tasks, None)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Task[KeyT]:
        self.fetch()
        task, self._fetched = self._fetched, None
        if task is None:
            raise StopIteration
        return task


@dataclass(slots=True)
class _Worker(Generic[KeyT]):
    """A process that prints, this end of the pipe to it, and what it is at."""

    process: BaseProcess
    connection: Connection
    task: Task[KeyT] | None = None
    ends: float = 0.0  # when the task has taken too long
    begun: float = 0.0
    jobs: int = 0
    broken: bool = False
    sent: set[str] = field(default_factory=set)

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
        self.ends = self.begun + task.job.bounds.edition_seconds
        self.jobs += 1
        digests, files = task.job.bundle.digests, task.job.bundle
        fresh = {d: files[name] for name, d in digests.items() if d not in self.sent}
        self.sent |= fresh.keys()
        with suppress(OSError):  # it has died: its end of the pipe says so
            self.connection.send((replace(task.job, bundle=Bundle()), digests, fresh, task.start))

    def result(self) -> Result[KeyT] | None:
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
                diagnostics = _died(task.job, self.process.exitcode)
        elif time.monotonic() > self.ends:
            self.broken = True
            diagnostics = too_slow(task.job.name, task.job.bounds.edition_seconds).diagnostics
        else:
            return None
        self.task = None
        return Result(task.key, printed, diagnostics, seconds)

    def stop(self) -> None:
        """End the process: at once if it is at work or never was, else by hanging up."""
        if self.task is not None or self.broken or not self.jobs:
            self.process.kill()
        self.connection.close()
        self.process.join()


def _shortest_wait(workers: "list[_Worker[KeyT]]") -> float:
    """Return the seconds until the first of the workers has taken too long."""
    return max(min(w.ends for w in workers) - time.monotonic(), 0) + 0.01


def _work(connection: Connection) -> None:
    """Print what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    files: dict[str, bytes] = {}
    bundles: dict[tuple[tuple[str, str], ...], Bundle] = {}
    with suppress(Refused):  # whoever gets a task will be told
        load_engine()
    with Printer() as printer, suppress(EOFError, OSError):  # its owner is gone
        while True:
            job, digests, fresh, start = connection.recv()
            files |= fresh
            bundle = bundles.setdefault(
                tuple(digests.items()), Bundle({name: files[d] for name, d in digests.items()})
            )
            try:
                with memory_bounded(job.bounds.edition_memory_mb):
                    result = _attempt(replace(job, bundle=bundle), printer, start)
            except MemoryError:  # what was kept warm may be half made: another worker goes on
                sys.exit(OUT_OF_MEMORY)
            connection.send(result)


def _attempt(
    job: Job, printer: Printer, start: Setting | None
) -> tuple[Typeset | None, tuple[Diagnostic, ...]]:
    """Return a print with what was found in it, or none and why; raises MemoryError."""
    try:
        printed = printer.print(job, start)
    except Refused as refused:
        return None, refused.diagnostics
    except MemoryError:
        raise
    except RecursionError:
        return None, (_too_deep(job),)
    except Exception as failure:  # a fault of careerprint's own must not stop the others
        return None, (unexpected(job.name, failure),)
    return printed, printed.diagnostics


def _died(job: Job, exit_code: int | None) -> tuple[Diagnostic, ...]:
    if exit_code == OUT_OF_MEMORY:
        return _out_of_memory(job)
    fault = error(
        Location(job.name),
        N_("The process that printed this has ended (exit code {code})."),
        N_(
            "Build again; if it happens again, look for free memory, try --jobs 1, or raise "
            "“{entry}” below [bounds] in careerprint.toml."
        ),
        code="–" if exit_code is None else exit_code,
        entry="edition_memory_mb",
    )
    return (fault,)


def _out_of_memory(job: Job) -> tuple[Diagnostic, ...]:
    return too_much_memory(job.name, job.bounds.edition_memory_mb).diagnostics


def _too_deep(job: Job) -> Diagnostic:
    return error(
        Location(job.name),
        N_("The elements of this document are nested too deeply."),
        N_("Correct the layout's template: hardly any page needs more than twenty levels."),
    )
