"""Puts skeletons into a workspace: a profile, a layout or a locale to begin with."""

import unicodedata
from datetime import date
from pathlib import Path

from babel import Locale
from babel.dates import get_month_names

from careerprint.core.diagnostics import N_, Diagnostic, Location, not_written, refuse, warning
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.core.slugs import checked_slug
from careerprint.intake.factform import facts_form
from careerprint.intake.newfolders import put_folder, taken
from careerprint.intake.translations import domains, updated_catalog
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import LAYOUT_FILE
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    available_locales,
    is_locale,
    known_locale,
)
from careerprint.profiles.content import PROFILE_FILE
from careerprint.profiles.pseudo import PSEUDO_LOCALES

_FOLDER = Path(__file__).parent / "skeleton"
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC")  # what the fonts in fonts/ have


def new_profile(root: Path, name: str, today: date) -> list[str]:
    """Make content/NAME with a profile to fill in; return the files made. Raises Refused."""
    checked_slug(name, "NAME")
    text = _skeleton("profile.md").replace("@today@", today.isoformat())
    text = text.replace("@facts@", facts_form(today))
    put_folder(root, f"content/{name}", {PROFILE_FILE: text})
    return [f"content/{name}/{PROFILE_FILE}"]


def new_layout(root: Path, name: str) -> list[str]:
    """Make layouts/NAME with a small layout; return the files made. Raises Refused."""
    checked_slug(name, "NAME")
    files = {
        LAYOUT_FILE: _skeleton("layout.toml"),
        f"{name}.html.j2": _skeleton("layout.html.j2"),
        f"{name}.css": _skeleton("layout.css"),
    }
    put_folder(
        root, f"{LAYOUTS}/{name}", {file: t.replace("@name@", name) for file, t in files.items()}
    )
    return [f"{LAYOUTS}/{name}/{file}" for file in files]


def new_locale(reader: Reader, tag: str) -> tuple[list[str], list[Diagnostic]]:
    """Make the catalogs of a locale, all messages in them yet to be translated.

    Return the files made, and what is to be known of the locale. A catalog that is there stays.
    Raises Refused for what is no locale, or one that the layouts have a catalog for.
    """
    locale = _checked_tag(reader, tag)
    texts = {
        f"{domain.folder}/{tag}.po": updated_catalog(domain, tag, reader)
        for domain in domains(reader)
        if tag != domain.source
    }
    made = [name for name in texts if reader.find(name) is None]
    for name in made:
        try:
            write_whole(reader.root / name, texts[name].encode())
        except OSError as failure:
            raise not_written(name, failure) from None
    return made, _without_letters(locale, tag)


def _checked_tag(reader: Reader, tag: str) -> Locale:
    """Return CLDR's locale for a tag that is spelt as CLDR does, and not there yet."""
    if tag in PSEUDO_LOCALES or not is_locale(tag):
        raise refuse(
            Location("TAG"),
            N_("“{name}” is not a locale."),
            N_("Write the language's code (ISO 639-1), for example el, it or pt-BR."),
            name=tag,
        )
    locale = known_locale(tag)
    spelt = str(locale).replace("_", "-")
    if spelt != tag:
        raise refuse(
            Location("TAG"),
            N_("“{name}” is not how this locale is written."),
            N_("Write: {spelt}."),
            name=tag,
            spelt=spelt,
        )
    if tag in available_locales(reader):
        raise taken(f"{LAYOUT_CATALOGS}/{tag}.po")
    return locale


def _without_letters(locale: Locale, tag: str) -> list[Diagnostic]:
    """Return a warning where a locale is written in letters that the fonts do not have."""
    months = "".join(get_month_names("wide", locale=locale).values())
    letters = (letter for letter in months if letter.isalpha())
    if all(unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in letters):
        return []
    return [
        warning(
            Location(f"{LAYOUT_CATALOGS}/{tag}.po"),
            N_("The fonts have no letters for this language."),
            N_("Add a font to fonts/, and name it in layouts/base/base.css."),
        )
    ]


def _skeleton(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
