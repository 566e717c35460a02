"""What the tests share: workspaces in temporary folders, the command line as a process."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from careerprint.building.build import build
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition, Outcome, Selection
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions

from .workspaces import make_full_workspace

# Begun in the background of a shell, this process ignores Ctrl-C, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[1]
SLUG = "customer-service-dortmund"
LOCALES = ("de", "en", "tr", "ar", "uk", "ru", "pl", "ro", "bg", "fr", "es")
PROFILE = f"content/{SLUG}/profile.md"


@dataclass(frozen=True)
class Workspace:
    """A workspace of a test's own, with short ways to edit and print it."""

    root: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must stand in the file exactly once, by `new`."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (self.root / name).write_text(text.replace(old, new), "utf-8")

    def line(self, name: str, text: str) -> int:
        """Return the number of the line that holds `text`."""
        lines = (self.root / name).read_text("utf-8").split("\n")
        return next(n for n, line in enumerate(lines, 1) if text in line)

    def pdf(self, layout: str, locale: str) -> Path:
        """Return the path of an edition's PDF."""
        return self.root / "out" / Edition(SLUG, layout, locale).output

    def build(self, layout: str | None = None, locale: str | None = None) -> list[Outcome]:
        """Print in this process, and return the outcomes."""
        reader = Reader(self.root)
        editions = plan_editions(
            reader,
            read_configuration(reader),
            Selection(layouts=(layout,) if layout else (), locales=(locale,) if locale else ()),
        )
        return build(editions, reader, self.root / "out")

    def complaints(self, layout: str, locale: str = "de") -> list[str]:
        """Print one edition and return its diagnostics in English."""
        (outcome,) = self.build(layout, locale)
        return [d.sentence(str) for d in outcome.diagnostics]

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command line here, as a process with the environment `variables`."""
        return run(self.root, *arguments, **variables)


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `careerprint` in a folder, as a process with the environment `variables`."""
    kept = {k: v for k, v in os.environ.items() if k not in {"LC_ALL", "LC_MESSAGES", "LANG"}}
    return subprocess.run(
        [sys.executable, "-m", "careerprint", *arguments],
        cwd=folder,
        env={**kept, "LANG": "C.UTF-8", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new workspace that declares two locales, German and English, so that tests stay quick."""
    make_full_workspace(tmp_path / "workspace")
    made = Workspace(tmp_path / "workspace")
    every = ", ".join(f'"{tag}"' for tag in LOCALES)
    made.edit("careerprint.toml", f"locales = [{every}]", 'locales = ["de", "en"]')
    return made


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with every edition printed; not to be changed."""
    root = tmp_path_factory.mktemp("printed") / "workspace"
    make_full_workspace(root)
    workspace = Workspace(root)
    outcomes = workspace.build()
    assert len(outcomes) == 2 * len(LOCALES)
    assert [d.sentence(str) for o in outcomes for d in o.diagnostics] == []
    return workspace


@pytest.fixture(scope="session")
def printed_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a workspace with three cards printed; not to be changed."""
    from .cards import card_workspace  # it needs what stands above

    workspace = card_workspace(tmp_path_factory.mktemp("cards") / "workspace")
    assert workspace.run("build", "--jobs", "1").returncode == 0
    return workspace.root


@pytest.fixture
def built(printed_cards: Path, tmp_path: Path) -> Workspace:
    """A workspace of a test's own with three cards printed."""
    shutil.copytree(printed_cards, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def refusals(call: Callable[[], object]) -> list[str]:
    """Return the English sentences of the Refused that `call` raises."""
    with pytest.raises(Refused) as caught:
        call()
    return [d.sentence(str) for d in caught.value.diagnostics]
