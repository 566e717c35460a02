"""Click's own words, such as "Usage:" and "Missing argument", in the user's language.

Click asks gettext for them, whose catalogs are compiled files; this gives it the tool's catalog.
"""

from collections.abc import Callable

import click

from careerprint.core.diagnostics import N_

# Those that a user of careerprint can get to see. Spelt as in Click 8.
CLICK_WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("Aborted!"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Missing argument"),
    N_("Missing command."),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("{name} {filename!r} is a file."),
    N_("directory"),
)


def translate_click(translate: Callable[[str], str]) -> None:
    """Make Click take its words from `translate`, for the process."""
    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    ):
        module._ = translate  # type: ignore[attr-defined]  # the name it gives to gettext
