"""What a readiness rule is, and what it judges: an edition as composed, beside what it is about."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto

from careerprint.core.concerns import Concern
from careerprint.core.diagnostics import Diagnostic, Location, Severity
from careerprint.core.schema import Text
from careerprint.fairs.fair import Fair
from careerprint.layouts.configuration import MinimumWage
from careerprint.profiles.content import Profile


class Reads(Enum):
    """What a rule may read."""

    PROFILE = auto()  # its facts, its days, its check marks
    TEXTS = auto()  # what the edition takes of the profile
    ISSUER = auto()
    TRANSLATIONS = auto()  # which are approved
    PICTURES = auto()  # that the edition prints
    FAIR = auto()  # what differs from fair to fair, so it is judged for each


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A text that an edition prints; `is_foreign` says that it is not in the edition's language.

    Official names are, whatever their language. `original` is the text as the profile has it,
    names of facts and all, `written` as it is translated; `translated` is where, if it is.
    """

    text: str
    location: Location
    is_foreign: bool = False
    original: str = ""
    written: str = ""
    translated: Location | None = None


@dataclass(frozen=True, slots=True)
class Translations:
    """What is known of the approval of an edition's translations.

    `unapproved` counts those that nobody has approved, of each catalog by itself, if the edition
    prints one of them. `faults` are lines that approve nothing. `latest` is the last day of an
    approval that counts here, which stands at `latest_at`.
    """

    unapproved: Sequence[tuple[Location, int]] = ()
    faults: Sequence[Diagnostic] = ()
    latest: date | None = None
    latest_at: Location = field(default_factory=lambda: Location(""))


@dataclass(frozen=True, slots=True)
class Case:
    """An edition to be judged; `fair` is the one that it is for, None where it is for none.

    `unseen` are texts of the profile that go into the PDF and are no printed block: descriptions of
    pictures, who made them, what the document is called. They are foreign where the PDF has them
    for screen readers. `uncredited` are the places of printed
    pictures that nobody is said to have made.
    """

    locale: str
    profile: Profile
    texts: Sequence[PrintedText]
    unseen: Sequence[PrintedText]
    issuer: Sequence[Text]
    minimum_wage: MinimumWage
    translations: Translations
    uncredited: Sequence[Location] = ()
    fair: Fair | None = None


Judged = Iterator[Diagnostic | Concern]
"""What a rule finds; what holds on some days only is a concern."""
Judge = Callable[[Case], Judged]


@dataclass(frozen=True, slots=True)
class Rule:
    """A readiness rule: its id, what it reads, and how bad it is where a document goes out.

    For the screen, everything is a warning.
    """

    id: str
    reads: frozenset[Reads]
    severity: Severity
    judge: Judge

    def concerns(self, case: Case) -> Iterator[Concern]:
        """Yield what it finds in a case; what its judge is not sure of stays a warning."""
        for found in self.judge(case):
            concern = found if isinstance(found, Concern) else Concern(found)
            told = replace(concern.told, rule=self.id)
            if self.severity is Severity.WARNING:
                told = replace(told, severity=self.severity)
            yield replace(concern, told=told)


def rule(
    name: str, *, reads: Iterable[Reads], severity: Severity = Severity.ERROR
) -> Callable[[Judge], Rule]:
    """Return what declares a function to be a rule; the arguments are those of `Rule`."""
    return lambda judge: Rule(name, frozenset(reads), severity, judge)
