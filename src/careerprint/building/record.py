"""The build record of an output folder.

The record says what each edition was last printed from. It is a cache: what is damaged is begun
anew, and losing it costs a print, never a wrong result. SQLite keeps it: one table, of values in
JSON by their kind and name.
"""

import errno
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from careerprint.building.entries import (
    Entry,
    Failure,
    Messages,
    Origin,
    Plan,
    check_sum,
    look_of,
    read_diagnostics,
    read_entry,
    summed,
    values_of,
)
from careerprint.core.characters import is_unicode
from careerprint.core.diagnostics import Severity, writing
from careerprint.core.edition import Edition, Look
from careerprint.core.sources import FileStat, Stamp, digest

ValueT = TypeVar("ValueT")
RECORD_FILE = ".careerprint/record.sqlite"
# Raised whenever something else is kept; a record of another version is begun anew.
SCHEMA_VERSION = 14
LOCK_SECONDS = 30
_TABLE = "CREATE TABLE kept (kind TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, name)) STRICT"
_PUT = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)"
_FORGET = "DELETE FROM kept WHERE kind = ? AND name = ?"
# What is kept once is named by editions (how they were set, what of, which messages), by failures
# and by plans (what of).
_TIDY = """
DELETE FROM kept WHERE kind = 'shared' AND name NOT IN (
    SELECT json_extract(value, '$[2]') FROM kept WHERE kind = 'edition'
    UNION SELECT json_extract(value, '$[8][0]') FROM kept WHERE kind = 'edition'
    UNION SELECT json_extract(value, '$[9]') FROM kept WHERE kind = 'edition'
    UNION SELECT json_extract(value, '$[1][0]') FROM kept WHERE kind IN ('failure', 'plan'))
"""
Statement = tuple[str, tuple[str, ...]]
_MESSAGES = -2  # the place of the digest of its messages in what is kept of an edition
_AT_A_TIME = 500  # values that are asked for by name

# These say nothing against the record itself, and may pass.
_PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM),
}
# UnicodeError comes where SQLite's message quotes what is damaged.
Fault = sqlite3.DatabaseError | UnicodeError
_FAULTS = (sqlite3.DatabaseError, UnicodeError)
# What reading a damaged value raises.
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Record:
    """What is known of one output folder; editions go by their output paths.

    Writes raise OSError where they cannot be, and are durable when the call returns. Where `file`
    turns out to be damaged, the record is begun anew, or counts as empty if it is only read.
    """

    def __init__(self, file: Path, *, to_write: bool) -> None:
        self._file = file
        self._to_write = to_write
        self._connection = _opened(file) if to_write else _opened_to_read(file)
        self._number = _number(file)
        self._is_examined = False
        self._shared: dict[str, Any] = {}  # what many have, by digest, as it was read or written

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def outputs(self) -> set[str]:
        """Return the paths of all editions that were printed."""
        try:
            rows = self._connection.execute("SELECT name FROM kept WHERE kind = 'edition'")
            return {row[0] for row in rows}
        except _FAULTS as failure:
            if _is_damage(failure):
                self._begin_anew()
            return set()

    def entries(self, outputs: Iterable[str] | None = None) -> dict[str, Entry]:
        """Return the last prints of editions, by default of all."""
        return self._kept("edition", lambda v: read_entry(v, self._origin, self._look), outputs)

    def messages(self, output: str) -> Messages:
        """Return the messages that the last print of an edition took from catalogs."""
        found = self._kept("edition", lambda v: dict(self._known(v[_MESSAGES])), [output])
        return found.get(output, {})

    def failures(self) -> dict[str, Failure]:
        """Return the editions whose last try failed."""
        return self._kept("failure", lambda v: Failure(read_diagnostics(v[0]), self._origin(v[1])))

    def plans(self, request: str | None = None) -> dict[str, Plan]:
        """Return, by request, what all requests came to the last time, or one."""

        def read(value: Any) -> Plan:  # noqa: ANN401 - what JSON holds, as below
            editions = tuple(Edition(*map(str, each)) for each in value[0])
            return Plan(editions, self._origin(value[1]))

        return self._kept("plan", read, None if request is None else [request])

    def stamps(self) -> dict[str, Stamp]:
        """Return what files were like when their digests were taken, by path."""
        return self._kept("stamp", lambda v: Stamp(FileStat(*map(int, v[0])), str(v[1])))

    def put(self, output: str, entry: Entry, messages: Messages) -> None:
        """Keep the last print of an edition; a failure before it is forgotten."""
        self.put_all([(output, entry, messages)])

    def put_all(self, prints: Iterable[tuple[str, Entry, Messages]]) -> None:
        """Do as `put` does for several editions: for all or none."""
        kept = list(prints)

        def put(statements: list[Statement]) -> None:
            for output, entry, messages in kept:
                whole = (*values_of(entry), self._share(messages, statements))
                written = summed(self._as_json(whole, statements))
                statements += (_PUT, ("edition", output, written)), (_FORGET, ("failure", output))

        self._write(put)

    def put_failure(self, output: str, failure: Failure) -> None:
        """Keep that the last try at an edition failed; its last good print stays known."""
        self._put("failure", {output: failure})

    def put_plan(self, request: str, plan: Plan) -> None:
        """Keep what a request came to."""
        self._put("plan", {request: plan})

    def put_stamps(self, stamps: Mapping[str, Stamp]) -> None:
        """Keep what files are like, by path."""
        self._put("stamp", {path: stamp for path, stamp in stamps.items() if is_unicode(path)})

    def forget(self, output: str) -> None:
        """Forget an edition."""
        forgotten = [(_FORGET, (kind, output)) for kind in ("edition", "failure")]
        self._write(lambda statements: statements.extend(forgotten))

    def tidy(self) -> None:
        """Forget what is kept for several and named by none any more."""
        self._write(lambda statements: statements.append((_TIDY, ())))
        self._shared.clear()

    def _put(self, kind: str, values: Mapping[str, object]) -> None:
        """Keep values of a kind by their names."""

        def put(statements: list[Statement]) -> None:
            for name, value in values.items():
                written = self._as_json(value, statements)
                statements.append((_PUT, (kind, name, written)))

        self._write(put)

    def _kept(
        self, kind: str, read: Callable[[Any], ValueT], names: Iterable[str] | None = None
    ) -> dict[str, ValueT]:
        """Return values of a kind by name, all or some; none where something is damaged."""
        select, wanted = "SELECT name, value FROM kept WHERE kind = ?", list(names or ())
        parts = [wanted[at : at + _AT_A_TIME] for at in range(0, len(wanted), _AT_A_TIME)]
        found: dict[str, ValueT] = {}
        try:
            for part in [None] if names is None else parts:
                among = "" if part is None else f" AND name IN ({','.join('?' * len(part))})"
                rows = self._connection.execute(select + among, [kind, *(part or ())])
                for name, value in rows:
                    if kind == "edition":
                        check_sum(value)
                    found[name] = read(json.loads(value))
        except (*_FAULTS, *_UNREADABLE) as failure:
            if not isinstance(failure, _FAULTS) or _is_damage(failure):
                self._begin_anew()
            return {}
        return found

    def _origin(self, value: Any) -> Origin:  # noqa: ANN401 - as above
        key, own = value
        toolchain, sources = self._known(key)
        if not all(isinstance(each, dict) for each in (toolchain, sources, own)):
            raise TypeError
        return Origin(toolchain, sources, own)

    def _look(self, key: Any) -> Look:  # noqa: ANN401 - as above
        return look_of(self._known(key))

    def _known(self, key: Any) -> Any:  # noqa: ANN401 - as above
        """Return what many have, by its digest; raises LookupError where it is not as it was."""
        if key not in self._shared:
            rows = self._connection.execute(
                "SELECT value FROM kept WHERE kind = 'shared' AND name = ?", [key]
            )
            (text,) = rows.fetchone() or ("",)
            if digest(text.encode()) != key:
                raise LookupError
            self._shared[key] = json.loads(text)
        return self._shared[key]

    def _share(self, value: Any, statements: list[Statement]) -> str:  # noqa: ANN401 - as above
        """Return the digest by which something is kept; what keeps it is added where it is new."""
        text = json.dumps(value)
        key = digest(text.encode())
        if key not in self._shared:
            statements.append((_PUT, ("shared", key, text)))
            self._shared[key] = json.loads(text)
        return key

    def _as_json(self, value: Any, statements: list[Statement]) -> str:  # noqa: ANN401 - as above
        """Return what is kept as nested lists of its fields; what many have is added by itself."""

        def plain(each: Any) -> Any:  # noqa: ANN401 - a data class with slots, a day, a severity
            if isinstance(each, Origin):
                return [self._share([each.toolchain, each.sources], statements), each.own]
            if isinstance(each, Look):
                return self._share(values_of(each), statements)
            if isinstance(each, date):
                return each.isoformat()
            return each.value if isinstance(each, Severity) else values_of(each)

        return json.dumps(value, default=plain)

    def _write(self, put: Callable[[list[Statement]], object]) -> None:
        """Execute the statements that `put` adds, all or none; raises OSError where that fails."""
        try:
            try:
                self._execute(put)
            except _FAULTS as failure:
                if not _is_damage(failure):
                    raise
                self._begin_anew()
                self._execute(put)
        except _FAULTS as failure:
            raise _not_kept(self._file, failure) from None

    def _execute(self, put: Callable[[list[Statement]], object]) -> None:
        if not self._is_examined:  # a row may get lost where a damaged file is written
            self._is_examined = True
            if self._connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                self._begin_anew()
        statements: list[Statement] = []
        try:
            put(statements)
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:  # commits, or rolls back
                for statement, values in statements:
                    self._connection.execute(statement, values)
        except BaseException:
            self._shared.clear()  # what was to be kept there may not be
            raise

    def _begin_anew(self) -> None:
        """Go on with a new record, which another process may have begun meanwhile."""
        self._shared.clear()
        if not self._to_write:
            self._connection.close()
            self._connection = _connected(":memory:")
            return
        with _replacing(self._file):
            # While the file is open here, no other one gets its number.
            is_replaced = _number(self._file) != self._number
            self._connection.close()
            if not is_replaced:
                _remove(self._file)
            self._connection = _connected(str(self._file))
            self._number = _number(self._file)


@contextmanager
def open_record(out: Path, *, to_write: bool = True) -> Iterator[Record]:
    """Open the record of the output folder `out`.

    One that is missing, damaged or of another version is begun anew; not `to_write`, it counts as
    empty and nothing is written. Raises Refused where the folder cannot be written or the record
    stays locked.
    """
    with writing(out, named=False):
        record = Record(out / RECORD_FILE, to_write=to_write)
    try:
        yield record
    finally:
        record.close()


def _code(failure: Fault) -> int:
    """Return SQLite's primary code of a fault (sqlite.org/rescode.html)."""
    code: int = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF


def _is_damage(failure: Fault) -> bool:
    """Tell whether a fault means that the file is damaged, and a new record is needed."""
    return _code(failure) not in _PASSING


def _not_kept(file: Path, failure: Fault) -> OSError:
    number = errno.ENOSPC if _code(failure) == sqlite3.SQLITE_FULL else errno.EIO
    return OSError(number, str(failure), str(file))


def _opened(file: Path) -> sqlite3.Connection:
    """Return a connection to a record that can be written, begun if need be; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        try:
            return _connected(str(file))
        except _FAULTS as failure:
            if not _is_damage(failure):
                raise
        with _replacing(file):
            try:
                return _connected(str(file))  # another process may have begun it anew
            except _FAULTS as failure:
                if not _is_damage(failure):
                    raise
            _remove(file)
            return _connected(str(file))
    except _FAULTS as failure:
        raise _not_kept(file, failure) from None


@contextmanager
def _replacing(file: Path) -> Iterator[None]:
    """Replace a damaged record: of several processes, one at a time; raises OSError."""
    # Imported here because it loads asyncio, which a record that is sound does without.
    from filelock import FileLock

    try:
        with FileLock(file.with_name(f"{file.name}.lock")):
            yield
    except _FAULTS as failure:
        raise _not_kept(file, failure) from None


def _remove(file: Path) -> None:
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    file.unlink(missing_ok=True)


def _number(file: Path) -> int | None:
    """Return the number that this file has in its file system; None where there is none."""
    try:
        return file.stat().st_ino
    except OSError:
        return None


def _opened_to_read(file: Path) -> sqlite3.Connection:
    """Return a connection to the record as it is, to an empty one where it cannot be used."""
    if file.is_file():
        # Not read-only: what a build that was killed left half done is to be taken back.
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", LOCK_SECONDS, uri=True)
        try:
            _check_table(connection)
        except _FAULTS:
            connection.close()
        else:
            return connection
    return _connected(":memory:")


def _connected(file: str) -> sqlite3.Connection:
    """Return a connection to a record, begun where there is none."""
    connection = sqlite3.connect(file, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")  # of two builds that begin a record, one waits
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        _check_table(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_table(connection: sqlite3.Connection) -> None:
    """Raise DatabaseError where a record is of another version, or its table not as ours is."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall()
    if version != SCHEMA_VERSION or tables != [(_TABLE,)]:
        raise sqlite3.DatabaseError("another version, or damaged")
