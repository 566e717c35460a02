"""Proposes whose drawings a profile gets: the occupational field that its title tells.

The fields are the occupational fields (Berufsfelder) of the German employment agency, and some
within them whose work looks otherwise: wood, food, textiles, hair, customer service. What no word
tells is left open: then the neutral drawings are printed.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

NEUTRAL = "neutral"
"""What stands for the field of occupations that no drawings suit."""


@cache
def _said() -> list[tuple[str, re.Pattern[str]]]:
    """Return the fields, each with what names of occupations say it by, as occupations.toml has."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return [(each["field"], re.compile("|".join(each["words"]))) for each in table["said"]]


def field_said(title: str) -> str:
    """Return the field that the words of a title tell, the name of its folder; "" for none.

    What stands before a dash or a colon names the profession; what is behind it may be anything.
    """
    return _told(title).replace(NEUTRAL, "")


def names_occupation(line: str) -> bool:
    """Tell whether a line has words that names of occupations have."""
    return bool(_told(line))


def _told(title: str) -> str:
    for words in (re.split(r"\s[–-]\s|:", title.lower())[0], title.lower()):
        if told := next((field for field, said in _said() if said.search(words)), ""):
            return told
    return ""
