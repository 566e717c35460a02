"""What the methods of the Python API return."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from careerprint.core.diagnostics import Diagnostic
from careerprint.core.edition import Outcome, State

if TYPE_CHECKING:
    from careerprint.building.inspection import Checked
    from careerprint.output.deliveries import Delivered
    from careerprint.planning.season import Season


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of editions, in their order; their PDFs are in the folder `out`."""

    out: Path
    outcomes: tuple[Outcome, ...]

    @property
    def ok(self) -> bool:
        """Whether no edition has failed."""
        return all(outcome.state is not State.FAILED for outcome in self.outcomes)

    @property
    def pdfs(self) -> tuple[Path, ...]:
        """The PDFs that are as they should be: printed now, or before and unchanged."""
        good = {State.PRINTED, State.FRESH}
        return tuple(self.out / o.edition.output for o in self.outcomes if o.state in good)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found in all editions; what several have in common is there once."""
        return tuple(dict.fromkeys(d for outcome in self.outcomes for d in outcome.diagnostics))


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a table of fairs: of its flyers, and of its rows.

    `row_diagnostics` are what was found in the table, `rejected_rows` the number of rows that could
    not be used. `delivered` is what goes with the flyers, None after a dry run. `season` is the
    table as it was read.
    """

    flyers: BuildResult
    row_diagnostics: tuple[Diagnostic, ...]
    rejected_rows: int
    delivered: "Delivered | None"
    season: "Season"

    @property
    def ok(self) -> bool:
        """Whether every row could be used and no flyer has failed."""
        return self.flyers.ok and not self.rejected_rows


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found in PDFs, and what was said of files that could not be read."""

    checked: "tuple[Checked, ...]"
    unreadable: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether all files could be read and have no error."""
        return not self.unreadable and not any(each.has_errors for each in self.checked)
