"""What the commands that print have in common: where they are, what they show, how they end."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from careerprint.commands.console import (
    EDITION_FAILED,
    complain,
    print_table,
    refusals_told,
    shown_path,
)
from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.edition import Selection, State
from careerprint.core.messages import Translate
from careerprint.core.targets import TARGETS

if TYPE_CHECKING:
    from careerprint.building.build import Listener, Options
    from careerprint.core.edition import Edition, Outcome

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """The workspace of a command, and the folder that its PDFs go to."""

    root: Path
    out: Path

    def editions(self, selection: Selection, *, to_write: bool = True) -> "list[Edition]":
        """Return the editions that are selected; raises Refused where that cannot be."""
        from careerprint.building.record import open_record
        from careerprint.building.selection import selected_editions
        from careerprint.core.diagnostics import not_written
        from careerprint.core.reader import Reader

        try:
            with open_record(self.out, to_write=to_write) as record:
                return selected_editions(selection, Reader(self.root), record, to_write=to_write)
        except OSError as failure:
            raise not_written(Path(failure.filename or self.out), failure) from None

    def edited_first(self, editions: "list[Edition]", changed: Sequence[str]) -> "list[Edition]":
        """Return the editions with those first that are made from what was `changed`."""
        from careerprint.building.record import open_record
        from careerprint.building.watching import edited_first

        with open_record(self.out, to_write=False) as record:
            return edited_first(editions, record.entries(), changed)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a build is shown, and in which language."""

    translate: Translate
    explain: bool = False
    timings: bool = False
    as_json: bool = False

    def listener(self) -> "Listener":
        """Return what shows how a build goes."""
        from careerprint.commands.progress import Events, Heard, progress

        if self.as_json:
            return Heard(Events(self.translate))
        return Heard(progress(self.translate, explain=self.explain))

    def outcomes(self, outcomes: "Sequence[Outcome]", out: Path, *, dry_run: bool) -> None:
        """Show what came of a build."""
        count = {state: sum(o.state is state for o in outcomes) for state in State}
        if self.as_json:
            from careerprint.commands.progress import emit_finished

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


def here(translate: Translate, out: Path | None) -> Place:
    """Return the workspace that the command was called in; ends it where there is none."""
    from careerprint.core.workspace import find_workspace

    with refusals_told(translate):
        root = find_workspace(Path.cwd())
        if out is None:
            _refuse_link(root, root / "out")
    return Place(root, out or root / "out")


def _refuse_link(root: Path, out: Path) -> None:
    """Refuse an output folder that is a link out of the workspace, or holds one for us to use."""
    proofs = out / "proofs"
    for folder in (out, out / ".careerprint", proofs, *proofs.glob("*")):
        if not folder.resolve().is_relative_to(root):
            raise refuse(
                Location(f"{folder.relative_to(root).as_posix()}/"),
                N_("This folder is a link that leads out of the workspace."),
                N_("Delete the link, or say where the PDFs are to go: --out DIR."),
            )


def end_with(outcomes: "Sequence[Outcome]") -> None:
    """End the command with the exit status that the outcomes of a build ask for."""
    if any(outcome.state is State.FAILED for outcome in outcomes):
        sys.exit(EDITION_FAILED)


def read_given(path: Path) -> bytes:
    """Return the bytes of a file that the user names; raises Refused where there are none."""
    location = Location(str(path))
    try:
        if path.is_dir():
            raise refuse(
                location, N_("This is a folder."), N_("Give the path of a PDF file, or of several.")
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise refuse(
            location,
            N_("There is no such file."),
            N_("Check the path. PDFs of this workspace are in out/, once they have been printed."),
        ) from None
    except (OSError, ValueError) as failure:  # ValueError: what no file can be called
        raise refuse(
            location,
            N_("The file “{name}” cannot be read ({reason})."),
            N_("Check that it is a file and that you may read it."),
            name=path.name,
            reason=getattr(failure, "strerror", None) or failure,
        ) from None


def out_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that names the folder of the PDFs: it gets `out`."""
    return click.option(
        "--out",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help=N_("Where the PDFs go. Default: out/ in the workspace."),
    )(command)


targets_option = click.option(
    "--target",
    "targets",
    metavar="|".join(TARGETS),
    type=click.Choice([*TARGETS]),
    multiple=True,
    help=N_("What the PDFs are for; repeatable. Default: as declared."),
)


def _one_of_two(context: click.Context, parameter: click.Parameter, value: T) -> T:
    """Return the value of --jobs or --executor; ends the command where both are given."""
    other = "executor" if parameter.name == "jobs" else "jobs"
    with refusals_told(context.obj):
        if value and context.params.get(other):
            raise refuse(
                Location("--executor"),
                N_("--jobs is for printing on this machine."),
                N_("Leave one of the two out."),
            )
    return value


def _cluster(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """Return the address of a cluster, "" for none; ends the command where it cannot be used."""
    if not value:
        return ""
    from careerprint.building.clusterlink import scheduler_address

    with refusals_told(context.obj):
        scheduler_address(value)
    return _one_of_two(context, parameter, value)


jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    callback=_one_of_two,
    help=N_("How many processes print at a time. Default: as many as there are processors."),
)

executor_option = click.option(
    "--executor",
    metavar="ADDRESS",
    callback=_cluster,
    help=N_("Print on the dask cluster at dask://HOST:PORT instead of on this machine."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a command is asked to build, and what to show of that, by its options."""

    force: bool
    strict: bool
    dry_run: bool
    explain: bool
    timings: bool
    as_json: bool
    allow_unreviewed: bool
    jobs: int | None
    executor: str

    def options(self) -> "Options":
        """Return how to build."""
        from careerprint.building.build import Options

        return Options(
            force=self.force,
            strict=self.strict,
            jobs=self.jobs,
            dry_run=self.dry_run,
            allow_unreviewed=self.allow_unreviewed,
            executor=self.executor,
        )

    def shown(self, translate: Translate) -> Shown:
        """Return what to show of it."""
        return Shown(translate, explain=self.explain, timings=self.timings, as_json=self.as_json)


def asks_how(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a build: it gets them as `asked`."""

    @click.option("--force", is_flag=True, help=N_("Print editions again that are fresh."))
    @click.option("--strict", is_flag=True, help=N_("Treat warnings as errors."))
    @click.option("--dry-run", is_flag=True, help=N_("Print nothing; say what would be printed."))
    @click.option("--explain", is_flag=True, help=N_("Say why an edition is printed."))
    @click.option("--timings", is_flag=True, help=N_("Say how many seconds each edition took."))
    @click.option("--json", "as_json", is_flag=True, help=N_("Write each event as a line of JSON."))
    @click.option(
        "--allow-unreviewed",
        is_flag=True,
        help=N_("Print translations for the press that nobody has reviewed."),
    )
    @jobs_option
    @executor_option
    @wraps(command)
    def with_asked(*arguments: object, **options: Any) -> None:  # noqa: ANN401 - click's
        asked = Asked(**{field.name: options.pop(field.name) for field in fields(Asked)})
        command(*arguments, asked=asked, **options)

    return with_asked
