"""Files from elsewhere that are whole: what is odd in them is judged, or told as not judged."""

import pytest

from careerprint.core.diagnostics import Location
from careerprint.output.impose import impose
from careerprint.output.imposition import Wish
from careerprint.rules.checking import examine_pdf

from .dirty import KINDS


def rules_of(kind: str) -> set[str]:
    return {finding.rule for finding in examine_pdf(KINDS[kind](), "x.pdf").findings}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "deep shading"])
def test_what_is_odd_is_no_damage(kind: str) -> None:
    assert not rules_of(kind) & {"damaged", "not-judged"}


@pytest.mark.slow
def test_a_page_that_takes_too_long_is_told_as_not_judged() -> None:
    assert "not-judged" in rules_of("deep shading")
    assert "damaged" not in rules_of("deep shading")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_odd_is_put_on_sheets(kind: str) -> None:
    assert impose(KINDS[kind](), Wish(), Location("x.pdf")).pdf.startswith(b"%PDF")


def test_a_comment_on_a_page_for_the_press_is_an_error() -> None:
    assert "press-links" in rules_of("comment on press")


def test_a_file_that_claims_a_standard_is_judged_by_it() -> None:
    assert "pdf-ua" in rules_of("claims PDF/UA")
