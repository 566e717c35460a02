"""Earlier versions of a text: kept now and then, thinned out, compared."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from careerprint.building.releases import FOLDER, MANIFEST
from careerprint.core.diagnostics import Refused
from careerprint.core.messages import translator
from careerprint.core.sources import digest
from careerprint.desk.desk import Desk
from careerprint.desk.history import copies, keep_copy
from careerprint.desk.shown import Shower
from careerprint.desk.versions import version, versions
from careerprint.intake.starter import make_workspace

from .conftest import PROFILE, ROOT, SLUG

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TEXT = "---\ntitle: A\nfacts:\n  places:\n    - hier\n---\n\nEins zwei.\n\nDrei.\n"


def desk(root: Path) -> Any:
    return SimpleNamespace(root=root, shower=Shower("de", translator("de"), root))


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
    (found,) = copies(tmp_path, "x")
    now = TEXT.replace("zwei", "2").replace("- hier", "- dort").replace("\nDrei.\n", "")
    compared = version(desk(tmp_path), "x", found[0], now)
    assert compared["text"] == TEXT
    facts, first, last = compared["changes"]
    assert facts == {
        "place": "Arbeitsorte",
        "before": [["hier", True]],
        "now": [["dort", True]],
    }
    assert first == {
        "place": "",
        "before": [["Eins ", False], ["zwei.", True]],
        "now": [["Eins ", False], ["2.", True]],
    }
    assert last["now"] == []


def changes_told(root: Path, *edits: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return what is told of edits of the example: of each the place, what was there, what is."""
    text = (ROOT / PROFILE).read_text("utf-8")
    keep_copy(root, "x", text.encode(), NOW)
    (found,) = copies(root, "x")
    now = text
    for old, new in edits:
        assert old in now
        now = now.replace(old, new, 1)
    return [
        (each["place"], *("".join(piece for piece, _ in each[side]) for side in ("before", "now")))
        for each in version(desk(root), "x", found[0], now)["changes"]
    ]


def test_facts_in_a_compared_text_read_as_each_version_prints_them(tmp_path: Path) -> None:
    told = changes_told(
        tmp_path,
        ("zum Einstieg {pay.entry}, mit", "am Anfang {pay.entry}, mit"),
        ("Für den Anfang ist in Dortmund", "Anfangs ist in Dortmund"),
    )
    assert all("2.300" in text for _, *sides in told for text in sides)
    assert not any("{" in text for _, *sides in told for text in sides)
    assert len(told) == 2


def test_what_went_out_is_marked_among_the_versions_and_kept(tmp_path: Path) -> None:
    """A copy of what was released stays when those of its time are thinned out."""
    root = tmp_path / "workspace"
    make_workspace(root)
    at = Desk(root, root / "out", Shower("en", str, root))
    text = (root / PROFILE).read_bytes()
    release = {"release": SLUG, "by": "Leitung", "on": "2026-08-01", "files": []}
    manifest = root / "out" / FOLDER / f"{SLUG}-2026-08-01" / MANIFEST
    manifest.parent.mkdir(parents=True)
    files = [{"file": "flyer.pdf", "sha256": "0" * 64}]
    told = {**release, "files": files, "texts": {SLUG: digest(text)}}
    manifest.write_text(json.dumps(told), "utf-8")
    assert versions(at, SLUG) == {"now": "released on August 1, 2026 by Leitung", "versions": []}
    keep_copy(root, SLUG, text, NOW - 120 * DAY, is_released=True)
    (root / PROFILE).write_bytes(text + b"\nNeu.\n")
    keep_copy(root, SLUG, text + b"\nAlt.\n", NOW)
    found = versions(at, SLUG)
    assert found["now"] == ""
    marks = [each["released"] for each in found["versions"]]
    assert marks == ["", "released on August 1, 2026 by Leitung"]


def test_changed_facts_are_told_in_the_words_of_the_forms(tmp_path: Path) -> None:
    station = "        - id: office\n          name: Büro\n"
    told = changes_told(
        tmp_path,
        ("max: 3400", "max: 3500"),
        ("period: month", "period: month\n    basis: gross_full_time\n    as_of: 2026-11-22"),
        ("    - Chat\n", ""),
        ("headline: Fragen klären", "headline: Fragen lösen"),
        (station, ""),
    )
    assert sorted(told) == [
        ("Flyer › Überschrift", "Fragen klären, Lösungen finden", "Fragen lösen, Lösungen finden"),
        ("Gehalt › Art der Zahlen", "", "brutto, Vollzeit"),
        ("Gehalt › Mit Erfahrung und Fachwissen › Bis (Euro)", "3.400", "3.500"),
        ("Gehalt › Stand der Zahlen", "", "22. November 2026"),
        *[
            (
                "Kontaktwege",
                "Telefon; E-Mail; Chat; Gespräch vor Ort",
                "Telefon; E-Mail; Gespräch vor Ort",
            )
        ],
        ("Wege in den Beruf › Ein häufiger Weg › Büro › Station", "Büro", ""),
    ]


def test_what_reads_the_same_is_no_difference(tmp_path: Path) -> None:
    assert not changes_told(
        tmp_path,
        ("# Zahlen und Listen stehen nur hier.", "# Ganz anders."),
        ("headline: Fragen klären, Lösungen finden", 'headline: "Fragen klären, Lösungen finden"'),
        (
            "bleiben freundlich, auch wenn es schwierig\n  wird.",
            "bleiben freundlich, auch wenn\n  es schwierig wird.",
        ),
        ("{#everyday}\n\nIm Kern geht", "{#everyday}\n\n\nIm Kern\ngeht"),
    )


def test_a_version_that_is_not_there_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("x", "utf-8")
    for name in ("2026-11-30T12-00-00Z.md", "../../secret.md", ""):
        with pytest.raises(Refused):
            version(desk(tmp_path), "x", name, TEXT)
