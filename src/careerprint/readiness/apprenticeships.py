"""Readiness rule: vocational trainings are called by their official names.

The names stand in apprenticeships.csv, with their source.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from pathlib import Path
from unicodedata import normalize

from careerprint.core.diagnostics import N_, Severity, warning
from careerprint.profiles.facts import Apprenticeship
from careerprint.readiness.case import Case, Judged, Reads, rule

TABLE = Path(__file__).with_name("apprenticeships.csv")
_GONE = "–"
_ALIKE = 0.75  # how alike a name must be to an official one to be meant as it (difflib's ratio)
_NEARLY = 0.06  # names whose likeness differs less are as likely
_MOST_NAMED = 10
_LONGEST_SHORT, _TWO_IN_ONE = 5, 4  # characters of a short form; of one for two: "FISI"
_COMMON = {"kfz": "kraftfahrzeug"}
_SMALL = {"für", "und", "im", "in", "der", "die", "des", ""}
_APART = r"(?:[\s,|-]|\b(?:für|und|im|in|der|des)\b)+"
# Ways to write both forms in one: "Mechatroniker/in", "Mechatroniker:in", "Kaufmann/-frau".
_BOTH = re.compile(r"(?<=\w)(?:[/:*_]-?|\()in(?:nen)?\b\)?")
_GENDERS = re.compile(r"\s*\([mwdfx](?:[/,|][mwdfx])+\)")
_PERSON = re.compile(r"mann\s?/\s?-?frau\b")
_ADDED = re.compile(r"\s*\([^()]*\)$")  # "(staatlich anerkannt)"
_EITHER = re.compile(r"\s*(?:/|\bund\b|\boder\b|\bbzw\.)\s*")


@dataclass(frozen=True, slots=True)
class Official:
    """An official name in both forms, its length in months where that is one for all of Germany.

    `now` is what a former name has become, empty for one that is in use.
    """

    masculine: str
    feminine: str
    months: int | None
    now: str

    @property
    def name(self) -> str:
        """Both forms."""
        forms = dict.fromkeys((self.masculine, self.feminine))
        return "/".join(forms)


@cache
def _official() -> dict[str, Official]:
    """Return the official names by each of their forms, in lower case."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader((line for line in file if line[0] != "#"), delimiter=";")
        found = [
            Official(
                r["masculine"], r["feminine"], int(r["months"]) if r["months"] else None, r["now"]
            )
            for r in lines
        ]
    return {form.lower(): each for each in found for form in (each.feminine, each.masculine)}


def official_name(name: str) -> tuple[Official | None, bool]:
    """Return the training that a name means, None where it is like none, and if it is that name."""
    is_it = next((_official()[form] for form in _forms(name) if form in _official()), None)
    found = [is_it] if is_it else candidates(name)
    return (found[0] if found else None), is_it is not None


def candidates(name: str) -> list[Official]:
    """Return the trainings that a name which is none may mean, the likeliest first.

    A short form is known by the initials of a name: "SHK", "ZFA". Where it is not, all names that
    begin with the words beside it may be meant, unless they are so many that none is likely.
    """
    tokens = _tokens(name)
    plain = [each for each in tokens if not _is_short(each)]
    if len(plain) == len(tokens):
        return _alike(name)
    if (found := short_for(name)) or not plain:
        return found
    begins = tuple(f"{' '.join(plain)}{end}".lower() for end in ("", "in"))
    longer = {each: None for form, each in _official().items() if form.startswith(begins)}
    return _alike(name) if not longer else [*longer] if len(longer) <= _MOST_NAMED else []


def short_for(name: str) -> list[Official]:
    """Return the trainings that a name with a short form says by the initials of theirs."""
    tokens = _tokens(name)
    tried = [tokens] if any(map(_is_short, tokens)) else []
    if tried and all(map(_is_short, tokens)):  # "FI-AE", "FISI": what it specializes in is last
        tried.append(tokens[:-1])
        tried += [[tokens[0][:2]]] if len(tokens) == 1 and len(tokens[0]) == _TWO_IN_ONE else []
    return next(filter(None, (_by_initials(each) for each in tried if each)), [])


def _tokens(name: str) -> list[str]:
    bare = _BOTH.sub("", _GENDERS.sub("", normalize("NFC", name.strip())))
    return [each for each in re.split(r"[\s/(),-]+", bare) if each.lower() not in _SMALL]


def _alike(name: str) -> list[Official]:
    """Return the trainings whose names are written about as a name is, nearly equal ones alike."""
    for form in _forms(name):
        close = get_close_matches(form, _official(), _MOST_NAMED, _ALIKE)
        ratios = [SequenceMatcher(None, each, form).ratio() for each in close]
        if close:
            near = zip(close, ratios, strict=True)
            found = (_official()[each] for each, ratio in near if ratio >= ratios[0] - _NEARLY)
            return list(dict.fromkeys(found))
    return []


def _is_short(token: str) -> bool:
    """Tell whether a word is a short form: "SHK", "ReNo", "Kfz"."""
    capitals = sum(letter.isupper() for letter in token)
    return 2 <= len(token) <= _LONGEST_SHORT and (capitals > 1 or token.lower() in _COMMON)  # noqa: PLR2004


def _by_initials(tokens: Sequence[str]) -> list[Official]:
    """Return the trainings that words and short forms in a row say, short forms by initials."""
    pieces: list[str] = []
    for token in tokens:
        initials = re.findall("[A-ZÄÖÜ][a-zäöü]*", token)
        if token.lower() in _COMMON or not _is_short(token):
            pieces.append(r"\|?".join(_COMMON.get(token.lower(), token.lower())))
        else:
            said = [rf"{each.lower()}\w*(?:\|\w+)*" for each in initials]
            pieces.append(rf"(?:{token.lower()}|{_APART.join(said)})")
    pattern = re.compile(rf"(?:\|?|{_APART})".join(pieces))
    return list(dict.fromkeys(each for form, each in _parted() if pattern.fullmatch(form)))


@cache
def _parted() -> list[tuple[str, Official]]:
    """Return the official names in use by their forms, the parts of compounds apart: "fach|…"."""
    words = {"handel", *(word for form in _official() for word in re.findall(r"\w{6,}", form))}

    def parted(found: re.Match[str]) -> str:
        word = found[0]
        ends = (word[at:] for at in range(3, len(word) - 5))
        end = next((end for end in ends if word.startswith("fach" + end) or end in words), "")
        return f"{word.removesuffix(end)}|{parted_end(end)}" if end else word

    def parted_end(end: str) -> str:
        return f"fach|{end[4:]}" if end.startswith("fach") else end

    in_use = ((form, each) for form, each in _official().items() if not each.now)
    return [(re.sub(r"\w+", parted, form), each) for form, each in in_use]


def _forms(name: str) -> list[str]:
    """Return the names that one with several forms may stand for, in lower case."""
    plain = _GENDERS.sub("", normalize("NFC", name.strip()))
    plain = _PERSON.sub("mann", plain)
    one = _BOTH.sub("", plain)
    forms = [plain, one, _ADDED.sub("", one)]
    first, *others = _EITHER.split(one)
    if others:  # "Kaufmann/Kauffrau für Dialogmarketing", "Koch und Köchin"
        _, *rest = others[-1].split(" ", 1)
        forms += [first, others[-1], *(f"{first} {words}" for words in rest)]
    return list(dict.fromkeys(form.lower() for form in forms))


IF_MEANT = N_(
    "If “{official}” is meant, write that. Is it a training at a school, or regulated otherwise? "
    "Say so ⟨by “form: school” or “form: other”|below name and length⟩."
)
ONE_OF = N_(
    "Several names fit; write the one that is meant: “{official}”. Is it a training at a school, "
    "or regulated otherwise? Say so ⟨by “form: school” or “form: other”|below name and length⟩."
)


def _named_first(case: Case, found: Sequence[Official]) -> list[str]:
    """Return the names of trainings, those that the text has first."""
    profile = case.profile
    parts = [*profile.opening, *(part for section in profile.sections for part in section.parts)]
    told = " ".join(
        (profile.front.title, *(text for part in parts for text in part.blocks))
    ).lower()
    said = {each: max(_told(each.masculine, told), _told(each.feminine, told)) for each in found}
    return [each.name for each in sorted(found, key=lambda each: -said[each])]


def _told(form: str, text: str) -> int:
    """Return how long a form of a name is that a text has; 0 where the text has it not."""
    return len(form) if re.search(rf"\b{re.escape(form.lower())}\b", text) else 0


@rule("official-name", reads={Reads.PROFILE}, severity=Severity.WARNING)
def official_names(case: Case) -> Judged:
    """Yield `official-name`: an apprenticeship has its official name, and about its length.

    Source: the training ordinances under the Berufsbildungsgesetz, and the laws on health
    professions. Half a year of difference is told. Of a training whose `form` says that it is not
    dual, nothing is known here, and nothing is told.
    """
    ways = (w for w in case.profile.front.facts.ways_in if isinstance(w, Apprenticeship))
    for way in (w for w in ways if w.form is None):
        found, is_it = official_name(way.name)
        names = [(found.now or found.name) if is_it else found.name] if found else []
        no_longer = N_("“{name}” is no longer an official name of a vocational training.")
        if found is None:
            message = N_("“{name}” is not among the official names of vocational trainings.")
            hint = N_(
                "Check the name. Is it a training at a school, or regulated otherwise? "
                "Say so ⟨by “form: school” or “form: other”|below name and length⟩."
            )
        elif not is_it:
            message = N_("“{name}” is no official name of a vocational training.")
            names = _named_first(case, candidates(way.name))
            hint = ONE_OF if len(names) > 1 else IF_MEANT
        elif found.now == _GONE:
            message, hint = no_longer, N_("No training has taken its place: leave it out.")
        elif found.now:
            message, hint = no_longer, N_("It has become: {official}.")
        elif found.months and abs(12 * way.years - found.months) >= 6:  # noqa: PLR2004 - half a year
            message = N_("“{name}” takes {months} months, not {stated}.")
            hint = N_("Correct ⟨“years”|the length⟩, unless a shortened training is meant.")
        else:
            continue
        yield warning(
            way.name.location,
            message,
            hint,
            name=way.name,
            official="”, “".join(names),
            months=found and found.months,
            stated=round(12 * way.years),
        )
