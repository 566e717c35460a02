"""careerprint elsewhere: where libraries are found, what a console can show, which wheels there are.

`make test-windows` runs it as a Windows program; what that shows stands in docs/platforms.md.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from careerprint.commands.console import show_what_can_be_shown
from careerprint.core import files
from careerprint.core.diagnostics import Location, native, not_written
from careerprint.core.libraries import library_in, open_library_folders

from .conftest import PROFILE, ROOT

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


class SystemOfWindowsError(OSError):
    """An error as Windows gives it: `winerror` is there on that system alone."""

    def __init__(self, winerror: int) -> None:
        super().__init__(13, "denied")
        self.winerror = winerror  # type: ignore[assignment, unused-ignore]


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("out/a.pdf", 5, "Close the file in the program that shows it"),
        ("out/a.pdf", 32, "Close the file in the program that shows it"),
        ("out/" + "a" * 260, 3, "The path is too long for Windows"),
        ("out/a.pdf", 3, "Check free space and permissions"),
    ],
)
def test_what_windows_says_becomes_what_to_do(path: str, code: int, hint: str) -> None:
    (told,) = not_written(path, SystemOfWindowsError(code)).diagnostics
    assert told.hint.startswith(hint)


def test_an_open_file_is_replaced_once_the_other_program_lets_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanner has the file for a moment, a viewer for as long as somebody looks."""
    replace, held = Path.replace, [True] * 3

    def replaced(part: Path, target: Path) -> Path:
        if held and held.pop():
            raise PermissionError(13, "denied")
        return replace(part, target)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(files, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(Path, "replace", replaced)
    files.write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"
    held += [True] * 99
    with pytest.raises(PermissionError):
        files.write_whole(tmp_path / "a.pdf", b"newer")
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


@pytest.mark.process
def test_a_double_click_makes_the_workspace_in_the_documents_and_keeps_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "careerprint", "desk", "--documents", "--no-browser"]
    environment = {**os.environ, "HOME": str(tmp_path)}
    profile = tmp_path / "Documents" / "careerprint" / PROFILE
    for _ in range(2):
        preview = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=tmp_path)
        assert preview.stdout is not None
        with preview.stdout:
            assert b"http://127.0.0.1:" in preview.stdout.readline()
            preview.send_signal(signal.SIGINT)
            assert preview.wait() == 0
        with profile.open("a", encoding="utf-8") as file:
            file.write("Ein Satz mehr.\n")
    assert profile.read_text("utf-8").count("Ein Satz mehr.") == 2


def test_starters_on_every_system_open_the_same_workspace() -> None:
    starters = ("windows/careerprint.cmd", "windows/launcher.c", "desktop/careerprint.desktop")
    for name in (*starters, "desktop/careerprint.command"):
        assert "careerprint desk --documents" in (ROOT / "scripts" / name).read_text("utf-8")
