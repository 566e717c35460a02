"""The connection to a cluster of dask.distributed: its address, and which workers can print."""

import logging
import math
import re
import sys
import time
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from careerprint import __version__
from careerprint.core.diagnostics import N_, Diagnostic, Refused, error, refuse

PACKAGE = "distributed"  # of the extra “cluster”
DEFAULT_PORT = 8786
REACHED_WITHIN = 10.0  # seconds for the scheduler to answer, and for a first worker to be there
SILENT = 30.0  # seconds without an answer after which a scheduler is given up
ASKED_AGAIN = 30.0  # seconds after which a worker that did not answer may do so
POLL = 1.0  # seconds between two looks at who is there

_ADDRESS = re.compile(r"(dask|tls)://(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]@]+)(?::([0-9]{1,5}))?/?")
_TALKATIVE = ("distributed", "tornado", "asyncio", "bokeh")  # loggers that would write to stderr


def scheduler_address(executor: str) -> str:
    """Return dask's address of the scheduler that `dask://HOST:PORT` or `tls://HOST:PORT` names.

    Raises Refused where that cannot be one, or where what it takes is not installed.
    """
    found = _ADDRESS.fullmatch(executor)
    if not found or not 0 < int(found[3] or DEFAULT_PORT) < 2**16:
        raise refuse(
            "--executor",
            N_("“{value}” is not the address of a cluster."),
            N_("Write dask://HOST:PORT, or tls://HOST:PORT where the cluster is encrypted."),
            value=executor,
        )
    if find_spec(PACKAGE) is None:
        raise refuse(
            "--executor",
            N_("Printing on a cluster needs packages that are not installed: {names}."),
            N_("Install them: {python} -m pip install {names}"),
            names=PACKAGE,
            python=Path(sys.executable),
        )
    kind, host, port = found.groups()
    return f"{'tls' if kind == 'tls' else 'tcp'}://{host}:{port or DEFAULT_PORT}"


@dataclass(slots=True)
class Remote:
    """A worker of the cluster that may print; `sent` are the digests of files that it has."""

    address: str
    name: str
    threads: int
    station: str
    sent: set[str] = field(default_factory=set)


class Gone(Exception):  # noqa: N818 - it reads as what happened
    """The scheduler is no longer there."""


class ClusterConnection:
    """A connection to a scheduler, and the workers there that print what is printed here.

    Raises Refused where the scheduler cannot be reached, has no worker, or has one that would print
    other bytes.
    """

    def __init__(self, executor: str) -> None:
        self.executor = executor
        address = scheduler_address(executor)
        self.client = _connected(executor, address)
        self.remotes: dict[str, Remote] = {}
        self._not_before: dict[tuple[str, str], float] = {}  # when to ask who was of no use
        try:
            self._first_look()
        except BaseException:
            self.close()
            raise

    @property
    def is_up(self) -> bool:
        """Whether the connection stands."""
        return bool(self.client.status == "running")

    def close(self) -> None:
        """End the connection, whatever state it is in."""
        with suppress(Exception):  # of a scheduler that is gone, dask says so in many ways
            self.client.close(timeout=2)

    def look(self) -> list[Remote]:
        """Look which workers have come and which have gone; return those that have gone.

        A new worker that would print other bytes is not used. Raises Gone.
        """
        there = self._there()
        gone = [remote for remote in self.remotes.values() if remote.address not in there]
        for remote in gone:
            del self.remotes[remote.address]
        known = {(address, str(info["id"])) for address, info in there.items()}
        self._not_before = {who: t for who, t in self._not_before.items() if who in known}
        self._admit(there)
        return gone

    def drop(self, remote: Remote, seconds: float = 0) -> None:
        """Count a worker as gone; after so many seconds it is asked again whether it prints."""
        if self.remotes.get(remote.address) is remote:
            del self.remotes[remote.address]
        self._not_before[remote.address, remote.name] = time.monotonic() + seconds

    def _first_look(self) -> None:
        until = time.monotonic() + REACHED_WITHIN
        while True:
            try:
                refused = self._admit(self._there())
            except Gone:
                raise _unreachable(self.executor, "timed out") from None
            if refused:
                raise Refused(refused)
            if self.remotes:
                return
            if time.monotonic() > until:
                raise refuse(
                    self.executor,
                    N_("The cluster has no workers."),
                    N_("Start one on each machine that is to print: dask worker {address}"),
                    address=scheduler_address(self.executor),
                )
            time.sleep(0.2)

    def _there(self) -> dict[str, Mapping[str, Any]]:
        """Return what the scheduler says of the workers that can take jobs, by address."""

        async def identity() -> Any:  # noqa: ANN401 - dask's
            return await self.client.scheduler.identity(n_workers=-1)

        if not self.is_up:
            raise Gone
        try:
            workers = self.client.sync(identity, callback_timeout=SILENT)["workers"]
        except (OSError, TimeoutError, AttributeError):  # it may close in the meantime
            raise Gone from None
        return {a: info for a, info in workers.items() if info.get("status") == "running"}

    def _admit(self, there: Mapping[str, Mapping[str, Any]]) -> list[Diagnostic]:
        """Ask new workers whether they print the same; return why some of them do not."""
        from careerprint.building.station import station_versions

        here, now = station_versions(), time.monotonic()
        new = {
            address: info
            for address, info in there.items()
            if address not in self.remotes
            and self._not_before.get((address, str(info["id"])), 0) <= now
        }
        if not new:
            return []
        refused = []
        for address, answer in self._answers(here, new).items():
            name, threads = str(new[address]["id"]), int(new[address]["nthreads"])
            if isinstance(answer, OSError):  # it goes as it comes, or hangs
                self._not_before[address, name] = now + ASKED_AGAIN
            elif not isinstance(answer, Exception) and answer[0]:
                self.remotes[address] = Remote(address, name, threads, answer[0])
            else:
                self._not_before[address, name] = math.inf
                unable = isinstance(answer, Exception)
                refused.append(
                    _unable(address, answer) if unable else _unlike(address, here, answer[1])
                )
        return refused

    def _answers(self, here: Mapping[str, str], addresses: Iterable[str]) -> dict[str, Any]:
        """Return what workers answer when they are asked for their station, or the exception."""
        import asyncio

        from careerprint.building.station import admit

        async def asked(address: str) -> Any:  # noqa: ANN401 - dask's
            call = self.client.run(admit, here, workers=[address], on_error="return")
            try:
                return (await asyncio.wait_for(call, REACHED_WITHIN))[address]
            except Exception as failure:  # a worker that ends meanwhile does so in many ways
                return OSError(str(failure))

        async def all_asked() -> list[Any]:
            return await asyncio.gather(*map(asked, addresses))

        try:
            answers = self.client.sync(all_asked, callback_timeout=SILENT)
        except (OSError, TimeoutError):
            raise Gone from None
        return dict(zip(addresses, answers, strict=True))


def _connected(executor: str, address: str) -> Any:  # noqa: ANN401 - dask's client is hardly typed
    """Return a client of the scheduler; raises Refused where there is none."""
    import asyncio

    try:
        import dask
        import distributed

        client: Any = distributed.Client  # it has types in parts only
    except Exception as failure:  # what stands in the user's configuration of dask may not be YAML
        raise refuse(
            executor,
            N_("dask cannot be loaded ({reason})."),
            N_("Look into its configuration: {folder}"),
            reason=" ".join(str(failure).split()),
            folder="~/.config/dask",
        ) from None
    _silence()
    # A first job brings its fonts along, and dask would advise against that.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # versions are compared in our own way
        try:
            asyncio.run(_knock(address))
            return client(address, timeout=REACHED_WITHIN, set_as_default=False, name="careerprint")
        except TimeoutError:
            raise _unreachable(executor, "timed out") from None
        except Exception as failure:  # no scheduler, no certificate, or something else that listens
            reason = getattr(failure, "strerror", None) or " ".join(str(failure).split())
            raise _unreachable(executor, reason or type(failure).__name__) from None


async def _knock(address: str) -> None:
    """Raise OSError if no scheduler answers; a client of dask would wait long and end badly."""
    import asyncio

    import distributed

    dask: Any = distributed
    arguments = dask.Security().get_connection_args("client")
    host, _, port = address.partition("://")[2].rpartition(":")
    async with asyncio.timeout(REACHED_WITHIN):
        _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
        writer.close()  # where nothing listens, dask would try again and again
        async with dask.rpc(address, timeout=REACHED_WITHIN, connection_args=arguments) as there:
            answer = await there.identity()
    if answer.get("type") != "Scheduler":
        raise OSError(answer.get("type"))


def _silence() -> None:
    """Keep what dask logs from the terminal: what matters is told as diagnostics."""
    for name in (*_TALKATIVE, *logging.root.manager.loggerDict):
        if name.partition(".")[0] in _TALKATIVE:
            logger = logging.getLogger(name)
            logger.handlers = [logging.NullHandler()]
            logger.propagate = False


def _unreachable(executor: str, reason: str) -> Refused:
    return refuse(
        executor,
        N_("The cluster cannot be reached ({reason})."),
        N_("Check the address, and that the scheduler runs there: dask scheduler"),
        reason=reason,
    )


def _unable(address: str, failure: Exception) -> Diagnostic:
    return error(
        address,
        N_("This worker of the cluster cannot load careerprint {version} ({reason})."),
        N_("Install careerprint with its extra “cluster” there, in the same version."),
        version=__version__,
        reason=" ".join(str(failure).split()) or type(failure).__name__,
    )


def _unlike(address: str, here: Mapping[str, str], there: Mapping[str, str]) -> Diagnostic:
    differing = [n for n in {**here, **there} if here.get(n) != there.get(n)]
    return error(
        address,
        N_("This worker of the cluster prints with {theirs}, this machine with {ours}."),
        N_("PDFs would differ: install the same versions there, and start the worker again."),
        theirs=", ".join(f"{name} {there.get(name, '–')}" for name in differing),
        ours=", ".join(f"{name} {here.get(name, '–')}" for name in differing),
    )
