"""Finds texts that a layout takes and its template does not print, and refuses to print then."""

from collections.abc import Iterable, Iterator, Sequence

from careerprint.composing.composition import Composition
from careerprint.composing.fields import FairView, printed_texts
from careerprint.core.diagnostics import N_, Location, Refused, error, refuse
from careerprint.core.edition import Edition
from careerprint.core.schema import Text
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import Format, Layout
from careerprint.profiles.body import Part
from careerprint.profiles.content import Profile


def refuse_what_is_lost(
    edition: Edition, layout: Layout, chosen: Format, composition: Composition
) -> None:
    """Raise Refused where a template leaves out a text of the profile that the layout takes.

    Also where it lacks a block that its format, `chosen`, may leave out.
    """
    if absent := [o.block for o in chosen.optional if o.block not in composition.optional_made]:
        raise refuse(
            Location(f"{LAYOUTS}/{edition.layout}/layout.toml"),
            N_("The format “{format}” may leave out “{name}”, which the template does not have."),
            N_('Delete it from “optional”, or write {{% call optional("{name}") %}} around it.'),
            format=edition.format or layout.default_format,
            name=absent[0],
        )
    placed = [text for text, block in composition.placed if not block.optional]
    _refuse_missing(edition, _not_placed(_taken(layout, composition.profile), placed))


def refuse_what_is_not_said(
    edition: Edition, layout: Layout, fair: FairView | None, placed: Sequence[Text]
) -> None:
    """Raise Refused where the layout takes fairs, and a text of the fair is not in `placed`."""
    if fair and "fair" in layout.takes:
        texts = printed_texts(fair)
        _refuse_missing(edition, [t for t in texts if not any(t is found for found in placed)])


def _refuse_missing(edition: Edition, missing: Sequence[Text]) -> None:
    if missing:
        raise Refused(
            error(
                text.location,
                N_("The layout “{layout}” does not print this text: “{text}”."),
                N_("Place it in the layout's template."),
                layout=edition.layout,
                text=text,
            )
            for text in missing
        )


def _taken(layout: Layout, profile: Profile) -> Iterator[Text]:
    """Yield, in order, each block of the profile that the layout declares to take."""
    front = profile.front
    if "cover" in layout.takes:
        yield from filter(None, (front.title, front.subtitle, front.teaser))
    if "flyer" in layout.takes:
        heading = (front.flyer.heading,) if front.flyer.points and front.flyer.heading else ()
        # An introduction that both have is said once where a layout takes both.
        is_said = "cover" in layout.takes and front.flyer.teaser == front.teaser
        teaser = () if is_said else (front.flyer.teaser,)
        yield from (front.flyer.headline, *teaser, *heading, *front.flyer.points)
    if "sections" in layout.takes:
        yield from _texts(profile.opening)
        for section in profile.sections:
            yield section.heading
            yield from _texts(section.parts)


def _texts(parts: tuple[Part, ...]) -> Iterator[Text]:
    for part in parts:
        # The description of a picture is for those who do not see it.
        yield from part.blocks[1:] if part.kind == "picture" else part.blocks


def _not_placed(taken: Iterable[Text], placed: Sequence[object]) -> list[Text]:
    """Return the texts of `taken` that are not in `placed` in the same order."""
    missing, position = [], 0
    for text in taken:
        found = next((i for i in range(position, len(placed)) if placed[i] is text), None)
        if found is None:
            missing.append(text)
        else:
            position = found + 1
    return missing
