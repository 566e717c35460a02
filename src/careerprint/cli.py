"""The command line: arguments into calls, outcomes into lines and an exit status.

Exit status: 0, all went well; 1, an edition or a PDF failed, or the doctor found a fault; 2, the
call or the workspace is wrong. Everything that takes time to load is imported where it is used, so
that help appears at once.
"""

import json
import shlex
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from careerprint import __version__
from careerprint.commands.batch import batch_command
from careerprint.commands.build import (
    build_command,
    clean_command,
    proof_command,
    status_command,
    watch_command,
)
from careerprint.commands.check import check_pdfs_command
from careerprint.commands.console import (
    EDITION_FAILED,
    WRONG_USAGE,
    complain,
    open_three_streams,
    print_table,
    refusals_told,
    refuse_nowhere,
    say,
    show_what_can_be_shown,
    translate_click,
    translate_help,
    unforeseen,
    wished_language,
)
from careerprint.commands.desk import desk_command, has_screen, preview_command
from careerprint.commands.impose import impose_command
from careerprint.commands.intake import import_command, new_command
from careerprint.commands.layouts import layouts_command
from careerprint.commands.readability import readability_command
from careerprint.commands.release import approve_command, release_command, review_command
from careerprint.commands.runs import end_with, here, is_in_workspace, locales_option
from careerprint.commands.translators import export_command
from careerprint.commands.translators import import_command as take_command
from careerprint.core.diagnostics import N_, Refused
from careerprint.core.messages import LANGUAGES, Translate, translator, user_language
from careerprint.core.reader import Reader


class _Commands(click.Group):
    """Says why a command is refused, and ends it with the exit status for that."""

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(context)
        except Refused as refused:
            complain(refused.diagnostics, context.obj)
            sys.exit(WRONG_USAGE)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("Print career profiles as brochures and flyers."),
    invoke_without_command=True,
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help=N_("Language of messages. Default: that of the environment."),
)
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Set the language; without a command, open the desk where there is a screen."""
    context.obj = translator(lang or user_language())
    if context.invoked_subcommand is None:
        if has_screen() and sys.stdin is not None and sys.stdin.isatty():
            context.invoke(desk_command, documents=not is_in_workspace())
        else:
            click.echo(context.get_help())


for printing in (
    build_command,
    batch_command,
    status_command,
    proof_command,
    check_pdfs_command,
    watch_command,
    desk_command,
    preview_command,
    clean_command,
    impose_command,
    import_command,
    new_command,
    layouts_command,
    review_command,
    approve_command,
    release_command,
    readability_command,
):
    cli.add_command(printing)


@cli.command("init", help=N_("Make DIR a workspace, with a profile to start from."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init_command(translate: Translate, folder: Path) -> None:
    """Make a workspace."""
    from careerprint.intake.starter import make_workspace

    make_workspace(folder)
    said = N_("{folder} is a workspace now. Print it: cd {folder} && careerprint build")
    say(translate, said, folder=shlex.quote(str(folder)))


@cli.command(
    "doctor",
    help=N_("Say whether this machine has all that printing needs, and what to install."),
)
@click.pass_obj
def doctor_command(translate: Translate) -> None:
    """Examine this machine."""
    from careerprint.commands.doctor import examine_machine
    from careerprint.core.workspace import find_workspace, starter_folder

    try:
        workspace = find_workspace(Path.cwd())
    except Refused:
        workspace = starter_folder()
    findings = examine_machine(workspace)
    for finding in findings:
        click.echo(finding.sentence(translate))
    end_with(not any(finding.is_fault for finding in findings))


@cli.group(
    "translations",
    help=N_("See how far translations are, bring catalogs up to date, check them."),
)
def translations_command() -> None:
    """Group the translators' commands."""


@translations_command.command(
    "status", help=N_("Show, by locale, what is translated, unapproved, stale and missing.")
)
@click.option(
    "--json", "as_json", is_flag=True, help=N_("Write JSON, with every message by its state.")
)
@click.pass_obj
def progress_command(translate: Translate, as_json: bool) -> None:
    """Print the progress of all locales."""
    from careerprint.translation.translations import all_progress

    rows = all_progress(Reader(here().root))
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
        N_("unapproved"),
        N_("stale"),
        N_("missing"),
        "%",
    ]
    table = [
        [
            row.locale,
            row.domain,
            *(str(len(m)) for m in (row.translated, row.unapproved, row.stale, row.missing)),
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
    from careerprint.translation.approving import take_over_flags
    from careerprint.translation.translations import update_catalogs

    reader = Reader(here().root)
    for name in (*take_over_flags(reader, date.today()), *update_catalogs(reader)):
        say(translate, N_("updated: {name}"), name=name)


@translations_command.command(
    "check",
    help=N_("Check placeholders, plural forms, directions, and that every page has room."),
)
@locales_option
@click.option(
    "--complete", "is_complete", is_flag=True, help=N_("Find what is stale or missing, too.")
)
@click.pass_obj
def check_command(translate: Translate, locales: tuple[str, ...], *, is_complete: bool) -> None:
    """Check all catalogs, and print the editions of their locales on trial."""
    from careerprint.translation.translations import check_catalogs

    workspace = here()
    found = check_catalogs(Reader(workspace.root), workspace.out, locales, is_complete=is_complete)
    complain(found, translate)
    say(translate, N_("{count} findings."), count=len(found))
    end_with(not found)


for exchanging in (export_command, take_command):
    translations_command.add_command(exchanging)


def main() -> None:
    """Run the command line; what nobody foresaw is told in a line too."""
    open_three_streams()
    show_what_can_be_shown()
    translate = translator(wished_language(sys.argv))
    translate_click(translate)
    translate_help(cli, translate)
    with refusals_told(translate):
        refuse_nowhere()
    try:
        cli(prog_name="careerprint")
    except Exception as failure:  # the last resort
        complain([unforeseen(failure)], translate)
        sys.exit(EDITION_FAILED)
