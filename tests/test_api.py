"""The Python API: what docs/api.md shows is run, and errors are what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import careerprint
from careerprint import CareerprintError, Done, Ended, NotWritten, Refused, State, Workspace

from .cards import EDITIONS, renew
from .conftest import PROFILE, ROOT, SLUG
from .conftest import Workspace as Folder

GIVES_UP = 120.0  # seconds until a process that waits for ever is ended
BLOCKS = re.findall(
    r"^```python\n(.*?)^```", (ROOT / "docs/api.md").read_text("utf-8"), re.M | re.S
)


@pytest.mark.slow
def test_the_examples_of_the_document_run_in_their_order(built: Folder) -> None:
    shutil.copy(ROOT / "content" / "fairs.csv", built.root / "content" / "fairs.csv")
    (built.root / "koch.txt").write_text("Koch\n\nWer kocht, macht andere satt.\n", "utf-8")
    assert len(BLOCKS) > 5
    script = built.root / "examples.py"
    script.write_text("\n".join(BLOCKS), "utf-8")
    run = subprocess.run(
        [sys.executable, script], check=False, cwd=built.root, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_all_public_names_are_there_and_others_are_not() -> None:
    assert all(getattr(careerprint, name).__doc__ for name in careerprint.__all__)
    with pytest.raises(AttributeError):
        getattr(careerprint, "Nothing")  # noqa: B009 - or mypy would know


def test_a_build_tells_of_every_edition_in_order_and_returns_the_same(built: Folder) -> None:
    renew(built)
    events: list[object] = []
    result = Workspace(built.root).build(progress=events.append)
    assert result.ok
    assert [o.edition for o in result.outcomes] == list(EDITIONS)
    assert tuple(e.outcome for e in events if isinstance(e, Done)) == result.outcomes
    assert events[-1] == Ended(result.outcomes)
    assert {o.state for o in result.outcomes} == {State.PRINTED}
    assert all(o.printing > 0 and o.composing > 0 for o in result.outcomes)
    assert result.pdfs == tuple(built.root / "out" / e.output for e in EDITIONS)


@pytest.mark.process
def test_a_plain_script_prints_with_several_processes_and_runs_once(built: Folder) -> None:
    renew(built)
    script = built.root.parent / "script.py"
    script.write_text(
        "from careerprint import Workspace\n"
        f"print(len(Workspace({str(built.root)!r}).build(jobs=2).pdfs), __name__)\n"
    )
    command = [sys.executable, str(script)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=GIVES_UP)
    assert (run.stdout, run.stderr) == (f"{len(EDITIONS)} __main__\n", "")


def test_what_the_callback_raises_ends_the_build_as_it_is(built: Folder) -> None:
    def closed(_: object) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        Workspace(built.root).build(progress=closed)


def test_status_says_what_a_build_would_print_and_why(built: Folder) -> None:
    workspace = Workspace(built.root)
    assert {o.state for o in workspace.status().outcomes} == {State.FRESH}
    renew(built)
    (outcome,) = workspace.status(locales="de").outcomes
    assert outcome.state is State.STALE
    assert [reason.sentence(str) for reason in outcome.reasons] == [f"{PROFILE} changed"]


def test_an_edition_that_fails_raises_nothing(built: Folder) -> None:
    built.edit(PROFILE, "title: Kundendienst in", "title: 漢 in")
    result = Workspace(built.root).build(locales=["de"])
    assert not result.ok
    assert result.pdfs == ()
    assert "漢" in result.diagnostics[0].sentence(str)


def test_errors_are_of_few_classes_and_say_all_that_is_wrong(built: Folder, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        Workspace(tmp_path)
    assert "is not a careerprint workspace" in caught.value.diagnostics[0].message
    workspace = Workspace(built.root)
    with pytest.raises(Refused, match="nowhere"):
        workspace.build(profiles="nowhere")
    with pytest.raises(Refused, match="not a job"):
        workspace.batch("not a job.csv")
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(NotWritten) as full:
        Workspace(built.root, out=tmp_path / "taken").build()
    assert issubclass(NotWritten, Refused)
    assert issubclass(Refused, CareerprintError)
    assert str(full.value).startswith(f"{tmp_path / 'taken'}")


def test_checking_goes_on_after_a_file_that_cannot_be_read(built: Folder) -> None:
    good = built.root / "out" / EDITIONS[0].output
    seen: list[object] = []
    result = Workspace(built.root).check([built.root / "absent.pdf", good], progress=seen.append)
    assert not result.ok
    assert [d.message for d in result.unreadable] == ["There is no such file."]
    assert [c.edition for c in result.checked] == [EDITIONS[0]]
    assert [type(each) for each in seen] == [Refused, type(result.checked[0])]


def test_leftovers_are_listed_and_then_removed(built: Folder) -> None:
    built.edit("careerprint.toml", '"de", "en", "tr"', '"de", "en"')
    workspace = Workspace(built.root)
    gone = built.root / "out" / EDITIONS[2].output
    assert [leftover.output for leftover in workspace.leftovers()] == [EDITIONS[2].output]
    assert gone.exists()
    workspace.clean()
    assert not gone.exists()
    assert workspace.leftovers() == []


def test_a_workspace_is_found_from_a_folder_within_it(
    built: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.root / "content" / SLUG)
    workspace = Workspace()
    assert (workspace.root, workspace.out) == (built.root, built.root / "out")
    assert os.fspath(Workspace(out="druck").out) == "druck"
