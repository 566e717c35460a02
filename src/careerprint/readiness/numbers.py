"""Readiness rules: numbers of the text agree with those of its translation, and with the facts."""

from careerprint.core.diagnostics import N_, Severity, error, warning
from careerprint.profiles.numbers import number_remark
from careerprint.readiness.case import Case, Judged, Reads, rule
from careerprint.readiness.statedpay import contradictions, other_pay, range_told

_CORRECT = N_(
    "Correct one of the two. An amount that the text takes from the facts changes with them"
    "⟨: write {name}|: put it in with the tool “Fact”⟩."
)


@rule("numbers", reads={Reads.TEXTS}, severity=Severity.WARNING)
def numbers(case: Case) -> Judged:
    """Yield `numbers`: no translation has another number than the German text (our convention)."""
    for printed in case.texts:
        if printed.translated and (
            told := number_remark(printed.original, printed.written, printed.translated)
        ):
            yield told


@rule("pay-text", reads={Reads.PROFILE, Reads.TEXTS})
def pay_in_texts(case: Case) -> Judged:
    """Yield `pay-text`: what the German text says is paid is what the facts say (our convention).

    An amount of the same stage, or year of training, that differs is an error. What may be of
    another is a warning: a person decides. Where it is not sure that an amount is the pay of the
    profession, nothing is told.
    """
    facts = case.profile.front.facts
    places = {printed.location for printed in case.texts}
    certain = [each for each in contradictions(case.profile) if each.location in places]
    for each in certain:
        yield error(
            each.location,
            N_("The text says “{words}” for “{stage}”; the facts say: {pay}."),
            _CORRECT,
            words=each.words,
            stage=each.stage,
            pay=each.fact,
            name=f"{{{each.name}}}",
        )
    if facts.pay is None:
        return
    told = {(each.location, each.words) for each in certain}
    for printed in case.texts:
        for found in other_pay(printed.original, facts):
            if (printed.location, found.words.strip()) not in told:
                yield warning(
                    printed.location,
                    N_("The text says “{words}”; the facts about pay say: {pay}."),
                    _CORRECT,
                    words=found.words.strip(),
                    pay="; ".join(f"{s.label} {range_told(s)}" for s in facts.pay.ranges),
                    name=f"{{pay.{facts.pay.ranges[0].id}}}",
                )
