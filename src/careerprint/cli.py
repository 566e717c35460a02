"""The command line: arguments into calls, outcomes into lines and an exit status.

Exit status: 0, all went well; 1, an edition failed or the doctor found a fault; 2, the call or
the workspace is wrong. Everything that takes time to load is imported where it is used, so that
help appears at once.
"""

import shlex
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerprint import __version__
from careerprint.diagnostics import N_, Diagnostic, Refused
from careerprint.messages import LANGUAGES, translator, user_language

if TYPE_CHECKING:
    from careerprint.build import Outcome
    from careerprint.editions import Edition

Translate = Callable[[str], str]

EDITION_FAILED = 1
WRONG_USAGE = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of messages. Default: that of the environment.",
)
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Print career profiles as brochures and flyers."""
    context.obj = translator(lang or user_language())


@cli.command("build")
@click.argument("profiles", metavar="[PROFILE]...", nargs=-1)
@click.option(
    "--layout", "layouts", metavar="NAME", multiple=True, help="Only this layout; repeatable."
)
@click.option(
    "--locale", "locales", metavar="TAG", multiple=True, help="Only this locale; repeatable."
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the PDFs go. Default: out/ in the workspace.",
)
@click.option("--force", is_flag=True, help="Print editions again that are fresh.")
@click.pass_obj
def build_command(
    translate: Translate,
    profiles: tuple[str, ...],
    layouts: tuple[str, ...],
    locales: tuple[str, ...],
    out: Path | None,
    force: bool,
) -> None:
    """Print the editions of the workspace, or of these profiles.

    A PROFILE is the name of a folder in content/. What is fresh is not printed again.
    """
    from careerprint.build import State, build
    from careerprint.editions import plan_editions
    from careerprint.reader import Reader
    from careerprint.workspace import find_workspace, read_configuration

    try:
        root = find_workspace(Path.cwd())
        reader = Reader(root)
        slugs = [_slug(name) for name in profiles]
        editions = plan_editions(reader, read_configuration(reader), slugs, layouts, locales)
        target = out or root / "out"
        with _Progress(editions, translate) as progress:
            outcomes = build(editions, reader, target, force=force, report=progress.show)
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


@cli.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init_command(translate: Translate, folder: Path) -> None:
    """Make DIR a workspace: a profile, layouts and fonts to start from."""
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


@cli.command("doctor")
@click.pass_obj
def doctor_command(translate: Translate) -> None:
    """Say whether this machine has all that printing needs, and what to install."""
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
            click.echo(
                f"{self._translate(STATE_WORDS[outcome.state.value])}: {outcome.edition.output}"
            )


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


def main() -> None:
    """Run the command line; what nobody foresaw is told in a line too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show ✓ shows ?
    try:
        cli(prog_name="careerprint")
    except Exception as failure:  # the last resort
        from careerprint.build import unexpected

        _complain([unexpected("careerprint", failure)], translator(user_language()))
        sys.exit(EDITION_FAILED)
