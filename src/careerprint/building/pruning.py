"""Finds and removes what was printed and is no longer declared.

Only files that the build record knows are touched, and only as they were printed.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from careerprint.building.outbox import planned_for_fairs
from careerprint.building.record import Record
from careerprint.core.edition import FAIRS, Edition
from careerprint.core.sources import Digests


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that the record knows and that no declared edition is printed to.

    `is_there` says that there is such a file, `altered` that it is not as it was printed, so that
    somebody may want it.
    """

    output: str
    is_there: bool
    altered: bool


def leftovers(out: Path, record: Record, declared: Iterable[Edition]) -> list[Leftover]:
    """Return what the record of the folder `out` knows beside the declared editions, sorted.

    Declared is also what the tables of fairs asked for when they were last printed from, as long as
    they are there.
    """
    wanted = {edition.output for edition in declared} | planned_for_fairs(record)
    return _found(out, record, lambda output: output not in wanted)


def of_fair(out: Path, record: Record, fair_id: str) -> list[Leftover]:
    """Return all that the record of the folder `out` knows of a fair, sorted."""
    folder = f"{FAIRS}/{fair_id}/"
    return _found(out, record, lambda output: output.startswith(folder))


def _found(out: Path, record: Record, is_wanted: Callable[[str], bool]) -> list[Leftover]:
    entries, digests = record.entries(), Digests(record.stamps())
    found = []
    for output in sorted(filter(is_wanted, {*entries, *record.failures()})):
        is_there = (out / output).exists()
        printed = entries[output].pdf if output in entries else None
        now = digests.of_file(str(out / output))
        found.append(Leftover(output, is_there, is_there and (now is None or now != printed)))
    return found


def remove(out: Path, record: Record, found: Iterable[Leftover]) -> None:
    """Remove leftovers but those that are altered, and forget them; raises OSError."""
    for leftover in found:
        if leftover.altered:
            continue
        file = out / leftover.output
        file.unlink(missing_ok=True)
        record.forget(leftover.output)
        with suppress(OSError):  # there is something else in it
            file.parent.rmdir()
