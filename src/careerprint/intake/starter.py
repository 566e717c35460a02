"""Makes a new workspace out of the shipped example, and new folders in one, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from careerprint.core.diagnostics import N_, Refused, refuse, writing
from careerprint.core.files import write_folder_whole
from careerprint.core.workspace import CONFIGURATION_FILE, starter_folder

# Layouts and fonts are not copied: those that ship with careerprint stand behind each workspace.
STARTER_ENTRIES = (CONFIGURATION_FILE, "content")
_OF_SYSTEMS = frozenset({".DS_Store", "desktop.ini", "Thumbs.db"})  # of macOS and Windows


def make_workspace(folder: Path) -> None:
    """Make `folder` a workspace.

    Raises Refused where it exists with something in it, lies in a folder that ships with
    careerprint, or cannot be written.
    """
    own = (starter_folder() / name for name in ("content", "layouts", "fonts"))
    if any(folder.resolve().is_relative_to(entry.resolve()) for entry in own):
        raise refuse(
            str(folder),
            N_("This folder belongs to careerprint itself."),
            N_("Name a folder elsewhere."),
        )
    with writing(folder):
        if not is_empty(folder):
            raise refuse(
                str(folder),
                N_("There is something here already."),
                N_("Name a new or an empty folder."),
            )
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".careerprint-", dir=folder) as made:
            for name in STARTER_ENTRIES:
                _copy(starter_folder() / name, Path(made) / name)
            (Path(made) / "out").mkdir()
            # The configuration comes last: with it, the folder is a workspace.
            for name in ("out", *reversed(STARTER_ENTRIES)):
                (Path(made) / name).rename(folder / name)


def is_empty(folder: Path) -> bool:
    """Tell whether a folder is not there, or holds nothing but what a system puts into each."""
    if not os.path.lexists(folder):
        return True
    return folder.is_dir() and all(path.name in _OF_SYSTEMS for path in folder.iterdir())


def _copy(source: Path, target: Path) -> None:
    """Copy a file or folder without permissions: users may not write what is installed."""
    if not source.is_dir():
        shutil.copyfile(source, target)
        return
    target.mkdir()
    for entry in source.iterdir():
        _copy(entry, target / entry.name)


def put_folder(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Make a folder with files in it; raises Refused where something is there or it fails."""
    if os.path.lexists(root / name):
        raise taken(name)
    with writing(name):
        write_folder_whole(root / name, files, root)


def taken(name: str) -> Refused:
    """Return the refusal of a name under which something lies already."""
    return refuse(
        name,
        N_("There is something here already; it stays as it is."),
        N_("Choose another name, or move away what is there."),
    )
