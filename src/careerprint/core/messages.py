"""The tool's own words in the user's language: German or English."""

import json
import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

Translate = Callable[[str], str]

LANGUAGES = ("de", "en")
# An entry of a .po file: comments, the message, its translation (gettext, “PO Files”).
_STRINGS = r'((?:"(?:[^"\\]|\\.)*"\n)+)'
_ENTRY = re.compile(rf"^((?:#.*\n)*)msgid {_STRINGS}msgstr {_STRINGS}", re.MULTILINE)
# A language with its weight in Accept-Language: "de-DE,de;q=0.9,en;q=0.8".
_WISH = re.compile(r"(?:^|,)\s*([A-Za-z]+)[\w-]*\s*(?:;\s*q=(\d(?:\.\d*)?))?")
_FUZZY = "#, fuzzy"
_CATALOGS = Path(__file__).parents[1] / "locales"


def user_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for (POSIX), English if none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if wish := environment.get(name):
            language = wish[:2].lower()
            return language if language in LANGUAGES else "en"
    return "en"


def browser_language(accepted: str) -> str:
    """Return which of our languages a browser wants most, "" for none (RFC 9110, 12.5.4)."""
    wishes = [(tag.lower(), float(weight or 1)) for tag, weight in _WISH.findall(accepted)]
    ours = [(tag, weight) for tag, weight in wishes if tag in LANGUAGES and weight]
    return max(ours, key=lambda wish: wish[1])[0] if ours else ""


@cache
def translator(language: str) -> Translate:
    """Return the function that turns an English message into one in `language`."""
    if language == "en":
        return str
    return _read((_CATALOGS / f"{language}.po").read_text("utf-8"))


def _read(catalog: str) -> Translate:
    """Return what translates by a catalog of our own, which has neither plurals nor contexts.

    Babel reads any catalog, but takes longer than all else that a build with nothing to do does.
    """
    entries = ((_said(i), _said(s)) for told, i, s in _ENTRY.findall(catalog) if _FUZZY not in told)
    translations = {message: said for message, said in entries if message and said}
    return lambda message: translations.get(message, message)


def _said(written: str) -> str:
    """Return what stands in quotation marks, on one line or several."""
    joined = written.strip().replace('"\n"', "")
    return str(json.loads(joined)) if "\\" in joined else joined[1:-1]
