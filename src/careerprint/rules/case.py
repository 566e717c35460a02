"""What rules of finished PDFs judge: a PDF as it was found, beside the job that it should be."""

from collections.abc import Collection
from dataclasses import dataclass

from careerprint.composing.job import Job
from careerprint.core.geometry import Rectangle
from careerprint.finished.document import Finished
from careerprint.finished.findings import Spot


@dataclass(frozen=True, slots=True)
class Case:
    """A finished PDF, and `name`, by which it is told.

    `job` is what it was printed from, without the optional blocks `left_out`; None for a PDF that
    was made elsewhere, of which only what it says of itself is known.
    """

    name: str
    pdf: bytes
    found: Finished
    job: Job | None = None
    left_out: Collection[str] = ()

    @property
    def is_for_press(self) -> bool:
        """Whether it is to be printed by a press, as PDF/X."""
        if self.job is not None:
            return self.job.press is not None
        return any(claim.startswith("PDF/X") for claim in self.found.standards)

    def spot(self, page: int = 0, place: Rectangle | None = None) -> Spot:
        """Return a place in the PDF."""
        return Spot(self.name, page, place)
