"""Prints editions: composes each, prints what is not fresh, and puts whole files into out/.

This phase alone writes PDFs and the build record.
"""

import hashlib
import traceback
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from careerprint.compose import Job, compose
from careerprint.copyfit import Setting
from careerprint.diagnostics import N_, Diagnostic, Location, Refused, error, has_errors, refuse
from careerprint.editions import Edition
from careerprint.files import write_whole
from careerprint.reader import Reader
from careerprint.record import Entry, Record, open_record
from careerprint.typeset import Typeset, Typesetter


class State(Enum):
    """What became of an edition in a build."""

    PRINTED = "printed"
    FRESH = "fresh"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An edition's state after a build, with all that was found on the way.

    `fallen_back` counts the blocks that stand in German for want of a translation, `left_out` names
    the optional blocks that had no room.
    """

    edition: Edition
    state: State
    diagnostics: tuple[Diagnostic, ...] = ()
    fallen_back: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: `force` prints what is fresh too; `strict` fails an edition with warnings."""

    force: bool = False
    strict: bool = False


DEFAULTS = Options()


def build(
    editions: Iterable[Edition],
    reader: Reader,
    out: Path,
    options: Options = DEFAULTS,
    report: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """Print the editions into the folder `out`, one after the other, and return the outcomes.

    A fresh edition is left as it is. A failed one keeps its last good PDF and does not stop the
    others. `report` is called with each outcome as it comes. Raises Refused where `out` cannot be
    written at all.
    """
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        try:
            record = stack.enter_context(open_record(out))
        except OSError as failure:
            raise not_written(out, failure) from None
        typesetter = stack.enter_context(Typesetter())
        for edition in editions:
            try:
                outcome = _built(edition, reader.fork(), out, record, typesetter, options)
            except Refused as refused:
                outcome = Outcome(edition, State.FAILED, refused.diagnostics)
            except OSError as failure:  # the record, or the temporary folder for fonts
                failed = not_written(out / edition.output, failure)
                outcome = Outcome(edition, State.FAILED, failed.diagnostics)
            except Exception as failure:  # a fault of careerprint's own must not stop the others
                outcome = Outcome(edition, State.FAILED, (unexpected(edition.output, failure),))
            outcomes.append(outcome)
            report(outcome)
    return outcomes


def _built(
    edition: Edition,
    reader: Reader,
    out: Path,
    record: Record,
    typesetter: Typesetter,
    options: Options,
) -> Outcome:
    """Print an edition unless it is fresh; raises Refused where it cannot be printed rightly."""
    target = out / edition.output
    job = compose(edition, reader)
    if options.strict and job.diagnostics:
        raise Refused(job.diagnostics)
    digest = job.digest
    entry = record.find(edition.output)
    # Under `strict`, what was printed with warnings is printed again, to be judged by them.
    again = options.force or (options.strict and entry is not None and entry.warned)
    if not again and _fresh(target, digest, entry):
        return Outcome(edition, State.FRESH, job.diagnostics, job.fallen_back)
    # The setting of another text would lead the search elsewhere (copyfit says why).
    start = entry.setting if entry is not None and entry.job == digest else None
    typeset, diagnostics = _printed(job, typesetter, start)
    if has_errors(diagnostics) or (options.strict and diagnostics):
        raise Refused(diagnostics)
    _commit(target, typeset.pdf)
    warned = len(diagnostics) > len(job.diagnostics)
    printed = hashlib.sha256(typeset.pdf).hexdigest()
    record.put(edition.output, Entry(digest, printed, warned, typeset.setting))
    return Outcome(edition, State.PRINTED, diagnostics, job.fallen_back, typeset.left_out)


def unexpected(place: str, failure: Exception) -> Diagnostic:
    """Return the error for what careerprint did not foresee, with what its authors need to know."""
    trace = traceback.extract_tb(failure.__traceback__)
    return error(
        Location(place),
        N_("careerprint made a mistake ({kind}: {reason}; {spot})."),
        N_("Please report this line together with the file that it arose from."),
        kind=type(failure).__name__,
        reason=failure,
        spot=f"{Path(trace[-1].filename).name}:{trace[-1].lineno}" if trace else "–",
    )


def _printed(
    job: Job, typesetter: Typesetter, start: Setting | None
) -> tuple[Typeset, tuple[Diagnostic, ...]]:
    # Imported here because it loads PDFium, which a build that prints nothing does without.
    from careerprint.preflight import preflight

    typeset = typesetter.typeset(job, start)
    if has_errors(typeset.diagnostics):  # what else is wrong may well follow from that
        return typeset, (*job.diagnostics, *typeset.diagnostics)
    found = preflight(typeset.pdf, job, typeset.left_out)
    return typeset, (*job.diagnostics, *typeset.diagnostics, *found)


def _fresh(target: Path, digest: str, entry: Entry | None) -> bool:
    """Tell whether the file at `target` is what a job of this digest was printed to."""
    if entry is None or entry.job != digest:
        return False
    try:
        return hashlib.sha256(target.read_bytes()).hexdigest() == entry.pdf
    except OSError:
        return False


def _commit(target: Path, pdf: bytes) -> None:
    """Put the PDF at `target`, whole or not at all; raises Refused where that fails."""
    try:
        write_whole(target, pdf)
    except OSError as failure:
        raise not_written(target, failure) from None


def not_written(path: Path, failure: OSError) -> Refused:
    """Return the error for a file or folder that cannot be written."""
    return refuse(
        Location(str(path)),
        N_("This cannot be written ({reason})."),
        N_("Check free space and permissions, and close the file in other programs."),
        reason=failure.strerror or failure,
    )
