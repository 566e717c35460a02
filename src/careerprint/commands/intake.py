"""The commands that begin something: a text brought in, and skeletons to fill in."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import click

from careerprint.commands.console import complain, print_table, say
from careerprint.commands.runs import here
from careerprint.core.diagnostics import N_, refuse, shortened
from careerprint.core.messages import Translate


@click.command(
    "import",
    help=N_(
        "Make a profile of the German text in FILE: a Word or LibreOffice document, a PDF, a web "
        "page, Markdown or plain text, or - for standard input. Its words stay as they are; what "
        "is to be checked is marked in the profile and listed here."
    ),
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--slug", metavar="NAME", default=None, help=N_("Name of the new profile."))
@click.option(
    "--locale",
    metavar="TAG",
    default="de",
    help=N_("Language of the text, which has to be German. Default: de."),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=N_("Only tell what would come of each file, also of all in a folder."),
)
@click.pass_obj
def import_command(
    translate: Translate, files: tuple[Path, ...], slug: str | None, locale: str, dry_run: bool
) -> None:
    """Bring a text in."""
    if dry_run:
        _try(translate, files)
        return
    if slug is None or len(files) > 1:
        raise refuse(
            "--slug" if slug is None else str(files[1]),
            N_("A text is imported by itself, under a name of its own."),
            N_("Write one file and --slug NAME, or --dry-run to see what would come of several."),
        )
    (file,) = files
    from careerprint.intake.drafts import sentence
    from careerprint.intake.importing import MOST_BYTES
    from careerprint.profiles.marks import REVIEW

    workspace = here()
    given = sys.stdin.buffer.read(MOST_BYTES + 1) if str(file) == "-" else None
    imported = workspace.import_text(file, slug, locale=locale, given=given)
    say(translate, N_("written: {file}"), file=imported.name)
    check = translate(N_("to check"))
    for place in imported.checked:
        click.echo(f"{imported.name}:{place.line}: {check}: {sentence(place.remark, translate)}")
    say(
        translate,
        N_("{count} to check, marked {word}. Print it: careerprint build {slug}"),
        count=len(imported.checked),
        word=REVIEW,
        slug=slug,
    )


def _try(translate: Translate, files: Sequence[Path]) -> None:
    """Print a table of what would come of files."""
    heads = (N_("File"), N_("Title"), N_("Sections"), N_("Words"), N_("Points"), N_("To check"))
    rows = [[translate(head) for head in heads]]
    for trial in here().try_texts(files):
        if trial.refused:
            told = f"! {trial.refused[0].words(translate)[0]}"
            rows.append([str(trial.file), told, *("–" for _ in heads[2:])])
        else:
            numbers = (trial.sections, trial.words, trial.points, trial.to_check)
            rows.append([str(trial.file), shortened(trial.title), *map(str, numbers)])
    print_table(rows)


@click.group(
    "new", help=N_("Make a profile, a layout, a locale or a table of fairs to begin with.")
)
def new_command() -> None:
    """Group the commands for skeletons."""


@new_command.command("profile", help=N_("Make content/NAME with a profile to fill in."))
@click.argument("name", metavar="NAME")
@click.pass_obj
def new_profile_command(translate: Translate, name: str) -> None:
    """Make a profile."""
    from careerprint.intake.skeletons import new_profile

    _make(translate, lambda root: new_profile(root, name, date.today()))
    say(translate, N_("Print it: careerprint build {slug}"), slug=name)


@new_command.command("layout", help=N_("Make layouts/NAME with a small layout to build on."))
@click.argument("name", metavar="NAME")
@click.option(
    "--from",
    "like",
    metavar="LAYOUT",
    default="",
    help=N_("Begin with a copy of this layout instead."),
)
@click.pass_obj
def new_layout_command(translate: Translate, name: str, like: str) -> None:
    """Make a layout."""
    from careerprint.core.reader import Reader
    from careerprint.intake.skeletons import new_layout

    _make(translate, lambda root: new_layout(Reader(root), name, like))
    say(translate, N_("Print it: careerprint build --layout {name}"), name=name)


@new_command.command("locale", help=N_("Make the catalogs of a language, to be translated."))
@click.argument("tag", metavar="TAG")
@click.pass_obj
def new_locale_command(translate: Translate, tag: str) -> None:
    """Make the catalogs of a locale."""
    from careerprint.core.reader import Reader
    from careerprint.intake.skeletons import new_locale
    from careerprint.profiles.catalogs import spelt_locale

    def made(root: Path) -> Sequence[str]:
        names, found = new_locale(Reader(root), tag)
        complain(found, translate)
        return names

    _make(translate, made)
    say(translate, N_("Print it: careerprint build --locale {tag}"), tag=spelt_locale(tag))


@new_command.command(
    "fairs", help=N_("Make FILE.xlsx, a table of fairs to fill in, with examples and notes.")
)
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.pass_obj
def new_fairs_command(translate: Translate, file: Path) -> None:
    """Make a table of fairs."""
    here().new_fairs(file)
    say(translate, N_("written: {file}"), file=str(file))
    say(translate, N_("Fill it in, and print it: careerprint batch {file}"), file=str(file))


def _make(translate: Translate, make: Callable[[Path], Sequence[str]]) -> None:
    """Make something in the workspace here, and say which files it is."""
    for name in make(here().root):
        say(translate, N_("written: {file}"), file=name)
