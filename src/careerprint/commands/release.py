"""The commands by which documents go out: review, approve, release."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from careerprint.commands.console import complain, say
from careerprint.commands.progress import Shown
from careerprint.commands.runs import here, jobs_option, locales_option, named, out_option
from careerprint.core.diagnostics import N_
from careerprint.core.files import shown_path
from careerprint.core.messages import Translate
from careerprint.core.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from careerprint.translation.approving import Waiting

_GAP = "  │  "
_NARROWEST = 24  # characters of a column
_YES, _ENOUGH = {"y", "j", "yes", "ja"}, {"q", "e"}


by_option = click.option(
    "--by",
    metavar="NAME",
    required=True,
    help=N_("Who does this: a short name or a role. It is kept with the day."),
)


@click.command(
    "review",
    help=N_(
        "Show the translations that nobody has approved, beside the original. With --by, ask of "
        "each whether it is good, and keep that."
    ),
)
@click.argument("profile", metavar="[PROFILE]", default="")
@locales_option
@click.option(
    "--by",
    metavar="NAME",
    help=N_("Ask, and keep who approved: a short name or a role."),
)
@click.pass_obj
def review_command(
    translate: Translate, profile: str, locales: tuple[str, ...], by: str | None
) -> None:
    """Walk through what waits for approval."""
    from careerprint.profiles.approvals import checked_name, read_approvals, refuse_faults
    from careerprint.translation.approving import approve, gone, waiting

    reader = Reader(here().root)
    refuse_faults(read_approvals(reader))
    name = checked_name(by) if by is not None else ""
    texts = list(waiting(reader, locales, profile))
    if by is None:
        for number, text in enumerate(texts, 1):
            _show(text, number, len(texts), translate)
    else:
        good = list(_asked(texts, translate))
        approve(reader, good, name, date.today())
        say(translate, N_("Approved: {count}."), count=len(good))
        texts = texts[len(good) :]
    say(translate, N_("Waiting for approval: {count}."), count=len(texts))
    if count := gone(Reader(reader.root)):
        told = N_("Approvals of texts that are not there now, or read otherwise: {count}.")
        say(translate, told, count=count)


def _asked(texts: "Sequence[Waiting]", translate: Translate) -> "Iterator[Waiting]":
    """Yield the translations that the user approves; what comes after an end is left."""
    question = translate(N_("Good? y = yes, Enter = not now, q = enough"))
    for number, text in enumerate(texts, 1):
        _show(text, number, len(texts), translate)
        try:
            answer = click.prompt(question, default="", show_default=False).strip().lower()
        except click.Abort:  # Ctrl-C, or the end of the input: what was approved is kept
            click.echo()
            return
        if answer in _ENOUGH:
            return
        if answer in _YES:
            yield text


def _show(text: "Waiting", number: int, total: int, translate: Translate) -> None:
    """Print an original and its translation side by side, with their place above.

    Below stands what there is to say of numbers in them.
    """
    width = min(shutil.get_terminal_size((100, 24)).columns, 140)
    column = max(_NARROWEST, (width - len(_GAP)) // 2)
    click.echo(f"── {number}/{total} {text.place} [{text.locale}]")
    # A text as a whole has many blocks, a line each.
    left, right = (
        [line for block in written.split("\n") for line in textwrap.wrap(block, column) or [""]]
        for written in (text.original, "\n".join(text.translation))
    )
    for original, translation in zip_longest(left, right, fillvalue=""):
        click.echo(f"{original.ljust(column)}{_GAP}{translation}")
    if text.remark:
        click.echo(text.remark.sentence(translate))


@click.command(
    "approve",
    help=N_(
        "Approve all translations of PROFILE into a locale that wait for it, and the words of the "
        "layouts. Do so after somebody who speaks the language has read them. Left out are those "
        "with other numbers than the German text: “review --by” asks of each."
    ),
)
@click.argument("profile", metavar="PROFILE")
@click.option(
    "--locale",
    "locales",
    metavar="TAG",
    multiple=True,
    required=True,
    help=N_("The locale of the translations; repeatable."),
)
@by_option
@click.pass_obj
def approve_command(translate: Translate, profile: str, locales: tuple[str, ...], by: str) -> None:
    """Approve, and say what was."""
    from careerprint.profiles.approvals import checked_name
    from careerprint.translation.approving import approve, waiting

    reader, name = Reader(here().root), checked_name(by)
    found = [(text, text.remark) for text in waiting(reader, locales, profile)]
    texts, odd = [t for t, remark in found if not remark], [r for _, r in found if r]
    approve(reader, texts, name, date.today())
    for (locale, of), count in sorted(Counter((t.locale, t.texts) for t in texts).items()):
        say(
            translate,
            N_("approved: {texts} ({locale}): {count}"),
            texts=of,
            locale=locale,
            count=count,
        )
    complain(odd, translate)
    if odd:
        told = N_(
            "left out: {count}. Compare each, and approve it: "
            "careerprint review {profile} {locales} --by NAME"
        )
        tags = " ".join(f"--locale {tag}" for tag in locales)
        say(translate, told, count=len(odd), profile=profile, locales=tags)
    elif not texts:
        say(translate, N_("Nothing waits for approval there."))


@click.command(
    "release",
    help=N_(
        "Print a PROFILE, or the flyers of a table of FAIRS, for screen and press, check "
        "everything, and put it into out/releases/ with a manifest, ready to send. Nothing is "
        "released that has an error."
    ),
)
@click.argument("what", metavar="PROFILE|FAIRS")
@by_option
@named("--layout", "layouts", "NAME", N_("Only this layout; repeatable."))
@locales_option
@named("--row", "ids", "ID", N_("Only this fair; repeatable."))
@click.option("--zip", "zipped", is_flag=True, help=N_("Make a zip in place of a folder."))
@jobs_option
@out_option
@click.pass_obj
def release_command(  # noqa: PLR0913, PLR0917 - click's
    translate: Translate,
    what: str,
    by: str,
    layouts: tuple[str, ...],
    locales: tuple[str, ...],
    ids: tuple[str, ...],
    zipped: bool,
    jobs: int | None,
    out: "Path | None",
) -> None:
    """Release, and say where it is."""
    workspace = here(out)
    shown = Shown(translate, workspace.out, complains=False)  # what keeps it back is refused
    release = workspace.release(
        what,
        by=by,
        layouts=layouts,
        locales=locales,
        ids=ids,
        zipped=zipped,
        jobs=jobs,
        progress=shown,
    )
    say(
        translate,
        N_("released: {folder} ({count} files)"),
        folder=shown_path(release.path),
        count=len(release.files),
    )
