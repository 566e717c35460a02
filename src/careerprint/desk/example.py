"""What goes from a workspace and comes back: a profile, or the example, known among the user's."""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePath

from careerprint.core.diagnostics import N_, Refused, writing
from careerprint.core.reader import Reader, utf8_text
from careerprint.core.slugs import free_name
from careerprint.core.workspace import starter_folder
from careerprint.desk.desk import Desk, alone
from careerprint.desk.forms import inner_head
from careerprint.desk.history import HISTORY
from careerprint.desk.offering import FAIR_TABLES, Offering, table_of
from careerprint.desk.richblocks import split_profile
from careerprint.desk.shown import Shown
from careerprint.fairs.fair import Fair
from careerprint.intake.fairtemplate import EXAMPLES
from careerprint.profiles.content import PROFILE_FILE, profile_file
from careerprint.profiles.frontmatter import front_values

_FOLDERS = ("removed", "example")  # of the history
_STAMP = "%Y-%m-%dT%H-%M-%S"
_VERSIONS = "-history"  # behind the name of a profile: the folder of its earlier versions


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
    kept = f"{HISTORY}/{folder}/{datetime.now(UTC).astimezone().strftime(_STAMP)}"
    with writing(kept):
        (desk.root / kept).mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.move(desk.root / name, desk.root / kept)
            versions = desk.root / HISTORY / PurePath(name).name
            if versions.is_dir():
                shutil.move(versions, desk.root / kept / f"{versions.name}{_VERSIONS}")
    desk.offering = Offering()  # nothing of it can be looked at any more
    desk.refresh()
    return {}


def removed(desk: Desk) -> list[Shown]:
    """Return what was removed and can come back, the latest first: its title, and when it went."""
    return [
        {
            "name": folder.relative_to(desk.root / HISTORY).as_posix(),
            "titles": [_title(desk, each) for each in things],
            "when": desk.shower.moment(at.date(), at),
        }
        for folder, at, things in _removed(desk)
    ]


@alone
def bring_back(desk: Desk, name: str) -> Shown:
    """Put what was removed back, a profile under a free name. Raises NotWritten.

    A table of fairs stays in the history where there is another by now.
    """
    found = (each for each in _removed(desk) if each[0] == desk.root / HISTORY / name)
    folder, _, things = next(found, (desk.root, None, ()))
    for thing in things:
        content, history = desk.root / "content", desk.root / HISTORY
        taken = {path.name for of in (content, history) for path in of.iterdir()}
        called = free_name(thing.name, taken)
        if thing.is_file() and table_of(Reader(desk.root)):
            continue
        with writing(f"content/{called}"):
            shutil.move(thing, content / called)
            versions = folder / f"{thing.name}{_VERSIONS}"
            if versions.is_dir():
                shutil.move(versions, history / called)
    with suppress(OSError):  # what stays there is kept
        folder.rmdir()
    desk.refresh()
    return {}


def _removed(desk: Desk) -> list[tuple[Path, datetime, list[Path]]]:
    """Return the folders with what was removed, when that was, and what can come back of each."""
    found = []
    has_table = bool(table_of(Reader(desk.root)))
    for folder in (f for kind in _FOLDERS for f in (desk.root / HISTORY / kind).glob("*")):
        with suppress(ValueError):
            at = datetime.strptime(folder.name, _STAMP).astimezone()
            profiles = [file.parent for file in sorted(folder.glob(f"*/{PROFILE_FILE}"))]
            tables = (folder / PurePath(name).name for name in FAIR_TABLES if not has_table)
            if things := [*profiles, *(table for table in tables if table.is_file())]:
                found.append((folder, at, things))
    return sorted(found, key=lambda each: each[1], reverse=True)


def _title(desk: Desk, thing: Path) -> str:
    """Return what something is called that was removed."""
    if thing.is_file():
        return desk.shower.translate(N_("Flyers for job fairs"))
    with suppress(OSError, Refused):
        front, _ = split_profile(utf8_text((thing / PROFILE_FILE).read_bytes(), ""))
        title = front_values(inner_head(front) or "", "", 2)[0].get("title")
        return str(title or thing.name)
    return thing.name
