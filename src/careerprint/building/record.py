"""The build record of an output folder, and the lock by which one build at a time writes there.

The record says what each edition was last printed from. It is a cache: what is damaged is begun
anew, and losing it costs a print, never a wrong result. SQLite keeps it: one table, of values in
JSON by their kind and name.
"""

import errno
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from careerprint.core.characters import is_unicode
from careerprint.core.concerns import Concern
from careerprint.core.diagnostics import Diagnostic, Location, Severity, writing
from careerprint.core.edition import Edition
from careerprint.core.sources import FileStat, Stamp

ValueT = TypeVar("ValueT")
Messages = Mapping[str, Mapping[str, str]]
"""By catalog, digests of the messages that were looked up → of what was found."""

RECORD_FILE = ".careerprint/record.sqlite"
# Raised whenever something else is kept; a record of another version is begun anew.
SCHEMA_VERSION = 12
LOCK_SECONDS = 30
_TABLE = "CREATE TABLE kept (kind TEXT, name TEXT, value TEXT, PRIMARY KEY (kind, name)) STRICT"
_PUT = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)"
_FORGET = "DELETE FROM kept WHERE kind = ? AND name = ?"
Statement = tuple[str, tuple[str, ...]]

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


@dataclass(frozen=True, slots=True)
class Origin:
    """What something was made from: the toolchain, and sources with their digests, by name."""

    toolchain: Mapping[str, str]
    sources: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """The last successful print of an edition: hex SHA-256 of its job and of its PDF.

    `step` and `left_out` are how copyfitting set it: the step on its scale, and the names of the
    optional blocks without room; `seconds` is how long printing took; `fallen_back` counts blocks
    without a translation; `concerns` are what keeps it in the house; `composing` and `printing` are
    the diagnostics of these two. `full` and `words_left` are as in `typeset.Typeset`.
    """

    job: str
    pdf: str
    step: int
    left_out: tuple[str, ...]
    seconds: float
    fallen_back: int
    concerns: tuple[Concern, ...]
    composing: tuple[Diagnostic, ...]
    printing: tuple[Diagnostic, ...]
    origin: Origin
    full: float = 1.0
    words_left: int = 0


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

    Writes raise OSError where they cannot be, and are durable when the call returns. Where `file`
    turns out to be damaged, the record is begun anew, or counts as empty if it is only read.
    """

    def __init__(self, file: Path, *, to_write: bool) -> None:
        self._file = file
        self._to_write = to_write
        self._connection = _opened(file) if to_write else _opened_to_read(file)
        self._is_examined = False

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def entries(self) -> dict[str, Entry]:
        """Return the last prints of all editions."""
        return self._kept("edition", _entry)

    def messages(self, output: str) -> Messages:
        """Return the messages that the last print of an edition took from catalogs."""
        return self._kept("messages", dict, output).get(output, {})

    def failures(self) -> dict[str, Failure]:
        """Return the editions whose last try failed."""
        return self._kept("failure", lambda v: Failure(_diagnostics(v[0]), _origin(v[1])))

    def plans(self, request: str | None = None) -> dict[str, Plan]:
        """Return, by request, what all requests came to the last time, or one."""

        def read(value: Any) -> Plan:  # noqa: ANN401 - what JSON holds, as below
            return Plan(tuple(Edition(*map(str, each)) for each in value[0]), _origin(value[1]))

        return self._kept("plan", read, request)

    def stamps(self) -> dict[str, Stamp]:
        """Return what files were like when their digests were taken, by path."""
        return self._kept("stamp", lambda v: Stamp(FileStat(*map(int, v[0])), str(v[1])))

    def put(self, output: str, entry: Entry, messages: Messages) -> None:
        """Keep the last print of an edition; a failure before it is forgotten."""
        self.put_all([(output, entry, messages)])

    def put_all(self, prints: Iterable[tuple[str, Entry, Messages]]) -> None:
        """Do as `put` does for several editions: for all or none."""
        statements: list[Statement] = []
        for output, entry, messages in prints:
            statements.append((_PUT, ("edition", output, _as_json(entry))))
            statements.append((_PUT, ("messages", output, json.dumps(messages))))
            statements.append((_FORGET, ("failure", output)))
        self._write(statements)

    def put_failure(self, output: str, failure: Failure) -> None:
        """Keep that the last try at an edition failed; its last good print stays known."""
        self._write([(_PUT, ("failure", output, _as_json(failure)))])

    def put_plan(self, request: str, plan: Plan) -> None:
        """Keep what a request came to."""
        self._write([(_PUT, ("plan", request, _as_json(plan)))])

    def put_stamps(self, stamps: Mapping[str, Stamp]) -> None:
        """Keep what files are like, by path."""
        texts = {path: stamp for path, stamp in stamps.items() if is_unicode(path)}
        self._write([(_PUT, ("stamp", p, _as_json(stamp))) for p, stamp in texts.items()])

    def forget(self, output: str) -> None:
        """Forget an edition."""
        self._write([(_FORGET, (kind, output)) for kind in ("edition", "messages", "failure")])

    def _kept(
        self, kind: str, read: Callable[[Any], ValueT], name: str | None = None
    ) -> dict[str, ValueT]:
        """Return values of a kind by name, all or one; none where something is damaged."""
        wanted, values = "SELECT name, value FROM kept WHERE kind = ?", [kind]
        if name is not None:
            wanted, values = f"{wanted} AND name = ?", [kind, name]
        try:
            rows = self._connection.execute(wanted, values)
            return {row[0]: read(json.loads(row[1], object_pairs_hook=_interned)) for row in rows}
        except (*_FAULTS, *_UNREADABLE) as failure:
            if not isinstance(failure, _FAULTS) or _is_damage(failure):
                self._begin_anew()
            return {}

    def _write(self, statements: Iterable[Statement]) -> None:
        """Execute statements, all or none; raises OSError where that cannot be."""
        try:
            try:
                self._execute(statements)
            except _FAULTS as failure:
                if not _is_damage(failure):
                    raise
                self._begin_anew()
                self._execute(statements)
        except _FAULTS as failure:
            raise _not_kept(self._file, failure) from None

    def _execute(self, statements: Iterable[Statement]) -> None:
        if not self._is_examined:  # a row may get lost where a damaged file is written
            self._is_examined = True
            if self._connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                self._begin_anew()
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:  # commits, or rolls back
            for statement, values in statements:
                self._connection.execute(statement, values)

    def _begin_anew(self) -> None:
        self._connection.close()
        self._connection = _begun_anew(self._file) if self._to_write else _connected(":memory:")


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


def _as_json(value: "Entry | Failure | Plan | Stamp") -> str:
    """Return what is kept as nested lists of its fields."""

    def plain(each: Any) -> Any:  # noqa: ANN401 - a data class with slots, a day, or a severity
        if isinstance(each, date):
            return each.isoformat()
        return (
            each.value if isinstance(each, Severity) else [getattr(each, n) for n in each.__slots__]
        )

    return json.dumps(value, default=plain)


def _interned(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping whose texts are in memory once, however many editions have them."""
    return {intern(k): intern(v) if isinstance(v, str) else v for k, v in pairs}


def _entry(value: Any) -> Entry:  # noqa: ANN401 - what JSON holds, as below
    job, pdf, step, left_out, seconds, fallen_back, concerns, *told = value
    composing, printing, origin, full, words_left = told
    return Entry(
        str(job),
        str(pdf),
        int(step),
        tuple(map(str, left_out)),
        float(seconds),
        int(fallen_back),
        _concerns(concerns),
        _diagnostics(composing),
        _diagnostics(printing),
        _origin(origin),
        float(full),
        int(words_left),
    )


def _origin(value: Any) -> Origin:  # noqa: ANN401
    toolchain, sources = value
    if not (isinstance(toolchain, dict) and isinstance(sources, dict)):
        raise TypeError
    return Origin(toolchain, sources)


def _diagnostics(value: Any) -> tuple[Diagnostic, ...]:  # noqa: ANN401
    """Return diagnostics that can be told; raises what `_UNREADABLE` names."""
    found = tuple(
        Diagnostic(
            Severity(severity),
            Location(*location),
            str(message),
            str(hint),
            tuple((str(name), str(given)) for name, given in parameters),
            str(rule),
        )
        for severity, location, message, hint, parameters, rule in value
    )
    for diagnostic in found:
        diagnostic.sentence(str)
    return found


def _concerns(value: Any) -> tuple[Concern, ...]:  # noqa: ANN401
    told = _diagnostics([each[0] for each in value])
    days = [[date.fromisoformat(day) if day else None for day in each[1:]] for each in value]
    return tuple(Concern(each, *holding) for each, holding in zip(told, days, strict=True))


def _is_damage(failure: Fault) -> bool:
    """Tell whether an error means that the file is damaged, and a new record is needed."""
    primary_code = 0xFF  # of an extended code (sqlite.org/rescode.html)
    code: int = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & primary_code not in _PASSING


def _not_kept(file: Path, failure: Fault) -> OSError:
    return OSError(errno.EIO, str(failure), str(file))


def _opened(file: Path) -> sqlite3.Connection:
    """Return a connection to a record that can be written, begun if need be; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(str(file))
    except _FAULTS as failure:
        if not _is_damage(failure):
            raise _not_kept(file, failure) from None
    return _begun_anew(file)


def _begun_anew(file: Path) -> sqlite3.Connection:
    """Return a connection to a new record in place of a damaged one; raises OSError."""
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    try:
        return _connected(str(file))
    except _FAULTS as failure:
        raise _not_kept(file, failure) from None


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
