"""Leichte Sprache: its sentences, its rules as far as a program can tell, and how hard texts are."""

from datetime import date
from pathlib import Path

import pytest

from careerprint.composing.compose import compose
from careerprint.core.concerns import told_of
from careerprint.core.diagnostics import Location
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.core.targets import SCREEN
from careerprint.profiles.content import own_blocks
from careerprint.profiles.plainsentences import RULES, divided_compound
from careerprint.profiles.readability import readability, syllables_of
from careerprint.profiles.sentences import sentences
from careerprint.profiles.wholetext import read_profile_in
from careerprint.readiness.plainlanguage import breaches

from .conftest import ROOT, SLUG

SPLIT = {
    "Am 3. März geht es los. Dann ist z. B. Dr. Meier da.": [
        "Am 3. März geht es los.",
        "Dann ist z. B. Dr. Meier da.",
    ],
    "Er kommt 2026. Danach nicht.": ["Er kommt 2026.", "Danach nicht."],
    "Sie fragen: Wie ist die Arbeit? Das heißt: gut.": [
        "Sie fragen:",
        "Wie ist die Arbeit?",
        "Das heißt: gut.",
    ],
    "Das kurze Wort ist: KI. Gut.": ["Das kurze Wort ist: KI.", "Gut."],
    "**Sie. Wir.** Gut.": ["**Sie. Wir.**", "Gut."],
    "Er sagt: „Komm. Geh.“ Dann geht er.": ["Er sagt: „Komm. Geh.“", "Dann geht er."],
    "Sie sind im 2. Lehrjahr. Das ist gut!": ["Sie sind im 2. Lehrjahr.", "Das ist gut!"],
    "Rufen Sie an.<br>Tel. 0231 123": ["Rufen Sie an.", "Tel. 0231 123"],
    "[Mehr. Dazu.](https://www.example.org/) Gut.": [
        "[Mehr. Dazu.](https://www.example.org/)",
        "Gut.",
    ],
}
GOOD = [
    "Sie helfen anderen Menschen.",
    "Sie fangen neu an?",
    "Die Arbeit in Dortmund verändert sich.",
    "In dieser Arbeit gibt es beides.",
    "Er hilft der Frau.",
    "Am Montag geht der Kurs los.",
    "Sie werden Koch oder Köchin.",
    "Sie wird Ihnen gefallen.",
    "Das Wetter wird leicht besser.",
    "Sie können am 3. März 2026 kommen.",
    "Die Schule beginnt um 9.30 Uhr.",
    "Sie bekommen 2.300 Euro im Monat.",
    "Viele Menschen mögen diese Arbeit.",
    "Das Jahr 2026 ist wichtig.",
    "Sie arbeiten mit Informationen.",
    "Die Versicherungen sind wichtig.",
    "Sie haben Möglichkeiten.",
    "Dieses Haus ist neu.",
    "Wie kann ich helfen?",
    "Mit der Arbeit helfen Sie.",
    "Sie möchten etwas Neues.",
    "Sie lernen Deutsch, Englisch und Mathe.",
    "Die Mitarbeiterinnen sind freundlich.",
    "Das ist **nicht** schwer.",
    "Sie fahren mit dem Lkw.",
    "Sie waren schon in der Schule.",
    "Der Kurs ist am Montag, dem 3. März.",
    "Sie wollen Pfleger werden.",
    "Sie werden bald mehr verdienen.",
    "Die Firma wird neue Leute suchen.",
    "Sie rufen uns an: 0231 12 34 56.",
    "Eine Ausbildung dauert 3 Jahre.",
    "Dann fragen Sie: Wie viel üben wir?",
    "Sie haben Fragen, Wünsche oder Ideen.",
    "Sie arbeiten im Kunden·dienst.",
    "Es gab früher Berg·bau in der Stadt.",
    "Wir beraten Sie gern.",
]
BAD = {
    "Sie arbeiten mit vielen netten Menschen in einem großen Haus in der Mitte von Dortmund.": (
        "long_sentence"
    ),
    "Das Haus des Lehrers ist neu.": "genitive",
    "Die Meinung der Kunden ist wichtig.": "genitive",
    "Wegen der Arbeit ziehen Sie um.": "genitive",
    "Sie könnten Pfleger werden.": "subjunctive",
    "Sie hätten gern mehr Geld.": "subjunctive",
    "Sie werden gut bezahlt.": "passive",
    "Die Pakete werden verpackt.": "passive",
    "Das Geld wird überwiesen.": "passive",
    "Die Daten werden gespeichert.": "passive",
    "Sie lernen z. B. Deutsch.": "abbreviation",
    "Sie brauchen ca. 3 Stunden.": "abbreviation",
    "Das sind 20 % mehr.": "signs",
    "Kolleg/innen helfen Ihnen.": "signs",
    "Ihr Vorteil (und unser Plus) ist das Geld.": "signs",
    "Sie sind nicht allein.": "negation",
    "Das dauert drei Jahre.": "numbers",
    "Das kostet 25000 Euro.": "numbers",
    "Der Kurs ist am 03.03.26.": "numbers",
    "Der Kurs beginnt um 9:30.": "numbers",
    "Die Hälfte sind 50 Prozent.": "numbers",
    "Ludwig XIV war König.": "numbers",
    "Er ging nach Hause.": "preterite",
    "Wenn Sie wollen, kommen Sie.": "subordinate",
    "Das ist ein Beruf, der Spaß macht.": "subordinate",
    "Menschen, die gut zuhören, passen hier.": "subordinate",
    "Sie freuen sich, aber Sie sind müde.": "subordinate",
    "Sie brauchen Deutschkenntnisse.": "long_words",
    "Sie schreiben eine Bewerbungsmappe.": "long_words",
    "Das ist WICHTIG.": "capitals",
    "Sie helfen Alten, Kranken, Kindern und Tieren.": "list",
    "Die Vorbereitung, die Beratung und die Betreuung helfen.": "nominal",
}


@pytest.mark.parametrize("text", SPLIT)
def test_a_text_is_divided_where_its_sentences_end(text: str) -> None:
    assert sentences(text) == SPLIT[text]


@pytest.mark.parametrize("sentence", GOOD)
def test_no_rule_is_broken_by_what_is_plain(sentence: str) -> None:
    assert [rule.__name__ for rule in RULES for _ in rule(sentence)] == []


@pytest.mark.parametrize("sentence", BAD)
def test_each_rule_finds_what_it_is_for_and_no_other_does(sentence: str) -> None:
    assert [rule.__name__ for rule in RULES for _ in rule(sentence)] == [f"_{BAD[sentence]}"]


def told(*blocks: str) -> list[str]:
    texts = [
        ("opening: paragraph", Text(block, Location("profile.de-simple.md", 1))) for block in blocks
    ]
    return [breach.words(str)[0] for breach in breaches(texts)]


def test_proposals_say_what_to_write() -> None:
    text = Text("Das ist am 03.03.26 in der Ausbildungswerkstatt.", Location("x", 7))
    found = [b.words(str)[1] for b in breaches([("opening: paragraph", text)])]
    assert "Write it in digits: 3. März 2026." in found
    assert divided_compound("Kundendienst") == "Kunden·dienst"
    assert divided_compound("Vorstellungsgespräch") == "Vorstellungs·gespräch"
    assert divided_compound("Versicherungen") == ""


def test_of_the_whole_text_hard_words_alike_ones_and_the_address_are_told() -> None:
    assert told("Sie haben ein Meeting.") == ["“Meeting” is a hard word, and is not explained."]
    assert told("Sie haben ein Meeting. Das heißt: Sie sprechen miteinander.") == []
    assert told("Der Betrieb ist neu. Sie kennen die Firma.")[0].startswith("Here the same thing")
    assert told("Dann rufen Sie an. Wir helfen dir.")[0].startswith("The text says “Sie”")
    assert told(" ".join(["Sie arbeiten gern."] * 7))[0].startswith(
        "This paragraph has 7 sentences"
    )


def test_the_example_keeps_to_all_rules_and_is_easier_than_the_german_text() -> None:
    reader = Reader(ROOT)
    plain = read_profile_in(reader, SLUG, "de-simple")
    assert list(breaches(own_blocks(plain))) == []
    german = list(breaches(own_blocks(read_profile_in(reader, SLUG, "de"))))
    assert len(german) > 50
    easy, usual = (
        readability(text for _, text in own_blocks(read_profile_in(reader, SLUG, tag)))
        for tag in ("de-simple", "de")
    )
    assert easy.words_a_sentence < 8 < usual.words_a_sentence
    assert easy.lix + 8 < usual.lix
    assert easy.flesch > usual.flesch + 8


def test_the_example_names_every_number_by_its_fact() -> None:
    text = (ROOT / "content" / SLUG / "profile.de-simple.md").read_text("utf-8")
    for number in ("2300", "2.300", "2800", "2.800", "3400", "3.400"):
        assert number not in text


@pytest.mark.parametrize(
    ("word", "count"),
    {
        "Haus": 1,
        "Kunde": 2,
        "Familie": 4,
        "Betriebe": 3,
        "Museum": 3,
        "Information": 5,
        "quer": 1,
        "Ferien": 3,
        "Idee": 2,
        "beurteilen": 4,
        "beenden": 3,
        "Beeren": 2,
        "Sozialversicherung": 7,
        "Theater": 3,
        "Ingenieur": 3,
        "speziell": 3,
        "2.300": 1,
    }.items(),
)
def test_syllables_are_counted_by_vowels(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_the_figures_are_those_of_the_formulas() -> None:
    # 2 sentences, 8 words; 2 of more than six letters; syllables 1 2 1 3, 1 2 2 3.
    found = readability(["Wir gehen zur Bücherei. Er findet viele Geschichten."])
    assert (found.sentences, found.words) == (2, 8)
    assert found.lix == pytest.approx(4 + 100 * 2 / 8)
    assert found.flesch == pytest.approx(180 - 4 - 58.5 * 15 / 8)


def test_breaches_are_warnings_of_what_is_printed_with_their_line(tmp_path: Path) -> None:
    from .cards import card_workspace

    workspace = card_workspace(tmp_path / "workspace", ["de-simple"])
    name = f"content/{SLUG}/profile.de-simple.md"
    workspace.edit(name, "subtitle: So ist die Arbeit", "subtitle: So wäre die Arbeit")
    workspace.edit(name, "Dann fragen sie beim", "Dann würden sie fragen beim")  # no card has it
    job = compose(Edition(SLUG, "card", "de-simple"), Reader(workspace.root))
    found = told_of(job.concerns, date(2026, 11, 29), SCREEN)
    rules = [d.sentence(str) for d in found if d.rule == "plain-language"]
    assert rules[0].startswith(f"{name}:3: warning: “wäre” says what is not, or not yet.")
    assert rules[1].startswith(f"{name}:11: warning: No reader of Leichte Sprache has tested")
    assert len(rules) == 2
    workspace.edit(name, "# tested_by: …", "tested_by: Prüf-Gruppe")
    job = compose(Edition(SLUG, "card", "de-simple"), Reader(workspace.root))
    found = told_of(job.concerns, date(2026, 11, 29), SCREEN)
    assert len([d for d in found if d.rule == "plain-language"]) == 1
