"""Finds what a German text says is paid: for one time, by stage and by year of training.

What is not surely pay is left.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from careerprint.extraction.factterms import TRAININGS
from careerprint.extraction.stateddays import DayStated
from careerprint.manuscripts.manuscript import Paragraph
from careerprint.profiles import payterms as terms
from careerprint.profiles.amounts import has_amount
from careerprint.profiles.payclauses import PayFound, pay_told
from careerprint.profiles.payterms import Period

_LONGEST_NOTE = 100  # characters of a line that says what all amounts below are


@dataclass(frozen=True, slots=True)
class AllPay:
    """All pay of a text, for one period, and pay by year of training.

    `gross` says whether all of it is gross or net, None where the text does not; `is_full_time`
    that it is of full time. `left` are amounts that were not taken, each with its position.
    `minimum` says that what is paid in training is the least by law. `only_for` is the training for
    which this is paid, where the text tells of others, too; `only_for_words` say so. `as_of` is the
    day on which all of it was true, where the text states one.
    """

    pay: tuple[PayFound, ...] = ()
    period: Period | None = None
    gross: Literal["gross", "net"] | None = None
    is_full_time: bool = False
    training: tuple[PayFound, ...] = ()
    minimum: bool = False
    only_for: str = ""
    only_for_words: str = ""
    left: tuple[tuple[str, int], ...] = ()
    as_of: DayStated | None = None

    @property
    def basis(self) -> Literal["gross_full_time", "net_full_time"] | None:
        """Whether all pay is gross or net, where the text says so, and of full time."""
        if self.gross is None or not self.is_full_time:
            return None
        return "gross_full_time" if self.gross == "gross" else "net_full_time"


def find_pay(paragraphs: Sequence[Paragraph], headings: Sequence[str], most: int) -> AllPay:
    """Return the pay in paragraphs; `headings` has, for each, the heading that it stands under.

    At most `most` stages besides those of a training are taken.
    """
    found: list[PayFound] = []
    left: list[tuple[str, int]] = []
    said: list[str] = []
    of_years: list[str] = []
    for at, (paragraph, heading) in enumerate(zip(paragraphs, headings, strict=True)):
        above = paragraphs[at - 1].text if at and paragraph.kind in {"bullet", "number"} else ""
        context = f"{heading} | {above if above.endswith(':') else ''}"
        if paragraph.kind in {"heading", "picture"}:
            continue
        for sentence, taken, others in pay_told(paragraph.text, paragraph.cells, context, at):
            found += taken
            said += [sentence] if taken else []
            of_years += [sentence, context] if any(each.year for each in taken) else []
            left += [(words, at) for words in others]
    unlike = _years_unlike(found)
    left += [(each.words, each.at) for each in unlike]
    found = _without_repetition([each for each in found if each not in unlike])
    training = [each for each in found if each.year]
    if not _is_whole(training):  # a single year, or ranges, cannot be told by year
        training = []
    after = "Nach der Ausbildung" if training else "Gehalt"
    other = [
        replace(each, label=after) if each.label.lower() == "danach" else each
        for each in found
        if each not in training
    ]
    period, chosen = _of_one_period(other, [p.text for p in paragraphs], headings)
    chosen, cut = chosen[:most], [*chosen[most:], *(p for p in other if p not in chosen)]
    left += [(each.words, each.at) for each in cut]
    only_for, words = _only_for(of_years, paragraphs) if training else ("", "")
    spoken = " ".join([*said, *(headings[each.at] for each in chosen)])
    bases = {each.basis for each in chosen if each.basis}
    return AllPay(
        tuple(chosen),
        period,
        next(iter(bases)) if len(bases) == 1 else None,
        terms.FULL_TIME.search(spoken) is not None,
        tuple(sorted(training, key=lambda each: each.year)),
        terms.MINIMUM.search(" ".join(said)) is not None,
        only_for,
        words,
        tuple(dict.fromkeys(left)),
    )


def _only_for(said: Sequence[str], paragraphs: Sequence[Paragraph]) -> tuple[str, str]:
    """Return the training that what is said of pay names, and the words that name it first.

    Both are "" where the text tells of no other training, or pay is said of several.
    """
    named = [
        (name, words.strip(" |"))
        for words in said
        for name, kind in TRAININGS
        if kind.search(words)
    ]
    paid = {name for name, _ in named}
    told = {name for p in paragraphs for name, kind in TRAININGS if kind.search(p.text)}
    return named[0] if len(paid) == 1 and told - paid else ("", "")


def _years_unlike(found: Sequence[PayFound]) -> list[PayFound]:
    """Return the pay by years of training where one year has several: of trades, or of times."""
    training = [each for each in found if each.year]
    amounts = {(each.year, each.low, each.high) for each in training}
    return training if len(amounts) > len({each.year for each in training}) else []


def _without_repetition(found: Sequence[PayFound]) -> list[PayFound]:
    kept: dict[tuple[object, ...], PayFound] = {}
    for each in found:
        key = (each.low, each.high, each.year) if not each.year else ("year", each.year)
        alike = kept.get(key)
        if alike is None:
            kept[key] = each
        elif not each.year and not _says_no_more(each.label, alike.label):
            kept[(*key, each.label)] = each
    return list(kept.values())


def _says_no_more(label: str, before: str) -> bool:
    """Tell whether a label says no more than that something is paid, or the same as before."""
    return label == before or terms.PAY.fullmatch(label) is not None


def _is_whole(training: Sequence[PayFound]) -> bool:
    years = sorted(each.year for each in training)
    is_single = all(each.low == each.high for each in training)
    monthly = all(each.period in {None, "month"} and each.basis != "net" for each in training)
    return len(years) > 1 and years == list(range(1, len(years) + 1)) and is_single and monthly


def _of_one_period(
    found: Sequence[PayFound], texts: Sequence[str], headings: Sequence[str]
) -> tuple[Period | None, list[PayFound]]:
    """Return the time that most amounts are for, and those that may be for it; gross ones first."""
    if any(each.basis == "gross" for each in found):
        found = [each for each in found if each.basis != "net"]
    counts = Counter(each.period for each in found if each.period)
    if not counts:
        under = {headings[each.at] for each in found} - {""}
        around = [
            t
            for t, h in zip(texts, headings, strict=True)
            if h in under and len(t) <= _LONGEST_NOTE
        ]
        around += under
        told = {p for text in around if not has_amount(text) for p in terms.periods_said(text)}
        return (told.pop() if len(told) == 1 else None), list(found)
    ((period, _),) = counts.most_common(1)
    low, high = terms.LIKELY[str(period)]
    chosen = [
        each
        for each in found
        if each.period == period or (each.period is None and low <= each.high <= high)
    ]
    return period, chosen
