"""Draws the proofs of a build and puts them into out/proofs/: PNGs to look at, not to print from.

A page is `proofs/PROFILE/EDITION-PAGE.png`, named like the edition's PDF, with the page's number
from 1. The contact sheet is `proofs/contact-sheet.png`; where one is not enough, they are
`contact-sheet-1.png` and so on. What a last run left of pages and sheets that are no more goes.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from careerprint.core.diagnostics import N_, Location, not_written, refuse
from careerprint.core.edition import Outcome, State
from careerprint.core.files import write_whole
from careerprint.core.messages import translator
from careerprint.core.shipped import starter_folder
from careerprint.output.proof import SheetPainter, draw_pages, draw_small_pages, page_sizes, png
from careerprint.output.sheets import Card, Group, PaperSize, Sheet, Size, pixels, plan_sheets
from careerprint.profiles.catalogs import known_locale, locale_name

FOLDER = "proofs"
SHEET = "contact-sheet"
LEAST_RESOLUTION, MOST_RESOLUTION = 36, 600  # dpi
REGULAR, BOLD = "IBMPlexSans_400Regular.ttf", "IBMPlexSans_600SemiBold.ttf"


@dataclass(frozen=True, slots=True)
class Proofs:
    """What was drawn: how many pages, and the files of the contact sheets."""

    page_count: int
    sheets: tuple[Path, ...]


def read_resolution(written: str) -> int:
    """Return a resolution in dpi as written for `--dpi`; raises Refused for one out of range."""
    if re.fullmatch(r"[0-9]{1,4}", written):
        resolution = int(written)
        if LEAST_RESOLUTION <= resolution <= MOST_RESOLUTION:
            return resolution
    raise refuse(
        Location("--dpi"),
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
    """Draw what a build into the folder `out` came to, its pages at `resolution` dpi.

    An edition that failed has no pages, even where its last good PDF is still there. Captions are
    in `language`. `report` is called with the path of each edition twice: when its pages are
    drawn, and when it is on a sheet. Raises Refused where a file cannot be read or written.
    """
    pages: dict[str, tuple[PaperSize, ...]] = {}
    for outcome in outcomes:
        path = outcome.edition.output
        pdf = None if outcome.state is State.FAILED else _read(out / path)
        pages[path] = _put_pages((out / FOLDER / path).with_suffix(""), pdf, resolution)
        report(path)
    fonts = starter_folder() / "fonts"
    painter = SheetPainter(
        (fonts / REGULAR).read_bytes(),
        (fonts / BOLD).read_bytes(),
        lambda card, sizes: _drawn(card, sizes, out, report),
    )
    sheets = plan_sheets(_groups(outcomes, pages, language))
    return Proofs(sum(map(len, pages.values())), _put_sheets(out / FOLDER, sheets, painter))


def _put_pages(stem: Path, pdf: bytes | None, resolution: int) -> tuple[PaperSize, ...]:
    """Write a PNG of each page, and remove those of pages that are no more.

    `stem` is what their names begin with. Returns the sizes of the pages in pt.
    """
    papers = page_sizes(pdf) if pdf else ()
    files = [stem.with_name(f"{stem.name}-{number}.png") for number in range(1, len(papers) + 1)]
    if pdf:
        sizes = [pixels(paper, resolution) for paper in papers]
        for file, picture in zip(files, draw_pages(pdf, sizes), strict=True):
            _write(file, png(picture, resolution))
    _remove_others(stem.parent, rf"{re.escape(stem.name)}-[0-9]+\.png", files)
    return papers


def _put_sheets(folder: Path, sheets: Sequence[Sheet], painter: SheetPainter) -> tuple[Path, ...]:
    """Write the contact sheets, remove those of an earlier run, and return their files."""
    files = [folder / f"{SHEET}-{number}.png" for number in range(1, len(sheets) + 1)]
    if len(files) == 1:
        files = [folder / f"{SHEET}.png"]
    for number, (file, sheet) in enumerate(zip(files, sheets, strict=True), 1):
        _write(file, png(painter.draw(sheet, f"{number}/{len(files)}" if len(files) > 1 else "")))
    _remove_others(folder, rf"{SHEET}(-[0-9]+)?\.png", files)
    return tuple(files)


def _groups(
    outcomes: Sequence[Outcome], pages: Mapping[str, tuple[PaperSize, ...]], language: str
) -> list[Group]:
    """Return the editions as cards, grouped by profile, layout and format."""
    cards: dict[tuple[str, str], list[Card]] = {}
    for outcome in outcomes:
        edition = outcome.edition
        card = _card(outcome, pages[edition.output], language)
        cards.setdefault((edition.profile, edition.product), []).append(card)
    return [Group(profile, product, tuple(found)) for (profile, product), found in cards.items()]


def _card(outcome: Outcome, pages: tuple[PaperSize, ...], language: str) -> Card:
    """Return an edition's card.

    Whether it was printed now or earlier is not told: the same PDFs make the same sheet.
    """
    translate = translator(language)
    tag = outcome.edition.locale
    failed = translate(N_("failed")) if outcome.state is State.FAILED else ""
    state = failed or translate(N_("up to date"))
    if outcome.fallen_back:
        state = translate(N_("blocks in German: {count}")).format(count=outcome.fallen_back)
    caption = (tag, locale_name(tag, language), state)
    is_right_to_left = known_locale(tag).text_direction == "rtl"
    return Card(outcome.edition.output, caption, pages, is_right_to_left, failed)


def _drawn(
    card: Card, sizes: Sequence[Size], out: Path, report: Callable[[str], None]
) -> Iterator[Image.Image]:
    """Yield the pages of an edition for a contact sheet."""
    pdf = _read(out / card.path)
    if page_sizes(pdf) != card.pages:
        raise refuse(
            Location(str(out / card.path)),
            N_("This file was printed again while its proofs were drawn."),
            N_("Draw them again."),
        )
    yield from draw_small_pages(pdf, sizes)
    report(card.path)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failure:
        raise refuse(
            Location(str(file)),
            N_("The file “{name}” cannot be read ({reason})."),
            N_("Check that it is a file and that you may read it."),
            name=file.name,
            reason=failure.strerror or failure,
        ) from None


def _write(file: Path, content: bytes) -> None:
    try:
        write_whole(file, content)
    except OSError as failure:
        raise not_written(file, failure) from None


def _remove_others(folder: Path, naming: str, kept: Collection[Path]) -> None:
    """Remove the files of a folder that are named like `naming` (a pattern), but those `kept`."""
    for file in folder.glob("*.png"):
        if re.fullmatch(naming, file.name) and file not in kept:
            try:
                file.unlink()
            except OSError as failure:
                raise not_written(file, failure) from None
