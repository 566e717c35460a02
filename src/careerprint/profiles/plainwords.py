"""The words that the check of Leichte Sprache knows, as they stand in plainwords.toml."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_TABLE: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))

ABBREVIATIONS: Mapping[str, str] = _TABLE["abbreviations"]
NUMBERS = {word: str(number) for number, word in enumerate(_TABLE["numbers_from_two"], 2)}
PRETERITES: Mapping[str, str] = _TABLE["preterites"]
HEADS = re.compile(rf"(?:{'|'.join(_TABLE['heads'])})$")
HARD: Mapping[str, str] = _TABLE["hard"]
ALIKE = tuple(re.compile(rf"\b({words})\b") for words in _TABLE["alike"])
NO_PARTICIPLE = re.compile("|".join(_TABLE["no_participles"]))
MONTHS: tuple[str, ...] = tuple(_TABLE["months"])
