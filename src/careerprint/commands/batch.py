"""The command for a season of job fairs: a table in, every flyer and the order out."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerprint.commands.console import EDITION_FAILED, complain, refusals_told, shown_path
from careerprint.commands.runs import Asked, asks_how, here, out_option, targets_option
from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.edition import State
from careerprint.core.messages import Translate, user_language

if TYPE_CHECKING:
    from careerprint.output.deliveries import Delivered


@click.command(
    "batch",
    help=N_(
        "Print the flyers for the job fairs in a table, FAIRS: .csv, .xlsx or .ods with a row for "
        "each fair. All rows are checked first; what cannot be printed is listed at the end, and "
        "in fairs/rejected.csv beside the PDFs, to be corrected and given in again. The order for "
        "the print shop is fairs/order.csv and fairs/order.pdf."
    ),
)
@click.argument("table", metavar="FAIRS", type=click.Path(path_type=Path))
@click.option("--row", "ids", metavar="ID", multiple=True, help=N_("Only this fair; repeatable."))
@click.option("--from", "first", metavar="DATE", help=N_("Only fairs that begin on DATE or later."))
@click.option("--to", "last", metavar="DATE", help=N_("Only fairs that begin on DATE or before."))
@click.option(
    "--locale", "locales", metavar="TAG", multiple=True, help=N_("Only this locale; repeatable.")
)
@targets_option
@click.option("--combined", is_flag=True, help=N_("Put all copies for a fair into one file, too."))
@asks_how
@out_option
@click.pass_context
def batch_command(  # noqa: PLR0913, PLR0917 - click passes each option by name
    context: click.Context,
    table: Path,
    ids: tuple[str, ...],
    first: str | None,
    last: str | None,
    locales: tuple[str, ...],
    targets: tuple[str, ...],
    combined: bool,
    asked: Asked,
    out: Path | None,
) -> None:
    """Read the table, print what is chosen of it, and deliver what goes with it."""
    from careerprint.building.build import build
    from careerprint.building.printers import printers_by
    from careerprint.core.reader import Reader
    from careerprint.output.deliveries import Parts, deliver
    from careerprint.planning.season import by_id, chosen_fairs, fair_editions, read_season

    translate: Translate = context.obj
    language = context.find_root().params["lang"] or user_language()
    place = here(translate, out)
    shown = asked.shown(translate)
    with printers_by(asked.executor, asked.jobs) as printers:
        with refusals_told(translate):
            reader = Reader(place.root)
            season = read_season(table, reader, date.today(), strict=asked.strict)
            fairs = chosen_fairs(season, ids, _day("--from", first), _day("--to", last))
            outcomes = build(
                fair_editions(fairs, locales, targets or season.targets),
                reader,
                place.out,
                asked.options(),
                shown.listener(),
                printers,
                by_id(fairs),
            )
        shown.outcomes(outcomes, place.out, dry_run=asked.dry_run)
        complain(season.diagnostics, translate)
        if not asked.dry_run:
            parts = Parts(translate, language, combined=combined)
            with refusals_told(translate):
                delivered = deliver(season, outcomes, place.out, reader, printers, parts)
    if not asked.dry_run and not asked.as_json:
        _say(delivered, place.out, translate)
    if season.rejected or any(outcome.state is State.FAILED for outcome in outcomes):
        sys.exit(EDITION_FAILED)


def _say(delivered: "Delivered", out: Path, translate: Translate) -> None:
    """Say what goes with the flyers, and what is to be done about it."""
    for file in delivered.files:
        click.echo(translate(N_("written: {file}")).format(file=shown_path(out / file)))
    if delivered.rejected:
        told = N_("Rows to correct and give in again: {count}. {file}")
        file = shown_path(out / delivered.rejected)
        click.echo(translate(told).format(count=delivered.rejected_rows, file=file))
    if delivered.leftovers:
        told = N_("PDFs of fairs that are no longer in the table: {count}. careerprint clean")
        click.echo(translate(told).format(count=delivered.leftovers))


def _day(option: str, written: str | None) -> date | None:
    """Return the day that an option names; raises Refused where it is none."""
    from careerprint.fairs.entries import Unsuitable, parsed_day

    try:
        return None if written is None else parsed_day(written)
    except Unsuitable as found:
        given = {"value": written, **found.parameters}
        raise refuse(Location(option), found.message, found.hint, **given) from None
