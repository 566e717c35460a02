"""What printing asks of the system, by strace: which files it opens, whom it connects to.

It reads the workspace, what it is installed with, and what the C library reads for every program;
it writes to the output folder and to temporary folders of its own; and it talks to nobody.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import careerprint

from .conftest import PROFILE, Workspace
from .test_environment import BATCH, first, printed  # noqa: F401 - a fixture

# What else is read, and by what. All are real paths: links are followed.
SYSTEM = (
    # the dynamic loader: which library lies where, and the libraries themselves
    r"/etc/ld\.so\.(cache|preload)",
    r"/(usr/)?(local/)?lib(32|64)?/(.+/)?[^/]+\.so(\.[0-9.]+)?",
    # the C library: how characters are coded, and what time it is
    r"/usr/lib/locale/.+",
    r"/(etc|usr/share/locale)/locale\.alias",
    r"/usr/lib/.+/gconv-modules\.cache",
    r"/etc/localtime",
    r"/usr/share/zoneinfo/.+",
    # OpenSSL, which Python's check sums are made with
    r"/(etc|usr/lib)/ssl/openssl\.cnf",
    # fontconfig: what the rules are called that its configuration might name. None is applied.
    r"/usr/share/fontconfig/conf\.avail(/.+)?",
    # SELinux's library, which GLib brings along: whether there is SELinux
    r"/proc/filesystems",
    # which start of the machine this is: filelock, which tells a lock from before it
    r"/proc/sys/kernel/random/boot_id",
    # how many processors and how much memory there are for us; which files are open
    r"/proc/(self|\d+)/(cgroup|fd|mounts|mountinfo|status|statm|maps)",
    r"/proc/(meminfo|cpuinfo)",
    r"/sys/(fs/cgroup|devices/system/cpu)/.+",
    # random numbers, and nothing
    r"/dev/(urandom|null)",
)
CHANGES = "rename|renameat|renameat2|mkdir|mkdirat|unlink|unlinkat|rmdir|link|linkat|symlink|chmod"
CALLS = "network,openat,open,execve," + CHANGES.replace("|", ",")
_CALL = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>\d+)(?:<(?P<path>.*)>)?$")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<path>[^"]*)"')


@dataclass(frozen=True)
class Trace:
    """What processes did, without what failed: real paths of files that they opened, and more."""

    read: frozenset[str]
    written: frozenset[str]
    programs: frozenset[str]
    network: frozenset[str]


def straced(
    workspace: Workspace, options: Sequence[str], *arguments: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run `careerprint` under strace with these options."""
    return subprocess.run(
        ["strace", "--seccomp-bpf", *options, sys.executable, "-m", "careerprint", *arguments],
        cwd=workspace.root,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def traced(workspace: Workspace, folder: Path, *arguments: str) -> Trace:
    """Run `careerprint` with its temporary files in `folder`, and return what was done."""
    logs = folder.parent / "traces"
    logs.mkdir()
    folder.mkdir()
    options = ["-ff", "-y", "-s", "4096", "-o", str(logs / "log"), "-e", f"trace={CALLS}"]
    done = straced(workspace, options, *arguments, TMPDIR=str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for log in logs.iterdir() for line in log.read_text("utf-8").splitlines()]
    shutil.rmtree(logs)
    return _trace(lines)


def _trace(lines: list[str]) -> Trace:
    read: set[str] = set()
    written: set[str] = set()
    programs: set[str] = set()
    network: set[str] = set()
    for line in lines:
        if not (found := _CALL.match(line)):
            continue  # it failed, or is no call
        name, arguments = found["name"], found["arguments"]
        if name in {"open", "openat"}:
            writes = re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)", arguments)
            (written if writes else read).add(found["path"].removesuffix(" (deleted)"))
        elif name == "execve":
            programs |= {path for path in _paths(arguments) if path}
        elif re.fullmatch(CHANGES, name):
            written |= set(_paths(arguments))
        else:
            network.add(name)
    return Trace(*map(frozenset, (read, written, programs, network)))


def _paths(arguments: str) -> Iterator[str]:
    """Yield the paths of a call that names files; of what runs a program, its own alone."""
    for found in _PATH.finditer(arguments.partition(", [")[0]):
        yield os.path.join(found["folder"] or "", found["path"])  # noqa: PTH118 - as text


@pytest.fixture(scope="module")
def _strace() -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-qq", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no process may be traced here")


@pytest.mark.process
@pytest.mark.usefixtures("_strace")
@pytest.mark.parametrize("command", [("build", "--force", "--jobs", "2"), (*BATCH[:-1], "2")])
def test_printing_keeps_to_the_workspace_and_to_what_it_came_with(
    first: Workspace,  # noqa: F811
    tmp_path: Path,
    command: tuple[str, ...],
) -> None:
    root, temporary = (tmp_path / "workspace").resolve(), (tmp_path / "temporary").resolve()
    shutil.copytree(first.root, root)
    if "batch" in command:
        shutil.rmtree(root / "out")
    trace = traced(Workspace(root), temporary, *command)
    assert printed(root / "out").items() <= printed(first.root / "out").items()

    assert str(root / PROFILE) in trace.read
    assert any(file.endswith(".pdf.part") for file in trace.written)

    package = Path(careerprint.__file__).resolve().parent
    paths = [str(package), sys.prefix, sys.base_prefix, *sys.path]
    installed = {Path(path).resolve() for path in paths if path}
    ours = (root, temporary, *installed, package.parents[1] / "fonts")
    elsewhere = {
        f for f in trace.read if not any(Path(f).is_relative_to(folder) for folder in ours)
    }
    assert {f for f in elsewhere if not any(re.fullmatch(p, f) for p in SYSTEM)} == set()

    assert {f for f in trace.written if not _lies_in(f, (root / "out", temporary))} == set()
    assert {Path(p).resolve() for p in trace.programs} == {Path(sys.executable).resolve()}
    # A pair of sockets leads from a process to the one that it has started, and nowhere else.
    assert trace.network <= {"socketpair", "getsockname"}
    assert [*temporary.iterdir()] == []


def _lies_in(file: str, folders: tuple[Path, ...]) -> bool:
    return file == "/dev/null" or any(Path(file).is_relative_to(folder) for folder in folders)


@pytest.mark.kill
@pytest.mark.usefixtures("_strace")
@pytest.mark.parametrize("nth", [4, 6, 7])
def test_a_season_that_is_killed_as_it_puts_files_into_place(
    first: Workspace,  # noqa: F811
    tmp_path: Path,
    nth: int,
) -> None:
    """As the flyers, the order, all copies for a fair are renamed; the first are fontconfig's."""
    workspace = Workspace(tmp_path / "workspace")
    shutil.copytree(first.root, workspace.root, ignore=shutil.ignore_patterns("out"))
    whole = {n: c for n, c in printed(first.root / "out").items() if n.startswith("fairs/")}
    killing = ["-f", "-qqq", "-e", "trace=rename", "-e", f"inject=rename:signal=KILL:when={nth}"]
    done = straced(workspace, [*killing, "-o", "/dev/null"], *BATCH)
    assert done.returncode == -signal.SIGKILL
    delivered = printed(workspace.root / "out")
    finished = {name: c for name, c in delivered.items() if not name.endswith(".part")}
    assert finished.items() <= whole.items()
    assert finished
    done = workspace.run(*BATCH)
    assert (done.returncode, done.stderr) == (0, "")
    assert printed(workspace.root / "out") == whole


@pytest.mark.kill
@pytest.mark.usefixtures("_strace")
@pytest.mark.parametrize("command", ["import text.md --slug neu", "new profile neu"])
def test_a_profile_that_is_begun_and_killed_is_there_whole_or_not_at_all(
    first: Workspace,  # noqa: F811
    tmp_path: Path,
    command: str,
) -> None:
    workspace = Workspace(tmp_path / "workspace")
    shutil.copytree(first.root, workspace.root)
    (workspace.root / "text.md").write_text("# Gärtnerin\n\nSie pflegt Beete.\n", "utf-8")
    for nth in (1, 2):  # the file in its folder, then the folder
        killing = [
            "-f",
            "-qqq",
            "-e",
            "trace=rename",
            "-e",
            f"inject=rename:signal=KILL:when={nth}",
        ]
        done = straced(workspace, [*killing, "-o", "/dev/null"], *command.split())
        assert done.returncode == -signal.SIGKILL
        assert not (workspace.root / "content/neu").exists()
        assert "2 unchanged" in workspace.run("build").stdout
    done = workspace.run(*command.split())
    assert done.returncode == 0
    assert (workspace.root / "content/neu/profile.md").exists()
