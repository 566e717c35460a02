"""Checks a finished PDF by all rules, or by those that hold for every PDF."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from careerprint.composing.job import Job
from careerprint.core.diagnostics import N_
from careerprint.finished.codes import SeenCode, codes_of
from careerprint.finished.document import Finished, read_finished
from careerprint.finished.findings import Finding, Spot
from careerprint.finished.opening import Unusable
from careerprint.finished.streams import SENSELESS
from careerprint.rules import fonts, inks, pages, press, reading, texts
from careerprint.rules.case import Case, Rule

MOST_OF_A_RULE = 10  # findings that are told one by one

# In the order in which findings are told. Where the first finds too many pages or too few, the
# others are not asked: what they would find may well follow from that.
RULES: tuple[Rule, ...] = (
    pages.objects_whole,
    pages.page_count,
    pages.page_format,
    pages.page_boxes,
    pages.page_bleed,
    pages.pages_judged,
    fonts.fonts_embedded,
    fonts.fonts_known,
    fonts.glyphs_there,
    texts.text_complete,
    texts.text_inside,
    texts.type_size,
    inks.colours_are_inks,
    inks.ink_coverage,
    inks.black_text,
    inks.white_overprints,
    inks.picture_resolution,
    press.output_intent,
    press.press_marks,
    press.nothing_active,
    press.no_links,
    reading.language,
    reading.title,
    reading.links,
    reading.codes,
    reading.standards,
)


@dataclass(frozen=True, slots=True)
class Examination:
    """What a PDF holds, None where it cannot be read, and what is wrong with that."""

    found: Finished | None
    findings: tuple[Finding, ...]


def examine_pdf(
    pdf: bytes, name: str, job: Job | None = None, left_out: Collection[str] = ()
) -> Examination:
    """Return what a PDF holds, which is told by `name`, and what is found in it.

    `job` is what it was printed from, without the optional blocks `left_out`. Without a job, only
    what holds for every PDF is checked, or what the PDF itself claims to be.
    """
    try:
        found = read_finished(pdf)
    except Unusable as unusable:
        unread = Spot(name).fault(unusable.message, unusable.hint, **unusable.parameters)
        unread = unread.of(unusable.rule)
        return Examination(None, (unread,))
    trims = [page.trim for page in found.pages]
    codes: Sequence[SeenCode] = ()
    if job and job.codes_without(left_out):
        with suppress(*(SENSELESS if found.faults else ())):
            codes = codes_of(pdf, trims)
    case = Case(name, pdf, found, job, left_out, codes)
    findings: list[Finding] = []
    for rule in RULES:
        try:
            findings += _first(rule.findings(case), case)
        except SENSELESS:
            if not found.faults:  # then it is not the file's
                raise
            findings.append(_unasked(rule, case))
        if rule is pages.page_count and any(f.rule in rule.ids for f in findings):
            break
    return Examination(found, tuple(findings))


def _unasked(rule: Rule, case: Case) -> Finding:
    """Return that a rule could not be asked, since it reads what is damaged."""
    message = N_("The rule {rules} was not asked: what it reads is damaged.")
    hint = N_("Correct the damage first.")
    return case.spot().doubt(message, hint, rules=", ".join(rule.ids)).of("not-judged")


def _first(findings: Iterable[Finding], case: Case) -> Iterator[Finding]:
    """Yield findings; of many by one rule and as bad, the first, and how many more there are."""
    more: dict[tuple[str, bool], int] = {}
    for finding in findings:
        kind = finding.rule, finding.is_error
        more[kind] = more.get(kind, 0) + 1
        if more[kind] <= MOST_OF_A_RULE:
            yield finding
    for (rule, is_error), count in more.items():
        if count > MOST_OF_A_RULE:
            tell = case.spot().fault if is_error else case.spot().doubt
            message, hint = (
                N_("There are more of this kind: {count}."),
                N_("Correct those that are told here first."),
            )
            yield tell(message, hint, count=count - MOST_OF_A_RULE).of(rule)
