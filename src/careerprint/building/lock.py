"""The lock of an output folder, by which one build at a time writes there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from careerprint.core.diagnostics import writing

LOCK_FILE = ".careerprint/lock"


@contextmanager
def alone_in(out: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[bool]:
    """Hold the lock of the output folder `out`, once whoever holds it has let go.

    `waiting` is called once if that takes a while, and True is given then. The system frees the
    lock of a process that ends, however it ends. Raises Refused where the folder cannot be written.
    """
    # Imported here because it loads asyncio, which a build with nothing to do does without.
    from filelock import FileLock, Timeout

    file = out / LOCK_FILE
    lock, has_to_wait = FileLock(file), False
    with writing(file, named=False):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            has_to_wait = True
    if has_to_wait:
        waiting()
        with writing(file, named=False):
            lock.acquire(timeout=-1)  # however long it takes
    try:
        yield has_to_wait
    finally:
        lock.release()
