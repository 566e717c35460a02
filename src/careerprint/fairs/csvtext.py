"""Reads CSV files as people keep them, and writes single cells of one back."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from careerprint.core.bounds import beyond
from careerprint.core.characters import decoded
from careerprint.core.diagnostics import N_, Location, Refused, refuse
from careerprint.fairs.cells import (
    MOST_COLUMNS,
    Row,
    Worksheet,
    cell_of,
    guarded,
    row_of,
    too_many_columns,
    without_apostrophe,
)

Fits = Callable[[Sequence[str]], int]
"""Tells how many texts are headings of the table that is looked for; 0 where they are none."""
MOST_CHARACTERS = 32_767
"""In a cell. Source: Excel's specifications and limits, "total number of characters"."""
HEADINGS_WITHIN = 20
"""Rows: a title and remarks may stand above the headings."""
_SEPARATORS = (";", "\t", ",")  # German Excel's first


def read_csv(content: bytes, name: str, fits: Fits, most: int) -> Worksheet:
    """Return the rows of a CSV file.

    A row's number is the one that it has when a spreadsheet opens the file: a line break inside
    quotation marks starts no row, an empty line is one, and the line `sep=;` is none.
    """
    found = decoded(content)
    if found is None or "\0" in found.text:
        raise refuse(
            name,
            N_("This is not a text, or its encoding is not known."),
            N_("Open it in your spreadsheet program and save it as .xlsx or as “CSV UTF-8”."),
        )
    text, separator = _body(found.text, fits)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    number = 0
    try:
        for number, record in enumerate(records, 1):
            if row := row_of(number, (cell_of(without_apostrophe(cell)) for cell in record)):
                if number > most:
                    raise beyond(Location(name, number), "table_rows", most)
                if len(row.cells) > MOST_COLUMNS:
                    raise too_many_columns(name, number)
                rows.append(row)
    except csv.Error as failure:
        if "field larger" in str(failure):
            raise too_long(name, number + 1) from None
        raise refuse(
            Location(name, number + 1),
            N_("A quotation mark in this row is not closed, or more follows where it is."),
            N_("Put whole cells into quotation marks, and write those inside a cell twice."),
        ) from None
    return Worksheet("", tuple(rows))


def _body(text: str, fits: Fits) -> tuple[str, str]:
    """Return a text without the line that declares its separator, and the separator."""
    declared = re.match(r'sep=([^\w"\s]|\t)[ \t]*(?:\r\n|\r|\n|$)', text, re.IGNORECASE)
    if declared:
        return text[declared.end() :], declared[1]
    return text, _separator(text, fits)


def _separator(text: str, fits: Fits) -> str:
    """Return what separates the cells: that with which headings are found, else the likeliest."""
    begun = {separator: _beginning(text, separator) for separator in _SEPARATORS}
    for separator, records in begun.items():
        if any(map(fits, records)):
            return separator
    return max(_SEPARATORS, key=lambda separator: max(map(len, begun[separator]), default=0))


def _beginning(text: str, separator: str) -> list[list[str]]:
    """Return the first records of a CSV text, as far as they can be read so."""
    records: list[list[str]] = []
    with suppress(csv.Error):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        records.extend(islice(reader, HEADINGS_WITHIN))
    return records


def too_long(name: str, row: int, sheet: str = "") -> Refused:
    """Return the refusal of a cell that no spreadsheet could hold."""
    return refuse(
        Location(name, row, sheet=sheet),
        N_("A cell of this row holds more than {most} characters."),
        N_("Shorten it. In a CSV file, a quotation mark may be left open."),
        most=MOST_CHARACTERS,
    )


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What a cell is to hold: its row as tables number them, its column counted from 0, a text."""

    row: int
    column: int
    text: str


def csv_with_edits(content: bytes, edits: Iterable[CellEdit], fits: Fits) -> bytes:
    """Return a CSV file in which some cells hold something else; rows that there are not come last.

    Separator, encoding, line ends, and all other rows stay as they are. Where the encoding lacks a
    letter, it becomes UTF-8. The file is one that `read_csv` reads.
    """
    found = decoded(content)
    encoding = found.encoding if found else "utf-8"
    text = content.decode(encoding)
    body, separator = _body(text, fits)
    records = _records(body, separator)
    end = "\r\n" if "\r\n" in body or not body else "\r" if "\n" not in body else "\n"
    by_row: dict[int, dict[int, str]] = {}
    for edit in edits:
        by_row.setdefault(edit.row, {})[edit.column] = edit.text
    for row, cells in sorted(by_row.items()):
        while len(records) < row:
            if records and not records[-1].endswith(("\r", "\n")):
                records[-1] += end
            records.append(end)
        records[row - 1] = _edited(records[row - 1], cells, separator)
    written = text[: len(text) - len(body)] + "".join(records)
    try:
        return written.encode(encoding)
    except UnicodeEncodeError:
        return written.encode("utf-8-sig")


def _records(text: str, separator: str) -> list[str]:
    """Return the records of a CSV text as they are written, line ends included."""
    lines = list(io.StringIO(text, newline=""))
    reader, records, before = csv.reader(lines, delimiter=separator, strict=True), [], 0
    for _ in reader:
        records.append("".join(lines[before : reader.line_num]))
        before = reader.line_num
    return records


def _edited(record: str, cells: Mapping[int, str], separator: str) -> str:
    """Return a record with other cells in some places, quoted as the others are."""
    held = next(csv.reader(io.StringIO(record, newline=""), delimiter=separator), [])
    held += [""] * (max(cells) + 1 - len(held))
    for column, text in cells.items():
        held[column] = guarded(text)
    bare = record.rstrip("\r\n")
    quoted = bare.startswith('"') and len(bare.split(f'"{separator}"')) == len(held)
    out = io.StringIO(newline="")
    style: Any = {"quoting": csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL}
    csv.writer(out, delimiter=separator, lineterminator="", **style).writerow(held)
    return out.getvalue() + record[len(bare) :]
