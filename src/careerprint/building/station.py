"""What runs on a worker of a cluster: it prints the jobs that come, and keeps what they share.

A job is printed in a process of the worker's own, as on one machine: it can be stopped when it
takes too long, what crashes costs no more than its edition, and any number of threads is right.
Nothing of a workspace is read here: all that a job needs comes with it or came before.
"""

import multiprocessing
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from threading import Lock
from typing import Any
from uuid import uuid4

from distributed import WorkerPlugin, get_worker

from careerprint.building.worker import Result, Task
from careerprint.building.workers import Workers
from careerprint.composing.job import Bundle, Job
from careerprint.core.edition import Look
from careerprint.core.sources import Digests
from careerprint.core.toolchain import toolchain

STATION = "careerprint"  # the name of the plugin
MOST_BYTES = 256 * 2**20  # of files that a worker keeps


@dataclass(frozen=True, slots=True)
class Order:
    """A job for one station, which has it by its id.

    `digests` says by name which files the job's bundle is to have; `files` are those that the
    station has not been sent before, by SHA-256.
    """

    station: str
    job: Job
    digests: Mapping[str, str]
    files: Mapping[str, bytes]
    known: Look | None


def station_versions() -> dict[str, str]:
    """Return the versions that must be the same wherever a build prints, by name.

    Those of the toolchain, and that of dask, whose messages have no fixed form.
    """
    return {**toolchain(Digests({})), "distributed": version("distributed")}


async def admit(versions: Mapping[str, str], dask_worker: Any) -> tuple[str, dict[str, str]]:  # noqa: ANN401 - dask finds it by this name
    """Return the id of this worker's plugin, and the worker's versions.

    The plugin is set up where the versions are the same; where they are not, the id is empty.
    """
    here = station_versions()
    if here != versions:
        return "", here
    if STATION not in dask_worker.plugins:
        await dask_worker.plugin_add(PrintPlugin(), name=STATION)
    return dask_worker.plugins[STATION].id, here


class PrintPlugin(WorkerPlugin):
    """What a worker keeps between jobs: files by digest, and processes with their fonts warm."""

    def __init__(self) -> None:
        self.id = uuid4().hex
        self._lock = Lock()
        self._files: dict[str, bytes] = {}  # what was used last comes last
        self._idle: list[Workers] = []
        self._at_work: list[Workers] = []

    def setup(self, worker: Any) -> None:  # noqa: ANN401, ARG002 - dask's signature
        """Let this process start others: under a nanny, dask makes it one that must not."""
        multiprocessing.current_process().daemon = False

    def teardown(self, worker: Any) -> None:  # noqa: ANN401, ARG002 - dask's signature
        """End the processes that print."""
        with self._lock:
            for workers in self._at_work:
                workers.interrupt()
            while self._idle:
                self._idle.pop().__exit__()

    def print(self, order: Order) -> Result[str] | None:
        """Return what becomes of an order; None where files are wanting that it did not bring."""
        files = self._files_of(order)
        if files is None:
            return None
        job = order.job.with_files(files)
        workers = self._taken()
        try:
            (result,) = workers.print(iter([Task(job.name, job, order.known)]))
        finally:
            with self._lock:
                self._at_work.remove(workers)
                self._idle.append(workers)
        return result

    def _files_of(self, order: Order) -> Bundle | None:
        with self._lock:
            known = {**self._files, **order.files}
            if not known.keys() >= set(order.digests.values()):
                return None
            used = {digest: known.pop(digest) for digest in set(order.digests.values())}
            self._files = {**known, **used}
            excess = sum(map(len, self._files.values())) - MOST_BYTES
            while excess > 0:
                excess -= len(self._files.pop(next(iter(self._files))))
            return Bundle({name: used[digest] for name, digest in order.digests.items()})

    def _taken(self) -> Workers:
        """Return a process that prints one job at a time, a warm one if there is one."""
        with self._lock:
            workers = self._idle.pop() if self._idle else Workers(1)
            self._at_work.append(workers)
            return workers


def print_here(order: Order) -> Result[str] | None:
    """Print an order on the worker that this is called on; None where it was not for this one."""
    station = get_worker().plugins.get(STATION)
    if not isinstance(station, PrintPlugin) or station.id != order.station:
        return None
    return station.print(order)


@dataclass(frozen=True, slots=True)
class _Call:
    order: Order

    def __reduce__(self) -> tuple[Any, ...]:
        return print_here, (self.order,)


def call_of(order: Order) -> bytes:
    """Return bytes that print the order when a worker unpickles them.

    The scheduler, which unpickles what tasks are made of, sees bytes only, and so needs neither
    careerprint nor the fonts, and never reads what is printed.
    """
    return pickle.dumps(_Call(order), protocol=5)
