"""Reads the table of fairs: each row a fair, with all that its flyers are to say.

Every row is checked, and everything found is reported at once. What is said of a person stands in
no message: neither the name nor the telephone number nor the e-mail address.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Severity,
    error,
    has_errors,
    warning,
)
from careerprint.fairs import entries
from careerprint.fairs.cells import Row, as_csv, as_text, is_empty, named_rows, row_of
from careerprint.fairs.counting import counted
from careerprint.fairs.days import year_said
from careerprint.fairs.fair import PRINTED_TEXTS, Fair, Headings
from careerprint.fairs.footnotes import marked, notes, without_marks
from careerprint.fairs.headings import HEADINGS, meanings_of
from careerprint.fairs.identities import propose_ids, refuse_shared_ids, tell_doubles
from careerprint.fairs.mapping import Columns, Mapped, mapped, together
from careerprint.fairs.remarks import changes_all, with_what_is_above
from careerprint.fairs.rowchecks import PERSONAL, RowCheck, shown_cell
from careerprint.fairs.tables import Book, Table
from careerprint.fairs.values import Known, Values


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used, and why.

    Its cells are those of the season's columns; `sheet` is where it stands, and `id` the fair's, as
    far as that is known.
    """

    row: Row
    faults: tuple[Diagnostic, ...]
    sheet: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Fairs:
    """Tables, checked: their good rows, the others, and everything found, in the tables' order.

    `tables` are those that were read, by the sheet that is told of their rows, "" for the only one.
    `passed_over` are sheet and number of rows that hold no fair: headings of groups, sums, notes;
    and of those of fairs that are cancelled.
    """

    rows: tuple[Fair, ...]
    rejected: tuple[Rejected, ...]
    diagnostics: tuple[Diagnostic, ...]
    tables: Mapping[str, Table]
    columns: Columns
    passed_over: frozenset[tuple[str, int]] = frozenset()

    def rejecting(self, warned: Mapping[tuple[str, int], Sequence[Diagnostic]]) -> list[Rejected]:
        """Return good rows as such that cannot be used, with why, by their sheets and numbers."""
        rows = {(s, row.number): row for s, table in self.tables.items() for row in table.rows}
        found = {(fair.headings.sheet, fair.row): fair.id for fair in self.rows}
        return [
            _rejected(self.columns, place[0], rows[place], warned[place], fair_id)
            for place, fair_id in found.items()
            if place in warned
        ]


@dataclass(frozen=True, slots=True, eq=False)
class _Mapped:
    """A table as it is written; what its columns mean, without marks that have a note.

    `noted` are the rows of these notes, by row and column.
    """

    table: Table
    mapped: Mapped
    noted: Mapping[int, Mapping[int, Row]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A table that is read: its rows with fairs, and those without, as they are checked."""

    of: _Mapped
    headings: Headings
    faults: Sequence[Diagnostic]
    checked: Sequence[RowCheck]
    passed_over: Sequence[RowCheck]
    cancelled: Sequence[RowCheck]


def read_fairs(book: Book, known: Known, today: date) -> Fairs:
    """Return the fairs of the tables that are meant, every row checked.

    A table of which nobody has said that it is meant is left out where it lacks what each fair has.

    Required are fair and start, and a profile where the workspace has not exactly one. The id is by
    default made of name and day, the layout is the flyer, the format the layout's default, the
    locales are those declared, the end is the start. There is one copy where no row says how many;
    where others do, there is none. A fair that is over before `today` is a warning.
    """
    read, others = _read(book, known)
    folders = entries.sheet_folders(e.table.sheet for e in read) if len(read) > 1 else {}
    parts = [_part(each, folders.get(each.table.sheet, "")) for each in read]
    tables, columns = _together(read, known)
    values = Values(known)
    checked = [check for part in parts for check in part.checked]
    fairs = [check.fair(values, today) for check in checked]
    for part in parts:
        for check in part.checked:
            check.found += [*_of_marks(part, check)]
    fairs = counted(checked, fairs, values)
    propose_ids(checked, fairs)
    refuse_shared_ids(checked, fairs)
    tell_doubles(checked, fairs)
    of_parts = (part for part in parts for _ in part.checked)
    good, rejected = [], []
    for part, check, fair in zip(of_parts, checked, fairs, strict=True):
        if fair is None or has_errors(part.faults) or has_errors(check.found):
            told = (*part.faults, *check.told())
            faults = [fault for fault in told if fault.severity is Severity.ERROR]
            rejected.append(_rejected(columns, check.sheet, check.row, faults, check.id))
        else:
            good.append(fair if fair.id else replace(fair, id=check.id))
    of_rows = (told for part in parts for told in _of_rows(part))
    of_sheets = (*map(_of_other, others), *_that_are_over(good, today))
    said = (*book.diagnostics, *of_sheets, *_of_headings(parts), *of_rows)
    without = (c for part in parts for c in (*part.passed_over, *part.cancelled))
    passed_over = frozenset((check.sheet, check.row.number) for check in without)
    return Fairs(tuple(good), tuple(rejected), said, tables, columns, passed_over)


def read_columns(book: Book, known: Known) -> tuple[Mapping[str, Table], Columns]:
    """Return the tables that are read, by what is told as their sheet, and the season's columns."""
    return _together(_read(book, known)[0], known)


def _read(book: Book, known: Known) -> tuple[Sequence[_Mapped], Sequence[_Mapped]]:
    """Return the tables that are read, and the others."""
    all_ = [_mapped(table, known) for table in book.tables]
    read = [each for each in all_ if book.is_chosen or not each.mapped.missing] or all_[:1]
    return read, [each for each in all_ if each not in read]


def _together(read: Sequence[_Mapped], known: Known) -> tuple[Mapping[str, Table], Columns]:
    told = {each.table.sheet if len(read) > 1 else "": each for each in read}
    columns = together({sheet: each.mapped for sheet, each in told.items()}, known)
    return {sheet: each.table for sheet, each in told.items()}, columns


def _mapped(table: Table, known: Known) -> _Mapped:
    unmarked = [*without_marks(table.rows, notes(table.rows))]
    noted = {row.number: of_row for row, of_row in unmarked if of_row}
    bare = replace(table, rows=tuple(row for row, _ in unmarked))
    return _Mapped(table, mapped(bare, known), noted)


def _part(of: _Mapped, folder: str) -> _Part:
    """Return the rows of a table to be checked; `folder` stands for its sheet among others."""
    table, columns = of.mapped.table, of.mapped.columns
    headed = [shown_cell(heading) for heading in table.headings]
    headings = Headings(
        table.name,
        {meaning: headed[at] for meaning, at in columns.items()},
        table.sheet if folder else "",
    )
    of_rows = zip(with_what_is_above(table.rows), _years(table), strict=True)
    checked = [
        RowCheck(headings, headed, columns, of.mapped.languages, row, year, folder)
        for row, year in of_rows
    ]
    passed_over = [check for check in checked if check.is_no_fair()]
    without = {*passed_over}
    cancelled = [check for check in checked if check not in without and check.is_cancelled()]
    without |= {*cancelled}
    fairs = [check for check in checked if check not in without]
    faults = [_on(headings.sheet, fault) for fault in of.mapped.faults]
    return _Part(of, headings, faults, fairs, passed_over, cancelled)


def _on(sheet: str, told: Diagnostic) -> Diagnostic:
    return replace(told, location=replace(told.location, sheet=sheet))


def _of_headings(parts: Sequence[_Part]) -> list[Diagnostic]:
    """Return what is off in the headings; of several tables once, and without the sheet."""
    found: dict[Diagnostic, Diagnostic] = {}
    for told in (fault for part in parts for fault in part.faults):
        alike = replace(told, location=Location(told.location.path))
        found[alike] = _on("", told) if alike in found else told
    return [*found.values()]


def _of_rows(part: _Part) -> Iterator[Diagnostic]:
    """Yield what is told of a table and its rows."""
    name, sheet = part.headings.table, part.headings.sheet
    for told in part.of.table.diagnostics:
        yield _on(sheet, told)
    if part.passed_over:
        yield warning(
            Location(name, part.passed_over[0].row.number, sheet=sheet),
            N_("Rows that hold no fair were passed over: {rows}."),
            N_("A fair has a name and a day."),
            rows=named_rows([check.row.number for check in part.passed_over]),
        )
    if part.cancelled:
        yield warning(
            Location(name, part.cancelled[0].row.number, sheet=sheet),
            N_("Rows of fairs that are cancelled are not printed: {rows}."),
            N_("If such a fair takes place, delete the word that says so."),
            rows=named_rows([check.row.number for check in part.cancelled]),
        )
    yield from _left_out(part)
    yield from (d for check in part.checked for d in check.told())


def _of_other(other: _Mapped) -> Diagnostic:
    """Return the warning for a table that is not read because it is none of fairs."""
    table = other.table
    return warning(
        table.name,
        N_("The sheet “{sheet}” is not read: it lacks what each fair has ({missing})."),
        N_(
            "If fairs stand there, ⟨head its columns as on a sheet that is read|choose it above "
            "the table and say what stands in its columns⟩."
        ),
        sheet=table.sheet,
        missing=", ".join(HEADINGS[column][0] for column in other.mapped.missing),
    )


def _that_are_over(fairs: Iterable[Fair], today: date) -> Iterator[Diagnostic]:
    """Yield a warning for each sheet with past fairs alone, where others have some to come."""
    last: dict[str, Fair] = {}
    for fair in fairs:
        sheet = fair.headings.sheet
        last[sheet] = max(last.get(sheet, fair), fair, key=lambda each: each.end)
    over = {sheet: fair for sheet, fair in last.items() if fair.end < today}
    for sheet, fair in over.items() if len(over) < len(last) else ():
        yield warning(
            fair.headings.table,
            N_("All fairs on the sheet “{sheet}” are over; it is read like the others."),
            N_("If it is only kept, ⟨name the others with --sheet|choose the others above⟩."),
            sheet=sheet,
        )


def _rejected(
    columns: Columns, sheet: str, row: Row, faults: Iterable[Diagnostic], fair_id: str
) -> Rejected:
    """Return a row that cannot be used, its cells in the season's columns.

    A number that counts on its sheet alone becomes the fair's id.
    """
    cells = columns.cells(sheet, row)
    at = columns.meanings.index("id") if "id" in columns.meanings else len(cells)
    if sheet and fair_id and not all(map(is_empty, cells[at : at + 1])):
        cells[at] = fair_id
    return Rejected(row_of(row.number, cells) or row, tuple(faults), sheet, fair_id)


def _years(table: Table) -> Iterator[int]:
    """Yield for each row the year of days without one: the table's, or the group's heading's."""
    year = table.year
    for row in table.rows:
        filled = [as_text(cell) for cell in row.cells if not is_empty(cell)]
        year = (year_said(filled) if len(filled) == 1 else 0) or year
        yield year


def _of_marks(part: _Part, check: RowCheck) -> Iterator[Diagnostic]:
    """Yield what is to be said of marks of footnotes in the cells of a row."""
    row, told, headings = check.row, {d.location for d in check.found}, part.headings
    noted = part.of.noted.get(row.number, {})
    for column, at in part.of.mapped.columns.items():
        note = noted.get(at)
        is_printed = note is None and column in PRINTED_TEXTS
        parted = marked(row.cell(at), by_sign=True) if is_printed else None
        if note is None and parted is None:
            continue
        place = headings.place(row.number, column)
        if note and changes_all(note):
            yield error(
                place,
                N_("“{column}” has a mark; its note in row {row} cancels the fair or puts it off."),
                N_("Clear the row, or enter the day that holds and delete the mark."),
                column=place.column,
                row=note.number,
            )
        elif note:
            yield warning(
                place,
                N_("“{column}” has a mark, whose note stands in row {row}; it is not printed."),
                N_("See whether the note changes what is to be printed."),
                column=place.column,
                row=note.number,
            )
        elif parted and place not in told:
            yield warning(
                place,
                N_("“{column}” has a mark like that of a footnote; it is printed as it stands."),
                N_("Delete it if it belongs to a note."),
                column=place.column,
                proposal="" if column in PERSONAL else as_text(parted[0]),
            )


def _left_out(part: _Part) -> Iterator[Diagnostic]:
    """Yield a warning for each column with what is no value; the flyers leave it out."""
    by_column = defaultdict(list)
    for check in part.checked:
        for column, value in check.debris:
            by_column[column].append((check, value))
    for column, found in by_column.items():
        yield warning(
            part.headings.place(found[0][0].row.number, column),
            N_("“{value}” is no value; it is not printed (rows {rows})."),
            N_("Write the value as soon as it is known, and print again."),
            value=found[0][1],
            rows=named_rows([check.row.number for check, _ in found]),
        )


def rejected_csv(
    headings: Sequence[str], rejected: Sequence[Rejected], translate: Callable[[str], str]
) -> str:
    """Return rejected rows as the text of a CSV file, to be corrected and read again.

    It is to be stored as UTF-8 and starts with a byte order mark, as German Excel wants it. It has
    the table's own headings and cells, and behind them what is wrong with each row, in the language
    of `translate`. That column is known and not read again.
    """
    width = max([len(headings), *(len(r.row.cells) for r in rejected)])
    problems = [at for at, heading in enumerate(headings) if "problem" in meanings_of(heading)]
    at = problems[0] if problems else width

    def line(cells: Sequence[str], problem: str) -> list[str]:
        filled = [*cells, *[""] * (width - len(cells))]
        return [*filled[:at], problem, *filled[at + 1 :]]

    rows = [line(headings, translate(N_("Problem")))]
    for entry in rejected:
        told = []
        if entry.sheet:
            place = translate(N_("Sheet “{sheet}”, row {row}:"))
            told.append(place.format(sheet=entry.sheet, row=entry.row.number))
        for fault in entry.faults:
            column = f"{fault.location.column}:" if fault.location.column else ""
            told.append(" ".join((column, *fault.words(translate))).strip())
        rows.append(line([as_text(cell) for cell in entry.row.cells], " ".join(told)))
    return as_csv(rows)
