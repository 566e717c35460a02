"""Sees to it that one build at a time writes to an output folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from careerprint.core.diagnostics import not_written

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_FILE = ".careerprint/lock"


@contextmanager
def alone_in(out: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[bool]:
    """Hold the lock of the output folder `out`, once whoever holds it has let go.

    `waiting` is called once if that takes a while, and True is given then. The system frees the
    lock of a process that ends, however it ends. Raises Refused where the folder cannot be written.
    """
    # Imported here because it loads asyncio, which a build with nothing to do does without.
    from filelock import FileLock

    lock = FileLock(out / LOCK_FILE)
    has_to_wait = not _acquired(lock, 0)
    if has_to_wait:
        waiting()
        _acquired(lock, -1)  # however long it takes
    try:
        yield has_to_wait
    finally:
        lock.release()


def _acquired(lock: "BaseFileLock", seconds: float) -> bool:
    """Try for so many seconds to take the lock, and tell whether it is taken."""
    from filelock import Timeout

    file = Path(lock.lock_file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=seconds)
    except Timeout:
        return False
    except OSError as failure:
        raise not_written(Path(failure.filename or file), failure) from None
    return True
