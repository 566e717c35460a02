"""Checks a finished PDF by all rules, or by those that hold for every PDF."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from careerprint import rulesfonts, rulesinks, rulespages, rulespress, rulesreading, rulestexts
from careerprint.case import Case
from careerprint.diagnostics import N_
from careerprint.findings import Finding, Spot, doubt, fault
from careerprint.finished import Finished, Unusable, read_finished
from careerprint.job import Job

MOST_OF_A_RULE = 10  # findings that are told one by one

# In the order in which findings are told. Each rule knows to what it applies.
RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    rulespages.page_format,
    rulespages.page_boxes,
    rulespages.page_bleed,
    rulesfonts.fonts_embedded,
    rulesfonts.fonts_known,
    rulesfonts.glyphs_there,
    rulestexts.text_complete,
    rulestexts.text_inside,
    rulestexts.type_size,
    rulesinks.colours_are_inks,
    rulesinks.ink_coverage,
    rulesinks.black_text,
    rulesinks.picture_resolution,
    rulespress.output_intent,
    rulespress.press_marks,
    rulespress.nothing_active,
    rulespress.no_links,
    rulesreading.language,
    rulesreading.title,
    rulesreading.links,
    rulesreading.codes,
    rulesreading.standards,
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
        unread = fault(unusable.rule, Spot(name), unusable.message, unusable.hint)
        return Examination(None, (unread,))
    case = Case(name, pdf, found, job, left_out)
    # Where pages are missing or too many, what else is wrong may well follow from that.
    wrong = tuple(rulespages.page_count(case))
    return Examination(found, wrong or tuple(_judged(case)))


def _judged(case: Case) -> Iterator[Finding]:
    for rule in RULES:
        yield from _first(rule(case), case)


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
            tell = fault if is_error else doubt
            yield tell(
                rule,
                case.spot(),
                N_("There are more of this kind: {count}."),
                N_("Correct those that are told here first."),
                count=count - MOST_OF_A_RULE,
            )
