"""The artwork of press pages: it runs past the trimmed edge, and the text stands as on the screen."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS, SCREEN
from careerprint.planning.season import by_id, read_season
from careerprint.typesetting.typeset import Typeset, Typesetter

from .cards import in_one_size, of_few_sections, shortened
from .conftest import SLUG, Workspace
from .workspaces import make_full_workspace

DOTS = 5  # per mm: trimmed edges fall between pixels
PT_PER_MM = 72 / 25.4
WITH_STAND, WITHOUT = "beispielstadt-maerz", "beispielstadt-herbst"  # fairs of the example table
GERMAN, ARABIC = (Edition(SLUG, "brochure", locale, "a5") for locale in ("de", "ar"))
FLYERS = [
    Edition(SLUG, "flyer", locale, size, fair)
    for locale, size, fair in (
        ("de", "a4", ""),
        ("de", "a5", WITH_STAND),
        ("ar", "a5", WITH_STAND),
        ("ar", "din-lang", WITHOUT),
    )
]
DEVIATION = 16  # of 255: two colours further apart are not the same (sound waves are very faint)
BESIDE = 0.3  # mm from the trimmed edge, at either side of it
FLAT = 3.0  # mm along the edge in which an area of one colour has no other
NEAR = 5.0  # mm: where a drawing goes on in another colour, that one is seen so near on the page
LEAST = 0.6  # mm along the edge: what is shorter is where two colours meet

Colour = tuple[int, int, int]
Along = Callable[[int, float], Colour]  # pixel along an edge, mm inside the trimmed page → colour


@dataclass(frozen=True)
class Edge:
    """An edge of the trimmed page: how many pixels it is long, and what lies along it."""

    length: int
    along: Along
    columns: dict[int, set[Colour]] = field(default_factory=dict)

    def beside(self, at: int, mm: float) -> range:
        """Return the places along it that are as near as `mm` to one of them on both sides."""
        reach = int(mm * DOTS)
        return range(max(at - reach, 0), min(at + reach + 1, self.length))

    def colours(self, at: int) -> set[Colour]:
        """Return the colours that are seen near a place on the trimmed page, straight inwards."""
        if at not in self.columns:
            steps = range(int(NEAR * DOTS))
            self.columns[at] = {self.along(at, (step + 0.5) / DOTS) for step in steps}
        return self.columns[at]


pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Prints:
    """Typesets editions of a workspace, of its fairs too."""

    workspace: Workspace
    typesetter: Typesetter
    known: dict[Edition, Typeset] = field(default_factory=dict)

    def printed(self, edition: Edition, target: str = PRESS.name) -> Typeset:
        """Return an edition as it is printed for a target."""
        reader = Reader(self.workspace.root)
        table = self.workspace.root / "content/fairs.csv"
        fairs = by_id(read_season(table, reader, date(2027, 1, 1)).fairs)
        asked = replace(edition, target=target)
        if asked not in self.known:
            job = compose(asked, reader, fairs.get(edition.fair))
            self.known[asked] = self.typesetter.typeset(job)
        return self.known[asked]


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory, typesetter: Typesetter) -> Prints:
    root = tmp_path_factory.mktemp("bleed") / "workspace"
    make_full_workspace(root)
    return Prints(Workspace(root), typesetter)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory, typesetter: Typesetter) -> Prints:
    """Prints from a profile of short sections: a brochure has as many pages, and is soon set."""
    root = tmp_path_factory.mktemp("short") / "workspace"
    make_full_workspace(root)
    return Prints(shortened(Workspace(root)), typesetter)


def named(edition: Edition) -> str:
    return f"{edition.product}-{edition.locale}{'-fair' if edition.fair else ''}"


def pictures(pdf: bytes) -> list[Image.Image]:
    """Return the pages with all that lies around them."""
    document = pypdfium2.PdfDocument(pdf)
    # A trifle less, since PDFium rounds up a size that is a trifle more than it should be.
    drawn = [
        page.render(scale=0.999999 * DOTS / PT_PER_MM).to_pil().convert("RGB") for page in document
    ]
    document.close()
    return drawn


def slivers(page: Image.Image, bleed: int) -> list[str]:
    """Return where a cut beside the trimmed edge would show what does not belong there.

    Along each edge, what is just inside the page is compared with what is just outside it, and with
    the outermost of the bleed. An area of one colour must be of that colour at both. Drawings may
    go on in another colour, but only in one that is seen near by on the page.
    """
    found = []
    for name, edge in edges(page, bleed).items():
        runs = "".join("." if goes_on(edge, at, bleed) else "x" for at in range(edge.length))
        found += [
            f"{name}, {run.start() / DOTS:g} to {run.end() / DOTS:g} mm"
            for run in re.finditer("x+", runs)
            if run.end() - run.start() >= LEAST * DOTS
        ]
    return found


def edges(page: Image.Image, bleed: int) -> dict[str, Edge]:
    """Return the edges of the trimmed page by name."""
    pixels = page.load()
    assert pixels is not None
    margin = bleed * DOTS
    width, height = page.width - 2 * margin, page.height - 2 * margin

    def colour(x: float, y: float) -> Colour:
        found = pixels[int(x), int(y)]
        assert isinstance(found, tuple)
        return found[0], found[1], found[2]

    def deep(mm: float) -> float:
        return margin + mm * DOTS

    right, bottom = page.width - 1, page.height - 1
    return {
        "top": Edge(width, lambda at, mm: colour(margin + at, deep(mm))),
        "bottom": Edge(width, lambda at, mm: colour(margin + at, bottom - int(deep(mm)))),
        "left": Edge(height, lambda at, mm: colour(deep(mm), margin + at)),
        "right": Edge(height, lambda at, mm: colour(right - int(deep(mm)), margin + at)),
    }


def goes_on(edge: Edge, at: int, bleed: int) -> bool:
    """Tell whether what is at a place along an edge goes on outside it."""
    inside, outside, outermost = (edge.along(at, mm) for mm in (BESIDE, -BESIDE, -bleed + 0.1))
    if not alike(outside, inside) and all(
        alike(edge.along(n, BESIDE), inside) for n in edge.beside(at, FLAT / 2)
    ):
        return False
    return all(
        alike(inside, colour) or is_near(edge, at, colour) for colour in (outside, outermost)
    )


def is_near(edge: Edge, at: int, colour: Colour) -> bool:
    """Tell whether a colour is seen on the trimmed page near a place along its edge."""
    return any(alike(seen, colour) for n in edge.beside(at, NEAR) for seen in edge.colours(n))


def alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= DEVIATION for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("edition", [ARABIC, FLYERS[0], *FLYERS[2:]], ids=named)
def test_a_cut_beside_the_edge_shows_no_sliver(
    printer: Prints, short: Prints, edition: Edition
) -> None:
    pages = pictures((short if edition == ARABIC else printer).printed(edition).pdf)
    assert len(pages) == {"flyer": 1, "brochure": 8}[edition.layout]
    for number, page in enumerate(pages, 1):
        assert slivers(page, 3) == [], f"page {number}"


def test_a_cut_shows_none_on_pages_for_notes_and_on_a_back_cover_that_stands_alone(
    workspace: Workspace, typesetter: Typesetter
) -> None:
    typeset = Prints(in_one_size(of_few_sections(workspace)), typesetter).printed(GERMAN)
    pages = pictures(typeset.pdf)
    assert len(pages) == 8
    for number, page in enumerate(pages, 1):
        assert slivers(page, 3) == [], f"page {number}"


# WeasyPrint leaves its sRGB profile open where it writes PDF/A.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("edition", [ARABIC, FLYERS[2]], ids=named)
def test_text_stands_where_it_stands_on_the_screen(
    printer: Prints, short: Prints, edition: Edition, tmp_path: Path
) -> None:
    prints = short if edition == ARABIC else printer
    screen, press = prints.printed(edition, SCREEN.name), prints.printed(edition)
    assert (press.setting, press.left_out) == (screen.setting, screen.left_out)
    assert screen.diagnostics == press.diagnostics
    shown, pressed = words(screen.pdf, tmp_path), words(press.pdf, tmp_path)
    assert len(shown) > 50
    assert [word for word, _ in pressed] == [word for word, _ in shown]
    for (word, place), (_, other) in zip(shown, pressed, strict=True):
        assert [side - 3 * PT_PER_MM for side in other] == pytest.approx(place, abs=0.01), word


def words(pdf: bytes, folder: Path) -> list[tuple[str, list[float]]]:
    """Return the words of a PDF with where they stand, in pt, as poppler reads them."""
    (folder / "read.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-bbox", folder / "read.pdf", "-"],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    found = re.findall(
        r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', done.stdout
    )
    return [(word, [float(side) for side in sides]) for *sides, word in found]


@pytest.mark.parametrize(
    ("edition", "bleed"),
    [(FLYERS[0], 0), (FLYERS[2], 2)],
    ids=["none", "fair"],
)
def test_other_shops_ask_for_less(
    workspace: Workspace, typesetter: Typesetter, edition: Edition, bleed: int
) -> None:
    asks(shortened(workspace), f"bleed = {bleed}")
    typeset = Prints(workspace, typesetter).printed(edition)
    for page in pictures(typeset.pdf):
        assert (page.width - 2 * bleed * DOTS) / DOTS in {148, 210}
        if bleed:
            assert slivers(page, bleed) == []


def asks(workspace: Workspace, lines: str) -> None:
    """Put what a shop asks for into careerprint.toml."""
    workspace.edit("careerprint.toml", "# marks = true", lines)


def test_between_bleed_and_crop_marks_there_is_paper(
    workspace: Workspace, typesetter: Typesetter
) -> None:
    asks(shortened(workspace), "bleed = 2\nmarks = true")  # the drawings reach 3 mm
    typeset = Prints(workspace, typesetter).printed(GERMAN)
    for page in pictures(typeset.pdf):
        outside = page.crop((8 * DOTS, 8 * DOTS, page.width - 8 * DOTS, page.height - 8 * DOTS))
        room = int(1.5 * DOTS)  # marks begin 1 mm from the bleed, 2 mm further in at corners
        for box in (
            (0, 5 * DOTS, room, outside.height - 5 * DOTS),
            (outside.width - room, 5 * DOTS, outside.width, outside.height - 5 * DOTS),
            (5 * DOTS, 0, outside.width - 5 * DOTS, room),
            (5 * DOTS, outside.height - room, outside.width - 5 * DOTS, outside.height),
        ):
            assert outside.crop(box).getextrema() == ((255, 255),) * 3


STRIPS = "inset: 0 calc(-1 * var(--bleed));"
PICTURE = "position: absolute; inset: calc(-1 * var(--bleed)) calc(-1 * var(--bleed)) 0;"


# Edits of a style sheet, and the sides of each page on which artwork then ends at the edge.
FLYER_STRIPS = ((STRIPS, "inset: 0;"),)
FAIR_STRIPS = ((".fair::before { border-color: var(--accent); }", ""),)
BROCHURE = (
    ("bottom -3mm / 154mm 20mm", "bottom / 148mm auto"),
    (PICTURE, "position: absolute; inset: 0;"),
    ("calc(-0.5mm - var(--bleed)); min-height", "-0.5mm; max-height"),
)
BESIDES, FOOT = {"left", "right"}, {"left", "right", "bottom"}
HEAD = {"top", "left", "right"}


@pytest.mark.parametrize(
    ("edition", "edits", "expected"),
    [
        (FLYERS[0], FLYER_STRIPS, {1: BESIDES}),
        (FLYERS[1], FAIR_STRIPS, {1: BESIDES}),
        (ARABIC, BROCHURE, {1: FOOT, 3: BESIDES, **dict.fromkeys(range(4, 8), HEAD), 8: HEAD | FOOT}),
    ],
    ids=["flyer", "fair", "brochure"],
)  # fmt: skip
def test_artwork_that_ends_at_the_edge_is_found(
    workspace: Workspace,
    typesetter: Typesetter,
    edition: Edition,
    edits: tuple[tuple[str, str], ...],
    expected: dict[int, set[str]],
) -> None:
    for old, new in edits:
        workspace.edit(f"layouts/{edition.layout}/{edition.layout}.css", old, new)
    drawn = pictures(Prints(shortened(workspace), typesetter).printed(edition).pdf)
    found = {number: slivers(page, 3) for number, page in enumerate(drawn, 1)}
    sides = {n: {place.split(",")[0] for place in places} for n, places in found.items() if places}
    assert sides == expected, found
