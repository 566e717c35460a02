"""One table in, every stand's flyers out: `careerprint batch`."""

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.planning.season import by_id, read_season
from careerprint.rules.checking import examine_pdf
from careerprint.typesetting.typeset import Typesetter

from .cards import stand_cards
from .conftest import SLUG, Workspace
from .workspaces import make_ready_workspace

HEADINGS = (
    *("Kennung", "Messe", "Ort", "Veranstaltungsort", "Beginn", "Ende", "Halle", "Stand"),
    *(
        "Layout",
        "Format",
        "Sprachen",
        "Auflage",
        "Ansprechpartner",
        "Telefon",
        "E-Mail",
        "Internet",
    ),
)
FORMATS = ("a4", "a5", "din-lang")
LOCALES = {"a4": ("de", "ar"), "a5": ("tr",), "din-lang": ("uk",)}
NAMES = {"de": "German", "tr": "Turkish", "ar": "Arabic", "uk": "Ukrainian"}
# A year ahead, so that no fair is past, and always in the same weeks.
FIRST_DAY = date(date.today().year + 1, 5, 3)
FULL = range(1, 7)  # numbers of fairs that say everything: two in each format
FAIR_IN_ARABIC = "beispielstadt-maerz"  # of the example
NO_CONTACT, ODD = 9, 12  # of those that are tests of their own, on A4 in German
NONE = dict.fromkeys(("Ansprechpartner", "Telefon", "E-Mail", "Internet", "Halle"), "")
ODD_CELLS = {"Messe": "*Messe* {pay.entry} {{ 7*7 }} <b>&amp;</b>", "Veranstaltungsort": "=1+1"}


def row(number: int, **cells: str) -> dict[str, str]:
    """Return a row that differs from each other in everything that a flyer shows."""
    start = FIRST_DAY + timedelta(days=7 * number)
    name = FORMATS[number % len(FORMATS)]
    return {
        "Kennung": f"messe-{number}",
        "Messe": f"Jobmesse Nummer {number}",
        "Ort": f"Musterstadt {number}",
        "Veranstaltungsort": f"Saal {number}",
        "Beginn": f"{start:%d.%m.%Y}",
        "Ende": f"{start + timedelta(days=1):%d.%m.%Y}",
        "Halle": f"H{number}",
        "Stand": f"S{number}",
        "Layout": "",
        "Format": name,
        "Sprachen": ", ".join(LOCALES[name]),
        "Auflage": str(10 + number),
        "Ansprechpartner": f"Standteam {number}",
        "Telefon": f"0800 45555{number:02}",
        "E-Mail": f"stand{number}@rat.internal",
        "Internet": f"https://www.rat.internal/messe/{number}",
        **cells,
    }


def small(number: int, **cells: str) -> dict[str, str]:
    """Return such a row for a fair whose flyers are cards."""
    return row(number, **{"Layout": "card", "Format": "a6", "Sprachen": "de", **cells})


def table(file: Path, rows: Sequence[dict[str, str]]) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        headings = dict.fromkeys([*HEADINGS, *(name for cells in rows for name in cells)])
        writer = csv.DictWriter(opened, list(headings), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return file


def locales_of(number: int) -> tuple[str, ...]:
    return LOCALES[FORMATS[number % len(FORMATS)]]


def flyer(workspace: Workspace, number: int, locale: str) -> Path:
    name = FORMATS[number % len(FORMATS)]
    product = "flyer" if name == "a4" else f"flyer-{name}"
    return workspace.root / f"out/fairs/messe-{number}/{SLUG}-{product}-{locale}.pdf"


def card(workspace: Workspace, number: int, locale: str = "de") -> Path:
    return workspace.root / f"out/fairs/messe-{number}/{SLUG}-card-{locale}.pdf"


def text_of(pdf: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def codes_of(pdf: Path) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    assert len(document) == 1
    picture = document[0].render(scale=200 / 72).to_pil()
    document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    """A workspace in which flyers are cards, and nothing is printed yet."""
    return stand_cards(tmp_path / "workspace", ("de", "tr"))


PRINTED = sum(len(locales_of(number)) for number in FULL) + 2


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which flyers of every format are printed for a season, in four locales."""
    root = tmp_path_factory.mktemp("season") / "workspace"
    make_ready_workspace(root)
    made = Workspace(root)
    rows = [
        *(row(number) for number in FULL),
        row(NO_CONTACT, Sprachen="de", **NONE),
        row(ODD, Sprachen="de", **ODD_CELLS),
    ]
    table(root / "messen.csv", rows)
    done = made.run("batch", "messen.csv", "--combined")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"\n{PRINTED} printed, 0 unchanged, 0 failed. out/\n" in done.stdout
    return made


@pytest.mark.slow
@pytest.mark.parametrize("number", FULL)
def test_each_flyer_shows_its_own_fair_and_no_other(season: Workspace, number: int) -> None:
    cells = row(number)
    start = FIRST_DAY + timedelta(days=7 * number)
    for locale in locales_of(number):
        pdf = flyer(season, number, locale)
        assert codes_of(pdf) == [cells["Internet"]]
        text = text_of(pdf)
        for column in ("Messe", "Ort", "Veranstaltungsort", "Ansprechpartner", "E-Mail"):
            assert cells[column] in text
        assert cells["Telefon"].replace(" ", "") in re.sub(r"\s", "", text)
        assert str(start.year) in text
        assert re.findall(r"Nummer (\d+)", text) == [str(number)]
        assert set(re.findall(r"\b[HS](\d+)\b", text)) == {str(number)}
        assert set(re.findall(r"messe/\s*(\d+)", text)) == {str(number)}


def test_dates_are_written_as_in_the_language(tmp_path: Path) -> None:
    workspace = stand_cards(tmp_path / "workspace", ("de", "en", "tr"))
    year = FIRST_DAY.year
    days = {"Beginn": f"12.03.{year}", "Ende": f"{year}-03-13", "Sprachen": "de, en, tr"}
    table(workspace.root / "messen.csv", [small(1, **days)])
    assert workspace.run("batch", "messen.csv").returncode == 0
    for locale, written in (("de", "12.–13. März"), ("en", "12–13 March"), ("tr", "12–13 Mart")):
        assert f"{written} {year}" in text_of(card(workspace, 1, locale))


@pytest.mark.slow
def test_days_in_two_months_have_room_in_the_narrowest_format(
    tmp_path: Path, typesetter: Typesetter
) -> None:
    """In languages with long names of months, one in each script."""
    make_ready_workspace(tmp_path / "workspace")
    reader, year = Reader(tmp_path / "workspace"), FIRST_DAY.year
    rows = [
        row(number, Beginn=first, Ende=last, Format="din-lang", Sprachen=locales)
        for number, first, last, locales in (
            (1, f"{year}-11-30", f"{year}-12-01", "uk, es"),
            (2, f"{year}-12-31", f"{year + 1}-01-01", "ar"),
        )
    ]
    file = table(reader.root / "messen.csv", rows)
    fairs = by_id(read_season(file, reader, date.today()).fairs)
    for fair, locale in (("messe-1", "uk"), ("messe-1", "es"), ("messe-2", "ar")):
        edition = Edition(SLUG, "flyer", locale, "din-lang", fair)
        job = compose(edition, reader, fairs[fair])
        typeset = typesetter.typeset(job)
        examination = examine_pdf(typeset.pdf, job.name, job, typeset.left_out)
        assert (*typeset.diagnostics, *examination.findings) == ()


@pytest.mark.slow
def test_a_flyer_for_a_fair_is_accessible(season: Workspace) -> None:
    for number in (1, 2, 3):
        for locale in locales_of(number):
            pdf = flyer(season, number, locale)
            report = page_validation.validate_pdf(str(pdf), profile="ua1")
            assert report.is_compliant, report.failures


@pytest.mark.slow
def test_the_combined_files_have_the_copies_of_the_order(season: Workspace) -> None:
    with (season.root / "out/fairs/order.csv").open(encoding="utf-8-sig", newline="") as file:
        ordered = list(csv.reader(file, delimiter=";"))
    copies = [line for line in ordered if any(cell.endswith(".pdf") for cell in line)]
    assert len(copies) == PRINTED
    for number in FULL:
        file_name = season.root / f"out/fairs/messe-{number}/messe-{number}-combined.pdf"
        with pikepdf.open(file_name) as pdf, pdf.open_outline() as outline:
            locales = locales_of(number)
            assert len(pdf.pages) == len(locales) * (10 + number)
            titles = [f"{NAMES[locale]}, {10 + number}" for locale in locales]
            assert [entry.title for entry in outline.root] == titles
        of_fair = [line for line in copies if any(f"/messe-{number}/" in cell for cell in line)]
        assert len(of_fair) == len(locales)
        assert all(str(10 + number) in line for line in of_fair)
    sheet = season.root / "out/fairs/order.pdf"
    assert "Jobmesse Nummer 6" in text_of(sheet)
    copies_of_all = sum(len(locales_of(number)) * (10 + number) for number in FULL)
    assert f"{copies_of_all + (10 + NO_CONTACT) + (10 + ODD)}" in text_of(sheet)


@pytest.mark.slow
def test_what_is_said_of_a_person_stands_in_its_flyers_alone(season: Workspace) -> None:
    private = [b"Standteam", b"45555", b"stand5@"]
    for file in (season.root / "out").rglob("*"):
        if file.is_file() and file.suffix != ".pdf":
            content = file.read_bytes()
            assert not any(word in content for word in private), file
            assert not any(word.decode() in file.name for word in private)
    assert "Standteam" not in text_of(season.root / "out/fairs/order.pdf")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with cards for three fairs in two languages, printed; not to be changed."""
    made = stand_cards(tmp_path_factory.mktemp("few") / "workspace", ("de", "tr"))
    table(made.root / "messen.csv", [small(n, Sprachen="de, tr") for n in (1, 2, 3)])
    done = made.run("batch", "messen.csv", "--combined")
    assert (done.returncode, done.stderr) == (0, "")
    (made.root / "messen.csv").rename(made.root / "kopie.csv")  # only copies shall have the table
    return made


@pytest.fixture
def few(first: Workspace, tmp_path: Path) -> Workspace:
    """The same, to be changed."""
    shutil.copytree(first.root, tmp_path / "workspace")
    (tmp_path / "workspace/kopie.csv").rename(tmp_path / "workspace/messen.csv")
    return Workspace(tmp_path / "workspace")


def states(workspace: Workspace, *arguments: str) -> dict[str, str]:
    """Run `batch` and return the state of each edition by its path."""
    done = workspace.run("batch", "messen.csv", "--json", *arguments)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return {e["output"]: e["state"] for e in events if e["event"] == "edition"}


def test_editing_a_row_prints_its_flyers_and_no_others(few: Workspace) -> None:
    rows = [small(n, Sprachen="de, tr") for n in (1, 2, 3)]
    assert set(states(few).values()) == {"fresh"}
    rows[1]["Stand"] = "S 99"
    table(few.root / "messen.csv", rows)
    assert {k: v for k, v in states(few, "--dry-run").items() if v != "fresh"} == {
        f"fairs/messe-2/{SLUG}-card-{locale}.pdf": "stale" for locale in ("de", "tr")
    }
    explained = few.run("batch", "messen.csv", "--dry-run", "--explain", "--row", "messe-2")
    assert "(fairs#messe-2 changed" in explained.stdout
    printed = {k for k, v in states(few).items() if v == "printed"}
    assert printed == {f"fairs/messe-2/{SLUG}-card-{loc}.pdf" for loc in ("de", "tr")}
    assert "S 99" in text_of(card(few, 2))


def test_what_a_flyer_does_not_show_prints_nothing(few: Workspace) -> None:
    rows = [small(n, Sprachen="de, tr") for n in (3, 1, 2)]
    for cells in rows:
        cells["Auflage"] = "77"
    table(few.root / "messen.csv", rows)
    done = few.run("batch", "messen.csv", "--combined", "--one-file")
    assert "0 printed, 6 unchanged, 0 failed." in done.stdout
    with pikepdf.open(few.root / "out/fairs/messe-1/messe-1-combined.pdf") as pdf:
        assert len(pdf.pages) == 154
    with pikepdf.open(few.root / "out/fairs/combined.pdf") as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == 3 * 154
        titles = [item.title for item in outline.root]
    assert [title.partition(", ")[0] for title in titles[::2]] == [
        f"Jobmesse Nummer {n}" for n in (3, 1, 2)
    ]


def test_fairs_are_chosen_by_id_day_and_locale(few: Workspace) -> None:
    day = FIRST_DAY + timedelta(days=14)
    assert len(states(few, "--row", "messe-1")) == 2
    assert len(states(few, "--row", "messe-1", "--row", "messe-3", "--locale", "tr")) == 2
    assert {o.split("/")[1] for o in states(few, "--from", f"{day:%d.%m.%Y}")} == {
        "messe-2",
        "messe-3",
    }
    assert {o.split("/")[1] for o in states(few, "--to", f"{day:%Y-%m-%d}")} == {
        "messe-1",
        "messe-2",
    }
    done = few.run("batch", "messen.csv", "--row", "messe-9")
    assert done.returncode == 2
    assert done.stderr == (
        "messen.csv: error: There is no row “messe-9” that can be printed. "
        "Available: messe-1, messe-2, messe-3.\n"
    )
    done = few.run("batch", "messen.csv", "--from", "12/03/2027")
    assert done.returncode == 2
    assert "--from: error: “12/03/2027” is not a date that can be read in one way only." in (
        done.stderr
    )


def test_good_rows_print_and_bad_ones_come_back_to_be_corrected(cards: Workspace) -> None:
    good, bad = small(1), small(2, Ende="01.01.2027")
    table(cards.root / "messen.csv", [good, bad])
    done = cards.run("batch", "messen.csv")
    assert done.returncode == 1
    assert "messen.csv:3:Ende: error: The fair ends on 01.01.2027, before it begins" in done.stderr
    assert "1 printed, 0 unchanged, 0 failed." in done.stdout
    assert "Rows to correct and give in again: 1. out/fairs/rejected.csv\n" in done.stdout
    rejected = cards.root / "out/fairs/rejected.csv"
    text = rejected.read_text("utf-8-sig")
    assert len(text.splitlines()) == 2
    rejected.write_text(text.replace("01.01.2027", bad["Beginn"]), "utf-8-sig")
    again = cards.run("batch", "out/fairs/rejected.csv")
    assert (again.returncode, again.stderr) == (0, "")
    assert card(cards, 2).is_file()
    assert card(cards, 1).is_file()


def test_rows_that_somebody_is_correcting_are_not_lost(cards: Workspace) -> None:
    table(cards.root / "messen.csv", [small(1, Stand="x" * 3000)])
    assert cards.run("batch", "messen.csv").returncode == 1
    mine = cards.root / "out/fairs/rejected.csv"
    mine.write_text(mine.read_text("utf-8-sig").replace("x" * 3000, "S 1 "), "utf-8-sig")
    kept = mine.read_bytes()
    done = cards.run("batch", "messen.csv")
    assert "out/fairs/rejected-2.csv" in done.stdout
    assert mine.read_bytes() == kept


def test_past_fairs_are_told_and_with_strict_not_printed(cards: Workspace) -> None:
    past = small(1, Beginn="12.03.2020", Ende="13.03.2020")
    table(cards.root / "messen.csv", [past, small(2)])
    done = cards.run("batch", "messen.csv")
    assert done.returncode == 0
    told = "messen.csv:2:Beginn: warning: The fair ended on 13.03.2020, which is past."
    assert done.stderr.count(told) == 1
    strict = cards.run("batch", "messen.csv", "--strict")
    assert strict.returncode == 1
    assert "0 printed, 1 unchanged, 0 failed." in strict.stdout
    assert "Rows to correct and give in again: 1." in strict.stdout


def test_rows_that_go_are_offered_to_clean(few: Workspace) -> None:
    table(few.root / "messen.csv", [small(n, Sprachen="de, tr") for n in (1, 3)])
    done = few.run("batch", "messen.csv", "--combined")
    assert done.stdout.endswith(
        "PDFs of fairs that are no longer in the table: 3. careerprint clean\n"
    )
    listed = few.run("clean").stdout
    assert listed.count("to remove: fairs/messe-2/") == 3
    assert "messe-1" not in listed
    few.run("clean", "--yes")
    assert not (few.root / "out/fairs/messe-2").exists()
    assert (few.root / "out/fairs/messe-1/messe-1-combined.pdf").is_file()
    assert few.run("clean").stdout == "There is nothing to remove. out/\n"


def test_a_row_that_is_wrong_for_a_while_keeps_its_flyers(few: Workspace) -> None:
    rows = [small(n, Sprachen="de, tr") for n in (1, 2, 3)]
    rows[1]["Beginn"] = "bald"
    table(few.root / "messen.csv", rows)
    done = few.run("batch", "messen.csv")
    assert done.returncode == 1
    assert "careerprint clean" not in done.stdout
    assert few.run("clean").stdout == "There is nothing to remove. out/\n"
    assert card(few, 2).is_file()


def test_all_that_was_printed_for_a_fair_can_be_removed(few: Workspace) -> None:
    listed = few.run("clean", "--fair", "messe-3").stdout
    assert listed.count("to remove: fairs/messe-3/") == 3
    few.run("clean", "--fair", "messe-3", "--yes")
    assert not (few.root / "out/fairs/messe-3").exists()
    record = (few.root / "out/.careerprint/record.sqlite").read_bytes()
    assert card(few, 1).is_file()
    assert b"Standteam" not in record


@pytest.mark.slow
def test_without_a_fair_a_flyer_says_nothing_of_one(printed: Workspace) -> None:
    text = text_of(printed.pdf("flyer", "de"))
    assert "Stand:" in text  # of the figures
    assert "Halle" not in text
    assert codes_of(printed.pdf("flyer", "de")) == ["https://www.rat.internal/"]


@pytest.mark.slow
def test_an_empty_contact_leaves_the_issuers(season: Workspace) -> None:
    text = text_of(flyer(season, NO_CONTACT, "de"))
    assert "beratung@rat.internal" in text
    assert "Halle" not in text
    assert codes_of(flyer(season, NO_CONTACT, "de")) == ["https://www.rat.internal/"]


@pytest.mark.slow
def test_a_cell_is_text_and_nothing_else(season: Workspace) -> None:
    text = re.sub(r"\s", "", text_of(flyer(season, ODD, "de")))
    assert re.sub(r"\s", "", ODD_CELLS["Messe"]) in text
    assert "=1+1" in text


def test_what_does_not_fit_is_told_without_what_is_said_of_a_person(cards: Workspace) -> None:
    long = "Vorname " * 9 + "Nachname"
    table(
        cards.root / "messen.csv",
        [small(2, Ansprechpartner=long, Veranstaltungsort="Saal " * 23)],
    )
    done = cards.run("batch", "messen.csv")
    assert "Vorname" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leer.csv", b"", "leer.csv: error: The table is empty."),
        ("falsch.xlsx", b"no workbook", "falsch.xlsx: error:"),
        ("fehlt.csv", None, "fehlt.csv: error: The file “fehlt.csv” is not there."),
    ],
)
def test_a_table_that_is_none_is_told(
    cards: Workspace, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (cards.root / name).write_bytes(content)
    done = cards.run("batch", name)
    assert done.returncode == 2
    assert done.stderr.startswith(said), done.stderr
    assert not list((cards.root / "out").rglob("*.pdf"))


@pytest.mark.slow
def test_the_example_season_prints(tmp_path: Path) -> None:
    make_ready_workspace(tmp_path / "workspace")
    workspace = Workspace(tmp_path / "workspace")
    composed = workspace.run("batch", "content/fairs.csv", "--dry-run")
    assert (composed.returncode, composed.stderr) == (0, "")
    done = workspace.run("batch", "content/fairs.csv", "--locale", "ar", "--row", FAIR_IN_ARABIC)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_order_is_for_press_files_and_the_combined_file_of_what_the_office_prints(
    cards: Workspace,
) -> None:
    cards.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    cards.edit("careerprint.toml", "# marks = true", "marks = true")
    table(cards.root / "messen.csv", [small(1)])
    done = cards.run(
        *("batch", "messen.csv", "--combined", "--target", "press", "--target", "screen")
    )
    assert (done.returncode, done.stderr) == (0, "")
    folder = cards.root / "out/fairs"
    with (folder / "order.csv").open(encoding="utf-8-sig", newline="") as order:
        (line,) = csv.DictReader(order, delimiter=";")
    assert [cell for cell in line.values() if cell.endswith(".pdf")] == [
        f"fairs/messe-1/{SLUG}-card-de-press.pdf"
    ]
    with (
        pikepdf.open(folder / "messe-1/messe-1-combined.pdf") as combined,
        pikepdf.open(folder / f"messe-1/{SLUG}-card-de.pdf") as screen,
        pikepdf.open(folder / f"messe-1/{SLUG}-card-de-press.pdf") as press,
    ):
        assert list(combined.pages[0].mediabox) == list(screen.pages[0].mediabox)
        assert list(combined.pages[0].mediabox) != list(press.pages[0].mediabox)
    assert "There is nothing to remove." in cards.run("clean").stdout


def test_flyers_without_a_number_of_copies_are_printed_and_not_ordered(cards: Workspace) -> None:
    table(cards.root / "messen.csv", [small(1), small(2, Auflage="folgt")])
    done = cards.run("batch", "messen.csv", "--combined", "--one-file")
    assert (
        "No number of copies: the flyers of this row are printed, but not ordered." in done.stderr
    )
    assert "no number of copies stands in the table: messe-2\n" in done.stdout
    folder = cards.root / "out/fairs"
    assert (folder / f"messe-2/{SLUG}-card-de.pdf").is_file()
    with (folder / "order.csv").open(encoding="utf-8-sig", newline="") as order:
        (line,) = csv.DictReader(order, delimiter=";")
    assert [line["Short name"], line["Copies"]] == ["messe-1", "11"]
    assert not (folder / "messe-2/messe-2-combined.pdf").exists()
    with pikepdf.open(folder / "combined.pdf") as combined:
        assert len(combined.pages) == 11


def test_rows_corrected_in_a_table_of_their_own_are_still_asked_for(cards: Workspace) -> None:
    """What was printed from the corrected rows is no leftover when the first table is read again."""
    bad = small(2, Ende="01.01.2027")
    table(cards.root / "messen.csv", [small(1), bad])
    cards.run("batch", "messen.csv")
    mended = cards.root / "mended.csv"
    text = (cards.root / "out/fairs/rejected.csv").read_text("utf-8-sig")
    mended.write_text(text.replace("01.01.2027", bad["Beginn"]), "utf-8-sig")
    assert cards.run("batch", "mended.csv").returncode == 0
    cards.run("batch", "messen.csv")
    mended.unlink()
    assert "There is nothing to remove." in cards.run("clean").stdout


def test_a_table_of_rejected_rows_is_not_deleted_while_it_is_read(cards: Workspace) -> None:
    table(cards.root / "messen.csv", [small(1, Ende="01.01.2027")])
    cards.run("batch", "messen.csv")
    rejected = cards.root / "out/fairs/rejected.csv"
    before = rejected.read_bytes()
    cards.run("batch", "out/fairs/rejected.csv")
    assert rejected.read_bytes() == before
