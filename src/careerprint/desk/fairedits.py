"""Puts what was typed into the grid of fairs back into the sheets where it belongs."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePath

from pydantic import BaseModel

from careerprint.core.diagnostics import N_, refuse
from careerprint.fairs.csvtext import CellEdit, csv_with_edits
from careerprint.fairs.headings import known_headings
from careerprint.fairs.mapping import Columns
from careerprint.fairs.openxmledits import xlsx_with_edits
from careerprint.fairs.tables import Table

WRITABLE = (".csv", ".tsv", ".txt", ".xlsx")


class Edit(BaseModel):
    """A cell that is to hold something else: its row as numbered in its sheet, its column.

    The sheet is "" where only one is read, the column one of the season's; row 0 has the headings.
    """

    sheet: str = ""
    row: int
    column: int
    text: str


def by_sheet(
    tables: Mapping[str, Table], columns: Columns, edits: Sequence[Edit]
) -> dict[str, list[CellEdit]]:
    """Return what cells are to hold by the names of their sheets, in the sheets' own columns.

    A sheet that lacks a column gets it behind its own, with the season's heading.
    """
    heads = {edit.column: edit.text for edit in edits if not edit.row}
    named = dict(enumerate(columns.headings)) | heads
    found: dict[str, list[CellEdit]] = {}
    for sheet, table in tables.items():
        mine = [e for e in edits if e.sheet == sheet and e.row > 0 and e.column >= 0]
        own = {n: at for n, at in enumerate(columns.places[sheet]) if at is not None}
        cells = [CellEdit(table.heading_row, own[n], heads[n]) for n in heads if n in own]
        behind = len(own)
        for n in sorted({e.column for e in mine if e.text} - own.keys()):
            own[n], behind = behind, behind + 1
            cells.append(CellEdit(table.heading_row, own[n], named.get(n, "")))
        cells += [CellEdit(e.row, own[e.column], e.text) for e in mine if e.column in own]
        if cells:
            found[table.sheet] = cells
    return found


def with_edits(
    name: str, content: bytes, edits: Mapping[str, Sequence[CellEdit]], meant: Mapping[str, str]
) -> bytes:
    """Return the file `name` with cells of its sheets changed, and all else as it is.

    `meant` says of headings which column they stand for. Raises Refused where that cannot be done.
    """
    if PurePath(name).suffix not in WRITABLE:
        raise refuse(
            name,
            N_("This table can be read, not changed."),
            N_("Change it in your spreadsheet program, or save it there as .xlsx."),
        )
    for sheet, cells in edits.items():
        if PurePath(name).suffix == ".xlsx":
            content = xlsx_with_edits(content, name, sheet, cells)
        else:
            content = csv_with_edits(content, cells, partial(known_headings, own=meant))
    return content
