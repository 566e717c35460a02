"""What goes with the flyers for fairs: rows to correct, the order, and all copies in one file."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium

from careerprint.building.outbox import (
    ALL_COPIES,
    ORDER_CSV,
    ORDER_SHEET,
    REJECTED,
    Outbox,
    combined_output,
    keep_plan,
    leftovers,
)
from careerprint.building.record import alone_in, open_record
from careerprint.building.workers import Printers, printed_by
from careerprint.core.diagnostics import N_, Location, Refused, writing
from careerprint.core.edition import FAIRS, Edition, Outcome, State
from careerprint.core.files import unreadable
from careerprint.core.messages import Translate, translator
from careerprint.core.reader import Reader
from careerprint.core.targets import DEFAULT_TARGET, TARGETS
from careerprint.fairs.fair import Fair
from careerprint.fairs.rows import rejected_csv
from careerprint.layouts.configuration import Configuration, read_configuration
from careerprint.layouts.declaration import LAYOUT_WORDS, format_words
from careerprint.output.combine import CombinedPart, combined
from careerprint.output.orders import Client, OrderLine, order_csv, order_sheet
from careerprint.output.proof import page_sizes
from careerprint.planning.season import Season, fair_editions, fair_layouts
from careerprint.profiles.catalogs import locale_name


@dataclass(frozen=True, slots=True)
class Delivered:
    """The paths below the output folder of what was written, and what is left to do.

    `rejected` is the path of the rows to correct, empty where there are none; `leftovers` counts
    the PDFs that no table asks for any more, `unready` the flyers that are not in the order because
    they must not go out.
    """

    files: tuple[str, ...]
    rejected: str
    rejected_rows: int
    leftovers: int
    unready: int


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
) -> Delivered:
    """Write what goes with the flyers of a build into the folder `out`, and say what that is.

    The order is for what the build printed or found to be as it should be, as far as it is ready to
    go out; `printers` print it. It is worded in `language`. All copies are put into a file a fair
    too if that is wanted `by_fair`, and into a single one if `as_one`. Raises Refused where
    something cannot be printed or written.
    """
    with ExitStack() as stack:
        stack.enter_context(alone_in(out))
        record = stack.enter_context(open_record(out))
        asked_for = fair_editions(season.fairs, targets=tuple(TARGETS))
        unusable = {fair_id for row in season.rejected if (fair_id := season.id_of(row))}
        with writing(out):
            keep_plan(record, Path(season.table), asked_for, unusable)
        outbox = Outbox(out, record)
        good = [
            o
            for o in outcomes
            if o.state in {State.PRINTED, State.FRESH} and not TARGETS[o.edition.target].is_draft
        ]
        printed = [o.edition for o in good]
        ready = _one_each([o.edition for o in good if o.is_ready], for_shop=True)
        # A fair may have several rows, with the copies of some of its flyers each.
        rows = {e: fair for fair in season.fairs for e in fair_editions([fair], targets=[*TARGETS])}
        ordered = _order_lines(ready, rows, out, reader, language)
        files = _order(ordered, outbox, printers, language, read_configuration(reader))
        if by_fair or as_one:
            copied = _one_each(printed, for_shop=False)
            at_hand = _order_lines(copied, rows, out, reader, language)
            wanted: dict[str, list[OrderLine]] = defaultdict(list)
            for line in at_hand:
                if by_fair:
                    wanted[combined_output(line.fair)].append(line)
                if as_one:
                    wanted[ALL_COPIES].append(line)
            files += _combined(wanted, outbox, language)
        rejected = _rejected(season, outbox, translator(language))
        folder = f"{FAIRS}/"
        more = sum(
            found.is_there and found.output.startswith(folder)
            for found in leftovers(out, record, ())
        )
    unready = len(_one_each(printed, for_shop=True)) - len(ready)
    return Delivered(tuple(files), rejected, len(season.rejected), more, unready)


def _one_each(editions: Iterable[Edition], *, for_shop: bool) -> list[Edition]:
    """Return one edition of those that differ in their target alone.

    It is the first that is for a print shop, or that is for none, or else the first of all.
    """

    def is_fit(edition: Edition) -> bool:
        return TARGETS[edition.target].needs_shop == for_shop

    best: dict[Edition, Edition] = {}
    for edition in editions:
        alike = replace(edition, target=DEFAULT_TARGET.name)
        best[alike] = max(best.get(alike, edition), edition, key=is_fit)
    return [*best.values()]


def _order_lines(
    editions: Iterable[Edition],
    rows: Mapping[Edition, Fair],
    out: Path,
    reader: Reader,
    language: str,
) -> list[OrderLine]:
    layouts, translate = fair_layouts(reader), translator(language)
    lines = []
    for edition in editions:
        fair, layout = rows[edition], layouts[edition.layout]
        name = edition.format or layout.default_format
        chosen = layout.formats[name]
        file = out / edition.output
        try:
            pages = len(page_sizes(_bytes_of(file)))
        except pdfium.PdfiumError as failure:
            raise _meddled_with(file, failure) from None
        lines.append(
            OrderLine(
                fair=fair.id,
                name=fair.fair,
                start=fair.start,
                end=fair.end,
                file=edition.output,
                product=translate(LAYOUT_WORDS.get(edition.layout, edition.layout)),
                format=format_words(name),
                width=chosen.width,
                height=chosen.height,
                pages=pages,
                copies=fair.copies_in(edition.locale),
                locale=edition.locale,
                note=fair.note,
            )
        )
    return lines


def _bytes_of(file: Path) -> bytes:
    """Return the bytes of what was just printed; raises Refused where they are gone again."""
    try:
        return file.read_bytes()
    except OSError as failure:
        raise _meddled_with(file, failure.strerror) from None


def _meddled_with(file: Path, reason: object) -> Refused:
    hint = N_("Leave the folder alone while careerprint is at work in it, and try again.")
    return unreadable(Location(str(file)), file.name, reason, hint)


def _order(
    lines: Sequence[OrderLine],
    outbox: Outbox,
    printers: Printers,
    language: str,
    configuration: Configuration,
) -> list[str]:
    """Write the order as a table and as a sheet, where there is something to order."""
    if not lines:
        outbox.remove(ORDER_CSV)
        outbox.remove(ORDER_SHEET)
        return []
    client, issuer = configuration.order, configuration.issuer
    said = Client(client.customer or issuer.name, client.contact or "", client.delivery or "")
    table, job = order_csv(lines, language).encode("utf-8"), order_sheet(lines, language, said)
    digest = job.digest.encode()
    written = {
        ORDER_CSV: outbox.put(ORDER_CSV, table, lambda: table),
        ORDER_SHEET: outbox.put(ORDER_SHEET, digest, lambda: printed_by(printers, job)),
    }
    return [file for file, is_new in written.items() if is_new]


def _combined(
    wanted: Mapping[str, Sequence[OrderLine]], outbox: Outbox, language: str
) -> list[str]:
    """Write files, given by their paths, with all copies of lines; return those that were new."""
    written = []
    for output, ordered in wanted.items():
        titled = [(o, f"{locale_name(o.locale, language)}, {o.copies}") for o in ordered]
        if output == ALL_COPIES:
            titled = [(o, f"{o.name}, {title}") for o, title in titled]
        known = ((outbox.entry(o.file), title, o.copies) for o, title in titled)
        made_from = [[entry and entry.pdf, title, copies] for entry, title, copies in known]

        def make(titled: Sequence[tuple[OrderLine, str]] = titled) -> bytes:
            files = ((_bytes_of(outbox.out / o.file), title, o.copies) for o, title in titled)
            return combined([CombinedPart(*each) for each in files])

        if outbox.put(output, json.dumps(made_from).encode(), make):
            written.append(output)
    return written


def _rejected(season: Season, outbox: Outbox, translate: Translate) -> str:
    """Write the rows to correct, and return the path; "" where there are none."""
    if not season.rejected:
        outbox.remove(REJECTED, but_not=Path(season.table))
        return ""
    output = outbox.free_name(REJECTED, but_not=Path(season.table))
    content = rejected_csv(season.headings, season.rejected, translate).encode("utf-8")
    outbox.put(output, content, lambda: content)
    return output
