"""careerprint elsewhere: where libraries are found, what a console can show, which wheels there are.

`make test-windows` runs it as a Windows program; what that shows stands in docs/platforms.md.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careerprint.commands.console import show_what_can_be_shown
from careerprint.core.diagnostics import Location, native
from careerprint.core.libraries import library_in, open_library_folders

from .conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts" / "windows"))
from package import LIBRARIES, for_windows

# What WeasyPrint asks for, in the order in which it tries: weasyprint/text/ffi.py.
ASKED = ("libpango-1.0-0", "pango-1.0-0", "pango-1.0", "libharfbuzz-0", "harfbuzz")


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            ["pango-1.0-0.dll", "harfbuzz.dll", "harfbuzz-subset.dll", "harfbuzz-cairo.dll"],
            [None, "pango-1.0-0.dll", None, None, "harfbuzz.dll"],
        ),
        (
            ["libpango-1.0.0.dylib", "libpango-1.0.dylib", "libharfbuzz.0.dylib"],
            [None, None, "libpango-1.0.0.dylib", None, "libharfbuzz.0.dylib"],
        ),
        (
            ["libpangocairo-1.0.0.dylib", "libharfbuzz-subset.0.dylib", "libharfbuzz.dylib"],
            [None, None, None, None, None],
        ),
    ],
    ids=["Windows", "macOS", "others of a like name"],
)
def test_a_library_is_found_by_the_names_that_weasyprint_asks_for(
    tmp_path: Path, files: list[str], found: list[str | None]
) -> None:
    for name in files:
        (tmp_path / name).touch()
    given = [library_in([tmp_path / "nowhere", tmp_path], name) for name in ASKED]
    assert [file and file.name for file in given] == found


def test_weasyprint_is_kept_from_the_libraries_of_another_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEASYPRINT_DLL_DIRECTORIES", raising=False)
    open_library_folders([])
    assert "WEASYPRINT_DLL_DIRECTORIES" not in os.environ
    open_library_folders([tmp_path])
    assert os.environ["WEASYPRINT_DLL_DIRECTORIES"] == str(tmp_path)
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", "mine")
    open_library_folders([tmp_path])
    assert os.environ["WEASYPRINT_DLL_DIRECTORIES"] == "mine"


@pytest.mark.parametrize("code_page", ["cp850", "cp1252", "ascii", "utf-8"])
def test_a_console_shows_what_it_can_and_never_two_signs_alike(code_page: str) -> None:
    show_what_can_be_shown()
    written = "✓ „Halle 2“ – 10 € … ✗ 漢"
    shown = written.encode(code_page, "plain").decode(code_page)
    assert shown.split()[0] != shown.split()[-2]
    assert ("Halle 2" in shown, "漢" in shown) == (True, code_page == "utf-8")
    if code_page == "ascii":
        assert shown == 'ok "Halle 2" - 10 EUR ... !! ?'


def test_paths_are_shown_as_the_system_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sep", "\\")
    assert native("content/koch/profile.md") == "content\\koch\\profile.md"
    assert str(Location("content/koch/profile.md", 3)) == "content\\koch\\profile.md:3"
    assert native("dask://host:8786") == "dask://host:8786"


def test_the_lock_pins_pango_for_windows_alone() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    windows = for_windows(lock)
    assert "gstreamer-libs==" in windows
    assert " ; " not in windows
    assert "brotlicffi" not in windows
    assert {"pango-1.0-0.dll", "harfbuzz-subset.dll"} <= LIBRARIES


@pytest.mark.slow
@pytest.mark.parametrize(
    "platforms",
    [["win_amd64"], ["macosx_15_0_arm64", "macosx_15_0_universal2"]],
    ids=["Windows", "macOS"],
)
def test_every_dependency_has_a_wheel(tmp_path: Path, platforms: list[str]) -> None:
    """Ask pip what it would install of careerprint with its preview there, from wheels alone."""
    wanted = tmp_path / "wanted.txt"
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    is_windows = platforms[0].startswith("win")
    wanted.write_text(for_windows(lock) if is_windows else lock, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps"]
        + ["--only-binary=:all:", "--python-version=3.11", "--target", str(tmp_path / "there")]
        + [f"--platform={platform}" for platform in platforms]
        + ["--disable-pip-version-check", "--require-hashes", "-r", str(wanted)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    installed = run.stdout.rpartition("Would install ")[2].replace("_", "-")
    assert "weasyprint" in installed
    assert ("gstreamer-libs" in installed) == is_windows
