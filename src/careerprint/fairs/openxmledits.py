"""Writes single cells of an .xlsx file back: all else of it stays as it is, to the byte.

openpyxl would write the whole workbook anew, without what it does not know: pictures, shapes,
form controls. So the cells are changed in the XML of their sheet.
Source: ECMA-376 Part 1, 18.3.1 (worksheets), 18.8 (styles), 18.6 (calculation chain).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.fairs.csvtext import CellEdit

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NUMBER = re.compile(r"0|[1-9]\d{0,8}")
_TEXT_FORMAT = 49  # numFmtId of "@". Source: 18.8.30
_CHAIN = "xl/calcChain.xml"


def xlsx_with_edits(content: bytes, name: str, sheet: str, edits: Iterable[CellEdit]) -> bytes:
    """Return the .xlsx file `name` with some cells of a sheet holding something else.

    A day (12.03.2027) becomes one where the cell, or one above it, is formatted as a day, and a
    whole number becomes one unless the cell is formatted as text; all else is text. Raises Refused
    for a cell whose formula other cells share.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        part = _part_of(book, sheet)
        root = _parsed(book.read(part))
        cells = _Cells(root, name, _formats(book), _epoch(book))
        for edit in sorted(edits, key=lambda e: (e.row, e.column)):
            cells.put(edit)
        changed = {part: etree.tostring(root, xml_declaration=True, encoding="UTF-8")}
        dropped = set[str]()
        if cells.lost_formula and _CHAIN in book.namelist():
            dropped = {_CHAIN}
            for other in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
                changed[other] = _without_chain(book.read(other))
        return _rewritten(book, changed, dropped)


class _Cells:
    """The cells of a sheet's XML; `lost_formula` tells whether one that was a formula is none."""

    def __init__(self, root: Any, name: str, formats: list[str], epoch: Any) -> None:  # noqa: ANN401 - lxml's, openpyxl's
        self._space = root.tag.rpartition("}")[0] + "}"
        self._data = root.find(f"{self._space}sheetData")
        merged = root.iter(f"{self._space}mergeCell")
        self._merged: list[Any] = [range_boundaries(each.get("ref")) for each in merged]
        self._rows = {int(row.get("r")): row for row in self._data if row.get("r")}
        self._name, self._formats, self._epoch = name, formats, epoch
        self.lost_formula = False

    def put(self, edit: CellEdit) -> None:
        """Change a cell; one within a merged area is the area's first."""
        row, column = edit.row, edit.column + 1
        for left, top, right, bottom in self._merged:
            if left <= column <= right and top <= row <= bottom:
                row, column = top, left
        cell = self._cell(row, column)
        formula = cell.find(f"{self._space}f")
        if formula is not None:
            if formula.get("ref"):
                raise refuse(
                    Location(self._name, row),
                    N_("This cell has a formula that other cells use."),
                    N_("Change it in your spreadsheet program."),
                )
            self.lost_formula = True
        self._fill(cell, edit.text, row, column)

    def _fill(self, cell: Any, text: str, row: int, column: int) -> None:  # noqa: ANN401 - lxml's
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        style = int(cell.get("s", "0"))
        day = _day_of(text)
        if day is not None:
            styles = [style, *self._styles_above(row, column)]
            dated = next((s for s in styles if is_date_format(self._format(s))), None)
            if dated is not None:
                cell.set("s", str(dated))
                self._value(cell, f"{to_excel(day, self._epoch):g}")  # type: ignore[no-untyped-call]
                return
        if _NUMBER.fullmatch(text) and self._format(style) != BUILTIN_FORMATS[_TEXT_FORMAT]:
            self._value(cell, text)
        elif text:
            cell.set("t", "inlineStr")
            inline = etree.SubElement(cell, f"{self._space}is")
            written = etree.SubElement(inline, f"{self._space}t")
            written.text = text
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _value(self, cell: Any, written: str) -> None:  # noqa: ANN401 - lxml's
        etree.SubElement(cell, f"{self._space}v").text = written

    def _cell(self, number: int, column: int) -> Any:  # noqa: ANN401 - lxml's
        """Return a cell, made with the style of the one above where there is none."""
        row = self._rows.get(number)
        if row is None:
            row = etree.Element(f"{self._space}row", r=str(number))
            later = [r for r in self._rows if r > number]
            if later:
                self._rows[min(later)].addprevious(row)
            else:
                self._data.append(row)
            self._rows[number] = row
        row.attrib.pop("spans", None)
        reference = f"{get_column_letter(column)}{number}"
        behind = None
        for cell in row:
            at = column_index_from_string(re.sub(r"\d", "", cell.get("r", "A1")))
            if at == column:
                return cell
            if at > column:
                behind = cell
                break
        made = etree.Element(f"{self._space}c", r=reference)
        above = next(self._styles_above(number, column), 0)
        if above:
            made.set("s", str(above))
        if behind is None:
            row.append(made)
        else:
            behind.addprevious(made)
        return made

    def _styles_above(self, number: int, column: int) -> Iterator[int]:
        """Yield the styles of the cells above, the nearest first."""
        letter = get_column_letter(column)
        for above in sorted((r for r in self._rows if r < number), reverse=True):
            for cell in self._rows[above]:
                if cell.get("r") == f"{letter}{above}":
                    yield int(cell.get("s", "0"))

    def _format(self, style: int) -> str:
        return self._formats[style] if style < len(self._formats) else "General"


def _day_of(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - lxml's
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet."""
    workbook = _parsed(book.read("xl/workbook.xml"))
    targets = {
        relation.get("Id"): relation.get("Target")
        for relation in _parsed(book.read("xl/_rels/workbook.xml.rels"))
    }
    names = (e for e in workbook.iter() if etree.QName(e).localname == "sheet")
    key = next(e.get(f"{{{_REL}}}id") for e in names if e.get("name") == sheet)
    target = str(targets[key])
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formats(book: zipfile.ZipFile) -> list[str]:
    """Return the number formats of a workbook's styles, in their order."""
    if "xl/styles.xml" not in book.namelist():
        return []
    root = _parsed(book.read("xl/styles.xml"))
    space = root.tag.rpartition("}")[0] + "}"
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter(f"{space}numFmt")}
    styles = root.find(f"{space}cellXfs")
    numbers = [style.get("numFmtId", "0") for style in (styles if styles is not None else ())]
    return [own.get(n) or BUILTIN_FORMATS.get(int(n), "General") for n in numbers]


def _epoch(book: zipfile.ZipFile) -> Any:  # noqa: ANN401 - openpyxl's
    told = rb"<(?:\w+:)?workbookPr[^>]*date1904=\"(?:1|true)\""
    is_1904 = re.search(told, book.read("xl/workbook.xml"))
    return CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900


def _without_chain(content: bytes) -> bytes:
    """Return a part that lists others without the calculation chain; Excel makes it anew."""
    root = _parsed(content)
    for entry in list(root):
        if any("calcChain.xml" in (entry.get(key) or "") for key in ("PartName", "Target")):
            root.remove(entry)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _rewritten(book: zipfile.ZipFile, changed: dict[str, bytes], dropped: set[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in book.infolist():
            if info.filename not in dropped:
                made.writestr(info, changed.get(info.filename, book.read(info.filename)))
    return out.getvalue()
