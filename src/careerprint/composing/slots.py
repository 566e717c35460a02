"""Finds slots whose content is not printed because the profile has no such section."""

from collections.abc import Callable, Iterator

from careerprint.core.diagnostics import N_, Diagnostic, Location, warning
from careerprint.layouts.declaration import Layout
from careerprint.profiles.content import PROFILE_FILE, Profile


def empty_slots(
    layout: Layout, profile: Profile, rendered: Callable[[str], str]
) -> Iterator[Diagnostic]:
    """Yield a warning for each slot that has content, and no section to stand at.

    `rendered` renders a slot's template by itself: the result is empty where the profile has
    nothing that the slot shows.
    """
    ids = {section.id for section in profile.sections}
    for slot, template in layout.slots.items():
        if slot not in ids and rendered(template).strip():
            yield warning(
                Location(f"content/{profile.slug}/{PROFILE_FILE}"),
                N_("No heading is marked {{#{slot}}}, so what belongs beside it is not printed."),
                N_("Write the mark behind the heading of that section."),
                slot=slot,
            )
