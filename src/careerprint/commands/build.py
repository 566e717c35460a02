"""The commands that print: build, status, proof, watch, clean; and how editions are selected."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import click

from careerprint.commands.console import quiet_progress, refusals_told, say
from careerprint.commands.progress import Shown
from careerprint.commands.runs import (
    asks_how,
    end_with,
    executor_option,
    here,
    jobs_option,
    locales_option,
    named,
    out_option,
    targets_option,
)
from careerprint.core.diagnostics import N_, native
from careerprint.core.files import shown_path
from careerprint.core.messages import Translate

SELECTING = ("profiles", "layouts", "locales", "formats", "targets")


def selects_editions(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that select editions: it gets `selected` and `out`."""

    @click.argument("profiles", metavar="[PROFILE]...", nargs=-1)
    @named("--layout", "layouts", "NAME", N_("Only this layout; repeatable."))
    @locales_option
    @named(
        "--format",
        "formats",
        "NAME",
        N_("In this format, a4 for example; repeatable. Default: as declared."),
    )
    @targets_option
    @out_option
    @wraps(command)
    def with_selection(*arguments: object, **options: Any) -> None:  # noqa: ANN401 - click's
        selected = {name: options.pop(name) for name in SELECTING}
        selected["profiles"] = tuple(map(_slug, selected["profiles"]))
        command(*arguments, selected=selected, **options)

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
    translate: Translate,
    selected: dict[str, Any],
    out: Path | None,
    how: dict[str, Any],
    shows: dict[str, bool],
) -> None:
    """Plan, build, and say what came of it."""
    workspace = here(out)
    shown = Shown(translate, workspace.out, **shows)
    result = workspace.build(**selected, **how, progress=shown)
    end_with(result.ok)


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
    translate: Translate, selected: dict[str, Any], out: Path | None, as_json: bool
) -> None:
    """Compare what was printed with what there is now, and say so."""
    workspace = here(out)
    shown = Shown(translate, workspace.out, dry_run=True, explain=True, as_json=as_json)
    result = workspace.status(**selected, progress=shown)
    end_with(result.ok)


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
@click.pass_obj
def proof_command(
    translate: Translate, selected: dict[str, Any], out: Path | None, dpi: str
) -> None:
    """Build, draw, and say what was drawn."""
    from careerprint.output.proofing import FOLDER, draw_proofs, read_resolution

    resolution = read_resolution(dpi)
    workspace = here(out)
    shown = Shown(translate, workspace.out)
    result = workspace.build(**selected, jobs=None, progress=shown)
    with quiet_progress(2 * len(result.outcomes)) as report:
        language = workspace.language
        proofs = draw_proofs(result.outcomes, workspace.out, resolution, language, report)
    for sheet in proofs.sheets:
        say(translate, N_("drawn: {file}"), file=shown_path(sheet))
    say(
        translate,
        N_("Pages drawn: {count}. {folder}"),
        count=proofs.page_count,
        folder=shown_path(workspace.out / FOLDER),
    )
    end_with(result.ok)


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
    translate: Translate,
    selected: dict[str, Any],
    out: Path | None,
    jobs: int | None,
    executor: str,
) -> None:
    """Build whenever something changes; say what is wrong, and wait until it is mended."""
    from careerprint.building.printers import printers_by

    workspace = here(out)
    shown = Shown(translate, workspace.out)
    with suppress(KeyboardInterrupt), printers_by(executor, jobs) as printers:
        for edited in workspace.edits():
            with suppress(SystemExit), refusals_told(translate):  # the complaint has been made
                workspace.build(**selected, progress=shown, printers=printers, edited=edited)
            say(translate, N_("Waiting for edits; Ctrl-C ends this."))


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
    workspace = here(out)
    found = workspace.clean(fair or "") if yes else workspace.leftovers(fair or "")
    there = [leftover for leftover in found if leftover.is_there]
    for leftover in there:
        word = N_("removed: {file}") if yes else N_("to remove: {file}")
        if leftover.altered:
            word = N_("altered since it was printed, and left alone: {file}")
        say(translate, word, file=native(leftover.output))
    removable = sum(not leftover.altered for leftover in there)
    if yes:
        summary = N_("{count} removed. {folder}")
    elif removable:
        summary = N_("{count} to remove; with --yes they are. {folder}")
    else:
        summary = N_("There is nothing to remove. {folder}")
    say(translate, summary, count=removable, folder=shown_path(workspace.out))


def _slug(name: str) -> str:
    """Return the profile's name for what completion in a shell may have made of it."""
    parts = [p for p in Path(name).parts if p not in {"content", "profile.md"}]
    return parts[0] if len(parts) == 1 else name
