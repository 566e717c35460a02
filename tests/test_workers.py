"""Printing in several processes: the same bytes, and no fault that spreads."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from careerprint.building.build import Options, build
from careerprint.building.events import Done
from careerprint.building.worker import Task, interrupt_waits
from careerprint.building.workers import Workers
from careerprint.composing.compose import compose
from careerprint.core.bounds import Bounds
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader

from .conftest import ROOT, SLUG, Workspace

LOCALES = ("de", "en", "ar")
QUICK = Bounds(edition_seconds=15)
SELECTION = [word for tag in LOCALES for word in ("--locale", tag)]
EDITIONS = [Edition(SLUG, "flyer", tag) for tag in LOCALES]

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc"),
]


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that are still there."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [int(child) for child in found if b"spawn_main" in command_of(int(child))]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def start(workspace: Workspace) -> "subprocess.Popen[str]":
    """Start a build of three flyers in two workers, as a process."""
    temporary = workspace.root.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "careerprint", "build", "--layout", "flyer", "--jobs", "2"]
    return subprocess.Popen(
        [*command, *SELECTION],
        cwd=workspace.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TMPDIR": str(temporary)},
    )


def again(workspace: Workspace) -> "subprocess.CompletedProcess[str]":
    """Build the flyers once more, in this process."""
    return workspace.run("build", "--layout", "flyer", *SELECTION)


def wait_for_workers(process: "subprocess.Popen[str]", count: int) -> list[int]:
    while process.poll() is None:
        if len(found := children(process.pid)) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError(process.communicate())


def whole_pdfs(workspace: Workspace) -> int:
    found = list((workspace.root / "out" / SLUG).iterdir())
    for file in found:
        content = file.read_bytes()
        assert file.suffix == ".pdf", "no temporary file may stay"
        assert content.startswith(b"%PDF-1.7")
        assert content.rstrip().endswith(b"%%EOF")
    return len(found)


def tasks(count: int) -> Iterator[Task[int]]:
    for number, edition in enumerate(EDITIONS[:count]):
        yield Task(number, compose(edition, Reader(ROOT)))


def test_any_number_of_workers_prints_the_same_bytes_in_the_same_order(
    workspace: Workspace,
) -> None:
    printed = []
    for jobs in (1, 2):
        out = workspace.root / f"out-{jobs}"
        events: list[object] = []
        outcomes = build(EDITIONS, Reader(workspace.root), out, Options(jobs=jobs), events.append)
        assert [o.state for o in outcomes] == [State.PRINTED] * len(EDITIONS)
        assert [e.outcome.edition for e in events if isinstance(e, Done)] == EDITIONS
        printed.append([(out / edition.output).read_bytes() for edition in EDITIONS])
    assert printed[0] == printed[1]


@pytest.mark.kill
def test_a_worker_that_dies_fails_its_edition_alone(workspace: Workspace) -> None:
    process = start(workspace)
    workers = wait_for_workers(process, 2)
    temporary = workspace.root.parent / "temporary"
    while len(list(temporary.glob("*/*/*"))) < len(workers):  # fonts are laid down for a job
        time.sleep(0.02)
    os.kill(workers[0], signal.SIGKILL)
    output, errors = process.communicate()
    assert process.returncode == 1
    assert output.endswith("2 printed, 0 unchanged, 1 failed. out/\n")
    (line,) = errors.splitlines()
    assert "error: The process that printed this has ended (exit code -9). Build again" in line
    assert whole_pdfs(workspace) == 2
    assert again(workspace).stdout.endswith("1 printed, 2 unchanged, 0 failed. out/\n")


def test_a_worker_is_sent_each_file_once() -> None:
    sent: set[str] = set()
    (_, digests, files), (_, again, more) = (task.without(sent) for task in tasks(2))
    assert files.keys() == set(digests.values()) == set(again.values()) == sent
    assert more == {}


def test_a_worker_that_hangs_is_stopped_and_its_edition_fails_alone() -> None:
    with Workers(1) as workers:
        results = workers.print(replace(t, job=replace(t.job, bounds=QUICK)) for t in tasks(3))
        first = next(results)
        assert first.printed is not None
        (worker,) = children(os.getpid())
        os.kill(worker, signal.SIGSTOP)
        second, third = results
    assert second.printed is None
    (found,) = second.diagnostics
    assert "took more than 15 seconds and was stopped" in found.sentence(str)
    assert third.printed is not None
    assert children(os.getpid()) == []


@pytest.mark.kill
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_stopped_leaves_whole_files_and_goes_on_next_time(
    workspace: Workspace, ending: signal.Signals
) -> None:
    process = start(workspace)
    workers = wait_for_workers(process, 2)
    while process.poll() is None and not list((workspace.root / "out").glob("*/*.pdf")):
        time.sleep(0.02)
    process.send_signal(ending)
    _, errors = process.communicate()
    assert "Traceback" not in errors
    deadline = time.monotonic() + 10
    while any(b"spawn_main" in command_of(w) for w in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(b"spawn_main" in command_of(worker) for worker in workers)
    assert list((workspace.root.parent / "temporary").iterdir()) == []
    done = whole_pdfs(workspace)
    second = again(workspace)
    assert (second.returncode, second.stderr) == (0, "")
    fresh = second.stdout.count("unchanged: ")
    assert done - 1 <= fresh <= done, "the last one may have lost its record, never the others"
    assert whole_pdfs(workspace) == len(EDITIONS)


def test_ctrl_c_waits_until_a_worker_that_is_being_started_is_known() -> None:
    begins, ends = Event(), Event()

    def press() -> None:  # Ctrl-C comes to any thread that does not keep it waiting
        begins.wait()
        signal.raise_signal(signal.SIGINT)
        while not ends.wait(0.001):
            signal.raise_signal(signal.SIGINT)

    def start_meanwhile(workers: Workers) -> None:
        with interrupt_waits():
            begins.set()
            try:
                workers.warm_up()
            finally:
                ends.set()
                presses.join()
            known.extend(children(os.getpid()))

    known: list[int] = []
    presses = Thread(target=press)
    presses.start()
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), Workers(1) as workers:
        start_meanwhile(workers)
    assert signal.getsignal(signal.SIGINT) is before
    assert len(known) == 1
    assert children(os.getpid()) == [], "leaving has ended it"


def test_a_second_build_waits_for_the_first_and_says_so(workspace: Workspace) -> None:
    first = start(workspace)
    wait_for_workers(first, 2)
    second = start(workspace)
    output, errors = second.communicate()
    first.communicate()
    assert errors == "Another build is at work here; waiting for it.\n"
    assert output.endswith("0 printed, 3 unchanged, 0 failed. out/\n")
