"""Freshness: whether what was made before is what would be made now, and if not, why.

This module alone decides it. A print is fresh as long as its toolchain, its job and its PDF are as
they were. Where all sources are as they were, so is the job, and nothing has to be composed to know
it. A source that changed and leaves the job as it was, by a comment for example, is no reason.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from careerprint.building.entries import Entry, Messages, Origin, Plan
from careerprint.building.record import Record, open_record
from careerprint.core.diagnostics import N_
from careerprint.core.edition import FAIR_SOURCE, Edition, Look, Reason, Selection
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests
from careerprint.core.toolchain import toolchain
from careerprint.core.workspace import APPROVALS_FILE

if TYPE_CHECKING:
    from careerprint.composing.job import Job


CATALOG_SUFFIX = ".po"
NOT_PRINTED = Reason(N_("not printed yet"))


@dataclass(slots=True)
class Freshness:
    """Compares what the record of a workspace says with what there is now.

    `root` is the workspace; `digests` are those of its files, of PDFs and of careerprint's code.
    """

    root: Path
    digests: Digests
    toolchain: Mapping[str, str] = field(init=False)
    _current: set[tuple[str, str | None]] = field(default_factory=set)  # sources that are as then

    def __post_init__(self) -> None:
        self.toolchain = toolchain(self.digests)

    def origin(self, sources: Mapping[str, str | None]) -> Origin:
        """Return sources, by name and digest, with the toolchain of now."""
        own = {name: taken for name, taken in sources.items() if name.startswith(FAIR_SOURCE)}
        shared = {name: taken for name, taken in sources.items() if name not in own}
        return Origin(self.toolchain, shared, own)

    def is_current(self, origin: Origin) -> bool:
        """Tell whether the toolchain and all sources are as they were."""
        if origin.toolchain != self.toolchain:
            return False
        for sources in (origin.sources, origin.own):
            for name, then in sources.items() - self._current:
                if self.digests.of_source(self.root, name) != then:
                    return False
                self._current.add((name, then))
        return True

    def looks(self, entries: Iterable[Entry]) -> dict[str, Look]:
        """Return how jobs and forms were set with the toolchain of now, by their digests."""
        now = self.toolchain
        return {e.look.job: e.look for e in entries if e.origin.toolchain == now}

    def is_fresh(self, entry: Entry, pdf: Path) -> bool:
        """Tell, without its job, whether a PDF is what would be printed now."""
        return self.is_current(entry.origin) and self.digests.of_file(str(pdf)) == entry.pdf

    def is_of(self, entry: Entry | None, job: "Job") -> bool:
        """Tell whether an edition was last printed from this job, with the toolchain of now."""
        return (
            entry is not None
            and entry.job == job.digest
            and entry.origin.toolchain == self.toolchain
        )

    def why_stale(
        self, job: "Job", entry: Entry | None, printed: str | None, messages: Messages
    ) -> list[Reason]:
        """Return why a PDF is not what the job would be printed to; [] where it is.

        `entry` and `messages` are the record of the print before, `printed` is the digest of the
        PDF as it is, None where it is not there.
        """
        if entry is None:
            return [NOT_PRINTED]
        if printed is None:
            return [Reason(N_("output missing"))]
        if self.is_of(entry, job):
            return [] if printed == entry.pdf else [Reason(N_("output altered"))]
        old, new = entry.origin.toolchain, self.toolchain
        reasons = [
            _reason(
                "{name} {old} → {new}", name=name, old=old.get(name, "–"), new=new.get(name, "–")
            )
            for name in {**old, **new}
            if old.get(name) != new.get(name)
        ]
        if entry.job != job.digest:
            reasons += _sources(entry.origin.all_sources, job.sources, messages, job.messages)
        return reasons or [Reason(N_("the edition's options changed"))]


def _sources(
    old: Mapping[str, str | None],
    new: Mapping[str, str | None],
    old_messages: Messages,
    new_messages: Messages,
) -> Iterator[Reason]:
    for name in sorted({*old, *new}):
        before, now = old.get(name), new.get(name)
        if before == now or name == APPROVALS_FILE:  # it decides whether, and not what, to print
            continue
        said, says = old_messages.get(name, {}), new_messages.get(name, {})
        count = sum(said.get(message) != says.get(message) for message in {*said, *says})
        if now is None:
            yield _reason(N_("{name} removed"), name=name)
        elif before is None:
            yield _reason(N_("{name} added"), name=name)
        elif not name.endswith(CATALOG_SUFFIX):
            yield _reason(N_("{name} changed"), name=name)
        elif count:
            yield _reason(N_("{name}: messages changed: {count}"), name=name, count=count)


def _reason(template: str, **values: object) -> Reason:
    return Reason(template, tuple(values.items()))


def planned_editions(
    selection: Selection, reader: Reader, out: Path, *, to_write: bool = True
) -> tuple[list[Edition], Freshness]:
    """Return the selected editions, and what was compared to know them; raises Refused.

    `to_write` lets the record of the folder `out` keep them.
    """
    with open_record(out, to_write=to_write) as record:
        freshness = Freshness(reader.root, Digests(record.stamps()))
        return _planned(selection, reader, record, freshness, to_write=to_write), freshness


def _planned(
    selection: Selection, reader: Reader, record: Record, freshness: Freshness, *, to_write: bool
) -> list[Edition]:
    request = json.dumps(astuple(selection))
    plan = record.plans(request).get(request)
    if plan and freshness.is_current(plan.origin):
        return list(plan.editions)
    # Imported here because reading a configuration and layouts loads much that the above does not.
    from careerprint.layouts.configuration import read_configuration
    from careerprint.planning.plan import plan_editions

    planning = reader.fork()
    editions = plan_editions(planning, read_configuration(planning), selection)
    if to_write:
        with suppress(OSError):  # they are planned again the next time
            record.put_plan(request, Plan(tuple(editions), freshness.origin(planning.sources)))
    return editions
