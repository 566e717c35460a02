"""Releases: what goes out is checked as a whole, and known afterwards wherever it lies."""

import hashlib
import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from careerprint.api import Workspace as Api
from careerprint.building.releases import MANIFEST
from careerprint.core.edition import Edition
from careerprint.core.messages import translator
from careerprint.core.targets import DRAFT, PRESS, TARGETS
from careerprint.desk import releasing
from careerprint.desk.desk import Desk
from careerprint.desk.handover import release_zip
from careerprint.desk.shown import Shower
from careerprint.output.releasing import (
    FOR_OFFICE,
    FOR_SCREEN,
    FOR_SHOP,
    by_reader,
    names_in_release,
    released_name,
)
from careerprint.readiness.judging import RULES

from .cards import ENGLISH, stand_cards
from .conftest import SLUG, Workspace
from .workspaces import PHONE

NAME = f"{SLUG}-{date.today().isoformat()}"
TABLE = "content/messen.csv"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with English and German cards and a fair, all released; not to be changed."""
    workspace = stand_cards(tmp_path_factory.mktemp("release") / "workspace", ["de", "en"])
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    rows = [f"{name};Jobtag {name};12.03.{date.today().year + 1};card;de;{PHONE}" for name in "ab"]
    table = "\n".join(("Kennung;Messe;Beginn;Layout;Sprachen;Telefon", *rows, ""))
    (workspace.root / TABLE).write_text(table, "utf-8")
    done = workspace.run("release", SLUG, "--by", "Leitung")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.endswith(f"released: out/releases/{NAME}/ (6 files)\n")
    return workspace


@pytest.fixture
def card(released: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(released.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def folder(workspace: Workspace) -> Path:
    return workspace.root / "out" / "releases" / NAME


def test_a_release_holds_both_targets_and_a_manifest_of_what_they_are(released: Workspace) -> None:
    manifest = json.loads((folder(released) / MANIFEST).read_text("utf-8"))
    assert (manifest["by"], manifest["on"]) == ("Leitung", date.today().isoformat())
    assert manifest["languages"] == ["de", "en"]
    files = {each["file"]: each for each in manifest["files"]}
    assert {path.name for path in folder(released).iterdir()} == {*files, MANIFEST, "READ ME.txt"}
    assert {(f["locale"], f["target"]) for f in files.values()} == {
        (locale, target) for locale in ("de", "en") for target in ("screen", "press")
    }
    for name, each in files.items():
        content = (folder(released) / name).read_bytes()
        assert each["sha256"] == hashlib.sha256(content).hexdigest()
    (approved,) = [a for a in manifest["approvals"] if a["locale"] == "en"]
    assert (approved["texts"], approved["by"]) == (SLUG, "Tests")
    assert {rule.id for rule in RULES} | {"text-complete"} <= set(manifest["rules"])
    assert manifest["versions"]["careerprint"]


def test_a_released_file_is_told_from_others_wherever_it_lies(
    card: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(folder(card), tmp_path / "sent")
    sent = tmp_path / "sent" / f"{SLUG}-card-en-press.pdf"
    told = f"ok, released on {date.today().isoformat()} by Leitung: "
    assert card.run("check", str(sent)).stdout.startswith(told)
    assert card.run("check").stdout.count(told) == 4, "in out/ too"
    assert card.run("build", "--target", DRAFT.name).returncode == 0
    drafts = [card.root / "out" / Edition(SLUG, "card", "de", target=DRAFT.name).output]
    shown = card.run("check", *map(str, drafts))
    assert (shown.returncode, shown.stdout.partition(":")[0]) == (0, "a draft")
    shutil.rmtree(card.root / "out" / "releases")
    assert card.run("check").stdout.count("ok: ") == 4, "without a manifest nothing is known"


def test_a_file_that_its_manifest_does_not_fit_is_an_error(card: Workspace) -> None:
    first, second = sorted(folder(card).glob("*-press.pdf"))
    shutil.copyfile(second, first)
    done = card.run("check", str(first))
    assert done.returncode == 1
    assert "The manifest beside it names another file: this one was altered since." in done.stderr
    second.rename(second.with_name("other.pdf"))
    done = card.run("check", str(second.with_name("other.pdf")))
    assert "The manifest beside it does not name this file." in done.stderr


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": 3}', '{"files": [{}]}', "{" * 9999])
def test_a_manifest_that_is_none_is_told(card: Workspace, content: str) -> None:
    (folder(card) / MANIFEST).write_text(content, "utf-8")
    done = card.run("check", str(folder(card) / f"{SLUG}-card-de.pdf"))
    assert done.returncode == 0
    assert "warning: The manifest beside it cannot be read. [manifest]" in done.stderr


def test_nothing_is_released_that_must_not_go_out(card: Workspace) -> None:
    card.edit(
        ENGLISH, 'msgstr "Customer service in Dortmund"', 'msgstr "Customer care in Dortmund"'
    )
    before = sorted((card.root / "out" / "releases").rglob("*"))
    done = card.run("release", SLUG, "--by", "Leitung")
    assert done.returncode == 2
    assert "Nobody has approved these translations (en): 1." in done.stderr
    assert "error: Nothing is released: of these editions, 1 must not go out yet." in done.stderr
    assert sorted((card.root / "out" / "releases").rglob("*")) == before
    assert card.run("release", SLUG, "--by", "L", "--locale", "de").returncode == 0


def test_the_desk_hands_over_a_folder_for_each_who_gets_some_of_a_release(card: Workspace) -> None:
    leaves = pikepdf.new()
    for _ in range(4):
        leaves.add_blank_page(page_size=(148 * 72 / 25.4, 210 * 72 / 25.4))
    leaves.save(card.root / "out" / "releases" / NAME / "heft.pdf")
    desk = Desk(card.root, card.root / "out", Shower("de", translator("de"), card.root))
    made = release_zip(desk, NAME)
    assert made is not None
    with zipfile.ZipFile(io.BytesIO(made.content)) as opened:
        files = {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}
    cards = [f"{SLUG}-card-{locale}" for locale in ("de", "en")]
    assert set(files) == {
        *(f"Bildschirm/{name}.pdf" for name in (*cards, "heft")),
        *(f"Druckerei/{name}-press.pdf" for name in cards),
        *("Bürodrucker/heft-A4.pdf", "Bericht.pdf", "LIESMICH.txt"),
    }
    with pikepdf.open(io.BytesIO(files["Bürodrucker/heft-A4.pdf"])) as pdf:
        width, height = (round(float(side) * 25.4 / 72) for side in pdf.pages[0].mediabox[2:])
    assert {width, height} == {210, 297}
    told = files["LIESMICH.txt"].decode("utf-8-sig")
    assert "zum Falten oder Schneiden:\r\n  Bürodrucker/heft-A4.pdf" in told


def test_nothing_of_a_release_gets_lost_that_was_made_in_another_language() -> None:
    names = ["Print order.csv", "Print order.pdf", "READ ME.txt", "a-press.pdf", "a.pdf", "x.txt"]
    assert by_reader(names, "de") == {
        FOR_SHOP: ["Print order.csv", "Print order.pdf", "a-press.pdf"],
        FOR_SCREEN: ["a.pdf"],
        FOR_OFFICE: [],
        "": ["x.txt"],
    }


def test_files_of_a_release_have_names_in_its_language_each_its_own() -> None:
    flyer = Edition("gaertner", "flyer", "tr", format="a5", fair="kassel", target=PRESS.name)
    brochure, own = (Edition("gaertner", layout, "de") for layout in ("brochure", "broschuere"))
    assert released_name(flyer, "en") == "kassel-gaertner-flyer-a5-tr-press.pdf"
    assert released_name(flyer, "de") == "kassel-gaertner-flyer-a5-tr-druckerei.pdf"
    assert released_name(brochure, "de") == "gaertner-broschuere-de.pdf"
    assert by_reader([released_name(flyer, "de")], "en")[FOR_SHOP]
    # A layout of one's own may be called like that, too.
    names = names_in_release([brochure, own], "de")
    assert [*names.values()] == ["gaertner-brochure-de.pdf", "gaertner-broschuere-de.pdf"]


def test_what_was_released_in_german_is_known_and_named_in_the_order(card: Workspace) -> None:
    done = card.run("--lang", "de", "release", TABLE, "--by", "Leitung")
    assert done.returncode == 0, done.stderr
    (folder,) = (card.root / "out" / "releases").glob("messen-*")
    files = {file.name for file in folder.glob("*-druckerei.pdf")}
    order = (folder / "Auftrag.csv").read_text("utf-8-sig")
    assert {line.split(";")[4] for line in order.splitlines()[1:]} == files
    assert card.run("check", str(folder / min(files))).stdout.startswith("ok, released on ")
    desk = Desk(card.root, card.root / "out", Shower("en", str, card.root))
    desk.refresh()
    assert not releasing.outdated(desk)[folder.name]


def test_a_release_of_a_table_has_the_flyers_of_all_its_fairs_and_the_order(
    card: Workspace,
) -> None:
    done = card.run("release", TABLE, "--by", "Leitung", "--zip")
    assert done.returncode == 0, done.stderr
    (archive,) = (card.root / "out" / "releases").glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        names = [name.partition("/")[2] for name in opened.namelist()]
    cards = [f"{SLUG}-card-de{TARGETS[name].ending}" for name in ("screen", "press")]
    expected = {f"{fair}-{name}" for fair in "ab" for name in cards}
    assert set(names) == expected | {"Print order.csv", "Print order.pdf", "READ ME.txt", MANIFEST}
    with zipfile.ZipFile(archive) as opened:
        order = opened.read(f"{archive.stem}/Print order.csv").decode("utf-8-sig")
        told = opened.read(f"{archive.stem}/READ ME.txt").decode("utf-8-sig").split("\r\n\r\n")
    ordered = {line.split(";")[4] for line in order.splitlines()[1:]}
    assert ordered == {name for name in names if name.endswith(PRESS.ending)}
    assert [part.split("\r\n  ") for part in told] == [
        [
            "These files are for the print shop:",
            "Print order.csv",
            "Print order.pdf",
            f"a-{SLUG}-card-de-press.pdf",
            f"b-{SLUG}-card-de-press.pdf",
        ],
        [
            "These are for the screen, the web and the office printer:",
            f"a-{SLUG}-card-de.pdf",
            f"b-{SLUG}-card-de.pdf",
        ],
        [
            "These are for your files; they say what was checked and released:",
            f"{MANIFEST}\r\n",
        ],
    ]
    press = card.root / "out/fairs/a" / f"{SLUG}-card-de{PRESS.ending}"
    assert card.run("check", str(press)).stdout.startswith("ok, released on ")


def test_one_fair_is_released_whatever_is_off_in_the_rows_of_others(card: Workspace) -> None:
    with (card.root / TABLE).open("a", encoding="utf-8") as table:
        table.write("c;Dritte Messe;31.02.2099\n")
    assert card.run("release", TABLE, "--by", "Leitung").returncode == 2
    before = {*(card.root / "out/releases").iterdir()}
    order = (card.root / "out/fairs/order.csv").read_bytes()
    done = card.run("release", TABLE, "--by", "Leitung", "--row", "a")
    assert done.returncode == 0, done.stderr
    (folder,) = {*(card.root / "out/releases").iterdir()} - before
    names = {file.name for file in folder.iterdir()}
    assert {name for name in names if name.startswith(("a-", "b-"))} == {
        f"a-{SLUG}-card-de.pdf",
        f"a-{SLUG}-card-de-press.pdf",
    }
    ordered = (folder / "Print order.csv").read_text("utf-8-sig")
    assert ("a-" in ordered, "b-" in ordered) == (True, False)
    assert (card.root / "out/fairs/order.csv").read_bytes() == order, "that is for all fairs"
    refused = card.run("release", SLUG, "--by", "L", "--row", "a")
    assert "A profile has no rows; a table of fairs has." in refused.stderr


def test_only_some_layouts_of_a_profile_are_released(card: Workspace) -> None:
    (card.root / "layouts/other").mkdir()
    for file in (card.root / "layouts/card").iterdir():
        if file.is_file():
            shutil.copyfile(file, card.root / "layouts/other" / file.name.replace("card", "other"))
    declared = card.root / "layouts/other/layout.toml"
    declared.write_text(declared.read_text("utf-8").replace("card", "other"), "utf-8")
    card.edit("careerprint.toml", 'layouts = ["card"]', 'layouts = ["card", "other"]')
    done = card.run("release", SLUG, "--by", "L", "--layout", "other", "--locale", "de")
    assert done.returncode == 0, done.stderr
    files = [path.name for path in (card.root / "out/releases" / f"{NAME}-2").iterdir()]
    assert {name for name in files if name.endswith(".pdf")} == {
        f"{SLUG}-other-de.pdf",
        f"{SLUG}-other-de-press.pdf",
    }
    left = [f"{SLUG}/{SLUG}-other-en.pdf", f"{SLUG}/{SLUG}-card-de.pdf"]
    made = Api(card.root, language="de").release(SLUG, by="L", but_not=left)
    kept = {
        f"{SLUG}-{name}{target}.pdf"
        for name in ("card-en", "other-de")
        for target in ("", "-druckerei")
    }
    assert {name for name in made.files if name.endswith(".pdf")} == kept
    refused = card.run("release", TABLE, "--by", "L", "--layout", "other")
    assert "A table of fairs says itself which flyers are wanted." in refused.stderr


def test_what_goes_with_some_flyers_leaves_what_goes_with_all_as_it_is(card: Workspace) -> None:
    of_all = {"order.csv", "order.pdf", "combined.pdf", "a/a-combined.pdf"}
    workspace, fairs = Api(card.root, language="de"), card.root / "out/fairs"
    workspace.batch(card.root / TABLE, combined=True, one_file=True)
    before = {name: (fairs / name).read_bytes() for name in of_all}
    made = workspace.batch(card.root / TABLE, ids="a", combined=True, one_file=True, apart=True)
    assert made.delivered
    chosen = {"order-chosen.csv", "order-chosen.pdf", "combined-chosen.pdf"}
    assert set(made.delivered.files) == {f"fairs/{n}" for n in (*chosen, "a/a-combined-chosen.pdf")}
    assert {name: (fairs / name).read_bytes() for name in of_all} == before
    ordered = (fairs / "order-chosen.csv").read_text("utf-8-sig")
    assert ("fairs/a/" in ordered, "fairs/b/" in ordered) == (True, False)
    assert workspace.leftovers() == [], "none of them is in the way"


def test_an_order_and_the_files_with_all_copies_have_only_what_is_ready_to_go_out(
    card: Workspace,
) -> None:
    folder = card.root / "out/fairs"
    assert card.run("batch", TABLE, "--combined", "--one-file").returncode == 0
    with pikepdf.open(folder / "combined.pdf") as pdf:
        pages = len(pdf.pages)
    assert (folder / "a/a-combined.pdf").is_file()
    table = card.root / TABLE
    table.write_text(table.read_text("utf-8").replace(PHONE, "030 23125 014", 1), "utf-8")
    done = card.run("batch", TABLE, "--combined", "--one-file")
    assert done.returncode == 0
    assert "because they are not ready to go out: 1 (de 1)." in done.stdout
    order = (card.root / "out/fairs/order.csv").read_text("utf-8-sig")
    assert "fairs/b/" in order
    assert "fairs/a/" not in order
    assert not (folder / "a/a-combined.pdf").exists(), "it would be printed as it was"
    with pikepdf.open(folder / "combined.pdf") as pdf:
        assert len(pdf.pages) < pages
    assert "23125" not in done.stderr, "what is about a person is not told"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("koch", "--by", "L"), "There is no profile “koch”."),
        (("fehlt.csv", "--by", "L"), "fehlt.csv"),
        ((SLUG, "--by", "\n"), "does not say who approves"),
        ((SLUG,), "Missing option"),
    ],
)
def test_what_cannot_be_released_is_refused(
    released: Workspace, arguments: tuple[str, ...], sentence: str
) -> None:
    done = released.run("release", *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
