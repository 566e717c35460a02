"""Reads a table that users keep: CSV, .xlsx, .ods or a calendar into headings and rows.

What the columns mean is not known here: whoever reads a table says which row of headings fits.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from careerprint.core.bounds import DEFAULT_BOUNDS, MEGABYTE, Bounds, beyond
from careerprint.core.characters import CONTROLS
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse, unknown, warning
from careerprint.fairs.calendarfile import read_ics
from careerprint.fairs.cells import (
    MOST_COLUMNS,
    Cell,
    Row,
    Worksheet,
    as_text,
    is_empty,
    named_rows,
)
from careerprint.fairs.csvtext import HEADINGS_WITHIN, MOST_CHARACTERS, Fits, read_csv, too_long
from careerprint.fairs.days import is_only_a_day, year_said
from careerprint.fairs.opendocument import read_ods
from careerprint.fairs.openxml import read_xlsx

_LEFT_BY_PROGRAMS = re.compile(r"~\$(.+)|\.~lock\.(.+)#", re.DOTALL)
_CONTROL = re.compile(rf"[\t\n{CONTROLS}]+")
_NAME = re.compile(r"name|bezeichnung", re.IGNORECASE)
_DOCUMENTS = {".docx", ".doc", ".odt", ".rtf", ".md", ".html"}
_FEWEST = 3  # cells of a row that may be a fair's
_TEXT_KINDS = {".csv", ".tsv", ".txt"}  # .txt is what Excel makes of "Unicode text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its file's name, headings ("" for none), rows below them, and warnings.

    `sheet` is the name of the sheet that it stands in, "" where the file has none; `last` is the
    last row there that holds something, hidden ones too. `year` is the one that its title says, or
    its sheet, or its file's name; 0 where none does.
    """

    name: str
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[Row, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    sheet: str = ""
    year: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """The tables of a file that are meant, in the order of its sheets.

    `sheets` are the names of all that hold a table, `others` those of further ones that hold
    something. `is_chosen` tells whether somebody has said which are meant.
    """

    name: str
    tables: tuple[Table, ...]
    sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    is_chosen: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def parse_tables(
    content: bytes,
    name: str,
    fits: Fits,
    bounds: Bounds = DEFAULT_BOUNDS,
    chosen: Collection[str] = (),
    usual: Collection[str] = (),
) -> Book:
    """Return the tables that `content` holds; the ending of `name` says of which kind it is.

    Of standard input, “-”, the content says so. A table is a sheet with headings that fit and rows
    below. Meant are the sheets with the names that are `chosen`, else those called as one of the
    `usual`, else all. Raises Refused where there is none or the file cannot be used.
    """
    if len(content) > bounds.file_mb * MEGABYTE:
        raise beyond(name, "file_mb", bounds.file_mb, name=name)
    sheets = _sheets(content, name, fits, bounds.table_rows)
    _refuse_what_is_none(sheets, name)
    named = _named(sheets, chosen, name)
    found = _tables(sheets, named, name, fits)
    filled = [table for table in found if table.rows]
    wanted = {sheet.name for sheet in named or _called(sheets, usual)}
    meant = [table for table in filled if table.sheet in wanted]
    tables = meant if meant or named else filled
    if not tables:
        raise refuse(
            Location(name, next(t for t in found if not named or t.sheet in wanted).heading_row),
            N_("The table has headings and no rows below them."),
            N_("Write a fair into each row below the headings."),
        )
    if sum(len(table.rows) for table in tables) > bounds.table_rows:
        raise beyond(Location(name, sheet=tables[-1].sheet), "table_rows", bounds.table_rows)
    of_tables = {table.sheet for table in filled}
    others = [sheet for sheet in sheets if sheet.rows and sheet.name not in of_tables]
    return Book(
        name,
        tuple(tables),
        tuple(table.sheet for table in filled if table.sheet),
        tuple(sheet.name for sheet in others),
        bool(meant),
        () if meant else tuple(_headless(name, sheet) for sheet in others if _has_days(sheet)),
    )


def _refuse_what_is_none(sheets: Sequence[Worksheet], name: str) -> None:
    """Raise Refused where nothing stands on the sheets, or more in a cell than it can hold."""
    for sheet, row in ((each, row) for each in sheets for row in each.rows):
        if any(isinstance(cell, str) and len(cell) > MOST_CHARACTERS for cell in row.cells):
            raise too_long(name, row.number, sheet.name if len(sheets) > 1 else "")
    if not any(sheet.rows for sheet in sheets):
        raise refuse(
            name,
            N_("The table is empty."),
            N_("Write headings into its first row and a fair into each row below."),
        )


def _tables(
    sheets: Iterable[Worksheet], named: Iterable[Worksheet], name: str, fits: Fits
) -> list[Table]:
    """Return the sheets with headings as tables; raises Refused if none or not all named ones."""
    found = [(sheet, head) for sheet in sheets if (head := _headings_of(sheet, fits))]
    headless = [sheet.name for sheet in named if all(sheet is not each for each, _ in found)]
    if not found or headless:
        raise refuse(
            Location(name, sheet=headless[0] if headless else ""),
            N_("The table has no row of headings that are known."),
            N_("Write the headings into its first row, such as “Kurzname”, “Messe” and “Beginn”."),
        )
    return [_table(name, sheet, head, fits) for sheet, head in found]


def _named(sheets: Sequence[Worksheet], chosen: Iterable[str], place: str) -> list[Worksheet]:
    """Return the sheets that are called so; raises Refused for a name that none has."""
    message, names = N_("There is no sheet “{name}” that is shown."), [*map(_title, sheets)]
    if missing := [name for name in chosen if not _called(sheets, [name])]:
        raise Refused(unknown(place, message, name, names) for name in missing)
    return _called(sheets, chosen)


def _called(sheets: Iterable[Worksheet], names: Iterable[str]) -> list[Worksheet]:
    wanted = {_heading(name).casefold() for name in names}
    return [sheet for sheet in sheets if _title(sheet).casefold() in wanted]


def _table(name: str, sheet: Worksheet, head: Row, fits: Fits) -> Table:
    """Return the table in a sheet, below a row of headings or the next one."""
    head, headings = _headings_in(sheet.rows, head, fits)
    title = [as_text(cell) for row in sheet.rows if row.number < head.number for cell in row.cells]
    return Table(
        name,
        _as_wide(headings, sheet, head),
        head.number,
        tuple(row for row in sheet.rows if row.number > head.number),
        (*_hidden(name, sheet, head.number), *sheet.diagnostics),
        sheet.name,
        year_said(title) or year_said([sheet.name]) or year_said([PurePosixPath(name).stem]),
        max(head.number, sheet.rows[-1].number, *sheet.hidden),
    )


def _has_days(sheet: Worksheet) -> bool:
    """Tell whether a sheet has a row that may be a fair's: a day among other cells."""
    filled = ([c for c in row.cells if not is_empty(c)] for row in sheet.rows)
    return any(len(cells) >= _FEWEST and any(map(is_only_a_day, cells)) for cells in filled)


def _headless(name: str, sheet: Worksheet) -> Diagnostic:
    return warning(
        name,
        N_("The sheet “{sheet}” is not read: it has no row of headings that are known."),
        N_("If fairs stand there, write the headings of another sheet above them."),
        sheet=_title(sheet),
    )


def _sheets(content: bytes, name: str, fits: Fits, most: int) -> list[Worksheet]:
    if left := _LEFT_BY_PROGRAMS.match(PureWindowsPath(name).name):
        raise refuse(
            name,
            N_(
                "Excel or LibreOffice leaves this file beside a table that is open; it is no table."
            ),
            N_("Give the table itself: “{file}”."),
            file=left[1] or left[2],
        )
    kind = PurePosixPath(name.lower()).suffix or (_kind_of(content) if name == "-" else "")
    if kind == ".xlsx":
        return read_xlsx(content, name, most)
    if kind == ".ods":
        return read_ods(content, name, most)
    if kind == ".ics":
        return [read_ics(content, name, most)]
    if kind in _TEXT_KINDS:
        return [read_csv(content, name, fits, most)]
    if kind in _DOCUMENTS:
        raise refuse(
            name,
            N_("This is a text, and no table."),
            N_(
                "A text about a profession becomes a profile⟨: careerprint import|: “Start” › “New "
                "profile”⟩. Copy a table that stands in it into a spreadsheet."
            ),
        )
    raise refuse(
        name,
        N_("A table cannot be read from a file of this kind."),
        N_("Open it in your spreadsheet program and save it as .xlsx or as “CSV UTF-8”."),
    )


def _kind_of(content: bytes) -> str:
    """Return the ending that files with such a content have."""
    if content.startswith(b"PK\x03\x04"):
        return ".ods" if b"opendocument" in content[:200] else ".xlsx"
    return ".ics" if re.match(rb"\W*BEGIN:VCALENDAR", content[:100]) else ".csv"


def _headings_of(sheet: Worksheet, fits: Fits) -> Row | None:
    """Return the row with the most headings, the first of several; None where there is none."""
    rows = sheet.rows[:HEADINGS_WITHIN]
    fitting = [fits([as_text(cell) for cell in row.cells]) for row in rows]
    return rows[fitting.index(max(fitting))] if any(fitting) else None


def _headings_in(rows: Sequence[Row], head: Row, fits: Fits) -> tuple[Row, tuple[str, ...]]:
    """Return the last row of headings, and what they say with those of groups above them.

    "Name" below "Veranstaltungsort" is the place's, "von" below "Uhrzeit" a time of day.
    """

    def is_known(*written: str) -> bool:
        return all(fits([heading, heading]) for heading in written)

    at = rows.index(head)
    above, below = rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None
    named = [*filter(None, map(_heading_of, below.cells))] if below else []
    if below and len(named) > 1 and below.number == head.number + 1 and is_known(*named):
        above, head = head, below
    if not above or above.number != head.number - 1 or not fits(_texts_of(above)):
        return head, _texts_of(head)
    told, group = list[str](), ""
    for column in range(max(len(head.cells), len(above.cells))):
        own, over = _heading_of(head.cell(column)), _heading_of(above.cell(column))
        group = over or (group if own else "")
        ways = (
            (f"{group} {own}", f"{own} {group}", group) if own and group != own else (own or over,)
        )
        is_name = _NAME.fullmatch(own) is not None
        told.append(next((w for w in ways[: 2 + is_name] if is_known(w)), own or over))
    return head, tuple(told)


def _as_wide(headings: Sequence[str], sheet: Worksheet, head: Row) -> tuple[str, ...]:
    """Return headings, of which one that is as wide as several columns heads all of them."""
    found = list(headings)
    for number, left, right in sheet.wide:
        if number == head.number and left <= len(found):
            found += [""] * (min(right, MOST_COLUMNS) - len(found))
            found[left:right] = [each or found[left - 1] for each in found[left:right]]
    return tuple(found)


def _texts_of(row: Row) -> tuple[str, ...]:
    return tuple(map(_heading_of, row.cells))


def _heading_of(cell: Cell) -> str:
    return _heading(as_text(cell))


def _title(sheet: Worksheet) -> str:
    return _heading(sheet.name)


def _heading(written: str) -> str:
    return " ".join(_CONTROL.sub(" ", written).split())


def _hidden(name: str, sheet: Worksheet, heading_row: int) -> Iterator[Diagnostic]:
    """Give a warning for what is hidden, filtered out or struck out, which is not read."""
    if rows := [number for number in sheet.hidden if number > heading_row]:
        yield warning(
            Location(name, rows[0]),
            N_("Rows that are hidden or filtered out are not printed: {rows}."),
            N_("Show them in your spreadsheet program if they are meant."),
            rows=named_rows(rows),
        )
    if sheet.columns:
        yield warning(
            name,
            N_("Columns that are hidden are not read: {columns}."),
            N_("Show them in your spreadsheet program if they are meant."),
            columns=", ".join(sheet.columns),
        )
    if rows := [number for number in sheet.struck if number >= heading_row]:
        yield warning(
            Location(name, rows[0]),
            N_("What is struck out is not printed (rows {rows})."),
            N_("Take the line away in your spreadsheet program if it is meant."),
            rows=named_rows(rows),
        )
