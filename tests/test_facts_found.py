"""Facts that an import finds: held to a corpus of sentences and whole texts with right answers."""

import pytest

from careerprint.extraction.payfacts import AllPay, find_pay
from careerprint.extraction.textfacts import find_facts
from careerprint.manuscripts.manuscript import Manuscript, Paragraph
from careerprint.manuscripts.occupations import field_said
from careerprint.profiles.german import places_listed, things_listed

from .factcorpus import Score, expected_of, facts_of_text, score_of, sentences, texts


def judged(score: Score, precision: float, recall: float) -> None:
    told = f"precision {score.precision:.3f}, recall {score.recall:.3f}"
    assert score.precision >= precision, f"{told}, wrong: {score.wrong}"
    assert score.recall >= recall, f"{told}, missing: {score.missing}"


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(sentences("pay")) + len(sentences("others")) >= 150
    assert len(texts()) >= 12


def test_pay_is_found_in_sentences_with_label_ends_period_and_basis() -> None:
    judged(score_of("pay", "Verdienst"), precision=0.99, recall=0.97)


def test_ways_in_requirements_lists_and_hours_are_found_in_sentences() -> None:
    judged(score_of("others", ""), precision=0.99, recall=0.97)


def test_whole_texts_have_their_facts_title_headings_and_field() -> None:
    score = Score()
    for case in texts():
        title, headings, found = facts_of_text(case["text"])
        assert (title, headings) == (case["title"], case["headings"]), case["name"]
        assert field_said(title) == case["field"], case["name"]
        score.count(case["name"], found, expected_of(case))
    judged(score, precision=0.98, recall=0.97)


def pay_in(*rows: tuple[str, ...], heading: str = "Verdienst") -> AllPay:
    manuscript = Manuscript()
    manuscript.add_table(rows)
    return find_pay(manuscript.paragraphs, [heading], 6)


@pytest.mark.parametrize(
    ("rows", "found", "training"),
    [
        (
            [("Stufe", "Brutto im Monat"), ("Berufseinstieg", "2.500 – 2.900 €"), ("Leitung", "ab 3.600 €")],
            [("Berufseinstieg", 2500, 2900), ("Leitung", 3600, 3600)],
            [],
        ),
        ([("Jahr", "Vergütung"), ("1.", "1.020 €"), ("2.", "1.090 €")], [], [1020, 1090]),
        (
            [("", "1. Ausbildungsjahr", "2. Ausbildungsjahr"), ("Vergütung", "1.020 €", "1.090 €")],
            [],
            [1020, 1090],
        ),
        ([("Lehrjahr", "Euro"), ("1. Lehrjahr", "950"), ("2. Lehrjahr", "1.050")], [], [950, 1050]),
        ([("Was", "Betrag"), ("Werkzeug", "300 €"), ("Gehalt", "2.500 €")], [("Gehalt", 2500, 2500)], []),
    ],
)  # fmt: skip
def test_a_cell_of_a_table_is_labelled_by_its_row_and_column(
    rows: list[tuple[str, ...]], found: list[tuple[str, int, int]], training: list[int]
) -> None:
    pay = pay_in(*rows, heading="Verdienst in der Ausbildung")
    assert [(p.label, p.low, p.high) for p in pay.pay] == found
    assert [p.high for p in pay.training] == training


def test_what_is_not_taken_is_told() -> None:
    manuscript = Manuscript()
    manuscript.add("text", "Das Gehalt liegt bei 2.500 Euro, nachts gibt es 200 Euro mehr.")
    pay = find_pay(manuscript.paragraphs, ["Verdienst"], 6)
    assert ([p.high for p in pay.pay], pay.left) == ([2500], (("200 Euro", 0),))


def test_amounts_for_another_time_than_most_are_left() -> None:
    manuscript = Manuscript()
    for text in ("2.500 Euro im Monat", "3.000 Euro im Monat als Meister", "18 Euro die Stunde"):
        manuscript.add("bullet", text)
    pay = find_pay(manuscript.paragraphs, ["Verdienst"] * 3, 6)
    assert (pay.period, [p.high for p in pay.pay]) == ("month", [2500, 3000])
    assert pay.left == (("18 Euro", 2),)


def test_a_year_of_training_that_pays_at_least_so_much_is_one() -> None:
    text = "Das Gesetz setzt eine Grenze: Im ersten Ausbildungsjahr mindestens 724 Euro, im zweiten 854 Euro im Monat."
    manuscript = Manuscript()
    manuscript.add("text", text)
    pay = find_pay(manuscript.paragraphs, ["Verdienst"], 6)
    assert ([p.high for p in pay.training], pay.pay, pay.minimum) == ([724, 854], (), True)


def test_what_an_hour_is_paid_keeps_its_cents() -> None:
    manuscript = Manuscript()
    manuscript.add(
        "text",
        "Der Lohn beträgt 14,50 Euro pro Stunde, mit Erfahrung 17,80 bis 19,20 Euro pro Stunde.",
    )
    pay = find_pay(manuscript.paragraphs, ["Verdienst"], 6)
    assert [(p.low, p.high) for p in pay.pay] == [(14.5, 14.5), (17.8, 19.2)]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (
            "Gesellen verdienen 3.150 Euro. Im Vergleich: Im Einzelhandel sind es 2.400 Euro.",
            [3150],
        ),
        ("Das Gehalt liegt bei 2.500 Euro. Netto bleiben davon etwa 1.640 Euro.", [2500]),
        ("Die Vergütung beträgt je nach Ausbildungsjahr zwischen 940 und 1.220 Euro.", []),
        ("Vergütung nach Tarif: 1.340,69 / 1.402,07 / 1.503,38 Euro.", []),
        ("Das Gehalt im Anerkennungsjahr: 1 Anerkennungsjahr (1.750 Euro brutto).", []),
    ],
)
def test_pay_of_others_and_of_other_times_is_asked_for(text: str, taken: list[int]) -> None:
    manuscript = Manuscript()
    manuscript.add("text", text)
    pay = find_pay(manuscript.paragraphs, ["Verdienst"], 6)
    assert ([p.high for p in pay.pay], pay.training) == (taken, ())
    assert pay.left


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Jahr: 1.000 €", "2. Jahr: 1.200 €", "danach ab 2.450 €"],
        ["Im ersten Jahr verdienst du 1.000 Euro, im zweiten 1.200 Euro.", "Danach 2.450 Euro."],
        ["Azubi 1. Jahr ........ 1.000 €", "Azubi 2. Jahr ........ 1.200 €", "Geselle ... 2.450 €"],
    ],
)
def test_a_first_and_second_year_of_little_pay_are_those_of_a_training(lines: list[str]) -> None:
    manuscript = Manuscript()
    for line in lines:
        manuscript.add("text", line)
    pay = find_pay(manuscript.paragraphs, ["Das verdienst du"] * len(lines), 6)
    assert [p.high for p in pay.training] == [1000, 1200]
    assert [p.high for p in pay.pay] == [2450]
    assert {p.label for p in pay.pay} <= {"Nach der Ausbildung", "Geselle", "Gehalt"}


def test_pay_in_training_that_differs_by_trade_is_asked_for() -> None:
    rows = [("Jahr", "Handwerk", "Industrie"), ("1. Lehrjahr", "1.000 €", "1.267 €")]
    pay = pay_in(*rows, ("2. Lehrjahr", "1.050 €", "1.328 €"), heading="Verdienst")
    assert (pay.training, pay.pay) == ((), ())
    assert [words for words, _ in pay.left] == ["1.000 €", "1.267 €", "1.050 €", "1.328 €"]


def test_each_row_of_a_table_of_names_and_values_says_its_own() -> None:
    years = "1. Lj. 1.100 €, 2. Lj. 1.200 €, 3. Lj. 1.300 €"
    rows = [("Ausbildungsdauer", "3 Jahre (Verkürzung möglich)"), ("Ausbildungsvergütung", years)]
    pay = pay_in(*rows, ("Einstiegsgehalt", "2.900 – 3.400 € brutto"), heading="Steckbrief")
    assert [p.high for p in pay.training] == [1100, 1200, 1300]
    assert [(p.label, p.low, p.high) for p in pay.pay] == [("Einstiegsgehalt", 2900, 3400)]


@pytest.mark.parametrize(
    ("words", "items"),
    [
        (
            "sicheres Rechnen mit Flächen und Winkeln, Freude an der Natur und körperliche Fitness",
            [
                "sicheres Rechnen mit Flächen und Winkeln",
                "Freude an der Natur",
                "körperliche Fitness",
            ],
        ),
        (
            "Geduld, Umgang mit Menschen und Tieren und Sorgfalt",
            ["Geduld", "Umgang mit Menschen und Tieren", "Sorgfalt"],
        ),
        (
            "Sorgfalt und Rechnen mit Flächen und Winkeln",
            ["Sorgfalt", "Rechnen mit Flächen und Winkeln"],
        ),
        (
            "Geduld, Rechnen mit Flächen / Winkeln und Sorgfalt",
            ["Geduld", "Rechnen mit Flächen / Winkeln", "Sorgfalt"],
        ),
        ("Sorgfalt, Freude an Holz und Geduld", ["Sorgfalt", "Freude an Holz", "Geduld"]),
    ],
)
def test_an_and_within_an_item_of_a_list_cuts_it_not_in_two(words: str, items: list[str]) -> None:
    assert things_listed(words) == items


def test_a_list_whose_last_two_items_may_be_one_is_only_proposed() -> None:
    for last, is_sure in (("Rechnen mit Flächen und Winkeln", False), ("Kraft und Geduld", True)):
        said = Paragraph("text", f"Wichtig sind Sorgfalt, Genauigkeit, {last}.", "")
        (fact,) = find_facts([said], [""], "Tischler")
        assert (fact.name, fact.is_sure) == ("skills", is_sure)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("auf Baustellen und bei Kunden und warten Anlagen", ["auf Baustellen", "bei Kunden"]),
        ("in Hallen, auf Dächern und reinigen dort Rinnen", ["in Hallen", "auf Dächern"]),
        ("auf Baustellen, bei Kunden montieren Fachleute Rohre", ["auf Baustellen"]),
        ("in privaten Praxen, öffentlichen Kliniken und Heimen", None),
        ("bei niedergelassenen Ärzten, ambulanten Diensten und produzierenden Betrieben", None),
    ],
)
def test_no_verb_with_its_object_is_a_place(words: str, places: list[str] | None) -> None:
    found = places_listed(words)
    assert found == places if places else len(found) == words.count(",") + words.count(" und ") + 1
    things = things_listed(words)
    assert len(things) == len(found), things


@pytest.mark.parametrize(
    ("texts", "only_for"),
    [
        (["Der Weg ist schulisch oder praxisintegriert (PiA).", "In der PiA {years}."], "praxis"),
        (["Umschulung oder duale Ausbildung?", "In der dualen Ausbildung {years}."], "duale"),
        (["Es gibt die PiA.", "In der PiA {years}."], ""),  # there is no other
        (["Schulisch oder dual.", "In der Ausbildung {years}."], ""),
        (["Schulisch gibt es nichts.", "In der PiA wie in der Umschulung {years}."], ""),
    ],
)
def test_pay_in_training_is_only_for_the_one_that_its_sentence_names(
    texts: list[str], only_for: str
) -> None:
    manuscript = Manuscript()
    years = "bekommst du im ersten Jahr 1.200 Euro und im zweiten Jahr 1.300 Euro im Monat"
    for text in texts:
        manuscript.add("text", text.format(years=years))
    pay = find_pay(manuscript.paragraphs, ["Verdienst"] * 2, 6)
    assert [each.high for each in pay.training] == [1200, 1300]
    assert pay.only_for.startswith(only_for)
    assert bool(pay.only_for) == bool(only_for)
    assert pay.only_for_words == (texts[1].format(years=years) if only_for else "")


def test_pay_in_training_is_only_for_the_one_that_its_heading_or_its_table_names() -> None:
    for heading, head in (("Verdienst: PiA", "Euro"), ("Verdienst", "Brutto im Monat (PiA)")):
        manuscript = Manuscript()
        manuscript.add("text", "Schulisch gibt es kein Geld.")
        manuscript.add_table([("Ausbildungsjahr", head), ("1.", "1.200 €"), ("2.", "1.300 €")])
        pay = find_pay(manuscript.paragraphs, [heading] * 2, 6)
        assert pay.only_for == "praxisintegrierte Ausbildung (PiA)"
