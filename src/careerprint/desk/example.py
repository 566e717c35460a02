"""What goes from a workspace: a profile, or the example, known among what is the user's."""

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePath

from careerprint.core.diagnostics import writing
from careerprint.core.reader import Reader
from careerprint.core.workspace import starter_folder
from careerprint.desk.desk import Desk, alone
from careerprint.desk.history import HISTORY
from careerprint.desk.offering import FAIR_TABLES, Offering
from careerprint.desk.shown import Shown
from careerprint.fairs.fair import Fair
from careerprint.intake.fairtemplate import EXAMPLES
from careerprint.profiles.content import profile_file


def is_example_profile(desk: Desk, slug: str) -> bool:
    """Tell whether a profile is the shipped one: most of its lines are as they came."""
    shipped = starter_folder() / profile_file(slug)
    if slug not in desk.offering.profiles or not shipped.is_file():
        return False
    came = {line for line in shipped.read_text("utf-8").split("\n") if line.strip()}
    now = Reader(desk.root).read_bytes(profile_file(slug)).decode("utf-8", "replace").splitlines()
    return 2 * len(came.intersection(now)) > len(came)


def is_example_fair(fair: Fair) -> bool:
    """Tell whether a fair is one of the shipped table, or of the one to fill in."""
    return fair.fair in EXAMPLES or f"{fair.id};{fair.fair};" in _shipped_fairs()


@cache
def _shipped_fairs() -> str:  # a table has thousands of rows to be compared with it
    return (starter_folder() / FAIR_TABLES[0]).read_text("utf-8")


@alone
def put_away(desk: Desk) -> Shown:
    """Put example profiles into the history, and the table of fairs if it holds examples alone.

    Raises NotWritten.
    """
    names = [f"content/{s}" for s in desk.offering.profiles if is_example_profile(desk, s)]
    fairs = desk.offering.fairs.values()
    if fairs and all(map(is_example_fair, fairs)):
        names.append(desk.offering.table)
    return _kept(desk, names, "example")


@alone
def remove(desk: Desk, slug: str) -> Shown:
    """Put a profile into the history, with its translations and pictures. Raises NotWritten."""
    return _kept(desk, [f"content/{slug}"] if slug in desk.offering.profiles else [], "removed")


def _kept(desk: Desk, names: list[str], folder: str) -> Shown:
    """Move what is called so into a folder of the history, and earlier versions of it along.

    A later profile of the same name has nothing to do with them.
    """
    if not names:
        return {}
    kept = f"{HISTORY}/{folder}/{datetime.now(UTC).astimezone():%Y-%m-%dT%H-%M-%S}"
    with writing(kept):
        (desk.root / kept).mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.move(desk.root / name, desk.root / kept)
            versions = desk.root / HISTORY / PurePath(name).name
            if versions.is_dir():
                shutil.move(versions, desk.root / kept / f"{versions.name}-history")
    desk.offering = Offering()  # nothing of it can be looked at any more
    desk.refresh()
    return {}
