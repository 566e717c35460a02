"""What goes with the flyers for fairs: rows to correct, the order, and all copies in one file."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from careerprint.building.lock import alone_in
from careerprint.building.outbox import (
    ALL_COPIES,
    ORDER_CSV,
    ORDER_SHEET,
    REJECTED,
    Outbox,
    chosen_output,
    combined_output,
    keep_plans,
    leftovers,
    of_part,
)
from careerprint.building.printers import printers_by
from careerprint.building.record import open_record
from careerprint.building.workers import Printers, printed_by
from careerprint.composing.job import Job
from careerprint.core.diagnostics import writing
from careerprint.core.edition import FAIRS, Edition, Outcome, State
from careerprint.core.messages import Translate, translator
from careerprint.core.reader import Reader
from careerprint.core.targets import DEFAULT_TARGET, TARGETS
from careerprint.fairs.rows import rejected_csv
from careerprint.output.combine import CombinedPart, combined
from careerprint.output.ordering import Ordering, bytes_of, one_each, pages_in
from careerprint.output.orders import OrderLine, order_csv
from careerprint.output.releasing import names_in_release, order_name
from careerprint.planning.season import Season, fair_editions
from careerprint.profiles.catalogs import locale_name

NOTHING: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Delivered:
    """The paths below the output folder of what was written, and what is left to do.

    `rejected` is the path of the rows to correct, empty where there are none; `leftovers` counts
    the PDFs that no table asks for any more. `unready` are the flyers that are neither in the order
    nor in the files with all copies because they must not go out. `copies` and `unready_copies`
    are how many copies are in the order, and would be if those were. `uncounted` are the ids of
    fairs of which flyers are not ordered because nobody has said how many.
    """

    files: tuple[str, ...]
    rejected: str
    rejected_rows: int
    leftovers: int
    unready: tuple[Edition, ...]
    copies: int
    unready_copies: int
    uncounted: tuple[str, ...] = ()


def deliver(  # noqa: PLR0913 - for what, to where, made by what, and how
    season: Season,
    outcomes: Sequence[Outcome],
    out: Path,
    reader: Reader,
    printers: Printers,
    language: str,
    *,
    by_fair: bool = False,
    as_one: bool = False,
    apart: bool = False,
    printed: Mapping[str, bytes] = NOTHING,
) -> Delivered:
    """Write what goes with the flyers of a build into the folder `out`, and say what that is.

    The order is for what the build printed or found to be as it should be, as far as it is ready to
    go out; `printers` print it, unless it is among what is `printed` already, by the digest of its
    job. It is worded in `language`. All copies of the same flyers are put into a file a fair too if
    that is wanted `by_fair`, and into a single one if `as_one`: whoever prints such a file hands
    out what is in it. With `apart`, files of the same kind that are there already stay: these get
    names of their own. Raises Refused where something cannot be printed or written.
    """
    with ExitStack() as stack:
        stack.enter_context(alone_in(out))
        record = stack.enter_context(open_record(out))
        wanted_on: dict[str, list[Edition]] = {sheet: [] for sheet in season.sheets_read}
        for fair in season.fairs:
            wanted_on[season.sheet_of(fair)] += fair_editions([fair], targets=tuple(TARGETS))
        unusable = {row.id for row in season.rejected if row.id}
        with writing(out):
            keep_plans(record, Path(season.table), wanted_on, season.all_sheets, unusable)
        outbox = Outbox(out, record)
        good = _good(outcomes)
        editions = [o.edition for o in good]
        going_out = [o.edition for o in good if o.is_ready]
        ready = one_each(going_out, for_shop=True)
        pages_of = pages_in(out, record.entries(edition.output for edition in editions))
        ordering = Ordering(season, reader, language)

        def sheet_of(job: Job) -> bytes:
            return printed.get(job.digest) or printed_by(printers, job)

        def named(output: str) -> str:
            output = _of_season(output, season)
            return chosen_output(output) if apart else output

        names = (named(ORDER_CSV), named(ORDER_SHEET))
        files = _order(names, ordering.lines(ready, pages_of), outbox, ordering, sheet_of)
        if by_fair or as_one:
            copied = one_each(going_out, for_shop=False)
            wanted = _together(editions, ordering.lines(copied, pages_of), by_fair, as_one)
            wanted = {named(output): lines for output, lines in wanted.items()}
            files += _combined(wanted, outbox, language)
        rejected = _rejected(season, outbox, translator(language))
        folder = f"{FAIRS}/"
        more = sum(
            found.is_there and found.output.startswith(folder)
            for found in leftovers(out, record, ())
        )
    there = {replace(edition, target=DEFAULT_TARGET.name) for edition in ready}
    unready = tuple(
        edition
        for edition in one_each(editions, for_shop=True)
        if replace(edition, target=DEFAULT_TARGET.name) not in there
    )
    copies, kept = (_copies(ordering, editions) for editions in (ready, unready))
    uncounted = dict.fromkeys(e.fair for e in editions if not _copies(ordering, [e]))
    return Delivered(
        *(tuple(files), rejected, len(season.rejected), more, unready, copies, kept),
        tuple(uncounted),
    )


def outdated(
    season: Season, outcomes: Sequence[Outcome], out: Path, reader: Reader, language: str
) -> set[str]:
    """Return the paths of the order and files with all copies that are not as they would be now.

    `outcomes` are those of all flyers of the season. Raises Refused where a flyer cannot be read.
    """
    good = _good(outcomes)
    editions = [o.edition for o in good]
    going_out = [o.edition for o in good if o.is_ready]
    waiting = {o.edition.fair for o in outcomes if o.state in {State.STALE, State.MISSING}}
    ordering = Ordering(season, reader, language)
    with open_record(out, to_write=False) as record:
        outbox = Outbox(out, record)
        pages_of = pages_in(out, record.entries(edition.output for edition in editions))
        lines = ordering.lines(one_each(going_out, for_shop=True), pages_of)
        copied = ordering.lines(one_each(going_out, for_shop=False), pages_of)
        wanted = _together(editions, copied, by_fair=True, as_one=True)
        old = {
            path
            for output, ordered in wanted.items()
            if (path := _of_season(output, season))
            and not outbox.has(path, _made_from(_titled(path, ordered, language), outbox))
        }
        as_table, *of_all = (_of_season(o, season) for o in (ORDER_CSV, ORDER_SHEET, ALL_COPIES))
        if not outbox.has(as_table, order_csv(lines, language).encode("utf-8")):
            old |= {as_table, of_all[0]}
    old |= {as_table, *of_all} if waiting else set()
    return old | set(map(combined_output, waiting))


def _of_season(output: str, season: Season) -> str:
    """Return the path of what goes with all flyers: each part of a season has its own."""
    is_of_all = output in {ORDER_CSV, ORDER_SHEET, ALL_COPIES}
    return of_part(output, season.part) if is_of_all else output


def _good(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return what is printed as it should be, drafts left out."""
    return [
        o
        for o in outcomes
        if o.state in {State.PRINTED, State.FRESH} and not TARGETS[o.edition.target].is_draft
    ]


def _copies(ordering: Ordering, editions: Sequence[Edition]) -> int:
    return sum(ordering.rows[edition].copies_in(edition.locale) for edition in editions)


def _together(
    editions: Sequence[Edition], lines: Sequence[OrderLine], by_fair: bool, as_one: bool
) -> dict[str, list[OrderLine]]:
    """Return the paths of files with all copies, and the lines of which each is made."""
    asked = [combined_output(edition.fair) for edition in editions if by_fair]
    wanted: dict[str, list[OrderLine]] = {output: [] for output in asked}
    wanted |= {ALL_COPIES: []} if as_one else {}
    for line in lines:
        if by_fair:
            wanted[combined_output(line.fair)].append(line)
        if as_one:
            wanted[ALL_COPIES].append(line)
    return wanted


def released_order(
    season: Season | None,
    outcomes: Sequence[Outcome],
    reader: Reader,
    out: Path,
    language: str,
    jobs: int | None,
) -> dict[str, bytes]:
    """Return the order of a release of a table, as a table and as a sheet, by names for people.

    It names the files as the release does. A profile has no `season`, and no order.
    Raises Refused where it cannot be printed.
    """
    if season is None or not outcomes:
        return {}
    editions = [outcome.edition for outcome in outcomes]
    with open_record(out, to_write=False) as record:
        pages_of = pages_in(out, record.entries(edition.output for edition in editions))
    ordered, ordering = one_each(editions, for_shop=True), Ordering(season, reader, language)
    names = {e.output: name for e, name in names_in_release(editions, language).items()}
    lines = [replace(line, file=names[line.file]) for line in ordering.lines(ordered, pages_of)]
    if not lines:
        return {}
    with printers_by("", jobs) as printers:
        sheet = printed_by(printers, ordering.sheet(lines))
    return {
        order_name(ORDER_CSV, language, season.part): order_csv(lines, language).encode("utf-8"),
        order_name(ORDER_SHEET, language, season.part): sheet,
    }


def _order(
    names: tuple[str, str],
    lines: Sequence[OrderLine],
    outbox: Outbox,
    ordering: Ordering,
    sheet_of: Callable[[Job], bytes],
) -> list[str]:
    """Write the order as a table and as a sheet, where there is something to order."""
    if not lines:
        for name in names:
            outbox.remove(name)
        return []
    as_table, as_sheet = names
    table, job = order_csv(lines, ordering.language).encode("utf-8"), ordering.sheet(lines)
    written = {
        as_table: outbox.put(as_table, table, lambda: table),
        as_sheet: outbox.put(as_sheet, job.digest.encode(), lambda: sheet_of(job)),
    }
    return [file for file, is_new in written.items() if is_new]


def _combined(
    wanted: Mapping[str, Sequence[OrderLine]], outbox: Outbox, language: str
) -> list[str]:
    """Write files, given by their paths, with all copies of lines; return those that were new.

    A file of no lines is removed: an earlier one would be printed in its place.
    """
    written = []
    for output, ordered in wanted.items():
        if not ordered:
            outbox.remove(output)
            continue
        titled = _titled(output, ordered, language)

        def make(titled: Sequence[tuple[OrderLine, str]] = titled) -> bytes:
            files = ((bytes_of(outbox.out / o.file), title, o.copies) for o, title in titled)
            return combined([CombinedPart(*each) for each in files])

        if outbox.put(output, _made_from(titled, outbox), make):
            written.append(output)
    return written


def _titled(
    output: str, ordered: Sequence[OrderLine], language: str
) -> list[tuple[OrderLine, str]]:
    """Return the lines of a file with all copies, each with its title in the file's outline."""
    titled = [(o, f"{locale_name(o.locale, language)}, {o.copies}") for o in ordered]
    if output.startswith(ALL_COPIES.removesuffix(".pdf")):  # of a part, of chosen ones
        titled = [(o, f"{o.name}, {title}") for o, title in titled]
    return titled


def _made_from(titled: Sequence[tuple[OrderLine, str]], outbox: Outbox) -> bytes:
    """Return what decides on the bytes of a file with all copies."""
    known = ((outbox.entry(o.file), title, o.copies) for o, title in titled)
    return json.dumps(
        [[entry and entry.pdf, title, copies] for entry, title, copies in known]
    ).encode()


def _rejected(season: Season, outbox: Outbox, translate: Translate) -> str:
    """Write the rows to correct, and return the path; "" where there are none."""
    if not season.rejected:
        outbox.remove(REJECTED, but_not=Path(season.table))
        return ""
    output = outbox.free_name(REJECTED, but_not=Path(season.table))
    content = rejected_csv(season.headings, season.rejected, translate).encode("utf-8")
    outbox.put(output, content, lambda: content)
    return output
