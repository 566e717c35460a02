"""Rules of finished PDFs that compare them with the world: fairs that are past, pay too low."""

from collections.abc import Iterator
from datetime import date

from careerprint.core.diagnostics import N_, warning
from careerprint.fairs.cells import as_text
from careerprint.fairs.fair import Fair
from careerprint.finished.findings import Finding, Spot, of_rule
from careerprint.layouts.configuration import MinimumWage
from careerprint.profiles.facts import Pay

_WEEKS, _MONTHS = 52, 12  # in a year
_TOO_LOW = {
    "month": N_("“{stage}”: {amount} € a month are below the minimum wage of {least} €."),
    "year": N_("“{stage}”: {amount} € a year are below the minimum wage of {least} €."),
    "hour": N_("“{stage}”: {amount} € an hour are below the minimum wage of {least} €."),
}


def fair_past(fair: Fair, spot: Spot, today: date) -> Iterator[Finding]:
    """Yield `fair-past`: the fair that a flyer is for is not over (our convention)."""
    if fair.end < today:
        yield spot.doubt(
            N_("The fair ended on {end}, which is past."),
            N_("Do not print it again, or correct the date in the table of fairs."),
            end=as_text(fair.end),
        ).of("fair-past")


def minimum_wage(pay: Pay, least: MinimumWage) -> Iterator[Finding]:
    """Yield `minimum-wage`: no stage of a career begins below the statutory minimum wage.

    What is compared is gross pay for full time: the lower end, the upper where there is no lower.
    Source: Mindestlohngesetz, § 1; the amount is that of careerprint.toml.
    """
    if pay.basis != "gross_full_time" or pay.period is None:
        return
    threshold = threshold_of(least, pay.period)
    for stage in pay.ranges:
        amount = stage.max if stage.min is None else stage.min
        if amount < threshold:
            found = warning(
                stage.label.location,
                _TOO_LOW[pay.period],
                N_("Correct the amount, or what stands below [minimum_wage] in careerprint.toml."),
                stage=stage.label,
                amount=amount,
                least=f"{threshold:.2f}" if pay.period == "hour" else round(threshold),
            )
            yield of_rule("minimum-wage", found)


def threshold_of(least: MinimumWage, period: str) -> float:
    """Return the minimum wage in euros for an hour, a month or a year of full time."""
    week = least.hourly * least.weekly_hours
    return {"hour": least.hourly, "month": week * _WEEKS / _MONTHS, "year": week * _WEEKS}[period]
