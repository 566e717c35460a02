"""Finds slots beside sections that a profile does not have: what stands there is not printed."""

from collections.abc import Callable, Iterator

from careerprint.core.diagnostics import N_, Diagnostic, Location, warning
from careerprint.layouts.declaration import Layout
from careerprint.profiles.content import PROFILE_FILE, Profile


def empty_slots(
    layout: Layout, profile: Profile, rendered: Callable[[str], str]
) -> Iterator[Diagnostic]:
    """Yield a warning for each slot that would print something, and has no section to stand at.

    `rendered` gives what a slot's template makes by itself: nothing where the profile does not say
    what the slot shows.
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
