"""The tool's own words in the user's language: German or English."""

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

Translate = Callable[[str], str]

LANGUAGES = ("de", "en")
_CATALOGS = Path(__file__).parents[1] / "locales"


def user_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for (POSIX), English if none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if wish := environment.get(name):
            language = wish[:2].lower()
            return language if language in LANGUAGES else "en"
    return "en"


@cache
def translator(language: str) -> Translate:
    """Return the function that turns an English message into one in `language`."""
    if language == "en":
        return str
    from babel.messages.pofile import read_po

    with (_CATALOGS / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    translations = {str(m.id): str(m.string) for m in catalog if m.id and m.string and not m.fuzzy}
    return lambda message: translations.get(message, message)
