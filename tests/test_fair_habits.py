"""Tables of fairs as people keep them: headings, days, languages and copies in their own words."""

import re
from datetime import date
from io import BytesIO, TextIOWrapper

import pytest
from babel import Locale
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Severity
from careerprint.core.edition import Edition
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.fairs.cells import as_csv
from careerprint.fairs.contacts import encoded_address, within
from careerprint.fairs.fair import Fair
from careerprint.fairs.headings import HEADINGS
from careerprint.fairs.hours import openings
from careerprint.intake.fairtemplate import new_fairs
from careerprint.planning.season import Season, fair_editions, read_season
from careerprint.profiles import formats

from .conftest import SLUG, Workspace, refusals
from .tablefiles import Value, ods, ods_of, packed, saved, unpacked
from .workspaces import PHONE

TODAY = date(2026, 11, 29)

CALENDAR = """\
Messekalender 2027 der Beratungsstelle;;;;;;;
;;;;;;;
Datum;Messe;Ort;Halle / Stand;Beruf;Sprachen;Stück;Ansprechpartner/in
März 2027;;;;;;;
Fr 12.03.2027;Jobtag;Musterstadt;Halle 2, Stand B14;Kundendienst;deutsch/türkisch;150 Stück;Team 1
12.–13.03.2027;Berufsmesse;Beispielstadt;3 / A 7;Kundend;Deutsch, Arabisch und Ukrainisch;ca. 100;n. n.
16./17.04.2027;Ausbildungsbörse;Grünstadt;folgt;customer-service-dortmund;de, ua;250,00;Team 2
1. Mai 2027;Maimarkt;Musterstadt;Stand 4;Kundendienst in Dortmund;alle;;
;;;;;Summe;500;
Stand: 1.2.2027, bitte prüfen;;;;;;;
"""


def season(workspace: Workspace, content: str | bytes, name: str = "messen.csv") -> Season:
    file = workspace.root / name
    file.write_bytes(content.encode("utf-8-sig") if isinstance(content, str) else content)
    return read_season(file, Reader(workspace.root), TODAY)


def fairs(workspace: Workspace, content: str | bytes, name: str = "messen.csv") -> list[Fair]:
    """Return the fairs of a table in which nothing is wrong."""
    found = season(workspace, content, name)
    assert [d.sentence(str) for d in found.diagnostics if d.severity is Severity.ERROR] == []
    return list(found.fairs)


def one(workspace: Workspace, **cells: str) -> Fair:
    """Return the fair of a table with one row."""
    row = {"Kennung": "k", "Messe": "Jobtag", "Beginn": "12.03.2027", **cells}
    (fair,) = fairs(workspace, f"{';'.join(row)}\n{';'.join(row.values())}\n")
    return fair


def complaints(workspace: Workspace, content: str | bytes) -> list[str]:
    return [
        d.sentence(str).partition("messen.csv")[2] for d in season(workspace, content).diagnostics
    ]


def test_a_calendar_is_read_whole_with_a_remark_for_each_cause(workspace: Workspace) -> None:
    found = season(workspace, CALENDAR)
    assert [
        (f.row, f.id, *f.profiles, f.hall, f.stand, f.copies_in("de"), f.contact)
        for f in found.fairs
    ] == [
        (5, "jobtag-2027-03-12", SLUG, "2", "B14", 150, "Team 1"),
        (6, "berufsmesse-2027-03-12", SLUG, "3", "A 7", 100, ""),
        (7, "ausbildungsboerse-2027-04-16", SLUG, "", "", 250, "Team 2"),
        (8, "maimarkt-2027-05-01", SLUG, "", "4", 0, ""),
    ]
    assert [(f.start, f.end) for f in found.fairs] == [
        (date(2027, 3, 12), date(2027, 3, 12)),
        (date(2027, 3, 12), date(2027, 3, 13)),
        (date(2027, 4, 16), date(2027, 4, 17)),
        (date(2027, 5, 1), date(2027, 5, 1)),
    ]
    assert [f.locales for f in found.fairs][:3] == [("de", "tr"), ("de", "ar", "uk"), ("de", "uk")]
    assert found.rejected == ()
    told = [d.sentence(str).partition("messen.csv")[2] for d in found.diagnostics]
    assert [line.partition(". ")[0] for line in told] == [
        ":4: warning: Rows that hold no fair were passed over: 4, 9, 10",
        ":6:Ansprechpartner/in: warning: “…” is no value; it is not printed (rows 6)",
        ":7:Halle / Stand: warning: “folgt” is no value; it is not printed (rows 7)",
        ":8:Stück: warning: No number of copies: the flyers of this row are printed, but not ordered",
    ]


@pytest.mark.parametrize(
    ("heading", "counted", "open_", "column"),
    [
        ("Stück", "150", "", "Stück"),
        ("Stück", "150", "folgt", "Stück"),
        ("Stück", "150", "n. n.", "Stück"),
        ("Sprachen;Stück", "de;150", "de, tr;–", "Stück"),
        ("Stück", "de 100, tr 50", "?", "Stück"),
        ("Sprachen", "Deutsch 100, Türkisch 50", "Deutsch, Türkisch", "Sprachen"),
        ("Deutsch;Türkisch", "100;50", "x;x", ""),
    ],
)
def test_without_a_number_nothing_is_ordered_where_other_rows_have_one(
    workspace: Workspace, heading: str, counted: str, open_: str, column: str
) -> None:
    rows = f"Jobtag;12.03.2027;{counted}\nMaimarkt;01.05.2027;{open_}\n"
    content = f"Messe;Beginn;{heading}\n{rows}"
    first, second = fairs(workspace, content)
    assert first.copies_in("de") >= 100
    assert [second.copies_in(tag) for tag in second.locales] == [0] * len(second.locales)
    assert complaints(workspace, content) == [
        f":3{f':{column}' if column else ''}: warning: No number of copies: the flyers of this row "
        "are printed, but not ordered. Write how many are wanted, and print again."
    ]


def test_a_table_that_says_nothing_of_copies_orders_one_of_each(workspace: Workspace) -> None:
    for heading, cell in (
        ("Sprachen", "türkisch"),
        ("Sprachen;Stück", "türkisch;"),
        ("Türkisch;Englisch", "x;"),
    ):
        content = f"Messe;Beginn;{heading}\nJobtag;12.03.2027;{cell}\nTag;13.03.2027;{cell}\n"
        assert [fair.copies_in("tr") for fair in fairs(workspace, content)] == [1, 1]
        assert complaints(workspace, content) == []


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("12. März 2027", (3, 12), (3, 12)),
        ("12 März 2027", (3, 12), (3, 12)),
        ("Fr 12.03.2027", (3, 12), (3, 12)),
        ("Freitag, 12. Mrz. 2027", (3, 12), (3, 12)),
        ("12.03.2027, 9:00 Uhr", (3, 12), (3, 12)),
        ("2027-03-12", (3, 12), (3, 12)),
        ("12 March 2027", (3, 12), (3, 12)),
        ("March 12, 2027", (3, 12), (3, 12)),
        ("12.–13.03.2027", (3, 12), (3, 13)),
        ("12.-13. März 2027", (3, 12), (3, 13)),
        ("16./17.04.2027", (4, 16), (4, 17)),
        ("31.03.–01.04.2027", (3, 31), (4, 1)),
        ("12.03.2027 bis 13.03.2027", (3, 12), (3, 13)),
        ("31. März und 1. April 2027", (3, 31), (4, 1)),
        ("Freitag, den 12.03.2027", (3, 12), (3, 12)),
        ("am 12.03.2027", (3, 12), (3, 12)),
        ("Sa/So 13./14.03.2027", (3, 13), (3, 14)),
        ("Mo-Mi 12.-14.04.2027", (4, 12), (4, 14)),
        ("12.3.27", (3, 12), (3, 12)),
        ("12.3.'27", (3, 12), (3, 12)),
        ("12. März 27", (3, 12), (3, 12)),
        ("12 Mar 27", (3, 12), (3, 12)),
        ("Fr 12. Mrz. '27", (3, 12), (3, 12)),
        ("12-Mar-27", (3, 12), (3, 12)),
        ("12-Mar-2027", (3, 12), (3, 12)),
        ("12.–14. März 27", (3, 12), (3, 14)),
        ("12. März 27 bis 14. März 27", (3, 12), (3, 14)),
        ("12. März 27, 9–15 Uhr", (3, 12), (3, 12)),
        ("vom 12. bis zum 13. März 2027", (3, 12), (3, 13)),
        ("12.03.2027–13.03.2027 (Fr–Sa)", (3, 12), (3, 13)),
        ("12.03.2027 (Fr)", (3, 12), (3, 12)),
        ("12./13./14.03.2027", (3, 12), (3, 14)),
        ("12., 13. und 14. März 2027", (3, 12), (3, 14)),
        ("Fr. 12.3. bis So. 14.3.2027", (3, 12), (3, 14)),
        ("Fr, 12.3.", (3, 12), (3, 12)),
        ("Sa/So 13./14. März", (3, 13), (3, 14)),
    ],
)
def test_days_in_words(
    workspace: Workspace, written: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    found = one(workspace, Beginn=written)
    assert (found.start, found.end) == (date(2027, *first), date(2027, *last))


def test_what_can_be_read_in_two_ways_stays_a_question(workspace: Workspace) -> None:
    head = "Kennung;Messe;Beginn\n"
    (told,) = complaints(workspace, f"{head}k;Jobtag;12/03/2027\n")
    assert told.startswith(
        ":2:Beginn: error: “12/03/2027” is not a date that can be read in one way"
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "Mo 12.03.2027",
            "12.03.2027 is a Friday, another day of the week than the one beside it. ",
        ),
        ("Mo 12.03.2027", "Correct the date, 08.03.2027 or 15.03.2027, or the day of the week."),
        ("Mo/Di 12./13.03.2027", "12.03.2027 is a Friday, another day of the week than the one"),
        ("12.03.2027 (Do)", "Correct the date, 11.03.2027 or 18.03.2027"),
        ("12. und 19.03.2027", "names days that do not follow one another"),
        ("12./14.03.2027", "names days that do not follow one another"),
        ("12.3.", "says no year. Write it with its year: 12.03.2027"),
        ("Mo 12.3.", "says no year. Write it with its year: 12.03.2027"),
        ("Frühjahr 2027", "is not a date that can be read in one way only"),
        ("KW 12", "is not a date that can be read in one way only"),
    ],
)
def test_a_day_that_is_not_certain_is_a_question(
    workspace: Workspace, written: str, told: str
) -> None:
    (complaint,) = complaints(workspace, f"Messe;Beginn\nJobtag;{written}\n")
    assert told in complaint


def test_the_day_of_the_week_in_a_column_beside_a_day_is_compared_with_it(
    workspace: Workspace,
) -> None:
    rows = "Fr;12.03.2027;Jobtag\nMo;12.03.2027;Börse\nSa/So;13./14.03.2027;Markt\n"
    (told,) = complaints(workspace, f"Tag;Datum;Messe\n{rows}")
    assert told.startswith(":3:Datum: error: 12.03.2027 is a Friday, another day of the week")


@pytest.mark.parametrize(
    ("name", "above", "year"),
    [
        ("messen.csv", "Messetermine 2027;;\nStand: November 2026;;\n", 2027),
        ("Messen_2028.csv", "", 2028),
        ("messen.csv", "Schuljahr 2026/27;;\n", None),
        ("messen.csv", "Stand 30.11.2026;;\n", None),
    ],
)
def test_days_without_a_year_are_in_that_of_the_title(
    workspace: Workspace, name: str, above: str, year: int | None
) -> None:
    found = season(workspace, f"{above}Messe;Datum;Ort\nJobtag;12.3.;Hamm\n", name)
    assert [fair.start.year for fair in found.fairs] == [year] * (year is not None)


def test_days_without_a_year_are_in_that_of_their_group(workspace: Workspace) -> None:
    rows = "Herbst 2027;;\nA;1.10.;Hamm\nFrühjahr 2028;;\nB;14./15. März;Hamm\n"
    first, second = fairs(workspace, f"Messe;Datum;Ort\n{rows}")
    assert (first.start, second.end) == (date(2027, 10, 1), date(2028, 3, 15))


def test_hours_that_are_typed_behind_the_day_are_the_hours(workspace: Workspace) -> None:
    assert one(workspace, Beginn="Freitag, 12. März 2027, 9–15 Uhr").hours == "9–15 Uhr"
    assert one(workspace, Beginn="12.03.2027 9:00-15:00", Uhrzeit="10–14").hours == "10–14"
    assert one(workspace, Beginn="12.03.2027 ganztägig").hours == "ganztägig"
    both = one(workspace, Beginn="12.03.2027 09:00", Ende="12.03.2027 15:00")
    assert both.hours == "09:00–15:00"
    assert not one(workspace, Beginn="12.03.2027 09:00").hours  # a spreadsheet's, not shown


def test_what_stands_above_is_taken_where_a_cell_says_so(workspace: Workspace) -> None:
    rows = (
        'Jobtag;12.03.2027;Hamm;Aula;de;100\nBörse;13.03.2027;dito;s. o.;wie oben;-"-\n'
        'Markt;14.03.2027;"""";siehe oben;dto.;"\'\'"\n'
    )
    found = fairs(workspace, f"Messe;Datum;Ort;Halle;Sprachen;Auflage\n{rows}")
    assert {(f.city, f.hall, f.locales, f.copies_in("de")) for f in found} == {
        ("Hamm", "Aula", ("de",), 100)
    }
    assert not one(workspace, Ort="siehe oben").city  # there is nothing above


def test_a_fair_that_is_cancelled_is_not_printed(workspace: Workspace) -> None:
    rows = [
        "Jobtag A;12.03.2027;Hamm;zugesagt;",
        "Jobtag B (abgesagt);12.03.2027;Hamm;;",
        "ENTFÄLLT: Jobtag C;12.03.2027;Hamm;;",
        "Jobtag D;abgesagt;Hamm;;",
        "Jobtag E;12.03.2027;Hamm;findet nicht statt;",
        "Jobtag F;12.03.2027;Hamm;;Messe wurde abgesagt!",
        "Jobtag G;12.03.2027;Hamm;nicht abgesagt;Frau Muster hat abgesagt",
    ]
    found = season(
        workspace, "\n".join(["Messe;Datum;Ort;Status;Hinweis für die Druckerei", *rows])
    )
    assert ([f.fair for f in found.fairs], found.rejected) == (["Jobtag A", "Jobtag G"], ())
    assert [d.sentence(str).partition(": ")[2] for d in found.diagnostics] == [
        "warning: Rows of fairs that are cancelled are not printed: 3, 4, 5, 6, 7. "
        "If such a fair takes place, delete the word that says so."
    ]


@pytest.mark.parametrize(
    "said", ["ENTFÄLLT", "entfällt leider!", "Absage", "fällt aus", "Cancelled"]
)
def test_a_cell_that_says_nothing_else_cancels_the_fair_wherever_it_stands(
    workspace: Workspace, said: str
) -> None:
    for column in ("Bemerkung", "Nachtrag", "Hinweis für die Druckerei", "Uhrzeit", "Ort", "Stück"):
        table = f"Messe;Datum;{column}\nJobtag;12.03.2027;{said}\nMesse;13.03.2027;\n"
        found = season(workspace, table)
        assert ([f.fair for f in found.fairs], found.rejected) == (["Messe"], ()), column
        assert any("fairs that are cancelled" in told.message for told in found.diagnostics)


def test_a_fee_that_is_dropped_cancels_no_fair(workspace: Workspace) -> None:
    table = "Messe;Datum;Standgebühr;Bemerkung\nJobtag;12.03.2027;entfällt;Strom entfällt\n"
    assert len(fairs(workspace, table)) == 1


def test_a_fair_that_is_put_off_is_a_question(workspace: Workspace) -> None:
    head = "Messe;Datum;Status\n"
    (told,) = complaints(workspace, f"{head}Jobtag;12.03.2027;verschoben auf 20.04.2027\n")
    assert "“verschoben auf 20.04.2027” puts the fair off; the row says 12.03.2027." in told
    for column in ("Bemerkung", "Uhrzeit", "Stück"):
        table = f"Messe;Datum;{column}\nJobtag;12.03.2027;verschoben auf 2028\n"
        assert any("“verschoben auf 2028” puts" in told for told in complaints(workspace, table))
    for said in ("verschoben auf 12.03.2027", "verschoben von Februar"):
        assert fairs(workspace, f"{head}Jobtag;12.03.2027;{said}\n")


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("Deutsch, Türkisch", ("de", "tr")),
        ("deutsch/arabisch", ("de", "ar")),
        ("de und tr", ("de", "tr")),
        ("ua", ("uk",)),
        ("German + English", ("de", "en")),
        ("Türkçe & українська", ("tr", "uk")),
        ("engl., franz.", ("en", "fr")),
        ("Farsi, Dari", ("fa", "fa-AF")),
        ("Persisch/Dari, arab.", ("fa", "ar")),
        ("Kurdisch (Sorani), Kurdisch-Kurmandschi", ("ckb", "ku")),
        ("Kurmancî, کوردیی ناوەندی", ("ku", "ckb")),
        ("Sorani + Kurmanji", ("ckb", "ku")),
        ("kurdî (kurmancî)", ("ku",)),
        ("Bosnisch, Kroatisch, Serbisch", ("bs", "hr", "sr-Latn")),
        ("Serbisch (Lateinisch), sr", ("sr-Latn",)),
        ("shqip und ελληνικά", ("sq", "el")),
        ("Alban., Griech., Ital., Vietnam.", ("sq", "el", "it", "vi")),
        ("Tiếng Việt, italiano", ("vi", "it")),
        ("فارسی, hrvatski", ("fa", "hr")),
        ("prs, kmr", ("fa-AF", "ku")),
        ("🇩🇪 🇹🇷🇺🇦 🇸🇾", ("de", "tr", "uk", "ar")),
        ("de-tr, EN-FR", ("de", "tr", "en", "fr")),
        ("de-AT", ("de-AT",)),
        ("nur Deutsch", ("de",)),
    ],
)
def test_languages_in_words(workspace: Workspace, written: str, tags: tuple[str, ...]) -> None:
    assert one(workspace, Sprachen=written).locales == tags
    every = [one(workspace, Sprachen=said).locales for said in ("alle", "alle Sprachen", "")]
    assert every == every[:1] * 3


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("150 Stück", 150),
        ("ca. 100", 100),
        ("250,00", 250),
        ("je 20 Flyer", 20),
        ("50 pro Sprache", 50),
        ("1.500", 1500),
        ("1 500 Stück", 1500),
        ("mind. 100", 100),
        ("~150", 150),
    ],
)
def test_copies_in_words(workspace: Workspace, written: str, count: int) -> None:
    assert one(workspace, Anzahl=written).copies_in("de") == count


def test_german_that_is_easy_to_read_is_never_german_as_written_for_all(
    workspace: Workspace,
) -> None:
    assert one(workspace, Sprachen="Leichte Sprache").locales == ("de-simple",)
    assert one(workspace, Sprachen="de, leichte Sprache").locales == ("de", "de-simple")
    (workspace.root / "content" / SLUG / "profile.de-simple.md").unlink()
    for written in ("Leichte Sprache", "Deutsch (Leichte Sprache)", "de, leichte Sprache"):
        table = f"Messe;Beginn;Sprachen\nJobtag;12.03.2027;{written}\n"
        (told,) = complaints(workspace, table)
        assert "There is no language “" in told
        assert "eichte Sprache" in told


@pytest.mark.parametrize("written", ["de 100, tr 50", "100 (de), 50 (tr)", "100 de/50 tr"])
def test_copies_by_language(workspace: Workspace, written: str) -> None:
    fair = one(workspace, Anzahl=written, Sprachen="de, tr")
    assert [fair.copies_in(tag) for tag in ("de", "tr")] == [100, 50]


@pytest.mark.parametrize(
    ("copies", "languages"),
    [
        ("50 deutsch, 0 englisch", ""),
        ("50 deutsch, 0 englisch", "de, en"),
        ("deutsch: 50, kein Englisch", "de, en"),
        ("", "Deutsch 50, Englisch 0"),
    ],
)
def test_a_language_of_which_no_copies_are_wanted_is_not_printed(
    workspace: Workspace, copies: str, languages: str
) -> None:
    fair = one(workspace, Anzahl=copies, Sprachen=languages)
    assert (fair.locales, dict(fair.copies)) == (("de",), {"de": 50})


@pytest.mark.parametrize(
    ("row", "place", "told"),
    [
        ("50 deutsch;de, en;;", "Stück", "No number of copies is said for: en."),
        ("50 deutsch und Türkisch;;;", "Stück", "No number of copies is said for: tr."),
        (";Deutsch 50, Türkisch;;", "Sprachen", "No number of copies is said for: tr."),
        ("50 deutsch, 20 tr;de;;", "Stück", "language that the row does not want: tr."),
    ],
)
def test_a_language_without_a_number_beside_those_with_one_is_asked_about(
    workspace: Workspace, row: str, place: str, told: str
) -> None:
    (found,) = complaints(workspace, f"Messe;Datum;Stück;Sprachen\nJobtag;12.03.2027;{row[:-2]}\n")
    assert f":2:{place}: error: " in found
    assert told in found


def test_a_mark_beside_numbers_of_copies_is_asked_about(workspace: Workspace) -> None:
    table = "Messe;Datum;Deutsch;Türkisch;Arabisch\nJobtag;12.03.2027;50;x;0\n"
    (found,) = complaints(workspace, table)
    assert "No number of copies is said for: tr." in found
    (fair,) = fairs(workspace, table.replace(";x;", ";;"))
    assert (fair.locales, dict(fair.copies)) == (("de",), {"de": 50})


@pytest.mark.parametrize("written", ["Deutsch 100, Türkisch 50", "deutsch (100), türkisch (50)"])
def test_languages_may_stand_with_their_copies(workspace: Workspace, written: str) -> None:
    fair = one(workspace, Sprachen=written)
    assert (fair.locales, dict(fair.copies)) == (("de", "tr"), {"de": 100, "tr": 50})


def test_where_copies_alone_name_languages_no_others_are_wanted(workspace: Workspace) -> None:
    fair = one(workspace, Anzahl="50 deutsch")
    assert (fair.locales, dict(fair.copies)) == (("de",), {"de": 50})


def test_languages_may_have_columns_of_their_own(workspace: Workspace) -> None:
    rows = "A;12.03.2027;Hamm;100;50;;170\nB;13.03.2027;Unna;;x;x;20\n"
    first, second = fairs(workspace, f"Messe;Datum;Ort;DE;TR;Flyer arab.;Gesamt\n{rows}")
    assert (first.locales, dict(first.copies)) == (("de", "tr"), {"de": 100, "tr": 50})
    assert (second.locales, second.copies_in("ar")) == (("tr", "ar"), 0)
    found = season(workspace, "Messe;Datum;DE;TR\nA;12.03.2027;1;2\nB;13.03.2027;;-\n")
    assert [row.row.number for row in found.rejected] == [3]
    assert "No language is marked in this row." in found.diagnostics[-1].sentence(str)


def test_several_professions_at_one_fair(workspace: Workspace) -> None:
    other = workspace.root / "content" / "pflege"
    other.mkdir()
    profile = workspace.root / "content" / SLUG / "profile.md"
    (other / "profile.md").write_text(profile.read_text("utf-8"), "utf-8")
    table = "Kennung;Messe;Beginn;Beruf\nk;Jobtag;12.03.2027;Pflege und customer\n"
    (fair,) = fairs(workspace, table)
    assert fair.profiles == ("pflege", SLUG)
    outputs = [edition.output for edition in fair_editions([fair], ["de"])]
    assert outputs == ["fairs/k/pflege-flyer-de.pdf", f"fairs/k/{SLUG}-flyer-de.pdf"]


def test_rows_for_two_professions_are_one_fair(workspace: Workspace) -> None:
    other = workspace.root / "content" / "pflege"
    other.mkdir()
    profile = workspace.root / "content" / SLUG / "profile.md"
    (other / "profile.md").write_text(profile.read_text("utf-8"), "utf-8")
    head = "Kennung;Messe;Beginn;Stand;Beruf;Stück\n"
    for own in ("k", ""):
        rows = f"{own};Jobtag;12.03.2027;1;Pflege;10\n{own};Jobtag;12.03.2027;1;customer;20\n"
        found = fairs(workspace, head + rows)
        assert {fair.id for fair in found} == {own or "jobtag-2027-03-12"}
        assert [(fair.profiles, fair.copies_in("de")) for fair in found] == [
            (("pflege",), 10),
            ((SLUG,), 20),
        ]
    for second in ("k;Jobtag;12.03.2027;2;customer;1", "k;Jobtag;12.03.2027;1;Pflege;1"):
        told = complaints(workspace, f"{head}k;Jobtag;12.03.2027;1;Pflege;10\n{second}\n")
        assert [line.partition(": ")[2][:40] for line in told] == [
            "error: “k” stands in more than one row: "
        ] * 2


@pytest.mark.parametrize(
    ("second", "is_told"),
    [
        ("7;JOBTAG;12.03.2027;1;de, en;20", True),
        ("7;Jobtag;12.03.2027;2;de;20", False),
        ("7;Jobtag;13.03.2027;1;de;20", False),
        ("7;Jobtag;12.03.2027;1;tr;20", False),
    ],
)
def test_a_row_that_asks_for_the_same_flyers_again_is_told(
    workspace: Workspace, second: str, *, is_told: bool
) -> None:
    head = "Kennung;Name der Veranstaltung;Datum der Messe;Stand;Sprachen;Stück\n"
    told = complaints(workspace, f"{head}1;Jobtag;12.03.2027;1;de;10\n{second}\n")
    doubles = [line for line in told if "its flyers are ordered twice" in line]
    assert len(doubles) == is_told
    assert all("Row 2 says the same fair" in line and ":3:" in line for line in doubles)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("DIN A5", "a5"),
        ("A 5", "a5"),
        ("DL", "din-lang"),
        ("DIN lang", "din-lang"),
        ("Din Lang", "din-lang"),
        ("Flyer A5", "a5"),
        ("DIN lang (gefalzt)", "din-lang"),
    ],
)
def test_formats_in_words(workspace: Workspace, written: str, name: str) -> None:
    assert one(workspace, Format=written).format == name
    done = workspace.run(
        "build", "--layout", "flyer", "--locale", "de", "--format", written, "--dry-run"
    )
    assert f"flyer-{name}-de.pdf" in done.stdout


@pytest.mark.parametrize(
    ("column", "written", "read"),
    [
        ("Telefon", "Tel. 030 23125 014", "030 23125 014"),
        ("Telefon", "115", "115"),
        ("Telefon", "030 23125 014 / 0171 39200 01", "030 23125 014, 0171 39200 01"),
        ("E-Mail", "Anna Muster <a@example.org>", "a@example.org"),
        ("E-Mail", "mailto:a@example.org", "a@example.org"),
        ("E-Mail", "a (at) example.org", "a@example.org"),
        ("Internet", "example.org/messe", "https://example.org/messe"),
        ("Internet", "https://www.bücher.example/größe", "https://www.bücher.example/größe"),
    ],
)
def test_contacts_in_words(workspace: Workspace, column: str, written: str, read: str) -> None:
    fair = one(workspace, **{column: written})
    phones = ", ".join(filter(None, (fair.phone, fair.phone2)))
    assert read in {phones, fair.email, fair.url}


def test_a_qr_code_says_an_address_in_ascii() -> None:
    written = "https://www.bücher.example:8080/größe?q=straße#ä"
    encoded = "https://www.xn--bcher-kva.example:8080/gr%C3%B6%C3%9Fe?q=stra%C3%9Fe#%C3%A4"
    assert encoded_address(written) == encoded
    assert encoded_address(encoded) == encoded


def test_debris_is_never_printed(workspace: Workspace) -> None:
    rows = [
        "-;–;?",
        "k. A.;n. n.;tbd",
        "#FELD!;#ERROR!;Loading…",
        "folgt;offen;04. Dez",
        ";;12-Mrz",
    ]
    table = "Messe;Beginn;Ort;Halle;Stand\n" + "".join(
        f"Tag {n};12.03.2027;{row}\n" for n, row in enumerate(rows)
    )
    found = fairs(workspace, table)
    assert [(f.city, f.hall, f.stand) for f in found] == [("", "", "")] * 4 + [("", "", "12-Mrz")]


@pytest.mark.parametrize(
    "written", ["B 14 (vorl.)", "Stadthalle?", "[Stand]", "evtl. B 14", "wird noch zugeteilt"]
)
def test_what_is_not_certain_is_named_and_not_printed(workspace: Workspace, written: str) -> None:
    found = season(workspace, f"Messe;Datum;Stand\nUnd jetzt?;12.03.2027;{written}\n")
    assert [(fair.fair, fair.stand) for fair in found.fairs] == [("Und jetzt?", "")]
    (told,) = found.diagnostics
    assert f"“{written}” is no value; it is not printed" in told.sentence(str)


def test_a_fair_that_is_not_certain_is_a_question(workspace: Workspace) -> None:
    (told,) = complaints(workspace, "Messe;Datum\nJobtag (evtl.);12.03.2027\n")
    assert "“Jobtag (evtl.)” says that it is not certain." in told


def test_debris_in_a_cell_that_is_needed_is_an_error(workspace: Workspace) -> None:
    assert complaints(workspace, "Kennung;Messe;Beginn\nk;-;12.03.2027\n") == [
        ":2:Messe: error: “Messe” is empty. Fill it in: no flyer can be printed without it."
    ]


def test_the_row_with_the_most_headings_is_that_of_the_headings(workspace: Workspace) -> None:
    table = "Messe;;Datum;;Stand;\nKennung;Messe;Beginn;Ende;Halle;Stand\nk;Jobtag;12.03.2027;13.03.2027;2;B 1\n"
    (fair,) = fairs(workspace, table)
    assert (fair.fair, fair.end, fair.hall, fair.stand) == ("Jobtag", date(2027, 3, 13), "2", "B 1")


def test_headings_of_groups_say_what_those_below_them_head(workspace: Workspace) -> None:
    (fair,) = fairs(
        workspace,
        "Messe;Termin;;Veranstaltungsort;;;;Uhrzeit;;Flyer;Kontakt;\n"
        ";von;bis;Name;Straße;Nr.;Stadt;von;bis;Sprachen;Name;Telefon\n"
        "Jobtag;12.03.2027;13.03.2027;Aula;Markt;1;Hamm;9;15;de;Frau Muster;030 23125 014\n",
    )
    assert (fair.fair, fair.end.day, fair.venue, fair.street) == ("Jobtag", 13, "Aula", "Markt 1")
    assert (fair.city, fair.hours, fair.contact) == ("Hamm", "9–15", "Frau Muster")
    (fair,) = fairs(
        workspace, "Messe;Datum;Uhrzeit;;Ort\n;;von;bis;\nJobtag;12.03.2027;9;15;Hamm\n"
    )
    assert (fair.hours, fair.city) == ("9–15", "Hamm")


def test_the_number_of_a_house_may_have_a_column(workspace: Workspace) -> None:
    assert one(workspace, Straße="Markt", **{"Hausnr.": "1a"}).street == "Markt 1a"
    assert one(workspace, Straße="Markt", **{"Nr.": "7"}).street == "Markt 7"
    assert one(workspace, **{"Straße, Hausnummer": "Markt 7"}).street == "Markt 7"


def test_cells_decide_between_columns_of_one_meaning(workspace: Workspace) -> None:
    table = (
        "Messe;Tag;Datum;Beginn;Ende;Ort;Stadt\n"
        "Jobtag;Fr;12.03.2027;9:00;16:00;Stadthalle;Musterstadt\n"
    )
    (fair,) = fairs(workspace, table)
    assert (fair.start, fair.city, fair.venue) == (date(2027, 3, 12), "Musterstadt", "Stadthalle")
    assert fair.hours == "9:00–16:00"
    assert complaints(workspace, table) == []


@pytest.mark.parametrize(
    ("written", "german", "turkish"),
    [
        ("9–16 Uhr", "09:00–16:00 Uhr", "09:00–16:00"),
        ("von 9.30 bis 16 Uhr", "09:30–16:00 Uhr", "09:30–16:00"),
        ("Fr 9-16, Sa 10-14 Uhr", "Fr. 09:00–16:00 Uhr, Sa. 10:00–14:00 Uhr", None),
        ("Freitag: 9:00 - 16:00; Samstag: 10:00 - 14:00", None, "Cum 09:00–16:00, Cmt 10:00–14:00"),
        ("Mo–Mi 10–12 und 14–16 Uhr", "Mo.–Mi. 10:00–12:00 Uhr, 14:00–16:00 Uhr", None),
        ("Sa + So 10–14h", "Sa. und So. 10:00–14:00 Uhr", None),
        ("9 Uhr", "09:00 Uhr", "09:00"),
    ],
)
def test_opening_hours_are_written_as_each_language_does(
    written: str, german: str | None, turkish: str | None
) -> None:
    for tag, expected in (("de", german), ("tr", turkish)):
        said = [
            formats.opening(Locale.parse(tag), o.days, o.is_range, o.opens, o.closes)
            for o in openings(written)
        ]
        shown = ", ".join(said).replace("\u00a0", " ").replace("\u2060", "")
        assert shown == (expected or shown)


@pytest.mark.parametrize(
    "written", ["ganztägig", "Einlass ab 8.30 Uhr", "12.3. 9–16 Uhr, 13.3. zu"]
)
def test_hours_in_other_words_stay_as_they_are_typed(workspace: Workspace, written: str) -> None:
    fair = one(workspace, Öffnungszeiten=written)
    assert (fair.hours, openings(written)) == (written, ())


def test_hours_may_end_at_night(workspace: Workspace) -> None:
    (night,) = openings(one(workspace, Uhrzeit="18-1 Uhr").hours)
    told = formats.opening(Locale("de"), night.days, night.is_range, night.opens, night.closes)
    assert told.replace("\u2060", "") == "18:00–01:00\u00a0Uhr"
    assert openings(one(workspace, Uhrzeit="18–24 Uhr").hours)
    assert one(workspace, Uhrzeit="ab 10").hours == "ab 10"
    assert one(workspace, Uhrzeit="9°° – 15°° Uhr").hours == "9:00 – 15:00 Uhr"


@pytest.mark.parametrize("written", ["16–9 Uhr", "9–61 Uhr", "0,375", "25:00–26:00"])
def test_hours_that_cannot_be_are_an_error(workspace: Workspace, written: str) -> None:
    table = f"Kennung;Messe;Beginn;Öffnungszeiten\nk;Jobtag;12.03.2027;{written}\n"
    (told,) = complaints(workspace, table)
    assert told.startswith(f":2:Öffnungszeiten: error: “{written}” is no time of day")


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        ("9:00", "16:00", "9:00–16:00"),
        ("9:00", "9:00–16:00 Uhr", "9:00–16:00 Uhr"),
        ("9–16 Uhr", "16 Uhr", "9–16 Uhr"),
        ("9–16 Uhr", "9:00–16:00", "9–16 Uhr"),
        ("", "9–16 Uhr", "9–16 Uhr"),
        ("18:00", "1:00", "18:00–1:00"),
    ],
)
def test_two_columns_say_the_hours_once(
    workspace: Workspace, begin: str, end: str, hours: str
) -> None:
    table = f"Messe;Datum;Uhrzeit von;Uhrzeit bis\nJobtag;12.03.2027;{begin};{end}\n"
    (fair,) = fairs(workspace, table)
    assert fair.hours == hours
    assert len(openings(hours)) == 1


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        (
            "9:00",
            "25:00",
            "Ende: error: “25:00” is no time of day that can be read in one way only."
            " Write the end alone here: 16:00.",
        ),
        (
            "25:00",
            "16:00",
            "Beginn: error: “25:00” is no time of day that can be read in one way"
            " only. Write the beginning alone here: 9:00.",
        ),
        (
            "9:00",
            "10:00–16:00 Uhr",
            "Ende: error: “10:00–16:00 Uhr” says from when to when, and"
            " “9:00” beside it something else. Write 16:00 here.",
        ),
        (
            "10–15 Uhr",
            "16 Uhr",
            "Beginn: error: “10–15 Uhr” says from when to when, and “16 Uhr”"
            " beside it something else. Write 10:00 here.",
        ),
        (
            "16:00",
            "9:00",
            "Ende: error: “9:00” is not when a fair ends that begins at “16:00”."
            " Correct one of the two times.",
        ),
    ],
)
def test_a_cell_of_two_columns_of_hours_holds_one_time(
    workspace: Workspace, begin: str, end: str, told: str
) -> None:
    second = "2. Messe;13.03.2027;9:00;16:00"  # so that the columns are seen to hold times of day
    table = f"Messe;Datum;Beginn;Ende\nJobtag;12.03.2027;{begin};{end}\n{second}\n"
    (found,) = complaints(workspace, table)
    assert found.startswith(f":2:{told}")


@pytest.mark.parametrize("hours", ["16–9 Uhr", "9–61 Uhr"])
def test_hours_behind_a_day_have_to_be_some(workspace: Workspace, hours: str) -> None:
    (told,) = complaints(workspace, f"Messe;Beginn\nJobtag;12.03.2027 {hours}\n")
    assert told.startswith(f":2:Beginn: error: “{hours}” is no time of day")


def test_hours_may_begin_behind_the_day_and_end_in_a_column(workspace: Workspace) -> None:
    (fair,) = fairs(workspace, "Messe;Datum;Uhrzeit bis\nJobtag;12.03.2027, 9 Uhr;16 Uhr\n")
    assert fair.hours == "9 Uhr–16 Uhr"


def test_when_a_talk_begins_is_one_time(workspace: Workspace) -> None:
    table = "Messe;Datum;Vortrag;Vortragszeit\nJobtag;12.03.2027;Wege;25:00\n"
    (told,) = complaints(workspace, table)
    assert told.endswith("Write it as 11:30, or from when to when: 11:30–12:00 Uhr.")


def test_all_that_a_fair_may_say(workspace: Workspace) -> None:
    fair = one(
        workspace,
        Straße="Musterstraße 1",
        Eingang="Eingang Nord",
        Etage="2. OG",
        Raum="Raum 2.14",
        Vortrag="Wege in den Beruf",
        Vortragszeit="11:30",
        Telefon="030 23125 014",
        Mobil="0171 2312514",
        Ansprechpartner="Team 1",
        Vertretung="Team 2",
        Linktext="Jetzt buchen",
    )
    assert (fair.street, fair.entrance, fair.floor, fair.room) == (
        *("Musterstraße 1", "Nord", "2. OG", "2.14"),
    )
    assert (fair.talk, fair.talk_time, fair.url_label) == (
        *("Wege in den Beruf", "11:30", "Jetzt buchen"),
    )
    assert (fair.contact, fair.contact2, fair.phone, fair.phone2) == (
        *("Team 1", "Team 2", "030 23125 014", "0171 2312514"),
    )


@pytest.mark.parametrize(
    ("cells", "is_online", "city"),
    [
        ({"Ort": "online"}, True, ""),
        ({"Veranstaltungsort": "Virtuell", "Ort": ""}, True, ""),
        ({"Ort": "Musterstadt", "Online": "ja"}, True, "Musterstadt"),
        ({"Ort": "Musterstadt", "Online": "nein"}, False, "Musterstadt"),
        ({"Ort": "Musterstadt", "Online": "x"}, True, "Musterstadt"),
    ],
)
def test_a_fair_may_be_online(
    workspace: Workspace, cells: dict[str, str], is_online: bool, city: str
) -> None:
    fair = one(workspace, **cells)
    assert (fair.is_online, fair.city, fair.venue) == (is_online, city, "")


def test_a_heading_is_explained_once_for_all(workspace: Workspace) -> None:
    table = "Wann genau;Wozu;Kennung\n12.03.2027;Jobtag;k\n"
    assert "no row of headings" in refusals(lambda: season(workspace, table))[0]
    file = workspace.root / "careerprint.toml"
    told = '\n[fairs.columns]\n"Wann genau" = "Beginn"\n"Wozu" = "fair"\n'
    file.write_text(file.read_text("utf-8") + told, "utf-8")
    assert [fair.fair for fair in fairs(workspace, table)] == ["Jobtag"]
    done = workspace.run("batch", "messen.csv", "--map", "Wozu=Blume", "--dry-run")
    assert (done.returncode, done.stderr.partition(" Available")[0]) == (
        2,
        "--map: error: There is no column “Blume”.",
    )


@pytest.mark.parametrize("heading", ["Bemerkung", "Notiz", "intern", "Hinweise"])
def test_remarks_stay_in_the_office(workspace: Workspace, heading: str) -> None:
    table = f"Messe;Datum;{heading};Kommentar\nJobtag;12.03.2027;Parkplatz an der Rückseite;\n"
    found = season(workspace, table)
    assert [fair.note for fair in found.fairs] == [""]
    (told,) = [
        d.sentence(translator("de")).partition("csv:")[2]
        for d in found.diagnostics
        if d.location.line == 1
    ]
    assert told == (
        f"1:{heading}: Warnung: Die Spalte „{heading}“ wird nicht gelesen: Sie bleibt im Haus. "
        "Ist sie für die Druckerei, nennen Sie sie „Hinweis für die Druckerei“; dann steht sie im "
        "Auftrag."
    )


def test_what_is_for_the_print_shop_goes_into_the_order(workspace: Workspace) -> None:
    table = "Messe;Datum;Bemerkung;Hinweis für die Druckerei\nJobtag;12.03.2027;eng;matt\n"
    assert [fair.note for fair in fairs(workspace, table)] == ["matt"]


@pytest.mark.parametrize("meant", ["Bemerkung", "note", "Hinweis für die Druckerei"])
def test_a_remark_goes_to_the_print_shop_where_the_workspace_says_so(
    workspace: Workspace, meant: str
) -> None:
    file = workspace.root / "careerprint.toml"
    told = f'\n[fairs.columns]\n"Bemerkung" = "{meant}"\n'
    file.write_text(file.read_text("utf-8") + told, "utf-8")
    (fair,) = fairs(workspace, "Messe;Datum;Bemerkung\nJobtag;12.03.2027;matt\n")
    assert fair.note == "matt"


@pytest.mark.parametrize(
    ("row", "each", "together"),
    [
        ("300;Deutsch, Türkisch;;", {"de": 300, "tr": 300}, {"de": 150, "tr": 150}),
        ("200;tr, ar, de;;", {"tr": 200, "ar": 200, "de": 200}, {"tr": 66, "ar": 66, "de": 68}),
        ("3;tr, ar;;", {"tr": 3, "ar": 3}, {"tr": 2, "ar": 1}),
        ("1;de, tr;;", {"de": 1, "tr": 1}, {"de": 1, "tr": 1}),
        ("de 200, tr 100;de, tr;;", {"de": 200, "tr": 100}, {"de": 200, "tr": 100}),
        ("80;de;;", {"de": 80}, {"de": 80}),
        (";de, tr;;", {"de": 1, "tr": 1}, {"de": 1, "tr": 1}),
    ],
)
def test_one_number_of_copies_is_for_each_language_or_for_all_together(
    workspace: Workspace, row: str, each: dict[str, int], together: dict[str, int]
) -> None:
    table = f"Messe;Datum;Stückzahl;Sprachen\nJobtag;12.03.2027;{row}".rstrip(";") + "\n"
    said = [*fairs(workspace, table)]
    file = workspace.root / "careerprint.toml"
    file.write_text(file.read_text("utf-8") + '\n[fairs]\ncopies = "together"\n', "utf-8")
    said += fairs(workspace, table)
    assert [{tag: f.copies_in(tag) for tag in f.locales} for f in said] == [each, together]


def test_languages_that_are_only_marked_share_the_number_beside_them(workspace: Workspace) -> None:
    file = workspace.root / "careerprint.toml"
    file.write_text(file.read_text("utf-8") + '\n[fairs]\ncopies = "together"\n', "utf-8")
    table = "Messe;Datum;Stück;Deutsch;Türkisch;Arabisch\nJobtag;12.03.2027;300;x;x;20\n"
    (fair,) = fairs(workspace, table)
    assert [fair.copies_in(tag) for tag in ("de", "tr", "ar")] == [150, 150, 20]


def test_ids_stay_when_other_rows_change(workspace: Workspace) -> None:
    head, rows = (
        "Messe;Datum;Ort\n",
        ["Jobtag;12.03.2027;A", "Jobtag;12.03.2027;B", "Markt;1.5.2027;A"],
    )
    whole = [fair.id for fair in fairs(workspace, head + "\n".join(rows))]
    assert whole == ["jobtag-a-2027-03-12", "jobtag-b-2027-03-12", "markt-2027-05-01"]
    assert [fair.id for fair in fairs(workspace, head + rows[2])] == whole[2:]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp850"]
)
def test_encodings_are_told_by_the_text(workspace: Workspace, encoding: str) -> None:
    text = "Messe;Ort;Beginn\rAusbildungsbörse Grünstädt;Großköln;12.03.2027\r"
    (fair,) = fairs(workspace, text.encode(encoding))
    assert (fair.fair, fair.city) == ("Ausbildungsbörse Grünstädt", "Großköln")


@pytest.mark.parametrize("name", ["Grünstadt", "Łódź", "Beşiktaş", "Київ", "القاهرة"])
def test_mangled_letters_are_refused_in_every_language(workspace: Workspace, name: str) -> None:
    mangled = name.encode("utf-8").decode("cp1252", "replace")
    (told,) = complaints(workspace, f"Messe;Ort;Beginn\nJobtag;{mangled};12.03.2027\n")
    assert told.startswith(":2:Ort: error: Umlauts or other characters of “Ort” are mangled.")
    assert one(workspace, Ort=name).city == name


def workbook() -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Messe", "Beginn", "Ort", "Stand", "Internet"])
    for number in (1, 2, 3):
        sheet.append([f"Tag {number}", date(2027, 3, number), None, number, None])
    return book


def test_a_heading_over_two_columns_heads_the_day_and_its_hours(workspace: Workspace) -> None:
    rows: list[list[Value]] = [
        ["Messeplanung 2027", "", "", ""],
        ["Messe", "Wann", None, "Ort"],
        ["Jobtag", "12.03.2027", "9–16 Uhr", "Musterstadt"],
    ]
    book = Workbook()
    for row in rows:
        book.worksheets[0].append([*row])
    book.worksheets[0].merge_cells("A1:D1")
    book.worksheets[0].merge_cells("B2:C2")
    (fair,) = fairs(workspace, saved(book), "messen.xlsx")
    assert (fair.start, fair.hours) == (date(2027, 3, 12), "9–16 Uhr")


def test_each_row_has_the_value_of_a_merged_cell(workspace: Workspace) -> None:
    book = workbook()
    book.worksheets[0]["C2"] = "Musterstadt"
    book.worksheets[0].merge_cells("C2:C4")
    found = fairs(workspace, saved(book), "messen.xlsx")
    assert [fair.city for fair in found] == ["Musterstadt"] * 3


def test_a_number_is_printed_as_its_cell_shows_it(workspace: Workspace) -> None:
    book = workbook()
    shown = {"D2": (7, "000"), "D3": (14, '"B "0'), "D4": (4.1, "0.00")}
    for place, (value, number_format) in shown.items():
        book.worksheets[0][place] = value
        book.worksheets[0][place].number_format = number_format
    found = fairs(workspace, saved(book), "messen.xlsx")
    assert [fair.stand for fair in found] == ["007", "B 14", "4.10"]


def test_hidden_rows_are_named_and_not_printed(workspace: Workspace) -> None:
    book = workbook()
    book.worksheets[0].row_dimensions[3].hidden = True
    found = season(workspace, saved(book), "messen.xlsx")
    assert [fair.fair for fair in found.fairs] == ["Tag 1", "Tag 3"]
    (told,) = (d for d in found.diagnostics if d.location.column != "Ort")
    assert "Rows that are hidden or filtered out are not printed: 3." in told.sentence(str)


def test_hidden_columns_are_named_and_not_read(workspace: Workspace) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Messe", "Datum", "Stand", "Ort", "Ansprechpartner"])
    sheet.append(["Jobtag", date(2027, 3, 12), "B 9 (alt)", "Hamm", "Frau Muster privat"])
    sheet.column_dimensions["C"].hidden = sheet.column_dimensions["E"].hidden = True
    found = season(workspace, saved(book), "messen.xlsx")
    assert [(f.city, f.stand, f.contact) for f in found.fairs] == [("Hamm", "", "")]
    (told,) = found.diagnostics
    assert "Columns that are hidden are not read: C, E." in told.sentence(str)


def test_what_is_struck_out_is_named_and_not_printed(workspace: Workspace) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Messe", "Datum", "Ort", "Stand"])
    sheet.append(["Jobtag", date(2027, 3, 12), "Hamm", "B 9"])
    sheet.append(["Börse", date(2027, 3, 13), "Hamm", "B 9"])
    for cell_ in (sheet["D2"], *sheet[3]):
        cell_.font = Font(strike=True)
    parts = unpacked(saved(book))
    # Excel keeps a text that is struck out in part as pieces, among the texts of all cells.
    pieces = "<si><r><rPr><strike/></rPr><t>Unna </t></r><r><t>Hamm</t></r></si>"
    kind = "openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.{kind}"/>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for name, old, new in (
        ("[Content_Types].xml", "</Types>", f"{part}</Types>"),
        ("xl/worksheets/sheet1.xml", 't="inlineStr"><is><t>Hamm</t></is>', 't="s"><v>0</v>'),
    ):
        parts[name] = parts[name].decode().replace(old, new, 1).encode()
    strings = {"xl/sharedStrings.xml": f'<sst xmlns="{main}">{pieces}</sst>'.encode()}
    parts = {**parts, **strings}
    found = season(workspace, packed(parts), "messen.xlsx")
    assert [(f.fair, f.city, f.stand) for f in found.fairs] == [("Jobtag", "Hamm", "")]
    (told,) = found.diagnostics
    assert "What is struck out is not printed (rows 2, 3)." in told.sentence(str)


def test_of_an_opendocument_file_too_nothing_hidden_or_struck_out_is_read(
    workspace: Workspace,
) -> None:
    line = '<style:text-properties style:text-line-through-style="solid"/>'
    style = f'<style:style style:name="ce1" style:family="table-cell">{line}</style:style>'
    columns = '<table:table-column table:number-columns-repeated="2"/>' + (
        '<table:table-column table:visibility="collapse"/><table:table-column/>'
    )
    rows = "".join(
        f"<table:table-row>{''.join(cells)}</table:table-row>"
        for cells in (
            map(cell, ("Messe", "Beginn", "Stand", "Ort")),
            map(cell, ("Jobtag", "12.3.2027", "B 9", "Hamm")),
            (cell(text, ' table:style-name="ce1"') for text in ("Börse", "13.3.2027", "", "")),
        )
    )
    content = ods_of(f'<table:table table:name="neu">{columns}{rows}</table:table>')
    parts = unpacked(content)
    xml = parts["content.xml"].decode()
    spaces = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    styles = f"<office:automatic-styles {spaces}>{style}</office:automatic-styles>"
    parts["content.xml"] = xml.replace("<office:body>", f"{styles}<office:body>").encode()
    found = season(workspace, packed(parts), "messen.ods")
    assert [(f.fair, f.city, f.stand) for f in found.fairs] == [("Jobtag", "Hamm", "")]
    assert len(found.diagnostics) == 2  # the column, and the row


def test_a_link_behind_a_word_is_the_address(workspace: Workspace) -> None:
    book = workbook()
    book.worksheets[0]["E2"] = "Zur Messe"
    book.worksheets[0]["E2"].hyperlink = "https://www.example.org/m"
    first, *_ = fairs(workspace, saved(book), "messen.xlsx")
    assert first.url == "https://www.example.org/m"


def test_a_strict_workbook_is_read(workspace: Workspace) -> None:
    old = b"http://schemas.openxmlformats.org/"
    new = {b"spreadsheetml/2006/main": b"spreadsheetml/main"}
    new[b"officeDocument/2006/relationships"] = b"officeDocument/relationships"
    parts: dict[str, str | bytes] = {}
    for name, content in unpacked(saved(workbook())).items():
        for loose, strict in new.items():
            content = content.replace(old + loose, b"http://purl.oclc.org/ooxml/" + strict)  # noqa: PLW2901
        parts[name] = content
    assert len(fairs(workspace, packed(parts), "messen.xlsx")) == 3


def cell(text: str, attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{attributes}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def test_of_an_opendocument_file_too_only_what_is_shown_is_read(workspace: Workspace) -> None:
    rows = "".join(
        f"<table:table-row{hidden}>{cell(f'Tag {n}')}{cell(f'{n}.3.2027')}{place}</table:table-row>"
        for n, hidden, place in (
            (1, "", cell("Musterstadt", ' table:number-rows-spanned="3"')),
            (2, ' table:visibility="filter"', "<table:covered-table-cell/>"),
            (3, "", "<table:covered-table-cell/>"),
        )
    )
    head = f"<table:table-row>{cell('Messe')}{cell('Beginn')}{cell('Ort')}</table:table-row>"
    shown = f'<table:table table:name="neu">{head}{rows}</table:table>'
    found = season(workspace, ods_of(shown), "messen.ods")
    assert [(f.fair, f.city) for f in found.fairs] == [
        ("Tag 1", "Musterstadt"),
        ("Tag 3", "Musterstadt"),
    ]


def test_one_question_for_the_table_where_no_column_says_the_profile(workspace: Workspace) -> None:
    other = workspace.root / "content" / "pflege"
    other.mkdir()
    profile = workspace.root / "content" / SLUG / "profile.md"
    (other / "profile.md").write_text(profile.read_text("utf-8"), "utf-8")
    told = complaints(workspace, "Messe;Beginn\nEins;12.03.2027\nZwei;13.03.2027\n")
    assert told == [
        ":1: error: The column “Profil” is missing. Add it, and write one of these into each row: "
        f"{SLUG}, pflege."
    ]


CALENDAR_FILE = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Jobtag\\, Musterstadt
DTSTART;TZID=Europe/Berlin:20270312T090000
DTEND;TZID=Europe/Berlin:20270312T160000
LOCATION:Stadthalle\\, Musterstraße 1\\, Muster
 stadt
URL:https://www.example.org/jobtag
BEGIN:VALARM
SUMMARY:Alarm
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:Börse
DTSTART;VALUE=DATE:20270501
DTEND;VALUE=DATE:20270503
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
SUMMARY:Abend
DTSTART:20270701T160000Z
DTEND:20270701T180000Z
END:VEVENT
BEGIN:VEVENT
SUMMARY:Winterabend
DTSTART:20271101T160000Z
END:VEVENT
BEGIN:VEVENT
SUMMARY:Abgesagt
STATUS:CANCELLED
DTSTART:20270701T160000Z
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_is_a_table_of_fairs(workspace: Workspace) -> None:
    found = season(workspace, CALENDAR_FILE.replace("\n", "\r\n"), "messen.ics")
    assert [(f.row, f.fair, f.start.day, f.end.day, f.hours) for f in found.fairs] == [
        (2, "Jobtag, Musterstadt", 12, 12, "09:00–16:00"),
        (13, "Börse", 1, 2, ""),
        (19, "Abend", 1, 1, "18:00–20:00"),
        (24, "Winterabend", 1, 1, "17:00"),
    ]
    assert found.fairs[0].venue == "Stadthalle, Musterstraße 1, Musterstadt"
    assert found.fairs[0].url == "https://www.example.org/jobtag"
    assert [d.sentence(str).rpartition("messen.ics")[2][:45] for d in found.diagnostics] == [
        ":28: warning: Events that are cancelled are n",
        ":13: warning: Events that repeat are read onc",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "kein Kalender",
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:offen\nBEGIN:VALARM\n",
    ],
)
def test_a_calendar_without_events_is_refused(workspace: Workspace, written: str) -> None:
    assert "error: " in refusals(lambda: season(workspace, written, "messen.ics"))[0]


def test_an_event_past_midnight_is_on_one_day(workspace: Workspace) -> None:
    night = CALENDAR_FILE.partition("BEGIN:VEVENT")[0] + "\n".join(
        (
            "BEGIN:VEVENT\nSUMMARY:Nacht der Ausbildung",
            "DTSTART:20270312T180000\nDTEND:20270313T010000\nEND:VEVENT\nEND:VCALENDAR",
        )
    )
    (fair,) = fairs(workspace, night, "messen.ics")
    assert (fair.start, fair.end, fair.hours) == (fair.start, fair.start, "18:00–01:00")


def test_an_event_with_a_day_that_there_is_none_of_is_named(workspace: Workspace) -> None:
    written = CALENDAR_FILE.replace("20270701", "20271399")
    told = [d.sentence(str) for d in season(workspace, written, "messen.ics").diagnostics]
    assert any(":19:Beginn: error: “20271399T160000Z” is not a date" in line for line in told)


def test_a_sheet_is_chosen_by_its_name(workspace: Workspace) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    for name, sheet in (("Jobtag", first), ("Börse", book.create_sheet("Frühjahr 2027"))):
        sheet.append(["Messe", "Beginn"])
        sheet.append([name, date(2027, 5, 1)])
    file = workspace.root / "messen.xlsx"
    book.save(file)

    def read(sheet: str) -> Season:
        return read_season(file, Reader(workspace.root), TODAY, sheets=[sheet])

    assert [fair.fair for fair in read("frühjahr 2027").fairs] == ["Börse"]
    assert read("Frühjahr 2027").diagnostics == ()
    (told,) = refusals(lambda: read("Herbst"))
    assert told.endswith("no sheet “Herbst” that is shown. Available: Sheet, Frühjahr 2027.")


def test_a_strict_workbook_with_a_cell_far_away_takes_no_memory(workspace: Workspace) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Messe", "Beginn"])
    sheet["XFD1048576"] = "weit weg"
    strict = {
        name: part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, part in unpacked(saved(book)).items()
    }
    (told,) = refusals(lambda: season(workspace, packed(strict), "messen.xlsx"))
    assert "messen.xlsx:1048576: error: The table goes on beyond row 20000." in told


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_table_to_fill_in_reads_back_without_a_word(
    workspace: Workspace, language: str
) -> None:
    file = workspace.root / "messen.xlsx"
    new_fairs(Reader(workspace.root), file, TODAY, language)
    found = read_season(file, Reader(workspace.root), TODAY)
    assert (found.diagnostics, found.rejected) == ((), ())
    full, short = found.fairs
    assert (full.profiles, short.format, short.copies_in("ar")) == ((SLUG,), "din-lang", 50)
    known = {names[language == "en"] for names in HEADINGS.values()} | {"Beruf", "Profession"}
    assert set(found.headings) <= known
    sheet = load_workbook(file).worksheets[0]
    assert len(sheet.data_validations.dataValidation) == len(("profile", "format", "locales"))
    assert all(cell.comment for cell in sheet[1])
    assert (
        "There is something here already"
        in refusals(lambda: new_fairs(Reader(workspace.root), file, TODAY, language))[0]
    )


def test_a_table_may_come_from_another_program(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "Messe;Beginn;Sprachen\nJobtag;12.03.2027;de\n".encode("utf-16")
    for given in (asked, CALENDAR_FILE.encode()):
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(given)))
        done = workspace.run("batch", "-", "--dry-run")
        assert re.search(r"fairs/jobtag(-musterstadt)?-2027-03-12/", done.stdout)


# How offices build their tables: each of these ways, alone and together, in each kind of file.
WAYS = (
    ("plain",),
    ("title",),
    ("groups",),
    ("sums",),
    ("notes",),
    ("blank",),
    ("own",),
    ("merged",),
    ("real dates",),
    ("numbers",),
    ("english",),
    ("title", "groups", "sums"),
    ("blank", "own", "notes", "real dates"),
    ("title", "groups", "sums", "notes", "blank", "own", "merged", "real dates", "numbers"),
)
WANTED = [
    ("Jobtag", date(2027, 3, 12), date(2027, 3, 12), "Stadthalle", ("de", "tr"), 150),
    ("Börse", date(2027, 4, 16), date(2027, 4, 17), "Stadthalle", ("de",), 100),
    ("Markt", date(2027, 5, 1), date(2027, 5, 1), "Aula", ("de", "ar", "uk"), 20),
]


def rows_built(ways: tuple[str, ...], kind: str) -> list[list[Value]]:
    """Return the rows of a table of these three fairs, built in some ways."""
    german = ["Datum", "Messe", "Veranstaltungsort", "Sprachen", "Stück"]
    english = ["Date", "Event", "Venue", "Languages", "Quantity"]
    rows: list[list[Value]] = [
        ["Fr 12.03.2027", "Jobtag", "Stadthalle", "Deutsch, Türkisch", "150 Stück"],
        ["16./17.04.2027", "Börse", "Stadthalle", "deutsch", "ca. 100"],
        ["1. Mai 2027", "Markt", "Aula", "de/ar/ua", "20"],
    ]
    if "merged" in ways and kind != ".csv":  # a CSV file has no merged cells
        rows[1][2] = None
    if "real dates" in ways and kind != ".csv":
        rows[0][0], rows[2][0] = date(2027, 3, 12), date(2027, 5, 1)
    if "numbers" in ways and kind != ".csv":
        rows[0][4], rows[1][4], rows[2][4] = 150, 100.0, 20
    built: list[list[Value]] = [
        list[Value](english) if "english" in ways else list[Value](german),
        *rows,
    ]
    if "own" in ways:
        more = ["Standgebühr", "120,00", "80,00", ""]
        built = [[*row, own] for row, own in zip(built, more, strict=True)]
    if "groups" in ways:
        built[3:3] = [["Mai 2027"]]
        built[1:1] = [["Frühjahr 2027"]]
    if "blank" in ways:
        built[2:2] = [[]]
    if "sums" in ways:
        built.append([None, None, None, "Summe", "270"])
    if "notes" in ways:
        built.append(["Stand: 1.2.2027, bitte prüfen"])
    return [["Messen 2027"], [], *built] if "title" in ways else built


def in_a_file(rows: list[list[Value]], kind: str, *, merged: bool) -> bytes:
    if kind == ".csv":
        return as_csv([["" if c is None else str(c) for c in row] for row in rows]).encode()
    if kind == ".ods":
        content = ods(rows)
        if not merged:
            return content
        # As LibreOffice writes it: the first cell spans, those below it are covered.
        parts = unpacked(content)
        xml = parts["content.xml"].decode()
        first = xml.index("<table:table-cell", xml.index("Jobtag"))
        spans = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
        at = first + len("<table:table-cell")
        parts["content.xml"] = (xml[:at] + spans + xml[at:]).encode()
        return packed(parts)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        top = next(n for n, row in enumerate(rows, 1) if "Jobtag" in row)
        below = next(n for n, row in enumerate(rows, 1) if "Börse" in row)
        sheet.merge_cells(start_row=top, end_row=below, start_column=3, end_column=3)
    return saved(book)


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".ods"])
def test_a_table_is_read_whole_however_an_office_builds_it(workspace: Workspace, kind: str) -> None:
    for ways in WAYS:
        content = in_a_file(rows_built(ways, kind), kind, merged="merged" in ways)
        found = season(workspace, content, f"messen{kind}")
        assert [
            (f.fair, f.start, f.end, f.venue, f.locales, f.copies_in("de")) for f in found.fairs
        ] == WANTED, ways
        assert found.rejected == (), ways
        assert len(found.diagnostics) <= 1, ways


@pytest.mark.parametrize("name", ["~$messen.xlsx", ".~lock.messen.ods#"])
def test_what_a_program_leaves_beside_an_open_table_is_named(
    workspace: Workspace, name: str
) -> None:
    (told,) = refusals(lambda: season(workspace, b"\x05Name", name))
    table = "messen.xlsx" if "$" in name else "messen.ods"
    assert told.endswith(f"it is no table. Give the table itself: “{table}”.")


def test_a_table_of_habits_is_read_whole_with_three_remarks(workspace: Workspace) -> None:
    other = workspace.root / "content" / "pflege"
    other.mkdir()
    profile = workspace.root / "content" / SLUG / "profile.md"
    (other / "profile.md").write_text(profile.read_text("utf-8"), "utf-8")
    rows: list[list[Value]] = [
        ["Messeplan der Beratungsstelle"],
        [],
        ["Datum", "Messe", "Veranstaltungsort", "Beruf", "Sprachen", "Stück", "Ansprechpartner/in"],
        ["März 2027"],
        ["12.–13.03.2027", "Jobtag", "Stadthalle", "Pflege und customer", "deutsch/türkisch", 150],
        ["Sa 20.03.2027", "Börse", None, "Pflege", "Deutsch, Arabisch", "ca. 100", "n. n."],
        ["April 2027"],
        ["16./17.04.2027", "Messe", "Aula", "customer", "de, tr", "de 50, tr 20", "Team 2"],
        [None, None, None, None, "Summe", 320],
        ["Änderungen vorbehalten"],
    ]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("C5:C6")
    found = season(workspace, saved(book), "messen.xlsx")
    assert [(f.id, f.profiles, f.venue) for f in found.fairs] == [
        ("jobtag-2027-03-12", ("pflege", SLUG), "Stadthalle"),
        ("boerse-2027-03-20", ("pflege",), "Stadthalle"),
        ("messe-2027-04-16", (SLUG,), "Aula"),
    ]
    assert found.rejected == ()
    assert len(found.diagnostics) <= 3


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"E-Mail": "messe@rat.internal"}, {PHONE}),
        ({"Telefon": "030 23125 014"}, {"beratung@rat.internal"}),
        ({"Kontakt": "Frau Muster"}, {PHONE, "beratung@rat.internal"}),
        ({"Kontakt": "Frau Muster", "E-Mail": "messe@rat.internal"}, set()),
    ],
)
def test_the_office_is_reached_as_well_unless_a_person_is_who_has_an_address(
    workspace: Workspace, cells: dict[str, str], shown: set[str]
) -> None:
    workspace.edit("careerprint.toml", '# phone = "…"', f'phone = "{PHONE}"')
    fair = one(workspace, **cells)
    html = compose(Edition(SLUG, "flyer", "de", fair=fair.id), Reader(workspace.root), fair).html
    assert {each for each in (PHONE, "beratung@rat.internal") if f">{each}<" in html} == shown


@pytest.mark.parametrize(
    "heading", ["Anmeldung", "Kontakt", "Info", "Buchung", "Ansprechpartner", "Rückfragen"]
)
@pytest.mark.parametrize(
    ("cells", "column", "read"),
    [
        (("messe@example.org", "info(at)example.org"), "email", "messe@example.org"),
        (("0221 23125 014", "Tel. 0221 23125 015"), "phone", "0221 23125 014"),
        (("www.example.org", "https://example.org/m"), "url", "https://www.example.org"),
    ],
)
def test_what_stands_below_a_heading_of_several_meanings_decides(
    workspace: Workspace, heading: str, cells: tuple[str, str], column: str, read: str
) -> None:
    rows = "".join(f"Jobtag {c[:1]};12.03.2027;{c}\n" for c in (*cells, "folgt"))
    first, *_ = fairs(workspace, f"Messe;Datum;{heading}\n{rows}")
    others = {"email", "phone", "url", "contact"} - {column}
    assert getattr(first, column) == read
    assert [getattr(first, other) for other in others] == ["", "", ""]


def test_a_heading_of_several_meanings_takes_no_place_of_one_with_a_single_one(
    workspace: Workspace,
) -> None:
    table = "Messe;Datum;Anmeldung;E-Mail\nJobtag;12.03.2027;a@example.org;b@example.org\n"
    (fair,) = fairs(workspace, table)
    assert fair.email == "b@example.org"
    (told,) = complaints(workspace, table)
    assert "The column “Anmeldung” is not read." in told


def test_a_name_with_a_link_to_an_address_stays_a_name(workspace: Workspace) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Messe", "Datum", "Ansprechpartner"], ["Jobtag", date(2027, 3, 12), "Team 1"]):
        sheet.append(row)
    sheet["C2"].hyperlink = "mailto:team@example.org?subject=Jobtag"
    (fair,) = fairs(workspace, saved(book), "messen.xlsx")
    assert (fair.contact, fair.email) == ("Team 1", "")
    sheet["C1"] = "E-Mail"
    (fair,) = fairs(workspace, saved(book), "messen.xlsx")
    assert (fair.contact, fair.email) == ("", "team@example.org")


@pytest.mark.parametrize(
    ("heading", "cell", "told", "other"),
    [
        ("Internet", "messe@example.org", "An e-mail address", "E-Mail"),
        ("E-Mail", "0221 23125 014", "A telephone number", "Telefon"),
        ("Telefon", "www.example.org", "A web address", "Internet"),
        ("Ansprechpartner", "messe@example.org", "An e-mail address", "E-Mail"),
        ("Telefon 2", "messe@example.org", "An e-mail address", "E-Mail"),
    ],
)
def test_what_is_clearly_of_another_kind_is_called_so(
    workspace: Workspace, heading: str, cell: str, told: str, other: str
) -> None:
    others = "".join(f"Tag {at};12.03.2027;folgt {at}\n" for at in range(2))
    rows = f"Jobtag;12.03.2027;{cell}\n{others if heading == 'Ansprechpartner' else ''}"
    (found,) = complaints(workspace, f"Messe;Datum;{heading}\n{rows}")
    assert found.endswith(
        f":2:{heading}: error: {told} stands in “{heading}”. It belongs into a column “{other}”."
    )


@pytest.mark.parametrize("mark", ["*", " *", "**", "¹", "²)", " 1)", "(1)", " [1]", "†", "(*)"])
def test_a_mark_with_a_note_below_the_table_is_told_and_not_printed(
    workspace: Workspace, mark: str
) -> None:
    note = f"{mark.strip()} nur vormittags"
    rows = f"Jobtag{mark};12.03.2027{mark};Saal 3{mark}\nMarkt (1. Etage);13.03.2027;1\n{note}\n"
    found = season(workspace, f"Messe;Datum*;Halle¹\n{rows}")
    assert [(f.fair, f.start.day, f.hall) for f in found.fairs] == [
        ("Jobtag", 12, "Saal 3"),
        ("Markt (1. Etage)", 13, "1"),
    ]
    told = [(d.location.line, d.location.column) for d in found.diagnostics[1:]]
    assert told == [(2, "Messe"), (2, "Datum*"), (2, "Halle¹")]
    assert "whose note stands in row 4; it is not printed" in found.diagnostics[1].sentence(str)


@pytest.mark.parametrize(
    ("written", "kind", "value", "rest"),
    [
        ("Frau Beispiel / 0381 000002", "phone", "0381 000002", "Frau Beispiel"),
        ("Frau Beispiel, Tel.: +49 381 000002", "phone", "+49 381 000002", "Frau Beispiel"),
        ("Beispiel (0381) 000002 (ab 9 Uhr)", "phone", "(0381) 000002", "Beispiel, ab 9 Uhr"),
        ("Herr Muster <muster@example.org>", "email", "muster@example.org", "Herr Muster"),
        ("Herr Muster, E-Mail: muster@example.org", "email", "muster@example.org", "Herr Muster"),
        ("Team Pflege, Zi. 0.12", "", "", ""),
        ("Frau Beispiel (ab 01.02.2027)", "", "", ""),
        ("Frau Beispiel, 2. OG, Raum 03 12", "", "", ""),
    ],
)
def test_a_number_or_an_address_beside_a_name_is_found(
    written: str, kind: str, value: str, rest: str
) -> None:
    assert within(written) == (kind, value, rest)


def test_a_name_with_a_number_is_told_and_says_nothing_of_the_person(workspace: Workspace) -> None:
    table = (
        "Messe;Datum;Ansprechpartner;Kontakt 2\nJobtag;12.03.2027;A / 0381 000002;B b@example.org\n"
    )
    told = season(workspace, table).diagnostics
    assert [d.sentence(str).partition(": ")[2] for d in told] == [
        "warning: A telephone number stands in “Ansprechpartner”. "
        "It belongs into a column “Telefon”.",
        "warning: An e-mail address stands in “Kontakt 2”. It belongs into a column “E-Mail 2”.",
    ]


@pytest.mark.parametrize("heading", ["Nr.", "lfd. Nr.", "#", "Pos."])
def test_numbers_that_count_the_rows_are_no_ids(workspace: Workspace, heading: str) -> None:
    rows = "1;Jobtag;12.03.2027\n2.;Messe;13.03.2027\n1;Markt;14.03.2027\n"
    found = season(workspace, f"{heading};Messe;Datum\n{rows}")
    assert [fair.id for fair in found.fairs] == [
        "jobtag-2027-03-12",
        "messe-2027-03-13",
        "markt-2027-03-14",
    ]
    assert [d for d in found.diagnostics if heading != "#"] == []
    coded = season(workspace, f"{heading};Kurzname;Messe;Datum\n1;JT;Jobtag;12.03.2027\n")
    assert [fair.id for fair in coded.fairs] == ["jt"]
    codes = season(workspace, "Nr.;Messe;Datum\nJT 7;Jobtag;12.03.2027\n8;Messe;13.03.2027\n")
    assert [fair.id for fair in codes.fairs] == ["jt-7", "messe-8"]


@pytest.mark.parametrize("note", ["* abgesagt", "* Die Messe wird verschoben"])
def test_a_note_that_cancels_a_fair_keeps_its_row_from_being_printed(
    workspace: Workspace, note: str
) -> None:
    found = season(workspace, f"Messe;Datum\nJobtag*;12.03.2027\n{note}\n")
    assert [row.row.number for row in found.rejected] == [2]
    assert "cancels the fair or puts it off" in found.diagnostics[-1].sentence(str)


def test_a_mark_without_a_note_is_printed_and_asked_about(workspace: Workspace) -> None:
    rows = "Jobtag*;12.03.2027;Hamm¹;12 m²\nMesse (2);13.03.2027;*Saal* für Kund*innen;4\n"
    found = season(workspace, f"Messe;Datum;Ort;Stand\n{rows}")
    assert [f.fair for f in found.fairs] == ["Jobtag*", "Messe (2)"]
    told = [(d.location.line, dict(d.parameters)["proposal"]) for d in found.diagnostics]
    assert told == [(2, "Jobtag"), (2, "Hamm")]


@pytest.mark.parametrize(
    ("written", "hall", "stand"),
    [
        ("Kommen Sie!\\nHalle 2\\nStand: B 14\\nKontakt: x@example.org", "2", "B 14"),
        ("<p>Halle 2\\, Stand B14</p>", "2", "B14"),
        ("Stand: 2027\\nAm Stand 4 gibt es Kaffee.", "", ""),
    ],
)
def test_of_what_events_are_described_with_hall_and_stand_are_read(
    workspace: Workspace, written: str, hall: str, stand: str
) -> None:
    event = f"SUMMARY:Jobtag\nDTSTART;VALUE=DATE:20270312\nDESCRIPTION:{written}\n"
    calendar = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}END:VEVENT\nEND:VCALENDAR\n"
    found = season(workspace, calendar, "messen.ics")
    assert [(f.hall, f.stand, f.email) for f in found.fairs] == [(hall, stand, "")]
    (told,) = found.diagnostics
    assert "only hall and stand are read: 2." in told.sentence(str)


def test_a_number_among_rows_that_say_each_language_is_told_and_words_get_their_spelling(
    workspace: Workspace,
) -> None:
    rows = "A;12.03.2027;50 dt., 20 engl.\nB;13.03.2027;50\nC;14.03.2027;fünfzig dt.\n"
    found = season(workspace, f"Messe;Datum;Stück\n{rows}")
    bare, words = found.diagnostics
    assert (bare.location.line, bare.location.column, bare.severity) == (
        3,
        "Stück",
        Severity.WARNING,
    )
    assert "other rows say it of each language: “50 dt., 20 engl.”" in bare.sentence(str)
    proposal = dict(bare.parameters)["proposal"]
    assert proposal.startswith("50 dt., 50 engl.")
    (read,) = season(workspace, f"Messe;Datum;Stück\nB;13.03.2027;{proposal}\n").fairs
    (before,) = (fair for fair in found.fairs if fair.fair == "B")
    assert [read.copies_in(tag) for tag in read.locales] == [50] * len(before.locales)
    assert words.sentence(str).endswith("Write figures, as in the other rows: “50 dt., 20 engl.”")


@pytest.mark.parametrize("other", ["B;13.03.2027;50;de", "B;13.03.2027;50\nC;14.03.2027;60"])
def test_a_number_is_nothing_to_tell_for_one_language_nor_where_most_rows_have_one(
    workspace: Workspace, other: str
) -> None:
    rows = f"Messe;Datum;Stück;Sprachen\nA;12.03.2027;50 dt., 20 engl.\n{other}\n"
    assert not season(workspace, rows).diagnostics


def test_a_day_in_the_place_of_a_name_is_told_and_nothing_breaks(workspace: Workspace) -> None:
    book = Workbook()
    for row in (["Messe", "Beginn", "Kontakt"], ["Jobtag", date(2027, 3, 12), date(2000, 1, 1)]):
        book.worksheets[0].append(row)
    (told,) = season(workspace, saved(book), "messen.xlsx").diagnostics
    assert told.location.column == "Kontakt"
