"""Opens tables of fairs: what was corrected in the one before goes along, and that one is kept."""

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path, PurePath

from babel.dates import format_datetime

from careerprint.core.diagnostics import N_, Refused, refuse, writing
from careerprint.core.files import write_whole
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.desk.carrying import Carried, Read, carried
from careerprint.desk.desk import Desk, alone
from careerprint.desk.fairedits import by_sheet, with_edits
from careerprint.desk.fairgrid import grid
from careerprint.desk.history import brought, keep_brought, keep_table, table_kept, tables
from careerprint.desk.offering import FAIR_TABLES, table_of
from careerprint.desk.shown import Shown
from careerprint.fairs.rows import read_columns
from careerprint.fairs.values import FLYER, only_of
from careerprint.intake.fairtemplate import fair_table
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import format_words
from careerprint.planning.season import known_names, read_book
from careerprint.profiles.catalogs import locale_name


@alone
def bring(desk: Desk, content: bytes, name: str) -> Shown:
    """Make a file the workspace's table of fairs; the one before is kept in the history.

    What was corrected in that one is carried over where the file has it as it came. The answer has
    `carried`: the `count` of cells, `clashes` that the file has otherwise, too, and how many are
    `lost`, because the file cannot be changed. Raises Refused where it is no table of fairs; then
    nothing has changed.
    """
    theirs = _read(desk, name, content)
    target = _target(PurePath(name).suffix.lower())
    found, lost = _corrections(desk, theirs), 0
    made = content
    if found.edits:
        try:
            edits = by_sheet(*theirs, found.edits)
            known = known_names(Reader(desk.root), read_configuration(Reader(desk.root)))
            made = with_edits(target, content, edits, known.columns)
        except Refused:  # it can be read, not changed
            found, lost = Carried(), found.count + len(found.clashes)
    _replace(desk, target, made)
    keep_brought(desk.root, target, content)
    clashes = [
        {**edit.model_dump(), "heading": theirs[1].headings[edit.column], "new": new}
        for edit, new in found.clashes
    ]
    return {**grid(desk), "carried": {"count": found.count, "clashes": clashes, "lost": lost}}


def as_brought(desk: Desk) -> Shown:
    """Take the table as it came, without what was corrected here; that one is kept."""
    if came := brought(desk.root):
        _take(desk, came, came)
    return grid(desk)


def former(desk: Desk) -> list[Shown]:
    """Return the tables that were replaced or corrected, the latest first: name and time."""
    language = desk.shower.language
    return [
        {
            "name": name,
            "told": format_datetime(at.astimezone(), "d. MMMM, HH:mm", locale=language),
        }
        for name, at in tables(desk.root)
    ]


def bring_back(desk: Desk, name: str) -> Shown:
    """Put a table that was kept in place of the one of now; raises Refused where it is gone."""
    known = (each for each, _ in tables(desk.root) if each == name)
    kept = table_kept(desk.root, found) if (found := next(known, "")) else None
    if kept is None:
        raise refuse(
            name,
            N_("This earlier version is not there any more."),
            N_("Choose another one."),
        )
    _take(desk, kept, brought(desk.root, name) or kept)
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
    keep_brought(desk.root, "content/fairs.xlsx", content)
    return grid(desk)


def _corrections(desk: Desk, theirs: Read) -> Carried:
    """Return what was corrected in the table of now and is to go into the new file."""
    now, came = table_of(Reader(desk.root)), brought(desk.root)
    if not now or came is None:
        return Carried()
    mine, base = Reader(desk.root).read_bytes(now), came.read_bytes()
    if mine == base:
        return Carried()
    with suppress(Refused):  # a table that cannot be read any more
        return carried(_read(desk, came.name, base), _read(desk, now, mine), theirs)
    return Carried()


def _read(desk: Desk, name: str, content: bytes) -> Read:
    file = Path(PurePath(name).name)
    return read_columns(*read_book(file, Reader(desk.root), content=content))


@alone
def _take(desk: Desk, file: Path, came: Path) -> None:
    """Put a kept file in place of the table of now; `came` is what it was made of."""
    content, base = file.read_bytes(), came.read_bytes()
    _replace(desk, _target(file.suffix), content)
    keep_brought(desk.root, came.name, base)


def _target(suffix: str) -> str:
    return next((known for known in FAIR_TABLES if known.endswith(suffix)), FAIR_TABLES[0])


def _replace(desk: Desk, target: str, content: bytes) -> None:
    """Put a table in place of all that there are, which are kept."""
    for name in FAIR_TABLES:
        file = desk.root / name
        if file.is_file():
            keep_table(desk.root, name, file.read_bytes(), datetime.now(UTC), at_once=True)
    with writing(target):
        write_whole(desk.root / target, content)
    for name in FAIR_TABLES:
        if name != target:
            with writing(name):
                (desk.root / name).unlink(missing_ok=True)
    desk.refresh()
