"""What a build tells while it is at work: event by event, to one callback."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from careerprint.building.entries import Entry
from careerprint.core.edition import Edition, Outcome

UNKNOWN_SECONDS = 1.0  # expected of an edition of a product that was never printed here


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


def expected_seconds(
    editions: Iterable[Edition], known: Iterable[Edition], entries: Mapping[str, Entry]
) -> dict[Edition, float]:
    """Return how many seconds printing each edition may take.

    Earlier prints of the `known` editions, of which there are `entries` by output, tell it.
    """
    by_product: dict[str, list[float]] = {}
    for edition in known:
        if entry := entries.get(edition.output):
            by_product.setdefault(edition.product, []).append(entry.seconds)
    usual = {product: sum(seconds) / len(seconds) for product, seconds in by_product.items()}
    return {e: usual.get(e.product, UNKNOWN_SECONDS) for e in editions}


Event = Waiting | Begun | Done | Ended
Listener = Callable[[Event], object]


def unnoticed(_: Event) -> None:
    """Take note of no event: the callback of a build that nobody follows."""
