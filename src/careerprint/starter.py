"""Makes a new workspace out of the one that comes with careerprint."""

import shutil
import tempfile
from pathlib import Path

from careerprint.diagnostics import N_, Location, refuse
from careerprint.workspace import CONFIGURATION_FILE

STARTER_ENTRIES = (CONFIGURATION_FILE, "content", "layouts", "fonts")


def starter_folder() -> Path:
    """Return the folder of the workspace that comes with careerprint.

    An installed package carries it inside; in a checkout it is the repository itself.
    """
    package = Path(__file__).parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parents[1]


def make_workspace(folder: Path) -> None:
    """Make `folder` a workspace, whole or not at all.

    Raises Refused where it exists with something in it, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise refuse(
                Location(str(folder)),
                N_("There is something here already."),
                N_("Name a new or an empty folder."),
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".careerprint-", dir=folder.parent) as made:
            workspace = Path(made) / "workspace"
            (workspace / "out").mkdir(parents=True)
            for name in STARTER_ENTRIES:
                source = starter_folder() / name
                if source.is_dir():
                    shutil.copytree(source, workspace / name)
                else:
                    shutil.copy(source, workspace / name)
            if folder.is_dir():
                folder.rmdir()
            workspace.rename(folder)
    except OSError as failure:
        raise refuse(
            Location(str(folder)),
            N_("This cannot be written ({reason})."),
            N_("Check free space and permissions."),
            reason=failure.strerror or failure,
        ) from None
