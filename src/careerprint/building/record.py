"""The build record: what each edition in an output folder was last printed from (SQLite).

It is a cache. What is damaged is begun anew; losing it costs a print, never a wrong result.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from careerprint.building.recordfile import (
    FAULTS,
    RECORD_FILE,
    TABLES,
    begun_anew,
    empty,
    is_damage,
    not_kept,
    opened,
    opened_to_read,
)
from careerprint.core.characters import is_unicode
from careerprint.core.diagnostics import Diagnostic, Location, Severity, not_written
from careerprint.core.edition import Edition
from careerprint.core.sources import FileStat, Stamp

Row = tuple[Any, ...]
Statement = tuple[str, Row]
RowT = TypeVar("RowT")
Messages = Mapping[str, Mapping[str, str]]
"""By catalog, digests of the messages that were looked up → of what was found."""

# What reading a damaged row raises.
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
    without a translation, `unreviewed` translations that nobody has reviewed; `composing` and
    `printing` are the diagnostics of these two.
    """

    job: str
    pdf: str
    step: int
    left_out: tuple[str, ...]
    seconds: float
    fallen_back: int
    unreviewed: int
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

    Writes raise OSError where they cannot be, and are durable when the call returns. Where `file`
    turns out to be damaged, the record is begun anew, or counts as empty if it is only read.
    """

    def __init__(self, file: Path, *, to_write: bool) -> None:
        self._file = file
        self._to_write = to_write
        self._connection = opened(file) if to_write else opened_to_read(file)
        self._is_examined = False

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def entries(self) -> dict[str, Entry]:
        """Return the last prints of all editions."""
        return self._rows(
            "edition",
            lambda row: Entry(
                job=row[1],
                pdf=row[2],
                step=int(row[3]),
                left_out=tuple(map(str, json.loads(row[4]))),
                seconds=int(row[5]) / 1000,
                fallen_back=int(row[6]),
                unreviewed=int(row[7]),
                composing=_diagnostics(row[8]),
                printing=_diagnostics(row[9]),
                origin=Origin(_mapping(row[10]), _mapping(row[11])),
            ),
        )

    def messages(self, output: str) -> Messages:
        """Return the messages that the last print of an edition took from catalogs."""
        found = self._rows("edition", lambda row: _mapping(row[12]), [output])
        return found.get(output, {})

    def failures(self) -> dict[str, Failure]:
        """Return the editions whose last try failed."""
        return self._rows(
            "failure",
            lambda row: Failure(_diagnostics(row[1]), Origin(_mapping(row[2]), _mapping(row[3]))),
        )

    def plans(self, request: str | None = None) -> dict[str, Plan]:
        """Return, by request, what all requests came to the last time, or one."""

        def read(row: Row) -> Plan:
            editions = tuple(Edition(*map(str, fields)) for fields in json.loads(row[1]))
            return Plan(editions, Origin(_mapping(row[2]), _mapping(row[3])))

        return self._rows("plan", read, None if request is None else [request])

    def stamps(self, paths: Iterable[str] | None = None) -> dict[str, Stamp]:
        """Return what files, all or some, were like when their digests were taken, by path."""

        def read(row: Row) -> Stamp:
            return Stamp(FileStat(row[1], row[2], row[3], int(row[4])), row[5])

        return self._rows("stamp", read, paths)

    def put(self, output: str, entry: Entry, messages: Messages) -> None:
        """Keep the last print of an edition; a failure before it is forgotten."""
        self.put_all([(output, entry, messages)])

    def put_all(self, prints: Iterable[tuple[str, Entry, Messages]]) -> None:
        """Do as `put` does for several editions: for all or none."""
        self._write([statement for each in prints for statement in _statements(*each)])

    def put_failure(self, output: str, failure: Failure) -> None:
        """Keep that the last try at an edition failed; its last good print stays known."""
        row = (output, _as_json(failure.diagnostics), *_columns(failure.origin))
        self._write([_insertion("failure", row)])

    def put_plan(self, request: str, plan: Plan) -> None:
        """Keep what a request came to."""
        editions = json.dumps([astuple(edition) for edition in plan.editions])
        self._write([_insertion("plan", (request, editions, *_columns(plan.origin)))])

    def put_stamps(self, stamps: Mapping[str, Stamp]) -> None:
        """Keep what files are like, by path."""
        rows = [(p, *s.stat[:3], str(s.stat.inode), s.digest) for p, s in stamps.items()]
        self._write([_insertion("stamp", row) for row in rows if is_unicode(row[0])])

    def forget(self, output: str) -> None:
        """Forget an edition."""
        tables = ("edition", "failure")
        self._write([(f"DELETE FROM {table} WHERE output = ?", (output,)) for table in tables])  # noqa: S608 - names of ours

    def _rows(
        self, table: str, read: Callable[[Row], RowT], keys: Iterable[str] | None = None
    ) -> dict[str, RowT]:
        """Return rows of a table by their key, all or some; none where something is damaged."""
        everything = f"SELECT * FROM {table}"  # noqa: S608 - a name of ours
        one = f"{everything} WHERE {TABLES[table].partition(' ')[0]} = ?"
        ask = self._connection.execute
        try:
            rows = (
                ask(everything)
                if keys is None
                else chain.from_iterable(ask(one, (key,)) for key in keys)
            )
            return {row[0]: read(row) for row in rows}
        except (*FAULTS, *_UNREADABLE) as failure:
            if not isinstance(failure, FAULTS) or is_damage(failure):
                self._begin_anew()
            return {}

    def _write(self, statements: Sequence[Statement]) -> None:
        """Execute statements, all or none; raises OSError where that cannot be."""
        try:
            try:
                self._examine()
                self._execute(statements)
            except FAULTS as failure:
                if not is_damage(failure):
                    raise
                self._begin_anew()
                self._execute(statements)
        except FAULTS as failure:
            raise not_kept(self._file, failure) from None

    def _examine(self) -> None:
        """Look for damage before the first change: a row may get lost in a damaged file."""
        if not self._is_examined:
            self._is_examined = True
            if self._connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                self._begin_anew()

    def _execute(self, statements: Sequence[Statement]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:  # commits, or rolls back
            for statement, values in statements:
                self._connection.execute(statement, values)

    def _begin_anew(self) -> None:
        self._connection.close()
        self._connection = begun_anew(self._file) if self._to_write else empty()


def _statements(output: str, entry: Entry, messages: Messages) -> tuple[Statement, Statement]:
    """Return what keeps the last print of an edition."""
    row = (
        *(output, entry.job, entry.pdf, entry.step, json.dumps(entry.left_out)),
        *(round(entry.seconds * 1000), entry.fallen_back, entry.unreviewed),
        *(_as_json(entry.composing), _as_json(entry.printing)),
        *(*_columns(entry.origin), json.dumps(messages)),
    )
    return _insertion("edition", row), ("DELETE FROM failure WHERE output = ?", (output,))


def _insertion(table: str, row: Row) -> Statement:
    """Return the statement that puts a row into a table."""
    return f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row  # noqa: S608 - a name of ours


def _columns(origin: Origin) -> tuple[str, str]:
    return json.dumps(dict(origin.toolchain)), json.dumps(dict(origin.sources))


def _mapping(written: str) -> dict[str, Any]:
    """Return a mapping that is written as JSON; equal texts are kept in memory once."""
    read = json.loads(written, object_pairs_hook=_interned)
    if not isinstance(read, dict):
        raise TypeError
    return read


def _interned(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {intern(k): intern(v) if isinstance(v, str) else v for k, v in pairs}


def _as_json(diagnostics: Iterable[Diagnostic]) -> str:
    return json.dumps(
        [
            [d.severity.value, d.rule, *astuple(d.location), d.message, d.hint, d.parameters]
            for d in diagnostics
        ]
    )


def _diagnostics(written: str) -> tuple[Diagnostic, ...]:
    """Return diagnostics that can be told; raises what `_UNREADABLE` names."""
    found = tuple(
        Diagnostic(
            Severity(severity),
            Location(*location),
            str(message),
            str(hint),
            tuple((str(name), str(value)) for name, value in parameters),
            str(rule),
        )
        for severity, rule, *location, message, hint, parameters in json.loads(written)
    )
    for diagnostic in found:
        diagnostic.sentence(str)
    return found


@contextmanager
def open_record(out: Path, *, to_write: bool = True) -> Iterator[Record]:
    """Open the record of the output folder `out`.

    One that is missing, damaged or of another version is begun anew; not `to_write`, it counts as
    empty and nothing is written. Raises Refused where the folder cannot be written or the record
    stays locked.
    """
    try:
        record = Record(out / RECORD_FILE, to_write=to_write)
    except OSError as failure:
        raise not_written(Path(failure.filename or out), failure) from None
    try:
        yield record
    finally:
        record.close()
