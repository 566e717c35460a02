"""Finds the workspace, and the workspace that ships with careerprint behind it.

A workspace is a folder with careerprint.toml. It needs no layouts and fonts of its own. It may have
some: each of its files comes before the shipped file of the same name.
"""

import os
from functools import cache
from pathlib import Path

from careerprint.core.diagnostics import N_, refuse

CONFIGURATION_FILE = "careerprint.toml"
APPROVALS_FILE = "content/approvals.jsonl"  # which translations somebody has approved
SHARED = ("layouts/", "fonts/")  # the folders whose shipped files every workspace has


def find_workspace(start: Path) -> Path:
    """Return the workspace that `start` is or lies in; raises Refused where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIGURATION_FILE).is_file():
            return folder
    raise refuse(
        str(start),
        N_("This folder is not a careerprint workspace, and it does not lie in one."),
        N_(
            "Change to the folder that holds careerprint.toml, or make a workspace: "
            "careerprint init DIR"
        ),
    )


@cache
def starter_folder() -> Path:
    """Return the shipped workspace: inside an installed package, or the repository itself."""
    package = Path(__file__).parents[1]
    installed = package / "starter"
    return installed if installed.is_dir() else package.parents[1]


def layers(root: Path, name: str) -> tuple[Path, ...]:
    """Return the folders in which a name is looked up, in order; a folder's ends in a slash."""
    return (root, starter_folder()) if name.startswith(SHARED) else (root,)


def located(root: Path, name: str) -> Path:
    """Return the file that a name stands for in the workspace `root`: its own, or a shipped one.

    What lies in the workspace counts, whatever it is; where neither has the file, it is the path
    in the workspace.
    """
    return Path(located_at(root, name))


def located_at(root: Path, name: str) -> str:
    """Return the path of the file that a name stands for, as `located` does, as a text."""
    own, *shipped = [f"{layer}/{name}" for layer in layers(root, name)]
    return next((path for path in (own, *shipped) if lies_there(path)), own) if shipped else own


def lies_there(path: Path | str) -> bool:
    """Tell whether something lies at a path, also what cannot be looked at and a broken link."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):  # whoever reads it says why that fails
        return True
    return True
