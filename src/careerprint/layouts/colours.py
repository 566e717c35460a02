"""Reads the layouts' colours, mixes and compares them, and puts them into styles and drawings.

A few base colours each have a value for the screen (sRGB) and one for print (CMYK). Shades are
mixed from them, so replacing a base colour replaces its shades too.
"""

import colorsys
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, unknown
from careerprint.core.reader import Reader
from careerprint.core.schema import Id, Model, from_toml, invalid, toml_line

# WCAG 2.2, success criterion 1.4.3, level AA: https://www.w3.org/TR/WCAG22/#contrast-minimum
READABLE = 4.5
# In per cent, of all four inks: more does not dry on coated paper (FOGRA39, as its profile has it).
MOST_INK = 300

_SRGB = re.compile(r"#[0-9A-Fa-f]{6}")
_INKS = 4
_LIGHTNESS_STEPS = 510  # half the distance of two 8-bit values, so that none is left out
_VARIABLE = re.compile(rb"var\(([^()]*)\)")

Cmyk = tuple[int, int, int, int]
Pair = tuple[str, str]
"""The names of a text's colour and of the ground that it stands on."""


def _srgb(written: object) -> str:
    if not isinstance(written, str) or not _SRGB.fullmatch(written):
        raise invalid(
            N_("“{key}” is “{value}”, not a colour."),
            N_('Write # and six digits or letters A–F, in quotation marks: "#0F4C5C".'),
        )
    return written.upper()


def _cmyk(written: object) -> object:
    if (
        not isinstance(written, tuple)
        or len(written) != _INKS
        or not all(type(part) is int and 0 <= part <= 100 for part in written)  # noqa: PLR2004 - per cent
    ):
        raise invalid(
            N_("“{key}” is not a colour of cyan, magenta, yellow and black ink."),
            N_("Write four whole numbers from 0 to 100, in per cent: [90, 50, 42, 40]."),
        )
    if sum(written) > MOST_INK:
        raise invalid(
            N_("“{key}” adds up to {meant} % of ink; more than 300 % does not dry."),
            N_("Ask the print shop for values with less ink."),
            meant=sum(written),
        )
    return written


class Colour(Model):
    """A colour for the screen, `#RRGGBB` in sRGB, and for print, four inks in whole per cent.

    `cmyk` is None where only the value for the screen is known.
    """

    srgb: Annotated[str, BeforeValidator(_srgb)]
    cmyk: Annotated[Cmyk, BeforeValidator(_cmyk)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, written: object) -> object:
        """Take a text by itself for the value for the screen."""
        return written if isinstance(written, (dict, Colour)) else {"srgb": _srgb(written)}


class Mix(Model):
    """A colour made of two: `percent` of the one, the rest of the other."""

    of: Id
    percent: Annotated[int, Field(ge=0, le=100)]
    with_: Annotated[Id, Field(alias="with")]


class Tokens(Model):
    """Base colours, the mixes of two of them, and which text colour stands on which grounds."""

    colours: dict[Id, Colour]
    mixes: Annotated[dict[Id, Mix], Field(default_factory=dict)]
    contrast: Annotated[dict[Id, tuple[Id, ...]], Field(default_factory=dict)]

    @property
    def palette(self) -> dict[str, Colour]:
        """Every colour by its name, base colours first."""
        base = self.colours
        mixed = {
            name: mix(base[made.of], base[made.with_], made.percent)
            for name, made in self.mixes.items()
        }
        return {**base, **mixed}

    @property
    def pairs(self) -> list[Pair]:
        """Each text colour with each ground that it stands on."""
        return [(text, ground) for text, grounds in self.contrast.items() for ground in grounds]

    def bases(self, name: str) -> tuple[str, ...]:
        """Return the base colours that a colour is made of: itself, or the two of a mix."""
        made = self.mixes.get(name)
        return (made.of, made.with_) if made else (name,)

    def replaced(self, colours: Mapping[str, Colour]) -> "Tokens":
        """Return the tokens with some base colours replaced by others of the same names."""
        return self.model_copy(update={"colours": {**self.colours, **colours}})


def read_tokens(reader: Reader, name: str) -> Tokens:
    """Return the tokens of the file `name`; raises Refused with every fault found."""
    text = reader.read_text(name)
    tokens = from_toml(Tokens, text, name)
    if faults := list(_unknown_names(tokens, text, name)):
        raise Refused(faults)
    return tokens


def mix(one: Colour, other: Colour, percent: int) -> Colour:
    """Return `percent` of one colour mixed with the rest of another, component by component.

    The mix is linear in the values as they are written, in sRGB and in CMYK. Where one of the two
    has no CMYK, the mix has none.
    """
    inks = None
    if one.cmyk is not None and other.cmyk is not None:
        c, m, y, k = (_between(a, b, percent) for a, b in zip(one.cmyk, other.cmyk, strict=True))
        inks = (c, m, y, k)
    parts = zip(components(one.srgb), components(other.srgb), strict=True)
    return Colour(srgb=srgb_of(*(_between(a, b, percent) for a, b in parts)), cmyk=inks)


def relative_luminance(srgb: str) -> float:
    """Return how light a colour is, from 0 for black to 1 for white.

    Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the source's
        for value in (component / 255 for component in components(srgb))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, in whichever order.

    Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    dark, light = sorted((relative_luminance(one), relative_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def nearest_shade(srgb: str, suits: Callable[[str], bool]) -> str | None:
    """Return the shade of a colour that `suits` and differs least in lightness.

    None where no lightness suits. Hue and saturation stay: they are those of HSL,
    https://www.w3.org/TR/css-color-4/#the-hsl-notation
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*(c / 255 for c in components(srgb)))
    for step in range(_LIGHTNESS_STEPS + 1):
        for at in (lightness - step / _LIGHTNESS_STEPS, lightness + step / _LIGHTNESS_STEPS):
            if 0 <= at <= 1:
                rgb = colorsys.hls_to_rgb(hue, at, saturation)
                shade = srgb_of(*(int(part * 255 + 0.5) for part in rgb))
                if suits(shade):
                    return shade
    return None


def style_sheet(palette: Mapping[str, Colour]) -> bytes:
    """Return the colours as a style sheet of custom properties: var(--name)."""
    properties = "".join(f"--{name}:{colour.srgb};" for name, colour in palette.items())
    return f":root{{{properties}}}".encode()


def painted(files: Mapping[str, bytes], palette: Mapping[str, Colour]) -> dict[str, bytes]:
    """Return the files with the colours put into the drawings (`.svg`) among them.

    There, var(--name) becomes the colour's value for the screen. Raises Refused for each name
    that is no colour.
    """
    drawings = [name for name in files if name.lower().endswith(".svg")]
    faults = []
    for name in drawings:
        for found in _VARIABLE.finditer(files[name]):
            if _variable(found) not in palette:
                line = files[name].count(b"\n", 0, found.start()) + 1
                faults.append(no_such_colour(Location(name, line), _variable(found), palette))
    if faults:
        raise Refused(faults)
    return {
        name: _VARIABLE.sub(lambda found: palette[_variable(found)].srgb.encode(), content)
        if name in drawings
        else content
        for name, content in files.items()
    }


def _variable(found: re.Match[bytes]) -> str:
    """Return the name of the colour that var(--name) asks for; of anything else, its text."""
    return found[1].decode("utf-8", "replace").strip().removeprefix("--")


def _unknown_names(tokens: Tokens, text: str, name: str) -> Iterator[Diagnostic]:
    """Yield an error for each name in the tokens that stands for no colour."""
    for mixed in tokens.mixes:
        location = Location(name, toml_line(("mixes", mixed), text))
        for part in tokens.bases(mixed):
            if part not in tokens.colours:
                yield no_such_colour(location, part, tokens.colours)
        if mixed in tokens.colours:
            yield error(
                location,
                N_("The colour “{name}” is declared twice."),
                N_("Delete one of the two."),
                name=mixed,
            )
    known = {*tokens.colours, *tokens.mixes}
    for text_colour, grounds in tokens.contrast.items():
        for part in (text_colour, *grounds):
            if part not in known:
                line = toml_line(("contrast", text_colour), text)
                yield no_such_colour(Location(name, line), part, known)


def no_such_colour(location: Location, name: str, known: Iterable[str]) -> Diagnostic:
    """Return the error for a name that stands for no colour; it lists the colours' names."""
    return unknown(location, N_("There is no colour “{name}”."), name, sorted(known))


def components(srgb: str) -> tuple[int, int, int]:
    """Return red, green and blue, each from 0 to 255, of `#RRGGBB`."""
    return int(srgb[1:3], 16), int(srgb[3:5], 16), int(srgb[5:7], 16)


def srgb_of(*components: int) -> str:
    """Return `#RRGGBB` of red, green and blue, each from 0 to 255."""
    return "#" + "".join(f"{component:02X}" for component in components)


def _between(one: int, other: int, percent: int) -> int:
    """Return `percent` of one number with the rest of another, rounded, halves upwards."""
    return (one * percent + other * (100 - percent) + 50) // 100
