"""Finds pay in the German text, its tables included, that the facts about pay do not say.

An amount of the same stage as a fact, or of the same year of training, contradicts that fact. Of
any other amount it is told only where it surely is pay of the profession, and it may be right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from careerprint.core.diagnostics import Location
from careerprint.core.schema import Text
from careerprint.profiles import payterms as terms
from careerprint.profiles.amounts import Amount, amounts_in, has_amount
from careerprint.profiles.body import Part
from careerprint.profiles.catalogs import PROFILE_SOURCE, known_locale
from careerprint.profiles.content import Profile, flyer_blocks, head_blocks
from careerprint.profiles.facts import Facts, Pay, PayRange, TrainingPay
from careerprint.profiles.formats import amount, amount_range
from careerprint.profiles.payclauses import Cells, PayFound, pay_told
from careerprint.profiles.sentences import sentences

_ABOUT = r"(?:rund|etwa|circa|ca\.|ungefähr|gut|knapp|fast|um die)\s+"
_NEAR = 0.05  # of an amount: what “about” leaves open (our convention)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Words of a text, and the fact of the same stage that says otherwise, with its name."""

    location: Location
    words: str
    stage: str
    fact: str
    name: str


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text or a row of a table; those of one part of the text share its number."""

    text: str
    context: str
    location: Location
    part: int
    cells: Cells = ()


def contradictions(profile: Profile) -> Iterator[Contradiction]:
    """Yield what the text says of a stage or a year of training otherwise than its fact."""
    facts = profile.front.facts
    found = [
        (passage, sentence, pay)
        for passage in _passages(profile)
        if has_amount(passage.text)
        for sentence, taken, _ in pay_told(
            passage.text, passage.cells, passage.context, passage.part
        )
        for pay in taken
    ]
    years: dict[tuple[int, int], set[float]] = {}
    for _, _, pay in found:
        years.setdefault((pay.at, pay.year), set()).add(pay.high)
    for passage, sentence, pay in found:
        around = f"{passage.context} {sentence}"
        is_about = re.search(_ABOUT + re.escape(pay.words), sentence)
        if (is_about and _is_near(pay, facts)) or terms.AVERAGE.search(around):
            continue
        told = None
        if pay.year and len(years[pay.at, pay.year]) == 1 and facts.training_pay:
            told = _against_year(pay, around, facts.training_pay)
        elif not pay.year and facts.pay and not _is_of_other(around, sentence, facts.pay):
            told = _against_stage(pay, facts.pay)
        if told:
            yield Contradiction(passage.location, pay.words.strip(), *told)


def _is_near(pay: PayFound, facts: Facts) -> bool:
    """Tell whether a fact has an amount that one said roughly may mean."""
    ends = {float(pay.high), *([float(pay.low)] if pay.low is not None else [])}
    return any(abs(said - end) <= _NEAR * said for said in _declared(facts) for end in ends)


def _passages(profile: Profile) -> Iterator[_Passage]:
    front = profile.front
    heads = (*head_blocks(front.title, front.subtitle, front.teaser), *flyer_blocks(front.flyer))
    for number, (_, text) in enumerate(heads):
        yield _Passage(_bare(text), "", text.location, -1 - number)
    sections = [("", profile.opening), *((s.heading, s.parts) for s in profile.sections)]
    parts = [(heading, part) for heading, parts in sections for part in parts]
    for number, (heading, part) in enumerate(parts):
        above = parts[number - 1][1].blocks[-1:] if number else ()
        leads = " ".join(text for text in above if text.endswith(":"))
        if part.kind == "table":
            yield from _rows(part, f"{heading} | {leads}", number)
        else:
            for text in part.blocks:
                yield _Passage(_bare(text), f"{heading} | {leads}", text.location, number)


def _bare(text: str | None) -> str:
    return (text or "").replace("**", "")


def _rows(table: Part, context: str, number: int) -> Iterator[_Passage]:
    head = tuple(map(_bare, table.rows[0]))
    for row in table.rows[1:]:
        cells = tuple(map(_bare, row))
        places = [cell.location for cell in row if isinstance(cell, Text)]
        if places:
            text = " | ".join((*head, *cells))
            yield _Passage(text, context, places[0], number, (head, cells))


def _against_year(pay: PayFound, around: str, facts: TrainingPay) -> tuple[str, str, str] | None:
    """Return stage, amount and name of the fact of a year that an amount contradicts."""
    if not 1 <= pay.year <= len(facts.years) or pay.low != pay.high or pay.open_top:
        return None
    is_other = pay.basis == "net" or pay.period not in {None, "month"}
    by_law = terms.MINIMUM.search(around) and not facts.minimum
    year = facts.years[pay.year - 1]
    if is_other or by_law or terms.OTHER_PAY.search(around) or pay.high == year.amount:
        return None
    said = amount(known_locale(PROFILE_SOURCE), year.amount)
    return pay.label, said, f"training_pay.{year.id}.amount"


def _against_stage(pay: PayFound, facts: Pay) -> tuple[str, str, str] | None:
    """Return label, amount and name of the fact of a stage that an amount contradicts."""
    same = [stage for stage in facts.ranges if _is_of_stage(pay, stage.label)]
    if len(same) != 1 or pay.period not in {None, facts.period or "month"}:
        return None
    least, most = terms.LIKELY[facts.period or "month"]
    (stage,) = same
    if not least <= pay.high <= most or _agrees(pay, stage, facts):
        return None
    return stage.label, range_told(stage), f"pay.{stage.id}"


def _is_of_stage(pay: PayFound, label: str) -> bool:
    named = {name for name, words in terms.STAGE if words.search(label)}
    return pay.label.casefold() == label.casefold() or named == {pay.stage}


def _agrees(pay: PayFound, stage: PayRange, facts: Pay) -> bool:
    """Tell whether an amount may be that of a stage: one within its range may, an end has to be."""
    places = 2 if facts.period == "hour" else 0
    top = round(stage.max, places)
    bottom = top if stage.min is None else round(stage.min, places)
    high = round(pay.high, places)
    low = None if pay.low is None else round(pay.low, places)
    if stage.is_from:  # "up to so much" may go with it, if that is more
        return (
            high > bottom if low is None else low == bottom or (low > bottom and not pay.open_top)
        )
    if low is None:
        return high >= top
    if pay.open_top or stage.open_top or stage.min == stage.max:
        # "from so much" is no less than "up to so much"
        return low < top if pay.open_top and stage.min is None else low <= top
    if low == high:
        return bottom <= low <= top
    return (low, high) == (bottom, top)


def range_told(stage: PayRange) -> str:
    """Return in German what a stage is paid."""
    german = known_locale(PROFILE_SOURCE)
    if stage.min is not None and stage.min < stage.max:
        return amount_range(german, stage.min, stage.max)
    said = amount(german, stage.max)
    if stage.min is not None:
        return f"ab {said}" if stage.is_from else said
    return f"bis gut {said}" if stage.open_top else f"bis {said}"


def _declared(facts: Facts) -> set[float]:
    """Return all amounts that the facts of a profile say are paid."""
    ends = (
        [end for stage in facts.pay.ranges for end in (stage.min, stage.max)] if facts.pay else []
    )
    years = [year.amount for year in facts.training_pay.years] if facts.training_pay else []
    return {float(end) for end in (*ends, *years) if end is not None}


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
