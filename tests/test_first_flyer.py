"""The first flyer of a text: what it quotes stands for itself, under a heading that fits it."""

import pytest

from careerprint.extraction.flyertexts import (
    IN_SHORT,
    LONGEST_HEADLINE,
    LONGEST_POINT,
    NO_HEADLINE,
    NO_TEASER,
    FlyerTexts,
    Told,
    flyer_texts,
)
from careerprint.manuscripts.manuscript import Manuscript

TITLE = "Bäckerin und Bäcker"
GOOD = "Wer hier arbeitet, lernt jeden Tag etwas und findet überall Menschen, die davon leben."


def told(heading: str, *texts: str, kind: str = "text") -> Told:
    manuscript = Manuscript()
    for text in texts:
        manuscript.add("bullet" if kind == "bullet" else "text", text)
    return Told(heading, manuscript.paragraphs)


def flyer(*sections: Told, title: str = TITLE, subtitle: str = "") -> FlyerTexts:
    return flyer_texts(title, subtitle, [told(""), *sections])


def test_a_subtitle_is_the_headline() -> None:
    made = flyer(told("Aufgaben", GOOD), subtitle="Brot, das nach mehr schmeckt")
    assert made.headline == "Brot, das nach mehr schmeckt"


def test_what_a_title_or_a_heading_says_behind_its_colon_is_a_headline() -> None:
    assert flyer(told("Aufgaben", GOOD), title="Gärtnern: draußen zu Hause").headline == (
        "draußen zu Hause"
    )
    made = flyer(told("Backen in Musterstadt: zwischen Ofen und Laden", GOOD))
    assert made.headline == "zwischen Ofen und Laden"


def test_a_line_that_only_says_the_title_again_is_no_headline() -> None:
    made = flyer_texts(TITLE, "", [told("", "Beruf Bäckerin und Bäcker"), told("Aufgaben", GOOD)])
    assert made.headline == NO_HEADLINE


@pytest.mark.parametrize(
    "sentence",
    [
        "Das mögen hier viele Menschen sehr.",  # leans on what stands before it
        "Trotzdem lernt man jeden Tag etwas.",
        "Ich lerne jeden Tag etwas Neues.",
        "Es lohnt sich nicht für alle Menschen.",
        "Wer lernt hier jeden Tag etwas?",
        "Menschen verdienen hier 2.500 Euro.",
        "Für die Bewerbung brauchen Menschen Zeugnisse.",
        "Wer hier lernt, braucht meist das Niveau B2.",
        "Menschen lernen hier jeden Tag etwas Neues, und zwar sehr viel mehr als anderswo.",
    ],
)
def test_what_does_not_stand_for_itself_is_no_headline(sentence: str) -> None:
    assert flyer(told("Markt", sentence)).headline == NO_HEADLINE


ITEMS = (
    "Teig kneten und formen",
    "den Ofen heizen",
    "Ware verkaufen",
    "Kuchen füllen",
    "Obst waschen",
)
MORE = ("den nächsten Tag planen", "Mehl bestellen gehen", "Bleche im Laden putzen")


def test_tasks_are_points_under_their_own_heading_and_none_is_lost_to_the_headline() -> None:
    made = flyer(told("Tätigkeiten", *ITEMS, kind="bullet"), told("Wege", GOOD))
    assert made == FlyerTexts(NO_HEADLINE, GOOD, "Tätigkeiten", ITEMS)


def test_tasks_for_which_there_is_no_room_as_points_are_an_introduction_and_no_headline() -> None:
    made = flyer(told("Tätigkeiten", *ITEMS, *MORE, kind="bullet"), told("Wege", GOOD))
    assert made == FlyerTexts(NO_HEADLINE, GOOD, "Tätigkeiten", ITEMS)
    made = flyer(told("Tätigkeiten", *ITEMS, *MORE, kind="bullet"))
    assert made == FlyerTexts(NO_HEADLINE, f"{MORE[0]}, {MORE[1]}", "Tätigkeiten", ITEMS)
    assert flyer(told("", MORE[0], kind="bullet")).headline == NO_HEADLINE


def test_points_are_one_sentence_of_each_section_in_order() -> None:
    sentences = [f"In Abschnitt {n} lernt man jeden Tag etwas Neues dazu." for n in range(6)]
    sections = [told(f"Teil {n}", f"{s} Das ist so.") for n, s in enumerate(sentences)]
    made = flyer(*sections)
    assert made.heading == IN_SHORT
    assert list(made.points) == [s for s in sentences if s in made.points]
    assert 3 <= len(made.points) <= 5
    assert all(len(point) <= LONGEST_POINT for point in made.points)


def test_too_few_points_are_none_and_nothing_at_all_is_a_placeholder() -> None:
    assert flyer(told("Teil", "Menschen lernen hier.")) == FlyerTexts(NO_HEADLINE, NO_TEASER)


def test_what_tells_whom_to_ask_is_on_no_flyer() -> None:
    made = flyer(told("Beratung und Kontakt", GOOD, "Menschen finden hier jederzeit Hilfe."))
    assert made == FlyerTexts(NO_HEADLINE, NO_TEASER)


def test_nothing_is_cut_at_a_point_within_a_sentence() -> None:
    text = "Die Schule steht in der Musterstr. 6 und lehrt z. B. Menschen aus vielen Berufen."
    made = flyer(told("Aufgaben", text))
    assert made.teaser == text
    assert len(made.headline) <= LONGEST_HEADLINE
