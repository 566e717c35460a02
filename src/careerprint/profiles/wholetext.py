"""Reads a text that was not translated block by block, but as a whole: content/SLUG/profile.TAG.md.

It takes the place of the German one in its locale: its title, its teaser, its sections. The facts
and the pictures are the profile's; what texts these have is translated by catalogs, as ever. A text
in Leichte Sprache is one, and so is a translation that an office delivers as a document of its own.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated

from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.reader import Reader
from careerprint.core.schema import Given, Model, Text
from careerprint.profiles.catalogs import PROFILE_SOURCE, Messages
from careerprint.profiles.content import (
    FlyerText,
    Profile,
    WholeText,
    own_blocks,
    profile_file,
    read_document,
    read_profile,
    whole_name,
)
from careerprint.profiles.tags import fallback_chain, is_plain


class WholeFrontMatter(Model):
    """The front matter of a text as a whole: texts alone, and the day of its last change.

    `tested_by` says who of its readers has tested it: for Leichte Sprache, people with learning
    difficulties. Where it is absent, nobody has.
    """

    title: Text
    subtitle: Annotated[Text | None, Given] = None
    teaser: Text
    updated: date
    tested_by: Annotated[Text | None, Given] = None
    flyer: FlyerText


def whole_file(slug: str, tag: str) -> str:
    """Return the name, within the workspace, of the file with a text as a whole in a locale."""
    return profile_file(slug).rpartition("/")[0] + f"/{whole_name(tag)}"


def read_profile_in(reader: Reader, slug: str, locale: str) -> Profile:
    """Return a profile with the text that a locale has as a whole, else with the German one.

    A locale has the text of the nearest of those that it falls back to. Raises Refused with all
    faults of both files, and for a plain language without a text of its own: the German one would
    be printed under its name.
    """
    profile = read_profile(reader, slug)
    for tag in fallback_chain(locale):
        if tag == PROFILE_SOURCE:
            break
        if reader.find(whole_file(slug, tag)) is not None:
            return _with_whole(profile, reader, tag)
    if is_plain(locale):
        raise refuse(
            whole_file(slug, locale),
            N_("There is no text in {locale}: this file is not there."),
            N_(
                "Write one: plain language is a text of its own. ⟨docs/anleitung.md|The guide⟩ "
                "says how."
            ),
            locale=locale,
        )
    return profile


def _with_whole(profile: Profile, reader: Reader, tag: str) -> Profile:
    name = whole_file(profile.slug, tag)
    read = read_document(WholeFrontMatter, reader.read_text(name), name, reader.bounds)
    front = profile.front.model_copy(
        update={key: getattr(read.front, key) for key in ("title", "subtitle", "teaser", "flyer")}
        | {"updated": read.front.updated}
    )
    found = replace(
        profile,
        front=front,
        opening=read.opening,
        sections=read.sections,
        marks=(*profile.marks, *read.marks),
        updated_at=Location(name, read.line(("updated",))),
    )
    whole = WholeText(
        name,
        tag,
        _joined(own_blocks(profile)),
        _joined(own_blocks(found)),
        read.front.tested_by,
        profile.front.updated,
    )
    return replace(found, whole=whole)


def _joined(blocks: Iterable[tuple[str, Text]]) -> str:
    return "\n".join(str(text) for _, text in blocks)


def as_messages(profile: Profile, whole: WholeText) -> Messages:
    """Return the blocks of a text as a whole as messages that are their own translations."""
    blocks = [text for _, text in own_blocks(profile)]
    return Messages(
        whole.file,
        whole.tag,
        {str(text): str(text) for text in blocks},
        lambda _count: 0,
        {str(text): text.location.line for text in reversed(blocks)},
    )
