"""The file of a build record, an SQLite database: opened, begun, and begun anew."""

import errno
import sqlite3
from pathlib import Path

# Raised whenever the tables change; a record of another version is made anew.
SCHEMA_VERSION = 10
LOCK_SECONDS = 30
RECORD_FILE = ".careerprint/record.sqlite"
# These say nothing against the record itself, and may pass.
_PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM),
}
# UnicodeError comes where SQLite's message quotes what is damaged.
Fault = sqlite3.DatabaseError | UnicodeError
FAULTS = (sqlite3.DatabaseError, UnicodeError)
TABLES = {
    "edition": "output TEXT PRIMARY KEY, job TEXT NOT NULL, pdf TEXT NOT NULL, "
    "step INTEGER NOT NULL, left_out TEXT NOT NULL, milliseconds INTEGER NOT NULL, "
    "fallen_back INTEGER NOT NULL, unreviewed INTEGER NOT NULL, "
    "composing TEXT NOT NULL, printing TEXT NOT NULL, toolchain TEXT NOT NULL, "
    "sources TEXT NOT NULL, messages TEXT NOT NULL",
    "failure": "output TEXT PRIMARY KEY, diagnostics TEXT NOT NULL, toolchain TEXT NOT NULL, "
    "sources TEXT NOT NULL",
    "plan": "request TEXT PRIMARY KEY, editions TEXT NOT NULL, toolchain TEXT NOT NULL, "
    "sources TEXT NOT NULL",
    "stamp": "path TEXT PRIMARY KEY, modified INTEGER NOT NULL, changed INTEGER NOT NULL, "
    "size INTEGER NOT NULL, inode TEXT NOT NULL, digest TEXT NOT NULL",
}


def is_damage(failure: Fault) -> bool:
    """Tell whether an error means that the file is damaged, and a new record is needed."""
    primary_code = 0xFF  # of an extended code (sqlite.org/rescode.html)
    code: int = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & primary_code not in _PASSING


def not_kept(file: Path, failure: Fault) -> OSError:
    """Return what is raised where a record cannot be changed."""
    return OSError(errno.EIO, str(failure), str(file))


def opened(file: Path) -> sqlite3.Connection:
    """Return a connection to a record, begun where there is none that can be used.

    Raises OSError where the folder cannot be written or the record stays locked.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(str(file))
    except FAULTS as failure:
        if not is_damage(failure):
            raise not_kept(file, failure) from None
    return begun_anew(file)


def begun_anew(file: Path) -> sqlite3.Connection:
    """Return a connection to a new record in place of a damaged one; raises OSError."""
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    try:
        return _connected(str(file))
    except FAULTS as failure:
        raise not_kept(file, failure) from None


def opened_to_read(file: Path) -> sqlite3.Connection:
    """Return a connection to the record as it is, to an empty one where it cannot be used."""
    if file.is_file():
        # Not read-only: what a build that was killed left half done is to be taken back.
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", LOCK_SECONDS, uri=True)
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
                _check_tables(connection)
                return connection
        except FAULTS:
            pass
        connection.close()
    return empty()


def empty() -> sqlite3.Connection:
    """Return a connection to an empty record that is kept nowhere."""
    return _connected(":memory:")


def _connected(file: str) -> sqlite3.Connection:
    """Return a connection to a record, begun where there is none, or one of another version."""
    connection = sqlite3.connect(file, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")  # of two builds that begin a record, one waits
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
            for table in TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}) STRICT")
        _check_tables(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_tables(connection: sqlite3.Connection) -> None:
    """Raise DatabaseError where the tables are not declared as ours are."""
    declared = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    ours = {name: f"CREATE TABLE {name} ({columns}) STRICT" for name, columns in TABLES.items()}
    if dict(declared.fetchall()) != ours:
        raise sqlite3.DatabaseError("tables are damaged")
