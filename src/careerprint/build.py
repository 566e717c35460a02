"""Prints editions: composes each, prints what is not fresh, and puts whole files into out/.

This phase alone writes PDFs and the build record.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from careerprint.compose import compose
from careerprint.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Refused,
    has_errors,
    refuse,
    unexpected,
)
from careerprint.editions import Edition
from careerprint.files import write_whole
from careerprint.freshness import Reason, why_stale
from careerprint.job import Job
from careerprint.lock import alone_in
from careerprint.reader import Reader
from careerprint.record import Entry, Record, open_record
from careerprint.workers import Result, Task, print_here, print_in_workers


class State(Enum):
    """What became of an edition in a build."""

    PRINTED = "printed"
    FRESH = "fresh"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An edition's state after a build, with all that was found on the way.

    `fallen_back` counts the blocks that stand in German for want of a translation, `left_out` names
    the optional blocks that had no room; `seconds` is how long printing took; `reasons` say why it
    was printed, or would be.
    """

    edition: Edition
    state: State
    diagnostics: tuple[Diagnostic, ...] = ()
    fallen_back: int = 0
    left_out: tuple[str, ...] = ()
    seconds: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Composed:
    """An edition with its job, and why it has to be printed."""

    edition: Edition
    job: Job
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: `force` prints what is fresh too; `strict` fails an edition with warnings.

    `jobs` is the number of processes that print at a time; one prints in this process. `dry_run`
    prints nothing: what would be printed is stale.
    """

    force: bool = False
    strict: bool = False
    jobs: int = 1
    dry_run: bool = False


DEFAULTS = Options()


def build(
    editions: Iterable[Edition],
    reader: Reader,
    out: Path,
    options: Options = DEFAULTS,
    report: Callable[[Outcome], None] = lambda _: None,
    waiting: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Print the editions into the folder `out`, and return the outcomes.

    A fresh edition is left as it is. A failed one keeps its last good PDF and does not stop the
    others. `report` is called with each outcome, in the order of the editions; `waiting` if another
    build is at work in `out`, which is waited for. Raises Refused where `out` cannot be written.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(alone_in(out, waiting))
            record = stack.enter_context(open_record(out))
        except OSError as failure:
            raise not_written(out, failure) from None
        run = _Build(reader, out, record, options, report)
        return run.of(editions)


@dataclass(slots=True)
class _Build:
    """A build at work: what has become of its editions so far."""

    reader: Reader
    out: Path
    record: Record
    options: Options
    report: Callable[[Outcome], None]
    settled: dict[Edition, Outcome] = field(default_factory=dict)

    def of(self, editions: Iterable[Edition]) -> list[Outcome]:
        """Return what becomes of the editions, in the order in which it is reported."""
        order = list(dict.fromkeys(editions))
        reported = 0
        stale = self._stale(order)
        jobs = min(self.options.jobs, len(order))
        results = print_here(stale) if jobs <= 1 else print_in_workers(stale, jobs)
        with closing(results):
            for result in results:
                self.settled[result.key.edition] = self._committed(result)
                reported = self._reported(order, reported)
        self._reported(order, reported)
        return [self.settled[edition] for edition in order]

    def _reported(self, order: Sequence[Edition], reported: int) -> int:
        """Report, in order, what is settled; return how many editions have been reported."""
        while reported < len(order) and order[reported] in self.settled:
            self.report(self.settled[order[reported]])
            reported += 1
        return reported

    def _stale(self, order: Sequence[Edition]) -> Iterator[Task[_Composed]]:
        """Yield the editions that have to be printed; settle the others."""
        for edition in order:
            try:
                job = compose(edition, self.reader.fork())
            except Refused as refused:
                self.settled[edition] = Outcome(edition, State.FAILED, refused.diagnostics)
            except Exception as failure:  # a fault of careerprint's own must not stop the others
                fault = unexpected(edition.output, failure)
                self.settled[edition] = Outcome(edition, State.FAILED, (fault,))
            else:
                task = self._examined(edition, job)
                if task is not None:
                    yield task

    def _examined(self, edition: Edition, job: Job) -> Task[_Composed] | None:
        """Return what there is to print of a composed edition; settle it where there is nothing."""
        entry = self.record.find(edition.output)
        reasons = tuple(why_stale(job, entry, self.out / edition.output))
        warned = self.options.strict and entry is not None and entry.warned
        if not reasons and (self.options.force or warned):
            # Under `strict`, what was printed with warnings is printed again, to be judged by them.
            reasons = (Reason(N_("asked for")),)
        if self.options.strict and job.diagnostics:
            self.settled[edition] = Outcome(edition, State.FAILED, job.diagnostics)
            return None
        if not reasons or self.options.dry_run:
            state = State.STALE if reasons else State.FRESH
            if entry and not reasons and entry.sources != job.sources:
                # A source has changed and the job has not: known from now on, and no reason later.
                known = replace(entry, sources=job.sources, messages=job.messages)
                self.record.put(edition.output, known)
            self.settled[edition] = Outcome(
                edition, state, job.diagnostics, job.fallen_back, reasons=reasons
            )
            return None
        # The setting of another text would lead the search elsewhere (copyfit says why).
        start = entry.setting if entry and entry.job == job.digest else None
        return Task(_Composed(edition, job, reasons), job, start)

    def _committed(self, result: Result[_Composed]) -> Outcome:
        """Put a print and its record into place, and return the edition's outcome."""
        edition, job, printed = result.key.edition, result.key.job, result.printed
        diagnostics = (*job.diagnostics, *result.diagnostics)
        failed = Outcome(edition, State.FAILED, diagnostics)
        if printed is None or has_errors(diagnostics) or (self.options.strict and diagnostics):
            return failed
        target = self.out / edition.output
        entry = Entry(
            job=job.digest,
            pdf=hashlib.sha256(printed.pdf).hexdigest(),
            warned=bool(printed.diagnostics),
            setting=printed.setting,
            seconds=result.seconds,
            versions=job.versions,
            sources=job.sources,
            messages=job.messages,
        )
        try:
            write_whole(target, printed.pdf)
            self.record.put(edition.output, entry)
        except OSError as failure:
            return replace(failed, diagnostics=not_written(target, failure).diagnostics)
        return Outcome(
            edition,
            State.PRINTED,
            diagnostics,
            job.fallen_back,
            printed.left_out,
            result.seconds,
            result.key.reasons,
        )


def not_written(path: Path, failure: OSError) -> Refused:
    """Return the error for a file or folder that cannot be written."""
    return refuse(
        Location(str(path)),
        N_("This cannot be written ({reason})."),
        N_("Check free space and permissions, and close the file in other programs."),
        reason=failure.strerror or failure,
    )
