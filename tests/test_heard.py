"""What other programs get from our PDFs: the typed words, apart and in order.

MuPDF (PyMuPDF, AGPL) and pypdf are here as readers to compare with; careerprint needs neither.
"""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Name

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import Reading, read_back
from careerprint.finished.transcript import transcript
from careerprint.rules.texts import html_texts

from .cards import card_workspace
from .conftest import LOCALES, PROFILE, SLUG, Workspace

ARABIC = "الاهتمام بالعملاء يغيّر (في دورتموند) كل شيء، والراتب 2.300 € شهريًا في Muster GmbH"
LONG = (
    "Dienstleistungsunternehmen suchen E-Mail-Fachleute für Kundenfreundlichkeit im Affenhaus-Büro"
)
WORD = re.compile(r"[^\W\d_][\w\u064b-\u0652\u0300-\u036f]*")


def poppler(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def pdfium_page_text(pdf: Path) -> str:
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def mupdf(pdf: Path) -> str:
    pymupdf = pytest.importorskip("pymupdf")
    with pymupdf.open(pdf) as document:
        return "\n".join(page.get_text() for page in document)


def structure(pdf: Path) -> str:
    """Read as ISO 32000-1, 14.8 asks for: by the tree, and what an element says of its text."""
    return read_back(pdf.read_bytes()).text


READERS = {
    "poppler": poppler,
    "PDFium": pdfium_page_text,
    "MuPDF": mupdf,
    "structure": structure,
}


def words(text: str) -> list[str]:
    """Return the words of a text; one that was divided at a line's end is whole again."""
    whole = re.sub(r"[\u2010\u00ad\u0002]\s*", "", unicodedata.normalize("NFC", text))
    return WORD.findall("".join(c for c in whole if unicodedata.category(c) != "Cf"))


def pairs_too(texts: list[str]) -> Counter[object]:
    """Count the words of texts, and the pairs of words in each."""
    found = Counter[object]()
    for text in texts:
        found.update(of_text := words(text))
        found.update(pairwise(of_text))
    return found


def agreement(wanted: Counter[object], read: str) -> float:
    """Return which part of the words and of the pairs of words that are `wanted` a reader gives."""
    return 1 - (wanted - pairs_too([read])).total() / wanted.total()


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Print a card with this text as its teaser, in German or Arabic."""
    root = tmp_path_factory.mktemp("heard")

    def print_card(text: str, locale: str) -> Path:
        made = card_workspace(root / f"{locale}-{len(list(root.iterdir()))}", [locale])
        style = "layouts/card/card.css"
        made.edit(
            style, "h1, p { margin: 0;", "p { width: 45mm; hyphens: auto }\nh1, p { margin: 0;"
        )
        arabic = '@font-face { font-family: "A"; src: url("../../fonts/IBMPlexSansArabic_400Regular.ttf"); }'
        made.edit(
            style, 'html { font-family: "Card";', f'{arabic}\nhtml {{ font-family: "Card", "A";'
        )
        made.edit(
            "layouts/card/card.html.j2",
            '{{ place(front.teaser, "p") }}',
            f'{{{{ place(front.teaser, "p") }}}}<p>{text}</p>',
        )
        (outcome,) = made.build("card", locale)
        assert [d.sentence(str) for d in outcome.diagnostics] == []
        return made.pdf("card", locale)

    return print_card


@pytest.mark.parametrize("reader", READERS)
def test_words_of_lines_are_apart_and_divided_words_whole(
    card: Callable[[str, str], Path], reader: str
) -> None:
    read = " ".join(words(READERS[reader](card(LONG, "de"))))
    assert " ".join(words(LONG)) in read


def test_a_hyphen_that_typesetting_sets_is_soft_and_one_that_was_typed_is_not(
    card: Callable[[str, str], Path],
) -> None:
    read = poppler(card(LONG, "de"))
    assert "\u00ad" in read
    assert "\u2010" not in read
    assert re.search(r"E-\s?Mail-\s?Fach", read)


@pytest.mark.parametrize("reader", READERS)
def test_arabic_is_read_as_it_was_typed(card: Callable[[str, str], Path], reader: str) -> None:
    read = READERS[reader](card(ARABIC, "ar"))
    assert Counter(words(ARABIC)) <= Counter(words(read))
    assert agreement(pairs_too(re.split(r"[(،]", ARABIC)[:1]), read) == 1


@pytest.fixture(scope="module")
def typed(printed: Workspace) -> dict[Edition, Counter[object]]:
    """What is typed in every edition: words, and pairs of them."""
    found = {}
    for layout in ("brochure", "flyer"):
        for locale in LOCALES:
            edition = Edition(SLUG, layout, locale)
            job = compose(edition, Reader(printed.root))
            left_out = {block.optional for block in job.placed if block.optional}
            found[edition] = pairs_too(html_texts(job.html, left_out))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_the_words_of_every_edition_are_read_as_typed(
    printed: Workspace, typed: dict[Edition, Counter[object]], reader: str
) -> None:
    # docs/accessibility.md says what is missing in Arabic, and why.
    least = {"poppler": 0.98, "PDFium": 0.98, "MuPDF": 0.96}.get(reader, 0.995)
    for edition, wanted in typed.items():
        found = agreement(wanted, READERS[reader](printed.root / "out" / edition.output))
        assert found >= (least if edition.locale == "ar" else 0.995), edition


def test_a_text_that_runs_into_the_one_beside_it_is_found(tmp_path: Path) -> None:
    cards = card_workspace(tmp_path / "workspace", ["de"])
    cards.edit(
        "layouts/card/card.html.j2",
        '{{ place(front.subtitle, "p") }}',
        '<p>{{ place(front.subtitle, "span") }}{{ place(front.teaser, "span") }}</p>',
    )
    cards.edit("layouts/card/card.html.j2", '{{ place(front.teaser, "p") }}\n', "")
    found = cards.complaints("card")
    line = cards.line(PROFILE, "subtitle: ")
    assert found[0].startswith(
        f"{PROFILE}:{line}: error: Readers take this text for one word with what is beside it"
    )


def test_what_stands_apart_is_read_apart_and_what_is_divided_is_not() -> None:
    reading = Reading(["\nEin Dienst\u00ad", "leister ", "sucht.", "\n", "Das ist", "\nalles"])
    assert reading.next("Ein Dienstleister sucht.") is not None
    assert reading.next("Das ist alles") is not None
    assert not reading.is_joined
    assert Reading(["\nGarten\x02und Bau"]).next("Garten- und Bau") == range(1)
    assert Reading(["\nGarten-", " und Bau"]).next("Garten- und Bau") == range(2)
    assert Reading(["\nEin", "Wort"]).next("Ein Wort") is None


def test_the_structure_says_what_is_not_in_the_order_of_its_glyphs(
    card: Callable[[str, str], Path],
) -> None:
    with pikepdf.open(card(ARABIC, "ar")) as pdf:
        told = [str(e.ActualText) for e in structure_elements(pdf) if Name.ActualText in e]
    assert any(ARABIC[:20] in text for text in told)


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["de", "ar", "tr"])
@pytest.mark.parametrize("layout", ["brochure", "flyer"])
def test_a_screen_reader_says_what_the_page_says(
    printed: Workspace, layout: str, locale: str
) -> None:
    """The golden files are written by `careerprint check --as-heard`; read them when they change."""
    said = printed.run("check", "--as-heard", str(printed.pdf(layout, locale)))
    golden = Path(__file__).parent / "heard" / f"{layout}-{locale}.txt"
    assert said.stdout == golden.read_text("utf-8")


def test_what_cannot_be_read_aloud_is_told(workspace: Workspace) -> None:
    done = workspace.run("check", "--as-heard", "missing.pdf")
    assert done.returncode == 1
    assert "missing.pdf: error: There is no such file." in done.stderr


@pytest.mark.slow
def test_a_link_of_the_contents_says_the_heading_that_it_leads_to(printed: Workspace) -> None:
    with pikepdf.open(printed.pdf("brochure", "de")) as pdf:
        said = [str(a.Contents) for page in pdf.pages for a in page.obj.get(Name.Annots, [])]
    assert any(
        text.endswith("Alltag und Aufgaben: verstehen, was Menschen brauchen") for text in said
    )


def structure_elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (
        found
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get(Name.Type) == Name.StructElem
    )


def test_a_list_is_one_over_a_page_break_and_what_stands_in_margins_is_none_of_it(
    tmp_path: Path,
) -> None:
    made = card_workspace(tmp_path / "workspace", ["de"])
    made.edit("layouts/card/layout.toml", "exactly = 1", "multiple_of = 1")
    running = "@page { @bottom-center { content: 'Laufender Titel ' counter(page) } }"
    made.edit("layouts/card/card.css", "body {", f"{running}\nbody {{")
    items = "".join(f"<li>Punkt {n} von vielen, die zu merken sind</li>" for n in range(60))
    made.edit("layouts/card/card.html.j2", "</body>", f"<ul>{items}</ul></body>")
    (outcome,) = made.build("card", "de")
    assert [d.sentence(str) for d in outcome.diagnostics] == []
    pdf = made.pdf("card", "de")
    assert "Laufender Titel 2" in poppler(pdf)
    assert not any("Laufender" in said.text for said in transcript(pdf.read_bytes()))
    with pikepdf.open(pdf) as document:
        assert len(document.pages) > 1
        lists = list(elements(document.Root.StructTreeRoot.K, "/L"))
        assert [len(found.K) for found in lists] == [60]
        for page in document.pages:
            assert marks_of_text(page, "/Artifact") == 1, "the running title"


def elements(kids: Any, kind: str) -> Iterator[pikepdf.Dictionary]:
    """Yield the structure elements of a kind."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kind == kid.S:
                yield kid
            yield from elements(kid.get("/K", pikepdf.Array()), kind)


def marks_of_text(page: pikepdf.Page, mark: str) -> int:
    """Return how many marked contents of a kind show a text."""
    open_marks: list[str] = []
    found = set()
    for number, step in enumerate(pikepdf.parse_content_stream(page)):
        operator = str(step.operator)
        if operator in {"BMC", "BDC"}:
            open_marks.append(f"{number} {step.operands[0]}")
        elif operator == "EMC":
            open_marks.pop()
        elif operator in {"Tj", "TJ"}:
            found |= {each for each in open_marks if each.endswith(f" {mark}")}
    return len(found)
