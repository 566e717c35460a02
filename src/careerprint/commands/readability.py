"""The command that says how hard the texts of a workspace are to read."""

from pathlib import Path

import click

from careerprint.commands.console import print_table
from careerprint.core.diagnostics import N_
from careerprint.core.messages import Translate


@click.command(
    "readability",
    help=N_(
        "Say how hard each text is to read: words a sentence, LIX (below 40 is easy), and for "
        "German Flesch in Amstad's form (above 60 is easy)."
    ),
)
@click.pass_obj
def readability_command(translate: Translate) -> None:
    """Print the figures of every profile, in German and in each locale with a text as a whole."""
    from careerprint.core.reader import Reader
    from careerprint.core.workspace import find_workspace
    from careerprint.profiles.readability import workspace_readability

    heads = (N_("profile"), N_("locale"), N_("sentences"), N_("words a sentence"), "LIX", "Flesch")
    rows = [
        [
            slug,
            tag,
            str(found.sentences),
            f"{found.words_a_sentence:.1f}",
            f"{found.lix:.0f}",
            f"{found.flesch:.0f}" if tag.partition("-")[0] == "de" else "–",
        ]
        for slug, tag, found in workspace_readability(Reader(find_workspace(Path.cwd())))
    ]
    print_table([[translate(head) for head in heads], *rows])
