"""Puts a new folder into a workspace: whole, and never in the place of another."""

from collections.abc import Mapping
from pathlib import Path

from careerprint.core.diagnostics import N_, Location, Refused, not_written, refuse
from careerprint.core.files import write_folder_whole


def put_folder(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Make a folder with files in it; raises Refused where something is there or it fails."""
    try:
        write_folder_whole(root / name, files, root)
    except FileExistsError:
        raise taken(name) from None
    except OSError as failure:
        raise not_written(name, failure) from None


def taken(name: str) -> Refused:
    """Return the refusal of a name under which something lies already."""
    return refuse(
        Location(name),
        N_("There is something here already; it stays as it is."),
        N_("Choose another name, or move away what is there."),
    )
