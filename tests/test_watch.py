"""watch, as a process: an edit is printed, a fault is told and waited for, nothing else counts."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careerprint.building.build import Options, build
from careerprint.core.edition import State
from careerprint.core.reader import Reader

from .cards import CSS, EDITIONS, ENGLISH, LOCALES, pdfs, renew, revert
from .conftest import PROFILE, SLUG, Workspace
from .test_workers import children, command_of

FOLDER = f"{SLUG}/{SLUG}"
WAITS = "Waiting for edits; Ctrl-C ends this."
LONGEST = 120.0  # seconds for a line to come, before the test gives up
LONG_ENOUGH = 1.5  # seconds in which an edit would have been noticed

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc"),
]


class Watch:
    """A `careerprint watch` at work, whose lines are read as they come."""

    def __init__(self, workspace: Workspace, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "careerprint", "watch", *arguments],
            cwd=workspace.root,
            env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self.process.stdout.close()

    def line(self) -> str:
        return self._lines.get(timeout=LONGEST)

    def build(self) -> list[str]:
        """Return the lines of the next build, until edits are waited for."""
        lines = []
        while (line := self.line()) != WAITS:
            lines.append(line)
        return lines

    def join(self) -> None:
        self._reading.join(LONGEST)

    def end(self) -> tuple[int, list[str]]:
        """End it as Ctrl-C does; return its exit status, and what it said since."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(LONGEST)
        self.join()
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get())
        return status, lines


Start = Callable[..., Watch]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[Watch] = []

    def begin(workspace: Workspace, *arguments: str) -> Watch:
        started.append(Watch(workspace, *arguments))
        return started[-1]

    yield begin
    for watch in started:
        watch.process.kill()
        watch.process.wait()
        watch.join()


def is_fresh(workspace: Workspace) -> bool:
    options = Options(dry_run=True)
    outcomes = build(EDITIONS, Reader(workspace.root), workspace.root / "out", options)
    return {o.state for o in outcomes} == {State.FRESH}


def summary(printed: int, fresh: int, failed: int = 0) -> str:
    return f"{printed} printed, {fresh} unchanged, {failed} failed. out/"


def save_as_editors_do(file: Path, text: str) -> None:
    """Write beside the file, keep what was there as a copy, and rename."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text, "utf-8")
    file.replace(file.with_name(f"{file.name}~"))
    beside.replace(file)


def test_an_edit_is_printed_a_fault_told_and_the_mended_text_printed(
    built: Workspace, start: Start
) -> None:
    watch = start(built, "--jobs", "1")
    assert watch.build()[-1] == summary(0, 3)
    renew(built)
    lines = watch.build()
    assert {f"printed: {FOLDER}-card-de.pdf", summary(3, 0)} <= set(lines)
    built.edit(ENGLISH, 'msgstr "Customer service in Dortmund"', 'msgstr "Customer service 漢"')
    lines = watch.build()
    assert lines[-1] == summary(0, 2, 1)
    assert any(": error: " in line and "“漢”" in line for line in lines)
    file = built.root / ENGLISH
    save_as_editors_do(file, file.read_text("utf-8").replace("service 漢", "service"))
    assert watch.build()[-1] == summary(1, 2)
    file = built.root / "careerprint.toml"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("[issuer]", "[issuer"), "utf-8")
    lines = watch.build()
    assert len(lines) == 1
    assert lines[0].startswith("careerprint.toml:")
    assert ": error: " in lines[0]
    file.write_text(whole.replace('"tr"', '"tr", "pl"'), "utf-8")
    assert watch.build()[-1] == summary(1, 3)
    (built.root / PROFILE).rename(built.root / "profile.md")
    assert any(": error: There is no profile" in line for line in watch.build())
    (built.root / "profile.md").rename(built.root / PROFILE)
    assert watch.build()[-1] == summary(0, 4)
    assert watch.end() == (0, [])


def test_edits_in_quick_succession_are_all_printed(built: Workspace, start: Start) -> None:
    watch = start(built, "--jobs", "2")
    watch.build()
    renew(built)
    built.edit(CSS, "body { margin: 8mm;", "body { margin: 9mm;")
    watch.build()
    while not is_fresh(built):
        watch.build()
    both = pdfs(built.root / "out")
    revert(built)
    assert watch.line().startswith("printed: ")  # it is at work on the first of two edits
    built.edit(CSS, "body { margin: 9mm;", "body { margin: 8mm;")
    watch.build()
    while not is_fresh(built):
        watch.build()
    now = pdfs(built.root / "out")
    assert now.keys() == both.keys()
    assert all(now[name] != both[name] for name in now)
    assert watch.end() == (0, [])


def test_what_was_edited_comes_first(built: Workspace, start: Start) -> None:
    watch = start(built, "--jobs", "1")
    assert watch.build()[:3] == [f"unchanged: {FOLDER}-card-{tag}.pdf" for tag in LOCALES]
    built.edit(ENGLISH, 'msgstr "Customer service in Dortmund"', 'msgstr "Customer service"')
    assert watch.build()[0] == f"printed: {FOLDER}-card-en.pdf"
    assert watch.end() == (0, [])


def test_output_and_files_of_editors_trigger_nothing(built: Workspace, start: Start) -> None:
    watch = start(built, "--jobs", "1")
    watch.build()
    profile = built.root / PROFILE
    for file in (
        built.root / "out" / "notes.txt",
        built.root / "out" / SLUG / "another.pdf",
        built.root / ".git" / "index",
        profile.with_name(".#profile.md"),
        profile.with_name(".profile.md.swp"),
        profile.with_name("profile.md~"),
    ):
        file.parent.mkdir(exist_ok=True)
        file.write_text("not a source")
    time.sleep(LONG_ENOUGH)
    renew(built)
    assert watch.build()[-1] == summary(3, 0), "the first build since is of the edit"
    assert watch.end() == (0, [])


@pytest.mark.parametrize("moment", ["waiting", "printing"])
def test_ctrl_c_ends_it_in_silence_with_its_workers(
    built: Workspace, start: Start, moment: str
) -> None:
    watch = start(built, "--jobs", "2")
    watch.build()
    renew(built)
    if moment == "waiting":
        watch.build()
        workers = children(watch.process.pid)
        assert workers
    else:
        while not (workers := children(watch.process.pid)):
            time.sleep(0.01)
    status, lines = watch.end()
    assert status == 0
    known = ("printed: ", *"0123456789", WAITS)
    assert [line for line in lines if not line.startswith(known)] == []
    deadline = time.monotonic() + LONGEST
    while any(b"spawn_main" in command_of(w) for w in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(b"spawn_main" in command_of(worker) for worker in workers)


def test_it_begins_with_what_is_stale_and_prints_into_another_folder(
    built: Workspace, start: Start
) -> None:
    watch = start(built, "--jobs", "1", "--locale", "de", "--out", "druck")
    assert watch.build() == [
        f"printed: {FOLDER}-card-de.pdf",
        "1 printed, 0 unchanged, 0 failed. druck/",
    ]
    renew(built)
    assert watch.build()[-1] == "1 printed, 0 unchanged, 0 failed. druck/"
    assert watch.end() == (0, [])
