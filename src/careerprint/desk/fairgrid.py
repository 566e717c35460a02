"""The table of job fairs in a grid: every cell as it is written, with what is off in it.

The table stays the user's own: only the cells that were changed are written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePath

from pydantic import BaseModel

from careerprint.core.diagnostics import N_, Diagnostic, refuse, writing
from careerprint.core.files import write_whole
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.core.sources import digest
from careerprint.desk.desk import Desk, alone
from careerprint.desk.example import is_example_fair
from careerprint.desk.history import keep_table
from careerprint.desk.looks import order_gaps, put_entry
from careerprint.desk.offering import FAIR_TABLES, table_of
from careerprint.desk.shown import Shown
from careerprint.fairs.cells import as_text, is_empty
from careerprint.fairs.csvtext import CellEdit, csv_with_edits
from careerprint.fairs.fair import ONE_EACH, Fair
from careerprint.fairs.headings import (
    HEADINGS,
    NOT_READ,
    UNREAD,
    column_named,
    is_same_heading,
    known_headings,
    meanings_of,
)
from careerprint.fairs.openxmledits import xlsx_with_edits
from careerprint.fairs.rowchecks import REQUIRED
from careerprint.fairs.rows import LANGUAGE, Fairs, read_fairs
from careerprint.fairs.tables import Table, parse_table
from careerprint.fairs.values import FLYER, Known, only_of
from careerprint.intake.fairtemplate import fair_table
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import format_words
from careerprint.planning.season import known_names, read_table
from careerprint.profiles.catalogs import is_locale, locale_name

# Parameters of messages that name a better value.
_PROPOSED = ("meant", "near", "proposal", "before", "after", "bare")
_WRITABLE = (".csv", ".tsv", ".txt", ".xlsx")
# Of what columns mean, what no flyer shows, and what stands there in place of the office's own.
_UNSHOWN = ("id", "profile", "layout", "format", "locales", "copies", "note")
_IN_PLACE = ("contact", "phone", "email", "url")
_MOST_EDITS = 20_000


class Edit(BaseModel):
    """A cell that is to hold something else: its row as numbered in the table, its column."""

    row: int
    column: int
    text: str


def grid(desk: Desk) -> Shown:
    """Return the table of fairs; raises Refused where it cannot be read.

    `table` is "" where there is none, `sheet` what of a workbook's `sheets` is read. Cells are
    texts, `findings` of a row are those of its cells, `notes` those of the whole table. `meanings`
    say as what columns are read, `unread` are headings of those of which nobody knows that,
    `columns` what a heading may mean: `unshown` are on no flyer, `inPlace` replace the office's.
    `sharing` counts the rows with one number of copies for several languages; `isCounted` tells
    whether any says how many are wanted. `orderGaps` are what the order does not say yet.
    """
    name = table_of(Reader(desk.root))
    if not name:
        return {"table": ""}
    content = Reader(desk.root).read_bytes(name)
    table, known = read_table(desk.root / name, Reader(desk.root), content=content)
    found = read_fairs(table, known, date.today())
    by_row: dict[int, list[Diagnostic]] = defaultdict(list)
    numbers = {row.number for row in table.rows}
    for diagnostic in found.diagnostics:
        line = diagnostic.location.line
        by_row[line if line in numbers else 0].append(diagnostic)
    fairs = {fair.row: fair for fair in found.rows}
    width = max(len(table.headings), *(len(row.cells) for row in table.rows))
    headings = [*table.headings, *[""] * (width - len(table.headings))]
    meanings = [_meaning(found, known, at, heading) for at, heading in enumerate(headings)]
    return {
        "table": name,
        "digest": _version(content, table),
        "sheet": " ".join(table.sheet.split()),
        "sheets": table.sheets,
        "writable": PurePath(name).suffix in _WRITABLE,
        "headings": headings,
        "meanings": meanings,
        "headingRow": table.heading_row,
        "rows": [
            {
                "row": row.number,
                "cells": [as_text(row.cell(at)) for at in range(width)],
                "fair": fairs[row.number].id if row.number in fairs else "",
                "isNone": row.number in found.passed_over,
                "copies": _copies(desk, fairs.get(row.number)),
                "findings": [_finding(desk, d) for d in dict.fromkeys(by_row[row.number])],
            }
            for row in table.rows
        ],
        "notes": [_finding(desk, d) for d in dict.fromkeys(by_row[0])],
        "missing": _missing(desk, known, headings, meanings),
        "unread": _unread(table, meanings),
        "columns": [
            [column, headed[desk.shower.language != "de"]]
            for column, headed in HEADINGS.items()
            if column not in {*UNREAD, "problem"}
        ],
        "unshown": _UNSHOWN,
        "inPlace": _IN_PLACE,
        "choices": _choices(desk, known),
        "examples": sum(map(is_example_fair, fairs.values())),
        "locales": _languages(desk, known),
        "sharing": sum(bool(fair.of_one_number()) for fair in found.rows),
        "copies": "together" if known.shares else "each",
        "isCounted": any(fair.copies != ONE_EACH for fair in found.rows),
        "orderGaps": order_gaps(desk),
    }


@alone
def save(desk: Desk, based_on: str, edits: list[Edit]) -> Shown:
    """Write cells into the table, and return the table as it is then.

    `based_on` is the digest of the file that the edits are of; where it has changed, nothing is
    written, and the answer has `conflict`. Raises Refused where it cannot be written.
    """
    name = table_of(Reader(desk.root))
    content = Reader(desk.root).read_bytes(name) if name else b""
    table = _table(desk, name, content) if name else None
    is_other = table is None or _version(content, table) != based_on
    if table is None or is_other or len(edits) > _MOST_EDITS:
        return {**grid(desk), "conflict": True}
    _write(desk, name, content, _edited(desk, name, content, table, edits))
    return grid(desk)


def _version(content: bytes, table: Table) -> str:
    """Return what tells a table from another in its place: another file, or another sheet of it."""
    return digest(content + table.sheet.encode())


def _table(desk: Desk, name: str, content: bytes) -> Table:
    """Return the table in a file, read as the workspace says; raises Refused."""
    said = read_configuration(Reader(desk.root)).fairs
    fits = partial(known_headings, own=said.columns)
    return parse_table(content, name, fits, usual=said.sheet or "")


def _edited(desk: Desk, name: str, content: bytes, table: Table, edits: Iterable[Edit]) -> bytes:
    cells = [CellEdit(e.row, e.column, e.text) for e in edits if e.row > 0 and e.column >= 0]
    if PurePath(name).suffix == ".xlsx":
        return xlsx_with_edits(content, name, table.sheet, cells)
    if PurePath(name).suffix in _WRITABLE:
        meant = read_configuration(Reader(desk.root)).fairs.columns
        return csv_with_edits(content, cells, partial(known_headings, own=meant))
    raise refuse(
        name,
        N_("This table can be read, not changed."),
        N_("Change it in your spreadsheet program, or save it there as .xlsx."),
    )


@alone
def bring(desk: Desk, content: bytes, name: str) -> Shown:
    """Make a file the workspace's table of fairs; the one before is kept in the history.

    Raises Refused where it is no table of fairs; then nothing has changed.
    """
    suffix = PurePath(name).suffix.lower()
    _table(desk, PurePath(name).name, content)
    target = next((known for known in FAIR_TABLES if known.endswith(suffix)), FAIR_TABLES[0])
    _replace(desk, target, content)
    return grid(desk)


@alone
def begin(desk: Desk) -> Shown:
    """Make an empty table of fairs, with headings and examples."""
    reader = Reader(desk.root)
    known = known_names(reader, read_configuration(reader))
    language = desk.shower.language
    content = fair_table(
        [str(title) for title in known.titles.values()],
        [format_words(each) for each in known.formats.get(only_of(known.formats, FLYER) or "", ())],
        [locale_name(tag, language) for tag in known.declared],
        date.today(),
        translator(language),
        language,
    )
    _replace(desk, "content/fairs.xlsx", content)
    return grid(desk)


def _replace(desk: Desk, target: str, content: bytes) -> None:
    """Put a table in place of all that there are, which are kept."""
    for former in FAIR_TABLES:
        file = desk.root / former
        if file.is_file():
            keep_table(desk.root, former, file.read_bytes())
    with writing(target):
        write_whole(desk.root / target, content)
    for former in FAIR_TABLES:
        if former != target:
            with writing(former):
                (desk.root / former).unlink(missing_ok=True)
    desk.refresh()


def _write(desk: Desk, name: str, before: bytes, content: bytes) -> None:
    if content == before:
        return
    keep_table(desk.root, name, before)
    with writing(name):
        write_whole(desk.root / name, content)
    desk.refresh()


def _finding(desk: Desk, diagnostic: Diagnostic) -> Shown:
    values = dict(diagnostic.parameters)
    tags = values.get("available", "").split(", ")
    if all(map(is_locale, tags)):  # languages are called by their names
        names = ", ".join(locale_name(tag, desk.shower.language) for tag in tags)
        told = tuple((values | {"available": names}).items())
        diagnostic = replace(diagnostic, parameters=told)
    message, hint = diagnostic.words(desk.shower.translate)
    return {
        "severity": diagnostic.severity.value,
        "column": diagnostic.location.column,
        "message": message,
        "hint": hint,
        "belongs": values.get("belongs", ""),
        "proposals": [values[key] for key in _PROPOSED if values.get(key)],
    }


def _copies(desk: Desk, fair: Fair | None) -> list[Shown]:
    """Return how many copies a row asks for in each of its languages, of all its profiles."""
    if fair is None:
        return []
    counts = {tag: fair.copies_in(tag) * len(fair.profiles) for tag in fair.locales}
    language = desk.shower.language
    return [{"language": locale_name(t, language), "count": n} for t, n in counts.items()]


def _missing(
    desk: Desk, known: Known, headings: Sequence[str], meanings: Sequence[str]
) -> list[Shown]:
    """Return the columns that every row needs and the table lacks.

    Each has the headings of columns that are not read, one of which may be meant, or what may stand
    in all rows.
    """
    unread = [h for h, m in zip(headings, meanings, strict=True) if h and m in {"", NOT_READ}]
    titles = [str(title) for title in known.titles.values()]
    wanted = {"profile": titles} if only_of(known.profiles) is None else {}
    needed: dict[str, list[str]] = {column: [] for column in REQUIRED}
    return [
        {
            "heading": HEADINGS[column][desk.shower.language != "de"],
            "column": column,
            "headings": unread if column in REQUIRED else [],
            "choices": choices,
        }
        for column, choices in (needed | wanted).items()
        if column not in meanings
    ]


def _unread(table: Table, meanings: Sequence[str]) -> list[str]:
    """Return the headings of columns that hold something and are not read, others' or remarks."""
    return [
        heading
        for at, heading in enumerate(table.headings)
        if heading and not meanings[at]
        if not all(is_empty(row.cell(at)) for row in table.rows)
    ]


def _meaning(found: Fairs, known: Known, at: int, heading: str) -> str:
    """Return as what a column is read; NOT_READ for one known as the user's own, else ""."""
    own = NOT_READ if NOT_READ in meanings_of(heading, known.columns) else ""
    return found.meanings.get(at, own)


def map_column(desk: Desk, heading: str, column: str) -> Shown:
    """Keep in careerprint.toml what a heading of the table means, and return the table.

    Of its other headings, none is kept as meaning the same. LANGUAGE stands for what the heading
    says by itself. The table stays as it is. Raises Refused for a column that there is not.
    """
    if column in {*HEADINGS, LANGUAGE}:
        reader = Reader(desk.root)
        table, _ = read_table(desk.root / table_of(reader), reader)
        for other, meant in read_configuration(reader).fairs.columns.items():
            is_there = any(is_same_heading(other, each) for each in table.headings)
            is_taken = is_there and column != NOT_READ and column_named(meant) == column
            if is_taken or is_same_heading(other, heading):
                put_entry(desk, "fairs.columns", other, "")
        if column != LANGUAGE:
            named = column if column == NOT_READ else HEADINGS[column][0]
            put_entry(desk, "fairs.columns", heading, named)
    return grid(desk)


def choose_sheet(desk: Desk, sheet: str) -> Shown:
    """Keep in careerprint.toml which sheet of the workbook is read, and return the table."""
    put_entry(desk, "fairs", "sheet", sheet)
    return grid(desk)


def count_copies(desk: Desk, copies: str) -> Shown:
    """Keep in careerprint.toml whether one number counts for "each" language or all "together".

    Return the table; raises Refused for anything else.
    """
    put_entry(desk, "fairs", "copies", copies)
    return grid(desk)


def _languages(desk: Desk, known: Known) -> list[tuple[str, str]]:
    """Return the languages of flyers, with their names: the workspace's, then others by name."""
    named = [(tag, locale_name(tag, desk.shower.language)) for tag in known.locales]
    own = [*known.declared]
    return sorted(
        named, key=lambda each: (own.index(each[0]) if each[0] in own else len(own), each[1])
    )


def _choices(desk: Desk, known: Known) -> Mapping[str, Sequence[str]]:
    """Return what may be chosen in columns, by what they mean."""
    formats = known.formats.get(only_of(known.formats, FLYER) or "", ())
    return {
        "profile": [str(title) for title in known.titles.values()],
        "format": [format_words(name) for name in formats],
        "locales": [name for _, name in _languages(desk, known)],
    }
