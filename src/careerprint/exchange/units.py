"""Texts for translators and back: what goes out, and what of what came back can be taken.

Each text has a key, made of what it is of and of its original, so it is known again wherever it
stands in a file that others have rewritten. Where a file lost the keys, the original says it.
Nothing that comes back is approved by that.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from babel.messages.catalog import Message

from careerprint.core.diagnostics import (
    N_,
    Refused,
    refuse,
    unknown,
)
from careerprint.core.messages import Translate
from careerprint.core.reader import Reader
from careerprint.exchange.notes import Spot, plain_domain, plain_note, spots_of
from careerprint.fairs.values import FLYER
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions
from careerprint.profiles.approvals import read_approvals
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    PROFILE_SOURCE,
    is_locale,
)
from careerprint.profiles.content import profile_slugs
from careerprint.profiles.pofiles import (
    FUZZY,
    entry_key,
    former_of,
    forms_of,
    is_translated,
    parse_catalog,
)
from careerprint.profiles.tags import plural_rule
from careerprint.translation.domains import Domain, catalog_of, domain_in, domains
from careerprint.translation.translations import is_waiting

# How much longer than its original a translation may be: as much as the made-up locale en-XA is,
# with which all layouts are tried; short words have some letters more.
_TRIED, _EXAMPLES = 201, 4  # numbers that stand as examples of a plural's forms
_LONGER_BY, SOME = 1.35, 8
_SOME_OF_WORDS = 16  # as many as the languages that are shipped need for words of layouts
STALE = "neu gefasst"
_TASKS = {
    "missing": "neu",
    "stale": f"{STALE}: bitte anpassen",
    "waiting": "noch nicht bestätigt: bitte prüfen",
    "approved": "",
}


State = Literal["missing", "stale", "waiting", "approved"]
FIRST: Sequence[State] = ("stale", "missing")


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to translate: its key, where it stands, original and translation, and its budget.

    `note` has a line for each place, as catalogs note it; `spots` tell like ones apart.
    `most` is how many characters the translation should have at most. Of a plural, each form is a
    unit of its own. A `stale` translation is of another wording: of `former`, if that is known. One
    that is `waiting` has `former`, too, where it was stale before. `german` is what a word of
    layouts is in German: its original is English. `counts` are numbers of which a form of a plural
    is, as examples.
    """

    key: str
    note: str
    original: str
    translation: str
    most: int
    state: State = "approved"
    former: str = ""
    german: str = ""
    spots: Sequence[Spot] = ()
    counts: Sequence[int] = ()

    def place(self, translate: Translate) -> str:
        """Return where the text stands, in a reader's language: of a profile, each otherwise."""
        told = plain_note(self.note, translate, self.spots)
        told = told or plain_domain(self.key.partition("#")[0], translate)
        if not self.counts:
            return told
        counts = ", ".join(map(str, self.counts))
        form = translate(N_("as it is said with a number such as {counts}")).format(counts=counts)
        return f"{told}: {form}" if told else form

    @property
    def shown(self) -> str:
        """What translators translate from: German, also where the original is English."""
        return self.german or self.original

    @property
    def task(self) -> str:
        """What a translator is to do here, in German; "" for nothing."""
        task = _TASKS[self.state]
        if self.state == "stale" and self.former:
            task += f"; vorher hieß es{'' if self.german else ' deutsch'}: „{self.former}“"
        return task


def chosen_domains(reader: Reader, locale: str, profiles: Sequence[str]) -> list[Domain]:
    """Return the domains whose texts go to translators: profiles by their slugs, else all.

    Raises Refused for a locale that is none, and for a profile that there is none of.
    """
    if not is_locale(locale):
        raise refuse(
            "--locale",
            N_("“{name}” is not a locale."),
            N_("Write its tag: tr for Turkish, uk for Ukrainian."),
            name=locale,
        )
    slugs = profile_slugs(reader)
    if missing := [name for name in profiles if name not in slugs]:
        message = N_("There is no profile “{name}”.")
        raise Refused(unknown("--profile", message, name, slugs) for name in missing)
    found = (domain_in(domain, locale, reader) for domain in domains(reader))
    return [d for d in found if d.source != locale and (not profiles or d.name in profiles)]


def units(domain: Domain, locale: str, reader: Reader) -> Iterator[Unit]:
    """Yield the texts of a domain with their translations, in the order in which they stand."""
    return (unit for _, _, unit in forms(domain, locale, reader))


def for_translators(reader: Reader, locale: str, profiles: Sequence[str]) -> list[Unit]:
    """Return the texts of profiles, else all, as they go out: first those that are to be done.

    With profiles, the words of layouts that nobody has approved go along. Those of a layout in
    which nothing is printed stay here. Raises Refused.
    """
    chosen = chosen_domains(reader, locale, profiles)
    found = [u for d in in_use(chosen, reader) for u in units(d, locale, reader)]
    every = chosen_domains(reader, locale, ()) if profiles else []
    words = unapproved_words(in_use(every, reader), locale, reader)
    return sorted([*found, *words], key=lambda unit: unit.state not in FIRST)


def in_use(chosen: Iterable[Domain], reader: Reader) -> list[Domain]:
    """Return domains without the words of layouts in which nothing is printed."""
    every = [*chosen]
    with suppress(Refused):  # what is off is told by what prints
        used = {edition.layout for edition in plan_editions(reader, read_configuration(reader))}
        folders = {"layouts", *(f"layouts/{name}" for name in {*used, FLYER})}
        every = [d for d in every if d.profile or d.name in folders]
    return every


def unapproved_words(chosen: Iterable[Domain], locale: str, reader: Reader) -> list[Unit]:
    """Return those of the words of layouts in domains that nobody has approved."""
    words = (u for d in chosen if d.profile is None for u in units(d, locale, reader))
    return [unit for unit in words if unit.state != "approved"]


def forms(domain: Domain, locale: str, reader: Reader) -> Iterator[tuple[Message, int, Unit]]:
    """Yield the texts of a domain as units, each with its entry and the number of its form."""
    some = SOME if domain.profile else _SOME_OF_WORDS
    approved, german = read_approvals(reader).first, _in_german(domain, reader)
    catalog = catalog_of(domain, locale, reader)
    entries, counts = [entry for entry in catalog if entry.id], _counts(catalog.plural_expr)
    notes = ["\n".join(entry.auto_comments) for entry in entries]
    spots = spots_of(zip(notes, (forms_of(e.id)[0] for e in entries), strict=True))
    for entry, note, spot in zip(entries, notes, spots, strict=True):
        state: State = "missing"
        if is_translated(entry):
            is_open = is_waiting(domain, locale, entry, approved)
            state = "stale" if FUZZY in entry.flags else "waiting" if is_open else "approved"
        former = former_of(entry) if state in {"stale", "waiting"} else None
        said = former.message if former else ""
        for number, form in enumerate(forms_of(entry.string) or [""]):
            original = forms_of(entry.id)[min(number, len(forms_of(entry.id)) - 1)]
            in_german = german.get(entry_key(entry)) or ("",)
            named = said, in_german[min(number, len(in_german) - 1)]
            longest = max(len(original), len(named[1]))  # layouts have room for both
            most = max(round(longest * _LONGER_BY), longest + some)
            key = _key(domain, entry, number)
            of = () if isinstance(entry.id, str) else counts.get(number, ())
            unit = Unit(key, note, original, form or "", most, state, *named, spot, of)
            yield entry, number, unit


def _counts(rule: str) -> dict[int, list[int]]:
    """Return for each form of a plural some numbers of which it is, by a catalog's rule."""
    form_of, found = plural_rule(rule), defaultdict[int, list[int]](list)
    for number in range(_TRIED):
        if len(of := found[form_of(number)]) < _EXAMPLES:
            of.append(number)
    return found


def _in_german(domain: Domain, reader: Reader) -> dict[str, tuple[str, ...]]:
    """Return what words that are not written in German are in it, by their keys, in all forms.

    What a layout does not say by itself is said as all layouts say it.
    """
    if domain.source == PROFILE_SOURCE:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for folder in dict.fromkeys((LAYOUT_CATALOGS, domain.folder)):
        name = f"{folder}/{PROFILE_SOURCE}.po"
        if reader.find(name) is not None:
            catalog = parse_catalog(reader.read_text(name), name, PROFILE_SOURCE)
            found |= {
                entry_key(e): forms_of(e.string) for e in catalog if e.id and is_translated(e)
            }
    return found


def _key(domain: Domain, entry: Message, form: int) -> str:
    name = domain.name.replace(" ", "-")
    made = f"{name}#{hashlib.sha256(entry_key(entry).encode()).hexdigest()[:12]}"
    return made if isinstance(entry.id, str) else f"{made}.{form}"
