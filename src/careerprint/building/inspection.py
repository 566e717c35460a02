"""Checks finished PDFs of a workspace: finds out what each was printed from, and what is wrong.

A PDF is known by its place in the output folder, or by its bytes wherever it lies.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from careerprint.building.entries import Entry
from careerprint.building.freshness import Freshness
from careerprint.building.outbox import fair_plans
from careerprint.building.record import Record, open_record
from careerprint.building.releases import Release, judged_by_manifest, known_releases
from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.composing.unprinted import RULE as UNPRINTED
from careerprint.core.concerns import told_of
from careerprint.core.diagnostics import N_, Refused
from careerprint.core.edition import Edition, Selection
from careerprint.core.files import read_given, shown_path
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests, digest
from careerprint.core.targets import TARGETS
from careerprint.fairs.fair import Fair
from careerprint.finished.document import Finished
from careerprint.finished.findings import Finding, Spot, of_rule
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions
from careerprint.planning.season import by_id, read_season
from careerprint.rules.checking import examine_pdf


@dataclass(frozen=True, slots=True)
class Given:
    """A PDF to check: its path, the name by which it is told, and its bytes."""

    path: Path
    name: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A PDF that was checked: its name, and its edition, None where it is none.

    `found` is what it holds, None where it cannot be read; `findings` say what is wrong with it.
    `release` is the one with which it went out, None where it did not.
    """

    name: str
    edition: Edition | None
    found: Finished | None
    findings: tuple[Finding, ...]
    release: Release | None = None

    @property
    def has_errors(self) -> bool:
        """Whether it must not be given away."""
        return any(finding.is_error for finding in self.findings)


def inspected(
    files: Iterable[Path],
    reader: Reader,
    out: Path,
    today: date,
    named: Callable[[Path], str] = shown_path,
) -> list[tuple[Given, Checked]]:
    """Return files, as they are `named`, and what is found in each; raises Refused.

    All else is as `Inspector` has it.
    """
    with open_record(out, to_write=False) as record:
        inspector = Inspector(reader, out, record, today)
        given = [Given(file, named(file), read_given(file)) for file in files]
        return [(each, inspector.check(each)) for each in given]


@dataclass(slots=True)
class Inspector:
    """Checks PDFs against what the workspace says now.

    `record` is that of the output folder `out`. `today` is the day on which things have to be in
    order.
    """

    reader: Reader
    out: Path
    record: Record
    today: date
    _freshness: Freshness = field(init=False)
    _entries: Mapping[str, Entry] = field(init=False)
    _editions: Mapping[str, Edition] = field(init=False)
    _releases: Mapping[str, Release] = field(init=False)
    _seasons: dict[tuple[Path, tuple[str, ...] | None], Mapping[str, Fair]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self._freshness = Freshness(self.reader.root, Digests(self.record.stamps()))
        self._entries = self.record.entries()
        self._releases = known_releases(self.out)
        planned = [e for plan in self.record.plans().values() for e in plan.editions]
        with suppress(Refused):  # what was planned before is known all the same
            reader = self.reader.fork()
            declared = Selection(targets=tuple(TARGETS))
            planned += plan_editions(reader, read_configuration(reader), declared)
        self._editions = {edition.output: edition for edition in planned}

    def built(self) -> list[Path]:
        """Return the PDFs of all editions that were printed and are there, by their paths."""
        outputs = sorted(self._entries.keys() & self._editions.keys())
        return [self.out / output for output in outputs if (self.out / output).is_file()]

    def check(self, given: Given) -> Checked:
        """Return what is found in a PDF."""
        spot, taken = Spot(given.name), digest(given.pdf)
        release, misfits = judged_by_manifest(given.path, taken, spot)
        checked = self._checked(given, spot, release or self._releases.get(taken))
        return replace(checked, findings=(*misfits, *checked.findings))

    def _checked(self, given: Given, spot: Spot, release: Release | None) -> Checked:
        output = self._output_of(given)
        if output is None and release:
            examined = examine_pdf(given.pdf, given.name)
            return Checked(given.name, None, examined.found, examined.findings, release)
        if output is None:
            elsewhere = spot.doubt(
                N_("careerprint has not printed this as an edition of this workspace."),
                N_("Only what holds for every PDF was checked."),
            ).of("foreign")
            examined = examine_pdf(given.pdf, given.name)
            return Checked(given.name, None, examined.found, (elsewhere, *examined.findings))
        edition, entry = self._editions[output], self._entries[output]
        job, findings, unready = self._job(edition, entry, spot)
        if digest(given.pdf) != entry.pdf:
            altered = spot.doubt(
                N_("The file was altered since it was printed."),
                N_("Print it again, unless you know who altered it, and why."),
            )
            findings.append(altered.of("altered"))
        examined = examine_pdf(given.pdf, given.name, job, entry.look.left_out)
        findings += examined.findings
        if job:
            unprinted = (d for d in job.diagnostics if d.rule == UNPRINTED)
            findings += [of_rule("fact-unprinted", diagnostic) for diagnostic in unprinted]
        return Checked(given.name, edition, examined.found, (*findings, *unready), release)

    def _output_of(self, given: Given) -> str | None:
        """Return the output path of the edition that a PDF is, None where it is none."""
        path = given.path.resolve()
        if path.is_relative_to(self.out.resolve()):
            output = path.relative_to(self.out.resolve()).as_posix()
            if output in self._entries and output in self._editions:
                return output
        wanted = digest(given.pdf)
        same = (o for o, entry in self._entries.items() if entry.pdf == wanted)
        return next((output for output in same if output in self._editions), None)

    def _job(
        self, edition: Edition, entry: Entry, spot: Spot
    ) -> tuple[Job | None, list[Finding], list[Finding]]:
        """Return the job that an edition was printed from, and what keeps the edition in the house.

        Where the job is not known, None, and why.
        """
        fair = None
        try:
            if edition.fair:
                fair = self._fair(edition)
                if fair is None:
                    unknown = spot.doubt(
                        N_("The fair “{name}” stands in no table that can be read."),
                        N_("Put the table back: the text was compared with nothing."),
                        name=edition.fair,
                    ).of("fair-unknown")
                    return None, [unknown], []
            job = compose(edition, self.reader.fork(), fair)
        except Refused as refused:
            unknown = spot.doubt(
                N_("The edition cannot be composed now⟨ ({place}); careerprint build says why⟩."),
                N_("Mend that, and build again: the text was compared with nothing."),
                place=refused.diagnostics[0].location,
            ).of("workspace")
            return None, [unknown], []
        told = told_of(job.concerns, self.today, job.target)
        unready = [of_rule(each.rule, each) for each in told]
        if self._freshness.is_of(entry, job):
            return job, [], unready
        stale = spot.doubt(
            N_("Its sources, or careerprint itself, have changed since it was printed."),
            N_("Build it again: the text was compared with nothing."),
        ).of("stale")
        return None, [stale], unready

    def _fair(self, edition: Edition) -> Fair | None:
        """Return the fair that an edition is for, from a table that asked for it."""
        for table, sheet, plan in fair_plans(self.record):
            if edition in plan.editions and table.is_file():
                # As careerprint.toml says, or else as the command was told.
                for sheets in (None, (), (sheet,)) if sheet else (None,):
                    if found := self._fairs_of(table, sheets).get(edition.fair):
                        return found
        return None

    def _fairs_of(self, table: Path, sheets: tuple[str, ...] | None) -> Mapping[str, Fair]:
        if (table, sheets) not in self._seasons:
            found: Mapping[str, Fair] = {}
            with suppress(Refused) if sheets else nullcontext():  # that sheet may be gone
                season = read_season(table, self.reader.fork(), self.today, sheets=sheets)
                found = by_id(season.fairs)
            self._seasons[table, sheets] = found
        return self._seasons[table, sheets]
