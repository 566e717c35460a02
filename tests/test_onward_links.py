"""Links that lead on to another page: left out of what is printed, and told by their words."""

import pytest

from careerprint.manuscripts.furniture import leave_out_furniture
from careerprint.manuscripts.htmltext import read_html
from careerprint.manuscripts.manuscript import Manuscript, Paragraph, reads_as
from careerprint.manuscripts.plaintext import read_plain

TO = "https://www.example.org/mehr"


def left_of(found: Manuscript) -> tuple[list[Paragraph], list[str]]:
    """Return the paragraphs of a manuscript without furniture, and the words that went."""
    leave_out_furniture(found)
    return found.paragraphs, [
        str(text) for r in found.remarks for key, text in r.values if key == "text"
    ]


def page(body: str) -> Manuscript:
    return read_html(f"<h1>Beruf</h1><p>Ein erster Satz steht hier.</p>{body}".encode(), "page")


@pytest.mark.parametrize("to", [TO, "/mehr", "#"])
@pytest.mark.parametrize(
    "words",
    [
        "Mehr erfahren", "Mehr erfahren »", "→ Mehr dazu", "Weiterlesen", "weiterlesen …", "Hier klicken",
        "Zum Angebot", "Jetzt bewerben »", "Details", "Details anzeigen", "Alle anzeigen",
        "Alle Stellen anzeigen", "Nach oben ↑", "Mehr Infos zur Ausbildung in Teilzeit", "Zur Jobbörse",
        "Weitere Informationen", "[mehr]",
    ],
)  # fmt: skip
def test_a_link_that_leads_on_goes_from_where_it_stands(words: str, to: str) -> None:
    link = f'<a href="{to}">{words}</a>'
    body = (
        f"<p>Man lernt <b>viel</b>. {link}</p><p>{link}</p><ul><li>Sport machen {link}</li>"
        f"<li>{link}</li></ul>"
    )
    paragraphs, told = left_of(page(body))
    kept = ["Man lernt viel.", "Sport machen"]
    if words[0].islower():  # it may go on from what stands before
        kept[1] += f" {words}"
    assert [p.text for p in paragraphs[2:]] == kept
    assert paragraphs[2].markdown == "Man lernt **viel**."
    assert told == [words]


@pytest.mark.parametrize(
    "body",
    [
        f'<p>Auf der Seite kannst du <a href="{TO}">mehr erfahren</a>.</p>',
        f'<p>Hier steht alles über die <a href="{TO}">Ausbildung im Betrieb</a></p>',
        "<p>Wer will, kann im BiZ mehr erfahren.</p>",
        "<p>Du hast Lust? Jetzt bewerben!</p>",
        f'<h2>Mehr erfahren</h2><p>Das BiZ hilft.</p><h2><a href="{TO}">Details</a></h2><p>Ja.</p>',
        "<p>Details</p><p>Man feilt an jedem Stück.</p>",
        f'<ul><li><a href="{TO}">Kinderpfleger/in</a></li><li>Sport treiben</li></ul>',
        "<p>Was macht man? Nach oben klettern.</p>",
        "<p>Die Menschen wollen mehr. Weiter geht es mit Elan.</p>",
    ],
)
def test_a_sentence_and_a_heading_stay(body: str) -> None:
    before = [p.markdown for p in page(body).paragraphs]
    paragraphs, told = left_of(page(body))
    assert ([p.markdown for p in paragraphs], told) == (before, [])


def test_without_its_link_it_is_known_by_its_words_behind_a_sentence() -> None:
    text = "Beruf\n\nMan redet zwischen Tür und Angel. Mehr erfahren\n\nWer lernt … Weiterlesen »\n\nEs geht weiter. Zum Video ►\n"
    paragraphs, told = left_of(read_plain(text.encode(), "text.txt"))
    assert [reads_as(p.markdown) for p in paragraphs[1:]] == [
        "Man redet zwischen Tür und Angel.", "Wer lernt …", "Es geht weiter.",
    ]  # fmt: skip
    assert told == ["Mehr erfahren", "Weiterlesen »", "Zum Video ►"]
