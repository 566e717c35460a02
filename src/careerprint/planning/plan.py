"""Which editions there are to print: what careerprint.toml declares, or a command selects of it."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse, unknown
from careerprint.core.edition import Edition, Selection
from careerprint.core.reader import Reader
from careerprint.core.slugs import spelt_format
from careerprint.core.targets import DEFAULT_TARGET
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.layouts.configuration import Build, Choice, Configuration
from careerprint.layouts.declaration import Layout, layout_file, layout_names, read_layout
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    PSEUDO_LOCALES,
    available_locales,
    is_locale,
    spelt_locale,
)
from careerprint.profiles.content import profile_file, profile_slugs, stray_files
from careerprint.profiles.tags import fallback_chain

ALL = Selection()
NO_PROFILE = N_("There is no profile in this workspace.")


def plan_editions(
    reader: Reader, configuration: Configuration, selection: Selection = ALL
) -> list[Edition]:
    """Return the editions to print, those of few pages first.

    Names that are selected replace those declared. What careerprint.toml includes is added where
    the selection has it; what it excludes is left out. A layout is printed in those of the named
    formats that it has, in its default format where none is named, or none of those declared for
    all layouts is one of its own. Raises Refused for each name that is not there, for editions that
    would be one file, and where no edition is left.
    """
    declared = configuration.build
    profiles, known_layouts = profile_slugs(reader), layout_names(reader)
    known_locales = [*available_locales(reader), *PSEUDO_LOCALES]
    # Unchecked: names that are not there are reported below.
    named = asdict(selection) | {
        "formats": tuple(map(spelt_format, selection.formats)),
        "locales": tuple(map(spelt_locale, selection.locales)),
    }
    selected = Choice.model_construct(**named)
    base = _completed(selected, declared)
    base = base.model_copy(update={"profiles": base.profiles or tuple(profiles)})
    choices = (base, *(_completed(choice, base) for choice in declared.include), *declared.exclude)
    faults = _in_place_of_profiles(reader, profiles, selection.profiles)

    for choice in choices:
        place = "--locale" if choice is base and selection.locales else CONFIGURATION_FILE
        faults += _unknown_names(choice, profiles, known_layouts)
        faults += _unknown_locales(choice, place, known_locales)
    if faults:
        raise Refused(dict.fromkeys(faults))
    names = dict.fromkeys(name for choice in choices for name in choice.layouts)
    layouts = {name: read_layout(reader, name) for name in names}
    if selection.formats:
        faults += _unknown_formats(base, "--format", layouts)
    for choice, by_itself in zip(
        choices, (Choice(), *declared.include, *declared.exclude), strict=True
    ):
        if not _is_mixed(by_itself, selection):
            faults += _unknown_formats(choice, CONFIGURATION_FILE, layouts)
    if faults:
        raise Refused(faults)
    # Formats that are selected, or included, are meant of layouts that have them.
    strict = [bool(selection.formats or choice.formats) for choice in declared.include]
    included = (
        e
        for c, is_strict in zip(choices[1:], strict, strict=False)
        for e in _editions(c, layouts, is_strict=is_strict)
    )
    of_base = _editions(base, layouts, is_strict=bool(selection.formats))
    chosen = dict.fromkeys((*of_base, *(e for e in included if _has(selected, e, layouts))))
    if not chosen:
        raise Refused(_unknown_formats(base, CONFIGURATION_FILE, layouts))
    editions = [e for e in chosen if not any(_has(c, e, layouts) for c in declared.exclude)]
    if not editions:
        raise refuse(
            CONFIGURATION_FILE,
            N_("There is no edition to print: all of these are excluded."),
            N_("⟨Change what stands below [[build.exclude]], or select|Select⟩ others."),
        )
    if shared := list(_shared_files(editions)):
        raise Refused(shared)
    rules = {name: layout.pages for name, layout in layouts.items()}
    about = {name: rule.exactly or rule.multiple_of + 1 for name, rule in rules.items()}
    return sorted(editions, key=lambda edition: about[edition.layout])


def printed_formats(build: Build, name: str, layout: Layout) -> list[str]:
    """Return the formats of a layout that are declared, of some profiles and locales at least."""
    included = (c for c in build.include if name in (c.layouts or build.layouts))
    named = (_formats(_completed(c, build), layout, is_strict=bool(c.formats)) for c in included)
    base = _formats(build, layout, is_strict=False) if name in build.layouts else []
    found = {each or layout.default_format for formats in (base, *named) for each in formats}
    wholly = (c for c in build.exclude if not (c.profiles or c.locales or c.targets))
    gone = [c.formats or layout.formats for c in wholly if name in (c.layouts or (name,))]
    return [each for each in layout.formats if each in found.difference(*gone)]


def _completed(choice: Choice, base: Choice) -> Choice:
    """Return a choice in which what is not named is taken from `base`."""
    named = {name: getattr(choice, name) or getattr(base, name) for name in Choice.model_fields}
    return Choice.model_construct(**named)


def _editions(
    choice: Choice, layouts: Mapping[str, Layout], *, is_strict: bool
) -> Iterator[Edition]:
    for profile in dict.fromkeys(choice.profiles):
        for layout in dict.fromkeys(choice.layouts):
            for format_name in _formats(choice, layouts[layout], is_strict=is_strict):
                for locale in dict.fromkeys(choice.locales):
                    for target in dict.fromkeys(choice.targets or (DEFAULT_TARGET.name,)):
                        yield Edition(profile, layout, locale, format_name, target=target)


def _formats(choice: Choice, layout: Layout, *, is_strict: bool) -> list[str]:
    """Return the formats to print a layout in, its default as the empty name.

    A layout that has none of those named is printed in its default format, unless `is_strict`.
    """
    names = [n for n in dict.fromkeys(choice.formats) if n in layout.formats]
    named = ["" if n == layout.default_format else n for n in names]
    return named or ([] if choice.formats and is_strict else [""])


def _has(choice: Choice, edition: Edition, layouts: Mapping[str, Layout]) -> bool:
    """Tell whether an edition is part of a choice, in which nothing named means everything."""
    format_name = edition.format or layouts[edition.layout].default_format
    return all(
        not names or name in names
        for name, names in (
            (edition.profile, choice.profiles),
            (edition.layout, choice.layouts),
            (edition.locale, choice.locales),
            (format_name, choice.formats),
            (edition.target, choice.targets),
        )
    )


def _in_place_of_profiles(
    reader: Reader, profiles: Sequence[str], selected: Sequence[str]
) -> list[Diagnostic]:
    """Return an error for each file that may be meant as the profile of its folder.

    Without any of both, there is no profile.
    """
    folders = {path.split("/")[1] for path in reader.tree("content", "rofil*")} - {*profiles}
    named = folders & {*selected} if selected else folders
    faults = [d for slug in sorted(named) for d in stray_files(reader, slug)]
    if not profiles and not faults:
        hint = N_("⟨Put a text into content/NAME/profile.md|Bring one in, under “New profile”⟩.")
        faults.append(error("content/", NO_PROFILE, hint))
    return faults


def _unknown_names(
    choice: Choice, profiles: Sequence[str], layouts: Sequence[str]
) -> Iterator[Diagnostic]:
    for name in choice.profiles:
        if profiles and name not in profiles:
            place = Location(profile_file(name))
            yield unknown(place, N_("There is no profile “{name}”."), name, profiles)
    for name in choice.layouts:
        if name not in layouts:
            message = N_("There is no layout “{name}”.")
            yield unknown(layout_file(name), message, name, layouts)


def _unknown_locales(choice: Choice, place: str, known: Sequence[str]) -> Iterator[Diagnostic]:
    for tag in choice.locales:
        if not is_locale(tag):
            yield unknown(place, N_("“{name}” is not a locale."), tag, known)
        elif not set(fallback_chain(tag)) & set(known):
            catalog = Location(f"{LAYOUT_CATALOGS}/{tag}.po")
            yield unknown(catalog, N_("There is no catalog for the locale “{name}”."), tag, known)


def _unknown_formats(
    choice: Choice, place: str, layouts: Mapping[str, Layout]
) -> Iterator[Diagnostic]:
    """Yield an error for each format that none of the choice's layouts has."""
    known = sorted({f for name in choice.layouts or layouts for f in layouts[name].formats})
    for name in choice.formats:
        if name not in known:
            message = N_("None of these layouts has the format “{name}”.")
            yield unknown(place, message, name, known)


def _is_mixed(choice: Choice, selection: Selection) -> bool:
    """Tell whether layouts are selected and formats declared in a choice, or the reverse."""
    formats_selected = bool(selection.formats) and not choice.formats
    layouts_selected = bool(selection.layouts) and not choice.layouts
    return formats_selected or layouts_selected


def _shared_files(editions: Sequence[Edition]) -> Iterator[Diagnostic]:
    """Yield an error for each edition whose file is also that of another one."""
    files: dict[str, Edition] = {}
    for edition in editions:
        # On Windows and macOS, names that differ in upper and lower case alone are one file; on
        # macOS, so are those in which an ü is written with one character and with two.
        name = unicodedata.normalize("NFC", edition.output).casefold()
        if files.setdefault(name, edition) != edition:
            yield error(
                CONFIGURATION_FILE,
                N_("Two editions would be printed to {name}."),
                N_("Rename a profile, a layout or a format, or spell a locale in one way only."),
                name=edition.output,
            )
