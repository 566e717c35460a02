"""What a workspace held before: plain copies of texts, and the files that they were made of.

They lie in a folder of the workspace whose name begins with a point, so that nothing prints them.
"""

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

from careerprint.core.diagnostics import writing
from careerprint.core.edition import FAIRS
from careerprint.core.files import write_whole

HISTORY = ".history"
_ORIGINAL = "original"
_RELEASED = "-released"  # of a text that went out, behind its time: such a copy stays
_EVERY = timedelta(minutes=10)  # between two copies of a text, or a table, that is being written
_STAMP = "%Y-%m-%dT%H-%M-%SZ"
# How long each copy is kept, then one of each hour, then one of each day.
_ALL, _HOURLY, _DAILY = timedelta(days=1), timedelta(days=7), timedelta(days=90)
_BROUGHT = "brought"  # the table of fairs as it came


def keep_original(root: Path, slug: str, name: str, content: bytes) -> None:
    """Keep the file that a profile was made of; raises NotWritten."""
    kept = f"{HISTORY}/{slug}/{_ORIGINAL}{PurePath(name).suffix}"
    with writing(kept):
        (root / kept).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / kept, content)


def original_of(root: Path, slug: str) -> Path | None:
    """Return the file that a profile was made of; None where it was not kept."""
    return next(iter(sorted((root / HISTORY / slug).glob(f"{_ORIGINAL}.*"))), None)


def keep_table(
    root: Path, name: str, content: bytes, now: datetime, *, at_once: bool = False
) -> None:
    """Keep what a table of fairs holds, unless that was done a short time ago, and as it came.

    `at_once` keeps it nevertheless: another takes its place. Raises NotWritten.
    """
    found = tables(root)
    if found and now - found[0][1] < _EVERY and not at_once:
        return
    while (folder := _tables(root) / now.astimezone(UTC).strftime(_STAMP)).exists():
        now += timedelta(seconds=1)
    with writing(f"{HISTORY}/{FAIRS}"):
        folder.mkdir(parents=True)
        write_whole(folder / PurePath(name).name, content)
        if came := brought(root):
            write_whole(folder / came.name, came.read_bytes())
    for old in _superfluous(tables(root), now):
        shutil.rmtree(_tables(root) / old, ignore_errors=True)


def tables(root: Path) -> list[tuple[str, datetime]]:
    """Return the tables of fairs that are kept: name and time of each, the latest first."""
    found: list[tuple[str, datetime]] = []
    for folder in _tables(root).glob("*"):
        with suppress(ValueError):
            at = datetime.strptime(folder.name, _STAMP).replace(tzinfo=UTC)
            found += [(folder.name, at)] if table_kept(root, folder.name) else []
    return sorted(found, key=lambda each: each[1], reverse=True)


def table_kept(root: Path, name: str) -> Path | None:
    """Return the file of a table of fairs that is kept; None where there is none of this name."""
    return next(iter((_tables(root) / name).glob(f"{FAIRS}.*")), None)


def brought(root: Path, name: str = "") -> Path | None:
    """Return the table of fairs as it came here, of now or as kept; None where nobody knows."""
    return next(iter((_tables(root) / name).glob(f"{_BROUGHT}.*")), None)


def keep_brought(root: Path, name: str, content: bytes) -> None:
    """Keep a table of fairs as it came, before it is corrected here. Raises NotWritten."""
    folder = _tables(root)
    with writing(f"{HISTORY}/{FAIRS}"):
        folder.mkdir(parents=True, exist_ok=True)
        for former in folder.glob(f"{_BROUGHT}.*"):
            former.unlink()
        write_whole(folder / f"{_BROUGHT}{PurePath(name).suffix}", content)


def _tables(root: Path) -> Path:
    return root / HISTORY / FAIRS


def keep_copy(
    root: Path,
    slug: str,
    content: bytes,
    now: datetime,
    *,
    at_once: bool = False,
    is_released: bool = False,
) -> None:
    """Keep a text that is about to be replaced, unless one was kept just before.

    `at_once` keeps it nevertheless: somebody else wrote it, and may lose it. So does `is_released`,
    of a text that goes out.
    Copies that are old are thinned out. A copy that cannot be written is done without: the text
    itself is what counts.
    """
    found = copies(root, slug)
    if found and now - found[0][1] < _EVERY and not (at_once or is_released):
        return
    folder = root / HISTORY / slug
    with suppress(OSError):
        same = found and (folder / found[0][0]).read_bytes() == content
        if same and (_RELEASED in found[0][0] or not is_released):
            return
        folder.mkdir(parents=True, exist_ok=True)
        kind = _RELEASED if is_released else ""
        write_whole(folder / f"{now.astimezone(UTC).strftime(_STAMP)}{kind}.md", content)
        for name in _superfluous(copies(root, slug), now):
            (folder / name).unlink(missing_ok=True)


def copies(root: Path, slug: str) -> list[tuple[str, datetime]]:
    """Return the copies of a profile's text: name and time of each, the latest first."""
    found: list[tuple[str, datetime]] = []
    for file in (root / HISTORY / slug).glob("*.md"):
        with suppress(ValueError):
            at = datetime.strptime(file.stem.removesuffix(_RELEASED), _STAMP)
            found.append((file.name, at.replace(tzinfo=UTC)))
    return sorted(found, key=lambda each: each[1], reverse=True)


def _superfluous(found: list[tuple[str, datetime]], now: datetime) -> list[str]:
    """Return the names of copies that are too old, or too many of one time, the latest kept."""
    seen: set[str] = set()
    gone: list[str] = []
    for name, at in found:
        if _RELEASED in name:
            continue
        age = now - at
        span = "%Y-%m-%dT%H" if age <= _HOURLY else "%Y-%m-%d"
        if age > _DAILY or (age > _ALL and at.strftime(span) in seen):
            gone.append(name)
        seen.add(at.strftime(span))
    return gone
