"""Layouts and fonts ship with careerprint; a workspace has only what is its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from careerprint.building.build import Options, build
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests
from careerprint.core.workspace import located
from careerprint.layouts.declaration import layout_names, read_layout
from careerprint.layouts.origins import layout_origins, own_copies
from careerprint.translation.translations import all_progress, update_catalogs

from .cards import CSS, card_workspace, declare, with_card
from .conftest import LOCALES, ROOT, SLUG, Workspace, refusals
from .workspaces import make_full_workspace, make_ready, make_ready_workspace

TOKENS, STYLE = "layouts/base/tokens.toml", "layouts/flyer/flyer.css"
GERMAN = "layouts/locales/de.po"


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """A workspace as `careerprint init` makes it, with two locales."""
    made = Workspace(tmp_path / "workspace")
    make_ready_workspace(made.root)
    every = ", ".join(f'"{tag}"' for tag in LOCALES)
    made.edit("careerprint.toml", f"locales = [{every}]", 'locales = ["de", "en"]')
    return made


def own_copy(workspace: Workspace, name: str) -> Path:
    """Give a workspace its own copy of a shipped file."""
    file = workspace.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / name, file)
    return file


def state(workspace: Workspace) -> State:
    edition, options = Edition(SLUG, "flyer", "de"), Options(dry_run=True)
    (outcome,) = build([edition], Reader(workspace.root), workspace.root / "out", options)
    return outcome.state


def test_a_new_workspace_has_its_configuration_and_its_texts_and_nothing_that_ages(
    small: Workspace,
) -> None:
    assert {entry.name for entry in small.root.iterdir()} == {"careerprint.toml", "content", "out"}
    assert sum(file.stat().st_size for file in small.root.rglob("*.*")) < 1_000_000


@pytest.mark.slow
def test_it_prints_the_same_bytes_as_one_with_all_files_of_its_own(
    small: Workspace, printed: Workspace
) -> None:
    """Printed by itself, and among 22 editions in several processes."""
    (outcome,) = small.build("flyer", "de")
    assert (outcome.state, outcome.diagnostics) == (State.PRINTED, ())
    one, other = (each.pdf("flyer", "de").read_bytes() for each in (small, printed))
    assert one == other


def test_a_file_of_the_workspace_comes_before_the_shipped_one(small: Workspace) -> None:
    reader = Reader(small.root)
    assert reader.read_bytes(TOKENS) == (ROOT / TOKENS).read_bytes()
    own_copy(small, TOKENS)
    small.edit(TOKENS, "#0F4C5C", "#5C0F4C")
    assert Reader(small.root).read_bytes(TOKENS) == (small.root / TOKENS).read_bytes()
    assert Reader(small.root).read_bytes(STYLE) == (ROOT / STYLE).read_bytes()


def test_listings_have_what_the_workspace_and_careerprint_have(small: Workspace) -> None:
    for name in ("flyer", "plakat"):
        (small.root / "layouts" / name).mkdir(parents=True)
        (small.root / "layouts" / name / "layout.toml").touch()
    (small.root / "layouts" / "leer").mkdir()
    assert layout_names(Reader(small.root)) == [
        *("brochure", "flyer", "leaflet", "leicht-flyer", "leicht", "plakat", "poster")
    ]
    assert Reader(small.root).tree("content", ".md") == [
        f"content/{SLUG}/{name}" for name in ("profile.de-simple.md", "profile.md")
    ]


def test_only_layouts_and_fonts_are_shared(small: Workspace) -> None:
    shutil.rmtree(small.root / "content")
    (small.root / "careerprint.toml").unlink()
    reader = Reader(small.root)
    assert reader.find("careerprint.toml") is None
    assert reader.find(f"content/{SLUG}/profile.md") is None
    assert reader.find("layouts/../careerprint.toml") is None
    assert reader.find("README.md") is None


@pytest.mark.slow
def test_a_file_of_ones_own_makes_editions_stale_and_without_it_they_are_fresh_again(
    small: Workspace, printed: Workspace
) -> None:
    shutil.copytree(printed.root / "out", small.root / "out", dirs_exist_ok=True)
    assert state(small) is State.FRESH  # where its files lie, does not matter
    own = own_copy(small, TOKENS)
    assert state(small) is State.FRESH  # what it says is the same
    small.edit(TOKENS, "#0F4C5C", "#5C0F4C")
    assert state(small) is State.STALE
    own.unlink()
    assert state(small) is State.FRESH


def test_digests_are_those_of_the_files_that_are_read(small: Workspace) -> None:
    own_copy(small, STYLE)
    (small.root / STYLE).write_text("/* mine */", "utf-8")
    reader = Reader(small.root)
    for name in (TOKENS, STYLE, "layouts/base/nowhere.css", "careerprint.toml"):
        reader.find(name)
    layout_names(reader)
    digests = Digests({})
    assert reader.sources
    for name, found in reader.sources.items():
        assert digests.of_source(small.root, name) == found, name


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_link_in_the_workspace_that_leads_out_is_refused_and_never_passed_over(
    small: Workspace, tmp_path: Path, kind: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "flyer.css").write_text("/* secret */", "utf-8")
    link = small.root / (STYLE if kind == "file" else "layouts/flyer")
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / "flyer.css" if kind == "file" else outside)
    (found,) = refusals(lambda: Reader(small.root).find(STYLE))
    assert found.startswith(f"{STYLE}: error: “{STYLE}” lies outside the workspace.")
    if kind == "folder":  # also for what is not there, and for a list of what is
        assert refusals(lambda: Reader(small.root).find("layouts/flyer/a4.css"))
        assert refusals(lambda: Reader(small.root).tree("layouts/flyer", ".css"))


@pytest.mark.parametrize(
    "name", ["layouts/../../x", "../fonts/x", "/layouts/x", "layouts/../../workspace2/x", "\0"]
)
def test_no_name_leads_out_by_way_of_what_is_shared(small: Workspace, name: str) -> None:
    assert refusals(lambda: Reader(small.root).find(name))


def test_what_lies_in_the_workspace_counts_even_if_it_cannot_be_read(small: Workspace) -> None:
    (small.root / STYLE).mkdir(parents=True)
    (found,) = refusals(lambda: Reader(small.root).find(STYLE))
    assert "cannot be read" in found
    (small.root / TOKENS).parent.mkdir(parents=True)
    (small.root / TOKENS).symlink_to("nowhere.toml")
    assert Reader(small.root).find(TOKENS) is None
    assert located(small.root, TOKENS) == small.root / TOKENS


# What ships with a newer careerprint reaches workspaces that are there already.


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A copy of careerprint as an installed package has it: with what ships inside."""
    package = tmp_path / "site" / "careerprint"
    shutil.copytree(ROOT / "src" / "careerprint", package)
    for name in ("careerprint.toml", "content", "layouts", "fonts"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        (package / "starter").mkdir(exist_ok=True)
        copy(ROOT / name, package / "starter" / name)
    return package


def run(package: Path, folder: Path, *arguments: str) -> str:
    """Run that copy of careerprint in a folder, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "careerprint", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(package.parent), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


@pytest.mark.process
def test_a_mend_of_a_shipped_file_reaches_a_workspace_that_was_made_before(
    installed: Path, tmp_path: Path
) -> None:
    root = tmp_path / "büro"
    run(installed, tmp_path, "init", "büro")
    make_ready(root)
    with_card(Workspace(root), ["de"])
    edition = ("build", "--jobs", "1")
    assert "1 printed, 0 unchanged" in run(installed, root, *edition)
    before = (root / f"out/{SLUG}/{SLUG}-card-de.pdf").read_bytes()
    shipped = installed / "starter" / TOKENS
    shipped.write_text(shipped.read_text("utf-8").replace("#16262C", "#5C0F4C"), "utf-8")
    assert f"{TOKENS} changed" in run(installed, root, *edition, "--dry-run", "--explain")
    assert "1 printed, 0 unchanged" in run(installed, root, *edition)
    assert (root / f"out/{SLUG}/{SLUG}-card-de.pdf").read_bytes() != before
    shutil.copytree(installed / "starter" / "layouts", root / "layouts", dirs_exist_ok=True)
    assert "0 printed, 1 unchanged" in run(installed, root, *edition)
    shipped.write_text(shipped.read_text("utf-8").replace("#5C0F4C", "#16262C"), "utf-8")
    assert "0 printed, 1 unchanged" in run(installed, root, *edition)  # its own files win
    assert f"instead of the shipped file: {TOKENS}\n" in run(installed, root, "layouts")


# careerprint layouts


def test_it_lists_layouts_with_where_they_come_from(small: Workspace) -> None:
    done = small.run("layouts")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "brochure: a5 (contract 1; from careerprint)\n"
        "flyer: a4, a5, din-lang (contract 1; from careerprint)\n"
        "leaflet: a4 (contract 1; from careerprint)\n"
        "leicht-flyer: a4 (contract 1; from careerprint)\n"
        "leicht: a4 (contract 1; from careerprint)\n"
        "poster: a3 (contract 1; from careerprint)\n"
    )
    own_copy(small, "layouts/flyer/a5.css")
    own_copy(small, STYLE).write_text("/* mine */", "utf-8")
    assert small.run("new", "layout", "plakat").returncode == 0
    assert small.run("--lang", "de", "layouts").stdout == (
        "brochure: a5 (Vertrag 1; aus careerprint)\n"
        "flyer: a4, a5, din-lang (Vertrag 1; aus careerprint, zum Teil von hier)\n"
        "leaflet: a4 (Vertrag 1; aus careerprint)\n"
        "leicht-flyer: a4 (Vertrag 1; aus careerprint)\n"
        "leicht: a4 (Vertrag 1; aus careerprint)\n"
        "plakat: a4 (Vertrag 1; aus diesem Arbeitsordner)\n"
        "poster: a3 (Vertrag 1; aus careerprint)\n"
        f"anstelle der mitgelieferten Datei: {STYLE}\n"
        "gleich wie mitgeliefert: layouts/flyer/a5.css\n"
        "Eine Datei anstelle einer mitgelieferten bekommt mit einem neuen careerprint keine "
        f"Verbesserungen. Vergleichen Sie sie mit der in {ROOT}, oder löschen Sie sie: Dann gilt "
        "die mitgelieferte.\n"
        "Was gleich wie mitgeliefert ist, kann gelöscht werden. Dann erreicht jede Verbesserung "
        "von careerprint diesen Arbeitsordner.\n"
    )


def test_a_workspace_with_copies_of_everything_is_told_that_it_can_do_without(
    tmp_path: Path,
) -> None:
    make_full_workspace(root := tmp_path / "workspace")
    copies = own_copies(Reader(root))
    assert (copies.same, copies.different) == (("layouts/", "fonts/"), ())
    (root / "layouts/base/art/mine.svg").write_text("<svg/>", "utf-8")
    with (root / STYLE).open("a", encoding="utf-8") as style:
        style.write("/* mine */")
    copies = own_copies(Reader(root))
    assert copies.different == (STYLE,)
    assert "layouts/brochure/" in copies.same
    assert "layouts/flyer/a4.css" in copies.same
    assert "layouts/base/art/check.svg" in copies.same
    assert not {"layouts/", "layouts/base/", "layouts/base/art/", STYLE} & set(copies.same)
    for name in copies.same:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert own_copies(Reader(root)).same == ()


def test_in_the_workspace_that_ships_everything_is_shipped() -> None:
    assert [(o.name, o.has_own_files) for o in layout_origins(Reader(ROOT))] == [
        ("brochure", False),
        ("flyer", False),
        ("leaflet", False),
        ("leicht-flyer", False),
        ("leicht", False),
        ("poster", False),
    ]


# A layout of one's own


@pytest.mark.slow
def test_a_copy_of_a_layout_prints_what_the_layout_prints(
    small: Workspace, printed: Workspace
) -> None:
    done = small.run("new", "layout", "plakat", "--from", "flyer")
    assert (done.returncode, done.stderr) == (0, "")
    assert "written: layouts/plakat/flyer.html.j2\n" in done.stdout
    assert done.stdout.endswith("Print it: careerprint build --layout plakat\n")
    texts = [f.read_text("utf-8") for f in (small.root / "layouts/plakat").rglob("*.*")]
    assert not [text for text in texts if '"flyer/' in text]
    (outcome,) = small.build("plakat", "de")
    assert outcome.diagnostics == ()
    assert small.pdf("plakat", "de").read_bytes() == printed.pdf("flyer", "de").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("neu", "--from", "plakat"), "--from: error: There is no layout “plakat”. Available: br"),
        (("neu", "--from", "../base"), "--from: error: There is no layout “../base”."),
        (("flyer", "--from", "brochure"), "layouts/flyer: error: There is something here already"),
        (("base",), "layouts/base: error: There is something here already"),
    ],
)
def test_what_cannot_be_copied_is_refused(
    small: Workspace, arguments: tuple[str, ...], message: str
) -> None:
    done = small.run("new", "layout", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert not (small.root / "layouts").exists()


@pytest.mark.slow
def test_a_layout_brings_its_own_words(small: Workspace) -> None:
    """They come before those that layouts share, and translators find them."""
    small.run("new", "layout", "plakat")
    template = "layouts/plakat/plakat.html.j2"
    small.edit(template, '_("Talk to us")', '_("Talk to us") }} {{ _("Come and see us")')
    assert "layouts/plakat/locales/tr.po" in update_catalogs(Reader(small.root))
    assert not (small.root / "layouts" / "locales").exists()  # shared catalogs stay as shipped
    own = "layouts/plakat/locales/de.po"
    small.edit(own, '"Come and see us"\nmsgstr ""', '"Come and see us"\nmsgstr "Besuchen Sie uns"')
    with (small.root / own).open("a", encoding="utf-8") as catalog:
        catalog.write('\nmsgid "Talk to us"\nmsgstr "Rufen Sie an"\n')
    (outcome,) = small.build("plakat", "de")
    assert outcome.diagnostics == ()
    from careerprint.finished.readback import read_back

    text = read_back(small.pdf("plakat", "de").read_bytes()).text
    assert "Rufen Sie an Besuchen Sie uns" in " ".join(text.split())
    assert update_catalogs(Reader(small.root)) == [own]  # a shared word, in this locale alone
    assert '"Rufen Sie an"' in (small.root / own).read_text("utf-8")
    progress = {(p.domain, p.locale): p for p in all_progress(Reader(small.root))}
    assert progress["layouts/plakat", "de"].translated == ("Talk to us", "Come and see us")
    assert "Come and see us" not in progress["layouts", "de"].translated
    small.edit(own, 'msgstr "Besuchen Sie uns"', 'msgstr "Zu 100 % da"')
    declare(small, 'layouts = ["plakat"]\nlocales = ["de"]\n')
    done = small.run("translations", "check", "--locale", "de")
    assert f"{own}:" in done.stderr
    assert "has a “%” that stands for nothing" in done.stderr


def test_a_layout_for_a_newer_contract_is_refused(small: Workspace) -> None:
    small.run("new", "layout", "plakat")
    name = "layouts/plakat/layout.toml"
    assert read_layout(Reader(small.root), "plakat").contract == 1
    text = (small.root / name).read_text("utf-8")
    for contract, message in (
        ("2", "The layout was written for contract 2; this careerprint knows up to 1. Install a"),
        ("0", "“contract” is 0, less than 1."),
    ):
        (small.root / name).write_text(
            text.replace("contract = 1", f"contract = {contract}"), "utf-8"
        )
        (found,) = refusals(lambda: read_layout(Reader(small.root), "plakat"))
        line = small.line(name, "contract = ")
        assert found.startswith(f"{name}:{line}: error: {message}")


@pytest.mark.process
def test_a_layout_is_tried_in_made_up_languages(tmp_path: Path) -> None:
    cards = card_workspace(tmp_path / "workspace", ["de"])
    declared = cards.root / "layouts/card/layout.toml"
    declared.write_text(declared.read_text("utf-8").partition("[formats.a7]")[0], "utf-8")
    arabic = 'src: url("../../fonts/IBMPlexSansArabic_400Regular.ttf")'
    cards.edit(
        CSS,
        'html { font-family: "Card";',
        f'@font-face {{ font-family: "Arabic"; {arabic} }} html {{ font-family: "Card", "Arabic";',
    )
    before = sorted(cards.root.rglob("*"))
    done = cards.run("layouts", "--check", "card")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "tried: card de\ntried: card en-XA\ntried: card ar-XB\n3 editions tried, 0 failed.\n"
    )
    style = cards.root / CSS
    with style.open("a", encoding="utf-8") as sheet:
        sheet.write("h1 { position: absolute; left: 60mm; white-space: nowrap }\n")
    sample = (cards.root / f"content/{SLUG}/profile.md").read_text("utf-8")
    (cards.root / "layouts/card/sample.md").write_text(
        sample.replace("Kundenservice (Customer Service)", "Kundendienst"), "utf-8"
    )
    done = cards.run("layouts", "--check", "card")
    assert done.returncode == 1
    assert "failed: card en-XA\n" in done.stdout
    assert done.stderr.startswith("content/sample/profile.md:")
    assert "“Kûñdéñdîéñšt" in done.stderr
    (cards.root / "layouts/card/sample.md").unlink()
    style.unlink()
    assert "card.css” is not there" in cards.run("layouts", "--check", "card").stderr
    assert "layouts/nix/layout.toml: error:" in cards.run("layouts", "--check", "nix").stderr
    assert {*before} - {*cards.root.rglob("*")} == {style}
