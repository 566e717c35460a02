"""Reads a profile: the German text of one profession and the facts in its front matter.

The result is the text in blocks, as written, each with its place. Nothing is formatted or
translated here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic
from urllib.parse import unquote

from pydantic import Field

from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds, beyond
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse, warning
from careerprint.core.reader import Reader
from careerprint.core.schema import Given, Lines, Model, ModelT, Text
from careerprint.profiles.body import Part, Section, read_body
from careerprint.profiles.catalogs import PROFILE_SOURCE, is_locale, spelt_locale
from careerprint.profiles.facts import Facts
from careerprint.profiles.frontmatter import read_front_matter
from careerprint.profiles.marks import CheckMark, read_check_marks
from careerprint.profiles.pictures import Pictures
from careerprint.profiles.roles import roles_of
from careerprint.profiles.tags import fallback_chain

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
class WholeText:
    """What is known of a profile's text that was not translated block by block, but as a whole.

    It stands in `file`, in the locale `tag`. `original` is the German text that it was compared
    with, `written` its own, each with all blocks. `tested_by` says who of its readers tested it,
    None where nobody did. `original_updated` is the day of the German text's last change.
    """

    file: str
    tag: str
    original: str
    written: str
    tested_by: Text | None
    original_updated: date


@dataclass(frozen=True, slots=True)
class Profile:
    """One profession: front matter, where facts stand by name, opening, and sections.

    `marks` are what a person has yet to check, `updated_at` is where the day of the last change
    stands. `whole` is there where the text is that of another locale, as a whole.
    """

    slug: str
    front: FrontMatter
    fact_places: Mapping[str, Location]
    opening: tuple[Part, ...]
    sections: tuple[Section, ...]
    marks: tuple[CheckMark, ...]
    updated_at: Location
    whole: WholeText | None = None


@dataclass(frozen=True, slots=True)
class Document(Generic[ModelT]):
    """A file with front matter and a text; `line` tells where a value of it stands."""

    front: ModelT
    line: Lines
    opening: tuple[Part, ...]
    sections: tuple[Section, ...]
    marks: tuple[CheckMark, ...]


def profile_file(slug: str) -> str:
    """Return the name, within the workspace, of the file with a profile's text."""
    return f"content/{slug}/{PROFILE_FILE}"


def profile_slugs(reader: Reader) -> list[str]:
    """Return the slugs of all profiles of the workspace, sorted."""
    return reader.folders("content", holding=PROFILE_FILE)


def stray_files(reader: Reader, slug: str) -> list[Diagnostic]:
    """Return a diagnostic for each file beside a profile, or in its place, that may be meant as it.

    Editors, browsers and sync programs leave such: profile.md.txt, profile (1).md, ~$profile.md,
    profile-DESKTOP-4F7.md. It is an error where there is no profile, else a warning. A text as a
    whole in another locale (profile.tr.md) is none; one that is named otherwise than it is read is.
    """
    names = reader.files(f"content/{slug}", "rofil*")
    severity = warning if PROFILE_FILE in names else error
    return [
        severity(
            Location(f"content/{slug}/{name}"),
            N_("This file is not read: a profile is called {file}."),
            N_("If it is the right one, rename it to {file}; else delete it or move it elsewhere."),
            file=meant,
        )
        for name in names
        if (meant := _meant_as(name)) != name
    ]


def _meant_as(name: str) -> str:
    """Return the name of the file that one of this name may be meant as."""
    tag = locale_of(name)
    if not tag or not is_locale(tag) or fallback_chain(tag) == [PROFILE_SOURCE]:
        return PROFILE_FILE
    return whole_name(tag)


def whole_name(tag: str) -> str:
    """Return the name, beside profile.md, of the file with the text as a whole in a locale."""
    return f"profile.{tag}.md"


def locale_of(name: str) -> str:
    """Return the locale that the name of a whole text says, as it is spelt; "" where it is none."""
    found = re.fullmatch(r"profile\.([A-Za-z0-9-]+)\.md", name)
    return spelt_locale(found[1]) if found else ""


def whole_locales(reader: Reader, slug: str) -> list[str]:
    """Return the locales in which there is a text of a profile as a whole, sorted."""
    tags = map(locale_of, reader.files(f"content/{slug}", ".md"))
    return sorted(t for t in tags if t and is_locale(t) and t != PROFILE_SOURCE)


def read_profile(reader: Reader, slug: str) -> Profile:
    """Return the profile content/SLUG/profile.md; raises Refused with all faults found."""
    path = profile_file(slug)
    return parse_profile(reader.read_text(path), path, slug, reader.bounds)


def parse_profile(text: str, path: str, slug: str, bounds: Bounds = DEFAULT_BOUNDS) -> Profile:
    """Return the profile that `text`, the content of `path`, is; raises Refused as above."""
    read = read_document(FrontMatter, text, path, bounds)
    front, line = read.front, read.line
    parts = [*read.opening, *(part for section in read.sections for part in section.parts)]
    strays = (
        _without_section(front.pictures, read.sections),
        _without_picture(front.pictures, parts),
    )
    if faults := [fault for each in strays for fault in each]:
        raise Refused(sorted(faults, key=lambda d: d.location))
    places = {n: Location(path, line(("facts", n))) for n in front.facts.model_fields_set}
    updated_at = Location(path, line(("updated",)))
    return Profile(slug, front, places, read.opening, read.sections, read.marks, updated_at)


def read_document(
    model: type[ModelT], text: str, path: str, bounds: Bounds = DEFAULT_BOUNDS
) -> Document[ModelT]:
    """Return `text`, the content of `path`, with its front matter as a `model`; raises Refused."""
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
            N_(
                "⟨Start the file with a line “---”, the entries (“title: …”), and another "
                "“---”|Undo the last change, or bring an earlier version back⟩."
            ),
        )
    faults: list[Diagnostic] = []
    front: ModelT | None = None
    try:
        front, line = read_front_matter(model, match[1], path, first_line=2)
    except Refused as refused:
        faults += refused.diagnostics
    lines_above = text[: match.end()].count("\n")
    opening, sections, body_faults = read_body(text[match.end() :], path, lines_above)
    faults += body_faults
    if len(blocks := [text for _, text in body_blocks(opening, sections)]) > bounds.profile_blocks:
        place = blocks[bounds.profile_blocks].location
        faults += beyond(place, "profile_blocks", bounds.profile_blocks).diagnostics
    if front is None or faults:
        raise Refused(sorted(faults, key=lambda d: d.location))
    marks = read_check_marks(match[1], path, first_line=2)
    return Document(front, line, opening, sections, marks)


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


def _without_picture(pictures: Pictures, parts: Iterable[Part]) -> Iterator[Diagnostic]:
    """Yield an error for each credit of a picture that the text does not have."""
    printed = {unquote(part.picture) for part in parts if part.picture}
    for credited in pictures.text:
        if credited.file not in printed:
            yield error(
                credited.file.location,
                N_("The text has no picture “{name}”."),
                N_("Write its file as in the text⟨: ![description](file)⟩. There are: {known}."),
                name=credited.file,
                known=", ".join(sorted(printed)) or "–",
            )


def head_blocks(title: Text, subtitle: Text | None, teaser: Text) -> Iterator[tuple[str, Text]]:
    """Yield the blocks at the head of a profile, in order, each with a note of what it is."""
    heads = (("title", title), ("subtitle", subtitle), ("teaser", teaser))
    yield from ((where, text) for where, text in heads if text is not None)


def flyer_blocks(flyer: FlyerText) -> Iterator[tuple[str, Text]]:
    """Yield the blocks of the short text for the flyer, as `head_blocks` does."""
    yield from (("flyer: headline", flyer.headline), ("flyer: teaser", flyer.teaser))
    if flyer.heading is not None:
        yield "flyer: heading", flyer.heading
    yield from (("flyer: point", text) for text in flyer.points)


def body_blocks(opening: Iterable[Part], sections: Iterable[Section]) -> Iterator[tuple[str, Text]]:
    """Yield the blocks of a running text, as `head_blocks` does."""
    yield from _part_blocks("opening", opening)
    for section in sections:
        yield f"{section.id}: heading", section.heading
        yield from _part_blocks(section.id, section.parts)


def _part_blocks(where: str, parts: Iterable[Part]) -> Iterator[tuple[str, Text]]:
    for part in parts:
        yield from ((f"{where}: {part.kind}", text) for text in part.blocks)


def own_blocks(profile: Profile) -> Iterator[tuple[str, Text]]:
    """Yield all blocks of a profile's text: without those of its facts and pictures."""
    front = profile.front
    yield from head_blocks(front.title, front.subtitle, front.teaser)
    yield from flyer_blocks(front.flyer)
    yield from body_blocks(profile.opening, profile.sections)
