"""Tells what would come of files if they were imported; nothing is written."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from careerprint.core.diagnostics import N_, Diagnostic, Refused, refuse
from careerprint.core.reader import Reader
from careerprint.core.slugs import proposed_slug
from careerprint.intake.importing import drafted

MOST_FILES = 10_000


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
