"""The table of fairs: what a row may say, what is off said all at once, and rejected rows again."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careerprint.core.diagnostics import Location, Severity
from careerprint.core.edition import Edition
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.core.schema import Id
from careerprint.fairs.cells import Cell, Row, as_csv, as_text
from careerprint.fairs.days import days
from careerprint.fairs.entries import Unsuitable
from careerprint.fairs.fair import Fair, Headings
from careerprint.fairs.headings import HEADINGS, column_named, known_headings, meanings_of
from careerprint.fairs.places import hall_and_stand
from careerprint.fairs.rows import Fairs, read_fairs, rejected_csv
from careerprint.fairs.tables import Table, parse_tables
from careerprint.fairs.values import Known

from .conftest import LOCALES, ROOT, SLUG
from .tablefiles import Value, book_of, ods, only_table, read_table, xlsx

TODAY = date(2027, 1, 15)
KNOWN = Known(
    profiles=(SLUG,),
    formats={"brochure": ("a5",), "flyer": ("a4", "a5", "din-lang")},
    locales=LOCALES,
    declared=("de", "en"),
)
TWO_PROFILES = Known(("pflege", "verkauf"), KNOWN.formats, KNOWN.locales, KNOWN.declared)
LEAST = {"Kennung": "jobtag", "Messe": "Jobtag", "Beginn": "12.03.2027"}


def table_of(*rows: Mapping[str, Cell]) -> Table:
    """Return a table with the headings of all rows, in their order."""
    headings = tuple(dict.fromkeys(heading for row in rows for heading in row))
    found = tuple(
        Row(number, tuple(row.get(heading) for heading in headings))
        for number, row in enumerate(rows, 2)
    )
    return Table("fairs.csv", headings, 1, found)


def read(*rows: Mapping[str, Cell], known: Known = KNOWN) -> Fairs:
    return read_fairs(book_of(table_of(*rows)), known, TODAY)


def the_fair(**cells: Cell) -> Fair:
    """Return the fair of a row that says the least, and what is given."""
    fairs = read({**LEAST, **cells})
    assert [d.sentence(str) for d in fairs.diagnostics] == []
    (fair,) = fairs.rows
    return fair


def complaints(*rows: Mapping[str, Cell], known: Known = KNOWN) -> list[str]:
    return [d.sentence(str) for d in read(*rows, known=known).diagnostics]


def complaint(heading: str, cell: Cell, known: Known = KNOWN) -> str:
    """Return what is said of a row that is rejected for one cell."""
    fairs = read({**LEAST, heading: cell}, known=known)
    assert fairs.rows == ()
    (found,) = fairs.diagnostics
    assert fairs.rejected[0].faults == (found,)
    return found.sentence(str)


def parsed(content: bytes, name: str = "fairs.csv") -> Table:
    return only_table(parse_tables(content, name, known_headings))


# A good row


def test_the_least_that_a_fair_needs_and_what_is_then_printed() -> None:
    assert the_fair() == Fair(
        headings=Headings("fairs.csv", {}),
        row=2,
        id="jobtag",
        fair="Jobtag",
        start=date(2027, 3, 12),
        end=date(2027, 3, 12),
        profiles=(SLUG,),
        layout="flyer",
        format="",
        locales=("de", "en"),
        copies={"": 1},
        city="",
        venue="",
        hall="",
        stand="",
        contact="",
        phone="",
        email="",
        url="",
        note="",
    )


def test_everything_that_can_be_said_of_a_fair() -> None:
    cells: dict[str, Cell] = {
        "Ort": "Beispielstadt",
        "Veranstaltungsort": "Halle am  Park",
        "Ende": "2027-03-13",
        "Halle": 2,
        "Stand": "B 14",
        "Profil": SLUG,
        "Layout": "Flyer",
        "Format": "DIN lang",
        "Sprachen": "DE, tr; uk ar,tr",
        "Auflage": 250,
        "Ansprechpartner(in)": "Team\nBeratung",
        "Telefon": "(0)30 / 23125-014",
        "E-Mail": "messe@example.org",
        "Internet": "www.example.org/messe",
        "Hinweis für die Druckerei": "=1+1",
    }
    fair = the_fair(**cells)
    assert (fair.city, fair.venue, fair.hall, fair.stand) == (
        *("Beispielstadt", "Halle am Park", "2", "B 14"),
    )
    assert (fair.end, fair.format, fair.copies_in("de")) == (*(date(2027, 3, 13), "din-lang", 250),)
    assert fair.locales == ("de", "tr", "uk", "ar")
    assert (fair.contact, fair.phone) == ("Team Beratung", "(0)30 / 23125-014")
    assert (fair.email, fair.note) == ("messe@example.org", "=1+1")
    assert fair.url == "https://www.example.org/messe"
    assert fair.text("phone") == fair.phone
    assert fair.text("phone").location == Location("fairs.csv", 2, "Telefon")


def test_the_default_format_is_named_as_editions_name_it() -> None:
    assert the_fair(Format="A4").format == Edition(SLUG, "flyer", "de").format
    assert the_fair(Format="a5").format == "a5"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Messe/Köln 2027", "messe-koeln-2027"),
        ("../etc", "etc"),
        (2027, "messe-2027"),
        ("con", "messe-con"),
    ],
)
def test_an_id_that_cannot_name_a_folder_becomes_one_that_can(written: Cell, name: str) -> None:
    assert the_fair(Kennung=written).id == name


@pytest.mark.parametrize("heading", ["E-Mail:", "e mail", "EMAIL", "E‑Mail", "E-mail (Stand)"])
def test_how_a_heading_is_written_does_not_matter(heading: str) -> None:
    assert meanings_of(heading) == ("email",)


def test_umlauts_in_headings() -> None:
    for heading in ("Stückzahl", "STUECKZAHL", "stu\u0308ckzahl", "Stück-Zahl"):
        assert meanings_of(heading) == ("copies",)
    for column, headings in HEADINGS.items():
        assert all(column in meanings_of(heading) for heading in headings)
        named = "note" if column == "remark" else column  # what “Bemerkung” once headed
        assert column_named(column) == column_named(headings[0]) == named


@pytest.mark.parametrize(
    "written",
    [
        *("12.03.2027", "12.3.2027", "12. 3. 2027", "2027-03-12", "12.03.2027 09:30"),
        *("2027-03-12T09:30:00", date(2027, 3, 12), datetime(2027, 3, 12, 9, 30)),
    ],
)
def test_days_that_can_be_read_in_one_way_only(written: Cell) -> None:
    assert the_fair(Beginn=written).start == date(2027, 3, 12)


@pytest.mark.parametrize(
    ("written", "is_none"),
    [
        *((day, True) for day in ("32.5.", "31.02.", "30. Februar", "1.13.", "32.5.27")),
        *((day, False) for day in ("12.5.", "29.02.", "3/5", "12. Foobar", "12")),
    ],
)
def test_a_day_that_there_is_in_no_year_is_called_so(written: str, is_none: bool) -> None:
    with pytest.raises(Unsuitable) as refused:
        days(written)
    assert (refused.value.message == "There is no such day as “{value}”.") is is_none


@pytest.mark.parametrize("written", ["alle", "ALL", "alle, de"])
def test_all_languages_are_those_declared(written: str) -> None:
    assert the_fair(Sprachen=written).locales == KNOWN.declared


def test_a_language_may_have_a_region() -> None:
    assert the_fair(Sprachen="de-at, EN_gb").locales == ("de-AT", "en-GB")


@pytest.mark.parametrize(
    "written",
    [
        *("030 23125 014", "030/23125014", "+49 30 23125014", "+49 (0)30 23125-014"),
        *("(030) 23125 014", "+48 22 123 45 67"),
    ],
)
def test_a_telephone_number_stays_as_it_is_written(written: str) -> None:
    assert the_fair(Telefon=written).phone == written


def test_a_fair_of_the_last_days_is_printed_and_one_that_is_over_is_a_warning() -> None:
    fairs = read({**LEAST, "Beginn": "14.01.2027", "Ende": "15.01.2027"})
    assert fairs.diagnostics == ()
    fairs = read({**LEAST, "Beginn": "13.01.2027", "Ende": "14.01.2027"})
    assert [d.sentence(str) for d in fairs.diagnostics] == [
        "fairs.csv:2:Beginn: warning: The fair ended on 14.01.2027, which is past. "
        "Correct the date, or delete the row if its flyers are not wanted."
    ]
    assert len(fairs.rows) == 1


# What can be wrong with a cell


WRONG: list[tuple[str, Cell, str]] = [
    ("Kennung", "a" * 61, "“Kennung” has 61 characters; there is room for 60. Shorten the text."),
    ("Messe", None, "“Messe” is empty. Fill it in: no flyer can be printed without it."),
    ("Messe", "x" * 3000, "“Messe” has 3000 characters; there is room for 120. Shorten the text."),
    ("Messe", "a\x07b", "“Messe” holds a character that cannot be printed. Type the cell again."),
    ("Messe", "a\0b", "“Messe” holds a character that cannot be printed. Type the cell again."),
    ("Messe", "BÃ¶rse", "Umlauts or other characters of “Messe” are mangled. Correct the cell,"),
    (
        "Beginn",
        "12/03/2027",
        "“12/03/2027” is not a date that can be read in one way only. "
        "Write it as 12.03.2027 or 2027-03-12.",
    ),
    ("Beginn", "12. Merz 2027", "There is no such day as “12. Merz 2027”. Correct the date."),
    ("Beginn", "14.–12.03.2027", "“14.–12.03.2027” ends before it begins. Correct one of the two"),
    (
        "Beginn",
        46458,
        "“46458” is a number, not a date. "
        "If 12.03.2027 is meant, write it so, or format the cell as a date.",
    ),
    ("Beginn", "31.02.2027", "There is no such day as “31.02.2027”. Correct the date."),
    ("Beginn", "12.03.2207", "The year of “12.03.2207” cannot be right. Correct the date."),
    ("Beginn", date(1905, 7, 18), "The year of “18.07.1905” cannot be right. Correct the date."),
    (
        "Ende",
        "11.03.2027",
        "The fair ends on 11.03.2027, before it begins on 12.03.2027. Correct one of the two",
    ),
    ("Profil", "baecker", f"There is no “baecker” for “Profil”. Available: {SLUG}."),
    (
        "Layout",
        "plakat",
        "There is no “plakat” for “Layout”. Available: brochure, flyer.",
    ),
    ("Format", "a6", "There is no “a6” for “Format”. Available: a4, a5, din-lang."),
    (
        "Sprachen",
        "de, Klingonisch",
        "There is no language “Klingonisch”. Write the short names, with commas between, or “alle”. "
        "Available: de, en, tr, ar, uk, ru, pl, ro, bg, fr, es.",
    ),
    ("Sprachen", "nl", "There is no language “nl”. Write the short names, with commas between"),
    ("Anzahl", "200+50", "“200+50” is not a number of copies. Write a whole number from 1 to 100"),
    ("Anzahl", "100 (50 tr)", "“100 (50 tr)” is not a number of copies. Write a whole number"),
    ("Anzahl", 0, "“0” is not a number of copies. Write a whole number from 1 to 100000."),
    ("Anzahl", 100_001, "“100001” is not a number of copies. Write a whole number from 1 to 100"),
    ("Anzahl", 2.5, "“2,5” is not a number of copies. Write a whole number from 1 to 100000."),
    ("Anzahl", "viele", "“viele” is not a number of copies. Write a whole number from 1"),
    ("Internet", "example", "“example” is not a web address. Write it in full: https://www.exam"),
    ("Internet", "ftp://example.org/", "“ftp://example.org/” is not a web address. Write it in"),
    ("Internet", "javascript:alert(1)", "“javascript:alert(1)” is not a web address. Write it"),
    ("Internet", "https://a b.org/", "“https://a b.org/” is not a web address. Write it in full"),
    ("Internet", "https://x@example.org/", "“https://x@example.org/” is not a web address. Wri"),
    ("Internet", "https://example.org:x/", "“https://example.org:x/” is not a web address. Wri"),
    (
        "Internet",
        "https://www.example.org/" + "x" * 280,
        "The web address has 304 characters; a QR code of more than 300 is too fine. Use a sho",
    ),
]


@pytest.mark.parametrize(("heading", "cell", "expected"), WRONG)
def test_a_cell_that_cannot_be_used(heading: str, cell: Cell, expected: str) -> None:
    assert complaint(heading, cell).startswith(f"fairs.csv:2:{heading}: error: {expected}")


PERSONAL: list[tuple[str, Cell, str]] = [
    ("Kontakt", "Vera Muster\x07", "“Kontakt” holds a character that cannot be printed."),
    ("Kontakt", "Vera Muster " * 10, "“Kontakt” has 119 characters; there is room for 80."),
    ("Telefon", 3023125014, "The number in “Telefon” starts neither with 0 nor with +. Write it"),
    ("Telefon", "23125014", "The number in “Telefon” starts neither with 0 nor with +. Write it"),
    (
        "Telefon",
        "040 / 4444 oder Vera",
        "“Telefon” does not hold a telephone number. Write one num",
    ),
    ("Telefon", "030", "“Telefon” does not hold a telephone number. Write one number with its"),
    ("Telefon", "+999 12345678", "“Telefon” does not hold a telephone number. Write one number"),
    ("E-Mail", "vera@example", "“E-Mail” does not hold an e-mail address. Write one address"),
    ("E-Mail", "Vera v@example.org", "“E-Mail” does not hold an e-mail address. Write one add"),
    ("E-Mail", "a@example.org, b@example.org", "“E-Mail” does not hold an e-mail address. Write"),
]


@pytest.mark.parametrize(("heading", "cell", "expected"), PERSONAL)
def test_what_is_said_of_persons_stands_in_no_message(
    heading: str, cell: Cell, expected: str
) -> None:
    (found,) = read({**LEAST, heading: cell}).diagnostics
    assert found.sentence(str).startswith(f"fairs.csv:2:{heading}: error: {expected}")
    for part in {*re.findall(r"\w{4,}", as_text(cell))} - {"example"}:  # as in the hint
        assert part not in repr(found)


def test_a_formula_without_a_result_and_an_error_value() -> None:
    expected = "The formula in “Messe” has no result, or an error as its result. Write the value"
    table = parsed(xlsx([tuple(LEAST), ("jobtag", "=A1", date(2027, 3, 12))]), "fairs.xlsx")
    (found,) = read_fairs(book_of(table), KNOWN, TODAY).diagnostics
    assert found.sentence(str).startswith(f"fairs.xlsx:2:Messe: error: {expected}")
    table = parsed(b"Kennung;Messe;Beginn\njobtag;#NAME?;12.03.2027\n")
    (found,) = read_fairs(book_of(table), KNOWN, TODAY).diagnostics
    assert found.sentence(str).startswith(f"fairs.csv:2:Messe: error: {expected}")


def test_messages_are_short_and_hold_no_control_characters() -> None:
    line = complaint("Beginn", "x\n" * 40)
    assert "“x x x x x x x x x x x x x x x x x x x x…”" in line.replace(" …", "…")
    assert complaint("Kennung", "a\u202eb").count("\u202e") == 0


def test_in_german() -> None:
    (found,) = read({**LEAST, "Beginn": "12/03/2027"}).diagnostics
    assert found.sentence(translator("de")) == (
        "fairs.csv:2:Beginn: Fehler: „12/03/2027“ ist kein Datum, das sich nur auf eine Weise "
        "lesen lässt. Schreiben Sie es wie 12.03.2027 oder 2027-03-12."
    )


# What can be wrong with rows and columns


def test_everything_is_said_at_once_and_good_rows_are_good() -> None:
    fairs = read(
        {**LEAST, "Anzahl": "viele", "Internet": "beispiel"},
        {**LEAST, "Kennung": "gut"},
        {**LEAST, "Kennung": "a" * 61, "Beginn": ""},
    )
    assert [fair.id for fair in fairs.rows] == ["gut"]
    assert [entry.row.number for entry in fairs.rejected] == [2, 4]
    assert [str(d.location) for d in fairs.diagnostics] == [
        *("fairs.csv:2:Anzahl", "fairs.csv:2:Internet", "fairs.csv:3:Anzahl"),
        *("fairs.csv:4:Kennung", "fairs.csv:4:Beginn"),
    ]


def test_two_rows_with_one_id_are_both_rejected() -> None:
    fairs = read(
        LEAST, {**LEAST, "Kennung": "anders", "Messe": "Andere"}, {**LEAST, "Messe": "Zweite"}
    )
    assert [fair.id for fair in fairs.rows] == ["anders"]
    assert [d.sentence(str) for d in fairs.diagnostics] == [
        f"fairs.csv:{row}:Kennung: error: “jobtag” stands in more than one row: 2, 4. "
        "Give each fair an id of its own: a folder is named by it."
        for row in (2, 4)
    ]
    many = complaints(*[LEAST] * 9)
    assert len(many) == 9
    assert "more than one row: 2, 3, 4, 5, 6 …. Give" in many[0]


def test_two_rows_of_one_fair_without_ids_are_told_as_what_they_are() -> None:
    said = {key: cell for key, cell in LEAST.items() if key != "Kennung"}
    assert complaints(said, {**said, "Messe": "Andere"}, said) == [
        f"fairs.csv:{row}:Messe: error: The same fair stands in more than one row: 2, 4. "
        "Clear all but one of them, or write into the fair's name what tells them apart."
        for row in (2, 4)
    ]


def test_a_column_of_ones_own_is_a_warning() -> None:
    assert complaints({**LEAST, "Telefn": "030 23125 014", "Eigenes": 5, "Kosten": 7}) == [
        "fairs.csv:1:Telefn: warning: The column “Telefn” is not read. "
        "If “Telefon” is meant, head it so.",
        "fairs.csv:1:Eigenes: warning: The column “Eigenes” is not read. "
        "That is all right if the column is your own.",
    ]


def test_two_columns_that_mean_the_same() -> None:
    assert the_fair(Datum="12.03.2027").start == date(2027, 3, 12), "they say the same"
    fairs = read({**LEAST, "Datum": "13.03.2027"})
    assert fairs.rows == ()
    assert [d.sentence(str) for d in fairs.diagnostics] == [
        "fairs.csv:1:Datum: error: The columns “Beginn” and “Datum” mean the same. "
        "Delete one of them, or give it another heading."
    ]
    assert fairs.rejected[0].faults == fairs.diagnostics


def test_columns_that_are_missing() -> None:
    rows = ({"Ort": "A", "Anzahl": "viele"},)
    found = complaints(*rows, known=TWO_PROFILES)
    assert [line.split(". ")[0] for line in found] == [
        *(
            f"fairs.csv:1: error: The column “{heading}” is missing"
            for heading in ("Messe", "Beginn", "Profil")
        ),
        "fairs.csv:2:Anzahl: error: “viele” is not a number of copies",
    ]
    assert read(*rows, known=TWO_PROFILES).rows == ()


def test_of_several_profiles_one_must_be_named() -> None:
    line = complaint("Profil", "", TWO_PROFILES)
    assert line.startswith("fairs.csv:2:Profil: error: “Profil” is empty.")
    (fair,) = read({**LEAST, "Profil": "Pflege"}, known=TWO_PROFILES).rows
    assert fair.profiles == ("pflege",)


def test_a_cell_without_a_heading_may_have_shifted_the_row() -> None:
    table = parsed(b"Kennung;Messe;Beginn\njobtag;Jobtag;12.03.2027;;Rest\n")
    fairs = read_fairs(book_of(table), KNOWN, TODAY)
    assert fairs.rows == ()
    assert [d.sentence(str) for d in fairs.diagnostics] == [
        "fairs.csv:2:E: error: A cell is filled in a column that has no heading. "
        "Empty it, or head its column. A CSV file may have a separator too many here."
    ]


@pytest.mark.slow
def test_ten_thousand_rows_each_with_a_fault() -> None:
    text = "Kennung;Messe;Beginn;Anzahl\n" + "".join(
        f"messe-{n};Messe {n};12.03.2027;-1\n" for n in range(10_000)
    )
    fairs = read_fairs(book_of(parsed(text.encode())), KNOWN, TODAY)
    assert (len(fairs.rows), len(fairs.rejected), len(fairs.diagnostics)) == (0, 10_000, 10_000)
    good = read_fairs(book_of(parsed(text.replace(";-1", ";5").encode())), KNOWN, TODAY)
    assert (len(good.rows), good.rejected, good.diagnostics) == (10_000, (), ())


# The same from every kind of file


ROWS: list[tuple[Value, ...]] = [
    ("Kennung", "Messe", "Beginn", "Ende", "Auflage", "Halle", "Telefon", "Internet"),
    ("jobtag", "Jobtag", date(2027, 3, 12), None, 50, "2", "030 23125 014", "www.example.org"),
    ("boerse", "Börse", date(2027, 4, 1), date(2027, 4, 2), 1, "Süd", "+49 30 23125014", None),
]


def test_a_season_reads_the_same_from_csv_xlsx_and_ods(tmp_path: Path) -> None:
    text = as_csv([[as_text(cell) for cell in row] for row in ROWS])
    german = text.removeprefix("\ufeff").encode("cp1252")
    files = {"a.csv": text.encode(), "b.csv": german, "c.xlsx": xlsx(ROWS), "d.ods": ods(ROWS)}
    found = []
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        table = read_table(Reader(tmp_path), name, known_headings)
        fairs = read_fairs(book_of(table), KNOWN, TODAY)
        assert fairs.diagnostics == ()
        found.append(fairs.rows)
    assert found[0] == found[1] == found[2] == found[3]
    assert [(fair.id, fair.end, fair.copies_in("de")) for fair in found[0]] == [
        ("jobtag", date(2027, 3, 12), 50),
        ("boerse", date(2027, 4, 2), 1),
    ]


# Rejected rows


def test_rejected_rows_are_written_with_what_is_wrong() -> None:
    table = table_of(
        {
            **LEAST,
            "Beginn": date(2027, 3, 12),
            "Anzahl": 0,
            "Telefon": "+49 30 23125014",
            "Eigen": 3,
        },
        {**LEAST, "Kennung": "gut"},
    )
    fairs = read_fairs(book_of(table), KNOWN, TODAY)
    assert rejected_csv(table.headings, fairs.rejected, translator("de")) == (
        "\ufeffKennung;Messe;Beginn;Anzahl;Telefon;Eigen;Fehler\r\n"
        "jobtag;Jobtag;12.03.2027;0;'+49 30 23125014;3;Anzahl: „0“ ist keine Auflage. "
        "Schreiben Sie eine ganze Zahl von 1 bis 100000.\r\n"
    )


def test_rejected_rows_read_again_say_the_same_and_have_no_column_too_many() -> None:
    table = table_of(
        {**LEAST, "Anzahl": "=SUMME(A1)", "Hinweis für die Druckerei": "-\n'=2", "Internet": "@x"},
        {**LEAST, "Kennung": 'b;"c"', "Beginn": "1/2"},
    )
    once = read_fairs(book_of(table), KNOWN, TODAY)
    text = rejected_csv(table.headings, once.rejected, translator("de"))
    again_table = parsed(text.encode())
    again = read_fairs(book_of(again_table), KNOWN, TODAY)
    assert [d.sentence(str) for d in again.diagnostics] == [
        d.sentence(str) for d in once.diagnostics
    ]
    assert rejected_csv(again_table.headings, again.rejected, translator("de")) == text


def test_a_rejected_row_that_is_corrected_is_good() -> None:
    table = table_of({**LEAST, "Anzahl": "viele", "Hinweis für die Druckerei": "=1"})
    text = rejected_csv(table.headings, read_fairs(book_of(table), KNOWN, TODAY).rejected, str)
    corrected = read_fairs(book_of(parsed(text.replace("viele;", "5;", 1).encode())), KNOWN, TODAY)
    assert corrected.diagnostics == ()
    assert [(fair.copies_in("de"), fair.note) for fair in corrected.rows] == [(5, "=1")]


def test_a_formula_without_a_result_is_rejected_again() -> None:
    table = parsed(xlsx([tuple(LEAST), ("jobtag", "=A1", "12.03.2027")]), "fairs.xlsx")
    text = rejected_csv(table.headings, read_fairs(book_of(table), KNOWN, TODAY).rejected, str)
    (found,) = read_fairs(book_of(parsed(text.encode())), KNOWN, TODAY).diagnostics
    assert found.location == Location("fairs.csv", 2, "Messe")


CELLS = st.none() | st.integers(-9, 99_999) | st.dates() | st.text(max_size=12)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.fixed_dictionaries({"Kennung": st.sampled_from(["a", "b", "C"]) | CELLS})
        | st.dictionaries(st.sampled_from(sorted(c[0] for c in HEADINGS.values())), CELLS),
        min_size=1,
        max_size=4,
    )
)
def test_any_cells_end_in_good_or_rejected_rows(rows: list[dict[str, Cell]]) -> None:
    table = table_of(*({**LEAST, **row} for row in rows))
    fairs = read_fairs(book_of(table), KNOWN, TODAY)
    assert len(fairs.rows) + len(fairs.rejected) + len(fairs.passed_over) == len(rows)
    for entry in fairs.rejected:
        assert entry.faults
        assert set(entry.faults) <= set(fairs.diagnostics)
    told = {d.location.line for d in fairs.diagnostics if d.severity is Severity.ERROR}
    assert not told & {fair.row for fair in fairs.rows}
    assert "\ufeff" in rejected_csv(table.headings, fairs.rejected, translator("de"))


# The example


def test_the_example_is_a_season_without_a_fault() -> None:
    table = read_table(Reader(ROOT), "content/fairs.csv", known_headings)
    fairs = read_fairs(book_of(table), KNOWN, TODAY)
    assert fairs.diagnostics == ()
    assert fairs.rejected == ()
    assert {fair.start.year for fair in fairs.rows} == {2027}
    assert {fair.format for fair in fairs.rows} == {"", "a5", "din-lang"}
    content = (ROOT / "content" / "fairs.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfKurzname;")  # German Excel opens it with a double click


def test_an_id_is_what_a_profile_may_be_called() -> None:
    (constraint,) = (m for m in Id.__metadata__ if hasattr(m, "pattern"))  # type: ignore[attr-defined]
    assert constraint.pattern == "^[a-z][a-z0-9_-]*$"


def test_halls_and_stands_go_without_the_word_that_the_flyer_has() -> None:
    fair = the_fair(Halle="Halle 2", Stand="Stand B 14")
    assert (str(fair.hall), str(fair.stand)) == ("2", "B 14")
    fair = the_fair(Halle="Messehalle Nord", Stand="Standplatz 3")
    assert (str(fair.hall), str(fair.stand)) == ("Messehalle Nord", "Standplatz 3")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Halle 2, Stand B14", ("2", "B14")),
        ("2 / B14", ("2", "B14")),
        ("Halle 2 B14", ("2", "B14")),
        ("2", ("2", "")),
        ("Stand 12", ("", "12")),
        ("Erdgeschoss links", ("", "Erdgeschoss links")),
        ("EG links", ("", "EG links")),
        ("B 7", ("", "B 7")),
    ],
)
def test_a_cell_of_hall_and_stand_is_parted_only_where_it_says_both(
    written: str, printed: tuple[str, str]
) -> None:
    assert hall_and_stand(written, 60) == printed


@pytest.mark.parametrize(
    ("hall", "stand", "printed"),
    [
        ("", "Halle 2, 214", ("2", "214")),
        ("", "Halle 2, Stand 214", ("2", "214")),
        ("", "Halle Nord 1 / Stand-Nr. B 5", ("Nord 1", "B 5")),
        ("", "Halle 3", ("3", "")),
        ("", "B 14", ("", "B 14")),
        ("Halle 2, Stand 4", "", ("2", "4")),
        ("Messehalle Nord, Stand 4", "", ("Messehalle Nord", "4")),
        ("3", "Halle 2, 214", ("3", "Halle 2, 214")),  # both are printed: one of them is wrong
    ],
)
def test_a_cell_of_hall_or_stand_may_say_both(
    hall: str, stand: str, printed: tuple[str, str]
) -> None:
    fair = the_fair(Halle=hall, Stand=stand)
    assert (str(fair.hall), str(fair.stand)) == printed


def test_a_fair_in_no_town_is_told_unless_it_is_online() -> None:
    rows = ({**LEAST, "Messe": f"Tag {n}", "Ort": ort} for n, ort in enumerate(("", "online", "A")))
    (told,) = (line for line in complaints(*rows) if "names no town" in line)
    assert told.startswith("fairs.csv:2:Ort: warning: “Ort” is empty: the flyer names no town.")
