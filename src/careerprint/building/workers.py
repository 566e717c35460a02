"""Prints jobs in processes of their own, which keep fonts and style sheets warm between them.

A worker that dies or hangs, or takes more time or memory than its job may, costs this job and no
other. Workers end with the process that started them, however that ends.
"""

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from careerprint.building.worker import KeyT, Result, Task, Worker, interrupt_waits
from careerprint.core.diagnostics import CareerprintError, Refused, has_errors, not_written
from careerprint.core.edition import Look

if TYPE_CHECKING:
    from careerprint.composing.job import Job

# Jobs that wait in a worker. Of what is filled in, it gets as much as keeps it busy while what was
# printed is put into place.
WAITING, WAITING_FILLED = 0, 12
LOOKED_AT = 24  # tasks among which one is looked for whose form another worker is not making
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


class Beside:
    """Prints tasks and, beside them, one more job: as soon as what prints has its first task.

    `further` makes it of the job of that task; None where there is none. `printed` then has its PDF
    by its digest, if it is right.
    """

    def __init__(self, printers: Printers, further: "Callable[[Job], Job | None]") -> None:
        self._printers, self._further = printers, further
        self.printed: dict[str, bytes] = {}

    def warm_up(self, tasks: int = 1) -> None:
        """Do as the printers do."""
        self._printers.warm_up(tasks)

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks, and the further job; the results are those of the tasks."""
        jobs: list[Job] = []

        def all_tasks() -> Iterator[Task[KeyT | None]]:
            for number, task in enumerate(tasks):
                yield cast("Task[KeyT | None]", task)
                if number == 0:
                    with suppress(Refused):  # whoever needs it later will be told
                        jobs.extend(filter(None, [self._further(task.job)]))
                    for job in jobs:
                        yield Task(None, job)

        with closing(self._printers.print(all_tasks())) as results:
            for result in results:
                if result.key is not None:
                    yield cast("Result[KeyT]", result)
                elif result.printed and not has_errors(result.diagnostics):
                    self.printed[jobs[0].digest] = result.printed.pdf


class Workers:
    """Prints tasks in up to `count` processes, which are started when there is work for them.

    A task that takes more than its job's bounds allow, or whose worker dies, fails. Closing the
    iterator of results stops the workers that are at work.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._workers: list[Worker[Any]] = []
        self._looks: dict[str, Look | None] = {}  # how forms are set that are made, by digest

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
                is_idle = not wait([w.connection for w in at_work], 0)
                if is_idle and ahead.reaches(1) and self._taker(ahead[0]):
                    continue
                soonest = min(w.ends for w in at_work) - time.monotonic()
                wait([w.connection for w in at_work], max(soonest, 0) + 0.01)
                for worker in at_work:
                    while worker.tasks:
                        form = worker.tasks[0].form
                        if (result := worker.result()) is None:
                            break
                        if form and form not in self._looks:
                            self._looks[form] = result.printed.look if result.printed else None
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
        passed = 0  # tasks whose form is being made, by a worker that has no room for more
        while True:
            can_start = len(self._workers) < self._count
            is_one_free = can_start or any(not w.tasks for w in self._workers)
            if not (ahead.reaches(passed + 1) if is_one_free else len(ahead) > passed):
                return
            task = ahead[passed]
            worker = self._taker(task)
            if can_start and (worker is None or worker.tasks) and not self._makers(task):
                worker = self._start()
            if worker is not None:
                del ahead[passed]
                worker.give(replace(task, known=task.known or self._looks.get(task.form)))
            elif is_one_free and passed < LOOKED_AT:
                passed += 1
            else:
                return

    def _start(self) -> "Worker[Any]":
        with interrupt_waits():  # after that, it is known: leaving ends it
            try:
                worker: Worker[Any] = Worker.started()
            except OSError as failure:
                raise PrintersLost(not_written(PLACE, failure).diagnostics) from None
            self._workers.append(worker)
        return worker

    def _taker(self, task: Task[KeyT]) -> "Worker[KeyT] | None":
        """Return the worker for a task, in which the fewest wait; None if one more is too many."""
        most = WAITING_FILLED if task.job.fields else WAITING
        fit = [w for w in self._makers(task) or self._workers if not w.is_spent]
        fit = [w for w in fit if not w.tasks or len(w.tasks) <= most]
        return min(fit, key=lambda w: len(w.tasks), default=None)

    def _makers(self, task: Task[KeyT]) -> "list[Worker[KeyT]]":
        """Return the worker that is making the form of a task, if one is: no other one has to.

        Once it is known how the form is set, it is soon set in others.
        """
        form = task.form
        if not form or form in self._looks:
            return []
        return [w for w in self._workers if not w.is_spent and any(t.form == form for t in w.tasks)]

    def _end(self, workers: "Iterable[Worker[Any]]") -> None:
        for worker in workers:
            worker.stop()
            self._workers.remove(worker)


class _Ahead(deque[Task[KeyT]]):
    """Tasks that were made and not given out."""

    def __init__(self, tasks: Iterator[Task[KeyT]]) -> None:
        super().__init__()
        self._tasks = tasks

    def reaches(self, count: int) -> bool:
        """Tell whether there are so many; one that is missing is made."""
        if len(self) < count and (task := next(self._tasks, None)):
            self.append(task)
        return len(self) >= count
