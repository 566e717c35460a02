"""`careerprint check`: which PDFs it knows, what it says of them, and how it ends."""

import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from PIL import Image

from careerprint.building.inspection import Checked, Given, Inspector
from careerprint.building.record import open_record
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS
from careerprint.finished.findings import Finding, Spot
from careerprint.output.report import MOST_SHOWN, report_pdf
from careerprint.rules.checking import examine_pdf

from .cards import CSS, card_workspace, renew, stand_cards
from .conftest import PROFILE, SLUG, Workspace, run

NAME = f"out/{Edition(SLUG, 'card', 'de').output}"
TODAY = date(2027, 1, 1)
LOW_PAY = (
    r"“Zum Einstieg”: 2300 € a month are below the minimum wage of \d+ € \(40 hours a week\)\."
)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Cards, printed in two languages; not to be changed."""
    workspace = card_workspace(tmp_path_factory.mktemp("check") / "workspace", ["de", "en"])
    workspace.edit("careerprint.toml", "weekly_hours = 35", "weekly_hours = 40")
    workspace.build()
    return workspace


@pytest.fixture
def card(cards: Workspace, tmp_path: Path) -> Workspace:
    """The same, to be changed."""
    shutil.copytree(cards.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


@contextmanager
def inspector(workspace: Workspace, today: date = TODAY) -> Iterator[Inspector]:
    out = workspace.root / "out"
    with open_record(out, to_write=False) as record:
        yield Inspector(Reader(workspace.root), out, record, today)


def checked(workspace: Workspace, path: Path, today: date = TODAY) -> Checked:
    with inspector(workspace, today) as made:
        return made.check(Given(path, path.name, path.read_bytes()))


def rules(found: Checked) -> set[tuple[str, str]]:
    """Return what was found, but for the pay of the example, which is too low."""
    pairs = {(f.rule, f.diagnostic.severity.value) for f in found.findings}
    return pairs - {("minimum-wage", "warning")}


def resaved(file: Path) -> None:
    written = io.BytesIO()
    with pikepdf.open(file) as pdf:
        pdf.save(written)
    file.write_bytes(written.getvalue())


def test_all_that_was_printed_is_checked(cards: Workspace) -> None:
    done = cards.run("check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n") == [
        f"ok: {NAME}",
        f"ok: {NAME.replace('-de', '-en')}",
        "2 checked. Errors: 0, warnings: 1.",
        "",
    ]
    line = cards.line(PROFILE, "Zum Einstieg")
    assert re.fullmatch(
        rf"{PROFILE}:{line}: warning: {LOW_PAY} \[minimum-wage\] Correct the amount. The profile "
        r"states no hours a week.*\n",
        done.stderr,
    )


def test_in_german(cards: Workspace) -> None:
    done = cards.run("--lang", "de", "check", NAME)
    assert done.stdout == f"in Ordnung: {NAME}\n1 geprüft. Fehler: 0, Warnungen: 1.\n"
    assert "[minimum-wage] Berichtigen Sie den Betrag" in done.stderr


def test_as_json(card: Workspace) -> None:
    resaved(card.pdf("card", "de"))
    done = card.run("check", NAME, "--json")
    told = json.loads(done.stdout)
    assert (told["errors"], told["warnings"], done.returncode) == (0, 2, 0)
    (file,) = told["files"]
    assert (file["file"], file["ok"], file["edition"]["layout"]) == (NAME, True, "card")
    altered, pay = file["findings"]
    assert altered == {
        "rule": "altered",
        "severity": "warning",
        "page": None,
        "place": None,
        "source": None,
        "message": "The file was altered since it was printed.",
        "remedy": "Print it again, unless you know who altered it, and why.",
    }
    assert pay["source"] == f"{PROFILE}:{card.line(PROFILE, 'Zum Einstieg')}"


def test_a_spoiled_file_is_told_with_page_and_place(card: Workspace) -> None:
    file = card.pdf("card", "de")
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.keys()))
        more = f"BT {font} 4 Tf 1 0 0 -1 100 300 Tm <0006> Tj ET"
        added = pdf.make_stream(f"/Artifact BMC {more} EMC".encode())
        pdf.pages[0].contents_add(added)
        pdf.save(file)
    done = card.run("check", NAME)
    assert done.returncode == 1
    assert f"failed: {NAME}\n" in done.stdout
    assert "1 checked. Errors: 1, warnings: 2." in done.stdout
    assert (
        f"{NAME}, page 1, 35 mm from the left, 105 mm from the top: error: “e” is set in 4.0 pt, "
        "which few can read. [type-size] Set it in at least 6 pt."
    ) in done.stderr
    (finding,) = json.loads(card.run("check", NAME, "--json").stdout)["files"][0]["findings"][1:2]
    assert (finding["page"], finding["rule"]) == (1, "type-size")
    assert finding["place"]["left"] == pytest.approx(35.4, abs=0.3)


# Which PDF is which.


def test_a_copy_elsewhere_is_known_by_its_bytes(cards: Workspace, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    shutil.copy(cards.pdf("card", "en"), copy)
    found = checked(cards, copy)
    assert found.edition == Edition(SLUG, "card", "en")
    assert rules(found) == set()


def test_a_file_that_was_altered_is_compared_all_the_same(card: Workspace) -> None:
    file = card.pdf("card", "de")
    shutil.copy(card.pdf("card", "en"), file)
    found = rules(checked(card, file))
    assert ("altered", "warning") in found
    assert {("language", "error"), ("title", "error"), ("text-complete", "error")} <= found


def test_a_file_whose_sources_have_changed(card: Workspace) -> None:
    renew(card)
    found = checked(card, card.pdf("card", "de"))
    assert rules(found) == {("stale", "warning")}


def test_a_workspace_that_is_broken_now(card: Workspace) -> None:
    card.edit(PROFILE, "min: 2300", "min: 2.300")
    found = checked(card, card.pdf("card", "de"))
    assert rules(found) == {("workspace", "warning")}
    assert "cannot be composed now" in found.findings[0].diagnostic.sentence(str)


def test_a_pdf_from_elsewhere(cards: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    done = cards.run("check", str(file))
    assert done.returncode == 0
    assert done.stderr == (
        f"{file}: warning: careerprint has not printed this as an edition of this workspace. "
        "[foreign] Only what holds for every PDF was checked.\n"
    )


# What the world and the workspace say.


def test_a_fair_that_is_past_and_one_that_nobody_knows(tmp_path: Path) -> None:
    workspace = stand_cards(tmp_path / "workspace", ["de"])
    table = workspace.root / "content" / "fairs.csv"
    day = f"16.04.{date.today().year + 1}"
    table.write_text(f"Kennung;Messe;Beginn;Layout\njobtag;Jobtag;{day};card\n", "utf-8")
    done = workspace.run("batch", "content/fairs.csv")
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = workspace.root.glob("out/fairs/jobtag/*.pdf")
    assert rules(checked(workspace, file, date(2020, 1, 1))) == set()
    late = rules(checked(workspace, file, date(2100, 1, 1)))
    assert late == {("fair-past", "warning"), ("outdated", "warning")}
    table.unlink()
    assert rules(checked(workspace, file, date(2100, 1, 1))) == {("fair-unknown", "warning")}


# A press file with an error is not released.


def test_a_picture_that_is_too_coarse_for_the_press(tmp_path: Path) -> None:
    workspace = card_workspace(tmp_path / "workspace", ["de"])
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    photo = workspace.root / "layouts" / "card" / "photo.png"
    Image.new("RGB", (142, 142), "#7A1F3D").save(photo)  # 72 dots an inch
    style = workspace.root / CSS
    background = "body { background: url(photo.png) no-repeat 0 30mm / 50mm 50mm }\n"
    style.write_text(style.read_text("utf-8") + background, "utf-8")
    done = workspace.run("build", "--target", "press")
    output = Edition(SLUG, "card", "de", target=PRESS.name).output
    assert done.returncode == 1
    assert f"{output}, page 1, " in done.stderr
    assert (
        "error: The picture has 72 dots an inch at this size; 300 are wanted. [picture-resolution] "
        "Take one with more pixels (142 × 142 has it), or show it smaller."
    ) in done.stderr
    assert not (workspace.root / "out" / output).exists()
    Image.new("RGB", (450, 450), "#7A1F3D").save(photo)
    warned = workspace.run("build", "--target", "press")
    assert warned.returncode == 0
    assert "warning: The picture has 229 dots an inch at this size" in warned.stderr
    assert (
        "warning: The picture has 229 dots" in workspace.run("status", "--target", "press").stderr
    )


# Bad input.


def test_files_that_are_not_there_and_folders(cards: Workspace) -> None:
    done = cards.run("check", "absent.pdf", "out", NAME)
    assert done.returncode == 2
    assert done.stderr.split("\n")[:2] == [
        "absent.pdf: error: There is no such file. Check the path. PDFs of this workspace are in "
        "out/, once they have been printed.",
        "out: error: This is a folder. Give the path of a PDF file, or of several.",
    ]
    assert f"ok: {NAME}" in done.stdout, "the others are checked all the same"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device without end")
def test_a_device_without_end_is_not_read(cards: Workspace) -> None:
    done = cards.run("check", "/dev/zero")
    assert done.returncode == 2
    assert "/dev/zero: error: The file “zero” cannot be read" in done.stderr


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf(cards: Workspace, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.pdf"
    file.write_bytes(content)
    done = cards.run("check", str(file))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "[damaged]" in done.stderr


def test_a_file_that_was_cut_short(card: Workspace) -> None:
    file = card.pdf("card", "de")
    file.write_bytes(file.read_bytes()[:5000])
    assert rules(checked(card, file)) == {("altered", "warning"), ("damaged", "error")}


def test_nothing_printed_yet(tmp_path: Path) -> None:
    workspace = card_workspace(tmp_path / "workspace", ["de"])
    done = workspace.run("check")
    assert done.returncode == 2
    assert (
        done.stderr
        == "out/: error: Nothing has been printed yet. Print first: careerprint build.\n"
    )
    assert not (workspace.root / "out" / ".careerprint").exists(), "checking writes nothing"


def test_no_workspace(tmp_path: Path) -> None:
    assert run(tmp_path, "check").returncode == 2


# The report


def text_of(pdf: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


@pytest.mark.slow
def test_the_report_shows_each_page_and_tells_each_finding(card: Workspace) -> None:
    spoiled = card.root / "out" / Edition(SLUG, "card", "en").output
    spoiled.write_bytes(spoiled.read_bytes()[:2000])
    done = card.run("--lang", "de", "check", "--report", "bericht.pdf")
    assert done.returncode == 1
    assert "geschrieben: bericht.pdf" in done.stdout
    report = card.root / "bericht.pdf"
    text = text_of(report)
    assert "Prüfbericht" in text
    assert "Geprüfte Dateien: 2, davon mit Fehlern: 1. Diese dürfen nicht gedruckt werden." in text
    for name in (NAME, f"out/{Edition(SLUG, 'card', 'en').output}"):
        assert name in text
    assert "105 × 148" in text
    assert "PDF/UA-1, PDF/A-2a" in text
    assert "[damaged]" in text
    assert "[minimum-wage]" in text
    content = (card.root / NAME).read_bytes()
    assert hashlib.sha256(content).hexdigest() in re.sub(r"\s", "", text)
    with pikepdf.open(report) as pdf:
        pictures = [
            found
            for page in pdf.pages
            for found in page.resources.get("/XObject", pikepdf.Dictionary()).values()
            if found.get("/Subtype") == "/Image"
        ]
    assert len(pictures) == 1  # of the one that can be drawn


@pytest.fixture(scope="module")
def reported(cards: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a report of its cards; not to be changed."""
    root = tmp_path_factory.mktemp("reported") / "workspace"
    shutil.copytree(cards.root, root)
    assert run(root, "check", "--report", "report.pdf").returncode == 0
    return Workspace(root)


def test_the_report_is_as_accessible_as_all_that_is_for_the_screen(reported: Workspace) -> None:
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf(
            str(reported.root / "report.pdf"), profile=profile
        ).is_compliant


def test_the_heads_of_the_reports_tables_say_what_they_are_heads_of(reported: Workspace) -> None:
    with pikepdf.open(reported.root / "report.pdf") as pdf:
        heads = [
            found
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/TH"
        ]
        assert heads
        assert {str(head.A.Scope) for head in heads} == {"/Row"}


def test_a_report_tells_what_several_files_share_once_and_lists_many_files_in_a_table(
    cards: Workspace, tmp_path: Path
) -> None:
    content = (cards.root / NAME).read_bytes()
    examined = examine_pdf(content, NAME)
    shared = Spot(PROFILE).doubt("Two of them are old.", "Print them again.").of("stale")
    own = Spot("out/of/its/own.pdf").doubt("This one is red.", "Ask.").of("stale")
    names = [f"out/fairs/messe-{number}/flyer-de.pdf" for number in range(MOST_SHOWN)]
    findings: dict[str, tuple[Finding, ...]] = dict.fromkeys(names, ())
    findings |= dict.fromkeys(names[:2], (shared,))
    findings["out/of/its/own.pdf"] = (own,)
    report = tmp_path / "report.pdf"
    given = [
        (Given(Path(name), name, content), Checked(name, None, examined.found, found))
        for name, found in findings.items()
    ]
    report.write_bytes(report_pdf(given, TODAY, "en"))
    text = re.sub(r"\s+", " ", text_of(report))
    assert text.count("Two of them are old. Print them again. [stale] Files: 2") == 1
    assert text.count("This one is red. Ask. [stale]") == 1
    assert text.count("Errors: 0, Warnings: 1") == len((*names[:2], "out/of/its/own.pdf"))
    digest = hashlib.sha256(content).hexdigest()
    assert re.sub(r"\s", "", text).count(digest) == len(findings)
    for name in names:
        assert f"{name} 1 105 × 148" in text
    assert page_validation.validate_pdf(str(report), profile="ua1").is_compliant


def test_a_report_takes_the_place_of_a_report_and_of_nothing_else(
    card: Workspace, reported: Workspace
) -> None:
    shutil.copy(reported.root / "report.pdf", card.root)
    refused = card.run("check", "--report", PROFILE)
    assert refused.returncode == 2
    assert refused.stderr == (
        f"{PROFILE}: error: There is something here already, and it is no PDF. Name another file "
        "for the report.\n"
    )
    assert card.run("check", NAME, "--report", "report.pdf").returncode == 0
    elsewhere = card.run("check", NAME, "--report", f"{PROFILE}/report.pdf")
    assert elsewhere.returncode == 2
    assert "Traceback" not in elsewhere.stderr
