"""From an installed package alone: a wheel in a fresh environment, a workspace, a print."""

import re
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pypdfium2
import pytest

from .conftest import ROOT, SLUG

pytestmark = pytest.mark.process

PRINTED = [f"{SLUG}-flyer-{locale}.pdf" for locale in ("ar", "de")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (made,) = folder.glob("careerprint-*.whl")
    return made


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True, cwd="/")


def give_what_is_locked(site: Path) -> None:
    """Link the packages that requirements.lock names, and no others, from where they are installed.

    The Makefile has installed them with that file before any test runs, with their hashes.
    """
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for name, marker in re.findall(r"^([\w.-]+)==\S+( ;)?", lock, re.MULTILINE):
        try:
            found = distribution(name)
        except PackageNotFoundError:
            assert marker, f"{name} is for every system"
            continue
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(str(found.locate_file(top)))


def test_the_wheel_carries_the_starter_workspace_and_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "careerprint.toml",
        "content/customer-service-dortmund/profile.md",
        "layouts/base/tokens.toml",
        "layouts/locales/de.po",
        "fonts/IBMPlexSans_400Regular.ttf",
        "fonts/IBMPlexSansArabic_400Regular.ttf",
        "content/customer-service-dortmund/locales/ar.po",
        "fonts/OFL.txt",
        "docs/anleitung.md",
    ):
        assert f"careerprint/starter/{name}" in names
    assert "careerprint/locales/de.po" in names
    assert {
        "careerprint/desk/page/index.html.j2",
        "careerprint/desk/page/desk.js",
        "careerprint/desk/page/vendor/prosemirror.js",
    } <= names
    assert {n.split(".dist-info/")[1] for n in names if "/licenses/" in n} == {
        "licenses/LICENSE",
        "licenses/NOTICE",
        "licenses/fonts/OFL.txt",
        "licenses/src/careerprint/profiles/cldr-licence.txt",
        "licenses/src/careerprint/desk/page/vendor/prosemirror-licences.txt",
    }


def test_init_makes_a_workspace_that_prints(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv")
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    give_what_is_locked(site)
    into_it = ("--python", str(tmp_path / "venv/bin/python"), "install", "--no-compile")
    pip(*into_it, "--no-deps", str(wheel))
    command = tmp_path / "venv" / "bin" / "careerprint"
    subprocess.run([command, "init", "mein ördner"], cwd=tmp_path, check=True)
    workspace = tmp_path / "mein ördner"
    assert sorted(p.name for p in workspace.iterdir()) == [
        "careerprint.toml",
        "content",
        "out",
    ]
    done = subprocess.run(
        [command, "build", "--jobs", "1", "--layout", "flyer", "--locale", "de", "--locale", "ar"],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert ": error: " not in done.stderr, "the starter's placeholders are warned of"
    printed = sorted((workspace / "out").glob("*/*.pdf"))
    assert [p.name for p in printed] == PRINTED
    assert [len(pypdfium2.PdfDocument(p)) for p in printed] == [1, 1]
