"""Reads the sheets of an .xlsx file: values as they are shown, never a formula, within bounds."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import repeat
from typing import Any
from xml.parsers import expat

from careerprint.core.bounds import beyond
from careerprint.core.diagnostics import Location, Refused, refuse
from careerprint.fairs.cells import (
    DAMAGED,
    MOST_COLUMNS,
    NOT_ONE,
    Broken,
    Cell,
    Shape,
    Worksheet,
    cell_of,
    files_in,
    row_of,
    too_many_columns,
    visible_sheets,
)

_LAST_ROW = 1_048_576  # the last row of an Excel sheet
_FORMULA = re.compile(rb"<(\w+:)?f[\s>/]")
_STRUCK = re.compile(rb"<(\w+:)?strike[\s/>]")
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]+)([0-9]+)["']""")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(content: bytes, name: str, most: int) -> list[Worksheet]:
    """Return the visible sheets of the .xlsx file `name`, of `most` rows; raises Refused."""
    names = files_in(content, name, ".xlsx")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:  # .xlsb has a .bin
        raise refuse(name, *NOT_ONE, kind=".xlsx")
    try:
        with warnings.catch_warnings():  # of styles and other things that nobody reads here
            warnings.simplefilter("ignore")
            return list(_xlsx_sheets(content, name, most))
    except Refused:
        raise
    except Exception:  # what a library makes of bytes that anybody may have written
        raise refuse(name, *DAMAGED) from None


def _xlsx_sheets(content: bytes, name: str, most: int) -> Iterator[Worksheet]:
    from openpyxl import load_workbook

    def sheets(data_only: bool) -> list[Any]:
        book = load_workbook(
            io.BytesIO(content), read_only=True, data_only=data_only, rich_text=is_struck
        )
        return [s for s in book.worksheets if s.sheet_state == "visible"]

    is_struck = _holds(content, _STRUCK)  # looked for in cells where there is any
    # A formula's text is in the file beside its value; where there is none, one look is enough.
    formulas = sheets(data_only=False) if _holds(content, _FORMULA) else None
    found = sheets(data_only=True)
    for index, sheet in enumerate(found):
        shape = _shape_of(content, sheet, most)
        rows = []
        written = _xlsx_rows(formulas[index], name, most) if formulas else repeat((0, repeat(None)))
        for (number, cells), (_, sources) in zip(
            _xlsx_rows(sheet, name, most), written, strict=False
        ):
            rows.append(row_of(number, map(_xlsx_cell, cells, sources)))
            if is_struck:
                struck = (
                    at for at, c in enumerate(cells, 1) if c.value is not None and c.font.strike
                )
                shape.struck.update((number, at) for at in struck)
        yield shape.worksheet(sheet.title, [row for row in rows if row])
    if not found:  # a strict file has other namespaces, of which openpyxl finds nothing
        yield from _by_calamine(content, name, most)


def _by_calamine(content: bytes, name: str, most: int) -> Iterator[Worksheet]:
    _refuse_far_cells(content, name, most)
    for title, sheet in visible_sheets(content):
        if sheet.height > most:
            raise beyond(Location(name, sheet.height), "table_rows", most)
        if sheet.width > MOST_COLUMNS:
            raise too_many_columns(name, 1)
        values = sheet.to_python(skip_empty_area=False)
        rows = (row_of(number, map(cell_of, row)) for number, row in enumerate(values, 1))
        yield Worksheet(title, tuple(row for row in rows if row))


def _refuse_far_cells(content: bytes, name: str, most: int) -> None:
    """Raise Refused for a cell far from the others: calamine takes memory for all between them."""
    from openpyxl.utils import get_column_letter

    last = get_column_letter(MOST_COLUMNS).encode()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for sheet in (n for n in file.namelist() if n.endswith(".xml")):
            for letters, digits in _CELL.findall(file.read(sheet)):
                if int(digits) > most:
                    raise beyond(Location(name, int(digits)), "table_rows", most)
                if (len(letters), letters) > (len(last), last):
                    raise too_many_columns(name, int(digits))


def _shape_of(content: bytes, sheet: Any, most: int) -> Shape:  # noqa: ANN401 - openpyxl's sheet
    """Return the shape of a sheet in an .xlsx file; openpyxl does not tell it when it streams."""
    from openpyxl.utils import range_boundaries

    shape = Shape()
    targets: dict[str, str] = {}  # of links, by the names that the sheet has for them

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "row" and attributes.get("hidden") in {"1", "true"} and "r" in attributes:
            shape.hidden.add(int(attributes["r"]))
        elif local == "col" and attributes.get("hidden") in {"1", "true"}:
            last = min(int(attributes["max"]), MOST_COLUMNS)
            shape.columns.update(range(int(attributes["min"]), last + 1))
        elif local == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            shape.merged.append((top or 1, left or 1, bottom or most, right or MOST_COLUMNS))
        elif local == "hyperlink":
            left, top, *_ = range_boundaries(attributes["ref"])
            names = (value for name, value in attributes.items() if name.endswith(":id"))
            if address := targets.get(next(names, "")):
                shape.links[top or 1, left or 1] = address
        elif local == "Relationship" and attributes.get("TargetMode") == "External":
            targets[attributes["Id"]] = attributes["Target"]

    path = sheet._worksheet_path
    folder, _, name = path.rpartition("/")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for part in (f"{folder}/_rels/{name}.rels", path):
            if part in file.namelist():
                parser = expat.ParserCreate()
                parser.StartElementHandler = start
                parser.Parse(file.read(part), True)
    return shape


def _holds(content: bytes, wanted: re.Pattern[bytes]) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = [n for n in file.namelist() if n.startswith("xl/") and n.endswith(".xml")]
        return any(wanted.search(file.read(n)) for n in parts)


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
    if type(value) in {int, float}:
        value = _shown_number(value, valued.number_format)
    if isinstance(value, list):  # a text in pieces, of which some may be struck out
        pieces = (p for p in value if isinstance(p, str) or not p.font.strike)
        value = "".join(map(str, pieces)).strip()
    # A formula with an empty text as its result has the type of a text.
    if value is None and written and written.data_type == "f" and valued.data_type != "str":
        return Broken(str(getattr(written.value, "text", written.value)))
    if isinstance(value, str) and "_x" in value:
        # Source: ECMA-376 Part 1, 22.9.2.19 ST_Xstring; a pair of escapes may be one character
        value = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return cell_of(value)


def _shown_number(value: float, number_format: str) -> float | str:
    """Return a number as its cell shows it, where that says more than the number: 007, B 14, 4.10.

    Source: ECMA-376 Part 1, 18.8.31. Formats for dates, percentages and the like are left alone.
    """
    positive = re.sub(r"\[[^\]]*\]|_.|\*.", "", number_format.split(";", maxsplit=1)[0])
    literal = r'((?:"[^"]*"|\\.|[ \-/()])*)'
    found = re.fullmatch(rf"{literal}(#*0*)(?:([.])(0+))?{literal}", positive)
    if not found or value < 0:
        return value
    before, digits, _, decimals, behind = found.groups()
    before, behind = (re.sub(r'"|\\(?=.)', "", part or "") for part in (before, behind))
    whole = f"{value:.{len(decimals or '')}f}"
    padded = whole.zfill(digits.count("0") + (len(decimals) + 1 if decimals else 0))
    if not (before or behind or decimals) and padded == f"{value:g}":
        return value
    return f"{before}{padded}{behind}"
