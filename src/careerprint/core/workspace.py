"""Finds the workspace: the folder with careerprint.toml."""

from pathlib import Path

from careerprint.core.diagnostics import N_, Location, refuse

CONFIGURATION_FILE = "careerprint.toml"


def find_workspace(start: Path) -> Path:
    """Return the root folder of the workspace that `start` is or lies in.

    Raises Refused where there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIGURATION_FILE).is_file():
            return folder
    raise refuse(
        Location(str(start)),
        N_("This folder is not a careerprint workspace, and it does not lie in one."),
        N_(
            "Change to the folder that holds careerprint.toml, or make a workspace: "
            "careerprint init DIR"
        ),
    )
