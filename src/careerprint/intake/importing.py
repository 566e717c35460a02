"""Makes a profile of a text that somebody brings in: read, structured, written, and read back."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.core.slugs import checked_slug
from careerprint.core.workspace import find_workspace
from careerprint.intake.drafts import MarkedLine, write_profile
from careerprint.intake.newfolders import put_folder, taken
from careerprint.intake.occupations import field_said
from careerprint.intake.structure import find_structure
from careerprint.intake.texts import read_manuscript
from careerprint.layouts.art import fields_of, towns_of
from careerprint.layouts.configuration import read_configuration
from careerprint.profiles.catalogs import PROFILE_SOURCE, fallback_chain
from careerprint.profiles.content import PROFILE_FILE, parse_profile


@dataclass(frozen=True, slots=True)
class Imported:
    """A profile just made: its file, relative to the workspace, and what is to be checked in it."""

    name: str
    checked: Sequence[MarkedLine]


def import_text(file: Path, slug: str, locale: str, folder: Path, today: date) -> Imported:
    """Make a profile of the text in `file`, in the workspace that `folder` lies in.

    Raises Refused where the text, the name or the workspace cannot be used; then nothing has been
    written. What is there already is never overwritten.
    """
    checked_slug(slug, "--slug")
    if fallback_chain(locale)[-1] != PROFILE_SOURCE:
        raise refuse(
            Location("--locale"),
            N_("“{locale}” cannot be imported: profiles are written in German."),
            N_("Import the German text; translations go into the profile's catalogs."),
            locale=locale,
        )
    root = find_workspace(folder)
    target = f"content/{slug}"
    if os.path.lexists(root / target):
        raise taken(f"{target}/")
    draft = find_structure(read_manuscript(file), slug.replace("-", " ").replace("_", " ").title())
    name = f"{target}/{PROFILE_FILE}"
    draft.art = _art_told(draft.title, Reader(root))
    text, checked = write_profile(draft, file.name, today, translator(PROFILE_SOURCE))
    parse_profile(text, name, slug, read_configuration(Reader(root)).bounds.plain)
    put_folder(root, target, {PROFILE_FILE: text.encode()})
    return Imported(name, checked)


def _art_told(title: str, reader: Reader) -> dict[str, str]:
    """Return the occupational field and the town that a title tells, where there are drawings."""
    told = {
        "field": next((f for f in fields_of(reader) if f == field_said(title)), ""),
        "town": next((t for t in towns_of(reader) if t in title.lower().split()), ""),
    }
    return {key: name for key, name in told.items() if name}
