"""What is kept of each edition: what it was last printed from, and what was said of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

from careerprint.core.concerns import Concern
from careerprint.core.diagnostics import Diagnostic, Location, Severity
from careerprint.core.edition import Edition, Look

_SEVERITIES = {severity.value: severity for severity in Severity}
Messages = Mapping[str, Mapping[str, str]]
"""By catalog, digests of the messages that were looked up → of what was found."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What something was made from: the toolchain, and sources with their digests, by name.

    The `own` ones are those that hardly anything else has, such as a fair. The others are kept once
    for all that have them.
    """

    toolchain: Mapping[str, str]
    sources: Mapping[str, str | None]
    own: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def all_sources(self) -> Mapping[str, str | None]:
        """All sources."""
        return {**self.sources, **self.own}


@dataclass(frozen=True, slots=True)
class Entry:
    """The last successful print of an edition: hex SHA-256 of its job and of its PDF.

    `look` is how it was set; `seconds` is how long printing took; `fallen_back` counts blocks
    without a translation; `concerns` are what keeps it in the house; `composing` and `printing` are
    the diagnostics of these two.
    """

    job: str
    pdf: str
    look: Look
    seconds: float
    fallen_back: int
    concerns: tuple[Concern, ...]
    composing: tuple[Diagnostic, ...]
    printing: tuple[Diagnostic, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Failure:
    """The last try at an edition, if it failed: what was said of it, and what it was made from."""

    diagnostics: tuple[Diagnostic, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Plan:
    """The editions that a request came to, and what said so."""

    editions: tuple[Edition, ...]
    origin: Origin


def read_entry(
    value: Sequence[Any], read_origin: Callable[[Any], Origin], read_look: Callable[[Any], Look]
) -> Entry:
    """Return an entry from the values of its fields, which are as they were kept."""
    job, pdf, look, seconds, fallen_back, concerns, composing, printing, origin, *_ = value
    return Entry(
        job,
        pdf,
        read_look(look),
        seconds,
        fallen_back,
        tuple(
            Concern(_diagnostic(told), _day(since), _day(until)) for told, since, until in concerns
        ),
        tuple(map(_diagnostic, composing)),
        tuple(map(_diagnostic, printing)),
        read_origin(origin),
    )


def look_of(value: Sequence[Any]) -> Look:
    """Return how something was set, from the values of the fields, as they were kept."""
    job, style, step, left_out, room = value
    return Look(job, style, step, tuple(left_out), tuple(room))


def values_of(found: Any) -> list[Any]:  # noqa: ANN401 - a data class with slots
    """Return the values of the fields of a data class, in their order."""
    return [getattr(found, name) for name in found.__slots__]


def summed(written: str) -> str:
    """Return a list in JSON with a check sum at its end: what was damaged may still be a list."""
    return f"{written[:-1]}, {crc32(written[:-1].encode())}]"


def check_sum(written: str) -> None:
    """Raise ValueError for such a list that is not as it was written."""
    told, _, found = written.rpartition(", ")
    if int(found[:-1]) != crc32(told.encode()):
        raise ValueError


def read_diagnostics(value: Any) -> tuple[Diagnostic, ...]:  # noqa: ANN401
    """Return diagnostics that can be told; raises what `_UNREADABLE` names."""
    found = tuple(map(_diagnostic, value))
    for diagnostic in found:
        diagnostic.sentence(str)
    return found


def _diagnostic(value: Any) -> Diagnostic:  # noqa: ANN401
    # A record holds no draft's warnings: whether one keeps it in the house is found anew.
    severity, location, message, hint, parameters, rule, *_ = value
    return _made(severity, tuple(location), message, hint, tuple(map(tuple, parameters)), rule)


@lru_cache(maxsize=4096)
def _made(
    severity: str,
    location: tuple[Any, ...],
    message: str,
    hint: str,
    given: tuple[tuple[str, str], ...],
    rule: str,
) -> Diagnostic:  # hundreds of editions are told the same
    return Diagnostic(_SEVERITIES[severity], Location(*location), message, hint, given, rule)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
