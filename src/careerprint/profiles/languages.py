"""What is usual in print in each language: quotation marks, dashes, what holds together.

It stands in languages.toml, each rule beside its source.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_suffix(".toml")
NO_BREAK = "\u00a0"
NARROW = "\u202f"  # NARROW NO-BREAK SPACE
EN_DASH = "–"
EM_DASH = "—"
# Shows the parts of a long word, and no voice says it: Bredel, Maaß, Leichte Sprache (2016).
MEDIOPOINT = re.compile(r"(?<=[^\W\d_])·(?=[^\W\d_])")

ROOT_QUOTES = ("“", "”", "‘", "’")  # CLDR, main/root, delimiters


@dataclass(frozen=True, slots=True)
class Language:
    """What is usual in a language.

    `quotes` are opening and closing marks, then those of a quotation within a quotation;
    `abbreviations` hold together within, and have their spaces where `opens` says so, though none
    were typed; `before_words`, `before_numbers` and `before_amounts` hold with what follows, the
    last of them with what is counted too; `bound` are the letters that, as words, stand at no
    line's end; `years` are the words, as a pattern, that a year is written with; `with_ordinals`
    says that a point makes a number an ordinal; `range_dash` is what stands between the ends of a
    range; `spaced_marks` says that a space stands before ; : ! ? and within quotation marks.
    """

    quotes: tuple[str, str, str, str] = ROOT_QUOTES
    dash: str = EN_DASH
    range_dash: str = EN_DASH
    spaced_marks: bool = False
    bound: str = ""
    abbreviations: tuple[str, ...] = ()
    opens: bool = False
    before_words: tuple[str, ...] = ()
    before_numbers: tuple[str, ...] = ()
    before_amounts: tuple[str, ...] = ()
    years: str = r"(?!)"
    with_ordinals: bool = False


def _read() -> dict[str, Language]:
    found: dict[str, Language] = {}
    for tag, entries in tomllib.loads(_TABLE.read_text("utf-8")).items():
        like = found.get(entries.pop("like", ""), Language())
        said: dict[str, Any] = {
            name: tuple(e) if isinstance(e, list) else e for name, e in entries.items()
        }
        found[tag] = replace(like, **said)
    return found


LANGUAGES: Mapping[str, Language] = _read()
