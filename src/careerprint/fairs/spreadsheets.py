"""Reads the sheets of an .xlsx or .ods file: values only, never a formula, and within bounds.

Such a file is a zip of XML that anybody may have made. Its uncompressed size and the area that it
claims are therefore looked at before a library reads it.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any
from xml.parsers import expat

from careerprint.core.bounds import beyond
from careerprint.core.diagnostics import N_, Location, Refused, refuse
from careerprint.fairs.cells import Broken, Cell, Row, cell_of, row_of

MOST_COLUMNS = 200
MOST_UNPACKED = 100_000_000
"""Bytes; 20,000 rows of twenty filled columns take 60 million of them as .ods, 25 as .xlsx."""
_LAST_ROW = 1_048_576  # the last row of an Excel sheet

# The first bytes of Microsoft's older container: an .xls file, or one with a password.
# Source: [MS-CFB] 2.2, Compound File Header
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 1.3.3
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_FORMULA = re.compile(rb"<(\w+:)?f[\s>/]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The rows of one sheet that hold something, in order."""

    name: str
    rows: tuple[Row, ...]


def read_xlsx(content: bytes, name: str, most: int) -> list[Worksheet]:
    """Return the visible sheets of the .xlsx file `name`, of `most` rows; raises Refused."""
    names = _looked_into(content, name, ".xlsx")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:  # .xlsb has a .bin
        raise _not_one(name, ".xlsx")
    try:
        with warnings.catch_warnings():  # of styles and other things that nobody reads here
            warnings.simplefilter("ignore")
            return list(_xlsx_sheets(content, name, most))
    except Refused:
        raise
    except Exception:  # what a library makes of bytes that anybody may have written
        raise _damaged(name) from None


def read_ods(content: bytes, name: str, most: int) -> list[Worksheet]:
    """Return the sheets of the .ods file `name`, of `most` rows; raises Refused.

    A line of a cell is a paragraph there, as LibreOffice writes it: calamine drops tabs and the
    element for a line break.
    """
    names = _looked_into(content, name, ".ods")
    if "mimetype" not in names or "content.xml" not in names:
        raise _not_one(name, ".ods")
    try:
        area = _ods_area(content, name, most)
        return list(_ods_sheets(content, area))
    except Refused:
        raise
    except Exception:  # as above
        raise _damaged(name) from None


def too_many_columns(name: str, row: int) -> Refused:
    """Return the refusal of a table with a row that goes on beyond the last column."""
    return refuse(
        Location(name, row),
        N_("This row goes on beyond column {most}."),
        N_("Delete what stands far to the right of the table."),
        most=MOST_COLUMNS,
    )


def _looked_into(content: bytes, name: str, kind: str) -> set[str]:
    """Return the names of the files in a zip that is safe to unpack."""
    if content.startswith(_OLE):
        raise _locked(name) if _ENCRYPTED_PACKAGE in content else _not_one(name, kind)
    if not content.startswith(b"PK\x03\x04"):
        raise _not_one(name, kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            infos = file.infolist()
    except Exception:  # zipfile raises half a dozen kinds for broken directories
        raise _damaged(name) from None
    if any(info.flag_bits & 1 for info in infos) or "encrypted-package" in file.namelist():
        raise _locked(name)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise refuse(
            Location(name),
            N_("The file is larger than a table of fairs can be."),
            N_("Copy the rows into a new spreadsheet and save that."),
        )
    return {info.filename for info in infos}


def _xlsx_sheets(content: bytes, name: str, most: int) -> Iterator[Worksheet]:
    from openpyxl import load_workbook

    def sheets(data_only: bool) -> list[Any]:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
        return [s for s in book.worksheets if s.sheet_state == "visible"]

    # A formula's text is in the file beside its value; where there is none, one look is enough.
    formulas = sheets(data_only=False) if _has_formulas(content) else None
    for index, sheet in enumerate(sheets(data_only=True)):
        rows = []
        written = _xlsx_rows(formulas[index], name, most) if formulas else repeat((0, repeat(None)))
        for (number, cells), (_, sources) in zip(
            _xlsx_rows(sheet, name, most), written, strict=False
        ):
            rows.append(row_of(number, map(_xlsx_cell, cells, sources)))
        yield Worksheet(sheet.title, tuple(row for row in rows if row))


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheets = [n for n in file.namelist() if n.startswith("xl/") and n.endswith(".xml")]
        return any(_FORMULA.search(file.read(n)) for n in sheets)


def _xlsx_rows(sheet: Any, name: str, most: int) -> Iterator[tuple[int, Any]]:  # noqa: ANN401 - openpyxl's cells
    """Give each row's number and cells, as far as there are any."""
    sheet.reset_dimensions()  # the area that the file claims may be a million empty rows
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW), 1):
        filled = [at for at, cell in enumerate(cells, 1) if cell.value is not None]
        if filled and number > most:
            raise beyond(Location(name, number), "table_rows", most)
        if filled and filled[-1] > MOST_COLUMNS:
            raise too_many_columns(name, number)
        if cells:
            yield number, cells


def _xlsx_cell(valued: Any, written: Any) -> Cell:  # noqa: ANN401 - openpyxl's cells
    """Return a cell: as it is with its value, and as it is written, where there are formulas."""
    value = valued.value
    # A formula with an empty text as its result has the type of a text.
    if value is None and written and written.data_type == "f" and valued.data_type != "str":
        return Broken(str(getattr(written.value, "text", written.value)))
    if isinstance(value, str) and "_x" in value:
        # Source: ECMA-376 Part 1, 22.9.2.19 ST_Xstring; a pair of escapes may be one character
        value = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return cell_of(value)


def _ods_area(content: bytes, name: str, most: int) -> "_Area":
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        if file.read("mimetype").strip() != _ODS_TYPE:
            raise _not_one(name, ".ods")
        manifest = "META-INF/manifest.xml"
        if manifest in file.namelist() and b"encryption-data" in file.read(manifest):
            raise _locked(name)
        area = _Area(name, most)
        area.look_at(file.read("content.xml"))
        return area


def _ods_sheets(content: bytes, area: "_Area") -> Iterator[Worksheet]:
    from python_calamine import load_workbook

    with load_workbook(io.BytesIO(content)) as book:
        for index, name in enumerate(book.sheet_names):
            broken = area.broken.get(name, {})
            sheet = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
            rows = (
                row_of(
                    number,
                    (broken.get((number, at)) or cell_of(v) for at, v in enumerate(values, 1)),
                )
                for number, values in enumerate(sheet, 1)
            )
            yield Worksheet(name, tuple(row for row in rows if row))


@dataclass(slots=True)
class _Area:
    """Looks at the area that an .ods file fills, and at its formulas, before calamine reads it.

    Repeated rows and columns are a number in the file, and calamine makes cells of all of them. It
    also gives a formula that failed as an empty cell. `broken` has those: sheet → row and column,
    all but the sheet counted from 1.
    """

    name: str
    most: int
    broken: dict[str, dict[tuple[int, int], Broken]] = field(default_factory=dict)
    _sheet: str = ""
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _in_cell: bool = False

    def look_at(self, xml: bytes) -> None:
        """Read content.xml; raises Refused where it fills too much."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._sheet, self._row, self._rows = attributes.get("table:name", ""), 0, 1
        elif tag == "table:table-row":
            self._row += 1
            self._rows = int(attributes.get("table:number-rows-repeated", "1"))
            self._column = 0
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            first = self._column + 1
            self._column += int(attributes.get("table:number-columns-repeated", "1"))
            self._in_cell = True
            if "table:formula" in attributes or "office:value-type" in attributes:
                self._bound()
                self._note(attributes, first)
        elif self._in_cell:
            self._bound()

    def _end(self, tag: str) -> None:
        if tag == "table:table-row":
            self._row += self._rows - 1
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            self._in_cell = False

    def _bound(self) -> None:
        last = self._row + self._rows - 1
        if last > self.most:
            raise beyond(Location(self.name, last), "table_rows", self.most)
        if self._column > MOST_COLUMNS:
            raise too_many_columns(self.name, self._row)

    def _note(self, attributes: dict[str, str], first: int) -> None:
        formula = attributes.get("table:formula")
        failed = attributes.get("calcext:value-type") == "error"
        if formula is None or ("office:value-type" in attributes and not failed):
            return
        cells = self.broken.setdefault(self._sheet, {})
        for row in range(self._row, self._row + self._rows):
            for column in range(first, self._column + 1):
                cells[row, column] = Broken("=" + formula.partition("=")[2])


def _not_one(name: str, kind: str) -> Refused:
    return refuse(
        Location(name),
        N_("This is not an {kind} file, whatever its name says."),
        N_("Open it in your spreadsheet program and save it as .xlsx or as “CSV UTF-8”."),
        kind=kind,
    )


def _locked(name: str) -> Refused:
    return refuse(
        Location(name),
        N_("The file is protected by a password."),
        N_("Save a copy of it without a password."),
    )


def _damaged(name: str) -> Refused:
    return refuse(
        Location(name),
        N_("The file is damaged or not complete."),
        N_("Open it in your spreadsheet program and save it again."),
    )
