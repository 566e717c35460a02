"""Readiness rules: numbers of the text agree with those of its translation, and with the facts."""

from collections.abc import Iterator
from itertools import pairwise

from careerprint.core.diagnostics import N_, Severity, warning
from careerprint.profiles import payterms as terms
from careerprint.profiles.amounts import Amount, amounts_in
from careerprint.profiles.catalogs import PROFILE_SOURCE, known_locale
from careerprint.profiles.facts import Facts, Pay
from careerprint.profiles.formats import amount, amount_range
from careerprint.profiles.numbers import number_remark
from careerprint.profiles.sentences import sentences
from careerprint.readiness.case import Case, Judged, Reads, rule


@rule("numbers", reads={Reads.TEXTS}, severity=Severity.WARNING)
def numbers(case: Case) -> Judged:
    """Yield `numbers`: no translation has another number than the German text (our convention)."""
    for printed in case.texts:
        if printed.translated and (
            told := number_remark(printed.original, printed.written, printed.translated)
        ):
            yield told


@rule("pay-text", reads={Reads.PROFILE, Reads.TEXTS}, severity=Severity.WARNING)
def pay_in_texts(case: Case) -> Judged:
    """Yield `pay-text`: what the German text says is paid is what the facts say (our convention).

    Where it is not sure that an amount is the pay of the profession, nothing is told.
    """
    facts = case.profile.front.facts
    if facts.pay is None:
        return
    for printed in case.texts:
        for found in other_pay(printed.original, facts):
            yield warning(
                printed.location,
                N_("The text says “{words}”; the facts about pay say: {pay}."),
                N_(
                    "Correct one of the two. An amount that the text takes from the facts changes "
                    "with them⟨: write {name}|: put it in with the tool “Fact”⟩."
                ),
                words=found.words.strip(),
                pay="; ".join(_stages(facts.pay)),
                name=f"{{pay.{facts.pay.ranges[0].id}}}",
            )


def _declared(facts: Facts) -> set[float]:
    """Return all amounts that the facts of a profile say are paid."""
    ends = (
        [end for stage in facts.pay.ranges for end in (stage.min, stage.max)] if facts.pay else []
    )
    years = [year.amount for year in facts.training_pay.years] if facts.training_pay else []
    return {float(end) for end in (*ends, *years) if end is not None}


def _stages(pay: Pay) -> Iterator[str]:
    german = known_locale(PROFILE_SOURCE)
    for stage in pay.ranges:
        is_range = stage.min is not None and stage.min < stage.max
        low = stage.min if stage.min is not None else stage.max
        told = amount_range(german, low, stage.max) if is_range else amount(german, stage.max)
        yield f"{stage.label} {told}"


def other_pay(text: str, facts: Facts) -> Iterator[Amount]:
    """Yield the amounts of a text that are surely pay for the profession, and not declared."""
    pay, declared = facts.pay, _declared(facts)
    if pay is None or not terms.PAY.search(text):
        return
    for before, sentence in pairwise(["", *sentences(text)]):
        says_pay = terms.PAY.search(sentence) or terms.PAYS.search(sentence)
        if says_pay and not _is_of_other(f"{before} {sentence}", sentence, pay):
            yield from (
                found
                for found in amounts_in(sentence)
                if not _rounded({found.low, found.high}, pay) <= _rounded(declared, pay)
                and _counts(sentence, found, pay)
            )


def _rounded(amounts: set[float], pay: Pay) -> set[float]:
    return {round(each, 2 if pay.period == "hour" else 0) for each in amounts}


def _is_of_other(around: str, sentence: str, pay: Pay) -> bool:
    """Tell whether a sentence may speak of another pay than the facts do: when in doubt, it does.

    That is pay in training, by law, once, net or for another time, that of a stage which the facts
    do not name, and what is no pay. A pay group besides a stage that they name is of that stage.
    """
    stages = {name: words for name, words in terms.STAGE if name not in terms.GENERAL}
    labels = " ".join(stage.label for stage in pay.ranges)
    found = {name for name, words in stages.items() if words.search(sentence)}
    unnamed = {name for name in found if not stages[name].search(labels)}
    if found - unnamed:
        unnamed -= {"group"}
    after_training = stages["entry"].sub("", around)
    periods = {name for name, words in terms.PERIODS if words.search(sentence)}
    bases = {name for name, words in terms.BASES if words.search(sentence)}
    return bool(
        terms.TRAINING.search(after_training)
        or terms.YEAR.search(after_training)
        or any(each.search(around) for each in (terms.COST, terms.MINIMUM, terms.OTHER_PAY))
        or unnamed - {"entry"}
        or periods - {pay.period or "month"}
        or bases - {(pay.basis or "gross_full_time").partition("_")[0]}
    )


def _counts(sentence: str, found: Amount, pay: Pay) -> bool:
    """Tell whether an amount is what is paid, not about that, added to it, or paid long ago."""
    above, behind = sentence[: found.start], sentence[found.end :]
    least, most = terms.LIKELY[pay.period or "month"]
    return least <= found.low <= found.high <= most and not (
        terms.VAGUE.search(above)
        or terms.ADDED_BEFORE.search(above)
        or terms.ADDED_BEHIND.match(behind)
        or terms.ONCE.search(sentence)
        or (terms.AVERAGE.search(sentence) and not found.is_range)
    )
