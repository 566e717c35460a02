"""What a build prints again, what it leaves, and what it never spoils."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from careerprint.api import Workspace as Api
from careerprint.building.record import RECORD_FILE
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader

from .cards import LAYOUT, READS_FACTS, STYLE, card_workspace, declare, renew
from .conftest import PROFILE, ROOT, SLUG, Workspace

CARDS = {("card", "de"), ("card", "en")}
NOTES = {("note", "de"), ("note", "en")}
NOTE = (
    READS_FACTS
    + """\
<!DOCTYPE html>
<html lang="{{ lang }}" dir="{{ dir }}">
<head><meta charset="utf-8"><title>{{ plain(front.title) }}</title></head>
<body>
{{ place(front.flyer.headline, "h1") }}
{{ place(front.flyer.teaser, "p") }}
{% for point in front.flyer.points %}{{ place(point, "p") }}{% endfor %}
</body>
</html>
"""
)
# What both layouts show: a fact, a colour, the issuer.
BOTH = '<p class="mark">{{ plain(facts.skills[0]) }}, {{ issuer.email }}</p></body>'
MARK = "@page { margin: 0 }\n.mark { border: 1mm solid var(--signal); }\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with two small layouts in two locales, printed; not to be changed.

    Cards show what a cover shows, and a word of the layouts; notes show what a flyer shows.
    """
    made = card_workspace(tmp_path_factory.mktemp("first") / "workspace", ["de", "en"])
    layouts = made.root / "layouts"
    (layouts / "note").mkdir()
    declared = LAYOUT.replace("card", "note").replace("cover", "flyer")
    (layouts / "note/layout.toml").write_text(declared, "utf-8")
    (layouts / "note/note.css").write_text(STYLE, "utf-8")
    (layouts / "note/note.html.j2").write_text(NOTE, "utf-8")
    for name in ("card", "note"):
        made.edit(f"layouts/{name}/{name}.html.j2", "</body>", BOTH)
        style = layouts / name / f"{name}.css"
        style.write_text(style.read_text("utf-8") + MARK, "utf-8")
    made.edit("layouts/card/card.html.j2", "</body>", '<p>{{ _("Contents") }}</p></body>')
    declare(made, 'layouts = ["card", "note"]\nlocales = ["de", "en"]\n')
    assert printed_by(made) == CARDS | NOTES
    return made


@pytest.fixture
def workspace(first: Workspace, tmp_path: Path) -> Workspace:
    """The same, to be changed."""
    shutil.copytree(first.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def printed_by(workspace: Workspace) -> set[tuple[str, str]]:
    """Build all, and return the (layout, locale) of the editions that were printed."""
    outcomes = workspace.build()
    assert all(o.state is not State.FAILED for o in outcomes)
    return {(o.edition.layout, o.edition.locale) for o in outcomes if o.state is State.PRINTED}


@pytest.mark.slow
def test_a_second_build_prints_nothing(workspace: Workspace) -> None:
    shutil.rmtree(workspace.root / "out")
    assert printed_by(workspace) == CARDS | NOTES
    assert printed_by(workspace) == set()


@pytest.mark.slow
def test_an_edit_prints_exactly_what_it_touches(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "eine Arbeit für Menschen", "ein Beruf für Menschen")
    assert printed_by(workspace) == CARDS
    workspace.edit(PROFILE, "headline: Fragen klären, Lösungen finden", "headline: Fragen klären.")
    assert printed_by(workspace) == NOTES
    workspace.edit(PROFILE, "gut zuhören und klar sprechen", "klar sprechen und gut zuhören")
    assert printed_by(workspace) == CARDS | NOTES
    workspace.edit("layouts/locales/de.po", 'msgstr "Inhalt"', 'msgstr "Im Heft"')
    assert printed_by(workspace) == {("card", "de")}
    workspace.edit("layouts/note/note.css", "margin: 8mm", "margin: 7mm")
    assert printed_by(workspace) == NOTES
    workspace.edit("layouts/base/tokens.toml", "#E4572E", "#D9482B")
    assert printed_by(workspace) == CARDS | NOTES
    workspace.edit(
        "careerprint.toml", 'email = "beratung@rat.internal"', 'email = "messe@example.org"'
    )
    assert printed_by(workspace) == CARDS | NOTES
    workspace.edit(PROFILE, "# Zahlen und Listen", "# Alle Zahlen und Listen")
    assert printed_by(workspace) == set()


def test_output_that_is_missing_or_altered_is_printed_again(workspace: Workspace) -> None:
    original = workspace.pdf("note", "de").read_bytes()
    workspace.pdf("note", "de").unlink()
    workspace.pdf("note", "en").write_bytes(b"spoiled")
    assert printed_by(workspace) == NOTES
    assert workspace.pdf("note", "de").read_bytes() == original


def test_force_prints_again(workspace: Workspace) -> None:
    again = workspace.run("build", "--layout", "card")
    assert "0 printed, 2 unchanged, 0 failed. out/" in again.stdout
    forced = workspace.run("build", "--layout", "card", "--force")
    assert "2 printed, 0 unchanged, 0 failed. out/" in forced.stdout


def test_a_failed_edition_keeps_its_last_good_pdf_and_stops_no_other(workspace: Workspace) -> None:
    good = workspace.pdf("note", "de").read_bytes()
    workspace.edit(PROFILE, "headline: Fragen klären, Lösungen finden", "headline: 漢")
    workspace.edit(PROFILE, "eine Arbeit für Menschen", "ein Beruf für Menschen")
    states = {(o.edition.layout, o.edition.locale): o.state for o in workspace.build()}
    assert states == {
        **dict.fromkeys(NOTES, State.FAILED),
        **dict.fromkeys(CARDS, State.PRINTED),
    }
    assert workspace.pdf("note", "de").read_bytes() == good
    again = {o.state for o in workspace.build("note")}
    assert again == {State.FAILED}, "a failed edition must not count as fresh"


@pytest.mark.slow
def test_a_damaged_or_foreign_record_costs_a_print_and_no_more(workspace: Workspace) -> None:
    record = workspace.root / "out" / RECORD_FILE
    record.write_bytes(b"this is no database" * 100)
    assert printed_by(workspace) == CARDS | NOTES
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert printed_by(workspace) == CARDS | NOTES
    for damage in (
        "UPDATE kept SET value = '{' WHERE kind = 'edition'",
        "UPDATE kept SET value = '[]' WHERE kind = 'edition'",
        "UPDATE kept SET value = json_set(value, '$[7]', json('[[1]]')) WHERE kind = 'edition'",
        "UPDATE kept SET value = json_set(value, '$[9][1]', '[]') WHERE kind = 'edition'",
        "DROP TABLE kept",
    ):
        with sqlite3.connect(record) as connection:
            connection.execute(damage)
        connection.close()
        assert printed_by(workspace) == CARDS | NOTES
    assert printed_by(workspace) == set()


def test_cleaning_forgets_what_nothing_is_made_from_any_more(workspace: Workspace) -> None:
    def shared() -> set[str]:
        with sqlite3.connect(workspace.root / "out" / RECORD_FILE) as connection:
            rows = connection.execute("SELECT name FROM kept WHERE kind = 'shared'").fetchall()
        connection.close()
        return {name for (name,) in rows}

    before = shared()
    renew(workspace)
    assert printed_by(workspace) == CARDS
    assert shared() > before
    Api(workspace.root).clean()
    assert before - shared(), "all editions have another source now"
    assert printed_by(workspace) == set()


def test_nothing_but_pdfs_the_record_and_its_lock_is_left_behind(workspace: Workspace) -> None:
    files = {f.name for f in (workspace.root / "out").rglob("*") if f.is_file()}
    names = {f"customer-service-dortmund-{la}-{lo}.pdf" for la, lo in CARDS | NOTES}
    assert files == names | {"record.sqlite", "lock"}


def test_output_folder_by_option(workspace: Workspace) -> None:
    done = workspace.run("build", "--layout", "card", "--locale", "de", "--out", "druck")
    assert done.stdout.endswith("1 printed, 0 unchanged, 0 failed. druck/\n")
    assert (workspace.root / "druck/customer-service-dortmund").is_dir()
    assert workspace.build()[0].state is State.FRESH, "what lies in the other folder stays"


def test_a_job_knows_every_file_that_it_was_made_from_and_those_that_were_absent() -> None:
    sources = compose(Edition(SLUG, "flyer", "de-AT"), Reader(ROOT)).sources
    assert {name for name, digest in sources.items() if digest is None} == {
        "layouts/locales/de-AT.po",
        "layouts/flyer/locales/de-AT.po",
        "layouts/flyer/locales/de.po",
        "layouts/brochure/locales/de.po",
        f"content/{SLUG}/locales/de-AT.po",
        f"content/{SLUG}/profile.de-AT.md",
        f"content/{SLUG}/*rofil*",
    }
    assert {name for name, digest in sources.items() if digest} == {
        "careerprint.toml",
        PROFILE,
        *(f"fonts/{font.name}" for font in (ROOT / "fonts").glob("IBMPlexSans_*.ttf")),
        *(
            f"layouts/base/{n}"
            for n in (
                "base.css",
                "tokens.toml",
                "contact.html.j2",
                "facts.css",
                "facts.html.j2",
                "figures.html.j2",
            )
        ),
        *(f"layouts/base/art/hero-{n}.svg" for n in ("front", "ground", "sky")),
        "layouts/base/art/check.svg",
        "layouts/base/art/fields/customer-service/motif.svg",
        "layouts/base/art/towns/dortmund.svg",
        *(f"layouts/flyer/{n}" for n in ("flyer.css", "a4.css", "flyer.html.j2", "layout.toml")),
        "layouts/locales/de.po",
        # A fact that the flyer does not print is one to warn of, unless the brochure does.
        "layouts/brochure/layout.toml",
        "layouts/base/parts.html.j2",
        *(f"fonts//**/*.{kind}" for kind in ("otf", "ttf")),  # which folders have fonts
        f"content/{SLUG}//*rofil*",  # which files beside the profile are called like one
        *(f"layouts/brochure/{f.name}" for f in (ROOT / "layouts/brochure").glob("*.j2")),
    }
