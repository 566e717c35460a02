"""Pay that an import finds: each amount has its label from its own clause, row or list item."""

import pytest

from careerprint.intake.textfacts import find_facts

Pay = list[tuple[str, int | None, int]]


def pay(text: str, heading: str = "Verdienst") -> Pay:
    found = find_facts([text], [heading], 6).pay
    return [(each.label, each.low, each.high) for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Im ersten Ausbildungsjahr gibt es 1.340 Euro, im zweiten 1.400 Euro und im dritten "
            "1.500 Euro brutto im Monat.",
            [
                ("1. Ausbildungsjahr", 1340, 1340),
                ("2. Ausbildungsjahr", 1400, 1400),
                ("3. Ausbildungsjahr", 1500, 1500),
            ],
        ),
        ("1. Lehrjahr: 1.150 €", [("1. Lehrjahr", 1150, 1150)]),
        ("2. Ausbildungsjahr 1.090,- €", [("2. Ausbildungsjahr", 1090, 1090)]),
        (
            "Nach der Ausbildung verdient man 2.800 Euro, mit Erfahrung 3.400 Euro.",
            [("Nach der Ausbildung", 2800, 2800), ("Mit Erfahrung", 3400, 3400)],
        ),
        ("Berufseinstieg: 2.500 – 2.900 €", [("Berufseinstieg", 2500, 2900)]),
        ("Filialleitung 3.600 €", [("Filialleitung", 3600, 3600)]),
        ("Filialleitung ab 3.600 €", [("Filialleitung", 3600, 3600)]),
        ("Mit Technikerabschluss: 4.500-5.200 € brutto", [("Technikerabschluss", 4500, 5200)]),
        ("Der Verdienst liegt bei 2.300 €.", [("Verdienst", 2300, 2300)]),
    ],
)
def test_an_amount_is_labelled_by_its_own_clause(text: str, found: Pay) -> None:
    assert pay(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Über 3.400 € brutto im Monat ist alles möglich.",
        "Die Kursgebühr beträgt 1.200 €.",
        "Dazu kommt ein Zuschuss von 400 €.",
    ],
)
def test_what_is_uncertain_or_no_pay_is_not_taken(text: str) -> None:
    assert pay(text) == []
