"""Puts prints into place: the files first, several at a time, and then the build record."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from careerprint.building.record import Entry, Messages, Record
from careerprint.core.files import write_all_whole

# What is printed in less than SLOW seconds is put into place TOGETHER, or after WAIT seconds, since
# waiting for the disk each time would take longer than printing.
SLOW, TOGETHER, WAIT = 0.1, 32, 0.25


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF, its path in the output folder, and what the record keeps of it."""

    output: str
    pdf: bytes
    entry: Entry
    messages: Messages


def put_into_place(out: Path, prints: Sequence[Print], record: Record) -> dict[str, OSError]:
    """Write PDFs into the folder `out`, and keep them in its record; return what failed.

    A file is whole or as it was. The record follows the files: losing it costs a print.
    """
    if not prints:
        return {}
    names = {out / each.output: each.output for each in prints}
    contents = {out / each.output: each.pdf for each in prints}
    failures = {names[file]: failure for file, failure in write_all_whole(contents, out).items()}
    whole = [each for each in prints if each.output not in failures]
    try:
        record.put_all((each.output, each.entry, each.messages) for each in whole)
    except OSError as failure:
        failures |= {each.output: failure for each in whole}
    return failures
