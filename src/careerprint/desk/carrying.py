"""Carries what was corrected in a table of fairs into a newer copy of the file that it came from.

Three tables are compared: the file as it came, the table as it was corrected here, the new file.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from careerprint.desk.fairedits import Edit
from careerprint.fairs.cells import as_text
from careerprint.fairs.headings import bare_heading
from careerprint.fairs.mapping import Columns
from careerprint.fairs.tables import Table

Read = tuple[Mapping[str, Table], Columns]
"""The tables of a file by their sheets, and their columns as those of the season."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What cells of the new file are to hold, and what else was corrected.

    `count` tells the cells, but not headings. `clashes` are corrections of cells that the new file
    has otherwise, too, each with what stands there.
    """

    edits: tuple[Edit, ...] = ()
    count: int = 0
    clashes: tuple[tuple[Edit, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a season: where it stands, its cells as texts, and what tells it from others."""

    sheet: str
    number: int
    cells: Sequence[str]
    id: str = ""
    name: str = ""
    day: str = ""

    def cell(self, column: int | None) -> str:
        return "" if column is None or column >= len(self.cells) else self.cells[column]


@dataclass(slots=True)
class _Carrying:
    """Puts corrections together; `added` are columns of theirs that only mine has, by mine's.

    `ways` are mine's columns, each with the one of the base and of theirs. Left out are those that
    somebody has taken out of the new file.
    """

    base: Columns
    mine: Columns
    theirs: Columns
    ways: list[tuple[int, int | None, int | None]] = field(init=False)
    edits: list[Edit] = field(default_factory=list)
    clashes: list[tuple[Edit, str]] = field(default_factory=list)
    added: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        of_base, of_theirs = _paired(self.mine, self.base), _paired(self.mine, self.theirs)
        self.ways = [
            (n, of_base.get(n), of_theirs.get(n))
            for n in range(len(self.mine.headings))
            if n in of_theirs or n not in of_base
        ]

    def compare(self, base: _Row, mine: _Row, theirs: _Row) -> None:
        """Take what mine has otherwise than the base into theirs, unless that is other, too."""
        for n, of_base, at in self.ways:
            was, now, new = base.cell(of_base), mine.cell(n), theirs.cell(at)
            if now in {was, new}:
                continue
            edit = Edit(sheet=theirs.sheet, row=theirs.number, column=self._column(n, at), text=now)
            if new == was:
                self.edits.append(edit)
            else:
                self.clashes.append((edit, new))

    def clear(self, base: _Row, theirs: _Row) -> None:
        """Empty a row that was cleared here, unless theirs has it otherwise."""
        pairs = _paired(self.theirs, self.base)
        if all(theirs.cell(at) == base.cell(n) for at, n in pairs.items()):
            self.edits += [
                Edit(sheet=theirs.sheet, row=theirs.number, column=at, text="")
                for at, text in enumerate(theirs.cells)
                if text
            ]

    def fill(self, rows: Sequence[_Row], new: Sequence[_Row]) -> None:
        """Put what stands in all rows of a column that was added here into new rows, too."""
        for n, of_base, at in self.ways:
            said = {row.cell(n) for row in rows if row.name and row.day}
            if of_base is None and len(said) == 1 and "" not in said:
                self.edits += [
                    Edit(sheet=row.sheet, row=row.number, column=self._column(n, at), text=text)
                    for row in new
                    for text in said
                    if row.name and row.day and not row.cell(at)
                ]

    def _column(self, n: int, at: int | None) -> int:
        """Return the column of theirs for one of mine: its own, or a further one."""
        if at is not None:
            return at
        return self.added.setdefault(n, len(self.theirs.headings) + len(self.added))


def carried(base: Read, mine: Read, theirs: Read) -> Carried:
    """Return what is to be carried from `mine` into `theirs`, which both come from `base`.

    Nothing is where no row of theirs is one of the base: that is another table.
    """
    came, here, new = _rows(base), _rows(mine), _rows(theirs)
    of_mine = _matched(here, came, is_same=lambda _one, _other: True)
    of_theirs = _matched(new, came, is_same=_is_alike)
    if not of_theirs:
        return Carried()
    made = _Carrying(base[1], mine[1], theirs[1])
    here_of = {n: at for at, n in of_mine.items()}
    for at, n in of_theirs.items():
        if n in here_of:
            made.compare(came[n], here[here_of[n]], new[at])
        else:
            made.clear(came[n], new[at])
    further = [row for n, row in enumerate(new) if n not in of_theirs]
    made.fill(here, further)
    added = [row for n, row in enumerate(here) if n not in of_mine and any(row.cells)]
    both = _matched(added, further, is_same=_is_alike)
    sheet, last = next(reversed([*((s, table.last) for s, table in theirs[0].items())]))
    for n, row in enumerate(added):
        if n not in both:
            last += 1
        made.compare(_NO_ROW, row, further[both[n]] if n in both else _Row(sheet, last, ()))
    heads = [
        Edit(row=0, column=at, text=mine[1].headings[n])
        for n, at in made.added.items()
        if any(edit.column == at for edit in made.edits)
    ]
    return Carried((*heads, *made.edits), len(made.edits), tuple(made.clashes))


_NO_ROW = _Row("", 0, ())


def _rows(read: Read) -> list[_Row]:
    tables, columns = read
    at = {meaning: n for n, meaning in enumerate(columns.meanings) if meaning}
    found = []
    for sheet, table in tables.items():
        for each in table.rows:
            cells = [as_text(cell).strip() for cell in columns.cells(sheet, each)]
            keys = (cells[at[m]].casefold() if m in at else "" for m in ("id", "fair", "start"))
            found.append(_Row(sheet, each.number, cells, *keys))
    return found


def _is_alike(one: _Row, other: _Row) -> bool:
    return one.name == other.name or (one.day == other.day != "")


def _matched(
    rows: Sequence[_Row], others: Sequence[_Row], is_same: Callable[[_Row, _Row], bool]
) -> dict[int, int]:
    """Return which row is which of the others: by id, name and day, name, and at last by place.

    Where several have the same, they are paired in their order if they are as many on both sides.
    By place, only those are paired that `is_same` takes for one.
    """
    found: dict[int, int] = {}
    keys: tuple[Callable[[_Row], Hashable], ...] = (
        lambda row: row.id,
        lambda row: row.name and row.day and (row.name, row.day),
        lambda row: row.name,
        lambda row: (row.sheet, row.number),
    )
    for key in keys:
        taken = {*found.values()}
        left, right = defaultdict[Hashable, list[int]](list), defaultdict[Hashable, list[int]](list)
        for n, row in enumerate(rows):
            left[key(row) if n not in found else ""].append(n)
        for n, row in enumerate(others):
            right[key(row) if n not in taken else ""].append(n)
        for value, some in left.items():
            if value and len(some) == len(right.get(value, ())):
                pairs = zip(some, right[value], strict=True)
                is_last = key is keys[-1]
                found |= {a: b for a, b in pairs if not is_last or is_same(rows[a], others[b])}
    return found


def _paired(columns: Columns, others: Columns) -> dict[int, int]:
    """Return which column is which of the others: by the heading, else by what it means."""
    found: dict[int, int] = {}
    for one, other in (
        ([*map(bare_heading, columns.headings)], [*map(bare_heading, others.headings)]),
        (columns.meanings, others.meanings),
    ):
        for n, key in enumerate(one):
            at = next(
                (m for m, k in enumerate(other) if k == key and m not in found.values()), None
            )
            if key and n not in found and at is not None:
                found[n] = at
    return found
