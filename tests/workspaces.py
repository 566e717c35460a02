"""Workspaces that have all files of their own, for tests that edit layouts and fonts."""

import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from careerprint.core.reader import Reader
from careerprint.core.workspace import SHARED, starter_folder
from careerprint.intake.starter import make_workspace
from careerprint.profiles.approvals import FILE as APPROVALS
from careerprint.translation.approving import approve, waiting

# What stands in the place of the starter's placeholders: neutral, and no rule takes it for one. The
# domain is kept for private use, and the telephone number is the Federal Employment Agency's.
ISSUER = {
    "Ihre Beratungsstelle": "Unsere Beratungsstelle",
    "Ihrer Beratungsstelle": "unserer Beratungsstelle",
    "example.org": "rat.internal",
}
PHONE = "0800 4555500"


def make_full_workspace(root: Path) -> None:
    """Make a workspace with copies of the layouts and fonts that ship with careerprint.

    Earlier versions of careerprint made all workspaces so.
    """
    make_ready_workspace(root)
    for folder in SHARED:
        shutil.copytree(starter_folder() / folder, root / folder, dirs_exist_ok=True)


def make_ready_workspace(root: Path) -> None:
    """Make a workspace as `careerprint init` does, one of whose documents may go out."""
    make_workspace(root)
    make_ready(root)


def make_ready(root: Path) -> None:
    """Make a workspace one of whose documents may go out: a real issuer, approved translations.

    Its pay is enough for the shorter week that is declared.
    """
    for name in ("careerprint.toml", "content/fairs.csv"):
        file = root / name
        text = file.read_text("utf-8").replace("weekly_hours = 40", "weekly_hours = 35")
        for old, new in ISSUER.items():
            text = text.replace(old, new)
        file.write_text(re.sub(r"030 23125 \d{3}", PHONE, text), "utf-8")
    (root / APPROVALS).write_text(_approvals(), "utf-8")


@cache
def _approvals() -> str:
    """Return approvals of all translations that ship with careerprint."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        make_workspace(root)
        approve_all(root)
        return (root / APPROVALS).read_text("utf-8")


def approve_all(root: Path) -> None:
    """Approve all translations of a workspace."""
    reader = Reader(root)
    approve(reader, waiting(reader), "Tests", date(2026, 1, 1))
