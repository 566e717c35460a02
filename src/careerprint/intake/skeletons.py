"""Puts skeletons into a workspace: a profile, a layout or a locale to begin with."""

import re
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import get_month_names
from babel.messages.catalog import Catalog

from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Refused,
    refuse,
    unknown,
    warning,
    writing,
)
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.core.schema import Model, Text
from careerprint.core.slugs import checked_slug
from careerprint.intake.factlines import quoted
from careerprint.intake.starter import put_folder, taken
from careerprint.layouts.art import fields_of, towns_of
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import LAYOUT_FILE, layout_names
from careerprint.layouts.fonts import covered, font_files
from careerprint.layouts.origins import files_below
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    PROFILE_SOURCE,
    PSEUDO_LOCALES,
    available_locales,
    is_locale,
    known_locale,
    own_catalogs,
)
from careerprint.profiles.content import PROFILE_FILE
from careerprint.profiles.facts import Facts
from careerprint.profiles.shapes import fact_values, rows_of
from careerprint.profiles.tags import canonical_tag
from careerprint.translation.domains import Domain, domains
from careerprint.translation.translations import updated_catalog

_FOLDER = Path(__file__).parent / "skeleton"
_WIDTH = 92  # of a comment


def new_profile(root: Path, name: str, today: date) -> list[str]:
    """Make content/NAME with a profile to fill in; return the files made. Raises Refused."""
    checked_slug(name, "NAME")
    text = _skeleton("profile.md").replace("@today@", today.isoformat())
    text = text.replace("@facts@", facts_form(today))
    reader = Reader(root)
    for mark, names in (("fields", fields_of(reader)), ("towns", towns_of(reader))):
        lines = textwrap.wrap(", ".join(names), _WIDTH)
        text = text.replace(f"@{mark}@", "\n#   ".join(lines))
    put_folder(root, f"content/{name}", {PROFILE_FILE: text.encode()})
    return [f"content/{name}/{PROFILE_FILE}"]


def new_layout(reader: Reader, name: str, like: str = "") -> list[str]:
    """Make layouts/NAME with a small layout, or with a copy of the layout `like`.

    It gets a catalog of its own, for words that other layouts do not have. Return the files made.
    Raises Refused for a name that is taken, and where there is no layout `like`.
    """
    checked_slug(name, "NAME")
    if reader.tree(f"{LAYOUTS}/{name}", ""):
        raise taken(f"{LAYOUTS}/{name}")
    if like:
        files = _copy(reader, like, name)
    else:
        texts = {
            LAYOUT_FILE: _skeleton("layout.toml"),
            f"{name}.html.j2": _skeleton("layout.html.j2"),
            f"{name}.css": _skeleton("layout.css"),
        }
        files = {file: text.replace("@name@", name).encode() for file, text in texts.items()}
    words = Domain(f"{LAYOUTS}/{name}", own_catalogs(name), LAYOUT_SOURCE, Catalog())
    catalog = updated_catalog(words, PROFILE_SOURCE, reader).encode()
    files.setdefault(f"locales/{PROFILE_SOURCE}.po", catalog)
    put_folder(reader.root, f"{LAYOUTS}/{name}", files)
    return [f"{LAYOUTS}/{name}/{file}" for file in files]


def _copy(reader: Reader, like: str, name: str) -> dict[str, bytes]:
    """Return the files of the layout `like` as those of `name`, their own folder renamed."""
    if like not in layout_names(reader):
        message = N_("There is no layout “{name}”.")
        raise Refused([unknown("--from", message, like, layout_names(reader))])
    folder = f"{LAYOUTS}/{like}/"
    named = re.compile(rf"""(?<=["'(/]){re.escape(like)}/""".encode())
    copied = {}
    for file in files_below(reader, folder):
        content = reader.read_bytes(file)
        if file.endswith((".toml", ".j2", ".css")):
            content = named.sub(f"{name}/".encode(), content)
        copied[file.removeprefix(folder)] = content
    return copied


def new_locale(reader: Reader, tag: str) -> tuple[list[str], list[Diagnostic]]:
    """Make the catalogs of a locale, all messages in them yet to be translated.

    The tag is spelt as CLDR does: "kmr" makes the catalogs of "ku".

    Return the files made, and what is to be known of the locale. A catalog that is there stays.
    Raises Refused for what is no locale, or one that the layouts have a catalog for.
    """
    tag = _checked_tag(reader, tag)
    texts = {
        f"{domain.folder}/{tag}.po": updated_catalog(domain, tag, reader)
        for domain in domains(reader)
        if tag != domain.source
    }
    made = [name for name in texts if reader.find(name) is None]
    for name in made:
        with writing(name):
            write_whole(reader.root / name, texts[name].encode())
    return made, _without_letters(reader, tag)


def _checked_tag(reader: Reader, tag: str) -> str:
    """Return a tag as it is spelt here; raises Refused for what is none, or is there."""
    if tag in PSEUDO_LOCALES or not is_locale(tag):
        raise refuse(
            "TAG",
            N_("“{name}” is not a locale."),
            N_(
                "Write the language's code (ISO 639), for example el or kmr, and where needed "
                "script or country, for example sr-Latn or pt-BR."
            ),
            name=tag,
        )
    spelt = canonical_tag(tag)
    if spelt in available_locales(reader):
        raise taken(f"{LAYOUT_CATALOGS}/{spelt}.po")
    return spelt


def _without_letters(reader: Reader, tag: str) -> list[Diagnostic]:
    """Return a warning where a language is written in letters that no font has.

    The names of its months, which CLDR has, tell which letters it has.
    """
    months = "".join(get_month_names("wide", locale=known_locale(tag)).values())
    names = [*font_files(reader, is_further=False), *font_files(reader, is_further=True)]
    known = covered(reader, names)
    if all(ord(letter) in known for letter in months if letter.isalpha()):
        return []
    return [
        warning(
            f"{LAYOUT_CATALOGS}/{tag}.po",
            N_("The fonts have no letters for this language."),
            N_("Put a font that has them into a folder in fonts/, for example fonts/hebrew/."),
        )
    ]


def _skeleton(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def example_facts() -> Facts:
    """Return the examples of all declared facts."""
    examples = {name: next(iter(f.examples or ())) for name, f in Facts.model_fields.items()}
    return Facts.model_validate(_as_read(examples))


def facts_form(today: date) -> str:
    """Return the lines below `facts:`, each fact explained and with its example in place.

    One with a number, a day or an address is switched off: nobody would see that it is only an
    example. Days are today.
    """
    examples, lines = example_facts(), list[str]()
    values = ((v.name.partition(".")[0], v.value) for v in fact_values(examples))
    off = {n for n, v in values if isinstance(v, int | str | date) and not isinstance(v, Text)}
    for name in Facts.model_fields:
        explained, *written = _entry(examples, name, today)
        lines += [f"  {explained}", *(f"  # {w}" if name in off else f"  {w}" for w in written)]
    return "\n".join(lines)


def _as_read(value: Any) -> Any:  # noqa: ANN401 - whatever an example holds
    """Return an example as front matter is read: texts with a place, lists as tuples."""
    if isinstance(value, dict):
        return {key: _as_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(map(_as_read, value))
    return Text(value, Location("")) if isinstance(value, str) else value


def _entries(model: Model, today: date) -> Iterator[str]:
    for name in type(model).model_fields:
        if name in model.model_fields_set:
            yield from _entry(model, name, today)


def _entry(model: Model, name: str, today: date) -> Iterator[str]:
    """Yield the lines of an entry: what explains it, its key, and below that what it holds."""
    value = getattr(model, name)
    if explained := type(model).model_fields[name].description:
        yield f"# {explained}"
    if isinstance(value, Model):
        yield f"{name}:"
        yield from (f"  {line}" for line in _entries(value, today))
    elif rows_of(value):
        yield f"{name}:"
        for entry in rows_of(value):
            first, *others = _entries(entry, today)
            yield f"  - {first}"
            yield from (f"    {line}" for line in others)
    elif isinstance(value, tuple):
        yield f"{name}:"
        yield from (f"  - {_scalar(item, today)}" for item in value)
    else:
        yield f"{name}: {_scalar(value, today)}"


def _scalar(value: object, today: date) -> str:
    if isinstance(value, date):
        return today.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)
