"""What of the texts that came back from translators can be taken, and takes it.

A text is known again by its key, wherever it stands in a file that others have rewritten; where a
file lost the keys, by its original. Nothing that comes back is approved by that.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from babel.messages.catalog import Message

from careerprint.core.diagnostics import N_, Diagnostic, Location, refuse, warning, writing
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.exchange.units import SOME, Unit, chosen_domains, forms
from careerprint.profiles.catalogs import placeholders, spelt_locale
from careerprint.profiles.links import remarks
from careerprint.profiles.pofiles import FUZZY, entry_key, forms_of
from careerprint.translation.domains import Domain, catalog_of
from careerprint.translation.merging import catalog_text

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
_READ = (
    N_("Marked as good in the file, and not approved by that: {count}."),
    N_("Their state stays “to approve”. Approve them, with the name of who has read them."),
)
_KEY = re.compile(r"[\w./-]+#[0-9a-f]{12}(?:\.\d)?")


@dataclass(frozen=True, slots=True)
class Returned:
    """A text that came back: its key or "", the original as it stands there, its translation.

    `fits` says that the translator has said of it that it is of this original; `is_marked` says
    that somebody has written so beside it.
    """

    key: str
    original: str
    translation: str
    line: int = 0
    fits: bool = False
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a file holds: its texts, and the locale that it says, "" where it says none."""

    locale: str
    texts: Sequence[Returned]


@dataclass(slots=True)
class Taken:
    """What came of a delivery: new translations by domain and message, and what is told of others.

    `same` counts those that were as they are, `empty` those without a translation. `unchanged` are
    those of reworded originals that came back as they were: these are not taken. `read` are those
    that came back as good as they are, and wait for an approval all the same.
    """

    locale: str
    new: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)
    same: int = 0
    empty: int = 0
    unchanged: int = 0
    read: int = 0
    told: list[Diagnostic] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many translations are new."""
        return sum(len(forms) for texts in self.new.values() for forms in texts.values())

    def tell(self, place: Location, message: str, hint: str, text: str, **values: object) -> None:
        """Tell something of a text, which the message quotes."""
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
        self.told.append(warning(place, message, hint, text=shown, **values))


def taken(delivery: Delivery, locale: str, reader: Reader, place: str) -> Taken:
    """Return what of a delivery can be taken; `locale` goes before what the file says.

    Raises Refused where neither names a locale, and where no text is known. What cannot be taken is
    told, each with its reason: an original that has changed since, placeholders that do not agree.
    """
    tag = spelt_locale(locale or delivery.locale)
    if not tag:
        raise refuse(place, *_NO_LANGUAGE)
    by_key, by_original = _known(tag, reader)
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
    for count, told in ((found.read, _READ), (found.unchanged, _UNCHANGED)):
        found.told += [warning(Location(place), *told, count=count)] if count else []
    return found


_Known = tuple[Domain, Message, int, Unit]


def _known(locale: str, reader: Reader) -> tuple[dict[str, _Known], dict[str, list[str]]]:
    """Return all texts by their keys, and the keys by what the texts are translated from.

    Words of layouts may have gone out in German, or in English.
    """
    by_key: dict[str, _Known] = {}
    by_original: dict[str, list[str]] = defaultdict(list)
    for domain in chosen_domains(reader, locale, ()):
        for form in forms(domain, locale, reader):
            unit = form[2]
            by_key[unit.key] = domain, *form
            for original in {_folded(unit.original), _folded(unit.shown)}:
                by_original[original].append(unit.key)
    return by_key, dict(by_original)


def _refuse_foreign(delivery: Delivery, known: Container[str], place: str) -> None:
    """Raise Refused where a table is about something else: none of its texts is known."""
    texts = [text for text in delivery.texts if clean(text.original + text.translation)]
    is_ours = any(text.key in known or _folded(text.original) in known for text in texts)
    if len(texts) > 1 and not is_ours:
        raise refuse(place, *_NONE_OF_OURS)


def _take(found: Taken, known: _Known, text: Returned, place: Location) -> None:
    domain, entry, form, unit = known
    written = clean(text.translation)
    if written == unit.translation and unit.state != "stale":
        found.same += 1
        found.read += text.is_marked and unit.state == "waiting"
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
    if written in {unit.original, unit.shown} and written.count(" ") >= SOME // 2:
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
    found.told += remarks(unit.original, written, place) if domain.profile else []
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
