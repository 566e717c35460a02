"""How many flyers are wanted in which languages, where columns or cells say both at once."""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from careerprint.core.diagnostics import N_
from careerprint.fairs import entries
from careerprint.fairs.cells import Cell, Row, as_text, is_empty
from careerprint.fairs.entries import Unsuitable

_EACH = re.compile(r"([^\W\d]{2,})[ :=(]+(\d[\d.]*)|(\d[\d.]*)[ x×(]+([^\W\d]{2,})")
_NO = re.compile(r"\bkeine?n?\s+(?=[^\W\d])", re.IGNORECASE)  # “kein Englisch”
NO_NUMBER = -1
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
        if at in read or not named:
            continue
        try:
            (tag,) = entries.locales(named, available, ())
            for cell in filter(_is_wanted, cells[at]):
                _copies(cell, 1)
        except (Unsuitable, ValueError):  # another heading, or several languages
            continue
        found[at] = tag
    is_said = any(_is_wanted(cell) for at in found for cell in cells[at])
    return found if is_said and len(found) >= _FEWEST else {}


def copies_by_locale(
    cell: Cell, available: Sequence[str], declared: Sequence[str]
) -> Mapping[str, int]:
    """Return numbers of copies by locale: "de 100, tr 50"; one for all of them is that of "".

    Of 0, none are wanted. Where some have numbers, one that is named without has NO_NUMBER.
    """
    found: dict[str, int] = {}
    written = _NO.sub("0 ", as_text(cell))
    rest = _EACH.sub(" ", written)
    if re.search(r"\d", rest):  # more is said than for some languages
        return {"": entries.copies(cell)}
    try:
        for name, first, second, after in _EACH.findall(written):
            number = first or second
            is_all = entries.plain(name or after) in entries.ALL
            tags = ("",) if is_all else entries.locales(name or after, available, declared)
            found |= dict.fromkeys(tags, entries.copies(number) if number.strip("0") else 0)
    except Unsuitable:
        return {"": entries.copies(cell)}
    if not any(found.values()):
        return {"": entries.copies(cell)}
    for word in re.findall(r"\w+(?:-\w+)*", rest):
        with suppress(Unsuitable):  # “Stück”, “und”
            found = dict.fromkeys(entries.locales(word, available, declared), NO_NUMBER) | found
    return found


def spelt_counts(
    cell: Cell, available: Sequence[str], declared: Sequence[str]
) -> Mapping[str, str]:
    """Return how a cell writes copies in each language: "{} dt." of "50 dt., 20 ukr."."""
    written, found = as_text(cell), dict[str, str]()
    for each in _EACH.finditer(written):
        name = each[1] or each[4]
        dot = "." if each[4] and written[each.end() : each.end() + 1] == "." else ""
        with suppress(Unsuitable):
            tags = entries.locales(name, available, declared)
            found |= dict.fromkeys(tags, f"{name} {{}}" if each[1] else f"{{}} {name}{dot}")
    return found


def wanted(
    locales: Sequence[str], copies: Mapping[str, int]
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Return the locales that are wanted, and copies by locale, as Fair has them.

    Raises Unsuitable where copies name other languages than the row does.
    """
    numbers = {tag: number for tag, number in copies.items() if number > 0}
    found = tuple(tag for tag in locales if copies.get(tag) != 0)
    without = [tag for tag in found if tag not in numbers]
    if without and "" not in numbers:
        raise Unsuitable(
            N_("No number of copies is said for: {available}."),
            N_("Write one for each language, and 0 where none is wanted: de 50, en 0."),
            available=", ".join(without),
            lacking=", ".join(f"0 {tag}" for tag in without),
        )
    if others := [tag for tag in numbers if tag and tag not in found]:
        raise Unsuitable(
            N_("Copies are said for a language that the row does not want: {available}."),
            N_("Let copies and languages name the same."),
            available=", ".join(others),
        )
    return found, numbers


def locales_with_copies(
    cell: Cell, available: Sequence[str], declared: Sequence[str]
) -> Mapping[str, int]:
    """Return copies by locale of a cell that says both: "Deutsch 100, Türkisch 50"; else {}."""
    with suppress(Unsuitable):
        each = copies_by_locale(cell, available, declared)
        return {} if "" in each else each
    return {}


def wanted_languages(
    row: Row, columns: Mapping[int, str], copies: Mapping[str, int]
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Return the locales that a row wants, and copies by locale.

    Those that are only marked have `copies`, or 1 where no number stands at all. Raises Unsuitable
    where the row wants none.
    """
    marked = {
        tag: _copies(row.cell(at), 0) for at, tag in columns.items() if _is_wanted(row.cell(at))
    }
    if not marked:
        raise Unsuitable(
            N_("No language is marked in this row."),
            N_("Write a number of copies or an “x” into the column of each that is wanted."),
        )
    own = {tag: count for tag, count in marked.items() if count}
    rest = {} if len(own) == len(marked) else copies or ({} if own else {"": 1})
    return tuple(marked), {**rest, **own}


def _is_wanted(cell: Cell) -> bool:
    return not is_empty(cell) and as_text(cell).strip().casefold() not in _NONE


def _copies(cell: Cell, marked: int) -> int:
    return marked if as_text(cell).strip().casefold() in _MARKS else entries.copies(cell)
