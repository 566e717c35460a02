"""Prints one job: typesets it and reads the finished PDF back."""

from dataclasses import dataclass

from careerprint.copyfit import Setting
from careerprint.diagnostics import Diagnostic, has_errors
from careerprint.job import Job
from careerprint.typeset import Typesetter


@dataclass(frozen=True, slots=True)
class Printed:
    """A job's PDF with all that was found in it, how it was set and what it leaves out.

    Where `diagnostics` hold an error, the PDF must not go out.
    """

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]
    setting: Setting
    left_out: tuple[str, ...]


def print_job(job: Job, typesetter: Typesetter, start: Setting | None) -> Printed:
    """Return the job printed; raises Refused where it cannot be typeset at all.

    `start` is the setting of the print before.
    """
    # Imported here because it loads PDFium, which a build that prints nothing does without.
    from careerprint.preflight import preflight

    typeset = typesetter.typeset(job, start)
    found = typeset.diagnostics
    if not has_errors(found):  # what else is wrong may well follow from an error
        found = (*found, *preflight(typeset.pdf, job, typeset.left_out))
    return Printed(typeset.pdf, found, typeset.setting, typeset.left_out)
