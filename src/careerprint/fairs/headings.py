"""How the columns of the table of fairs may be headed, in German or English, and what they mean.

They stand in headings.csv. A heading may mean several things: "Beginn" heads days and times of day.
Then the cells decide, and the other columns: "Ort" is the venue where another column is headed
"Stadt".
"""

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from careerprint.fairs.cells import Cell, as_text, is_empty
from careerprint.fairs.contacts import kind_of
from careerprint.fairs.days import is_day, is_only_a_day, is_time
from careerprint.fairs.entries import is_debris, plain
from careerprint.fairs.footnotes import marked
from careerprint.fairs.hours import says_hours

_FEWEST = 2  # known headings in a row of headings
_MOST_SEEN = 500  # cells that tell the kind of a column
NOT_READ, REMARK, NOTE = "none", "remark", "note"
_KINDS = frozenset({"email", "phone", "url", "email2", "phone2"})  # as `kind_of` tells them
UNREAD = frozenset({NOT_READ, REMARK})
"""What headings are known as whose columns are not read."""
# What a heading may say besides, as `_bare` leaves it: "Name der Veranstaltung", "Datum der Messe".
_OF_A_FAIR = re.compile(r"(?<=.)(?:der|des)(?:messe|veranstaltung|boerse|events?)$")


def _read() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_suffix(".csv").read_text("utf-8").splitlines():
        column, *headings = line.split(";")
        if not column.startswith("#"):
            found[column] = (*found.get(column, ()), *headings)
    return found


HEADINGS = _read()
"""Column → how it may be headed. The first heading is the one that messages suggest."""


def meanings_of(heading: str, own: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the columns that a heading may stand for, the likeliest first; () where none.

    `own` says of some headings, by themselves, what they stand for in this workspace.
    """
    bare = bare_heading(heading)
    for name, column in (own or {}).items():
        if bare_heading(name) == bare:
            return (column,)
    return _MEANINGS.get(bare) or _MEANINGS.get(_OF_A_FAIR.sub("", bare), ())


def is_same_heading(first: str, second: str) -> bool:
    """Tell whether two headings are one, apart from what does not count."""
    return bare_heading(first) == bare_heading(second)


def known_headings(texts: Iterable[str], own: Mapping[str, str] | None = None) -> int:
    """Return how many of these texts are headings of a table of fairs; 0 where too few are."""
    count = sum(bool(meanings_of(text, own)) for text in texts)
    return count if count >= _FEWEST else 0


def column_named(written: str) -> str | None:
    """Return the column that somebody names: "start", "Beginn"; None where there is none."""
    named = written if written in HEADINGS else next(iter(meanings_of(written)), None)
    return NOTE if named == REMARK else named  # “Bemerkung” once headed the note


def columns_of(
    headings: Sequence[str], cells: Sequence[Sequence[Cell]], own: Mapping[str, str] | None = None
) -> tuple[dict[str, int], list[tuple[int, int]]]:
    """Return which column stands where, counted from 0, and pairs of columns that mean the same.

    `cells` are those of each heading's column. A column that says nothing, or the same as another
    one of its meaning, is left out. What `own` says of a heading goes before all that others mean.
    """
    meant = {at: meanings_of(heading, own) for at, heading in enumerate(headings)}
    for at in range(1, len(headings)):  # "Straße", "Nr."
        if bare_heading(headings[at]) == "nr" and "street" in meant[at - 1]:
            meant[at] = ("house number",)
    named = {bare_heading(name) for name in own or ()}
    said = {at for at, heading in enumerate(headings) if bare_heading(heading) in named}
    taken = {column for at in said for column in meant[at]}
    meant |= {at: tuple(c for c in meant[at] if c not in taken) for at in meant if at not in said}
    claims = Counter(column for columns in meant.values() for column in columns)
    wanted = {
        at: [
            column
            for column in columns
            if not (column == "id" and NOT_READ in columns and _counts(cells[at]))
            # Where nothing else could be meant, only times of day are no days.
            if (len(columns) == 1 and column in _KINDS)
            or (len(columns) == claims[column] == 1 and column not in {"start", "end"})
            or _suits(column, cells[at])
        ]
        for at, columns in meant.items()
    }
    columns: dict[str, int] = {}
    same: list[tuple[int, int]] = []
    for at in sorted(wanted, key=lambda at: (len(wanted[at]), len(meant[at]) > 1, at)):
        if not wanted[at]:
            continue
        free = [column for column in wanted[at] if column not in columns]
        is_one_kind = len(meant[at]) > 1 and _KINDS.issuperset(wanted[at])
        if free:
            columns[free[0]] = at
        elif not UNREAD & {*wanted[at]} and not is_one_kind:
            other = columns[wanted[at][0]]
            texts = [[*map(as_text, cells[column])] for column in (at, other)]
            if not all(map(is_empty, cells[at])) and texts[0] != texts[1]:
                same.append((min(at, other), max(at, other)))
    return {column: at for column, at in columns.items() if column not in UNREAD}, same


def nearest_heading(heading: str, taken: Collection[str]) -> str:
    """Return the heading that one with a slip may be meant for; "" where that column is `taken`."""
    near = difflib.get_close_matches(bare_heading(heading), _MEANINGS, n=1, cutoff=0.8)
    column = _MEANINGS[near[0]][0] if near else NOT_READ
    return "" if column in UNREAD.union(taken) else HEADINGS[column][0]


def _suits(column: str, cells: Sequence[Cell]) -> bool:
    """Tell whether what stands in a column may be what it is headed as."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return True
    match column:
        case "start" | "end":  # a slip in one row is told of that row
            suits = any(map(is_day, filled)) or not all(map(is_time, filled))
        case "hours" | "opens" | "closes" | "talk_time":
            suits = any(map(says_hours, filled)) and not any(map(is_only_a_day, filled))
        case "online":
            suits = not any("." in as_text(cell) for cell in filled)  # an address
        case "copies":
            numbers = (cell for cell in filled if kind_of(cell) != "phone")
            suits = any(re.search(r"\d", as_text(cell)) for cell in numbers)
        case "contact" | "contact2" | "street" | "id" | "stand":
            suits = not _kind([as_text(cell) for cell in filled], over_half=True)
        case "email" | "email2" | "phone" | "phone2" | "url":
            suits = _kind(filled) == column.removesuffix("2")
        case _:  # a weekday, where "Tag" may head a day, too
            suits = column != NOT_READ or not any(map(is_day, filled))
    return suits


def _counts(cells: Sequence[Cell]) -> bool:
    """Tell whether a column has numbers alone: they begin again, and change with the rows."""
    filled = [as_text(cell) for cell in cells if not is_empty(cell) and not is_debris(cell)]
    return bool(filled) and all(re.fullmatch(r"\W*\d{1,9}\W*", text) for text in filled)


def _kind(filled: Sequence[Cell], *, over_half: bool = False) -> str:
    """Return the kind of most cells that have one, if these are half of all, or more; else ""."""
    said = [kind_of(cell) for cell in filled[:_MOST_SEEN] if not is_debris(cell)]
    kinds = Counter(filter(None, said))
    return (
        max(kinds, key=lambda kind: kinds[kind])
        if 2 * kinds.total() >= max(len(said) + over_half, 1)
        else ""
    )


def bare_heading(heading: str) -> str:
    """Return what of a heading counts: its letters a–z and digits, no brackets or footnotes."""
    parted = marked(heading, by_sign=True)
    heading = as_text(parted[0]) if parted else heading
    without = re.sub(r"\(.*?\)", "", heading)
    return re.sub(r"[^a-z0-9]", "", plain(without if without.strip() else heading))


def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for column, all_ in HEADINGS.items():
        for written in all_:
            columns = found.setdefault(bare_heading(written), [])
            if column not in columns:
                columns.append(column)
    return {bare: tuple(columns) for bare, columns in found.items()}


_MEANINGS = _meanings()
