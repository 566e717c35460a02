"""Readiness rule: no stage of a career is paid below what the law asks for on the day that counts.

The amounts by date stand in minimum_wage.csv, with their sources; careerprint.toml can add to them.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from careerprint.core.concerns import Concern
from careerprint.core.diagnostics import N_, Diagnostic, error, warning
from careerprint.layouts.configuration import MinimumWage
from careerprint.profiles.facts import Pay, PayRange
from careerprint.readiness.case import Case, Judged, Reads, rule

TABLE = Path(__file__).with_name("minimum_wage.csv")
_WEEKS, _MONTHS = 52, 12  # in a year

_HOURS = re.compile(
    r"(\d{2}(?:[,.]\d+)?)(?:\s*(?:–|-|bis|oder)\s*\d{2}(?:[,.]\d+)?)?\s*-?\s*"
    r"(?:Stunden(?:woche)?|Std\.?|h)\b"
)
_WEEK = re.compile(r"woche|wöchentlich|Wo\.|/W", re.IGNORECASE)
_YEAR_OF_TRAINING = re.compile(r"\b([1-4])\.\s*(?:Ausbildungs|Lehr)jahr", re.IGNORECASE)
_IN_TRAINING = re.compile(
    r"(?:Ausbildungs|Lehr)(?:jahr|vergütung|geld)|\b(?:in|während) der (?:Ausbildung|Lehre)\b"
    r"|\b(?:Azubi|Auszubildende)",
    re.IGNORECASE,
)

_TOO_LOW = {
    "month": N_(
        "“{stage}”: {amount} € a month are below the minimum wage of {least} € ({hours} hours a "
        "week)."
    ),
    "year": N_(
        "“{stage}”: {amount} € a year are below the minimum wage of {least} € ({hours} hours a "
        "week)."
    ),
    "hour": N_("“{stage}”: {amount} € an hour are below the minimum wage of {least} €."),
}
_CORRECT = N_("Correct the amount.")
_ASSUMED = N_(
    "Correct the amount. The profile states no hours a week, so {hours} are assumed, gross: "
    "state them ⟨in “working_hours”, or “weekly_hours” below [minimum_wage] in "
    "careerprint.toml|under “Working hours”⟩."
)
_APPRENTICES = N_(
    "“{stage}”: {amount} € a month are below the minimum pay of apprentices of {least} €, for a "
    "training that begins in {year}."
)
_APPRENTICES_HINT = N_("Correct the amount, unless a collective agreement provides for it.")


@dataclass(frozen=True, slots=True)
class _Row:
    """Amounts in euros from a day on: an hour, or a month in each year of a training."""

    since: date
    euros: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Hours:
    """The hours of a full week, and whether the profile states them."""

    hours: float
    are_stated: bool


@cache
def _shipped(kind: str) -> tuple[_Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader((line for line in file if line[0] != "#"), delimiter=";")
        names = ("euros", "second_year", "third_year", "fourth_year")
        return tuple(
            _Row(date.fromisoformat(r["valid_from"]), tuple(float(r[n]) for n in names if r[n]))
            for r in lines
            if r["kind"] == kind
        )


def _rows(least: MinimumWage) -> list[_Row]:
    """Return the minimum wage by date: what ships, and what careerprint.toml says besides."""
    floor = least.hourly or 0.0
    known = {row.since: row.euros[0] for row in _shipped("hour")}
    known |= {rate.valid_from: rate.hourly for rate in least.rates}
    return [_Row(since, (max(euros, floor),)) for since, euros in sorted(known.items())]


@rule("minimum-wage", reads={Reads.PROFILE, Reads.FAIR})
def minimum_wage(case: Case) -> Judged:
    """Yield `minimum-wage`: no stage is paid below it, nor below that of apprentices.

    What is compared is gross pay: the lower end, the upper where there is no lower. The day that
    counts is the first of the fair, else the day on which it is asked. Sources: Mindestlohngesetz,
    section 1 and, for apprentices, section 22; Berufsbildungsgesetz, section 17, whose subsection 3
    lets collective agreements go below it, so that is a warning.
    """
    pay = case.profile.front.facts.pay
    if pay is None or pay.basis == "net_full_time" or pay.period is None:
        return
    day = case.fair.start if case.fair else None
    for stage in pay.ranges:
        in_training = _IN_TRAINING.search(stage.label) is not None
        rows = _shipped("training") if in_training else _rows(case.minimum_wage)
        for row, until in _in_force(rows, day):
            if in_training:
                told = _apprentices(stage, pay, row)
            else:
                told = _employees(stage, pay, row, _hours(case))
            if told:
                yield Concern(told, None if day else row.since, None if day else until)


def _in_force(rows: Sequence[_Row], day: date | None) -> Iterator[tuple[_Row, date | None]]:
    """Yield the row in force on a day; without one, all, each with its last day."""
    for row, after in pairwise([*rows, None]):
        until = after.since - timedelta(days=1) if after else None
        if row and (day is None or (row.since <= day and (until is None or day <= until))):
            yield row, until


def _employees(stage: PayRange, pay: Pay, row: _Row, week: _Hours) -> Diagnostic | None:
    period = pay.period or "month"
    amount, threshold = _amount(stage), threshold_of(row.euros[0], week.hours, period)
    if amount >= threshold:
        return None
    is_sure = period == "hour" or (week.are_stated and pay.basis is not None)
    told = error if is_sure else warning
    return told(
        stage.label.location,
        _TOO_LOW[period],
        _CORRECT if is_sure else _ASSUMED,
        stage=stage.label,
        amount=amount,
        least=f"{threshold:.2f}" if period == "hour" else round(threshold),
        hours=f"{week.hours:g}",
    )


def _apprentices(stage: PayRange, pay: Pay, row: _Row) -> Diagnostic | None:
    if pay.period not in {"month", "year"}:
        return None
    found = _YEAR_OF_TRAINING.search(stage.label)
    least = row.euros[int(found[1]) - 1 if found else 0]
    amount = _amount(stage) / (_MONTHS if pay.period == "year" else 1)
    if amount >= least:
        return None
    return warning(
        stage.label.location,
        _APPRENTICES,
        _APPRENTICES_HINT,
        stage=stage.label,
        amount=round(amount),
        least=round(least),
        year=row.since.year,
    )


def _amount(stage: PayRange) -> float:
    return stage.max if stage.min is None else stage.min


def _hours(case: Case) -> _Hours:
    """Return the hours of a full week: those that the profile states, of a range the lower end."""
    stated = [
        float(found[1].replace(",", "."))
        for text in case.profile.front.facts.working_hours
        if _WEEK.search(text)
        for found in _HOURS.finditer(text)
    ]
    return _Hours(min(stated), True) if stated else _Hours(case.minimum_wage.weekly_hours, False)


def threshold_of(hourly: float, weekly_hours: float, period: str) -> float:
    """Return the minimum wage in euros for an hour, a month or a year of full time."""
    week = hourly * weekly_hours
    return {"hour": hourly, "month": week * _WEEKS / _MONTHS, "year": week * _WEEKS}[period]
