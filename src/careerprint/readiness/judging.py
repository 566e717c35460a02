"""Judges an edition by all readiness rules."""

from careerprint.core.concerns import Concern
from careerprint.readiness import (
    apprenticeships,
    completeness,
    numbers,
    placeholders,
    plainlanguage,
    wages,
)
from careerprint.readiness.case import Case, Reads, Rule

# In the order in which concerns are told.
RULES: tuple[Rule, ...] = (
    completeness.check_marks,
    placeholders.placeholders,
    placeholders.issuer,
    placeholders.contacts,
    completeness.foreign_texts,
    completeness.approvals,
    numbers.numbers,
    completeness.outdated,
    completeness.credits,
    numbers.pay_in_texts,
    wages.minimum_wage,
    apprenticeships.official_names,
    plainlanguage.plain_language,
    completeness.fair_past,
    placeholders.fair_contacts,
)


def judge(case: Case) -> tuple[Concern, ...]:
    """Return what keeps an edition in the house, apart from what differs from fair to fair."""
    return _judged(case, of_fair=False)


def judge_fair(case: Case) -> tuple[Concern, ...]:
    """Return what keeps it there besides, for the fair that it is for."""
    return _judged(case, of_fair=True)


def _judged(case: Case, *, of_fair: bool) -> tuple[Concern, ...]:
    rules = (rule for rule in RULES if (Reads.FAIR in rule.reads) == of_fair)
    return tuple(concern for rule in rules for concern in rule.concerns(case))
