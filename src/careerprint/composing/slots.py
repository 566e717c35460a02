"""Chooses what stands at the foot of which section, and finds what has no section to stand at."""

from collections.abc import Callable, Iterator, Mapping

from careerprint.core.diagnostics import N_, Diagnostic, Location, warning
from careerprint.layouts.declaration import Layout
from careerprint.profiles.content import PROFILE_FILE, Profile
from careerprint.profiles.roles import roles_of


def section_roles(profile: Profile) -> dict[str, str]:
    """Return the role of each section of a profile, by the section's id."""
    ids = [section.id for section in profile.sections]
    return dict(zip(ids, roles_of(profile.sections), strict=True))


def filled_slots(layout: Layout, roles: Mapping[str, str]) -> dict[str, str]:
    """Return the template at the foot of each section that has one, by the section's id.

    `roles` are the roles of the profile's sections by their ids. A template that stands behind
    several roles in layout.toml is printed at the first of them that the profile has.
    """
    sections = {role: name for name, role in roles.items()} | {name: name for name in roles}
    slots: dict[str, str] = {}
    for role, template in layout.slots.items():
        if role in sections and template not in slots.values():
            slots[sections[role]] = template
    return slots


def empty_slots(
    layout: Layout, profile: Profile, slots: Mapping[str, str], rendered: Callable[[str], str]
) -> Iterator[Diagnostic]:
    """Yield a warning for each template that has content, and no section to stand at.

    `slots` are those that `filled_slots` returned. `rendered` renders a template by itself: the
    result is empty where the profile has nothing that it shows.
    """
    first = {template: role for role, template in reversed(layout.slots.items())}
    for template, role in reversed(first.items()):
        if template not in slots.values() and rendered(template).strip():
            yield warning(
                Location(f"content/{profile.slug}/{PROFILE_FILE}"),
                N_("No heading is marked {{#{slot}}}, so what belongs beside it is not printed."),
                N_("Write the mark behind the heading of that section."),
                slot=role,
            )
