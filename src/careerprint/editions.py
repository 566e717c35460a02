"""Which documents there are to print: profile × layout × locale."""

from collections.abc import Sequence
from dataclasses import dataclass

from careerprint.catalogs import LAYOUT_CATALOGS, available_locales, fallback_chain, is_locale
from careerprint.content import profile_slugs
from careerprint.diagnostics import N_, Diagnostic, Location, Refused, error
from careerprint.layouts import layout_names
from careerprint.pseudo import PSEUDO_LOCALES
from careerprint.reader import Reader
from careerprint.workspace import CONFIGURATION_FILE, Configuration


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One document to print: a profile's slug, a layout's name and a locale's BCP 47 tag."""

    profile: str
    layout: str
    locale: str

    @property
    def output(self) -> str:
        """The path of its PDF below the output folder, with forward slashes."""
        return f"{self.profile}/{self.profile}-{self.layout}-{self.locale}.pdf"


def plan_editions(
    reader: Reader,
    configuration: Configuration,
    profiles: Sequence[str] = (),
    layouts: Sequence[str] = (),
    locales: Sequence[str] = (),
) -> list[Edition]:
    """Return the editions to print; empty selections mean all that is declared.

    Raises Refused for each name that is not there.
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
    return [
        Edition(profile, layout, locale)
        for profile in dict.fromkeys(profiles or known_profiles)
        for layout in dict.fromkeys(layouts or declared.layouts)
        for locale in dict.fromkeys(locales or declared.locales)
    ]


def _unknown(path: str, message: str, name: str, available: Sequence[str]) -> Diagnostic:
    return error(
        Location(path),
        message,
        N_("Available: {available}."),
        name=name,
        available=", ".join(available) or "–",
    )
