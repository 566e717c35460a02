"""Prints jobs on a cluster of dask.distributed, whose workers share no folder with this machine.

As with workers of its own, this process composes and commits. It also says which worker gets which
job: it knows what files each was sent, and has seen that each prints the same bytes. dask carries
jobs and prints, and tells who is there.
"""

import pickle
import time
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, count
from queue import Empty, SimpleQueue
from typing import Any, Generic, Self
from uuid import uuid4

from careerprint.building.clusterconnection import (
    ASKED_AGAIN,
    POLL,
    SILENT,
    ClusterConnection,
    Gone,
    Remote,
)
from careerprint.building.worker import KeyT, Result, Task
from careerprint.building.workers import PrintersLost
from careerprint.core.diagnostics import N_, Diagnostic, Location, error, unexpected

AHEAD = 2  # jobs that each thread of a worker has: one is printed, one waits
TRIES = 3  # workers that may end over a job before it is given up
WITHOUT_WORKERS = 60.0  # seconds for one to come back: a nanny takes three, a machine longer
_DIED = (
    N_("The process that printed this has ended, on {count} workers one after the other."),
    N_("Look for free memory on the workers; build again, or without --executor."),
)
_LOST = (
    N_("The scheduler of the cluster no longer answers; what was not printed yet is left out."),
    N_("What has been printed stays. Start it again and build again, or without --executor."),
)
_WITHOUT_WORKERS = (
    N_("The cluster has no workers any more; what was not printed yet is left out."),
    N_("What has been printed stays. Start workers and build again, or without --executor."),
)


class Cluster:
    """Prints tasks on the cluster at an address, `dask://HOST:PORT`.

    A task fails if it takes longer than its job may, or if several workers end while they print
    it. The connection is made when there is something to print; Refused says why it cannot be.
    """

    def __init__(self, executor: str) -> None:
        self._executor = executor
        self._link: ClusterConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._link:
            self._link.close()
            self._link = None

    def warm_up(self, tasks: int = 1) -> None:  # noqa: ARG002 - its workers are warm
        """Connect."""
        self._linked()

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; results come as they are ready.

        Raises PrintersLost where the scheduler, or the last worker, is no longer there.
        """
        for first in tasks:  # without any, there is nothing to connect for
            run = _Run(self._linked(), chain([first], tasks))
            try:
                yield from run.results()
            except Gone:
                raise PrintersLost([error(self._executor, *_LOST)]) from None
            finally:
                run.stop()

    def _linked(self) -> ClusterConnection:
        if self._link and not self._link.is_up:
            self.__exit__()
        if self._link is None:
            self._link = ClusterConnection(self._executor)
        return self._link


@dataclass(slots=True)
class _Order(Generic[KeyT]):
    """A task on its way: on which worker it is, since when, and how many ended over it."""

    task: Task[KeyT]
    ended: int = 0
    remote: Any = None  # a Remote, once it is given to one
    future: Any = None
    given: float = 0.0


@dataclass(slots=True)
class _Run(Generic[KeyT]):
    """Tasks on their way to the workers of a cluster, and back."""

    link: ClusterConnection
    tasks: Iterator[Task[KeyT]]
    name: str = field(default_factory=lambda: f"careerprint-{uuid4().hex}")
    numbers: Iterator[int] = field(default_factory=count)
    orders: dict[str, _Order[KeyT]] = field(default_factory=dict)
    again: deque[_Order[KeyT]] = field(default_factory=deque)
    ready: SimpleQueue[tuple[str, Any]] = field(default_factory=SimpleQueue)
    looked: float = 0.0
    alone_since: float | None = None

    def results(self) -> Iterator[Result[KeyT]]:
        """Yield results as they are ready; raises Gone, and PrintersLost without any worker."""
        while True:
            yield from self._look()
            self._give_out()
            if not self.orders and not self._has_more():
                return
            with suppress(Empty):  # the first is waited for, but not for long
                key, answer = self.ready.get(timeout=POLL)
                while True:
                    order = self.orders.pop(key, None)
                    if order is not None:  # else it was given to another worker meanwhile
                        yield from self._received(order, answer)
                    key, answer = self.ready.get_nowait()

    def stop(self) -> None:
        """Take back what has not been printed."""
        futures = [order.future for order in self.orders.values()]
        self.orders.clear()
        if futures and self.link.is_up:
            with suppress(Exception):  # a scheduler that is gone has nothing to take back
                self.link.client.sync(self.link.client.cancel, futures, callback_timeout=5)

    def _look(self) -> Iterator[Result[KeyT]]:
        """Look every few moments which workers are there; print elsewhere what others had."""
        now = time.monotonic()
        if not self.link.is_up:
            raise Gone
        if now - self.looked < POLL:
            return
        self.looked = now
        gone = self.link.look()
        # One that hangs without ending: its job has its own limit, and those before it in line too.
        for order in self.orders.values():
            patience = AHEAD * order.task.job.bounds.edition_seconds + SILENT
            if now - order.given > patience and order.remote not in gone:
                self.link.drop(order.remote, ASKED_AGAIN)
                gone.append(order.remote)
        for remote in gone:
            yield from self._left(remote)
        if self.link.remotes:
            self.alone_since = None
        else:
            self.alone_since = self.alone_since or now
            if now - self.alone_since > WITHOUT_WORKERS:
                raise PrintersLost([error(self.link.executor, *_WITHOUT_WORKERS)])

    def _give_out(self) -> None:
        """Give the workers that have room for them tasks, the least busy first."""
        while remote := min(self.link.remotes.values(), key=self._load, default=None):
            if self._load(remote) >= AHEAD or not self._has_more():
                return
            self._give(self.again.popleft(), remote)

    def _load(self, remote: Remote) -> float:
        """Return how many jobs each thread of a worker has."""
        return sum(order.remote is remote for order in self.orders.values()) / remote.threads

    def _has_more(self) -> bool:
        """Tell whether something waits to be given to a worker."""
        if not self.again and (task := next(self.tasks, None)):
            self.again.append(_Order(task))
        return bool(self.again)

    def _give(self, order: _Order[KeyT], remote: Remote) -> None:
        """Send an order to a worker: of its files, those that this worker does not have yet."""
        from careerprint.building import station

        asked = station.Order(remote.station, *order.task.without(remote.sent), order.task.known)
        call, key = station.call_of(asked), f"{self.name}-{next(self.numbers)}"
        order.remote, order.given = remote, time.monotonic()
        self.orders[key] = order
        order.future = self.link.client.submit(
            pickle.loads, call, key=key, workers=[remote.address], pure=False
        )
        self.link.client.loop.add_callback(_fetch, key, order.future, self.ready)

    def _received(self, order: _Order[KeyT], answer: Any) -> Iterator[Result[KeyT]]:  # noqa: ANN401 - an exception, too
        """Yield the result of an order that is done, unless it has to be printed once more."""
        from asyncio import CancelledError

        from distributed import KilledWorker

        task = order.task
        if not self.link.is_up:
            raise Gone
        if isinstance(answer, CancelledError | KilledWorker | OSError | TimeoutError):
            yield from self._ended(order)
        elif isinstance(answer, Exception):  # a fault of careerprint's own
            yield _result(order, unexpected(task.job.name, answer))
        elif answer is not None:
            order.future.release()
            yield replace(answer, key=task.key)
        else:  # the worker has begun anew, or no longer has all files: it is asked again
            self.looked = 0.0
            yield from self._ended(order)
            self.link.drop(order.remote)
            yield from self._left(order.remote)

    def _left(self, remote: Remote) -> Iterator[Result[KeyT]]:
        """Give the orders of a worker that is gone to others."""
        for key in [key for key, order in self.orders.items() if order.remote is remote]:
            yield from self._ended(self.orders.pop(key))

    def _ended(self, order: _Order[KeyT]) -> Iterator[Result[KeyT]]:
        """Give an order to another worker; after several tries, yield that it failed."""
        order.future.release()
        order.ended += 1
        if order.ended < TRIES:
            self.again.append(order)
        else:
            location = Location(order.task.job.name)
            yield _result(order, error(location, *_DIED, count=TRIES))


async def _fetch(key: str, future: Any, ready: "SimpleQueue[tuple[str, Any]]") -> None:  # noqa: ANN401 - dask's
    """Wait for a future; put its result, or its exception, into the queue `ready`."""
    from asyncio import CancelledError

    try:
        ready.put((key, await future))
    except (Exception, CancelledError) as failure:  # whoever waits is to know
        ready.put((key, failure))


def _result(order: _Order[KeyT], diagnostic: Diagnostic) -> Result[KeyT]:
    seconds = time.monotonic() - order.given
    return Result(order.task.key, None, (diagnostic,), seconds)
