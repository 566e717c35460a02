"""Sheets of a workbook that hold fairs are one season; each row knows its sheet and its row there."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from careerprint.building.outbox import of_part
from careerprint.core.messages import translator
from careerprint.fairs.headings import known_headings
from careerprint.fairs.rows import Fairs, read_fairs, rejected_csv
from careerprint.fairs.tables import parse_tables
from careerprint.fairs.values import Known

from .cards import ready_cards
from .conftest import LOCALES, SLUG, Workspace
from .tablefiles import Rows, ods, xlsx

TODAY = date(2027, 1, 15)
KNOWN = Known((SLUG,), {"flyer": ("a4", "a5", "din-lang")}, LOCALES, ("de",))
WRITERS = {"messen.xlsx": xlsx, "messen.ods": ods}
NOTES = [("nur für uns",)]


def read(
    sheets: Mapping[str, Rows], name: str = "messen.xlsx", chosen: Sequence[str] = ()
) -> Fairs:
    content = WRITERS[name](NOTES, **sheets)
    return read_fairs(parse_tables(content, name, known_headings, chosen=chosen), KNOWN, TODAY)


def told(found: Fairs, language: str = "de") -> list[str]:
    return [d.sentence(translator(language)) for d in found.diagnostics]


def places(found: Fairs) -> list[tuple[str, int, str]]:
    return [(fair.headings.sheet, fair.row, fair.fair) for fair in found.rows]


@pytest.mark.parametrize("name", WRITERS)
def test_each_sheet_is_read_by_its_own_headings_in_the_order_of_the_workbook(name: str) -> None:
    found = read(
        {
            "Frühjahr": [
                ("Messen 2027",),
                ("Messe", "Datum", "Stadt", "Farbe"),
                ("Jobtag*", "12.03.", "Hamm", 5),
                ("dito", "13.03.", "Unna", 6),
                ("* mit Vortrag",),
            ],
            "Herbst": [
                ("Termin", "Ort", "Stadt", "Veranstaltung", "Stand"),
                (date(2027, 9, 12), "Rathaus", "Bonn", "Börse*", "B 9"),
            ],
        },
        name,
    )
    assert places(found) == [
        ("Frühjahr", 3, "Jobtag"),
        ("Frühjahr", 4, "Jobtag"),
        ("Herbst", 2, "Börse*"),
    ]
    assert [fair.start.isoformat() for fair in found.rows][::2] == ["2027-03-12", "2027-09-12"]
    assert [(fair.city, fair.venue) for fair in found.rows][::2] == [
        ("Hamm", ""),
        ("Bonn", "Rathaus"),
    ]
    # What means the same is one column; what the first sheet lacks stands behind its columns.
    assert found.columns.headings == (
        *("Messe", "Datum", "Stadt", "Farbe"),
        *("Veranstaltungsort", "Stand"),
    )
    assert found.columns.places["Herbst"] == (3, 0, 2, None, 1, 4)
    assert [line.partition(" Sehen")[0] for line in told(found)] == [
        f"{name}, Blatt „Frühjahr“, Zeile 2: Farbe: Warnung: Die Spalte „Farbe“ wird nicht "
        "gelesen. Das ist in Ordnung, wenn es Ihre eigene Spalte ist.",
        f"{name}, Blatt „Frühjahr“, Zeile 5: Warnung: Übergangen, weil darin keine Messe "
        "steht: Zeile 5. Eine Messe hat einen Namen und einen Tag.",
        f"{name}, Blatt „Frühjahr“, Zeile 3: Messe: Warnung: „Messe“ trägt ein Zeichen, "
        "dessen Anmerkung in Zeile 5 steht; es wird nicht gedruckt.",
        f"{name}, Blatt „Herbst“, Zeile 2: Veranstaltung: Warnung: „Veranstaltung“ trägt ein Zeichen "
        "wie das einer Fußnote; es wird mit gedruckt. Löschen Sie es, wenn es zu einer "
        "Anmerkung gehört.",
    ]


def test_numbers_that_begin_again_on_each_sheet_make_no_two_fairs_one() -> None:
    heads = ("Kennung", "Messe", "Beginn", "Anzahl")
    found = read(
        {
            "2027": [heads, (1, "Jobtag", "12.03.2027", 5), (2, "Schau", "irgendwann", 5)],
            "Köln": [heads, (1, "Börse", "13.03.2027", 5), ("2.", "Markt", "irgendwann", 5)],
            "Koeln": [heads, (1, "Tag", "14.03.2027", 5), ("JT", "Ring", "15.03.2027", 5)],
        }
    )
    ids = ["messe-2027-1", "koeln-1", "koeln-2-1", "jt"]
    assert [fair.id for fair in found.rows] == ids
    assert [(row.sheet, row.row.number, row.id) for row in found.rejected] == [
        ("2027", 3, "messe-2027-2"),
        ("Köln", 3, "koeln-2"),
    ]
    text = rejected_csv(found.columns.headings, found.rejected, translator("de"))
    table = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [line[:4] for line in table] == [
        [*heads],
        ["messe-2027-2", "Schau", "irgendwann", "5"],
        ["koeln-2", "Markt", "irgendwann", "5"],
    ]
    assert table[1][4].startswith("Blatt „2027“, Zeile 3: Beginn: „irgendwann“ ist kein Datum")
    again = parse_tables(text.replace("irgendwann", "1.4.2027").encode(), "r.csv", known_headings)
    assert [fair.id for fair in read_fairs(again, KNOWN, TODAY).rows] == ["messe-2027-2", "koeln-2"]


def test_a_sheet_that_is_read_alone_keeps_its_numbers_and_is_not_named() -> None:
    sheets: dict[str, Rows] = {
        each: [("Kennung", "Messe", "Beginn"), (1, each, "12.03.2027"), (2, each, "bald")]
        for each in ("Mai", "Juni")
    }
    found = read(sheets, chosen=["Juni"])
    assert [(fair.id, *place) for fair, place in zip(found.rows, places(found), strict=True)] == [
        ("messe-1", "", 2, "Juni")
    ]
    assert told(found)[0].startswith("messen.xlsx:3:Beginn: Fehler: ")


def test_the_same_fair_on_two_sheets_is_told_as_on_one() -> None:
    heads = ("Messe", "Beginn", "Ort")
    row = ("Jobtag", "12.03.2027", "Hamm")
    found = read({"Mai": [heads, row], "Juni": [heads, ("Börse", "13.03.2027", "Hamm"), row]})
    assert places(found) == [("Juni", 2, "Börse")]
    same = (
        "Fehler: Dieselbe Messe steht in mehr als einer Zeile: 2 (Mai), 3 (Juni). Leeren Sie eine "
        "davon, oder schreiben Sie, was sie unterscheidet. Wiederholt ein Blatt die anderen, "
        "nennen Sie diese mit --sheet."
    )
    assert [same in line for line in told(found)] == [True, True]
    numbered: Rows = [("Kennung", *heads), (7, *row)]
    found = read({"Mai": numbered, "Juni": numbered})
    assert [fair.id for fair in found.rows] == ["mai-7", "juni-7"]
    (line,) = told(found)
    assert "Blatt „Juni“, Zeile 2: Messe: Warnung: In Zeile 2 (Mai) stehen dieselbe Messe" in line


def test_a_sheet_that_is_only_kept_is_told_where_others_have_fairs_to_come() -> None:
    heads = ("Messe", "Beginn")
    kept: Rows = [heads, ("Jobtag", "12.03.2026"), ("Börse", "13.03.2026")]
    sheets = {"2026": kept, "2027": [heads, ("Markt", "12.03.2027")]}
    assert told(read(sheets))[0] == (
        "messen.xlsx: Warnung: Alle Messen auf dem Blatt „2026“ sind vorbei; es wird "
        "gelesen wie die anderen. Ist es nur aufgehoben, nennen Sie die anderen mit --sheet."
    )
    assert not any("sind vorbei" in line for line in told(read({"2025": kept, "2026": kept})))


def test_a_sheet_that_is_not_understood_is_left_out_and_told() -> None:
    heads = ("Messe", "Beginn")
    sheets: Mapping[str, Rows] = {
        "Mai": [heads, ("Jobtag", "12.03.2027")],
        "Leute": [("Name", "Telefon", "E-Mail"), ("Standteam", "0231 123", "team@example.org")],
        "Juni": [("Messe", "Irgendwann", "Irgendwo"), ("Börse", "13.03.2027", "Hamm")],
        "Juli": [("Börse", "14.03.2027", "Hamm")],
    }
    found = read(sheets)
    assert places(found) == [("", 2, "Jobtag")]
    assert told(found) == [
        "messen.xlsx: Warnung: Das Blatt „Juni“ wird nicht gelesen: Es hat keine "
        "Zeile mit bekannten Überschriften. Stehen dort Messen, schreiben Sie die Überschriften "
        "eines anderen Blatts darüber.",
        "messen.xlsx: Warnung: Das Blatt „Juli“ wird nicht gelesen: Es hat keine "
        "Zeile mit bekannten Überschriften. Stehen dort Messen, schreiben Sie die Überschriften "
        "eines anderen Blatts darüber.",
        "messen.xlsx: Warnung: Das Blatt „Leute“ wird nicht gelesen: Ihm "
        "fehlt, was jede Messe hat (Beginn). Stehen dort Messen, überschreiben Sie die "
        "Spalten wie auf einem Blatt, das gelesen wird.",
    ]
    known = Known(("pflege", "verkauf"), KNOWN.formats, KNOWN.locales, KNOWN.declared)
    content = xlsx(
        [(*heads, "Profil"), ("Jobtag", "12.03.2027", "pflege")],
        Herbst=[heads, ("Börse", "13.03.2027")],
    )
    found = read_fairs(parse_tables(content, "messen.xlsx", known_headings), known, TODAY)
    assert places(found) == [("Tabelle1", 2, "Jobtag")]
    assert told(found)[0].startswith(
        "messen.xlsx, Blatt „Herbst“, Zeile 1: Fehler: Die Spalte „Profil“ fehlt."
    ), "what is off on one sheet keeps back its rows alone"


def lines(root: Path, name: str) -> list[dict[str, str]]:
    text = (root / "out" / "fairs" / name).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def flyers(root: Path) -> set[str]:
    return {each.parent.name for each in (root / "out" / "fairs").glob("*/*-flyer-*.pdf")}


def write(root: Path, sheets: Iterable[tuple[str, str]]) -> None:
    heads = ("Kennung", "Messe", "Beginn", "Ort", "Sprachen", "Anzahl")
    rows: dict[str, Rows] = {
        sheet: [heads, (1, fair, "12.03.2099", "Hamm", "de", 3), (2, fair, "bald", "Hamm", "de", 4)]
        for sheet, fair in sheets
    }
    (root / "messen.xlsx").write_bytes(xlsx(NOTES, **rows))


def test_each_part_of_a_season_has_a_name_of_its_own() -> None:
    assert of_part("fairs/order.csv", "") == "fairs/order.csv"
    assert of_part("fairs/order.csv", "1. Halbjahr") == "fairs/order-1-halbjahr.csv"
    assert of_part("order.csv", "Mai, Juni") == "order-mai-juni.csv"
    months = [f"Messen im Monat {number}" for number in range(1, 13)]
    parts = ["Київ", "Львів", *(", ".join(months[:count]) for count in range(3, 13))]
    names = {of_part("order.csv", part) for part in parts}
    assert len(names) == len(parts)
    assert all(re.fullmatch(r"order-[a-z0-9-]{8,60}\.csv", name) for name in names)


def test_what_goes_with_the_flyers_is_the_seasons_and_clean_takes_no_sheet_for_left_over(
    tmp_path: Path,
) -> None:
    root = tmp_path / "workspace"
    ready_cards(root)
    (root / "content" / "fairs.csv").unlink(missing_ok=True)
    workspace, batch = (
        Workspace(root),
        ("batch", "messen.xlsx", "--target", "screen"),
    )
    write(root, [("Mai", "Jobtag"), ("Juni", "Börse"), ("Juli", "Markt")])
    done = workspace.run(*batch, "--combined", "--one-file")
    assert "sheets read: Mai, Juni, Juli\nsheets not read: Tabelle1\n" in done.stdout
    assert flyers(root) == {"mai-1", "juni-1", "juli-1"}
    ordered = lines(root, "order.csv")
    assert [line["Fair"] for line in ordered] == ["Jobtag", "Börse", "Markt"]
    assert len({line["File"] for line in ordered}) == len(ordered)
    assert [line["Kennung"] for line in lines(root, "rejected.csv")] == [
        "mai-2",
        "juni-2",
        "juli-2",
    ]
    there = {each.name for each in (root / "out" / "fairs").rglob("*combined.pdf")}
    assert there == {f"{each}-1-combined.pdf" for each in ("mai", "juni", "juli")} | {
        "combined.pdf"
    }

    nothing = "There is nothing to remove. out/\n"
    done = workspace.run(*batch, "--sheet", "juni")
    assert "sheets read: Juni\nsheets not read: Mai, Juli, Tabelle1\n" in done.stdout
    assert flyers(root) == {"mai-1", "juni-1", "juli-1", "messe-1"}
    assert [line["Fair"] for line in lines(root, "order-juni.csv")] == ["Börse"]
    checked = workspace.run("check")
    assert "messe-1" in checked.stdout
    assert "fair-unknown" not in checked.stdout + checked.stderr, (
        "each flyer is known by the sheets that it was made of"
    )
    left = workspace.run("clean").stdout
    assert "mai-1" not in left, "the other sheets' are wanted"
    assert "juni-1" in left, "the sheet alone has its own numbers"
    workspace.run(*batch, "--sheet", "Mai", "--sheet", "Juli")
    assert [line["Fair"] for line in lines(root, "order-mai-juli.csv")] == ["Jobtag", "Markt"]
    workspace.run(*batch)
    assert "messe-1" in workspace.run("clean", "--yes").stdout
    assert flyers(root) == {"mai-1", "juni-1", "juli-1"}
    assert workspace.run("clean").stdout == nothing

    write(root, [("Juli", "Markt"), ("Mai", "Jobtag")])
    workspace.run(*batch)
    assert "juni-1" in workspace.run("clean", "--yes").stdout, (
        "a sheet that is gone asks for nothing"
    )
    assert flyers(root) == {"mai-1", "juli-1"}
