"""Chooses what prints: this process, several others, or a cluster; loads no more than that."""

import time
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager
from typing import Self

from careerprint.building.memory import bounded_memory
from careerprint.building.worker import KeyT, Result, Task, out_of_memory
from careerprint.building.workers import Printers, Workers, processors


class InThisProcess:
    """Prints tasks in this process, one after the other; how long one takes is not bounded."""

    def __enter__(self) -> Self:
        from careerprint.building.printing import Printer

        self._printer = Printer().__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._printer.__exit__(*raised)

    def warm_up(self, tasks: int = 1) -> None:
        """Do nothing: this process also makes the tasks."""

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; results come in their order."""
        from careerprint.building.work import attempt

        for task in tasks:
            started = time.monotonic()
            try:
                with bounded_memory(task.job.bounds.edition_memory_mb):
                    printed, diagnostics = attempt(task.job, self._printer, task.known)
            except MemoryError:  # what was kept warm may be half made
                self.__exit__()
                self.__enter__()
                printed, diagnostics = None, out_of_memory(task.job)
            yield Result(task.key, printed, diagnostics, time.monotonic() - started)


def printers_by(executor: str, jobs: int | None) -> AbstractContextManager[Printers]:
    """Return what prints: the cluster that `executor` names, or `jobs` processes if it is empty.

    With one, this process prints; with more, workers do. None stands for the number of processors
    that this process may use. Leaving the context ends what was started.
    """
    if executor:
        from careerprint.building.cluster import Cluster

        return Cluster(executor)
    count = jobs or processors()
    return Workers(count) if count > 1 else InThisProcess()
