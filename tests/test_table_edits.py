"""Single cells of the user's own table are written; all else of the file stays as it is."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference

from careerprint.core.diagnostics import Refused
from careerprint.fairs.cells import as_text
from careerprint.fairs.csvtext import CellEdit, csv_with_edits
from careerprint.fairs.headings import known_headings
from careerprint.fairs.openxmledits import xlsx_with_edits
from careerprint.fairs.tables import parse_tables

from .tablefiles import only_table, saved, unpacked

HEADINGS = "Messe;Ort;Beginn;Stand"


def edited(content: bytes, *edits: tuple[int, int, str]) -> bytes:
    return csv_with_edits(content, [CellEdit(*edit) for edit in edits], known_headings)


def cells(content: bytes, name: str = "fairs.csv") -> list[list[str]]:
    table = only_table(parse_tables(content, name, known_headings))
    return [[as_text(row.cell(at)) for at in range(len(table.headings))] for row in table.rows]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_cell_of_a_csv_file_changes_and_not_a_byte_besides(encoding: str, end: str) -> None:
    rows = [HEADINGS, "Jobmesse;Köln;12.03.2027;B 14", 'Tag der "Berufe";Hürth;;', ""]
    content = end.join(rows).encode(encoding)
    made = edited(content, (2, 1, "Düren"))
    assert made.decode(encoding) == content.decode(encoding).replace("Köln", "Düren")
    assert cells(made)[0][1] == "Düren"


def test_quotation_marks_line_breaks_and_the_declared_separator_stay() -> None:
    content = (
        b'sep=,\r\n"Messe","Ort","Beginn"\r\n"A ""B""","K\xc3\xb6ln,\nRhein","1.2.2027"\r\n'
        b"C,D,3.4.2027\r\n"
    )
    made = edited(content, (2, 2, "2.2.2027"))
    assert made == content.replace(b'"1.2.2027"', b'"2.2.2027"')
    assert edited(content, (3, 1, "x, y")) == content.replace(b"C,D,", b'C,"x, y",')


def test_rows_and_columns_that_there_are_not_are_added_at_the_end() -> None:
    content = f"{HEADINGS}\r\nA;B;1.2.2027;3".encode()
    made = edited(content, (1, 4, "Format"), (4, 0, "Neu"), (4, 4, "A5")).decode()
    assert made == f"{HEADINGS};Format\r\nA;B;1.2.2027;3\r\n\r\nNeu;;;;A5\r\n"


def test_a_letter_that_the_encoding_lacks_makes_the_file_utf_8() -> None:
    content = f"{HEADINGS}\nMesse in Köln;;1.2.2027;".encode("cp1252")
    made = edited(content, (2, 1, "Iğdır"))
    assert made.decode("utf-8-sig").endswith("Messe in Köln;Iğdır;1.2.2027;")


def test_what_a_spreadsheet_would_take_for_a_formula_stays_text() -> None:
    made = edited(f"{HEADINGS}\nA;B;1.2.2027;3\n".encode(), (2, 3, "=1+1"))
    assert b";'=1+1\n" in made
    assert cells(made)[0][3] == "=1+1"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


@given(st.lists(st.tuples(st.integers(2, 6), st.integers(0, 3), TEXTS), max_size=8))
def test_what_is_written_into_a_csv_file_is_read_back(edits: list[tuple[int, int, str]]) -> None:
    rows = [f"Messe {n};Ort;1.{n}.2027;{n}" for n in range(1, 6)]
    content = "\n".join([HEADINGS, *rows]).encode()
    expected = [row.split(";") for row in rows]
    for row, column, text in edits:
        expected[row - 2][column] = text
    read = csv_rows(edited(content, *edits))
    assert read == [HEADINGS.split(";"), *expected]


def csv_rows(content: bytes) -> list[list[str]]:
    import csv

    from careerprint.fairs.cells import without_apostrophe

    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [[without_apostrophe(c) for c in row] for row in csv.reader(text, delimiter=";")]


def season() -> Workbook:
    """Return a workbook as an office keeps it: days, a formula, a chart, a sheet of notes."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Messen 2027"
    sheet.append(["Messe", "Ort", "Beginn", "Anzahl", "Kosten"])
    for n in range(1, 4):
        sheet.append([f"Messe {n}", "Köln", date(2027, n, 12), 100 * n, f"=D{n + 1}*2"])
        sheet.cell(n + 1, 3).number_format = "DD.MM.YYYY"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=4))
    sheet.add_chart(chart, "H2")
    book.create_sheet("Notizen").append(["nur für uns"])
    return book


def in_excel(content: bytes, *edits: tuple[int, int, str]) -> bytes:
    return xlsx_with_edits(content, "m.xlsx", "Messen 2027", [CellEdit(*e) for e in edits])


def test_a_cell_of_a_workbook_changes_and_no_other_part_of_it() -> None:
    content = saved(season())
    made = in_excel(content, (3, 1, "Düren"), (3, 3, "75"), (3, 2, "24.12.2027"))
    sheet = load_workbook(io.BytesIO(made))["Messen 2027"]
    assert [cell.value for cell in sheet[3]][:2] == ["Messe 2", "Düren"]
    assert sheet["D3"].value == 75
    assert sheet["C3"].is_date
    assert str(sheet["C3"].value).startswith("2027-12-24")
    assert sheet["E3"].value == "=D3*2"
    before, after = unpacked(content), unpacked(made)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert before.keys() == after.keys()


def test_a_new_row_has_the_formats_of_the_rows_above() -> None:
    made = in_excel(saved(season()), (6, 0, "Neue Messe"), (6, 2, "01.06.2027"), (6, 3, "007"))
    sheet = load_workbook(io.BytesIO(made))["Messen 2027"]
    assert sheet["C6"].is_date
    assert sheet["C6"].number_format == "DD.MM.YYYY"
    assert sheet["D6"].value == "007"  # a number would lose its zeros
    assert cells(made, "fairs.xlsx")[3][:3] == ["Neue Messe", "", "01.06.2027"]


def test_a_formula_gives_way_to_what_is_written_and_leaves_no_broken_chain() -> None:
    content = saved(season())
    chained = {
        **unpacked(content),
        "xl/calcChain.xml": b'<calcChain xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main"><c r="E2" i="1"/></calcChain>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in chained.items():
            archive.writestr(name, part)
    made = in_excel(out.getvalue(), (2, 4, "frei"))
    assert "xl/calcChain.xml" not in unpacked(made)
    assert load_workbook(io.BytesIO(made))["Messen 2027"]["E2"].value == "frei"


def test_an_empty_text_clears_a_cell_and_keeps_its_format() -> None:
    made = in_excel(saved(season()), (2, 2, ""))
    cell = load_workbook(io.BytesIO(made))["Messen 2027"]["C2"]
    assert cell.value is None
    assert cell.number_format == "DD.MM.YYYY"


def test_a_formula_that_others_share_is_left_alone() -> None:
    content = saved(season())
    parts = unpacked(content)
    name = "xl/worksheets/sheet1.xml"
    shared = parts[name].replace(b"<f>D2*2</f>", b'<f t="shared" ref="E2:E4" si="0">D2*2</f>')
    assert shared != parts[name]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, held in (parts | {name: shared}).items():
            archive.writestr(part, held)
    with pytest.raises(Refused, match="formula that other cells use"):
        in_excel(out.getvalue(), (2, 4, "1"))


def test_a_cell_within_a_merged_area_is_the_one_that_is_shown() -> None:
    book = season()
    book["Messen 2027"].merge_cells("B2:B3")
    made = in_excel(saved(book), (3, 1, "Bonn"))
    assert load_workbook(io.BytesIO(made))["Messen 2027"]["B2"].value == "Bonn"
