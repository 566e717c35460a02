"""The command about layouts: which there are, where they come from, and how one does on trial."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerprint.commands.console import complain, say
from careerprint.commands.runs import end_with
from careerprint.core.diagnostics import N_, has_errors
from careerprint.core.messages import Translate

if TYPE_CHECKING:
    from careerprint.core.reader import Reader


@click.command(
    "layouts",
    help=N_(
        "List the layouts, where each comes from, and which files of the workspace stand in for "
        "those of careerprint."
    ),
)
@click.option(
    "--check",
    "name",
    metavar="NAME",
    help=N_("Print this layout on trial, in all formats and in made-up languages."),
)
@click.pass_obj
def layouts_command(translate: Translate, name: str | None) -> None:
    """List the layouts, or try one."""
    from careerprint.core.reader import Reader
    from careerprint.core.workspace import find_workspace

    reader = Reader(find_workspace(Path.cwd()))
    if name is None:
        _list(reader, translate)
    else:
        _try(reader, name, translate)


def _list(reader: "Reader", translate: Translate) -> None:
    """Print the layouts, then the files of the workspace that have the names of shipped ones."""
    from careerprint.core.workspace import starter_folder
    from careerprint.layouts.origins import layout_origins, own_copies

    for origin in layout_origins(reader):
        formats, contract = ", ".join(origin.formats), origin.contract
        told = N_("{name}: {formats} (contract {contract}; from careerprint, in part from here)")
        if not origin.has_own_files:
            told = N_("{name}: {formats} (contract {contract}; from careerprint)")
        elif not origin.is_shipped:
            told = N_("{name}: {formats} (contract {contract}; from this workspace)")
        say(translate, told, name=origin.name, formats=formats, contract=contract)
    copies = own_copies(reader)
    for name in copies.different:
        say(translate, N_("instead of the shipped file: {name}"), name=name)
    for name in copies.same:
        say(translate, N_("same as shipped: {name}"), name=name)
    if copies.different:
        told = N_(
            "A file that stands instead of a shipped one gets no corrections with a new "
            "careerprint. Compare it with the one in {folder}, or delete it: then the shipped one "
            "is used."
        )
        say(translate, told, folder=starter_folder())
    if copies.same:
        told = N_(
            "What is the same as shipped can be deleted. Then every correction of careerprint "
            "reaches this workspace."
        )
        say(translate, told)


def _try(reader: "Reader", name: str, translate: Translate) -> None:
    """Print a layout on trial; end the command with an error status where an edition has errors."""
    from careerprint.intake.trial import print_on_trial

    printed = failed = 0
    for edition, found in print_on_trial(reader, name):
        printed += 1
        failed += has_errors(found)
        word = N_("failed: {edition}") if has_errors(found) else N_("tried: {edition}")
        say(translate, word, edition=f"{edition.product} {edition.locale}")
        complain(found, translate)
    told = N_("{printed} editions tried, {failed} failed.")
    say(translate, told, printed=printed, failed=failed)
    end_with(not failed)
