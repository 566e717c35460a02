"""Tags of languages (BCP 47): which there are, how they are spelt, and what CLDR knows of them."""

import re
from collections.abc import Callable
from functools import lru_cache
from gettext import c2py

from babel import Locale, UnknownLocaleError, localedata
from babel.messages.plurals import PLURALS
from babel.plural import PluralRule, to_gettext

# Letters, digits and hyphens: a tag stands in the names of files, and in addresses.
# Source: BCP 47 (RFC 5646), 2.1
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# Subtags of the registry that name no language: undetermined, several, none, one without a code.
_NO_LANGUAGE = ("und", "mul", "zxx", "mis")
_SCRIPT = 4  # letters in the code of a script (ISO 15924)
_COUNTS = range(201)  # plural rules go by the last two digits
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # in CLDR's order

# The variant "simple" of IANA's registry of language subtags. Private tags were in use before it.
_PLAIN = "simple"
_ALIASES = {"de-x-leicht": "de-simple", "de-leicht": "de-simple"}
_NAMES = {"de-simple": {"de": "Leichte Sprache", "en": "Easy German (Leichte Sprache)"}}
# Whose formats a language has that CLDR has none for: those that its readers meet in Germany.
SUBSTITUTE = "de"


@lru_cache(maxsize=512)
def canonical_tag(tag: str) -> str:
    """Return a tag as it is spelt here: "DE-at" → "de-AT", "kmr" → "ku", "prs" → "fa-AF".

    Its subtags are those of IANA's registry, and CLDR's aliases are replaced by what they stand
    for. Raises ValueError for what is no tag of a language.
    """
    if _is_in_cldr(tag):
        return tag
    from langcodes import Language, standardize_tag, tag_is_valid

    tag = _ALIASES.get(tag.casefold(), tag)
    if not _TAG.fullmatch(tag) or not tag_is_valid(tag):
        raise ValueError(tag)
    found = standardize_tag(tag, macro=True)
    if Language.get(found).language in {None, *_NO_LANGUAGE}:
        raise ValueError(tag)
    return found


def _is_in_cldr(tag: str) -> bool:
    """Tell whether a tag is a language of two letters in CLDR: each of these is spelt as it is.

    langcodes, which takes longer to load than a page to compose, is not needed for them.
    """
    return len(tag) == len("de") and tag.islower() and localedata.exists(tag)


def is_plain(tag: str) -> bool:
    """Tell whether a tag is of the plain form of a language, such as Leichte Sprache."""
    return _PLAIN in tag.split("-")


def fallback_chain(tag: str) -> list[str]:
    """Return the tag and those that it falls back to: "de-AT" → ["de-AT", "de"].

    A subtag of one letter goes with what follows it: "de-x-leicht" → ["de-x-leicht", "de"]. What
    is written in another script than usual does not fall back to the usual one: "sr-Latn".
    Source: RFC 4647, 3.4; UTS 35, Parent Locales (nonlikelyScript)
    """
    chain, subtags = [tag], tag.split("-")
    while len(subtags) > 1 and not _is_in_unusual_script(subtags):
        subtags.pop()
        if len(subtags[-1]) == 1:
            subtags.pop()
        chain.append("-".join(subtags))
    return chain


def _is_in_unusual_script(subtags: list[str]) -> bool:
    """Tell whether subtags are a language and a script other than CLDR's likely one."""
    language, last = subtags[0], subtags[-1]
    is_script = len(subtags) == 2 and len(last) == _SCRIPT and last.isalpha()  # noqa: PLR2004
    if not is_script:
        return False
    from langcodes import Language

    return bool(Language.get(language).maximize().script != last)


@lru_cache(maxsize=512)
def nearest_locale(tag: str) -> Locale:
    """Return CLDR's locale for a tag or the nearest that it falls back to.

    A language that CLDR has no formats for has German ones.
    """
    for each in (*fallback_chain(tag), SUBSTITUTE):
        try:
            return Locale.parse(each, sep="-")
        except (UnknownLocaleError, ValueError):  # ValueError: of private use
            continue
    raise ValueError(tag)


@lru_cache(maxsize=512)
def direction_of(tag: str) -> str:
    """Return the direction of the script that a tag's language is written in, "ltr" or "rtl"."""
    if _is_in_cldr(tag):
        return Locale.parse(tag).text_direction
    from langcodes import Language

    script = Language.get(tag).maximize().script or "Latn"
    try:
        return Locale.parse(f"und_{script}").text_direction
    except UnknownLocaleError:  # a script of no language that CLDR has formats for
        return "ltr"


@lru_cache(maxsize=512)
def name_of(tag: str, language: str) -> str:
    """Return the name of a tag in a language: "sr-Latn", "de" → "Serbisch (Lateinisch)".

    Where CLDR has no name for a part of it, that part stands as it is.
    """
    if own := _NAMES.get(tag):
        return own.get(language.partition("_")[0], own["de"])
    names = Locale.parse(language)
    if _is_in_cldr(tag):
        return str(names.languages.get(tag, tag))
    from langcodes import Language

    found = Language.get(tag)
    spoken = found.language or ""
    script, territory = found.script or "", found.territory or ""
    whole = names.languages.get(spoken, spoken)
    for part in filter(None, (script, territory)):  # "fa_AF" is Dari, "sr_Latn" Serbian (Latin)
        if named := names.languages.get(f"{spoken}_{part}"):
            whole, script, territory = named, script.replace(part, ""), territory.replace(part, "")
    details = [
        *([names.scripts.get(script, script)] if script else []),
        *([names.territories.get(territory, territory)] if territory else []),
        *(names.variants.get(v.upper(), v) for v in found.variants or ()),
        *([found.private.removeprefix("x-")] if found.private else []),
    ]
    return f"{whole} ({', '.join(details)})" if details else whole


@lru_cache(maxsize=512)
def plural_forms(tag: str) -> str:
    """Return the header "Plural-Forms" of a catalog: what CLDR tells apart in whole numbers.

    Forms for fractions and for millions are none. Where a header that gettext's tools know tells
    apart the same, it is that one.
    """
    rule = nearest_locale(tag).plural_form
    said = sorted({rule(count) for count in _COUNTS}, key=_CATEGORIES.index)
    wanted = [said.index(rule(count)) for count in _COUNTS]
    for number, expression in PLURALS.values():
        if number == len(said) and [*map(plural_rule(expression), _COUNTS)] == wanted:
            return f"nplurals={number}; plural={expression};"
    told = {name: written for name, written in rule.rules.items() if name in said[:-1]}
    return to_gettext(PluralRule(told))


@lru_cache(maxsize=64)
def plural_rule(expression: str) -> Callable[[int], int]:
    """Return what tells the number of a plural form from a count, by gettext's expression.

    Raises ValueError for what is no such expression.
    """
    return c2py(expression)
