"""Prints a layout on trial: in all its formats, with a sample text, in made-up languages, too."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from careerprint.building.printing import Printer
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Diagnostic, Refused, not_written
from careerprint.core.edition import Edition, Selection
from careerprint.core.files import write_all_whole
from careerprint.core.reader import Reader
from careerprint.intake.starter import make_workspace
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import FOLDER, read_layout
from careerprint.layouts.origins import own_files
from careerprint.planning.plan import plan_editions
from careerprint.profiles.catalogs import PROFILE_SOURCE, PSEUDO_LOCALES
from careerprint.profiles.content import PROFILE_FILE

SAMPLE = "sample"
SAMPLE_FILE = f"{SAMPLE}.md"  # in a layout's folder: a profile to try the layout with


def print_on_trial(reader: Reader, name: str) -> Iterator[tuple[Edition, list[Diagnostic]]]:
    """Yield the editions of the layout `name` that a trial prints, and what is found in each.

    It takes place in a temporary workspace with the layouts and fonts of `reader`. The text is the
    layout's sample, or the profile that ships with careerprint. Raises Refused where the layout
    cannot be read.
    """
    layout = read_layout(reader, name)
    sample = reader.find(f"{FOLDER}/{name}/{SAMPLE_FILE}")
    with tempfile.TemporaryDirectory(prefix="careerprint-") as folder, Printer() as printer:
        root = Path(folder) / "workspace"
        make_workspace(root)
        contents = {root / own: reader.read_bytes(own) for own in own_files(reader)}
        if sample is not None:
            contents[root / "content" / SAMPLE / PROFILE_FILE] = sample
        for file, failure in write_all_whole(contents, root).items():
            raise not_written(file, failure)
        trial = Reader(root)
        selection = Selection(
            profiles=() if sample is None else (SAMPLE,),
            layouts=(name,),
            locales=(PROFILE_SOURCE, *PSEUDO_LOCALES),
            formats=tuple(layout.formats),
        )
        for edition in plan_editions(trial, read_configuration(trial), selection):
            yield edition, _found(edition, trial, printer)


def _found(edition: Edition, trial: Reader, printer: Printer) -> list[Diagnostic]:
    """Return what is found in an edition while it is composed, typeset and checked."""
    try:
        job = compose(edition, trial.fork())
        return [*job.diagnostics, *printer.print(job).diagnostics]
    except Refused as refused:
        return list(refused.diagnostics)
