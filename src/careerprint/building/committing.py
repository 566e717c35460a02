"""Puts prints into place: the files first, several at a time, and then the build record."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from careerprint.building.record import Entry, Messages, Origin, Record
from careerprint.core.files import write_all_whole
from careerprint.core.sources import digest

if TYPE_CHECKING:
    from careerprint.composing.job import Job
    from careerprint.typesetting.typeset import Typeset

# What is printed in less than SLOW seconds is put into place TOGETHER, or after WAIT seconds, since
# waiting for the disk each time would take longer than printing.
SLOW, TOGETHER, WAIT = 0.1, 32, 0.25


@dataclass(frozen=True, slots=True)
class Print:
    """A job that was printed rightly in so many seconds, and its path in the output folder.

    `origin` is what it was made from.
    """

    output: str
    job: "Job"
    printed: "Typeset"
    seconds: float
    origin: Origin


def put_into_place(out: Path, prints: Sequence[Print], record: Record) -> dict[str, OSError]:
    """Write PDFs into the folder `out`, and keep them in its record; return what failed.

    A file is whole or as it was. The record follows the files: losing it costs a print.
    """
    if not prints:
        return {}
    names = {out / each.output: each.output for each in prints}
    contents = {out / each.output: each.printed.pdf for each in prints}
    failures = {names[file]: failure for file, failure in write_all_whole(contents, out).items()}
    whole = [each for each in prints if each.output not in failures]
    try:
        record.put_all(_kept(each) for each in whole)
    except OSError as failure:
        failures |= {each.output: failure for each in whole}
    return failures


def _kept(each: Print) -> tuple[str, Entry, Messages]:
    """Return what the record keeps of a print."""
    job, printed = each.job, each.printed
    entry = Entry(
        job=job.digest,
        pdf=digest(printed.pdf),
        step=printed.setting.step,
        left_out=printed.left_out,
        seconds=each.seconds,
        fallen_back=job.fallen_back,
        unreviewed=job.unreviewed,
        composing=job.diagnostics,
        printing=printed.diagnostics,
        origin=each.origin,
    )
    return each.output, entry, job.messages
