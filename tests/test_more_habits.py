"""Further habits of people who write texts, in Word files, plain texts and web pages."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
import yaml

from careerprint.core.messages import translator
from careerprint.extraction.structure import Draft
from careerprint.extraction.textfacts import find_facts
from careerprint.intake.drafting import make_draft
from careerprint.intake.drafts import write_profile
from careerprint.intake.importing import read_manuscript
from careerprint.manuscripts.manuscript import Manuscript

from .wordfiles import BULLET, paragraph, run, word_file

LONG = "Wer hier arbeitet, beginnt früh am Morgen und hat dafür am Nachmittag frei, meistens."
FURTHER = "Die Ausbildung wechselt zwischen Betrieb und Schule, und danach stehen viele Wege offen."


@pytest.fixture
def read(tmp_path: Path) -> "Reads":
    return Reads(tmp_path)


class Reads:
    """Reads a text as an import does, from a file with a name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, content: str | bytes, name: str = "text.txt") -> Manuscript:
        file = self._folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_manuscript(file)

    def word(self, *body: str, **parts: str) -> Manuscript:
        return self(word_file(*body, parts=parts), "text.docx")

    def draft(self, content: str | bytes, name: str = "text.txt") -> Draft:
        return make_draft(self(content, name), "probe")


def texts(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in manuscript.paragraphs]


def told(manuscript: Manuscript) -> list[str]:
    return [r.message.format(**dict(r.values)) for r in manuscript.remarks]


def headings(draft: Draft) -> list[str]:
    return [part.heading.text for part in draft.parts]


# Word


def test_what_a_style_hides_or_strikes_out_is_left_out(read: Reads) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="I"><w:name w:val="Intern"/><w:rPr><w:vanish/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="W"><w:name w:val="Weg"/><w:rPr><w:strike/>'
        "</w:rPr></w:style>"
    )
    found = read.word(
        paragraph("Nur intern", style="I"),
        paragraph(run("alt ", '<w:rStyle w:val="W"/>'), "neu"),
        paragraph(run("sichtbar", '<w:vanish w:val="0"/>'), style="I"),
        styles=styles,
    )
    assert texts(found) == [("text", "neu"), ("text", "sichtbar")]
    assert told(found) == [
        "Left out, because it is struck out in the document: “alt”",
        "Left out, because it is hidden in the document: “Nur intern”",
    ]


def test_a_hint_that_nobody_has_written_over_is_left_out(read: Reads) -> None:
    hint = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{paragraph('Klicken Sie hier')}</w:sdtContent></w:sdt>"
    )
    found = read.word(paragraph(LONG), hint)
    assert texts(found) == [("text", LONG)]
    assert told(found) == ["Left out, because it is hidden in the document: “Klicken Sie hier”"]


@pytest.mark.parametrize(("state", "sign"), [("1", "☒"), ("0", "☐")])
def test_a_check_box_keeps_its_state(read: Reads, state: str, sign: str) -> None:
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    box = (
        f'<w:sdt><w:sdtPr><w14:checkbox {w14}><w14:checked w14:val="{state}"/></w14:checkbox>'
        "</w:sdtPr><w:sdtContent><w:r><w:sym/></w:r></w:sdtContent></w:sdt>"
    )
    assert texts(read.word(paragraph(box, "früh aufstehen"))) == [
        ("text", f"{sign} früh aufstehen")
    ]


def test_signs_and_hyphens_within_a_line_stay(read: Reads) -> None:
    alpha = '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    found = read.word(
        paragraph("Alpha ist ", alpha, "."),
        paragraph(
            "E", "<w:r><w:noBreakHyphen/></w:r>", "Mail", "<w:r><w:softHyphen/></w:r>", "fach"
        ),
    )
    assert texts(found) == [("text", "Alpha ist α."), ("text", "E‑Mail\N{SOFT HYPHEN}fach")]
    assert told(found) == []


def test_the_words_of_an_embedded_word_file_are_named(tmp_path: Path, read: Reads) -> None:
    (tmp_path / "in.docx").write_bytes(word_file(paragraph(LONG)))
    with zipfile.ZipFile(tmp_path / "in.docx", "a") as file:
        file.writestr("word/embeddings/Anlage.docx", word_file(paragraph("Noch ein Absatz")))
        file.writestr("word/embeddings/Alt.xlsx", b"no zip")
    found = read((tmp_path / "in.docx").read_bytes(), "text.docx")
    assert texts(found) == [("text", LONG)]
    assert told(found) == [
        "This is not taken over: “Noch ein Absatz”",
        "This is not taken over: “Alt.xlsx”",
    ]


def test_a_drop_cap_is_part_of_its_word(read: Reads) -> None:
    cap = '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>W</w:t></w:r></w:p>'
    assert texts(read.word(cap, paragraph(LONG[1:]))) == [("text", LONG)]


def test_the_words_of_a_document_within_the_document_are_named(tmp_path: Path, read: Reads) -> None:
    document = word_file(paragraph(LONG), '<w:altChunk r:id="c1"/>')
    (tmp_path / "in.docx").write_bytes(document)
    with zipfile.ZipFile(tmp_path / "in.docx") as before:
        parts = {name: before.read(name).decode() for name in before.namelist()}
    rels = "word/_rels/document.xml.rels"
    chunk = '<Relationship Id="c1" Type="http://x/aFChunk" Target="afchunk.htm"/></Relationships>'
    parts[rels] = parts[rels].replace("</Relationships>", chunk)
    with zipfile.ZipFile(tmp_path / "in.docx", "w") as file:
        for name, part in {**parts, "word/afchunk.htm": "<p>Noch <b>ein</b> Absatz</p>"}.items():
            file.writestr(name, part)
    found = read((tmp_path / "in.docx").read_bytes(), "text.docx")
    assert texts(found) == [("text", LONG)]
    assert told(found) == ["This is not taken over: “Noch ein Absatz”"]


def test_strict_files_and_those_of_word_online_are_read(tmp_path: Path, read: Reads) -> None:
    styles = '<w:style w:styleId="U"><w:name w:val="heading 1"/></w:style>'  # without a type
    document = word_file(
        paragraph("Aufgaben", style="U"), paragraph(LONG), parts={"styles": styles}
    )
    (tmp_path / "in.docx").write_bytes(document)
    with zipfile.ZipFile(tmp_path / "in.docx") as before:
        parts = {name: before.read(name).decode() for name in before.namelist()}
    online = {}
    for name, part in parts.items():
        strict = part.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for old, new in (("document.xml", "document2.xml"), ("styles.xml", "styles2.xml")):
            strict, name = strict.replace(old, new), name.replace(old, new)  # noqa: PLW2901
        online[name] = strict
    with zipfile.ZipFile(tmp_path / "online.docx", "w") as file:
        for name, part in online.items():
            file.writestr(name, part)
    found = read((tmp_path / "online.docx").read_bytes(), "text.docx")
    assert texts(found) == [("heading", "Aufgaben"), ("text", LONG)]


def test_a_title_at_the_head_of_the_pages_is_taken_where_the_text_has_none(read: Reads) -> None:
    found = read.word(paragraph(f"{LONG} {FURTHER}"), header1=paragraph("Bäckerin und Bäcker"))
    assert make_draft(found, "probe").title == "Bäckerin und Bäcker"
    other = read.word(paragraph(f"{LONG} {FURTHER}"), header1=paragraph("Seite 1"))
    assert make_draft(other, "Probe").title == "Probe"


def test_the_first_of_bold_lines_above_another_is_the_title(read: Reads) -> None:
    bold = [
        paragraph(run(text, "<w:b/>")) for text in ("Bäckerin und Bäcker", "Aufgaben", "Ausbildung")
    ]
    found = make_draft(
        read.word(bold[0], bold[1], paragraph(LONG), bold[2], paragraph(FURTHER)), "x"
    )
    assert (found.title, headings(found)) == ("Bäckerin und Bäcker", ["Aufgaben", "Ausbildung"])


def test_a_line_break_within_an_item_ends_no_item(read: Reads) -> None:
    broken = paragraph("Teig kneten", "<w:r><w:br/></w:r>", "auch von Hand", numbering=BULLET)
    found = read.word(broken, paragraph("Brot formen", numbering=BULLET))
    assert texts(found) == [("bullet", "Teig kneten auch von Hand"), ("bullet", "Brot formen")]


# Plain text


@pytest.mark.parametrize(
    "mark", ["•", "·", "–", "—", "*", "-", "o", "+", "►", "➢", "✓", "✔", "»", "→", "■", "☐"]
)
def test_typed_marks_are_lists(read: Reads, mark: str) -> None:
    found = read.draft(f"Bäckerin\n\nAufgaben\n{mark} Teig kneten\n{mark} Brot formen\n")
    inside = [found.manuscript.paragraphs[at] for at in found.parts[0].inside]
    assert [(p.kind, p.text) for p in inside] == [
        ("bullet", "Teig kneten"),
        ("bullet", "Brot formen"),
    ]


def test_dashes_of_one_list_may_differ(read: Reads) -> None:
    found = read("- Wände streichen\n– Tapeten kleben\n-Gerüste bauen\n")
    assert texts(found) == [
        ("bullet", "Wände streichen"),
        ("bullet", "Tapeten kleben"),
        ("bullet", "Gerüste bauen"),
    ]


def test_a_mark_without_an_item_is_no_list(read: Reads) -> None:
    found = read.draft(f"Bäckerin\n\nAufgaben\n{LONG}\n\n•\n\n{FURTHER}\n")
    assert "•" not in [text for _, text in texts(found.manuscript)]


def test_what_is_set_in_below_an_item_belongs_to_it(read: Reads) -> None:
    found = read("  - Brot formen\n    und backen\n  - Teig kneten\n")
    assert texts(found) == [("bullet", "Brot formen und backen"), ("bullet", "Teig kneten")]


def test_lines_drawn_with_signs_are_left_out(read: Reads) -> None:
    found = read.draft(
        f"Bäckerin\n========\n\nAufgaben\n--------\n{LONG}\n\n* * *\n\nWege\n{FURTHER}\n"
    )
    assert (found.title, headings(found)) == ("Bäckerin", ["Aufgaben", "Wege"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. Aufgaben", "2. Ausbildung"),
        ("1 Aufgaben", "1.2 Ausbildung"),
        ("AUFGABEN", "AUSBILDUNG"),
        ("Was macht man da?", "Wie lernt man das?"),
    ],
)
def test_headings_with_numbers_in_capitals_and_as_questions(
    read: Reads, first: str, second: str
) -> None:
    found = read.draft(f"Bäckerin und Bäcker\n\n{first}\n{LONG}\n\n{second}\n{FURTHER}\n")
    assert (found.title, headings(found)) == ("Bäckerin und Bäcker", [first, second])


def test_a_short_line_with_a_colon_heads_the_list_below(read: Reads) -> None:
    found = read.draft("Bäckerin und Bäcker\n\nAufgaben:\n- Teig kneten\n- Brot formen\n")
    assert headings(found) == ["Aufgaben:"]


def test_a_line_with_a_colon_that_says_what_to_bring_heads_a_list_of_its_own(read: Reads) -> None:
    doing = "Ihre Aufgaben:\n• Busse fahren\n• Auskunft geben\n• Fahrzeuge prüfen\n"
    found = read.draft(f"Busfahrer/in\n\n{doing}\nDas bringen Sie mit:\n• Geduld\n• Deutsch B1\n")
    assert headings(found) == ["Ihre Aufgaben:", "Das bringen Sie mit:"]
    assert found.flyer.points == ("Busse fahren", "Auskunft geben", "Fahrzeuge prüfen")


def test_a_line_that_says_one_thing_of_another_is_no_heading(read: Reads) -> None:
    lines = "Dauer: 3 Jahre\nDanach: ab 2.300 EUR\nAbschluss: mind. Hauptschulabschluss\n"
    found = read.draft(f"Bäckerin\n\nKURZ UND KNAPP\n{lines}\nWAS DU TUST\n{LONG}\n")
    assert headings(found) == ["KURZ UND KNAPP", "WAS DU TUST"]


def test_underlined_lines_and_words_for_what_a_section_tells_are_headings(read: Reads) -> None:
    found = read.draft(
        "Bäckerin\n\nWas tun?\n--------\nTeig kneten.\n\nVerdienst\nje nach Betrieb\n"
    )
    assert headings(found) == ["Was tun?", "Verdienst"]
    (told,) = [r for r in read("A\n\n-----\n\nB\n\n-----\n").remarks if "Lines" in r.message]
    assert told.at is None


@pytest.mark.parametrize("said", ["Stand: 03/2026", "Stand: 1.8.2025", "Stand: TT.MM.JJJJ"])
def test_when_a_text_was_written_is_no_part_of_it(read: Reads, said: str) -> None:
    assert said not in [text for _, text in texts(read(f"Bäckerin\n\n{said}\n\n{LONG}\n"))]


def test_lines_that_each_say_one_thing_of_another_are_a_list(read: Reads) -> None:
    rows = ["Dauer: 3 Jahre", "Abschluss: mindestens Hauptschulabschluss", "Danach: ab 2.300 EUR"]
    found = read(f"Bäckerin\n\nKURZ UND KNAPP\n{chr(10).join(rows)}\n\nWAS DU TUST\n{LONG}\n")
    assert [text for kind, text in texts(found) if kind == "bullet"] == rows
    made = read.draft(f"Bäckerin\n\nKURZ UND KNAPP\n{chr(10).join(rows)}\n\nWAS DU TUST\n{LONG}\n")
    assert {f.name: f.value for f in made.facts}["requirements"] == {
        "school": "Hauptschulabschluss"
    }
    assert not any(k == "bullet" for k, _ in texts(read("Stand: heute\nOrt: Hamm\n\nText.\n")))


def test_lines_with_tabs_tell_pay_by_year(read: Reads) -> None:
    rows = "\n".join(f"{n}. Lehrjahr\t{amount} €" for n, amount in ((1, "1.020"), (2, "1.090")))
    found = read.draft(f"Bäckerin und Bäcker\n\nVerdienst\n{rows}\n\nAufgaben\n{LONG}\n")
    assert headings(found) == ["Verdienst", "Aufgaben"]
    assert [p.high for p in found.pay.training] == [1020, 1090]


def test_greetings_around_a_text_are_left_out(read: Reads) -> None:
    greeting = "Hallo zusammen,\n\nhier der Text für die Messe:\n\n"
    found = read.draft(f"{greeting}Bäckerin und Bäcker\n\nAufgaben\n{LONG}\n\nViele Grüße\n")
    assert (found.title, headings(found)) == ("Bäckerin und Bäcker", ["Aufgaben"])
    assert [t for _, t in texts(found.manuscript)][-1] == LONG


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "cp1252", "utf-16-le", "utf-16-be"])
def test_umlauts_are_right_in_every_encoding(read: Reads, encoding: str) -> None:
    words = "Für Bäcker gehören Öfen und süße Brötchen zum Alltag, jeden Tag aufs Neue."
    assert texts(read(words.encode(encoding))) == [("text", words)]


# Markdown and web pages


def test_lines_with_a_percent_sign_are_a_head(read: Reads) -> None:
    found = read(
        "% Bäckerin\n% Eine Beratungsstelle\n% 2026-03-01\n\n# Aufgaben\n\nText.\n", "text.md"
    )
    assert found.head == {"title": "Bäckerin", "date": "2026-03-01"}
    assert told(found) == ["These entries of the file's head are not taken over: author."]


@pytest.mark.parametrize(("language", "others"), [("de", []), ("de-AT", []), ("en", ["lang"])])
def test_the_language_of_a_head_is_german_or_named(
    read: Reads, language: str, others: list[str]
) -> None:
    found = read(f"---\ntitle: Bäckerin\nlang: {language}\n---\n\nText.\n", "text.md")
    assert [line.rpartition(": ")[2] for line in told(found)] == [f"{name}." for name in others]


def test_the_title_above_the_main_part_of_a_page_is_taken(read: Reads) -> None:
    found = read(
        f"<html><body><header><h1>Bäckerin</h1></header><main><h2>Aufgaben</h2><p>{LONG}</p>"
        "<blockquote><p>Ich mag es.</p><footer>– Eine Bäckerin</footer></blockquote></main>"
        "<footer>Impressum</footer></body></html>",
        "text.html",
    )
    assert texts(found) == [
        ("heading", "Bäckerin"),
        ("heading", "Aufgaben"),
        ("text", LONG),
        ("quote", "Ich mag es."),
        ("quote", "– Eine Bäckerin"),
    ]


def test_a_page_of_google_docs_is_read_by_its_style_sheet(read: Reads) -> None:
    found = read(
        "<html><head><style>.c1{text-decoration:line-through}.c2{display:none}.c3{font-weight:700}"
        "</style></head><body><p class='title c9'><span>Bäckerin</span></p><h1>Aufgaben</h1>"
        f"<p><span class='c1'>alt</span> <span class='c3'>wichtig</span> bleibt: {LONG}</p>"
        "<p class='c2'>weg</p></body></html>",
        "text.html",
    )
    assert [t for _, t in texts(found)] == ["Bäckerin", "Aufgaben", f"wichtig bleibt: {LONG}"]
    assert found.paragraphs[-1].markdown.startswith("**wichtig** bleibt")
    assert "Left out, because it is struck out in the document: “alt”" in told(found)


ASKED = [
    "Hauptschulabschluss ist erwünscht, aber keine Pflicht",
    "Schwindelfreiheit und Trittsicherheit",
    "Räumliches Vorstellungsvermögen und Grundlagen der Mathematik",
    "Zuverlässigkeit im Team",
]
STEPS = ["Ein Praktikum in einem Betrieb machen", "Bewerbung mit Lebenslauf schreiben"]


def test_a_list_of_what_is_asked_for_is_proposed_whole(read: Reads) -> None:
    rows = "\n".join(f"- {row}" for row in ASKED)
    asked = "Muss ich schwindelfrei sein? Ja, ein sicheres Gefühl in der Höhe ist wichtig."
    found = read.draft(f"Dachdecker/in\n\nVoraussetzungen\n{rows}\n\nHäufige Fragen\n{asked}\n")
    facts = {fact.name: fact for fact in found.facts}
    assert facts["requirements"].value == {"school": ASKED[0]}
    assert (facts["skills"].value, facts["skills"].is_sure) == (ASKED[1:], False)


@pytest.mark.parametrize(
    ("answer", "skills"),
    [
        ("Ja, ein sicheres Gefühl in der Höhe ist wichtig.", None),
        ("Ja, Kraft und Ausdauer sind wichtig.", ["Kraft", "Ausdauer"]),
    ],
)
def test_an_answer_is_no_skill(read: Reads, answer: str, skills: list[str] | None) -> None:
    text = f"Dachdecker/in\n\nHäufige Fragen\nMuss ich schwindelfrei sein? {answer} {LONG}\n"
    assert {f.name: f.value for f in read.draft(text).facts}.get("skills") == skills


@pytest.mark.parametrize("kind", ["bullet", "number"])
@pytest.mark.parametrize(
    "heading", ["Die nächsten Schritte", "So geht es weiter", "Wie bewerbe ich mich?"]
)
def test_a_list_of_what_to_do_next_is_proposed_as_next_steps(
    kind: Literal["bullet", "number"], heading: str
) -> None:
    manuscript = Manuscript()
    for step in STEPS:
        manuscript.add(kind, step)
    (steps,) = find_facts(manuscript.paragraphs, [heading] * 2, "Dachdecker/in")
    assert (steps.value, steps.is_sure) == ([{"what": step} for step in STEPS], True)


def test_more_steps_than_are_printed_are_none(read: Reads) -> None:
    rows = "\n".join(f"- {STEPS[0]} {n}" for n in range(7))
    found = read.draft(f"Dachdecker/in\n\nAufgaben\n{LONG}\n\nNächste Schritte\n{rows}\n")
    assert not [fact for fact in found.facts if fact.name == "next_steps"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Stand: 15. September 2026", "2026-09-15"),
        ("Stand: 03/2026", "2026-03-01"),
        ("(Stand 1.8.2025)", "2025-08-01"),
        ("Stand: 15.09.2026 – Entwurf, bitte noch gegenlesen!", "2026-09-15"),
        ("Stand: November 2026.", "2026-11-01"),
        ("Stand: TT.MM.JJJJ", None),
        ("Stand: 1.8.2025\n\nStand: 1.8.2026", None),
    ],
)
def test_the_day_that_a_text_states_is_proposed_as_that_of_its_amounts(
    read: Reads, said: str, day: str | None
) -> None:
    pay = "Gärtner verdienen zwischen 2.700 und 2.900 Euro brutto im Monat.\n"
    years = "Im ersten Lehrjahr 1.010 €, im zweiten 1.090 €, im dritten 1.180 €.\n"
    found = read.draft(f"Gärtner\n\nVerdienst\n{pay}{years}\nAufgaben\n{LONG}\n\n{said}\n")
    text, _ = write_profile(found, "text.txt", date(2026, 11, 30), translator("de"))
    facts = yaml.safe_load(text.split("---")[1])["facts"]
    days = [facts[name].get("as_of") for name in ("pay", "training_pay")]
    assert days == [date.fromisoformat(day) if day else None] * 2
    asked = "Ergänzen Sie den Tag, an dem diese Beträge stimmten"
    assert (asked in text) == (day is None)
    if day:
        assert "Weggelassen, weil es eine Bemerkung ist: „Stand: 15. September 2026“" not in text
        assert text.count("Im Text steht: „Stand") == 1, "it is asked once, for all amounts"
        assert ("Bemerkung ist: „Stand" in text) == ("Entwurf" in said)
        assert ("erster Tag" in text) == (said in {"Stand: 03/2026", "Stand: November 2026."})


LEVELS = (
    ("Was macht man in diesem Beruf?", "heading 1", ""),
    ("Wege in den Beruf", "heading 2", ""),
    ("Was verdient man?", "heading 3", ""),
    ("Voraussetzungen", "", "<w:b/>"),
    ("Wie geht es weiter?", "", '<w:u w:val="single"/>'),
)


@pytest.mark.parametrize("title", ["Title", ""])
def test_a_first_heading_that_alone_is_styled_as_one_has_the_others_beside_it(
    read: Reads, title: str
) -> None:
    told_below = [
        each
        for text, style, properties in LEVELS
        for each in (paragraph(run(text, properties), style=style), paragraph(LONG))
    ]
    body = (paragraph("Anlagenmechaniker/in SHK", style=title), *told_below)
    draft = make_draft(read.word(*body), "probe")
    assert draft.title == "Anlagenmechaniker/in SHK"
    assert headings(draft) == [text for text, _, _ in LEVELS]
    (remark,) = (r for _, r in draft.remarks if r.message.startswith("These headings"))
    assert dict(remark.values)["names"] == "”, “".join(text for text, _, _ in LEVELS[1:])


def test_headings_that_tell_of_the_same_stay_below_the_only_one(read: Reads) -> None:
    body = (
        *(paragraph("Tischler/in", style="Title"), paragraph("Aufgaben", style="heading 1")),
        *(paragraph(LONG), paragraph("Im Büro", style="heading 2"), paragraph(LONG)),
    )
    assert headings(make_draft(read.word(*body), "probe")) == ["Aufgaben"]


def test_an_amount_that_was_taken_elsewhere_is_not_asked_about(read: Reads) -> None:
    text = (
        "# Tischler\n\n## Verdienst\n\nIn der Ausbildung gibt es 900 € / 1.150 Euro, und der Kurs kostet "
        "450 €.\n\n- Im 1. Ausbildungsjahr: 900 €\n- Im 2. Ausbildungsjahr: 1.150 €\n"
    )
    draft = read.draft(text, "text.md")
    assert [each.high for each in draft.pay.training] == [900, 1150]
    asked = [
        dict(r.values).get("amount") for _, r in draft.remarks if "not taken for pay" in r.message
    ]
    assert asked == ["450 €"]


def test_points_of_what_one_does_name_nothing_that_is_asked_for(read: Reads) -> None:
    text = (
        "# Tischler\n\n## Was macht man?\n\n- Möbel bauen und einpassen\n- Fenster einsetzen und prüfen\n"
        "- Hauptschulabschluss oder mehr mitbringen\n- Kundinnen und Kunden beraten\n\n"
        "### Voraussetzungen\n\n- Freude an Holz und Technik\n- Sorgfalt bei der Arbeit\n"
    )
    flyer = read.draft(text, "text.md").flyer
    assert flyer.heading == "Was macht man?"
    assert flyer.points == (
        *("Möbel bauen und einpassen", "Fenster einsetzen und prüfen"),
        "Kundinnen und Kunden beraten",
    )


def test_a_heading_of_tasks_is_not_marked_as_that_of_pay(read: Reads) -> None:
    text = f"# Tischler\n\n## Was macht man?\n\n{LONG}\n\nMan verdient 2.500 € brutto im Monat.\n"
    assert [part.mark for part in read.draft(text, "text.md").parts] == [""]


def test_a_short_form_in_the_title_is_a_way_in_by_its_official_name(read: Reads) -> None:
    text = f"# Anlagenmechaniker/in SHK\n\n## Wege\n\n{LONG}\n\nDie Ausbildung dauert 3,5 Jahre.\n"
    (way,) = (f for f in read.draft(text, "text.md").facts if f.name == "ways_in")
    assert "Sanitär-, Heizungs- und Klimatechnik" in str(way.value)
