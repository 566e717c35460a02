"""Texts for translators and back: what goes out, and what of what came back can be taken.

Each text has a key, made of what it is of and of its original, so it is known again wherever it
stands in a file that others have rewritten. Where a file lost the keys, the original says it.
Nothing that comes back is approved by that.
"""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from babel.messages.catalog import Message

from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Refused,
    refuse,
    unknown,
    warning,
    writing,
)
from careerprint.core.files import write_whole
from careerprint.core.messages import Translate
from careerprint.core.reader import Reader
from careerprint.exchange.notes import Spot, plain_domain, plain_note, spots_of
from careerprint.profiles.approvals import read_approvals
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    PROFILE_SOURCE,
    is_locale,
    placeholders,
    spelt_locale,
)
from careerprint.profiles.content import profile_slugs
from careerprint.profiles.numbers import number_remark
from careerprint.profiles.pofiles import (
    FUZZY,
    entry_key,
    former_of,
    forms_of,
    is_translated,
    parse_catalog,
)
from careerprint.translation.domains import Domain, catalog_of, domain_in, domains
from careerprint.translation.merging import catalog_text
from careerprint.translation.translations import is_waiting

# How much longer than its original a translation may be: as much as the made-up locale en-XA is,
# with which all layouts are tried; short words have some letters more.
_LONGER_BY, _SOME = 1.35, 8
_SHOWN = 60  # characters of a text in a message
# What word processors put into a text and no translator has typed.
_UNTYPED = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NO_LANGUAGE = (
    N_("The file does not say what language its translations are in."),
    N_("Say it⟨: --locale tr, for example⟩."),
)
_NONE_OF_OURS = (
    N_("None of the texts in this file belongs to a profile or a layout here."),
    N_("Take the file that was exported⟨|, “For translators”⟩, with its translations."),
)
_UNCHANGED = (
    N_("Unchanged, though the German was reworded: {count}. They stay “reworded”."),
    N_(
        "Have them adapted. If one still fits, its translator says so in the file: “passt” in the "
        "column “Zu tun”; in XLIFF the state “translated”; in PO without “fuzzy”⟨|. Or say it "
        "beside the text: “It still fits”⟩."
    ),
)
STALE = "neu gefasst"
_TASKS = {
    "missing": "neu",
    "stale": f"{STALE}: bitte anpassen",
    "waiting": "noch nicht bestätigt: bitte prüfen",
    "approved": "",
}
_KEY = re.compile(r"[\w./-]+#[0-9a-f]{12}(?:\.\d)?")


State = Literal["missing", "stale", "waiting", "approved"]
FIRST: Sequence[State] = ("stale", "missing")


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to translate: its key, where it stands, original and translation, and its budget.

    `note` has a line for each place, as catalogs note it; `spots` tell like ones apart.
    `most` is how many characters the translation should have at most. Of a plural, each form is a
    unit of its own. A `stale` translation is of another wording: of `former`, if that is known. One
    that is `waiting` has `former`, too, where it was stale before. `german` is what a word of
    layouts is in German: its original is English.
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

    def place(self, translate: Translate) -> str:
        """Return where the text stands, in a reader's language: of a profile, each otherwise."""
        told = plain_note(self.note, translate, self.spots)
        return told or plain_domain(self.key.partition("#")[0], translate)

    @property
    def task(self) -> str:
        """What a translator is to do here, in German; "" for nothing."""
        task = _TASKS[self.state]
        if self.state == "stale" and self.former:
            task += f"; vorher hieß es{'' if self.german else ' deutsch'}: „{self.former}“"
        return f"{task}; deutsch: „{self.german}“" if task and self.german else task


@dataclass(frozen=True, slots=True)
class Returned:
    """A text that came back: its key or "", the original as it stands there, its translation.

    `fits` says that the translator has said of it that it is of this original.
    """

    key: str
    original: str
    translation: str
    line: int = 0
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a file holds: its texts, and the locale that it says, "" where it says none."""

    locale: str
    texts: Sequence[Returned]


@dataclass(slots=True)
class Taken:
    """What came of a delivery: new translations by domain and message, and what is told of others.

    `same` counts those that were as they are, `empty` those without a translation. `unchanged` are
    those of reworded originals that came back as they were: these are not taken.
    """

    locale: str
    new: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)
    same: int = 0
    empty: int = 0
    unchanged: int = 0
    told: list[Diagnostic] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many translations are new."""
        return sum(len(forms) for texts in self.new.values() for forms in texts.values())

    def tell(self, place: Location, message: str, hint: str, text: str, **values: object) -> None:
        """Tell something of a text, which the message quotes."""
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
        self.told.append(warning(place, message, hint, text=shown, **values))


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
    return (unit for _, _, unit in _forms(domain, locale, reader))


def for_translators(reader: Reader, locale: str, profiles: Sequence[str]) -> list[Unit]:
    """Return the texts of profiles, else all, as they go out: first those that are to be done.

    With profiles, the words of layouts that nobody has approved go along. Raises Refused.
    """
    found = [u for d in chosen_domains(reader, locale, profiles) for u in units(d, locale, reader)]
    every = chosen_domains(reader, locale, ()) if profiles else []
    words = unapproved_words(every, locale, reader)
    return sorted([*found, *words], key=lambda unit: unit.state not in FIRST)


def unapproved_words(chosen: Iterable[Domain], locale: str, reader: Reader) -> list[Unit]:
    """Return those of the words of layouts in domains that nobody has approved."""
    words = (u for d in chosen if d.profile is None for u in units(d, locale, reader))
    return [unit for unit in words if unit.state != "approved"]


def _forms(domain: Domain, locale: str, reader: Reader) -> Iterator[tuple[Message, int, Unit]]:
    """Yield the texts of a domain as units, each with its entry and the number of its form."""
    approved, german = read_approvals(reader).first, _in_german(domain, reader)
    entries = [entry for entry in catalog_of(domain, locale, reader) if entry.id]
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
            most = max(round(len(original) * _LONGER_BY), len(original) + _SOME)
            key = _key(domain, entry, number)
            yield entry, number, Unit(key, note, original, form or "", most, state, *named, spot)


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


def taken(delivery: Delivery, locale: str, reader: Reader, place: str) -> Taken:
    """Return what of a delivery can be taken; `locale` goes before what the file says.

    Raises Refused where neither names a locale, and where no text is known. What cannot be taken is
    told, each with its reason: an original that has changed since, placeholders that do not agree.
    """
    tag = spelt_locale(locale or delivery.locale)
    if not tag:
        raise refuse(place, *_NO_LANGUAGE)
    known = chosen_domains(reader, tag, ())
    by_key: dict[str, tuple[Domain, Message, int, Unit]] = {}
    by_original: dict[str, list[str]] = {}
    for domain, form in ((d, f) for d in known for f in _forms(d, tag, reader)):
        by_key[form[2].key] = domain, *form
        by_original.setdefault(_folded(form[2].original), []).append(form[2].key)
    found = Taken(tag)
    _refuse_foreign(delivery, {*by_key, *by_original}, place)
    for text in delivery.texts:
        written, at = clean(text.translation), Location(place, text.line)
        if not written:
            found.empty += 1
            continue
        keys = [key for key in [text.key] if key in by_key] or by_original.get(
            _folded(text.original), []
        )
        if not keys:
            found.tell(
                at,
                N_("“{text}” is not taken: its original is not there, or has changed since."),
                N_("Export the texts again, and translate this one anew."),
                text.original or text.key,
            )
        if len(present := {by_key[key][3].translation for key in keys}) > 1:
            if written in present:
                found.same += 1
                continue
            found.tell(
                at,
                N_("“{text}” is not taken: it stands in several places, and its key is lost."),
                N_("Export the texts again, and keep the column with the keys."),
                text.original,
            )
            continue
        for key in keys:
            _take(found, by_key[key], text, at)
    if found.unchanged:
        found.told.append(warning(Location(place), *_UNCHANGED, count=found.unchanged))
    return found


def _refuse_foreign(delivery: Delivery, known: Container[str], place: str) -> None:
    """Raise Refused where a table is about something else: none of its texts is known."""
    texts = [text for text in delivery.texts if clean(text.original + text.translation)]
    is_ours = any(text.key in known or _folded(text.original) in known for text in texts)
    if len(texts) > 1 and not is_ours:
        raise refuse(place, *_NONE_OF_OURS)


def _take(
    found: Taken, known: tuple[Domain, Message, int, Unit], text: Returned, place: Location
) -> None:
    domain, entry, form, unit = known
    written = clean(text.translation)
    if written == unit.translation and unit.state != "stale":
        found.same += 1
        return
    if unit.state == "stale" and not text.fits and _folded(written) == _folded(unit.translation):
        found.unchanged += 1
        return
    wanted, has = placeholders(unit.original), placeholders(written)
    if has - wanted or (wanted - has and isinstance(entry.id, str)):
        found.tell(
            place,
            N_("“{text}” is not taken: it does not agree in {placeholders}."),
            N_("Use what stands in braces exactly as in the original: {wanted}."),
            written,
            placeholders=", ".join(sorted(wanted ^ has)),
            wanted=", ".join(sorted(wanted)) or "–",
        )
        return
    if written == unit.original and written.count(" ") >= _SOME // 2:
        message = N_("“{text}” is not taken: it is the original.")
        found.tell(place, message, N_("Have it translated."), written)
        return
    if len(written) > unit.most:
        found.tell(
            place,
            N_("“{text}” has {count} characters; {most} are its budget."),
            N_("It is taken. Print it: the page may have no room for it."),
            written,
            count=len(written),
            most=unit.most,
        )
    remark = number_remark(unit.original, written, place) if domain.profile else None
    found.told += [remark] if remark else []
    found.new.setdefault(domain.name, {}).setdefault(entry_key(entry), {})[form] = written


def put(found: Taken, reader: Reader) -> list[str]:
    """Write what was taken into the catalogs, and return their names; raises Refused."""
    texts: dict[str, str] = {}
    for domain in chosen_domains(reader, found.locale, ()):
        if not (new := found.new.get(domain.name)):
            continue
        catalog = catalog_of(domain, found.locale, reader)
        for entry in catalog:
            forms = new.get(entry_key(entry)) if entry.id else None
            if forms is None:
                continue
            before = enumerate(forms_of(entry.string))
            entry.string = (
                forms[0]
                if isinstance(entry.id, str)
                else tuple(forms.get(n, text or "") for n, text in before)
            )
            entry.flags.discard(FUZZY)
        texts[f"{domain.folder}/{found.locale}.po"] = catalog_text(
            catalog, domain.name, found.locale
        )
    for name, text in texts.items():
        with writing(name):
            write_whole(reader.root / name, text.encode())
    return [*texts]


def clean(text: str) -> str:
    """Return a translation as it was typed: without marks of word processors, spaces folded."""
    text = unicodedata.normalize("NFC", _UNTYPED.sub("", text))
    return re.sub(r"[ \t\r\n\v\f]+", " ", text).strip()


def known_key(written: str) -> str:
    """Return a key as it stands in a cell; "" for what is none."""
    written = clean(written).lower().replace(" ", "")
    return written if _KEY.fullmatch(written) else ""


def _folded(text: str) -> str:
    """Return a text for comparing: quotation marks, dashes and spaces as word processors change."""
    text = re.sub("[“”„«»‚‘’'\"]", '"', clean(text).replace("…", "..."))
    return re.sub(r"\s+", " ", re.sub("[–—−]", "-", text)).casefold()
