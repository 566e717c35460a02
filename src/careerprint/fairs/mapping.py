"""Says what the columns of each table mean, and puts them together as those of the season."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from careerprint.core.diagnostics import N_, Diagnostic, Location, error, warning
from careerprint.fairs.cells import Cell, Row, as_text, is_empty
from careerprint.fairs.headings import (
    HEADINGS,
    NOT_READ,
    NOTE,
    REMARK,
    bare_heading,
    columns_of,
    meanings_of,
    nearest_heading,
)
from careerprint.fairs.languagecolumns import language_columns
from careerprint.fairs.rowchecks import REQUIRED, shown_cell
from careerprint.fairs.tables import Table
from careerprint.fairs.values import FLYER, Known, only_of

LANGUAGE = "language"
_OWN = N_("That is all right if the column is your own.")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table with what its columns mean: where which stands, counted from 0.

    `languages` are those headed by one. `faults` are what is off in the headings.
    """

    table: Table
    columns: Mapping[str, int]
    languages: Mapping[int, str]
    faults: tuple[Diagnostic, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What each fair has and the table has no column for."""
        return tuple(column for column in REQUIRED if column not in self.columns)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a season: their headings, and as what they are read.

    LANGUAGE is one headed by a language, "" one that is not read. `places` say for each sheet which
    of its own columns, counted from 0, each of them is; None where it has none.
    """

    headings: tuple[str, ...]
    meanings: tuple[str, ...]
    places: Mapping[str, tuple[int | None, ...]]

    def cells(self, sheet: str, row: Row) -> list[Cell]:
        """Return the cells of a row of a sheet as they stand in these columns."""
        return [None if at is None else row.cell(at) for at in self.places[sheet]]


def together(tables: Mapping[str, Mapped], known: Known) -> Columns:
    """Return the columns of tables, by their sheets, as those of one season.

    Columns that mean the same are one; of the others, those with the same heading. The first
    table's stand as they are, and further ones behind them.
    """
    keys: list[object] = []
    headings: list[str] = []
    meanings: list[str] = []
    places: dict[str, dict[int, int]] = {}
    for sheet, each in tables.items():
        read = {at: column for column, at in each.columns.items()}
        own = places.setdefault(sheet, {})
        first = len(keys)
        for at in range(max(len(each.table.headings), *(len(r.cells) for r in each.table.rows))):
            heading = each.table.headings[at] if at < len(each.table.headings) else ""
            meaning = read.get(at) or (LANGUAGE if at in each.languages else "")
            key = (meaning, each.languages.get(at, "") if meaning else bare_heading(heading) or at)
            n = next((n for n, k in enumerate(keys) if k == key and n not in own), len(keys))
            if n == len(keys):
                keys.append(key)
                meanings.append(meaning)
                headings.append(_heading(heading, meaning, headings[:first], sheet, known))
            own[n] = at
    widths = range(len(keys))
    at_places = {sheet: tuple(map(own.get, widths)) for sheet, own in places.items()}
    return Columns(tuple(headings), tuple(meanings), at_places)


def _heading(heading: str, meaning: str, before: Collection[str], sheet: str, known: Known) -> str:
    """Return how a further column is headed, so that it means the same behind those of others."""
    is_taken = heading and bare_heading(heading) in map(bare_heading, before)
    if not before or not heading or meaning == LANGUAGE:
        return heading
    if meaning and (is_taken or meanings_of(heading, known.columns)[:1] != (meaning,)):
        return HEADINGS[meaning][0]
    return f"{heading} ({sheet})" if is_taken else heading


def mapped(table: Table, known: Known) -> Mapped:
    """Return a table with what its columns mean, and what is off in its headings."""
    cells = [[row.cell(at) for row in table.rows] for at in range(len(table.headings))]
    columns, same = columns_of(table.headings, cells, known.columns)
    read = {*columns.values(), *(at for pair in same for at in pair)}
    languages: Mapping[int, str] = {}
    if "locales" not in columns:
        meant = [meanings_of(heading, known.columns) for heading in table.headings]
        unread = {at for at, meaning in enumerate(meant) if NOT_READ in meaning}
        languages = language_columns(table.headings, cells, read | unread, known.locales)
    faults = [
        _unknown_heading(table, heading, columns)
        for at, heading in enumerate(table.headings)
        if heading and at not in {*read, *languages}
        if NOT_READ not in meanings_of(heading, known.columns)
        if not meanings_of(heading, known.columns) or _says_more(cells, at, columns.values())
    ]
    for first, second in ([shown_cell(table.headings[at]) for at in pair] for pair in same):
        faults.append(
            error(
                Location(table.name, table.heading_row, second),
                N_("The columns “{first}” and “{second}” mean the same."),
                N_(
                    "⟨Delete one of them, or give it another heading|Say of one of them what else "
                    "it is, under “What stands in the columns?”⟩."
                ),
                first=first,
                second=second,
            )
        )
    required = [*REQUIRED, *(["profile"] if only_of(known.profiles) is None else [])]
    required += ["layout"] if only_of(known.formats, FLYER) is None else []
    titles = [known.titles.get(name, name) for name in known.profiles]
    if len(set(titles)) < len(titles):
        titles = [*known.profiles]
    choices = {"profile": titles, "layout": tuple(known.formats)}
    for column in required:
        if column not in columns:
            hint = N_("Add it: no flyer can be printed without it.")
            if column in choices:
                hint = N_("Add it, and write one of these into each row: {available}.")
            faults.append(
                error(
                    Location(table.name, table.heading_row),
                    N_("The column “{heading}” is missing."),
                    hint,
                    heading=HEADINGS[column][0],
                    available=", ".join(choices.get(column, ())) or "–",
                )
            )
    return Mapped(table, columns, languages, tuple(faults))


def _unknown_heading(table: Table, heading: str, columns: Collection[str]) -> Diagnostic:
    """Return the warning for a column that careerprint does not read: users keep their own."""
    is_remark = REMARK in meanings_of(heading)
    message, hint = N_("The column “{heading}” is not read."), _OWN
    near = nearest_heading(heading, columns)
    if is_remark:
        message = N_("The column “{heading}” is not read: it stays in the office.")
        near = "" if NOTE in columns else HEADINGS[NOTE][0]
        hint = N_(
            "If it is for the print shop, ⟨head it “{near}”|say so under “What stands in the "
            "columns?”⟩; then the order has it."
        )
    elif meanings_of(heading):  # what stands there is something else
        near = ""
    elif near:
        hint = N_("If “{near}” is meant, ⟨head it so|say so under “What stands in the columns?”⟩.")
    return warning(
        Location(table.name, table.heading_row, shown_cell(heading)),
        message,
        hint if near else _OWN,
        heading=shown_cell(heading),
        near=near,
    )


def _says_more(cells: Sequence[Sequence[Cell]], at: int, read: Iterable[int]) -> bool:
    """Tell whether a column holds something that none of the columns read holds too."""
    texts = [as_text(cell) for cell in cells[at]]
    filled = not all(map(is_empty, cells[at]))
    return filled and all(texts != [as_text(cell) for cell in cells[other]] for other in read)
