"""Reads the table of fairs: each row a fair, with all that its flyers are to say.

Every row is checked, and everything found is reported at once. What is said of a person stands in
no message: neither the name nor the telephone number nor the e-mail address.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Severity,
    error,
    has_errors,
    warning,
)
from careerprint.fairs import entries
from careerprint.fairs.cells import Cell, Row, as_csv, as_text, is_empty, named_rows
from careerprint.fairs.counting import counted
from careerprint.fairs.days import year_said
from careerprint.fairs.fair import PRINTED_TEXTS, Fair, Headings, digest_of
from careerprint.fairs.footnotes import marked, notes, without_marks
from careerprint.fairs.headings import (
    HEADINGS,
    NOT_READ,
    NOTE,
    REMARK,
    columns_of,
    meanings_of,
    nearest_heading,
)
from careerprint.fairs.languagecolumns import language_columns
from careerprint.fairs.remarks import changes_all, with_what_is_above
from careerprint.fairs.rowchecks import PERSONAL, REQUIRED, RowCheck, shown_cell
from careerprint.fairs.tables import Table
from careerprint.fairs.values import FLYER, Known, Values, only_of

LANGUAGE = "language"
_OWN = N_("That is all right if the column is your own.")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used, as it was read, and why."""

    row: Row
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Fairs:
    """A table, checked: its good rows, the others, and everything found, in the table's order.

    `passed_over` are the numbers of rows that hold no fair: headings of groups, sums, notes; and of
    those of fairs that are cancelled. `meanings` say as what columns are read, counted from 0;
    LANGUAGE is one headed by a language.
    """

    rows: tuple[Fair, ...]
    rejected: tuple[Rejected, ...]
    diagnostics: tuple[Diagnostic, ...]
    passed_over: tuple[int, ...] = ()
    meanings: Mapping[int, str] = field(default_factory=dict)


def read_fairs(table: Table, known: Known, today: date) -> Fairs:
    """Return the fairs of a table, every row checked.

    Required are fair and start, and a profile where the workspace has not exactly one. The id is by
    default made of name and day, the layout is the flyer, the format the layout's default, the
    locales are those declared, the end is the start. There is one copy where no row says how many;
    where others do, there is none. A fair that is over before `today` is a warning.
    """
    unmarked = [*without_marks(table.rows, notes(table.rows))]
    table = replace(table, rows=tuple(row for row, _ in unmarked))
    noted = {row.number: of_row for row, of_row in unmarked if of_row}
    columns, languages, of_headings = _columns(table, known)
    headed = [shown_cell(heading) for heading in table.headings]
    headings = Headings(table.name, {meaning: headed[at] for meaning, at in columns.items()})
    values = Values(known)
    rows = zip(with_what_is_above(table.rows), _years(table), strict=True)
    checked = [RowCheck(headings, headed, columns, languages, row, year) for row, year in rows]
    passed_over = [check for check in checked if check.is_no_fair()]
    cancelled = [c for c in checked if c not in passed_over and c.is_cancelled()]
    checked = [check for check in checked if check not in {*passed_over, *cancelled}]
    fairs = [check.fair(values, today) for check in checked]
    read = {at: column for column, at in columns.items()}
    for check in checked:
        check.found += [*_of_marks(headings, read, check, noted.get(check.row.number, {}))]
    fairs = counted(checked, fairs, values)
    _propose_ids(checked, fairs)
    _refuse_shared_ids(checked, fairs)
    _tell_doubles(checked, fairs)
    broken = [d for d in of_headings if d.severity is Severity.ERROR]
    good, rejected = [], []
    for check, fair in zip(checked, fairs, strict=True):
        if fair is None or broken or has_errors(check.found):
            faults = (d for d in check.told() if d.severity is Severity.ERROR)
            rejected.append(Rejected(check.row, (*broken, *faults)))
        else:
            good.append(fair if fair.id else replace(fair, id=check.id))
    if passed_over:
        of_headings.append(
            warning(
                Location(table.name, passed_over[0].row.number),
                N_("Rows that hold no fair were passed over: {rows}."),
                N_("A fair has a name and a day."),
                rows=_numbers(passed_over),
            )
        )
    if cancelled:
        of_headings.append(
            warning(
                Location(table.name, cancelled[0].row.number),
                N_("Rows of fairs that are cancelled are not printed: {rows}."),
                N_("If such a fair takes place, delete the word that says so."),
                rows=_numbers(cancelled),
            )
        )
    found = (d for check in checked for d in check.told())
    said = (*table.diagnostics, *of_headings, *_left_out(headings, checked), *found)
    numbers = tuple(sorted(check.row.number for check in (*passed_over, *cancelled)))
    meanings = dict.fromkeys(languages, LANGUAGE) | {at: name for name, at in columns.items()}
    return Fairs(tuple(good), tuple(rejected), said, numbers, meanings)


def _years(table: Table) -> Iterator[int]:
    """Yield for each row the year of days without one: the table's, or the group's heading's."""
    year = table.year
    for row in table.rows:
        filled = [as_text(cell) for cell in row.cells if not is_empty(cell)]
        year = (year_said(filled) if len(filled) == 1 else 0) or year
        yield year


def _columns(
    table: Table, known: Known
) -> tuple[dict[str, int], Mapping[int, str], list[Diagnostic]]:
    """Return which column stands where, counted from 0, those of languages, and what is off."""
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
    return columns, languages, faults


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


def _of_marks(
    headings: Headings, read: Mapping[int, str], check: RowCheck, noted: Mapping[int, Row]
) -> Iterator[Diagnostic]:
    """Yield what is to be said of marks of footnotes in the cells of a row.

    `noted` are the rows of their notes, by the columns that had such a mark.
    """
    row, told = check.row, {d.location for d in check.found}
    for at, column in read.items():
        note = noted.get(at)
        is_printed = note is None and column in PRINTED_TEXTS
        parted = marked(row.cell(at), by_sign=True) if is_printed else None
        if note is None and parted is None:
            continue
        place = headings.place(row.number, column)
        if note and changes_all(note):
            yield error(
                place,
                N_("“{column}” has a mark; its note in row {row} cancels the fair or puts it off."),
                N_("Clear the row, or enter the day that holds and delete the mark."),
                column=place.column,
                row=note.number,
            )
        elif note:
            yield warning(
                place,
                N_("“{column}” has a mark, whose note stands in row {row}; it is not printed."),
                N_("See whether the note changes what is to be printed."),
                column=place.column,
                row=note.number,
            )
        elif parted and place not in told:
            yield warning(
                place,
                N_("“{column}” has a mark like that of a footnote; it is printed as it stands."),
                N_("Delete it if it belongs to a note."),
                column=place.column,
                proposal="" if column in PERSONAL else as_text(parted[0]),
            )


def _propose_ids(checked: Sequence["RowCheck"], fairs: Sequence[Fair | None]) -> None:
    """Give each fair without an id one made of its name and first day, and its city if need be.

    The other rows of the table decide nothing else about it, so that it stays when they change.
    """
    named = {check.id for check in checked if check.id}
    asking = [
        (check, fair) for check, fair in zip(checked, fairs, strict=True) if fair and not check.id
    ]
    said = defaultdict(set)  # what rows with the same proposal say; two professions say the same
    for _, fair in asking:
        said[entries.proposed_id(fair.fair, fair.start)].add(digest_of(fair))
    for check, fair in asking:
        proposed = entries.proposed_id(fair.fair, fair.start)
        if len(said[proposed]) > 1 or proposed in named:
            proposed = entries.proposed_id(fair.fair, fair.start, f"{fair.city} {fair.venue}")
        check.id, check.id_is_own = proposed, False


def _left_out(headings: Headings, checked: Sequence["RowCheck"]) -> Iterator[Diagnostic]:
    """Yield a warning for each column with what is no value; the flyers leave it out."""
    by_column = defaultdict(list)
    for check in checked:
        for column, value in check.debris:
            by_column[column].append((check, value))
    for column, found in by_column.items():
        yield warning(
            headings.place(found[0][0].row.number, column),
            N_("“{value}” is no value; it is not printed (rows {rows})."),
            N_("Write the value as soon as it is known, and print again."),
            value=found[0][1],
            rows=_numbers([check for check, _ in found]),
        )


def _numbers(checked: Sequence["RowCheck"]) -> str:
    return named_rows([check.row.number for check in checked])


def _refuse_shared_ids(checked: Sequence["RowCheck"], fairs: Sequence[Fair | None]) -> None:
    """Note in every row whose id stands in another row too which rows these are.

    Rows that say the same of a fair, and ask for other flyers, are one fair.
    """
    by_id = defaultdict(list)
    for check, fair in zip(checked, fairs, strict=True):
        if check.id:
            by_id[check.id].append((check, fair))
    for sharing in by_id.values():
        if not _are_one_fair([fair for _, fair in sharing]):
            rows = _numbers([check for check, _ in sharing])
            is_written = any(check.id_is_own for check, _ in sharing)
            for check, _ in sharing:
                (check.refuse_shared_id if is_written else check.refuse_same_fair)(rows)


def _tell_doubles(checked: Sequence["RowCheck"], fairs: Sequence[Fair | None]) -> None:
    """Note in every row that asks once more for flyers that a row with another id asks for.

    They are for one fair: its name, days and place are the same, and so is the stand.
    """
    first: dict[tuple[object, ...], RowCheck] = {}
    for check, fair in zip(checked, fairs, strict=True):
        if not fair:
            continue
        said = (fair.fair, fair.city, fair.venue, fair.hall, fair.stand)
        place = (*(text.casefold() for text in said), fair.start, fair.end)
        for flyer in _asked_for(fair):
            before = first.setdefault((*place, *flyer), check)
            if before is not check and before.id != check.id:
                check.tell_double(before.row.number)
                break


def _asked_for(fair: Fair) -> Iterator[tuple[str, str, str, str]]:
    """Yield the flyers that a row asks for: profile, layout, format, locale."""
    for profile in fair.profiles:
        for locale in fair.locales:
            yield profile, fair.layout, fair.format, locale


def _are_one_fair(rows: Sequence[Fair | None]) -> bool:
    """Tell whether rows are one, or say the same of one fair and ask for flyers of their own."""
    known = [fair for fair in rows if fair]
    asked = Counter(flyer for fair in known for flyer in _asked_for(fair))
    is_same = len({digest_of(fair) for fair in known}) <= 1
    return len(rows) == 1 or (len(known) == len(rows) and is_same and max(asked.values()) == 1)


def rejected_csv(
    headings: Sequence[str], rejected: Sequence[Rejected], translate: Callable[[str], str]
) -> str:
    """Return rejected rows as the text of a CSV file, to be corrected and read again.

    It is to be stored as UTF-8 and starts with a byte order mark, as German Excel wants it. It has
    the table's own headings and cells, and behind them what is wrong with each row, in the language
    of `translate`. That column is known and not read again.
    """
    width = max([len(headings), *(len(r.row.cells) for r in rejected)])
    problems = [at for at, heading in enumerate(headings) if "problem" in meanings_of(heading)]
    at = problems[0] if problems else width

    def line(cells: Sequence[str], problem: str) -> list[str]:
        filled = [*cells, *[""] * (width - len(cells))]
        return [*filled[:at], problem, *filled[at + 1 :]]

    rows = [line(headings, translate(N_("Problem")))]
    for entry in rejected:
        told = []
        for fault in entry.faults:
            column = f"{fault.location.column}:" if fault.location.column else ""
            told.append(" ".join((column, *fault.words(translate))).strip())
        rows.append(line([as_text(cell) for cell in entry.row.cells], " ".join(told)))
    return as_csv(rows)
