"""What build, status and clean say, in words and in JSON, in English and German."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from careerprint.building.record import RECORD_FILE, open_record

from .cards import CSS, EDITIONS, ENGLISH, LOCALES, declare, pdfs, renew
from .conftest import PROFILE, SLUG, Workspace
from .workspaces import approve_all

FOLDER = f"{SLUG}/{SLUG}"
SLOW = {
    *("weasyprint", "pydantic", "babel", "jinja2", "markdown_it", "yaml", "PIL", "pypdfium2"),
    *("fontTools.ttLib", "filelock"),
}


def fail_english(workspace: Workspace) -> None:
    """Translate a text with a character that no font of the layout has."""
    workspace.edit(ENGLISH, 'msgstr "Customer service in Dortmund"', 'msgstr "Customer service 漢"')
    approve_all(workspace.root)


def mend_english(workspace: Workspace) -> None:
    workspace.edit(ENGLISH, 'msgstr "Customer service 漢"', 'msgstr "Customer service in Dortmund"')


def events(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def loaded(workspace: Workspace, *arguments: str) -> set[str]:
    """Run the command line and return what it loaded that takes long to load."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "careerprint", *arguments],
        cwd=workspace.root,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.split("\n") if line.count("|") == 2]
    assert len(lines) > 50
    return SLOW & {line.rsplit("|", 1)[1].strip() for line in lines}


# Nothing to do


@pytest.mark.process
def test_where_nothing_has_changed_nothing_that_reads_or_prints_is_loaded(
    built: Workspace,
) -> None:
    fresh = (["build"], ["build", "--json"], ["status"], ["build", "--dry-run"])
    for command in (*fresh, ["--help"]):
        assert loaded(built, *command) == set(), command
    assert loaded(built, "build", "--locale", "de") >= {"pydantic", "babel"}, "to plan anew"
    assert loaded(built, "build", "--locale", "de") == set()
    renew(built)
    assert loaded(built, "status") >= {"pydantic", "babel", "jinja2"}
    assert "weasyprint" not in loaded(built, "status")
    assert loaded(built, "build", "--jobs", "1") == SLOW
    assert loaded(built, "build") == set()


# status


def test_status_says_what_is_fresh_stale_missing_and_failed(built: Workspace) -> None:
    done = built.run("status")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "".join(f"unchanged: {FOLDER}-card-{tag}.pdf\n" for tag in LOCALES)
        + "0 to print, 3 unchanged, 0 failed. out/\n"
    )
    fail_english(built)
    assert built.run("build", "--jobs", "1").returncode == 1
    (built.root / "out" / f"{FOLDER}-card-tr.pdf").unlink()
    done = built.run("status")
    assert done.returncode == 1
    assert done.stdout == (
        f"unchanged: {FOLDER}-card-de.pdf\n"
        f"failed: {FOLDER}-card-en.pdf\n"
        f"missing: {FOLDER}-card-tr.pdf (output missing)\n"
        "1 to print, 1 unchanged, 1 failed. out/\n"
    )
    built.edit(CSS, "body { margin: 8mm;", "body { margin: 9mm;")
    done = built.run("status")
    assert (done.returncode, done.stderr) == (0, ""), "what failed may succeed with other sources"
    assert f"to print: {FOLDER}-card-de.pdf ({CSS} changed)\n" in done.stdout
    assert f"to print: {FOLDER}-card-en.pdf ({ENGLISH}: messages changed: 1; " in done.stdout
    assert f"missing: {FOLDER}-card-tr.pdf (output missing)\n" in done.stdout
    assert done.stdout.endswith("3 to print, 0 unchanged, 0 failed. out/\n")


@pytest.mark.process
def test_status_repeats_what_was_said_of_a_failed_edition_and_composes_nothing(
    built: Workspace,
) -> None:
    good = pdfs(built.root / "out")
    fail_english(built)
    failing = built.run("build", "--jobs", "1")
    assert failing.returncode == 1
    assert "“漢”" in failing.stderr
    again = built.run("status")
    assert (again.returncode, again.stderr) == (1, failing.stderr)
    assert loaded(built, "status") == set()
    german, deutsch = built.run("--lang", "de", "status"), built.run("--lang", "de", "build")
    assert german.stderr == deutsch.stderr
    assert ": Fehler: " in german.stderr
    assert pdfs(built.root / "out") == good
    mend_english(built)
    done = built.run("status")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 to print, 3 unchanged, 0 failed. out/\n")


def test_status_tells_of_what_cannot_be_composed(built: Workspace) -> None:
    built.edit("layouts/card/card.html.j2", "{{ place(front.subtitle", "{{ place(front.subtitel")
    done = built.run("status")
    assert done.returncode == 1
    assert done.stderr.startswith("layouts/card/card.html.j2:9: error: ")
    assert done.stdout.endswith("0 to print, 0 unchanged, 3 failed. out/\n")
    assert "failed: " in built.run("build").stdout
    assert built.run("status").stderr == done.stderr


def test_status_and_a_dry_run_change_nothing(built: Workspace) -> None:
    renew(built)
    before = {f: f.read_bytes() for f in (built.root / "out").rglob("*") if f.is_file()}
    for command in ("status", "build"):
        arguments = [] if command == "status" else ["--dry-run", "--explain"]
        done = built.run(command, *arguments)
        assert f"to print: {FOLDER}-card-de.pdf (" in done.stdout
        assert f"{PROFILE} changed" in done.stdout
    after = {f: f.read_bytes() for f in (built.root / "out").rglob("*") if f.is_file()}
    assert after == before


def test_in_german(built: Workspace) -> None:
    renew(built)
    done = built.run("--lang", "de", "status")
    assert f"zu drucken: {FOLDER}-card-de.pdf ({PROFILE} geändert)\n" in done.stdout
    assert done.stdout.endswith("3 zu drucken, 0 unverändert, 0 fehlgeschlagen. out/\n")
    done = built.run("build", "--timings", "--jobs", "1", LANG="de_DE.UTF-8")
    assert f"gedruckt: {FOLDER}-card-de.pdf\n" in done.stdout
    head = next(line for line in done.stdout.splitlines() if "(s)" in line)
    assert head.split()[:2] == ["Ausgabe", "Layout"]
    assert done.stdout.endswith("3 gedruckt, 0 unverändert, 0 fehlgeschlagen. out/\n")
    done = built.run("--lang", "de", "clean")
    assert done.stdout == "Es gibt nichts zu entfernen. out/\n"


def test_strict_fails_what_has_warnings_and_keeps_the_old_pdf(built: Workspace) -> None:
    old = pdfs(built.root / "out")
    built.edit(ENGLISH, 'msgstr "Customer service in Dortmund"', 'msgstr "Service {pay.entry}"')
    strict = built.run("build", "--strict", "--jobs", "1")
    assert strict.returncode == 1
    assert f"failed: {FOLDER}-card-en.pdf" in strict.stdout
    assert ": warning: " in strict.stderr
    assert pdfs(built.root / "out") == old
    lenient = built.run("build", "--jobs", "1")
    assert (lenient.returncode, lenient.stderr) == (0, strict.stderr)
    assert f"printed: {FOLDER}-card-en.pdf" in lenient.stdout
    again = built.run("build", "--strict")
    assert again.returncode == 1, "warnings of what is fresh count too"
    assert again.stderr == strict.stderr


# JSON and timings


def test_events_are_lines_of_json_that_say_all(built: Workspace) -> None:
    fail_english(built)
    (built.root / "out" / f"{FOLDER}-card-tr.pdf").unlink()
    done = built.run("build", "--json", "--jobs", "1")
    assert (done.returncode, done.stderr) == (1, "")
    begun, de, en, tr, finished = events(done.stdout)
    assert begun.keys() == {"event", "editions", "seconds"}
    assert (begun["event"], begun["editions"]) == ("begun", 2)
    for event, edition in zip((de, en, tr), EDITIONS, strict=True):
        assert event["event"] == "edition"
        assert event.keys() == {
            *(
                "event",
                "profile",
                "layout",
                "locale",
                "format",
                "fair",
                "target",
                "output",
                "state",
            ),
            *("composing", "printing", "fallen_back", "left_out", "reasons", "diagnostics"),
        }
        assert event["output"] == edition.output
        assert (event["profile"], event["layout"], event["locale"]) == (
            SLUG,
            "card",
            edition.locale,
        )
    assert [e["state"] for e in (de, en, tr)] == ["fresh", "failed", "printed"]
    assert tr["reasons"] == ["output missing"]
    assert tr["printing"] > 0
    (said,) = en["diagnostics"]
    assert said.keys() == {
        *("severity", "rule", "sentence"),
        *("path", "sheet", "line", "column", "page", "left", "top"),
    }
    assert said["severity"] == "error"
    assert said["sentence"].startswith(f"{said['path']}")
    assert finished == {
        "event": "finished",
        "printed": 1,
        "fresh": 1,
        "failed": 1,
        "stale": 0,
        "missing": 0,
    }
    status = built.run("status", "--json")
    assert status.returncode == 1
    assert [e.get("state") for e in events(status.stdout)] == [
        None,
        "fresh",
        "failed",
        "fresh",
        None,
    ]
    assert events(status.stdout)[2]["diagnostics"] == en["diagnostics"]
    german = events(built.run("--lang", "de", "status", "--json").stdout)
    assert "Fehler: " in german[2]["diagnostics"][0]["sentence"]
    assert german[2]["state"] == "failed", "words are translated, names are not"


def test_timings_are_of_what_was_printed(built: Workspace) -> None:
    (built.root / "out" / f"{FOLDER}-card-tr.pdf").unlink()
    lines = built.run("build", "--timings", "--jobs", "1").stdout.splitlines()
    head, row = lines[3:5]
    assert head.split() == ["edition", "layout", "composing", "(s)", "printing", "(s)"]
    name, layout, composing, printing = row.split()
    assert (name, layout) == (f"{FOLDER}-card-tr.pdf", "card")
    assert float(composing) >= 0
    assert float(printing) > 0
    assert lines[5] == "1 printed, 2 unchanged, 0 failed. out/"


# clean


def test_clean_lists_and_removes_only_when_told_so(built: Workspace) -> None:
    out = built.root / "out"
    assert built.run("clean").stdout == "There is nothing to remove. out/\n"
    declare(built, 'layouts = ["card"]\nlocales = ["de"]\n')
    before = pdfs(out)
    done = built.run("clean")
    assert done.returncode == 0
    assert done.stdout == (
        f"to remove: {FOLDER}-card-en.pdf\n"
        f"to remove: {FOLDER}-card-tr.pdf\n"
        "2 to remove; with --yes they are. out/\n"
    )
    assert pdfs(out) == before
    done = built.run("clean", "--yes")
    assert done.stdout == (
        f"removed: {FOLDER}-card-en.pdf\nremoved: {FOLDER}-card-tr.pdf\n2 removed. out/\n"
    )
    assert pdfs(out).keys() == {f"{FOLDER}-card-de.pdf"}
    assert built.run("clean").stdout == "There is nothing to remove. out/\n"
    assert built.run("build").stdout.endswith("0 printed, 1 unchanged, 0 failed. out/\n")


def test_clean_leaves_alone_what_is_altered_and_what_it_does_not_know(built: Workspace) -> None:
    out = built.root / "out"
    declare(built, 'layouts = ["card"]\nlocales = ["de"]\n')
    altered = out / f"{FOLDER}-card-en.pdf"
    altered.write_bytes(altered.read_bytes() + b"% signed\n")
    strangers = [out / SLUG / "notes.pdf", out / f"{FOLDER}-card-fr.pdf", out / "list.txt"]
    for file in strangers:
        file.write_text("mine")
    done = built.run("clean", "--yes")
    assert done.stdout == (
        f"altered since it was printed, and left alone: {FOLDER}-card-en.pdf\n"
        f"removed: {FOLDER}-card-tr.pdf\n1 removed. out/\n"
    )
    assert altered.exists()
    assert all(file.read_text() == "mine" for file in strangers)
    altered.unlink()
    assert built.run("clean").stdout == "There is nothing to remove. out/\n", "it is not there"


def test_clean_removes_the_folder_of_a_profile_that_is_gone_and_forgets_it(
    built: Workspace,
) -> None:
    out = built.root / "out"
    shutil.copytree(built.root / "content" / SLUG, built.root / "content" / "gone")
    assert built.run("build", "--jobs", "1").returncode == 0
    assert (out / "gone").is_dir()
    shutil.rmtree(built.root / "content" / "gone")
    assert built.run("clean", "--yes").stdout.endswith("3 removed. out/\n")
    assert not (out / "gone").exists()
    with open_record(out, to_write=False) as record:
        assert record.entries().keys() == {edition.output for edition in EDITIONS}


def test_clean_forgets_what_failed_and_has_no_file(built: Workspace) -> None:
    declare(built, 'layouts = ["card"]\nlocales = ["de", "ar"]\n')
    assert built.run("build", "--jobs", "1").returncode == 1, "the card has no Arabic font"
    declare(built, 'layouts = ["card"]\nlocales = ["de", "en", "tr"]\n')
    assert built.run("clean").stdout == "There is nothing to remove. out/\n"
    assert built.run("clean", "--yes").stdout == "0 removed. out/\n"
    with open_record(built.root / "out", to_write=False) as record:
        assert record.failures() == {}


def test_clean_removes_nothing_where_the_record_is_lost_or_the_workspace_is_wrong(
    built: Workspace,
) -> None:
    before = pdfs(built.root / "out")
    declare(built, 'layouts = ["plakat"]\nlocales = ["de"]\n')
    done = built.run("clean", "--yes")
    assert done.returncode == 2
    assert done.stderr.startswith("layouts/plakat/layout.toml: error: There is no layout “plakat”.")
    declare(built, 'layouts = ["card"]\nlocales = ["de"]\n')
    (built.root / "out" / RECORD_FILE).unlink()
    assert built.run("clean", "--yes").stdout == "0 removed. out/\n"
    assert pdfs(built.root / "out") == before
