"""Sections share a page where each would leave its own empty, and begin where a long one ends."""

import re

import pypdfium2
import pytest
import tinyhtml5
from PIL import Image

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.geometry import Rectangle
from careerprint.core.reader import Reader
from careerprint.finished.document import read_finished
from careerprint.finished.readback import Reading, joined
from careerprint.typesetting.measure import LaidOutPage, levels
from careerprint.typesetting.sharing import behind_ends, sharing, sparse_pages

from .conftest import PROFILE, SLUG, Workspace

SLACK = 60  # mm that a frame takes up; pages have a height of 200 mm, and 40 more may be left


def page(name: str, used: float) -> LaidOutPage:
    """Return a page of 200 mm with so much of a frame; all but the first one may join."""
    return LaidOutPage(100, 200, 0, 200, used, (name,), (), (name,) if name != "a" else ())


def apart(**used: float) -> list[LaidOutPage]:
    return [page(name, height) for name, height in used.items()]


@pytest.mark.parametrize(
    ("pages", "alone", "joining"),
    [
        # Nothing is sparse: a picture over each section takes up what is free.
        ({"a": 110, "b": 120, "c": 150}, {"a": 110, "b": 90, "c": 120}, set()),
        # One is, and has room below the one before, or the one after it has.
        ({"a": 110, "b": 80, "c": 150}, {"a": 110, "b": 50, "c": 120}, {"b"}),
        ({"a": 180, "b": 90, "c": 120}, {"a": 180, "b": 60, "c": 90}, {"c"}),
        # Several short ones share a page until it is full.
        ({"a": 60, "b": 60, "c": 60, "d": 60}, dict.fromkeys("abcd", 50), {"b", "c"}),
        # A page is sparse and no neighbour has room; the next begins where one is almost empty.
        ({"a": 150, "b": 90, "c": 180}, {"a": 150, "b": 60, "c": 160}, set()),
        ({"a": 150, "b": 70, "c": 180}, {"a": 150, "b": 60, "c": 160}, {"c"}),
    ],
)
def test_what_would_stay_empty_is_shared(
    pages: dict[str, float], alone: dict[str, float], joining: set[str]
) -> None:
    assert sharing(apart(**pages), apart(**alone), SLACK) == joining


def test_a_page_is_sparse_when_more_is_left_than_a_picture_takes() -> None:
    assert sparse_pages(apart(a=120, b=80, c=70), SLACK) == 2
    assert sparse_pages(apart(a=80, b=180), SLACK) == 1
    assert sparse_pages(apart(a=110, b=110), SLACK) == 0
    assert sparse_pages(apart(a=80), SLACK) == 0, "nothing may join it"


def test_a_section_begins_behind_the_end_of_one_that_has_moved_on() -> None:
    pages = apart(a=200, b=190, c=60, d=150)
    assert behind_ends(pages, frozenset("bc")) == {"d"}
    assert not behind_ends(pages, frozenset("bcd"))
    assert not behind_ends(apart(a=200, b=190, c=100, d=150), frozenset("bc"))


def with_sections(workspace: Workspace, *words: int) -> Workspace:
    """Leave the profile sections of so many words, and no facts."""
    front = (workspace.root / PROFILE).read_text("utf-8").split("---\n", 2)[1]
    head, flyer = front[: front.index("facts:")], front[front.index("flyer:") :]
    flyer = flyer[: flyer.index("  points:")] + '  points: ["Eins.", "Zwei.", "Drei."]\n'
    text = "Gefragt sind Geduld, Neugier und ein Gefühl für Zahlen und Menschen. "
    body = "".join(
        f"## Abschnitt {n}\n\n{text * (count // 11)}\n\n" for n, count in enumerate(words)
    )
    (workspace.root / PROFILE).write_text(f"---\n{head}{flyer}---\n\nEin Beruf.\n\n{body}", "utf-8")
    return workspace


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "count"),
    [((50, 50, 50), 4), ((250, 40, 40, 250, 60, 40, 250), 8), ((700, 30, 900, 330, 40), 8)],
)
def test_no_page_of_a_text_stays_empty(
    workspace: Workspace, words: tuple[int, ...], count: int
) -> None:
    (outcome,) = with_sections(workspace, *words).build("brochure", "de")
    told = [d.sentence(str) for d in outcome.diagnostics]
    assert not [each for each in told if "% empty" in each or "error" in each], told
    assert len(read_finished(workspace.pdf("brochure", "de").read_bytes()).pages) == count


def brochure_html(workspace: Workspace) -> str:
    return compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root)).html


@pytest.mark.parametrize(
    ("words", "opening"),
    [((50,), "section"), ((50, 50), "main"), ((), "section")],
)
def test_the_opening_stands_on_the_pages_of_the_only_section(
    workspace: Workspace, words: tuple[int, ...], opening: str
) -> None:
    """The last section's pages have a name, so none but they could stand on them."""
    with_sections(workspace, *words)
    html = tinyhtml5.parse(brochure_html(workspace), namespace_html_elements=False)
    (found,) = html.iterfind(f".//{opening}/div[@class='opening']")
    assert "".join(found.itertext()).strip() == "Ein Beruf."


def test_contents_of_many_sections_and_facts_stand_closer(workspace: Workspace) -> None:
    assert '"contents dense"' not in brochure_html(workspace)
    more = "".join(f"## Noch etwas {n}\n\nText.\n\n" for n in range(5))
    workspace.edit(PROFILE, "\n## Ausblick", f"\n{more}## Ausblick")
    assert '"contents dense"' in brochure_html(workspace)


def test_a_sheet_that_lacks_pages_gets_a_view_of_the_work_between_notes(
    workspace: Workspace,
) -> None:
    fillers = re.findall(r'class="filler filler-[2-4] (\w+)"', brochure_html(workspace))
    assert fillers == ["notes", "view", "notes"]


def test_below_an_opening_with_a_picture_no_drawing_follows(workspace: Workspace) -> None:
    with_sections(workspace, 50, 50)
    assert brochure_html(workspace).count('class="opener apart"') == 2
    Image.new("RGB", (600, 400), "green").save((workspace.root / PROFILE).with_name("garten.png"))
    workspace.edit(PROFILE, "Ein Beruf.", "Ein Beruf.\n\n![Ein Garten](garten.png)")
    assert brochure_html(workspace).count('class="opener apart"') == 1


def test_without_an_opening_no_room_is_kept_for_one(workspace: Workspace) -> None:
    with_sections(workspace, 50, 50).edit(PROFILE, "Ein Beruf.", "")
    assert 'class="opening"' not in brochure_html(workspace)


@pytest.mark.slow
def test_the_back_cover_ends_where_its_page_does(workspace: Workspace) -> None:
    """Also where it stands below the end of a text that began overleaf."""
    with_sections(workspace, 330).build("brochure", "de")
    document = pypdfium2.PdfDocument(workspace.pdf("brochure", "de"))
    picture = document[len(document) - 1].render(scale=0.5).to_pil()
    assert picture.getpixel((picture.width // 2, picture.height - 2)) != (255, 255, 255)


def test_a_word_that_is_divided_at_the_end_of_a_page_is_read_as_one() -> None:
    pages = [["\nAm Morgen wird bespro\u2010"], ["\nchen, was zu tun ist.", "\nDanach"]]
    assert Reading([*joined(pages)]).next("Am Morgen wird besprochen, was zu tun ist.")
    ends_whole = [["\nEin Satz"], ["\nnoch einer"]]
    assert Reading([*joined(ends_whole)]).next("Satz noch")


def test_columns_beside_one_another_end_level() -> None:
    columns = (
        ("reasons", Rectangle(0, 10, 90, 100)),
        ("pay", Rectangle(95, 10, 180, 70)),
        ("below", Rectangle(0, 110, 180, 120)),
    )
    laid_out = LaidOutPage(200, 200, 0, 200, 120, (), (), columns=columns)
    assert levels([laid_out]) == {"pay": 30}
