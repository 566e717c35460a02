"""Tables as spreadsheet programs save them, for the tests: .xlsx, .ods, CSV."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

from careerprint.core.reader import Reader
from careerprint.fairs.csvtext import Fits
from careerprint.fairs.tables import Book, Table, parse_tables

Value = str | int | float | date | None
Rows = Iterable[Sequence[Value]]

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
_CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def read_table(reader: Reader, name: str, fits: Fits) -> Table:
    """Return the table in a file of a workspace."""
    return only_table(read_book(reader, name, fits))


def read_book(reader: Reader, name: str, fits: Fits) -> Book:
    """Return the tables in a file of a workspace."""
    return parse_tables(reader.read_bytes(name), name, fits, reader.bounds)


def only_table(book: Book) -> Table:
    """Return the table of a file that has one."""
    (table,) = book.tables
    return table


def book_of(table: Table) -> Book:
    """Return a table as a file that holds nothing else."""
    return Book(table.name, (table,))


def xlsx(rows: Rows, **others: Rows) -> bytes:
    """Return a workbook with a sheet of the rows, and others by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in {"Tabelle1": rows, **others}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def packed(members: Mapping[str, str | bytes], *, compressed: bool = True) -> bytes:
    """Return a zip of files by name."""
    file = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def ods(rows: Rows, **others: Rows) -> bytes:
    """Return an OpenDocument spreadsheet as LibreOffice writes the rows, and other sheets."""
    sheets = {"Tabelle1": rows, **others}
    return ods_of("".join(_ods_sheet(name, content) for name, content in sheets.items()))


def ods_of(tables: str) -> bytes:
    """Return an OpenDocument spreadsheet with the XML of its tables."""
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    root = f"<office:document-content {_NAMESPACES} {_CALCEXT}>{body}</office:document-content>"
    return packed(
        {
            "mimetype": ODS_TYPE,
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{root}',
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def _ods_sheet(name: str, rows: Rows) -> str:
    cells = ("".join(map(_ods_cell, row)) for row in rows)
    made = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table table:name={quoteattr(name)}>{made}</table:table>"


def _ods_cell(value: Value) -> str:
    match value:
        case None | "":
            return "<table:table-cell/>"
        case datetime():
            attributes = f'office:value-type="date" office:date-value="{value:%Y-%m-%dT%H:%M:%S}"'
        case date():
            attributes = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case str():
            attributes = 'office:value-type="string"'
        case _:
            attributes = f'office:value-type="float" office:value="{value}"'
    lines = str(value).split("\n")
    # A space behind another one is an element of its own.
    # Source: OpenDocument 1.3, part 3, 6.1.2 White Space Characters
    paragraphs = "".join(f"<text:p>{escape(x).replace(' ', '<text:s/>')}</text:p>" for x in lines)
    return f"<table:table-cell {attributes}>{paragraphs}</table:table-cell>"
