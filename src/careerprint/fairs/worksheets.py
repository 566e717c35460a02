"""A sheet of a spreadsheet, and what is refused of files that hold some.

Such a file is a zip of XML that anybody may have made. Its uncompressed size and the area that it
claims are therefore looked at before a library reads it.
"""

import io
import zipfile
from dataclasses import dataclass, field

from careerprint.core.diagnostics import N_, Location, Refused, refuse
from careerprint.fairs.cells import Linked, Row, row_of

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
    """The rows of one sheet that hold something, in order.

    `hidden` are the numbers of rows that are hidden or filtered out, and left out here.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: tuple[int, ...] = ()


@dataclass(slots=True)
class Shape:
    """What of a sheet stands beside its cells: merged areas, rows that are not shown, links.

    An area is its first row, its first column and its last row, counted from 1. Links lead from
    row and column to an address.
    """

    merged: list[tuple[int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    links: dict[tuple[int, int], str] = field(default_factory=dict)

    def worksheet(self, name: str, rows: list[Row]) -> Worksheet:
        """Return rows as a sheet: each cell of a merged area has its value, hidden rows are out."""
        by_number = {row.number: list(row.cells) for row in rows}
        for (number, column), address in self.links.items():
            cell = (by_number.get(number) or [])[column - 1 : column]
            if cell and isinstance(cell[0], str):
                by_number[number][column - 1] = Linked(cell[0], address)
        for top, left, bottom in self.merged:
            value = (by_number.get(top) or [])[left - 1 : left]
            below = [n for n in by_number if top < n <= bottom] if value else []
            for cells in map(by_number.__getitem__, below):
                cells.extend([None] * (left - len(cells)))
                cells[left - 1] = value[0]
        numbers = sorted(by_number)
        shown = (row_of(n, by_number[n]) for n in numbers if n not in self.hidden)
        left_out = tuple(n for n in numbers if n in self.hidden)
        return Worksheet(name, tuple(row for row in shown if row), left_out)


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
        raise refuse(Location(name), *told, kind=kind)
    if not content.startswith(b"PK\x03\x04"):
        raise refuse(Location(name), *NOT_ONE, kind=kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            infos = file.infolist()
    except Exception:  # zipfile raises half a dozen kinds for broken directories
        raise refuse(Location(name), *DAMAGED) from None
    if any(info.flag_bits & 1 for info in infos) or "encrypted-package" in file.namelist():
        raise refuse(Location(name), *LOCKED)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise refuse(Location(name), *_TOO_LARGE)
    return {info.filename for info in infos}
