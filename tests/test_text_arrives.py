"""The German text arrives whole, in order, or the edition fails and says which block does not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.diagnostics import Diagnostic
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import read_back
from careerprint.rules.checking import examine_pdf

from .cards import CSS, card_workspace
from .conftest import PROFILE, SLUG, Workspace


@pytest.fixture(scope="module")
def job(printed: Workspace) -> Job:
    return compose(Edition(SLUG, "brochure", "de"), Reader(printed.root))


def examined(printed: Workspace, job: Job) -> list[Diagnostic]:
    examination = examine_pdf(printed.pdf("brochure", "de").read_bytes(), job.name, job)
    return [finding.diagnostic for finding in examination.findings if finding.is_error]


@pytest.mark.slow
def test_a_finished_brochure_passes(printed: Workspace, job: Job) -> None:
    assert examined(printed, job) == []


@pytest.mark.slow
def test_a_block_that_is_not_in_the_pdf_is_found(printed: Workspace, job: Job) -> None:
    lost = replace(job.placed[8], text="Dieser Satz fehlt.")
    spoiled = replace(job, placed=(*job.placed[:8], lost, *job.placed[9:]))
    (found,) = examined(printed, spoiled)
    assert found.location == lost.location
    assert "“Dieser Satz fehlt.”" in found.sentence(str)


@pytest.mark.slow
def test_a_block_out_of_order_is_found(printed: Workspace, job: Job) -> None:
    texts = [b.location.line for b in job.placed]
    first, second = len(texts) - 3, len(texts) - 2
    placed = list(job.placed)
    placed[first], placed[second] = placed[second], placed[first]
    found = examined(printed, replace(job, placed=tuple(placed)))
    assert [f.location for f in found] == [job.placed[first].location]


@pytest.mark.slow
def test_running_heads_and_page_numbers_are_no_text(printed: Workspace) -> None:
    found = read_back(printed.pdf("brochure", "de").read_bytes())
    # Once on the cover and once in the text; the running heads of six pages are not read.
    assert re.sub(r"\s", "", found.text).count("KundendienstinDortmund") == 2


def test_a_layout_that_leaves_a_text_out_is_refused(workspace: Workspace) -> None:
    template = "layouts/base/parts.html.j2"
    workspace.edit(template, ' else place(block, "p") }}', ' else "" }}')
    found = workspace.complaints("brochure")
    lines = [
        n
        for n, line in enumerate((workspace.root / PROFILE).read_text("utf-8").split("\n"), 1)
        if line.startswith("> ")
    ]
    assert len(lines) == 3
    assert [f.split(": ")[0] for f in found] == [f"{PROFILE}:{n}" for n in lines]
    assert "The layout “brochure” does not print this text: “Im Kundendienst bleibt" in found[0]


@pytest.mark.parametrize("style", ["display: none", "text-transform: uppercase"])
def test_a_style_that_hides_or_changes_a_text_is_found(tmp_path: Path, style: str) -> None:
    cards = card_workspace(tmp_path / "workspace", ["de"])
    cards.edit(CSS, "h1, p { margin: 0;", f"p {{ {style} }}\nh1, p {{ margin: 0;")
    found = cards.complaints("card")
    line = cards.line(PROFILE, "subtitle: ")
    assert found[0].startswith(
        f"{PROFILE}:{line}: error: This text is not whole, or not in its place"
    )


@pytest.mark.slow
def test_a_hidden_text_of_the_issuer_is_found(workspace: Workspace) -> None:
    css = "layouts/flyer/flyer.css"
    workspace.edit(css, ".foot .imprint {", ".foot .imprint { display: none;")
    (found,) = workspace.complaints("flyer")
    assert "error: This text of the page is not in the PDF: “Herausgegeben von unserer" in found


@pytest.mark.slow
def test_a_text_of_the_issuer_that_falls_off_the_page_is_found(workspace: Workspace) -> None:
    css = "layouts/flyer/flyer.css"
    workspace.edit(css, ".foot { position: relative;", ".foot { position: absolute; bottom: -60mm;")
    found = workspace.complaints("flyer")
    assert any("“beratung@rat.internal” stands" in f and "too near to the edge" in f for f in found)
