"""Prints for a viewer: first the edition that is looked at, all others while nobody waits.

A thread gives the work to two processes that stay warm: one for the edition that is looked at, one
for all others. When a viewer waits, the other one is stopped, and its work is begun again later.
"""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Condition, Thread

from careerprint.building.build import Options, build
from careerprint.building.events import Event
from careerprint.building.worker import KeyT, Result, Task
from careerprint.building.workers import Workers
from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.diagnostics import Refused, unexpected
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests
from careerprint.fairs.fair import Fair
from careerprint.typesetting.typeset import Typeset

# Seconds after the last edit or look until all editions are checked again, and then printed.
LULL, QUIET = 0.5, 4.0
PRINT, JUDGE = Options(), Options(dry_run=True)


@dataclass(frozen=True, slots=True)
class Sight:
    """The result of a look; `job` and `typeset` where it was printed now, even with errors."""

    outcome: Outcome
    job: Job | None = None
    typeset: Typeset | None = None


@dataclass(frozen=True, slots=True)
class PrintProgress:
    """How far a print of many editions is: `done` of `total`, 0 for none; some have `failed`."""

    done: int
    total: int
    failed: int


class _Superseded(Exception):  # noqa: N818 - it says what became of it
    """Raised where a viewer waits for something else."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An edition's outcome, and the digest of its PDF in the output folder."""

    outcome: Outcome
    pdf: str | None


@dataclass(slots=True)
class Printroom:
    """Prints the editions of the workspace `root` to the folder `out`; a context manager.

    Its methods may be called from any thread. `tell` is called with each event, from the thread
    that prints.
    """

    root: Path
    out: Path
    tell: Callable[[Event | Settled | PrintProgress], object]
    quiet: float = QUIET
    progress: PrintProgress = PrintProgress(0, 0, 0)
    _fairs: Mapping[str, Fair] = field(default_factory=dict)
    _wanted: tuple[Edition, ...] = ()
    _attended: tuple[Edition, ...] = ()
    _proofs: tuple[Edition, ...] = ()
    _looks: dict[str, tuple[Edition, "Future[Sight]"]] = field(default_factory=dict)
    _many: deque[Edition] = field(default_factory=deque)

    _known: dict[Edition, Settled] = field(default_factory=dict)
    _settled: set[Edition] = field(default_factory=set)
    _last: float = 0.0
    _edits: int = 0
    _warmed: Edition | None = None
    _seen: Edition | None = None
    _ends: bool = False
    _changed: Condition = field(default_factory=Condition)
    _looking: Workers = field(default_factory=lambda: Workers(1))
    _resting: Workers = field(default_factory=lambda: Workers(1))
    _thread: Thread | None = None

    def __enter__(self) -> "Printroom":
        self._thread = Thread(target=self._work, name="printroom", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        with self._changed:
            self._ends = True
            self._changed.notify_all()
        self._looking.interrupt()
        self._resting.interrupt()
        if self._thread:
            self._thread.join()

    def look(self, viewer: str, edition: Edition) -> "Future[Sight]":
        """Print an edition now. A viewer waits for one at a time: an earlier one is cancelled."""
        future: Future[Sight] = Future()
        with self._changed:
            if before := self._looks.pop(viewer, None):
                before[1].cancel()
            self._looks[viewer] = edition, future
            self._last = time.monotonic()
            self._changed.notify_all()
        self._resting.interrupt()
        return future

    def offer(self, wanted: Iterable[Edition], fairs: Mapping[str, Fair]) -> None:
        """Serve these editions from now on; what was known of others is forgotten."""
        with self._changed:
            self._wanted, self._fairs = tuple(wanted), fairs
            self._attended, self._proofs = (
                tuple(edition for edition in editions if not edition.fair or edition.fair in fairs)
                for editions in (self._attended, self._proofs)
            )
            self._last = time.monotonic()
            self._edits += 1
            self._settled.clear()
            self._changed.notify_all()

    def attend(self, editions: Iterable[Edition], proofs: Iterable[Edition]) -> None:
        """Check these editions too, and print `proofs`, until others are attended to."""
        asked = tuple(editions), tuple(proofs)
        with self._changed:
            if asked != (self._attended, self._proofs):
                self._attended, self._proofs = asked
                self._changed.notify_all()

    def is_settled(self, edition: Edition) -> bool:
        """Tell whether what is known of an edition is how it stands now."""
        return edition in self._settled

    def unsettle(self, profile: str) -> None:
        """Check the editions of a profile again, whose text has changed."""
        with self._changed:
            self._last = time.monotonic()
            self._edits += 1
            self._settled = {e for e in self._settled if e.profile != profile}
            self._changed.notify_all()

    def print_all(self, editions: Iterable[Edition]) -> None:
        """Print these editions, and no others before asked for, as soon as no viewer waits."""
        with self._changed:
            self._many = deque(editions)
            self.progress = PrintProgress(0, len(self._many), 0)
            self._changed.notify_all()
        self.tell(self.progress)

    def settling(self) -> Callable[[Outcome], None]:
        """Return what takes note of outcomes of a build elsewhere that begins now."""
        return partial(self._settle, edits=self._edits)

    def standing(self, edition: Edition) -> tuple[Outcome | None, str | None]:
        """Return what is known of an edition: its outcome, and the digest of its PDF."""
        known = self._known.get(edition)
        return (known.outcome, known.pdf) if known else (None, None)

    def _work(self) -> None:
        with self._looking, self._resting:
            self._looking.warm_up()
            while not self._ends:
                self._next()()

    def _next(self) -> Callable[[], object]:
        """Wait for the next task, and return it."""
        with self._changed:
            while not self._ends:
                if self._looks:
                    viewer = next(iter(self._looks))
                    edition, future = self._looks.pop(viewer)
                    return partial(self._look, edition, future)
                if self._seen and self._warmed is None:
                    return partial(self._warm, self._seen)
                if self._many:
                    return self._print_one_of_many
                idle = time.monotonic() - self._last
                judged = (*self._attended, *self._proofs, *self._wanted)
                unjudged = next((e for e in judged if e not in self._settled), None)
                to_print = (*self._proofs, *self._wanted)
                unprinted = next(filter(self._is_unprinted, to_print), None)
                if unjudged and idle >= LULL:
                    return partial(self._rest, unjudged, JUDGE)
                if unprinted and not unjudged and idle >= self.quiet:
                    return partial(self._rest, unprinted, PRINT)
                wait = LULL if unjudged else self.quiet if unprinted else None
                self._changed.wait(None if wait is None else max(wait - idle, 0))
        return lambda: None

    def _is_unprinted(self, edition: Edition) -> bool:
        """Tell whether an edition is known to have to be printed."""
        known = self._known.get(edition)
        return known is not None and known.outcome.state in {State.STALE, State.MISSING}

    def _look(self, edition: Edition, future: "Future[Sight]") -> None:
        if not future.set_running_or_notify_cancel():
            return
        edits = self._edits
        noting = _Noting(self._looking, lambda: False)
        outcome = self._built(edition, PRINT, noting)
        future.set_result(Sight(outcome, noting.job, noting.typeset))
        self._seen = edition
        if noting.job:
            self._warmed = edition
        self._settle(outcome, edits)

    def _warm(self, edition: Edition) -> None:
        """Print without a viewer, so that the first edit finds fonts and style sheets loaded."""
        self._warmed = edition
        with suppress(Refused):
            job = compose(edition, Reader(self.root), self._fairs.get(edition.fair))
            for _ in self._looking.print(iter([Task(edition, job)])):
                pass

    def _print_one_of_many(self) -> None:
        with self._changed:
            edition = self._many[0] if self._many else None
        if edition is None or (outcome := self._rest(edition, PRINT)) is None:
            return
        with self._changed:
            if not self._many or self._many[0] != edition:  # it was stopped, or begun anew
                return
            self._many.popleft()
            before = self.progress
            failed = before.failed + (outcome.state is State.FAILED)
            self.progress = PrintProgress(before.done + 1, before.total, failed)
        self.tell(self.progress)

    def _rest(self, edition: Edition, options: Options) -> Outcome | None:
        """Build an edition that no viewer waits for; None where a viewer comes meanwhile."""
        edits = self._edits
        try:
            noting = _Noting(self._resting, lambda: bool(self._looks) or self._ends)
            outcome = self._built(edition, options, noting)
        except _Superseded:
            return None
        self._settle(outcome, edits)
        return outcome

    def _built(self, edition: Edition, options: Options, printers: "_Noting") -> Outcome:
        if not self.root.is_dir():  # it is gone, and a build would make it again
            return Outcome(edition, State.FAILED)
        try:
            (outcome,) = build(
                [edition],
                Reader(self.root),
                self.out,
                options,
                self.tell,
                printers,
                {edition.fair: self._fairs[edition.fair]} if edition.fair in self._fairs else {},
            )
        except Refused as refused:
            return Outcome(edition, State.FAILED, refused.diagnostics)
        except _Superseded:
            raise
        except Exception as failure:  # the viewer sees the fault, and the next look is served
            return Outcome(edition, State.FAILED, (unexpected(edition.output, failure),))
        return outcome

    def _settle(self, outcome: Outcome, edits: int) -> None:
        """Keep an outcome; it is final where nothing was edited since the build began."""
        edition = outcome.edition
        found = Settled(outcome, Digests({}).of_file(str(self.out / edition.output)))
        with self._changed:
            self._known[edition] = found
            if edits == self._edits:
                self._settled.add(edition)
            else:
                self._settled.discard(edition)
        self.tell(found)


class _Noting:
    """Prints with another's workers, and keeps the last job and its result."""

    def __init__(self, workers: Workers, is_superseded: Callable[[], bool]) -> None:
        self._workers = workers
        self._is_superseded = is_superseded
        self.job: Job | None = None
        self.typeset: Typeset | None = None

    def warm_up(self, tasks: int = 1) -> None:
        """Load what printing so many editions needs."""
        self._workers.warm_up(tasks)

    def print(self, tasks: Iterator[Task[KeyT]]) -> Generator[Result[KeyT]]:
        """Print tasks; raises _Superseded where a worker was stopped for a viewer."""
        with closing(self._workers.print(self._noted(tasks))) as results:
            for result in results:
                if result.printed is None and self._is_superseded():
                    raise _Superseded
                self.typeset = result.printed
                yield result

    def _noted(self, tasks: Iterator[Task[KeyT]]) -> Iterator[Task[KeyT]]:
        for task in tasks:
            self.job = task.job
            yield task
