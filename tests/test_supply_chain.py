"""What careerprint stands on: licences named, versions pinned with hashes, and looked after."""

import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from .conftest import ROOT

NOTICE = (ROOT / "NOTICE").read_text("utf-8")
HASH = f"--hash=sha256:{'0' * 64}"


def audited(lock: Path) -> subprocess.CompletedProcess[str]:
    """Audit a lock without asking an index."""
    return subprocess.run(
        [sys.executable, ROOT / "scripts/audit.py", "--offline", lock],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def everything_installed(folder: Path) -> Path:
    """Return a lock of exactly what is installed here."""
    found = {d.metadata["Name"].lower(): d.version for d in distributions()}
    lock = folder / "all.lock"
    lines = (f"{n}=={v} \\\n    {HASH}\n" for n, v in sorted(found.items()) if n != "careerprint")
    lock.write_text("".join(lines), "utf-8")
    return lock


def test_the_notice_names_each_package_of_the_lock_with_licence_and_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    listed = NOTICE.partition("WHAT IS INSTALLED WITH IT")[2].partition("WHAT IT NEEDS")[0]
    entries = re.findall(
        r"^([\w.-]+): (\S[^;]*); (https?://\S+)$", _unwrapped(listed), re.MULTILINE
    )
    assert [name for name, *_ in entries] == sorted(pinned)


def _unwrapped(text: str) -> str:
    return text.replace("\n  ", " ")


def test_the_notice_names_what_is_part_of_the_package() -> None:
    for name in ("fonts/OFL.txt", "layouts/press/PROFILES.txt", "LICENSE"):
        assert name in NOTICE
        assert (ROOT / name).is_file()


@pytest.mark.process
def test_what_is_installed_as_pinned_is_not_wrong_but_not_audited_either(tmp_path: Path) -> None:
    done = audited(everything_installed(tmp_path))
    assert done.returncode == 2, done.stdout
    assert "wrong:" not in done.stdout
    assert "Advisories were not asked for" in done.stdout


@pytest.mark.process
def test_another_version_a_missing_hash_and_what_no_lock_has_are_wrong(tmp_path: Path) -> None:
    lock = everything_installed(tmp_path)
    text = lock.read_text("utf-8")
    text = re.sub(r"^click==\S+", "click==1.0", text, flags=re.MULTILINE)
    text = re.sub(r"^(jinja2==\S+) \\\n.*\n", r"\1\n", text, flags=re.MULTILINE)
    text = re.sub(r"^markupsafe==.*\n(.*--hash.*\n)*", "", text, flags=re.MULTILINE)
    lock.write_text(text + f"absent==1 {HASH}\nelsewhere==1 ; os_name == 'x' {HASH}\n", "utf-8")
    done = audited(lock)
    assert done.returncode == 1
    wrong = re.findall(r"^wrong: (.*)$", done.stdout, re.MULTILINE)
    assert [re.sub(r"\d+\.\d+\.\d+", "N", line) for line in wrong] == [
        "all.lock: jinja2 has no hash",
        "click is installed as N, pinned as 1.0",
        "absent 1 is not installed",
        "markupsafe is installed, and in no lock",
    ]


@pytest.mark.process
def test_a_lock_that_pins_no_version_is_wrong(tmp_path: Path) -> None:
    lock = tmp_path / "loose.lock"
    lock.write_text("click>=8\n", "utf-8")
    done = audited(lock)
    assert done.returncode == 1
    assert "wrong: loose.lock: not a pinned version: click>=8" in done.stdout
