"""Finds the role of each section: what it tells of the profession, so what is drawn above it.

A mark behind the heading says the role, for example {#pay}. Without a mark, the German words of the
heading do. Where neither does, the section gets a drawing that fits any text.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from careerprint.profiles.body import Section

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SAID = {role: re.compile("|".join(words)) for role, words in _TABLE.items()}
_SPARE = 6  # drawings that fit any text; a section beyond them is without one


def roles_of(sections: Sequence[Section]) -> Iterator[str]:
    """Yield the role of each section; none occurs twice.

    A section without a role, or with one that is taken, gets `spare-1`, `spare-2` and so on; where
    these have run out, `plain`.
    """
    spare = (f"spare-{number}" for number in range(1, _SPARE + 1))
    taken = {section.id for section in sections}  # what a mark says goes first
    alone = any(role_said(s.heading) == "pay" and not _of_training(s.heading) for s in sections)
    for section in sections:
        role = section.id if section.id in _SAID else role_said(section.heading)
        if role == "pay" != section.id and alone and _of_training(section.heading):
            role = "training"  # "Was man in der Ausbildung verdient", beside "Verdienst"
        if not role or (role in taken and role != section.id):
            role = next(spare, "plain")
        taken.add(role)
        yield role


def _of_training(heading: str) -> bool:
    return _SAID["training"].search(heading.lower()) is not None


def role_said(heading: str) -> str:
    """Return the role that the German words of a heading say; "" where they say none.

    What stands before a colon names the section, so it is asked first.
    """
    before, _, behind = heading.lower().partition(":")
    parts = (before, behind)
    return next((role for part in parts for role in _SAID if _SAID[role].search(part)), "")
