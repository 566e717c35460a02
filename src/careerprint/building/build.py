"""Prints editions: composes each, prints what is not fresh, and puts whole files into out/.

This phase alone writes PDFs and the build record. Where nothing has changed, nothing is composed,
and no module that prints is loaded.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from careerprint.building.entries import Entry, Failure, Messages
from careerprint.building.events import (
    Begun,
    Done,
    Ended,
    Listener,
    Waiting,
    expected_seconds,
    unnoticed,
)
from careerprint.building.freshness import Freshness
from careerprint.building.lock import alone_in
from careerprint.building.record import Record, open_record
from careerprint.core.concerns import Concern, is_ready, told_of
from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Refused,
    has_errors,
    not_written,
    unexpected,
)
from careerprint.core.edition import Edition, Look, Outcome, Reason, State, by_family, unfinished
from careerprint.core.files import write_all_whole
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests, digest
from careerprint.core.targets import TARGETS

if TYPE_CHECKING:
    from careerprint.building.worker import Result, Task
    from careerprint.building.workers import Printers
    from careerprint.composing.compose import Composer
    from careerprint.composing.job import Job
    from careerprint.fairs.fair import Fair

ASKED_FOR = Reason(N_("asked for"))
# What prints in less than SLOW s goes into place TOGETHER, or after WAIT s: a disk takes longer.
SLOW, TOGETHER, WAIT = 0.1, 32, 0.25


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: `force` prints what is fresh too; `strict` fails an edition with warnings.

    `today` is the day on which things have to be in order; None is the day on which it is built.
    `jobs` is the number of processes that print at a time, None for one a processor; one prints in
    this process; `executor` is the address of a cluster that prints instead, dask://HOST:PORT, or
    empty. `dry_run` prints and writes nothing: what would be printed is stale or missing.
    """

    force: bool = False
    strict: bool = False
    jobs: int | None = 1
    dry_run: bool = False
    executor: str = ""
    today: date | None = None


DEFAULTS = Options()
NO_FAIRS: Mapping[str, "Fair"] = {}


def build(  # noqa: PLR0913, PLR0917 - what to print, from where, to where, how, by and for whom
    editions: Iterable[Edition],
    reader: Reader,
    out: Path,
    options: Options = DEFAULTS,
    progress: Listener = unnoticed,
    printers: "Printers | None" = None,
    fairs: Mapping[str, "Fair"] = NO_FAIRS,
    freshness: Freshness | None = None,
) -> list[Outcome]:
    """Print the editions into the folder `out`, and return the outcomes, in their order.

    A fresh edition is left as it is. A failed one keeps its last good PDF and does not stop the
    others. Another build at work in `out` is waited for where there is something to write.
    `printers` print instead of processes of this build's own. `fairs` are those that editions are
    for, by their ids. `freshness` knows what was compared just now. Raises Refused where `out`
    cannot be written, and what `progress` raises.
    """
    order = list(dict.fromkeys(editions))
    outcomes = None
    with ExitStack() as stack:
        stack.callback(lambda: progress(Ended(outcomes)))
        record = stack.enter_context(open_record(out, to_write=not options.dry_run))
        run = _Build(reader, out, record, options, progress, order, fairs)
        run.judge(freshness)
        if not options.dry_run and (run.unsettled or unfinished(out, order)):
            if stack.enter_context(alone_in(out, lambda: progress(Waiting()))):
                run.judge()  # what the other build has printed is fresh now
            for part in unfinished(out, order):
                with suppress(OSError):
                    part.unlink()
        outcomes = tuple(run.run(printers))
    return list(outcomes)


@dataclass(slots=True)
class _Composed:
    """An edition with its job, why it has to be printed, and how long composing took."""

    edition: Edition
    job: "Job"
    reasons: tuple[Reason, ...]
    seconds: float
    is_completed: bool = False


@dataclass(slots=True)
class _Build:
    """A build at work: what is known of its editions, and what has become of them so far."""

    reader: Reader
    out: Path
    record: Record
    options: Options
    progress: Listener
    order: Sequence[Edition]
    fairs: Mapping[str, "Fair"]
    entries: Mapping[str, Entry] = field(init=False)
    freshness: Freshness = field(init=False)
    looks: dict[str, Look] = field(init=False)  # how jobs and forms are set, by their digests
    today: date = field(init=False)
    composer: "Composer" = field(init=False)
    settled: dict[Edition, Outcome] = field(default_factory=dict)
    reported: int = 0

    @property
    def unsettled(self) -> list[Edition]:  # what becomes of them is not known yet
        return [edition for edition in self.order if edition not in self.settled]

    def judge(self, freshness: Freshness | None = None) -> None:
        """Settle the editions that need not be composed: those that the record says are fresh."""
        self.today = self.options.today or date.today()
        self.freshness = freshness or Freshness(
            self.reader.root, Digests(self.record.stamps(), self._digest_of_fair)
        )
        self.entries = self.record.entries(edition.output for edition in self.order)
        self.looks = self.freshness.looks(self.entries.values())
        failures = self.record.failures() if self.options.dry_run else {}
        known = ((e, self._known(e, failures.get(e.output))) for e in self.order)
        self.settled = {edition: outcome for edition, outcome in known if outcome is not None}

    def run(self, printers: "Printers | None") -> list[Outcome]:
        """Return what becomes of the editions."""
        unsettled = self.unsettled
        self.progress(Begun(expected_seconds(unsettled, self.order, self.entries)))
        self._report()
        if unsettled:
            self._print(by_family(unsettled), printers)
        if (taken := self.freshness.digests.taken) and not self.options.dry_run:
            with suppress(OSError):  # they are only to be quicker the next time
                self.record.put_stamps(taken)
        return [self.settled[edition] for edition in self.order]

    def _print(self, editions: Sequence[Edition], printers: "Printers | None") -> None:
        """Settle editions by composing them, and printing those that have to be."""
        # Imported here because it loads what a build with nothing to do has no use for.
        from careerprint.building.printers import printers_by
        from careerprint.building.workers import PrintersLost

        with ExitStack() as stack:
            printing = printers or stack.enter_context(
                printers_by(self.options.executor, self.options.jobs)
            )
            printed: list[Result[_Composed]] = []
            committed = time.monotonic()
            try:
                if not self.options.dry_run:
                    printing.warm_up(len(editions))
                results = stack.enter_context(closing(printing.print(self._tasks(editions))))
                for result in results:
                    printed.append(result)
                    late = time.monotonic() - committed > WAIT
                    if result.seconds > SLOW or len(printed) >= TOGETHER or late:
                        self._commit(printed)
                        committed = time.monotonic()
            except PrintersLost as lost:  # no fault of the editions: nothing of it is recorded
                for edition in editions:
                    failed = Outcome(edition, State.FAILED, lost.diagnostics)
                    self.settled.setdefault(edition, failed)
            finally:  # what has been printed is kept, however this ends
                self._commit(printed)
        self._report()

    def _digest_of_fair(self, source: str) -> str | None:
        """Return the digest of a source that is one of the fairs; None for any other."""
        if not self.fairs:
            return None
        from careerprint.fairs.fair import digest_of, id_in

        fair = self.fairs.get(id_in(source))
        return digest_of(fair) if fair else None

    def _known(self, edition: Edition, failure: Failure | None) -> Outcome | None:
        """Return the outcome of an edition whose sources and PDF are as they were, else None."""
        entry, pdf = self.entries.get(edition.output), self.out / edition.output
        if entry and not self.options.force and self.freshness.is_fresh(entry, pdf):
            return self._fresh(edition, entry)
        if failure and self.freshness.is_current(failure.origin):
            return Outcome(edition, State.FAILED, failure.diagnostics)
        return None

    def _printed(self, edition: Edition) -> str | None:
        """Return the digest of an edition's PDF as it is, None where there is none."""
        return self.freshness.digests.of_file(f"{self.out}/{edition.output}")

    def _fresh(self, edition: Edition, entry: Entry) -> Outcome:
        told = self._told(edition, entry.concerns)
        diagnostics = (*entry.composing, *entry.printing, *told)
        strictly = self.options.strict and diagnostics
        state = State.FAILED if strictly or has_errors(told) else State.FRESH
        return Outcome(
            edition,
            state,
            diagnostics,
            entry.fallen_back,
            entry.look.left_out,
            is_ready=is_ready(entry.concerns, entry.printing, self.today),
        )

    def _told(self, edition: Edition, concerns: Iterable[Concern]) -> tuple[Diagnostic, ...]:
        """Return what is told today of what keeps an edition in the house."""
        return told_of(concerns, self.today, TARGETS[edition.target])

    def _report(self) -> None:
        """Tell `progress` of settled editions, in the order of the build."""
        while self.reported < len(self.order):
            outcome = self.settled.get(self.order[self.reported])
            if outcome is None:
                return
            self.progress(Done(outcome))
            self.reported += 1

    def _tasks(self, editions: Iterable[Edition]) -> "Iterator[Task[_Composed]]":
        """Yield the editions that have to be printed, composed; settle the others."""
        from careerprint.building.worker import Task
        from careerprint.composing.compose import Composer

        self.composer = composer = Composer(self.reader)
        for edition in editions:
            started = time.monotonic()
            try:
                job = composer.printable(edition, self.fairs.get(edition.fair))
            except Refused as refused:
                sources = composer.sources(edition)
                self.settled[edition] = self._failed(edition, refused.diagnostics, sources)
            except Exception as failure:  # a fault of careerprint's own must not stop the others
                fault = unexpected(edition.output, failure)
                self.settled[edition] = Outcome(edition, State.FAILED, (fault,))
            else:
                reasons = self._reasons(edition, job)
                composed = _Composed(edition, job, reasons, time.monotonic() - started)
                is_held = has_errors(self._told(edition, job.concerns))
                if is_held or not reasons or self.options.strict or self.options.dry_run:
                    self._complete(composed)
                    self._settle(composed)
                if edition not in self.settled:
                    yield Task(composed, job, self._look(job))
                    self._complete(composed)  # it may take long, and is done beside the print

    def _complete(self, composed: _Composed) -> None:
        """Complete what is told of a composed edition."""
        if not composed.is_completed:
            composed.job = self.composer.completed(composed.edition, composed.job)
            if composed.reasons and composed.edition.output in self.entries:  # of all sources
                composed.reasons = self._reasons(composed.edition, composed.job)
            composed.is_completed = True

    def _reasons(self, edition: Edition, job: "Job") -> tuple[Reason, ...]:
        """Return why a composed edition has to be printed; () where its PDF is as it should be."""
        entry, messages = self.entries.get(edition.output), self.record.messages(edition.output)
        reasons = self.freshness.why_stale(job, entry, self._printed(edition), messages)
        return tuple(reasons or ([ASKED_FOR] if self.options.force else []))

    def _settle(self, composed: _Composed) -> None:
        """Settle a composed edition where there is nothing to print."""
        edition, job, reasons = composed.edition, composed.job, composed.reasons
        entry = self.entries.get(edition.output)
        told = self._told(edition, job.concerns)
        diagnostics = (*job.diagnostics, *told)
        if has_errors(told):
            self.settled[edition] = self._failed(edition, diagnostics, job.sources)
        elif self.options.strict and diagnostics:
            self.settled[edition] = Outcome(edition, State.FAILED, diagnostics)
        elif reasons and self.options.dry_run:
            state = State.STALE if self._printed(edition) else State.MISSING
            ready = is_ready(job.concerns, (), self.today)
            self.settled[edition] = Outcome(
                edition, state, diagnostics, job.fallen_back, reasons=reasons, is_ready=ready
            )
        elif entry and not reasons:
            # A source has changed and the job has not: known from now on, and no reason later.
            now = replace(
                entry,
                origin=self.freshness.origin(job.sources),
                composing=job.diagnostics,
                fallen_back=job.fallen_back,
                concerns=job.concerns,
            )
            if not self.options.dry_run:
                with suppress(OSError):  # it is composed again the next time, and no more
                    self.record.put(edition.output, now, job.messages)
            self.settled[edition] = self._fresh(edition, now)

    def _look(self, job: "Job") -> Look | None:
        """Return how the very same job, or its form, was set before."""
        known = self.looks.get(job.form.digest) if job.form else None
        return known or self.looks.get(job.digest)

    def _commit(self, results: "list[Result[_Composed]]") -> None:
        """Put prints and their record into place, settle their editions, and empty the list."""
        good: dict[Edition, Outcome] = {}
        pdfs: dict[str, bytes] = {}
        kept: list[tuple[str, Entry, Messages]] = []
        for result in results:
            composed, printed = result.key, result.printed
            self._complete(composed)
            edition, job = composed.edition, composed.job
            told = (*self._told(edition, job.concerns), *result.diagnostics)
            diagnostics = (*job.diagnostics, *told)
            if printed is None or has_errors(diagnostics) or (self.options.strict and diagnostics):
                self.settled[edition] = self._failed(edition, diagnostics, job.sources)
                continue
            entry = Entry(
                job=job.digest,
                pdf=digest(printed.pdf),
                look=printed.look,
                seconds=result.seconds,
                fallen_back=job.fallen_back,
                concerns=job.concerns,
                composing=job.diagnostics,
                printing=printed.diagnostics,
                origin=self.freshness.origin(job.sources),
            )
            pdfs[edition.output] = printed.pdf
            kept.append((edition.output, entry, job.messages))
            good[edition] = Outcome(
                edition,
                State.PRINTED,
                diagnostics,
                job.fallen_back,
                printed.left_out,
                composed.seconds,
                result.seconds,
                composed.reasons,
                is_ready(job.concerns, printed.diagnostics, self.today),
            )
        failures = self._put(pdfs, kept)
        for edition, outcome in good.items():
            self.settled[edition] = outcome
            if failure := failures.get(edition.output):
                told = not_written(self.out / edition.output, failure).diagnostics
                failed = Outcome(edition, State.FAILED, (*outcome.diagnostics, *told))
                self.settled[edition] = failed
        results.clear()  # now, and not before: whoever interrupts this leaves them to be done again
        self._report()

    def _put(
        self, pdfs: Mapping[str, bytes], kept: Sequence[tuple[str, Entry, Messages]]
    ) -> dict[str, OSError]:
        """Write PDFs whole, and then the record: losing it costs a print. Return what failed."""
        if not pdfs:
            return {}
        outputs = {self.out / output: output for output in pdfs}
        files = {file: pdfs[output] for file, output in outputs.items()}
        failures = {outputs[f]: failure for f, failure in write_all_whole(files, self.out).items()}
        whole = [each for each in kept if each[0] not in failures]
        try:
            self.record.put_all(whole)
        except OSError as failure:
            failures |= {output: failure for output, *_ in whole}
        return failures

    def _failed(
        self,
        edition: Edition,
        diagnostics: tuple[Diagnostic, ...],
        sources: Mapping[str, str | None],
    ) -> Outcome:
        """Keep that an edition failed, and return its outcome."""
        if not self.options.dry_run:
            with suppress(OSError):  # what is told here is worth more than what `status` would say
                origin = self.freshness.origin(sources)
                self.record.put_failure(edition.output, Failure(diagnostics, origin))
        return Outcome(edition, State.FAILED, diagnostics)
