"""The order of a season: as it is, and as it will be if all of its flyers are printed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium

from careerprint.building.entries import Entry
from careerprint.building.outbox import ORDER_SHEET, Outbox, of_part
from careerprint.building.record import open_record
from careerprint.composing.job import Job
from careerprint.core.concerns import is_ready
from careerprint.core.diagnostics import N_, Location, Refused
from careerprint.core.edition import Edition
from careerprint.core.files import unreadable
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.core.sources import digest
from careerprint.core.targets import DEFAULT_TARGET, TARGETS
from careerprint.fairs.fair import Fair
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import LAYOUT_WORDS, Layout, format_words
from careerprint.layouts.shops import bleed_of
from careerprint.output.orders import Client, OrderLine, order_sheet
from careerprint.output.proof import page_sizes
from careerprint.planning.season import Season, fair_editions, fair_layouts


@dataclass(frozen=True)
class Ordering:
    """Makes orders of editions of a season, worded in `language`."""

    season: Season
    reader: Reader
    language: str

    @cached_property
    def rows(self) -> Mapping[Edition, Fair]:
        """The row of each edition: a fair may have several, with the copies of some flyers each."""
        targets = tuple(TARGETS)
        fairs = self.season.fairs
        return {e: fair for fair in fairs for e in fair_editions([fair], targets=targets)}

    @cached_property
    def _layouts(self) -> Mapping[str, Layout]:
        return fair_layouts(self.reader)

    @cached_property
    def _bleed(self) -> float:
        return bleed_of(self.reader, read_configuration(self.reader).press)

    def lines(
        self, editions: Iterable[Edition], pages_of: Callable[[Edition, Layout], int]
    ) -> list[OrderLine]:
        """Return a line for each edition that is ordered; `pages_of` says how many pages it has."""
        translate, lines = translator(self.language), []
        for edition in editions:
            fair, layout = self.rows[edition], self._layouts[edition.layout]
            if not fair.copies_in(edition.locale):
                continue
            name = edition.format or layout.default_format
            chosen = layout.formats[name]
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
                    bleed=self._bleed if TARGETS[edition.target].needs_shop else 0,
                    pages=pages_of(edition, layout),
                    copies=fair.copies_in(edition.locale),
                    locale=edition.locale,
                    note=fair.note,
                )
            )
        return lines

    def sheet(self, lines: Sequence[OrderLine]) -> Job:
        """Return the order of at least one line as a document to be printed."""
        configuration = read_configuration(self.reader)
        client, issuer = configuration.order, configuration.issuer
        said = Client(client.customer or issuer.name, client.contact or "", client.delivery or "")
        return order_sheet(lines, self.language, said)

    def foreseen(
        self, editions: Iterable[Edition], first: Job, today: date, out: Path
    ) -> Job | None:
        """Return the sheet if all goes well with editions.

        None where that cannot be known, or where it is in the folder `out` already. `first` is the
        job of one of them: if that is not ready to go out, the others are not.
        """
        if not is_ready(first.concerns, (), today):
            return None
        coming = (e for e in editions if (self.rows[e].end or self.rows[e].start) >= today)
        final = (e for e in coming if not TARGETS[e.target].is_draft)
        lines = self.lines(one_each(final, for_shop=True), lambda _, layout: _exactly(layout))
        if not lines or not all(line.pages for line in lines):
            return None
        sheet = self.sheet(lines)
        with open_record(out, to_write=False) as record:
            is_there = Outbox(out, record).has(
                of_part(ORDER_SHEET, self.season.part), sheet.digest.encode()
            )
        return None if is_there else sheet


def one_each(editions: Iterable[Edition], *, for_shop: bool) -> list[Edition]:
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


def _exactly(layout: Layout) -> int:
    """Return how many pages whatever a layout prints has; 0 where that differs."""
    return layout.pages.exactly or 0


def pages_in(out: Path, entries: Mapping[str, Entry]) -> Callable[[Edition, Layout], int]:
    """Return what tells how many pages the PDF of an edition in the folder `out` has.

    A file that is as it was printed, as `entries` by output say, has been checked and is not opened
    where its layout fixes their number. It raises Refused for a file that cannot be read.
    """

    def pages_of(edition: Edition, layout: Layout) -> int:
        file, entry = out / edition.output, entries.get(edition.output)
        content = bytes_of(file)
        count = _exactly(layout)
        if count and entry and entry.pdf == digest(content):
            return count
        try:
            return len(page_sizes(content))
        except pdfium.PdfiumError as failure:
            raise _meddled_with(file, failure) from None

    return pages_of


def bytes_of(file: Path) -> bytes:
    """Return the bytes of what was just printed; raises Refused where they are gone again."""
    try:
        return file.read_bytes()
    except OSError as failure:
        raise _meddled_with(file, failure.strerror) from None


def _meddled_with(file: Path, reason: object) -> Refused:
    hint = N_("Leave the folder alone while careerprint is at work in it, and try again.")
    return unreadable(Location(str(file)), file.name, reason, hint)
