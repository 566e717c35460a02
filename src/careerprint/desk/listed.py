"""Takes lists out of a text that boxes say whole, so that the boxes stand in their place."""

import re
from collections.abc import Iterator

from careerprint.composing.slots import is_in_text, said_by, said_in, section_roles
from careerprint.core.messages import translator
from careerprint.intake.factlines import SAID_IN_LIST
from careerprint.profiles.body import Part
from careerprint.profiles.content import Profile

_BOXES = {
    "skills": {"requirements", "digital", "everyday"},
    "requirements": {"requirements", "digital", "everyday"},
    "next_steps": {"application", "advice"},
    "employers": {"employers", "market"},
    "sectors": {"employers", "market"},
    "pay": {"pay"},
    "training_pay": {"pay", "training"},
}
"""Facts that are said in boxes, each with the roles of the sections that these stand at."""
_LISTS = {"bullets", "numbers"}


def tells_of_lists(told: str) -> bool:
    """Tell whether a check mark says that lists of the text stand in place of boxes."""
    return told == translator("de")(SAID_IN_LIST)


def without_lists(text: str, profile: Profile) -> str:
    """Return a profile's text without the lists of its sections that facts say whole.

    A line that ends with a colon and introduces one goes with it. A section whose box would stand
    at another one keeps what it has.
    """
    lines = text.split("\n")
    for first, last in reversed(list(_said(profile))):
        behind = last  # lines are counted from 1
        while behind < len(lines) and lines[behind].strip():
            behind += 1
        while behind < len(lines) and not lines[behind].strip():
            behind += 1
        del lines[first - 1 : behind]
    return "\n".join(lines).rstrip("\n") + "\n"


def _said(profile: Profile) -> Iterator[tuple[int, int]]:
    """Yield the first line of each list that goes, with what introduces it, and its last item's."""
    told = {name: said_by(profile, name) or set() for name in _BOXES if is_in_text(profile, name)}
    roles = section_roles(profile)
    for section in profile.sections:
        lists = [(at, _of(part, profile, told)) for at, part in enumerate(section.parts)]
        gone = [at for at, said in lists if said]
        gone += [at - 1 for at in gone if at and _introduces(section.parts[at - 1])]
        homes = set.union(*(_BOXES[name] for _, said in lists for name in said), set())
        if len(set(gone)) == len(section.parts) and roles[section.id] not in homes:
            continue
        for at, said in lists:
            if said:
                items = section.parts[at].items
                begins = section.parts[at - 1].blocks[0] if at - 1 in gone else items[0].text
                yield begins.location.line or 0, items[-1].text.location.line or 0


def _introduces(part: Part) -> bool:
    return part.kind == "paragraph" and re.search(r":\W*$", part.blocks[0]) is not None


def _of(part: Part, profile: Profile, told: dict[str, set[object]]) -> set[str]:
    """Return the facts that say a list whole; none where something else stands in it."""
    if part.kind not in _LISTS or any(item.parts for item in part.items):
        return set()
    items = [said_in(profile, item.text) for item in part.items]
    said = [{name for name, words in told.items() if words & item} for item in items]
    return set.union(*said) if all(said) else set()
