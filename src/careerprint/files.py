"""Puts files in place whole or not at all."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all; raises OSError where that fails.

    It is written under another name in the same folder, brought to the disk, and renamed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: another process may be writing the same file.
    with NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.stem}-", suffix=".part", delete=False
    ) as file:
        part = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            part.chmod(0o666 & ~_umask())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _umask() -> int:
    """Return the process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
