"""Prints jobs in processes of their own, which keep fonts and style sheets warm between them.

A worker that dies or hangs, or takes more time or memory than its job may, costs this job and no
other. Workers end with the process that started them, however that ends.
"""

import os
import sys
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Protocol, Self

from careerprint.building.worker import KeyT, Result, Task, Worker, interrupt_waits
from careerprint.core.diagnostics import CareerprintError, Refused, has_errors, not_written

if TYPE_CHECKING:
    from careerprint.composing.job import Job

# Jobs that wait in a worker. Of what is filled in, it gets as much as keeps it busy while what was
# printed is put into place.
WAITING, WAITING_FILLED = 0, 12
PLACE = "careerprint"  # where it happens that a process cannot be started


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Printers(Protocol):
    """Prints tasks, and stays warm between calls."""

    def warm_up(self, tasks: int = 1) -> None:
        """Load what printing so many takes while tasks are made; may raise PrintersLost."""

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; a task is taken when there is room for it, and results come when ready.

        May raise PrintersLost.
        """
        ...


class PrintersLost(CareerprintError):  # noqa: N818 - it reads as what happened
    """Nothing prints any more, for the reasons given, and what is not printed yet will not be."""


def printed_by(printers: Printers, job: "Job") -> bytes:
    """Return the PDF of a job that is no edition; raises Refused where it is not right."""
    try:
        (result,) = printers.print(iter([Task(job.name, job)]))
    except PrintersLost as lost:
        raise Refused(lost.diagnostics) from None
    if result.printed is None or has_errors(result.diagnostics):
        raise Refused(result.diagnostics)
    return result.printed.pdf


class Workers:
    """Prints tasks in up to `count` processes, which are started when there is work for them.

    A task that takes more than its job's bounds allow, or whose worker dies, fails. Closing the
    iterator of results stops the workers that are at work.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._workers: list[Worker[Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._end(self._workers.copy())

    def warm_up(self, tasks: int = 1) -> None:
        """Start the workers that so many tasks will need."""
        while len(self._workers) < min(tasks, self._count):
            self._start()

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
                at_work = [w for w in self._workers if w.tasks]
                if not at_work:
                    return
                if not wait([w.connection for w in at_work], 0):
                    ahead.fetch()
                    if ahead and self._least_busy(ahead[0]):
                        continue
                soonest = min(w.ends for w in at_work) - time.monotonic()
                wait([w.connection for w in at_work], max(soonest, 0) + 0.01)
                for worker in at_work:
                    while (result := worker.result()) is not None:
                        if worker.is_broken:  # others print what it has not begun
                            ahead.extendleft(reversed(worker.tasks))
                            worker.tasks.clear()
                        # One that is spent has its place taken, if there is work for another.
                        if worker.is_spent and not worker.tasks:
                            self._end([worker])
                        yield result
        finally:
            self._end([w for w in self._workers if w.tasks])

    def _give_out(self, ahead: "_Ahead[KeyT]") -> None:
        """Give the workers as many tasks as they have room for, and start missing workers."""
        self._end([w for w in self._workers if not w.tasks and not w.process.is_alive()])
        while True:
            idle = next((w for w in self._workers if not w.tasks), None)
            can_start = len(self._workers) < self._count
            if idle or can_start:
                ahead.fetch()
            if not ahead:
                return
            worker = idle or (self._start() if can_start else self._least_busy(ahead[0]))
            if worker is None:
                return
            worker.give(ahead.popleft())

    def _start(self) -> "Worker[Any]":
        with interrupt_waits():  # after that, it is known: leaving ends it
            try:
                worker: Worker[Any] = Worker.started()
            except OSError as failure:
                raise PrintersLost(not_written(PLACE, failure).diagnostics) from None
            self._workers.append(worker)
        return worker

    def _least_busy(self, task: Task[KeyT]) -> "Worker[KeyT] | None":
        """Return the worker in which the fewest tasks wait; None if one more is too many."""
        most = WAITING_FILLED if task.job.fields else WAITING
        fit = [w for w in self._workers if not w.is_spent and len(w.tasks) <= most]
        return min(fit, key=lambda w: len(w.tasks), default=None)

    def _end(self, workers: "Iterable[Worker[Any]]") -> None:
        for worker in workers:
            worker.stop()
            self._workers.remove(worker)


class _Ahead(deque[Task[KeyT]]):
    """Tasks that were made and not given out; in idle time, the next one is made early."""

    def __init__(self, tasks: Iterator[Task[KeyT]]) -> None:
        super().__init__()
        self._tasks = tasks

    def fetch(self) -> None:
        """Make the next task, if that is not done yet."""
        if not self and (task := next(self._tasks, None)):
            self.append(task)
