"""A text as a whole in another locale: it takes the place of the German one, everywhere."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.concerns import told_of
from careerprint.core.edition import Edition, Selection
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS
from careerprint.fairs.entries import locales as locales_in_cell
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions
from careerprint.planning.season import known_names
from careerprint.profiles.catalogs import locale_name, spelt_locale
from careerprint.profiles.content import stray_files
from careerprint.translation.approving import approve, gone, waiting
from careerprint.translation.translations import all_progress

from .cards import card_workspace
from .conftest import PROFILE, SLUG, Workspace, refusals

TODAY = date(2026, 11, 29)
WHOLE = f"content/{SLUG}/profile.tr.md"
TEXT = """\
---
title: Dortmund'da müşteri hizmetleri, baştan yazıldı
subtitle: Kendi metni
teaser: Bu metin bir bütün olarak yazıldı.
updated: 2026-11-22
flyer:
  headline: Başlık
  teaser: "Kazanç: {pay.entry}"
---

Giriş.

## Ücret {#pay}

Başlangıçta {pay.entry}.
"""


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Cards in German and Turkish, with a Turkish text as a whole; not to be changed."""
    made = card_workspace(tmp_path_factory.mktemp("whole") / "workspace", ["de", "tr"])
    made.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    (made.root / WHOLE).write_text(TEXT, "utf-8")
    return made


@pytest.fixture
def card(cards: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(cards.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def card_in(locale: str) -> Edition:
    return Edition(SLUG, "card", locale, target=PRESS.name)


def texts(job: Job) -> list[str]:
    return [" ".join(block.text.split()) for block in job.placed]


def told(workspace: Workspace, rule: str) -> list[str]:
    job = compose(card_in("tr"), Reader(workspace.root))
    return [d.sentence(str) for d in told_of(job.concerns, TODAY, PRESS) if d.rule == rule]


def test_it_is_printed_in_the_place_of_the_german_text_in_its_locale_alone(
    cards: Workspace,
) -> None:
    turkish = compose(Edition(SLUG, "card", "tr"), Reader(cards.root))
    german = compose(Edition(SLUG, "card", "de"), Reader(cards.root))
    assert texts(turkish)[1:] == ["Kendi metni", "Bu metin bir bütün olarak yazıldı."]
    assert turkish.fallen_back == 0
    assert 'lang="de"' not in turkish.html
    assert {block.location.path for block in turkish.placed} == {WHOLE}
    assert {block.location.path for block in german.placed} == {PROFILE}


def test_it_has_its_own_sections_and_shares_the_facts(cards: Workspace) -> None:
    job = compose(Edition(SLUG, "brochure", "tr"), Reader(cards.root))
    assert any(text.startswith("Başlangıçta €2.300") for text in texts(job))
    assert "Başlangıçta" in texts(job)  # a text of the facts, by the catalog as ever
    assert "Alltag und Aufgaben" not in job.html
    assert 'class="chapter role-pay' in job.html


def test_a_territory_has_the_text_of_its_language(cards: Workspace) -> None:
    job = compose(Edition(SLUG, "card", "tr-CY"), Reader(cards.root))
    assert texts(job)[1] == "Kendi metni"


def test_an_edition_depends_on_it_also_where_it_is_not_there(cards: Workspace) -> None:
    reader = Reader(cards.root)
    english = compose(Edition(SLUG, "card", "en"), reader)
    assert english.sources[WHOLE.replace(".tr.", ".en.")] is None
    assert compose(Edition(SLUG, "card", "tr"), Reader(cards.root)).sources[WHOLE]


def test_faults_of_it_are_told_with_their_line(card: Workspace) -> None:
    card.edit(WHOLE, "updated: 2026-11-22", "updated: bald\nfacts:\n  sectors: [Banken]")
    found = refusals(lambda: compose(Edition(SLUG, "card", "tr"), Reader(card.root)))
    assert found[0].startswith(f"{WHOLE}:5: error: “updated” is “bald”")
    assert found[1].startswith(f"{WHOLE}:6: error: The entry “facts” is unknown.")


def test_nobody_has_approved_it_until_somebody_did_and_every_change_undoes_that(
    card: Workspace,
) -> None:
    waits = [w for w in waiting(Reader(card.root), ["tr"], SLUG) if w.place.path == WHOLE]
    assert len(waits) == 1
    assert waits[0].translation[0].startswith("Dortmund'da")
    assert told(card, "approval")[0].startswith(f"{WHOLE}: error: Nobody has approved")
    approve(Reader(card.root), waits, "Team Sprachen", TODAY)
    assert told(card, "approval") == []
    before = gone(Reader(card.root))
    card.edit(WHOLE, "Kendi metni", "Bizim metnimiz")
    assert len(told(card, "approval")) == 1
    assert gone(Reader(card.root)) == before + 1
    card.edit(WHOLE, "Bizim metnimiz", "Kendi metni")
    assert told(card, "approval") == []
    card.edit(PROFILE, "Sie klären Fragen", "Sie beantworten Fragen")  # of what it was approved
    assert len(told(card, "approval")) == 1


def test_it_is_told_where_the_german_text_is_newer(card: Workspace) -> None:
    card.edit(PROFILE, "updated: 2026-11-22", "updated: 2026-11-28")
    assert told(card, "outdated") == [
        f"{WHOLE}:5: warning: The German text was changed on 28.11.2026, after this one. "
        "[outdated] Compare the two; then write the day of that here."
    ]


def test_the_status_of_translations_counts_it_as_one_text(cards: Workspace) -> None:
    rows = {(row.locale, row.domain): row for row in all_progress(Reader(cards.root))}
    turkish, polish = rows["tr", SLUG], rows["pl", SLUG]
    assert WHOLE in turkish.translated
    assert WHOLE in turkish.unapproved
    assert turkish.missing == ()
    assert turkish.total < polish.total


def test_files_that_are_misnamed_are_told(card: Workspace) -> None:
    folder = card.root / "content" / SLUG
    for name in ("profile.de-x-leicht.md", "profile.doch.md.txt", "profile.de.md"):
        (folder / name).write_text(TEXT, "utf-8")
    found = {
        d.location.path: dict(d.parameters)["file"] for d in stray_files(Reader(card.root), SLUG)
    }
    assert found == {
        f"content/{SLUG}/profile.de-x-leicht.md": "profile.de-simple.md",
        f"content/{SLUG}/profile.doch.md.txt": "profile.md",
        f"content/{SLUG}/profile.de.md": "profile.md",
    }


def test_plain_german_is_printed_from_a_text_of_its_own_alone(card: Workspace) -> None:
    job = compose(Edition(SLUG, "card", "de-simple"), Reader(card.root))
    assert texts(job)[1] == "So ist die Arbeit in Dortmund"
    assert '<html lang="de-simple"' in job.html
    (card.root / "content" / SLUG / "profile.de-simple.md").unlink()
    found = refusals(lambda: compose(Edition(SLUG, "card", "de-simple"), Reader(card.root)))
    assert found[0].startswith(f"content/{SLUG}/profile.de-simple.md: error: There is no text in")


def test_leichte_sprache_is_known_by_its_former_tag_and_its_name(card: Workspace) -> None:
    assert spelt_locale("de-x-leicht") == spelt_locale("DE-Simple") == "de-simple"
    assert locale_name("de-simple", "de") == "Leichte Sprache"
    card.edit("careerprint.toml", 'locales = ["de", "tr"]', 'locales = ["de-x-leicht"]')
    configuration, reader = read_configuration(Reader(card.root)), Reader(card.root)
    wanted = [Edition(SLUG, "card", "de-simple")]
    assert plan_editions(reader, configuration) == wanted
    assert plan_editions(reader, configuration, Selection(locales=("de-x-leicht",))) == wanted
    known = known_names(reader, configuration)
    for written in ("Leichte Sprache", "de-x-leicht", "de-simple"):
        assert locales_in_cell(written, known.locales, known.declared) == ("de-simple",)
