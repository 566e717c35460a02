"""Chooses what stands at the foot of which section, and finds what has no section to stand at."""

import re
from collections.abc import Callable, Iterable

from careerprint.core.diagnostics import N_, Diagnostic, Location, warning
from careerprint.layouts.declaration import ANY_SECTION, Layout
from careerprint.profiles.body import Part
from careerprint.profiles.content import PROFILE_FILE, Profile
from careerprint.profiles.facts import TrainingPay
from careerprint.profiles.roles import roles_of

_NO_WORD = re.compile(r"\W+")


def section_roles(profile: Profile) -> dict[str, str]:
    """Return the role of each section of a profile, by the section's id."""
    ids = [section.id for section in profile.sections]
    return dict(zip(ids, roles_of(profile.sections), strict=True))


def filled_slots(
    layout: Layout, profile: Profile, rendered: Callable[[str], str]
) -> tuple[dict[str, tuple[str, ...]], list[Diagnostic]]:
    """Return the templates at the foot of each section, and a warning for each without a section.

    They are by the section's id. `rendered` renders a template by itself: one whose result is empty
    stands nowhere. A template that stands behind several roles in layout.toml is printed at the
    first of them that the profile has; behind `any`, at the last section.
    """
    roles = section_roles(profile)
    sections = {role: name for name, role in roles.items()} | {name: name for name in roles}
    if roles:
        sections[ANY_SECTION] = list(roles)[-1]
    wanted: dict[str, list[str]] = {}
    for role, templates in layout.slots.items():
        for template in templates:
            wanted.setdefault(template, []).append(role)
    slots: dict[str, tuple[str, ...]] = {}
    homeless: list[Diagnostic] = []
    for template, places in wanted.items():
        if not rendered(template).strip():
            continue
        if found := next((sections[role] for role in places if role in sections), None):
            slots[found] = (*slots.get(found, ()), template)
            continue
        told = warning(
            Location(f"content/{profile.slug}/{PROFILE_FILE}"),
            N_("No heading is marked {{#{slot}}}, so what belongs beside it is not printed."),
            N_("Write the mark behind the heading of that section."),
            slot=places[0],
        )
        homeless.append(told)
    return slots, homeless


def is_in_text(profile: Profile, fact: str) -> bool:
    """Tell whether lists or tables of the text say all that a fact does: texts, or training pay.

    A layout that prints the text need not say it again below.
    """
    value = getattr(profile.front.facts, fact)
    if isinstance(value, TrainingPay) and not (value.as_of or value.minimum):
        value = tuple(str(year.amount) for year in value.years)
    if not isinstance(value, tuple) or not all(isinstance(each, str) for each in value):
        return False
    parts = (*profile.opening, *(part for section in profile.sections for part in section.parts))
    said = {_words(text) for text in _enumerated(parts)}
    return {_words(text) for text in value} <= said


def _enumerated(parts: Iterable[Part]) -> Iterable[str]:
    """Yield the items of all lists, and the cells of all tables."""
    for part in parts:
        yield from (cell for row in part.rows for cell in row if cell)
        for item in part.items:
            yield item.text
            yield from _enumerated(item.parts)


def _words(text: str) -> str:
    """Return a text without case and signs; “1.100 €” as 1100."""
    return _NO_WORD.sub("", text).casefold()
