"""What an import proposes and does not print: ways into a profession, and strengths."""

import pytest

from careerprint.intake.manuscript import Manuscript
from careerprint.intake.proposals import propose, ways_in
from careerprint.intake.structure import find_structure

WAYS = [
    ("Die dreijährige duale Ausbildung beginnt im August.", "Ausbildung", 3),
    ("Die Ausbildung dauert drei Jahre.", "Ausbildung", 3),
    ("Die Ausbildung dauert in der Regel dreieinhalb Jahre.", "Ausbildung", 3.5),
    ("Ausbildungsdauer: 3 Jahre", "Ausbildung", 3),
    ("Die Lehre dauert 3,5 Jahre.", "Ausbildung", 3.5),
    ("In einer 3-jährigen Ausbildung lernen Sie alles.", "Ausbildung", 3),
    ("Die zweijährige schulische Ausbildung ist kostenfrei.", "schulische Ausbildung", 2),
    ("Eine Umschulung dauert zwei Jahre.", "Umschulung", 2),
    ("Die zweijährige Umschulung fördert die Agentur.", "Umschulung", 2),
    ("Das duale Studium dauert 3 Jahre.", "duales Studium", 3),
    ("Das Bachelorstudium dauert drei Jahre.", "Studium", 3),
    ("Quereinsteiger sind willkommen.", "Quereinstieg", None),
    ("Auch ein Quereinstieg ist möglich.", "Quereinstieg", None),
    ("Der Seiteneinstieg gelingt aus vielen Berufen.", "Quereinstieg", None),
]
NO_WAYS = [
    "Nach der dreijährigen Ausbildung verdient man mehr.",
    "Ein Quereinstieg ist leider nicht möglich.",
    "Ohne Ausbildung geht es nicht.",
    "Die Ausbildung macht Freude.",
    "Mit abgeschlossener dreijähriger Ausbildung können Sie sich bewerben.",
    "Die Ausbildung dauert zwei oder drei Jahre, je nach Betrieb zwei Jahre.",
    "Der Betrieb besteht seit drei Jahren und bietet Ausbildung an.",
    "Die Weiterbildung dauert zwei Jahre.",
    "Das Kind ist drei Jahre alt.",
    "In drei Jahren gehen viele in Rente.",
    "Vor drei Jahren begann die erste Ausbildung hier.",
    "Ausbildungsplätze gibt es in 30 Betrieben.",
]


@pytest.mark.parametrize(("text", "kind", "years"), WAYS)
def test_a_way_in_is_found_with_its_kind_and_years(
    text: str, kind: str, years: float | None
) -> None:
    assert [(way.kind, way.years) for way in ways_in(text)] == [(kind, years)]


@pytest.mark.parametrize("text", NO_WAYS)
def test_what_is_no_way_in_or_uncertain_is_not_proposed(text: str) -> None:
    assert ways_in(text) == []


def test_proposals_quote_the_text_and_become_no_facts() -> None:
    manuscript = Manuscript()
    manuscript.add("heading", "Pflege in Musterstadt", level=0)
    manuscript.add("heading", "Was Sie mitbringen sollten", level=1)
    for item in ("Geduld", "Freude an Menschen"):
        manuscript.add("bullet", item)
    manuscript.add("heading", "Ausbildung", level=1)
    manuscript.add("text", "Die dreijährige Ausbildung beginnt im August. Sie ist bezahlt.")
    draft = find_structure(manuscript, "pflege")
    before = draft.found
    propose(draft)
    told = [r.message.format(**dict(r.values)) for _, r in draft.remarks]
    assert told[-2:] == [
        "The text may tell a way in, Ausbildung of 3 years: “Die dreijährige Ausbildung beginnt im "
        "August.”. It is none yet: see ways_in.",
        "Below “Was Sie mitbringen sollten”, the text lists what may be skills: Geduld; Freude an "
        "Menschen.",
    ]
    assert draft.found == before
