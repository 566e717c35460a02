"""Reads the table of fairs: each row a fair, with all that its flyers are to say.

Every row is checked, and everything found is reported at once. What is said of a person stands in
no message: neither the name nor the telephone number nor the e-mail address.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache, partial
from typing import TypeVar

from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Severity,
    error,
    has_errors,
    shortened,
    warning,
)
from careerprint.core.edition import FAIRS
from careerprint.core.schema import Text
from careerprint.core.sources import digest
from careerprint.fairs import entries
from careerprint.fairs.cells import Cell, Row, as_text, is_empty
from careerprint.fairs.entries import Unsuitable
from careerprint.fairs.headings import HEADINGS, meaning_of, nearest_heading
from careerprint.fairs.tables import Table

FLYER = "flyer"
PERSONAL = frozenset({"contact", "phone", "email"})

_SOURCE = f"{FAIRS}#"
_REQUIRED = ("id", "fair", "start")
# What is printed as it stands, and how it is checked; `most` are characters.
_TEXTS: dict[str, Callable[[Cell], str]] = {
    "fair": partial(entries.text, most=120),
    "city": partial(entries.text, most=60),
    "venue": partial(entries.text, most=120),
    "hall": partial(entries.code, most=30),
    "stand": partial(entries.code, most=30),
    "contact": partial(entries.text, most=80),
    "phone": entries.phone,
    "email": entries.email,
    "url": entries.url,
    "note": partial(entries.text, most=300),
}
_MOST_NAMED = 5  # rows that a message names

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name: of the workspace, and declared in its configuration.

    `formats` are each layout's, its default first. `locales` are the tags that can be printed,
    `declared` those of careerprint.toml.
    """

    profiles: tuple[str, ...]
    formats: Mapping[str, tuple[str, ...]]
    locales: tuple[str, ...]
    declared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """A table's name, and how its columns are headed, by what they mean."""

    table: str
    columns: Mapping[str, str]

    def place(self, row: int, column: str) -> Location:
        """Return where a cell stands; where there is no such column, its row."""
        return Location(self.table, row, self.columns.get(column, ""))


@dataclass(frozen=True, slots=True)
class Fair:
    """A fair and the flyers for it.

    `row` is its number in the table. The texts are printed as they stand; they are empty where
    nothing is written. `format` is empty for the layout's default, as in Edition.
    """

    headings: Headings = field(compare=False)
    row: int
    id: str
    fair: str
    city: str
    venue: str
    start: date
    end: date
    hall: str
    stand: str
    profile: str
    layout: str
    format: str
    locales: tuple[str, ...]
    copies: int
    contact: str
    phone: str
    email: str
    url: str
    note: str

    def text(self, column: str) -> Text:
        """Return one of the texts, with its place."""
        return Text(getattr(self, column), self.headings.place(self.row, column))


# Of the texts of a fair, those that a flyer shows; the note is for whoever prints it.
PRINTED_TEXTS = ("fair", "city", "venue", "hall", "stand", "contact", "phone", "email")


def source_of(fair_id: str) -> str:
    """Return the name under which a fair is a source of the editions for it."""
    return f"{_SOURCE}{fair_id}"


def id_in(source: str) -> str:
    """Return the id of the fair that a source is; empty where it is none."""
    return source.removeprefix(_SOURCE) if source.startswith(_SOURCE) else ""


def digest_of(fair: Fair) -> str:
    """Return the digest of what a flyer shows of a fair, wherever that stands in the table."""
    texts = [getattr(fair, column) for column in PRINTED_TEXTS]
    days = [fair.start.isoformat(), fair.end.isoformat()]
    return digest(json.dumps([*days, *texts, fair.url]).encode())


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used, as it was read, and why."""

    row: Row
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Fairs:
    """A table, checked: its good rows, the others, and everything found, in the table's order."""

    rows: tuple[Fair, ...]
    rejected: tuple[Rejected, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_fairs(table: Table, known: Known, today: date) -> Fairs:
    """Return the fairs of a table, every row checked.

    Required are id, fair and start, and a profile where the workspace has not exactly one. The
    layout is the flyer by default, the format the layout's default, the locales those declared, the
    end the start, and there is one copy. A fair that is over before `today` is a warning.
    """
    columns, of_headings = _columns(table, known)
    headed = [_shown(heading) for heading in table.headings]
    headings = Headings(table.name, {meaning: headed[at] for meaning, at in columns.items()})
    values = _Values(known)
    checked = [_Check(headings, headed, columns, row) for row in table.rows]
    fairs = [check.fair(values, today) for check in checked]
    _refuse_shared_ids(checked)
    broken = [d for d in of_headings if d.severity is Severity.ERROR]
    good, rejected = [], []
    for check, fair in zip(checked, fairs, strict=True):
        if fair is None or broken or has_errors(check.found):
            faults = (d for d in check.told() if d.severity is Severity.ERROR)
            rejected.append(Rejected(check.row, (*broken, *faults)))
        else:
            good.append(fair)
    found = (d for check in checked for d in check.told())
    return Fairs(tuple(good), tuple(rejected), (*table.diagnostics, *of_headings, *found))


def _columns(table: Table, known: Known) -> tuple[dict[str, int], list[Diagnostic]]:
    """Return which column stands where, counted from 0, and what is off in the headings."""
    columns: dict[str, int] = {}
    faults = []
    for at, heading in enumerate(table.headings):
        meaning = meaning_of(heading)
        if meaning is None and heading:
            faults.append(_unknown_heading(table, heading))
        elif meaning is not None and columns.setdefault(meaning, at) != at:
            faults.append(
                error(
                    Location(table.name, table.heading_row, _shown(heading)),
                    N_("The columns “{first}” and “{second}” mean the same."),
                    N_("Delete one of them, or give it another heading."),
                    first=_shown(table.headings[columns[meaning]]),
                    second=_shown(heading),
                )
            )
    required = [*_REQUIRED, *(["profile"] if _only(known.profiles) is None else [])]
    required += ["layout"] if _only(known.formats, FLYER) is None else []
    faults += [
        error(
            Location(table.name, table.heading_row),
            N_("The column “{heading}” is missing."),
            N_("Add it: no flyer can be printed without it."),
            heading=HEADINGS[column][0],
        )
        for column in required
        if column not in columns
    ]
    return columns, faults


def _only(names: Collection[str], preferred: str = "") -> str | None:
    """Return what is taken where nothing is written: the preferred name, or the only one."""
    if preferred in names:
        return preferred
    return next(iter(names)) if len(names) == 1 else None


def _unknown_heading(table: Table, heading: str) -> Diagnostic:
    """Return the warning for a column that careerprint does not read: users keep their own."""
    near = nearest_heading(heading)
    hint = N_("That is all right if the column is your own.")
    if near:
        hint = N_("If “{near}” is meant, head it so.")
    return warning(
        Location(table.name, table.heading_row, _shown(heading)),
        N_("The column “{heading}” is not read."),
        hint,
        heading=_shown(heading),
        near=near,
    )


def _shown(value: str) -> str:
    """Return a value as a message shows it: in one line, short, without control characters."""
    return shortened(" ".join("".join(c if c.isprintable() else " " for c in value).split()))


def _refuse_shared_ids(checked: Sequence["_Check"]) -> None:
    """Note in every row whose id stands in another row too which rows these are."""
    by_id = defaultdict(list)
    for check in checked:
        if check.id:
            by_id[check.id].append(check)
    for sharing in by_id.values():
        if len(sharing) > 1:
            rows = ", ".join(str(check.row.number) for check in sharing[:_MOST_NAMED])
            for check in sharing:
                check.fault(
                    "id",
                    N_("“{value}” stands in more than one row: {rows}."),
                    N_("Give each fair an id of its own: a folder is named by it."),
                    value=check.id,
                    rows=f"{rows} …" if len(sharing) > _MOST_NAMED else rows,
                )


class _Values:
    """The checks of cells. What stands in many rows, such as a profile, is checked once."""

    def __init__(self, known: Known) -> None:
        self.texts = {column: lru_cache(check) for column, check in _TEXTS.items()}
        self.day = lru_cache(entries.parsed_day)
        self.profile = cache(partial(entries.one_of, known=known.profiles))
        self.layout = cache(partial(entries.one_of, known=known.formats))
        self.formats = {
            layout: cache(partial(entries.one_of, known=names))
            for layout, names in known.formats.items()
        }
        self.locales = cache(
            partial(entries.locales, available=known.locales, declared=known.declared)
        )
        self.known = known


class _Check:
    """Checks one row, cell by cell, and collects what is found."""

    __slots__ = ("_columns", "_headed", "_headings", "found", "id", "row")

    def __init__(
        self, headings: Headings, headed: Sequence[str], columns: Mapping[str, int], row: Row
    ) -> None:
        self.row = row
        self.id = ""
        self.found: list[Diagnostic] = []
        self._headings, self._headed, self._columns = headings, headed, columns

    def fair(self, values: _Values, today: date) -> Fair | None:
        """Return the fair, or None where what it cannot be without is missing or wrong."""
        known = values.known
        self._check_width()
        self.id = self._value("id", entries.fair_id) or ""
        texts = {column: self._text(column, check) for column, check in values.texts.items()}
        start = self._value("start", values.day)
        end = self._value("end", values.day, start or today)  # without a start, all is lost
        self._check_days(start, end, today)
        profile = self._value("profile", values.profile, _only(known.profiles))
        layout = self._value("layout", values.layout, _only(known.formats, FLYER))
        format_name = self._value("format", values.formats[layout], "") if layout else None
        locales = self._value("locales", values.locales, known.declared)
        copies = self._value("copies", entries.copies, 1)
        if not (self.id and start and end and profile and layout and locales and copies):
            return None
        return Fair(
            headings=self._headings,
            row=self.row.number,
            id=self.id,
            start=start,
            end=end,
            profile=profile,
            layout=layout,
            format="" if format_name in {None, known.formats[layout][0]} else format_name,
            locales=locales,
            copies=copies,
            **texts,
        )

    def told(self) -> list[Diagnostic]:
        """Return what was found, from the first column to the last."""
        order = {heading: at for at, heading in enumerate(self._headed)}
        return sorted(self.found, key=lambda d: order.get(d.location.column, len(order)))

    def _check_width(self) -> None:
        headed = self._headed
        for at, cell in enumerate(self.row.cells):
            if not (at < len(headed) and headed[at]) and not is_empty(cell):
                place = Location(self._headings.table, self.row.number, _letters(at))
                message = N_("A cell is filled in a column that has no heading.")
                hint = N_(
                    "Empty it, or head its column. A CSV file may have a separator too many here."
                )
                self.found.append(error(place, message, hint))
                return

    def _check_days(self, start: date | None, end: date | None, today: date) -> None:
        if start and end and end < start:
            self.fault(
                "end",
                N_("The fair ends on {end}, before it begins on {start}."),
                N_("Correct one of the two dates."),
                start=as_text(start),
                end=as_text(end),
            )
        elif start and end and end < today:
            self.found.append(
                warning(
                    self._place("start"),
                    N_("The fair ended on {end}, which is past."),
                    N_("Correct the date, or delete the row if its flyers are not wanted."),
                    end=as_text(end),
                )
            )

    def _text(self, column: str, check: Callable[[Cell], str]) -> str:
        """Return what is printed of a column; empty where there is nothing."""
        return self._value(column, check, None if column in _REQUIRED else "") or ""

    def _value(
        self, column: str, check: Callable[[Cell], ValueT], default: ValueT | None = None
    ) -> ValueT | None:
        """Return a column's value: `default` where it is empty, None where it is wrong.

        Without a default, an empty cell is wrong.
        """
        cell = self.row.cell(self._columns[column]) if column in self._columns else None
        if is_empty(cell):
            if default is None and column in self._columns:
                hint = N_("Fill it in: no flyer can be printed without it.")
                self.fault(column, N_("“{column}” is empty."), hint)
            return default
        try:
            return check(cell)
        except Unsuitable as found:
            value = "" if column in PERSONAL else _shown(as_text(cell))
            given = {"value": value, **found.parameters}
            self.fault(column, found.message, found.hint, **given)
            return None

    def fault(self, column: str, message: str, hint: str, **parameters: object) -> None:
        """Note what is wrong in a column."""
        place = self._place(column)
        self.found.append(error(place, message, hint, column=place.column, **parameters))

    def _place(self, column: str) -> Location:
        return self._headings.place(self.row.number, column)


def _letters(column: int) -> str:
    """Return a column, counted from 0, as spreadsheets head it: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
