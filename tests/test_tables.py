"""A table that users keep in a spreadsheet: read the same from CSV, .xlsx and .ods, or refused."""

import csv
import io
import os
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds
from careerprint.core.diagnostics import Refused
from careerprint.core.reader import Reader
from careerprint.fairs.cells import (
    MOST_COLUMNS,
    Broken,
    Cell,
    Row,
    as_csv,
    as_text,
    cell_of,
    without_apostrophe,
)
from careerprint.fairs.tables import Table, parse_tables

from .conftest import refusals
from .tablefiles import (
    ODS_TYPE,
    ods,
    ods_of,
    only_table,
    packed,
    read_table,
    saved,
    unpacked,
    xlsx,
)

HEADINGS = ("Kennung", "Messe", "Ort")
MOST_ROWS = DEFAULT_BOUNDS.table_rows
SPREADSHEET = "Open it in your spreadsheet program and save it as .xlsx or as “CSV UTF-8”."


def fits(texts: Sequence[str]) -> bool:
    return {"Kennung", "Messe"} <= set(texts)


def parsed(content: bytes | str, name: str = "fairs.csv") -> Table:
    given = content.encode() if isinstance(content, str) else content
    return only_table(parse_tables(given, name, fits))


def refused(content: bytes | str, name: str = "fairs.csv") -> str:
    (line,) = refusals(lambda: parsed(content, name))
    return line


def cells(table: Table) -> list[tuple[object, ...]]:
    return [row.cells for row in table.rows]


# CSV


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_recognised_from_the_headings(separator: str) -> None:
    text = f"Kennung{separator}Messe\na{separator}Eins und zwei\n"
    assert parsed(text) == Table(
        "fairs.csv", ("Kennung", "Messe"), 1, (Row(2, ("a", "Eins und zwei")),), last=2
    )


def test_separators_inside_cells_and_headings_do_not_count() -> None:
    table = parsed('"Kennung";"Ort, Stadt,\nLand, Fluss";Messe\na;"b; c, d";e\n')
    assert table.headings == ("Kennung", "Ort, Stadt, Land, Fluss", "Messe")
    assert cells(table) == [("a", "b; c, d", "e")]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_line_that_excel_writes_for_itself_is_no_row(end: str) -> None:
    table = parsed(f"sep=,{end}Kennung,Messe{end}a,b;c{end}")
    assert (table.heading_row, table.rows) == (1, (Row(2, ("a", "b;c")),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    table = parsed("Kennung;Messe;Größe\na;Börse für Süße – „50 €“;ß\n".encode(encoding))
    assert table.headings[2] == "Größe"
    assert cells(table) == [("a", "Börse für Süße – „50 €“", "ß")]


def test_utf16_as_excel_saves_unicode_text() -> None:
    content = b"\xfe\xff" + "Kennung\tMesse\r\na\tŁódź\r\n".encode("utf-16-be")
    assert cells(parsed(content, "Messen.txt")) == [("a", "Łódź")]


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    table = parsed('\nKennung;Messe\r\n\r\na;"zwei\r\nZeilen"\r\n;;\r\nb;c;;\r\n')
    assert table.heading_row == 2
    assert table.rows == (Row(4, ("a", "zwei\nZeilen")), Row(6, ("b", "c")))


def test_a_title_may_stand_above_the_headings() -> None:
    table = parsed("Messekalender, Herbst, 2027;;\n\nKennung;Messe\na;b\n")
    assert (table.heading_row, cells(table)) == (3, [("a", "b")])


def test_everything_in_a_csv_file_is_text_and_nothing_is_evaluated() -> None:
    table = parsed("Kennung;Messe\n=1+1;@SUM(A1)\n+49;-3\n007;12.03.2027\n")
    assert cells(table) == [("=1+1", "@SUM(A1)"), ("+49", "-3"), ("007", "12.03.2027")]


def test_an_error_value_is_no_text() -> None:
    assert cells(parsed("Kennung;Messe\n#BEZUG!;Err:502\n")) == [
        (Broken("#BEZUG!"), Broken("Err:502"))
    ]


def test_a_quotation_mark_that_is_not_closed() -> None:
    assert refused('Kennung;Messe\na;b\nc;"d\ne;f\n') == (
        "fairs.csv:3: error: A quotation mark in this row is not closed, or more follows where it "
        "is. Put whole cells into quotation marks, and write those inside a cell twice."
    )
    assert refused('Kennung;Messe\na;"b" c\n').startswith("fairs.csv:2: error: A quotation mark")
    assert cells(parsed('Kennung;Messe\na;Messe "Start"\n')) == [("a", 'Messe "Start"')]


def test_what_is_no_text() -> None:
    expected = "fairs.csv: error: This is not a text, or its encoding is not known. " + SPREADSHEET
    assert refused(b"Kennung;Messe\na;\x00\n") == expected
    assert refused(b"Kennung;Messe\na;\xb0\xb1\xdb\n") == expected
    assert refused(xlsx([HEADINGS])) == expected


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", ";;;\n ; \n", "sep=;\n"])
def test_an_empty_table(content: str) -> None:
    assert refused(content) == (
        "fairs.csv: error: The table is empty. "
        "Write headings into its first row and a fair into each row below."
    )


def test_no_headings_and_no_rows() -> None:
    assert refused("a;b\nc;d\n").startswith(
        "fairs.csv: error: The table has no row of headings that are known."
    )
    assert refused("Kennung;Messe\n;;\n") == (
        "fairs.csv:1: error: The table has headings and no rows below them. "
        "Write a fair into each row below the headings."
    )


def test_bounds() -> None:
    long = "x" * 32_768
    message = "A cell of this row holds more than 32767 characters."
    assert refused(f"Kennung;Messe\na;{long}\n").startswith(f"fairs.csv:2: error: {message}")
    assert refused(f"Kennung;Messe\na;{long * 5}\n").startswith(f"fairs.csv:2: error: {message}")
    rows = "Kennung;Messe\n" + "a;b\n" * MOST_ROWS
    assert refused(rows).startswith(
        f"fairs.csv:{MOST_ROWS + 1}: error: The table goes on beyond row 20000."
    )
    assert refused(b" " * 50_000_001).startswith("fairs.csv: error: The file “fairs.csv” has more")


@pytest.mark.parametrize("name", ["fairs.xls", "fairs.pdf", "fairs", "fairs.xlsb"])
def test_a_file_of_another_kind(name: str) -> None:
    message = "A table cannot be read from a file of this kind."
    assert refused("Kennung;Messe\na;b\n", name) == f"{name}: error: {message} {SPREADSHEET}"


@pytest.mark.parametrize("name", ["Text.docx", "Text.ODT", "Text.doc"])
def test_a_text_is_no_table(name: str) -> None:
    assert refused("Gärtner in Kassel", name) == (
        f"{name}: error: This is a text, and no table. A text about a profession becomes a profile: "
        "careerprint import. Copy a table that stands in it into a spreadsheet."
    )


# .xlsx and .ods


WRITERS = {"fairs.xlsx": xlsx, "fairs.ods": ods}


@pytest.mark.parametrize("name", WRITERS)
def test_numbers_dates_and_text_arrive_as_what_they_are(name: str) -> None:
    values = (
        "a",
        "zwei\nZeilen",
        5,
        2.5,
        date(2027, 3, 12),
        datetime(2027, 3, 12, 9, 30),
        "=1",
        "",
    )
    content = WRITERS[name]([("Kennung", "Messe", *"123456"), (), values])
    if name == "fairs.xlsx":  # openpyxl writes what starts with = as a formula
        content = _text_for_formula(content)
    (row,) = parsed(content, name).rows
    assert row == Row(3, values[:-1])
    assert type(row.cells[2]) is int
    assert type(row.cells[4]) is date


def _text_for_formula(content: bytes) -> bytes:
    members = unpacked(content)
    sheet = "xl/worksheets/sheet1.xml"
    old, new = (
        b'<c r="G3"><f>1</f><v></v></c>',
        b'<c r="G3" t="inlineStr"><is><t>=1</t></is></c>',
    )
    assert old in members[sheet]
    return packed({**members, sheet: members[sheet].replace(old, new)})


@pytest.mark.parametrize("name", WRITERS)
def test_all_sheets_with_headings_are_read_and_the_others_are_named(name: str) -> None:
    day = date(2027, 3, 12)
    content = WRITERS[name](
        [("Notizen",)],
        Saison=[("Messen 2027",), HEADINGS, ("a", "b")],
        Alt=[HEADINGS[::-1], ("c", "d")],
        Leer=[],
        Vorlage=[HEADINGS],
        Ohne=[("e", day, "f"), ("g", day, "h")],
    )
    book = parse_tables(content, name, fits)
    assert [(t.sheet, t.heading_row, t.year, cells(t)) for t in book.tables] == [
        ("Saison", 2, 2027, [("a", "b")]),
        ("Alt", 1, 0, [("c", "d")]),
    ]
    assert book.sheets == ("Saison", "Alt")
    assert book.others == ("Tabelle1", "Vorlage", "Ohne")
    assert [d.sentence(str) for d in book.diagnostics] == [
        f"{name}: warning: The sheet “Ohne” is not read: it has no row of headings "
        "that are known. If fairs stand there, write the headings of another sheet above them."
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_of_sheets_that_are_named_no_other_is_read(name: str) -> None:
    sheets = {each: [HEADINGS, (each, "b")] for each in ("Mai", "Juni", "Juli")}
    content = WRITERS[name]([("Notizen", "und mehr")], **sheets)

    def read(chosen: tuple[str, ...] = (), usual: tuple[str, ...] = ()) -> list[str]:
        book = parse_tables(content, name, fits, chosen=chosen, usual=usual)
        assert book.is_chosen == (len(book.tables) < len(book.sheets))
        return [table.sheet for table in book.tables]

    assert read() == ["Mai", "Juni", "Juli"]
    assert read(("juli", "Mai")) == ["Mai", "Juli"], "in the order of the workbook"
    assert read((), ("Juni", "August")) == ["Juni"]
    assert read((), ("August",)) == ["Mai", "Juni", "Juli"], "what is usual need not be there"
    assert read(("Mai",), ("Juni",)) == ["Mai"]
    (line,) = refusals(lambda: read(("Mai", "Tabelle1")))
    assert line.startswith(f"{name}, sheet “Tabelle1”: error: The table has no row of headings")
    (line,) = refusals(lambda: read(("Mai", "August")))
    assert "There is no sheet “August” that is shown." in line
    few = Bounds(table_rows=2)
    (line,) = refusals(lambda: parse_tables(content, name, fits, few))
    assert line.startswith(f"{name}, sheet “Juli”: error: The table goes on beyond row 2.")


@pytest.mark.parametrize("name", WRITERS)
def test_a_sheet_with_nothing_below_its_headings_is_passed_over(name: str) -> None:
    content = WRITERS[name]([HEADINGS], Saison=[HEADINGS, ("a", "b")])
    table = parsed(content, name)
    assert (cells(table), table.diagnostics, table.sheet) == ([("a", "b")], (), "Saison")


def test_hidden_sheets_are_not_read() -> None:
    book = Workbook()
    hidden = book.worksheets[0]
    hidden.append(HEADINGS)
    hidden.append(("alt", "b"))
    hidden.sheet_state = "hidden"
    shown = book.create_sheet("Saison")
    shown.append(HEADINGS)
    shown.append(("neu", "b"))
    table = parsed(saved(book), "fairs.xlsx")
    assert cells(table) == [("neu", "b")]
    assert table.diagnostics == ()


def _with_formula(stored: bytes) -> bytes:
    members = unpacked(xlsx([HEADINGS, ("a", '="Mes"&"se"', "c")]))
    sheet = "xl/worksheets/sheet1.xml"
    old = b'<c r="B2"><f>"Mes"&amp;"se"</f><v></v></c>'
    assert old in members[sheet]
    return packed({**members, sheet: members[sheet].replace(old, stored)})


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (b'<c r="B2" t="str"><f>"Mes"&amp;"se"</f><v>Messe</v></c>', "Messe"),
        (b'<c r="B2" t="str"><f>A5</f><v></v></c>', None),
        (b'<c r="B2"><f>"Mes"&amp;"se"</f></c>', Broken('="Mes"&"se"')),
        (b'<c r="B2" t="e"><f>A5</f><v>#REF!</v></c>', Broken("#REF!")),
    ],
)
def test_of_a_formula_in_xlsx_the_stored_value_counts(stored: bytes, expected: object) -> None:
    (row,) = parsed(_with_formula(stored), "fairs.xlsx").rows
    assert row.cells == ("a", expected, "c")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('office:value-type="string"><text:p>Messe</text:p>', "Messe"),
        (">", Broken("=[.A5]")),
        (
            'office:value-type="string" office:string-value="" calcext:value-type="error">'
            "<text:p>#REF!</text:p>",
            Broken("=[.A5]"),
        ),
    ],
)
def test_of_a_formula_in_ods_the_stored_value_counts(written: str, expected: Cell) -> None:
    def cell(text: str) -> str:
        kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    head = "".join(map(cell, HEADINGS))
    formula = f'<table:table-cell table:formula="of:=[.A5]" {written}</table:table-cell>'
    rows = (
        f"<table:table-row>{head}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cell('a')}{formula}{cell('c')}</table:table-row>"
    )
    (row,) = parsed(ods_of(f"<table:table table:name='A'>{rows}</table:table>"), "fairs.ods").rows
    assert row == Row(4, ("a", expected, "c"))


def test_escaped_characters_of_xlsx() -> None:
    content = xlsx([HEADINGS, ("a", "zwei_x000D_\nZeilen", "_x0041__x005F_x_xD83D__xDE00_")])
    assert cells(parsed(content, "fairs.xlsx")) == [("a", "zwei\nZeilen", "A_x😀")]


def test_truth_values_and_times_are_what_german_excel_shows() -> None:
    assert [cell_of(v) for v in (True, False, time(9, 30), time(9, 30, 5))] == [
        *("WAHR", "FALSCH", "09:30", "09:30:05")
    ]
    assert [cell_of(float("nan")), cell_of(3.0)] == [Broken("#WERT!"), 3]


def _mutated(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    members = unpacked(content)
    assert members[name].count(old) == 1
    return packed({**members, name: members[name].replace(old, new)})


NO_XLSX = f"fairs.xlsx: error: This is not an .xlsx file, whatever its name says. {SPREADSHEET}"
NO_ODS = f"fairs.ods: error: This is not an .ods file, whatever its name says. {SPREADSHEET}"
DAMAGED = (
    "The file is damaged or not complete. Open it in your spreadsheet program and save it again."
)
LOCKED = "The file is protected by a password. Save a copy of it without a password."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"Kennung;Messe\na;b\n", b"<html><table></table></html>", OLE),
        *(ods([HEADINGS]), packed({"a.txt": "b"}), packed({"xl/workbook.bin": b"\x83"})),
    ],
)
def test_not_an_xlsx_file(content: bytes) -> None:
    assert refused(content, "fairs.xlsx") == NO_XLSX


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"text", OLE, xlsx([HEADINGS])),
        packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
    ],
)
def test_not_an_ods_file(content: bytes) -> None:
    assert refused(content, "fairs.ods") == NO_ODS


def test_damaged_files() -> None:
    for name, write in WRITERS.items():
        whole = write([HEADINGS, *[(f"a{n}", "b") for n in range(200)]])
        for part in (whole[:-30], whole[: len(whole) // 2], whole[:60]):
            assert refused(part, name) == f"{name}: error: {DAMAGED}"
    book = xlsx([HEADINGS])
    for member in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        broken = packed({**unpacked(book), member: "<a>"})
        assert refused(broken, "fairs.xlsx") == f"fairs.xlsx: error: {DAMAGED}"
    broken = packed({"mimetype": ODS_TYPE, "content.xml": "<a>"})
    assert refused(broken, "fairs.ods") == f"fairs.ods: error: {DAMAGED}"


def test_files_with_a_password() -> None:
    package = "EncryptedPackage".encode("utf-16-le")
    assert refused(OLE + package, "fairs.xlsx") == f"fairs.xlsx: error: {LOCKED}"
    for extra in ({"META-INF/manifest.xml": "<encryption-data/>"}, {"encrypted-package": b"x"}):
        content = packed({**unpacked(ods([HEADINGS])), **extra})
        assert refused(content, "fairs.ods") == f"fairs.ods: error: {LOCKED}"


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = packed({**unpacked(xlsx([HEADINGS])), "xl/media/image1.bin": bytes(100_000_001)})
    assert len(bomb) < 200_000
    for name in ("fairs.xlsx", "fairs.ods"):
        assert refused(bomb, name) == (
            f"{name}: error: The file is larger than a table of fairs can be. "
            "Copy the rows into a new spreadsheet and save that."
        )


def test_entities_that_multiply_are_refused() -> None:
    nested = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "lol lol lol">'
        for n in range(12)
    )
    text = f"<!DOCTYPE a [{nested}]><a>&e11;</a>"
    for name, member in (
        ("fairs.xlsx", "xl/worksheets/sheet1.xml"),
        ("fairs.ods", "content.xml"),
    ):
        content = packed({**unpacked(WRITERS[name]([HEADINGS])), member: text})
        assert refused(content, name) == f"{name}: error: {DAMAGED}"


def test_a_million_rows_that_are_claimed_and_empty() -> None:
    book = _mutated(
        xlsx([HEADINGS, ("a", "b")]),
        "xl/worksheets/sheet1.xml",
        b'<dimension ref="A1:C2"',
        b'<dimension ref="A1:XFD1048576"',
    )
    book = _mutated(
        book, "xl/worksheets/sheet1.xml", b"</sheetData>", b'<row r="1048576"/></sheetData>'
    )
    assert cells(parsed(book, "fairs.xlsx")) == [("a", "b")]
    empty = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    sheet = unpacked(ods([HEADINGS, ("a", "b")]))
    content = sheet["content.xml"].decode().replace("</table:table>", empty)
    assert cells(parsed(packed({**sheet, "content.xml": content}), "fairs.ods")) == [("a", "b")]


@pytest.mark.parametrize("name", WRITERS)
def test_what_stands_far_away_from_the_table(name: str) -> None:
    below = [HEADINGS, ("a", "b"), *[()] * MOST_ROWS, ("x",)]
    assert refused(WRITERS[name](below), name) == (
        f"{name}:{MOST_ROWS + 3}: error: The table goes on beyond row 20000. "
        "Split it, or delete what stands far below the last fair, or raise “table_rows” below "
        "[bounds] in careerprint.toml."
    )
    beside = [HEADINGS, ("a", "b", *[None] * MOST_COLUMNS, "x")]
    assert refused(WRITERS[name](beside), name) == (
        f"{name}:2: error: This row goes on beyond column 200. "
        "Delete what stands far to the right of the table."
    )


def test_repeated_rows_of_ods_are_counted_before_they_are_made() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    content = ods_of(f"<table:table table:name='A'>{row}</table:table>")
    assert "The table goes on beyond row 20000." in refused(content, "fairs.ods")


# All kinds


TEXTS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"], include_characters=" \n"),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() and "_x" not in text and not isinstance(cell_of(text), Broken))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(st.none() | TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_table_reads_the_same_from_every_kind_of_file(rows: list[list[str | None]]) -> None:
    rows = [["a", *row] for row in rows]
    headings = ["Kennung", "Messe", "Ort", "Notiz"]
    book = Workbook()
    everything: list[list[str | None]] = [[*headings], *rows]
    for at, row in enumerate(everything, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                cell = book.worksheets[0].cell(at, column, value)
                cell.data_type = "s"  # a text, whatever it starts with
    files = {
        "a.csv": as_csv([headings, *[[as_text(c) for c in row] for row in rows]]).encode(),
        "a.ods": ods([headings, *rows]),
        "a.xlsx": saved(book),
    }
    tables = {name: parsed(content, name) for name, content in files.items()}
    assert tables["a.csv"].rows == tables["a.ods"].rows == tables["a.xlsx"].rows


PLAIN_XLSX = xlsx([HEADINGS, ("a", "b", date(2027, 3, 12))])
PLAIN_ODS = ods([HEADINGS, ("a", "b", date(2027, 3, 12))])


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(["a.csv", "a.xlsx", "a.ods"]),
    st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
    st.sampled_from([b"", b"Kennung;Messe\n", b"PK\x03\x04", b"\xff\xfe", OLE]),
)
def test_any_bytes_end_in_rows_or_in_a_message(name: str, content: bytes, start: bytes) -> None:
    try:
        assert parsed(start + content, name).rows
    except Refused as refused:
        assert refused.diagnostics  # noqa: PT017 - either way is right


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(["a.xlsx", "a.ods"]), st.data())
def test_any_change_of_a_file_ends_in_rows_or_in_a_message(name: str, data: st.DataObject) -> None:
    whole = PLAIN_XLSX if name == "a.xlsx" else PLAIN_ODS
    members = unpacked(whole)
    member = data.draw(st.sampled_from(sorted(members)))
    at = data.draw(st.integers(0, len(members[member])))
    cut = data.draw(st.integers(0, 12))
    new = data.draw(st.binary(max_size=4) | st.sampled_from([b"99999999999", b"-1", b"\x00", b"<"]))
    changed = members[member][:at] + new + members[member][at + cut :]
    try:
        parsed(packed({**members, member: changed}), name)
    except Refused as refused:
        assert refused.diagnostics  # noqa: PT017 - either way is right


# Writing CSV


def test_what_a_spreadsheet_would_take_for_a_formula_is_kept_from_being_one() -> None:
    text = as_csv([["=1+1", "+49 30", "-3", "@x", "'=1", "'s-Hertogenbosch", "a=b"]])
    assert text == "\ufeff'=1+1;'+49 30;'-3;'@x;''=1;'s-Hertogenbosch;a=b\r\n"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)))
def test_what_is_written_is_read_again(record: list[str]) -> None:
    text = as_csv([[*record, "end"]]).removeprefix("\ufeff")
    (read,) = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    assert [without_apostrophe(cell) for cell in read] == [*record, "end"]


# Files of a workspace


def test_a_table_is_a_file_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "fairs.xlsx").write_bytes(PLAIN_XLSX)
    assert read_table(Reader(tmp_path), "fairs.xlsx", fits).rows[0].cells[0] == "a"
    (line,) = refusals(lambda: read_table(Reader(tmp_path), "messen.xlsx", fits))
    assert line.startswith("messen.xlsx: error: The file “messen.xlsx” is not there.")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_is_held_by_another_program(tmp_path: Path) -> None:
    (tmp_path / "fairs.csv").write_bytes(b"")
    (tmp_path / "fairs.csv").chmod(0)
    (line,) = refusals(lambda: read_table(Reader(tmp_path), "fairs.csv", fits))
    assert line.endswith("Close it in Excel if it is open there, and check that you may read it.")
