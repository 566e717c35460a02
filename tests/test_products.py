"""Leaflet and poster from the same text, and the three further examples in every layout."""

import io
import shutil
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from careerprint.building.build import Options, build
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition, Outcome
from careerprint.core.reader import Reader
from careerprint.finished.document import Finished
from careerprint.layouts.declaration import layout_names
from careerprint.rules.checking import examine_pdf
from careerprint.typesetting.typeset import Typesetter

from .conftest import ROOT, SLUG, Workspace

MM = 25.4 / 72  # of a pt
EXAMPLES = ROOT / "docs" / "examples"
PROFILES = ("carpenter-freiburg", "gardener-kassel", "nursing-leipzig")
# The longest and the shortest text in most layouts; half of them in English.
PRINTED = (
    Edition("gardener-kassel", "brochure", "en"),
    Edition("gardener-kassel", "flyer", "de", "a5"),
    Edition("gardener-kassel", "poster", "en"),
    Edition("nursing-leipzig", "flyer", "en", "din-lang"),
    Edition("nursing-leipzig", "leaflet", "en"),
    Edition("carpenter-freiburg", "brochure", "de"),
    Edition("carpenter-freiburg", "leaflet", "de"),
    Edition("carpenter-freiburg", "poster", "de"),
    Edition("nursing-leipzig", "leicht", "de"),
    Edition("gardener-kassel", "leicht-flyer", "en"),
)


def made(typesetter: Typesetter, edition: Edition) -> Finished:
    """Print an edition of the example, and return what it holds; there is nothing wrong with it."""
    job = compose(edition, Reader(ROOT))
    done = typesetter.typeset(job)
    examination = examine_pdf(done.pdf, "out.pdf", job, done.left_out)
    assert not [found for found in examination.findings if found.is_error]
    assert examination.found is not None
    return examination.found


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "cover"), [("de", (197, 297)), ("ar", (0, 100))])
def test_a_leaflet_has_two_sides_and_nothing_stands_on_a_fold(
    typesetter: Typesetter, locale: str, cover: tuple[int, int]
) -> None:
    found = made(typesetter, Edition(SLUG, "leaflet", locale))
    assert [page.size for page in found.pages] == [pytest.approx((297, 210), abs=0.1)] * 2
    first = found.pieces[0]  # of the cover
    assert cover[0] <= first.place.left < first.place.right <= cover[1], first
    outside, inside = ((97, 197), (100, 200)) if locale == "de" else ((100, 200), (97, 197))
    for number, folds in ((1, outside), (2, inside)):
        placed = [piece.place for piece in found.pieces if piece.page == number]
        assert placed
        for fold in folds:
            assert not [p for p in placed if p.left < fold + 3 and p.right > fold - 3], fold


def fold_marks(pdf: bytes) -> list[list[tuple[float, float, float]]]:
    """Return the upright dashed strokes of each page: place, lower and upper end, from its trim."""
    pages = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, *_ = (float(side) for side in page.trimbox)
            strokes, dash, start = [], False, (0.0, 0.0)
            for drawn in pikepdf.parse_content_stream(page):
                operands, operator = drawn.operands, drawn.operator
                if str(operator) == "d":
                    dash = bool(len(operands[0]))
                elif str(operator) == "m":
                    start = float(operands[0]), float(operands[1])
                elif str(operator) == "l" and dash and float(operands[0]) == start[0]:
                    low, high = sorted((start[1], float(operands[1])))
                    place = (start[0] - left) * MM, (low - bottom) * MM, (high - bottom) * MM
                    strokes.append(place)
                elif str(operator) == "Q":
                    dash = False
            pages.append(strokes)
    return pages


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "panels"),
    [("de", [[97, 100, 100], [100, 100, 97]]), ("ar", [[100, 100, 97], [97, 100, 100]])],
)
def test_on_press_folds_are_marked_beyond_the_bleed(
    typesetter: Typesetter, locale: str, panels: list[list[int]]
) -> None:
    job = compose(Edition(SLUG, "leaflet", locale, target="press-draft"), Reader(ROOT))
    pages = fold_marks(typesetter.typeset(job).pdf)
    widths = []
    for strokes in pages:
        folds = sorted({round(place, 1) for place, *_ in strokes})
        assert len(strokes) == 2 * len(folds), "one above and one below the page"
        for _, low, high in strokes:
            assert high <= -3 - 0.9 or low >= 210 + 3 + 0.9, "a millimetre from the bleed"
            assert high - low == pytest.approx(6, abs=0.1)
        widths.append([round(b - a) for a, b in pairwise([0, *folds, 297])])
    assert widths == panels


def test_where_nothing_is_trimmed_folds_are_not_marked(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "office", ignore=shutil.ignore_patterns("out"))
    edition = Edition("nursing-leipzig", "leaflet", "de", target="press-draft")

    def is_marked() -> bool:
        conditions = compose(edition, Reader(tmp_path / "office")).conditions
        return conditions is not None and conditions.fold_marks

    assert is_marked()
    configuration = tmp_path / "office" / "careerprint.toml"
    before = configuration.read_text("utf-8")
    for asked in ('shop = "office"', "marks = false"):
        configuration.write_text(f"{before}\n[press]\n{asked}\n", "utf-8")
        assert not is_marked(), asked


@pytest.mark.slow
def test_a_poster_can_be_enlarged_since_nothing_of_it_is_made_of_pixels(
    typesetter: Typesetter,
) -> None:
    found = made(typesetter, Edition(SLUG, "poster", "uk"))
    (page,) = found.pages
    assert page.size == pytest.approx((297, 420), abs=0.1)
    assert not found.painted.pictures


@pytest.mark.slow
def test_the_further_examples_are_printed_in_every_layout(tmp_path: Path) -> None:
    assert {edition.layout for edition in PRINTED} == {*layout_names(Reader(EXAMPLES))}
    assert {edition.profile for edition in PRINTED} == set(PROFILES)
    outcomes = build(PRINTED, Reader(EXAMPLES), tmp_path, Options(jobs=1))
    assert not list(complaints(outcomes))
    assert all(outcome.fallen_back == 0 for outcome in outcomes)


@pytest.mark.slow
def test_the_contents_of_a_short_brochure_without_facts_fill_their_page(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "short", ignore=shutil.ignore_patterns("out"))
    short = Workspace(tmp_path / "short")
    place = "content/carpenter-freiburg/profile.md"
    short.edit(place, "  places:\n    - auf der Baustelle\n    - in der Halle\n", "")
    edition = Edition("carpenter-freiburg", "brochure", "de")
    outcomes = build([edition], Reader(short.root), tmp_path / "out", Options(jobs=1))
    told = [d.sentence(str) for outcome in outcomes for d in outcome.diagnostics]
    assert not [each for each in told if "Page 2" in each]


def complaints(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        for told in outcome.diagnostics:
            if told.severity.name == "ERROR":
                yield told.sentence(str)
