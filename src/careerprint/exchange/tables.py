"""Writes and reads tables of texts for translators: Excel's, and tables in Word documents.

Original and translation stand side by side. The first column has the keys; the head of the last but
one names the locale. What Word makes of a cell (runs, tracked changes, fields) is read as its text.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from careerprint.core.diagnostics import refuse
from careerprint.exchange.notes import GERMAN
from careerprint.exchange.returns import Delivery, Returned, clean, known_key
from careerprint.exchange.units import STALE, Unit
from careerprint.fairs.cells import Worksheet, as_text
from careerprint.fairs.opendocument import read_ods
from careerprint.fairs.openxml import read_xlsx
from careerprint.manuscripts.wordpackage import DAMAGED, MAIN, word_parts
from careerprint.profiles.catalogs import locale_name

MOST_ROWS = 20_000
# Heads of columns. The files go to translators in Germany: German, as profiles are.
_HEADS = (
    "Kennung (nicht ändern)",
    "Zu tun (passt die Übersetzung noch, schreiben Sie „passt“)",
    "Wo der Text steht",
    "Original",
    "{language} ({locale})",
    "Zeichen höchstens",
)
_KEY, _TASK, _ORIGINAL, _TRANSLATION = 0, 1, 3, 4
_SAID = re.compile(r"\(([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\)\s*$")
# What a translator writes of a translation that fits its reworded original: alone, or beside what
# the file says there, which ends in a quotation.
_FITS = r"(?:x|passt(?: noch)?|stimmt|ok|ja|✓|✔)"
_SAID_TO_FIT = re.compile(
    rf"\W*{_FITS}\W*(?:{STALE}.*)?|{STALE}.*(?:“|anpassen)\W*{_FITS}\W*", re.IGNORECASE | re.DOTALL
)
_TO_DO = "FFF2CC"
_WIDTHS = (10, 34, 20, 54, 54, 12)  # characters, in Excel
_ADVICE = (
    "Bitte übersetzen Sie in der Spalte mit dem Namen der Sprache; die Spalte „Zu tun“ sagt, was "
    "neu oder neu gefasst ist. Was für eine Angabe steht, bleibt, wie es ist: {pay.entry} und "
    "%(name)s zum Beispiel. Es darf im Satz an anderer Stelle stehen. Auch die Kennungen bleiben. "
    "Ein Text, in dem eine Zahl steht, kommt mehrmals vor, wo Ihre Sprache mehrere Formen hat; „Wo "
    "der Text steht“ sagt, bei welchen Zahlen die Form steht. Zu einer Übersetzung, die noch passt "
    "oder die Sie gut finden, schreiben Sie „passt“ in „Zu tun“."
)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def cells_of(unit: Unit) -> Iterable[str]:
    """Return a unit as the cells of a row: key, task, place, original, translation, budget."""
    place = unit.place(GERMAN)
    return unit.key, unit.task, place, unit.shown, unit.translation, str(unit.most)


def heads(locale: str) -> list[str]:
    """Return the heads of the columns, the locale among them."""
    language = locale_name(locale, "de")
    return [head.format(language=language, locale=locale) for head in _HEADS]


def write_xlsx(texts: Iterable[Unit], locale: str) -> bytes:
    """Return texts as an Excel file in which nothing but translations can be changed."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = locale[:31]
    sheet.append(heads(locale))
    for unit in texts:
        sheet.append([*[*cells_of(unit)][:-1], unit.most])
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(2):
        for cell in (row[_TASK], row[_TRANSLATION]):
            cell.protection = Protection(locked=False)
            cell.fill = PatternFill("solid" if row[_TASK].value else None, start_color=_TO_DO)
    for cell in sheet[get_column_letter(_KEY + 1)]:
        cell.font = Font(color="808080", size=8)
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    advice: Any = book.create_sheet("Hinweise")
    advice["A1"] = _ADVICE
    advice["A1"].alignment = Alignment(wrap_text=True, vertical="top")
    advice.column_dimensions["A"].width = 100
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read_spreadsheet(content: bytes, place: str) -> Delivery:
    """Return what an .xlsx or .ods file holds; raises Refused."""
    is_ods = b"opendocument.spreadsheet" in content[:200]
    found: list[Worksheet] = (read_ods if is_ods else read_xlsx)(content, place, MOST_ROWS)
    rows = [
        (row.number, [as_text(row.cell(n)) for n in range(len(_HEADS))])
        for sheet in found
        for row in sheet.rows
    ]
    return _delivery(rows)


def write_word(texts: Iterable[Unit], locale: str) -> bytes:
    """Return texts as a Word document with a table, on pages in landscape format."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document: Any = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)
    document.styles["Normal"].font.size = Pt(10)
    document.add_paragraph(_ADVICE)
    rows = [heads(locale), *([*cells_of(unit)] for unit in texts)]
    table = document.add_table(rows=len(rows), cols=len(_HEADS), style="Table Grid")
    table.autofit = False
    widths = [Mm(22), Mm(38), Mm(26), Mm(81), Mm(81), Mm(19)]
    # By rows: python-docx goes through the whole table for a cell that is asked for alone.
    for row, texts_of_row in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts_of_row, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].text = text
    for row in table.rows:
        for run in row.cells[_KEY].paragraphs[0].runs:
            run.font.size = Pt(6)
    for cell in [*table.rows[0].cells, *table.column_cells(_TASK)]:
        for run in cell.paragraphs[0].runs:
            run.font.bold = True
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def read_word_table(content: bytes, place: str) -> Delivery | None:
    """Return what the tables of a .docx file hold, None where it has none of ours.

    Raises Refused for a file that cannot be read.
    """
    parts = word_parts(content, place)
    try:
        root = ElementTree.fromstring(parts[MAIN])  # noqa: S314 - no types declared
        rows = [
            (0, [_cell_text(cell) for cell in _cells(row)])
            for table in root.iter(f"{_WORD}tbl")
            for row in table.iter(f"{_WORD}tr")
        ]
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise refuse(place, *DAMAGED) from None
    found = _delivery(rows)
    return found if any(text.key for text in found.texts) else None


def _cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, also those within a control for content."""
    for child in row:
        if child.tag == f"{_WORD}tc":
            yield child
        elif child.tag in {f"{_WORD}sdt", f"{_WORD}sdtContent"}:
            yield from _cells(child)


def _cell_text(cell: Element) -> str:
    """Return the text of a cell as it reads with all tracked changes accepted."""
    found: list[str] = []

    def walk(element: Element) -> None:
        for child in element:
            match child.tag.removeprefix(_WORD):
                case "t":
                    found.append(child.text or "")
                case "tab" | "br" | "cr":
                    found.append(" ")
                case "noBreakHyphen":
                    found.append("-")
                case "del" | "moveFrom" | "delText" | "instrText" | "rPr" | "pPr" | "tcPr":
                    pass
                case "p":
                    walk(child)
                    found.append(" ")
                case _:
                    walk(child)

    walk(cell)
    return "".join(found).strip()


def _delivery(rows: Iterable[tuple[int, Sequence[str]]]) -> Delivery:
    """Return rows as texts. Where somebody has moved columns, their heads say which is which."""
    locale = ""
    key, task, original, translation = _KEY, _TASK, _ORIGINAL, _TRANSLATION
    texts: list[Returned] = []
    for number, row in rows:
        cells = [*row, *[""] * (len(_HEADS) + 1 - len(row))]
        bare = [cell.strip().casefold() for cell in cells]
        if any(cell.startswith("kennung") for cell in bare):
            key = next(n for n, cell in enumerate(bare) if cell.startswith("kennung"))
            original = bare.index("original") if "original" in bare else original
            task = next((n for n, c in enumerate(bare) if c.startswith("zu tun")), len(_HEADS))
            said = [
                (n, found[1])
                for n, c in enumerate(cells)
                if (found := _SAID.search(c)) and n != key
            ]
            if said:
                translation, locale = said[0][0], locale or said[0][1]
            continue
        fits = _SAID_TO_FIT.fullmatch(clean(cells[task])) is not None
        found_key, written = known_key(cells[key]), (cells[original], cells[translation])
        if found_key or any(map(str.strip, written)):  # else it is empty, or advice
            texts.append(Returned(found_key, *written, number, fits, fits))
    return Delivery(locale, texts)
