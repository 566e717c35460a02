"""Reads a profile: the German text of one profession and the facts in its front matter.

The result is the text in blocks, as written, each with its place. Nothing is formatted or
translated here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds, beyond
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse, warning
from careerprint.core.reader import Reader
from careerprint.core.schema import Given, Model, Text
from careerprint.profiles.body import Part, Section, read_body
from careerprint.profiles.facts import Facts
from careerprint.profiles.frontmatter import read_front_matter
from careerprint.profiles.marks import CheckMark, read_check_marks
from careerprint.profiles.pictures import Pictures
from careerprint.profiles.roles import roles_of

PROFILE_FILE = "profile.md"
MOST_LINES = 10_000  # what markdown-it takes some 0.1 ms for, each
MOST_CHARACTERS = 300_000  # of a profile's file; an imported text has 200,000 at most


class Art(Model):
    """Whose drawings are printed: those of an occupational field, and those of a town.

    Where one is not said, the neutral drawings are.
    """

    field: Annotated[Text | None, Given] = None
    town: Annotated[Text | None, Given] = None


class FlyerText(Model):
    """The short text for the flyer. `heading` stands above the points, in place of the layout's."""

    headline: Text
    teaser: Text
    heading: Annotated[Text | None, Given] = None
    points: Annotated[tuple[Text, ...], Field(min_length=3, max_length=5)] = ()


class FrontMatter(Model):
    """The front matter of a profile. `updated` is the day of the last change by its author."""

    title: Text
    subtitle: Annotated[Text | None, Given] = None
    teaser: Text
    updated: date
    art: Annotated[Art, Field(default_factory=Art)]
    pictures: Annotated[Pictures, Field(default_factory=Pictures)]
    facts: Annotated[Facts, Field(default_factory=Facts)]
    flyer: FlyerText


@dataclass(frozen=True, slots=True)
class Profile:
    """One profession: front matter, where facts stand by name, opening, and sections.

    `marks` are what a person has yet to check, `updated_at` is where the day of the last change
    stands.
    """

    slug: str
    front: FrontMatter
    fact_places: Mapping[str, Location]
    opening: tuple[Part, ...]
    sections: tuple[Section, ...]
    marks: tuple[CheckMark, ...]
    updated_at: Location


def profile_file(slug: str) -> str:
    """Return the name, within the workspace, of the file with a profile's text."""
    return f"content/{slug}/{PROFILE_FILE}"


def profile_slugs(reader: Reader) -> list[str]:
    """Return the slugs of all profiles of the workspace, sorted."""
    return reader.folders("content", holding=PROFILE_FILE)


def stray_files(reader: Reader, slug: str) -> list[Diagnostic]:
    """Return a diagnostic for each file beside a profile, or in its place, that may be meant as it.

    Editors, browsers and sync programs leave such: profile.md.txt, profile (1).md, ~$profile.md,
    profile-DESKTOP-4F7.md. It is an error where there is no profile, else a warning.
    """
    names = reader.files(f"content/{slug}", "rofil*")
    severity = warning if PROFILE_FILE in names else error
    return [
        severity(
            Location(f"content/{slug}/{name}"),
            N_("This file is not read: a profile is called {file}."),
            N_("If it is the right one, rename it to {file}; else delete it or move it elsewhere."),
            file=PROFILE_FILE,
        )
        for name in names
        if name != PROFILE_FILE
    ]


def read_profile(reader: Reader, slug: str) -> Profile:
    """Return the profile content/SLUG/profile.md; raises Refused with all faults found."""
    path = profile_file(slug)
    return parse_profile(reader.read_text(path), path, slug, reader.bounds)


def parse_profile(text: str, path: str, slug: str, bounds: Bounds = DEFAULT_BOUNDS) -> Profile:
    """Return the profile that `text`, the content of `path`, is; raises Refused as above."""
    if len(text) > MOST_CHARACTERS:
        raise refuse(
            path,
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
        front, line = read_front_matter(FrontMatter, match[1], path, first_line=2)
    except Refused as refused:
        faults += refused.diagnostics
    lines_above = text[: match.end()].count("\n")
    opening, sections, body_faults = read_body(text[match.end() :], path, lines_above)
    faults += body_faults
    if len(blocks := list(_blocks(opening, sections))) > bounds.profile_blocks:
        place = blocks[bounds.profile_blocks].location
        faults += beyond(place, "profile_blocks", bounds.profile_blocks).diagnostics
    if front is not None:
        faults += _without_section(front.pictures, sections)
    if front is None or faults:
        raise Refused(sorted(faults, key=lambda d: d.location))
    places = {n: Location(path, line(("facts", n))) for n in front.facts.model_fields_set}
    marks = read_check_marks(match[1], path, first_line=2)
    updated_at = Location(path, line(("updated",)))
    return Profile(slug, front, places, opening, sections, marks, updated_at)


def _without_section(pictures: Pictures, sections: tuple[Section, ...]) -> Iterator[Diagnostic]:
    """Yield an error for each picture of a section that is not there."""
    known = [*(section.id for section in sections), *roles_of(sections)]
    for name, picture in pictures.sections.items():
        if name not in known:
            yield error(
                picture.file.location,
                N_("There is no section “{name}” for this picture."),
                N_("Write the mark of a section, or what it tells of: {known}."),
                name=name,
                known=", ".join(dict.fromkeys(known)),
            )


def _blocks(opening: Iterable[Part], sections: Iterable[Section]) -> Iterator[Text]:
    """Yield the blocks of a profile's running text, in order."""
    for part in opening:
        yield from part.blocks
    for section in sections:
        yield section.heading
        for part in section.parts:
            yield from part.blocks
