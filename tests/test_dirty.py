"""Files from elsewhere that are whole: what is odd in them is judged, or told as not judged."""

import pytest
from pikepdf import Array, Dictionary, Name

from careerprint.core.diagnostics import Location, Refused
from careerprint.output.impose import impose
from careerprint.output.imposition import Wish
from careerprint.rules.checking import examine_pdf

from .dirty import KINDS, SPOILT_PLACES, one_page, saved, spoilt


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


@pytest.mark.parametrize("place", SPOILT_PLACES)
def test_an_object_that_is_spoilt_is_named_and_all_else_is_judged(place: str) -> None:
    pdf, number = spoilt(SPOILT_PLACES[place])
    findings = examine_pdf(pdf, "x.pdf").findings
    damage = [f for f in findings if f.rule == "damaged"]
    assert [dict(f.diagnostic.parameters)["number"] for f in damage] == [str(number)]
    assert "active-content" in {f.rule for f in findings}


def test_a_spoilt_file_is_put_on_no_sheet_and_its_object_is_named() -> None:
    pdf, number = spoilt(SPOILT_PLACES["form"])
    with pytest.raises(Refused, match=f"object {number} cannot be read"):
        impose(pdf, Wish(), Location("x.pdf"))


def test_what_makes_no_sense_is_told_and_all_else_is_judged() -> None:
    """A link has half a place."""
    pdf = one_page()
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0]))])
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="0"))
    assert {f.rule for f in examine_pdf(saved(pdf), "x.pdf").findings} >= {
        "damaged",
        "active-content",
    }
