"""The command for a season of job fairs: a table in, every flyer and the order out."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerprint.commands.console import complain, say
from careerprint.commands.progress import Shown
from careerprint.commands.runs import (
    asks_how,
    end_with,
    here,
    locales_option,
    named,
    out_option,
    targets_option,
)
from careerprint.core.bounds import DEFAULT_BOUNDS, MEGABYTE
from careerprint.core.diagnostics import N_, refuse
from careerprint.core.files import shown_path
from careerprint.core.messages import Translate

if TYPE_CHECKING:
    from careerprint.output.deliveries import Delivered
    from careerprint.planning.season import Season


@click.command(
    "batch",
    help=N_(
        "Print the flyers for the job fairs in a table, FAIRS: .csv, .xlsx or .ods with a row for "
        "each fair, a calendar (.ics), or - for standard input. All rows are checked first; what "
        "cannot be printed is listed at the end, and "
        "in fairs/rejected.csv beside the PDFs, to be corrected and given in again. The order for "
        "the print shop is fairs/order.csv and fairs/order.pdf."
    ),
)
@click.argument("table", metavar="FAIRS", type=click.Path(path_type=Path))
@named("--row", "ids", "ID", N_("Only this fair; repeatable."))
@click.option("--from", "first", metavar="DATE", help=N_("Only fairs that begin on DATE or later."))
@click.option("--to", "last", metavar="DATE", help=N_("Only fairs that begin on DATE or before."))
@locales_option
@targets_option
@click.option(
    "--map",
    "columns",
    metavar="HEADING=COLUMN",
    multiple=True,
    help=N_("What a heading of the table stands for, “Tag=start” for example; repeatable."),
)
@named("--sheet", "sheets", "NAME", N_("Only this sheet of a workbook; repeatable."))
@click.option("--combined", is_flag=True, help=N_("Put all copies for a fair into one file, too."))
@click.option(
    "--one-file", is_flag=True, help=N_("Put all copies for all fairs into one file, too.")
)
@asks_how
@out_option
@click.pass_obj
def batch_command(  # noqa: PLR0913, PLR0917 - click passes each option by name
    translate: Translate,
    table: Path,
    ids: tuple[str, ...],
    first: str | None,
    last: str | None,
    locales: tuple[str, ...],
    targets: tuple[str, ...],
    columns: tuple[str, ...],
    sheets: tuple[str, ...],
    combined: bool,
    one_file: bool,
    how: dict[str, Any],
    shows: dict[str, bool],
    out: Path | None,
) -> None:
    """Print what is chosen of the table, and say what goes with it."""
    workspace = here(out)
    result = workspace.batch(
        table,
        ids=ids,
        columns=dict(_mapped(pair) for pair in columns),
        sheets=sheets,
        content=_standard_input() if str(table) == "-" else None,
        first=_day("--from", first),
        last=_day("--to", last),
        locales=locales,
        targets=targets,
        combined=combined,
        one_file=one_file,
        progress=Shown(translate, workspace.out, **shows),
        **how,
    )
    # What is off in a row may keep its flyers in the house, too: then it has been told of these.
    told = {(d.location, d.message) for o in result.flyers.outcomes for d in o.diagnostics}
    rows = (d for d in result.row_diagnostics if (d.location, d.message) not in told)
    complain(rows, translate)
    if not shows["as_json"]:
        _say_sheets(result.season, translate)
    if result.delivered and not shows["as_json"]:
        _say(result.delivered, workspace.out, translate)
    end_with(result.ok)


def _say_sheets(season: "Season", translate: Translate) -> None:
    """Say which sheets of a workbook were read, where it has several."""
    read, left = season.sheets, [s for s in season.all_sheets if s not in season.sheets]
    if left or len(read) > 1:
        say(translate, N_("sheets read: {sheets}"), sheets=", ".join(read))
        if left := [*left, *season.others]:
            say(translate, N_("sheets not read: {sheets}"), sheets=", ".join(left))


def _say(delivered: "Delivered", out: Path, translate: Translate) -> None:
    """Say what goes with the flyers, and what is to be done about it."""
    for file in delivered.files:
        say(translate, N_("written: {file}"), file=shown_path(out / file))
    if delivered.unready:
        told = N_(
            "Not ordered or combined, because they are not ready to go out: {count} ({which})."
        )
        of = Counter(edition.locale for edition in delivered.unready)
        which = ", ".join(f"{locale} {count}" for locale, count in sorted(of.items()))
        say(translate, told, count=len(delivered.unready), which=which)
    if delivered.uncounted:
        told = N_("Not ordered or combined, because no number of copies stands in the table: {ids}")
        say(translate, told, ids=", ".join(delivered.uncounted))
    if delivered.rejected:
        told = N_("Rows to correct and give in again: {count}. {file}")
        file = shown_path(out / delivered.rejected)
        say(translate, told, count=delivered.rejected_rows, file=file)
    if delivered.leftovers:
        told = N_("PDFs of fairs that are no longer in the table: {count}. careerprint clean")
        say(translate, told, count=delivered.leftovers)


def _standard_input() -> bytes:
    """Return what another program gives, as far as a table may be large."""
    return sys.stdin.buffer.read(DEFAULT_BOUNDS.file_mb * MEGABYTE + 1)


def _mapped(written: str) -> tuple[str, str]:
    """Return a heading and the column that it stands for; raises Refused where one is missing."""
    heading, _, column = (part.strip() for part in written.rpartition("="))
    if not (heading and column):
        raise refuse(
            "--map",
            N_("“{value}” does not say what a heading stands for."),
            N_("Write the heading, “=” and the column: “Tag=start”."),
            value=written,
        )
    return heading, column


def _day(option: str, written: str | None) -> date | None:
    """Return the day that an option names; raises Refused where it is none."""
    from careerprint.fairs.days import parsed_day
    from careerprint.fairs.entries import Unsuitable

    try:
        return None if written is None else parsed_day(written)
    except Unsuitable as found:
        given = {"value": written, **found.parameters}
        raise refuse(option, found.message, found.hint, **given) from None
