"""Tells whether an edition's PDF is what its sources would be printed to now, and if not, why."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from careerprint.diagnostics import N_
from careerprint.job import Job
from careerprint.record import Entry

CATALOG_SUFFIX = ".po"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an edition has to be printed: a template in English, and what fills it."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the reason in the user's language."""
        return translate(self.template).format(**dict(self.values))


def why_stale(job: Job, entry: Entry | None, target: Path) -> list[Reason]:
    """Return why the file at `target` is not what the job would be printed to; [] where it is.

    `entry` is the record of the print before. What decides is the job's digest: a source that has
    changed and leaves the job as it was is no reason.
    """
    if entry is None:
        return [Reason(N_("not printed yet"))]
    try:
        printed = hashlib.sha256(target.read_bytes()).hexdigest()
    except OSError:
        return [Reason(N_("output missing"))]
    if entry.job == job.digest:
        return [] if printed == entry.pdf else [Reason(N_("output altered"))]
    reasons = [*_versions(entry.versions, job.versions), *_sources(entry, job)]
    return reasons or [Reason(N_("the edition's options changed"))]


def _versions(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Reason]:
    for name, version in new.items():
        if old.get(name) != version:
            yield _reason("{name} {old} → {new}", name=name, old=old.get(name, "–"), new=version)


def _sources(entry: Entry, job: Job) -> Iterator[Reason]:
    for name in sorted({*entry.sources, *job.sources}):
        old, new = entry.sources.get(name), job.sources.get(name)
        if old == new:
            continue
        if new is None:
            yield _reason(N_("{name} removed"), name=name)
        elif old is None:
            yield _reason(N_("{name} added"), name=name)
        elif name.endswith(CATALOG_SUFFIX) and (count := _messages_changed(name, entry, job)):
            yield _reason(N_("{name}: messages changed: {count}"), name=name, count=count)
        elif not name.endswith(CATALOG_SUFFIX):
            yield _reason(N_("{name} changed"), name=name)


def _messages_changed(name: str, entry: Entry, job: Job) -> int:
    """Return how many of the messages that both prints took from a catalog read otherwise now."""
    old, new = entry.messages.get(name, {}), job.messages.get(name, {})
    return sum(old.get(message) != new.get(message) for message in {*old, *new})


def _reason(template: str, **values: object) -> Reason:
    return Reason(template, tuple(values.items()))
