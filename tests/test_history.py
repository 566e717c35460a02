"""Earlier versions of a text: kept now and then, thinned out, compared."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from careerprint.core.diagnostics import Refused
from careerprint.desk.history import copies, keep_copy
from careerprint.desk.versions import version, versions

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TEXT = "---\ntitle: A\nfacts:\n  places:\n    - hier\n---\n\nEins zwei.\n\nDrei.\n"


def desk(root: Path) -> Any:
    return SimpleNamespace(root=root, shower=SimpleNamespace(language="de"))


def test_a_text_is_kept_before_it_is_replaced_but_not_at_every_pause(tmp_path: Path) -> None:
    keep_copy(tmp_path, "x", b"1", NOW)
    keep_copy(tmp_path, "x", b"2", NOW + MINUTE)
    keep_copy(tmp_path, "x", b"3", NOW + 11 * MINUTE)
    keep_copy(tmp_path, "x", b"4", NOW + 12 * MINUTE, at_once=True)
    kept = [(tmp_path / ".history/x" / name).read_bytes() for name, _ in copies(tmp_path, "x")]
    assert kept == [b"4", b"3", b"1"]


def test_the_older_copies_are_the_fewer_there_are(tmp_path: Path) -> None:
    folder = tmp_path / ".history/x"
    folder.mkdir(parents=True)
    for quarter in range(1, 24 * 4 * 100):
        at = NOW - quarter * 15 * MINUTE
        (folder / f"{at:%Y-%m-%dT%H-%M-%SZ}.md").touch()
    keep_copy(tmp_path, "x", b"now", NOW)
    ages = [NOW - at for _, at in copies(tmp_path, "x")]
    assert sum(age <= DAY for age in ages) == 24 * 4 + 1
    assert sum(DAY < age <= 7 * DAY for age in ages) == 6 * 24
    assert sum(age > 7 * DAY for age in ages) in {83, 84}
    assert max(ages) <= 90 * DAY


def test_a_folder_that_cannot_be_made_keeps_nothing_and_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / ".history").write_text("a file", "utf-8")
    keep_copy(tmp_path, "x", b"1", NOW)
    assert copies(tmp_path, "x") == []


def test_a_version_is_compared_block_by_block_and_word_by_word(tmp_path: Path) -> None:
    keep_copy(tmp_path, "x", TEXT.encode(), NOW)
    (found,) = versions(desk(tmp_path), "x")
    now = TEXT.replace("zwei", "2").replace("- hier", "- dort").replace("\nDrei.\n", "")
    compared = version(desk(tmp_path), "x", found["name"], now)
    assert compared["text"] == TEXT
    facts, first, last = compared["changes"]
    assert ["hier", True] in facts["before"]
    assert first == {
        "before": [["Eins ", False], ["zwei.", True]],
        "now": [["Eins ", False], ["2.", True]],
    }
    assert last["now"] == []


def test_a_version_that_is_not_there_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("x", "utf-8")
    for name in ("2026-11-30T12-00-00Z.md", "../../secret.md", ""):
        with pytest.raises(Refused):
            version(desk(tmp_path), "x", name, TEXT)
