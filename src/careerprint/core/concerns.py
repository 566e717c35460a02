"""What keeps an edition in the house: a finding, with the days between which it holds.

Composing finds concerns without a look at the calendar, so the same sources have the same ones.
Whoever is told of them says which day it is, and what the edition is for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from careerprint.core.diagnostics import Diagnostic, Severity, has_errors
from careerprint.core.targets import Target

PAGE_EMPTY, PICTURE_COARSE = "page-empty", "picture-coarse"
KEPT = {PAGE_EMPTY, PICTURE_COARSE}
"""The rules by which typesetting tells of what is printed for the screen, and does not go out.

These are pages that are almost empty, and pictures of which the dots would be seen.
"""
PICTURE_SOFT = "picture-soft"
"""The rule by which it tells of pictures that print shops want sharper."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A finding on an edition that is to go out, and the first and the last day of its holding.

    None stands for no such day. An error says that the edition must not go out.
    """

    told: Diagnostic
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


def told_of(concerns: Iterable[Concern], day: date, target: Target) -> tuple[Diagnostic, ...]:
    """Return what is told of concerns on a day, each once.

    For a target that stays in the house, all are warnings: a draft may have them. Those that were
    errors say that they keep it there.
    """
    told = dict.fromkeys(concern.told for concern in concerns if concern.holds_on(day))
    if target.is_final or not has_errors(told):
        return tuple(told)
    mild = (
        d if d.severity is Severity.WARNING else replace(d, severity=Severity.WARNING, keeps=True)
        for d in told
    )
    return tuple(dict.fromkeys(mild))


def keeps(told: Diagnostic) -> bool:
    """Tell whether what is told of an edition, be it a draft, keeps it in the house."""
    return told.severity is Severity.ERROR or told.keeps or told.rule in KEPT


def is_ready(concerns: Iterable[Concern], printing: Iterable[Diagnostic], day: date) -> bool:
    """Tell whether an edition could go out on a day; `printing` are what its print has told."""
    is_kept = any(diagnostic.rule in KEPT for diagnostic in printing)
    return not is_kept and not has_errors(c.told for c in concerns if c.holds_on(day))
