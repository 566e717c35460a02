"""Draws the proofs of a build and puts them into out/proofs/: PNGs to look at, not to print from.

A page is `proofs/PROFILE/EDITION-PAGE.png`, named like the edition's PDF, with the page's number
from 1. The contact sheet is `proofs/contact-sheet.png`; where there are several, they are
`contact-sheet-1.png` and so on. Pictures of pages and sheets that are no more are removed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from careerprint.building.workers import Workers, printed_by
from careerprint.core.diagnostics import N_, Location, refuse, writing
from careerprint.core.edition import Outcome, State
from careerprint.core.files import unreadable, write_whole
from careerprint.core.geometry import MM_PER_INCH
from careerprint.core.messages import translator
from careerprint.output.proof import PaperSize, draw_pages, jpeg, page_sizes, png
from careerprint.output.sheets import MARGIN, Card, Group, contact_sheets, fitting_scale
from careerprint.profiles.catalogs import locale_name
from careerprint.profiles.tags import direction_of

FOLDER = "proofs"
SHEET = "contact-sheet"
LEAST_RESOLUTION, MOST_RESOLUTION = 36, 600  # dpi

SHEET_RESOLUTION = 254  # dpi: 10 px a mm


@dataclass(frozen=True, slots=True)
class Proofs:
    """The result: how many pages were drawn, and the files of the contact sheets."""

    page_count: int
    sheets: tuple[Path, ...]


def read_resolution(written: str) -> int:
    """Return a resolution in dpi as written for `--dpi`; raises Refused for one out of range."""
    if re.fullmatch(r"[0-9]{1,4}", written):
        resolution = int(written)
        if LEAST_RESOLUTION <= resolution <= MOST_RESOLUTION:
            return resolution
    raise refuse(
        "--dpi",
        N_("“{written}” is not a resolution that proofs are drawn in."),
        N_("Give a whole number from {least} to {most}."),
        written=written,
        least=LEAST_RESOLUTION,
        most=MOST_RESOLUTION,
    )


def draw_proofs(
    outcomes: Sequence[Outcome],
    out: Path,
    resolution: int,
    language: str,
    report: Callable[[str], None] = lambda _: None,
) -> Proofs:
    """Draw the outcomes of a build into the folder `out`, pages at `resolution` dpi.

    An edition that failed has no pages, even where its last good PDF is still there. Captions are
    in `language`. `report` is called with the path of each edition when its pages are drawn. Raises
    Refused where a file cannot be read or written.
    """
    pages = {
        path: () if outcome.state is State.FAILED else page_sizes(_read(out / path))
        for outcome in outcomes
        for path in [outcome.edition.output]
    }
    cards: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for outcome in outcomes:
        edition = outcome.edition
        card = _card(outcome, pages[edition.output], language)
        cards[edition.profile, edition.product].append(card)
    groups = [Group(*names, tuple(found)) for names, found in cards.items()]
    scale = fitting_scale(groups)
    small: dict[str, bytes] = {}
    for card in (card for group in groups for card in group.cards):
        small |= _drawn(card, out, resolution, scale)
        report(card.path)
    job = contact_sheets(groups, scale, small, language)
    with Workers(1) as workers:  # many editions need much memory
        sheets = printed_by(workers, job)
    return Proofs(sum(map(len, pages.values())), _put_sheets(out / FOLDER, sheets))


def _drawn(card: Card, out: Path, resolution: int, scale: float) -> dict[str, bytes]:
    """Write a PNG of each page of an edition, and remove those of pages that are no more.

    Return the pages as the contact sheet shows them, by name.
    """
    stem = (out / FOLDER / card.path).with_suffix("")
    numbers = range(1, len(card.pages) + 1)
    files = [stem.with_name(f"{stem.name}-{number}.png") for number in numbers]
    small = {}
    if not card.failed:
        pdf = _read(out / card.path)
        if page_sizes(pdf) != card.pages:
            raise refuse(
                str(out / card.path),
                N_("This file was printed again while its proofs were drawn."),
                N_("Draw them again."),
            )
        for file, picture in zip(files, draw_pages(pdf, resolution), strict=True):
            _write(file, png(picture, resolution))
        shown = draw_pages(pdf, SHEET_RESOLUTION * scale, small=True)
        for number, picture in zip(numbers, shown, strict=True):
            small[card.picture(number)] = jpeg(picture)
    _remove_others(stem.parent, rf"{re.escape(stem.name)}-[0-9]+\.png", files)
    return small


def _put_sheets(folder: Path, pdf: bytes) -> tuple[Path, ...]:
    """Write a PNG of each contact sheet, remove those of an earlier run, and return their files."""
    count = len(page_sizes(pdf))
    files = [folder / f"{SHEET}-{number}.png" for number in range(1, count + 1)]
    if len(files) == 1:
        files = [folder / f"{SHEET}.png"]
    margin = round(MARGIN * SHEET_RESOLUTION / MM_PER_INCH)
    for file, sheet in zip(files, draw_pages(pdf, SHEET_RESOLUTION), strict=True):
        ground = Image.new("RGB", sheet.size, sheet.getpixel((0, 0)))
        *_, bottom = ImageChops.difference(sheet, ground).getbbox() or (sheet.height,)
        end = min(bottom + margin, sheet.height)  # below the last row, all is blank
        _write(file, png(sheet.crop((0, 0, sheet.width, end))))
    _remove_others(folder, rf"{SHEET}(-[0-9]+)?\.png", files)
    return tuple(files)


def _card(outcome: Outcome, pages: tuple[PaperSize, ...], language: str) -> Card:
    """Return an edition's card, the same whether it was printed now or before."""
    translate, tag = translator(language), outcome.edition.locale
    failed = translate(N_("failed")) if outcome.state is State.FAILED else ""
    state = failed or translate(N_("up to date"))
    if outcome.fallen_back:
        state = translate(N_("blocks in German: {count}")).format(count=outcome.fallen_back)
    caption = (tag, locale_name(tag, language), state)
    is_right_to_left = direction_of(tag) == "rtl"
    return Card(outcome.edition.output, caption, pages, is_right_to_left, failed)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failure:
        raise unreadable(Location(str(file)), file.name, failure) from None


def _write(file: Path, content: bytes) -> None:
    with writing(file):
        write_whole(file, content)


def _remove_others(folder: Path, naming: str, kept: Collection[Path]) -> None:
    """Remove the files of a folder that are named like `naming` (a pattern), but those `kept`."""
    for file in folder.glob("*.png"):
        if re.fullmatch(naming, file.name) and file not in kept:
            with writing(file):
                file.unlink()
