"""Chooses the drawings of an edition: those of its profile's occupational field and town.

A style sheet of a layout names them with the words {field} and {town} in an address, for example
`url("../base/art/fields/{field}/motif.svg")`. Here the words become the names that stand in the
profile's front matter. So a further field or town is a matter of files, not of code.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from unicodedata import normalize

from careerprint.core.diagnostics import N_, Diagnostic, Refused, unknown
from careerprint.core.messages import Translate
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.core.slugs import proposed_slug

_FIELDS, _TOWNS = "layouts/base/art/fields", "layouts/base/art/towns"
FIELD_WORDS: Mapping[str, str] = {
    "agriculture": N_("Agriculture, nature, environment"),
    "arts": N_("Arts, culture, design"),
    "beauty": N_("Hair, cosmetics"),
    "business": N_("Business, administration"),
    "construction": N_("Construction, architecture, surveying"),
    "customer-service": N_("Customer service"),
    "electrical": N_("Electrical engineering"),
    "engineering": N_("Technology, technical fields"),
    "food": N_("Bakery, food"),
    "gardening": N_("Gardening, plants"),
    "health": N_("Health"),
    "humanities": N_("Social sciences, humanities"),
    "it": N_("IT, computers"),
    "manufacturing": N_("Production, manufacturing"),
    "media": N_("Media"),
    "metal": N_("Metal, mechanical engineering"),
    "science": N_("Natural sciences"),
    "services": N_("Hospitality, housekeeping"),
    "social": N_("Social work, education"),
    "textiles": N_("Textiles, leather"),
    "transport": N_("Transport, logistics"),
    "wood": N_("Wood, furniture"),
}
"""What users call the fields that we have drawings of."""
NEUTRAL = "neutral"  # what a profile has that names no field, or no town
_MOTIF, _TOWN = "motif.svg", ".svg"
_ALIKE = 0.8  # how alike a name must be to that of a drawing to be meant as it (difflib's ratio)


def fields_of(reader: Reader) -> list[str]:
    """Return the names of the occupational fields that there are drawings of, sorted."""
    return reader.folders(_FIELDS, holding=_MOTIF)


def motif_of(field: str) -> str:
    """Return the name of the drawing that shows an occupational field above all."""
    return f"{_FIELDS}/{field}/{_MOTIF}"


def named_fields(reader: Reader, translate: Translate) -> list[tuple[str, str]]:
    """Return the fields that there are drawings of and what users call them, in its order."""
    named = [(f, translate(FIELD_WORDS.get(f, f))) for f in fields_of(reader) if f != NEUTRAL]
    return sorted(named, key=lambda each: normalize("NFKD", each[1]).casefold())


def towns_of(reader: Reader) -> list[str]:
    """Return the names of the towns that there are drawings of, sorted."""
    return [name.removesuffix(_TOWN) for name in reader.files(_TOWNS, _TOWN)]


def chosen_art(reader: Reader, field: Text | None, town: Text | None) -> dict[str, str]:
    """Return what {field} and {town} stand for: the names given, or else `neutral`.

    A town may be any: without a drawing of its own, the neutral one is drawn. Raises Refused for
    a field without drawings, and for a town that is nearly called as one with a drawing.
    """
    faults = []
    name = proposed_slug(town or NEUTRAL)
    has_town = town is None or reader.find(f"{_TOWNS}/{name}{_TOWN}") is not None
    drawn = {"field": str(field or NEUTRAL), "town": name if has_town else NEUTRAL}
    if field is not None and reader.find(motif_of(field), field.location) is None:
        faults.append(_without_drawings(field, fields_of(reader)))
    if town is not None and not has_town:  # of another town, or a slip
        towns = towns_of(reader)
        if get_close_matches(name, towns, 1, _ALIKE):
            faults.append(_without_drawings(town, towns))
    if faults:
        raise Refused(faults)
    return drawn


def _without_drawings(name: Text, known: Iterable[str]) -> Diagnostic:
    return unknown(name.location, N_("There are no drawings called “{name}”."), name, known)


def with_art(style_sheet: str, art: Mapping[str, str]) -> str:
    """Return a style sheet with the names of `art` in its addresses."""
    for word, name in art.items():
        style_sheet = style_sheet.replace(f"{{{word}}}", name)
    return style_sheet
