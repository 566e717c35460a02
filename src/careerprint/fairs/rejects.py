"""Writes rows that were rejected as a table, to be corrected and read again."""

from collections.abc import Callable, Sequence

from careerprint.core.diagnostics import N_, Diagnostic
from careerprint.fairs.cells import as_csv, as_text
from careerprint.fairs.headings import meanings_of
from careerprint.fairs.rows import Rejected


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
    first = [*headings, *[""] * (width - len(headings))]
    rows = [_with(first, at, translate(N_("Problem")))]
    for entry in rejected:
        cells = [as_text(entry.row.cell(column)) for column in range(width)]
        rows.append(_with(cells, at, " ".join(_said(d, translate) for d in entry.faults)))
    return as_csv(rows)


def _with(cells: Sequence[str], at: int, cell: str) -> list[str]:
    return [*cells[:at], cell, *cells[at + 1 :]]


def _said(fault: Diagnostic, translate: Callable[[str], str]) -> str:
    column = f"{fault.location.column}:" if fault.location.column else ""
    return " ".join((column, *fault.words(translate))).strip()
