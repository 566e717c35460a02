"""Tells whether an edition's PDF is what its sources would be printed to now, and if not, why."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from careerprint.building.record import Entry, Messages
from careerprint.core.diagnostics import N_
from careerprint.core.edition import Reason
from careerprint.core.versions import all_versions

if TYPE_CHECKING:
    from careerprint.composing.job import Job

CATALOG_SUFFIX = ".po"
NOT_PRINTED = Reason(N_("not printed yet"))


def why_stale(
    job: "Job", entry: Entry | None, printed: str | None, messages: Messages
) -> list[Reason]:
    """Return why a PDF is not what the job would be printed to; [] where it is.

    `entry` and `messages` are the record of the print before, `printed` is the digest of the PDF as
    it is, None where it is not there. What decides is the job's digest: a source that has changed
    and leaves the job as it was is no reason.
    """
    if entry is None:
        return [NOT_PRINTED]
    if printed is None:
        return [Reason(N_("output missing"))]
    if entry.job == job.digest:
        return [] if printed == entry.pdf else [Reason(N_("output altered"))]
    reasons = [
        *_versions(entry.origin.versions, all_versions()),
        *_sources(entry.origin.sources, job.sources, messages, job.messages),
    ]
    return reasons or [Reason(N_("the edition's options changed"))]


def _versions(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Reason]:
    for name, version in new.items():
        if old.get(name) != version:
            yield _reason("{name} {old} → {new}", name=name, old=old.get(name, "–"), new=version)


def _sources(
    old: Mapping[str, str | None],
    new: Mapping[str, str | None],
    old_messages: Messages,
    new_messages: Messages,
) -> Iterator[Reason]:
    for name in sorted({*old, *new}):
        before, now = old.get(name), new.get(name)
        if before == now:
            continue
        count = _messages_changed(old_messages.get(name, {}), new_messages.get(name, {}))
        if now is None:
            yield _reason(N_("{name} removed"), name=name)
        elif before is None:
            yield _reason(N_("{name} added"), name=name)
        elif not name.endswith(CATALOG_SUFFIX):
            yield _reason(N_("{name} changed"), name=name)
        elif count:
            yield _reason(N_("{name}: messages changed: {count}"), name=name, count=count)


def _messages_changed(old: Mapping[str, str], new: Mapping[str, str]) -> int:
    """Return how many of the messages that both prints took from a catalog read otherwise now."""
    return sum(old.get(message) != new.get(message) for message in {*old, *new})


def _reason(template: str, **values: object) -> Reason:
    return Reason(template, tuple(values.items()))
