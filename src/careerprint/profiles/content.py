"""Reads a profile: the German text of one profession and the facts in its front matter.

The result is the text in blocks, as written, each with its place. Nothing is formatted or
translated here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds, too_many_blocks
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse
from careerprint.core.reader import Reader
from careerprint.core.schema import Euros, Id, Model, Text
from careerprint.profiles.body import Part, Section, read_body
from careerprint.profiles.frontmatter import read_front_matter

PROFILE_FILE = "profile.md"
MOST_LINES = 10_000  # what markdown-it takes some 0.1 ms for, each
MOST_CHARACTERS = 300_000  # of a profile's file; an imported text has 200,000 at most
Years = Annotated[int, Field(ge=1, le=10)]


def _given(value: object) -> object:
    """Refuse an entry that is there and empty: what is not known is left out, key and all."""
    if value is None:
        raise PydanticCustomError("string_too_short", "empty")
    return value


Given = BeforeValidator(_given)


class PayRange(Model):
    """What is paid at one stage of the career, in whole euros for the period of `Pay`.

    With `open_top`, `max` is the usual upper end, and somewhat more is possible; such a stage has
    no lower end.
    """

    id: Id
    label: Text
    min: Euros | None = None
    max: Euros
    open_top: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.min > self.max:
            raise PydanticCustomError("range_order", "min > max")
        if self.min is not None and self.open_top:
            raise PydanticCustomError("open_range", "min and open_top")
        return self


class Pay(Model):
    """Pay by stage, in career order. `as_of` is the day on which the figures were true.

    What is not known of period, basis and day is left out, and not printed.
    """

    period: Annotated[Literal["month", "year", "hour"] | None, Given] = None
    basis: Annotated[Literal["gross_full_time", "net_full_time"] | None, Given] = None
    as_of: Annotated[date | None, Given] = None
    ranges: Annotated[tuple[PayRange, ...], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        _refuse_duplicates(r.id for r in self.ranges)
        return self


class Apprenticeship(Model):
    """A way in by vocational training: `name` is its official German name, `years` its length."""

    id: Id
    kind: Literal["apprenticeship"]
    name: Text
    years: Years


class Step(Model):
    """A station on a winding way in; `years` is how long people usually stay, where known."""

    id: Id
    name: Text
    years: Years | None = None


class CareerChange(Model):
    """A way in from another occupation, station by station."""

    id: Id
    kind: Literal["career_change"]
    name: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        _refuse_duplicates(s.id for s in self.steps)
        return self


WayIn = Annotated[Apprenticeship | CareerChange, Field(discriminator="kind")]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


class Facts(Model):
    """What is known of the profession apart from the running text.

    Layouts leave out the figure or list of what is not known.
    """

    pay: Annotated[Pay | None, Given] = None
    sectors: Texts = ()
    channels: Texts = ()
    skills: Texts = ()
    training: Texts = ()
    ways_in: Annotated[tuple[WayIn, ...], Field(min_length=1, max_length=6)] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        _refuse_duplicates(w.id for w in self.ways_in)
        return self


class FlyerText(Model):
    """The short text for the flyer."""

    headline: Text
    teaser: Text
    points: Annotated[tuple[Text, ...], Field(min_length=3, max_length=5)] = ()


class FrontMatter(Model):
    """The front matter of a profile. `updated` is the day of the last change by its author."""

    title: Text
    subtitle: Annotated[Text | None, Given] = None
    teaser: Text
    updated: date
    facts: Annotated[Facts, Field(default_factory=Facts)]
    flyer: FlyerText


@dataclass(frozen=True, slots=True)
class Profile:
    """One profession in one place: front matter, the text before the first heading, sections."""

    slug: str
    front: FrontMatter
    opening: tuple[Part, ...]
    sections: tuple[Section, ...]


def profile_slugs(reader: Reader) -> list[str]:
    """Return the slugs of all profiles of the workspace, sorted."""
    return reader.folders("content", holding=PROFILE_FILE)


def read_profile(reader: Reader, slug: str) -> Profile:
    """Return the profile content/SLUG/profile.md; raises Refused with all faults found."""
    path = f"content/{slug}/{PROFILE_FILE}"
    return parse_profile(reader.read_text(path), path, slug, reader.bounds)


def parse_profile(text: str, path: str, slug: str, bounds: Bounds = DEFAULT_BOUNDS) -> Profile:
    """Return the profile that `text`, the content of `path`, is; raises Refused as above."""
    if len(text) > MOST_CHARACTERS:
        raise refuse(
            Location(path),
            N_("The text is longer than {most} characters, about a hundred pages."),
            N_("Make several profiles of it."),
            most=MOST_CHARACTERS,
        )
    if text.count("\n") >= MOST_LINES:
        raise refuse(
            Location(path, MOST_LINES + 1),
            N_("The text goes on beyond {most} lines."),
            N_("Make several profiles of it."),
            most=MOST_LINES,
        )
    match = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", text, re.DOTALL)
    if match is None:
        raise refuse(
            Location(path, 1),
            N_("The front matter is missing."),
            N_("Start the file with a line “---”, the entries (“title: …”), and another “---”."),
        )
    faults: list[Diagnostic] = []
    front: FrontMatter | None = None
    try:
        front = read_front_matter(FrontMatter, match[1], path, first_line=2)
    except Refused as refused:
        faults += refused.diagnostics
    lines_above = text[: match.end()].count("\n")
    opening, sections, body_faults = read_body(text[match.end() :], path, lines_above)
    faults += body_faults
    if len(blocks := list(_blocks(opening, sections))) > bounds.profile_blocks:
        place = blocks[bounds.profile_blocks].location
        faults += too_many_blocks(place, bounds.profile_blocks).diagnostics
    if front is None or faults:
        raise Refused(sorted(faults, key=lambda d: d.location))
    return Profile(slug, front, opening, sections)


def _blocks(opening: Iterable[Part], sections: Iterable[Section]) -> Iterator[Text]:
    """Yield the blocks of a profile's running text, in order."""
    for part in opening:
        yield from part.blocks
    for section in sections:
        yield section.heading
        for part in section.parts:
            yield from part.blocks


def _refuse_duplicates(ids: Iterable[str]) -> None:
    counts = Counter(ids)
    if any(n > 1 for n in counts.values()):
        raise PydanticCustomError("duplicate_id", "duplicate id")
