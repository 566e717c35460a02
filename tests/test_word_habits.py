"""Word files as people write them: nothing is lost, nothing is printed that the author took out."""

from collections.abc import Callable

import pytest

from careerprint.extraction.structure import Draft
from careerprint.intake.drafting import make_draft
from careerprint.intake.factlines import SAID_IN_LIST
from careerprint.manuscripts.furniture import leave_out_furniture
from careerprint.manuscripts.manuscript import Manuscript
from careerprint.manuscripts.plaintext import read_plain
from careerprint.manuscripts.wordfile import read_word

from .wordfiles import BULLET, NUMBER, paragraph, run, table, word_file

LONG = "Wer hier arbeitet, beginnt früh am Morgen und hat dafür am Nachmittag frei, meistens."


def read(*body: str, **parts: str) -> Manuscript:
    return read_word(word_file(*body, parts=parts), "text.docx")


def read_text(text: str) -> Manuscript:
    from careerprint.manuscripts.manuscript import take_typed_lists

    manuscript = read_plain(text.encode(), "text.txt")
    take_typed_lists(manuscript)
    return manuscript


def texts(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in manuscript.paragraphs]


def remarks(manuscript: Manuscript) -> list[str]:
    return [r.message.format(**dict(r.values)) for r in manuscript.remarks]


def draft(manuscript: Manuscript) -> Draft:
    return make_draft(manuscript, "probe")


def test_what_is_struck_out_or_hidden_is_left_out_and_named() -> None:
    found = read(
        paragraph("Das Gehalt liegt bei ", run("2.300 ", "<w:strike/>"), "2.500 Euro."),
        paragraph("Melden Sie sich.", run(" INTERN: nicht weitergeben", "<w:vanish/>")),
        paragraph("Bleibt", run(" stehen", '<w:strike w:val="0"/>'), "."),
    )
    assert [text for _, text in texts(found)] == [
        "Das Gehalt liegt bei 2.500 Euro.",
        "Melden Sie sich.",
        "Bleibt stehen.",
    ]
    assert remarks(found) == [
        "Left out, because it is struck out in the document: “2.300”",
        "Left out, because it is hidden in the document: “INTERN: nicht weitergeben”",
    ]


def test_the_result_of_a_field_stays_in_its_sentence() -> None:
    field = f'<w:fldSimple w:instr=" DOCPROPERTY Lohn ">{run("2.450 Euro")}</w:fldSimple>'
    assert texts(read(paragraph("Es gibt ", field, " im Monat."))) == [
        ("text", "Es gibt 2.450 Euro im Monat.")
    ]


def test_text_boxes_follow_the_paragraph_that_they_are_anchored_in() -> None:
    box = f"<w:txbxContent>{paragraph('Anmeldung bis 31. März.')}</w:txbxContent>"
    shape = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice></mc:AlternateContent></w:r>"
    found = read(paragraph("Neben dem Text.", shape), paragraph("Danach."))
    assert [text for _, text in texts(found)] == [
        "Neben dem Text.",
        "Anmeldung bis 31. März.",
        "Danach.",
    ]


def test_what_is_lost_is_named_with_its_words_even_beside_a_footnote() -> None:
    formula = "<m:oMath><m:r><m:t>a plus b</m:t></m:r></m:oMath>"
    found = read(paragraph("Davor."), paragraph(formula), paragraph("Danach."))
    assert remarks(found) == ["This is not taken over: “a plus b”"]


def test_numbers_and_letters_are_those_that_the_text_refers_to() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    found = read(
        paragraph("suchen", numbering=1),
        paragraph("schreiben", numbering=1),
        paragraph("Dazwischen ein Satz."),
        paragraph("kommen", numbering=1),
        paragraph("mit Abschluss", numbering=2),
        paragraph("ohne Abschluss", numbering=2),
        numbering=numbering,
    )
    assert [(p.kind, p.number, p.text) for p in found.paragraphs] == [
        ("number", 1, "suchen"),
        ("number", 2, "schreiben"),
        ("text", 0, "Dazwischen ein Satz."),
        ("number", 3, "kommen"),
        ("text", 0, "a) mit Abschluss"),
        ("text", 0, "b) ohne Abschluss"),
    ]


def test_bullets_of_word_stay_bullets() -> None:
    found = read(paragraph("eins", numbering=BULLET), paragraph("zwei", numbering=NUMBER))
    assert [kind for kind, _ in texts(found)] == ["bullet", "number"]


def test_typed_bullets_become_lists_and_join_nothing() -> None:
    found = read_text(
        "Aufgaben\n\n"
        "- Baugruppen und Komponenten zu ganzen Systemen montieren\n"
        "- Anlagen in Betrieb nehmen, die vorher niemand gesehen hat\n\n"
        "• eins\n• zwei\n\n- allein steht ein Strich nur so da"
    )
    assert texts(found) == [
        ("text", "Aufgaben"),
        ("bullet", "Baugruppen und Komponenten zu ganzen Systemen montieren"),
        ("bullet", "Anlagen in Betrieb nehmen, die vorher niemand gesehen hat"),
        ("bullet", "eins"),
        ("bullet", "zwei"),
        ("text", "- allein steht ein Strich nur so da"),
    ]


def test_a_short_line_above_a_list_is_a_heading_and_an_item_never_is() -> None:
    found = draft(
        read_text(
            "Mechatronik in Musterstadt\n\nKurzprofil\n\n- drei Jahre\n- im Betrieb\n\n"
            "Aufgaben\n\n- montieren\n- prüfen\n"
        )
    )
    assert [part.heading.text for part in found.parts] == ["Kurzprofil", "Aufgaben"]


def test_bold_lines_are_headings_and_bold_sentences_are_not() -> None:
    found = read(
        paragraph(run("Aufgaben", "<w:b/>")),
        paragraph(LONG),
        paragraph(run("Das ist wichtig.", "<w:b/>")),
    )
    assert [kind for kind, _ in texts(found)] == ["heading", "text", "text"]


def test_lines_within_a_paragraph_are_parted_where_people_part_them() -> None:
    broken = f"<w:r><w:br/></w:r>{run(LONG)}"
    found = read(paragraph(run("Aufgaben", "<w:b/>"), broken))
    assert texts(found) == [("heading", "Aufgaben"), ("text", LONG)]


def test_styles_that_are_based_on_headings_are_headings() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="Kapitel"/>'
        '<w:basedOn w:val="heading1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="heading1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="O"><w:name w:val="Eigene"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    outlined = paragraph("Direkt").replace("<w:pPr>", '<w:pPr><w:outlineLvl w:val="2"/>')
    found = read(
        paragraph("Eins", style="K"), paragraph("Zwei", style="O"), outlined, styles=styles
    )
    assert [(p.kind, p.level) for p in found.paragraphs] == [("heading", n) for n in (1, 2, 3)]


def test_a_table_that_lays_out_the_page_is_its_contents_and_one_of_data_stays_one() -> None:
    cells = [f"<w:tc>{paragraph('Links', style='heading 1')}{paragraph(LONG)}</w:tc>"]
    cells.append(f"<w:tc>{paragraph('rechts', numbering=BULLET)}</w:tc>")
    layout = f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    assert texts(read(layout)) == [("heading", "Links"), ("text", LONG), ("bullet", "rechts")]
    data = table(("Jahr", "Vergütung"), ("1.", "1.150 €"))
    found = read(data)
    assert texts(found) == [("table", "Jahr Vergütung\n1. 1.150 €")]
    assert found.paragraphs[0].markdown == "| Jahr | Vergütung |\n|---|---|\n| 1. | 1.150 € |"


def test_signs_of_symbol_fonts_are_bullets() -> None:
    from careerprint.manuscripts.manuscript import take_typed_lists

    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    letter = run("à", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    found = read(paragraph(arrow, " zur Kammer"), paragraph(letter, " zum Betrieb"))
    take_typed_lists(found)
    assert texts(found) == [("bullet", "zur Kammer"), ("bullet", "zum Betrieb")]


def test_points_of_the_flyer_are_whole_sentences_and_no_headings() -> None:
    sections = "".join(
        paragraph(f"Abschnitt {n}", style="heading 1")
        + paragraph(f"{LONG} Satz Nummer {n} ist kurz und ganz.")
        for n in (1, 2, 3, 4, 5)
    )
    found = draft(read(paragraph("Titel", style="Title"), sections))
    assert len(found.flyer.points) >= 3
    assert all(point.endswith(".") and "Abschnitt" not in point for point in found.flyer.points)


_DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_CHART = f'{_DRAWING} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def _box(word: str) -> str:
    return f"<w:txbxContent>{paragraph(word)}</w:txbxContent>"


# Where Word keeps text, each as what stands in the body and in other parts, by a word.
CONTAINERS: dict[str, Callable[[str], tuple[str, dict[str, str]]]] = {
    "paragraph": lambda w: (paragraph(w), {}),
    "cell": lambda w: (table((w, "zwei"), ("drei", "vier")), {}),
    "cell in a cell": lambda w: (
        f"<w:tbl><w:tr><w:tc>{table((w, 'x'), ('y', 'z'))}<w:p/></w:tc></w:tr></w:tbl>",
        {},
    ),
    "text box": lambda w: (
        paragraph(
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{_box(w)}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{_box(w)}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        {},
    ),
    "VML text box": lambda w: (
        paragraph(
            f"<w:r><w:pict><v:shape {_V}><v:textbox>{_box(w)}</v:textbox></v:shape></w:pict></w:r>"
        ),
        {},
    ),
    "WordArt": lambda w: (
        paragraph(
            f'<w:r><w:pict><v:shape {_V}><v:textpath string="{w}"/></v:shape></w:pict></w:r>'
        ),
        {},
    ),
    "SmartArt": lambda w: (
        paragraph("Bild"),
        {"diagrams/data1": f"<d><a:t {_DRAWING}>{w}</a:t></d>"},
    ),
    "chart": lambda w: (
        paragraph("Bild"),
        {"charts/chart1": f"<d><c:strCache {_CHART}><c:pt><c:v>{w}</c:v></c:pt></c:strCache></d>"},
    ),
    "chart title": lambda w: (
        paragraph("Bild"),
        {"charts/chart1": f"<d><a:t {_CHART}>{w}</a:t></d>"},
    ),
    "alternative": lambda w: (
        paragraph(
            f"<mc:AlternateContent><mc:Choice>{run(w)}</mc:Choice>"
            f"<mc:Fallback>{run(w)}</mc:Fallback></mc:AlternateContent>"
        ),
        {},
    ),
    "simple field": lambda w: (paragraph(f'<w:fldSimple w:instr="X">{run(w)}</w:fldSimple>'), {}),
    "complex field": lambda w: (
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(w)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        {},
    ),
    "content control": lambda w: (
        f"<w:sdt><w:sdtContent>{paragraph(w)}</w:sdtContent></w:sdt>",
        {},
    ),
    "content control in a line": lambda w: (
        paragraph(f"<w:sdt><w:sdtContent>{run(w)}</w:sdtContent></w:sdt>"),
        {},
    ),
    "content control around cells": lambda w: (
        f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{paragraph(w)}</w:tc></w:sdtContent></w:sdt>"
        f"<w:tc>{paragraph('x')}</w:tc></w:tr><w:tr><w:tc>{paragraph('y')}</w:tc>"
        f"<w:tc>{paragraph('z')}</w:tc></w:tr></w:tbl>",
        {},
    ),
    "smart tag": lambda w: (paragraph(f"<w:smartTag>{run(w)}</w:smartTag>"), {}),
    "custom XML": lambda w: (f"<w:customXml>{paragraph(w)}</w:customXml>", {}),
    "insertion": lambda w: (paragraph(f"<w:ins>{run(w)}</w:ins>"), {}),
    "move": lambda w: (paragraph(f"<w:moveTo>{run(w)}</w:moveTo>"), {}),
    "deletion": lambda w: (
        paragraph(f"<w:del><w:r><w:delText>{w}</w:delText></w:r></w:del>", "bleibt"),
        {},
    ),
    "turned run": lambda w: (paragraph(f'<w:bdo w:val="ltr">{run(w)}</w:bdo>'), {}),
    "direction": lambda w: (paragraph(f'<w:dir w:val="ltr">{run(w)}</w:dir>'), {}),
    "ruby": lambda w: (
        paragraph(
            f"<w:r><w:ruby><w:rt>{run(w)}</w:rt><w:rubyBase>{run('Grund')}</w:rubyBase></w:ruby></w:r>"
        ),
        {},
    ),
    "ruby base": lambda w: (
        paragraph(f"<w:r><w:ruby><w:rubyBase>{run(w)}</w:rubyBase></w:ruby></w:r>"),
        {},
    ),
    "formula": lambda w: (paragraph(f"<m:oMath><m:r><m:t>{w}</m:t></m:r></m:oMath>"), {}),
    "hidden": lambda w: (paragraph(run(w, "<w:vanish/>"), "bleibt"), {}),
    "struck": lambda w: (paragraph(run(w, "<w:strike/>"), "bleibt"), {}),
    "footnote": lambda w: (
        paragraph("Satz", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        {"footnotes": f'<w:footnote w:id="2">{paragraph(w)}</w:footnote>'},
    ),
    "endnote": lambda w: (
        paragraph("Satz", '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        {"endnotes": f'<w:endnote w:id="2">{paragraph(w)}</w:endnote>'},
    ),
    "comment": lambda w: (
        paragraph("Satz"),
        {"comments": f'<w:comment w:id="1" w:author="x">{paragraph(w)}</w:comment>'},
    ),
    "header": lambda w: (paragraph("Satz"), {"header1": paragraph(w)}),
    "footer": lambda w: (paragraph("Satz"), {"footer2": paragraph(w)}),
    "embedded document": lambda w: (
        f'<w:altChunk xmlns:r="{_REL}" r:id="c"/>{paragraph(w)}',
        {},
    ),
}
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TAKEN = {
    *("paragraph", "cell", "cell in a cell", "text box", "VML text box", "alternative"),
    *("simple field", "complex field", "content control", "content control in a line"),
    *("content control around cells", "smart tag", "custom XML", "insertion", "move"),
    *("turned run", "direction", "ruby base", "embedded document"),
}


def test_every_word_of_a_package_is_taken_over_or_named_once() -> None:
    """Each container alone, all together, and pairs of them: the inventory adds up."""
    names = list(CONTAINERS)
    together = (
        [[name] for name in names]
        + [names]
        + [[names[n], names[(n * 7 + 3) % len(names)]] for n in range(len(names))]
    )
    for chosen in together:
        words = {name: f"Wort{n:02}wort" for n, name in enumerate(names) if name in chosen}
        made = [CONTAINERS[name](word) for name, word in words.items()]
        parts: dict[str, str] = {}
        for _, more in made:
            for name, content in more.items():
                parts[name] = parts.get(name, "") + content
        found = read(*(body for body, _ in made), **parts)
        printed = " ".join(text for _, text in texts(found))
        told = " ".join(remarks(found))
        for name, word in words.items():
            counts = (printed.count(word), told.count(word))
            assert counts == ((1, 0) if name in TAKEN else (0, 1)), (name, chosen, told)


def test_a_table_of_contents_of_word_is_left_out_and_named() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('Inhalt')}"
        f"{paragraph('Alltag 1')}</w:sdtContent></w:sdt>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="V1"><w:name w:val="toc 1"/></w:style>'
    found = read(contents, paragraph("Verdienst 2", style="V1"), paragraph(LONG), styles=styles)
    assert texts(found) == [("text", LONG)]
    assert remarks(found) == [
        f"The table of contents is not taken over: “{text}”"
        for text in ("Inhalt", "Alltag 1", "Verdienst 2")
    ]


FURNITURE = [
    "Lesezeit: 4 Minuten",
    "Start > Berufe > Pflege",
    "Inhalt",
    "Alltag .......... 1",
    "Seite 1 von 4",
    "– 2 –",
    "Wir verwenden Cookies, um unsere Seite zu verbessern.",
    "Zum Inhalt springen",
]
TEXT = [
    "Pflege in Musterstadt",
    "Inhalt der Ausbildung",
    "Seite an Seite mit Fachleuten",
    "Die Lesezeit: 4 Minuten am Tag für die Übergabe.",
    "Wer > 18 Jahre alt ist, darf mehr",
    "Auf Seite 3 steht mehr dazu.",
    "24/7",
    LONG,
]


def test_what_frames_a_page_is_left_out_and_named_and_text_stays() -> None:
    found = read_text("\n\n".join([*FURNITURE[:3], *TEXT, *FURNITURE[3:]]))
    leave_out_furniture(found)
    kept = [text for _, text in texts(found)]
    assert kept == ["Inhalt", *TEXT]  # no entry of a table stands below that line
    beside = read_text("\n\n".join([*FURNITURE, *TEXT]))
    leave_out_furniture(beside)
    assert [text for _, text in texts(beside)] == TEXT
    assert [r.rpartition(": “")[2] for r in remarks(beside)] == [f"{t}”" for t in FURNITURE]


@pytest.mark.parametrize("size", ['<w:sz w:val="36"/>', ""])
@pytest.mark.parametrize("before", [(), ("Zahlen bitte vor dem Druck nochmal prüfen!!",)])
def test_a_bold_line_at_the_top_is_the_title_where_bold_lines_are_headings(
    size: str, before: tuple[str, ...]
) -> None:
    bold = "<w:b/>"
    found = read(
        *map(paragraph, before if size else ()),
        paragraph(run("Erzieher/in in Kassel", bold + size)),
        *map(paragraph, before),
        paragraph(LONG),
        paragraph(run("Ausbildung", bold)),
        paragraph(LONG),
        paragraph(run("Verdienst", bold)),
        paragraph(LONG),
    )
    leave_out_furniture(found)
    made = draft(found)
    assert (made.title, made.teaser) == ("Erzieher/in in Kassel", LONG)
    assert [part.heading.text for part in made.parts] == ["Ausbildung", "Verdienst"]


NOTES = [
    "Stand: Oktober 2026 – Entwurf, bitte noch gegenlesen!",
    "ENTWURF",
    "Bitte noch prüfen!",
    "Zahlen bitte vor dem Druck nochmal prüfen!!",
    "Bitte das Foto noch austauschen",
    "TODO: Zitat einholen",
]
CONTACTS = [
    "Kontakt: Beratung Kassel, Frau Muster, Telefon 0561 701-0, E-Mail kassel@rat.internal",
    "Tel.: 0561 7010",
]


def test_notes_of_editors_and_the_contact_at_the_end_are_left_out_with_their_words() -> None:
    stays = [
        "Stand der Technik ist der Mähroboter.",
        "Der Entwurf eines Gartens gehört dazu.",
        "Bitte prüfen Sie Ihre Unterlagen noch einmal.",
        "Zahlen zu prüfen gehört dazu.",
        "Kontakt: Tel. 0561 701-0",  # not at the end
    ]
    found = read_text("\n\n".join(["Gärtner in Kassel", *NOTES, *stays, LONG, *CONTACTS]))
    leave_out_furniture(found)
    assert [text for _, text in texts(found)] == ["Gärtner in Kassel", *stays, LONG]
    told = remarks(found)
    assert all(f"“{text}”" in " ".join(told) for text in NOTES)
    (contact,) = [each for each in told if "whom to turn to" in each]  # a block is told once
    assert f"“{'; '.join(CONTACTS)}”" in contact


@pytest.mark.parametrize("heading", ["Kontakt", "Ansprechpartnerin:"])
def test_a_block_of_lines_below_such_a_heading_is_a_contact_and_a_section_is_not(
    heading: str,
) -> None:
    lines = [heading, "Beratung Kassel", "Frau Muster", "Musterstraße 6", "Telefon 0561 7010"]
    found = read_text("\n\n".join(["Gärtner in Kassel", LONG, *lines]))
    leave_out_furniture(found)
    assert [text for _, text in texts(found)] == ["Gärtner in Kassel", LONG]
    assert all(line in " ".join(remarks(found)) for line in lines)
    section = read_text("\n\n".join(["Gärtner in Kassel", heading, "Telefon 0561 7010", LONG]))
    leave_out_furniture(section)
    assert len(texts(section)) == 4


OFFICES = {
    "one paragraph": ["Ihre Berufsberatung: Telefon 0561 7010, E-Mail kassel@rat.internal"],
    "lines": [
        "Ihre Berufsberatung",
        "Telefon: 0561 7010",
        "E-Mail: a@rat.internal",
        "www.rat.internal",
    ],
    "an address": [
        *("Noch Fragen?", "Agentur für Arbeit Kassel", "Musterstraße 1", "00000 Musterstadt"),
        *("0561 7010", "kassel@rat.internal"),
    ],
    "bars": ["Ihre Beratungsstelle Kassel | Tel. 0561 / 7010 | kassel@rat.internal"],
    "an invitation": ["Sprechen Sie uns an! Tel. 0561 7010"],
    "a team": ["Ihr Team der Berufsberatung, Tel. 0561 7010, kassel@rat.internal"],
}


@pytest.mark.parametrize("lines", OFFICES.values(), ids=OFFICES)
def test_an_office_and_how_it_is_reached_at_the_end_is_left_out_and_told(lines: list[str]) -> None:
    stays = ["Gärtner in Kassel", LONG, "Mehr dazu: www.rat.internal/gaertner"]
    found = read_text("\n\n".join([*stays, *lines]))
    leave_out_furniture(found)
    assert [text for _, text in texts(found)] == stays
    assert any(
        "whom to turn to" in told and all(x in told for x in lines) for told in remarks(found)
    )


@pytest.mark.parametrize(
    "said",
    [
        "Sprechen Sie uns gern an. Sie erreichen uns unter Telefon 0561 7010.",
        "Ihre Beraterin: Frau Muster, kassel@rat.internal",
        "Sie möchten mehr wissen? Rufen Sie an: 0561 701000.",
    ],
)
def test_a_contact_among_sentences_at_the_end_stays_and_is_asked_about(said: str) -> None:
    found = read_text("\n\n".join(["Gärtner in Kassel", LONG, said]))
    leave_out_furniture(found)
    assert texts(found)[-1][1] == said
    assert any(f"“{said}” tells how somebody is reached" in told for told in remarks(found))


@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "({}) ", "Schritt {}: ", "Schritt {} – "])
def test_steps_with_typed_numbers_are_a_numbered_list(mark: str) -> None:
    steps = ["Termin vereinbaren", "Praktikum machen", "Bewerbung schreiben"]
    lines = [f"{mark.format(n)}{step}" for n, step in enumerate(steps, 1)]
    found = read_text("\n\n".join(["Gärtner in Kassel", LONG, "Nächste Schritte", *lines]))
    assert texts(found)[-3:] == [("number", step) for step in steps]
    made = draft(found)
    (fact,) = made.facts
    assert (fact.name, fact.value) == ("next_steps", [{"what": step} for step in steps])
    assert SAID_IN_LIST in [remark.message for _, remark in made.remarks]


def test_the_section_that_says_what_is_paid_is_marked_and_not_one_that_names_it_alone() -> None:
    lehre = "Im ersten Lehrjahr sind es 900 Euro, im zweiten 1.000 Euro, im dritten 1.100 Euro."
    later = "Gesellen verdienen 2.600 bis 3.200 Euro brutto im Monat."
    found = read_text(f"Tischler\n\nAusbildungsvergütung\n\n{lehre}\n\nNach der Prüfung\n\n{later}")
    marks = {part.heading.text: part.mark for part in draft(found).parts}
    assert marks == {"Ausbildungsvergütung": "", "Nach der Prüfung": "pay"}


def test_an_introduction_below_a_heading_stands_in_the_text_no_more() -> None:
    items = [paragraph(each, numbering=BULLET) for each in ("Bäume pflanzen", "Hecken schneiden")]
    found = read(
        paragraph("Gärtner in Kassel", style="Title"),
        paragraph("Aufgaben", style="heading 1"),
        paragraph(LONG),
        *items,
    )
    made = draft(found)
    inside = [found.paragraphs[at].text for at in made.parts[0].inside]
    assert (made.teaser, inside) == (LONG, ["Bäume pflanzen", "Hecken schneiden"])
    alone = draft(
        read(
            paragraph("Gärtner", style="Title"),
            paragraph("Aufgaben", style="heading 1"),
            paragraph(LONG),
        )
    )
    assert len(alone.parts[0].inside) == 1, "the section would be empty"


def test_typed_numbers_that_count_no_steps_stay_text() -> None:
    years = ["1. Ausbildungsjahr: viel Handarbeit", "2. Ausbildungsjahr: mehr Maschinen"]
    days = ["1. August: Beginn der Ausbildung", "2. August: Einführung im Betrieb"]
    apart = ["1. Vereinbaren Sie einen Termin.", LONG, "3. Schreiben Sie eine Bewerbung."]
    found = read_text("\n\n".join(["Gärtner in Kassel", LONG, *years, *days, *apart]))
    assert {kind for kind, _ in texts(found)} == {"text"}


def test_a_running_head_stays_once_and_an_item_of_a_list_always() -> None:
    head = "Berufsbild Pflege – Beratungsstelle"
    found = read(
        *(part for _ in range(3) for part in (paragraph(head), paragraph(LONG))),
        *(paragraph("Teamarbeit", numbering=BULLET) for _ in range(3)),
    )
    leave_out_furniture(found)
    kept = [text for _, text in texts(found)]
    assert (kept.count(head), kept.count(LONG), kept.count("Teamarbeit")) == (1, 3, 3)
    sub = read_text("\n\n".join(["Drei Berufe", *["Ausbildung", LONG] * 3]))
    leave_out_furniture(sub)
    assert [text for _, text in texts(sub)].count("Ausbildung") == 3


@pytest.mark.parametrize(
    "line",
    [
        "Stand: November 2026 · Entwurf für die Ausbildungsmesse",
        "Arbeitsfassung vom 12.11.2026, Stand: November 2026",
        "Entwurf für die Messe",
        "Mehr anzeigen ▼",
        "Weiterlesen »",
        "Quelle: www.example.org | Teilen | Drucken",
        "Diese Seite drucken | Teilen | Zum Seitenanfang ↑",
        "Impressum | Datenschutz | Kontakt",
        "Copyright © 2019–2025 Musterportal",
        "© 2025 Musterportal – Alle Rechte vorbehalten. Cookie-Einstellungen",
        "Merken · Drucken",
        "Lesen Sie auch: Zehn Berufe im Handwerk >>",
        "Das könnte dich auch interessieren",
    ],
)
def test_what_frames_a_page_is_left_out_and_named(line: str) -> None:
    found = Manuscript()
    for text in ("Tischler", line, "Tischlerinnen und Tischler bauen Möbel."):
        found.add("text", text)
    leave_out_furniture(found)
    assert [p.text for p in found.paragraphs] == [
        "Tischler",
        "Tischlerinnen und Tischler bauen Möbel.",
    ]
    assert [dict(r.values)["text"] for r in found.remarks] == [line]


@pytest.mark.parametrize(
    "line",
    ["Entwurf von Bädern", "Lesen Sie auch unsere Broschüre.", "Facebook / Instagram", "Drucken"],
)
def test_what_may_be_part_of_a_text_stays(line: str) -> None:
    found = Manuscript()
    for text in ("Mediengestalterin", line, "Sie gestalten Seiten."):
        found.add("text", text)
    leave_out_furniture(found)
    assert [p.text for p in found.paragraphs][1] == line


def test_marks_of_an_encyclopedia_are_taken_out_of_the_text() -> None:
    found = Manuscript()
    found.add("heading", "Aufgaben [Bearbeiten]", level=1)
    found.add("text", "Sie bauen Bäder ein.[1] Sie warten Heizungen.[2]")
    found.add("text", "[2] Statistisches Bundesamt, 2025")
    leave_out_furniture(found)
    assert [(p.text, p.markdown) for p in found.paragraphs[:2]] == [
        ("Aufgaben", "Aufgaben"),
        (
            "Sie bauen Bäder ein. Sie warten Heizungen.[2]",
            "Sie bauen Bäder ein. Sie warten Heizungen.\\[2\\]",
        ),
    ]
    assert [dict(r.values)["text"] for r in found.remarks] == ["[Bearbeiten]", "[1]"]


@pytest.mark.parametrize(
    "block",
    [
        (
            "Fragen? Wir sind für dich da",
            *("Berufsberatung Musterstadt", "Musterstraße 1", "00000 Musterstadt"),
            *("Telefon 0000 000000", "beratung@example.org"),
            "Termine nach Vereinbarung, Mo–Do 8–16 Uhr",
        ),
        (
            *("Du hast Fragen?", "Wir beraten dich gern."),
            "Berufsberatung Musterstadt · 0000 000000 · beratung@example.org",
            "Sprechzeiten: Mo, Di, Do 9.00–12.30 Uhr und nach Vereinbarung",
        ),
        (
            *("Noch Fragen? Komm vorbei!", "Zimmer 12", "Tel. 0000 000000"),
            "Montag bis Donnerstag von 8 bis 16 Uhr",
        ),
    ],
)
def test_a_closing_block_that_says_whom_to_ask_is_left_out_whole(block: tuple[str, ...]) -> None:
    found = Manuscript()
    for text in ("Tischler", "Tischlerinnen und Tischler bauen Möbel.", *block):
        found.add("text", text)
    leave_out_furniture(found)
    assert len(found.paragraphs) == 2
    assert [dict(r.values)["text"] for r in found.remarks] == ["; ".join(block)]
