"""Workspaces that have all files of their own, for tests that edit layouts and fonts."""

import shutil
from pathlib import Path

from careerprint.core.workspace import SHARED, starter_folder
from careerprint.intake.starter import make_workspace


def make_full_workspace(root: Path) -> None:
    """Make a workspace with copies of the layouts and fonts that ship with careerprint.

    Earlier versions of careerprint made all workspaces so.
    """
    make_workspace(root)
    for folder in SHARED:
        shutil.copytree(starter_folder() / folder, root / folder, dirs_exist_ok=True)
