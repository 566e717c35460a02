"""Prints one job: typesets it and checks the finished PDF by all rules."""

from dataclasses import replace

from careerprint.composing.job import Job
from careerprint.core.diagnostics import has_errors
from careerprint.typesetting.copyfit import Setting
from careerprint.typesetting.typeset import Typeset, Typesetter


def print_job(job: Job, typesetter: Typesetter, start: Setting | None = None) -> Typeset:
    """Return the job typeset, with what is found in its PDF among the diagnostics.

    Where these hold an error, the PDF must not go out. `start` is the setting of the print of the
    same job before. Raises Refused where the job cannot be typeset at all.
    """
    # Imported here because it loads what reads PDFs, which a build that prints nothing does
    # without.
    from careerprint.rules.checking import examine_pdf

    typeset = typesetter.typeset(job, start)
    if has_errors(typeset.diagnostics):  # what else is wrong may well follow from that
        return typeset
    examination = examine_pdf(typeset.pdf, job.name, job, typeset.left_out)
    told = (finding.diagnostic for finding in examination.findings)
    return replace(typeset, diagnostics=(*typeset.diagnostics, *told))
