"""Sees to it that one build at a time writes to an output folder.

The lock is SQLite's, on a file of its own: it works on every system and ends with the process that
holds it, however that ends.
"""

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_FILE = ".careerprint/lock.sqlite"
PAUSE = 0.2  # seconds between two tries


@contextmanager
def alone_in(out: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of the output folder `out`, once whoever holds it has let go.

    `waiting` is called once if that takes a while. Raises OSError where the folder cannot be
    written.
    """
    file = out / LOCK_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    except sqlite3.DatabaseError as failure:
        raise _never(file, failure) from None
    try:
        told = False
        while not _taken(connection, file):
            if not told:
                waiting()
                told = True
            time.sleep(PAUSE)
        yield
    finally:
        connection.close()


def _taken(connection: sqlite3.Connection, file: Path) -> bool:
    """Try to take the lock; raises OSError where that can never be."""
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as failure:
        if failure.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return False
        if failure.sqlite_errorcode == sqlite3.SQLITE_NOTADB:  # nothing is ever written into it
            os.truncate(file, 0)
            return _taken(connection, file)
        raise _never(file, failure) from None
    return True


def _never(file: Path, failure: sqlite3.DatabaseError) -> OSError:
    return OSError(errno.EIO, str(failure), str(file))
