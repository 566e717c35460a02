"""Colour spaces of PDF content, and how much ink their colours are.

Source: ISO 32000-1, 8.6 (colour spaces), 7.10 (functions), 8.7.4.5 (shadings)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from careerprint.finished.streams import PdfObject, Unreadable, decoded_stream

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""

PAPER: Inks = (0.0, 0.0, 0.0, 0.0)
_MOST_NESTED = 8
_OF_COMPONENTS = {1: "gray", 3: "rgb", 4: "cmyk"}
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_ALL, _NONE = -1, -2  # in place of an ink: all of them, and none


class Family(Enum):
    """What colours of a space are made of; only GRAY and CMYK are inks of every press."""

    GRAY = "gray"
    CMYK = "cmyk"
    RGB = "rgb"
    LAB = "lab"
    SPOT = "spot"
    PATTERN = "pattern"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its family, and the name by which it is told.

    `components` is how many numbers make a colour. `inks` are the places of a Separation's or
    DeviceN's colorants among the four inks. `palette` are the colours of an Indexed space, one
    after the other, in its `base`.
    """

    family: Family
    name: str
    components: int = 1
    inks: tuple[int, ...] = ()
    base: "Space | None" = None
    palette: bytes = b""


GRAY = Space(Family.GRAY, "DeviceGray")
RGB = Space(Family.RGB, "DeviceRGB", 3)
CMYK = Space(Family.CMYK, "DeviceCMYK", 4)
PATTERN = Space(Family.PATTERN, "Pattern", 0)
UNKNOWN = Space(Family.UNKNOWN, "–", 0)
_DEVICE = (
    {"/DeviceGray": GRAY, "/G": GRAY, "/CalGray": GRAY, "/Pattern": PATTERN}
    | {"/DeviceRGB": RGB, "/RGB": RGB, "/CalRGB": Space(Family.RGB, "CalRGB", 3)}
    | {"/DeviceCMYK": CMYK, "/CMYK": CMYK}
)


def space_of(found: PdfObject, resources: PdfObject, depth: int = 0) -> Space:
    """Return the colour space that a PDF object is, or that it names in `resources`."""
    if depth > _MOST_NESTED:
        raise Unreadable("nested too deeply")
    if isinstance(found, Name):
        named = resources.get(Name.ColorSpace, Dictionary()).get(found) if resources else None
        if named is None:
            return _DEVICE.get(str(found), UNKNOWN)
        return space_of(named, None if isinstance(named, Name) else resources, depth + 1)
    if not isinstance(found, Array) or not len(found):
        return UNKNOWN
    kind = str(found[0])
    if kind in {"/Indexed", "/I"}:
        base = space_of(found[1], resources, depth + 1)
        table = found[3]
        colours = decoded_stream(table) if isinstance(table, Stream) else bytes(table)
        return Space(base.family, base.name, 1, base.inks, base, colours)
    if kind == "/Pattern" and len(found) > 1:
        return Space(Family.PATTERN, "Pattern", 0, base=space_of(found[1], resources, depth + 1))
    return _of_kind(kind, found)


def _of_kind(kind: str, found: PdfObject) -> Space:
    if kind == "/ICCBased":
        return _of_profile(found[1])
    if kind == "/Lab":
        return Space(Family.LAB, "Lab", 3)
    if kind == "/Separation":
        return _of_colorants([found[1]])
    if kind == "/DeviceN":
        return _of_colorants(list(found[1]))
    return _DEVICE.get(kind, UNKNOWN)


def _of_profile(profile: PdfObject) -> Space:
    components = int(profile.get(Name.N, 0))
    if components not in _OF_COMPONENTS:  # ISO 32000-1, table 66: there are no others
        return UNKNOWN
    family = Family(_OF_COMPONENTS[components])
    return Space(family, f"ICC {family.name}", components)


def _of_colorants(names: Sequence[object]) -> Space:
    """Return the space of colorants: CMYK where all are inks of every press, else of spot colours.

    What is separated to no plate or to all of them is not counted as a spot colour.
    """
    plain = [str(name).removeprefix("/") for name in names]
    spots = [name for name in plain if name not in {*_PROCESS, "All", "None"}]
    if spots:
        return Space(Family.SPOT, ", ".join(spots), len(plain))
    places = {**{name: place for place, name in enumerate(_PROCESS)}, "All": _ALL, "None": _NONE}
    inks = tuple(places[name] for name in plain)
    return Space(Family.CMYK, ", ".join(plain), len(plain), inks)


def inks_of(space: Space, values: Sequence[float]) -> Inks | None:
    """Return the inks of a colour, None where these are not written in it."""
    if space.base is not None and space.family is not Family.PATTERN:
        at = int(values[0]) * space.base.components if values else 0
        entry = space.palette[at : at + space.base.components]
        return inks_of(space.base, [part / 255 for part in entry])
    if len(values) < space.components:
        return None
    if space.family is Family.GRAY:
        return 0.0, 0.0, 0.0, 1 - values[0]
    if space.family is Family.CMYK:
        return _of_plates(space.inks, values) if space.inks else _four(values)
    return None


def _of_plates(places: Sequence[int], values: Sequence[float]) -> Inks:
    inks = list(PAPER)
    for place, value in zip(places, values, strict=False):
        if place == _ALL:
            inks = [value] * len(inks)
        elif place != _NONE:
            inks[place] = value
    return _four(inks)


def _four(inks: Sequence[float]) -> Inks:
    cyan, magenta, yellow, black = inks[: len(_PROCESS)]
    return cyan, magenta, yellow, black


def initial(space: Space) -> tuple[float, ...]:
    """Return the colour that a space begins with (ISO 32000-1, table 74, operator CS)."""
    if space.inks or space.family is Family.SPOT:
        return (1.0,) * space.components
    return (0.0, 0.0, 0.0, 1.0) if space.components == len(_PROCESS) else (0.0,) * space.components


def shading_colours(shading: PdfObject, space: Space) -> Iterator[tuple[float, ...]]:
    """Yield the colours between which a shading's colours lie, as far as they are written in it.

    Those of a calculated function or a mesh are not.
    """
    functions = shading.get(Name.Function)
    if functions is None:
        return
    if isinstance(functions, Array):  # one for each component
        ends = [list(_ends(function)) for function in functions]
        if all(ends):
            yield tuple(max(value for colour in each for value in colour) for each in ends)
        return
    for colour in _ends(functions):
        if len(colour) == space.components:
            yield colour


def _ends(function: PdfObject, depth: int = 0) -> Iterator[tuple[float, ...]]:
    if depth > _MOST_NESTED:
        raise Unreadable("nested too deeply")
    kind = int(function.get(Name.FunctionType, -1))
    exponential, stitching = 2, 3
    if kind == exponential:
        yield tuple(float(value) for value in function.get(Name.C0, Array([0])))
        yield tuple(float(value) for value in function.get(Name.C1, Array([1])))
    elif kind == stitching:
        for part in function.get(Name.Functions, ()):
            yield from _ends(part, depth + 1)
    elif kind == 0 and isinstance(function, pikepdf.Stream):
        yield from _samples(function)


def _samples(function: PdfObject) -> Iterator[tuple[float, ...]]:
    """Yield the colours of a sampled function of eight bits."""
    bounds = [float(bound) for bound in function.get(Name.Range, ())]
    count = len(bounds) // 2
    if not count or int(function.get(Name.BitsPerSample, 0)) != 8:  # noqa: PLR2004 - others are rare
        return
    scales = [float(bound) for bound in function.get(Name.Decode, bounds)]
    content = decoded_stream(function)
    for at in range(0, len(content) - count + 1, count):
        yield tuple(
            scales[2 * k] + part / 255 * (scales[2 * k + 1] - scales[2 * k])
            for k, part in enumerate(content[at : at + count])
        )
