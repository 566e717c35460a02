"""Readiness rule: vocational trainings are called by their official names.

The names stand in apprenticeships.csv, with their source.
"""

import csv
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from unicodedata import normalize

from careerprint.core.diagnostics import N_, Severity, warning
from careerprint.profiles.facts import Apprenticeship
from careerprint.readiness.case import Case, Judged, Reads, rule

TABLE = Path(__file__).with_name("apprenticeships.csv")
_GONE = "–"
_ALIKE = 0.75  # how alike a name must be to an official one to be meant as it (difflib's ratio)
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
    known = _official()
    forms = _forms(name)
    for form in forms:
        if form in known:
            return known[form], True
    for form in forms:
        if close := get_close_matches(form, known, 1, _ALIKE):
            return known[close[0]], False
    return None, False


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
        no_longer = N_("“{name}” is no longer an official name of a vocational training.")
        if found is None:
            message = N_("“{name}” is not among the official names of vocational trainings.")
            hint = N_(
                "Check the name. Is it a training at a school, or regulated otherwise? "
                "Say so ⟨by “form: school” or “form: other”|below name and length⟩."
            )
        elif not is_it:
            message = N_("“{name}” is no official name of a vocational training.")
            hint = N_(
                "If “{official}” is meant, write that. Is it a training at a school, or regulated "
                "otherwise? Say so ⟨by “form: school” or “form: other”|below name and length⟩."
            )
        elif found.now == _GONE:
            message, hint = no_longer, N_("No training has taken its place: leave it out.")
        elif found.now:
            message, hint = no_longer, N_("It has become: {official}.")
        elif found.months and abs(12 * way.years - found.months) >= 6:  # noqa: PLR2004 - half a year
            message = N_("“{name}” takes {months} months, not {years} years.")
            hint = N_("Correct ⟨“years”|the length⟩, unless a shortened training is meant.")
        else:
            continue
        yield warning(
            way.name.location,
            message,
            hint,
            name=way.name,
            official=found and (found.now if is_it else found.name),
            months=found and found.months,
            years=way.years,
        )
