"""A fair: where and when a stand is, who is at it, and the flyers that are wanted for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from careerprint.core.diagnostics import Location
from careerprint.core.edition import FAIR_SOURCE
from careerprint.core.schema import Text
from careerprint.core.sources import digest
from careerprint.profiles.catalogs import PROFILE_SOURCE


@dataclass(frozen=True, slots=True)
class Headings:
    """A table's name, and how its columns are headed, by what they mean.

    `sheet` is the one in which it stands, where several are read.
    """

    table: str
    columns: Mapping[str, str]
    sheet: str = ""

    def place(self, row: int, column: str) -> Location:
        """Return where a cell stands; where there is no such column, its row."""
        return Location(self.table, row, self.columns.get(column, ""), sheet=self.sheet)


ONE_EACH: Mapping[str, int] = {"": 1}
"""The copies of a row that says nothing of them, in a table that says nothing of them."""


@dataclass(frozen=True, slots=True)
class Fair:
    """A fair and the flyers for it.

    `row` is its number in the table. The texts are printed as they stand; they are empty where
    nothing is written. `format` is empty for the layout's default, as in Edition. `copies` says of
    locales how many are wanted; those that it does not name have what stands at "", each or, where
    the fair `shares`, together; 0 where nobody has said how many, so that nothing is ordered.
    `hours` and `talk_time` are times of day as they are typed. `is_online` says that the fair can
    be attended from afar; `url_label` says what the address, and so the QR code, is for.
    """

    headings: Headings = field(compare=False)
    row: int
    id: str
    fair: str
    city: str
    venue: str
    start: date
    end: date
    hall: str
    stand: str
    profiles: tuple[str, ...]
    layout: str
    format: str
    locales: tuple[str, ...]
    copies: Mapping[str, int]
    contact: str
    phone: str
    email: str
    url: str
    note: str
    hours: str = ""
    street: str = ""
    entrance: str = ""
    floor: str = ""
    room: str = ""
    is_online: bool = False
    talk: str = ""
    talk_time: str = ""
    contact2: str = ""
    phone2: str = ""
    email2: str = ""
    url_label: str = ""
    shares: bool = False

    def of_one_number(self) -> tuple[str, ...]:
        """Return the locales that have no number of copies of their own; () for only one."""
        found = tuple(tag for tag in self.locales if tag not in self.copies)
        return found if len(found) > 1 and self.copies.get("", 1) > 1 else ()

    def copies_in(self, locale: str) -> int:
        """Return how many copies of each flyer are wanted in a locale.

        What cannot be shared evenly is German, or in the first of the locales.
        """
        count, sharing = self.copies.get("", 1), self.of_one_number()
        if not self.shares or locale not in sharing:
            return self.copies.get(locale, count)
        each, rest = divmod(count, len(sharing))
        first = PROFILE_SOURCE if PROFILE_SOURCE in sharing else sharing[0]
        return max(each + (rest if locale == first else 0), 1)

    def text(self, column: str) -> Text:
        """Return one of the texts, with its place."""
        return Text(getattr(self, column), self.headings.place(self.row, column))


# Of the texts of a fair, those that a flyer shows as they stand; the note is for whoever prints it.
PRINTED_TEXTS = (
    *("fair", "city", "venue", "street", "hall", "stand", "entrance", "floor", "room", "talk"),
    *("contact", "phone", "email", "contact2", "phone2", "email2", "url_label"),
)


def source_of(fair_id: str) -> str:
    """Return the name under which a fair is a source of the editions for it."""
    return f"{FAIR_SOURCE}{fair_id}"


def id_in(source: str) -> str:
    """Return the id of the fair that a source is; empty where it is none."""
    return source.removeprefix(FAIR_SOURCE) if source.startswith(FAIR_SOURCE) else ""


def digest_of(fair: Fair) -> str:
    """Return the digest of what a flyer shows of a fair, wherever that stands in the table."""
    texts = [getattr(fair, column) for column in PRINTED_TEXTS]
    days = [fair.start.isoformat(), fair.end.isoformat()]
    others = [fair.url, fair.hours, fair.talk_time, fair.is_online]
    return digest(json.dumps([*days, *texts, *others]).encode())
