"""Proofs: pictures that show what was printed, all of it, and nothing that is out of date."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from careerprint.building.printing import Printer
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition, Outcome, State
from careerprint.output.proof import PaperSize, draw_pages, pixels, png
from careerprint.output.proofing import draw_proofs
from careerprint.output.sheets import (
    HIGHEST,
    MARGIN,
    SCALES,
    WIDEST,
    Card,
    Group,
    contact_sheets,
    fitting_scale,
    spreads,
)
from careerprint.profiles.catalogs import locale_name

from .cards import ENGLISH
from .conftest import LOCALES, SLUG, Workspace, run

RESOLUTION = 72  # dpi
A6: PaperSize = (297.64, 419.53)
A4: PaperSize = (595.28, 841.89)
A5: PaperSize = (419.53, 595.28)
LAYOUTS = ("flyer", "brochure")
CARDS = ("de", "en", "tr")
NO_GLYPH = ('msgstr "Customer service in Dortmund"', 'msgstr "Customer service 漢"')


@pytest.fixture(scope="module")
def proofs(printed: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the proofs of every edition; not to be changed."""
    copy = Workspace(tmp_path_factory.mktemp("proofs") / "workspace")
    shutil.copytree(printed.root, copy.root)
    done = copy.run("proof", "--dpi", f"{RESOLUTION}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\nPages drawn: 99. out/proofs/\n")
    return copy


@pytest.fixture(scope="module")
def first(printed_cards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a workspace with the proofs of three cards; not to be changed."""
    copy = tmp_path_factory.mktemp("first") / "workspace"
    shutil.copytree(printed_cards, copy)
    assert run(copy, "proof").returncode == 0
    return copy


@pytest.fixture
def proofed(first: Path, tmp_path: Path) -> Workspace:
    """A workspace of a test's own with the proofs of three cards."""
    shutil.copytree(first, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def folder(workspace: Workspace) -> Path:
    return workspace.root / "out" / "proofs"


def page(workspace: Workspace, layout: str, locale: str, number: int) -> Path:
    return folder(workspace) / SLUG / f"{SLUG}-{layout}-{locale}-{number}.png"


def names(workspace: Workspace) -> set[str]:
    return {p.relative_to(folder(workspace)).as_posix() for p in folder(workspace).rglob("*.*")}


def read(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        return picture.convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of two pictures' channels, from 0 to 255."""
    box = (0, 0, min(one.width, other.width), min(one.height, other.height))
    both = (picture.convert("RGB").crop(box) for picture in (one, other))
    return sum(ImageStat.Stat(ImageChops.difference(*both)).mean) / 3


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_page_is_a_picture_of_its_size(proofs: Workspace, layout: str, locale: str) -> None:
    with pikepdf.open(proofs.pdf(layout, locale)) as pdf:
        for number, leaf in enumerate(pdf.pages, 1):
            with Image.open(page(proofs, layout, locale, number)) as picture:
                assert list(picture.size) == [round(float(side)) for side in leaf.mediabox[2:]]
                assert picture.info["dpi"] == pytest.approx((RESOLUTION, RESOLUTION), abs=0.02)
        assert not page(proofs, layout, locale, len(pdf.pages) + 1).exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layout", "locale", "number"),
    [("brochure", "de", 1), ("brochure", "uk", 5), ("brochure", "ar", 7), ("flyer", "ar", 1)],
)
def test_a_picture_shows_what_another_renderer_shows(
    proofs: Workspace, tmp_path: Path, layout: str, locale: str, number: int
) -> None:
    pdf = proofs.pdf(layout, locale)
    wanted = ["-r", f"{RESOLUTION}", "-f", str(number), "-l", str(number), "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *wanted, pdf, tmp_path / "poppler"], check=True)
    with (
        Image.open(page(proofs, layout, locale, number)) as ours,
        Image.open(tmp_path / "poppler.png") as theirs,
        Image.open(page(proofs, "brochure", "de", 3)) as another,
    ):
        assert difference(ours, theirs) < 6
        assert difference(another, theirs) > 30


@pytest.mark.slow
def test_all_sheets_are_as_wide_and_their_numbers_follow(proofs: Workspace) -> None:
    files = sorted(folder(proofs).glob("contact-sheet*.png"))
    assert [f.name for f in files] == [f"contact-sheet-{n}.png" for n in range(1, len(files) + 1)]
    sizes = [read(file).size for file in files]
    assert len({width for width, _ in sizes}) == 1
    assert max(max(size) for size in sizes) <= 10 * max(WIDEST, HIGHEST)


@pytest.mark.process
def test_a_contact_sheet_shows_each_edition_in_its_place(proofed: Workspace) -> None:
    pages = [read(page(proofed, "card", tag, 1)) for tag in CARDS]
    width, height = (round(side * SCALES[0] * 10) for side in (105, 148))
    with Image.open(folder(proofed) / "contact-sheet.png") as sheet:
        for number, own in enumerate(pages):
            left = round(10 * (MARGIN + number * (105 * SCALES[0] + 5)))
            shown = sheet.crop((left, 0, left + width, sheet.height))
            found = [
                min(
                    (difference(shown.crop((0, top, width, top + height)), small), top)
                    for top in range(250, 450, 5)
                )
                for small in (picture.resize((width, height)) for picture in pages)
            ]
            assert min(range(3), key=lambda n: found[n]) == pages.index(own)


@pytest.mark.process
def test_the_same_pdfs_make_the_same_pictures(proofed: Workspace) -> None:
    before = {name: (folder(proofed) / name).read_bytes() for name in names(proofed)}
    assert "0 printed, 3 unchanged" in proofed.run("proof").stdout
    assert {name: (folder(proofed) / name).read_bytes() for name in names(proofed)} == before
    files = {f"{SLUG}/{SLUG}-card-{tag}-1.png" for tag in CARDS}
    assert set(before) == {"contact-sheet.png", *files}


@pytest.mark.process
def test_it_prints_first_what_is_not_fresh_and_says_so_like_build(built: Workspace) -> None:
    (built.root / "out").rename(built.root / "druck")
    built.edit("layouts/base/tokens.toml", "#16262C", "#FF0000")
    selection = ["--layout", "card", "--locale", "en", "--out", "druck", SLUG]
    done = built.run("proof", "--dpi", "100", *selection)
    assert done.stdout == (
        f"printed: {SLUG}/{SLUG}-card-en.pdf\n"
        "1 printed, 0 unchanged, 0 failed. druck/\n"
        "drawn: druck/proofs/contact-sheet.png\n"
        "Pages drawn: 1. druck/proofs/\n"
    )
    new = read(built.root / f"druck/proofs/{SLUG}/{SLUG}-card-en-1.png")
    assert new.size == pixels(A6, 100)
    assert (255, 0, 0) in {colour for _, colour in new.getcolors(2**24) or []}
    assert not (built.root / "out" / "proofs").exists()


@pytest.mark.process
def test_what_failed_is_shown_as_failed_and_never_as_it_once_was(proofed: Workspace) -> None:
    good = proofed.pdf("card", "en").read_bytes()
    proofed.edit(ENGLISH, *NO_GLYPH)
    again, done = proofed.run("build"), proofed.run("proof")
    assert (done.returncode, done.stderr) == (again.returncode, again.stderr)
    assert (done.returncode, done.stderr.count(": error: ")) == (1, 1)
    assert f"failed: {SLUG}/{SLUG}-card-en.pdf\n" in done.stdout
    assert "0 printed, 2 unchanged, 1 failed. out/\n" in done.stdout
    assert proofed.pdf("card", "en").read_bytes() == good
    assert not page(proofed, "card", "en", 1).exists()
    assert page(proofed, "card", "de", 1).exists()
    with Image.open(folder(proofed) / "contact-sheet.png") as picture:
        colours = {colour for _, colour in picture.getcolors(2**24) or []}
        assert (0xB3, 0x26, 0x1E) in colours  # the word that says so


@pytest.mark.process
def test_pictures_of_what_is_no_more_go_and_nothing_else(proofed: Workspace) -> None:
    gone = [
        f"{SLUG}/{SLUG}-card-de-2.png",
        f"{SLUG}/{SLUG}-card-de-13.png",
        "contact-sheet-1.png",
        "contact-sheet-2.png",
    ]
    kept = [
        f"{SLUG}/{SLUG}-card-de-419-1.png",  # of another locale
        f"{SLUG}/{SLUG}-brochure-de-9.png",  # of another edition
        f"{SLUG}/{SLUG}-card-de-neu.png",
        f"{SLUG}/{SLUG}-card-de-2.jpg",
        "contact-sheet-x.png",
        "mine.png",
    ]
    for name in (*gone, *kept):
        (folder(proofed) / name).write_bytes(b"")
    before = names(proofed)
    proofed.run("proof", "--locale", "de")
    assert before - names(proofed) == set(gone)


@pytest.mark.parametrize("written", ["35", "601", "0", "-150", "150.5", "hoch", "", "９０"])
def test_a_resolution_out_of_range_is_refused_before_anything_is_printed(
    workspace: Workspace, written: str
) -> None:
    done = workspace.run("proof", "--dpi", written)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"--dpi: error: “{written}” is not a resolution that proofs are drawn in. "
        "Give a whole number from 36 to 600.\n"
    )
    german = workspace.run("--lang", "de", "proof", "--dpi", written)
    assert german.stderr == (
        f"--dpi: Fehler: „{written}“ ist keine Auflösung für Probeabzüge. "
        "Geben Sie eine ganze Zahl von 36 bis 600 an.\n"
    )
    assert not list((workspace.root / "out").iterdir())


@pytest.mark.process
@pytest.mark.parametrize("resolution", [36, 600])
def test_resolutions_at_the_ends_of_the_range(built: Workspace, resolution: int) -> None:
    done = built.run("proof", "--locale", "de", "--dpi", str(resolution))
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(page(built, "card", "de", 1)) as picture:
        assert picture.size == pixels(A6, resolution)


@pytest.mark.parametrize("name", ["out/proofs", f"out/proofs/{SLUG}"])
def test_where_proofs_cannot_be_written_it_is_said(built: Workspace, name: str) -> None:
    (built.root / name).parent.mkdir(parents=True, exist_ok=True)
    (built.root / name).write_bytes(b"a file where a folder should be")
    for language, message in (("en", "This cannot be written"), ("de", "Das lässt sich nicht")):
        done = built.run("--lang", language, "proof", "--locale", "de")
        assert done.returncode == 2
        assert message in done.stderr
        assert done.stderr.count("\n") == 1
        assert f"{SLUG}-card-de-1.png:" in done.stderr


def test_a_pdf_that_is_gone_when_it_is_to_be_drawn_is_said(tmp_path: Path) -> None:
    outcome = Outcome(Edition(SLUG, "flyer", "de"), State.FRESH)
    with pytest.raises(Refused, match=r"flyer-de\.pdf” cannot be read"):
        draw_proofs([outcome], tmp_path, 150, "en")


def test_captions_name_languages_in_the_users_own() -> None:
    assert locale_name("uk", "de") == "Ukrainisch"
    assert locale_name("uk", "en") == "Ukrainian"
    assert locale_name("de-AT", "de") == "Österreichisches Deutsch"
    assert locale_name("ar-XB", "de") == "Arabisch (Pseudo-Bidi)"


def test_a_booklet_lies_open() -> None:
    assert spreads(1) == [(0,)]
    assert spreads(2) == [(0,), (1,)]
    assert spreads(8) == [(0,), (1, 2), (3, 4), (5, 6), (7,)]
    assert spreads(5) == [(0,), (1, 2), (3, 4)]


def group(layout: str, editions: int, pages: int, paper: PaperSize, failed: int = 0) -> Group:
    """Return a group of editions with so many pages each, the first `failed` of them failed."""
    cards = [
        Card(
            f"{layout}{n}",
            (f"{n}", "", ""),
            () if n < failed else (paper,) * pages,
            failed="failed" if n < failed else "",
        )
        for n in range(editions)
    ]
    return Group("profile", layout, tuple(cards))


def colour(number: int) -> tuple[int, int, int]:
    """Return one of 150 colours that cannot be taken for each other, nor for the sheet's own."""
    return (10 + 40 * (number % 6), 20 + 45 * (number // 6 % 5), 30 + 45 * (number // 30))


def set_sheets(groups: Sequence[Group]) -> tuple[list[Image.Image], list[str], float]:
    """Set contact sheets with a plain colour in place of each page.

    Return them at 1 px a mm, their texts, and the scale of the pages.
    """
    scale = fitting_scale(groups)
    pages = [
        (card.picture(number), size)
        for made in groups
        for card in made.cards
        for number, size in enumerate(card.pages, 1)
    ]
    pictures = {
        name: png(Image.new("RGB", pixels(size, 100 * scale), colour(number)))
        for number, (name, size) in enumerate(pages)
    }
    job = contact_sheets(groups, scale, pictures, "en")
    with Printer() as printer:
        printed = printer.print(job)
    assert printed.diagnostics == ()
    document = pdfium.PdfDocument(printed.pdf)
    texts = [leaf.get_textpage().get_text_bounded() for leaf in document]
    return list(draw_pages(printed.pdf, 25.4)), texts, scale


def most_used(numbers: Iterable[int]) -> list[int]:
    """Return the numbers, in order, that occur more than half as often as the most frequent."""
    counts = Counter(numbers)
    most = max(counts.values())
    return sorted(number for number, count in counts.items() if count > most / 2)


def boxes(sheets: Sequence[Image.Image], count: int) -> list[tuple[int, int, int, int, int]]:
    """Return where each plain page stands: its sheet, left, top, width and height in mm."""
    known = {bytes(colour(number)): number for number in range(count)}
    found = {}
    for sheet_number, sheet in enumerate(sheets):
        data = sheet.tobytes()
        spots: dict[int, list[tuple[int, int]]] = {}
        for at in range(0, len(data), 3):
            if (number := known.get(data[at : at + 3])) is not None:
                down, right = divmod(at // 3, sheet.width)
                spots.setdefault(number, []).append((right, down))
        for number, places in spots.items():
            # At their edges, pages and the ground run into each other.
            columns, rows = (most_used(line) for line in zip(*places, strict=True))
            box = columns[0], rows[0], len(columns), len(rows)
            assert len(places) > 0.98 * len(columns) * len(rows), number  # nothing lies over it
            assert number not in found
            found[number] = (sheet_number, *box)
    return [found[number] for number in range(count)]


PLANS = {
    "one flyer": [group("flyer", 1, 1, A4)],
    "one booklet": [group("booklet", 1, 8, A5)],
    "eleven of each": [group("booklet", 11, 8, A5), group("flyer", 11, 1, A4)],
    "booklets too long for a line": [group("booklet", 5, 24, A5)],
    "a booklet longer than a sheet": [group("booklet", 1, 120, A5)],
    "many small groups": [group(f"card-{n}", 3, 1, (241, 156)) for n in range(40)],
    "some failed": [group("booklet", 4, 8, A5, failed=3), group("flyer", 4, 1, A4, failed=4)],
}


@pytest.mark.slow
@pytest.mark.parametrize("groups", PLANS.values(), ids=PLANS)
def test_every_page_stands_whole_on_a_sheet_below_its_heading(groups: list[Group]) -> None:
    pages = [size for made in groups for card in made.cards for size in card.pages]
    sheets, texts, scale = set_sheets(groups)
    for (number, left, top, width, height), size in zip(
        boxes(sheets, len(pages)), pages, strict=True
    ):
        wanted_width, wanted_height = pixels(size, 25.4 * scale)
        assert abs(width - wanted_width) <= 2
        assert abs(height - wanted_height) <= 2
        assert left >= MARGIN - 1
        assert left + width <= sheets[number].width - MARGIN + 1
        assert MARGIN < top < top + height <= HIGHEST - MARGIN + 1
    assert all("profile" in text for text in texts)
    assert sum(text.count("failed") for text in texts) == sum(
        bool(card.failed) for made in groups for card in made.cards
    )


def test_a_booklet_takes_a_row_and_what_is_alike_stands_below_each_other() -> None:
    sheets, _, scale = set_sheets([group("booklet", 4, 8, A5)])
    found = boxes(sheets, 32)
    rows = [found[first : first + 8] for first in range(0, 32, 8)]
    assert len({top for _, _, top, *_ in found}) == 4
    for row in rows:
        assert len({top for _, _, top, *_ in row}) == 1
        assert [left for _, left, *_ in row] == [left for _, left, *_ in rows[0]]
    width = A5[0] * 25.4 / 72 * scale
    lefts = [left for _, left, *_ in rows[0]]
    gaps = [after - before - width for before, after in pairwise(lefts)]
    assert gaps == pytest.approx([5, 0, 5, 0, 5, 0, 5], abs=1.1)


def test_bound_on_the_right_the_lower_page_of_a_spread_is_on_the_right() -> None:
    card = Card("ar", ("ar", "", ""), (A5,) * 8, is_right_to_left=True)
    sheets, _, _ = set_sheets([Group("profile", "booklet", (card,))])
    lefts = [left for _, left, *_ in boxes(sheets, 8)]
    assert sorted(range(8), key=lambda n: lefts[n]) == [0, 2, 1, 4, 3, 6, 5, 7]


def test_few_editions_are_shown_larger_than_many() -> None:
    assert fitting_scale([group("flyer", 1, 1, A4)]) == SCALES[0]
    assert fitting_scale([group("flyer", 300, 1, A4)]) == SCALES[-1]


def test_a_page_that_is_not_there_has_the_size_of_those_that_are() -> None:
    made = group("booklet", 2, 8, A5, failed=1)
    assert [made.sizes(card) for card in made.cards] == [(A5,), (A5,) * 8]
    nothing = group("flyer", 1, 1, A5, failed=1)
    assert nothing.sizes(nothing.cards[0]) == (A4,)


@pytest.mark.slow
def test_pages_are_drawn_one_at_a_time(printed: Workspace) -> None:
    pdf = printed.pdf("brochure", "de").read_bytes()
    drawn = draw_pages(pdf, 36)
    first = next(drawn)
    assert first.size == pixels(A5, 36)
    assert sum(1 for _ in drawn) == 7
