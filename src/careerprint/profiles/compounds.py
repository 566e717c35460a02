"""Marks where long German compounds may be divided in large type: at their joints.

Hyphenation patterns know syllables, not words: "Veranstaltungskauf-frau". A joint is before a word
that many compounds end in, or behind the s that joins what ends in -ung, -heit and the like.
"""

import re
import tomllib
from pathlib import Path

SOFT_HYPHEN = "\u00ad"
_LEAST = 14  # letters of a word that is divided
_LEAST_PART = 4
_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_JOINT = re.compile(
    "|".join([*(f"(?<={end})" for end in _TABLE["behind"]), f"(?={'|'.join(_TABLE['before'])})"])
)
_WORD = re.compile(rf"(?<![\w@/.{SOFT_HYPHEN}])[^\W\d_]{{{_LEAST},}}(?!\w*[@.]\w|{SOFT_HYPHEN})")


def with_joints(text: str) -> str:
    """Return a German text with soft hyphens at the joints of its long words."""
    return _WORD.sub(lambda word: _divided(word[0]), text)


def _divided(word: str) -> str:
    parts, start = [], 0
    for joint in _JOINT.finditer(word):
        part = word[start : joint.start()].lower()
        if part == "fach" and start:  # Verwaltungs-fachangestellte, but Fach-angestellte
            continue
        if min(joint.start() - start, len(word) - joint.start()) >= _LEAST_PART:
            parts.append(word[start : joint.start()])
            start = joint.start()
    return SOFT_HYPHEN.join([*parts, word[start:]])
