"""Makes a table of fairs to fill in: an .xlsx file with headings, lists, examples and notes."""

import io
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from careerprint.core.diagnostics import N_, refuse, writing
from careerprint.core.files import write_whole
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.fairs.headings import HEADINGS
from careerprint.fairs.values import FLYER, only_of
from careerprint.intake.starter import taken
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import format_words
from careerprint.planning.season import known_names
from careerprint.profiles.catalogs import locale_name

EXAMPLES = ("Beispielmesse", "Beispiel-Jobtag")  # the fairs that are to be written over
# What is to be written into each column. The examples are those of two fairs.
_NOTES: Mapping[str, tuple[str, Sequence[object]]] = {
    "fair": (
        N_("The name of the fair, as it is to stand on the flyer. It is needed."),
        EXAMPLES,
    ),
    "start": (N_("The first day: 12.03.2027. It is needed."), (90, 120)),
    "end": (N_("The last day; empty where the fair takes one day."), (91, None)),
    "hours": (
        N_("From when to when: 9–16 Uhr; day by day: Fr 9–16, Sa 10–14 Uhr."),
        ("9–16 Uhr", "10–14 Uhr"),
    ),
    "city": (N_("The town; “online” for a fair on the Internet."), ("Musterstadt", "Musterstadt")),
    "venue": (N_("The building, a hall or a school for example."), ("Stadthalle", "")),
    "street": (N_("The street with its number, as on an envelope."), ("Musterstraße 1", "")),
    "hall": (N_("The number of the hall, without the word."), ("2", "")),
    "stand": (N_("The number of the stand, without the word."), ("B 14", "")),
    "entrance": (N_("The entrance, where there are several."), ("Nord", "")),
    "floor": (N_("The floor, in a building with several."), ("", "2. OG")),
    "room": (N_("The room, in a school for example."), ("", "2.14")),
    "profile": (
        N_("The profession whose flyer is wanted; several with commas between."),
        ("", ""),
    ),
    "format": (N_("The size of the flyer: A4, A5 or DIN lang."), ("A4", "DIN lang")),
    "locales": (
        N_("The languages: Deutsch, Türkisch – or alle. Empty: those that are printed anyway."),
        ("Deutsch", "Deutsch, Arabisch"),
    ),
    "copies": (N_("How many in each language: 150, or de 100, ar 50."), (150, "de 100, ar 50")),
    "contact": (
        N_("Who is at the stand. It stands on the flyer and in no order."),
        ("Team der Beratungsstelle", ""),
    ),
    "phone": (N_("With area code: 030 23125 014."), ("030 23125 014", "")),
    "email": (N_("One address."), ("messe@example.org", "")),
    "url": (
        N_("The address in the QR code. Empty: that of your office."),
        ("https://www.example.org/messe", ""),
    ),
    "url_label": (N_("What the address is for, in a few words."), ("Jetzt Termin buchen", "")),
    "talk": (N_("A talk at the fair."), ("Wege in den Beruf", "")),
    "talk_time": (N_("When the talk begins."), ("11:30", "")),
    "contact2": (N_("A second person."), ("", "")),
    "phone2": (N_("Her or his number."), ("", "")),
    "email2": (N_("Her or his address."), ("", "")),
    "note": (N_("For the print shop; it stands in the order, not on the flyer."), ("", "")),
}
_HEADED = {"profile": ("Beruf", "Profession")}
_LAST_ROW = 500  # with lists to choose from
_NARROWEST, _WIDEST = 12, 28  # characters


def new_fairs(reader: Reader, file: Path, today: date, language: str) -> None:
    """Write the table of fairs of a workspace to `file`, which must not be there yet.

    Raises Refused where it is, and where it is not to be an .xlsx file.
    """
    if file.suffix.lower() != ".xlsx":
        raise refuse(
            str(file),
            N_("A table of fairs is made as an .xlsx file."),
            N_("Choose a name that ends in .xlsx; Excel and LibreOffice open it."),
        )
    if os.path.lexists(file):
        raise taken(str(file))
    known = known_names(reader, read_configuration(reader))
    layout = only_of(known.formats, FLYER)
    content = fair_table(
        [str(title) for title in known.titles.values()],
        [format_words(name) for name in known.formats.get(layout or "", ())],
        [locale_name(tag, language) for tag in known.declared],
        today,
        translator(language),
        language,
    )
    with writing(str(file)):
        write_whole(file, content)


def fair_table(
    titles: Sequence[str],
    formats: Sequence[str],
    languages: Sequence[str],
    today: date,
    translate: Callable[[str], str],
    language: str,
) -> bytes:
    """Return the file: `titles`, `formats` and `languages` are what may be chosen.

    Its headings are German or English, by `language`. The first title stands in the examples, whose
    days come after `today`.
    """
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    fairs: Any = book.active
    fairs.title = translate(N_("Fairs"))
    notes = book.create_sheet(translate(N_("Notes")))
    notes.append([translate(N_("Write over the two examples. Columns may stay empty or go."))])
    for number, (column, (note, examples)) in enumerate(_NOTES.items(), 1):
        heading = _HEADED.get(column, HEADINGS[column])[language != "de"]
        head = fairs.cell(1, number, heading)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="F2B01E")
        head.alignment = Alignment(wrap_text=True, vertical="top")
        head.comment = Comment(translate(note), "careerprint", height=90, width=240)
        notes.append([heading, translate(note)])
        for row, example in enumerate(examples, 2):
            cell = fairs.cell(row, number, _example(column, example, titles, today))
            cell.number_format = "DD.MM.YYYY" if isinstance(cell.value, date) else "@"
        for row in range(4, _LAST_ROW + 1):  # so that 007 and 4.10 stay what is typed
            fairs.cell(row, number).number_format = (
                "DD.MM.YYYY" if column in {"start", "end"} else "@"
            )
        widest = max(len(heading), *(len(str(example or "")) for example in examples)) + 2
        letter = get_column_letter(number)
        fairs.column_dimensions[letter].width = min(max(widest, _NARROWEST), _WIDEST)
    fairs.freeze_panes = "B2"
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 20, 80
    _lists(book, fairs, {"profile": titles, "format": formats, "locales": languages})
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _example(column: str, example: object, titles: Sequence[str], today: date) -> object:
    if column in {"start", "end"} and isinstance(example, int):
        return today + timedelta(days=example)
    if column == "profile":
        return titles[0] if titles else None
    return example or None


def _lists(book: Any, fairs: Any, choices: Mapping[str, Sequence[str]]) -> None:  # noqa: ANN401 - openpyxl's
    """Let cells be chosen from lists, which stand on a hidden sheet; other values may be typed."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = book.create_sheet("Listen")
    listed.sheet_state = "hidden"
    for at, (column, names) in enumerate(choices.items(), 1):
        if not names:
            continue
        for row, name in enumerate(names, 1):
            listed.cell(row, at, name)
        letter = get_column_letter(at)
        choice = DataValidation(
            type="list",
            formula1=f"Listen!${letter}$1:${letter}${len(names)}",
            allow_blank=True,
            showErrorMessage=False,
        )
        cells = get_column_letter(list(_NOTES).index(column) + 1)
        choice.add(f"{cells}2:{cells}{_LAST_ROW}")
        fairs.add_data_validation(choice)
