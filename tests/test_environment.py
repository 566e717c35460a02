"""What a machine, a shell, a folder may be like: the main job is done there, or a line says why not.

The main job is to print a profile, and a season of fairs from a table.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from careerprint.building.build import build
from careerprint.building.workers import Workers
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader
from careerprint.core.sources import SETTLED_NS
from careerprint.desk.profiletext import ProfileTexts
from careerprint.output.deliveries import deliver
from careerprint.planning.season import by_id, fair_editions, read_season

from .cards import NEW, OLD, card_workspace
from .conftest import PROFILE, SLUG, Workspace, refusals
from .test_build_faults import Disk, disks  # noqa: F401 - a fixture

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells and folders of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="what only Linux lets us try")

BUILD = ("build", "--force", "--jobs", "1", "--locale", "de")
BATCH = ("batch", "messen.csv", "--combined", "--jobs", "1")
ONE = f"{SLUG}/{SLUG}-card-de.pdf"
KILOBYTES = 1024
FIRST_DAY = date(date.today().year + 1, 5, 3)
SEASON = "Kennung;Messe;Ort;Beginn;Layout;Sprachen;Anzahl\n" + "".join(
    f"messe-{n};Jobmesse {n};Musterstadt;{FIRST_DAY:%d.%m.%Y};card;de;{n}\n" for n in (1, 2)
)
ONLY_ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which two cards and those for two fairs are printed; not to be changed."""
    made = card_workspace(tmp_path_factory.mktemp("first") / "workspace", ("de", "en"))
    made.edit("layouts/card/layout.toml", 'takes = ["cover"]', 'takes = ["cover", "fair"]')
    fair = '{% if fair %}{{ cell(fair.fair, "p") }}{{ cell(fair.city, "p") }}{% endif %}'
    made.edit("layouts/card/card.html.j2", "</body>", f"{fair}</body>")
    (made.root / "messen.csv").write_text(SEASON, "utf-8")
    for command in (("build", "--jobs", "1"), BATCH):
        assert well(made.run(*command))
    return made


@pytest.fixture
def built(first: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of a test's own in which all that is printed."""
    return copied(first, tmp_path / "workspace")


@pytest.fixture
def season(first: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of a test's own in which nothing is printed yet."""
    made = copied(first, tmp_path / "workspace")
    shutil.rmtree(made.root / "out")
    return made


def copied(workspace: Workspace, root: Path) -> Workspace:
    shutil.copytree(workspace.root, root)
    return Workspace(root)


def well(done: "subprocess.CompletedProcess[str]") -> bool:
    """Tell whether a command went well; what it complains of is shown where it did not."""
    return (done.returncode, done.stderr) == (0, "") or pytest.fail(done.stderr)


def told(done: "subprocess.CompletedProcess[str]", status: int) -> str:
    """Return the one line that a command ends with, and with this status."""
    assert done.returncode == status, done.stderr
    assert "made a mistake" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


def printed(out: Path) -> dict[str, bytes]:
    """Return all that is delivered in an output folder, by path."""
    files = (f for f in out.rglob("*") if f.is_file() and ".careerprint" not in f.parts)
    return {f.relative_to(out).as_posix(): f.read_bytes() for f in files}


def shell(
    workspace: Workspace, script: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run a line of bash in which `careerprint` is ours."""
    command = f'careerprint() {{ "{sys.executable}" -m careerprint "$@"; }}; {script}'
    return subprocess.run(
        ["bash", "-c", command],
        cwd=workspace.root,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


# Settings


@pytest.mark.process
@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_german_is_told_wherever_it_can_be_shown(
    first: Workspace, settings: dict[str, str]
) -> None:
    line = told(first.run_process("--lang", "de", "build", "--locale", "xx", **settings), 2)
    assert line.startswith("--locale: Fehler: ")
    assert "kein Sprach" in line


@pytest.mark.process
@pytest.mark.parametrize(
    "settings",
    [
        {**ONLY_ASCII, "FONTCONFIG_SYSROOT": "/", "FONTCONFIG_FILE": "/nonexistent"},
        # Turkish, in which I and i are two letters; odd zones, days, widths, folders and terminals
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Nirgendwo/Nie", "COLUMNS": "0", "TERM": "dumb"}
        | {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/dev/null", "TMPDIR": "/nonexistent"},
        {"LANG": "x@y:z", "TZ": "CET-1CEST,M3.5.0,M10.5.0/3", "SOURCE_DATE_EPOCH": "-5"}
        | {"PANGO_LANGUAGE": "ar:ja", "LANGUAGE": "::", "PYTHONHASHSEED": "7", "HOME": ""}
        | {"NO_COLOR": "1"},
    ],
)
def test_the_machines_settings_change_no_byte(built: Workspace, settings: dict[str, str]) -> None:
    before = printed(built.root / "out")
    assert well(built.run_process(*BUILD, **settings))
    assert printed(built.root / "out") == before


@pytest.mark.process
@pytest.mark.parametrize("folder", ["a & <b> ü", os.fsdecode(b"Pr\xfcfung")])
def test_a_folder_for_temporary_files_of_any_name(built: Workspace, folder: str) -> None:
    """Fonts lie there, and fontconfig reads of them in XML: it would take others if it could not."""
    place = built.root.parent / folder
    place.mkdir()
    before = printed(built.root / "out")
    done = built.run_process(*BUILD, TMPDIR=str(place))
    if folder.isprintable():
        assert well(done)
    else:
        assert "error: Not all characters of this path are text. Let TMPDIR name" in told(done, 1)
    assert printed(built.root / "out") == before
    assert [*place.iterdir()] == []


@pytest.mark.process
def test_a_narrow_shell_is_enough(built: Workspace) -> None:
    """Few open files, nothing to write to or read from, files for nobody else."""
    before = printed(built.root / "out")
    (built.root / "out" / ONE).unlink()
    script = "umask 077; ulimit -n 64; careerprint build --force --jobs 2 <&- >&- 2>&-"
    assert well(shell(built, script))
    assert printed(built.root / "out") == before
    assert (built.root / "out" / ONE).stat().st_mode & 0o777 == 0o600


@pytest.mark.process
def test_who_stops_reading_ends_it_quietly_and_output_without_room_is_told(
    built: Workspace,
) -> None:
    before = printed(built.root / "out")
    for command in ("status", "batch messen.csv --json"):
        done = shell(built, f"careerprint {command} | true; exit ${{PIPESTATUS[0]}}")
        assert (done.returncode, done.stderr) == (1, ""), command
        if Path("/dev/full").exists():
            full = told(shell(built, f"careerprint {command} > /dev/full"), 1)
            assert full.startswith("stdout: error: This cannot be written: the disk is full")
    assert well(built.run("build"))
    assert printed(built.root / "out") == before


@pytest.mark.process
def test_a_folder_that_was_deleted_under_the_user_is_told(first: Workspace, tmp_path: Path) -> None:
    script = f"mkdir {tmp_path}/x; cd {tmp_path}/x; rmdir {tmp_path}/x; careerprint"
    for command in ("build", "doctor", "init here"):
        line = told(shell(first, f"{script} {command}"), 2)
        assert line.startswith(".: error: The folder that you are in has been deleted or moved.")


# Names


@pytest.mark.process
@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("Prüfung \"A\" 'b' 100% #1? 🎓 & <x> [y]*;$HOME\\z", {}),
        ("/".join(f"Prüfung {n} 🎓 {'x' * 60}" for n in range(5)), ONLY_ASCII),
        (os.fsdecode(b"Pr\xfcfung"), {}),
    ],
)
def test_a_workspace_may_be_called_and_lie_as_it_likes(
    first: Workspace, tmp_path: Path, name: str, settings: dict[str, str]
) -> None:
    try:
        odd = copied(first, tmp_path / name / "w")
    except OSError:
        pytest.skip("file names are text here")
    shutil.rmtree(odd.root / "out")
    for command in (BUILD, BATCH):
        run = odd.run_process if settings else odd.run
        assert well(run(*command, **settings))
    assert printed(odd.root / "out").items() <= printed(first.root / "out").items()
    again = odd.run(*BATCH)
    assert well(again)
    assert "written" not in again.stdout
    assert "nothing to remove" in odd.run("clean").stdout


def test_a_name_that_is_too_long_is_told_and_the_others_are_printed(built: Workspace) -> None:
    shutil.copytree(built.root / f"content/{SLUG}", built.root / f"content/{'x' * 245}")
    line = told(built.run("build", "--jobs", "1", "--locale", "de"), 1)
    assert "(File name too long). Shorten the name of the folder, the profile or" in line
    assert (built.root / "out" / ONE).exists()
    for command in ("check", "impose"):
        assert "(File name too long)" in built.run(command, f"{'x' * 256}.pdf").stderr


@pytest.mark.parametrize("names", [("beruf", "Beruf"), ("b\u00fcro", "bu\u0308ro")])
def test_profiles_that_would_be_one_file_elsewhere_are_refused(
    season: Workspace, names: tuple[str, str]
) -> None:
    for name in names:
        shutil.copytree(season.root / f"content/{SLUG}", season.root / "content" / name)
    if len([*(season.root / "content").iterdir()]) <= len(names):
        pytest.skip("they are one folder here already")
    line = told(season.run("build", *names, "--locale", "de"), 2)
    assert "error: Two editions would be printed to " in line
    assert "Rename a profile, a layout or a format" in line
    assert not (season.root / "out" / names[0]).exists()


def test_ids_of_fairs_have_no_capitals_and_so_name_one_folder_each(season: Workspace) -> None:
    season.edit("messen.csv", "messe-2;", "Messe-1;")
    done = season.run(*BATCH)
    assert done.returncode == 1
    assert "error: “messe-1” stands in more than one row: 2, 3." in done.stderr


# Clocks


@pytest.mark.slow
def test_an_edit_is_noticed_whatever_the_clock_says(built: Workspace) -> None:
    """Of the same size, with the same time, in the future or long ago: before and after."""
    file, pdf = built.root / PROFILE, built.root / "out" / ONE
    new = NEW + "!" * (len(OLD.encode()) - len(NEW.encode()))
    for when in (time.time_ns() + 10**18, 10**9):
        for path in (file, pdf, built.root / "out/.careerprint/record.sqlite"):
            os.utime(path, ns=(when, when))
        assert states(built) == [State.FRESH] * 2
        built.edit(PROFILE, OLD, new)
        os.utime(file, ns=(when, when))
        assert states(built)[0] is State.PRINTED
        built.edit(PROFILE, new, OLD)
        os.utime(file, ns=(when, when))
        assert states(built)[0] is State.PRINTED
        time.sleep(SETTLED_NS / 1e9 + 0.1)
        assert states(built) == [State.FRESH] * 2
        whole = pdf.read_bytes()
        os.utime(pdf, ns=(when, when))
        assert states(built) == [State.FRESH] * 2
        pdf.write_bytes(whole[:-1] + b" ")
        os.utime(pdf, ns=(when, when))
        assert states(built)[0] is State.PRINTED
        assert pdf.read_bytes() == whole


def states(workspace: Workspace) -> list[State]:
    """Build in this process, and return what became of the cards."""
    editions = [Edition(SLUG, "card", tag) for tag in ("de", "en")]
    return [o.state for o in build(editions, Reader(workspace.root), workspace.root / "out")]


# Folders and disks


def as_somebody(workspace: Workspace, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `careerprint` as a user without a name or a home, who may read everything."""
    read_everything = "-all,+dac_read_search"  # which ours may not do without: where Python lies
    somebody = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]
    powers = ["--inh-caps", read_everything, "--ambient-caps", read_everything]
    command = [*somebody, *powers, sys.executable, "-m", "careerprint", *arguments]
    if not shutil.which("setpriv") or os.geteuid() != 0:
        pytest.skip("only root can become somebody else, by setpriv")
    return subprocess.run(
        command,
        cwd=workspace.root,
        env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.process
@linux
def test_who_may_not_write_to_a_workspace_prints_from_it_elsewhere(
    season: Workspace, first: Workspace
) -> None:
    """Through a link, too; and what would have to write into it is refused in a line."""
    english = f"content/{SLUG}/locales/en.po"  # in which a message is to be added
    season.edit(english, 'msgid "Kundendienst in Dortmund"', 'msgid "Dienst in Dortmund"')
    before = {file: file.stat().st_mtime_ns for file in season.root.rglob("*")}
    with tempfile.TemporaryDirectory() as name:  # others may not look into that of the tests
        folder = Path(name)
        (folder / "druck").mkdir()
        (folder / "link").symlink_to("druck")
        for path in (folder, folder / "druck"):
            os.chown(path, 54321, 54321)
        for printing in (BUILD, BATCH):
            assert well(as_somebody(season, *printing, "--out", str(folder / "link")))
        assert printed(folder / "druck").items() <= printed(first.root / "out").items()
    for command in (BUILD, ("new", "profile", "neu"), ("translations", "update")):
        assert "error: This cannot be written (Perm" in told(as_somebody(season, *command), 2)
    changed = {f for f in season.root.rglob("*") if before.get(f) != f.stat().st_mtime_ns}
    assert changed == set()


@pytest.mark.slow
@pytest.mark.parametrize("free", [60, 110, 130])
def test_a_disk_that_fills_up_in_a_season_keeps_what_was_printed(
    season: Workspace,
    first: Workspace,
    disks: Callable[[Path, int], Disk],  # noqa: F811
    free: int,
) -> None:
    """First the flyers do not all have room, then the order, then the files with all copies."""
    whole = printed(first.root / "out")
    disk = disks(season.root / "druck", 2000 * KILOBYTES)
    disk.fill(but=free * KILOBYTES)
    done = season.run(*BATCH, "--out", "druck")
    assert done.returncode in {1, 2}
    assert all("disk is full" in line for line in done.stderr.splitlines())
    disk.make_space()
    delivered = printed(disk.folder)
    assert delivered.items() <= whole.items()
    assert well(season.run(*BATCH, "--out", "druck"))
    assert delivered.items() <= printed(disk.folder).items()
    assert printed(disk.folder) == {n: pdf for n, pdf in whole.items() if n.startswith("fairs/")}


def test_a_text_that_is_saved_on_a_full_disk_is_told_and_stays_as_it_was(
    season: Workspace,
    disks: Callable[[Path, int], Disk],  # noqa: F811
) -> None:
    folder, texts = season.root / f"content/{SLUG}", ProfileTexts(season.root)
    kept = (season.root / PROFILE).read_bytes()
    disk = disks(folder, 200 * KILOBYTES)
    (season.root / PROFILE).write_bytes(kept)
    (season.root / PROFILE).chmod(0o664)
    written = texts.read(SLUG)
    disk.fill()
    (line,) = refusals(lambda: texts.save(SLUG, f"{written.text}\nMehr.", written.digest))
    assert line.startswith(f"{PROFILE}: error: This cannot be written: the disk is full,")
    assert (season.root / PROFILE).read_bytes() == kept
    disk.make_space()
    texts.save(SLUG, f"{written.text}\nMehr.", written.digest)
    assert (season.root / PROFILE).stat().st_mode & 0o777 == 0o664  # for all who share it


def test_a_disk_without_room_for_a_workspace_is_told(
    first: Workspace,
    disks: Callable[[Path, int], Disk],  # noqa: F811
    tmp_path: Path,
) -> None:
    disk = disks(tmp_path / "disk", 60 * KILOBYTES)
    line = told(first.run("init", str(disk.folder / "neu")), 2)
    assert line.startswith(f"{disk.folder}/neu: error: This cannot be written: the disk is full")
    assert [*(disk.folder / "neu").iterdir()] == []


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"%PDF-")])
def test_flyers_that_are_meddled_with_before_they_are_ordered_are_told(
    built: Workspace, damage: Callable[[Path], object]
) -> None:
    reader, out = Reader(built.root), built.root / "out"
    table = read_season(built.root / "messen.csv", reader, date.today())
    outcomes = build(fair_editions(table.fairs), reader, out, fairs=by_id(table.fairs))
    assert [o.state for o in outcomes] == [State.FRESH] * 2
    flyer = out / f"fairs/messe-1/{SLUG}-card-de.pdf"
    damage(flyer)
    with Workers(1) as workers:
        (line,) = refusals(lambda: deliver(table, outcomes, out, reader, workers, "en"))
    assert line.startswith(f"{flyer}: error: The file “{flyer.name}” cannot be read (")
    assert "Leave the folder alone while careerprint is at work" in line
