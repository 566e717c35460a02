"""Word files as people write them: nothing is lost, nothing is printed that the author took out."""

from careerprint.intake.manuscript import Manuscript
from careerprint.intake.plaintext import read_plain
from careerprint.intake.structure import Draft, find_structure
from careerprint.intake.wordfile import read_word

from .wordfiles import BULLET, NUMBER, paragraph, run, table, word_file

LONG = "Wer hier arbeitet, beginnt früh am Morgen und hat dafür am Nachmittag frei, meistens."


def read(*body: str, **parts: str) -> Manuscript:
    return read_word(word_file(*body, parts=parts), "text.docx")


def read_text(text: str) -> Manuscript:
    from careerprint.intake.manuscript import take_typed_lists

    manuscript = read_plain(text.encode(), "text.txt")
    take_typed_lists(manuscript)
    return manuscript


def texts(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in manuscript.paragraphs]


def remarks(manuscript: Manuscript) -> list[str]:
    return [r.message.format(**dict(r.values)) for r in manuscript.remarks]


def draft(manuscript: Manuscript) -> Draft:
    return find_structure(manuscript, "probe")


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
    from careerprint.intake.manuscript import take_typed_lists

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
    assert len(found.points) >= 3
    assert all(point.endswith(".") and "Abschnitt" not in point for point in found.points)
