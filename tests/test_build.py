"""What a build prints again, what it leaves, and what it never spoils."""

import sqlite3
import subprocess
import sys

from careerprint.building.recordfile import RECORD_FILE
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader

from .conftest import PROFILE, ROOT, SLUG, Workspace

BROCHURES = {("brochure", "de"), ("brochure", "en")}
FLYERS = {("flyer", "de"), ("flyer", "en")}


def printed_by(workspace: Workspace) -> set[tuple[str, str]]:
    """Build all, and return the (layout, locale) of the editions that were printed."""
    outcomes = workspace.build()
    assert all(o.state is not State.FAILED for o in outcomes)
    return {(o.edition.layout, o.edition.locale) for o in outcomes if o.state is State.PRINTED}


def test_a_second_build_prints_nothing(workspace: Workspace) -> None:
    assert printed_by(workspace) == BROCHURES | FLYERS
    assert printed_by(workspace) == set()


def test_an_edit_prints_exactly_what_it_touches(workspace: Workspace) -> None:
    printed_by(workspace)
    workspace.edit(PROFILE, "Reich wird man damit nicht.", "Reich macht das nicht.")
    assert printed_by(workspace) == BROCHURES
    workspace.edit(PROFILE, "headline: Zuhören. Verstehen. Lösen.", "headline: Zuhören und lösen.")
    assert printed_by(workspace) == FLYERS
    workspace.edit(PROFILE, "max: 3400", "max: 3450")
    assert printed_by(workspace) == BROCHURES | FLYERS
    workspace.edit("layouts/locales/de.po", 'msgstr "Inhalt"', 'msgstr "Im Heft"')
    assert printed_by(workspace) == {("brochure", "de")}
    workspace.edit(
        "layouts/flyer/flyer.css",
        "\n.band h1 { font-size: 2.45rem",
        "\n.band h1 { font-size: 2.4rem",
    )
    assert printed_by(workspace) == FLYERS
    workspace.edit("layouts/base/tokens.toml", "#E4572E", "#D9482B")
    assert printed_by(workspace) == BROCHURES | FLYERS
    workspace.edit(
        "careerprint.toml", 'email = "beratung@example.org"', 'email = "messe@example.org"'
    )
    assert printed_by(workspace) == BROCHURES | FLYERS
    workspace.edit(PROFILE, "# Zahlen und Listen", "# Alle Zahlen und Listen")
    assert printed_by(workspace) == set()


def test_output_that_is_missing_or_altered_is_printed_again(workspace: Workspace) -> None:
    printed_by(workspace)
    original = workspace.pdf("flyer", "de").read_bytes()
    workspace.pdf("flyer", "de").unlink()
    workspace.pdf("flyer", "en").write_bytes(b"spoiled")
    assert printed_by(workspace) == FLYERS
    assert workspace.pdf("flyer", "de").read_bytes() == original


def test_force_prints_again(workspace: Workspace) -> None:
    assert workspace.run("build", "--layout", "flyer").returncode == 0
    again = workspace.run("build", "--layout", "flyer")
    assert "0 printed, 2 unchanged, 0 failed. out/" in again.stdout
    forced = workspace.run("build", "--layout", "flyer", "--force")
    assert "2 printed, 0 unchanged, 0 failed. out/" in forced.stdout


def test_a_failed_edition_keeps_its_last_good_pdf_and_stops_no_other(workspace: Workspace) -> None:
    printed_by(workspace)
    good = workspace.pdf("flyer", "de").read_bytes()
    workspace.edit(PROFILE, "headline: Zuhören. Verstehen. Lösen.", "headline: 漢")
    workspace.edit(PROFILE, "Reich wird man damit nicht.", "Reich macht das nicht.")
    states = {(o.edition.layout, o.edition.locale): o.state for o in workspace.build()}
    assert states == {
        **dict.fromkeys(FLYERS, State.FAILED),
        **dict.fromkeys(BROCHURES, State.PRINTED),
    }
    assert workspace.pdf("flyer", "de").read_bytes() == good
    again = {o.state for o in workspace.build("flyer")}
    assert again == {State.FAILED}, "a failed edition must not count as fresh"


def test_a_damaged_or_foreign_record_costs_a_print_and_no_more(workspace: Workspace) -> None:
    printed_by(workspace)
    record = workspace.root / "out" / RECORD_FILE
    record.write_bytes(b"this is no database" * 100)
    assert printed_by(workspace) == BROCHURES | FLYERS
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert printed_by(workspace) == BROCHURES | FLYERS
    for damage in (
        "UPDATE edition SET sources = '{'",
        "UPDATE edition SET sources = '[]'",
        "UPDATE edition SET composing = '[[1]]'",
        "DROP TABLE edition",
    ):
        with sqlite3.connect(record) as connection:
            connection.execute(damage)
        connection.close()
        assert printed_by(workspace) == BROCHURES | FLYERS
    assert printed_by(workspace) == set()


def test_nothing_but_pdfs_the_record_and_its_lock_is_left_behind(workspace: Workspace) -> None:
    printed_by(workspace)
    files = {f.name for f in (workspace.root / "out").rglob("*") if f.is_file()}
    names = {f"customer-service-dortmund-{la}-{lo}.pdf" for la, lo in BROCHURES | FLYERS}
    assert files == names | {"record.sqlite", "lock"}


def modules_loaded(workspace: Workspace, *arguments: str) -> set[str]:
    """Run the command line and return the names of all modules that it imported."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "careerprint", *arguments],
        cwd=workspace.root,
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        line.rsplit("|", 1)[1].strip() for line in done.stderr.split("\n") if line.count("|") == 2
    }


def test_what_takes_long_to_load_is_loaded_only_for_printing(workspace: Workspace) -> None:
    slow = {"weasyprint", "pypdfium2", "fontTools.ttLib", "filelock"}
    assert slow & modules_loaded(workspace, "build") == slow
    assert slow & modules_loaded(workspace, "build") == set(), "nothing changed, nothing printed"
    loaded = modules_loaded(workspace, "--help")
    assert loaded & (slow | {"babel", "jinja2", "pydantic", "yaml", "markdown_it"}) == set()


def test_output_folder_by_option(workspace: Workspace) -> None:
    done = workspace.run("build", "--layout", "flyer", "--locale", "de", "--out", "druck")
    assert done.stdout.endswith("1 printed, 0 unchanged, 0 failed. druck/\n")
    assert (workspace.root / "druck/customer-service-dortmund").is_dir()
    assert not (workspace.root / "out/customer-service-dortmund").exists()


def test_builds_at_once_write_whole_files_and_one_record(workspace: Workspace) -> None:
    command = [sys.executable, "-m", "careerprint", "build", "--force", "--layout", "flyer"]
    running = [
        subprocess.Popen(
            command, cwd=workspace.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    seen = 0
    while any(process.poll() is None for process in running):
        for pdf in (workspace.root / "out").glob("*/*.pdf"):
            content = pdf.read_bytes()
            assert content.startswith(b"%PDF-1.7")
            assert content.rstrip().endswith(b"%%EOF")
            seen += 1
    assert seen
    for process in running:
        _, errors = process.communicate()
        assert process.returncode == 0
        assert errors in {b"", b"Another build is at work here; waiting for it.\n"}
    assert {o.state for o in workspace.build("flyer")} == {State.FRESH}


def test_a_job_knows_every_file_that_it_was_made_from_and_those_that_were_absent() -> None:
    sources = compose(Edition(SLUG, "flyer", "de-AT"), Reader(ROOT)).sources
    assert {name for name, digest in sources.items() if digest is None} == {
        "layouts/locales/de-AT.po",
        "layouts/flyer/locales/de-AT.po",
        "layouts/flyer/locales/de.po",
        f"content/{SLUG}/locales/de-AT.po",
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
                "figures.html.j2",
            )
        ),
        *(f"layouts/base/art/{n}.svg" for n in ("hero", "hero-ground", "hero-sky", "check")),
        *(f"layouts/flyer/{n}" for n in ("flyer.css", "a4.css", "flyer.html.j2", "layout.toml")),
        "layouts/locales/de.po",
    }
