"""What is found in finished PDFs: by which rule, how bad it is, where, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from careerprint.core.diagnostics import Diagnostic, Location, Severity, error, warning
from careerprint.core.geometry import Rectangle


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a PDF: the name by which it is told, the page (from 1; 0 for the whole), and a part.

    `place` is in mm from the top left corner of what of the page is left after trimming, so what is
    in the bleed has negative sides.
    """

    file: str
    page: int = 0
    place: Rectangle | None = None

    def fault(self, message: str, hint: str, **parameters: object) -> "Finding":
        """Return a finding with which a PDF must not go out; `parameters` fill both templates."""
        return self._finding(error(self.location, message, hint, **parameters))

    def doubt(self, message: str, hint: str, **parameters: object) -> "Finding":
        """Return a finding that somebody should look at; `parameters` fill both templates."""
        return self._finding(warning(self.location, message, hint, **parameters))

    def _finding(self, diagnostic: Diagnostic) -> "Finding":
        return Finding("", diagnostic, self.page or None, self.place)

    @property
    def location(self) -> Location:
        """The spot as a place that a message names, in whole mm."""
        if self.place is None:
            return Location(self.file, page=self.page)
        left, top = round(self.place.left), round(self.place.top)
        return Location(self.file, page=self.page, left=left, top=top)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; its rule names it. `page` and `place` are as in Spot.

    What is of the whole file has none. The diagnostic tells the same place in words, or where the
    cause was written.
    """

    rule: str
    diagnostic: Diagnostic
    page: int | None = None
    place: Rectangle | None = None

    @property
    def is_error(self) -> bool:
        """Whether a PDF with this finding must not go out."""
        return self.diagnostic.severity is Severity.ERROR

    def of(self, rule: str) -> "Finding":
        """Return it as a finding of this rule."""
        return replace(self, rule=rule, diagnostic=replace(self.diagnostic, rule=rule))


def of_rule(rule: str, diagnostic: Diagnostic) -> Finding:
    """Return a diagnostic, which knows its place, as a finding of a rule."""
    return Finding(rule, replace(diagnostic, rule=rule), diagnostic.location.page or None)


def as_data(finding: Finding, translate: Callable[[str], str]) -> dict[str, Any]:
    """Return a finding as plain data for JSON, its words in the language of `translate`.

    `place` has its sides in mm; `source` is where the cause was written, if that is known.
    """
    diagnostic, place = finding.diagnostic, finding.place
    location = diagnostic.location
    message, remedy = diagnostic.words(translate)
    return {
        "rule": finding.rule,
        "severity": diagnostic.severity.value,
        "page": finding.page,
        "place": None
        if place is None
        else {side: round(getattr(place, side), 1) for side in ("left", "top", "right", "bottom")},
        "source": str(location) if location.line else None,
        "message": message,
        "remedy": remedy,
    }
