"""Makes a profile of a text that somebody brings in, whatever kind of file it stands in."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse
from careerprint.core.files import read_given
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.core.slugs import checked_slug, proposed_slug
from careerprint.core.workspace import find_workspace
from careerprint.extraction.structure import TITLE, Draft
from careerprint.intake.drafting import make_draft
from careerprint.intake.drafts import MarkedLine, write_profile
from careerprint.intake.starter import put_folder, taken
from careerprint.layouts.art import fields_of, towns_of
from careerprint.layouts.configuration import read_configuration
from careerprint.manuscripts.filekinds import Readable, kind_of
from careerprint.manuscripts.furniture import leave_out_furniture
from careerprint.manuscripts.htmltext import read_html
from careerprint.manuscripts.manuscript import (
    Manuscript,
    list_rows,
    put_pictures_below_the_title,
    take_typed_lists,
)
from careerprint.manuscripts.markdownfile import read_markdown
from careerprint.manuscripts.occupations import field_said
from careerprint.manuscripts.odtfile import read_odt
from careerprint.manuscripts.officesuite import as_word
from careerprint.manuscripts.pdffile import read_pdf
from careerprint.manuscripts.picturefiles import Finds, beside, keep_printable
from careerprint.manuscripts.plaintext import read_plain
from careerprint.manuscripts.quotations import take_quotations
from careerprint.manuscripts.wordfile import read_word
from careerprint.profiles.catalogs import PROFILE_SOURCE
from careerprint.profiles.content import MOST_LINES, PROFILE_FILE, parse_profile
from careerprint.profiles.tags import fallback_chain

MOST_BYTES = 50_000_000
"""A document with its pictures."""
MOST_CHARACTERS = 200_000
"""About a hundred pages of a brochure; a profile has six."""
MOST_FILES = 10_000

_LARGEST_PAGE = 4_000_000  # bytes; what a browser saves has scripts in it


def read_manuscript(path: Path, given: bytes | None = None) -> Manuscript:
    """Return the text of a file of any kind that can be read; raises Refused.

    `given` is what the file holds, where another program has handed it over.
    """
    content = _content(path) if given is None else given
    if len(content) > MOST_BYTES:
        raise _too_long(str(path))
    finds = beside(path.parent if given is None else None)
    manuscript = _read(content, kind_of(content, str(path)), path, finds)
    leave_out_furniture(manuscript)
    take_quotations(manuscript)  # before lists: a dash may stand before who is quoted
    take_typed_lists(manuscript)
    list_rows(manuscript)
    put_pictures_below_the_title(manuscript)
    if not any(p.text for p in manuscript.paragraphs if p.kind != "picture"):
        raise refuse(
            str(path),
            N_("There is no text in this file."),
            N_("Check that it is the right one, and that it has been saved."),
        )
    if sum(len(paragraph.text) for paragraph in manuscript.paragraphs) > MOST_CHARACTERS:
        raise _too_long(str(path))
    return manuscript


def _read(content: bytes, kind: Readable, path: Path, finds: Finds) -> Manuscript:
    """Return the text in a file of a kind; raises Refused."""
    place = str(path)
    if kind == "old":
        suffix = ".rtf" if content.startswith(b"{\\rtf") else ".doc"
        content, kind = as_word(content, suffix, place), "word"
    by_kind = {"word": read_word, "odt": read_odt, "pdf": read_pdf}
    if kind in by_kind:
        return by_kind[kind](content, place)
    if kind == "html" and len(content) <= _LARGEST_PAGE:
        return read_html(content, place, finds)
    if len(content) > 4 * MOST_CHARACTERS:
        raise _too_long(place)
    if len(content.splitlines()) > MOST_LINES:
        raise refuse(
            Location(place, MOST_LINES + 1),
            N_("The text goes on beyond {most} lines."),
            N_("Import the part that belongs to one career profile."),
            most=MOST_LINES,
        )
    if kind == "markdown":
        return read_markdown(content, place, finds)
    return read_plain(content, place)


def _content(path: Path) -> bytes:
    return read_given(
        path,
        N_("⟨Give the path of|Choose⟩ a .docx, .odt, .rtf, .doc, .pdf, .html, .md or .txt file."),
        N_("Check the path. A name with spaces needs quotation marks around it."),
        N_("Close it in other programs, and check that you may read it."),
        MOST_BYTES,
    )


def _too_long(place: str) -> Refused:
    return refuse(
        place,
        N_("The text is longer than {most} characters, about a hundred pages."),
        N_("Import the part that belongs to one career profile."),
        most=f"{MOST_CHARACTERS:,}".replace(",", " "),
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """A profile just made: its file, relative to the workspace, and what is to be checked in it."""

    name: str
    checked: Sequence[MarkedLine]


def import_text(  # noqa: PLR0913, PLR0917 - what a command gives
    file: Path,
    slug: str,
    locale: str,
    folder: Path,
    today: date,
    given: bytes | None = None,
    art: Mapping[str, str] | None = None,
    title: str = "",
) -> Imported:
    """Make a profile of the text in `file`, in the workspace that `folder` lies in.

    `given` is what the file holds, where another program has handed it over. `art` says which
    drawings the profile has, where somebody chose them; else the title tells. `title` is one that
    somebody gave, in place of the text's. Raises Refused where
    the text, the name or the workspace cannot be used; then nothing has been written. What is there
    already is never overwritten.
    """
    checked_slug(slug, "--slug")
    if fallback_chain(locale)[-1] != PROFILE_SOURCE:
        raise refuse(
            "--locale",
            N_("“{locale}” cannot be imported: profiles are written in German."),
            N_("Import the German text; translations go into the profile's catalogs."),
            locale=locale,
        )
    root = find_workspace(folder)
    target = f"content/{slug}"
    if os.path.lexists(root / target):
        raise taken(f"{target}/")
    name = f"{target}/{PROFILE_FILE}"
    draft, text, checked = drafted(file, slug, Reader(root), today, given, art, title)
    put_folder(root, target, {PROFILE_FILE: text.encode(), **draft.manuscript.pictures})
    return Imported(name, checked)


def drafted(  # noqa: PLR0913, PLR0917 - as import_text
    file: Path,
    slug: str,
    reader: Reader,
    today: date,
    given: bytes | None = None,
    art: Mapping[str, str] | None = None,
    title: str = "",
) -> tuple[Draft, str, Sequence[MarkedLine]]:
    """Return what a text becomes: its draft, the profile's text, and the lines to check.

    Raises Refused where it becomes no profile. Nothing is written.
    """
    manuscript = read_manuscript(file, given)
    keep_printable(manuscript, reader)
    draft = make_draft(manuscript, slug.replace("-", " ").replace("_", " ").title())
    if title:
        draft.title = title
        draft.remarks = [(place, remark) for place, remark in draft.remarks if place != TITLE]
    draft.art = art_told(draft.title, reader) if art is None else dict(art)
    with suppress(ValueError):
        today = date.fromisoformat(draft.manuscript.head.get("date", "")[:10])
    text, checked = write_profile(draft, file.name, today, translator(PROFILE_SOURCE))
    bounds = read_configuration(reader).bounds.plain
    parse_profile(text, f"content/{slug}/{PROFILE_FILE}", slug, bounds)
    return draft, text, checked


def art_told(title: str, reader: Reader) -> dict[str, str]:
    """Return the occupational field and the town that a title tells, where there are drawings."""
    words = set(re.findall(r"\w+", title.lower()))
    told = {
        "field": next((f for f in fields_of(reader) if f == field_said(title)), ""),
        "town": next((t for t in towns_of(reader) if words & {t, f"{t}er", f"{t}s"}), ""),
    }
    return {key: name for key, name in told.items() if name}


@dataclass(frozen=True, slots=True)
class Trial:
    """What would come of a file: title, numbers of sections, words, points and lines to check.

    Where it would be refused, `refused` says why.
    """

    file: Path
    title: str = ""
    sections: int = 0
    words: int = 0
    points: int = 0
    to_check: int = 0
    refused: tuple[Diagnostic, ...] = ()


def tried(given: Iterable[Path], root: Path, today: date) -> Iterator[Trial]:
    """Yield what would come of files, and of all in folders, in the workspace `root`.

    Raises Refused where a folder holds more files than MOST_FILES.
    """
    for file in (file for path in given for file in _files_of(path)):
        try:
            draft, _, checked = drafted(file, proposed_slug(file.stem), Reader(root), today)
        except Refused as failure:
            yield Trial(file, refused=tuple(failure.diagnostics))
            continue
        words = sum(len(paragraph.text.split()) for paragraph in draft.manuscript.paragraphs)
        yield Trial(
            file, draft.title, len(draft.parts), words, len(draft.flyer.points), len(checked)
        )


def _files_of(path: Path) -> list[Path]:
    """Return a file, or the files of a folder and those within it, hidden ones left out."""
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(names) if name[0] not in ".~"]
        if len(found) > MOST_FILES:
            raise refuse(
                str(path),
                N_("The folder holds more than {most} files."),
                N_("Give a folder within it."),
                most=MOST_FILES,
            )
    return found
