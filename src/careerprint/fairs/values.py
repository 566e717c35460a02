"""What the cells of each column of the table of fairs may hold, in a workspace that is known."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial

from careerprint.fairs import contacts, entries, languagecolumns, places
from careerprint.fairs.cells import Cell
from careerprint.fairs.days import days
from careerprint.fairs.hours import clock, hours

FLYER = "flyer"
# What is printed as it stands, and how it is checked; `most` are characters.
_TEXTS: dict[str, Callable[[Cell], str]] = {
    "fair": partial(entries.text, most=120),
    "city": partial(entries.text, most=60),
    "venue": partial(entries.text, most=120),
    "hall": partial(places.code, most=30, words=places.HALL),
    "stand": partial(places.code, most=30, words=places.STAND),
    "contact": partial(contacts.expected, "", partial(entries.text, most=80)),
    "email": partial(contacts.expected, "email", contacts.email),
    "url": partial(contacts.expected, "url", contacts.url),
    "note": partial(entries.text, most=300),
    "hours": hours,
    "street": partial(entries.text, most=120),
    "entrance": partial(places.code, most=40, words=places.ENTRANCE),
    "floor": partial(places.code, most=40, words=places.FLOOR),
    "room": partial(places.code, most=40, words=places.ROOM),
    "talk": partial(entries.text, most=120),
    "talk_time": clock,
    "contact2": partial(contacts.expected, "", partial(entries.text, most=80)),
    "phone2": partial(contacts.expected, "phone", contacts.phone),
    "email2": partial(contacts.expected, "email", contacts.email),
    "url_label": partial(entries.text, most=60),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name: of the workspace, and declared in its configuration.

    `formats` are each layout's, its default first. `locales` are the tags that can be printed,
    `declared` those of careerprint.toml. `titles` are those of profiles, by their names; `columns`
    says of headings what they stand for here. With `shares`, languages share a number of copies.
    """

    profiles: tuple[str, ...]
    formats: Mapping[str, tuple[str, ...]]
    locales: tuple[str, ...]
    declared: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    shares: bool = False


def only_of(names: Collection[str], preferred: str = "") -> str | None:
    """Return what is taken where nothing is written: the preferred name, or the only one."""
    if preferred in names:
        return preferred
    return next(iter(names)) if len(names) == 1 else None


class Values:
    """The checks of cells. What stands in many rows, such as a profile, is checked once."""

    def __init__(self, known: Known) -> None:
        self.texts = {column: lru_cache(check) for column, check in _TEXTS.items()}
        self.days = lru_cache(days)
        self.phones = lru_cache(partial(contacts.expected, "phone", contacts.phones))
        self.profiles = cache(
            partial(entries.several_of, known=known.profiles, titles=known.titles)
        )
        self.copies = cache(
            partial(
                languagecolumns.copies_by_locale, available=known.locales, declared=known.declared
            )
        )
        self.each = cache(
            partial(
                languagecolumns.locales_with_copies,
                available=known.locales,
                declared=known.declared,
            )
        )
        self.layout = cache(partial(entries.one_of, known=known.formats))
        self.formats = {
            layout: cache(partial(entries.format_name, known=names))
            for layout, names in known.formats.items()
        }
        self.locales = cache(
            partial(entries.locales, available=known.locales, declared=known.declared)
        )
        self.known = known
