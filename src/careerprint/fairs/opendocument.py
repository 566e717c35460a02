"""Reads the sheets of an .ods file: values only, never a formula, and within bounds."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from careerprint.core.bounds import beyond
from careerprint.core.diagnostics import Location, Refused, refuse
from careerprint.fairs.cells import (
    DAMAGED,
    LOCKED,
    MOST_COLUMNS,
    NOT_ONE,
    Broken,
    Shape,
    Worksheet,
    cell_of,
    files_in,
    row_of,
    too_many_columns,
    visible_sheets,
)

_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_CELLS = {"table:table-cell", "table:covered-table-cell"}
_NOT_SHOWN = {"collapse", "filter"}


def read_ods(content: bytes, name: str, most: int) -> list[Worksheet]:
    """Return the sheets of the .ods file `name`, of `most` rows; raises Refused.

    A line of a cell is a paragraph there, as LibreOffice writes it: calamine drops tabs and the
    element for a line break.
    """
    if not files_in(content, name, ".ods") >= {"mimetype", "content.xml"}:
        raise refuse(name, *NOT_ONE, kind=".ods")
    try:
        return list(_ods_sheets(content, _ods_area(content, name, most)))
    except Refused:
        raise
    except Exception:  # what a library makes of bytes that anybody may have written
        raise refuse(name, *DAMAGED) from None


def _ods_area(content: bytes, name: str, most: int) -> "_Area":
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        if file.read("mimetype").strip() != _ODS_TYPE:
            raise refuse(name, *NOT_ONE, kind=".ods")
        manifest = "META-INF/manifest.xml"
        if manifest in file.namelist() and b"encryption-data" in file.read(manifest):
            raise refuse(name, *LOCKED)
        area = _Area(name, most)
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = area.start, area.end
        parser.Parse(file.read("content.xml"), True)
        return area


def _ods_sheets(content: bytes, area: "_Area") -> Iterator[Worksheet]:
    for name, sheet in visible_sheets(content):
        broken, rows = area.broken.get(name, {}), []
        for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
            cells = (broken.get((number, at)) or cell_of(v) for at, v in enumerate(values, 1))
            rows.append(row_of(number, cells))
        shape = area.shapes.get(name, Shape())
        yield shape.worksheet(name, [row for row in rows if row])


@dataclass(slots=True)
class _Area:
    """Looks at the area that an .ods file fills, and at its formulas, before calamine reads it.

    Repeated rows and columns are a number in the file, and calamine makes cells of all of them. It
    also gives a formula that failed as an empty cell. `broken` has those: sheet → row and column,
    all but the sheet counted from 1. `shapes` are those of the sheets.
    """

    name: str
    most: int
    broken: dict[str, dict[tuple[int, int], Broken]] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    _sheet: str = ""
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _in_cell: bool = False
    _style: str = ""
    _struck: set[str] = field(default_factory=set)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element of content.xml; raises Refused where the sheet is too large."""
        if tag == "table:table":
            self._sheet, self._row, self._rows = attributes.get("table:name", ""), 0, 1
            self._column = 0
        elif tag == "table:table-row":
            self._start_row(attributes)
        elif tag in _CELLS:
            self._start_cell(attributes)
        elif tag == "table:table-column":
            columns = self._next_columns(attributes)
            if attributes.get("table:visibility") in _NOT_SHOWN:
                self._shape().columns.update(columns)
        elif tag.startswith("style:"):
            self._style = attributes.get("style:name", self._style)
            if attributes.get("style:text-line-through-style", "none") != "none":
                self._struck.add(self._style)
        elif self._in_cell:
            self._bound()
            if tag == "text:a" and "xlink:href" in attributes:
                self._shape().links[self._row, self._column] = attributes["xlink:href"]

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row, self._column = self._row + 1, 0
        self._rows = int(attributes.get("table:number-rows-repeated", "1"))
        if attributes.get("table:visibility") in _NOT_SHOWN:
            last = min(self._row + self._rows - 1, self.most)
            self._shape().hidden.update(range(self._row, last + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        columns = self._next_columns(attributes)
        self._in_cell = True
        if attributes.get("table:style-name") in self._struck:
            self._shape().struck.update((self._row, column) for column in columns)
        if "table:formula" in attributes or "office:value-type" in attributes:
            self._bound()
            self._note(attributes, columns.start)
        rows = int(attributes.get("table:number-rows-spanned", "1"))
        wide = int(attributes.get("table:number-columns-spanned", "1"))
        if rows > 1 or wide > 1:
            area = self._row, columns.start, self._row + rows - 1, columns.start + wide - 1
            self._shape().merged.append(area)

    def _next_columns(self, attributes: dict[str, str]) -> range:
        first = self._column + 1
        self._column += int(attributes.get("table:number-columns-repeated", "1"))
        return range(first, min(self._column, MOST_COLUMNS) + 1)

    def _shape(self) -> Shape:
        return self.shapes.setdefault(self._sheet, Shape())

    def end(self, tag: str) -> None:
        """Take note of the end of an element."""
        if tag == "table:table-row":
            self._row += self._rows - 1
        elif tag in _CELLS:
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
