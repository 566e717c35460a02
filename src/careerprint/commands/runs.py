"""What the commands that print have in common: where they are, their options, how they end."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from careerprint.api import Workspace
from careerprint.commands.console import EDITION_FAILED
from careerprint.core.diagnostics import N_, Refused, refuse
from careerprint.core.messages import user_language
from careerprint.core.targets import TARGETS
from careerprint.core.workspace import find_workspace

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])


def here(out: Path | None = None) -> Workspace:
    """Return the workspace that the command was called in; raises Refused where there is none."""
    context = click.get_current_context()
    language = context.find_root().params["lang"] or user_language()
    return Workspace(Path.cwd(), out=out, language=language)


def is_language_asked() -> bool:
    """Tell whether the command was told which language to speak."""
    return bool(click.get_current_context().find_root().params["lang"])


def is_in_workspace() -> bool:
    """Tell whether the command was called in a workspace."""
    try:
        find_workspace(Path.cwd())
    except Refused:
        return False
    return True


def end_with(ok: bool) -> None:
    """End the command with the exit status that its result asks for."""
    if not ok:
        sys.exit(EDITION_FAILED)


out_option = click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("Where the PDFs go. Default: out/ in the workspace."),
)


def named(option: str, name: str, metavar: str, said: str) -> Callable[[Command], Command]:
    """Return a repeatable option: the command gets what was named as `name`."""
    return click.option(option, name, metavar=metavar, multiple=True, help=said)


targets_option = click.option(
    "--target",
    "targets",
    metavar="|".join(TARGETS),
    type=click.Choice([*TARGETS]),
    multiple=True,
    help=N_("What the PDFs are for; repeatable. Default: as declared."),
)


def _one_of_two(context: click.Context, parameter: click.Parameter, value: T) -> T:
    """Return the value of --jobs or --executor; raises Refused where both are given."""
    other = "executor" if parameter.name == "jobs" else "jobs"
    if value and context.params.get(other):
        raise refuse(
            "--executor",
            N_("--jobs is for printing on this machine."),
            N_("Leave one of the two out."),
        )
    return value


def _cluster(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """Return the address of a cluster, "" for none; raises Refused where it cannot be used."""
    if not value:
        return ""
    from careerprint.building.clusterconnection import scheduler_address

    scheduler_address(value)
    return _one_of_two(context, parameter, value)


locales_option = named("--locale", "locales", "TAG", N_("Only this locale; repeatable."))

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


def asks_how(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `how`, for `Workspace.build`, and `shows`, for `progress.Shown`."""

    @click.option("--force", is_flag=True, help=N_("Print editions again that are fresh."))
    @click.option("--strict", is_flag=True, help=N_("Treat warnings as errors."))
    @click.option("--dry-run", is_flag=True, help=N_("Print nothing; say what would be printed."))
    @click.option("--explain", is_flag=True, help=N_("Say why an edition is printed."))
    @click.option("--timings", is_flag=True, help=N_("Say how many seconds each edition took."))
    @click.option("--json", "as_json", is_flag=True, help=N_("Write each event as a line of JSON."))
    @jobs_option
    @executor_option
    @wraps(command)
    def with_how(*arguments: object, **options: Any) -> None:  # noqa: ANN401 - click's
        names = ("force", "strict", "dry_run", "jobs", "executor")
        how = {name: options.pop(name) for name in names}
        shows = {name: options.pop(name) for name in ("explain", "timings", "as_json")}
        command(*arguments, how=how, shows={**shows, "dry_run": how["dry_run"]}, **options)

    return with_how
