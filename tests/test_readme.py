"""What the README and the guide show is what happens."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from babel.messages.pofile import read_po

from careerprint.intake.starter import make_workspace

from .cards import declare, flyers_as_cards
from .conftest import PROFILE, ROOT, SLUG, Workspace, run
from .texts import GARDENER, postpone_fairs
from .wordfiles import paragraph, word_file
from .workspaces import make_ready_workspace

README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "anleitung.md").read_text("utf-8")
BY_MAKE = {"make pdf", "make test"}  # run by CI, each with what it sets up


def transcripts(document: str) -> list[tuple[str, str]]:
    """Return every (command, output) of a document's console blocks, in order."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", document, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def matches(shown: str, actual: str) -> bool:
    """Tell whether an output is what a document shows; “…” there stands for anything."""
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, actual, re.DOTALL) is not None


# What waits, and what writes to both streams, which a terminal mixes.
PROCESSES = (
    *("careerprint watch", "careerprint desk", "careerprint preview", "careerprint check"),
    "careerprint build gartenbau",
)


@pytest.mark.process
def test_the_commands_in_the_readme_do_what_it_shows(tmp_path: Path) -> None:
    """All but the one that prints on a cluster: test_cluster.py has one."""
    workspace = tmp_path / "workspace"
    make_ready_workspace(workspace)
    postpone_fairs(workspace)
    (workspace / "gartenbau.txt").write_text(GARDENER, "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    found = (t for t in transcripts(README) if t[0] not in BY_MAKE)
    commands = [(command, shown) for command, shown in found if "dask://" not in command]
    assert len(commands) >= 6
    for command, shown in commands:
        if not command.startswith(PROCESSES):
            done = run(workspace, *shlex.split(command)[1:])
            assert "" in {done.stdout, done.stderr}, command
            assert matches(shown, done.stdout + done.stderr), f"{command}\n{done}"
            continue
        process = subprocess.Popen(
            shlex.split(command),
            cwd=workspace,
            # A browser that shows nothing: where there is one, `desk` opens it.
            env={
                **os.environ,
                "PATH": path,
                "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8",
                "BROWSER": "true",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        if command.startswith("careerprint watch"):
            output = watched(process, workspace / PROFILE)
        elif command.startswith(("careerprint desk", "careerprint preview")):
            output = visited(process)
        else:
            output, _ = process.communicate()
        assert matches(shown, output), f"{command}\n{output}"


def watched(process: "subprocess.Popen[str]", profile: Path) -> str:
    """Return what `watch` says of an edit; then it is ended, and the edit is taken back."""
    assert process.stdout is not None
    before = profile.read_text("utf-8")
    said = ""
    while said.count("Waiting") < 1 and process.poll() is None:
        said += process.stdout.readline()
    profile.write_text(before.replace("Mehrere Wege", "Viele Wege"), "utf-8")
    while said.count("Waiting") < 2 and process.poll() is None:
        said += process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate()
    profile.write_text(before, "utf-8")
    return said + rest


def visited(process: "subprocess.Popen[str]") -> str:
    """Return what `desk` says, having visited the address that it names; then it is ended."""
    assert process.stdout is not None
    with process.stdout:
        first = process.stdout.readline()
        (address,) = re.findall(r"http://\S+", first)
        assert httpx.get(address).status_code == 303
        process.send_signal(signal.SIGINT)
        process.wait()
        return first + process.stdout.read()


def test_the_readme_names_the_two_commands_that_ci_runs() -> None:
    named = {command for command, _ in transcripts(README)} & BY_MAKE
    assert named == BY_MAKE
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert set(re.findall(r"^make \w+$", script, re.MULTILINE)) == BY_MAKE


@pytest.mark.slow
def test_the_files_that_the_readme_lists_are_those_that_are_printed(printed: Workspace) -> None:
    listed = set(re.findall(r"^out/\S+\.pdf$", README, re.MULTILINE))
    made = {f"{p.relative_to(printed.root)}" for p in (printed.root / "out").glob("*/*.pdf")}
    assert listed
    assert listed <= made
    assert f"\n{len(made)} printed, 0 unchanged, 0 failed. out/" in README


@pytest.mark.parametrize(
    "document",
    [
        *(
            f"docs/{name}.md"
            for name in (
                *("anleitung", "api", "ARCHITECTURE", "cluster", "design", "layouts"),
                *("performance", "release"),
            )
        ),
        "README.md",
    ],
)
def test_links_lead_to_files(document: str) -> None:
    text = re.sub(r"`[^`]*`", "", (ROOT / document).read_text("utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / document).parent.joinpath(target).is_file(), target


def test_the_error_in_the_guide_is_the_one_that_is_printed(workspace: Workspace) -> None:
    (shown,) = re.findall(r"```text\n(.*?)\n```", GUIDE)
    workspace.edit(PROFILE, "min: 2300", "min: 2.300")
    done = workspace.run("--lang", "de", "build", "--layout", "flyer", "--locale", "de")
    assert done.stderr.strip() == shown


@pytest.mark.slow
def test_the_commands_in_the_guide_work(workspace: Workspace, printed: Workspace) -> None:
    """In German, for a single fair, and with cards in place of flyers: the commands are the point."""
    declare(workspace, 'layouts = ["flyer"]\nlocales = ["de"]\n')
    flyers_as_cards(workspace)
    postpone_fairs(workspace.root)
    fairs = workspace.root / "content" / "fairs.csv"
    fairs.write_text("".join(fairs.read_text("utf-8").splitlines(keepends=True)[:3:2]), "utf-8")
    shutil.copytree(printed.root / "out", workspace.root / "out", dirs_exist_ok=True)
    (workspace.root / "gartenbau.txt").write_text(GARDENER, "utf-8")
    commands = [command for command, _ in transcripts(GUIDE) if command not in BY_MAKE]
    assert commands == [
        ".venv/bin/careerprint desk",
        "careerprint import gartenbau.txt --slug gartenbau",
        "careerprint new profile hotelfach",
        "careerprint batch content/fairs.csv",
        f"careerprint build {SLUG} --layout flyer --locale de --target press",
        f"careerprint release {SLUG} --locale de --by Leitung",
        f"careerprint check out/{SLUG}/{SLUG}-flyer-de-press.pdf",
        "careerprint proof",
        "careerprint translations status",
        "careerprint translations update",
        "careerprint build --locale fa --target draft",
        f"careerprint translations export --locale tr --as docx --profile {SLUG} tr.docx",
        "careerprint translations import tr.docx",
        f"careerprint translations import brief.docx --locale tr --profile {SLUG}",
        f"careerprint build {SLUG} --locale de-simple --layout leicht-flyer",
        "careerprint readability",
        f"careerprint impose out/{SLUG}/{SLUG}-brochure-de.pdf",
    ]
    letter = word_file(paragraph("Giriş"), paragraph("Bir paragraf."))
    (workspace.root / "brief.docx").write_bytes(letter)
    commands.remove(".venv/bin/careerprint desk")  # test_desk.py does what the guide says of it
    for command in commands:
        done = workspace.run(*shlex.split(command)[1:])
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert ": error: " not in done.stderr, command


def test_the_guide_calls_what_is_at_the_desk_as_the_desk_does() -> None:
    of_desk = GUIDE.split("<!-- help -->")[1]
    with (ROOT / "src/careerprint/locales/de.po").open("rb") as file:
        said = " ".join(str(message.string) for message in read_po(file))
    named = re.findall("„([^„“]*)“", of_desk)
    words = {w for n in named for w in " ".join(n.split()).removesuffix(" …").split(" › ")}
    assert len(words) > 30
    assert {word for word in words if word not in said} == {"Entwurf, bitte gegenlesen"}


def test_the_facts_that_the_guide_explains_are_those_of_the_profile() -> None:
    assert "`{pay.entry}`" in GUIDE
    assert "{pay.entry}" in (ROOT / PROFILE).read_text("utf-8")


@pytest.mark.slow
def test_the_python_in_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_workspace(tmp_path / "meine-profile")
    flyers_as_cards(Workspace(tmp_path / "meine-profile"))
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert all(f"{SLUG}-flyer-{locale}.pdf" in printed for locale in ("de", "tr"))
