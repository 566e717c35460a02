"""Translations at the desk: original and translation side by side, each block with its state."""

from collections.abc import Container, Iterator, Sequence
from datetime import date
from pathlib import PurePath

from babel.localedata import exists

from careerprint.core.diagnostics import N_, Location
from careerprint.core.reader import Reader
from careerprint.desk.desk import Desk, alone
from careerprint.desk.download import Download
from careerprint.desk.looks import put_entry
from careerprint.desk.offering import title_of
from careerprint.desk.place import place
from careerprint.desk.shown import Shown, layout_name
from careerprint.exchange.aligning import Pair, aligned_document
from careerprint.exchange.files import WRITERS, read_delivery
from careerprint.exchange.imprints import (
    imprint_unit,
    is_of_other_german,
    is_untranslated,
    with_imprint,
    without_imprint,
)
from careerprint.exchange.returns import Delivery, Returned, put, taken
from careerprint.exchange.units import (
    Unit,
    chosen_domains,
    for_translators,
    in_use,
    unapproved_words,
    units,
)
from careerprint.intake.skeletons import new_locale
from careerprint.profiles.approvals import ISSUER
from careerprint.profiles.catalogs import (
    PROFILE_SOURCE,
    available_locales,
    known_locale,
    locale_name,
    spelt_locale,
)
from careerprint.profiles.content import own_blocks, profile_slugs, read_profile
from careerprint.profiles.links import remarks
from careerprint.profiles.pofiles import (
    forms_of,
    message_of,
)
from careerprint.profiles.tags import direction_of, fallback_chain
from careerprint.translation.approving import approve, entry_lines, waiting
from careerprint.translation.domains import Domain, catalog_of


def translations(desk: Desk, locale: str = "", profile: str = "") -> Shown:
    """Return the texts of a profile, or the words of the layouts, in a locale.

    `profile` is a slug, or "layouts" for their words. Without a locale or a profile, it is that
    which was looked at or worked on last. Of the locales, those that are printed come first; the
    third of each says whether it is. Raises Refused where the workspace is not in order.
    """
    reader, kept = Reader(desk.root), place(desk)
    slugs = profile_slugs(reader)
    printed = {edition.locale for edition in desk.offering.declared}
    locales = [
        (tag, locale_name(tag, desk.shower.language), tag in printed)
        for tag in available_locales(reader)
        if tag != PROFILE_SOURCE
    ]
    locales.sort(key=lambda each: (not each[2], each[1]))
    tag = _first_of([locale, kept["locale"]], [each[0] for each in locales])
    chosen = _first_of([profile, kept["profile"]], [*slugs, "layouts"])
    found = list(_texts(desk, reader, tag, chosen)) if tag else []
    return {
        "locale": tag,
        "direction": direction_of(tag) if tag else "ltr",
        "locales": locales,
        "others": _others(desk, {PROFILE_SOURCE, *(each[0] for each in locales)}),
        "profile": chosen,
        "profiles": [[slug, title_of(reader, slug)] for slug in slugs],
        "units": found,
        "isImprintOpen": bool(tag) and is_untranslated(reader, tag),
        "words": len(unapproved_words(_domains(reader, tag), tag, reader)) if tag else 0,
    }


def _others(desk: Desk, present: Container[str]) -> list[tuple[str, str]]:
    """Return the languages that can be begun, by name in the user's language."""
    language = known_locale(desk.shower.language)
    known = (
        tag for tag in map(str, language.languages) if exists(tag) and spelt_locale(tag) == tag
    )
    names = ((tag, locale_name(tag, desk.shower.language)) for tag in known if tag not in present)
    return sorted(names, key=lambda each: each[1].casefold())


def _first_of(wanted: Sequence[str], known: Sequence[str]) -> str:
    """Return the first that is wanted and known, else the first that is known, "" without any."""
    return next((each for each in wanted if each in known), next(iter(known), ""))


def pages(desk: Desk, locale: str, profile: str) -> Shown:
    """Return on which page of the longest printed edition in a locale each original stands.

    The answer has its `name`, and the `pages` by originals; without an edition, it is empty.
    `leftOut` says, by the names of editions in that locale, which parts had no room on their pages.
    """
    editions = [e for e in desk.offering.declared if (e.profile, e.locale) == (profile, locale)]
    known = [(e, pdf) for e in editions if (pdf := desk.room.standing(e)[1])]
    if not known:
        return {}
    found = ((edition.layout, desk.places(edition, pdf)) for edition, pdf in known)
    layout, places = max(found, key=lambda each: len(each[1]))
    by_line = {place["line"]: place["page"] for place in reversed(places)}
    blocks = own_blocks(read_profile(Reader(desk.root), profile))
    return {
        "name": layout_name(layout, desk.shower.translate),
        "pages": {str(text): by_line.get(text.location.line, 0) for _, text in blocks},
        "leftOut": [
            [desk.shower.product(e, desk.offering), names]
            for e, _ in known
            if (outcome := desk.room.standing(e)[0])
            if (names := desk.shower.left_out(outcome.left_out))
        ],
    }


@alone
def save(desk: Desk, locale: str, key: str, original: str, text: str) -> Shown:
    """Put a translation into its catalog; return what is told of it. Raises Refused."""
    reader, tag = Reader(desk.root), spelt_locale(locale)
    delivery = Delivery(tag, [Returned(key, original, text, fits=True)])
    rest, imprint = without_imprint(delivery, tag, reader)
    if not rest.texts:
        if imprint:
            put_entry(desk, "issuer.imprints", tag, imprint)
        return {"taken": 1, "findings": []}
    found = taken(delivery, tag, reader, tag)
    put(found, reader)
    return {"taken": found.count + found.same, "findings": desk.shower.findings(found.told)}


@alone
def approved(desk: Desk, locale: str, profile: str, by: str, keys: list[list[str]]) -> Shown:
    """Approve translations, each given as its domain and its original; return how many.

    `by` is a short name or role. Raises Refused for a name that is none.
    """
    reader, wanted = Reader(desk.root), {(domain, original) for domain, original in keys}
    of = profile if profile in profile_slugs(reader) else ""
    texts = [w for w in waiting(reader, [locale], of) if (w.texts, w.original) in wanted]
    return {"approved": approve(reader, texts, by, date.today())}


@alone
def bring(
    desk: Desk, content: bytes, name: str, locale: str, profile: str, *, takes: bool = False
) -> Shown:
    """Take what came back from translators; return how much, and what is told. Raises Refused.

    Nothing is taken of a file in another language: the answer has it as `other`, with its name.
    A running document is taken where `takes` says so. Else its `pairs` are returned: paragraphs of
    the text of a profile, each with what may be its translation.
    """
    reader, place = Reader(desk.root), PurePath(name).name
    delivery = read_delivery(content, place)
    if delivery is None:
        if profile not in profile_slugs(reader):
            return {"pairs": []}
        pairs, delivery = aligned_document(content, place, spelt_locale(locale), profile, reader)
        if not takes:
            return {"pairs": [_pair(pair) for pair in pairs]}
    tag, said = spelt_locale(locale), spelt_locale(delivery.locale or locale)
    if tag not in fallback_chain(said):
        return {"other": said, "name": locale_name(said, desk.shower.language)}
    delivery, imprint = without_imprint(delivery, tag, reader)
    found = taken(delivery, tag, reader, place)
    put(found, reader)
    if imprint:
        put_entry(desk, "issuer.imprints", tag, imprint)
    counts = {"count": found.count + bool(imprint), "same": found.same, "empty": found.empty}
    return {**counts, "locale": found.locale, "findings": desk.shower.findings(found.told)}


@alone
def begin(desk: Desk, tag: str) -> Shown:
    """Begin a locale: its catalogs, all texts in them yet to be translated. Raises Refused."""
    made, told = new_locale(Reader(desk.root), tag)
    desk.refresh()
    tag = PurePath(made[0]).stem if made else tag
    return {"locale": tag, "findings": desk.shower.findings(told)}


def _pair(pair: Pair) -> list[str]:
    return [
        pair.unit.original if pair.unit else "",
        pair.paragraph.text if pair.paragraph else "",
    ]


def translators_file(desk: Desk, locale: str, profile: str, kind: str) -> Download | None:
    """Return a file with the texts of a profile, or all, for translators. Raises Refused."""
    reader, tag = Reader(desk.root), spelt_locale(locale)
    if kind not in WRITERS:
        return None
    profiles = [profile] if profile in profile_slugs(reader) else []
    texts = with_imprint(for_translators(reader, tag, profiles), tag, reader)
    ending, write = WRITERS[kind]
    name = f"{profile or 'texte'}-{tag}{ending}"
    return Download(name, write(texts, tag))


def _domains(reader: Reader, tag: str) -> list[Domain]:
    """Return what is translated here: what goes out to translators, and no more."""
    return in_use(chosen_domains(reader, tag, ()), reader)


def _texts(desk: Desk, reader: Reader, tag: str, chosen: str) -> Iterator[Shown]:
    for domain in _domains(reader, tag):
        if domain.name != chosen and not (chosen == "layouts" and domain.profile is None):
            continue
        entries = [e for e in catalog_of(domain, tag, reader) if e.id]
        lines = entry_lines(domain, tag, reader)
        forms = [entry for entry in entries for _ in forms_of(entry.string) or [""]]
        for entry, unit in zip(forms, units(domain, tag, reader), strict=True):
            yield {
                "domain": domain.name,
                "message": message_of(entry),
                "line": lines.get(message_of(entry), 0) if domain.profile else 0,
                "german": unit.german,
                "state": unit.state,
                "remark": _remark(desk, unit) if domain.profile and unit.state != "stale" else "",
                "former": unit.former,
                "key": unit.key,
                "note": unit.place(desk.shower.translate),
                "original": unit.original,
                "translation": unit.translation,
                "most": unit.most,
            }
    if (imprint := imprint_unit(reader, tag)) and imprint.state != "missing":
        yield _imprint(desk, reader, imprint, tag)


def _imprint(desk: Desk, reader: Reader, unit: Unit, tag: str) -> Shown:
    """Return the imprint among the texts: it is the same beside all of them."""
    is_other = unit.state == "waiting" and is_of_other_german(reader, tag)
    told = N_("The German imprint was changed after this one was approved. Compare the two.")
    return {
        "domain": ISSUER,
        "message": unit.original,
        "line": 0,
        "german": "",
        "state": unit.state,
        "remark": desk.shower.translate(told) if is_other else "",
        "former": "",
        "key": unit.key,
        "note": unit.place(desk.shower.translate),
        "original": unit.original,
        "translation": unit.translation,
        "most": unit.most,
    }


def _remark(desk: Desk, unit: Unit) -> str:
    """Return what there is to say of numbers and links of a translation, "" for nothing."""
    found = remarks(unit.original, unit.translation, Location("")) if unit.translation else []
    return " ".join(word for each in found for word in each.words(desk.shower.translate))
