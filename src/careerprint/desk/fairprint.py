"""Prints flyers for fairs at the desk: one, some, all; and hands over what was made."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath

from careerprint.api import Workspace
from careerprint.building.events import Event
from careerprint.building.outbox import (
    ALL_COPIES,
    ORDER_CSV,
    ORDER_SHEET,
    chosen_output,
    combined_output,
    of_part,
)
from careerprint.core.diagnostics import N_, Refused
from careerprint.core.edition import FAIRS, Edition, State
from careerprint.core.reader import Reader
from careerprint.desk.desk import Desk
from careerprint.desk.download import Download
from careerprint.desk.offering import table_of
from careerprint.desk.shown import Shown
from careerprint.output.deliveries import outdated
from careerprint.output.releasing import ORDER_NAMES, released_name
from careerprint.planning.season import Season, by_id, fair_editions, read_season
from careerprint.profiles.catalogs import locale_name

_MADE = {
    ORDER_SHEET: N_("Order for the print shop, to be printed (PDF)"),
    ORDER_CSV: N_("Order for the print shop, as a table"),
    ALL_COPIES: N_("All copies for all fairs"),
}
_NAMES = {
    **ORDER_NAMES,
    ALL_COPIES: N_("All copies.pdf"),
    chosen_output(ORDER_SHEET): N_("Print order, chosen flyers.pdf"),
    chosen_output(ORDER_CSV): N_("Print order, chosen flyers.csv"),
    chosen_output(ALL_COPIES): N_("All copies of the chosen flyers.pdf"),
}
"""What the same are called where the user keeps them; in the output folder their names stay."""

_GOOD = {State.FRESH, State.PRINTED}


def flyers(desk: Desk) -> Shown:
    """Return of each fair, by its id, how many flyers are wanted, are there, and are up to date.

    `unready` are the languages of those that must not go out as they are, `leftOut` says what has
    no room, and in which languages. `files` are those that went with the flyers: their paths, what
    they are, and whether they are older than the flyers.
    """
    name = table_of(Reader(desk.root))
    if not name:
        return {"fairs": {}, "files": []}
    season = read_season(desk.root / name, Reader(desk.root), date.today())
    editions = fair_editions(season.fairs)
    status = _workspace(desk).status_of(editions, by_id(season.fairs))
    found: dict[str, Shown] = {}
    for outcome in status:
        edition = outcome.edition
        of = found.setdefault(
            edition.fair,
            {
                **dict.fromkeys(("total", "printed", "done", "failed"), 0),
                "unready": [],
                "leftOut": {},
                "files": [],
            },
        )
        of["total"] += 1
        of["printed"] += outcome.state is State.STALE or outcome.state in _GOOD
        of["done"] += outcome.state in _GOOD
        of["failed"] += outcome.state is State.FAILED
        name = locale_name(edition.locale, desk.shower.language)
        if not outcome.is_ready and name not in of["unready"]:
            of["unready"].append(name)
        if outcome.state in _GOOD:
            of["files"].append({"output": edition.output, "language": name})
            for block in desk.shower.left_out(outcome.left_out):
                of["leftOut"].setdefault(block, []).append(name)
    old = set()
    with suppress(Refused):  # then nothing was printed here yet, or somebody is at the files
        old = outdated(season, status, desk.out, Reader(desk.root), desk.shower.language)
    return {"fairs": found, "files": _files(desk, season, old)}


def _files(desk: Desk, season: Season, old: Collection[str]) -> list[tuple[str, str, bool]]:
    """Return the files that went with the flyers: paths, what they are, whether they are old."""
    translate = desk.shower.translate
    of_fair, chosen = translate(N_("{fair}: all copies")), translate(N_("{file} – chosen flyers"))
    told = {of_part(output, season.part): translate(words) for output, words in _MADE.items()}
    told |= {combined_output(fair.id): of_fair.format(fair=fair.fair) for fair in season.fairs}
    told |= {chosen_output(o): chosen.format(file=words) for o, words in told.items()}
    there = ((output, words) for output, words in told.items() if (desk.out / output).is_file())
    return [(output, words, output in old) for output, words in there]


def print_fairs(
    desk: Desk, ids: list[str], locales: list[str], *, combined: bool, one_file: bool = False
) -> Shown:
    """Print the flyers for fairs, those with `ids` or all, in some languages or all of the table.

    Then the order is made, with `combined` one file a fair with all copies, and with `one_file` one
    for all fairs. Those of chosen flyers take no place of those of all. Progress is told as events.
    The answer says whether the work has begun.
    """
    name, apart = table_of(Reader(desk.root)), bool(ids or locales)

    def task(heard: Callable[[Event], None]) -> Shown:
        result = _workspace(desk).batch(
            desk.root / name,
            ids=ids,
            locales=locales,
            combined=combined,
            one_file=one_file,
            apart=apart,
            jobs=None,
            progress=heard,
        )
        made = result.delivered
        failed = [o for o in result.flyers.outcomes if o.state is State.FAILED]
        return {
            "printed": sum(o.state is State.PRINTED for o in result.flyers.outcomes),
            "fresh": sum(o.state is State.FRESH for o in result.flyers.outcomes),
            "failed": len(failed),
            "apart": apart,
            "fairs": ids,
            "rejected": result.rejected_rows,
            "unready": _by_fair(desk, made.unready) if made else [],
            "copies": made.copies if made else 0,
            "unreadyCopies": made.unready_copies if made else 0,
            "uncounted": [_name(desk, fair) for fair in made.uncounted] if made else [],
            "findings": desk.shower.findings(d for o in failed for d in o.diagnostics),
        }

    return {"begun": bool(name) and desk.work.begin("fairs", task)}


def _by_fair(desk: Desk, editions: Iterable[Edition]) -> list[Shown]:
    """Return the fairs of editions by their names, with how many there are and their languages."""
    found: dict[str, list[str]] = {}
    for edition in editions:
        language = locale_name(edition.locale, desk.shower.language)
        found.setdefault(edition.fair, []).append(language)
    return [
        {
            "fair": _name(desk, id_),
            "count": len(languages),
            "languages": ", ".join(dict.fromkeys(languages)),
        }
        for id_, languages in found.items()
    ]


def _name(desk: Desk, fair_id: str) -> str:
    fair = desk.offering.fairs.get(fair_id)
    return fair.fair if fair else fair_id


def cancel(desk: Desk) -> Shown:
    """Cancel what is being printed; what is printed stays."""
    desk.work.cancel()
    desk.room.print_all(())
    return {}


def table_file(desk: Desk) -> Download | None:
    """Return the table of fairs, for the user to keep."""
    name = table_of(Reader(desk.root))
    if not name:
        return None
    content = Reader(desk.root).read_bytes(name)
    return Download(f"messen{PurePosixPath(name).suffix}", content)


def made_file(desk: Desk, name: str) -> Download | None:
    """Return a file that went with the flyers, or a flyer, by its path below the output folder."""
    folder = desk.out / FAIRS
    files = {f"{FAIRS}/{f.relative_to(folder).as_posix()}": f for f in folder.rglob("*.*")}
    file = files.get(name)
    if file is None or not file.is_file() or not file.resolve().is_relative_to(desk.out.resolve()):
        return None
    part = desk.offering.part
    made = {of_part(output, part): output for output in _MADE}
    made |= {chosen_output(path): chosen_output(output) for path, output in made.items()}
    translate, known, edition = desk.shower.translate, made.get(name), desk.offering.edition(name)
    called = of_part(translate(_NAMES[known]), part) if known else _copies_named(desk, name)
    if edition:
        called = released_name(edition, desk.shower.language)
    return Download(called or file.name, file.read_bytes())


def _copies_named(desk: Desk, output: str) -> str:
    """Return what a file with all copies for a fair is called for people; "" for another file."""
    for_all, for_some = N_("{fair}-all-copies.pdf"), N_("{fair}-all-copies-chosen.pdf")
    for fair in desk.offering.fairs:
        path = combined_output(fair)
        if output in {path, chosen_output(path)}:
            told = desk.shower.translate(for_all if output == path else for_some)
            return told.format(fair=fair)
    return ""


def _workspace(desk: Desk) -> Workspace:
    return Workspace(desk.root, out=desk.out, language=desk.shower.language)
