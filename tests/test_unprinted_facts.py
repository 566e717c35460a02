"""A fact that is filled in and that no declared layout prints is a warning that names it."""

from pathlib import Path

import pytest

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader

from .cards import READS_FACTS, card_workspace, declare
from .conftest import PROFILE, SLUG, Workspace

CARD = "layouts/card/card.html.j2"
PLACED = '{{ place(front.subtitle, "p") }}'
FACTS = {"pay", "sectors", "channels", "skills", "training", "ways_in"}
LEFT = {"channels", "training"}  # which the flyer does not print: it names {sectors} in a text


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    """Return a workspace that declares a card alone, which prints no fact."""
    workspace = card_workspace(tmp_path)
    workspace.edit(CARD, READS_FACTS, "")
    return workspace


def unprinted(workspace: Workspace, layout: str = "card", locale: str = "de") -> set[str]:
    """Return the facts that composing an edition warns of."""
    job = compose(Edition(SLUG, layout, locale), Reader(workspace.root))
    return {dict(d.parameters)["fact"] for d in job.diagnostics if d.rule == "fact-unprinted"}


def test_what_no_layout_prints_is_told(cards: Workspace) -> None:
    assert unprinted(cards) == FACTS
    cards.edit(
        CARD,
        PLACED,
        f'{PLACED}{{% for t in facts.channels %}}{{{{ place(t, "p") }}}}{{% endfor %}}',
    )
    assert unprinted(cards) == FACTS - {"channels"}


def test_a_fact_that_a_printed_text_names_is_printed(cards: Workspace) -> None:
    cards.edit(PROFILE, "subtitle: ", "subtitle: Arbeit für {sectors}, ab {pay.entry.min}, ")
    assert unprinted(cards) == FACTS - {"sectors", "pay"}


def test_a_fact_is_printed_where_another_declared_layout_does(cards: Workspace) -> None:
    declare(cards, 'layouts = ["card", "flyer"]\nlocales = ["de"]\n')
    assert unprinted(cards) == unprinted(cards, "flyer") == LEFT
    excluded = '[[build.exclude]]\nlayouts = ["flyer"]\n'
    declare(cards, f'layouts = ["card", "flyer"]\nlocales = ["de"]\n{excluded}')
    assert unprinted(cards) == FACTS
    declare(cards, f'layouts = ["card", "flyer"]\nlocales = ["de"]\n{excluded}locales = ["ar"]\n')
    assert unprinted(cards) == LEFT, "in other locales, it is printed"
    declare(cards, 'layouts = ["card"]\nlocales = ["de"]\n[[build.include]]\nlayouts = ["flyer"]\n')
    assert unprinted(cards) == LEFT


def test_every_command_tells_it_once_and_with_its_line(cards: Workspace) -> None:
    line = cards.line(PROFILE, "  channels:")
    told = (
        f"{PROFILE}:{line}: warning: No layout prints the fact “channels”. [fact-unprinted] Name it "
        "in the text, print it in the template of a layout, or delete it."
    )
    for command in ("status", "build", "build", "status", "check"):
        done = cards.run(command)
        assert done.stderr.split("\n").count(told) == 1, done.stderr
    assert cards.run("build", "--strict", "--force").returncode == 1


def test_a_layout_that_begins_to_print_it_ends_the_warning_of_all(cards: Workspace) -> None:
    declare(cards, 'layouts = ["card", "flyer"]\nlocales = ["de"]\n')
    assert "“training”" in cards.run("build", "--layout", "card").stderr
    cards.edit("layouts/flyer/flyer.html.j2", "<body", "{% set read = facts.training %}<body")
    done = cards.run("build", "--layout", "card")
    assert "0 printed, 1 unchanged" in done.stdout
    assert "“training”" not in done.stderr
    assert "“channels”" in done.stderr
