"""The build record: what each edition in an output folder was last printed from (SQLite).

Losing it costs a print, never a wrong result.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from careerprint.diagnostics import Diagnostic, Location, Severity
from careerprint.edition import Edition
from careerprint.sources import Look, Stamp

# Raised whenever the tables change; a record of another version is made anew.
SCHEMA_VERSION = 6
LOCK_SECONDS = 30
RECORD_FILE = ".careerprint/record.sqlite"
_TABLES = {
    "edition": "output TEXT PRIMARY KEY, job TEXT NOT NULL, pdf TEXT NOT NULL, "
    "step INTEGER NOT NULL, left_out TEXT NOT NULL, seconds REAL NOT NULL, "
    "fallen_back INTEGER NOT NULL, composing TEXT NOT NULL, printing TEXT NOT NULL, "
    "versions TEXT NOT NULL, sources TEXT NOT NULL, messages TEXT NOT NULL",
    "failure": "output TEXT PRIMARY KEY, diagnostics TEXT NOT NULL, versions TEXT NOT NULL, "
    "sources TEXT NOT NULL",
    "plan": "request TEXT PRIMARY KEY, editions TEXT NOT NULL, versions TEXT NOT NULL, "
    "sources TEXT NOT NULL",
    "stamp": "path TEXT PRIMARY KEY, modified INTEGER NOT NULL, changed INTEGER NOT NULL, "
    "size INTEGER NOT NULL, inode TEXT NOT NULL, digest TEXT NOT NULL",
}
Row = tuple[Any, ...]
RowT = TypeVar("RowT")
Messages = Mapping[str, Mapping[str, str]]
"""By catalog, digests of the messages that were looked up → of what was found."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What something was made from: versions of tools, and sources with their digests, by name."""

    versions: Mapping[str, str]
    sources: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """The last successful print of an edition: hex SHA-256 of its job and of its PDF.

    `step` and `left_out` are how copyfitting set it: the step on its scale, and the names of the
    optional blocks without room; `seconds` is how long printing took; `fallen_back` counts blocks
    without a translation; `composing` and `printing` are the diagnostics of these two.
    """

    job: str
    pdf: str
    step: int
    left_out: tuple[str, ...]
    seconds: float
    fallen_back: int
    composing: tuple[Diagnostic, ...]
    printing: tuple[Diagnostic, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Failure:
    """The last try at an edition, if it failed: what was said of it, and what it was made from."""

    diagnostics: tuple[Diagnostic, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Plan:
    """The editions that a request came to, and what said so."""

    editions: tuple[Edition, ...]
    origin: Origin


class Record:
    """What is known of one output folder; editions go by their output paths.

    What cannot be read counts as not there. What changes the record raises OSError where it
    cannot, and is done for good once it returns.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def entries(self) -> dict[str, Entry]:
        """Return the last prints of all editions."""
        origins = _Origins()
        return self._rows(
            "edition",
            lambda row: Entry(
                job=row[1],
                pdf=row[2],
                step=row[3],
                left_out=tuple(json.loads(row[4])),
                seconds=row[5],
                fallen_back=row[6],
                composing=_diagnostics(row[7]),
                printing=_diagnostics(row[8]),
                origin=origins.of(row[9], row[10]),
            ),
        )

    def messages(self, output: str) -> Messages:
        """Return the messages that the last print of an edition took from catalogs."""
        found: dict[str, Messages] = self._rows("edition", lambda row: json.loads(row[11]), output)
        return found.get(output, {})

    def failures(self) -> dict[str, Failure]:
        """Return the editions whose last try failed."""
        origins = _Origins()
        return self._rows(
            "failure", lambda row: Failure(_diagnostics(row[1]), origins.of(*row[2:4]))
        )

    def plans(self, request: str | None = None) -> dict[str, Plan]:
        """Return, by request, what all requests came to the last time, or one."""

        def read(row: Row) -> Plan:
            editions = tuple(Edition(*fields) for fields in json.loads(row[1]))
            return Plan(editions, _Origins().of(*row[2:4]))

        return self._rows("plan", read, request)

    def stamps(self) -> dict[str, Stamp]:
        """Return what files looked like when their digests were taken, by path."""
        return self._rows(
            "stamp", lambda row: Stamp(Look(row[1], row[2], row[3], int(row[4])), row[5])
        )

    def put(self, output: str, entry: Entry, messages: Messages) -> None:
        """Keep the last print of an edition; a failure before it is forgotten."""
        row = (
            *(output, entry.job, entry.pdf, entry.step, json.dumps(entry.left_out)),
            *(entry.seconds, entry.fallen_back),
            *(_as_json(entry.composing), _as_json(entry.printing)),
            *(*_columns(entry.origin), json.dumps(messages)),
        )
        with self._transaction():
            self._insert("edition", row)
            self._connection.execute("DELETE FROM failure WHERE output = ?", (output,))

    def put_failure(self, output: str, failure: Failure) -> None:
        """Keep that the last try at an edition failed; its last good print stays known."""
        row = (output, _as_json(failure.diagnostics), *_columns(failure.origin))
        with self._transaction():
            self._insert("failure", row)

    def put_plan(self, request: str, plan: Plan) -> None:
        """Keep what a request came to."""
        editions = json.dumps([astuple(edition) for edition in plan.editions])
        with self._transaction():
            self._insert("plan", (request, editions, *_columns(plan.origin)))

    def put_stamps(self, stamps: Mapping[str, Stamp]) -> None:
        """Keep what files look like, by path."""
        with self._transaction():
            for path, stamp in stamps.items():
                look = stamp.look
                self._insert("stamp", (path, *look[:3], str(look.inode), stamp.digest))

    def forget(self, output: str) -> None:
        """Forget an edition."""
        with self._transaction():
            for table in ("edition", "failure"):
                self._connection.execute(f"DELETE FROM {table} WHERE output = ?", (output,))  # noqa: S608 - a name of ours

    def _rows(
        self, table: str, read: Callable[[Row], RowT], key: str | None = None
    ) -> dict[str, RowT]:
        """Return rows of a table by their key, all or one; without those that are damaged."""
        name = _TABLES[table].partition(" ")[0]
        query = f"SELECT * FROM {table}" + (f" WHERE {name} = ?" if key is not None else "")  # noqa: S608 - names of ours
        found = {}
        try:
            for row in self._connection.execute(query, () if key is None else (key,)):
                with suppress(ValueError, TypeError, LookupError):
                    found[row[0]] = read(row)
        except sqlite3.DatabaseError:  # damaged where opening it did not look
            return found
        return found

    def _insert(self, table: str, row: Row) -> None:
        places = ", ".join("?" * len(row))
        self._connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({places})", row)  # noqa: S608 - a name of ours

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:  # commits, or rolls back
                yield
        except sqlite3.DatabaseError as failure:
            raise OSError(str(failure)) from None


@dataclass(slots=True)
class _Origins:
    """Reads origins, of which many editions have the same."""

    known: dict[tuple[str, str], Origin] = field(default_factory=dict)

    def of(self, versions: str, sources: str) -> Origin:
        key = versions, sources
        if key not in self.known:
            origin = Origin(json.loads(versions), json.loads(sources))
            if not isinstance(origin.versions, dict) or not isinstance(origin.sources, dict):
                raise TypeError
            self.known[key] = origin
        return self.known[key]


def _columns(origin: Origin) -> tuple[str, str]:
    return json.dumps(dict(origin.versions)), json.dumps(dict(origin.sources))


def _as_json(diagnostics: Iterable[Diagnostic]) -> str:
    return json.dumps(
        [
            [d.severity.value, *astuple(d.location), d.message, d.hint, d.parameters]
            for d in diagnostics
        ]
    )


def _diagnostics(written: str) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            Severity(severity),
            Location(*location),
            message,
            hint,
            tuple((name, value) for name, value in parameters),
        )
        for severity, *location, message, hint, parameters in json.loads(written)
    )


@contextmanager
def open_record(out: Path, *, to_write: bool = True) -> Iterator[Record]:
    """Open the record of the output folder `out`.

    One that is missing, damaged or of another version is begun anew; not `to_write`, it counts as
    empty and nothing is written. Raises OSError where the folder cannot be written or the record
    stays locked.
    """
    file = out / RECORD_FILE
    try:
        if to_write:
            file.parent.mkdir(parents=True, exist_ok=True)
            connection = _connected(str(file))
        else:
            connection = _to_read(file)
    except sqlite3.OperationalError as failure:  # it is locked, or the disk says no
        raise OSError(str(failure)) from None
    except sqlite3.DatabaseError:  # it is damaged
        file.unlink(missing_ok=True)
        connection = _connected(str(file))
    try:
        yield Record(connection)
    finally:
        connection.close()


def _to_read(file: Path) -> sqlite3.Connection:
    """Return a connection to the record as it is, to an empty one where it cannot be used."""
    if file.is_file():
        # Not read-only: what a build that was killed left half done is to be taken back.
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", LOCK_SECONDS, uri=True)
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
                return connection
        except sqlite3.DatabaseError:
            pass
        connection.close()
    return _connected(":memory:")


def _connected(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")  # of two builds that begin a record, one waits
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
            for table in _TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        for table, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}) STRICT")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection
