"""Names are no paths, and links lead nowhere: what is read and written stays in the workspace."""

import os
import subprocess
from pathlib import Path

import pytest

from careerprint.core.edition import Edition
from careerprint.core.files import part_of, write_whole
from careerprint.core.reader import Reader
from careerprint.core.slugs import proposed_slug
from careerprint.intake.skeletons import new_layout, new_profile
from careerprint.profiles.catalogs import is_locale

from .cards import CSS, ENGLISH
from .conftest import PROFILE, SLUG, Workspace, refusals
from .hostile import TODAY, crossed, fair_cards, refused, season


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    return fair_cards(tmp_path / "workspace")


# Links in the file system


@pytest.mark.parametrize("name", [PROFILE, CSS, "fonts/IBMPlexSans_400Regular.ttf", ENGLISH])
def test_a_link_out_of_the_workspace_is_not_followed(
    cards: Workspace, tmp_path: Path, name: str
) -> None:
    kept = tmp_path / "elsewhere"
    (cards.root / name).rename(kept)
    (cards.root / name).symlink_to(kept)
    (found,) = refused(cards, Edition(SLUG, "card", "en"))
    assert f"“{name}” lies outside the workspace." in found


def test_a_picture_or_a_folder_that_is_a_link_out_of_the_workspace(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "bild.png").write_bytes(b"x")
    (workspace.root / "content" / "bild.png").symlink_to(tmp_path / "bild.png")
    (workspace.root / "content" / "bilder").symlink_to(tmp_path)
    for address in ("../bild.png", "../bilder/bild.png"):
        text = (workspace.root / PROFILE).read_text("utf-8")
        workspace.edit(
            PROFILE, "Für den Anfang ist", f"![Ein Bild]({address})\n\nFür den Anfang ist"
        )
        (found,) = refused(workspace, Edition(SLUG, "brochure", "de"))
        assert "lies outside the workspace." in found
        (workspace.root / PROFILE).write_text(text, "utf-8")


def test_an_output_folder_that_is_a_link_out_of_the_workspace(
    cards: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (cards.root / "out").rmdir()
    (cards.root / "out").symlink_to(tmp_path / "elsewhere")
    for command in ("build", "status", "clean", "proof"):
        done = cards.run(command)
        assert done.returncode == 2
        assert done.stderr.startswith("out/: error: This folder is a link that leads out of")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", [".careerprint", "proofs", f"proofs/{SLUG}"])
def test_a_folder_of_ours_that_is_a_link(cards: Workspace, tmp_path: Path, name: str) -> None:
    (cards.root / "out" / name).parent.mkdir(exist_ok=True)
    (cards.root / "out" / name).symlink_to(tmp_path)
    done = cards.run("build", "--locale", "de")
    assert done.returncode == 2
    assert done.stderr.startswith(f"out/{name}/: error: This folder is a link that leads out of")


def test_a_folder_of_pdfs_that_is_a_link(cards: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (cards.root / "out" / SLUG).symlink_to(tmp_path / "elsewhere")
    (outcome,) = cards.build("card", "de")
    (found,) = [d.sentence(str) for d in outcome.diagnostics]
    assert "error: This cannot be written (a link leads out of the folder)." in found
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_of_profiles_that_is_a_link(cards: Workspace, tmp_path: Path) -> None:
    (cards.root / "content").rename(tmp_path / "elsewhere")
    (cards.root / "content").symlink_to(tmp_path / "elsewhere")
    (found,) = refusals(lambda: new_profile(cards.root, "hotelfach", TODAY))
    assert "error: This cannot be written (a link leads out of the folder)." in found
    assert not (tmp_path / "elsewhere" / "hotelfach").exists()


def test_a_link_where_a_file_is_being_written_is_not_followed(tmp_path: Path) -> None:
    victim, target = tmp_path / "victim", tmp_path / "out" / "x.pdf"
    victim.write_text("mine", "utf-8")
    target.parent.mkdir()
    part_of(target).symlink_to(victim)
    write_whole(target, b"new")
    assert (victim.read_text("utf-8"), target.read_bytes()) == ("mine", b"new")
    assert not target.is_symlink()


def test_a_pipe_is_no_file(cards: Workspace) -> None:
    (cards.root / PROFILE).unlink()
    os.mkfifo(cards.root / PROFILE)
    (found,) = refused(cards)
    assert found.startswith(f"{PROFILE}: error: The file “{PROFILE}” cannot be read")


# Names that become paths


PATHS = [
    "../x",
    "a/b",
    "/etc",
    "..",
    ".",
    "a\\b",
    "c:x",
    "x.",
    "x ",
    "~",
    "-x",
    "CON",
    "con",
    "nul",
]
TAGS = [
    "de-DE./../../x",
    "de./x",
    "de@x",
    "de_DE",
    "de-",
    "de--x",
    "../de",
    "de/..",
    "de\\x",
    "/de",
]


@pytest.mark.parametrize("name", [*PATHS, "com1", "lpt9", "a\nb", ""])
def test_a_new_profile_or_layout_is_no_path(cards: Workspace, name: str) -> None:
    for made in (
        lambda: new_profile(cards.root, name, TODAY),
        lambda: new_layout(Reader(cards.root), name),
    ):
        (found,) = refusals(made)
        assert found.startswith("NAME: error: “")
        assert "\n" not in found
    assert proposed_slug(proposed_slug(name)) == proposed_slug(name)


@pytest.mark.parametrize(("key", "name"), crossed(["profiles", "layouts", "formats"], PATHS))
def test_the_configuration_names_no_path(cards: Workspace, key: str, name: str) -> None:
    if name in {"con", "nul"}:
        pytest.skip("names like any other, as long as there is no such folder")
    written = name.replace("\\", "\\\\")
    text = (cards.root / "careerprint.toml").read_text("utf-8").replace('layouts = ["card"]\n', "")
    layouts = "" if key == "layouts" else 'layouts = ["card"]\n'
    text = text.replace("[build]\n", f'[build]\n{layouts}{key} = ["{written}"]\n')
    (cards.root / "careerprint.toml").write_text(text, "utf-8")
    line = cards.line("careerprint.toml", f"{key} =")
    assert refused(cards)[0].startswith(f"careerprint.toml:{line}: error: “build.{key}.1” is “")


@pytest.mark.parametrize("tag", TAGS)
def test_a_locale_is_no_path(cards: Workspace, tag: str) -> None:
    assert not is_locale(tag)
    refusal = refusals(lambda: cards.build(None, tag))
    assert refusal[0].startswith(f"--locale: error: “{tag}” is not a locale.")


@pytest.mark.parametrize("tag", [*TAGS[:4], "../de"])
def test_a_locale_in_a_cell_is_no_path(cards: Workspace, tmp_path: Path, tag: str) -> None:
    found = season(tmp_path, cards, Sprachen=tag)
    assert all(f.locales == ("de-DE",) for f in found.fairs if tag == "de_DE")
    assert tag == "de_DE" or found.fairs == ()


@pytest.mark.parametrize(
    ("column", "name"), crossed(["Profil", "Kennung", "Layout", "Format"], [*PATHS, "a\0b"])
)
def test_a_cell_names_no_path(cards: Workspace, tmp_path: Path, column: str, name: str) -> None:
    if "\0" in name:
        assert refusals(lambda: season(tmp_path, cards, **{column: name}))
        return
    found = season(tmp_path, cards, **{column: name})
    for fair in found.fairs:  # dots and the like are no value; an id is made of the letters
        assert proposed_slug(fair.id) == fair.id
        assert (fair.profiles, fair.layout, fair.format) == ((SLUG,), "card", "")
    assert all(d.location.column == column for d in found.diagnostics)


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "a.txt", "--slug", "../x"),
        ("import", "a.txt", "--slug", "CON"),
        ("new", "locale", "../x"),
        ("new", "locale", "de-DE./../x"),
        ("build", "../../etc"),
        ("build", "--layout", "../base"),
        ("build", "--format", "../a6"),
        ("batch", "content/fairs.csv", "--row", "../x"),
        ("translations", "check", "--locale", "../../x"),
    ],
)
def test_no_argument_of_a_command_is_a_path_that_is_not_meant_as_one(
    cards: Workspace, arguments: tuple[str, ...]
) -> None:
    (cards.root / "a.txt").write_text("Ein Text.\n", "utf-8")
    before = sorted(cards.root.parent.rglob("*"))
    done: subprocess.CompletedProcess[str] = cards.run(*arguments)
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    assert ": error: " in done.stderr
    made = {f for f in cards.root.parent.rglob("*") if f not in before}
    assert all("out" in f.relative_to(cards.root).parts for f in made)


def test_cleaning_up_after_a_fair_stays_below_its_folder(cards: Workspace) -> None:
    done = cards.run("clean", "--fair", "../" + SLUG, "--yes")
    assert "Traceback" not in done.stderr
    assert (cards.root / PROFILE).is_file()
