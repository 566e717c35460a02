"""Texts that go to translators and come back, rewritten by the programs that they use."""

import html
import io
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from careerprint.core.reader import Reader
from careerprint.exchange.aligning import aligned
from careerprint.exchange.files import WRITERS, read_delivery
from careerprint.exchange.notes import GERMAN, plain_note
from careerprint.exchange.returns import Delivery, Returned, taken
from careerprint.exchange.units import Unit, chosen_domains, for_translators, units
from careerprint.manuscripts.manuscript import Manuscript
from careerprint.profiles.approvals import FILE as APPROVALS
from careerprint.profiles.catalogs import placeholders
from careerprint.profiles.pofiles import CONTEXT_END
from careerprint.translation.approving import approve, waiting
from careerprint.translation.domains import domains
from careerprint.translation.translations import updated_catalog

from .conftest import LOCALES, ROOT, SLUG, Workspace, refusals
from .wordfiles import paragraph, word_file
from .workspaces import make_ready_workspace

TURKISH = f"content/{SLUG}/locales/tr.po"
KINDS = tuple(WRITERS)
OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace as `init` makes it, all translations approved; not to be changed."""
    root = tmp_path_factory.mktemp("exchange") / "workspace"
    make_ready_workspace(root)
    return Workspace(root)


@pytest.fixture
def workspace(made: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(made.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def texts_of(root: Path, locale: str = "tr", profiles: tuple[str, ...] = (SLUG,)) -> list[Unit]:
    reader = Reader(root)
    chosen = chosen_domains(reader, locale, profiles)
    return [unit for domain in chosen for unit in units(domain, locale, reader)]


def written(root: Path, kind: str, locale: str = "tr") -> bytes:
    return WRITERS[kind][1](texts_of(root, locale), locale)


def came_back(content: bytes, name: str) -> dict[str, str]:
    """Return the texts of a file by their keys, as they are read."""
    delivery = read_delivery(content, name)
    assert delivery is not None
    assert delivery.locale == "tr"
    return {text.key: " ".join(text.translation.split()) for text in delivery.texts if text.key}


def expected() -> dict[str, str]:
    return {unit.key: unit.translation for unit in texts_of(ROOT)}


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_back(kind: str) -> None:
    assert came_back(written(ROOT, kind), f"tr{WRITERS[kind][0]}") == expected()


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_round_changes_no_byte_of_a_catalog(made: Workspace, kind: str) -> None:
    every = texts_of(made.root, "ar", ())  # plural forms, right to left
    content = WRITERS[kind][1](every, "ar")
    delivery = read_delivery(content, f"ar{WRITERS[kind][0]}")
    assert delivery is not None
    found = taken(delivery, "", Reader(made.root), "ar")
    assert (found.count, found.told) == (0, [])
    assert found.same == len(every) or kind == "po"  # there, one text of two places is one


def test_each_text_says_where_it_stands_and_how_long_it_may_be() -> None:
    found = {unit.original: unit for unit in texts_of(ROOT)}
    title = found["Kundendienst in Dortmund"]
    assert title.note == "title"
    assert title.most == round(len(title.original) * 1.35)
    assert found["Chat"].most == len("Chat") + 8
    assert len({unit.key for unit in found.values()}) == len(found)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("title", "Titel"),
        ("section.4: bullets", "Liste"),
        ("training: paragraph", "Absatz"),
        ("pay\ntraining", "Gehalt; Fortbildungen"),
        ("flyer: point", "Flyer, Punkt"),
        ("picture: pay: description", "Bild, Beschreibung"),
        (
            "ways in: the official name stays; explain it: in a sentence, as {ways_in.school.name}",
            "Wege in den Beruf: der amtliche Name bleibt deutsch; hier steht, was er heißt: "
            "innerhalb eines Satzes, wo {ways_in.school.name} steht",
        ),
    ],
)
def test_translators_are_told_in_german_where_a_text_stands(note: str, told: str) -> None:
    assert plain_note(note, GERMAN) == told


def test_no_two_texts_of_a_profile_are_said_to_stand_in_the_same_place(
    workspace: Workspace,
) -> None:
    profile = f"content/{SLUG}/profile.md"
    workspace.edit(profile, "  points:", "  heading: Was Sie erwartet\n  points:")
    texts = [unit for unit in texts_of(workspace.root) if not unit.key.startswith("layouts")]
    places = {unit.place(GERMAN): unit.original for unit in texts}
    assert len(places) == len(texts)
    assert places["Flyer, Überschrift"] == "Fragen klären, Lösungen finden"
    assert places["Flyer, Überschrift der Punkte"] == "Was Sie erwartet"
    second = places["Abschnitt „Arbeitsmarkt: gefragt und im Wandel“, Absatz 2"]
    assert second.startswith("Viele herkömmliche")


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_for_translators_speaks_of_places_in_english(kind: str) -> None:
    content = written(ROOT, kind)
    if kind in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            content = b"".join(file.read(name) for name in file.namelist())
    assert re.search(b"Fortbildungen", content)
    assert not re.search(rb"paragraph\b(?=[<;\n])|official name stays|ways in|at most", content)


def test_placeholders_are_protected_in_xliff() -> None:
    text = written(ROOT, "xliff").decode()
    assert '<ph id="1">{pay.entry}</ph>' in text
    assert not re.search(r"(?<!>)\{pay\.entry\}", text)


def test_in_excel_translations_alone_can_be_changed() -> None:
    sheet = load_workbook(io.BytesIO(written(ROOT, "xlsx"))).active
    assert sheet is not None
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert sheet["D2"].protection.locked
    assert not sheet["B2"].protection.locked  # where one says that a translation still fits
    assert not sheet["E2"].protection.locked


def rewritten_in_word(content: bytes, change: Callable[[str], str] = str) -> bytes:
    """Return a table after somebody has worked in it in Word: runs are split wherever Word likes.

    It does so at spelling marks, languages and each session of editing.
    """
    document: Any = Document(io.BytesIO(content))
    chance = random.Random(7)
    for row in document.tables[0].rows:
        for number, cell in enumerate(row.cells):
            text = cell.paragraphs[0].text
            cell.paragraphs[0].text = ""
            text = change(text) if number == 4 else text
            while text:
                size = chance.randint(1, 9)
                run = cell.paragraphs[0].add_run(text[:size])
                run.bold = chance.random() < 0.2
                text = text[size:]
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_words_runs_say_nothing() -> None:
    assert came_back(rewritten_in_word(written(ROOT, "docx")), "tr.docx") == expected()


def test_what_word_makes_of_a_cell_is_read_as_its_text() -> None:
    """Tracked changes, a field, a soft hyphen, a hyphen that holds, several paragraphs."""
    cell = "<w:tc>{}</w:tc>".format
    changed = paragraph(
        "<w:ins><w:r><w:t>Yeni</w:t></w:r></w:ins><w:del><w:r><w:delText>Eski</w:delText></w:r></w:del>"
        '<w:r><w:t xml:space="preserve"> bir</w:t></w:r><w:r><w:noBreakHyphen/></w:r>'
        "<w:r><w:t>me\u00adtin</w:t></w:r>"
    ) + paragraph("<w:r><w:instrText>DATE</w:instrText></w:r>", "ikinci")
    key = texts_of(ROOT)[0].key
    head = "".join(cell(paragraph(t)) for t in ("Kennung", "Stelle", "Original", "Türkisch (tr)"))
    row = "".join(
        map(cell, (paragraph(f" {key.upper()} "), paragraph(""), paragraph("x"), changed))
    )
    table = f"<w:tbl><w:tr>{head}</w:tr><w:tr>{row}</w:tr></w:tbl>"
    delivery = read_delivery(word_file(table), "tr.docx")
    assert delivery is not None
    found = taken(delivery, "", Reader(ROOT), "tr.docx")
    assert [*found.new[SLUG].values()] == [{0: "Yeni bir-metin ikinci"}]


def change_in(unit: Unit) -> str:
    return f"Yeni: {unit.translation}"


@pytest.mark.parametrize("kind", KINDS)
def test_new_translations_go_into_the_catalog_and_nothing_is_approved(
    workspace: Workspace, kind: str
) -> None:
    units_of = texts_of(workspace.root)
    changed = {unit.original: change_in(unit) for unit in units_of[:3]}
    sent = [
        Unit(u.key, u.note, u.original, changed.get(u.original, u.translation), u.most)
        for u in units_of
    ]
    name = f"tr{WRITERS[kind][0]}"
    (workspace.root / name).write_bytes(WRITERS[kind][1](sent, "tr"))
    done = workspace.run("translations", "import", name)
    assert "Taken: 3. As before: 64. Without a translation: 0." in done.stdout
    assert f"updated: {TURKISH}" in done.stdout
    left = {text.original for text in waiting(Reader(workspace.root), ["tr"], SLUG)}
    assert left == set(changed)
    domain = next(d for d in domains(Reader(workspace.root)) if d.name == SLUG)
    text = (workspace.root / TURKISH).read_text("utf-8")
    assert updated_catalog(domain, "tr", Reader(workspace.root)) == text


GERMAN_FILE = f"content/{SLUG}/profile.md"
BEFORE, AFTER = "Kundendienst in Dortmund", "Kundendienst in Dortmund und Hagen"


@pytest.fixture
def reworded(workspace: Workspace) -> Workspace:
    """A workspace in which one German text was reworded, so that its translation is stale."""
    workspace.edit(GERMAN_FILE, f"title: {BEFORE}", f"title: {AFTER}")
    return workspace


def bring(workspace: Workspace, kind: str, content: bytes) -> subprocess.CompletedProcess[str]:
    name = f"tr{WRITERS[kind][0]}"
    (workspace.root / name).write_bytes(content)
    return workspace.run("translations", "import", name)


def exported(workspace: Workspace, kind: str) -> bytes:
    name = f"raus{WRITERS[kind][0]}"
    workspace.run("translations", "export", "--locale", "tr", "--as", kind, "--profile", SLUG, name)
    return (workspace.root / name).read_bytes()


def title_in(workspace: Workspace) -> Unit:
    return next(unit for unit in texts_of(workspace.root) if unit.original == AFTER)


@pytest.mark.parametrize("kind", KINDS)
def test_a_reworded_original_comes_first_and_says_what_it_was(
    reworded: Workspace, kind: str
) -> None:
    content = exported(reworded, kind)
    delivery = read_delivery(content, f"tr{WRITERS[kind][0]}")
    assert delivery is not None
    first = next(text for text in delivery.texts if text.key)
    assert (first.original, first.fits) == (AFTER, False)
    if kind in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            content = b"".join(file.read(name) for name in file.namelist())
    told = html.unescape(content.decode("utf-8", "ignore")).replace("\n#. ", " ")
    assert f"neu gefasst: bitte anpassen; vorher hieß es deutsch: „{BEFORE}“" in told
    assert told.count("neu gefasst: bitte") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_translation_that_comes_back_as_it_was_stays_stale(
    reworded: Workspace, kind: str
) -> None:
    done = bring(reworded, kind, exported(reworded, kind))
    assert "Taken: 0." in done.stdout
    assert "Unchanged, though the German was reworded: 1." in done.stderr
    assert title_in(reworded).state == "stale"


def said_to_fit(content: bytes, kind: str, words: str) -> bytes:
    """Return a file in which a translator says that the first translation still fits."""
    made = io.BytesIO()
    if kind == "xlsx":
        book = load_workbook(io.BytesIO(content))
        book.worksheets[0]["B2"] = words.format(book.worksheets[0]["B2"].value)
        book.save(made)
    elif kind == "docx":
        document: Any = Document(io.BytesIO(content))
        cell = document.tables[0].rows[1].cells[1]
        cell.text = words.format(cell.text)
        document.save(made)
    elif kind == "xliff":
        return content.replace(b"needs-review-translation", b"final")
    else:
        return content.replace(b"#, fuzzy\n", b"")
    return made.getvalue()


@pytest.mark.parametrize(
    ("kind", "words"),
    [*((kind, "passt") for kind in KINDS), ("xlsx", "x"), ("docx", "{} passt"), ("xlsx", "x {}")],
)
def test_a_translator_can_say_that_it_still_fits(
    reworded: Workspace, kind: str, words: str
) -> None:
    done = bring(reworded, kind, said_to_fit(exported(reworded, kind), kind, words))
    assert "Taken: 1." in done.stdout
    assert title_in(reworded).state == "waiting"


def test_both_originals_are_compared_until_the_translation_is_approved(
    reworded: Workspace,
) -> None:
    old = title_in(reworded)
    new = Unit(old.key, "", AFTER, "Dortmund ve Hagen'de müşteri hizmetleri", 99)
    bring(reworded, "xlsx", WRITERS["xlsx"][1]([new], "tr"))
    waiting_one = title_in(reworded)
    assert (waiting_one.state, waiting_one.former) == ("waiting", BEFORE)
    reworded.run("translations", "update")
    assert title_in(reworded).former == BEFORE
    reader = Reader(reworded.root)
    approve(reader, waiting(reader, ["tr"], SLUG), "Büro", date(2026, 11, 30))
    assert (title_in(reworded).state, title_in(reworded).former) == ("approved", "")


def test_words_of_layouts_that_nobody_approved_go_along(workspace: Workspace) -> None:
    (workspace.root / APPROVALS).unlink()
    words = [u for u in texts_of(workspace.root, "tr", ()) if u.key.startswith("layouts#")]
    delivery = read_delivery(exported(workspace, "xlsx"), "tr.xlsx")
    assert delivery is not None
    open_ones = {unit.key for unit in words if unit.state != "approved"}
    assert open_ones
    assert open_ones <= {text.key for text in delivery.texts}
    (steps,) = (unit for unit in words if unit.original == "Next steps")
    assert steps.task == "noch nicht bestätigt: bitte prüfen"
    (sent,) = (text for text in delivery.texts if text.key == steps.key)
    assert sent.original == "Nächste Schritte"


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_layouts_go_out_in_german_and_come_back_without_keys(
    made: Workspace, kind: str
) -> None:
    every = for_translators(Reader(made.root), "ar", ())
    words = [unit for unit in every if unit.key.startswith("layouts")]
    assert {unit.key.partition("#")[0] for unit in words} == {"layouts"}, (
        "nothing is printed in others"
    )
    delivery = read_delivery(WRITERS[kind][1](words, "ar"), f"ar{WRITERS[kind][0]}")
    assert delivery is not None
    assert {text.original for text in delivery.texts} == {unit.german for unit in words}
    assert "Nächste Schritte" in {text.original for text in delivery.texts}
    for original in ("Nächste Schritte", "Next steps"):  # files of today, and older ones
        back = Delivery("ar", [Returned("", original, "خطوات أخرى")])
        found = taken(back, "", Reader(made.root), "ar")
        assert (found.count, found.told) == (1, [])


def test_each_form_of_a_plural_says_of_which_numbers_it_is(made: Workspace) -> None:
    forms = [u for u in texts_of(made.root, "ar", ()) if u.counts]
    assert {tuple(unit.counts) for unit in forms} >= {(0,), (1,), (2,), (3, 4, 5, 6)}
    few = next(unit for unit in forms if unit.counts[0] == 3)
    assert few.place(GERMAN).endswith("so, wie es bei Zahlen wie 3, 4, 5, 6 heißt")


def test_what_is_marked_as_good_is_not_approved_by_that_and_this_is_said(
    workspace: Workspace,
) -> None:
    (workspace.root / APPROVALS).unlink()
    content = WRITERS["xlsx"][1](texts_of(workspace.root), "tr")
    book = load_workbook(io.BytesIO(content))
    for row in list(book.worksheets[0].iter_rows(min_row=2))[:7]:
        row[1].value = "passt"
    written = io.BytesIO()
    book.save(written)
    delivery = read_delivery(written.getvalue(), "tr.xlsx")
    assert delivery is not None
    found = taken(delivery, "", Reader(workspace.root), "tr.xlsx")
    assert (found.count, found.read, found.empty) == (0, 7, 0)
    (told,) = (d.sentence(str) for d in found.told)
    assert "Marked as good in the file, and not approved by that: 7." in told


def test_no_shipped_word_is_longer_than_its_budget() -> None:
    reader = Reader(ROOT)
    over = [
        (tag, unit.german or unit.original, unit.translation, unit.most)
        for tag in LOCALES
        for domain in chosen_domains(reader, tag, ())
        for unit in units(domain, tag, reader)
        if domain.profile is None and len(unit.translation) > unit.most
    ]
    assert over == []


def test_what_cannot_be_taken_is_told_with_its_reason(workspace: Workspace) -> None:
    units_of = texts_of(workspace.root)
    with_pay = next(u for u in units_of if "{pay.entry}" in u.original)
    title, teaser, *_ = [u for u in units_of if not placeholders(u.original)]
    sent = [
        Unit(with_pay.key, "", with_pay.original, "Maaş 2.300–2.800 €", 99),
        Unit(title.key, "", title.original, "Uzun " * 20, 99),
        Unit(teaser.key, "", teaser.original, "", 99),
        Unit(f"{SLUG}#000000000000", "", "Diesen Satz gibt es nicht mehr.", "Bu cümle yok.", 99),
    ]
    (workspace.root / "tr.xlsx").write_bytes(WRITERS["xlsx"][1](sent, "tr"))
    done = workspace.run("translations", "import", "tr.xlsx")
    assert done.returncode == 1
    assert "Taken: 1. As before: 0. Without a translation: 1." in done.stdout
    assert (
        "tr.xlsx:2: warning: “Maaş 2.300–2.800 €” is not taken: it does not agree in" in done.stderr
    )
    assert "characters; 32 are its budget." in done.stderr
    assert "its original is not there, or has changed since." in done.stderr


def test_a_table_without_any_of_our_texts_is_refused_in_one_line(workspace: Workspace) -> None:
    book = Workbook()
    for number in range(40):
        book.worksheets[0].append([f"A{number}", "Halle", f"Messe {number}", "10 Uhr"])
    book.save(workspace.root / "fremd.xlsx")
    done = workspace.run("translations", "import", "fremd.xlsx", "--locale", "tr")
    assert done.returncode == 2
    assert done.stderr.count("error:") == 1
    assert "None of the texts in this file" in done.stderr


def test_a_text_without_its_key_is_known_by_its_original_never_by_its_place(
    workspace: Workspace,
) -> None:
    """Word has changed the quotation marks and dashes of the originals, and rows are turned round."""
    turned = [
        Unit("", u.note, u.original.replace("„", '"').replace("“", '"'), change_in(u), u.most)
        for u in reversed(texts_of(workspace.root))
    ]
    delivery = read_delivery(WRITERS["xlsx"][1](turned, "tr"), "tr.xlsx")
    assert delivery is not None
    found = taken(delivery, "", Reader(workspace.root), "tr.xlsx")
    ways: dict[str, set[str]] = {}
    for unit in texts_of(workspace.root):
        ways.setdefault(unit.original, set()).add(change_in(unit))
    clear = {original: min(said) for original, said in ways.items() if len(said) == 1}
    taken_texts = {original: forms[0] for original, forms in found.new[SLUG].items()}
    assert {o: t for o, t in taken_texts.items() if CONTEXT_END not in o} == clear
    # On a label and in a sentence, a text may be translated otherwise: which is meant, a key tells.
    lost = [d for d in found.told if "its key is lost" in d.message]
    assert len(lost) == sum(unit.original not in clear for unit in texts_of(workspace.root))


def test_xliff_of_version_2_is_read() -> None:
    unit = next(u for u in texts_of(ROOT) if "{pay.entry}" in u.original)
    document = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="de" trgLang="tr">'
        f'<file id="f"><unit id="{unit.key}"><originalData><data id="d1">{{pay.entry}}</data>'
        "</originalData><segment><source>x</source><target>Maaş <ph id='1' dataRef='d1'/>, "
        "</target></segment><segment><source>y</source><target>sonra <ph id='2' "
        "equiv='{pay.experienced}'/><mrk id='m'>.</mrk></target></segment></unit></file></xliff>"
    )
    assert came_back(document.encode(), "a.xlf") == {
        unit.key: "Maaş {pay.entry}, sonra {pay.experienced}."
    }


@pytest.mark.process
def test_the_translate_toolkit_loses_nothing(tmp_path: Path) -> None:
    """It turns our XLIFF into PO, our PO into XLIFF, and that into PO again."""
    pytest.importorskip("translate")
    (tmp_path / "ours.xliff").write_bytes(written(ROOT, "xliff"))
    (tmp_path / "ours.po").write_bytes(written(ROOT, "po"))
    for tool, source, target in (
        ("xliff2po", "ours.xliff", "theirs.po"),
        ("po2xliff", "ours.po", "theirs.xliff"),
        ("xliff2po", "theirs.xliff", "again.po"),
    ):
        subprocess.run(
            [
                *(sys.executable, "-c", f"from translate.convert.{tool} import main; main()"),
                *("--progress=none", source, target),
            ],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )
    for name in ("theirs.po", "theirs.xliff", "again.po"):
        delivery = read_delivery((tmp_path / name).read_bytes(), name)
        assert delivery is not None
        found = taken(delivery, "tr", Reader(ROOT), name)
        assert (found.count, found.told) == (0, []), name
        # Of a text that is translated in two ways, the toolkit keeps one, and no way is lost here.
        assert found.same >= len({unit.original for unit in texts_of(ROOT)}), name


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("kind", "ending"), [("docx", "docx"), ("xlsx", "xlsx"), ("xlsx", "ods")])
def test_libreoffice_loses_nothing(tmp_path: Path, kind: str, ending: str) -> None:
    (tmp_path / f"ours.{kind}").write_bytes(written(ROOT, kind))
    done = subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", ending, "--outdir", "theirs", f"ours.{kind}"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    file = tmp_path / "theirs" / f"ours.{ending}"
    if not file.exists():
        pytest.skip(f"this LibreOffice has no module for it: {done.stderr}")
    assert came_back(file.read_bytes(), file.name) == expected()


def running_document(root: Path, leave_out: str = "") -> bytes:
    """Return the Turkish translation as an office sends it: headings and paragraphs, no table."""
    body = []
    for unit in texts_of(root):
        note = unit.note.split("\n")[0]
        if note.endswith(("heading", "paragraph", "quote")) and unit.original != leave_out:
            style = "heading 1" if note.endswith("heading") else ""
            body.append(paragraph(change_in(unit), style=style))
    return word_file(*body)


def test_a_running_document_is_aligned_and_shown_before_it_is_taken(workspace: Workspace) -> None:
    (workspace.root / "tr.docx").write_bytes(running_document(workspace.root))
    before = (workspace.root / TURKISH).read_bytes()
    command = ("translations", "import", "tr.docx", "--locale", "tr", "--profile", SLUG)
    shown = workspace.run(*command)
    assert "Nothing has been taken yet. If the pairs are right, add --take." in shown.stdout
    assert "→ Yeni: " in shown.stdout
    assert (workspace.root / TURKISH).read_bytes() == before
    done = workspace.run(*command, "--take")
    wanted = [
        u
        for u in texts_of(ROOT)
        if u.note.split("\n")[0].endswith(("heading", "paragraph", "quote"))
    ]
    assert f"Taken: {len(wanted)}." in done.stdout
    now = {u.original: u.translation for u in texts_of(workspace.root)}
    assert all(now[u.original] == change_in(u) for u in wanted)


def test_a_paragraph_that_is_missing_moves_no_other(workspace: Workspace) -> None:
    own = [
        u
        for u in texts_of(workspace.root)
        if u.note.split("\n")[0].endswith(("heading", "paragraph", "quote"))
    ]
    missing = own[4].original
    manuscript = Manuscript()
    for unit in own:
        is_heading = unit.note.endswith("heading")
        if unit.original != missing:
            manuscript.add("heading" if is_heading else "text", unit.translation)
    pairs = {p.unit.original: p.paragraph for p in aligned(own, manuscript) if p.unit}
    assert pairs[missing] is None
    right = sum(
        (found := pairs[u.original]) is not None and found.text == u.translation for u in own
    )
    assert right == len(own) - 1


def test_without_a_table_the_file_has_to_be_told_what_it_is(workspace: Workspace) -> None:
    (workspace.root / "tr.docx").write_bytes(running_document(workspace.root))
    done = workspace.run("translations", "import", "tr.docx")
    assert done.returncode == 2
    assert "tr.docx: error: The document has no table of ours" in done.stderr


def test_nothing_is_written_over_a_file(workspace: Workspace) -> None:
    (workspace.root / "tr.po").write_text("translated by hand", "utf-8")
    done = workspace.run("translations", "export", "--locale", "tr", "--as", "po", "tr.po")
    assert done.returncode == 2
    assert (workspace.root / "tr.po").read_text("utf-8") == "translated by hand"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<xliff version="1.2"><file><body><trans-unit id="a"><source>&b;</source></trans-unit></body>'
    "</file></xliff>"
)
HOSTILE = {
    "entities.xliff": BOMB.encode(),
    "utf16.xliff": BOMB.encode("utf-16"),
    "cut.xliff": b'<?xml version="1.0"?><xliff version="1.2"><file>',
    "other.xliff": b"<html/>",
    "deep.xliff": b'<xliff version="1.2">' + b"<g>" * 100_000,
    "encoding.xliff": b'<?xml version="1.0" encoding="none-such"?><xliff/>',
    "cut.po": b'msgid "a\nmsgstr "b"',
    "latin.po": 'msgid "ä"\nmsgstr "ö"\n'.encode("latin-1"),
    "none.docx": b"not a zip",
    "none.xlsx": b"PK\x03\x04 and no more",
    "picture.png": b"\x89PNG",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_damaged_files_are_refused_in_a_line(name: str) -> None:
    found = refusals(lambda: read_delivery(HOSTILE[name], name))
    assert len(found) == 1
    assert found[0].startswith(name)
    assert ": error: " in found[0]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_file_that_unpacks_to_more_than_a_text_can_be_is_refused(kind: str) -> None:
    whole = written(ROOT, kind)
    part = "word/document.xml" if kind == "docx" else "xl/worksheets/sheet1.xml"
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            target.writestr(
                info.filename, content + b" " * 120_000_000 if info.filename == part else content
            )
    assert len(made.getvalue()) < 1_000_000
    found = refusals(lambda: read_delivery(made.getvalue(), f"a.{kind}"))
    assert "larger than" in found[0]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("share", [0.2, 0.9])
def test_a_file_that_is_cut_off_is_refused(kind: str, share: float) -> None:
    whole = written(ROOT, kind)
    cut = whole[: int(len(whole) * share)]
    assert len(refusals(lambda: read_delivery(cut, f"a.{kind}"))) == 1
