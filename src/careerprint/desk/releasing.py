"""Checks and releases at the desk: what keeps documents from going out, and all that goes out."""

from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from careerprint.api import Workspace
from careerprint.building.events import Event
from careerprint.building.releases import (
    FOLDER,
    MANIFEST,
    Release,
    known_releases,
    read_release,
)
from careerprint.core.concerns import keeps
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, Severity
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests
from careerprint.core.targets import PRESS, SCREEN
from careerprint.desk.desk import Desk
from careerprint.desk.history import keep_copy
from careerprint.desk.looks import order_gaps
from careerprint.desk.offering import FAIR_TABLES, Offering, table_of, title_of
from careerprint.desk.shown import Shown
from careerprint.exchange.imprints import is_untranslated
from careerprint.fairs.fair import Fair
from careerprint.output.imposition import Document, Size, usual_scheme
from careerprint.output.releasing import (
    REPORT_NAMES,
    release_name,
    released_names,
)
from careerprint.planning.season import by_id, fair_editions, read_season

_TABLE = "fairs"  # what stands for the flyers for fairs, in the place of a profile
_UNPRINTED = frozenset({State.STALE, State.MISSING})


def check(desk: Desk, what: str = "") -> Shown:
    """Return the editions of a profile, or of the table of fairs, with what is found in each.

    `what` is a slug, or "fairs"; without one, it is the first profile. `open` are the findings by
    themselves, each with the `outputs` of the editions in which it was found. `imprints` are the
    locales in which the imprint stands in German, `orderGaps` what the order does not say yet.

    What keeps the press from being printed keeps a release from going out: so one edition of each
    kind is printed for the press too while this is looked at. `pending` counts those not known yet.
    """
    profiles, table = desk.offering.profiles, table_of(Reader(desk.root))
    chosen = what if what in profiles or (what == _TABLE and table) else next(iter(profiles), "")
    editions = editions_of(desk, chosen)
    proofs = _proofs(desk, editions)
    desk.room.attend(editions, dict.fromkeys(proofs.values()))
    days = release_days(desk)
    shown = [_edition(desk, edition, proofs[edition], days) for edition in editions]
    return {
        "what": chosen,
        "profiles": [[slug, title_of(Reader(desk.root), slug)] for slug in profiles],
        "table": table,
        "part": desk.offering.part,
        "editions": shown,
        "pending": sum(each["standing"] == "unknown" for each in shown),
        "open": list(_open(desk, proofs)),
        "imprints": _without_imprint(desk, editions),
        "orderGaps": order_gaps(desk) if chosen == _TABLE else [],
        "releases": releases(desk),
    }


def _without_imprint(desk: Desk, editions: Iterable[Edition]) -> list[str]:
    """Return the locales of editions in which the imprint stands in German."""
    locales = dict.fromkeys(edition.locale for edition in editions)
    with suppress(Refused):  # what is off is told by each edition
        return [tag for tag in locales if is_untranslated(Reader(desk.root), tag)]
    return []


def release(  # noqa: PLR0913, PLR0917 - what of it, and who
    desk: Desk,
    what: str,
    by: str,
    locales: list[str],
    layouts: list[str],
    but_not: list[str],
    fairs: list[str],
) -> Shown:
    """Release a profile, or the flyers for fairs; the answer says whether the work has begun.

    Of a profile, only some `layouts` may be meant, of flyers only those for some `fairs`, by their
    ids, of both only some `locales`; none named are all. Of a profile's editions, those with
    outputs in `but_not` are left out.
    Progress and end are told as events: `result` has the release's name, or `findings` say what
    keeps it in the house.
    """
    table = table_of(Reader(desk.root))
    given = str(desk.root / table) if what == _TABLE else what

    def task(heard: Callable[[Event], None]) -> Shown:
        workspace = Workspace(desk.root, out=desk.out, language=desk.shower.language)
        texts = {slug: desk.texts.content(slug) for slug in ([what] if what != _TABLE else [])}
        made = workspace.release(
            given,
            by=by,
            layouts=layouts,
            locales=locales,
            ids=fairs,
            but_not=but_not,
            jobs=None,
            progress=heard,
            told=desk.shower.told,
        )
        for slug, content in texts.items():
            keep_copy(desk.root, slug, content, datetime.now(UTC), is_released=True)
        return {"name": made.path.name, "count": pdfs_in(made.files)}

    if not what or (what == _TABLE and not table):
        return {"begun": False}
    return {"begun": desk.work.begin("release", task)}


def releases(desk: Desk) -> list[Shown]:
    """Return the releases in the output folder, the latest first."""
    found = [
        (file.parent.name, known, datetime.fromtimestamp(file.stat().st_mtime, UTC))
        for file in (desk.out / FOLDER).glob(f"*/{MANIFEST}")
        if (known := read_release(file))
    ]
    latest = sorted(found, key=lambda each: (each[1].on, each[2]), reverse=True)
    of_fairs, reader = release_name(Path(FAIR_TABLES[0]), ()), Reader(desk.root)
    there = {*desk.offering.all_sheets}
    titles = {slug: title_of(reader, slug) for slug in desk.offering.profiles}
    titles[of_fairs] = desk.shower.translate(N_("Flyers for job fairs"))
    return [
        {
            "name": name,
            "title": titles[of_fairs] if r.table else titles.get(r.name, r.name),
            "part": ", ".join(r.sheets) if r.name != of_fairs or there - {*r.sheets} else "",
            "by": r.by,
            "day": desk.shower.moment(r.on, written),
            "count": pdfs_in(r.files),
        }
        for name, r, written in latest
    ]


def outdated(desk: Desk) -> Shown:
    """Return of each release, by its name, the editions of which copies in hand are old.

    They are others now, or will be once they are printed. Flyers for fairs are compared with the
    sheets that they were made of, whichever are open; where nobody knows that, with all.
    """
    folders = (desk.out / FOLDER).glob(f"*/{MANIFEST}")
    known = {f.parent.name: release for f in folders if (release := read_release(f))}
    seasons = _seasons(desk, {release.sheets for release in known.values()})
    by_sheets: dict[tuple[str, ...], dict[str, Release]] = defaultdict(dict)
    for name, release in known.items():
        by_sheets[release.sheets if release.sheets in seasons else ()][name] = release
    found: dict[str, list[Shown]] = {}
    for sheets, some in by_sheets.items():
        of_sheets = [seasons[sheets]] if sheets else [*seasons.values(), desk.offering.fairs]
        offering = replace(desk.offering, fairs=dict(ChainMap(*map(dict, reversed(of_sheets)))))
        found |= _outdated(desk, some, offering)
    return found


def _seasons(
    desk: Desk, wanted: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], Mapping[str, Fair]]:
    """Return the fairs of those of these sheets that there are, where the table has several."""
    if not desk.offering.all_sheets[1:]:
        return {}
    found, table = {desk.offering.sheets: desk.offering.fairs}, desk.root / desk.offering.table
    for sheets in sorted({*filter(None, wanted)} - found.keys()):
        with suppress(Refused):  # one of them is not there any more
            season = read_season(table, Reader(desk.root), date.today(), sheets=sheets)
            found[sheets] = by_id(season.fairs)
    return found


def _outdated(
    desk: Desk, releases: Mapping[str, Release], offering: Offering
) -> dict[str, list[Shown]]:
    """Return of each of these releases the editions that are others now, or will be."""
    names = {name for release in releases.values() for name in release.files}
    offered = (e for e in (*offering.declared, *offering.others) if not e.fair)
    wanted = dict.fromkeys((*offered, *fair_editions(offering.fairs.values())))
    released = [edition for edition in wanted if names.intersection(released_names(edition))]
    workspace = Workspace(desk.root, out=desk.out, language=desk.shower.language)
    now: dict[str, tuple[Edition, str | None]] = {}
    for outcome in workspace.status_of(released, offering.fairs) if released else ():
        edition = outcome.edition
        is_old = outcome.state in _UNPRINTED
        pdf = None if is_old else Digests({}).of_file(str(desk.out / edition.output))
        now |= dict.fromkeys(released_names(edition), (edition, pdf))
    return {
        name: [
            desk.shower.edition(now[file][0], offering)
            for file, pdf in release.files.items()
            if file in now and now[file][1] != pdf
        ]
        for name, release in releases.items()
    }


def pdfs_in(files: Iterable[str]) -> int:
    """Return how many of the files of a release are PDFs, apart from the report."""
    return sum(name.endswith(".pdf") for name in {*files} - REPORT_NAMES)


def editions_of(desk: Desk, what: str) -> list[Edition]:
    """Return the editions of a profile, or of the fairs."""
    if what == _TABLE:
        return [edition for edition in desk.offering.others if edition.fair]
    return [edition for edition in desk.offering.declared if edition.profile == what]


def _proofs(desk: Desk, editions: list[Edition]) -> dict[Edition, Edition]:
    """Return of each edition one for the press that is like it: of many fairs, a ready one."""
    of_family: dict[Edition, Edition] = {}
    for edition in editions:
        before, _ = desk.room.standing(of_family.setdefault(edition.family, edition))
        outcome, _ = desk.room.standing(edition)
        if outcome and outcome.is_ready and not (before and before.is_ready):
            of_family[edition.family] = edition
    return {e: replace(of_family[e.family], target=PRESS.name) for e in editions}


def release_days(desk: Desk) -> Mapping[str, date]:
    """Return on which day PDFs were released last, by their digests and by the files' names."""
    found: dict[str, date] = {}
    for pdf, release in known_releases(desk.out).items():
        for key in (pdf, *release.files):
            found[key] = max(found.get(key, release.on), release.on)
    return found


def _edition(desk: Desk, edition: Edition, proof: Edition, days: Mapping[str, date]) -> Shown:
    """Return how an edition stands, of which `proof` is for the press."""
    outcome, pdf = desk.room.standing(edition)
    was_released = any(name in days for name in released_names(edition))
    is_new = was_released and is_changed(outcome, pdf, days)
    released = days.get(pdf) if pdf and not is_new else None
    return {
        **desk.shower.edition(edition, desk.offering),
        **desk.standing(edition, outcome, pdf),
        "standing": _standing(desk, edition, proof),
        "sheets": _sheets(desk, edition),
        "released": desk.shower.day(released) if released else "",
        "isNew": is_new,
    }


def is_changed(outcome: Outcome | None, pdf: str | None, days: Mapping[str, date]) -> bool:
    """Tell whether an edition that was released is another now, or will be once it is printed."""
    return outcome is not None and (outcome.state in _UNPRINTED or pdf not in days)


def _sheets(desk: Desk, edition: Edition) -> str:
    """Return how an office printer gets an edition on sheets of A4; "" where it is on A4 itself."""
    layout = desk.offering.layouts[edition.layout]
    page = layout.formats[edition.format or layout.default_format]
    pages = layout.pages.exactly or layout.pages.multiple_of or 1
    scheme = usual_scheme(Document(Size(page.width, page.height), pages))
    return scheme.value if scheme else ""


def _standing(desk: Desk, edition: Edition, proof: Edition) -> str:
    """Return whether an edition may go out: what cannot be printed for the press may not."""
    (outcome, _), (press, _) = desk.room.standing(edition), desk.room.standing(proof)
    is_known = desk.room.is_settled(edition) and desk.room.is_settled(proof)
    if outcome is None or press is None or not is_known:
        return "unknown"
    if outcome.state is State.FAILED:
        return "failed"
    if press.state is State.FAILED or not (outcome.is_ready and press.is_ready):
        return "unready"
    if press.state in _UNPRINTED:
        return "unknown"
    return "unprinted" if outcome.state in _UNPRINTED else "ready"


def _open(desk: Desk, proofs: Mapping[Edition, Edition]) -> Iterator[Shown]:
    """Yield each finding once, errors first, with the outputs of the editions that have it.

    What is an error for the press is told as one, also where it is a warning for the screen.
    """
    found: dict[Diagnostic, list[Edition]] = defaultdict(list)
    worst: dict[Diagnostic, Diagnostic] = {}
    for edition, proof in proofs.items():
        for outcome in (desk.room.standing(proof)[0], desk.room.standing(edition)[0]):
            for diagnostic in outcome.diagnostics if outcome else ():
                of_other = outcome is not None and outcome.edition.fair != edition.fair
                if of_other and diagnostic.location.path.endswith(FAIR_TABLES):
                    continue
                alike = _alike(diagnostic)
                if edition not in found[alike]:
                    found[alike].append(edition)
                worst[alike] = max(worst.get(alike, diagnostic), diagnostic, key=_weight)
    for alike, editions in sorted(found.items(), key=lambda each: not keeps(worst[each[0]])):
        (finding,) = desk.shower.findings([worst[alike]])
        yield {**finding, "outputs": [edition.output for edition in editions]}


def _weight(told: Diagnostic) -> tuple[bool, int]:
    """Return what tells the graver of two like findings: an error, or of more places."""
    count = dict(told.parameters)["count"] if told.rule == "foreign-text" else "0"
    return keeps(told), int(count)


def _alike(diagnostic: Diagnostic) -> Diagnostic:
    """Return a finding as it is told of a document for the screen.

    Layouts print more or less of a text: what of it is not translated is one finding a locale.
    """
    if diagnostic.rule == "foreign-text":
        locale = tuple(each for each in diagnostic.parameters if each[0] == "locale")
        place = Location(diagnostic.location.path)
        diagnostic = replace(diagnostic, location=place, parameters=locale)
    path = diagnostic.location.path
    if path.endswith(PRESS.ending):
        path = path.removesuffix(PRESS.ending) + SCREEN.ending
    location = replace(diagnostic.location, path=path)
    return replace(diagnostic, location=location, severity=Severity.WARNING)
