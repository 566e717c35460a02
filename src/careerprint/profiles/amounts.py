"""Finds amounts of money in a text: single ones, ranges, and rows such as "1.050/1.120 €"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ’'](?=\d{3}(?!\d))\d{3})+|\d+"
_TOKEN = re.compile(
    rf"(?:(?P<before>€|EUR|Euro)\s?)?(?<![\d.,\w])(?P<whole>{_NUMBER})"
    r"(?:,(?P<cents>\d{1,2}(?!\d)|-{1,2}|–|—))?(?![\d%]|[.,]\d|\s?(?:Prozent|%|Uhr|Stunden|Jahre))"
    r"(?P<scale>\s?(?:Tsd\.?|[Tt]ausend|T(?=\s?€|EUR))|[kK](?=\s?€|\s?EUR|\b))?"
    r"\s?(?P<behind>€|EUR\b|Euros?\b)?"
)
_TO = re.compile(r"\s*(?:[-–—]|bis(?: zu)?|\.\.\.|…)\s*")
_SERIES = re.compile(r"\s*(?:/|,|und|sowie|bzw\.|\|)\s*")
_BETWEEN = re.compile(r"\bzwischen\s+(?:rund\s|etwa\s|ca\.\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:von|zwischen)\s+(?:rund\s|etwa\s|ca\.\s)?$", re.IGNORECASE)
_LEAST_IN_A_ROW = 300  # euros; what is less may be another number


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros, or a range; `words` are those from `start` to `end` in the text."""

    start: int
    end: int
    low: float
    high: float
    is_range: bool
    words: str


def has_amount(text: str) -> bool:
    """Tell whether a text names an amount of money."""
    return any(True for _ in amounts_in(text))


def amounts_in(text: str, *, in_euros: bool = False) -> Iterator[Amount]:
    """Yield the amounts of a text; with `in_euros`, also those without a sign for euros."""
    tokens = list(_TOKEN.finditer(text))
    has_unit = [bool(t["before"] or t["behind"]) or in_euros for t in tokens]
    for at in reversed(range(len(tokens) - 1)):  # "1.050/1.120/1.200 €": the last says it for all
        gap = text[tokens[at].end() : tokens[at + 1].start()]
        is_year = re.fullmatch(r"(?:19|20)\d\d", tokens[at]["whole"]) is not None
        if has_unit[at + 1] and not has_unit[at] and not is_year:
            large = _value(tokens[at]) >= _LEAST_IN_A_ROW
            scaled = bool(tokens[at + 1]["scale"])
            is_between = gap.strip() == "und" and _BETWEEN.search(text[: tokens[at].start()])
            is_row = (large or scaled) and _SERIES.fullmatch(gap)
            has_unit[at] = bool(_TO.fullmatch(gap) or is_between or is_row)
    at = 0
    while at < len(tokens):
        first, at = tokens[at], at + 1
        if not has_unit[at - 1]:
            continue
        start, last = first.start(), first
        if at < len(tokens) and has_unit[at]:
            gap, before = text[first.end() : tokens[at].start()], text[: first.start()]
            is_between = gap.strip() == "und" and _BETWEEN.search(before)
            if _TO.fullmatch(gap) or is_between:
                last, at = tokens[at], at + 1
                if begins := _FROM.search(before):
                    start = begins.start()
        high = _value(last)
        low = _value(first, last["scale"] or "")
        yield Amount(start, last.end(), low, high, last is not first, text[start : last.end()])


def _value(token: re.Match[str], scale: str = "") -> float:
    whole = re.sub(r"\D", "", token["whole"])
    cents = token["cents"] or ""
    value = float(f"{whole}.{cents}") if cents.isdigit() else float(whole)
    return value * 1000 if token["scale"] or scale else value
