"""Edit this → exactly these are printed again, and for this reason."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from careerprint.building.build import Options, build
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader

from .cards import UNREADY
from .conftest import PROFILE, SLUG, Workspace

CATALOGS = f"content/{SLUG}/locales"
ALL = {(layout, tag) for layout in ("brochure", "flyer") for tag in ("de", "en", "pl")}
GERMAN = {(layout, "de") for layout in ("brochure", "flyer")}
FLYERS = {("flyer", tag) for tag in ("de", "en", "pl")}
BROCHURES = ALL - FLYERS
EDITIONS = sorted(Edition(SLUG, layout, tag) for layout, tag in ALL)

Edit = Callable[[Workspace], object]


@pytest.fixture(scope="module")
def first(printed: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with all editions printed and none stale, to be copied."""
    root = tmp_path_factory.mktemp("first") / "workspace"
    shutil.copytree(printed.root, root)
    assert examined(Workspace(root)) == {}
    return root


@pytest.fixture
def built(first: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(first, tmp_path / "workspace", symlinks=True)
    return Workspace(tmp_path / "workspace")


def examined(workspace: Workspace) -> dict[tuple[str, str], list[str]]:
    """Return what is stale and why."""
    outcomes = build(
        EDITIONS, Reader(workspace.root), workspace.root / "out", Options(dry_run=True)
    )
    assert [d.sentence(str) for o in outcomes for d in o.diagnostics if d.rule not in UNREADY] == []
    return {
        (o.edition.layout, o.edition.locale): [reason.sentence(str) for reason in o.reasons]
        for o in outcomes
        if o.state in {State.STALE, State.MISSING}
    }


def replaced(name: str, old: str, new: str) -> Edit:
    return lambda workspace: workspace.edit(name, old, new)


def appended(name: str, text: str) -> Edit:
    def edit(workspace: Workspace) -> None:
        file = workspace.root / name
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    return edit


def put(name: str, content: bytes) -> Edit:
    return lambda workspace: (workspace.root / name).write_bytes(content)


def removed(name: str) -> Edit:
    return lambda workspace: (workspace.root / name).unlink()


def logo(workspace: Workspace) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h40v10z"/></svg>'
    )
    (workspace.root / "content" / "logo.svg").write_text(svg, "utf-8")
    workspace.edit("careerprint.toml", '# logo = "content/logo.svg"', 'logo = "content/logo.svg"')


PDF = f"out/{SLUG}/{SLUG}-flyer-en.pdf"
PL = f"{CATALOGS}/pl.po"
EDITS: dict[str, tuple[Edit, set[tuple[str, str]], str]] = {
    "a paragraph of the brochure": (
        replaced(
            PROFILE,
            "Das ist kein besonders hohes Gehalt.",
            "Das ist leider kein besonders hohes Gehalt.",
        ),
        BROCHURES,
        f"{PROFILE} changed",
    ),
    "a point of the flyer": (
        replaced(PROFILE, "Mehrere Wege in die Arbeit:", "Viele Wege in die Arbeit:"),
        FLYERS,
        f"{PROFILE} changed",
    ),
    "a fact": (replaced(PROFILE, "min: 2300", "min: 2350"), ALL, f"{PROFILE} changed"),
    "a fact of the brochure alone": (
        replaced(PROFILE, "- Gespräch vor Ort", "- im Gespräch"),
        BROCHURES,
        f"{PROFILE} changed",
    ),
    "a comment in the profile": (
        replaced(PROFILE, "# Zahlen und Listen", "# Alle Zahlen und Listen"),
        set(),
        "",
    ),
    "a layout's word": (
        replaced("layouts/locales/de.po", 'msgstr "Inhalt"', 'msgstr "Übersicht"'),
        {("brochure", "de")},
        "layouts/locales/de.po: messages changed: 1",
    ),
    "a template": (
        replaced("layouts/flyer/flyer.html.j2", '<div class="clear">', '<div class="clear x">'),
        FLYERS,
        "layouts/flyer/flyer.html.j2 changed",
    ),
    "a comment in a template": (
        replaced(
            "layouts/flyer/flyer.html.j2", '<div class="clear">', '{# none #}<div class="clear">'
        ),
        set(),
        "",
    ),
    "a style sheet of one layout": (
        appended("layouts/brochure/brochure.css", "\n"),
        BROCHURES,
        "layouts/brochure/brochure.css changed",
    ),
    "a style sheet of all": (appended("layouts/base/base.css", "\n"), ALL, "base.css changed"),
    "bounds of copyfitting": (
        replaced("layouts/flyer/layout.toml", "type_size = [9, 13]", "type_size = [9, 12]"),
        FLYERS,
        "layouts/flyer/layout.toml changed",
    ),
    "another format's bounds": (
        replaced("layouts/flyer/layout.toml", "type_size = [8, 11]", "type_size = [8, 10.5]"),
        set(),
        "",
    ),
    "a colour": (replaced("layouts/base/tokens.toml", "#E4572E", "#E4572F"), ALL, "tokens.toml"),
    "a drawing": (
        appended("layouts/base/art/check.svg", "\n"),
        FLYERS,
        "layouts/base/art/check.svg changed",
    ),
    "the issuer": (
        replaced("careerprint.toml", "Unsere Beratungsstelle", "Eine Beratungsstelle"),
        ALL,
        "careerprint.toml changed",
    ),
    "a logo": (logo, ALL, "careerprint.toml changed"),
    "what is built": (
        replaced("careerprint.toml", '"de", "en", "tr"', '"de", "en"'),
        set(),
        "",
    ),
    "a catalog that goes": (removed(PL), {("brochure", "pl"), ("flyer", "pl")}, f"{PL} removed"),
    "an output that goes": (removed(PDF), {("flyer", "en")}, "output missing"),
    "an output that is altered": (put(PDF, b"%PDF-1.7"), {("flyer", "en")}, "output altered"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_exactly_these_stale_and_says_why(built: Workspace, name: str) -> None:
    edit, expected, reason = EDITS[name]
    edit(built)
    stale = examined(built)
    assert set(stale) == expected
    for reasons in stale.values():
        assert any(reason in said for said in reasons), reasons


@pytest.mark.slow
def test_a_translation_makes_those_stale_that_print_it(built: Workspace) -> None:
    from babel.messages.pofile import read_po, write_po

    file = built.root / PL
    with file.open("rb") as content:
        catalog = read_po(content)
    catalog["Trotzdem bleibt das Persönliche am wichtigsten."].string = "Najważniejsi są ludzie."
    with file.open("wb") as content:
        write_po(content, catalog)
    assert examined(built) == {("brochure", "pl"): [f"{PL}: messages changed: 1"]}


def refont(font: str, name: str) -> Edit:
    """Return an edit that gives a font file another version, so that its bytes differ."""

    def edit(workspace: Workspace) -> None:
        from fontTools.ttLib import TTFont

        file = workspace.root / "fonts" / font
        with TTFont(file) as opened:
            opened["name"].setName(name, 5, 3, 1, 0x409)
            opened.save(file)

    return edit


@pytest.mark.slow
def test_a_font_makes_stale_what_has_characters_of_it(built: Workspace) -> None:
    refont("IBMPlexSansArabic_400Regular.ttf", "Version 99")(built)
    assert examined(built) == {}
    refont("IBMPlexSans_400Regular.ttf", "Version 99")(built)
    stale = examined(built)
    assert set(stale) == ALL
    assert all(said == ["fonts/IBMPlexSans_400Regular.ttf changed"] for said in stale.values())


@pytest.mark.slow
def test_a_font_is_used_where_a_single_word_needs_it(built: Workspace) -> None:
    built.edit(PROFILE, "Mehrere Wege in die Arbeit:", "Mehrere Wege in die Arbeit (خدمة):")
    assert set(examined(built)) == FLYERS, "and nothing else"
    one = [Edition(SLUG, "flyer", "de")]
    outcomes = build(one, Reader(built.root), built.root / "out")
    assert [(o.state, o.diagnostics) for o in outcomes] == [(State.PRINTED, ())]
    assert set(examined(built)) == FLYERS - {("flyer", "de")}
    refont("IBMPlexSansArabic_400Regular.ttf", "Version 99")(built)
    assert set(examined(built)) == FLYERS


@pytest.mark.slow
def test_a_font_that_is_added_makes_stale_what_uses_it(built: Workspace) -> None:
    font = built.root / "fonts" / "IBMPlexSans_600SemiBold.ttf"
    (built.root / "fonts" / "Another.ttf").write_bytes(font.read_bytes())
    assert examined(built) == {}
    face = '@font-face { font-family: "Other"; src: url("../../fonts/Another.ttf") }\n'
    appended("layouts/flyer/flyer.css", face)(built)
    for reasons in examined(built).values():
        assert "fonts/Another.ttf added" in reasons


@pytest.mark.process
def test_another_version_of_a_tool_makes_all_stale(built: Workspace) -> None:
    other = built.root.parent / "site" / "weasyprint-70.99.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 70.99\n")
    told = built.run_process("status", "--locale", "de", PYTHONPATH=str(other.parent))
    assert told.stdout.splitlines()[:2] == [
        f"to print: {SLUG}/{SLUG}-{layout}-de.pdf (WeasyPrint 70.0 → 70.99)"
        for layout in ("flyer", "brochure")
    ]


@pytest.mark.slow
def test_a_change_that_leaves_the_job_as_it_was_is_no_reason_later(built: Workspace) -> None:
    built.edit(PROFILE, "# Zahlen und Listen", "# Alle Zahlen und Listen")
    outcomes = build(EDITIONS, Reader(built.root), built.root / "out")
    assert {o.state for o in outcomes} == {State.FRESH}
    built.edit("careerprint.toml", "Unsere Beratungsstelle", "Eine Beratungsstelle")
    assert all(reasons == ["careerprint.toml changed"] for reasons in examined(built).values())
