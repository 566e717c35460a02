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
