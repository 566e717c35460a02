"""Brings a text in: shows what would become of it, and makes a profile of it."""

import base64
import io
import re
from contextlib import suppress
from datetime import date
from fnmatch import fnmatch
from pathlib import Path, PurePath
from typing import Any

from careerprint.core.diagnostics import N_, Refused, refuse
from careerprint.core.reader import Reader
from careerprint.core.slugs import free_name, proposed_slug, short_name
from careerprint.desk.desk import Desk
from careerprint.desk.forms import written_forms
from careerprint.desk.history import keep_original, original_of
from careerprint.desk.offering import title_of
from careerprint.desk.proposals import proposals_in
from careerprint.desk.secondtown import town_in, with_marks
from careerprint.desk.shown import Shown
from careerprint.intake.drafts import sentence
from careerprint.intake.importing import art_told, drafted, import_text, read_manuscript
from careerprint.intake.skeletons import new_profile
from careerprint.intake.starter import put_folder
from careerprint.layouts.art import named_fields, towns_of
from careerprint.layouts.origins import files_below
from careerprint.manuscripts.filekinds import is_drawing
from careerprint.manuscripts.manuscript import Manuscript
from careerprint.profiles.content import profile_file, profile_slugs, read_profile
from careerprint.profiles.facts import Facts

_LONGEST_NAME = 120  # characters of a file's name
_LARGEST_SHOWN = (480, 320)  # pixels of a picture beside the text
_LARGEST_DRAWING = 1_000_000  # bytes of an SVG beside the text
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def tried(desk: Desk, content: bytes, name: str) -> Shown:
    """Return what would become of a text: its paragraphs, what to know of it, names to choose.

    `content` is that of a file called `name`. Raises Refused where it becomes no profile.
    """
    reader, translate = Reader(desk.root), desk.shower.translate
    file = _file(name)
    stem = proposed_slug(file.stem)
    draft, text, checked = drafted(file, stem, reader, date.today(), content)
    notes = [sentence(mark.remark, translate) for mark in checked]
    return {
        "title": draft.title,
        "slug": _free(desk, short_name(draft.title or file.stem)),
        "text": text,
        "paragraphs": _paragraphs(draft.manuscript),
        "notes": list(dict.fromkeys(notes)),
        "art": draft.art,
        "fields": named_fields(reader, translate),
        "towns": towns_of(reader),
        "town": town_in(draft.title),
    }


def made(  # noqa: PLR0913, PLR0917 - what the form has
    desk: Desk, content: bytes, name: str, slug: str, field: str, town: str, title: str = ""
) -> Shown:
    """Make a profile of a text, and keep the file; raises Refused as `import_text`.

    `title` takes the place of the text's. `slug` is what the profile is to be called for short, ""
    for a name made of the title. `field` names the drawings, "" for neutral
    ones. `town` may be any town; without a drawing of its own, a neutral one is drawn.
    """
    chosen = {"field": field, "town": town.strip()}
    art = {key: value for key, value in chosen.items() if value}
    file = _file(name)
    slug = _new(desk, proposed_slug(slug)) if slug else _free(desk, short_name(title))
    import_text(file, slug, "de", desk.root, date.today(), content, art, " ".join(title.split()))
    with suppress(Refused):  # the profile is there, and that is what counts
        keep_original(desk.root, slug, file.name, content)
    desk.refresh()
    return {"slug": slug}


def begun(desk: Desk, title: str, like: str = "") -> Shown:
    """Make a profile with a title, to fill in, or as a copy of the one that it is to be `like`.

    Of facts, the one to fill in has none. What is drawn follows the title. Where the copy still has
    the other's town, another than that of the title, check marks are left: the answer counts all
    `marks`. Raises Refused for the title of another profile.
    """
    reader, folder = Reader(desk.root), f"content/{like}/"
    titles = {title_of(reader, each).casefold() for each in desk.offering.profiles}
    if title.casefold() in titles:
        raise refuse(
            "",
            N_("There is a profile with the title “{name}” already."),
            N_("Give this one another title, with its town for example, or open that one on Home."),
            name=title,
        )
    slug = _free(desk, short_name(title))
    entered: dict[str, Any] = {"title": title, "art": art_told(title, reader)}
    town, others = "", {}
    if like in desk.offering.profiles:
        files = files_below(reader, folder)
        copied = {name.removeprefix(folder): reader.read_bytes(name) for name in files}
        put_folder(desk.root, f"content/{slug}", copied)
        with suppress(Refused):  # what is off in it is told where it is written
            front = read_profile(reader, like).front
            entered["art"] = {"field": front.art.field, "town": None, **entered["art"]}
            town = town_in(str(front.title))
        others = {
            name: copied[name].decode("utf-8", "replace")
            for name in sorted(copied)
            if fnmatch(name, "profile.*.md")
        }
    else:
        new_profile(desk.root, slug, date.today())
        entered["facts"] = dict.fromkeys(Facts.model_fields)
    desk.refresh()
    written = desk.text(slug)
    text = written_forms(written["text"], entered)
    if town and town != town_in(title):
        text = with_marks(text, town, others)
    desk.save(slug, text, written["digest"])
    return {"slug": slug, "marks": len(proposals_in(text, profile_file(slug)))}


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
            "picture": _thumbnail(manuscript.pictures.get(p.file)),
            "bold": [re.sub(r"\\(\W)", r"\1", words) for words in _BOLD.findall(p.markdown)],
        }
        for p in manuscript.paragraphs
    ]


def _thumbnail(content: bytes | None) -> Shown | None:
    """Return the `kind` and the `content`, in base64, of a small picture; None without any.

    A drawing (SVG) stays as it is: browsers run nothing in a picture, and load nothing for it.
    """
    from PIL import Image

    if content and is_drawing(content):
        known = {"kind": "image/svg+xml", "content": base64.b64encode(content).decode()}
        return known if len(content) <= _LARGEST_DRAWING else None
    with suppress(Exception):  # Pillow raises a dozen kinds for what is broken
        with Image.open(io.BytesIO(content or b"")) as picture:
            picture.thumbnail(_LARGEST_SHOWN)
            made = io.BytesIO()
            picture.convert("RGB").save(made, "PNG")
        return {"kind": "image/png", "content": base64.b64encode(made.getvalue()).decode()}
    return None


def _free(desk: Desk, name: str) -> str:
    """Return a name for a profile that no other has."""
    return free_name(name, {path.name for path in (desk.root / "content").iterdir()})


def _new(desk: Desk, name: str) -> str:
    """Return the name of a new profile; raises Refused, with another, where there is one."""
    free = _free(desk, name)
    if free != name:
        raise refuse(
            "",
            N_("There is a profile called “{name}” already."),
            N_("Choose another name, for example {proposal}."),
            name=name,
            proposal=free,
        )
    return name


def _file(name: str) -> Path:
    """Return a file's name without what no file here may be called."""
    plain = PurePath(name.replace("\\", "/")).name
    safe = re.sub(r'[\x00-\x1f<>:"|?*]', "_", plain).strip(". ")
    return Path(safe[-_LONGEST_NAME:] or "text.txt")
