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
        ("Im 1. Lehrjahr 950,- €", [("1. Lehrjahr", 950, 950)]),
        ("Im dritten Lehrjahr sind es 1.205 Euro.", [("3. Lehrjahr", 1205, 1205)]),
        ("Gesellen verdienen 2.900 Euro.", [("Gesellen", 2900, 2900)]),
        ("Als Meister sind 4.200 Euro möglich.", [("Meister", 4200, 4200)]),
        (
            "In Entgeltgruppe 8 TVöD sind es 3.300 Euro brutto.",
            [("Entgeltgruppe 8", 3300, 3300)],
        ),
        ("Azubis bekommen 1.100 Euro.", [("Azubis", 1100, 1100)]),
        ("Das Jahresgehalt beträgt 38.000 Euro.", [("Jahresgehalt", 38000, 38000)]),
        ("Das Einstiegsgehalt liegt bei 2.450 Euro.", [("Einstiegsgehalt", 2450, 2450)]),
        ("Zwischen 2.300 und 2.800 Euro zum Einstieg.", [("Zum Einstieg", 2300, 2800)]),
        ("Rund 2.500 Euro verdient man.", [("Gehalt", 2500, 2500)]),
        ("2.800 €/Monat", [("Gehalt", 2800, 2800)]),
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
        "Das BAföG beträgt bis zu 934 Euro.",
        "Ein Bonus von 1.000 Euro kommt dazu.",
        "Werkzeug kostet 300 Euro.",
        "Urlaubsgeld: 600 Euro",
        "Weihnachtsgeld 500 €",
        "Für die Prüfung zahlt man 150 Euro.",
        "Fahrtkosten bis 200 Euro werden bezahlt.",
        "Die Miete liegt bei 500 Euro, das Gehalt bei 2.600 Euro.",
        "Der Stundenlohn beträgt 15,50 Euro.",
        "Das Gehalt liegt bei 1.340,69 € im Monat.",
        "Der Mindestlohn liegt bei 13,90 Euro.",
        "Das Stipendium beträgt 300 Euro im Monat.",
        "Die Pauschale liegt bei 120 Euro.",
    ],
)
def test_what_is_uncertain_or_no_pay_is_not_taken(text: str) -> None:
    assert pay(text) == []


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("Ab 2.700 Euro verdienen Fachkräfte.", True),
        ("Nach fünf Jahren sind 3.500 Euro und mehr drin.", True),
        ("Bis zu 4.000 Euro und darüber hinaus mehr verdienen Meister.", True),
        ("Das Gehalt liegt bei 2.700 Euro.", False),
        ("Das Gehalt liegt zwischen 2.700 und 2.900 Euro.", False),
    ],
)
def test_whether_an_amount_is_open_upwards(text: str, is_open: bool) -> None:
    (found,) = find_facts([text], ["Verdienst"], 6).pay
    assert found.open_top is is_open


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2.800 €/Monat", "month"),
        ("Das Gehalt beträgt 2.800 Euro im Monat.", "month"),
        ("Monatlich verdient man 2.800 Euro.", "month"),
        ("Das Jahresgehalt beträgt 38.000 Euro.", "year"),
        ("Man verdient 38.000 Euro jährlich.", "year"),
        ("Der Lohn beträgt 16 Euro pro Stunde.", "hour"),
        ("Der Stundenlohn beträgt 16 Euro.", "hour"),
        ("Das Gehalt beträgt 2.800 Euro.", None),
    ],
)
def test_the_period_is_that_of_the_sentence(text: str, period: str | None) -> None:
    assert find_facts([text], ["Verdienst"], 6).period == period
