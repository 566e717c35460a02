"""What docs/design.md promises of the pages, measured in the finished PDFs by other people's tools."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import page as page_validation
import pypdfium2
import pytest
import zxingcpp

from careerprint.building.build import build
from careerprint.building.record import open_record
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import normalized
from careerprint.layouts.declaration import read_layout
from careerprint.typesetting.copyfit import Setting, measures_of

from .cards import shortened
from .conftest import LOCALES, PROFILE, ROOT, SLUG, Workspace

MM_PER_PT = 25.4 / 72
SMALL_FORMATS = {"a5": (148, 210), "din-lang": (99, 210)}  # mm
# Those that are looked at: in German, in the longest texts, and in each other script.
SMALL = (("a5", "de"), ("a5", "ar"), ("din-lang", "fr"), ("din-lang", "ar"), ("din-lang", "uk"))
COUNT = 2 * len(LOCALES) + len(SMALL)
TOP = 16  # mm, of the brochure's text block
PLEX_HEIGHT = 1.3  # ems, from ascender to descender (its OS/2 and hhea tables)
LINE = 30  # characters that a line of running text has at least, where it is told from a label
HYPHENS = ("\u2010", "\u00ad")  # what WeasyPrint ends a hyphenated line with; a soft hyphen
HYPHENATED = ("de", "uk")  # locales in whose brochures words are hyphenated, as it happens
SMALLEST = 6.0  # pt, of anything that is printed
READABLE_CODE = 22  # mm across, with its quiet zone

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def small(printed: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with flyers in the small formats."""
    out = tmp_path_factory.mktemp("small")
    editions = [Edition(SLUG, "flyer", tag, name) for name, tag in SMALL]
    outcomes = build(editions, Reader(printed.root), out)
    assert [d.sentence(str) for outcome in outcomes for d in outcome.diagnostics] == []
    return out


@pytest.fixture(scope="module")
def pdfs(printed: Workspace, small: Path) -> list[Path]:
    """Every brochure and flyer, and those in small formats."""
    return sorted([*small.glob("*/*.pdf"), *(printed.root / "out").glob("*/*.pdf")])


@dataclass(frozen=True)
class Line:
    """A line of text as poppler reads it: where it ends below, in mm, its type size in pt."""

    bottom: float
    size: float
    text: str


def lines_by_page(pdf: Path) -> list[list[Line]]:
    """Return the lines of text of each page."""
    done = subprocess.run(
        ["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, check=True, text=True
    )
    return [
        [line_of(found) for found in re.findall(r"<line .*?</line>", page, re.DOTALL)]
        for page in done.stdout.split("<page ")[1:]
    ]


def line_of(written: str) -> Line:
    word = re.search(r'<word [^>]*yMin="([\d.]+)"[^>]*yMax="([\d.]+)"', written)
    assert word
    top, bottom = float(word[1]), float(word[2])
    text = unescape(" ".join(re.findall(r"<word [^>]*>(.*?)</word>", written)))
    return Line(bottom * MM_PER_PT, (bottom - top) / PLEX_HEIGHT, text)


@pytest.mark.parametrize(("name", "locale"), SMALL)
def test_a_flyer_in_a_small_format(small: Path, name: str, locale: str) -> None:
    pdf = small / Edition(SLUG, "flyer", locale, name).output
    document = pypdfium2.PdfDocument(pdf)
    (page,) = document
    size = [side * MM_PER_PT for side in page.get_size()]
    picture = page.render(scale=200 / 72).to_pil()
    document.close()
    assert size == pytest.approx(SMALL_FORMATS[name], abs=0.01)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == "https://www.rat.internal/"
    across = (code.position.top_right.x - code.position.top_left.x) * 25.4 / 200
    assert across * 37 / 29 > READABLE_CODE  # version 3: 29 modules and a quiet zone of 4
    report = page_validation.validate_pdf(str(pdf), profile="ua1")
    assert report.is_compliant, report.failures


def test_nothing_is_too_small_to_read(pdfs: list[Path]) -> None:
    assert len(pdfs) == COUNT
    for pdf in pdfs:
        for page in lines_by_page(pdf):
            for line in page:
                assert line.size >= SMALLEST, (pdf.name, line)


def test_running_text_is_hyphenated_and_no_heading(pdfs: list[Path]) -> None:
    assert len(pdfs) == COUNT
    hyphenated: dict[str, list[str]] = {}
    for pdf in pdfs:
        lines = [line for page in lines_by_page(pdf) for line in page]
        usual = Counter(round(line.size, 1) for line in lines for _ in line.text).most_common(1)
        headings = [line for line in lines if line.size > usual[0][0] * 1.3]
        assert headings, pdf.name
        assert [line for line in headings if line.text.endswith(HYPHENS)] == [], pdf.name
        hyphenated[pdf.name] = [line.text for line in lines if line.text.endswith(HYPHENS)]
    for locale in HYPHENATED:  # else the above would say nothing
        assert hyphenated[Path(Edition(SLUG, "brochure", locale).output).name], locale


def test_a_heading_breaks_between_words_where_hyphens_would_save_a_line(
    workspace: Workspace,
) -> None:
    heading = "Alltag im Kundendienst großer Dienstleistungsgesellschaften"
    old = "Alltag und Aufgaben: verstehen, was Menschen brauchen"
    shortened(workspace).edit(PROFILE, old, heading)
    assert all("% empty" in told for told in workspace.complaints("brochure"))
    lines = [line for page in lines_by_page(workspace.pdf("brochure", "de"))[2:] for line in page]
    assert heading in " ".join(line.text for line in lines)


@pytest.mark.parametrize("locale", [tag for tag in LOCALES if tag != "ar"])
def test_running_text_of_all_pages_stands_on_one_grid_of_lines(
    printed: Workspace, locale: str
) -> None:
    edition = Edition(SLUG, "brochure", locale)
    job = compose(edition, Reader(printed.root))
    paragraphs = [normalized(block.text) for block in job.placed if len(block.text) > 150]
    with open_record(printed.root / "out") as record:
        entry = record.entries().get(edition.output)
    assert entry is not None
    measures = measures_of(
        Setting(entry.look.step), read_layout(Reader(ROOT), "brochure").formats["a5"].fit
    )
    leading = measures.type_size * measures.leading * MM_PER_PT
    phases: list[tuple[float, Line]] = []
    pages = 0
    for page in lines_by_page(printed.pdf("brochure", locale))[3:]:
        own = [
            line
            for line in page
            if len(line.text) > LINE
            and line.size == pytest.approx(measures.type_size, abs=0.2)
            and any(normalized(line.text) in p for p in paragraphs)
        ]
        pages += bool(own)
        phases += [((line.bottom - TOP) / leading % 1, line) for line in own]
    assert pages == 5
    assert len(phases) > 30
    usual = sorted(phase for phase, _ in phases)[len(phases) // 2]
    assert [line for phase, line in phases if abs(phase - usual) > 0.02] == []
