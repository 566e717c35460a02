"""What a cell of the table of fairs may hold: from a cell to a checked value, column by column.

Each function takes a cell that is not empty and raises Unsuitable with cause and remedy. It knows
neither the place of the cell nor whether its value may be shown.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from careerprint.core.characters import CONTROLS, HALVES, REORDERING
from careerprint.core.diagnostics import N_
from careerprint.core.slugs import WINDOWS_DEVICE, free_name, spelt_format
from careerprint.fairs.cells import Broken, Cell, as_text
from careerprint.fairs.remarks import is_as_above
from careerprint.profiles.catalogs import is_locale, locale_name, spelt_locale
from careerprint.profiles.tags import fallback_chain

MOST_COPIES = 100_000
NO_COPIES = N_("“{value}” is not a number of copies.")
LONGEST_ID = 60
"""Characters; it names folders, and paths are limited on Windows."""
_LEAST_BEGINNING = 3  # letters by which a name is known

_CONTROL = re.compile(rf"[{CONTROLS}{REORDERING}{HALVES}\ufffe\uffff]")
# Encodings by which UTF-8 is mangled when a program reads it as something else.
_MISREAD_AS = ("cp1252", "mac_roman", "cp850")
# What people write, as entries.toml has it.
_WORDS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_DEBRIS = frozenset(_WORDS["debris"])
_LONGEST_DEBRIS = 40  # characters
_PLACEHOLDER = re.compile(r"\s*(?:\[[^\]]*\]|<\s*\w[^<>@]*>|_{3,})\s*")
_AROUND_DEBRIS = dict.fromkeys(map(ord, " \t\n\u00a0.…()[]!"))
_COUNT = re.compile(r"\W*\d{1,9}\W*")
_LONGEST_FOLDER = 40  # characters, so that there is room for a number behind it
_ID = re.compile(r"[a-z][a-z0-9_-]*")  # as content.Id
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ABOUT = re.compile(
    r"^(?:(?:ca|circa|etwa|rund|je|max|mind|mindestens|min|approx)\b\.?|[~≈])\s*", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\s*(?:(?:pro|je) sprache|x|stück|stck|stk|st|flyer|exemplare?|expl|ex|copies|pcs|pieces)\.?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;/|+&\n]+|\s+(?:und|and)\s+")
ALL = {"alle", "all"}
_ALL_LANGUAGES = re.compile(r"\b(?:alle|all)\s+(?:sprachen|languages)\b", re.IGNORECASE)
_FLAG_OF_A = "\U0001f1e6"
_FLAG = re.compile(rf"[{_FLAG_OF_A}-\U0001f1ff]{{2}}")
# de-TR is German as in Turkey; de-tr and DE-TR are two languages.
_TAGS_JOINED = re.compile(r"(?<![\w-])(?:[a-z]{2}(?:-[a-z]{2})+|[A-Z]{2}(?:-[A-Z]{2})+)(?![\w-])")
_EASY = "de-simple"  # IANA's registry of language subtags
_EASY_GERMAN = re.compile(r"(?:\bdeutsch\W+(?:in\W+)?)?\bleichter?\s+sprache\b\W*", re.IGNORECASE)


class Unsuitable(Exception):  # noqa: N818 - it reads as what is said of the cell
    """A cell cannot be used: templates of message and hint, and what they name."""

    def __init__(self, message: str, hint: str, **parameters: object) -> None:
        self.message, self.hint, self.parameters = message, hint, parameters
        super().__init__(message)


class Debris(Unsuitable):
    """A cell holds no value: a placeholder, an error value, a stand that became a date."""


@lru_cache(maxsize=10_000)
def is_debris(cell: Cell) -> bool:
    """Tell whether a cell holds what stands for a value that is not known: -, folgt, n. n."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_DEBRIS:
        return False
    bare = cell.casefold()
    without = bare.translate(_AROUND_DEBRIS)
    return (
        not without
        or is_as_above(cell)
        or _PLACEHOLDER.fullmatch(bare) is not None
        or any(each in _WORDS["debris"] for each in (without, bare.strip()))
    )


def plain(text: str) -> str:
    """Return a text in small letters without umlauts and accents: Größe → groesse."""
    small = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))


def text(cell: Cell, most: int) -> str:
    """Return what is printed as it stands, in one line, of at most `most` characters.

    A number is the text that it is shown as. A date is refused: nobody means one here.
    """
    if isinstance(cell, Broken):
        raise Debris(
            N_("The formula in “{column}” has no result, or an error as its result."),
            N_("Write the value itself into the cell."),
        )
    if isinstance(cell, date):
        raise made_a_date()
    written = as_text(cell)
    if _CONTROL.search(written):
        raise Unsuitable(
            N_("“{column}” holds a character that cannot be printed."), N_("Type the cell again.")
        )
    if _is_mangled(written):
        raise Unsuitable(
            N_("Umlauts or other characters of “{column}” are mangled."),
            N_("Correct the cell, and save the table as .xlsx or as “CSV UTF-8” from now on."),
        )
    folded = re.sub(r"[ \t\n]+", " ", written).strip()  # as in a profile, special spaces stay
    if len(folded) > most:
        raise Unsuitable(
            N_("“{column}” has {count} characters; there is room for {most}."),
            N_("Shorten the text."),
            count=len(folded),
            most=most,
        )
    return written if written == folded else folded  # many thousands: one string is enough


def made_a_date() -> Debris:
    """Return what is told where a spreadsheet has made a date of something else."""
    return Debris(
        N_("Your spreadsheet program has made a date of the cell in “{column}”."),
        N_("Format the cell as text and type it again."),
    )


def _is_mangled(written: str) -> bool:
    """Tell whether letters are UTF-8 that a program read as something else, or have been lost."""
    if written.isascii():
        return False
    for run in re.findall(r"[^\x00-\x7f]{2,}", written):
        for encoding in _MISREAD_AS:
            try:
                meant = run.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
            if any(c.isalpha() or c in "–—„“”’…€" for c in meant):
                return True
    return "\ufffd" in written


def fair_id(cell: Cell, folder: str = "") -> str:
    """Return an id, which names a folder: small letters, digits, “-” and “_”, a letter first.

    Before a number, which counts within a sheet, stands the sheet's `folder`.
    """
    written = text(cell, LONGEST_ID)
    return _folder_name(f"{folder} {written}" if folder and _COUNT.fullmatch(written) else written)


def sheet_folders(sheets: Iterable[str]) -> dict[str, str]:
    """Return what stands for sheets in the ids of their fairs, each otherwise."""
    found: dict[str, str] = {}
    for sheet in sheets:
        found[sheet] = free_name(_folder_name(sheet)[:_LONGEST_FOLDER], [*found.values()])
    return found


def proposed_id(fair: str, start: date, city: str = "") -> str:
    """Return an id made of a fair's name and first day, and of its city where that is given."""
    named = re.sub(r"\b(?:19|20)\d\d\b", " ", f"{fair} {city}")
    return f"{_folder_name(named)[: LONGEST_ID - 11].strip('-_')}-{start.isoformat()}"


def _folder_name(written: str) -> str:
    if _ID.fullmatch(written) and not WINDOWS_DEVICE.fullmatch(written):
        return written
    meant = re.sub(r"[^a-z0-9_]+", "-", plain(written)).strip("-_") or "1"
    return meant if meant[0].isalpha() and not WINDOWS_DEVICE.fullmatch(meant) else f"messe-{meant}"


def several_of(cell: Cell, known: Collection[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the known names in a cell, as `one_of` reads each: "Pflege, Verkauf"."""
    try:
        return (one_of(cell, known, titles),)
    except Unsuitable:
        parts = [part for part in _BETWEEN.split(text(cell, 200)) if part.strip()]
        if len(parts) == 1:
            raise
        return tuple(dict.fromkeys(one_of(part, known, titles) for part in parts))


def yes_or_no(cell: Cell) -> bool:
    """Return what a cell answers: ja, x, WAHR, online – nein, Präsenz."""
    bare = re.sub(r"[\W_]", "", plain(text(cell, 40)))
    is_yes = bare in _WORDS["yes"] or bare in _WORDS["online"]
    if not is_yes and bare not in _WORDS["no"]:
        raise Unsuitable(
            N_("“{value}” in “{column}” is neither yes nor no."), N_("Write “ja” or “nein”.")
        )
    return is_yes


def is_online(place: str) -> bool:
    """Tell whether a place is none: "online", "virtuell"."""
    return re.sub(r"[\W_]", "", plain(place)) in _WORDS["online"]


def copies(cell: Cell) -> int:
    """Return a number of copies, from 1 to MOST_COPIES: 150, "150 Stück", "ca. 100", "250,00"."""
    written = text(cell, 100)
    bare = _COUNTED.sub("", _ABOUT.sub("", written))
    bare = re.sub(r"[.,]0+$", "", bare) if re.fullmatch(r"\d+,0+|\d+\.0{1,2}", bare) else bare
    if re.fullmatch(r"[1-9]\d{0,2}(?:[.\s\u202f]\d{3})+", bare):  # 1.500, 1 500
        bare = re.sub(r"\D", "", bare)
    if not re.fullmatch(r"[0-9]{1,9}", bare) or not 1 <= int(bare) <= MOST_COPIES:
        raise Unsuitable(
            NO_COPIES,
            N_("Write a whole number from 1 to {most}."),
            most=MOST_COPIES,
        )
    return int(bare)


def one_of(cell: Cell, known: Collection[str], titles: Mapping[str, str] | None = None) -> str:
    """Return the known name that is written: in small letters or not, or by its title.

    `titles` are those of known names; the beginning of one, or of a name, is enough where it is
    that of no other.
    """
    written = text(cell, 100)
    name = re.sub(r"\s+", "-", written.casefold())
    if name in known:
        return name
    wanted = plain(written)
    begins = {n for n in known if plain(n).startswith(wanted.replace(" ", "-"))}
    begins |= {n for n, title in (titles or {}).items() if plain(title).startswith(wanted)}
    parts = re.findall(r"\w+", wanted)
    for n, title in (titles or {}).items():  # "Pflege Musterstadt" for "Pflege in Musterstadt"
        words = re.findall(r"\w+", plain(title))
        if parts[:1] == words[:1] and set(parts) <= set(words):
            begins.add(n)
    exact = {n for n, title in (titles or {}).items() if plain(title) == wanted}
    for found in (exact, begins):
        if len(found) == 1 and len(wanted) >= _LEAST_BEGINNING:
            return found.pop()
    raise Unsuitable(
        N_("There is no “{value}” for “{column}”."),
        N_("Available: {available}."),
        available=", ".join(known) or "–",
    )


def format_name(cell: Cell, known: Collection[str]) -> str:
    """Return the known format that is written: "DIN A5", "A 5", "DL", "DIN lang" → din-lang."""
    return one_of(spelt_format(text(cell, 100)), known)


def locales(cell: Cell, available: Sequence[str], declared: Sequence[str]) -> tuple[str, ...]:
    """Return the tags of locales, each once: by tag or name, or those declared for “alle”.

    A tag counts where it or one that it falls back to is available: de-AT where de is. A name is
    German, English or the language's own, or the beginning of one.
    """
    written = text(cell, 400)
    known = (*available, *declared)
    tags = [word for word in re.split(r"[\s,;]+", written) if word]
    if set(tags).issubset(available):  # as most tables have them
        return tuple(dict.fromkeys(tags))
    if easy := _EASY_GERMAN.search(written):
        # Its fallback would be German as it is written for all, which is another text.
        if _EASY not in available:
            raise _no_language(easy[0], available)
        written = _EASY_GERMAN.sub(_EASY, written)
    written = _FLAG.sub(lambda flag: f",{_of_flag(flag[0])},", _ALL_LANGUAGES.sub("alle", written))
    written = _TAGS_JOINED.sub(
        lambda found: _parted(found[0], available), re.sub(r"^nur\s+", "", written)
    )
    for tag, pattern in (*_WORDS["named_twice"].items(), *_names_of_several_words(known)):
        written = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)\)?", tag, written, flags=re.IGNORECASE)
    words = re.split(r"[\s,;/|+&\n]+(?:(?:und|and|sowie|u)[.\s]+)?", f"{written} ")
    found: list[str] = []
    for word in filter(None, words):
        if plain(word) in ALL:
            found += declared
            continue
        tag = spelt_locale(_tag_of(word, known))
        if not is_locale(tag) or not set(fallback_chain(tag)) & set(available):
            raise _no_language(word, available)
        found.append(tag)
    return tuple(dict.fromkeys(found))


def _of_flag(flag: str) -> str:
    """Return the language that most people speak in the country of a flag, or its code."""
    from babel.core import get_global

    country = "".join(chr(ord(sign) - ord(_FLAG_OF_A) + ord("A")) for sign in flag)
    return str(get_global("likely_subtags").get(f"und_{country}", country)).partition("_")[0]


def _parted(joined: str, available: Sequence[str]) -> str:
    """Return tags with commas between them, where each is one; de-at is a tag itself."""
    tags = joined.casefold().split("-")
    return ",".join(tags) if len(set(tags)) == len(tags) and {*tags} <= {*available} else joined


def _no_language(word: str, available: Sequence[str]) -> Unsuitable:
    return Unsuitable(
        N_("There is no language “{word}”."),
        N_("Write the ⟨short |⟩names, with commas between, or “alle”. Available: {available}."),
        word=word[:40],
        available=", ".join(available) or "–",
    )


def _tag_of(word: str, known: Sequence[str]) -> str:
    """Return the tag of a language that is named; the word itself where it names none.

    Its letters are as BCP 47 recommends: DE-at → de-AT, ZH-HANT → zh-Hant.
    """
    bare = plain(word).strip(".")
    names = {tag: _names_of(tag) for tag in dict.fromkeys(known)}
    found = [tag for tag, all_ in names.items() if bare in all_] or [
        tag for tag, all_ in names.items() if any(n.startswith(bare) for n in all_)
    ]
    if bare in _WORDS["locales"]:
        word = _WORDS["locales"][bare]
    elif len(found) == 1 and len(bare) >= _LEAST_BEGINNING:
        word = found[0]
    first, *others = word.replace("_", "-").split("-")
    cased = {2: str.upper, 4: str.title}
    made = "-".join([first.lower(), *(cased.get(len(o), str.lower)(o) for o in others)])
    made = spelt_locale(made)
    return next((tag for tag in known if tag.casefold() == made.casefold()), made)


def _names_of_several_words(known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield tags with a pattern of a name that has several words: Tiếng Việt, srpski (latinica)."""
    for tag in dict.fromkeys(known):
        for name in _whole_names_of(tag):
            words = re.findall(r"\w+", name)
            if len(words) > 1:
                yield tag, r"\W+".join(map(re.escape, words))


@cache
def _whole_names_of(tag: str) -> tuple[str, ...]:
    return tuple(locale_name(tag, language) for language in ("de", "en", tag))


@cache
def _names_of(tag: str) -> tuple[str, ...]:
    return tuple(plain(name) for name in _whole_names_of(tag))
