"""Printing in several processes: the same bytes, and no fault that spreads."""

import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from filelock import FileLock

from careerprint.building.build import Options, build
from careerprint.building.events import Done
from careerprint.building.lock import LOCK_FILE
from careerprint.building.worker import Task, interrupt_waits
from careerprint.building.workers import Beside, Workers, printed_by
from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.bounds import Bounds
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader

from .cards import card_workspace, pdfs
from .conftest import SLUG, Workspace, start_process

LOCALES = ("de", "en", "bg", "uk", "tr", "pl", "fr", "es")
AT_ONCE = Bounds(edition_seconds=1)
EDITIONS = [Edition(SLUG, "card", tag) for tag in LOCALES]

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


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    """A workspace with a card in many languages, and nothing printed."""
    return card_workspace(tmp_path / "workspace", LOCALES)


FLYERS = ("--layout", "flyer", "--locale", "de", "--locale", "en", "--locale", "ar")


def start(workspace: Workspace, *selection: str) -> "subprocess.Popen[str]":
    """Start a build in two workers, as a process."""
    temporary = workspace.root.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    arguments = ("build", "--jobs", "2", *selection)
    return start_process(workspace.root, *arguments, TMPDIR=str(temporary))


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


def test_any_number_of_workers_prints_the_same_bytes_in_the_same_order(
    cards: Workspace,
) -> None:
    printed = []
    for jobs in (1, 2):
        out = cards.root / f"out-{jobs}"
        events: list[object] = []
        outcomes = build(EDITIONS, Reader(cards.root), out, Options(jobs=jobs), events.append)
        assert [o.state for o in outcomes] == [State.PRINTED] * len(EDITIONS)
        assert [e.outcome.edition for e in events if isinstance(e, Done)] == EDITIONS
        printed.append([(out / edition.output).read_bytes() for edition in EDITIONS])
    assert printed[0] == printed[1]


@pytest.mark.kill
def test_a_worker_that_dies_fails_its_edition_alone(workspace: Workspace) -> None:
    process = start(workspace, *FLYERS)
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
    again = workspace.run("build", *FLYERS)
    assert again.stdout.endswith("1 printed, 2 unchanged, 0 failed. out/\n")


def test_a_worker_is_sent_each_file_once(cards: Workspace) -> None:
    sent: set[str] = set()
    jobs = [compose(edition, Reader(cards.root)) for edition in EDITIONS[:2]]
    (_, digests, files), (_, again, more) = (Task(j.locale, j).without(sent) for j in jobs)
    assert files.keys() == set(digests.values()) == set(again.values()) == sent
    assert more == {}


def test_a_further_job_is_printed_beside_the_tasks_and_is_no_result(cards: Workspace) -> None:
    *jobs, further = (compose(edition, Reader(cards.root)) for edition in EDITIONS[:3])
    asked: list[Job] = []

    def after(first: Job) -> Job:
        asked.append(first)
        return further

    with Workers(2) as workers:
        beside = Beside(workers, after)
        results = [*beside.print(Task(job.locale, job) for job in jobs)]
        assert {result.key for result in results} == {job.locale for job in jobs}
        assert asked == jobs[:1]
        assert beside.printed == {further.digest: printed_by(workers, further)}


def test_a_worker_that_hangs_is_stopped_and_its_edition_fails_alone(cards: Workspace) -> None:
    jobs = [compose(edition, Reader(cards.root)) for edition in EDITIONS[:3]]
    jobs[1] = replace(jobs[1], bounds=AT_ONCE)
    with Workers(1) as workers:
        results = workers.print(Task(job.locale, job) for job in jobs)
        first = next(results)
        assert first.printed is not None
        (worker,) = children(os.getpid())
        os.kill(worker, signal.SIGSTOP)
        second, third = results
    assert second.printed is None
    (found,) = second.diagnostics
    assert "took more than 1 seconds and was stopped" in found.sentence(str)
    assert third.printed is not None
    assert children(os.getpid()) == []


@pytest.mark.kill
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_stopped_leaves_whole_files_and_goes_on_next_time(
    cards: Workspace, ending: signal.Signals
) -> None:
    process = start(cards)
    workers = wait_for_workers(process, 2)
    while process.poll() is None and not list((cards.root / "out").glob("*/*.pdf")):
        time.sleep(0.02)
    process.send_signal(ending)
    _, errors = process.communicate()
    assert "Traceback" not in errors
    deadline = time.monotonic() + 10
    while any(b"spawn_main" in command_of(w) for w in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(b"spawn_main" in command_of(worker) for worker in workers)
    assert list((cards.root.parent / "temporary").iterdir()) == []
    done = whole_pdfs(cards)
    second = cards.run("build")
    assert (second.returncode, second.stderr) == (0, "")
    fresh = second.stdout.count("unchanged: ")
    assert done - 1 <= fresh <= done, "the last one may have lost its record, never the others"
    assert whole_pdfs(cards) == len(EDITIONS)


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


def test_a_second_build_waits_for_the_first_and_says_so(cards: Workspace) -> None:
    lock = cards.root / "out" / LOCK_FILE
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):  # as a build holds it
        second = start(cards)
        assert second.stderr is not None
        assert second.stderr.readline() == "Another build is at work here; waiting for it.\n"
        assert pdfs(cards.root / "out") == {}
    output, errors = second.communicate()
    assert errors == ""
    assert output.endswith(f"\n{len(EDITIONS)} printed, 0 unchanged, 0 failed. out/\n")
