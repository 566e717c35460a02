"""What a build tells while it is at work: event by event, to one callback."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from careerprint.core.edition import Edition, Outcome


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another build is at work in the same output folder and is waited for."""


@dataclass(frozen=True, slots=True)
class Begun:
    """These editions may be printed, each in about so many seconds; the others are settled."""

    expected: Mapping[Edition, float]


@dataclass(frozen=True, slots=True)
class Done:
    """An edition is done; editions come in the order of the build."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Ended:
    """The build has ended; `outcomes` are those of all editions, None where it was cut short."""

    outcomes: tuple[Outcome, ...] | None


Event = Waiting | Begun | Done | Ended
Listener = Callable[[Event], object]


def unnoticed(_: Event) -> None:
    """Take note of no event: the callback of a build that nobody follows."""
