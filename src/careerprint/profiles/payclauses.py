"""Reads what a sentence or a row of a table says is paid: each amount by its own clause.

An amount's clause reaches from the comma or “und” behind the amount before it to the one before the
next. A line of a list and a cell of a table are clauses, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from careerprint.profiles import payterms as terms
from careerprint.profiles.amounts import Amount, amounts_in
from careerprint.profiles.german import sentences_to_search
from careerprint.profiles.payterms import Basis, Period

_ANY_LIKELY = (300, 400_000)

_Kind = TypeVar("_Kind", bound=str)
_UNIT = re.compile(r"\W*(?:€|Euro|EUR|Betrag|Höhe)\W*")
_BETWEEN_NOUNS = {
    *("mit", "nach", "im", "in", "der", "des", "als", "bei", "zum", "zur", "für", "und", "oder"),
    *("von", "ohne", "am", "den", "dem", "die", "bis", "ab", "je", "erster", "erstes"),
}
_LONGEST_ROW, _LONGEST_LABEL = 80, 40  # characters of a line of a list or table
_IN_TURN = re.compile(r"\s*[/;]\s*")
_YEAR_ROW = re.compile(r"(?:Im )?[1-4]\. ?(?:\w*jahr|Lj\.?)\b", re.IGNORECASE)
_BOUND = re.compile(
    r"(?:^|\s)(?:ab|bis|bis zu|rund|etwa|ca\.|circa|mindestens|mind\.|zwischen|von|max\.|über"
    r"|mehr als|wenigstens)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PayFound:
    """What a text says is paid at a stage, in euros; `at` is the paragraph's position.

    Without `low`, it is up to `high`; with `open_top`, more than `high`, which is `low` where
    the text says "from". `words` are those that it was taken from, and `label` the words for the
    stage, or for pay. `year` is that of a training, 0 for other pay.
    """

    stage: str
    label: str
    low: float | None
    high: float
    open_top: bool
    words: str
    at: int
    year: int = 0
    period: Period | None = None
    basis: Basis | None = None


Told = tuple[str, list[PayFound], list[str]]
Cells = Sequence[Sequence[str]]


def pay_told(text: str, cells: Cells, context: str, at: int) -> Iterator[Told]:
    """Yield the sentences of a paragraph, or the rows of a table (`cells`), that name amounts.

    With each come the pay that it tells, and the amounts that are not surely pay. `context` is
    what stands above: its heading, and the line that introduces a list. `at` is the paragraph's
    position. `text` is that of all cells.
    """
    yield from _cells(text, cells, context, at) if cells else _sentences(text, context, at)


def _sentences(text: str, context: str, at: int) -> Iterator[Told]:
    """Yield each sentence with the pay that it tells, and the amounts that are not taken."""
    text = terms.LEADERS.sub(": ", text)
    is_year = terms.TRAINING.search(f"{context} {text}") and _YEAR_ROW.match(text)
    about = bool(terms.PAY.search(text) or terms.PAY.search(context) or is_year)
    before = ""
    for sentence in sentences_to_search(text):
        amounts = list(amounts_in(sentence))
        if amounts:
            yield _sentence(sentence, amounts, f"{context} {before}", at, about=about)
        before = sentence


def _sentence(
    sentence: str, amounts: Sequence[Amount], context: str, at: int, *, about: bool
) -> Told:
    taken: list[PayFound] = []
    left: list[str] = []
    clauses = list(_clauses(sentence, amounts))
    series = _years_in_series(sentence, amounts, context)
    is_cost = False
    for number, (amount, (before, behind)) in enumerate(zip(amounts, clauses, strict=True)):
        own = f"{before} {behind}"
        cost, pays = _nearest(terms.COST, before, behind), _nearest(terms.PAY, before, behind)
        costs = cost is not None and (pays is None or cost <= pays)
        is_cost = costs or (is_cost and pays is None)
        found = None
        if about and not is_cost and _counts(sentence, amount, before):
            if series:
                found = _made(amount, sentence, (before, behind), context, (*series[number], at))
            else:
                found = _found(sentence, amount, (before, behind), context, at)
        if found and (len(amounts) > 1 or _says_pay(sentence, own, context)):
            taken.append(found)
        else:
            left.append(amount.words.strip())
    gaps = [sentence[a.end : b.start] for a, b in pairwise(amounts)]
    if taken and left and all(map(_IN_TURN.fullmatch, gaps)):  # of one kind, whichever that is
        return sentence, [], [amount.words.strip() for amount in amounts]
    return sentence, taken, left


def _nearest(words: re.Pattern[str], before: str, behind: str) -> int | None:
    """Return how far from an amount the nearest of some words stands in its clause."""
    distances = [len(before) - found.end() for found in words.finditer(before)]
    distances += [found.start() for found in words.finditer(behind)]
    return min(distances, default=None)


def _counts(sentence: str, amount: Amount, before: str) -> bool:
    """Tell whether an amount is what is paid, not what is added to it, or was paid long ago."""
    above = sentence[: amount.start]
    behind = sentence[amount.end :]
    return not (
        terms.VAGUE.search(above)
        or terms.ADDED_BEFORE.search(above)
        or terms.ADDED_BEHIND.match(behind)
        or terms.ONCE.search(before)
        or terms.IN_BETWEEN.search(before)
        or terms.NOT_OF_IT.search(above)
        or terms.LEFT_OVER.search(sentence)
        or amount.low > amount.high
    )


def _says_pay(sentence: str, own: str, context: str) -> bool:
    """Tell whether a sentence with one amount says that it is paid."""
    said = (terms.PAY.search(sentence), terms.PAYS.search(sentence), _stages(own, 0))
    row = len(sentence) <= _LONGEST_ROW and (terms.PAY.search(context) is not None)
    return any(said) or row


def _clauses(text: str, amounts: Sequence[Amount]) -> Iterator[tuple[str, str]]:
    """Yield for each amount the words before and behind it that belong to it."""
    behind_last = text[: amounts[0].start]
    for number, amount in enumerate(amounts):
        before = behind_last
        end = amounts[number + 1].start if number + 1 < len(amounts) else len(text)
        gap = text[amount.end : end]
        more = terms.AND_MORE.match(gap)
        boundary = terms.BOUNDARY.search(gap, more.end() if more else 0)
        if number + 1 == len(amounts):
            yield before, gap
            return
        if boundary:
            yield before, gap[: boundary.start()]
            behind_last = gap[boundary.start() :].lstrip(" ,;(|/–—")
        else:
            # Without a comma between them, the words name what follows where the first is named.
            is_named = _stage_of(before, "") is not None or before.strip()
            yield before, "" if is_named else gap
            behind_last = gap if is_named else ""


def _years_in_series(
    sentence: str, amounts: Sequence[Amount], context: str
) -> list[tuple[str, str, int]]:
    """Return stage, label and year of each amount where a sentence names as many years of training.

    They stand all before the amounts, all behind them, or each beside its own.
    """
    marks = list(terms.YEAR.finditer(sentence))
    named = (
        terms.NAMED_YEAR.search(sentence)
        or terms.TRAINING.search(f"{sentence} {context}")
        or all(amount.high <= terms.ONLY_IN_TRAINING for amount in amounts)
    )
    if not named or len(marks) != len(amounts) or len(amounts) == 1:
        return []
    pairs = list(zip(marks, amounts, strict=True))
    is_apart = marks[-1].end() <= amounts[0].start or marks[0].start() >= amounts[-1].end
    is_before = all(m.end() <= a.start for m, a in pairs)
    is_behind = all(m.start() >= a.end for m, a in pairs)
    turns = all(a.end <= m.start() for a, m in zip(amounts, marks[1:], strict=False))
    turns |= is_behind and all(m.end() <= a.start for m, a in zip(marks, amounts[1:], strict=False))
    if not (is_apart or (turns and (is_before or is_behind))):
        return []
    noun = terms.noun_of(sentence, context)
    return [("training", f"{n}. {noun}", n) for n in map(terms.number_of, marks)]


def _found(
    sentence: str, amount: Amount, clause: tuple[str, str], context: str, at: int
) -> PayFound | None:
    before, behind = clause
    stage = _training_year(sentence, before, behind, context)
    label, year = "", 0
    if stage:
        year, label = stage
        name = "training"
    else:
        told = _told(sentence, amount, clause)
        is_some_year = any(mark["noun"] for mark in terms.YEAR.finditer(before))
        is_some_year |= terms.NAMED_YEAR.search(before) is not None
        if told is None or (is_some_year and told[0] == "pay"):
            return None
        name, label = told
    return _made(amount, sentence, clause, context, (name, label, year, at))


def _made(
    amount: Amount,
    sentence: str,
    clause: tuple[str, str],
    context: str,
    named: tuple[str, str, int, int],
) -> PayFound | None:
    """Return an amount as pay, its ends and its time from its clause, else from what is around."""
    before, behind = clause
    name, label, year, at = named
    own = f"{before} | {behind}"
    period = _first(terms.PERIODS, own, sentence, context)
    basis = _first(terms.BASES, own, sentence, context)
    low, high = terms.LIKELY[period] if period else _ANY_LIKELY
    if not low <= amount.low <= amount.high <= high:
        return None
    is_exact = period == "hour"  # and has cents
    least, most = (end if is_exact and end % 1 else round(end) for end in (amount.low, amount.high))
    ends: tuple[float | None, float, bool]
    is_more = terms.AND_MORE.match(sentence, amount.end) is not None
    if amount.is_range:
        ends = (least, most, False)
    elif terms.UP_TO.search(sentence[: amount.start]):
        ends = (None, most, is_more)
    else:
        ends = (least, most, is_more or terms.AT_LEAST.search(sentence[: amount.start]) is not None)
    bound = terms.UP_TO if ends[0] is None else terms.AT_LEAST
    begins = bound.search(sentence[: amount.start])
    words = sentence[begins.start() if begins else amount.start : amount.end].strip()
    least_end, most_end, is_open = ends
    return PayFound(name, label, least_end, most_end, is_open, words, at, year, period, basis)


def _first(kinds: Sequence[tuple[_Kind, re.Pattern[str]]], *texts: str) -> _Kind | None:
    """Return the only kind that the first of some texts names; None where one names several."""
    for text in texts:
        said = [name for name, words in kinds if words.search(text)]
        if said:
            return said[0] if len(said) == 1 else None
    return None


def _training_year(sentence: str, before: str, behind: str, context: str) -> tuple[int, str] | None:
    """Return the year of training that a clause is about, and its label."""
    if found := terms.YEAR_BEHIND.search(before):
        return int(found["which"]), f"{found['which']}. {found['noun']}jahr"
    marks = [*terms.YEAR.finditer(before)][-1:] or [*terms.YEAR.finditer(behind)][:1]
    if not marks:
        return None
    (mark,) = marks
    text = before if mark.string is before else behind
    is_named = mark["noun"] and terms.NAMED_YEAR.search(mark["noun"])
    is_after = terms.AFTER_YEAR.search(text[: mark.start()])
    if is_after or (mark["noun"] is None and not _is_elliptic(text, mark, sentence, context)):
        return None
    if not is_named and not terms.NAMED_YEAR.search(f"{sentence} {context}"):
        said = terms.TRAINING.search(f"{sentence} {context}")
        paid = [amount.high for amount in amounts_in(sentence)]
        is_little = bool(paid) and max(paid) <= terms.ONLY_IN_TRAINING
        stage = _stage_of(before, behind)
        if not (said or is_little) or (stage and stage[0] != "training"):
            return None
    number = terms.number_of(mark)
    return number, f"{number}. {terms.noun_of(mark['noun'] or '', sentence, context)}"


def _is_elliptic(text: str, mark: re.Match[str], sentence: str, context: str) -> bool:
    """Tell whether "im zweiten" means a year, named elsewhere, and no other noun follows."""
    follows = text[mark.end() :].strip(" :=–-")
    is_last = not follows or not follows[:1].isupper()
    return is_last and bool(terms.NAMED_YEAR.search(sentence) or terms.NAMED_YEAR.search(context))


def _told(sentence: str, amount: Amount, clause: tuple[str, str]) -> tuple[str, str] | None:
    """Return the stage that an amount is for, and its label; None where nothing says which."""
    before, behind = clause
    stage = _stage_of(before, behind)
    row = re.sub(
        "^(?:Der|Die|Das|Deine?|Ihre?|Unsere?) ",
        "",
        _BOUND.sub("", before.rstrip()).strip(" \t:;,|–-•()="),
    )
    is_row = len(sentence) <= _LONGEST_ROW and 0 < len(row) <= _LONGEST_LABEL and _is_name(row)
    if is_row and (stage or not terms.PAY.fullmatch(row)) and not terms.PAY.match(row):
        return (stage[0] if stage else "pay"), row
    if stage:
        return stage
    if re.match(r"danach\b", before, re.IGNORECASE):
        return "entry", "Danach"
    if any(True for a in amounts_in(sentence) if a.start != amount.start):
        pay = terms.PAY.search(before)
        return ("pay", _capital(pay[0])) if pay and pay[0][0].isupper() else None
    said = (pay[0] for pay in terms.PAY.finditer(sentence) if pay[0][0].isupper())
    nouns = (noun for noun in said if noun not in {"Brutto", "Netto", "Bezahlt", "Gezahlt"})
    return "pay", _capital(next(nouns, "Gehalt"))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _is_name(row: str) -> bool:
    """Tell whether words name something: nouns, and what stands between them, but no verb."""
    words = row.split()
    lower = [w for w in words if w[0].islower() and w not in _BETWEEN_NOUNS]
    is_adjective = all(w.endswith(("e", "en", "er", "es", "em")) for w in lower) and len(lower) < 2  # noqa: PLR2004
    says = any(terms.PAY.search(w) or terms.PAYS.search(w) for w in lower)
    return words[0][0].isupper() and not words[-1][0].islower() and is_adjective and not says


def _stage_of(before: str, behind: str) -> tuple[str, str] | None:
    """Return the stage whose words stand nearest before an amount, else behind it."""
    return _stages(before, len(before)) or _stages(behind, 0)


def _stages(text: str, position: int) -> tuple[str, str] | None:
    """Return the stage whose words stand nearest to a position in a text, and these words."""
    near = [
        (name in terms.GENERAL and name != "experienced", abs(m.start() - position), name, m[0])
        for name, pattern in terms.STAGE
        for m in pattern.finditer(text)
    ]
    if not near:
        return None
    _, _, name, words = min(near)
    return name, _capital(words.strip())


def _cells(text: str, cells: Cells, context: str, at: int) -> Iterator[Told]:
    """Yield each row of a table with its pay: labelled by the row's head, or the column's."""
    head, *rows = cells
    if len(head) == len(("name", "value")) and not _is_measure(head[1]):  # each row says its own
        for row in cells:
            yield from _sentences(f"{row[0]}: {''.join(row[1:])}", context, at)
        return
    if any(True for cell in head for _ in amounts_in(cell)):
        head, rows = ("",) * len(head), [head, *rows]
    title = " | ".join(head)
    about = bool(terms.PAY.search(title) or terms.PAY.search(context) or terms.PAY.search(text))
    for row in rows:
        taken: list[PayFound] = []
        left: list[str] = []
        for column, cell in enumerate(row):
            name = head[column] if column < len(head) else ""
            in_euros = bool(re.search(r"€|\bEuro?\b|\bEUR\b", name)) and column > 0
            for amount in amounts_in(cell, in_euros=in_euros):
                first = row[0] if column else ""
                if re.fullmatch(r"[1-9]\.?", first):  # "1." below "Jahr"
                    first = f"{first.rstrip('.')}. {head[0]}"
                around = f"{context} {title}"
                found = _cell(amount, cell, (first, name), around, at) if about else None
                costs = terms.COST.search(first) or terms.COST.search(name)
                if found and not costs:
                    taken.append(found)
                else:
                    left.append(amount.words.strip())
        yield f"{title} {' '.join(row)}", taken, left


def _cell(
    amount: Amount, cell: str, names: tuple[str, str], context: str, at: int
) -> PayFound | None:
    """Return the amount in a cell as pay, `names` being the heads of its row and its column."""
    if not _counts(cell, amount, ""):
        return None
    for first, second in (names, names[::-1]):
        if year := _training_year(f"{first} {cell}", first, "", f"{context} {second}"):
            clause = (" | ".join(names), cell[amount.end :])
            return _made(amount, cell, clause, context, ("training", year[1], year[0], at))
    named = [n for n in names if n and not terms.PAY.match(n) and not _is_measure(n)]
    label = ", ".join(dict.fromkeys(named)) or next(filter(None, names), "Gehalt")
    if len(label) > _LONGEST_LABEL:
        label = named[0] if named else label
    stage = _stages(label, 0)
    clause = (" | ".join(names), cell[amount.end :])
    return _made(amount, cell, clause, context, (stage[0] if stage else "pay", label, 0, at))


def _is_measure(name: str) -> bool:
    """Tell whether the head of a column says how much, not for whom: "Brutto im Monat", "€"."""
    return bool(terms.periods_said(name) or terms.PAY.search(name) or _UNIT.fullmatch(name))
