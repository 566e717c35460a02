"""Gettext catalogs (.po) and the chain of locales in which a message is looked for.

The layouts' words are written in English in the templates; a profile's text is German. Each is
the source of its catalogs, and what is printed where no translation is found.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from gettext import c2py

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse, warning
from careerprint.core.reader import Reader

LAYOUT_CATALOGS = "layouts/locales"
LAYOUT_SOURCE = "en"
PROFILE_SOURCE = "de"

# Letters, digits and hyphens. Source: BCP 47 (RFC 5646), 2.1; a tag stands in the names of files.
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# The variant "simple" of IANA's registry of language subtags. Private tags were in use before it.
_PLAIN = "simple"
_ALIASES = {"de-x-leicht": "de-simple", "de-leicht": "de-simple", "de-simple": "de-simple"}
_NAMES = {"de-simple": {"de": "Leichte Sprache", "en": "Easy German (Leichte Sprache)"}}
# What Python's % would fill in otherwise than by a name; of a width, it might make a gigabyte.
_OTHER_DIRECTIVE = re.compile(r"%(?!\(\w+\)s)")
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_.-]*\}|%\(\w+\)s")
# What of a translation is not printed as it stands: placeholders and the targets of links.
_NOT_PRINTED = re.compile(r"\{[^}]*\}|%\(\w+\)s|\]\([^)]*\)")
# A line of a .po file: empty, a comment, or a quoted text with or without a keyword before it.
# Source: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
# Babel drops the last character of a text that lacks its closing mark, without a word.
_ENTRY_LINE = re.compile(r'\s*(#.*|(msg\w+(\[\d+\])?\s*)?"([^"\\]|\\.)*"\s*)?')
_COUNTS = 201  # from 0 on; plural rules go by the last two digits


@dataclass(frozen=True, slots=True)
class Messages:
    """The usable translations of one locale: message → translation, or → one a plural form.

    `name` is the file's; `plural_form` gives the number of the form for a count; `lines` say where
    in the file each message stands.
    `used` keeps what was looked up: message → what was found, empty where there is none.
    """

    name: str
    tag: str
    translations: Mapping[str, str | tuple[str, ...]]
    plural_form: Callable[[int], int]
    lines: Mapping[str, int] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The messages found along a locale's fallback chain, nearest first, and what is off in them.

    A translation that is off is not among the messages, so the next in the chain serves.
    """

    chain: tuple[Messages, ...]
    source: str
    diagnostics: tuple[Diagnostic, ...] = ()

    def look_up(self, message: str) -> tuple[str, str]:
        """Return (translation, its locale's tag); the message itself where there is none."""
        if self.source in PSEUDO_LOCALES:
            return pseudo(message, self.source), self.source
        for messages in self.chain:
            found = messages.translations.get(message)
            messages.used[message] = found if isinstance(found, str) else ""
            if isinstance(found, str):
                return found, messages.tag
        return message, self.source

    def place_of(self, message: str) -> Location | None:
        """Return where the translation of a message is written; None where there is none."""
        found = (m for m in self.chain if isinstance(m.translations.get(message), str))
        messages = None if self.source in PSEUDO_LOCALES else next(found, None)
        return Location(messages.name, messages.lines.get(message, 0)) if messages else None

    def gettext(self, message: str) -> str:
        """Return the translation of a message, the message itself where there is none."""
        return self.look_up(message)[0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the translation of `one` or `many` in the form that the count asks for."""
        if self.source in PSEUDO_LOCALES:
            return pseudo(one if count == 1 else many, self.source)
        for messages in self.chain:
            found = messages.translations.get(one)
            messages.used[one] = "\0".join(found) if isinstance(found, tuple) else ""
            if isinstance(found, tuple):
                with suppress(ArithmeticError, LookupError):  # a rule that fails for large counts
                    return found[messages.plural_form(count)]
        return one if count == 1 else many


def known_locale(tag: str) -> Locale:
    """Return CLDR's locale for a BCP 47 tag such as "de" or "de-AT".

    A pseudo-locale has the formats of its language. Raises ValueError for a tag that CLDR does
    not know.
    """
    if not _TAG.fullmatch(tag):  # Babel reads no further than to a point or an @
        raise ValueError(tag)
    if tag in PSEUDO_LOCALES:
        tag = fallback_chain(tag)[-1]
    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError as failure:
        raise ValueError(str(failure)) from None


def canonical_locale(tag: str) -> str:
    """Return the tag that a locale is known by here: de-x-leicht is de-simple."""
    return _ALIASES.get(tag.casefold(), tag)


def is_plain(tag: str) -> bool:
    """Tell whether a locale is the plain form of a language, such as Leichte Sprache."""
    return _PLAIN in tag.split("-")


def locale_name(tag: str, language: str) -> str:
    """Return the name of a locale in `language`: "Ukrainisch", "Englisch (Pseudo-Akzente)"."""
    if tag in _NAMES:
        return _NAMES[tag].get(language.partition("-")[0], _NAMES[tag]["de"])
    names = Locale.parse(language, sep="-")
    if tag in PSEUDO_LOCALES:  # CLDR has a name for what it has no formats for
        spoken, territory = tag.split("-")
        return f"{names.languages[spoken]} ({names.territories[territory]})"
    return known_locale(tag).get_display_name(names) or tag


def is_locale(tag: str) -> bool:
    """Tell whether CLDR knows the tag."""
    try:
        known_locale(tag)
    except ValueError:
        return False
    return True


def fallback_chain(tag: str) -> list[str]:
    """Return the tag and its ancestors: "de-AT" → ["de-AT", "de"]."""
    subtags = tag.split("-")
    return ["-".join(subtags[:n]) for n in range(len(subtags), 0, -1)]


def available_locales(reader: Reader) -> list[str]:
    """Return the tags of all locales that the layouts' words can be printed in, sorted."""
    found = {name.removesuffix(".po") for name in reader.files(LAYOUT_CATALOGS, ".po")}
    return sorted(found | {LAYOUT_SOURCE})


def own_catalogs(layout: str) -> str:
    """Return the folder of a layout's own catalogs, which need not be there."""
    return f"layouts/{layout}/locales"


def read_catalogs(
    reader: Reader, folder: str, tag: str, source: str, *, own: str | None = None
) -> Catalogs:
    """Return the catalogs of `folder` for the locale `tag`; `source` is the messages' own locale.

    Of each locale, the catalog in the folder `own` comes before the one in `folder`. Entries marked
    fuzzy are left out, as gettext does, and so are those whose placeholders or plural forms do not
    agree, each with a warning. Mixed directions are a warning too. Raises Refused for a broken
    file.
    """
    if tag in PSEUDO_LOCALES:
        return Catalogs((), tag)
    chain: list[Messages] = []
    diagnostics: list[Diagnostic] = []
    for ancestor in fallback_chain(tag):
        if ancestor == source:
            break
        names = [f"{place}/{ancestor}.po" for place in (own, folder) if place]
        for name in (name for name in names if reader.find(name) is not None):
            catalog = parse_catalog(reader.read_text(name), name, ancestor)
            faults = entry_faults(catalog, name)
            diagnostics += (*faults.values(), *_mixed_directions(catalog, name, ancestor))
            chain.append(_messages(catalog, name, ancestor, set(faults)))
    return Catalogs(tuple(chain), source, tuple(diagnostics))


def parse_catalog(text: str, name: str, tag: str) -> Catalog:
    """Return the .po file `name` of a locale as Babel's catalog; raises Refused with a line."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _ENTRY_LINE.fullmatch(line):
            raise _broken(name, number, line.strip())
    try:
        catalog = read_po(
            io.BytesIO(text.encode()), locale=tag.replace("-", "_"), abort_invalid=True
        )
        form_of = c2py(catalog.plural_expr)
        if not all(0 <= form_of(count) < catalog.num_plurals for count in range(_COUNTS)):
            raise _broken(name, 1, f"Plural-Forms: {catalog.plural_forms}")  # noqa: TRY301
    except Refused:
        raise
    except PoFileError as failure:
        raise _broken(name, failure.lineno + 1, failure) from None
    except Exception as failure:  # what Babel makes of a date, charset or plural rule in the header
        raise _broken(name, 1, failure) from None
    return catalog


def entry_faults(catalog: Catalog, name: str) -> dict[str, Diagnostic]:
    """Return, by message, what makes translations in a catalog unusable."""
    found: dict[str, Diagnostic] = {}
    for entry in catalog:
        if not entry.id or entry.fuzzy or not any(_forms(entry.string)):
            continue
        location = Location(name, entry.lineno or 0)
        message = _forms(entry.id)[0]
        translations = tuple(form for form in _forms(entry.string) if form)
        if isinstance(entry.id, tuple) and len(translations) != catalog.num_plurals:
            found[message] = warning(
                location,
                N_("“{text}” has {count} plural forms; this locale has {wanted}."),
                N_("Translate each form."),
                text=message,
                count=len(translations),
                wanted=catalog.num_plurals,
            )
            continue
        if name.startswith("layouts/") and any(
            _OTHER_DIRECTIVE.search(form.replace("%%", "")) for form in translations
        ):
            found[message] = warning(
                location,
                N_("The translation “{translation}” has a “%” that stands for nothing."),
                N_("Write a per cent sign as %%; the original is printed."),
                translation=translations[0],
            )
            continue
        wanted = placeholders(_forms(entry.id)[-1])
        for translation in translations:
            lacks, invents = wanted - placeholders(translation), placeholders(translation) - wanted
            # A form for a fixed number, such as Arabic's for one and two, may say it in words.
            if invents or (lacks and not isinstance(entry.id, tuple)):
                found[message] = warning(
                    location,
                    N_("The translation “{translation}” does not agree in {placeholders}."),
                    N_("Use the same words in braces as the original; the original is printed."),
                    translation=translation,
                    placeholders=", ".join(sorted(lacks | invents)),
                )
    return found


def _mixed_directions(catalog: Catalog, name: str, tag: str) -> Iterator[Diagnostic]:
    """Yield a warning for each translation with letters of both directions (UAX #9, L and R/AL).

    It is printed all the same: a foreign name may be meant.
    """
    foreign = {"rtl": {"L"}, "ltr": {"R", "AL"}}[known_locale(tag).text_direction]
    for entry in catalog:
        for form in _forms(entry.string) if entry.id else ():
            text = _NOT_PRINTED.sub("", form)
            letters = [c for c in text if c.isalpha() and unicodedata.bidirectional(c) in foreign]
            if letters:
                yield warning(
                    Location(name, entry.lineno or 0),
                    N_("The translation “{translation}” mixes directions (“{letters}”)."),
                    N_("Write names in the script of the language, or check the printed page."),
                    translation=form,
                    letters="".join(letters),
                )


def placeholders(message: str) -> set[str]:
    """Return the placeholders of a message: `{name}` and `%(name)s`."""
    return set(_PLACEHOLDER.findall(message))


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _messages(catalog: Catalog, name: str, tag: str, unusable: Set[str]) -> Messages:
    translations: dict[str, str | tuple[str, ...]] = {}
    for entry in catalog:
        message = _forms(entry.id)[0]
        if message and not entry.fuzzy and all(_forms(entry.string)) and message not in unusable:
            string = entry.string
            translations[message] = string if isinstance(string, str) else _forms(string)
    lines = {_forms(entry.id)[0]: entry.lineno or 0 for entry in catalog}
    return Messages(name, tag, translations, c2py(catalog.plural_expr), lines)


def _broken(name: str, line: int, reason: object) -> Refused:
    return refuse(
        Location(name, line),
        N_("The catalog breaks off here ({reason})."),
        N_("Open it in a translation editor such as Poedit and correct the entry."),
        reason=reason,
    )


# Made-up languages that show what a layout does with foreign text; the tags are CLDR's. One is
# accented and longer, as translations from English can be, one is written from right to left.
ACCENTED = "en-XA"
MIRRORED = "ar-XB"
PSEUDO_LOCALES = (ACCENTED, MIRRORED)

_LONGER_BY, _PADDING = 0.35, " õñé"
# Placeholders, link targets and entities: what no translator may change.
_KEPT = re.compile(r"(\{[a-z][a-z0-9_.-]*\}|%\(\w+\)s|\]\([^)]*\)|&#?\w+;)")
_ACCENTS = str.maketrans("AaCcEeIiNnOoSsUuYyZz", "ÅåÇçÉéÎîÑñÕõŠšÛûÝýŽž")
# Each Latin letter as an Arabic one: unreadable, but shaped, joined and set from the right.
_LATIN = "abcdefghijklmnopqrstuvwxyzäöüß"
_ARABIC = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغةى"
_MIRROR = str.maketrans(_LATIN + _LATIN[:-1].upper(), _ARABIC + _ARABIC[:-1])


def pseudo(message: str, tag: str) -> str:
    """Return a message in the pseudo-locale `tag`."""
    table = _ACCENTS if tag == ACCENTED else _MIRROR
    parts = [p if _KEPT.fullmatch(p) else p.translate(table) for p in _KEPT.split(message)]
    whole = "".join(parts)
    longer = round(len(whole) * _LONGER_BY) if tag == ACCENTED else 0
    return whole + _PADDING * -(-longer // len(_PADDING))
