"""Prints one job: typesets it and reads the finished PDF back."""

from dataclasses import replace

from careerprint.copyfit import Setting
from careerprint.diagnostics import has_errors
from careerprint.job import Job
from careerprint.typeset import Typeset, Typesetter


def print_job(job: Job, typesetter: Typesetter, start: Setting | None = None) -> Typeset:
    """Return the job typeset, with what is found in its PDF among the diagnostics.

    Where these hold an error, the PDF must not go out. `start` is the setting of the print of the
    same job before. Raises Refused where the job cannot be typeset at all.
    """
    # Imported here because it loads PDFium, which a build that prints nothing does without.
    from careerprint.preflight import preflight

    typeset = typesetter.typeset(job, start)
    if has_errors(typeset.diagnostics):  # what else is wrong may well follow from that
        return typeset
    found = preflight(typeset.pdf, job, typeset.left_out)
    return replace(typeset, diagnostics=(*typeset.diagnostics, *found))
