"""What comes between a build and its files: no space, no permission, damage, edits meanwhile."""

import ctypes
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from careerprint.building.build import Options, build
from careerprint.building.entries import Origin, Plan
from careerprint.building.events import Done, Event, Listener, unnoticed
from careerprint.building.lock import LOCK_FILE
from careerprint.building.record import RECORD_FILE, open_record
from careerprint.core.edition import Edition, State
from careerprint.core.files import _keep_names
from careerprint.core.reader import Reader
from careerprint.core.sources import SETTLED_NS

from .cards import (
    CSS,
    EDITIONS,
    ENGLISH,
    KEPT,
    LOCALES,
    declare,
    others,
    pdfs,
    renew,
    revert,
)
from .conftest import PROFILE, SLUG, Workspace, start_process

SEED = 20251
ONE = f"{SLUG}/{SLUG}-card-de.pdf"
KILOBYTES = 1024

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="limits and permissions of POSIX"),
]


@pytest.fixture(scope="module")
def renewed(printed_cards: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The PDFs that the edited sources come to in a build that nothing disturbs."""
    workspace = Workspace(tmp_path_factory.mktemp("renewed") / "workspace")
    shutil.copytree(printed_cards, workspace.root)
    renew(workspace)
    assert states(workspace) == dict.fromkeys(LOCALES, State.PRINTED)
    return pdfs(workspace.root / "out")


def states(
    workspace: Workspace, listener: Listener = unnoticed, *, dry_run: bool = False
) -> dict[str, State]:
    """Build in this process, and return the state of each locale's card."""
    out, options = workspace.root / "out", Options(dry_run=dry_run)
    outcomes = build(EDITIONS, Reader(workspace.root), out, options, listener)
    return {outcome.edition.locale: outcome.state for outcome in outcomes}


def told(done: "subprocess.CompletedProcess[str]", *, status: int, times: int = 1) -> str:
    """Return the complaint of a command, each line the same, which it makes so many times."""
    lines = done.stderr.splitlines()
    assert done.returncode == status, done.stderr
    assert len(lines) == times, done.stderr
    assert "Traceback" not in done.stderr
    assert "careerprint made a mistake" not in done.stderr
    return lines[0]


# No space


def run_limited(
    workspace: Workspace, limit: Callable[[], object], *arguments: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command line, as a process that has called `limit` before it begins.

    It prints by itself, unless `--jobs` says otherwise.
    """
    alone = ["--jobs", "1"] if arguments[0] == "build" and "--jobs" not in arguments else []
    return subprocess.run(
        [sys.executable, "-m", "careerprint", *arguments, *alone],
        cwd=workspace.root,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **variables},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


def files_up_to(size: int) -> Callable[[], object]:
    """Return what forbids a process to write files of more than `size` bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class Disk:
    """A small disk of its own, mounted at a folder, that can be filled to the last byte."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self._filling = folder / "filling"
        folder.mkdir(parents=True, exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "careerprint-test", str(folder)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")

    def fill(self, but: int = 0) -> None:
        """Leave no more than so many bytes free, in whole blocks."""
        free = shutil.disk_usage(self.folder).free - but
        self._filling.write_bytes(bytes(max(free, 0)))

    def make_space(self) -> None:
        self._filling.unlink()

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=True)


@pytest.fixture
def disks() -> Iterator[Callable[[Path, int], Disk]]:
    mounted: list[Disk] = []

    def mount(folder: Path, size: int) -> Disk:
        mounted.append(Disk(folder, size))
        return mounted[-1]

    yield mount
    for disk in mounted:
        disk.unmount()


def test_a_full_disk_fails_editions_with_their_old_pdfs_untouched(
    built: Workspace, renewed: dict[str, bytes], disks: Callable[[Path, int], Disk]
) -> None:
    disk = disks(built.root / "druck", 400 * KILOBYTES)
    assert built.run("build", "--out", "druck").returncode == 0
    old = pdfs(disk.folder)
    renew(built)
    for free in (0, 20):
        disk.fill(but=free * KILOBYTES)
        done = built.run("build", "--out", "druck")
        assert done.returncode in {1, 2}
        for line in done.stderr.splitlines():
            assert line.startswith("druck/")
            assert "error: This cannot be written" in line
            assert "disk is full" in line
        assert done.stderr
        for name, content in pdfs(disk.folder).items():
            assert content in {old[name], renewed[name]}
        assert others(disk.folder) <= KEPT | {"filling"}
        disk.make_space()
        if done.returncode == 2:
            assert pdfs(disk.folder) == old
    done = built.run("build", "--out", "druck")
    assert (done.returncode, done.stderr) == (0, "")
    assert pdfs(disk.folder) == renewed


def test_a_disk_full_for_the_record_alone_is_told_and_put_right_later(
    built: Workspace, renewed: dict[str, bytes], disks: Callable[[Path, int], Disk]
) -> None:
    out, folder = built.root / "out", built.root / "out/.careerprint"
    old = pdfs(out)
    kept = {file.name: file.read_bytes() for file in folder.iterdir()}
    disk = disks(folder, 200 * KILOBYTES)
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    assert built.run("build").returncode == 0
    renew(built)
    for free in (0, 8):
        disk.fill(but=free * KILOBYTES)
        done = built.run("build")
        assert done.returncode in {1, 2}
        for line in done.stderr.splitlines():
            assert line.startswith(f"{out}/")
            assert "error: This cannot be written: the disk is full" in line
        assert done.stderr
        assert pdfs(out) == (old if done.returncode == 2 else renewed)
        disk.make_space()
    assert built.run("build").returncode == 0
    assert pdfs(out) == renewed
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)


def test_a_disk_with_no_space_for_a_first_build_is_told(
    built: Workspace, disks: Callable[[Path, int], Disk]
) -> None:
    disk = disks(built.root / "druck", 16 * KILOBYTES)
    disk.fill()
    done = built.run("build", "--out", "druck")
    assert "error: This cannot be written: the disk is full" in told(done, status=2)
    disk.make_space()
    done = built.run("build", "--out", "druck")
    assert done.returncode in {1, 2}, "a record and three cards have no room in 16 kB"
    assert all("disk is full" in line for line in done.stderr.splitlines())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs such a file system")
def test_a_file_system_that_cannot_be_told_to_keep_names_does_without() -> None:
    folder = Path("/proc")
    descriptor = os.open(folder, os.O_RDONLY)
    with pytest.raises(OSError, match="Invalid argument"):
        os.fsync(descriptor)
    os.close(descriptor)
    _keep_names(folder)


@pytest.mark.process
def test_a_disk_with_no_space_for_temporary_files_is_told(
    built: Workspace, disks: Callable[[Path, int], Disk]
) -> None:
    """Fonts are laid down in the system's folder for temporary files while printing."""
    disk = disks(built.root.parent / "temporary", 64 * KILOBYTES)
    old = pdfs(built.root / "out")
    renew(built)
    # In one process: another would find the disk full, and Python another folder for it.
    done = built.run_process("build", "--jobs", "1", TMPDIR=str(disk.folder))
    assert done.returncode == 1
    assert pdfs(built.root / "out") == old
    for line in done.stderr.splitlines():
        assert line.startswith(str(disk.folder))
        assert "error: This cannot be written: the disk is full, or your share of it." in line
    assert built.run("build").returncode == 0


@pytest.mark.process
def test_a_file_that_is_cut_short_is_never_put_into_place(built: Workspace) -> None:
    """With a limit that fonts and record keep to, and the PDFs do not, for they have a picture."""
    out, noise = built.root / "out", random.Random(SEED).randbytes(3 * 600 * 600)
    Image.frombytes("RGB", (600, 600), noise).save(built.root / "layouts/card/noise.png")
    old = pdfs(out)
    built.edit(CSS, "body { margin: 8mm;", "body { background: url(noise.png); margin: 8mm;")
    done = run_limited(built, files_up_to(500 * KILOBYTES), "build")
    assert done.returncode == 1
    for tag, line in zip(LOCALES, done.stderr.splitlines(), strict=True):
        name = Edition(SLUG, "card", tag).output
        assert line.startswith(f"{out / name}: error: This cannot be written (File too large).")
    assert pdfs(out) == old
    assert others(out) == KEPT
    assert built.run("build").returncode == 0
    assert all(len(content) > 500 * KILOBYTES for content in pdfs(out).values())


@pytest.mark.process
@pytest.mark.parametrize("size", [1, 20 * KILOBYTES])
def test_where_no_file_can_be_long_enough_that_is_told(built: Workspace, size: int) -> None:
    old = pdfs(built.root / "out")
    renew(built)
    done = run_limited(built, files_up_to(size), "build")
    assert done.returncode in {1, 2}
    assert "error: This cannot be written (" in done.stderr
    assert "made a mistake" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert pdfs(built.root / "out") == old
    assert set(states(built).values()) == {State.PRINTED}


# No permission


def obeying_permissions() -> None:
    """Take from this process, once it runs another program, what lets root write anywhere."""
    capability_bounding_set_drop, override, read_search = 24, 1, 2
    for capability in (override, read_search):
        ctypes.CDLL(None).prctl(capability_bounding_set_drop, capability, 0, 0, 0)


@pytest.fixture
def read_only(built: Workspace) -> Iterator[Workspace]:
    """A workspace with three cards printed whose output folder cannot be written."""
    out = built.root / "out"
    everything = [*out.rglob("*"), out]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield built
    for path in everything:
        path.chmod(0o755)


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(f): (f.stat().st_mtime_ns, b"" if f.is_dir() else f.read_bytes())
        for f in [folder, *folder.rglob("*")]
    }


needs_permissions = pytest.mark.skipif(sys.platform != "linux", reason="takes root's power away")


@pytest.mark.process
@needs_permissions
def test_an_output_folder_that_may_not_be_written_is_told(read_only: Workspace) -> None:
    out = read_only.root / "out"
    before = snapshot(out)
    renew(read_only)
    for command in (["build"], ["build", "--force"], ["clean", "--yes"]):
        if "clean" in command:
            declare(read_only, 'layouts = ["card"]\nlocales = ["de"]\n')
        done = run_limited(read_only, obeying_permissions, *command)
        line = told(done, status=2)
        assert line.startswith(f"{out}")
        assert "error: This cannot be written (" in line
    assert snapshot(out) == before


@pytest.mark.process
@needs_permissions
def test_looking_writes_nothing_and_needs_no_permission(read_only: Workspace) -> None:
    before = snapshot(read_only.root / "out")
    for command in (["status"], ["build", "--dry-run"], ["status", "--locale", "fr"], ["clean"]):
        done = run_limited(read_only, obeying_permissions, *command)
        assert (done.returncode, done.stderr) == (0, "")
    done = run_limited(read_only, obeying_permissions, "status")
    assert done.stdout.endswith("0 to print, 3 unchanged, 0 failed. out/\n")
    renew(read_only)
    done = run_limited(read_only, obeying_permissions, "status")
    assert f"to print: {ONE} ({PROFILE} changed)" in done.stdout
    assert snapshot(read_only.root / "out") == before


def test_looking_makes_no_output_folder(built: Workspace) -> None:
    shutil.rmtree(built.root / "out")
    for command in (["status"], ["build", "--dry-run"], ["clean"]):
        done = built.run(*command)
        assert (done.returncode, done.stderr) == (0, "")
    assert built.run("status").stdout.endswith("3 to print, 0 unchanged, 0 failed. out\n")
    assert not (built.root / "out").exists()


@pytest.mark.process
@needs_permissions
def test_a_source_that_may_not_be_read_fails_what_needs_it_until_it_may(
    built: Workspace, renewed: dict[str, bytes]
) -> None:
    renew(built)
    catalog = built.root / ENGLISH
    catalog.chmod(0)
    done = run_limited(built, obeying_permissions, "build")
    line = told(done, status=1)
    assert f"error: The file “{ENGLISH}” cannot be read (Permission denied)." in line
    assert done.stdout.endswith("2 printed, 0 unchanged, 1 failed. out/\n")
    again = run_limited(built, obeying_permissions, "status")
    assert told(again, status=1) == line
    catalog.chmod(0o644)
    assert states(built, dry_run=True) == {"de": State.FRESH, "en": State.STALE, "tr": State.FRESH}
    assert states(built) == {"de": State.FRESH, "en": State.PRINTED, "tr": State.FRESH}
    assert pdfs(built.root / "out") == renewed


# Damage


def cut_short(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 + 100)


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 300] = os.urandom(300)
    file.write_bytes(content)


def make_older(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE edition (output TEXT PRIMARY KEY, job TEXT)")
    connection.execute(f"INSERT INTO edition VALUES ('{ONE}', 'of another version')")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def of_another_kind(file: Path) -> None:
    """Say in the header that a newer SQLite must write, and a newer one yet read."""
    content = bytearray(file.read_bytes())
    content[18:20] = b"\x09\x09"
    file.write_bytes(content)


def write_protect(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[18] = 9  # SQLite reads such a file, and does not write it
    file.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut short": cut_short,
    "cut to its first bytes": lambda file: os.truncate(file, 50),
    "empty": lambda file: os.truncate(file, 0),
    "gone": lambda file: file.unlink(),
    "pages of garbage": spoil,
    "all garbage": lambda file: file.write_bytes(os.urandom(20_000)),
    "of an older version": make_older,
    "of a newer SQLite": of_another_kind,
    "of an SQLite that can write it": write_protect,
    "a journal of garbage beside it": lambda file: file.with_name(
        f"{file.name}-journal"
    ).write_bytes(os.urandom(5000)),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_record_costs_a_print_and_nothing_else(
    built: Workspace, renewed: dict[str, bytes], name: str
) -> None:
    old = pdfs(built.root / "out")
    DAMAGE[name](built.root / "out" / RECORD_FILE)
    looked = built.run("status")
    assert (looked.returncode, looked.stderr) == (0, "")
    assert set(states(built).values()) <= {State.PRINTED, State.FRESH}
    assert pdfs(built.root / "out") == old
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)
    renew(built)
    DAMAGE[name](built.root / "out" / RECORD_FILE)
    done = built.run("build")
    assert (done.returncode, done.stderr) == (0, "")
    assert pdfs(built.root / "out") == renewed
    assert others(built.root / "out") == KEPT
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)


@pytest.mark.slow
def test_a_record_with_any_bytes_spoiled_leads_nowhere_wrong(
    built: Workspace, renewed: dict[str, bytes]
) -> None:
    """Including such as leave it readable: they may say anything of sources, digests and plans."""
    chance = random.Random(SEED)
    out, record = built.root / "out", built.root / "out" / RECORD_FILE
    expected = {False: pdfs(out), True: renewed}
    is_new = False
    for number in range(8):
        content = bytearray(record.read_bytes())
        for _ in range(chance.randint(1, 6)):
            at, length = chance.randrange(len(content)), chance.choice((1, 8, 60, 2000))
            letters = bytes(chance.choices(b'0a"[]{}x:,/', k=length))
            content[at : at + length] = chance.choice((chance.randbytes(length), letters))
        record.write_bytes(content)
        if chance.random() < 0.5:
            (revert if is_new else renew)(built)
            is_new = not is_new
        assert State.FAILED not in states(built, dry_run=True).values()
        outcomes = built.build()
        assert [d.sentence(str) for o in outcomes for d in o.diagnostics] == [], number
        assert pdfs(out) == expected[is_new], number
        assert others(out) == KEPT, number


@pytest.mark.parametrize("name", [RECORD_FILE, LOCK_FILE])
def test_a_folder_where_a_file_of_the_build_should_be_is_told(built: Workspace, name: str) -> None:
    renew(built)
    file = built.root / "out" / name
    file.unlink(missing_ok=True)
    (file / "inside").mkdir(parents=True)
    line = told(built.run("build"), status=2)
    assert line.startswith(f"{file}: error: This cannot be written (")
    assert built.run("status").returncode == 0
    shutil.rmtree(file)
    assert built.run("build").returncode == 0


@pytest.mark.process
def test_builds_at_once_begin_a_damaged_record_anew_together(
    built: Workspace, renewed: dict[str, bytes]
) -> None:
    renew(built)
    for file in (RECORD_FILE, LOCK_FILE):
        (built.root / "out" / file).write_bytes(b"no database" * 1000)
    running = [start_process(built.root, "build", "--jobs", "1") for _ in range(2)]
    errors = {process.communicate()[1] for process in running}
    assert errors <= {"", "Another build is at work here; waiting for it.\n"}
    assert [process.returncode for process in running] == [0, 0]
    assert pdfs(built.root / "out") == renewed
    assert others(built.root / "out") == KEPT
    assert set(states(built).values()) <= {State.FRESH, State.PRINTED}
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)


def test_a_damaged_record_is_begun_anew_by_one_of_those_who_open_it(tmp_path: Path) -> None:
    kept, failures = Plan((), Origin({}, {}, {})), list[Exception]()

    def keep(name: str, out: Path, start: threading.Barrier) -> None:
        try:
            start.wait()
            with open_record(out) as record:
                record.put_plan(name, kept)
        except Exception as failure:
            failures.append(failure)

    for number in range(20):
        out, names = tmp_path / str(number), ["one", "two", "three"]
        (out / RECORD_FILE).parent.mkdir(parents=True)
        (out / RECORD_FILE).write_bytes(b"no database" * 1000)
        start = threading.Barrier(len(names))
        threads = [threading.Thread(target=keep, args=(name, out, start)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with open_record(out, to_write=False) as record:
            assert record.plans().keys() == set(names)
    assert failures == []


def test_a_damaged_lock_holds_nobody_up(built: Workspace) -> None:
    (built.root / "out" / LOCK_FILE).write_bytes(b"no database" * 1000)
    done = built.run("build")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_file_where_the_output_folder_should_be_is_told(built: Workspace) -> None:
    shutil.rmtree(built.root / "out")
    (built.root / "out").write_text("notes")
    for command in (["build"], ["clean", "--yes"]):
        assert "error: This cannot be written (" in told(built.run(*command), status=2)
    assert built.run("status").returncode == 0
    assert (built.root / "out").read_text() == "notes"


def test_a_workspace_whose_path_is_no_text_is_built_like_any_other(
    built: Workspace, tmp_path: Path, renewed: dict[str, bytes]
) -> None:
    odd = Workspace(tmp_path / os.fsdecode(b"Pr\xfcfung"))
    try:
        built.root.rename(odd.root)
    except OSError:
        pytest.skip("file names are text here")
    renew(odd)
    for said in ("3 printed, 0 unchanged, 0 failed.", "0 printed, 3 unchanged, 0 failed."):
        done = odd.run("build")
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
    assert pdfs(odd.root / "out") == renewed


# What lies at a PDF's place


def test_who_reads_a_pdf_while_it_is_printed_again_reads_the_old_one_whole(
    built: Workspace, renewed: dict[str, bytes]
) -> None:
    old = pdfs(built.root / "out")[ONE]
    with (built.root / "out" / ONE).open("rb") as viewer:
        begun = viewer.read(100)
        renew(built)
        assert states(built) == dict.fromkeys(LOCALES, State.PRINTED)
        assert begun + viewer.read() == old
    assert pdfs(built.root / "out") == renewed


def test_a_folder_at_a_pdfs_place_fails_that_edition_alone(
    built: Workspace, renewed: dict[str, bytes]
) -> None:
    target = built.root / "out" / ONE
    target.unlink()
    (target / "inside").mkdir(parents=True)
    renew(built)
    for _ in range(2):
        line = told(built.run("build"), status=1)
        assert line.startswith(f"{target}: error: This cannot be written (")
        assert "close the file in other programs" in line
        assert others(built.root / "out") == KEPT
    shutil.rmtree(target)
    assert states(built) == {"de": State.PRINTED, "en": State.FRESH, "tr": State.FRESH}
    assert pdfs(built.root / "out") == renewed


def test_what_a_killed_build_left_of_an_edition_that_is_gone_is_removed_too(
    built: Workspace,
) -> None:
    folder = built.root / "out" / SLUG
    (folder / f".{SLUG}-card-pl.pdf.part").write_bytes(b"%PDF-1.7 half")
    kept = [folder / f".{SLUG}.pdf", folder / "notes.pdf.part", folder / ".other-card-de.pdf.part"]
    for file in kept:
        file.write_bytes(b"somebody else's")
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)
    assert others(built.root / "out") == KEPT | {f"{SLUG}/{f.name}" for f in kept[1:]}


# Edits meanwhile


class Edits:
    """Edits a workspace when the first edition of a build is done."""

    def __init__(self, edit: Callable[[], object]) -> None:
        self._edit = edit
        self._has_edited = False

    def __call__(self, event: Event) -> None:
        if isinstance(event, Done) and not self._has_edited:
            assert event.outcome.state is State.PRINTED
            self._edit()
            self._has_edited = True


def change_style(workspace: Workspace) -> None:
    workspace.edit(CSS, "body { margin: 8mm;", "body { margin: 9mm;")


EDITED = {
    "the profile": (renew, LOCALES),
    "the style sheet": (change_style, LOCALES),
    "a translation": (
        lambda workspace: workspace.edit(
            ENGLISH, 'msgstr "Customer service in Dortmund"', 'msgstr "Service in Dortmund"'
        ),
        ("en",),
    ),
}


@pytest.mark.parametrize("name", EDITED)
def test_an_edit_during_a_build_is_printed_by_it_or_by_the_next(
    built: Workspace, tmp_path: Path, name: str
) -> None:
    edit, touched = EDITED[name]
    before = pdfs(built.root / "out")
    undisturbed = Workspace(tmp_path / "undisturbed")
    shutil.copytree(built.root, undisturbed.root)
    edit(undisturbed)
    states(undisturbed)
    after = pdfs(undisturbed.root / "out")
    shutil.rmtree(built.root / "out")
    assert states(built, Edits(lambda: edit(built))) == dict.fromkeys(LOCALES, State.PRINTED)
    for path, content in pdfs(built.root / "out").items():
        assert content in {before[path], after[path]}
    stale = {
        e.locale
        for e in EDITIONS
        if (built.root / "out" / e.output).read_bytes() != after[e.output]
    }
    assert stale <= set(touched)
    examined = states(built, dry_run=True)
    assert {tag for tag, state in examined.items() if state is State.STALE} == stale
    again = states(built)
    assert {tag for tag, state in again.items() if state is State.PRINTED} == stale
    assert pdfs(built.root / "out") == after
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)


def test_an_edit_with_the_time_of_the_file_put_back_is_noticed(built: Workspace) -> None:
    """As within one tick of a coarse clock: the same size, and the same time to the nanosecond."""
    file = built.root / PROFILE
    then = file.stat()
    old, new = "Sie klären Fragen, finden Lösungen", "Sie prüfen Fragen, finden Lösungen"
    assert len(old.encode()) == len(new.encode())
    time.sleep(SETTLED_NS / 1e9 + 0.1)  # so that its digest is kept by its times
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)
    built.edit(PROFILE, old, new)
    os.utime(file, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (then.st_size, then.st_mtime_ns)
    assert states(built)["de"] is State.PRINTED


def test_edits_one_right_after_the_other_are_all_noticed(built: Workspace) -> None:
    file = built.root / PROFILE
    then = file.stat()
    for before, now in (("klären", "prüfen"), ("prüfen", "lösen!"), ("lösen!", "klären")):
        built.edit(PROFILE, f"Sie {before} Fragen", f"Sie {now} Fragen")
        os.utime(file, ns=(then.st_atime_ns, then.st_mtime_ns))
        assert file.stat().st_size == then.st_size
        assert states(built)["de"] is State.PRINTED
    assert states(built)["de"] is State.FRESH


# Ctrl-C


@pytest.mark.process
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_build_in_a_line_with_whole_files(built: Workspace, jobs: str) -> None:
    old = pdfs(built.root / "out")
    process = subprocess.Popen(
        [sys.executable, "-m", "careerprint", "build", "--force", "--jobs", jobs],
        cwd=built.root,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("printed: ")
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to the workers too
    _, errors = process.communicate()
    if process.returncode:  # else it had ended before
        assert (process.returncode, errors.strip()) == (1, "Aborted!")
    assert pdfs(built.root / "out") == old
    assert others(built.root / "out") == KEPT
    assert states(built) == dict.fromkeys(LOCALES, State.FRESH)


INTERRUPTED = """
import signal, sys
from careerprint.commands.interrupts import interrupt_after_imports

interrupt_after_imports()
try:
    import cut_short
    print("loaded")
    signal.pause()
except KeyboardInterrupt:
    print("interrupted", cut_short.is_whole)
"""


@pytest.mark.process
def test_ctrl_c_waits_until_a_module_is_loaded(tmp_path: Path) -> None:
    interrupting = "import signal\nsignal.raise_signal(signal.SIGINT)\nis_whole = True\n"
    (tmp_path / "cut_short.py").write_text(interrupting)
    command = [sys.executable, "-c", INTERRUPTED]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("loaded\ninterrupted True\n", "")


BUILDING = """
import sys
from careerprint.__main__ import main

print("begun", flush=True)
sys.argv = ["careerprint", "build", "--force", "--jobs", sys.argv[1]]
main()
"""


@pytest.mark.process
@pytest.mark.parametrize(
    ("wait", "jobs"),
    [(0.01, "1"), (0.06, "2"), (0.16, "1"), (0.4, "2")],
)
def test_ctrl_c_while_a_build_begins_ends_it_without_a_traceback(
    built: Workspace, wait: float, jobs: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", BUILDING, jobs],
        cwd=built.root,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate()
    if process.returncode:  # else it had ended before
        assert (process.returncode, errors.strip()) in {(1, ""), (1, "Aborted!")}
