"""Writes the facts that were found in a text as lines of the front matter.

What is sure is written as a fact, below a check mark that quotes the text. What somebody has to
decide is written as a comment, which becomes a fact when its signs are taken away.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from careerprint.core.diagnostics import N_
from careerprint.extraction.payfacts import AllPay
from careerprint.extraction.textfacts import FactFound
from careerprint.manuscripts.manuscript import Remark, literal
from careerprint.profiles.payclauses import PayFound

PAY, TRAINING_PAY = "pay", "training_pay"
NO_PERIOD = N_(
    "The text does not say for which time this is paid. ⟨Add the line “period: month”, or year,"
    " or hour|Enter it⟩."
)
NO_BASIS = N_(
    "The text does not say “gross” or “net”, and “full time”. If you know, ⟨add the line "
    "“basis: gross_full_time” or “basis: net_full_time”|enter it⟩."
)
NO_GROSS = N_(
    "The text says “full time”, and not whether this is “gross” or “net”. If you know, ⟨add the "
    "line “basis: gross_full_time” or “basis: net_full_time”|enter it⟩."
)
GROSS_OF = N_(
    "The text says “gross”, and not whether that is for full time. If it is, ⟨add the line "
    "“basis: gross_full_time”|enter it⟩."
)
NET_OF = N_(
    "The text says “net”, and not whether that is for full time. If it is, ⟨add the line "
    "“basis: net_full_time”|enter it⟩."
)
NO_DAY = N_("Add the day on which these amounts were true⟨, for example “as_of: 2026-12-31”⟩.")
_PAY_SAID = N_("The text says: “{words}”. Check amount and label.")
_YEARS_SAID = N_(
    "The text says: “{words}”. Check the amounts of the training's years, gross a month."
)
_PAY_ROUNDED = N_(
    "The text says: “{words}”. It is rounded to whole euros here. Check amount and label."
)
_YEARS_ROUNDED = N_(
    "The text says: “{words}”. It is rounded to whole euros here. Check the amounts of the "
    "training's years, gross a month."
)
_CENTS = re.compile(r"\d,(?!00)\d\d(?!\d)")
_SAID = N_("The text says: “{words}”. Check what stands here.")
_MONTH_SAID = N_(
    "The text says: “{words}”. Print shows the month alone; its first day stands for it here."
)
MAY_BE = N_(
    "The text may say what these lines do: “{words}”. ⟨If it does, delete the “#” before each "
    "of them; else delete the lines.⟩"
)
WAY = N_("The text may tell a way in: “{words}”. It is none yet⟨: see ways_in⟩.")
OTHER_YEARS = N_("The training takes {years} years, and pay is told for {paid}. Compare both.")
NO_PAY = N_("{amount} was not taken for pay. If it is, add it.")
SAID_IN_LIST = N_(
    "What a list or a table of the text says is printed in the text, and not a second time in a "
    "box. If you delete it in the text, the box with its drawing stands in its place."
)
ASKED = {
    NO_PERIOD: "period",
    **dict.fromkeys((NO_BASIS, NO_GROSS, GROSS_OF, NET_OF), "basis"),
    NO_DAY: "as_of",
}
"""What is said where a text does not tell an entry of pay, each with that entry."""
_LONGEST_QUOTE = 200
_IDS = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True)
class Mark:
    """A check mark among lines, which belongs to the line below it."""

    remark: Remark
    indent: str


Lines = Iterator[str | Mark]


def _written(euros: float) -> str:
    """Return an amount as a profile has it: 2300, 14,50."""
    return f"{euros:.2f}".replace(".", ",") if euros % 1 else f"{euros:.0f}"


def fact_lines(pay: AllPay, facts: Sequence[FactFound]) -> Lines:
    """Yield the lines of all facts, with check marks among them.

    Proposals stand last, as comments.
    """
    sure = [fact for fact in facts if fact.is_sure]
    has_facts = bool(pay.pay or pay.training or sure)
    if has_facts:
        yield "facts:"
    if pay.pay:
        yield from _pay(pay)
    if pay.training:
        yield from _training_pay(pay)
    for fact in sure:
        yield _mark(_SAID, fact.words, "  ")
        yield from yaml_lines({fact.name: _escaped(fact.value)}, "  ")
    if has_facts and len(sure) < len(facts):
        yield ""
    for fact in (fact for fact in facts if not fact.is_sure):
        if fact.value is None:
            yield _mark(WAY, fact.words, "")
            continue
        yield _mark(MAY_BE, fact.words, "")
        if not has_facts:
            yield "# facts:"
            has_facts = True
        yield from (f"# {line}" for line in yaml_lines({fact.name: _escaped(fact.value)}, "  "))


def named(lines: Sequence[str | Mark], name: str) -> bool:
    """Tell whether lines hold a fact."""
    return f"  {name}:" in lines


def _mark(message: str, words: str, indent: str) -> Mark:
    quote = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE].rstrip()} …"
    quote = quote.removesuffix(".")  # the remark's own sentence ends behind it
    return Mark(Remark(message, (("words", quote),)), indent)


def _pay(pay: AllPay) -> Lines:
    yield f"  {PAY}:"
    for key, value in (("period", pay.period), ("basis", pay.basis)):
        if value:
            yield f"    {key}: {value}"
    yield "    ranges:"
    for name, stage in zip(_ids_of(pay.pay), pay.pay, strict=True):
        is_rounded = _CENTS.search(stage.words) and not (stage.high % 1 or (stage.low or 0) % 1)
        yield _mark(_PAY_ROUNDED if is_rounded else _PAY_SAID, stage.words, "      ")
        yield f"      - id: {name}"
        yield f"        label: {quoted(literal(stage.label))}"
        if stage.low is not None:
            yield f"        min: {_written(stage.low)}"
        if stage.open_top and stage.low is not None:
            continue
        yield f"        max: {_written(stage.high)}"
        if stage.open_top:
            yield "        open_top: true"
    # Marks of what is missing come last: a mark stands above the lines that it speaks of.
    asks = [NO_PERIOD] if not pay.period else []
    if not pay.basis:
        half = {"gross": GROSS_OF, "net": NET_OF}.get(pay.gross or "", NO_BASIS)
        asks.append(NO_GROSS if pay.is_full_time else half)
    yield from (Mark(Remark(ask), "    ") for ask in asks)
    yield from _day(pay)


def _training_pay(pay: AllPay) -> Lines:
    of = pay.only_for_words
    amounts = dict.fromkeys(p.words for p in pay.training if p.words.strip() not in of)
    words = "; ".join([*([of] if of else []), *amounts])
    yield _mark(_YEARS_ROUNDED if _CENTS.search(words) else _YEARS_SAID, words, "  ")
    yield f"  {TRAINING_PAY}:"
    if pay.minimum:
        yield "    minimum: true"
    if pay.only_for:
        yield f"    only_for: {quoted(literal(pay.only_for))}"
    yield "    years:"
    for name, year in zip(_IDS, pay.training, strict=False):
        yield f"      - id: {name}"
        yield f"        amount: {year.high}"
    yield from _as_of(pay) if pay.pay else _day(pay)  # a day of all amounts is asked for once


def _day(pay: AllPay) -> Lines:
    if pay.as_of is None:
        yield Mark(Remark(NO_DAY), "    ")
    else:
        said = _MONTH_SAID if pay.as_of.is_month else _SAID
        yield _mark(said, pay.as_of.words, "    ")
        yield from _as_of(pay)


def _as_of(pay: AllPay) -> Lines:
    if pay.as_of:
        yield f"    as_of: {pay.as_of.day.isoformat()}"


def _ids_of(stages: Sequence[PayFound]) -> Iterator[str]:
    """Yield an id for each stage, its name with a number where it occurs before."""
    seen: list[str] = []
    for stage in stages:
        seen.append(stage.stage)
        count = seen.count(stage.stage)
        yield stage.stage if count == 1 else f"{stage.stage}-{count}"


def _escaped(value: Any) -> Any:  # noqa: ANN401 - whatever a fact is made of
    """Return a value whose texts are Markdown that is printed as they are."""
    if isinstance(value, dict):
        plain = {"id", "kind"}
        return {k: v if k in plain else _escaped(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_escaped(each) for each in value]
    is_text = isinstance(value, str) and not value.startswith("[")  # a placeholder stays one
    return literal(value) if is_text else value


def yaml_lines(value: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield what a mapping holds as lines of YAML, lists set in as in the example profile."""
    for key, held in value.items():
        if isinstance(held, dict):
            yield f"{indent}{key}:"
            yield from yaml_lines(held, f"{indent}  ")
        elif isinstance(held, list):
            yield f"{indent}{key}:"
            for each in held:
                if isinstance(each, dict):
                    first, *others = yaml_lines(each, f"{indent}    ")
                    yield f"{indent}  - {first.strip()}"
                    yield from others
                else:
                    yield f"{indent}  - {quoted(str(each))}"
        else:
            yield f"{indent}{key}: {quoted(held) if isinstance(held, str) else held}"


def quoted(text: str) -> str:
    """Return a text as YAML on one line, in quotation marks where it needs some."""

    def dumped(style: str | None) -> str:
        options: Any = {"allow_unicode": True, "width": math.inf, "default_style": style}
        return str(yaml.safe_dump([str(text)], **options)).removeprefix("- ").strip()

    plain = dumped(None)
    return dumped('"') if plain.startswith("'") else plain
