"""What the desk shows first: profiles, fairs, languages and releases, with how each stands."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from careerprint.core.diagnostics import Refused, Severity
from careerprint.core.edition import Outcome, State
from careerprint.core.reader import Reader
from careerprint.desk.desk import Desk
from careerprint.desk.example import is_example_fair, is_example_profile
from careerprint.desk.formwords import LOOK_NAMES
from careerprint.desk.offering import title_of
from careerprint.desk.releasing import is_changed, release_days, releases
from careerprint.desk.shown import Shown
from careerprint.exchange.imprints import imprint_unit
from careerprint.exchange.units import in_use
from careerprint.layouts.configuration import read_configuration
from careerprint.output.releasing import released_names
from careerprint.profiles.catalogs import PROFILE_SOURCE, locale_name
from careerprint.profiles.content import Profile, read_profile
from careerprint.readiness.placeholders import is_made_up
from careerprint.translation.domains import domains
from careerprint.translation.translations import TranslationProgress, all_progress

_UNPRINTED = frozenset({State.STALE, State.MISSING})


def home(desk: Desk) -> Shown:
    """Return profiles with their state, the table of fairs, and releases.

    `changed` are a profile's editions that were released and are others now, whatever its state.
    """
    days = release_days(desk)
    return {
        "profiles": [_profile(desk, slug, days) for slug in desk.offering.profiles],
        "fairs": _fairs(desk),
        "releases": releases(desk),
        "faults": desk.shower.findings(desk.offering.faults),
        "issuerOpen": _issuer_open(desk),
    }


def _issuer_open(desk: Desk) -> list[Shown]:
    """Return what of the office that hands everything out is still to be entered, with the way."""
    with suppress(Refused):  # what is off is among the faults
        issuer, name = read_configuration(Reader(desk.root)).issuer, desk.shower.translate
        entries = [
            (key, name(LOOK_NAMES[f"issuer.{key}"]), text)
            for key, text in issuer
            if isinstance(text, str)
        ]
        imprint = name(LOOK_NAMES["issuer.imprint"])
        entries += [
            (f"imprints.{tag}", f"{imprint} › {locale_name(tag, desk.shower.language)}", text)
            for tag, text in issuer.imprints.items()
        ]
        return [
            {"leads": f"#/look/issuer.{key}", "name": called, "text": text}
            for key, called, text in entries
            if is_made_up(text)
        ]
    return []


def languages(desk: Desk) -> list[Shown]:
    """Return how far the languages are into which is translated; `declared` ones are printed."""
    by_locale: dict[str, list[TranslationProgress]] = {}
    with suppress(Refused):
        reader = Reader(desk.root)
        shown = {domain.name for domain in in_use(domains(reader), reader)}
        for row in all_progress(reader):
            if row.domain in shown:
                by_locale.setdefault(row.locale, []).append(row)
    translated = ((tag, rows) for tag, rows in by_locale.items() if tag != PROFILE_SOURCE)
    found = [_language(desk, locale, rows) for locale, rows in translated]
    return sorted(found, key=lambda each: each["name"].casefold())


def _language(desk: Desk, locale: str, rows: list[TranslationProgress]) -> Shown:
    """Return how far each profile is in a language, and the words of the layouts as one.

    The imprint counts among these.
    """
    of: dict[str, list[TranslationProgress]] = {}
    for row in rows:
        of.setdefault("" if row.domain.partition("/")[0] == "layouts" else row.domain, []).append(
            row
        )
    imprint = imprint_unit(Reader(desk.root), locale)
    is_waiting = imprint is not None and imprint.state == "waiting"
    return {
        "locale": locale,
        "name": locale_name(locale, desk.shower.language),
        "declared": locale in {edition.locale for edition in desk.offering.declared},
        "texts": [
            {
                "title": title_of(Reader(desk.root), slug) if slug else "",
                "isExample": is_example_profile(desk, slug),
                "percent": _percent(some),
                "waiting": sum(len(row.unapproved) for row in some) + (is_waiting and not slug),
            }
            for slug, some in sorted(of.items(), reverse=True)
        ],
    }


def print_declared(desk: Desk, slug: str = "") -> Shown:
    """Print what is declared and not up to date, of one profile or all; events tell of it."""
    desk.room.print_all(e for e in desk.offering.declared if slug in {"", e.profile})
    return {}


def _percent(rows: list[TranslationProgress]) -> int:
    total, done = sum(r.total for r in rows), sum(len(r.translated) for r in rows)
    return 100 * done // total if total else 100


def _profile(desk: Desk, slug: str, days: Mapping[str, date]) -> Shown:
    profile: Profile | None = None
    with suppress(Refused):  # shown by its name; what is off is told where it is written
        profile = read_profile(Reader(desk.root), slug)
    editions = [e for e in desk.offering.declared if e.profile == slug]
    known = {e: desk.room.standing(e) for e in editions}
    outcomes = [outcome for outcome, _ in known.values()]
    is_settled = all(map(desk.room.is_settled, editions))
    state, count = _state(profile, outcomes, is_settled=is_settled)
    named = [days[name] for e in editions for name in released_names(e) if name in days]
    changed = sum(
        any(name in days for name in released_names(e)) and is_changed(outcome, pdf, days)
        for e, (outcome, pdf) in known.items()
        if is_settled
    )
    if state == "ready" and named:  # what has not changed since is not to be released again
        count = changed
        state = "changed" if count else "released"
    pictured = next(((e, pdf) for e, (_, pdf) in known.items() if pdf), None)
    return {
        "slug": slug,
        "title": str(profile.front.title) if profile else slug,
        "isExample": is_example_profile(desk, slug),
        "state": state,
        "count": count,
        "day": desk.shower.day(max(named)) if named else "",
        "changed": changed,
        "picture": {"output": pictured[0].output, "pdf": pictured[1]} if pictured else None,
    }


def _state(
    profile: Profile | None, outcomes: list[Outcome | None], *, is_settled: bool
) -> tuple[str, int]:
    """Return how a profile stands, and of how many places or editions that is said.

    Before all is settled, no number is: it would change while it is read.
    """
    known = [outcome for outcome in outcomes if outcome]
    failed = sum(outcome.state is State.FAILED for outcome in known)
    stale = sum(outcome.state in _UNPRINTED for outcome in known)
    unready = sum(not outcome.is_ready for outcome in known)
    if profile is None or (failed and is_settled):
        return "failed", failed
    if profile.marks:
        return "check", len(profile.marks)
    if not is_settled:
        return "unknown", 0
    for state, count in (("stale", stale), ("open", unready)):
        if count:
            return state, count
    return "ready", 0


def _fairs(desk: Desk) -> Shown | None:
    table = desk.offering.table
    if not table:
        return None
    today = date.today()
    own = [fair for fair in desk.offering.fairs.values() if not is_example_fair(fair)]
    coming = sorted((f for f in own if f.start >= today), key=lambda f: f.start)
    found = desk.offering.fair_findings
    rows = {(d.location.sheet, d.location.line) for d in found if d.severity is Severity.ERROR}
    return {
        "table": table,
        "sheets": desk.offering.sheets if desk.offering.part else (),
        "count": len(own),
        "examples": len(desk.offering.fairs) - len(own),
        "next": {"fair": coming[0].fair, "day": desk.shower.day(coming[0].start)}
        if coming
        else None,
        "faults": len(rows),
    }
