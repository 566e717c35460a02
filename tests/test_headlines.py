"""The lines of headings and quotations are balanced."""

from pathlib import Path

import pypdfium2
import pytest

from .cards import CSS, card_workspace
from .conftest import PROFILE, Workspace

SUBTITLE = "Kundenservice (Customer Service) – eine Arbeit für Menschen, die gut zuhören"
PLACED = '{{ place(front.subtitle, "p") }}'


@pytest.fixture
def card(tmp_path: Path) -> Workspace:
    """A workspace with a card whose subtitle is a text in a column of 60 mm, and larger."""
    made = card_workspace(tmp_path / "workspace", ["de"])
    file = made.root / CSS
    style = "body { width: 60mm; hyphens: manual } blockquote { margin: 0 }"
    file.write_text(f"{file.read_text('utf-8')}{style}\n", "utf-8")
    return made


def lines_of(card: Workspace, text: str) -> list[str]:
    """Print the card with a subtitle, and return the lines of it."""
    card.edit(PROFILE, SUBTITLE, text)
    assert card.complaints("card", "de") == []
    page = pypdfium2.PdfDocument(card.pdf("card", "de"))[0].get_textpage()
    lines = [" ".join(line.split()) for line in page.get_text_range().splitlines()]
    first = next(n for n, line in enumerate(lines) if text.startswith(line))
    end = next(n for n, line in enumerate(lines) if text.endswith(line))
    return lines[first : end + 1]


def test_a_quotation_is_balanced_and_a_paragraph_is_not(card: Workspace) -> None:
    said = "Leichter wird die Arbeit nicht, aber sie wird schöner"
    running = lines_of(card, said)
    card.edit(PROFILE, said, SUBTITLE)
    card.edit("layouts/card/card.html.j2", PLACED, f"<blockquote>{PLACED}</blockquote>")
    quoted = lines_of(card, said)
    assert len(quoted) == len(running) == 2
    assert difference(quoted) < difference(running)


def difference(lines: list[str]) -> int:
    return abs(len(lines[0]) - len(lines[-1]))


def test_a_text_without_hyphenation_has_no_last_line_of_one_word(card: Workspace) -> None:
    said = "Die Ausbildung verbindet Betrieb, Schule und Werkstatt miteinander"
    assert [len(line.split()) > 1 for line in lines_of(card, said)] == [True] * 2


def test_a_word_that_has_room_whole_on_as_many_lines_is_not_divided(card: Workspace) -> None:
    lines = lines_of(card, "Gesucht werden Pflegefachfrauen und Pflegefachmänner")
    assert [line.split()[-1] for line in lines] == ["Pflegefachfrauen", "Pflegefachmänner"]


def test_two_words_of_a_heading_stand_below_one_rather_than_above_it(card: Workspace) -> None:
    card.edit("layouts/card/card.html.j2", PLACED, PLACED.replace('"p"', '"h2"'))
    assert lines_of(card, "Herausfinden. Zuhören. Lösen.") == ["Herausfinden.", "Zuhören. Lösen."]
