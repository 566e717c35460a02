"""Nothing is cut, covered or too near to the edge without a word: block, page, excess, remedy."""

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from careerprint.building.build import build
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader

from .cards import in_one_size, of_few_sections, shortened
from .conftest import PROFILE, SLUG, Workspace
from .workspaces import make_full_workspace

pytestmark = pytest.mark.slow

TOML = "careerprint.toml"
FLYER = "layouts/flyer/a4.css"
CLEAR = 3.0  # mm between the issuer's words and the plate of the code
TEASER = "Im Kundendienst helfen Sie Menschen am"


def said_with(workspace: Workspace, style: str) -> list[str]:
    """Print the German flyer with more style, which must fail, and return what is said of it."""
    file = workspace.root / FLYER
    file.write_text(f"{file.read_text('utf-8')}\n{style}\n", "utf-8")
    (outcome,) = workspace.build("flyer", "de")
    assert outcome.state.value == "failed"
    return [d.sentence(str) for d in outcome.diagnostics]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """What is said of two flyers on which several things stand where they cannot stand."""
    found = []
    for style in (
        ".points h2 { width: 30mm; white-space: nowrap }"
        ".foot .qr { inset-inline-end: 145mm } .teaser { margin-inline-start: -12mm }",
        ".points { margin-top: -16mm } .foot .qr { inset-inline-end: 2mm }",
    ):
        make_full_workspace(root := tmp_path_factory.mktemp("crowded") / "workspace")
        found.append(said_with(Workspace(root), style))
    return found[0], found[1]


def test_text_below_a_fixed_box_is_told_with_its_block_and_the_words_to_cut(
    workspace: Workspace,
) -> None:
    found = said_with(workspace, ".teaser { height: 1.9rem; overflow: hidden }")
    place = f"{PROFILE}:{workspace.line(PROFILE, TEASER) - 1}"  # where its entry begins
    (one,) = [f for f in found if "over the edge of its box" in f]
    assert one.startswith(f"{place}: error: On page 1 (de) “dazulernen und auch dann")
    told = re.search(r"runs (\d+) mm .* Shorten the text by about (\d+) words", one)
    assert told
    assert int(told[1]) in range(14, 18), "two lines of 13 mm in all, and what they hang over"
    assert int(told[2]) == 20, "all but the first line"


def test_a_title_that_is_too_long_for_the_cover_is_told_with_the_words_to_cut(
    workspace: Workspace,
) -> None:
    title = (
        "Kundendienst, Dialogmarketing und technische Kundenberatung in Dortmund, Lünen, Schwerte, "
        "Schwelm, Hagen und Umgebung"
    )
    shortened(workspace).edit(PROFILE, "title: Kundendienst in Dortmund", f"title: {title}")
    (outcome,) = workspace.build("brochure", "de")
    assert outcome.state.value == "failed"
    assert not workspace.pdf("brochure", "de").exists()
    found = [d.sentence(str) for d in outcome.diagnostics]
    place = f"{PROFILE}:{workspace.line(PROFILE, 'title: ')}: error: On page 1 (de) the texts"
    (one,) = found  # neither of the subtitle that it pushes down nor of the running titles
    assert one.startswith(place)
    told = re.search(r"box are (\d+) mm too long. Shorten the longest of them by about (\d+)", one)
    assert told
    kept = title.split()[: -int(told[2])]
    workspace.edit(PROFILE, title, " ".join(kept).removesuffix(","))
    (outcome,) = workspace.build("brochure", "de")
    assert not [d for d in outcome.diagnostics if d.severity.name == "ERROR"]


def test_text_that_is_wider_than_its_column(crowded: tuple[list[str], list[str]]) -> None:
    found, _ = crowded
    (one,) = [f for f in found if "“Was für den Beruf spricht”" in f]
    assert re.search(r"runs \d\d mm over the edge of its box. Divide a long word", one)


def test_text_that_runs_into_other_text(crowded: tuple[list[str], list[str]]) -> None:
    _, found = crowded
    assert any(re.search(r"“.*” runs \d mm into “Was für den Beruf spricht”", f) for f in found)


def test_text_that_runs_into_a_picture(crowded: tuple[list[str], list[str]]) -> None:
    found, _ = crowded
    assert any("“Unsere Beratungsstelle” runs" in f and "mm into a picture" in f for f in found)


def test_text_and_pictures_too_near_to_the_edge(crowded: tuple[list[str], list[str]]) -> None:
    found, other = crowded
    (one, *_) = [f for f in found if "too near to the edge" in f]
    assert re.search(r"“.*” stands 4 mm too near to the edge", one)
    assert any("(de) a picture stands 6 mm too near to the edge" in f for f in other)


def test_a_page_that_is_mostly_empty_is_a_warning_with_words_to_write(
    workspace: Workspace,
) -> None:
    text = (workspace.root / PROFILE).read_text("utf-8")
    start, end = text.index("Auf den ersten Blick gibt es"), text.index("## Gehalt: am Anfang")
    (workspace.root / PROFILE).write_text(f"{text[:start]}Gesucht wird.\n\n{text[end:]}", "utf-8")
    in_one_size(workspace)
    both = '["brochure/slot-sectors.html.j2", "brochure/slot-employers.html.j2"]'
    slots = "".join(f"{role} = {both}\n" for role in ("employers", "market"))
    workspace.edit("layouts/brochure/layout.toml", slots, "")
    (outcome,) = workspace.build("brochure", "de")
    assert outcome.state.value == "printed"
    (found,) = [each for d in outcome.diagnostics if "for notes" not in (each := d.sentence(str))]
    wanted = r"warning: Page 4 \(de\) is (\d+) % empty. Lengthen its text by about (\d+) words"
    told = re.search(wanted, found)
    assert told
    assert 33 < int(told[1]) < 70
    assert "or put it under one heading with a short section beside it" in found
    assert 40 < int(told[2]) < 150, "half of what is free, about ten words a line"


def test_pages_that_are_left_for_notes_are_told_with_how_to_need_a_sheet_less(
    workspace: Workspace,
) -> None:
    told = "2 of 8 pages (de) are left for notes: a sheet holds 4. For 4 pages, shorten the text by"
    (outcome,) = of_few_sections(workspace).build("brochure", "de")
    assert [d for d in outcome.diagnostics if told in d.sentence(str)]
    (outcome,) = of_few_sections(workspace, 2).build("brochure", "de")
    assert not [d for d in outcome.diagnostics if "for notes" in d.sentence(str)], "one is left"


def test_what_the_issuer_wrote_is_told_where_it_stands(workspace: Workspace) -> None:
    workspace.edit(TOML, "Angaben ohne Gewähr.", "Angaben ohne Gewähr. " + "Alle Rechte. " * 12)
    found = said_with(workspace, ".foot .imprint { width: auto; margin-top: -8mm }")
    place = f"{TOML}:{workspace.line(TOML, 'imprint =')}: error: On page 1 (de) “"
    assert len([f for f in found if f.startswith(place) and "mm into a picture" in f]) == 1


@pytest.mark.parametrize(("locale", "form"), [("de", ""), ("ar", "din-lang"), ("uk", "a5")])
def test_a_long_name_and_imprint_of_the_issuer_stand_clear_of_the_code(
    workspace: Workspace, locale: str, form: str
) -> None:
    name = "Beratungsstelle für berufliche Bildung im östlichen Revier"
    more = " Alle Angaben entsprechen dem genannten Stand und können sich jederzeit ändern."
    workspace.edit(TOML, "Unsere Beratungsstelle", name)
    workspace.edit(TOML, "Angaben ohne Gewähr.", f"Angaben ohne Gewähr.{more * 2}")
    workspace.edit(TOML, '["de", "en"]', f'["{locale}"]')
    edition = Edition(SLUG, "flyer", locale, form)
    (outcome,) = build([edition], Reader(workspace.root), workspace.root / "out")
    assert [d.sentence(str) for d in outcome.diagnostics] == []
    assert room_beside_code(workspace.root / "out" / edition.output) >= CLEAR


def room_beside_code(pdf: Path) -> float:
    """Return how many mm of a page lie between its QR code, quiet zone included, and the words."""
    document = pypdfium2.PdfDocument(pdf)
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=200 / 72).to_pil())
    document.close()
    module = (code.position.top_right.x - code.position.top_left.x) / 29  # of version 3
    quiet = 4 * module
    left, right = code.position.top_left.x - quiet, code.position.top_right.x + quiet
    top, bottom = code.position.top_left.y - quiet, code.position.bottom_left.y + quiet
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    words = re.findall(
        r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)"', done.stdout.decode("utf-8")
    )
    boxes = [[float(side) * 200 / 72 for side in word] for word in words]
    beside = [box for box in boxes if box[1] < bottom and box[3] > top]
    assert len(beside) > 10, "lines of the contact and of the imprint"
    return min(max(left - box[2], box[0] - right) for box in beside) * 25.4 / 200


def test_a_fault_in_a_translation_is_told_where_that_is_written(workspace: Workspace) -> None:
    catalog = f"content/{SLUG}/locales/en.po"
    text = (workspace.root / catalog).read_text("utf-8")
    german = "Zum Einstieg"
    at = text.index(f'msgid "{german}"')
    old = text[text.index("msgstr", at) : text.index("\n", text.index("msgstr", at))]
    for written, wanted in (("[a](ftp:b)", "leads neither"), ("🦄", "No font has")):
        changed = text[:at] + text[at:].replace(old, f'msgstr "{written}"', 1)
        (workspace.root / catalog).write_text(changed, "utf-8")
        line = workspace.line(catalog, f'msgid "{german}"')
        found = workspace.complaints("flyer", "en")
        assert any(f.startswith(f"{catalog}:{line}: error: ") and wanted in f for f in found), found


def test_a_running_title_that_is_too_long_is_told_where_the_title_stands(
    workspace: Workspace,
) -> None:
    file = workspace.root / "layouts/brochure/brochure.css"
    style = "@page { @bottom-right { font-size: 40pt } @bottom-left { font-size: 40pt } }"
    file.write_text(f"{file.read_text('utf-8')}\n{style}\n@page :right {style[6:]}", "utf-8")
    (outcome,) = shortened(workspace).build("brochure", "de")
    found = [d.sentence(str) for d in outcome.diagnostics]
    assert outcome.state.value == "failed"
    assert any(f.startswith(f"{PROFILE}:2: error: On page 2 (de) “Kundendienst") for f in found)


def test_what_runs_over_its_box_is_not_told_again_for_what_it_runs_into(
    workspace: Workspace,
) -> None:
    found = said_with(workspace, ".stations .label { white-space: nowrap; font-size: 3rem }")
    assert len([f for f in found if "over the edge of its box" in f]) == 2
    assert not [f for f in found if "” runs" in f and "mm into “" in f]
