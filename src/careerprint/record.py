"""The build record: what each edition in an output folder was last printed from (SQLite)."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from careerprint.copyfit import Setting

# Raised whenever the tables change; a record of another version is made anew.
SCHEMA_VERSION = 5
LOCK_SECONDS = 30
RECORD_FILE = ".careerprint/record.sqlite"
_TYPES = [str, str, int, int, int, float, str]  # of a row: SQLite keeps any type in any column


@dataclass(frozen=True, slots=True)
class Entry:
    """The last successful print of an edition: hex SHA-256 of its job and of its PDF.

    `warned` tells whether typesetting it gave warnings, which only printing it again can repeat;
    `setting` is how copyfitting set it, which a print of the same job starts from; `seconds` is how
    long printing took. `versions`, `sources` and `messages` are those of the job: they tell why it
    is stale.
    """

    job: str
    pdf: str
    warned: bool
    setting: Setting
    seconds: float
    versions: Mapping[str, str]
    sources: Mapping[str, str | None]
    messages: Mapping[str, Mapping[str, str]]


class Record:
    """The entries of one output folder, by the editions' output paths."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, output: str) -> Entry | None:
        """Return the entry of an edition, None if it was never printed here."""
        try:
            row = self._connection.execute(
                "SELECT job, pdf, warned, step, left_out, seconds, made_from "
                "FROM edition WHERE output = ?",
                (output,),
            ).fetchone()
        except sqlite3.DatabaseError:  # damaged where opening it did not look: print again
            return None
        if row is None or [type(value) for value in row] != _TYPES:
            return None
        try:
            made_from = json.loads(row[6])
        except ValueError:
            return None
        return Entry(row[0], row[1], bool(row[2]), Setting(*row[3:5]), row[5], *made_from)

    def put(self, output: str, entry: Entry) -> None:
        """Keep the entry of an edition, for good once this returns; raises OSError if it cannot."""
        try:
            self._connection.execute(
                "INSERT OR REPLACE INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    output,
                    entry.job,
                    entry.pdf,
                    entry.warned,
                    entry.setting.step,
                    entry.setting.left_out,
                    entry.seconds,
                    json.dumps([entry.versions, entry.sources, entry.messages]),
                ),
            )
        except sqlite3.DatabaseError as failure:
            raise OSError(str(failure)) from None


@contextmanager
def open_record(out: Path) -> Iterator[Record]:
    """Open the record of the output folder `out`.

    A record that is missing, damaged or of another version is begun anew: its loss costs a print,
    never a wrong result. Raises OSError where the folder cannot be written or the record stays
    locked.
    """
    file = out / RECORD_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _connected(file)
    except sqlite3.OperationalError as failure:  # it is locked, or the disk says no
        raise OSError(str(failure)) from None
    except sqlite3.DatabaseError:  # it is damaged
        file.unlink(missing_ok=True)
        connection = _connected(file)
    try:
        yield Record(connection)
    finally:
        connection.close()


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")  # of two builds that begin a record, one waits
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
            connection.execute("DROP TABLE IF EXISTS edition")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS edition "
            "(output TEXT PRIMARY KEY, job TEXT NOT NULL, pdf TEXT NOT NULL, "
            "warned INTEGER NOT NULL, step INTEGER NOT NULL, left_out INTEGER NOT NULL, "
            "seconds REAL NOT NULL, made_from TEXT NOT NULL)"
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection
