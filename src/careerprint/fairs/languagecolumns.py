"""How many flyers are wanted in which languages, where columns or cells say both at once."""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from careerprint.core.diagnostics import N_
from careerprint.fairs import entries
from careerprint.fairs.cells import Cell, Row, as_text, is_empty
from careerprint.fairs.entries import Unsuitable

_FEWEST = 2  # one alone may head something else
_BESIDE = re.compile(r"\b(?:anzahl|flyer|stück|stk|auflage|exemplare)\b\.?", re.IGNORECASE)
_MARKS = {"x", "ja", "j", "✓", "✔", "✗", "wahr"}
_NONE = {"0", "-", "–", "—", "nein", "n", "falsch", "/"}


def language_columns(
    headings: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    read: Collection[int],
    available: Sequence[str],
) -> Mapping[int, str]:
    """Return the locales of columns headed by languages; those in `read` mean something else.

    Each cell of such a column is empty, a mark or a number of copies.
    """
    found: dict[int, str] = {}
    for at, heading in enumerate(headings):
        named = _BESIDE.sub("", heading).strip(" :/-")
        if at in read or not named or not any(map(_is_wanted, cells[at])):
            continue
        try:
            (tag,) = entries.locales(named, available, ())
            for cell in filter(_is_wanted, cells[at]):
                _copies(cell, 1)
        except (Unsuitable, ValueError):  # another heading, or several languages
            continue
        found[at] = tag
    return found if len(found) >= _FEWEST else {}


def locales_with_copies(
    cell: Cell, available: Sequence[str], declared: Sequence[str]
) -> Mapping[str, int]:
    """Return copies by locale of a cell that says both: "Deutsch 100, Türkisch 50"; else {}."""
    with suppress(Unsuitable):
        each = entries.copies_by_locale(cell, available, declared)
        return {} if "" in each else each
    return {}


def wanted_languages(
    row: Row, columns: Mapping[int, str], copies: Mapping[str, int]
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Return the locales that a row wants, and copies by locale, as Fair has them.

    Those that are only marked have `copies`. Raises Unsuitable where the row wants none.
    """
    wanted = {
        tag: _copies(row.cell(at), 0) for at, tag in columns.items() if _is_wanted(row.cell(at))
    }
    if not wanted:
        raise Unsuitable(
            N_("No language is marked in this row."),
            N_("Write a number of copies or an “x” into the column of each that is wanted."),
        )
    own = {tag: count for tag, count in wanted.items() if count}
    return tuple(wanted), own if len(own) == len(wanted) else {**copies, **own}


def _is_wanted(cell: Cell) -> bool:
    return not is_empty(cell) and as_text(cell).strip().casefold() not in _NONE


def _copies(cell: Cell, marked: int) -> int:
    return marked if as_text(cell).strip().casefold() in _MARKS else entries.copies(cell)
