"""What the print shop gets: a line for each file, sums that are right, a sheet that reads well."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from careerprint.building.printing import Printer
from careerprint.core.reader import Reader
from careerprint.finished.document import read_finished
from careerprint.finished.readback import normalized, read_back
from careerprint.output.combine import CombinedPart, combined
from careerprint.output.ordering import Ordering
from careerprint.output.orders import Client, OrderLine, order_csv, order_sheet
from careerprint.planning.season import fair_editions, read_season
from careerprint.typesetting.typeset import Typeset

from .conftest import Workspace

FORMATS = (("A4", 210.0, 297.0), ("A5", 148.0, 210.0), ("DIN lang", 99.0, 210.0))
NAMES = ("Ausbildungsmesse Beispielstadt", "Jobtag Musterhausen", "Nacht der Ausbildung")
NOTES = ("Bilderdruck matt, 135 g/m²", "", "Offset 90 g/m², gefalzt")


def order(fairs: int, *locales: str) -> list[OrderLine]:
    """Return the lines of some fairs with flyers in these locales."""
    found = []
    for n in range(fairs):
        format_, width, height = FORMATS[n % 3]
        start = date(2027, 3, 12) + timedelta(days=n)
        for tag in locales:
            file = f"messen/messe-{n}/kundendienst-flyer-{format_.replace(' ', '-')}-{tag}.pdf"
            found.append(
                OrderLine(
                    fair=f"messe-{n}",
                    name=f"{NAMES[n % 3]} {n}",
                    start=start,
                    file=file,
                    product="Flyer",
                    format=format_,
                    width=width,
                    height=height,
                    pages=1,
                    copies=(250, 1200, 60)[n % 3],
                    locale=tag,
                    note=NOTES[n % 3],
                    end=start + timedelta(days=n % 2),
                )
            )
    return found


def printed_sheet(lines: list[OrderLine], language: str = "de") -> Typeset:
    """Return the sheet of an order, printed and read back without any finding."""
    with Printer() as printer:
        done = printer.print(order_sheet(lines, language))
    assert [d.sentence(str) for d in done.diagnostics] == []
    return done


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, a line of it a line."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return texts


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a CSV file as German Excel reads them."""
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


def test_the_table_has_a_line_for_each_file_and_german_headings() -> None:
    assert order_csv(order(2, "de", "ar")).splitlines() == [
        "\ufeffMesse;Kurzname;Beginn;Ende;Datei;Produkt;Format;Breite in mm;Höhe in mm;Beschnitt in mm;Seiten;Auflage;Sprache;Bemerkung",
        "Ausbildungsmesse Beispielstadt 0;messe-0;12.03.2027;12.03.2027;messen/messe-0/kundendienst-flyer-A4-de.pdf;Flyer;A4;210;297;0;1;250;Deutsch;Bilderdruck matt, 135 g/m²",
        "Ausbildungsmesse Beispielstadt 0;messe-0;12.03.2027;12.03.2027;messen/messe-0/kundendienst-flyer-A4-ar.pdf;Flyer;A4;210;297;0;1;250;Arabisch;Bilderdruck matt, 135 g/m²",
        "Jobtag Musterhausen 1;messe-1;13.03.2027;14.03.2027;messen/messe-1/kundendienst-flyer-A5-de.pdf;Flyer;A5;148;210;0;1;1200;Deutsch;",
        "Jobtag Musterhausen 1;messe-1;13.03.2027;14.03.2027;messen/messe-1/kundendienst-flyer-A5-ar.pdf;Flyer;A5;148;210;0;1;1200;Arabisch;",
    ]


def test_the_order_says_the_bleed_of_files_for_the_press(workspace: Workspace) -> None:
    """Their pages are larger than the trimmed size."""
    row = "Messe;Beginn;Sprachen\nJobtag;12.03.2027;de\n"
    (workspace.root / "messen.csv").write_text(row, encoding="utf-8")
    reader = Reader(workspace.root)
    season = read_season(workspace.root / "messen.csv", reader, date(2027, 1, 1))
    editions = fair_editions(season.fairs, targets=("screen", "press"))
    lines = Ordering(season, reader, "de").lines(editions, lambda *_: 1)
    assert {line.file.endswith("-press.pdf"): line.bleed for line in lines} == {False: 0, True: 3}
    rows = {row[4].endswith("-press.pdf"): row[7:10] for row in rows_of(order_csv(lines))[1:]}
    assert (rows[False][2], rows[True][2]) == ("0", "3")
    (text,) = pages_of(printed_sheet(lines).pdf)
    size = f"{lines[0].width:g} × {lines[0].height:g}"
    assert f"{size} + 3 " in text
    assert "Beschnitt: 3 mm auf allen Seiten" in text
    assert text.count(size) == 4


def test_the_table_in_english() -> None:
    head, row = rows_of(order_csv(order(1, "ar"), "en"))
    assert head[:4] == ["Fair", "Short name", "Start", "End"]
    assert row[12] == "Arabic"


def test_nothing_in_the_table_is_taken_for_a_formula() -> None:
    (line,) = order(1, "de")
    hostile = ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org";"x")']
    lines = [replace(line, name=text, note=text, product=text) for text in hostile]
    for row, text in zip(rows_of(order_csv(lines))[1:], hostile, strict=True):
        assert [row[0], row[5], row[13]] == [f"'{text}"] * 3
        assert [cell for cell in row if cell[:1] in tuple("=+-@\t")] == []


def test_what_divides_cells_and_lines_stays_in_its_cell() -> None:
    (line,) = order(1, "de")
    note = 'matt; "135 g/m²"\nzweite Zeile'
    (_, row) = rows_of(order_csv([replace(line, note=note, width=148.5)]))
    assert (row[13], row[7]) == (note, "148,5")


def test_a_thousand_lines_in_the_table() -> None:
    lines = order(250, "de", "en", "tr", "ar")
    rows = rows_of(order_csv(lines))[1:]
    assert len(rows) == 1000
    assert sum(int(row[11]) for row in rows) == sum(line.copies for line in lines)


def test_the_sheet_tells_the_order() -> None:
    lines = order(3, "de", "en", "tr", "ar")
    (first, second) = pages_of(printed_sheet(lines).pdf)
    assert re.search(r"^Druckauftrag\n12\.–14\. März 2027$", first, re.MULTILINE)
    assert "Flyer A4 210 × 297 1 4 1.000 Bilderdruck matt, 135 g/m²" in first
    assert "Flyer A5 148 × 210 1 4 4.800\n" in first
    assert "Flyer DIN lang 99 × 210 1 4 240 Offset 90 g/m², gefalzt" in first
    assert "Insgesamt 12 6.040" in first
    assert "Ausbildungsmesse Beispielstadt 0 12. März 2027 messen/messe-0/\n" in first
    assert "Jobtag Musterhausen 1 13.–14. März 2027 messen/messe-1/\n" in first
    assert (
        "\nkundendienst-flyer-A4-ar.pdf Arabisch Flyer A4 210 × 297 1 250"
        " Bilderdruck matt, 135 g/m²\n"
    ) in first
    assert "Summe 1.000" in first
    assert "Summe 4.800" in first
    assert "Summe 240" in second
    assert "Insgesamt 6.040" in second
    assert (first.split()[-1], second.split()[-1]) == ("1/2", "2/2")


def test_the_sheet_in_english() -> None:
    first, _ = pages_of(printed_sheet(order(3, "de", "en", "tr", "ar"), "en").pdf)
    for wanted in (
        "Print order\n",
        "What is to be printed",
        "In all 12 6,040",
        "Arabic",
        "Sum 1,000",
    ):
        assert wanted in first


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_sheet_is_accessible_and_across(tmp_path: Path, language: str) -> None:
    file = tmp_path / "order.pdf"
    file.write_bytes(printed_sheet(order(40, "de", "ar"), language).pdf)
    report = page_validation.validate_pdf(str(file), profile="ua1")
    assert report.is_compliant, report.failures
    document = pypdfium2.PdfDocument(file)
    sizes = {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document}
    document.close()
    assert sizes == {(297, 210)}


@pytest.fixture(scope="module")
def many() -> tuple[list[OrderLine], list[str]]:
    """An order of many lines, and the texts of the pages of its sheet."""
    lines = order(60, "de", "en", "tr", "ar")
    return lines, pages_of(printed_sheet(lines).pdf)


@pytest.mark.slow
def test_every_page_has_the_headings_and_its_number_and_no_sum_stands_alone(
    many: tuple[list[OrderLine], list[str]],
) -> None:
    _, pages = many
    for number, text in enumerate(pages, 1):
        assert "Datei Sprache Format Maße in mm Seiten Auflage Bemerkung" in text
        assert text.split()[-1] == f"{number}/{len(pages)}"
    for n in range(60):
        (home,) = (text for text in pages if f"messen/messe-{n}/\n" in text)
        block = home.split(f"messen/messe-{n}/\n")[1].split("\n")
        assert [row.split(".pdf ")[1].split(" ")[0] for row in block[:4]] == [
            *("Deutsch", "Englisch", "Türkisch", "Arabisch"),
        ]
        assert re.fullmatch(r"Summe [\d.]+", block[4])


@pytest.mark.slow
def test_a_fair_that_is_longer_than_a_page_breaks_between_its_files() -> None:
    (line,) = order(1, "de")
    files = [f"messen/a/datei-{n:02}.pdf" for n in range(70)]
    pages = pages_of(printed_sheet([replace(line, file=file) for file in files]).pdf)
    assert re.findall(r"datei-\d\d\.pdf", "".join(pages)) == [f[9:] for f in files]
    assert len(pages) == 4
    for one, following in pairwise(pages):
        rows = [row for row in following.split("\n") if row.startswith(("datei", "Summe"))]
        assert rows[0].startswith("datei"), "a sum does not begin a page"
        assert "datei" in one
    assert "messen/a/" in pages[0], "a name does not end a page"


def test_the_sheet_says_who_orders_and_where_copies_go() -> None:
    client = Client(
        "Beratungsstelle Musterstadt", "Einkauf, 030 23125 014", "Musterweg 2, Musterstadt"
    )
    with Printer() as printer:
        done = printer.print(order_sheet(order(1, "de"), "de", client))
    (text,) = pages_of(done.pdf)
    assert (
        "Auftraggeber: Beratungsstelle Musterstadt\nAnsprechperson: Einkauf, 030 23125 014\n"
        "Lieferung an: Musterweg 2, Musterstadt\n"
    ) in text
    assert done.diagnostics == ()


@pytest.mark.slow
def test_no_sum_begins_a_page() -> None:
    (line,) = order(1, "de")
    for count in (26, 28, 30):
        files = [replace(line, file=f"messen/a/datei-{n:02}.pdf") for n in range(count)]
        last = pages_of(printed_sheet(files).pdf)[-1]
        assert "datei-" in last.partition("Summe")[0], f"{count} files"
        alone = [replace(line, fair=f"m{n}", file=f"m/{n}/datei.pdf") for n in range(count // 3)]
        assert "datei" in pages_of(printed_sheet(alone).pdf)[-1].partition("Insgesamt")[0]


def test_a_fair_with_one_file_has_no_sum_of_its_own() -> None:
    (text,) = pages_of(printed_sheet(order(2, "de")).pdf)
    assert "Summe" not in text
    assert "Insgesamt 2 1.450" in text


def test_papers_and_page_counts_are_summed_apart() -> None:
    (line,) = order(1, "de")
    lines = [
        replace(line, copies=100, pages=8),
        replace(line, copies=20, pages=12),
        replace(line, copies=3, pages=8, note="Recycling"),
        replace(line, copies=4, pages=8),
    ]
    (text,) = pages_of(printed_sheet(lines).pdf)
    sums = re.findall(r"^Flyer A4 210 × 297 (\d+) (\d+) (\d+) (.+)$", text, re.MULTILINE)
    assert sums == [
        ("8", "2", "104", NOTES[0]),
        ("8", "1", "3", "Recycling"),
        ("12", "1", "20", NOTES[0]),
    ]


def test_hostile_texts_are_text() -> None:
    (line,) = order(1, "de")
    long = "Wirtschaftsförderungsgesellschaftsjubiläumsausbildungsmesse" * 4
    lines = [
        replace(line, fair="1", name="=1+1"),
        replace(line, fair="2", name='<b>fett</b> & {{ 7*7 }} "„', note="<script>1</script>"),
        replace(line, fair="3", name=long, note=long, file=f"a/{long}/{'b-' * 90}.pdf"),
        replace(line, fair="4", name="معرض التوظيف في المدينة", file="d.pdf"),
        replace(line, fair="5", name="Ярмарок вакансій", file="messen/../x/y.pdf"),
    ]
    pdf = printed_sheet(lines).pdf
    text = read_back(pdf).text
    for wanted in (
        *("=1+1", '<b>fett</b> & {{ 7*7 }} "„', "<script>1</script>", long),
        *("b-" * 90 + ".pdf", "Ярмарок вакансій"),
    ):
        assert normalized(wanted) in normalized(text), wanted
    assert "Careerprint-Plex-Sans-Arabic-Semi-Bold" in {
        name.split("+")[-1] for name, _ in read_finished(pdf).painted.fonts.items()
    }


def test_file_names_break_where_their_parts_end() -> None:
    (line,) = order(1, "de")
    name = "kundendienst-in-dortmund/flyer-fuer-die-messe-in-beispielstadt-im-maerz-2027-a4-ar.pdf"
    lines = [replace(line, file=f"a/{name}"), replace(line, file="b/kurz.pdf")]
    (text,) = pages_of(printed_sheet(lines).pdf)
    (start,) = (row for row in text.split("\n") if row.startswith("a/kunden"))
    assert start.count("\ufffe") == 1, "PDFium's sign for a hyphen at a line's end: the name's own"
    assert start.replace("\ufffe", "-").startswith(f"a/{name}")


def test_what_is_not_used_is_not_there() -> None:
    job = order_sheet(order(1, "ar"), "de")
    assert not [name for name in job.bundle if "Arabic" in name]
    assert all(name in job.bundle for name in job.styles)


def test_same_order_same_bytes() -> None:
    lines = order(5, "de", "ar")
    assert printed_sheet(lines).pdf == printed_sheet(lines).pdf
    first, again = (order_sheet(lines, "de") for _ in range(2))
    assert first == again
    assert first.digest == again.digest


def test_all_of_many_lines_stand_on_the_sheet(many: tuple[list[OrderLine], list[str]]) -> None:
    lines, pages = many
    text = "\n".join(pages)
    found = re.findall(r"^(kundendienst-flyer-\S+\.pdf) .* 1 ([\d.]+)(?: |$)", text, re.MULTILINE)
    assert [(n, int(c.replace(".", ""))) for n, c in found] == [
        (line.file.rpartition("/")[2], line.copies) for line in lines
    ]
    total = f"{sum(line.copies for line in lines):,}".replace(",", ".")
    assert f"Insgesamt {len(lines)} {total}" in text
    assert f"Insgesamt {total}" in text


@pytest.mark.slow
def test_the_combined_file_has_the_copies_that_the_order_says(printed: Workspace) -> None:
    lines = order(1, "de", "en", "tr", "ar")
    made = combined(
        [
            CombinedPart(printed.pdf("flyer", line.locale).read_bytes(), line.file, line.copies)
            for line in lines
        ]
    )
    document = pypdfium2.PdfDocument(made)
    assert len(document) == sum(line.copies * line.pages for line in lines)
    document.close()


@pytest.mark.slow
@pytest.mark.parametrize("fairs", [1, 40, 500])
def test_every_row_is_there_once_in_order_and_whole(fairs: int) -> None:
    lines = order(fairs, "de", "ar")
    pdf = printed_sheet(lines).pdf
    pages = pages_of(pdf)
    text = "\n".join(pages)
    assert re.findall(r"messen/(messe-\d+)/$", text, re.MULTILINE) == [
        f"messe-{n}" for n in range(fairs)
    ]
    files = re.findall(r"^(kundendienst-flyer-\S+\.pdf) ", text, re.MULTILINE)
    assert files == [line.file.rpartition("/")[2] for line in lines]
    for number, page in enumerate(pages, 1):
        assert page.count("Datei Sprache Format Maße in mm Seiten Auflage Bemerkung") == 1
        assert page.split()[-1] == f"{number}/{len(pages)}"
    heights = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        boxes = [found.get_bounds() for found in page.get_objects()]
        heights += [bottom for _, bottom, _, _ in boxes]
        page.close()
    document.close()
    assert min(heights) > 0, "nothing runs off a page"
    with pikepdf.open(io.BytesIO(pdf)) as read:
        *_, table = (each for each in read.Root.StructTreeRoot.K[0].K if each.S == "/Table")
        assert [str(kid.S) for kid in table.K] == ["/THead", *["/TBody"] * fairs]
