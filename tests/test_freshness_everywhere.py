"""After any edit, `build`, `build --dry-run --explain`, `status` and `check` say the same."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

import careerprint
from careerprint.building.build import build
from careerprint.cli import cli
from careerprint.core.edition import State
from careerprint.core.reader import Reader

from .cards import CSS, EDITIONS, ENGLISH, LOCALES, UNREADY, card_workspace, renew
from .conftest import PROFILE, SLUG, Workspace, run_process

ALL, NONE = set(LOCALES), set[str]()
CARD = "layouts/card"
PDF = f"out/{SLUG}/{SLUG}-card-de.pdf"
SAYS = re.compile(
    rf"^(?:to print|missing|printed): {SLUG}/{SLUG}-card-(\w+)\.pdf(.*)$", re.MULTILINE
)
DOUBTS = re.compile(rf"^out/{SLUG}/{SLUG}-card-(\w+)\.pdf: .* \[(?:stale|altered)\]", re.MULTILINE)

Call = Callable[..., str]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cards printed, each with a fact, a picture and a drawing; to be copied."""
    workspace = card_workspace(tmp_path_factory.mktemp("first") / "workspace")
    workspace.edit(PROFILE, "was man verdient und wie", "was man verdient ({pay.entry}) und wie")
    dot(workspace, "red")
    workspace.edit(
        CSS,
        "body { margin: 8mm;",
        "h1 { background: url(../base/art/check.svg) no-repeat; }\n"
        "body { background: url(dot.png) no-repeat; margin: 8mm;",
    )
    outcomes = build(EDITIONS, Reader(workspace.root), workspace.root / "out")
    assert [d.sentence(str) for o in outcomes for d in o.diagnostics if d.rule not in UNREADY] == []
    assert {o.state for o in outcomes} == {State.PRINTED}
    return workspace.root


@pytest.fixture
def printed(first: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(first, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def dot(workspace: Workspace, colour: str) -> None:
    Image.new("RGB", (40, 40), colour).save(workspace.root / CARD / "dot.png")


def replaced(name: str, old: str, new: str) -> Callable[[Workspace], None]:
    return lambda workspace: workspace.edit(name, old, new)


def refont(workspace: Workspace) -> None:
    from fontTools.ttLib import TTFont

    file = workspace.root / "fonts" / "IBMPlexSans_400Regular.ttf"
    with TTFont(file) as opened:
        opened["name"].setName("Version 99", 5, 3, 1, 0x409)
        opened.save(file)


EDITS: dict[str, tuple[Callable[[Workspace], object], set[str], str]] = {
    "nothing": (lambda _: None, NONE, ""),
    "a text": (renew, ALL, f"{PROFILE} changed"),
    "a fact": (replaced(PROFILE, "min: 2300", "min: 2350"), ALL, f"{PROFILE} changed"),
    "a catalog": (
        replaced(ENGLISH, 'msgstr "Customer service in Dortmund"', 'msgstr "Service in Dortmund"'),
        {"en"},
        f"{ENGLISH}: messages changed: 1",
    ),
    "a template": (
        replaced(f"{CARD}/card.html.j2", "<body>", '<body class="x">'),
        ALL,
        f"{CARD}/card.html.j2 changed",
    ),
    "a style sheet": (replaced(CSS, "8mm", "9mm"), ALL, f"{CSS} changed"),
    "a font": (refont, ALL, "fonts/IBMPlexSans_400Regular.ttf changed"),
    "a picture": (lambda workspace: dot(workspace, "blue"), ALL, f"{CARD}/dot.png changed"),
    "a drawing": (
        replaced("layouts/base/art/check.svg", "</svg>", "<!-- --></svg>"),
        ALL,
        "layouts/base/art/check.svg changed",
    ),
    "tokens": (
        replaced("layouts/base/tokens.toml", "#16262C", "#16262D"),
        ALL,
        "layouts/base/tokens.toml changed",
    ),
    "the configuration": (
        replaced("careerprint.toml", '# primary = "#7A1F3D"', 'primary = "#7A1F3D"'),
        ALL,
        "careerprint.toml changed",
    ),
    "the layout": (
        replaced(f"{CARD}/layout.toml", "width = 105", "width = 104"),
        ALL,
        f"{CARD}/layout.toml changed",
    ),
    "the PDF is altered": (
        lambda w: (w.root / PDF).write_bytes((w.root / PDF).read_bytes() + b"\n"),
        {"de"},
        "output altered",
    ),
    "the PDF is deleted": (lambda w: (w.root / PDF).unlink(), {"de"}, "output missing"),
    "a comment in the profile": (
        replaced(PROFILE, "# Zahlen und Listen", "# Alle Zahlen und Listen"),
        NONE,
        "",
    ),
    "a comment in the template": (
        replaced(f"{CARD}/card.html.j2", "<body>", "{# none #}<body>"),
        NONE,
        "",
    ),
}


def agree(call: Call, expected: set[str], reason: str) -> None:
    """Ask all four what is stale; the build, which comes last, leaves nothing to be said."""
    for command in (("status",), ("build", "--dry-run", "--explain")):
        found = dict(SAYS.findall(call(*command)))
        assert found.keys() == expected, command
        assert [said for said in found.values() if reason not in said] == [], command
    doubted = set(DOUBTS.findall(call("check", *(f"out/{e.output}" for e in EDITIONS))))
    there = {e.locale for e in EDITIONS if "output missing" not in reason or e.locale != "de"}
    assert doubted == expected & there
    assert set(dict(SAYS.findall(call("build", "--jobs", "1")))) == expected
    assert SAYS.findall(call("status")) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_all_say_the_same_after_an_edit_of(
    printed: Workspace, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(*arguments: str) -> str:
        done = CliRunner().invoke(cli, ["--lang", "en", *arguments])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.stdout + done.stderr

    monkeypatch.chdir(printed.root)
    edit, expected, reason = EDITS[name]
    edit(printed)
    agree(call, expected, reason)


def other_code(folder: Path) -> Path:
    """Copy careerprint's own code, with a line of a printing module changed."""
    package = folder / "careerprint"
    shutil.copytree(Path(careerprint.__file__).parent, package)
    module = package / "typesetting" / "typeset.py"
    text = module.read_text("utf-8")
    assert text.count("import os\n") == 1
    module.write_text(text.replace("import os\n", "import os  # another line\n"), "utf-8")
    return folder


def other_library(folder: Path) -> Path:
    """Make as if another version of a library were installed."""
    other = folder / "weasyprint-70.99.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 70.99\n")
    return folder


@pytest.mark.process
@pytest.mark.parametrize(
    ("change", "reason"),
    [(other_code, f"careerprint {careerprint.__version__}+"), (other_library, "70.0 → 70.99)")],
)
def test_all_say_the_same_after_a_change_of_what_prints(
    printed: Workspace, tmp_path: Path, change: Callable[[Path], Path], reason: str
) -> None:
    path = str(change(tmp_path / "other"))

    def call(*arguments: str) -> str:
        done = run_process(printed.root, *arguments, PYTHONPATH=path)
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    agree(call, ALL, reason)


@pytest.mark.process
def test_code_that_prints_nothing_makes_nothing_stale(printed: Workspace, tmp_path: Path) -> None:
    package = tmp_path / "other" / "careerprint"
    shutil.copytree(Path(careerprint.__file__).parent, package)
    (package / "commands" / "another.py").write_text('"""Another command."""\n', "utf-8")
    done = run_process(printed.root, "status", PYTHONPATH=str(package.parent))
    assert done.stdout.endswith("0 to print, 3 unchanged, 0 failed. out/\n")
