"""Printing on a cluster: the same bytes as here, and no machine that is lost takes more along."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from careerprint.building import clusterconnection
from careerprint.building.build import Options, build
from careerprint.building.cluster import Cluster as Printers
from careerprint.building.printers import printers_by
from careerprint.building.worker import Task
from careerprint.composing.compose import compose
from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader

from .cards import card_workspace, pdfs
from .clusters import SOURCES, Cluster, children, stop, wait_until
from .conftest import ROOT, SLUG, Workspace, refusals, run_without, start_process
from .test_readme import README, transcripts
from .workspaces import approve_all

LOCALES = ("de", "en", "tr", "pl", "fr")
PROFILES = [SLUG, *(f"{SLUG}-{n}" for n in range(2, 5))]
COUNT = len(LOCALES) * len(PROFILES)

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc"),
]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with four profiles, and all its cards printed on this machine."""
    workspace = card_workspace(tmp_path_factory.mktemp("cards") / "workspace", LOCALES)
    content = workspace.root / "content"
    for name in PROFILES[1:]:
        shutil.copytree(content / SLUG, content / name)
    approve_all(workspace.root)
    done = workspace.run("build", "--jobs", "1")
    assert done.stdout.endswith(f"\n{COUNT} printed, 0 unchanged, 0 failed. out/\n")
    return workspace


@pytest.fixture(scope="module")
def cluster(cards: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers that no test takes away."""
    with Cluster(tmp_path_factory.mktemp("cluster"), cards.root) as started:
        yield started


@pytest.fixture(scope="module")
def scheduler(cards: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler whose workers come and go."""
    with Cluster(tmp_path_factory.mktemp("own"), cards.root, workers=0) as started:
        yield started


@pytest.fixture
def own(scheduler: Cluster) -> Iterator[Cluster]:
    """A scheduler to which a test adds workers of its own."""
    yield scheduler
    scheduler.end_workers()


def start(workspace: Workspace, out: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a build into a folder, as a process."""
    return start_process(workspace.root, "build", "--out", str(out), *arguments)


def has_begun(out: Path, count: int = 5) -> None:
    """Wait until a build has put some of the cards into place, and not yet all of them."""
    wait_until(lambda: len(pdfs(out)) >= count)
    assert len(pdfs(out)) < COUNT


def ends(process: "subprocess.Popen[str]", summary: str) -> None:
    """See that a build ends well, with this in its last line."""
    said, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, "")
    assert said.endswith(f"\n{summary}\n")


def continues(workspace: Workspace, out: Path) -> None:
    """See that what was left is printed here, and all is as if it had been from the beginning."""
    done = pdfs(out)
    whole = pdfs(workspace.root / "out")
    assert done.items() <= whole.items()
    again = workspace.run("build", "--out", str(out))
    assert again.stderr == ""
    unchanged = re.findall(r"(\d+) unchanged, 0 failed", again.stdout)
    assert len(done) - 1 <= int(unchanged[0]) <= len(done), "the last one may have lost its record"
    assert pdfs(out) == whole
    assert not list(out.rglob("*.part"))


def tasks(
    workspace: Workspace, locales: tuple[str, ...], bounds: Bounds = DEFAULT_BOUNDS
) -> Iterator[Task[str]]:
    for locale in locales:
        job = compose(Edition(SLUG, "card", locale), Reader(workspace.root))
        yield Task(locale, replace(job, bounds=bounds))


def test_a_cluster_prints_the_same_bytes_and_reads_nothing_of_the_workspace(
    cards: Workspace, cluster: Cluster, tmp_path: Path
) -> None:
    process = start(cards, tmp_path, "--executor", cluster.address, "--target", "screen")
    ends(process, f"{COUNT} printed, 0 unchanged, 0 failed. {tmp_path}/")
    assert pdfs(tmp_path) == pdfs(cards.root / "out")
    assert cluster.opened() == ""
    again = start(cards, tmp_path, "--executor", "dask://127.0.0.1:1")
    ends(again, f"0 printed, {COUNT} unchanged, 0 failed. {tmp_path}/")


def test_a_whole_flyer_for_the_press_is_the_same_too(
    workspace: Workspace, cluster: Cluster
) -> None:
    editions = [Edition(SLUG, "flyer", "ar", target="press")]
    printed = []
    for executor in ("", cluster.address):
        out = workspace.root / f"out-{bool(executor)}"
        options = Options(executor=executor)
        outcomes = build(editions, Reader(workspace.root), out, options)
        assert [o.state for o in outcomes] == [State.PRINTED]
        printed.append([(out / edition.output).read_bytes() for edition in editions])
    assert printed[0] == printed[1]


def test_a_season_of_fairs_is_printed_there_too(workspace: Workspace, cluster: Cluster) -> None:
    fair = ("--row", "musterhausen-jobtag", "--locale", "de")
    done = workspace.run("batch", "content/fairs.csv", *fair, "--executor", cluster.address)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n1 printed, 0 unchanged, 0 failed. out/\n" in done.stdout
    assert "\nwritten: out/fairs/order.pdf\n" in done.stdout


def test_the_command_in_the_readme_does_what_it_shows(
    workspace: Workspace, cluster: Cluster
) -> None:
    ((command, shown),) = [t for t in transcripts(README) if "dask://" in t[0]]
    done = workspace.run(*shlex.split(re.sub(r"dask://\S+", cluster.address, command))[1:])
    assert (done.stdout, done.stderr) == (shown.strip() + "\n", "")


def test_few_jobs_are_composed_ahead_and_each_file_is_sent_once(
    cards: Workspace, cluster: Cluster
) -> None:
    composed = printed = 0

    def counted() -> Iterator[Task[str]]:
        nonlocal composed
        for task in tasks(cards, LOCALES * 4):
            composed += 1
            assert composed - printed <= 2 * 2 + 1, "two for each of two threads"
            yield task

    with Printers(cluster.address) as printers:
        for result in printers.print(counted()):
            assert result.printed is not None
            printed += 1
    assert printed == len(LOCALES) * 4


def test_a_killed_worker_costs_time_alone_and_a_late_one_takes_part_if_it_prints_the_same(
    cards: Workspace, own: Cluster, tmp_path: Path
) -> None:
    first = own.add_worker()
    out = tmp_path / "out"
    process = start(cards, out, "--executor", own.address)
    has_begun(out, 1)
    own.add_worker(before=own.with_version("weasyprint", "69.0"))
    # Under a nanny, a process must not start others unless it is let.
    own.add_worker("--nanny", "--nthreads", "2")
    own.has_workers(3)
    first.kill()
    ends(process, f"{COUNT} printed, 0 unchanged, 0 failed. {out}/")
    assert pdfs(out) == pdfs(cards.root / "out")


def test_what_hangs_or_crashes_on_a_worker_fails_alone(cards: Workspace, own: Cluster) -> None:
    worker = own.add_worker()
    bounds = replace(DEFAULT_BOUNDS, edition_seconds=15)
    with Printers(own.address) as printers:
        results = printers.print(tasks(cards, LOCALES, bounds))
        assert next(results).printed is not None
        (pid,) = children(worker)
        stop(pid)
        hanging, *others = results
    assert hanging.printed is None
    (found,) = hanging.diagnostics
    assert "took more than 15 seconds and was stopped" in found.sentence(str)
    assert len(others) == len(LOCALES) - 2
    assert all(result.printed for result in others)


def test_a_worker_that_ends_after_the_last_print_is_not_waited_for(
    cards: Workspace, own: Cluster
) -> None:
    worker = own.add_worker()
    with Printers(own.address) as printers:
        results = printers.print(tasks(cards, LOCALES[:1]))
        assert next(results).printed is not None
        worker.kill()
        assert next(results, None) is None
        own.add_worker()  # and the next build has another
        (result,) = printers.print(tasks(cards, LOCALES[:1]))
        assert result.printed is not None


def test_a_scheduler_that_is_lost_leaves_whole_files_and_a_right_record(
    cards: Workspace, tmp_path: Path
) -> None:
    with Cluster(tmp_path / "cluster", cards.root, workers=1) as own:
        _loses_its_scheduler(cards, own, tmp_path / "out")


def _loses_its_scheduler(cards: Workspace, own: Cluster, out: Path) -> None:
    process = start(cards, out, "--executor", own.address)
    has_begun(out)
    own.scheduler.kill()
    said, told = process.communicate(timeout=60)
    assert told == (
        f"{own.address}: error: The scheduler of the cluster no longer answers; what was not "
        "printed yet is left out. What has been printed stays. Start it again and build again, "
        "or without --executor.\n"
    )
    assert process.returncode == 1
    printed, failed = map(int, re.findall(r"(\d+) printed, 0 unchanged, (\d+) failed", said)[0])
    assert printed == len(pdfs(out))
    assert printed + failed == COUNT
    continues(cards, out)


def test_a_build_that_is_interrupted_takes_back_what_it_had_given_out(
    cards: Workspace, own: Cluster, tmp_path: Path
) -> None:
    own.add_worker()
    out = tmp_path / "out"
    process = start(cards, out, "--executor", own.address)
    has_begun(out)
    process.send_signal(signal.SIGINT)
    said, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (1, "\nAborted!\n")
    assert said.count("printed: ") == len(said.splitlines())
    continues(cards, out)
    again = start(cards, tmp_path / "again", "--executor", own.address, "--locale", "de")
    ends(again, f"{len(PROFILES)} printed, 0 unchanged, 0 failed. {tmp_path}/again/")


def test_a_cluster_that_is_not_there_is_refused_in_a_line(
    cards: Workspace, own: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusterconnection, "REACHED_WITHIN", 1.0)

    def complaints(executor: str) -> list[str]:
        with printers_by(executor, None) as printers:
            return refusals(printers.warm_up)

    cannot = "error: The cluster cannot be reached"
    check = "Check the address, and that the scheduler runs there: dask scheduler"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"dask://127.0.0.1:{silent.getsockname()[1]}"
        assert complaints(address) == [f"{address}: {cannot} (timed out). {check}"]
    (line,) = complaints(address)
    assert line.startswith(f"{address}: {cannot} (")
    (line,) = complaints(own.address.replace("dask:", "tls:"))
    assert "TLS" in line
    assert complaints(own.address) == [
        f"{own.address}: error: The cluster has no workers. Start one on each machine that is to "
        f"print: dask worker {own.address.replace('dask:', 'tcp:')}"
    ]
    assert not list(cards.root.glob("out/.careerprint/*journal*"))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ["--executor", "cluster:8786"],
            "--executor: error: “cluster:8786” is not the address of a cluster. Write "
            "dask://HOST:PORT, or tls://HOST:PORT where the cluster is encrypted.\n",
        ),
        (
            ["--executor", "dask://127.0.0.1:1", "--jobs", "2"],
            "--executor: error: --jobs is for printing on this machine. Leave one of the two out.\n",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    built: Workspace, arguments: list[str], complaint: str
) -> None:
    done = built.run("build", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", complaint)


def test_a_machine_without_dask_is_told_what_to_install(built: Workspace) -> None:
    asked = ("build", "--executor", "dask://127.0.0.1:8786")
    done = run_without("distributed", built.root, *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "--executor: error: Printing on a cluster needs packages that are not installed: "
        f"distributed. Install them: {sys.executable} -m pip install distributed\n"
    )


def test_a_worker_that_would_print_other_bytes_is_refused_before_anything_is_printed(
    cards: Workspace, own: Cluster, tmp_path: Path
) -> None:
    own.add_worker()
    own.add_worker(before=own.with_version("weasyprint", "69.0"))
    own.add_worker(before=own.without_careerprint())
    own.has_workers(3)
    process = start(cards, tmp_path / "out", "--executor", own.address)
    said, told = process.communicate()
    assert (process.returncode, said) == (2, "")
    unlike, unable = sorted(told.splitlines(), key=lambda line: "cannot load" in line)
    assert re.fullmatch(
        r"tcp://127\.0\.0\.1:\d+: error: This worker of the cluster prints with WeasyPrint 69\.0, "
        r"this machine with WeasyPrint 70\.\d+\. PDFs would differ: install the same versions "
        r"there, and start the worker again\.",
        unlike,
    )
    assert re.fullmatch(
        r"tcp://127\.0\.0\.1:\d+: error: This worker of the cluster cannot load careerprint \S+ "
        r"\(.*No module named 'careerprint\.building'.*\)\. Install careerprint "
        r"with its extra “cluster” there, in the same version\.",
        unable,
    )
    assert not pdfs(tmp_path / "out")


def test_the_commands_in_the_document_do_what_it_says(cards: Workspace, tmp_path: Path) -> None:
    document = (ROOT / "docs" / "cluster.md").read_text("utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", document, re.DOTALL)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    block = block.replace("192.0.2.10", "127.0.0.1").replace("8786", f"{port}")
    commands = [shlex.split(line.removeprefix("$ ")) for line in block.splitlines()]
    scheduler, worker, building = commands
    assert (scheduler[:2], worker[:2]) == (["dask", "scheduler"], ["dask", "worker"])
    with ExitStack() as stack:
        for command in (scheduler, worker):
            stack.enter_context(background(command, tmp_path))
        process = start(cards, tmp_path / "out", *building[2:], "--locale", "de")
        ends(process, f"{len(PROFILES)} printed, 0 unchanged, 0 failed. {tmp_path}/out/")


@contextmanager
def background(command: list[str], folder: Path) -> Iterator[None]:
    """Let `dask` run in a folder of its own until it is no longer needed."""
    own = folder / command[1]
    own.mkdir()
    with (own / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=own,
            env={**os.environ, "PYTHONPATH": str(SOURCES), "HOME": str(own)},
            stdout=log,
            stderr=log,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()
