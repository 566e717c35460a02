"""Brings a text in: shows what would become of it, and makes a profile of it."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path, PurePath

from careerprint.core.diagnostics import Refused
from careerprint.core.reader import Reader
from careerprint.core.slugs import free_name, proposed_slug
from careerprint.desk.desk import Desk
from careerprint.desk.history import keep_original, original_of
from careerprint.desk.shown import Shown
from careerprint.intake.drafts import sentence
from careerprint.intake.importing import drafted, import_text, read_manuscript
from careerprint.intake.skeletons import new_profile
from careerprint.layouts.art import FIELD_WORDS, fields_of, towns_of
from careerprint.manuscripts.manuscript import Manuscript
from careerprint.profiles.content import profile_slugs

_LONGEST_NAME = 120  # characters of a file's name
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def tried(desk: Desk, content: bytes, name: str) -> Shown:
    """Return what would become of a text: its paragraphs, what to know of it, names to choose.

    `content` is that of a file called `name`. Raises Refused where it becomes no profile.
    """
    reader, translate = Reader(desk.root), desk.shower.translate
    file = _file(name)
    draft, text, checked = drafted(file, _proposed(desk, file.stem), reader, date.today(), content)
    notes = [sentence(mark.remark, translate) for mark in checked]
    return {
        "title": draft.title,
        "slug": _proposed(desk, draft.title or file.stem),
        "text": text,
        "paragraphs": _paragraphs(draft.manuscript),
        "notes": list(dict.fromkeys(notes)),
        "art": draft.art,
        "fields": [[n, translate(FIELD_WORDS.get(n, n))] for n in fields_of(reader)],
        "towns": towns_of(reader),
    }


def made(desk: Desk, content: bytes, name: str, slug: str, field: str, town: str) -> Shown:
    """Make the profile `slug` of a text, and keep the file; raises Refused as `import_text`.

    `field` and `town` name the drawings, "" for neutral ones.
    """
    chosen = {"field": field, "town": town}
    art = {key: value for key, value in chosen.items() if value}
    file = _file(name)
    import_text(file, slug, "de", desk.root, date.today(), content, art)
    with suppress(Refused):  # the profile is there, and that is what counts
        keep_original(desk.root, slug, file.name, content)
    desk.refresh()
    return {"slug": slug}


def begun(desk: Desk, slug: str) -> Shown:
    """Make a profile to fill in; raises Refused."""
    new_profile(desk.root, slug, date.today())
    desk.refresh()
    return {"slug": slug}


def original(desk: Desk, slug: str) -> Shown:
    """Return the paragraphs of the text that a profile was made of; none where it is not kept."""
    file = original_of(desk.root, slug) if slug in profile_slugs(Reader(desk.root)) else None
    if file is None:
        return {"paragraphs": []}
    try:
        return {"paragraphs": _paragraphs(read_manuscript(file))}
    except Refused:  # LibreOffice is no longer there, or the file was changed
        return {"paragraphs": []}


def _paragraphs(manuscript: Manuscript) -> list[Shown]:
    return [
        {
            "kind": p.kind,
            "text": p.text,
            "level": p.level,
            "number": p.number,
            "cells": p.cells,
            "bold": [re.sub(r"\\(\W)", r"\1", words) for words in _BOLD.findall(p.markdown)],
        }
        for p in manuscript.paragraphs
    ]


def _proposed(desk: Desk, title: str) -> str:
    """Return a name for a profile that no other has."""
    taken = {path.name for path in (desk.root / "content").iterdir()}
    return free_name(proposed_slug(title), taken)


def _file(name: str) -> Path:
    """Return a file's name without what no file here may be called."""
    plain = PurePath(name.replace("\\", "/")).name
    safe = re.sub(r'[\x00-\x1f<>:"|?*]', "_", plain).strip(". ")
    return Path(safe[-_LONGEST_NAME:] or "text.txt")
