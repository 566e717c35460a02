"""Reads an issuer's own logo and colours, and refuses colours on which text cannot be read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, warning
from careerprint.core.reader import Reader
from careerprint.core.schema import toml_line
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.layouts.colours import (
    READABLE,
    Cmyk,
    Colour,
    Pair,
    Tokens,
    contrast,
    nearest_shade,
    no_such_colour,
)
from careerprint.layouts.configuration import Brand
from careerprint.layouts.logo import Logo, read_logo

# Where in careerprint.toml a value of [brand] stands, by the way to it.
Places = Callable[..., Location]


@dataclass(frozen=True, slots=True)
class Branding:
    """The colours and the logo that an edition is printed with: every colour by its name.

    `logo` is None where there is none. `screen_only` are warnings for the press: colours without
    CMYK values.
    """

    colours: Mapping[str, Colour]
    logo: Logo | None
    screen_only: tuple[Diagnostic, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """The files that the brand adds to a bundle, by name."""
        return {self.logo.name: self.logo.content} if self.logo else {}

    @property
    def pictures(self) -> dict[str, Location]:
        """The places where pictures of the bundle are named, by the pictures' names."""
        return {self.logo.name: self.logo.location} if self.logo else {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings that do not keep the edition from being printed."""
        return self.logo.diagnostics if self.logo else ()

    @property
    def inks(self) -> dict[str, Cmyk]:
        """The inks of the colours that have CMYK values: in per cent, by `#RRGGBB`."""
        return {c.srgb: c.cmyk for c in reversed([*self.colours.values()]) if c.cmyk is not None}


def read_branding(reader: Reader, brand: Brand, tokens: Tokens) -> Branding:
    """Return the layouts' colours with the brand's in their place, and the brand's logo.

    Raises Refused with every fault of either.
    """
    text = reader.read_text(CONFIGURATION_FILE)

    def place(*steps: str) -> Location:
        return Location(CONFIGURATION_FILE, toml_line(("brand", *steps), text))

    faults = colour_faults(tokens, brand, text)
    logo = None
    if brand.logo is not None:
        try:
            logo = read_logo(reader, brand.logo, place("logo"))
        except Refused as refused:  # go on, so that one run shows all faults
            faults += refused.diagnostics
    if faults:
        raise Refused(sorted(faults, key=lambda fault: fault.location))
    return Branding(tokens.replaced(brand.colours).palette, logo, tuple(_screen_only(brand, place)))


def colour_faults(tokens: Tokens, brand: Brand, text: str) -> list[Diagnostic]:
    """Return what keeps a brand's colours from being printed; `text` is careerprint.toml's."""

    def place(*steps: str) -> Location:
        return Location(CONFIGURATION_FILE, toml_line(("brand", *steps), text))

    strange = [name for name in brand.colours if name not in tokens.colours]
    if strange:
        return [_not_replaceable(tokens, name, place("colours", name)) for name in strange]
    return [*_contrast_faults(tokens.replaced(brand.colours), brand.colours, place)]


def _screen_only(brand: Brand, place: Places) -> Iterable[Diagnostic]:
    """Yield a warning for each colour of the brand that has no CMYK values."""
    for name, colour in brand.colours.items():
        if colour.cmyk is None:
            yield warning(
                place("colours", name),
                N_("“{name}” has a value for the screen only; its inks are worked out."),
                N_(
                    '⟨Write the inks of your brand: {name} = {{ srgb = "{srgb}", cmyk = […] '
                    "}}|Ask the print shop for a proof, and compare it with your letterhead⟩."
                ),
                name=name,
                srgb=colour.srgb,
            )
    if brand.logo is not None:
        yield warning(
            place("logo"),
            N_("The logo's colours are made for the screen; its inks are worked out."),
            N_("Ask the print shop for a proof, and compare it with your letterhead."),
        )


def _not_replaceable(tokens: Tokens, name: str, location: Location) -> Diagnostic:
    if name not in tokens.mixes:
        return no_such_colour(location, name, tokens.colours)
    one, other = tokens.bases(name)
    return error(
        location,
        N_("The colour “{name}” is mixed from “{one}” and “{other}”."),
        N_("Replace one of those instead."),
        name=name,
        one=one,
        other=other,
    )


def _contrast_faults(tokens: Tokens, own: Iterable[str], place: Places) -> Iterable[Diagnostic]:
    """Return an error for each own colour that must change, with its worst pair."""
    palette = tokens.palette
    worst: dict[str, tuple[float, Pair, str | None]] = {}
    for pair in tokens.pairs:
        text, ground = pair
        bases = {*tokens.bases(text), *tokens.bases(ground)}
        ratio = contrast(palette[text].srgb, palette[ground].srgb)
        if ratio < READABLE and (culprits := [name for name in own if name in bases]):
            culprit, shade = _remedy(tokens, culprits)
            if culprit not in worst or ratio < worst[culprit][0]:
                worst[culprit] = ratio, pair, shade
    return [
        _unreadable(place("colours", name), name, found, tokens) for name, found in worst.items()
    ]


def _remedy(tokens: Tokens, culprits: list[str]) -> tuple[str, str | None]:
    """Return which of the colours to change, and into what: the one that changes least.

    The new colour is None where none of them has a shade in which all its pairs are readable.
    """
    shades = [(name, _readable_shade(tokens, name)) for name in culprits]
    mended = [(name, shade) for name, shade in shades if shade is not None]

    def change(remedy: tuple[str, str]) -> float:
        return contrast(tokens.colours[remedy[0]].srgb, remedy[1])

    return min(mended, key=change) if mended else shades[0]


def _readable_shade(tokens: Tokens, name: str) -> str | None:
    """Return the nearest shade of a colour in which every pair that it is in is readable."""
    pairs = [pair for pair in tokens.pairs if any(name in tokens.bases(part) for part in pair)]

    def suits(srgb: str) -> bool:
        palette = tokens.replaced({name: Colour(srgb=srgb)}).palette
        return all(contrast(palette[t].srgb, palette[g].srgb) >= READABLE for t, g in pairs)

    return nearest_shade(tokens.colours[name].srgb, suits)


def _unreadable(
    location: Location, name: str, found: tuple[float, Pair, str | None], tokens: Tokens
) -> Diagnostic:
    ratio, (text, ground), shade = found
    others = (n for part in (text, ground) for n in tokens.bases(part) if n != name)
    tenths = int(ratio * 10)  # cut, not rounded: 4.49 is not 4.5
    return error(
        location,
        N_("“{text}” on “{ground}” has a contrast of {whole}.{tenth} : 1; text needs 4.5 : 1."),
        N_('The nearest shade that can be read everywhere: ⟨{name} = "{shade}"|{shade}⟩.')
        if shade
        else N_("No shade of “{name}” will do: change “{other}” too."),
        text=text,
        ground=ground,
        whole=tenths // 10,
        tenth=tenths % 10,
        name=name,
        shade=shade,
        other=next(others),
    )
