"""Readiness rules: numbers in the text agree with those of its translation, and with the facts."""

from careerprint.core.diagnostics import Severity
from careerprint.profiles.numbers import number_remark
from careerprint.readiness.case import Case, Judged, Reads, rule


@rule("numbers", reads={Reads.TEXTS}, severity=Severity.WARNING)
def numbers(case: Case) -> Judged:
    """Yield `numbers`: no translation has another number than the German text (our convention)."""
    for printed in case.texts:
        if printed.translated and (
            told := number_remark(printed.original, printed.written, printed.translated)
        ):
            yield told
