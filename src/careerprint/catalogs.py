"""Gettext catalogs (.po) and the chain of locales in which a message is looked for.

The layouts' words are written in English in the templates; a profile's text is German. Each is
the source of its catalogs, and what is printed where no translation is found.
"""

import io
import re
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from careerprint.diagnostics import N_, Location, Refused, refuse
from careerprint.reader import Reader

LAYOUT_CATALOGS = "layouts/locales"
LAYOUT_SOURCE = "en"
PROFILE_SOURCE = "de"


# A line of a .po file: empty, a comment, or a quoted text with or without a keyword before it.
# Source: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
# Babel drops the last character of a text that lacks its closing mark, without a word.
_ENTRY_LINE = re.compile(r'\s*(#.*|(msg\w+(\[\d+\])?\s*)?"([^"\\]|\\.)*"\s*)?')


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The catalogs found along a locale's fallback chain, nearest first, as (tag, messages)."""

    chain: tuple[tuple[str, Translations], ...]
    source: str

    def look_up(self, message: str) -> tuple[str, str]:
        """Return (translation, its locale's tag); the message itself where there is none."""
        for tag, translations in self.chain:
            if message in translations._catalog:
                return translations.gettext(message), tag
        return message, self.source


def known_locale(tag: str) -> Locale:
    """Return CLDR's locale for a BCP 47 tag such as "de" or "de-AT".

    Raises ValueError for a tag that CLDR does not know.
    """
    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError as failure:
        raise ValueError(str(failure)) from None


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


def read_catalogs(reader: Reader, folder: str, tag: str, source: str) -> Catalogs:
    """Return the catalogs of `folder` for the locale `tag`; `source` is the messages' own locale.

    Entries marked fuzzy are left out, as gettext does. Raises Refused for a broken file.
    """
    chain = []
    for ancestor in fallback_chain(tag):
        if ancestor == source:
            break
        name = f"{folder}/{ancestor}.po"
        if reader.find(name) is not None:
            chain.append((ancestor, _translations(reader, name, ancestor)))
    return Catalogs(tuple(chain), source)


def _translations(reader: Reader, name: str, tag: str) -> Translations:
    text = reader.read_text(name)
    for number, line in enumerate(text.split("\n"), 1):
        if not _ENTRY_LINE.fullmatch(line):
            raise _broken(name, number, line.strip())
    try:
        catalog = read_po(
            io.BytesIO(text.encode()), locale=tag.replace("-", "_"), abort_invalid=True
        )
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        return Translations(compiled)
    except PoFileError as failure:
        raise _broken(name, failure.lineno + 1, failure) from None
    except (ValueError, LookupError) as failure:  # a date, charset or plural rule in the header
        raise _broken(name, 1, failure) from None


def _broken(name: str, line: int, reason: object) -> Refused:
    return refuse(
        Location(name, line),
        N_("The catalog breaks off here ({reason})."),
        N_("Open it in a translation editor such as Poedit and correct the entry."),
        reason=reason,
    )
