"""Where on the desk something is mended, and what that place is called: of every finding.

A finding names a file, a line and keys. Whoever works at the desk knows views, fields and their
names; what is mended nowhere on the desk keeps the name of its file.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from careerprint.core.concerns import PICTURE_COARSE, PICTURE_SOFT
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused
from careerprint.core.messages import Translate
from careerprint.core.reader import Reader
from careerprint.core.schema import toml_key
from careerprint.core.workspace import APPROVALS_FILE, CONFIGURATION_FILE
from careerprint.desk.forms import filled_forms, named_key, place_in
from careerprint.desk.formwords import LOOK_NAMES, WAY_NAMES
from careerprint.desk.offering import FAIR_TABLES
from careerprint.desk.proposals import in_words
from careerprint.desk.richblocks import split_profile
from careerprint.profiles.catalogs import locale_name
from careerprint.profiles.content import profile_slugs

_PROFILE = re.compile(r"content/([^/]+)/profile\.md")
_WHOLE_TEXT = re.compile(r"content/[^/]+/profile\.([\w-]+)\.md")
_CATALOG = re.compile(r"(?:content|layouts)/(?:([^/]+)/)?locales/([\w-]+)\.po")
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*(?:\{#[^}]*\})?\s*")
_GIVEN = re.compile(r"--[a-z-]+|[A-Z]+")
_COLOURS = "brand.colours."
_IMPRINTS = "issuer.imprints."
_OF_PICTURES = {"credit", PICTURE_COARSE, PICTURE_SOFT}
_LINE = N_("{place}, line {line}")


@dataclass(frozen=True, slots=True)
class Place:
    """What a place is called, "" for none, and the address that leads there, "" if none does."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Finds the places of findings in a workspace, as it is while this is used."""

    reader: Reader
    language: str
    translate: Translate
    _forms: dict[str, dict[str, Any]] = field(default_factory=dict)

    def place_of(self, found: Diagnostic) -> Place:
        """Return where a finding is mended: as a rule where it stands."""
        path, place = found.location.path, None
        with suppress(Refused):  # what cannot be read is told by the name of its file
            if profile := _PROFILE.fullmatch(path):
                place = self._in_profile(profile[1], found)
            elif catalog := _CATALOG.fullmatch(path):
                of = catalog[1] if path.startswith("content/") else ""
                row = f"/{found.location.line}" if of and found.location.line else ""
                place = self._translations(catalog[2], of or "layouts", row)
            elif path == APPROVALS_FILE:
                place = Place(self.translate(N_("Translations")), "#/translations")
            elif path == CONFIGURATION_FILE:
                place = self._in_configuration(found)
            elif found.rule == "picture-resolution":
                place = self._pictures(path.partition("/")[0])
            elif path.endswith(FAIR_TABLES):
                place = self._in_table(found.location)
        return place or Place(self._elsewhere(found.location))

    def named(self, found: Diagnostic) -> Diagnostic:
        """Return a finding whose parameters are what the desk calls them, not keys and tags."""
        said: dict[str, Callable[[str], str]] = {
            "locale": lambda tag: locale_name(tag, self.language),
            "proposal": lambda told: in_words(told, self.translate),
        }
        path = found.location.path
        if _PROFILE.fullmatch(path):
            said["key"] = lambda key: named_key(key, self.translate)
            said["fact"] = lambda name: named_key(f"facts.{name}", self.translate)
        if path == CONFIGURATION_FILE:
            said["key"] = self._entry
            colours = ("text", "ground", "name", "one", "other")
            said |= {parameter: lambda name: self._entry(name, _COLOURS) for parameter in colours}
        told = tuple((name, said.get(name, str)(value)) for name, value in found.parameters)
        return replace(found, parameters=told)

    def _entry(self, key: str, table: str = "") -> str:
        """Return the name of an entry of careerprint.toml, or its key where it has none."""
        return self.translate(LOOK_NAMES.get(f"{table}{key}", key))

    def _in_profile(self, slug: str, found: Diagnostic) -> Place | None:
        if found.rule == "foreign-text":
            return self._translations(dict(found.parameters)["locale"], slug, "/open")
        line, path = found.location.line, found.location.path
        head = split_profile(self.reader.read_text(path))[0].count("\n")
        if found.rule in _OF_PICTURES and line <= head:  # of the text's own it is said beside them
            return self._pictures(slug)
        address = f"#/write/{slug}/text/{line}" if line else f"#/write/{slug}"
        return Place(self._in_text(path, line), address)

    def _pictures(self, slug: str) -> Place | None:
        if slug not in profile_slugs(self.reader):
            return None
        names = (self.translate(N_("Look")), self.translate(N_("Pictures")))
        return Place(" › ".join(names), f"#/look/pictures/{slug}")

    def _in_text(self, path: str, line: int) -> str:
        text = self.reader.read_text(path)
        head = split_profile(text)[0].count("\n")
        if not line:
            return self.translate(WAY_NAMES["text"])
        if line > head:
            above = map(_HEADING.fullmatch, text.split("\n")[head:line])
            headings = [found[1] for found in above if found]
            return " › ".join((self.translate(WAY_NAMES["text"]), *headings[-1:]))
        if path not in self._forms:
            self._forms[path] = filled_forms(text, path, self.translate)
        forms = self._forms[path]
        place = "" if forms["broken"] else place_in(forms, line)
        if not place:
            source = self.translate(WAY_NAMES["source"])
            return self.translate(_LINE).format(place=source, line=line)
        way = place.partition(".")[0]
        key = ".".join(str(int(s) + 1) if s.isdigit() else s for s in place.split("."))
        names = () if place == way in WAY_NAMES else (named_key(key, self.translate),)
        return " › ".join((self.translate(WAY_NAMES.get(way, WAY_NAMES["text"])), *names))

    def _translations(self, locale: str, of: str, row: str = "") -> Place:
        words = (self.translate(N_("Words of the layouts")),) if of == "layouts" else ()
        names = (self.translate(N_("Translations")), locale_name(locale, self.language), *words)
        return Place(" › ".join(names), f"#/translations/{locale}/{of}{row}")

    def _in_configuration(self, found: Diagnostic) -> Place:
        line = found.location.line
        key = toml_key(line, self.reader.read_text(CONFIGURATION_FILE))
        look, table = self.translate(N_("Look")), key.partition(".")[0]
        if key.startswith(_IMPRINTS):
            locale = key.removeprefix(_IMPRINTS)
            language = locale_name(locale, self.language)
            if found.rule == "approval":
                view = self.translate(N_("Translations"))
                names = (view, language, self._entry("issuer.imprint"))
                return Place(" › ".join(names), f"#/translations/{locale}/layouts")
            return Place(f"{look} › {self._entry('issuer.imprint')} › {language}", f"#/look/{key}")
        if key in LOOK_NAMES:
            return Place(f"{look} › {self._entry(key)}", f"#/look/{key}")
        if any(entry.startswith(f"{table}.") for entry in LOOK_NAMES):
            return Place(look, f"#/look/{key}")
        return Place(self._elsewhere(Location(CONFIGURATION_FILE, line)))

    def _in_table(self, location: Location) -> Place:
        name = self.translate(N_("Job fairs"))
        if location.line:
            told = N_("row {row}, {column}") if location.column else N_("row {row}")
            row = self.translate(told).format(row=location.line, column=location.column)
            name = " › ".join(filter(None, (name, location.sheet, row)))
        of = f"/{quote(location.sheet, safe='')}" if location.sheet else ""
        return Place(name, f"#/fairs{of}/{location.line}" if location.line else "#/fairs")

    def _elsewhere(self, location: Location) -> str:
        """Return the place in a file that is not written at the desk; "" for a printed one.

        What a command was given has none either: who asked knows the field.
        """
        if location.page:
            return self.translate(N_("Page {page}")).format(page=location.page)
        if location.path.endswith(".pdf") or _GIVEN.fullmatch(location.path):
            return ""
        whole = _WHOLE_TEXT.fullmatch(location.path)
        place = locale_name(whole[1], self.language) if whole else location.path
        told = self.translate(_LINE) if location.line else "{place}"
        return told.format(place=place, line=location.line)
