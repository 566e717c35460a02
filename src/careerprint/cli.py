"""The command line: arguments into calls, outcomes into lines and an exit status.

Exit status: 0, all went well; 1, an edition failed or the doctor found a fault; 2, the call or
the workspace is wrong. Everything that takes time to load is imported where it is used, so that
help appears at once.
"""

import json
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from careerprint import __version__
from careerprint.clickwords import translate_click
from careerprint.diagnostics import N_, Diagnostic, Refused
from careerprint.messages import LANGUAGES, translator, user_language

if TYPE_CHECKING:
    from careerprint.build import Outcome
    from careerprint.editions import Edition
    from careerprint.reader import Reader

Translate = Callable[[str], str]
T = TypeVar("T")

EDITION_FAILED = 1
WRONG_USAGE = 2


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


@cli.command(
    "build",
    help=N_(
        "Print the editions of the workspace, or of these profiles. A PROFILE is the name of a "
        "folder in content/. What is fresh is not printed again."
    ),
)
@click.argument("profiles", metavar="[PROFILE]...", nargs=-1)
@click.option(
    "--layout", "layouts", metavar="NAME", multiple=True, help=N_("Only this layout; repeatable.")
)
@click.option(
    "--locale", "locales", metavar="TAG", multiple=True, help=N_("Only this locale; repeatable.")
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
@click.option("--force", is_flag=True, help=N_("Print editions again that are fresh."))
@click.option("--strict", is_flag=True, help=N_("Fail an edition that has warnings."))
@click.pass_obj
def build_command(  # noqa: PLR0913, PLR0917 - click passes each option by name
    translate: Translate,
    profiles: tuple[str, ...],
    layouts: tuple[str, ...],
    locales: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    force: bool,
    strict: bool,
) -> None:
    """Plan, build, and say what came of it."""
    from careerprint.build import Options, State, build
    from careerprint.editions import plan_editions
    from careerprint.reader import Reader
    from careerprint.workspace import find_workspace, read_configuration

    try:
        root = find_workspace(Path.cwd())
        reader = Reader(root)
        slugs = [_slug(name) for name in profiles]
        configuration = read_configuration(reader)
        editions = plan_editions(reader, configuration, slugs, layouts, locales, formats)
        target = out or root / "out"
        with _Progress(editions, translate) as progress:
            options = Options(force=force, strict=strict)
            outcomes = build(editions, reader, target, options, progress.show)
    except Refused as refused:
        _complain(refused.diagnostics, translate)
        sys.exit(WRONG_USAGE)
    _complain((d for outcome in outcomes for d in outcome.diagnostics), translate)
    count = {state: sum(o.state is state for o in outcomes) for state in State}
    click.echo(
        translate(N_("{printed} printed, {fresh} unchanged, {failed} failed. {folder}")).format(
            printed=count[State.PRINTED],
            fresh=count[State.FRESH],
            failed=count[State.FAILED],
            folder=_shown_path(target),
        )
    )
    if count[State.FAILED]:
        sys.exit(EDITION_FAILED)


@cli.command("init", help=N_("Make DIR a workspace: a profile, layouts and fonts to start from."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init_command(translate: Translate, folder: Path) -> None:
    """Make a workspace."""
    from careerprint.starter import make_workspace

    try:
        make_workspace(folder)
    except Refused as refused:
        _complain(refused.diagnostics, translate)
        sys.exit(WRONG_USAGE)
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
    _print_table([[translate(head) for head in heads], *table])


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
    _complain(found, translate)
    click.echo(translate(N_("{count} findings.")).format(count=len(found)))
    if found:
        sys.exit(EDITION_FAILED)


def _of_workspace(translate: Translate, read: Callable[["Reader"], T]) -> T:
    """Return what `read` makes of the workspace here; what is wrong with that ends the command."""
    from careerprint.reader import Reader
    from careerprint.workspace import find_workspace

    try:
        return read(Reader(find_workspace(Path.cwd())))
    except Refused as refused:
        _complain(refused.diagnostics, translate)
        sys.exit(WRONG_USAGE)


def _print_table(rows: list[list[str]]) -> None:
    """Print rows with columns aligned: words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    words = 2
    for row in rows:
        cells = [
            cell.ljust(width) if number < words else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())


class _Progress:
    """Shows outcomes as they come: a bar on a terminal, a line for each elsewhere."""

    def __init__(self, editions: "list[Edition]", translate: Translate) -> None:
        self._translate = translate
        self._bar = (
            click.progressbar(
                length=len(editions), show_pos=True, item_show_func=lambda output: output or ""
            )
            if sys.stdout and sys.stdout.isatty()
            else None
        )

    def __enter__(self) -> "_Progress":
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, outcome: "Outcome") -> None:
        """Show that one more edition is done."""
        if self._bar is not None:
            self._bar.update(1, outcome.edition.output)
        else:
            line = f"{self._translate(STATE_WORDS[outcome.state.value])}: {outcome.edition.output}"
            if outcome.fallen_back:
                blocks = self._translate(N_("blocks in German: {count}"))
                line += f" ({blocks.format(count=outcome.fallen_back)})"
            click.echo(line)


STATE_WORDS = {"printed": N_("printed"), "fresh": N_("unchanged"), "failed": N_("failed")}


def _or_nothing(output: str | None) -> str:
    return output or ""


def _slug(name: str) -> str:
    """Return the profile's name for what completion in a shell may have made of it."""
    parts = [p for p in Path(name).parts if p not in {"content", "profile.md"}]
    return parts[0] if len(parts) == 1 else name


def _shown_path(path: Path) -> str:
    try:
        return f"{path.resolve().relative_to(Path.cwd().resolve())}/"
    except ValueError:
        return f"{path}/"


def _complain(diagnostics: Iterable[Diagnostic], translate: Translate) -> None:
    for diagnostic in dict.fromkeys(diagnostics):  # what several editions share is said once
        click.echo(diagnostic.sentence(translate), err=True)


def _wished_language(arguments: list[str]) -> str:
    """Return the language that `--lang` names, wherever it stands, else the environment's."""
    for before, argument in pairwise(arguments):
        if before == "--lang" and argument in LANGUAGES:
            return argument
        if argument.startswith("--lang=") and argument[len("--lang=") :] in LANGUAGES:
            return argument[len("--lang=") :]
    return user_language()


def _translate_help(command: click.Command, translate: Translate) -> None:
    """Put the help of a command, and of those below it, into the user's language."""
    command.help = translate(command.help or "")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = translate(parameter.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _translate_help(below, translate)


def main() -> None:
    """Run the command line; what nobody foresaw is told in a line too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show ✓ shows ?
    translate = translator(_wished_language(sys.argv))
    translate_click(translate)
    _translate_help(cli, translate)
    try:
        cli(prog_name="careerprint")
    except Exception as failure:  # the last resort
        from careerprint.build import unexpected

        _complain([unexpected("careerprint", failure)], translate)
        sys.exit(EDITION_FAILED)
