"""Approvals of translations: kept by what was read, whatever rewrites the catalogs."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from careerprint.composing.compose import compose
from careerprint.core.concerns import told_of
from careerprint.core.diagnostics import Severity
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS
from careerprint.profiles.approvals import FILE, read_approvals
from careerprint.profiles.catalogs import PROFILE_SOURCE
from careerprint.translation.approving import approve, gone, take_over_flags, waiting
from careerprint.translation.translations import update_catalogs

from .cards import ENGLISH, card_workspace
from .conftest import PROFILE, SLUG, Workspace, refusals

TODAY = date(2026, 11, 29)
TITLE = 'msgstr "Customer service in Dortmund"'
COUNT = 67  # texts of the example profile


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Cards in two languages, all approved; not to be changed."""
    made = card_workspace(tmp_path_factory.mktemp("approvals") / "workspace", ["de", "en"])
    made.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    return made


@pytest.fixture
def card(cards: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(cards.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def left(workspace: Workspace) -> int:
    """Return how many English texts of the profile wait for approval."""
    return len(list(waiting(Reader(workspace.root), ["en"], SLUG)))


def told(workspace: Workspace, day: date = TODAY, locale: str = "en") -> list[str]:
    """Return what is said of approvals on a day, of a card for the press."""
    job = compose(Edition(SLUG, "card", locale, target=PRESS.name), Reader(workspace.root))
    found = told_of(job.concerns, day, PRESS)
    return [each.sentence(str) for each in found if each.rule == "approval"]


def rewritten_by_babel(text: str) -> str:
    """Return a catalog as msgcat writes it: lines wrapped, flags of its own alone."""
    catalog = read_po(io.BytesIO(text.encode()), locale="en")
    for entry in catalog:
        entry.flags -= {"unreviewed"}
    written = io.BytesIO()
    write_po(written, catalog, width=60, sort_output=True)
    return written.getvalue().decode()


def rewritten_by_msgcat(text: str) -> str:
    done = subprocess.run(["msgcat", "-"], input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def rewritten_by_xliff(text: str) -> str:
    """Return a catalog as translate-toolkit's po2xliff and xliff2po leave it.

    A text becomes two elements and back; comments, flags and the order of the header are lost.
    """
    from xml.sax.saxutils import escape, unescape

    catalog = read_po(io.BytesIO(text.encode()), locale="en")
    units = "".join(
        f"<u><s>{escape(str(e.id))}</s><t>{escape(str(e.string))}</t></u>" for e in catalog if e.id
    )
    back = re.findall(r"<u><s>(.*?)</s><t>(.*?)</t></u>", units, re.DOTALL)
    entries = [
        f"msgid {json.dumps(unescape(s), ensure_ascii=False)}\n"
        f"msgstr {json.dumps(unescape(t), ensure_ascii=False)}\n"
        for s, t in back
    ]
    header = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Generator: toolkit\\n"\n'
    )
    return "\n".join([header, *entries])


@pytest.mark.parametrize(
    "rewritten",
    [
        rewritten_by_babel,
        rewritten_by_xliff,
        pytest.param(
            rewritten_by_msgcat,
            marks=pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not there"),
        ),
    ],
)
def test_rewriting_a_catalog_keeps_the_approvals_of_what_reads_the_same(
    card: Workspace, rewritten: Callable[[str], str]
) -> None:
    file = card.root / ENGLISH
    file.write_text(rewritten(file.read_text("utf-8")), "utf-8")
    assert (left(card), told(card)) == (0, [])
    card.edit(ENGLISH, TITLE, TITLE.replace("service", "care"))
    assert left(card) == 1
    assert "en.po: error: Nobody has approved these translations (en): 1." in told(card)[0]


def test_what_nobody_approved_is_not_approved(card: Workspace) -> None:
    (card.root / FILE).unlink()
    assert left(card) == COUNT
    assert f"(en): {COUNT}. [approval]" in told(card)[0]
    assert told(card, locale=PROFILE_SOURCE) == [], "German is what profiles are written in"


def test_an_original_that_reads_otherwise_takes_its_approval_away(card: Workspace) -> None:
    for name in (f"content/{SLUG}/profile.md", ENGLISH):
        file = card.root / name
        text = file.read_text("utf-8")
        text = text.replace("title: Kundendienst in", "title: Dienst in")
        file.write_text(text.replace('msgid "Kundendienst in', 'msgid "Dienst in'), "utf-8")
    assert left(card) == 1


# The file


def test_the_file_is_sorted_and_a_merge_of_any_order_says_the_same(card: Workspace) -> None:
    lines = (card.root / FILE).read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    assert set(json.loads(lines[0])) == {"texts", "locale", "original", "translation", "by", "on"}
    merged = [*reversed(lines), *lines[:7], ""]
    (card.root / FILE).write_text("\n".join(merged), "utf-8")
    assert (left(card), told(card)) == (0, [])
    assert approve(Reader(card.root), [], "Tests", TODAY) == 0
    assert (card.root / FILE).read_text("utf-8").splitlines() == lines


@pytest.mark.parametrize(
    "line",
    [
        "approved",
        "[]",
        "{}",
        '{"texts": 1, "locale": "en", "original": "x", "translation": "y", "by": "a", "on": "b"}',
        "{" * 5000,
        '{{"texts": "{slug}", "locale": "en", "original": "{digest}", "translation": "{digest}", '
        '"by": "", "on": "2026-01-01"}}',
        '{{"texts": "{slug}", "locale": "en", "original": "*", "translation": "*", "by": "a", '
        '"on": "2026-01-01"}}',
    ],
)
def test_a_line_that_is_no_approval_approves_nothing_and_is_kept(
    card: Workspace, line: str
) -> None:
    written = line.format(slug=SLUG, digest="0" * 16) if "{{" in line and len(line) < 999 else line
    before = (card.root / FILE).read_text("utf-8")
    (card.root / FILE).write_text(f"{written}\n{before}", "utf-8")
    (sentence,) = told(card)
    assert sentence.startswith(f"{FILE}:1: error: This line approves nothing")
    assert left(card) == 0, "the other lines count"
    assert refusals(lambda: approve(Reader(card.root), [], "Tests", TODAY))
    assert (card.root / FILE).read_text("utf-8") == f"{written}\n{before}", "nothing is lost"


def test_a_file_in_conflict_is_refused(card: Workspace) -> None:
    text = (card.root / FILE).read_text("utf-8")
    (card.root / FILE).write_text(f"<<<<<<< HEAD\n{text}=======\n>>>>>>> other\n", "utf-8")
    done = card.run("build", "--target", "press", "--locale", "en")
    assert done.returncode == 1
    assert f"{FILE}:1: error: Two versions of this file were not merged to the end" in done.stderr


def test_an_approval_dated_in_the_future_counts_from_that_day(card: Workspace) -> None:
    (card.root / FILE).unlink()
    reader = Reader(card.root)
    approve(reader, waiting(reader, ["en"]), "Tests", TODAY + timedelta(days=2))
    assert "is dated 01.12.2026, which is still to come" in told(card)[0]
    assert told(card, TODAY + timedelta(days=2)) == []


def test_approvals_of_texts_that_are_gone_are_told_and_stay(card: Workspace) -> None:
    card.edit(ENGLISH, TITLE, TITLE.replace("service", "care"))
    before = (card.root / FILE).read_text("utf-8")
    done = card.run("review", "--locale", "en")
    assert "Approvals of texts that are not there now, or read otherwise: 1." in done.stdout
    assert (card.root / FILE).read_text("utf-8") == before
    card.edit(ENGLISH, TITLE.replace("service", "care"), TITLE)
    assert left(card) == 0, "the text is back, and approved"


# The commands


def test_review_shows_both_texts_side_by_side(card: Workspace) -> None:
    (card.root / FILE).unlink()
    done = card.run("review", "--locale", "en")
    assert done.returncode == 0
    line = card.line(ENGLISH, 'msgid "Kundendienst in Dortmund"')
    assert f"── 1/{COUNT} {ENGLISH}:{line} [en]" in done.stdout
    assert re.search(r"^Kundendienst in Dortmund +│  Customer service in", done.stdout, re.M)
    assert f"Waiting for approval: {COUNT}." in done.stdout
    assert not (card.root / FILE).exists(), "showing approves nothing"


@pytest.mark.parametrize(
    ("answers", "count"), [("y\n\nj\nq\n", 2), ("", 0), ("n\nyes", 1), ("\x1b[A\nq\n", 0)]
)
def test_review_keeps_what_was_found_good(
    card: Workspace, monkeypatch: pytest.MonkeyPatch, answers: str, count: int
) -> None:
    (card.root / FILE).unlink()
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    done = card.run("review", "--locale", "en", "--by", "Team Sprachen")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Approved: {count}." in done.stdout
    assert left(card) == COUNT - count
    assert {each.by for each in read_approvals(Reader(card.root)).lines} <= {"Team Sprachen"}


def test_approve_approves_a_profile_and_the_words_of_layouts_in_a_language(
    card: Workspace,
) -> None:
    (card.root / FILE).unlink()
    done = card.run("approve", SLUG, "--locale", "tr", "--by", "  Team   Sprachen ")
    assert done.returncode == 0
    assert done.stdout.startswith(f"approved: {SLUG} (tr): {COUNT}\napproved: layouts (tr): ")
    approvals = read_approvals(Reader(card.root)).lines
    assert {(each.locale, each.by) for each in approvals} == {("tr", "Team Sprachen")}
    again = card.run("approve", SLUG, "--locale", "tr", "--by", "Team")
    assert again.stdout == "Nothing waits for approval there.\n"


def test_approve_leaves_out_other_numbers_than_in_the_german_text_and_review_asks_of_them(
    card: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (card.root / FILE).unlink()
    card.edit(PROFILE, "title: Kundendienst in Dortmund", "title: Seit 1990 in Dortmund")
    card.edit(ENGLISH, 'msgid "Kundendienst in Dortmund"', 'msgid "Seit 1990 in Dortmund"')
    card.edit(ENGLISH, TITLE, TITLE.replace("Customer service", "Since 1991"))
    done = card.run("approve", SLUG, "--locale", "en", "--by", "Team")
    assert done.returncode == 0
    line = card.line(ENGLISH, 'msgid "Seit 1990 in Dortmund"')
    assert f"{ENGLISH}:{line}: warning: “Since 1991 in Dortmund”: 1991 stands here" in done.stderr
    asks = f"careerprint review {SLUG} --locale en --by NAME"
    assert f"left out: 1. Compare each, and approve it: {asks}" in done.stdout
    assert left(card) == 1
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    done = card.run("review", SLUG, "--locale", "en", "--by", "Team")
    assert "1991 stands here, and 1990 in the German text" in done.stdout
    assert left(card) == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((SLUG, "--locale", "xx", "--by", "T"), "There is no locale “xx”."),
        (("koch", "--locale", "en", "--by", "T"), "There is no profile “koch”."),
        ((SLUG, "--locale", "de", "--by", "T"), "German needs no approval"),
        ((SLUG, "--locale", "en", "--by", " "), "does not say who approves"),
        ((SLUG, "--locale", "en", "--by", "T" * 61), "does not say who approves"),
        ((SLUG, "--locale", "en"), "Missing option"),
    ],
)
def test_what_cannot_be_approved_is_refused(
    card: Workspace, arguments: tuple[str, ...], sentence: str
) -> None:
    before = (card.root / FILE).read_bytes()
    done = card.run("approve", *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert (card.root / FILE).read_bytes() == before


# The flag of careerprint 0.1


def flagged(card: Workspace, *, but: str) -> None:
    """Flag all English entries as careerprint 0.1 did, but the one with this translation."""
    text = (card.root / ENGLISH).read_text("utf-8")
    head, *entries = text.split("\n\n")
    entries = [e if but in e else e.replace("msgid", "#, unreviewed\nmsgid", 1) for e in entries]
    (card.root / ENGLISH).write_text("\n\n".join([head, *entries]), "utf-8")


def test_what_the_old_flag_says_is_taken_over_once(card: Workspace) -> None:
    (card.root / FILE).unlink()
    flagged(card, but=TITLE)
    done = card.run("translations", "update")
    assert done.stdout.splitlines() == [f"updated: {FILE}", f"updated: {ENGLISH}"]
    (found,) = read_approvals(Reader(card.root)).lines
    assert (found.texts, found.locale, found.by) == (SLUG, "en", "careerprint 0.1")
    assert left(card) == COUNT - 1
    assert "unreviewed" not in (card.root / ENGLISH).read_text("utf-8")
    assert card.run("translations", "update").stdout == ""


def test_a_catalog_that_an_editor_has_rewritten_approves_nothing(card: Workspace) -> None:
    (card.root / FILE).unlink()
    assert take_over_flags(Reader(card.root), TODAY) == [], "it has no flags any more"
    flagged(card, but=TITLE)
    card.edit(ENGLISH, '"Language: en\\n"', '"Language: en\\n"\n"X-Generator: Poedit 3.4\\n"')
    reader = Reader(card.root)
    assert (take_over_flags(reader, TODAY), update_catalogs(reader)) == ([], [ENGLISH])
    assert left(card) == COUNT


def test_an_imprint_loses_its_approval_when_the_german_one_changes(card: Workspace) -> None:
    card.edit("careerprint.toml", "# imprints = {", 'imprints = { en = "Published by us." } # {')
    line = card.line("careerprint.toml", "imprints = { en")
    (complaint,) = told(card)
    assert complaint.startswith(f"careerprint.toml:{line}: error: Nobody has approved the imprint")
    assert told(card, locale="de") == []
    (text,) = waiting(Reader(card.root), ["en"], SLUG)
    assert (text.texts, text.translation) == ("issuer", ("Published by us.",))
    approve(Reader(card.root), [text], "Leitung", TODAY)
    assert (told(card), left(card), gone(Reader(card.root))) == ([], 0, 0)
    card.edit("careerprint.toml", 'imprint = "Herausgegeben', 'imprint = "Neu herausgegeben')
    (complaint,) = told(card)
    assert "beside the German one as it is now" in complaint
    assert (left(card), gone(Reader(card.root))) == (1, 1)


@pytest.mark.parametrize(
    ("locale", "said"), [("de", "Stand: Dezember 2026"), ("en", "As of December 2026")]
)
def test_an_imprint_that_says_the_month_itself_is_told(
    card: Workspace, locale: str, said: str
) -> None:
    entry = "imprints = { en = " if locale == "en" else "imprint = "
    if locale == "en":
        card.edit("careerprint.toml", "# imprints = {", f'{entry}"Published by us. {said}" }} # {{')
    else:
        card.edit("careerprint.toml", 'imprint = "Herausgegeben', f'imprint = "{said}. Heraus')
    job = compose(Edition(SLUG, "card", locale, target=PRESS.name), Reader(card.root))
    (found,) = (c.told for c in job.concerns if "printed behind it" in c.told.message)
    assert (found.location.line, found.severity) == (
        card.line("careerprint.toml", entry),
        Severity.WARNING,
    )
    assert f"“{said}”" in found.sentence(str)
