"""The table of job fairs in a grid: every cell as it is written, with what is off in it.

The table stays the user's own: only the cells that were changed are written.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import PurePath

from careerprint.core.diagnostics import Diagnostic, writing
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.core.sources import digest
from careerprint.desk.desk import Desk, alone
from careerprint.desk.example import is_example_fair
from careerprint.desk.fairedits import WRITABLE, Edit, by_sheet, with_edits
from careerprint.desk.history import brought, keep_brought, keep_table
from careerprint.desk.looks import order_gaps, put_entry
from careerprint.desk.offering import table_of
from careerprint.desk.shown import Shown
from careerprint.fairs.cells import as_text, is_empty
from careerprint.fairs.contacts import within
from careerprint.fairs.fair import ONE_EACH, Fair
from careerprint.fairs.headings import (
    HEADINGS,
    NOT_READ,
    UNREAD,
    column_named,
    is_same_heading,
    meanings_of,
)
from careerprint.fairs.mapping import LANGUAGE, Columns
from careerprint.fairs.rowchecks import REQUIRED, shown_cell
from careerprint.fairs.rows import Fairs, read_columns, read_fairs
from careerprint.fairs.tables import Table
from careerprint.fairs.values import FLYER, Known, only_of
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import format_words
from careerprint.planning.season import read_book
from careerprint.profiles.catalogs import is_locale, locale_name

# Parameters of messages that name a better value.
_PROPOSED = ("meant", "near", "proposal", "before", "after", "bare")
# Of what columns mean, what no flyer shows, and what stands there in place of the office's own.
_UNSHOWN = ("id", "profile", "layout", "format", "locales", "copies", "note")
_IN_PLACE = ("contact", "phone", "email", "url")
_MOST_EDITS = 20_000
NO_CELLS: Mapping[str, str] = {}
_WHOLE = ("", 0)  # where findings of no row stand


def grid(desk: Desk) -> Shown:
    """Return the tables of fairs as one; raises Refused where they cannot be read.

    `table` is "" where there is none. Of a workbook, `sheets` are all with a table, `read` those
    that are read, `others` further ones, and `isChosen` tells whether somebody chose. `next` are
    the numbers of the first free rows. Cells are texts, `findings` of a row are those of its cells,
    `notes` those of the whole table; what `belongs` into another column is `moved` there, and the
    rest is `left`. `meanings` say as what columns are read, `unread` are headings of those of which
    nobody knows that, `columns` what a heading may mean: `unshown` are on no flyer, `inPlace`
    replace the office's. `sharing` counts the rows with one number of copies for several languages;
    `isCounted` tells whether any says how many are wanted. `orderGaps` are what the order does not
    say yet.
    """
    name = table_of(Reader(desk.root))
    if not name:
        return {"table": ""}
    content = Reader(desk.root).read_bytes(name)
    book, known = read_book(desk.root / name, Reader(desk.root), content=content)
    found = read_fairs(book, known, date.today())
    rows = [(sheet, row) for sheet, table in found.tables.items() for row in table.rows]
    places = {(sheet, row.number) for sheet, row in rows}
    by_row: dict[tuple[str, int], list[Diagnostic]] = defaultdict(list)
    for diagnostic in dict.fromkeys(found.diagnostics):
        place = (diagnostic.location.sheet, diagnostic.location.line)
        by_row[place if place in places else _WHOLE].append(diagnostic)
    fairs = {(fair.headings.sheet, fair.row): fair for fair in found.rows}
    headings = found.columns.headings
    meanings = [
        meaning or (NOT_READ if NOT_READ in meanings_of(heading, known.columns) else "")
        for meaning, heading in zip(found.columns.meanings, headings, strict=True)
    ]
    told = partial(_finding, desk, _season_headings(found))
    return {
        "table": name,
        "digest": _version(content, found.tables),
        "sheets": book.sheets,
        "others": book.others,
        "read": [table.sheet for table in found.tables.values()],
        "isChosen": book.is_chosen and len(found.tables) < len(book.sheets),
        "next": {sheet: table.last + 1 for sheet, table in found.tables.items()},
        "writable": PurePath(name).suffix in WRITABLE,
        "headings": headings,
        "meanings": meanings,
        "rows": [
            {
                "sheet": sheet,
                "row": row.number,
                "cells": cells,
                "fair": fairs[sheet, row.number].id if (sheet, row.number) in fairs else "",
                "isNone": (sheet, row.number) in found.passed_over,
                "copies": _copies(desk, fairs.get((sheet, row.number))),
                "findings": [
                    told(each, dict(zip(headings, cells, strict=True)))
                    for each in by_row[sheet, row.number]
                ],
            }
            for sheet, row in rows
            for cells in [[*map(as_text, found.columns.cells(sheet, row))]]
        ],
        "notes": [*map(told, by_row[_WHOLE])],
        "missing": _missing(desk, known, headings, meanings),
        "unread": _unread(found, meanings),
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


def _season_headings(found: Fairs) -> Mapping[tuple[str, str], str]:
    """Return how the columns of the season are headed that findings name by a sheet's heading."""
    return {
        (sheet, shown_cell(table.headings[at])): heading
        for sheet, table in found.tables.items()
        for heading, at in zip(found.columns.headings, found.columns.places[sheet], strict=True)
        if at is not None and at < len(table.headings)
    }


@alone
def save(desk: Desk, based_on: str, edits: list[Edit]) -> Shown:
    """Write cells into the table, and return the table as it is then.

    `based_on` is the digest of the file that the edits are of; where it has changed, nothing is
    written, and the answer has `conflict`. Raises Refused where it cannot be written.
    """
    name = table_of(Reader(desk.root))
    if not name:
        return {**grid(desk), "conflict": True}
    content = Reader(desk.root).read_bytes(name)
    book, known = read_book(desk.root / name, Reader(desk.root), content=content)
    tables, columns = read_columns(book, known)
    if _version(content, tables) != based_on or len(edits) > _MOST_EDITS:
        return {**grid(desk), "conflict": True}
    changed = with_edits(name, content, by_sheet(tables, columns, edits), known.columns)
    _write(desk, name, content, changed)
    return grid(desk)


def _version(content: bytes, tables: Mapping[str, Table]) -> str:
    """Return what tells a table from another in its place: another file, or other sheets of it."""
    return digest(content + "\n".join(table.sheet for table in tables.values()).encode())


def _write(desk: Desk, name: str, before: bytes, content: bytes) -> None:
    if content == before:
        return
    if brought(desk.root) is None:
        keep_brought(desk.root, name, before)
    keep_table(desk.root, name, before, datetime.now(UTC))
    with writing(name):
        write_whole(desk.root / name, content)
    desk.refresh()


def _finding(
    desk: Desk,
    headings: Mapping[tuple[str, str], str],
    diagnostic: Diagnostic,
    cells: Mapping[str, str] = NO_CELLS,
) -> Shown:
    values = dict(diagnostic.parameters)
    tags = values.get("available", "").split(", ")
    if all(map(is_locale, tags)):  # languages are called by their names
        names = ", ".join(locale_name(tag, desk.shower.language) for tag in tags)
        told = tuple((values | {"available": names}).items())
        diagnostic = replace(diagnostic, parameters=told)
    message, hint = diagnostic.words(desk.shower.translate)
    place = diagnostic.location
    column, belongs = headings.get((place.sheet, place.column), place.column), values.get("belongs")
    cell = cells.get(column, "") if belongs else ""
    _, moved, left = within(cell)
    return {
        "severity": diagnostic.severity.value,
        "sheet": place.sheet,
        "column": column,
        "message": message,
        "hint": hint,
        "belongs": belongs or "",
        "moved": moved or cell,
        "left": left,
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


def _unread(found: Fairs, meanings: Sequence[str]) -> list[str]:
    """Return the headings of columns that hold something and are not read, others' or remarks."""
    open_ = [at for at, head in enumerate(found.columns.headings) if head and not meanings[at]]
    rows = [(sheet, row) for sheet, table in found.tables.items() for row in table.rows]
    filled = {
        at
        for sheet, row in (rows if open_ else ())
        for at in open_
        if (own := found.columns.places[sheet][at]) is not None and not is_empty(row.cell(own))
    }
    return [found.columns.headings[at] for at in open_ if at in filled]


def map_column(desk: Desk, heading: str, column: str) -> Shown:
    """Keep in careerprint.toml what a heading of the season means, and return the table.

    Of the other headings on its sheets, none is kept as meaning the same. LANGUAGE stands for what
    the heading says by itself. The table stays as it is. Raises Refused for a column that there is
    not.
    """
    if column in {*HEADINGS, LANGUAGE}:
        reader = Reader(desk.root)
        tables, columns = read_columns(*read_book(desk.root / table_of(reader), reader))
        heading, beside = _on_sheets(heading, tables, columns)
        for other, meant in read_configuration(reader).fairs.columns.items():
            is_there = any(is_same_heading(other, each) for each in beside)
            is_taken = is_there and column != NOT_READ and column_named(meant) == column
            if is_taken or is_same_heading(other, heading):
                put_entry(desk, "fairs.columns", other, "")
        if column != LANGUAGE:
            named = column if column == NOT_READ else HEADINGS[column][0]
            put_entry(desk, "fairs.columns", heading, named)
    return grid(desk)


def _on_sheets(
    heading: str, tables: Mapping[str, Table], columns: Columns
) -> tuple[str, list[str]]:
    """Return a heading of the season as a sheet has it, and all headings of sheets that have it."""
    if heading not in columns.headings:
        return heading, []
    n = columns.headings.index(heading)
    on = [(tables[sheet], own[n]) for sheet, own in columns.places.items() if own[n] is not None]
    first, at = on[0]
    return first.headings[at or 0], [each for table, _ in on for each in table.headings]


def choose_sheets(desk: Desk, sheets: list[str]) -> Shown:
    """Keep in careerprint.toml which sheets are read, none named are all; return the table."""
    put_entry(desk, "fairs", "sheet", sheets[0] if len(sheets) == 1 else sheets)
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
