"""What a workspace offers to look at: its profiles, editions and fairs, and what is off in them."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from careerprint.core.diagnostics import Diagnostic, Refused
from careerprint.core.edition import Edition, Selection
from careerprint.core.reader import Reader
from careerprint.fairs.fair import Fair
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import Layout, layout_names, read_layout
from careerprint.planning.plan import NO_PROFILE, plan_editions
from careerprint.planning.season import Season, by_id, fair_editions, read_season
from careerprint.profiles.content import profile_slugs, read_profile

# Names of the table of fairs; the first one that exists is read.
FAIR_TABLES = ("content/fairs.csv", "content/fairs.xlsx", "content/fairs.ods", "content/fairs.ics")


@dataclass(frozen=True, slots=True)
class Offering:
    """The editions and fairs of a workspace that can be looked at.

    `declared` are the editions that a build prints; `others` come in further formats, or are for
    fairs. `layouts` and `fairs` are by name. `table` is the table of
    fairs, "" where there is none. `faults` are those of the workspace, `fair_findings`
    those of the table of fairs. Of a workbook, `sheets` are those that are read and `all_sheets`
    those that hold a table; `part` names the former where they were chosen among others.
    """

    profiles: tuple[str, ...] = ()
    table: str = ""
    declared: tuple[Edition, ...] = ()
    others: tuple[Edition, ...] = ()
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    fairs: Mapping[str, Fair] = field(default_factory=dict)
    faults: tuple[Diagnostic, ...] = ()
    fair_findings: tuple[Diagnostic, ...] = ()
    part: str = ""
    sheets: tuple[str, ...] = ()
    all_sheets: tuple[str, ...] = ()

    def edition(self, output: str) -> Edition | None:
        """Return the edition with an output path, None where none is offered under it."""
        return next((e for e in (*self.declared, *self.others) if e.output == output), None)


def read_offering(reader: Reader, today: date) -> Offering:
    """Return what the workspace offers; its faults are in the result, and not raised."""
    profiles: tuple[str, ...] = ()
    declared: tuple[Edition, ...] = ()
    try:
        profiles = tuple(profile_slugs(reader))
        layouts = {name: read_layout(reader, name) for name in layout_names(reader)}
        declared = tuple(plan_editions(reader, read_configuration(reader)))
    except Refused as refused:
        # A workspace begins without a profile: that is no fault.
        if faults := tuple(d for d in refused.diagnostics if d.message != NO_PROFILE):
            return Offering(profiles=profiles, faults=faults)
    table = table_of(reader)
    season, fair_findings = _season(reader, table, today) if table else (None, ())
    fairs = by_id(season.fairs) if season else {}
    printed = [layouts[name] for name in dict.fromkeys(edition.layout for edition in declared)]
    others = (*_in_all_formats(reader, printed), *fair_editions(fairs.values()))
    return Offering(
        profiles,
        table,
        declared,
        tuple(e for e in dict.fromkeys(others) if e not in declared),
        layouts,
        fairs,
        fair_findings=fair_findings,
        part=season.part if season else "",
        sheets=season.sheets if season else (),
        all_sheets=season.all_sheets if season else (),
    )


def _in_all_formats(reader: Reader, layouts: Iterable[Layout]) -> tuple[Edition, ...]:
    """Return the editions that would be declared if every format of these layouts were."""
    formats = tuple(sorted({name for layout in layouts for name in layout.formats}))
    try:
        configuration = read_configuration(reader)
        return tuple(plan_editions(reader, configuration, Selection(formats=formats)))
    except Refused:  # the declared layouts have none of them, or two would be one file
        return ()


def table_of(reader: Reader) -> str:
    """Return the name of the workspace's table of fairs, "" where there is none."""
    with suppress(Refused):
        return next((name for name in FAIR_TABLES if reader.find(name) is not None), "")
    return ""


def _season(
    reader: Reader, table: str, today: date
) -> tuple[Season | None, tuple[Diagnostic, ...]]:
    try:
        season = read_season(reader.root / table, reader, today)
    except Refused as refused:
        return None, refused.diagnostics
    return season, season.diagnostics


def title_of(reader: Reader, slug: str) -> str:
    """Return the title of a profile; its name where it has faults."""
    try:
        return str(read_profile(reader.fork(), slug).front.title)
    except Refused:
        return slug
