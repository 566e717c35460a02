"""What the cells and sheets of a table hold, whichever program has written it.

The same table saved as CSV, .xlsx or .ods ends in the same cells, but for dates and numbers: in a
CSV file they are text. A spreadsheet is a zip of XML that anybody may have made, so its size when
unpacked, and the area that it claims, are looked at before a library reads it.
"""

import csv
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Self

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# What stands in a cell whose formula failed, in whatever language, or is still being fetched.
# Source: the lists of error values of Excel, LibreOffice and Google Sheets
_ERROR = re.compile(
    r"#(?:N/?A(?: N/A)?|N/?V|[A-ZÄÖÜÉÈÇ][A-ZÄÖÜÉÈÇ0-9_/ ]{1,24}[!?])|(?:Err|Fehler):\d{3}"
    r"|##+|#(?:GETTING_DATA|DATEN_ABRUFEN)|(?:Loading|Wird geladen|Laden)\s?(?:…|\.{3})"
)
NO_RESULT = "#WERT!"
# What a spreadsheet takes for the start of a formula when it opens a CSV file.
# Source: https://owasp.org/www-community/attacks/CSV_Injection
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_KEPT_FROM_BEING_ONE = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Broken:
    """A formula whose result is an error or is not in the file; `written` is what stands there."""

    written: str


class Linked(str):
    """A text with a link behind it; `address` is where that leads."""

    __slots__ = ("address",)
    address: str

    def __new__(cls, text: str, address: str) -> Self:
        """Return the text with the address that it leads to."""
        linked = super().__new__(cls, text)
        linked.address = address
        return linked


Cell = str | int | float | date | datetime | Broken | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells from the first column on.

    Cells behind the last one that holds something are left out.
    """

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Return the cell of a column, counted from 0."""
        return self.cells[column] if column < len(self.cells) else None


def cell_of(value: object) -> Cell:
    r"""Return as a cell what a reading library gives for one.

    Text keeps its line breaks, as \n. A number without decimals is an int, a date without a time
    of day a date. Truth values and times are text, as German Excel writes them into a CSV file.
    """
    match value:
        case None | "":
            return None
        case float() if math.isfinite(value):
            return int(value) if value.is_integer() else value
        case float():
            return Broken(NO_RESULT)
        case datetime() if value.time() == time():
            return value.date()
        case date() | int() if not isinstance(value, bool):
            return value
        case _:
            return _text_of(value)


def _text_of(value: object) -> str | Broken:
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    bare = text.strip()
    if _ERROR.fullmatch(bare):
        return Broken(bare)
    return text


def row_of(number: int, cells: Iterable[Cell]) -> Row | None:
    """Return a row, or None if it holds nothing but spaces."""
    kept = list(cells)
    while kept and is_empty(kept[-1]):
        kept.pop()
    return Row(number, tuple(kept)) if kept else None


def is_empty(cell: Cell) -> bool:
    """Tell whether a cell holds nothing or spaces alone."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """Return a cell as German Excel writes it into a CSV file: 12.03.2027; 3,5.

    A formula without a result becomes #WERT!, which never passes for somebody's text.
    """
    match cell:
        case None:
            return ""
        case float():
            return f"{cell:.15g}".replace(".", ",")
        case datetime():
            return f"{as_text(cell.date())} {cell:%H:%M}"
        case date():
            return f"{cell.day:02}.{cell.month:02}.{cell.year:04}"
        case Broken():
            return NO_RESULT if cell.written.startswith("=") else cell.written
    return str(cell)


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    r"""Return rows as the text of a CSV file that German Excel opens with a double click.

    That is: a byte order mark, semicolons, lines ending in \\r\\n. A cell that a spreadsheet would
    take for a formula (=, +, -, @ at its start) gets an apostrophe before it, so that nothing is
    evaluated and a telephone number +49… stays one. `without_apostrophe` takes it away on reading.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(map(guarded, row))
    return "\ufeff" + out.getvalue()


def guarded(text: str) -> str:
    """Return a cell of a CSV file so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def without_apostrophe(text: str) -> str:
    """Return a cell of a CSV file as it was before `as_csv`; other apostrophes stay."""
    return text[1:] if _KEPT_FROM_BEING_ONE.match(text) else text


_MOST_NAMED = 5  # rows
MOST_COLUMNS = 200
MOST_UNPACKED = 100_000_000
"""Bytes; 20,000 rows of twenty filled columns take 60 million of them as .ods, 25 as .xlsx."""
# The first bytes of Microsoft's older container: an .xls file, or one with a password.
# Source: [MS-CFB] 2.2, Compound File Header
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 1.3.3

NOT_ONE = (
    N_("This is not an {kind} file, whatever its name says."),
    N_("Open it in your spreadsheet program and save it as .xlsx or as “CSV UTF-8”."),
)
LOCKED = (N_("The file is protected by a password."), N_("Save a copy of it without a password."))
DAMAGED = (
    N_("The file is damaged or not complete."),
    N_("Open it in your spreadsheet program and save it again."),
)
_TOO_LARGE = (
    N_("The file is larger than a table of fairs can be."),
    N_("Copy the rows into a new spreadsheet and save that."),
)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The rows of a sheet that hold something, and the numbers of `hidden` ones, left out.

    `columns` are the letters of hidden ones, `struck` the numbers of rows with cells that are
    struck out; these are empty. `diagnostics` say what else of it is not read. `wide` are areas of
    several columns: the row, the first column and the last, counted from 1.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    struck: tuple[int, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    wide: tuple[tuple[int, int, int], ...] = ()


@dataclass(slots=True)
class Shape:
    """What of a sheet stands beside its cells: merged areas, what is not shown, links.

    An area is its first row, its first column, its last row and its last column, counted from 1.
    Links lead from row and column to an address; `struck` are row and column of cells that are
    struck out.
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    links: dict[tuple[int, int], str] = field(default_factory=dict)

    def worksheet(self, name: str, rows: list[Row]) -> Worksheet:
        """Return rows as a sheet: cells of a merged area have its value, what is hidden is out."""
        by_number = {row.number: list(row.cells) for row in rows}
        for (number, column), address in self.links.items():
            cell = (by_number.get(number) or [])[column - 1 : column]
            if cell and isinstance(cell[0], str):
                by_number[number][column - 1] = Linked(cell[0], address)
        for top, left, bottom, _ in self.merged:
            value = (by_number.get(top) or [])[left - 1 : left]
            below = [n for n in by_number if top < n <= bottom] if value else []
            for cells in map(by_number.__getitem__, below):
                cells.extend([None] * (left - len(cells)))
                cells[left - 1] = value[0]
        numbers = sorted(by_number)
        taken = {"struck": set[int](), "columns": set[int]()}
        for number, held in by_number.items() if self.columns or self.struck else ():
            for at in range(1, len(held) + 1):
                in_columns = at in self.columns
                if not is_empty(held[at - 1]) and (in_columns or (number, at) in self.struck):
                    taken["columns" if in_columns else "struck"].add(at if in_columns else number)
                    held[at - 1] = None
        shown = (row_of(n, by_number[n]) for n in numbers if n not in self.hidden)
        left_out = tuple(n for n in numbers if n in self.hidden)
        columns = tuple(column_letters(at - 1) for at in sorted(taken["columns"]))
        struck = tuple(sorted(taken["struck"] - self.hidden))
        wide = tuple((top, left, right) for top, left, _, right in self.merged if right > left)
        kept = tuple(row for row in shown if row)
        return Worksheet(name, kept, left_out, columns, struck, wide=wide)


def column_letters(column: int) -> str:
    """Return a column, counted from 0, as spreadsheets head it: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


def visible_sheets(content: bytes) -> Iterator[tuple[str, "CalamineSheet"]]:
    """Yield the visible sheets of a spreadsheet, as calamine reads them, with their names."""
    from python_calamine import SheetVisibleEnum, load_workbook

    with load_workbook(io.BytesIO(content)) as book:
        for index, known in enumerate(book.sheets_metadata):
            if known.visible is SheetVisibleEnum.Visible:
                yield known.name, book.get_sheet_by_index(index)


def named_rows(numbers: Sequence[int | str]) -> str:
    """Return rows as a message names them: the first five."""
    shown = ", ".join(map(str, numbers[:_MOST_NAMED]))
    return f"{shown} …" if len(numbers) > _MOST_NAMED else shown


def too_many_columns(name: str, row: int) -> Refused:
    """Return the refusal of a table with a row that goes on beyond the last column."""
    return refuse(
        Location(name, row),
        N_("This row goes on beyond column {most}."),
        N_("Delete what stands far to the right of the table."),
        most=MOST_COLUMNS,
    )


def files_in(content: bytes, name: str, kind: str) -> set[str]:
    """Return the names of the files in a zip that is safe to unpack."""
    if content.startswith(_OLE):
        told = LOCKED if _ENCRYPTED_PACKAGE in content else NOT_ONE
        raise refuse(name, *told, kind=kind)
    if not content.startswith(b"PK\x03\x04"):
        raise refuse(name, *NOT_ONE, kind=kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            infos = file.infolist()
    except Exception:  # zipfile raises half a dozen kinds for broken directories
        raise refuse(name, *DAMAGED) from None
    if any(info.flag_bits & 1 for info in infos) or "encrypted-package" in file.namelist():
        raise refuse(name, *LOCKED)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise refuse(name, *_TOO_LARGE)
    return {info.filename for info in infos}
