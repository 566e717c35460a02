"""The command line: arguments into calls, outcomes into lines and an exit status.

Exit status: 0, all went well; 1, an edition failed or the doctor found a fault; 2, the call or
the workspace is wrong. Everything that takes time to load is imported where it is used, so that
help appears at once.
"""

import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from careerprint import __version__
from careerprint.clickwords import translate_click
from careerprint.console import (
    EDITION_FAILED,
    Progress,
    complain,
    print_table,
    quiet_progress,
    refusals_told,
    show_what_can_be_shown,
    shown_path,
    translate_help,
    wished_language,
)
from careerprint.diagnostics import N_, Refused
from careerprint.messages import LANGUAGES, Translate, translator, user_language

if TYPE_CHECKING:
    from careerprint.build import Options, Outcome
    from careerprint.editions import Edition
    from careerprint.reader import Reader

T = TypeVar("T")


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("Print career profiles as brochures and flyers."),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help=N_("Language of messages. Default: that of the environment."),
)
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Set the language of what follows."""
    context.obj = translator(lang or user_language())


@dataclass(frozen=True, slots=True)
class Selection:
    """Which editions a command is for, and the folder that they go to; empty means all."""

    profiles: tuple[str, ...]
    layouts: tuple[str, ...]
    locales: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path | None

    def plan(self) -> tuple["list[Edition]", "Reader", Path]:
        """Return the editions, what reads their sources, and the folder; may raise Refused."""
        from careerprint.editions import plan_editions
        from careerprint.reader import Reader
        from careerprint.workspace import find_workspace, read_configuration

        root = find_workspace(Path.cwd())
        reader = Reader(root)
        slugs = [_slug(name) for name in self.profiles]
        configuration = read_configuration(reader)
        editions = plan_editions(
            reader, configuration, slugs, self.layouts, self.locales, self.formats
        )
        return editions, reader, self.out or root / "out"


def selects_editions(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that select editions; it gets them as a Selection, `selection`."""

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
        help=N_("In this format, a4 for example; repeatable. Default: the layout's own."),
    )
    @click.option(
        "--out",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help=N_("Where the PDFs go. Default: out/ in the workspace."),
    )
    @wraps(command)
    def with_selection(*arguments: object, **options: Any) -> None:  # noqa: ANN401 - click's
        chosen = {field.name: options.pop(field.name) for field in fields(Selection)}
        command(*arguments, selection=Selection(**chosen), **options)

    return with_selection


@cli.command(
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
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help=N_("How many processes print at a time. Default: as many as there are processors."),
)
@click.pass_obj
def build_command(  # noqa: PLR0913, PLR0917 - click passes each option by name
    translate: Translate,
    selection: Selection,
    force: bool,
    strict: bool,
    dry_run: bool,
    explain: bool,
    jobs: int | None,
) -> None:
    """Plan, build, and say what came of it."""
    from careerprint.build import Options
    from careerprint.workers import processors

    options = Options(force=force, strict=strict, jobs=jobs or processors(), dry_run=dry_run)
    outcomes, _ = _built(selection, translate, options, explain=explain)
    _end_with(outcomes)


@cli.command(
    "status",
    help=N_("Say of each edition whether it is up to date, and if not, why. Prints nothing."),
)
@selects_editions
@click.pass_obj
def status_of_editions(translate: Translate, selection: Selection) -> None:
    """Plan, compose, compare with what was printed, and say so."""
    from careerprint.build import Options

    outcomes, _ = _built(selection, translate, Options(dry_run=True), explain=True)
    _end_with(outcomes)


@cli.command(
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
def proof_command(context: click.Context, selection: Selection, dpi: str) -> None:
    """Build, draw, and say what was drawn."""
    from careerprint.build import Options
    from careerprint.proofing import FOLDER, draw_proofs, read_resolution
    from careerprint.workers import processors

    translate = context.obj
    language = context.find_root().params["lang"] or user_language()
    with refusals_told(translate):
        resolution = read_resolution(dpi)
    outcomes, out = _built(selection, translate, Options(jobs=processors()))
    with refusals_told(translate), quiet_progress(2 * len(outcomes)) as report:
        proofs = draw_proofs(outcomes, out, resolution, language, report)
    for sheet in proofs.sheets:
        click.echo(translate(N_("drawn: {file}")).format(file=shown_path(sheet)))
    click.echo(
        translate(N_("Pages drawn: {count}. {folder}")).format(
            count=proofs.page_count, folder=shown_path(out / FOLDER)
        )
    )
    _end_with(outcomes)


def _built(
    selection: Selection, translate: Translate, options: "Options", *, explain: bool = False
) -> tuple["list[Outcome]", Path]:
    """Build what is selected, say what came of it, and return it and the folder of the PDFs."""
    from careerprint.build import State, build

    def waiting() -> None:
        click.echo(translate(N_("Another build is at work here; waiting for it.")), err=True)

    with refusals_told(translate):
        editions, reader, out = selection.plan()
        with Progress(len(editions), translate, explain=explain) as progress:
            outcomes = build(editions, reader, out, options, progress.show, waiting)
    complain((d for outcome in outcomes for d in outcome.diagnostics), translate)
    count = {state: sum(o.state is state for o in outcomes) for state in State}
    summary = (
        N_("{stale} to print, {fresh} unchanged, {failed} failed. {folder}")
        if options.dry_run
        else N_("{printed} printed, {fresh} unchanged, {failed} failed. {folder}")
    )
    click.echo(
        translate(summary).format(
            stale=count[State.STALE],
            printed=count[State.PRINTED],
            fresh=count[State.FRESH],
            failed=count[State.FAILED],
            folder=shown_path(out),
        )
    )
    return outcomes, out


def _end_with(outcomes: "list[Outcome]") -> None:
    """End the command with the exit status that the outcomes of a build ask for."""
    from careerprint.build import State

    if any(outcome.state is State.FAILED for outcome in outcomes):
        sys.exit(EDITION_FAILED)


@cli.command("init", help=N_("Make DIR a workspace: a profile, layouts and fonts to start from."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init_command(translate: Translate, folder: Path) -> None:
    """Make a workspace."""
    from careerprint.starter import make_workspace

    with refusals_told(translate):
        make_workspace(folder)
    click.echo(
        translate(
            N_("{folder} is a workspace now. Print it: cd {folder} && careerprint build")
        ).format(folder=shlex.quote(str(folder)))
    )


@cli.command(
    "doctor",
    help=N_("Say whether this machine has all that printing needs, and what to install."),
)
@click.pass_obj
def doctor_command(translate: Translate) -> None:
    """Examine this machine."""
    from careerprint.doctor import examine
    from careerprint.starter import starter_folder
    from careerprint.workspace import find_workspace

    try:
        workspace = find_workspace(Path.cwd())
    except Refused:
        workspace = starter_folder()
    findings = examine(workspace)
    for finding in findings:
        click.echo(finding.sentence(translate))
    if any(finding.is_fault for finding in findings):
        sys.exit(EDITION_FAILED)


@cli.group(
    "translations",
    help=N_("See how far translations are, bring catalogs up to date, check them."),
)
def translations_command() -> None:
    """Group the translators' commands."""


@translations_command.command(
    "status", help=N_("Show, by locale, what is translated, unreviewed, stale and missing.")
)
@click.option(
    "--json", "as_json", is_flag=True, help=N_("Write JSON, with every message by its state.")
)
@click.pass_obj
def status_command(translate: Translate, as_json: bool) -> None:
    """Print the progress of all locales."""
    from careerprint.translations import all_progress

    rows = _of_workspace(translate, all_progress)
    if as_json:
        click.echo(
            json.dumps(
                [{**asdict(r), "percent": r.percent} for r in rows], ensure_ascii=False, indent=2
            )
        )
        return
    heads = [
        N_("locale"),
        N_("texts"),
        N_("translated"),
        N_("unreviewed"),
        N_("stale"),
        N_("missing"),
        "%",
    ]
    table = [
        [
            row.locale,
            row.domain,
            *(str(len(m)) for m in (row.translated, row.unreviewed, row.stale, row.missing)),
            str(row.percent),
        ]
        for row in rows
    ]
    print_table([[translate(head) for head in heads], *table])


@translations_command.command(
    "update",
    help=N_("Bring every catalog up to date with templates and profiles; translations are kept."),
)
@click.pass_obj
def update_command(translate: Translate) -> None:
    """Update all catalogs."""
    from careerprint.translations import update_catalogs

    for name in _of_workspace(translate, update_catalogs):
        click.echo(translate(N_("updated: {name}")).format(name=name))


@translations_command.command(
    "check",
    help=N_("Check placeholders, plural forms, directions, and that every page has room."),
)
@click.option(
    "--locale", "locales", metavar="TAG", multiple=True, help=N_("Only this locale; repeatable.")
)
@click.pass_obj
def check_command(translate: Translate, locales: tuple[str, ...]) -> None:
    """Check all catalogs, and print the editions of their locales on trial."""
    from careerprint.translations import check_catalogs

    found = _of_workspace(translate, lambda reader: check_catalogs(reader, locales))
    complain(found, translate)
    click.echo(translate(N_("{count} findings.")).format(count=len(found)))
    if found:
        sys.exit(EDITION_FAILED)


def _of_workspace(translate: Translate, read: Callable[["Reader"], T]) -> T:
    """Return what `read` makes of the workspace here; what is wrong with that ends the command."""
    from careerprint.reader import Reader
    from careerprint.workspace import find_workspace

    with refusals_told(translate):
        return read(Reader(find_workspace(Path.cwd())))


def _slug(name: str) -> str:
    """Return the profile's name for what completion in a shell may have made of it."""
    parts = [p for p in Path(name).parts if p not in {"content", "profile.md"}]
    return parts[0] if len(parts) == 1 else name


def main() -> None:
    """Run the command line; what nobody foresaw is told in a line too."""
    show_what_can_be_shown()
    translate = translator(wished_language(sys.argv))
    translate_click(translate)
    translate_help(cli, translate)
    try:
        cli(prog_name="careerprint")
    except Exception as failure:  # the last resort
        from careerprint.diagnostics import unexpected

        complain([unexpected("careerprint", failure)], translate)
        sys.exit(EDITION_FAILED)
