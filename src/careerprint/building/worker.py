"""A process that prints: what is given to it, and what comes back.

The process keeps fonts, style sheets and forms warm between jobs. If it fails, only the job that it
is at fails. Nothing that prints is loaded here, so the process begins at once.
"""

import multiprocessing
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import current_thread, main_thread
from types import ModuleType
from typing import TYPE_CHECKING, Generic, NamedTuple, Self, TypeVar

from careerprint.building.memory import OUT_OF_MEMORY
from careerprint.core.bounds import beyond
from careerprint.core.diagnostics import N_, Diagnostic, error
from careerprint.core.edition import Look

if TYPE_CHECKING:
    from careerprint.composing.job import Filling, Job
    from careerprint.typesetting.typeset import Typeset

KeyT = TypeVar("KeyT")
# Then a new process takes over, since memory grows in long loops; what is filled in is no layout.
LAYOUTS_PER_WORKER, LAYOUTS_OF_FILLED = 200, 0.1


class Order(NamedTuple):
    """A job on its way to a worker: whole, or what it has beside the form of a digest.

    Then `job` is the form, if the worker does not have that yet. `digests` are the job's files by
    name, `files` those that the worker does not have yet, by digest.
    """

    job: "Job | None"
    filling: "Filling | None"
    form: str
    digests: Mapping[str, str]
    files: Mapping[str, bytes]
    known: Look | None


@dataclass(frozen=True, slots=True)
class Task(Generic[KeyT]):
    """A job to print, how it or its form was set before, and a key to know the result by."""

    key: KeyT
    job: "Job"
    known: Look | None = None

    def without(self, sent: set[str]) -> "tuple[Job, Mapping[str, str], dict[str, bytes]]":
        """Return the job for a worker, its files by name as digests, and those not `sent` yet.

        What only this side makes use of is left out. `sent` is brought up to date.
        """
        digests, files = self.job.bundle.digests, self.job.bundle
        fresh = {d: files[name] for name, d in digests.items() if d not in sent}
        sent.update(fresh)
        job = self.job.with_files(type(files)())
        return replace(job, sources={}, messages={}, diagnostics=()), digests, fresh

    @property
    def form(self) -> str:
        """The digest of the form that its job is filled into; empty where there is none."""
        return self.job.form.digest if self.job.form else ""

    def order(self, sent: set[str]) -> Order:
        """Return the job for a worker that has been `sent` some of it; that is brought up to date.

        Of a job with a form, only what it has of its own is sent again.
        """
        from careerprint.composing.job import Filling

        job, digests, fresh = self.without(sent)
        if self.job.form is None or job.form is None:
            return Order(job, None, "", digests, fresh, self.known)
        form = self.job.form.digest
        new = None if form in sent else job.form
        sent.add(form)
        known = None if new is None else self.known
        return Order(new, Filling.of(job, job.form), form, digests, fresh, known)


@dataclass(frozen=True, slots=True)
class Result(Generic[KeyT]):
    """What became of a task: a print, or why there is none."""

    key: KeyT
    printed: "Typeset | None"
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


@dataclass(slots=True)
class Worker(Generic[KeyT]):
    """A process that prints, this end of the pipe to it, and its tasks: the first is printed now.

    `folder` is for its temporary files: a process that is killed cannot tidy up itself.
    """

    process: BaseProcess
    connection: Connection
    folder: tempfile.TemporaryDirectory[str] | None
    tasks: deque[Task[KeyT]] = field(default_factory=deque)
    begun: float = 0.0
    layouts: float = 0.0
    is_broken: bool = False
    sent: set[str] = field(default_factory=set)

    @classmethod
    def started(cls) -> Self:
        """Start a process. It is spawned: a copy of this one would share its open files."""
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        folder = None
        with suppress(OSError):  # it will tell, where it cannot make one itself
            folder = tempfile.TemporaryDirectory(prefix="careerprint-")
        arguments = there, folder.name if folder else None
        process = context.Process(target=_begin, args=arguments, daemon=True)
        with _without_main_module():
            process.start()
        there.close()
        return cls(process, here, folder)

    @property
    def is_spent(self) -> bool:
        """Whether it gets no more tasks."""
        return self.is_broken or self.layouts >= LAYOUTS_PER_WORKER

    @property
    def ends(self) -> float:
        """When the task that it is at has taken too long."""
        return self.begun + self.tasks[0].job.bounds.edition_seconds

    def give(self, task: Task[KeyT]) -> None:
        """Send a task; of its files, those that the worker does not have yet."""
        if not self.tasks:
            self.begun = time.monotonic()
        self.tasks.append(task)
        self.layouts += LAYOUTS_OF_FILLED if task.job.fields else 1
        with suppress(OSError):  # it has died: its end of the pipe says so
            self.connection.send(task.order(self.sent))

    def result(self) -> Result[KeyT] | None:
        """Return what became of the task that it is at, None while that is being printed."""
        if not self.tasks or self.is_broken:
            return None
        job, now = self.tasks[0].job, time.monotonic()
        printed: Typeset | None = None
        if self.connection.poll():
            try:
                printed, diagnostics = self.connection.recv()
            except (EOFError, OSError):
                self.is_broken = True
                self.process.join(1)
                diagnostics = _died(job, self.process.exitcode)
        elif now > self.ends:
            self.is_broken = True
            most = job.bounds.edition_seconds
            told = beyond(job.name, "edition_seconds", most, seconds=round(most))
            diagnostics = told.diagnostics
        else:
            return None
        seconds, self.begun = now - self.begun, now
        return Result(self.tasks.popleft().key, printed, diagnostics, seconds)

    def stop(self) -> None:
        """End the process: at once, or by hanging up if it has to tidy up by itself."""
        if self.folder or self.tasks or self.is_broken or not self.layouts:
            self.process.kill()
        self.connection.close()
        self.process.join()
        if self.folder:
            self.folder.cleanup()


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Keep the main module of this program out of what a spawned process is told to load.

    The process would run that file again, to find what is defined there. A worker needs nothing of
    it, and a script without `if __name__ == "__main__":` would begin its build anew in each worker.
    Source: https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def interrupt_waits() -> Iterator[None]:
    """Delay Ctrl-C while processes start: one that is half started would end with a traceback.

    The signal is blocked for the processes, which inherit that. In this process blocking is not
    enough: another thread would get the signal, and Python would interrupt the main one.
    """
    interrupts: list[int] = []
    handler = signal.getsignal(signal.SIGINT)
    catches = current_thread() is main_thread() and callable(handler)
    if catches:
        signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    before: Iterable[int] = ()
    if sys.platform != "win32":
        # The first process also starts this one, which would let Ctrl-C through again.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if catches:
            signal.signal(signal.SIGINT, handler)
            if interrupts:
                signal.raise_signal(signal.SIGINT)


def _begin(connection: Connection, folder: str | None) -> None:
    """Work, in the process that was started; only here, what prints is loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    from careerprint.building.work import work

    work(connection, folder)


def _died(job: "Job", exit_code: int | None) -> tuple[Diagnostic, ...]:
    if exit_code == OUT_OF_MEMORY:
        return out_of_memory(job)
    fault = error(
        job.name,
        N_("The process that printed this has ended (exit code {code})."),
        N_(
            "Build again; if it happens again, look for free memory⟨, try --jobs 1, or raise "
            "“{entry}” below [bounds] in careerprint.toml⟩."
        ),
        code="–" if exit_code is None else exit_code,
        entry="edition_memory_mb",
    )
    return (fault,)


def out_of_memory(job: "Job") -> tuple[Diagnostic, ...]:
    """Return what is told of a job that took more memory than it may."""
    most = job.bounds.edition_memory_mb
    return beyond(job.name, "edition_memory_mb", most).diagnostics
