"""Prints jobs in this process, one after the other."""

import time
from collections.abc import Generator, Iterator
from typing import Self

from careerprint.building.memory import bounded_memory
from careerprint.building.printing import Printer
from careerprint.building.work import attempt
from careerprint.building.worker import KeyT, Result, Task, out_of_memory
from careerprint.typesetting.typeset import Typeset


class InThisProcess:
    """Prints tasks in this process; how long one takes is not bounded."""

    def __init__(self) -> None:
        self._printer = Printer()

    def __enter__(self) -> Self:
        self._printer.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._printer.__exit__(*raised)

    def warm_up(self, tasks: int = 1) -> None:
        """Do nothing: this process also makes the tasks."""

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; results come in their order."""
        for task in tasks:
            started = time.monotonic()
            printed: Typeset | None = None
            try:
                with bounded_memory(task.job.bounds.edition_memory_mb):
                    printed, diagnostics = attempt(task.job, self._printer, task.start)
            except MemoryError:  # what was kept warm may be half made
                self.__exit__()
                self._printer = Printer()
                self.__enter__()
                diagnostics = out_of_memory(task.job)
            yield Result(task.key, printed, diagnostics, time.monotonic() - started)
