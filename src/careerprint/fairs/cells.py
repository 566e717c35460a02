"""What the cells of a table hold, whichever program has written it, and how a table is written.

The same table saved as CSV, .xlsx or .ods ends in the same cells, but for dates and numbers: in a
CSV file they are text.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

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
        writer.writerow([f"'{c}" if _LIKE_A_FORMULA.match(c) else c for c in row])
    return "\ufeff" + out.getvalue()


def without_apostrophe(text: str) -> str:
    """Return a cell of a CSV file as it was before `as_csv`; other apostrophes stay."""
    return text[1:] if _KEPT_FROM_BEING_ONE.match(text) else text
