"""Check marks: comments of the front matter that say what a person has yet to check.

`careerprint import` writes them, and whoever has checked one deletes its line.
"""

import re
from dataclasses import dataclass

from careerprint.core.diagnostics import Location

REVIEW = "PRÜFEN"
"""The word that marks what is to be checked. Profiles are German, whoever reads the screen."""
_MARK = re.compile(rf"^\s*#\s*{REVIEW}\s*:\s*(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CheckMark:
    """An open check mark: where it stands, and what it proposes or asks."""

    location: Location
    proposal: str


def check_mark(proposal: str, indent: str = "") -> str:
    """Return a check mark as a line of the front matter."""
    return f"{indent}# {REVIEW}: {proposal}"


def read_check_marks(front_matter: str, path: str, first_line: int) -> tuple[CheckMark, ...]:
    """Return the check marks in a front matter, which begins on `first_line` of the file `path`."""
    return tuple(
        CheckMark(
            Location(path, first_line + front_matter.count("\n", 0, found.start(1))), found[1]
        )
        for found in _MARK.finditer(front_matter)
    )
