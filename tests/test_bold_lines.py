"""Questions in bold above their answers are subheadings, whichever file they stand in."""

import pytest

from careerprint.intake.drafting import make_draft
from careerprint.manuscripts.htmltext import read_html
from careerprint.manuscripts.manuscript import Manuscript
from careerprint.manuscripts.odtfile import read_odt
from careerprint.manuscripts.wordfile import read_word

from .test_import import odt_file
from .wordfiles import paragraph, run, word_file

QUESTION, ANSWER = "Geht das auch mit Quali?", "Nicht direkt. Es gibt aber einen Umweg."
BEFORE = "<h1>Beruf</h1><h2>Häufige Fragen</h2><p>Das fragen uns viele.</p>"
BOLD = '<style:text-properties fo:font-weight="{}"/>'
STYLES = "".join(
    f'<style:style style:name="{name}">{BOLD.format(weight)}</style:style>'
    for name, weight in (("P1", "bold"), ("T1", "bold"), ("T2", "normal"))
)
HEADING = (
    '<text:h text:outline-level="1">Beruf</text:h><text:h text:outline-level="2">Häufige Fragen'
    "</text:h><text:p>Das fragen uns viele.</text:p>"
)


def page(body: str) -> Manuscript:
    return read_html(f"{BEFORE}{body}".encode(), "page")


def word(*body: str) -> Manuscript:
    title, head = paragraph("Beruf", style="Title"), paragraph("Häufige Fragen", style="heading 1")
    above = title, head, paragraph("Das fragen uns viele.")
    return read_word(word_file(*above, *body), "text.docx")


def odt(body: str) -> Manuscript:
    return read_odt(odt_file(HEADING + body, STYLES), "text.odt")


BREAK = "<w:r><w:br/></w:r>"
PAGES = {
    "strong": page(f"<p><strong>{QUESTION}</strong><br>{ANSWER}</p>"),
    "b": page(f"<p><b>{QUESTION}<br></b>{ANSWER}</p>"),
    "style": page(f'<p><span style="font-weight:700">{QUESTION}</span><br/>{ANSWER}</p>'),
    "paragraphs": page(f"<p><strong>{QUESTION}</strong></p><p>{ANSWER}</p>"),
    "terms": page(f"<dl><dt>{QUESTION}</dt><dd>{ANSWER}</dd></dl>"),
    "terms in boxes": page(f"<dl><div><dt>{QUESTION}</dt><dd>{ANSWER}</dd></div></dl>"),
    "details": page(f"<details><summary>{QUESTION}</summary><p>{ANSWER}</p></details>"),
    "button": page(f"<h3><button>{QUESTION}</button></h3><div>{ANSWER}</div>"),
    "word": word(paragraph(run(QUESTION, "<w:b/>"), BREAK, ANSWER)),
    "word paragraphs": word(paragraph(run(QUESTION, "<w:b/>")), paragraph(ANSWER)),
    "odt": odt(
        f'<text:p><text:span text:style-name="T1">{QUESTION}</text:span><text:line-break/>'
        f"{ANSWER}</text:p>"
    ),
    "odt paragraph": odt(
        f'<text:p text:style-name="P1">{QUESTION}<text:line-break/>'
        f'<text:span text:style-name="T2">{ANSWER}</text:span></text:p>'
    ),
    "odt paragraphs": odt(
        f'<text:p text:style-name="P1">{QUESTION}</text:p><text:p>{ANSWER}</text:p>'
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_question_in_bold_is_a_subheading_above_its_answer(name: str) -> None:
    draft = make_draft(PAGES[name], "probe")
    *_, question, answer = PAGES[name].paragraphs
    assert (question.kind, question.text, question.markdown) == ("heading", QUESTION, QUESTION)
    assert (answer.kind, answer.markdown) == ("text", ANSWER)
    assert len(draft.manuscript.paragraphs) - 2 in draft.subheadings


def test_a_bold_sentence_and_words_within_one_are_no_headings() -> None:
    found = page("<p><b>Wer hilft, gewinnt.</b></p><p><b>Dauer:</b> drei Jahre</p><p>Ende.</p>")
    assert [(p.kind, p.markdown) for p in found.paragraphs[3:]] == [
        ("text", "Wer hilft, gewinnt."),
        ("text", "**Dauer:** drei Jahre"),
        ("text", "Ende."),
    ]


def test_a_term_with_few_words_is_one_line_with_them() -> None:
    found = page("<dl><dt>Dauer</dt><dd>3 Jahre</dd><dt>Abschluss:</dt><dd>Quali</dd></dl>")
    assert [p.text for p in found.paragraphs[3:]] == ["Dauer: 3 Jahre", "Abschluss: Quali"]


def test_what_frames_a_page_is_told_with_spaces_between_its_links() -> None:
    found = page(
        "<nav><ul><li><a>Start</a></li><li><a>Be<b>ruf</b>e</a></li><li>Koch/Köchin</li></ul></nav>"
        '<div class="share"><button>Teilen</button><button>Drucken</button></div>'
    )
    told = [value for remark in found.remarks for _, value in remark.values]
    assert told == ["Start Berufe Koch/Köchin", "Teilen Drucken"]
