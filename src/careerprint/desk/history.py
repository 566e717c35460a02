"""What a workspace held before: plain copies of texts, and the files that they were made of.

They lie in a folder of the workspace whose name begins with a point, so that nothing prints them.
"""

from pathlib import Path, PurePath

from careerprint.core.diagnostics import writing
from careerprint.core.files import write_whole

HISTORY = ".history"
_ORIGINAL = "original"


def keep_original(root: Path, slug: str, name: str, content: bytes) -> None:
    """Keep the file that a profile was made of; raises NotWritten."""
    kept = f"{HISTORY}/{slug}/{_ORIGINAL}{PurePath(name).suffix}"
    with writing(kept):
        (root / kept).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / kept, content)


def original_of(root: Path, slug: str) -> Path | None:
    """Return the file that a profile was made of; None where it was not kept."""
    return next(iter(sorted((root / HISTORY / slug).glob(f"{_ORIGINAL}.*"))), None)
