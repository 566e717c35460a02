"""Skeletons: a profile, a layout and a locale that print at once, and overwrite nothing."""

import re
from pathlib import Path

import pytest

from careerprint.commands import desk
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.profiles.content import read_profile
from careerprint.profiles.pofiles import parse_catalog

from .conftest import SLUG, Workspace, run

PROFILE = "content/hotelfach/profile.md"


def built(workspace: Workspace, *selection: str, locales: tuple[str, ...]) -> str:
    """Print a selection, which must succeed, and return what is said."""
    tags = [option for tag in locales for option in ("--locale", tag)]
    done = workspace.run("build", *selection, *tags)
    assert done.returncode == 0, done.stderr
    assert "0 failed" in done.stdout
    return done.stdout


@pytest.mark.slow
def test_a_new_profile_prints_at_once(workspace: Workspace) -> None:
    done = workspace.run("new", "profile", "hotelfach")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"written: {PROFILE}\nPrint it: careerprint build hotelfach\n"
    # No page of it is half empty.
    chosen = ("build", "hotelfach", "--locale")
    for selected in (["de"], ["ar", "--layout", "flyer"]):
        printed = workspace.run(*chosen, *selected)
        assert printed.returncode == 0
        told = printed.stderr.splitlines()
        assert [line for line in told if "% empty" in line or ": error: " in line] == []


@pytest.mark.slow
def test_every_field_of_a_new_profile_prints_when_it_is_switched_on(workspace: Workspace) -> None:
    workspace.run("new", "profile", "hotelfach")
    path = workspace.root / PROFILE
    # Each line with an entry is switched on; what explains one keeps its mark.
    text = re.sub(r"^  # ( *(- )?[a-z_]+:)", r"  \1", path.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^  # ( *#)", r"  \1", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    profile = read_profile(Reader(workspace.root), "hotelfach")
    facts_read = profile.front.facts
    assert all(getattr(facts_read, name) for name in type(facts_read).model_fields)
    for layout in ("brochure", "flyer"):
        job = compose(Edition("hotelfach", layout, "de"), Reader(workspace.root))
        assert job.diagnostics == ()
    assert "1 printed" in built(workspace, "hotelfach", "--layout", "flyer", locales=("de",))


@pytest.mark.slow
def test_a_new_layout_prints_at_once(workspace: Workspace) -> None:
    done = workspace.run("new", "layout", "merkblatt")
    assert (done.returncode, done.stderr) == (0, "")
    workspace.run("new", "profile", "hotelfach")  # one without pay
    for name, tag in (("hotelfach", "ar"), (SLUG, "en-XA")):
        assert "1 printed" in built(workspace, name, "--layout", "merkblatt", locales=(tag,))
    strict = workspace.run("build", SLUG, "--layout", "merkblatt", "--locale", "de", "--strict")
    assert (strict.returncode, strict.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "forms"), [("sv", 2), ("lv", 3), ("pt-BR", 2), ("id", 1)])
def test_a_new_locale_prints_at_once_in_the_fallback(
    workspace: Workspace, tag: str, forms: int
) -> None:
    done = workspace.run("new", "locale", tag)
    assert (done.returncode, done.stderr) == (0, "")
    folders = ("layouts", "layouts/leicht-flyer", "layouts/leicht", f"content/{SLUG}")
    names = [f"{folder}/locales/{tag}.po" for folder in folders]
    assert done.stdout.split("\n")[:4] == [f"written: {name}" for name in names]
    for name in names:
        catalog = parse_catalog((workspace.root / name).read_text("utf-8"), name, tag)
        assert catalog.num_plurals == forms
        assert not any(s for m in catalog if m.id for s in m.string or ())
    for layout in ("brochure", "flyer"):
        job = compose(Edition(SLUG, layout, tag), Reader(workspace.root))
        assert job.diagnostics == ()
        assert job.fallen_back > 10
    if tag == "lv":  # in its Latin, with letters that few other locales have
        assert "1 printed" in built(workspace, "--layout", "flyer", locales=(tag,))


@pytest.mark.parametrize(
    ("written", "tag", "name"),
    [
        ("prs", "fa-AF", "Dari"),
        ("sr-latn-ba", "sr-Latn-BA", "Serbian (Latin, Bosnia & Herzegovina)"),
        ("zh-hant", "zh-Hant", "Traditional Chinese"),
        ("de-simple", "de-simple", "Easy German (Leichte Sprache)"),
        ("de-x-leicht", "de-simple", "Easy German (Leichte Sprache)"),
        ("zza", "zza", "Zaza"),
        ("sdh", "sdh", "Southern Kurdish"),
        ("iw", "he", "Hebrew"),
        ("EL-cy", "el-CY", "Greek (Cyprus)"),
    ],
)
def test_a_tag_is_spelt_as_cldr_does(
    workspace: Workspace, written: str, tag: str, name: str
) -> None:
    done = workspace.run("new", "locale", written)
    assert done.returncode == 0
    assert f"written: layouts/locales/{tag}.po" in done.stdout
    assert f"careerprint build --locale {tag}\n" in done.stdout
    catalog = (workspace.root / f"layouts/locales/{tag}.po").read_text("utf-8")
    assert catalog.startswith(f"# layouts: {name}\n")
    assert f'"Language: {tag}\\n"' in catalog
    job = compose(Edition(SLUG, "flyer", tag), Reader(workspace.root))
    assert f'lang="{tag}"' in job.html


def test_a_locale_may_be_named_by_its_other_tags(workspace: Workspace) -> None:
    for written, tag in (("kmr", "ku"), ("prs", "fa-AF"), ("DE-at", "de-AT")):
        done = workspace.run("status", "--layout", "flyer", "--locale", written)
        assert f"customer-service-dortmund-flyer-{tag}.pdf" in done.stdout, done.stderr
    taken = workspace.run("new", "locale", "kmr")
    assert (taken.returncode, "layouts/locales/ku.po: error:" in taken.stderr) == (2, True)


def test_a_catalog_that_is_there_stays(workspace: Workspace) -> None:
    kept = workspace.root / f"content/{SLUG}/locales/sv.po"
    kept.write_text('msgid ""\nmsgstr ""\n', "utf-8")
    done = workspace.run("new", "locale", "sv")
    assert (done.returncode, "content/" in done.stdout) == (0, False)
    assert kept.read_text("utf-8") == 'msgid ""\nmsgstr ""\n'


def test_a_language_without_letters_in_the_fonts_is_told(workspace: Workspace) -> None:
    done = workspace.run("new", "locale", "zh")
    assert done.returncode == 0
    assert done.stderr.startswith(
        "layouts/locales/zh.po: warning: The fonts have no letters for this language."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("profile", "Hotel Fach"), "NAME: error: “Hotel Fach” cannot be a name here."),
        (("profile", SLUG), f"content/{SLUG}: error: There is something here already"),
        (("layout", "flyer"), "layouts/flyer: error: There is something here already"),
        (("layout", "base"), "layouts/base: error: There is something here already"),
        (("layout", "../x"), "NAME: error: “../x” cannot be a name here."),
        (("locale", "de"), "layouts/locales/de.po: error: There is something here already"),
        (("locale", "en"), "layouts/locales/en.po: error: There is something here already"),
        (("locale", "xx"), "TAG: error: “xx” is not a locale. Write the language's code"),
        (("locale", "en-XA"), "TAG: error: “en-XA” is not a locale."),
        (("locale", "../../el"), "TAG: error: “../../el” is not a locale."),
        (("locale", "und"), "TAG: error: “und” is not a locale."),
        (("locale", "x-leicht"), "TAG: error: “x-leicht” is not a locale."),
        (("locale", "deutsch"), "TAG: error: “deutsch” is not a locale."),
    ],
)
def test_names_that_cannot_be_used(
    workspace: Workspace, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(workspace.root.rglob("*"))
    done = workspace.run("new", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1
    assert sorted(workspace.root.rglob("*")) == before


def test_outside_of_a_workspace(tmp_path: Path) -> None:
    for arguments in (("new", "profile", "x"), ("new", "layout", "x"), ("new", "locale", "el")):
        done = run(tmp_path, *arguments)
        assert done.returncode == 2
        assert "This folder is not a careerprint workspace" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_desk_begins_in_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desktop.ini").write_text("")  # Windows puts it into folders
    monkeypatch.chdir(tmp_path)
    desk.begin_here(str)
    assert (tmp_path / "careerprint.toml").is_file()


def test_among_other_files_the_desk_begins_in_a_folder_of_its_own_if_somebody_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "brief.docx").write_text("")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match=r"holds other files.*--documents"):
        desk.begin_here(str)  # nobody sits at a terminal
    monkeypatch.setattr(desk, "_is_wanted", lambda *_: True)
    desk.begin_here(str)
    assert Path.cwd() == tmp_path / "careerprint"
    assert {path.name for path in tmp_path.iterdir()} == {"brief.docx", "careerprint"}
    monkeypatch.chdir(tmp_path)
    desk.begin_here(str)  # what is there is opened
    assert (Path.cwd() / "careerprint.toml").is_file()
