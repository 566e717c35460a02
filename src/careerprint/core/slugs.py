"""What profiles and layouts may be called, and a proposal where a name cannot be used."""

import re
import unicodedata
from collections.abc import Collection

from careerprint.core.diagnostics import N_, refuse
from careerprint.core.edition import FAIRS

LONGEST = 60  # characters; a name is a folder, and stands twice in the path of each PDF
TAKEN = (FAIRS, "proofs", "releases")  # folders of out/ that are no profile's
# Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
WINDOWS_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_VALID = re.compile(r"[a-z][a-z0-9_-]*")
# Source: Duden, Maschinenschreiben: umlauts where a font has none.
_SHORT = 40  # characters of a short name, as far as words allow
_ALL_GENDERS = re.compile(r"\(?\b[a-zäöü](?:\s?[/|,*]\s?[a-zäöü]){1,3}\b\)?|\(gn\)")  # "(m/w/d)"
# "Gärtner/-in", "Gärtner:in", "GärtnerIn", "Gärtner(in)", "Medizinische*r", "Kaufmann/-frau".
_OTHER_FORM = re.compile(
    r"(?<=[a-zäöüß])(?:[/:*_·]-?|\s?/\s?-|\()(?:in(?:nen)?|frau|mann|[rnse])\b\)?"
    r"|(?<=[a-zäöüß])In(?:nen)?\b"
)
_PAIR = re.compile(r"([\w-]+)(?:\s?/\s?|\s(?:und|oder|bzw\.|&)\s)([\w-]+)")
_SMALL = re.compile(
    r"\b(?:in|im|am|an|de[rnms]|die|das|für|vo[nm]|zu[mr]?|und|oder|bei|als|mit)\b", re.IGNORECASE
)
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"}


def checked_slug(written: str, place: str) -> str:
    """Return the name given at `place`; raises Refused, with a proposal, for what is none."""
    if _VALID.fullmatch(written) and len(written) <= LONGEST and not _is_taken(written):
        return written
    raise refuse(
        place,
        N_("“{name}” cannot be a name here."),
        N_(
            "Use only small letters a–z, digits, “-” and “_”, at most {most} characters, and "
            "start with a letter; for example: {proposal}."
        ),
        name=written,
        most=LONGEST,
        proposal=proposed_slug(written),
    )


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name, with a number behind it where it is taken."""
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(n for n in numbered if n not in taken)


def short_name(title: str) -> str:
    """Return a short valid name for a profile: "Gärtner/in in Kassel" → gaertner-kassel.

    Of the two forms of a profession, the shorter stays.
    """
    bare = _OTHER_FORM.sub("", _ALL_GENDERS.sub(" ", unicodedata.normalize("NFC", title)))
    bare = _PAIR.sub(_shorter_form, bare)
    words = re.findall(r"\w+", _SMALL.sub(" ", bare))
    while len(words) > 1 and len(proposed_slug(" ".join(words))) > _SHORT:
        words.pop()
    return proposed_slug(" ".join(words))


def _shorter_form(pair: re.Match[str]) -> str:
    """Return one form for two of one profession, "Arzt und Ärztin", and else both words."""
    spelt = [unicodedata.normalize("NFKD", word.lower()) for word in pair.groups()]
    one, other = (re.sub(r"[^a-z]|(?:er|e|mann|frau|in|innen|en)$", "", word) for word in spelt)
    begins = min(len(one), len(other))
    is_one = begins > 2 and one[: begins - 1] == other[: begins - 1]  # noqa: PLR2004 - "Arzt"
    has_form = any(re.search(r"(?:in|innen|frau)$", word) for word in spelt)
    if not (is_one and has_form):
        return f"{pair[1]} {pair[2]}"
    return min(pair.groups(), key=lambda word: (word.lower().endswith("frau"), len(word)))


def proposed_slug(written: str) -> str:
    """Return the valid name nearest to what is written, "berufsbild" if nothing is left of it."""
    composed = unicodedata.normalize("NFC", written)
    spelt = "".join(_GERMAN.get(letter, letter) for letter in composed)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9_]+", "-", plain)[:LONGEST].strip("-_")
    if not slug:
        return "berufsbild"
    if not slug[0].isalpha() or _is_taken(slug):
        return f"beruf-{slug}"[:LONGEST].strip("-_")
    return slug


def spelt_format(written: str) -> str:
    """Return the name of a format as layouts have it: "DIN A5" → a5, "DL" → din-lang."""
    bare = re.sub(r"\(.*?\)|\bflyer\b|[\s_.-]+", "", written.casefold())
    if bare in {"dl", "lang", "dinlang", "langdin", "dinl"}:
        return "din-lang"
    return bare.removeprefix("din") if re.fullmatch(r"(?:din)?[a-c]\d{1,2}", bare) else written


def _is_taken(slug: str) -> bool:
    return slug in TAKEN or WINDOWS_DEVICE.fullmatch(slug) is not None
