"""Prints jobs: typesets each and checks the finished PDF by all rules.

Flyers that differ in nothing but their fair are one form, laid out and checked once, and filled in
for each. Whatever cannot be filled in, or is not right then, is laid out by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from careerprint.composing.job import Job
from careerprint.core.concerns import PICTURE_COARSE, PICTURE_SOFT
from careerprint.core.diagnostics import Diagnostic, Refused, has_errors
from careerprint.core.edition import MOST_FAMILIES, Look
from careerprint.typesetting.forms import Form, form_job
from careerprint.typesetting.typeset import Typeset, Typesetter

if TYPE_CHECKING:
    from careerprint.finished.findings import Finding
    from careerprint.rules.filled import Judged

READ_WHOLLY = 50  # of so many filled pages, one is read and drawn by a library, too


class Printer:
    """Prints jobs; those with the same fonts, styles or form share them. A context manager."""

    def __init__(self) -> None:
        self._typesetter = Typesetter()
        self._forms: dict[str, _Form | None] = {}

    def __enter__(self) -> Self:
        self._typesetter.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._typesetter.__exit__(*raised)

    def print(self, job: Job, known: Look | None = None) -> Typeset:
        """Return the job typeset, with what is found in its PDF among the diagnostics.

        Where these hold an error, the PDF must not go out. `known` is how the same job, or its
        form, was set before. Raises Refused where the job cannot be typeset at all.
        """
        form = self._form(job, known) if job.fields else None
        filled = form.filled(job) if form else None
        return filled or self._by_itself(job, known)

    def _by_itself(self, job: Job, known: Look | None) -> Typeset:
        # Imported here because it loads what reads PDFs, which a build that prints nothing does
        # without.
        from careerprint.rules.checking import examine_pdf

        typeset = self._typesetter.typeset(job, known)
        if has_errors(typeset.diagnostics):  # what else is wrong may well follow from that
            return typeset
        if job.rows:
            found = self._examined_rows(job, typeset)
        else:
            found = examine_pdf(typeset.pdf, job.name, job, typeset.left_out).findings
        return replace(typeset, diagnostics=tuple(_told(typeset, found)))

    def _examined_rows(self, job: Job, typeset: Typeset) -> "tuple[Finding, ...]":
        """Return what is found in a table of many rows: all rules judge few of them."""
        from careerprint.rules.checking import examine_pdf
        from careerprint.rules.rowpages import excerpt, row_faults

        few = excerpt(job)
        judged = typeset if few.rows == job.rows else self._typesetter.typeset(few)
        found = examine_pdf(judged.pdf, job.name, few, judged.left_out).findings
        if found and judged is not typeset:  # it is told where it stands in the whole
            found = examine_pdf(typeset.pdf, job.name, job, typeset.left_out).findings
        return (*found, *row_faults(typeset.pdf, job.name, typeset.said))

    def _form(self, job: Job, known: Look | None) -> "_Form | None":
        """Return the form of a job with fields, made and judged once; None where it has none."""
        digest = job.form.digest if job.form else ""
        if digest not in self._forms:
            while len(self._forms) >= MOST_FAMILIES:
                del self._forms[next(iter(self._forms))]
            self._forms[digest] = self._made_form(job, known)
        return self._forms[digest]

    def _made_form(self, job: Job, known: Look | None) -> "_Form | None":
        from careerprint.rules.filled import judge_form

        try:
            made = self._typesetter.form(job, known)
        except Refused:  # told of the job itself, by its own name
            return None
        if made is None or has_errors(made[0].diagnostics):
            return None
        typeset, form = made
        tokens = [field.token for field in job.fields]
        of_form, texts = form_job(job), form.texts_of(())
        judged = judge_form(typeset.pdf, of_form, typeset.left_out, texts, tokens)
        return _Form(job.name, typeset, form, judged) if judged else None


@dataclass(slots=True)
class _Form:
    """A form, how it was set, and what was found in it; `name` is the edition's that it came of.

    `count` is how often it was filled in.
    """

    name: str
    typeset: Typeset
    form: Form
    judged: "Judged"
    count: int = 0

    def filled(self, job: Job) -> Typeset | None:
        """Return a job printed by filling the form in; None where that cannot be done rightly."""
        from careerprint.rules.filled import examine_filled

        pdf = self.form.filled(job)
        if pdf is None:
            return None
        wholly, self.count = self.count % READ_WHOLLY == 0, self.count + 1
        texts = self.form.texts_of(job.fields)
        found = examine_filled(pdf, job, self.judged, texts, wholly=wholly)
        if found is None:
            return None
        told = tuple(self._of(job, each) for each in _told(self.typeset, found))
        return replace(self.typeset, pdf=pdf, diagnostics=told)

    def _of(self, job: Job, told: Diagnostic) -> Diagnostic:
        """Return what is told of the form as told of an edition that it was filled in for."""
        if told.location.path != self.name:
            return told
        return replace(told, location=replace(told.location, path=job.name))


def _told(typeset: Typeset, found: "Iterable[Finding]") -> Iterator[Diagnostic]:
    """Yield what is told of a print, and what is found in its PDF besides."""
    yield from typeset.diagnostics
    is_told = any(each.rule in {PICTURE_COARSE, PICTURE_SOFT} for each in typeset.diagnostics)
    for finding in found:
        if not (is_told and finding.rule == "picture-resolution"):
            yield finding.diagnostic
