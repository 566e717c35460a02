"""Gettext catalogs (.po) and the chain of locales in which a message is looked for.

The layouts' words are written in English in the templates; a profile's text is German. Each is
the source of its catalogs, and what is printed where no translation is found.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field

from babel import Locale
from babel.messages.catalog import Catalog

from careerprint.core.diagnostics import N_, Diagnostic, Location, warning
from careerprint.core.reader import Reader
from careerprint.profiles.pofiles import (
    CONTEXT_END,
    PoCatalog,
    entry_key,
    forms_of,
    key_of_message,
    message_of,
    parse_catalog,
)
from careerprint.profiles.tags import (
    canonical_tag,
    direction_of,
    fallback_chain,
    name_of,
    nearest_locale,
    plural_rule,
)

LAYOUT_CATALOGS = "layouts/locales"
LAYOUT_SOURCE = "en"
PROFILE_SOURCE = "de"

# What Python's % would fill in otherwise than by a name; of a width, it might make a gigabyte.
_OTHER_DIRECTIVE = re.compile(r"%(?!\(\w+\)s)")
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_.-]*\}|%\(\w+\)s")
# Facts in braces, numbers without groups or decimals, and signs that all languages write alike.
_WORDLESS = re.compile(
    r"(?:\{[a-z][a-z0-9_.-]*\}|(?<![.,])[0-9](?![.,]|\s[0-9]{3})|[\s()/:+*|_–—×✓✔✗✘.-])+"
)
# What of a translation is not printed as it stands: placeholders and the targets of links.
# What stands in Latin letters in any script: B1, A4, IHK.
_ABBREVIATION = re.compile(r"\b[A-Z]{1,4}[ -]?\d{0,4}\b")
_WORDS = re.compile(r"[^\W\d_]+")
_NOT_PRINTED = re.compile(r"\{[^}]*\}|%\(\w+\)s|\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Messages:
    """The usable translations of one locale: message → translation, or → one a plural form.

    A message with a context stands below `pofiles.key_of_message`.
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

    A translation that is off is not among the messages, so the next in the chain serves. What a
    message is in `context`, where a catalog says so, comes before what it is elsewhere.
    """

    chain: tuple[Messages, ...]
    source: str
    diagnostics: tuple[Diagnostic, ...] = ()
    context: str = ""

    def look_up(self, message: str) -> tuple[str, str]:
        """Return (translation, its locale's tag); the message itself where there is none."""
        if self.source in PSEUDO_LOCALES:
            return pseudo(message, self.source), self.source
        is_alike = is_wordless(message) and self.chain
        return self._found(message) or (message, self.chain[0].tag if is_alike else self.source)

    def _found(self, key: str) -> tuple[str, str] | None:
        if self.context and CONTEXT_END not in key:
            here = self._found(key_of_message(key, self.context))
            if here:
                return here
        for messages in self.chain:
            found = messages.translations.get(key)
            messages.used[key] = found if isinstance(found, str) else ""
            if isinstance(found, str):
                return found, messages.tag
        return None

    def place_of(self, message: str) -> Location | None:
        """Return where the translation of a message is written; None where there is none."""
        found = (m for m in self.chain if isinstance(m.translations.get(message), str))
        messages = None if self.source in PSEUDO_LOCALES else next(found, None)
        return Location(messages.name, messages.lines.get(message, 0)) if messages else None

    def gettext(self, message: str) -> str:
        """Return the translation of a message, the message itself where there is none."""
        return self.look_up(message)[0]

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a message in a context, else the one that it has anywhere."""
        found = self._found(key_of_message(message, context))  # a made-up locale has no chain
        return found[0] if found else self.gettext(message)

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


def messages_used(catalogs: Iterable[Catalogs]) -> dict[str, dict[str, str]]:
    """Return what was looked up, by catalog: digest of the message → digest of the translation."""
    used: dict[str, dict[str, str]] = {}
    for messages in (m for catalog in catalogs for m in catalog.chain):
        found = {_digest(k): _digest(v) for k, v in messages.used.items()}
        used.setdefault(messages.name, {}).update(found)
    return used


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def known_locale(tag: str) -> Locale:
    """Return CLDR's locale for a BCP 47 tag such as "de" or "de-AT", or the nearest to it.

    A pseudo-locale has the formats of its language. Raises ValueError for what is no tag.
    """
    if tag in PSEUDO_LOCALES:
        tag = fallback_chain(tag)[-1]
    return nearest_locale(canonical_tag(tag))


def locale_name(tag: str, language: str) -> str:
    """Return the name of a locale in `language`: "Ukrainisch", "Englisch (Pseudo-Akzente)"."""
    return name_of(tag, str(known_locale(language)))


def spelt_locale(tag: str) -> str:
    """Return a tag as it is spelt here, "kmr" → "ku"; what is no tag stays as it is."""
    return canonical_tag(tag) if is_locale(tag) else tag


def is_locale(tag: str) -> bool:
    """Tell whether a tag is one of a language."""
    try:
        canonical_tag(tag)
    except ValueError:
        return False
    return True


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
            diagnostics += (
                *_duplicates(catalog, name),
                *faults.values(),
                *_mixed_directions(catalog, name, ancestor),
            )
            chain.append(_messages(catalog, name, ancestor, set(faults)))
    return Catalogs(tuple(chain), source, tuple(diagnostics))


def entry_faults(catalog: Catalog, name: str) -> dict[str, Diagnostic]:
    """Return, by the message's key, what makes translations in a catalog unusable."""
    found: dict[str, Diagnostic] = {}
    for entry in catalog:
        if not entry.id or entry.fuzzy or not any(forms_of(entry.string)):
            continue
        location = Location(name, entry.lineno or 0)
        message, key = message_of(entry), entry_key(entry)
        translations = tuple(form for form in forms_of(entry.string) if form)
        if isinstance(entry.id, tuple) and len(translations) != catalog.num_plurals:
            found[key] = warning(
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
            found[key] = warning(
                location,
                N_("The translation “{translation}” has a “%” that stands for nothing."),
                N_("Write a per cent sign as %%; the original is printed."),
                translation=translations[0],
            )
            continue
        wanted = placeholders(forms_of(entry.id)[-1])
        for translation in translations:
            lacks, invents = wanted - placeholders(translation), placeholders(translation) - wanted
            # A form for a fixed number, such as Arabic's for one and two, may say it in words.
            if invents or (lacks and not isinstance(entry.id, tuple)):
                found[key] = warning(
                    location,
                    N_("The translation “{translation}” does not agree in {placeholders}."),
                    N_("Use the same words in braces as the original; the original is printed."),
                    translation=translation,
                    placeholders=", ".join(sorted(lacks | invents)),
                )
    return found


def _duplicates(catalog: PoCatalog, name: str) -> Iterator[Diagnostic]:
    """Yield a warning for each translation that is not used, since its message has another one."""
    for entry in catalog.duplicates:
        yield warning(
            Location(name, entry.lineno or 0),
            N_("“{text}” is translated twice, and this translation is not used."),
            N_("Delete one of the two entries."),
            text=message_of(entry),
        )


def _mixed_directions(catalog: Catalog, name: str, tag: str) -> Iterator[Diagnostic]:
    """Yield a warning for each translation with letters of both directions (UAX #9, L and R/AL).

    It is printed all the same: a foreign name may be meant. Abbreviations and levels always are.
    """
    foreign = {"rtl": {"L"}, "ltr": {"R", "AL"}}[direction_of(tag)]
    for entry in catalog:
        for form in forms_of(entry.string) if entry.id else ():
            text = _ABBREVIATION.sub("", _NOT_PRINTED.sub("", form))
            words = [w for w in _WORDS.findall(text) if _is_of(foreign, w)]
            if words:
                yield warning(
                    Location(name, entry.lineno or 0),
                    N_("The translation “{translation}” mixes directions (“{letters}”)."),
                    N_("Write names in the script of the language, or check the printed page."),
                    translation=form,
                    letters=" ".join(words),
                )


def _is_of(directions: Container[str], word: str) -> bool:
    return any(c.isalpha() and unicodedata.bidirectional(c) in directions for c in word)


def is_wordless(message: str) -> bool:
    """Tell whether a text has facts in braces, digits and signs alone: it needs no translation.

    Amounts in figures do: their signs differ, between the digits and beside them.
    """
    return _WORDLESS.fullmatch(message) is not None


def placeholders(message: str) -> set[str]:
    """Return the placeholders of a message: `{name}` and `%(name)s`."""
    return set(_PLACEHOLDER.findall(message))


def _messages(catalog: Catalog, name: str, tag: str, unusable: Set[str]) -> Messages:
    translations: dict[str, str | tuple[str, ...]] = {}
    for entry in catalog:
        key = entry_key(entry)
        if key and not entry.fuzzy and all(forms_of(entry.string)) and key not in unusable:
            string = entry.string
            translations[key] = string if isinstance(string, str) else forms_of(string)
    lines = {entry_key(entry): entry.lineno or 0 for entry in catalog}
    return Messages(name, tag, translations, plural_rule(catalog.plural_expr), lines)


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
