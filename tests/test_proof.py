"""Proofs: pictures that show what was printed, all of it, and nothing that is out of date."""

import io
import shutil
import subprocess
import weakref
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition, Outcome, State
from careerprint.output.proof import PAPER, SIGNAL, SheetPainter, draw_pages, page_sizes
from careerprint.output.proofing import draw_proofs
from careerprint.output.sheets import (
    A4,
    LIMIT,
    MARGIN,
    SCALES,
    Box,
    Card,
    Group,
    PaperSize,
    Sheet,
    Size,
    pixels,
    plan_sheets,
    spreads,
)
from careerprint.profiles.catalogs import locale_name

from .conftest import LOCALES, PROFILE, ROOT, SLUG, Workspace

A5: PaperSize = (419.53, 595.28)
LAYOUTS = ("flyer", "brochure")
NO_GLYPH = ("headline: Zuhören. Verstehen. Lösen.", "headline: 漢")


@pytest.fixture(scope="module")
def proofs(printed: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the proofs of every edition; not to be changed."""
    copy = Workspace(tmp_path_factory.mktemp("proofs") / "workspace")
    shutil.copytree(printed.root, copy.root)
    done = copy.run("proof")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\nPages drawn: 99. out/proofs/\n")
    return copy


def folder(workspace: Workspace) -> Path:
    return workspace.root / "out" / "proofs"


def page(workspace: Workspace, layout: str, locale: str, number: int) -> Path:
    return folder(workspace) / SLUG / f"{SLUG}-{layout}-{locale}-{number}.png"


def names(workspace: Workspace) -> set[str]:
    return {p.relative_to(folder(workspace)).as_posix() for p in folder(workspace).rglob("*.*")}


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of two pictures' channels, from 0 to 255."""
    box = (0, 0, min(one.width, other.width), min(one.height, other.height))
    both = (picture.convert("RGB").crop(box) for picture in (one, other))
    return sum(ImageStat.Stat(ImageChops.difference(*both)).mean) / 3


def planned(workspace: Workspace, failed: Sequence[tuple[str, str]] = ()) -> list[Sheet]:
    """Return the plan of the contact sheets of a workspace's PDFs."""
    locales = [tag for tag in LOCALES if workspace.pdf("flyer", tag).is_file()]
    groups = []
    for layout in LAYOUTS:
        cards = []
        for tag in locales:
            pages = page_sizes(workspace.pdf(layout, tag).read_bytes())
            has_failed = (layout, tag) in failed
            cards.append(
                Card(
                    f"{layout} {tag}",
                    (tag, "", ""),
                    () if has_failed else pages,
                    tag == "ar",
                    "failed" if has_failed else "",
                )
            )
        groups.append(Group(SLUG, layout, tuple(cards)))
    return plan_sheets(groups)


def cropped(sheet: Image.Image, box: Box) -> Image.Image:
    return sheet.crop((box.left, box.top, box.left + box.width, box.top + box.height))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_page_is_a_picture_of_its_size(proofs: Workspace, layout: str, locale: str) -> None:
    with pikepdf.open(proofs.pdf(layout, locale)) as pdf:
        for number, leaf in enumerate(pdf.pages, 1):
            with Image.open(page(proofs, layout, locale, number)) as picture:
                size = [round(float(side) * 150 / 72) for side in leaf.mediabox[2:]]
                assert list(picture.size) == size
                assert picture.info["dpi"] == pytest.approx((150, 150), abs=0.02)
        assert not page(proofs, layout, locale, len(pdf.pages) + 1).exists()


@pytest.mark.parametrize(
    ("layout", "locale", "number"),
    [("brochure", "de", 1), ("brochure", "uk", 5), ("brochure", "ar", 7), ("flyer", "ar", 1)],
)
def test_a_picture_shows_what_another_renderer_shows(
    proofs: Workspace, tmp_path: Path, layout: str, locale: str, number: int
) -> None:
    pdf = proofs.pdf(layout, locale)
    wanted = ["-r", "150", "-f", str(number), "-l", str(number), "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *wanted, pdf, tmp_path / "poppler"], check=True)
    with (
        Image.open(page(proofs, layout, locale, number)) as ours,
        Image.open(tmp_path / "poppler.png") as theirs,
        Image.open(page(proofs, "brochure", "de", 3)) as another,
    ):
        assert difference(ours, theirs) < 3
        assert difference(another, theirs) > 12


def test_the_contact_sheets_show_every_page_of_every_edition(proofs: Workspace) -> None:
    sheets = planned(proofs)
    files = sorted(folder(proofs).glob("contact-sheet*.png"))
    assert [f.name for f in files] == [f"contact-sheet-{n}.png" for n in range(1, len(files) + 1)]
    shown = set()
    for sheet, file in zip(sheets, files, strict=True):
        with Image.open(file) as picture:
            assert picture.size == sheet.size
            for placed in (card for group in sheet.groups for card in group.cards):
                layout, tag = placed.card.path.split()
                for number, box in enumerate(placed.pages, 1):
                    other = LOCALES[LOCALES.index(tag) - 1]
                    own, others = (
                        difference(
                            cropped(picture, box),
                            Image.open(page(proofs, layout, which, number)).resize(box[2:]),
                        )
                        for which in (tag, other)
                    )
                    assert own < min(others, 5), (layout, tag, number)
                    shown.add((layout, tag, number))
    brochures = {("brochure", tag, n) for tag in LOCALES for n in range(1, 9)}
    assert shown == brochures | {("flyer", tag, 1) for tag in LOCALES}


def test_the_same_pdfs_make_the_same_pictures(workspace: Workspace) -> None:
    first = workspace.run("proof", "--layout", "flyer")
    assert "2 printed, 0 unchanged" in first.stdout
    before = {name: (folder(workspace) / name).read_bytes() for name in names(workspace)}
    again = workspace.run("proof", "--layout", "flyer")
    assert "0 printed, 2 unchanged" in again.stdout
    after = {name: (folder(workspace) / name).read_bytes() for name in names(workspace)}
    assert after == before
    assert set(after) == {
        "contact-sheet.png",
        f"{SLUG}/{SLUG}-flyer-de-1.png",
        f"{SLUG}/{SLUG}-flyer-en-1.png",
    }


def test_it_prints_first_what_is_not_fresh_and_says_so_like_build(workspace: Workspace) -> None:
    selection = ["--layout", "flyer", "--locale", "en", "--out", "druck", SLUG]
    workspace.run("proof", *selection)
    workspace.edit("layouts/base/tokens.toml", "#0F4C5C", "#5C0F4C")
    old = (workspace.root / f"druck/proofs/{SLUG}/{SLUG}-flyer-en-1.png").read_bytes()
    done = workspace.run("proof", "--dpi", "72", *selection)
    assert done.stdout == (
        f"printed: {SLUG}/{SLUG}-flyer-en.pdf (left out: skills)\n"
        "1 printed, 0 unchanged, 0 failed. druck/\n"
        "drawn: druck/proofs/contact-sheet.png\n"
        "Pages drawn: 1. druck/proofs/\n"
    )
    new = (workspace.root / f"druck/proofs/{SLUG}/{SLUG}-flyer-en-1.png").read_bytes()
    assert Image.open(io.BytesIO(new)).size == (595, 842)
    assert old != new
    assert not (workspace.root / "out" / "proofs").exists()


def test_what_failed_is_shown_as_failed_and_never_as_it_once_was(workspace: Workspace) -> None:
    assert workspace.run("proof").returncode == 0
    good = workspace.pdf("flyer", "de").read_bytes()
    workspace.edit(PROFILE, *NO_GLYPH)
    built, done = workspace.run("build"), workspace.run("proof")
    assert (done.returncode, done.stderr) == (built.returncode, built.stderr)
    assert (done.returncode, done.stderr.count(": error: ")) == (1, 1)
    assert f"failed: {SLUG}/{SLUG}-flyer-de.pdf\n" in done.stdout
    assert "0 printed, 2 unchanged, 2 failed. out/\n" in done.stdout
    assert workspace.pdf("flyer", "de").read_bytes() == good
    assert not page(workspace, "flyer", "de", 1).exists()
    assert page(workspace, "brochure", "de", 1).exists()
    (sheet,) = planned(workspace, failed=[("flyer", "de"), ("flyer", "en")])
    empty = [c for g in sheet.groups for c in g.cards if c.card.failed]
    assert len(empty) == 2
    with Image.open(folder(workspace) / "contact-sheet.png") as picture:
        for card in empty:
            (box,) = card.pages
            found = cropped(picture, box).getcolors(2**16) or []
            colours = {"#{:02X}{:02X}{:02X}".format(*c): n for n, c in found}  # type: ignore[misc]
            assert set(colours) >= {PAPER, SIGNAL}
            assert colours[PAPER] > 0.97 * box.width * box.height


def test_pictures_of_what_is_no_more_go_and_nothing_else(workspace: Workspace) -> None:
    workspace.run("proof", "--layout", "flyer")
    gone = [
        f"{SLUG}/{SLUG}-flyer-de-2.png",
        f"{SLUG}/{SLUG}-flyer-de-13.png",
        "contact-sheet-1.png",
        "contact-sheet-2.png",
    ]
    kept = [
        f"{SLUG}/{SLUG}-flyer-de-419-1.png",  # of another locale
        f"{SLUG}/{SLUG}-brochure-de-9.png",  # of another edition
        f"{SLUG}/{SLUG}-flyer-de-neu.png",
        f"{SLUG}/{SLUG}-flyer-de-2.jpg",
        "contact-sheet-x.png",
        "mine.png",
    ]
    for name in (*gone, *kept):
        (folder(workspace) / name).write_bytes(b"")
    before = names(workspace)
    workspace.run("proof", "--layout", "flyer", "--locale", "de")
    assert before - names(workspace) == set(gone)


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


@pytest.mark.parametrize("resolution", [36, 600])
def test_resolutions_at_the_ends_of_the_range(workspace: Workspace, resolution: int) -> None:
    done = workspace.run("proof", "--layout", "flyer", "--locale", "de", "--dpi", str(resolution))
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(page(workspace, "flyer", "de", 1)) as picture:
        assert picture.size == pixels(A4, resolution)


@pytest.mark.parametrize("name", ["out/proofs", f"out/proofs/{SLUG}"])
def test_where_proofs_cannot_be_written_it_is_said(workspace: Workspace, name: str) -> None:
    (workspace.root / name).parent.mkdir(parents=True, exist_ok=True)
    (workspace.root / name).write_bytes(b"a file where a folder should be")
    for language, message in (("en", "This cannot be written"), ("de", "Das lässt sich nicht")):
        done = workspace.run("--lang", language, "proof", "--layout", "flyer", "--locale", "de")
        assert done.returncode == 2
        assert message in done.stderr
        assert done.stderr.count("\n") == 1
        assert f"{SLUG}-flyer-de-1.png:" in done.stderr


def test_a_pdf_that_is_gone_when_it_is_to_be_drawn_is_said(tmp_path: Path) -> None:
    outcome = Outcome(Edition(SLUG, "flyer", "de"), State.FRESH)
    with pytest.raises(Refused, match=r"flyer-de\.pdf” cannot be read"):
        draw_proofs([outcome], tmp_path, 150, "en")


def test_captions_name_languages_in_the_users_own() -> None:
    assert locale_name("uk", "de") == "Ukrainisch"
    assert locale_name("uk", "en") == "Ukrainian"
    assert locale_name("de-AT", "de") == "Deutsch (Österreich)"
    assert locale_name("ar-XB", "de") == "Arabisch (Pseudo-Bidi)"


def test_a_booklet_lies_open() -> None:
    assert spreads(1) == [(0,)]
    assert spreads(2) == [(0,), (1,)]
    assert spreads(8) == [(0,), (1, 2), (3, 4), (5, 6), (7,)]
    assert spreads(5) == [(0,), (1, 2), (3, 4)]


def group(layout: str, editions: int, pages: int, paper: PaperSize, failed: int = 0) -> Group:
    """Return a group of editions with so many pages each, the first `failed` of them failed."""
    cards = [
        Card(f"{layout}{n}", (f"{n}", "", ""), () if n < failed else (paper,) * pages)
        for n in range(editions)
    ]
    return Group("profile", layout, tuple(cards))


PLANS = {
    "one flyer": [group("flyer", 1, 1, A4)],
    "one booklet": [group("booklet", 1, 8, A5)],
    "eleven of each": [group("booklet", 11, 8, A5), group("flyer", 11, 1, A4)],
    "booklets too long for a line": [group("booklet", 5, 24, A5)],
    "many small groups": [group(f"card-{n}", 3, 1, (241, 156)) for n in range(40)],
    "hundreds": [group("flyer", 300, 1, A4), group("booklet", 100, 12, A5)],
    "some failed": [group("booklet", 4, 8, A5, failed=3), group("flyer", 4, 1, A4, failed=4)],
}


@pytest.mark.parametrize("groups", PLANS.values(), ids=PLANS)
def test_a_plan_has_room_for_all_and_nothing_overlaps(groups: list[Group]) -> None:
    sheets = plan_sheets(groups)
    for sheet in sheets:
        assert max(sheet.size) <= LIMIT
        cards = [card for placed in sheet.groups for card in placed.cards]
        boxes = [placed.heading for placed in sheet.groups]
        boxes += [box for card in cards for box in (card.caption, *card.pages)]
        for left, top, width, height in boxes:
            assert MARGIN <= left <= left + width <= sheet.size.width - MARGIN
            assert MARGIN <= top <= top + height <= sheet.size.height - MARGIN
        for a, b in combinations(boxes, 2):
            apart = (
                a.left + a.width < b.left,
                b.left + b.width < a.left,
                a.top + a.height < b.top,
                b.top + b.height < a.top,
            )
            assert any(apart), (a, b)
    shown = [c.card for sheet in sheets for placed in sheet.groups for c in placed.cards]
    assert shown == [card for made in groups for card in made.cards]
    assert len({sheet.size.width for sheet in sheets}) == 1


def test_a_booklet_takes_a_row_and_what_is_alike_stands_below_each_other() -> None:
    (sheet,) = plan_sheets([group("booklet", 4, 8, A5)])
    (placed,) = sheet.groups
    assert len({card.pages[0].top for card in placed.cards}) == 4
    for card in placed.cards:
        assert len({box.top for box in card.pages}) == 1
        assert [box.left for box in card.pages] == [box.left for box in placed.cards[0].pages]
        gaps = [b.left - a.left - a.width for a, b in zip(card.pages, card.pages[1:], strict=False)]
        assert gaps == [52, 1, 52, 1, 52, 1, 52]


def test_bound_on_the_right_the_lower_page_of_a_spread_is_on_the_right() -> None:
    card = Card("ar", ("ar", "", ""), (A5,) * 8, is_right_to_left=True)
    (sheet,) = plan_sheets([Group("profile", "booklet", (card,))])
    lefts = [box.left for box in sheet.groups[0].cards[0].pages]
    assert sorted(range(8), key=lambda n: lefts[n]) == [0, 2, 1, 4, 3, 6, 5, 7]


def test_few_editions_are_shown_larger_than_many() -> None:
    def width(groups: list[Group]) -> int:
        return plan_sheets(groups)[0].groups[0].cards[0].pages[0].width

    assert width([group("flyer", 1, 1, A4)]) == pixels(A4, SCALES[0] * 2.54).width
    assert width([group("flyer", 300, 1, A4)]) == pixels(A4, SCALES[-1] * 2.54).width


def test_a_page_that_is_not_there_has_the_size_of_those_that_are() -> None:
    (sheet,) = plan_sheets([group("booklet", 2, 8, A5, failed=1)])
    failed, good = sheet.groups[0].cards
    assert failed.pages[0][2:] == good.pages[0][2:]


def test_a_sheet_is_drawn_without_keeping_its_pages() -> None:
    alive: list[weakref.ref[Image.Image]] = []

    def drawing(_: Card, sizes: Sequence[Size]) -> Iterator[Image.Image]:
        for size in sizes:
            picture = Image.new("RGB", size)
            alive.append(weakref.ref(picture))
            assert sum(reference() is not None for reference in alive) <= 2
            yield picture

    regular = (ROOT / "fonts" / "IBMPlexSans_400Regular.ttf").read_bytes()
    (sheet,) = plan_sheets([group("booklet", 3, 8, A5)])
    SheetPainter(regular, regular, drawing).draw(sheet)
    assert len(alive) == 24


def test_pages_are_drawn_one_at_a_time(printed: Workspace) -> None:
    pdf = printed.pdf("brochure", "de").read_bytes()
    drawn = draw_pages(pdf, [pixels(size, 36) for size in page_sizes(pdf)])
    first = next(drawn)
    assert first.size == pixels(A5, 36)
    assert sum(1 for _ in drawn) == 7
