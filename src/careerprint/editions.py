"""Which documents there are to print: profile × layout × format × locale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careerprint.catalogs import LAYOUT_CATALOGS, available_locales, fallback_chain, is_locale
from careerprint.content import profile_slugs
from careerprint.diagnostics import N_, Diagnostic, Location, Refused, error
from careerprint.layouts import Layout, layout_names, read_layout
from careerprint.pseudo import PSEUDO_LOCALES
from careerprint.reader import Reader
from careerprint.workspace import CONFIGURATION_FILE, Configuration


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One document to print: a profile's slug, a layout's name and a locale's BCP 47 tag.

    `format` is the name of one of the layout's formats, empty for the layout's default.
    """

    profile: str
    layout: str
    locale: str
    format: str = ""

    @property
    def product(self) -> str:
        """The layout with its format, as it stands in file names: "flyer", "flyer-a5"."""
        return f"{self.layout}-{self.format}" if self.format else self.layout

    @property
    def output(self) -> str:
        """The path of its PDF below the output folder, with forward slashes."""
        return f"{self.profile}/{self.profile}-{self.product}-{self.locale}.pdf"


def plan_editions(
    reader: Reader,
    configuration: Configuration,
    profiles: Sequence[str] = (),
    layouts: Sequence[str] = (),
    locales: Sequence[str] = (),
    formats: Sequence[str] = (),
) -> list[Edition]:
    """Return the editions to print; empty selections mean all that is declared.

    Of `formats`, a layout is printed in those that it has; without, in its default. Raises Refused
    for each name that is not there.
    """
    known_profiles, known_layouts = profile_slugs(reader), layout_names(reader)
    known_locales = [*available_locales(reader), *PSEUDO_LOCALES]
    declared = configuration.build
    faults: list[Diagnostic] = []
    if not known_profiles:
        faults.append(
            error(
                Location("content/"),
                N_("There is no profile in this workspace."),
                N_("Put a text into content/NAME/profile.md."),
            )
        )
    elif missing := [p for p in profiles if p not in known_profiles]:
        faults += [
            _unknown(
                f"content/{p}/profile.md", N_("There is no profile “{name}”."), p, known_profiles
            )
            for p in missing
        ]
    faults += [
        _unknown(
            f"layouts/{name}/layout.toml", N_("There is no layout “{name}”."), name, known_layouts
        )
        for name in layouts or declared.layouts
        if name not in known_layouts
    ]
    for tag in locales or declared.locales:
        where = "--locale" if locales else CONFIGURATION_FILE
        if not is_locale(tag):
            faults.append(_unknown(where, N_("“{name}” is not a locale."), tag, known_locales))
        elif not set(fallback_chain(tag)) & set(known_locales):
            where = f"{LAYOUT_CATALOGS}/{tag}.po"
            faults.append(
                _unknown(
                    where, N_("There is no catalog for the locale “{name}”."), tag, known_locales
                )
            )
    if faults:
        raise Refused(faults)
    chosen = {
        name: _chosen_formats(read_layout(reader, name), formats)
        for name in dict.fromkeys(layouts or declared.layouts)
    }
    if unknown := _not_in_any(reader, chosen, formats):
        raise Refused(unknown)
    return [
        Edition(profile, layout, locale, format_name)
        for profile in dict.fromkeys(profiles or known_profiles)
        for layout, names in chosen.items()
        for format_name in names
        for locale in dict.fromkeys(locales or declared.locales)
    ]


def _chosen_formats(layout: Layout, formats: Sequence[str]) -> list[str]:
    """Return the formats to print a layout in, its default as the empty name."""
    names = [n for n in dict.fromkeys(formats) if n in layout.formats] if formats else [""]
    return ["" if name == layout.default_format else name for name in names]


def _not_in_any(reader: Reader, layouts: Iterable[str], formats: Sequence[str]) -> list[Diagnostic]:
    """Return an error for each format that none of the layouts has."""
    known = sorted({n for name in layouts for n in read_layout(reader, name).formats})
    return [
        _unknown("--format", N_("None of these layouts has the format “{name}”."), name, known)
        for name in formats
        if name not in known
    ]


def _unknown(path: str, message: str, name: str, available: Sequence[str]) -> Diagnostic:
    return error(
        Location(path),
        message,
        N_("Available: {available}."),
        name=name,
        available=", ".join(available) or "–",
    )
