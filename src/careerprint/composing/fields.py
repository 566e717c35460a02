"""Fields: the texts that differ between the flyers of one layout and profile, from fair to fair.

A template is merged with a profile once for many fairs. Where it places a text of the fair, a mark
stands in the HTML. For each fair, the marks are then replaced by its texts. In the form, they are
replaced by tokens. All fairs with the same fields have the same form, so it is laid out only once.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, time
from functools import cache
from operator import attrgetter
from typing import Any

from babel import Locale
from markupsafe import Markup, escape

from careerprint.composing.job import Field, Job
from careerprint.core.schema import Text
from careerprint.fairs.fair import PRINTED_TEXTS, Fair
from careerprint.fairs.hours import Opening, openings
from careerprint.layouts.figures import qr_code
from careerprint.layouts.sandbox import Opaque
from careerprint.profiles import formats

# Noncharacters (Unicode, 23.7) around a merge field's number while the template is rendered: no
# text has them, and Jinja's filters and gettext's placeholders leave them as they are.
_MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
# Tokens are made of three letters that no word and no address has, and two that count. They are in
# the script of the text that they stand for, since lines of Arabic are higher. The letters are
# narrow, since a token must have room where a short name has.
_LETTERS, _ARABIC_LETTERS = "jljilj1Irt", "اثاابرزدذو"
_FIRST_ARABIC = "\u0600"
_HOST = ".invalid/"  # RFC 6761: an address that leads nowhere
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# What names, addresses and numbers are written with in the languages that people here have names
# in, as far as they use Latin script; and the pairs of letters that fonts have ligatures for.
_LATIN = (
    "".join(map(chr, range(0x21, 0x7F))),
    "ÄÖÜäöüßẞ ÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝ àáâãåæçèéêëìíîïñòóôõøùúûýÿ œŒ",
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ ăâîșțĂÂÎȘȚ ğışĞİŞ čďěňřšťůžČĎĚŇŘŠŤŮŽ đĐ őűŐŰ",
    "–—‘’‚“”„…‹›«»€°·§²³×",
    "fi fl ff ffi ffl",
)


class Cell(Opaque):
    """A text of the fair that is not known yet: `says` gets it from a fair, once there is one.

    A template may place it, and ask whether it is there (`is_there`).
    """

    __slots__ = ("is_there", "says")

    def __init__(self, says: Callable[[Any], Any], *, is_there: bool = True) -> None:
        self.says, self.is_there = says, is_there

    def __bool__(self) -> bool:
        return self.is_there


@dataclass(frozen=True, slots=True)
class FairView:
    """What templates see of a fair: its texts, each with its place in the table, and its days.

    Instead of texts and days it may hold cells, of which only is known whether they are empty.
    """

    fair: Text | Cell
    city: Text | Cell
    venue: Text | Cell
    street: Text | Cell
    hall: Text | Cell
    stand: Text | Cell
    entrance: Text | Cell
    floor: Text | Cell
    room: Text | Cell
    talk: Text | Cell
    contact: Text | Cell
    phone: Text | Cell
    email: Text | Cell
    contact2: Text | Cell
    phone2: Text | Cell
    email2: Text | Cell
    url: Text | Cell
    url_label: Text | Cell
    start: date | Cell
    end: date | Cell
    hours: tuple[Opening, ...] | Cell
    hours_as_typed: Text | Cell
    talk_time: tuple[Opening, ...] | Cell
    is_online: bool | Cell


_VIEWED = tuple(field.name for field in fields(FairView))


def view_of(fair: Fair) -> FairView:
    """Return what templates see of a fair.

    A city that the street or the venue names is not said again. Opening hours that can be written
    as each language does are `hours`, others `hours_as_typed`.
    """
    texts = {name: fair.text(name) for name in (*PRINTED_TEXTS, "url")}
    places = f"{fair.venue}\n{fair.street}"
    if fair.city in places and re.search(rf"\b{re.escape(fair.city)}$", places, re.MULTILINE):
        texts["city"] = Text("", texts["city"].location)
    hours = openings(fair.hours)
    return FairView(
        **texts,
        start=fair.start,
        end=fair.end,
        hours=hours,
        hours_as_typed=Text("", fair.text("hours").location) if hours else fair.text("hours"),
        talk_time=openings(fair.talk_time),
        is_online=fair.is_online,
    )


def opened(told: FairView) -> FairView:
    """Return the view of a fair with a cell in place of each text and day."""
    return FairView(**{n: Cell(attrgetter(n), is_there=bool(getattr(told, n))) for n in _VIEWED})


def pattern_of(told: FairView) -> tuple[bool, ...]:
    """Return which texts and days a fair has. Fairs with the same pattern share one form."""
    return tuple(bool(getattr(told, name)) for name in _VIEWED)


def printed_texts(told: FairView) -> list[Text]:
    """Return those texts of a fair that a flyer has to show."""
    texts = [getattr(told, column) for column in (*PRINTED_TEXTS, "hours_as_typed")]
    return [text for text in texts if isinstance(text, Text) and text]


def derived(make: Callable[..., str], *values: object) -> str | Cell:
    """Return `make` of some values; a cell of it where some of them are cells."""
    if not any(isinstance(value, Cell) for value in values):
        return make(*values)
    return Cell(lambda fair: make(*(said(value, fair) for value in values)))


def said(value: Any, fair: FairView | None) -> Any:  # noqa: ANN401 - a text, a date, or a cell of one
    """Return a value, or what the fair says where the value is a cell."""
    return value.says(fair) if isinstance(value, Cell) else value


@dataclass(frozen=True, slots=True)
class MergeField:
    """What stands in the place of a mark: a value, as a block or not, or a QR code of it.

    `block` is the number of the block. A QR code has a `description`, in which marks may stand.
    """

    value: object
    block: int | None = None
    description: str | None = None


def mark(number: int) -> Markup:
    """Return the mark in HTML of the merge field with this number, from 0."""
    return Markup(f"\ufdd0{number}\ufdd1")  # noqa: S704 - digits


def without_marks(marked: str) -> str:
    """Return HTML without its marks."""
    return _MARK.sub("", marked)


def fields_of(merge_fields: Sequence[MergeField], fair: FairView | None) -> tuple[Field, ...]:
    """Return merge fields as those of a form, filled in for a fair."""
    return tuple(
        _field(number, found, str(said(found.value, fair)))
        for number, found in enumerate(merge_fields)
    )


def _field(number: int, found: MergeField, text: str) -> Field:
    if found.description is None:
        return Field(_token(number, text), text, found.block)
    return Field(_token(number), text, code=True)


def is_form(fields: Sequence[Field]) -> bool:
    """Tell whether these are the fields of a form: there are some, and no text holds a token."""
    tokens = [field.token for field in fields]
    return bool(fields) and not any(t in field.text for t in tokens for field in fields)


def form_of(job: Job, merge_fields: Sequence[MergeField], fields: Sequence[Field]) -> Job:
    """Return the form of a job, whose page is marked: tokens where it has fields.

    What is told of an edition is not in it.
    """
    in_blocks = {field.block: field.token for field in fields}
    codes = {field.text: field.token for field in fields if field.code}
    return replace(
        job,
        name="",
        page=written(job.page, merge_fields, [field.token for field in fields]),
        placed=tuple(
            replace(block, text=in_blocks[number]) if number in in_blocks else block
            for number, block in enumerate(job.placed)
        ),
        codes=tuple(codes.get(code, code) for code in job.codes),
        sources={},
        messages={},
        concerns=(),
        diagnostics=(),
    )


def written(marked: str, merge_fields: Sequence[MergeField], texts: Sequence[str]) -> str:
    """Return marked HTML with texts, and codes of them, in place of its marks."""
    html = [
        escape(text)
        if found.description is None
        else qr_code(text).drawing(_put(found.description, texts))
        for found, text in zip(merge_fields, texts, strict=True)
    ]
    return _put(marked, html)


def _put(marked: str, texts: Sequence[str]) -> str:
    """Return a text with texts in place of its marks."""

    def meant(found: re.Match[str]) -> str:
        number = int(found[1])
        return texts[number] if number < len(texts) else found[0]

    return _MARK.sub(meant, marked)


def _token(number: int, text: str = "") -> str:
    """Return the token that stands for a field's text in a form."""
    is_address = _ADDRESS.match(text)
    is_arabic = (
        not is_address
        and max(text, default="") >= _FIRST_ARABIC
        and any(unicodedata.bidirectional(character) == "AL" for character in text)
    )
    letters = _ARABIC_LETTERS if is_arabic else _LETTERS
    first, second = divmod(number, len(letters) - 3)
    token = letters[:3] + letters[3 + first] + letters[3 + second]
    return f"https://{token}{_HOST}" if is_address else token


@cache
def samples_of(locale: Locale) -> tuple[str, ...]:
    """Return texts with the characters that fields may need: those of names, and all days."""
    days = [
        formats.day_range(locale, date(year, month, first), date(year, month, last))
        for month in range(1, 13)
        for year, first, last in ((2034, 1, 1), (2056, 7, 8), (2078, 19, 20), (2019, 26, 27))
    ]
    over_two_months = formats.day_range(locale, date(2034, 5, 31), date(2034, 6, 1))
    over_two_years = formats.day_range(locale, date(2034, 12, 31), date(2035, 1, 1))
    # Days in two months are held together by spaces that a form does not need: they are laid out.
    over = (text.replace("\u00a0", " ") for text in (over_two_months, over_two_years))
    week = [
        formats.opening(locale, (day,), False, time(hour, 35), time(20 + day % 4, 47))
        for day, hour in enumerate((1, 12, 6, 8, 9, 10, 11))
    ]
    return (*_LATIN, *days, *over, *week)
