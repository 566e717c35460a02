"""Compares the links of a text with those of its translation, and tells what else differs."""

import re
from collections import Counter

from careerprint.core.diagnostics import N_, Diagnostic, Location, shortened, warning
from careerprint.profiles.numbers import number_remark

_LINK = re.compile(r"(?<![!\\])\[[^\[\]]*\]\(\s*<?([^\s()<>]+)|<((?:https?://|mailto:)[^<>\s]+)>")


def remarks(original: str, translation: str, place: Location) -> list[Diagnostic]:
    """Return warnings where a translation at `place` has other numbers or links than the German."""
    found = (number_remark(original, translation, place), link_remark(original, translation, place))
    return [each for each in found if each]


def link_remark(original: str, translation: str, place: Location) -> Diagnostic | None:
    """Return a warning where a translation lacks a link of the German text, or leads elsewhere.

    Another page may be meant: one in the language of the translation.
    """
    here, there = (Counter(_targets(text)) for text in (original, translation))
    missing, others = [*(here - there).elements()], [*(there - here).elements()]
    if not missing:
        return None
    message = N_("“{text}” lacks a link of the German text: {missing}.")
    hint = N_("Mark the words again that are to lead there, as in the German text.")
    if len(others) >= len(missing):
        message = N_("“{text}” leads to {others}, and the German text to {missing}.")
        hint = N_("If that is meant, leave it as it is.")
    return warning(
        place,
        message,
        hint,
        text=shortened(translation),
        missing=", ".join(missing),
        others=", ".join(others),
    )


def _targets(text: str) -> list[str]:
    return [found[1] or found[2] for found in _LINK.finditer(text)]
