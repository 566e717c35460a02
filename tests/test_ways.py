"""Ways into a profession that a text tells in sections: read, and only proposed."""

import pytest

from careerprint.intake.drafting import make_draft
from careerprint.manuscripts.htmltext import read_html

EDUCATOR = """<h1>Im Kindergarten arbeiten</h1>
<p>Wer erzieht, begleitet Kinder durch ihren Tag.</p>
<h2>Wege in den Beruf</h2><p>Es gibt mehrere.</p>
<h3>1. Schulische Ausbildung</h3><p>Du lernst an einer Berufsfachschule.</p>
<p>Die Ausbildung dauert drei Jahre.</p>
<h3>2. Umschulung</h3><p>Sie dauert in der Regel zwei Jahre und wird oft gefördert.</p>
<h3>3. Studium</h3><p>Das Studium dauert sieben Semester.</p>
<h3>4. Quereinstieg</h3><p>Wer als Helferin gearbeitet hat, kann verkürzen.</p>
<h2>Weiterbildung</h2><h3>Studium</h3><p>Ein Studium dauert drei Jahre.</p>"""
CARPENTER = """<h1>Tischlerin und Tischler</h1><p>Wer tischlert, arbeitet mit Holz.</p>
<h2>So wirst du Tischler/in</h2><p>Diese Wege gibt es:</p>
<ul><li>Duale Ausbildung: drei Jahre im Wechsel, insgesamt 3 Jahre.</li>
<li>Umschulung – dauert meist 2 Jahre</li><li>Teilzeit: bis zu 4,5 Jahre</li></ul>"""
CARER = """<h1>Heilerziehungspflegerin und Heilerziehungspfleger</h1><p>Sie begleiten Menschen.</p>
<h2>Praxisintegrierte Ausbildung (PiA)</h2><p>Du lernst im Wechsel.</p>
<p>Insgesamt drei Jahre bist du dabei.</p>
<h2>Vollzeitschulisch an der Fachschule</h2><p>Hier dauert die Ausbildung 2 oder 3 Jahre.</p>"""
SURE = """<h1>Tischlerin und Tischler</h1><h2>Beruf</h2><p>Die Ausbildung dauert drei Jahre.</p>
<h2>Umschulung</h2><p>Sie dauert 2 Jahre.</p><h2>Ausbildung</h2><p>Sie dauert drei Jahre.</p>"""


def ways_in(page: str) -> tuple[list[tuple[object, ...]], list[str]]:
    """Return what is proposed as (name, years, form), and the words of what is only told."""
    facts = [
        f for f in make_draft(read_html(page.encode(), "page"), "name").facts if f.name == "ways_in"
    ]
    written = [way for f in facts if isinstance(f.value, list) for way in f.value]
    assert [f.is_sure for f in facts if f.value] == [page in {SURE, CARPENTER}] * bool(written)
    rows: list[tuple[object, ...]] = [(w["name"], w["years"], w.get("form")) for w in written]
    return rows, [f.words.partition(":")[0] for f in facts if f.value is None]


@pytest.mark.parametrize(
    ("page", "proposed", "told"),
    [
        (
            EDUCATOR,
            [("Schulische Ausbildung", 3, "school"), ("Umschulung", 2, "other")],
            ["Studium", "Quereinstieg"],
        ),
        (
            CARPENTER,
            [("Tischler/Tischlerin", 3, None)],
            ["Umschulung", "Teilzeit"],
        ),
        (
            CARER,
            [("Praxisintegrierte Ausbildung (PiA)", 3, "other")],
            ["Vollzeitschulisch an der Fachschule"],
        ),
        (SURE, [("Tischler/Tischlerin", 3, None)], ["Umschulung"]),
        ("<h1>Koch/Köchin</h1><h2>Ausbildung</h2><p>Man lernt viel, auch dual.</p>", [], []),
        (
            "<h1>Koch/Köchin</h1><h2>Nach der Lehre</h2><p>Hier geht noch mehr.</p><h3>Studium</h3><p>Das geht.</p>",
            [],
            [],
        ),
    ],
    ids=["educator", "carpenter", "carer", "sure", "none", "afterwards"],
)
def test_a_way_is_read_from_its_heading_and_the_sentences_below(
    page: str, proposed: list[tuple[object, ...]], told: list[str]
) -> None:
    assert ways_in(page) == (proposed, told)
