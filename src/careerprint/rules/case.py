"""What a rule of finished PDFs is, and what it judges: a PDF beside the job that it should be."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from careerprint.composing.job import Job
from careerprint.core.geometry import Rectangle
from careerprint.core.targets import Target, claimed_target
from careerprint.finished.codes import SeenCode
from careerprint.finished.document import Finished
from careerprint.finished.findings import Finding, Spot


class Aspect(Enum):
    """What of a finished PDF a rule may read."""

    PAGES = auto()  # their number and boxes
    TEXT = auto()  # what it says, where it stands, how large it is
    CODES = auto()  # QR codes
    LINKS = auto()  # and bookmarks
    TITLE = auto()
    LANGUAGE = auto()
    PAINTS = auto()  # colours, pictures, fonts and their glyphs
    INTENTS = auto()
    CLAIMS = auto()  # standards that the file claims to keep, and what these ask it to say
    ACTIVE = auto()  # what runs, plays or is attached
    STRUCTURE = auto()  # the file as a whole: syntax, tags, metadata


@dataclass(frozen=True, slots=True)
class Case:
    """A finished PDF, and `name`, by which it is told.

    `job` is what it was printed from, without the optional blocks `left_out`; None for a PDF that
    was made elsewhere, of which only what it says of itself is known. `codes` are the QR codes that
    can be read from its pages. `filled` are the texts that were filled in on a page, each with what
    is read in its place; then only these are to be judged. It is None for any other PDF.
    """

    name: str
    pdf: bytes
    found: Finished
    job: Job | None = None
    left_out: Collection[str] = ()
    codes: Sequence[SeenCode] = ()
    filled: Sequence[tuple[str, str]] | None = None

    @property
    def target(self) -> Target:
        """What it is for: what its job is for, or what it claims to be."""
        return self.job.target if self.job else claimed_target(self.found.standards)

    def spot(self, page: int = 0, place: Rectangle | None = None) -> Spot:
        """Return a place in the PDF."""
        return Spot(self.name, page, place)


Judge = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the ids that its findings have, the parts that it reads, for which targets it is.

    `judge` yields its findings in a case for such a target; it names the rule where it has several.
    """

    ids: tuple[str, ...]
    reads: frozenset[Aspect]
    is_for: Callable[[Target], bool]
    judge: Judge

    def findings(self, case: Case) -> Iterator[Finding]:
        """Yield what it finds in a case, whatever that is for."""
        if self.is_for(case.target):
            for finding in self.judge(case):
                yield finding if finding.rule else finding.of(self.ids[0])


def rule(
    *ids: str, reads: Iterable[Aspect], is_for: Callable[[Target], bool] = lambda _: True
) -> Callable[[Judge], Rule]:
    """Return what declares a function to be a rule; the arguments are those of `Rule`."""
    return lambda judge: Rule(ids, frozenset(reads), is_for, judge)
