"""The commands that print: build, status, proof, watch, clean; and how editions are selected."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerprint.commands.console import (
    quiet_progress,
    refusals_told,
    shown_path,
)
from careerprint.commands.runs import (
    Asked,
    Place,
    Shown,
    asks_how,
    end_with,
    executor_option,
    here,
    jobs_option,
    out_option,
    targets_option,
)
from careerprint.core.diagnostics import N_
from careerprint.core.edition import Selection
from careerprint.core.messages import Translate, user_language
from careerprint.core.targets import TARGETS

if TYPE_CHECKING:
    from careerprint.building.build import Options
    from careerprint.building.workers import Printers
    from careerprint.core.edition import Outcome


def selects_editions(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that select editions: it gets `selection` and `out`."""

    @click.argument("profiles", metavar="[PROFILE]...", nargs=-1)
    @click.option(
        "--layout",
        "layouts",
        metavar="NAME",
        multiple=True,
        help=N_("Only this layout; repeatable."),
    )
    @click.option(
        "--locale",
        "locales",
        metavar="TAG",
        multiple=True,
        help=N_("Only this locale; repeatable."),
    )
    @click.option(
        "--format",
        "formats",
        metavar="NAME",
        multiple=True,
        help=N_("In this format, a4 for example; repeatable. Default: as declared."),
    )
    @targets_option
    @out_option
    @wraps(command)
    def with_selection(*arguments: object, **options: Any) -> None:  # noqa: ANN401 - click's
        named = {field.name: options.pop(field.name) for field in fields(Selection)}
        named["profiles"] = tuple(map(_slug, named["profiles"]))
        command(*arguments, selection=Selection(**named), **options)

    return with_selection


@click.command(
    "build",
    help=N_(
        "Print the editions of the workspace, or of these profiles. A PROFILE is the name of a "
        "folder in content/. What is fresh is not printed again."
    ),
)
@selects_editions
@asks_how
@click.pass_obj
def build_command(
    translate: Translate, selection: Selection, out: Path | None, asked: Asked
) -> None:
    """Plan, build, and say what came of it."""
    place = here(translate, out)
    end_with(run_build(place, selection, asked.options(), asked.shown(translate)))


@click.command(
    "status",
    help=N_(
        "Say of each edition whether its PDF is as it should be, failed or missing, and if it is "
        "not, why. Prints and writes nothing."
    ),
)
@selects_editions
@click.option("--json", "as_json", is_flag=True, help=N_("Write each event as a line of JSON."))
@click.pass_obj
def status_command(
    translate: Translate, selection: Selection, out: Path | None, as_json: bool
) -> None:
    """Compare what was printed with what there is now, and say so."""
    from careerprint.building.build import Options

    shown = Shown(translate, explain=True, as_json=as_json)
    end_with(run_build(here(translate, out), selection, Options(dry_run=True), shown))


@click.command(
    "proof",
    help=N_(
        "Draw the pages of editions as pictures, and all of them on contact sheets. What is not "
        "fresh is printed first. The pictures go to proofs/ beside the PDFs."
    ),
)
@selects_editions
@click.option(
    "--dpi",
    metavar="N",
    default="150",
    help=N_("Resolution of the pages in dots per inch, 36 to 600. Default: 150."),
)
@click.pass_context
def proof_command(context: click.Context, selection: Selection, out: Path | None, dpi: str) -> None:
    """Build, draw, and say what was drawn."""
    from careerprint.building.build import Options
    from careerprint.output.proofing import FOLDER, draw_proofs, read_resolution

    translate = context.obj
    language = context.find_root().params["lang"] or user_language()
    with refusals_told(translate):
        resolution = read_resolution(dpi)
    place = here(translate, out)
    outcomes = run_build(place, selection, Options(jobs=None), Shown(translate))
    with refusals_told(translate), quiet_progress(len(outcomes)) as report:
        proofs = draw_proofs(outcomes, place.out, resolution, language, report)
    for sheet in proofs.sheets:
        click.echo(translate(N_("drawn: {file}")).format(file=shown_path(sheet)))
    click.echo(
        translate(N_("Pages drawn: {count}. {folder}")).format(
            count=proofs.page_count, folder=shown_path(place.out / FOLDER)
        )
    )
    end_with(outcomes)


@click.command(
    "watch",
    help=N_(
        "Build, and build again after each edit, what was edited last first. Ends with Ctrl-C."
    ),
)
@selects_editions
@jobs_option
@executor_option
@click.pass_obj
def watch_command(
    translate: Translate, selection: Selection, out: Path | None, jobs: int | None, executor: str
) -> None:
    """Build whenever something changes; what is wrong is told, and waited for to be mended."""
    from careerprint.building.build import Options
    from careerprint.building.printers import printers_by
    from careerprint.building.watching import edits

    options, shown, place = Options(jobs=jobs), Shown(translate), here(translate, out)
    with suppress(KeyboardInterrupt), printers_by(executor, jobs) as printers:
        for changed in edits(place.root, place.out):
            with suppress(SystemExit):  # the complaint has been made
                run_build(place, selection, options, shown, printers, changed)
            click.echo(translate(N_("Waiting for edits; Ctrl-C ends this.")))


@click.command(
    "clean",
    help=N_(
        "List the PDFs that were printed and are no longer declared, nor in a table of fairs. Only "
        "what careerprint has printed, and as it was printed, is ever removed."
    ),
)
@click.option("--fair", metavar="ID", help=N_("List all that was printed for this fair instead."))
@out_option
@click.option("--yes", is_flag=True, help=N_("Remove them."))
@click.pass_obj
def clean_command(translate: Translate, fair: str | None, out: Path | None, yes: bool) -> None:
    """List, and remove if that is asked for."""
    from careerprint.building.lock import alone_in
    from careerprint.building.pruning import leftovers, of_fair, remove
    from careerprint.building.record import open_record
    from careerprint.core.diagnostics import not_written

    place = here(translate, out)
    with refusals_told(translate):
        # Of what is declared, a file for the press that somebody asked for is wanted too.
        wanted = Selection(targets=tuple(TARGETS))
        declared = [] if fair else place.editions(wanted, to_write=False)
        try:
            with ExitStack() as stack:
                if yes:
                    stack.enter_context(alone_in(place.out))
                record = stack.enter_context(open_record(place.out, to_write=yes))
                found = (
                    of_fair(place.out, record, fair)
                    if fair
                    else leftovers(place.out, record, declared)
                )
                if yes:
                    remove(place.out, record, found)
        except OSError as failure:
            raise not_written(Path(failure.filename or place.out), failure) from None
    there = [leftover for leftover in found if leftover.is_there]
    for leftover in there:
        word = N_("removed: {file}") if yes else N_("to remove: {file}")
        if leftover.altered:
            word = N_("altered since it was printed, and left alone: {file}")
        click.echo(translate(word).format(file=leftover.output))
    removable = sum(not leftover.altered for leftover in there)
    if yes:
        summary = N_("{count} removed. {folder}")
    elif removable:
        summary = N_("{count} to remove; with --yes they are. {folder}")
    else:
        summary = N_("There is nothing to remove. {folder}")
    click.echo(translate(summary).format(count=removable, folder=shown_path(place.out)))


def run_build(
    place: Place,
    selection: Selection,
    options: "Options",
    shown: Shown,
    printers: "Printers | None" = None,
    changed: Sequence[str] = (),
) -> "list[Outcome]":
    """Build what is selected, say what came of it, and return it.

    What was `changed` comes first. A Refused ends the command with its complaint.
    """
    from careerprint.building.build import build
    from careerprint.core.reader import Reader

    with refusals_told(shown.translate):
        editions = place.editions(selection, to_write=not options.dry_run)
        if changed:
            editions = place.edited_first(editions, changed)
        outcomes = build(
            editions, Reader(place.root), place.out, options, shown.listener(), printers
        )
    shown.outcomes(outcomes, place.out, dry_run=options.dry_run)
    return outcomes


def _slug(name: str) -> str:
    """Return the profile's name for what completion in a shell may have made of it."""
    parts = [p for p in Path(name).parts if p not in {"content", "profile.md"}]
    return parts[0] if len(parts) == 1 else name
