"""What was corrected in a table of fairs goes along when a newer copy of its file is opened."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from careerprint.core.diagnostics import Refused
from careerprint.desk import fairgrid, fairtables
from careerprint.desk.desk import Desk
from careerprint.desk.fairedits import Edit
from careerprint.desk.shown import Shower, Shown
from careerprint.intake.starter import make_workspace

from .tablefiles import ods, xlsx

HEADINGS = ("Messe", "Tag", "Ort", "Telefon", "Stückzahl")
ROWS = (
    ("Ostseemesse", "17.04.2027", "Rostock", "", "100"),
    ("Jobtag", "12.06.2027", "Wismar", "038 x", "50"),
    ("Berufebörse", "03.05.2027", "Schwerin", "", "80"),
)
PROFILE, PHONE = len(HEADINGS), 3


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk that is asked without a page; nothing is printed."""
    make_workspace(tmp_path / "workspace")
    root = tmp_path / "workspace"
    made = Desk(root, root / "out", Shower("de", str, root))
    made.refresh()
    return made


def workbook(*rows: tuple[str, ...]) -> bytes:
    return xlsx([HEADINGS, *rows])


def corrected(desk: Desk, *cells: tuple[int, int, str]) -> Shown:
    """Write cells at the desk: row, column, text; row 0 has the headings."""
    edits = [Edit(row=row, column=column, text=text) for row, column, text in cells]
    return fairgrid.save(desk, str(fairgrid.grid(desk)["digest"]), edits)


def cells_of(shown: Shown) -> dict[str, list[str]]:
    return {row["cells"][0]: row["cells"][1:] for row in shown["rows"]}


def begun(desk: Desk) -> None:
    """Open a table, put a profile into all its rows, and mend a telephone number."""
    fairtables.bring(desk, workbook(*ROWS), "messen.xlsx")
    profile = ((row, PROFILE, "Pflege") for row in (2, 3, 4))
    corrected(desk, (0, PROFILE, "Profil"), *profile, (3, PHONE, "038 12345"))


def test_what_was_corrected_here_and_not_in_excel_goes_along(desk: Desk) -> None:
    begun(desk)
    _, second, third = ROWS
    newer = workbook(
        ("Neue Messe", "01.03.2027", "Kiel", "", "10"),  # all others stand a row lower
        ("Ostseemesse", "18.04.2027", "Rostock", "", "100"),  # another day
        (*second[:4], "70"),
        third,
    )
    shown = fairtables.bring(desk, newer, "messen-neu.xlsx")
    assert [*shown["headings"]] == [*HEADINGS, "Profil"]
    assert cells_of(shown) == {
        "Neue Messe": ["01.03.2027", "Kiel", "", "10", "Pflege"],  # as in all other rows
        "Ostseemesse": ["18.04.2027", "Rostock", "", "100", "Pflege"],
        "Jobtag": ["12.06.2027", "Wismar", "038 12345", "70", "Pflege"],
        "Berufebörse": ["03.05.2027", "Schwerin", "", "80", "Pflege"],
    }
    assert shown["carried"] == {"count": 5, "clashes": [], "lost": 0}
    (sheet, *_) = load_workbook(desk.root / "content/fairs.xlsx").worksheets
    assert [cell.value for cell in sheet[1]] == [*HEADINGS, "Profil"]
    # Nor is it lost when a still newer copy comes.
    again = fairtables.bring(desk, newer, "messen-neu.xlsx")
    assert cells_of(again) == cells_of(shown)
    assert cells_of(fairtables.as_brought(desk))["Jobtag"] == [
        "12.06.2027",
        "Wismar",
        "038 x",
        "70",
    ]


def test_what_both_have_changed_is_excels_and_named(desk: Desk) -> None:
    begun(desk)
    first, second, third = ROWS
    newer = workbook(first, (*second[:PHONE], "038 99", second[4]), third)
    shown = fairtables.bring(desk, newer, "messen.xlsx")
    assert cells_of(shown)["Jobtag"][PHONE - 1] == "038 99"
    assert shown["carried"]["clashes"] == [
        {
            "sheet": "",
            "row": 3,
            "column": PHONE,
            "text": "038 12345",
            "heading": "Telefon",
            "new": "038 99",
        }
    ]


def test_rows_that_were_added_or_cleared_here_are_so_in_the_newer_copy(desk: Desk) -> None:
    fairtables.bring(desk, workbook(*ROWS), "messen.xlsx")
    new = ("Hier getippt", "09.09.2027", "Plau", "", "5")
    added = [(5, column, text) for column, text in enumerate(new)]
    corrected(desk, *added, *((4, column, "") for column in range(len(HEADINGS))))
    further = ("In Excel getippt", "10.09.2027", "Waren", "", "6")
    shown = fairtables.bring(desk, workbook(*ROWS, further), "messen.xlsx")
    assert [*cells_of(shown)] == ["Ostseemesse", "Jobtag", further[0], new[0]]
    assert cells_of(shown)[new[0]] == [*new[1:]]


def test_nothing_goes_along_into_another_table_or_one_that_cannot_be_changed(desk: Desk) -> None:
    begun(desk)
    other = b"Messe;Tag;Ort\nGanz anders;01.01.2028;Kiel\n"
    shown = fairtables.bring(desk, other, "andere.csv")
    assert shown["carried"] == {"count": 0, "clashes": [], "lost": 0}
    assert cells_of(shown) == {"Ganz anders": ["01.01.2028", "Kiel"]}
    (kept, *_) = fairtables.former(desk)
    fairtables.bring_back(desk, str(kept["name"]))
    unwritable = ods([HEADINGS, *ROWS])
    lost = fairtables.bring(desk, unwritable, "messen.ods")
    assert lost["carried"] == {"count": 0, "clashes": [], "lost": 4}


def test_a_replaced_table_is_kept_at_once_and_comes_back_with_what_it_was_made_of(
    desk: Desk,
) -> None:
    begun(desk)
    before = cells_of(fairgrid.grid(desk))
    fairtables.bring(desk, b"Messe;Tag\nGanz anders;01.01.2028\n", "andere.csv")
    fairtables.begin(desk)
    assert len(fairtables.former(desk)) == len(("the example", "as corrected", "another"))
    back = fairtables.bring_back(desk, str(fairtables.former(desk)[1]["name"]))
    assert cells_of(back) == before
    shown = fairtables.bring(desk, workbook(*ROWS), "messen.xlsx")  # corrected as it was before
    assert cells_of(shown) == before
    with pytest.raises(Refused):
        fairtables.bring_back(desk, "../fairs")


def test_a_calendar_is_opened_as_the_table_that_it_is(desk: Desk) -> None:
    event = "BEGIN:VEVENT\r\nSUMMARY:Jobtag\r\nDTSTART;VALUE=DATE:20270417\r\nEND:VEVENT\r\n"
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n"
    shown = fairtables.bring(desk, calendar.encode(), "kalender.ics")
    assert (shown["table"], shown["writable"], len(shown["rows"])) == (
        "content/fairs.ics",
        False,
        1,
    )
