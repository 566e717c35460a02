"""From content to paper: what is in the finished PDFs, read back with other people's tools."""

import io
import re
import subprocess
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from fontTools.ttLib import TTFont

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import normalized, read_back

from .cards import in_one_size, shortened
from .conftest import LOCALES, PROFILE, ROOT, SLUG, Workspace
from .workspaces import PHONE

pytestmark = pytest.mark.slow

ABOUT_ROOM = re.compile("% empty|left for notes")
EDITIONS = [(layout, locale) for layout in ("brochure", "flyer") for locale in LOCALES]
every_edition = pytest.mark.parametrize(("layout", "locale"), EDITIONS)

# What the facts of the example profile read as in German text, written down by hand.
GERMAN_FACTS = {
    "{pay.entry}": "2.300–2.800 €",
    "{pay.experienced}": "bis gut 3.400 €",
    "{sectors}": "Versicherungen, Banken, IT-Dienstleistungen und Einzelhandel",
    "{ways_in.change.retail.years}": "3 Jahre",
    "{training}": "digitale Werkzeuge, Datenschutz und interkulturelle Kommunikation",
}


def blocks_of_the_body() -> list[str]:
    """Return the profile's running text block by block, read by simpler means than the tool's."""
    body = (ROOT / PROFILE).read_text("utf-8").split("\n---\n", 1)[1]
    blocks = []
    for written in body.strip().split("\n\n"):
        block = re.sub(r"^(## |> )|\s*\{#[a-z]+\}$", "", written)
        for fact, phrase in GERMAN_FACTS.items():
            block = block.replace(fact, phrase)
        blocks.append(block)
    return blocks


def pdftotext(pdf: Path) -> str:
    """Return what poppler reads, without what line breaking changes."""
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
    return normalized(done.stdout.decode("utf-8"))


@every_edition
def test_pages_and_format(printed: Workspace, layout: str, locale: str) -> None:
    counts, size = {"brochure": ((8, 12), (148, 210)), "flyer": ((1,), (210, 297))}[layout]
    with pikepdf.open(printed.pdf(layout, locale)) as pdf:
        assert len(pdf.pages) in counts
        if locale in {"de", "en"}:
            assert len(pdf.pages) == counts[0]
        for page in pdf.pages:
            box = [float(side) * 25.4 / 72 for side in page.mediabox]
            assert box == pytest.approx([0, 0, *size], abs=0.01)


def test_brochure_holds_every_block_of_the_profile_in_order(printed: Workspace) -> None:
    text, position = pdftotext(printed.pdf("brochure", "de")), 0
    blocks = blocks_of_the_body()
    assert len(blocks) == 28
    for block in blocks:
        wanted = normalized(block)
        assert wanted in text[position:], block
        position = text.index(wanted, position) + len(wanted)


def test_flyer_holds_its_text(printed: Workspace) -> None:
    text = pdftotext(printed.pdf("flyer", "de"))
    for wanted in (
        "Kundendienst in Dortmund",
        "Fragen klären, Lösungen finden",
        "auch dann freundlich bleiben, wenn es schwierig wird.",
        "Abwechslung: Jeden Tag kommen andere Fragen, am Telefon",
        "zum Einstieg 2.300–2.800 €, mit Erfahrung bis gut 3.400 €.",
        "Kaufmann/Kauffrau für Dialogmarketing",
        "Servicefachkraft für Dialogmarketing",
        "Unsere Beratungsstelle",
        "beratung@rat.internal",
    ):
        assert normalized(wanted) in text


@every_edition
def test_fonts_are_embedded_plex(printed: Workspace, layout: str, locale: str) -> None:
    found = set()
    with pikepdf.open(printed.pdf(layout, locale)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                found.add(str(item["/BaseFont"]).split("+")[-1])
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                program = TTFont(io.BytesIO(item["/FontFile2"].read_bytes()))
                assert program["head"].unitsPerEm == 1000  # as in IBM's files
    latin = {
        "Careerprint-Plex-Sans",
        "Careerprint-Plex-Sans-Semi-Bold",
        "Careerprint-Plex-Sans-Bold",
    }
    arabic = {name.replace("Sans", "Sans-Arabic") for name in latin}
    assert found == (latin | arabic if locale == "ar" else latin)


@every_edition
def test_title_language_and_dates(printed: Workspace, layout: str, locale: str) -> None:
    with pikepdf.open(printed.pdf(layout, locale)) as pdf:
        assert (str(pdf.docinfo["/Title"]) == "Kundendienst in Dortmund") == (locale == "de")
        assert str(pdf.Root.Lang) == locale
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261122")


@every_edition
def test_accessible(printed: Workspace, layout: str, locale: str) -> None:
    report = page_validation.validate_pdf(str(printed.pdf(layout, locale)), profile="ua1")
    assert report.is_compliant, report.failures


@every_edition
def test_qr_code_leads_to_the_issuer(printed: Workspace, layout: str, locale: str) -> None:
    document = pypdfium2.PdfDocument(printed.pdf(layout, locale))
    picture = document[len(document) - 1].render(scale=150 / 72).to_pil()
    document.close()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["https://www.rat.internal/"]


def test_contents_name_the_pages_that_the_sections_are_on(printed: Workspace) -> None:
    document = pypdfium2.PdfDocument(printed.pdf("brochure", "de"))
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    entries = re.findall(r"(\d) (\w[^:\d]+:)", texts[1].split("Inhalt")[1])
    assert len(entries) == 6
    for number, heading in entries:
        assert heading in texts[int(number) - 1], (number, heading)


def test_a_number_is_written_once(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "min: 2300", "min: 2450")
    jobs = [compose(Edition(SLUG, n, "de"), Reader(workspace.root)) for n in ("flyer", "brochure")]
    workspace.build("flyer", "de")
    for text in (*(job.html for job in jobs), pdftotext(workspace.pdf("flyer", "de"))):
        assert normalized("2.450–2.800 €") in normalized(text)
        assert "2.300" not in text


def test_a_longer_text_fills_whole_sheets_with_a_page_for_notes_and_a_drawing(
    workspace: Workspace,
) -> None:
    long = "Dieser Absatz steht nur zur Probe hier und ist lang genug. " * 30
    in_one_size(workspace).edit(PROFILE, "\n## Gehalt:", f"\n{long}\n\n## Gehalt:")
    (outcome,) = workspace.build("brochure", "de")
    assert all(ABOUT_ROOM.search(d.sentence(str)) for d in outcome.diagnostics)
    document = pypdfium2.PdfDocument(workspace.pdf("brochure", "de"))
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(texts) == 12
    notes = [number for number, text in enumerate(texts, 1) if "Notizen" in text]
    assert (notes, texts[10].strip()) == ([10], ""), "and a drawing before the last page"
    assert "Sprechen Sie mit uns" in texts[-1]


def test_a_picture_is_printed_with_its_description(workspace: Workspace) -> None:
    from PIL import Image

    Image.new("RGB", (1600, 1200), "#0F4C5C").save(workspace.root / "content" / "bild.png")
    shortened(workspace).edit(
        PROFILE, "\n## Arbeitsmarkt", "\n![Ein Platz im Büro](../bild.png)\n\n## Arbeitsmarkt"
    )
    credit = "pictures:\n  text: [{file: ../bild.png, credit: Musterfoto}]\n"
    workspace.edit(PROFILE, "facts:\n", f"{credit}facts:\n")
    (outcome,) = workspace.build("brochure", "de")
    assert all(ABOUT_ROOM.search(d.sentence(str)) for d in outcome.diagnostics)
    with pikepdf.open(workspace.pdf("brochure", "de")) as pdf:
        figures = [
            str(item.get("/Alt"))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    assert "Ein Platz\u00a0im\u00a0Büro" in figures


def test_a_line_that_ends_in_a_typed_hyphen(workspace: Workspace) -> None:
    line = "gibt es für alle Neuen und alle Alten einen großen Erste-Hilfe-Kurs in der Stadt."
    lines = "\n\n".join(f"{'i' * n} {line}" for n in range(15, 50))
    shortened(workspace).edit(PROFILE, "\n## Gehalt:", f"\n{lines}\n\n## Gehalt:")
    (outcome,) = workspace.build("brochure", "de")
    assert all(ABOUT_ROOM.search(d.sentence(str)) for d in outcome.diagnostics)
    text = read_back(workspace.pdf("brochure", "de").read_bytes()).text
    assert "Erste\x02" in text, "the hyphen should stand at a line's end, where PDFium reads U+0002"


def test_every_detail_of_the_issuer_finds_its_place(workspace: Workspace) -> None:
    configuration = workspace.root / "careerprint.toml"
    text = configuration.read_text("utf-8")
    for name, value in {
        "phone": PHONE,
        "street": "Straße und Hausnummer",
        "town": "00000 Ort",
    }.items():
        text = text.replace(f'# {name} = "…"', f'{name} = "{value}"')
    configuration.write_text(text, "utf-8")
    in_one_size(workspace)
    for layout, locale in (("brochure", "de"), ("flyer", "en")):
        (outcome,) = workspace.build(layout, locale)
        assert outcome.diagnostics == ()
        text = pdftotext(workspace.pdf(layout, locale))
        assert normalized("Straße und Hausnummer, 00000 Ort") in text
        assert normalized(f"{PHONE} beratung@rat.internal www.rat.internal") in text


def test_an_address_within_an_address_is_printed_whole(workspace: Workspace) -> None:
    address = "rat.internal/?ziel=https://rat.internal/pfad"
    workspace.edit("careerprint.toml", "https://www.rat.internal/", f"https://{address}")
    (outcome,) = workspace.build("flyer", "de")
    assert outcome.diagnostics == ()
    assert normalized(address) in pdftotext(workspace.pdf("flyer", "de"))
