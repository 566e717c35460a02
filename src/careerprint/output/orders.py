"""What a print shop needs with the files: the order as a table for Excel, and as a sheet of paper.

The table has a line for each file and nothing else, so that it can be sorted and filtered; a sum
among the lines would be counted as one of them. Sums stand on the sheet.
"""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from careerprint.composing.job import Job, Row
from careerprint.core.diagnostics import N_
from careerprint.core.messages import translator
from careerprint.fairs.cells import as_csv, as_text
from careerprint.output.papers import Paper, paper_job
from careerprint.profiles import formats
from careerprint.profiles.catalogs import PROFILE_SOURCE, known_locale, locale_name

SHEET = "order.pdf"
_A4_ACROSS = Paper("order", 297, 210)
# Heights in mm: of a row, of the heads above it, and what a page has at most below a heading.
_ROW, _HEADS, _PAGE = 7, 20, 160

# The words of the sheet, by the names that the template has for them.
_WORDS = {
    "title": N_("Print order"),
    "sums": N_("What is to be printed"),
    "fairs": N_("Files by fair"),
    "file": N_("File"),
    "files": N_("Files"),
    "language": N_("Language"),
    "format": N_("Format"),
    "size": N_("Size in mm"),
    "pages": N_("Pages"),
    "copies": N_("Copies"),
    "note": N_("Note"),
    "sum": N_("Sum"),
    "all": N_("In all"),
    "customer": N_("Customer"),
    "contact": N_("Contact"),
    "delivery": N_("Deliver to"),
    "bleed": N_("Bleed"),
}


@dataclass(frozen=True, slots=True)
class Client:
    """Who orders, whom to ask, and where the copies go; empty where nothing is said."""

    customer: str = ""
    contact: str = ""
    delivery: str = ""


_NOBODY = Client()


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A file to be printed.

    `fair` is the fair's id, `name` its name, `start` its first day and `end` its last, where that
    is another. `file` is a path below out/; `product` is what is printed, such as "flyer", in the
    format `format`, such as "A5", of `width` × `height` mm when it is trimmed; its file runs
    `bleed` mm past that on all sides. `note` says on which paper, or what else the print shop has
    to know. Nothing here tells of a person.
    """

    fair: str
    name: str
    start: date
    file: str
    product: str
    format: str
    width: float
    height: float
    pages: int
    copies: int
    locale: str
    note: str
    end: date | None = None
    bleed: float = 0


def order_csv(lines: Sequence[OrderLine], language: str = "de") -> str:
    """Return the order as the text of a CSV file as German Excel wants it; see `as_csv`.

    It is to be stored as UTF-8 as it is: it starts with a byte order mark. Headings and the names
    of languages are in `language`.
    """
    translate = translator(language)
    headings = (
        *(
            N_("Fair"),
            N_("Short name"),
            N_("Start"),
            N_("End"),
            N_("File"),
            N_("Product"),
            N_("Format"),
        ),
        *(
            N_("Width in mm"),
            N_("Height in mm"),
            N_("Bleed in mm"),
            N_("Pages"),
            N_("Copies"),
            N_("Language"),
        ),
        N_("Note"),
    )
    rows = (
        (
            *(line.name, line.fair, as_text(line.start), as_text(line.end or line.start)),
            *(line.file, line.product, line.format),
            *(as_text(line.width), as_text(line.height), as_text(line.bleed)),
            *(str(line.pages), str(line.copies)),
            *(locale_name(line.locale, language), line.note),
        )
        for line in lines
    )
    return as_csv([[translate(heading) for heading in headings], *rows])


def order_sheet(lines: Sequence[OrderLine], language: str, client: Client = _NOBODY) -> Job:
    """Return the order of a client, of at least one line, as a document to be printed on A4 across.

    It has sums by format, paper and number of pages, then the files of each fair with their sum, in
    the order in which they are given. It is in `language`.
    """
    translate, locale = translator(language), known_locale(language)
    number = partial(_number, language)
    copies = number(_copies(lines))
    groups = [_fair(of, language, locale) for of in _by(attrgetter("fair"), lines).values()]
    groups[-1] += (Row("all", (translate(_WORDS["all"]), copies)),)
    context = {
        "language": language,
        "written_in": PROFILE_SOURCE,  # names of fairs and notes, for screen readers
        "words": {name: translate(word) for name, word in _WORDS.items()},
        "client": {name: said for name, said in asdict(client).items() if said},
        "bleed": " / ".join(
            translate(N_("{count} mm on all sides, besides the size")).format(count=number(bleed))
            for bleed in sorted({line.bleed for line in lines} - {0})
        ),
        "days": _days(lines, locale),
        "files": number(len(lines)),
        "copies": copies,
        "sums": [
            {**_row(alike[0], language), "files": number(len(alike))}
            | {"copies": number(_copies(alike))}
            for _, alike in sorted(_by(_kind, lines).items())
        ],
        "room": _room(len(groups[0])),
    }
    return paper_job(_A4_ACROSS, SHEET, context, rows=tuple(groups))


def _room(rows: int) -> int:
    """Return what is to be free below the heading of the fairs, in mm: the first, or its start."""
    whole = _HEADS + _ROW * rows
    return whole if whole <= _PAGE else _HEADS + _ROW * 2


def _fair(lines: Sequence[OrderLine], language: str, locale: Locale) -> tuple[Row, ...]:
    """Return what the sheet says of a fair; a folder that its files share is told once."""
    folder = posixpath.commonpath([posixpath.dirname(line.file) for line in lines])
    start = len(folder) + 1 if folder else 0
    days = _days(lines, locale)
    rows = [Row("head", (lines[0].name, days, folder + "/" if folder else ""))]
    for line in lines:
        told = _row(line, language)
        rows.append(Row("file", (line.file[start:], *told.values())))
    if len(lines) > 1:
        copies = _number(language, _copies(lines))
        rows.append(Row("sum", (translator(language)(_WORDS["sum"]), copies)))
    return tuple(rows)


def _row(line: OrderLine, language: str) -> dict[str, str]:
    """Return what the sheet says of a file besides its name."""
    number = partial(_number, language)
    return {
        "language": locale_name(line.locale, language),
        "format": f"{line.product} {line.format}",
        "size": f"{number(line.width)} × {number(line.height)}"
        + (f" + {number(line.bleed)}" if line.bleed else ""),
        "pages": number(line.pages),
        "copies": number(line.copies),
        "note": line.note,
    }


@lru_cache(maxsize=1024)
def _number(language: str, value: float) -> str:
    return format_decimal(value, locale=known_locale(language))


# What files have in common that are printed alike.
_kind = attrgetter("product", "format", "width", "height", "bleed", "pages", "note")


def _by(key: Callable[[OrderLine], Any], lines: Iterable[OrderLine]) -> dict[Any, list[OrderLine]]:
    """Return the lines that have a key in common, by key, in the order of their first ones."""
    found = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return found


def _days(lines: Iterable[OrderLine], locale: Locale) -> str:
    """Return the days from the first to the last of the fairs."""
    ends = [(line.start, line.end or line.start) for line in lines]
    return formats.day_range(locale, min(ends)[0], max(end for _, end in ends))


def _copies(lines: Iterable[OrderLine]) -> int:
    return sum(line.copies for line in lines)
