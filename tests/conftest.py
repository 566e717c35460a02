"""What the tests share: workspaces in temporary folders, the command line, printed editions."""

import contextlib
import gc
import hashlib
import inspect
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from filelock import FileLock

from careerprint.building.build import Options, build
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition, Outcome, Selection
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions

from .workspaces import make_full_workspace

if TYPE_CHECKING:
    from careerprint.typesetting.typeset import Typesetter

# Documents are laid out in hundreds of thousands of objects; all that tests have loaded is not walked
# through for each of them.
gc.set_threshold(100_000)
# Begun in the background of a shell, this process ignores Ctrl-C, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[1]
SLUG = "customer-service-dortmund"
LOCALES = ("de", "en", "tr", "ar", "uk", "ru", "pl", "ro", "bg", "fr", "es")
PROFILE = f"content/{SLUG}/profile.md"


LONG = ("process", "browser", "cluster", "kill", "slow")
# Where the longest tests stand. They come first, so that at the end no process waits for another.
LONGEST_FIRST = tuple(
    f"test_{name}.py"
    for name in (
        *("readme", "preview", "cluster", "build_faults", "copyfit", "products", "forms", "brand"),
        *("import", "locales", "batch", "new", "check", "environment", "bleed", "typed", "desk"),
        *("build_kills", "print", "design", "approvals", "workers", "layouts", "desk_resumes"),
        *("freshness", "overflow", "proof", "install", "traced", "fuzz"),
    )
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first, and measure of the quick ones alone what they cover.

    Coverage nearly doubles what a test takes; the quick ones say what they cover in this process.
    """
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))
    for item in items:
        if any(item.get_closest_marker(mark) for mark in LONG):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """What has been loaded for all tests stays: it is not walked through for what each leaves."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True)
class Workspace:
    """A workspace of a test's own, with short ways to edit and print it."""

    root: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must stand in the file exactly once, by `new`."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (self.root / name).write_text(text.replace(old, new), "utf-8")

    def line(self, name: str, text: str) -> int:
        """Return the number of the line that holds `text`."""
        lines = (self.root / name).read_text("utf-8").split("\n")
        return next(n for n, line in enumerate(lines, 1) if text in line)

    def pdf(self, layout: str, locale: str) -> Path:
        """Return the path of an edition's PDF."""
        return self.root / "out" / Edition(SLUG, layout, locale).output

    def build(
        self, layout: str | None = None, locale: str | None = None, jobs: int | None = 1
    ) -> list[Outcome]:
        """Print, in this process or in so many, None for all processors; return the outcomes."""
        reader = Reader(self.root)
        editions = plan_editions(
            reader,
            read_configuration(reader),
            Selection(layouts=(layout,) if layout else (), locales=(locale,) if locale else ()),
        )
        return build(editions, reader, self.root / "out", Options(jobs=jobs))

    def complaints(self, layout: str, locale: str = "de") -> list[str]:
        """Print one edition and return its diagnostics in English."""
        (outcome,) = self.build(layout, locale)
        return [d.sentence(str) for d in outcome.diagnostics]

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Call the command line here, with the environment `variables`, in this process."""
        return run(self.root, *arguments, **variables)

    def run_process(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command line here, as a process with the environment `variables`."""
        return run_process(self.root, *arguments, **variables)


def run_process(
    folder: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run `careerprint` in a folder, as a process with the environment `variables`.

    For tests that are about processes, signals, streams or what is imported; `run` is quicker.
    """
    return _ended(start_process(folder, *arguments, **variables))


def start_process(folder: Path, *arguments: str, **variables: str) -> "subprocess.Popen[str]":
    """Start `careerprint` so, and do not wait until it ends."""
    return _start(folder, ["-m", "careerprint", *arguments], variables)


def run_without(module: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `careerprint` so, as where a module is not installed."""
    program = (
        f"import sys; sys.modules[{module!r}] = None; "
        f"sys.argv = {['careerprint', *arguments]!r}; "
        "from careerprint.__main__ import main; main()"
    )
    return _ended(_start(folder, ["-c", program], {}))


def _start(
    folder: Path, arguments: list[str], variables: dict[str, str]
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=_environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _ended(process: "subprocess.Popen[str]") -> subprocess.CompletedProcess[str]:
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Call `careerprint` in a folder and in this process, with the environment `variables`.

    Commands that print do so in this process too, unless `--jobs` says otherwise.
    """
    from careerprint.cli import cli, main

    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2)]
    before, argv, environment = Path.cwd(), sys.argv, dict(os.environ)
    status: object = 0
    with (
        _english_help(cli, printing_here="--executor" not in arguments),
        contextlib.ExitStack() as stack,
    ):
        stack.callback(os.chdir, before)
        stack.callback(os.environ.update, environment)
        stack.callback(os.environ.clear)
        stack.enter_context(contextlib.redirect_stdout(streams[0]))
        stack.enter_context(contextlib.redirect_stderr(streams[1]))
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(_environment(variables))
        sys.argv = ["careerprint", *arguments]
        try:
            main()
        except SystemExit as ended:
            status = ended.code
        finally:
            sys.argv = argv
    out, err = (stream.detach().getvalue().decode("utf-8") for stream in streams)
    code = status if isinstance(status, int) else int(status is not None)
    return subprocess.CompletedProcess(["careerprint", *arguments], code, out, err)


def _environment(variables: dict[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"LC_ALL", "LC_MESSAGES", "LANG"}}
    return {**kept, "LANG": "C.UTF-8", **variables}


@contextlib.contextmanager
def _english_help(cli: click.Group, *, printing_here: bool) -> Iterator[None]:
    """Undo afterwards what a call does to the commands: it puts their help into its language.

    `printing_here` makes commands print in this process by default.
    """
    commands = list(_commands(cli))
    options = [p for c in commands for p in c.params if isinstance(p, click.Option)]
    helped: list[click.Command | click.Option] = [*commands, *options]
    helps = [each.help for each in helped]
    cli.context_settings["default_map"] = {
        str(command.name): {"jobs": 1}
        for command in commands
        if printing_here and any(p.name == "jobs" for p in command.params)
    }
    try:
        yield
    finally:
        del cli.context_settings["default_map"]
        for each, english in zip(helped, helps, strict=True):
            each.help = english


def _commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _commands(below)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new workspace that declares two locales, German and English, so that tests stay quick."""
    make_full_workspace(tmp_path / "workspace")
    made = Workspace(tmp_path / "workspace")
    every = ", ".join(f'"{tag}"' for tag in LOCALES)
    made.edit("careerprint.toml", f"locales = [{every}]", 'locales = ["de", "en"]')
    return made


@pytest.fixture(scope="session")
def printed(pytestconfig: pytest.Config) -> Workspace:
    """A workspace with every edition printed; not to be changed.

    All processes and later runs share it, as long as no source of the editions changes.
    """

    def make(root: Path) -> None:
        outcomes = Workspace(root).build(jobs=None)
        assert len(outcomes) == 2 * len(LOCALES)
        told = [d.sentence(str) for o in outcomes for d in o.diagnostics]
        assert not told, "\n".join(told)

    return Workspace(_shared(pytestconfig, "printed", make_full_workspace, make))


@pytest.fixture(scope="session")
def printed_cards(pytestconfig: pytest.Config) -> Path:
    """The folder of a workspace with three cards printed; not to be changed."""
    from .cards import card_workspace  # it needs what stands above

    def make(root: Path) -> None:
        done = run(root, "build")
        assert done.returncode == 0, done.stderr

    return _shared(pytestconfig, "cards", card_workspace, make)


def _shared(
    config: pytest.Config, name: str, begin: Callable[[Path], object], make: Callable[[Path], None]
) -> Path:
    """Return a folder that is made once for all processes and runs with the same sources."""
    folder = config.cache.mkdir("workspaces") / f"{name}-{_digest_of_sources(begin)}"
    outcome = folder / "outcome"  # what is wrong with it, or nothing
    with FileLock(f"{folder}.lock"):
        if not outcome.is_file():
            for older in folder.parent.glob(f"{name}-*/"):
                shutil.rmtree(older)
            begin(folder / "workspace")
            fault = ""
            try:
                make(folder / "workspace")
            except AssertionError as failure:
                fault = str(failure)
            outcome.write_text(fault, "utf-8")
    # It is told at once in all tests and runs: nobody prints the same again in vain.
    if fault := outcome.read_text("utf-8"):
        pytest.fail(f"{folder} is not as it should be:\n{fault}", pytrace=False)
    return folder / "workspace"


def _digest_of_sources(begin: Callable[[Path], object]) -> str:
    """Return the digest of all that a shared workspace is made from, which `begin` begins."""
    found = hashlib.sha256(sys.version.encode())
    folders = ("src/careerprint", "layouts", "content", "fonts")
    files = [file for name in folders for file in sorted((ROOT / name).rglob("*"))]
    files += map(ROOT.joinpath, ("careerprint.toml", "requirements.lock"))
    files += [ROOT / "tests" / "workspaces.py", Path(inspect.getfile(begin))]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()[:16]


@pytest.fixture(scope="session")
def typesetter() -> Iterator["Typesetter"]:
    """What lays jobs out and writes PDFs, whose fonts are laid down once for all tests."""
    from careerprint.typesetting.typeset import Typesetter  # it loads what prints

    with Typesetter() as made:
        yield made


@pytest.fixture
def built(printed_cards: Path, tmp_path: Path) -> Workspace:
    """A workspace of a test's own with three cards printed."""
    shutil.copytree(printed_cards, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def refusals(call: Callable[[], object]) -> list[str]:
    """Return the English sentences of the Refused that `call` raises."""
    with pytest.raises(Refused) as caught:
        call()
    return [d.sentence(str) for d in caught.value.diagnostics]
