"""A season of job fairs: reads the table that says which flyers are wanted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, Severity, unknown
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.targets import DEFAULT_TARGET
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.fairs.fair import Fair
from careerprint.fairs.headings import HEADINGS, column_named, known_headings
from careerprint.fairs.rows import Rejected, read_fairs
from careerprint.fairs.tables import Book, parse_tables
from careerprint.fairs.values import Known
from careerprint.layouts.configuration import Configuration, read_configuration
from careerprint.layouts.declaration import Layout, layout_names, read_layout
from careerprint.profiles.catalogs import available_locales, spelt_locale
from careerprint.profiles.content import profile_slugs, read_profile, whole_locales

NO_COLUMNS: Mapping[str, str] = {}
TAKES = "fair"  # what a layout declares to take that shows where and when a fair is


@dataclass(frozen=True, slots=True)
class Season:
    """The fairs of a table that can be printed, the rows that cannot, and all findings.

    `table` is the name of its file; `targets` are those that the workspace declares. Of a workbook,
    `sheets` are those that were read, `all_sheets` those that hold a table, and `others` further
    ones that hold something. `is_chosen` tells whether somebody has said which are meant.
    """

    table: str
    headings: tuple[str, ...]
    fairs: tuple[Fair, ...]
    rejected: tuple[Rejected, ...]
    diagnostics: tuple[Diagnostic, ...]
    targets: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    all_sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    is_chosen: bool = False

    @property
    def part(self) -> str:
        """The names of the sheets where they were chosen among others; else ""."""
        is_part = self.is_chosen and len(self.sheets) < len(self.all_sheets)
        return ", ".join(self.sheets) if is_part else ""

    @property
    def sheets_read(self) -> tuple[str, ...]:
        """The sheets that were read, among others; "" for the only one."""
        return self.sheets if len(self.all_sheets) > 1 else ("",)

    def sheet_of(self, fair: Fair) -> str:
        """Return which of the sheets that were read a fair stands on."""
        return fair.headings.sheet or self.sheets_read[0]


def read_season(  # noqa: PLR0913 - all but two by name
    file: Path,
    reader: Reader,
    today: date,
    *,
    strict: bool = False,
    columns: Mapping[str, str] = NO_COLUMNS,
    sheets: Collection[str] | None = None,
    content: bytes | None = None,
) -> Season:
    """Return the season in a table, which may lie anywhere on this machine.

    `sheets` are those to read, by default what careerprint.toml says, or else all with a table of
    fairs, as where none is named; `content` is that of the table where it is no file.

    `reader` reads the workspace, whose names the rows may use. `strict` rejects rows with warnings
    too. `columns` says of headings which column they stand for, by its name or one of its usual
    headings, besides what careerprint.toml says. Raises Refused where there is no such table or
    column, or the workspace is not in order.
    """
    book, known = read_book(file, reader, columns=columns, sheets=sheets, content=content)
    found = read_fairs(book, known, today)
    warned = defaultdict(list)
    for told in found.diagnostics if strict else ():
        if told.severity is Severity.WARNING:
            warned[told.location.sheet, told.location.line].append(told)
    return Season(
        book.name,
        found.columns.headings,
        tuple(fair for fair in found.rows if (fair.headings.sheet, fair.row) not in warned),
        (*found.rejected, *found.rejecting(warned)),
        found.diagnostics,
        read_configuration(reader).build.targets or (DEFAULT_TARGET.name,),
        tuple(table.sheet for table in found.tables.values() if table.sheet),
        book.sheets,
        book.others,
        book.is_chosen,
    )


def read_book(
    file: Path,
    reader: Reader,
    *,
    columns: Mapping[str, str] = NO_COLUMNS,
    sheets: Collection[str] | None = None,
    content: bytes | None = None,
) -> tuple[Book, Known]:
    """Return tables of fairs as they are written, and what their rows may name.

    The parameters, and what is raised, are those of `read_season`.
    """
    configuration = read_configuration(reader)
    meant = _meant(configuration.fairs.columns, CONFIGURATION_FILE) | _meant(columns, "--map")
    known = known_names(reader, configuration, meant)
    place = file.resolve()
    bounds = configuration.bounds.plain
    if content is None:
        content = Reader(place.parent, bounds).read_bytes(place.name, Location(str(file)))
    fits = partial(known_headings, own=meant)
    usual = configuration.fairs.sheet if sheets is None else ()
    return parse_tables(content, str(file), fits, bounds, sheets or (), usual), known


def known_names(
    reader: Reader, configuration: Configuration, columns: Mapping[str, str] = NO_COLUMNS
) -> Known:
    """Return what rows of a table may name in a workspace."""
    layouts, titles = fair_layouts(reader), dict[str, str]()
    for slug in profile_slugs(reader):
        with suppress(Refused):  # a profile with faults has no title
            titles[slug] = read_profile(reader.fork(), slug).front.title
    return Known(
        profiles=tuple(profile_slugs(reader)),
        formats={
            name: tuple(sorted(layout.formats, key=lambda n: n != layout.default_format))
            for name, layout in layouts.items()
        },
        locales=(
            *available_locales(reader),
            *dict.fromkeys(
                t for slug in profile_slugs(reader) for t in whole_locales(reader, slug)
            ),
        ),
        declared=configuration.build.locales,
        titles=titles,
        columns=columns,
        shares=configuration.fairs.copies == "together",
    )


def _meant(columns: Mapping[str, str], place: str) -> dict[str, str]:
    """Return headings with the columns that they stand for; raises Refused for an unknown one."""
    found = {heading: column_named(column) for heading, column in columns.items()}
    if strange := [heading for heading, column in found.items() if column is None]:
        message = N_("There is no column “{name}”.")
        raise Refused(unknown(place, message, columns[h], HEADINGS) for h in strange)
    return {heading: column for heading, column in found.items() if column}


def fair_layouts(reader: Reader) -> dict[str, Layout]:
    """Return the layouts that show where and when a fair is, by name."""
    layouts = {name: read_layout(reader, name) for name in layout_names(reader)}
    return {name: layout for name, layout in layouts.items() if TAKES in layout.takes}


def chosen_fairs(
    season: Season, ids: Collection[str], first: date | None, last: date | None
) -> list[Fair]:
    """Return the fairs with these ids (all, without ids) that begin from `first` to `last`.

    Raises Refused for each id that no usable row has.
    """
    known = [fair.id for fair in season.fairs]
    if missing := [name for name in ids if name not in known]:
        message = N_("There is no row “{name}” that can be printed.")
        raise Refused(unknown(season.table, message, name, known) for name in missing)
    return [
        fair
        for fair in season.fairs
        if (not ids or fair.id in ids)
        and (first is None or fair.start >= first)
        and (last is None or fair.start <= last)
    ]


def fair_editions(
    fairs: Iterable[Fair],
    locales: Collection[str] = (),
    targets: Collection[str] = (DEFAULT_TARGET.name,),
) -> list[Edition]:
    """Return the editions for fairs, in the order of the fairs: all locales, or some."""
    wanted = set(map(spelt_locale, locales))
    return [
        Edition(profile, fair.layout, locale, fair.format, fair.id, target)
        for fair in fairs
        for profile in fair.profiles
        for locale in fair.locales
        if not wanted or locale in wanted
        for target in targets
    ]


def by_id(fairs: Iterable[Fair]) -> Mapping[str, Fair]:
    """Return fairs by their ids."""
    return {fair.id: fair for fair in fairs}
