"""A build that is killed, anywhere: every PDF stays whole, and the next build puts all right."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import repeat
from pathlib import Path

import pytest

from careerprint.building.build import Options, build
from careerprint.core.edition import State
from careerprint.core.reader import Reader

from .cards import EDITIONS, KEPT, card_workspace, others, pdfs, renew, revert

SEED = int(os.environ.get("CAREERPRINT_KILL_SEED", str(random.randrange(10**9))))
# How many builds have to be killed; one that ends before its time does not count. Each run draws
# other moments and points.
AT_ANY_MOMENT = 3
AT_A_POINT = 5
PARTS = {str(Path(e.output).with_name(f".{Path(e.output).name}.part")) for e in EDITIONS}
JOURNALS = {f"{name}-journal" for name in KEPT}

pytestmark = [
    pytest.mark.kill,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX"),
]

# Runs the command line and kills itself before the n-th thing done to files: any opened to write,
# renamed or removed, any folder made and database opened, and before and after each call of C that
# the modules make which write PDFs, record and lock. With n = 0 it counts them.
COUNTING = """
import os, signal, sys

last, seen = int(sys.argv.pop(1)), 0
modules = {"careerprint.core.files", "careerprint.building.record", "filelock._unix"}
events = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "sqlite3.connect"}

def point():
    global seen
    seen += 1
    if seen == last:
        os.kill(os.getpid(), signal.SIGKILL)

def audited(event, arguments):
    if event in events or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
        point()

def profiled(frame, event, function):
    if event in ("c_call", "c_return") and frame.f_globals.get("__name__") in modules:
        point()

import careerprint.cli
sys.addaudithook(audited)
sys.setprofile(profiled)
try:
    careerprint.cli.main()
finally:
    sys.setprofile(None)
    if not last:
        print(seen)
"""


class Killed:
    """A workspace with two states of its sources, whose builds are killed."""

    def __init__(self, folder: Path) -> None:
        """Build both states undisturbed, to know the bytes that every PDF may have."""
        self.workspace = card_workspace(folder / "workspace")
        self.out = self.workspace.root / "out"
        self.is_new = False
        self.bytes: dict[bool, dict[str, bytes]] = {}
        (folder / "tmp").mkdir()  # what a killed process leaves of its fonts
        self.environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "LANG": "C.UTF-8"}
        for is_new in (False, True):
            self.turn(is_new)
            self.build_whole()
            self.bytes[is_new] = pdfs(self.out)
        assert all(self.bytes[False][name] != self.bytes[True][name] for name in self.bytes[True])

    def turn(self, is_new: bool) -> None:
        """Bring the sources into one of the two states."""
        if is_new != self.is_new:
            (renew if is_new else revert)(self.workspace)
            self.is_new = is_new

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.workspace.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def build_whole(self) -> None:
        """Build undisturbed, in this process."""
        done = self.workspace.run("build")
        assert (done.returncode, done.stderr) == (0, "")

    def points(self) -> int:
        """Return at how many points a build of all editions can be killed."""
        process = self.start("-c", COUNTING, "0", "build", "--jobs", "1")
        output, errors = process.communicate()
        assert (process.returncode, errors) == (0, b"")
        return int(output.split()[-1])

    def examine(self) -> None:
        """See that each PDF is whole and none is called fresh that is not of these sources."""
        assert others(self.out) <= KEPT | JOURNALS | PARTS
        there = pdfs(self.out)
        for name, content in there.items():
            assert content in {self.bytes[False][name], self.bytes[True][name]}, name
        options = Options(dry_run=True)
        outcomes = build(EDITIONS, Reader(self.workspace.root), self.out, options)
        assert {o.state for o in outcomes} <= {State.FRESH, State.STALE, State.MISSING}
        for outcome in outcomes:
            name = outcome.edition.output
            assert (outcome.state is State.MISSING) == (name not in there)
            if outcome.state is State.FRESH:
                assert there[name] == self.bytes[self.is_new][name]

    def mend(self) -> None:
        """See that the next build puts all right."""
        self.build_whole()
        assert pdfs(self.out) == self.bytes[self.is_new]
        assert others(self.out) == KEPT
        done = self.workspace.run("status", "--json")
        assert done.returncode == 0
        *events, finished = map(json.loads, done.stdout.splitlines())
        assert {e["state"] for e in events if e["event"] == "edition"} == {"fresh"}
        assert finished["fresh"] == len(EDITIONS)

    def set_out(self, chance: random.Random) -> None:
        """Begin with other sources than the last time, and now and then with no output at all."""
        self.turn(not self.is_new)
        if self.out.exists() and chance.random() < 0.2:
            shutil.rmtree(self.out)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    return Killed(tmp_path_factory.mktemp("killed"))


def kill(
    killed: Killed, chance: random.Random, builds: Iterable[Callable[[], bool]], wanted: int
) -> None:
    """Let builds run, each of which tells whether it was killed, until so many were.

    After each, all that is there is whole; after every third, the next build puts all right.
    """
    kills = 0
    for number, build_once in enumerate(builds, 1):
        killed.set_out(chance)
        kills += build_once()
        try:
            killed.examine()
            if number % 3 == 0:
                killed.mend()
        except AssertionError as failure:
            failure.add_note(f"build {number} of CAREERPRINT_KILL_SEED={SEED}")
            raise
        if kills == wanted:
            break
    assert kills == wanted, "too few of the builds were killed before they had ended"
    killed.mend()


def test_a_build_that_is_killed_at_any_moment(killed: Killed) -> None:
    chance = random.Random(SEED)
    killed.turn(not killed.is_new)
    begun = time.monotonic()
    killed.start("-m", "careerprint", "build", "--jobs", "1").communicate()
    usual = time.monotonic() - begun

    def build_once() -> bool:
        process = killed.start("-m", "careerprint", "build", "--jobs", chance.choice("12"))
        time.sleep(chance.uniform(0, usual * 1.2))
        process.kill()
        process.communicate()
        return process.returncode == -signal.SIGKILL

    kill(killed, chance, repeat(build_once, 5 * AT_ANY_MOMENT), AT_ANY_MOMENT)


def test_a_build_that_is_killed_at_any_point_of_writing(killed: Killed) -> None:
    chance = random.Random(SEED)
    killed.turn(not killed.is_new)
    count = killed.points()
    assert count > 20 * len(EDITIONS)

    def build_once(point: int) -> bool:
        process = killed.start("-c", COUNTING, str(point), "build", "--jobs", "1")
        _, errors = process.communicate()
        assert process.returncode in {0, -signal.SIGKILL}, errors
        return process.returncode == -signal.SIGKILL

    points = chance.sample(range(1, count + 1), count)
    kill(killed, chance, [partial(build_once, point) for point in points], AT_A_POINT)
