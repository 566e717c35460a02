"""The commands that print: build, status, proof, watch, clean; and how editions are selected."""

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerprint.console import (
    EDITION_FAILED,
    complain,
    print_table,
    quiet_progress,
    refusals_told,
    shown_path,
)
from careerprint.diagnostics import N_
from careerprint.edition import Selection, State
from careerprint.messages import Translate, user_language

if TYPE_CHECKING:
    from careerprint.build import Listener, Options
    from careerprint.edition import Edition, Outcome
    from careerprint.workers import Printers


@dataclass(frozen=True, slots=True)
class Place:
    """The workspace of a command, and the folder that its PDFs go to."""

    root: Path
    out: Path

    def editions(self, selection: Selection, *, to_write: bool = True) -> "list[Edition]":
        """Return the editions that are selected; raises Refused where that cannot be."""
        from careerprint.build import not_written
        from careerprint.reader import Reader
        from careerprint.record import open_record
        from careerprint.selection import selected_editions

        try:
            with open_record(self.out, to_write=to_write) as record:
                return selected_editions(selection, Reader(self.root), record, to_write=to_write)
        except OSError as failure:
            raise not_written(Path(failure.filename or self.out), failure) from None

    def edited_first(self, editions: "list[Edition]", changed: Sequence[str]) -> "list[Edition]":
        """Return the editions with those first that are made from what was `changed`."""
        from careerprint.record import open_record
        from careerprint.watching import edited_first

        with open_record(self.out, to_write=False) as record:
            return edited_first(editions, record.entries(), changed)


def selects_editions(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that select editions: it gets `selection` and `place`."""

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
    @_out_option
    @wraps(command)
    def with_selection(*arguments: object, **options: Any) -> None:  # noqa: ANN401 - click's
        named = {field.name: options.pop(field.name) for field in fields(Selection)}
        named["profiles"] = tuple(map(_slug, named["profiles"]))
        command(*arguments, selection=Selection(**named), **options)

    return with_selection


def _out_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--out",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help=N_("Where the PDFs go. Default: out/ in the workspace."),
    )(command)


_jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help=N_("How many processes print at a time. Default: as many as there are processors."),
)


@click.command(
    "build",
    help=N_(
        "Print the editions of the workspace, or of these profiles. A PROFILE is the name of a "
        "folder in content/. What is fresh is not printed again."
    ),
)
@selects_editions
@click.option("--force", is_flag=True, help=N_("Print editions again that are fresh."))
@click.option("--strict", is_flag=True, help=N_("Fail an edition that has warnings."))
@click.option("--dry-run", is_flag=True, help=N_("Print nothing; say what would be printed."))
@click.option("--explain", is_flag=True, help=N_("Say why an edition is printed."))
@click.option("--timings", is_flag=True, help=N_("Say how many seconds each edition took."))
@click.option("--json", "as_json", is_flag=True, help=N_("Write each event as a line of JSON."))
@_jobs_option
@click.pass_obj
def build_command(  # noqa: PLR0913, PLR0917 - click passes each option by name
    translate: Translate,
    selection: Selection,
    out: Path | None,
    force: bool,
    strict: bool,
    dry_run: bool,
    explain: bool,
    timings: bool,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Plan, build, and say what came of it."""
    from careerprint.build import Options

    options = Options(force=force, strict=strict, jobs=jobs, dry_run=dry_run)
    shown = _Shown(translate, explain=explain, timings=timings, as_json=as_json)
    _end_with(_built(_here(translate, out), selection, options, shown))


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
    from careerprint.build import Options

    shown = _Shown(translate, explain=True, as_json=as_json)
    _end_with(_built(_here(translate, out), selection, Options(dry_run=True), shown))


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
    from careerprint.build import Options
    from careerprint.proofing import FOLDER, draw_proofs, read_resolution

    translate = context.obj
    language = context.find_root().params["lang"] or user_language()
    with refusals_told(translate):
        resolution = read_resolution(dpi)
    place = _here(translate, out)
    outcomes = _built(place, selection, Options(jobs=None), _Shown(translate))
    with refusals_told(translate), quiet_progress(2 * len(outcomes)) as report:
        proofs = draw_proofs(outcomes, place.out, resolution, language, report)
    for sheet in proofs.sheets:
        click.echo(translate(N_("drawn: {file}")).format(file=shown_path(sheet)))
    click.echo(
        translate(N_("Pages drawn: {count}. {folder}")).format(
            count=proofs.page_count, folder=shown_path(place.out / FOLDER)
        )
    )
    _end_with(outcomes)


@click.command(
    "watch",
    help=N_(
        "Build, and build again after each edit, what was edited last first. Ends with Ctrl-C."
    ),
)
@selects_editions
@_jobs_option
@click.pass_obj
def watch_command(
    translate: Translate, selection: Selection, out: Path | None, jobs: int | None
) -> None:
    """Build whenever something changes; what is wrong is told, and waited for to be mended."""
    from careerprint.build import Options
    from careerprint.watching import edits
    from careerprint.workers import printers_for

    options, shown, place = Options(jobs=jobs), _Shown(translate), _here(translate, out)
    with suppress(KeyboardInterrupt), printers_for(options.jobs) as printers:
        for changed in edits(place.root, place.out):
            with suppress(SystemExit):  # the complaint has been made
                _built(place, selection, options, shown, printers, changed)
            click.echo(translate(N_("Waiting for edits; Ctrl-C ends this.")))


@click.command(
    "clean",
    help=N_(
        "List the PDFs that were printed and are no longer declared. Only what careerprint has "
        "printed, and as it was printed, is ever removed."
    ),
)
@_out_option
@click.option("--yes", is_flag=True, help=N_("Remove them."))
@click.pass_obj
def clean_command(translate: Translate, out: Path | None, yes: bool) -> None:
    """List, and remove if that is asked for."""
    from careerprint.build import not_written
    from careerprint.lock import alone_in
    from careerprint.pruning import leftovers, remove
    from careerprint.record import open_record

    place = _here(translate, out)
    with refusals_told(translate):
        declared = place.editions(Selection(), to_write=False)
        try:
            with ExitStack() as stack:
                if yes:
                    stack.enter_context(alone_in(place.out))
                record = stack.enter_context(open_record(place.out, to_write=yes))
                found = leftovers(place.out, record, declared)
                if yes:
                    remove(place.out, record, found)
        except OSError as failure:
            raise not_written(Path(failure.filename or place.out), failure) from None
    there = [leftover for leftover in found if leftover.is_there]
    for leftover in there:
        word = N_("removed: {file}") if yes else N_("no longer declared: {file}")
        if leftover.altered:
            word = N_("no longer declared, but altered since it was printed; left alone: {file}")
        click.echo(translate(word).format(file=leftover.output))
    removable = sum(not leftover.altered for leftover in there)
    if yes:
        summary = N_("{count} removed. {folder}")
    elif removable:
        summary = N_("{count} to remove: careerprint clean --yes")
    else:
        summary = N_("There is nothing to remove. {folder}")
    click.echo(translate(summary).format(count=removable, folder=shown_path(place.out)))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of a build is shown, and in which language."""

    translate: Translate
    explain: bool = False
    timings: bool = False
    as_json: bool = False

    def listener(self) -> "Listener":
        """Return what shows how a build goes."""
        from careerprint.progress import Events, progress

        if self.as_json:
            return Events(self.translate)
        return progress(self.translate, explain=self.explain)

    def outcomes(self, outcomes: "Sequence[Outcome]", out: Path, *, dry_run: bool) -> None:
        """Show what came of a build."""
        count = {state: sum(o.state is state for o in outcomes) for state in State}
        if self.as_json:
            from careerprint.progress import emit_finished

            emit_finished(count)
            return
        complain((d for outcome in outcomes for d in outcome.diagnostics), self.translate)
        if self.timings:
            self._timings(outcomes)
        summary = (
            N_("{stale} to print, {fresh} unchanged, {failed} failed. {folder}")
            if dry_run
            else N_("{printed} printed, {fresh} unchanged, {failed} failed. {folder}")
        )
        click.echo(
            self.translate(summary).format(
                stale=count[State.STALE] + count[State.MISSING],
                printed=count[State.PRINTED],
                fresh=count[State.FRESH],
                failed=count[State.FAILED],
                folder=shown_path(out),
            )
        )

    def _timings(self, outcomes: "Sequence[Outcome]") -> None:
        heads = [N_("edition"), N_("layout"), N_("composing (s)"), N_("printing (s)")]
        rows = [
            [o.edition.output, o.edition.product, f"{o.composing:.2f}", f"{o.printing:.2f}"]
            for o in outcomes
            if o.state is State.PRINTED
        ]
        print_table([[self.translate(head) for head in heads], *rows])


def _built(
    place: Place,
    selection: Selection,
    options: "Options",
    shown: _Shown,
    printers: "Printers | None" = None,
    changed: Sequence[str] = (),
) -> "list[Outcome]":
    """Build what is selected, say what came of it, and return it.

    What was `changed` comes first. A Refused ends the command with its complaint.
    """
    from careerprint.build import build
    from careerprint.reader import Reader

    with refusals_told(shown.translate):
        editions = place.editions(selection, to_write=not options.dry_run)
        if changed:
            editions = place.edited_first(editions, changed)
        outcomes = build(
            editions, Reader(place.root), place.out, options, shown.listener(), printers
        )
    shown.outcomes(outcomes, place.out, dry_run=options.dry_run)
    return outcomes


def _here(translate: Translate, out: Path | None) -> Place:
    """Return the workspace that the command was called in; ends it where there is none."""
    from careerprint.workspace import find_workspace

    with refusals_told(translate):
        root = find_workspace(Path.cwd())
    return Place(root, out or root / "out")


def _end_with(outcomes: "Sequence[Outcome]") -> None:
    """End the command with the exit status that the outcomes of a build ask for."""
    if any(outcome.state is State.FAILED for outcome in outcomes):
        sys.exit(EDITION_FAILED)


def _slug(name: str) -> str:
    """Return the profile's name for what completion in a shell may have made of it."""
    parts = [p for p in Path(name).parts if p not in {"content", "profile.md"}]
    return parts[0] if len(parts) == 1 else name
