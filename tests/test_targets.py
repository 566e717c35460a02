"""Targets: a new one is an entry of the table, and every phase does what its properties ask for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pikepdf
import pytest

from careerprint.building.build import Options, build
from careerprint.building.inspection import Given, Inspector
from careerprint.building.record import open_record
from careerprint.commands.runs import targets_option
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS, SCREEN, TARGETS, Target, claimed_target
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions
from careerprint.typesetting.variants import WRITERS

from .cards import card_workspace, declare
from .conftest import SLUG, Workspace, refusals

# Made of what there is: as for the screen, without links; as for the press, not to go out.
WEB = replace(SCREEN, name="web", ending="-web.pdf", has_links=False, least_dpi=72, good_dpi=72)
PROOF = replace(PRESS, name="proof", ending="-proof.pdf", is_final=False)


@pytest.fixture(params=[WEB, PROOF], ids=lambda target: target.name)
def added(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Target:
    """Add a target to the table, and do nothing else."""
    target: Target = request.param
    monkeypatch.setitem(TARGETS, target.name, target)
    return target


def printed(workspace: Workspace, target: Target) -> list[Outcome]:
    """Print the cards that careerprint.toml declares for a target and for the screen."""
    declare(
        workspace, f'layouts = ["card"]\nlocales = ["en"]\ntargets = ["screen", "{target.name}"]\n'
    )
    workspace.edit("layouts/card/card.html.j2", "</body>", '<a href="https://a.de">A</a></body>')
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')  # without bleed
    return built(workspace)


def built(workspace: Workspace) -> list[Outcome]:
    reader = Reader(workspace.root)
    editions = plan_editions(reader, read_configuration(reader))
    return build(editions, reader, workspace.root / "out", Options(jobs=1))


def test_a_new_target_goes_from_careerprint_toml_to_its_file(tmp_path: Path, added: Target) -> None:
    workspace = card_workspace(tmp_path / "workspace")
    outcomes = printed(workspace, added)
    assert [o.edition.output for o in outcomes] == [
        f"{SLUG}/{SLUG}-card-en.pdf",
        f"{SLUG}/{SLUG}-card-en-{added.name}.pdf",
    ]
    assert [(o.state, o.diagnostics) for o in outcomes] == [(State.PRINTED, ())] * 2
    with pikepdf.open(workspace.root / "out" / outcomes[1].edition.output) as pdf:
        page = pdf.pages[0].obj
        assert "/Annots" not in page or not len(page.Annots)
        assert str(pdf.Root.OutputIntents[0].S) == f"/{added.intent}"
    assert [o.state for o in built(workspace)] == [State.FRESH, State.FRESH]


def test_a_new_target_is_judged_by_what_it_asks_for(tmp_path: Path, added: Target) -> None:
    workspace = card_workspace(tmp_path / "workspace")
    edition = printed(workspace, added)[1].edition
    file = workspace.root / "out" / edition.output
    with open_record(workspace.root / "out") as record:
        inspector = Inspector(
            Reader(workspace.root), workspace.root / "out", record, date(2026, 1, 5)
        )
        checked = inspector.check(Given(file, file.name, file.read_bytes()))
        assert checked.edition == edition
        assert checked.findings == ()
        screen = (file.parent / f"{SLUG}-card-en.pdf").read_bytes()
        found = {f.rule for f in inspector.check(Given(file, file.name, screen)).findings}
    assert "altered" in found
    assert ("pdfx-marks" in found) == ("PDF/X-4" in added.standards)


def test_each_target_has_a_name_an_ending_and_a_writer_that_there_is() -> None:
    assert all(name == target.name for name, target in TARGETS.items())
    assert len({target.ending for target in TARGETS.values()}) == len(TARGETS)
    assert {target.writer for target in TARGETS.values()} == WRITERS.keys()


def test_there_is_no_edition_for_another_target() -> None:
    with pytest.raises(ValueError, match="poster"):
        Edition(SLUG, "card", "de", target="poster")


def test_careerprint_toml_and_the_commands_offer_what_the_table_has(tmp_path: Path) -> None:
    workspace = card_workspace(tmp_path / "workspace")
    declare(workspace, 'layouts = ["card"]\nlocales = ["de"]\ntargets = ["poster"]\n')
    (told,) = refusals(lambda: read_configuration(Reader(workspace.root)))
    assert "“build.targets.1” is “poster”." in told
    assert all(name in told.split("Allowed is: ")[1] for name in TARGETS)
    (option,) = click.command()(targets_option(lambda **_: None)).params
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(TARGETS)


@pytest.mark.parametrize(
    ("claims", "target"),
    [
        ((), SCREEN),
        (("PDF/A-1b",), SCREEN),
        (("PDF/UA-1", "PDF/A-2a"), SCREEN),
        (("PDF/X-1a:2001",), PRESS),
        (("PDF/UA-1", "PDF/A-2a", "PDF/X-4"), PRESS),
    ],
)
def test_a_pdf_from_elsewhere_is_for_what_it_claims(
    claims: tuple[str, ...], target: Target
) -> None:
    assert claimed_target(claims) == target
