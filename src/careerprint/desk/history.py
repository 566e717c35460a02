"""What a workspace held before: plain copies of texts, and the files that they were made of.

They lie in a folder of the workspace whose name begins with a point, so that nothing prints them.
"""

import time
from datetime import UTC, datetime
from pathlib import Path, PurePath

from careerprint.core.diagnostics import writing
from careerprint.core.files import write_whole

HISTORY = ".history"
_ORIGINAL = "original"
_PAUSE = 300  # seconds between two copies of a table that is being written
_MOST_TABLES = 40


def keep_original(root: Path, slug: str, name: str, content: bytes) -> None:
    """Keep the file that a profile was made of; raises NotWritten."""
    kept = f"{HISTORY}/{slug}/{_ORIGINAL}{PurePath(name).suffix}"
    with writing(kept):
        (root / kept).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / kept, content)


def original_of(root: Path, slug: str) -> Path | None:
    """Return the file that a profile was made of; None where it was not kept."""
    return next(iter(sorted((root / HISTORY / slug).glob(f"{_ORIGINAL}.*"))), None)


def keep_table(root: Path, name: str, content: bytes) -> None:
    """Keep what a table of fairs holds, unless that was done a short time ago.

    Raises NotWritten.
    """
    folder, file = root / HISTORY / "fairs", PurePath(name)
    now = datetime.now(UTC).astimezone()
    kept = sorted(folder.glob("*-fairs.*"))
    if kept and time.time() - kept[-1].stat().st_mtime < _PAUSE:
        return
    for old in kept[: max(len(kept) + 1 - _MOST_TABLES, 0)]:
        old.unlink(missing_ok=True)
    with writing(f"{HISTORY}/fairs"):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{now:%Y-%m-%dT%H-%M-%S}-{file.name}", content)
