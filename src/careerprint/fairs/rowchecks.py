"""Checks a row of the table of fairs, cell by cell, and collects what is found.

What is said of a person stands in no message.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from careerprint.core.diagnostics import N_, Diagnostic, Location, error, shortened, warning
from careerprint.fairs import contacts, entries, places
from careerprint.fairs.cells import Cell, Row, as_text, column_letters, is_empty
from careerprint.fairs.contacts import ValueT
from careerprint.fairs.days import (
    hours_behind,
    hours_between,
    is_only_a_day,
    not_that_weekday,
    weekday,
)
from careerprint.fairs.entries import Debris, Unsuitable, is_debris
from careerprint.fairs.fair import ONE_EACH, PRINTED_TEXTS, Fair, Headings
from careerprint.fairs.headings import HEADINGS, NOT_READ, meanings_of
from careerprint.fairs.hours import bound, from_to, hours
from careerprint.fairs.languagecolumns import wanted, wanted_languages
from careerprint.fairs.remarks import (
    NO_COLUMN,
    OWN,
    STATUS,
    is_cancelled,
    is_no_fair,
    is_uncertain,
    may_say_so,
    put_off,
)
from careerprint.fairs.values import FLYER, Values, only_of

PERSONAL = frozenset({"contact", "phone", "email", "contact2", "phone2", "email2"})

REQUIRED = ("fair", "start")
_REPEATED = N_(
    "Clear one of them, or write what tells them apart. If a sheet repeats the others, ⟨name those "
    "with --sheet|choose those above the table⟩."
)
_HALL_AND_STAND = partial(places.hall_and_stand, most=60)


def shown_cell(value: str) -> str:
    """Return a value as a message shows it: in one line, short, without control characters."""
    return shortened(" ".join("".join(c if c.isprintable() else " " for c in value).split()))


@dataclass(slots=True, eq=False)
class RowCheck:
    """Checks one row, cell by cell, and collects what is found.

    `year` is that of days without one. `folder` stands for the row's sheet where several are read:
    numbers may begin again with 1 on each. `debris` are columns with what is no value. `id_is_own`
    tells an id of the table from one that was made of what the row says. `is_counted` tells
    whether the row says how many copies are wanted.
    """

    _headings: Headings
    _headed: Sequence[str]
    _columns: Mapping[str, int]
    _languages: Mapping[int, str]
    row: Row
    year: int = 0
    folder: str = ""
    id: str = ""
    id_is_own: bool = True
    is_counted: bool = False
    found: list[Diagnostic] = field(default_factory=list)
    debris: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """The sheet on which the row stands, where several are read."""
        return self._headings.sheet

    @property
    def named(self) -> str:
        """What the row is called among all that are read."""
        return f"{self.row.number} ({self.sheet})" if self.sheet else f"{self.row.number}"

    def fair(self, values: Values, today: date) -> Fair | None:
        """Return the fair, or None where what it cannot be without is missing or wrong."""
        known = values.known
        self._check_width()
        self.id = self._value("id", partial(entries.fair_id, folder=self.folder), "") or ""
        texts = {column: self._text(column, check) for column, check in values.texts.items()}
        texts["phone"], other = self._both_phones(
            values, bool(texts["phone2"] or texts["contact2"])
        )
        texts["phone2"] = texts["phone2"] or other
        for column, more in (("contact", ""), ("contact2", "2")):
            self._check_person(column, contacts.within(texts[column])[0], more)
        number = self._text("house number", partial(places.code, most=20, words=places.HOUSE))
        texts["street"] += f" {number}" if texts["street"] and number else ""
        both = self._value("hall and stand", _HALL_AND_STAND, ("", "")) or ("", "")
        hall, stand = places.parted(texts["hall"], texts["stand"])
        texts["hall"], texts["stand"] = hall or both[0], stand or both[1]
        texts["hours"] = texts["hours"] or self._hours()
        is_online, texts["city"], texts["venue"] = self._online(texts["city"], texts["venue"])
        if "city" in self._columns and is_empty(self._cell("city")) and not is_online:
            place, hint = self._place("city"), N_("Fill it in, or write “online” there.")
            message = N_("“{column}” is empty: the flyer names no town.")
            self.found.append(warning(place, message, hint, column=place.column))
        read = partial(values.days, year=self.year, today=today)
        start, last = self._value("start", read) or (None, today)
        _, end = self._value("end", read, (last, last)) or (None, None)
        self._check_days(start, end, today)
        self._check_put_off(start)
        self._check_weekday(start, end)
        only: tuple[str, ...] = tuple(filter(None, [only_of(known.profiles)]))
        profiles = self._value("profile", values.profiles, only or None)
        layout = self._value("layout", values.layout, only_of(known.formats, FLYER))
        format_name = self._value("format", values.formats[layout], "") if layout else None
        locales, copies = self._wanted(values)
        if not (start and end and profiles and layout and locales and copies):
            return None
        return Fair(
            headings=self._headings,
            row=self.row.number,
            id=self.id,
            start=start,
            end=end,
            profiles=profiles,
            layout=layout,
            format="" if format_name in {None, known.formats[layout][0]} else format_name,
            locales=locales,
            copies=copies,
            shares=known.shares,
            is_online=is_online,
            **texts,
        )

    def _wanted(self, values: Values) -> tuple[tuple[str, ...] | None, Mapping[str, int] | None]:
        """Return the locales that are wanted, and copies by locale."""
        copies = self._value("copies", values.copies, ONE_EACH)
        self.is_counted = copies is not ONE_EACH
        cell, number = self._cell("locales"), self._cell("copies")
        each = values.each(cell) if is_empty(number) else copies if is_empty(cell) else None
        place, written = ("locales", cell) if is_empty(number) else ("copies", number)
        locales: tuple[str, ...] | None
        try:
            if self._languages and copies:
                said = {} if is_empty(number) else copies
                locales, copies = wanted_languages(self.row, self._languages, said)
                self.is_counted |= copies != ONE_EACH
            elif each and "" not in each:  # none but those are wanted
                locales, copies = tuple(each), each
                self.is_counted = True
            else:
                locales = self._value("locales", values.locales, values.known.declared)
            return wanted(locales, copies) if locales and copies else (None, None)
        except Unsuitable as found:
            lacking = found.parameters.get("lacking")
            proposal = f"{as_text(written)}, {lacking}" if lacking else ""
            self._fault(place, found.message, found.hint, **found.parameters, proposal=proposal)
            return None, None

    def _both_phones(self, values: Values, has_second: bool) -> tuple[str, str]:
        """Return the number of the first person, and another one where the cell holds two."""
        none: tuple[str, ...] = ()
        first, second = (*(self._value("phone", values.phones, none) or none), "", "")[:2]
        if second and has_second:
            self._fault("phone", *contacts.NO_PHONE)
        return first, second

    def _hours(self) -> str:
        """Return opening hours out of two columns, or of what stands behind the fair's days."""
        begins, opens, closes = map(self._cell, ("start", "opens", "closes"))
        behind = hours_behind(begins) or hours_between(begins, self._cell("end"))
        if is_empty(opens) and behind:
            try:
                hours(behind)
            except Unsuitable as found:
                self._fault("start", found.message, found.hint, value=behind)
                behind = ""
        said = self._value("opens", partial(bound, other=closes, is_end=False), "") or behind
        return from_to(
            said, self._value("closes", partial(bound, other=opens, is_end=True), "") or ""
        )

    def _online(self, city: str, venue: str) -> tuple[bool, str, str]:
        """Return whether the fair is online, which a column of its own or the place may say."""
        said = self._value("online", entries.yes_or_no, False)
        is_place = [entries.is_online(place) for place in (city, venue)]
        return (
            bool(said) or any(is_place),
            "" if is_place[0] else city,
            "" if is_place[1] else venue,
        )

    def is_no_fair(self) -> bool:
        """Tell whether the row is the heading of a group, a sum or a note, and no fair."""
        return not is_only_a_day(self._cell("start")) and is_no_fair(self.row)

    def is_cancelled(self) -> bool:
        """Tell whether the row says that the fair does not take place."""
        return is_cancelled(self._saying())

    def told(self) -> list[Diagnostic]:
        """Return what was found, from the first column to the last."""
        order = {heading: at for at, heading in enumerate(self._headed)}
        return sorted(self.found, key=lambda d: order.get(d.location.column, len(order)))

    def refuse_shared_id(self, rows: str) -> None:
        """Note that the id stands in other rows too."""
        self._fault(
            "id",
            N_("“{value}” stands in more than one row: {rows}."),
            N_("Give each fair an id of its own: a folder is named by it."),
            value=self.id,
            rows=rows,
        )

    def refuse_same_fair(self, rows: str) -> None:
        """Note that other rows too say the same name, day and place, of which ids are made."""
        self._fault(
            "fair",
            N_("The same fair stands in more than one row: {rows}."),
            _REPEATED
            if self.sheet
            else N_(
                "Clear all but one of them, or write into the fair's name what tells them apart."
            ),
            rows=rows,
        )

    def tell_uncounted(self) -> None:
        """Note that nothing of the row is ordered: it says no number of copies, as others do."""
        column = "copies" if "copies" in self._columns else "locales"
        self.debris = [entry for entry in self.debris if entry[0] != "copies"]
        self.found.append(
            warning(
                self._place(column),
                N_("No number of copies: the flyers of this row are printed, but not ordered."),
                N_("Write how many are wanted, and print again."),
            )
        )

    def counts(self) -> tuple[Cell, ...]:
        """Return the cells in which copies by language may stand."""
        return tuple(c for c in map(self._cell, ("copies", "locales")) if not is_empty(c))

    def tell_bare(self, example: str, proposal: str) -> None:
        """Note that one number stands here for several languages, where others say each."""
        place = self._place("copies" if "copies" in self._columns else "locales")
        self.found.append(
            warning(
                place,
                N_("Only a number stands here; other rows say it of each language: “{example}”."),
                N_("As it stands, “{proposal}” is ordered. Write it so if that is meant."),
                example=example,
                proposal=proposal,
            )
        )

    def tell_double(self, row: str) -> None:
        """Note that another row asks for the same flyers for the same fair."""
        self.found.append(
            warning(
                self._place("fair"),
                N_("Row {row} says the same fair, days and place: its flyers are ordered twice."),
                _REPEATED
                if self.sheet
                else N_(
                    "Delete one of the two rows, or write what tells them apart, such as the stand."
                ),
                row=row,
            )
        )

    def _check_width(self) -> None:
        headed = self._headed
        for at, cell in enumerate(self.row.cells):
            if not (at < len(headed) and headed[at]) and not is_empty(cell):
                place = replace(self._place("id"), column=column_letters(at))
                message = N_("A cell is filled in a column that has no heading.")
                hint = N_(
                    "Empty it, or head its column. A CSV file may have a separator too many here."
                )
                self.found.append(error(place, message, hint))
                return

    def _check_days(self, start: date | None, end: date | None, today: date) -> None:
        if start and end and end < start:
            self._fault(
                "end",
                N_("The fair ends on {end}, before it begins on {start}."),
                N_("Correct one of the two dates."),
                start=as_text(start),
                end=as_text(end),
            )
        elif start and end and end < today:
            self.found.append(
                warning(
                    self._place("start"),
                    N_("The fair ended on {end}, which is past."),
                    N_("Correct the date, or delete the row if its flyers are not wanted."),
                    end=as_text(end),
                )
            )

    def _check_person(self, column: str, kind: str, more: str) -> None:
        """Note that a name has a number or an address of this `kind` beside it, if it has."""
        if kind:
            place, belongs = self._place(column), f"{kind}{more}"
            told = contacts.STANDS_THERE[kind], contacts.BELONGS
            of = {"column": place.column, "other": HEADINGS[belongs][0], "belongs": belongs}
            self.found.append(warning(place, *told, **of))

    def _check_put_off(self, start: date | None) -> None:
        if start and (said := put_off(self._saying(), as_text(start))):
            self._fault(
                said[0] if said[0] in self._columns else "start",
                N_("“{value}” puts the fair off; the row says {start}."),
                N_("Write the day that holds as its date, and delete the remark."),
                value=shown_cell(said[1]),
                start=as_text(start),
            )

    def _check_weekday(self, start: date | None, end: date | None) -> None:
        """Note a day of the week, in a column of its own, that is not the fair's."""
        beside = self._columns.get("start", 0)
        for at in (beside - 1, beside + 1) if start and end else ():
            said = weekday(self.row.cell(at)) if at >= 0 else None
            if (
                start
                and said is not None
                and said not in {day.weekday() for day in (start, end) if day}
            ):
                told = not_that_weekday((start, end or start), [said], is_beside=True)
                self._fault("start", told.message, told.hint, **told.parameters)

    def _saying(self) -> Iterator[tuple[str, Cell]]:
        """Yield cells with their columns where they may say how things stand with the fair."""
        if not may_say_so(self.row):
            return
        columns = {at: column for column, at in self._columns.items()}
        for at, cell in enumerate(self.row.cells):
            heading = self._headed[at] if at < len(self._headed) else ""
            is_known = NOT_READ in meanings_of(heading)
            own = STATUS if "status" in heading.casefold() else OWN if is_known else NO_COLUMN
            yield columns.get(at, own), cell

    def _text(self, column: str, check: Callable[[Cell], str]) -> str:
        """Return what is printed of a column; empty where there is nothing."""
        return self._value(column, check, None if column in REQUIRED else "") or ""

    def _value(
        self, column: str, check: Callable[[Cell], ValueT], default: ValueT | None = None
    ) -> ValueT | None:
        """Return a column's value: `default` where it is empty, None where it is wrong.

        Without a default, an empty cell is wrong.
        """
        cell = self._cell(column)
        if is_empty(cell):
            return self._empty(column, default)
        may_ask = column in {"fair", "talk", "url_label"} and as_text(cell).strip().endswith("?")
        try:
            if column == "online" or not is_debris(cell):
                if column in {*PRINTED_TEXTS, "hours"} and not may_ask and is_uncertain(cell):
                    raise Debris(
                        N_("“{value}” says that it is not certain."),
                        N_("Write what holds, as soon as it is known."),
                    )
                return check(cell)
        except Unsuitable as found:
            if default is None or not isinstance(found, Debris):
                value = "" if column in PERSONAL else shown_cell(as_text(cell))
                told = {"value": value, **found.parameters}
                self._fault(column, found.message, found.hint, **told)
                return None
        if default is not None:  # what stands here is no value
            value = "…" if column in PERSONAL else shown_cell(as_text(cell))
            self.debris.append((column, value))
        return self._empty(column, default)

    def _cell(self, column: str) -> Cell:
        cell = self.row.cell(self._columns[column]) if column in self._columns else None
        return contacts.behind(cell, column) if column in {"url", "email"} else cell

    def _empty(self, column: str, default: ValueT | None) -> ValueT | None:
        if default is None and column in self._columns:
            hint = N_("Fill it in: no flyer can be printed without it.")
            self._fault(column, N_("“{column}” is empty."), hint)
        return default

    def _fault(self, column: str, message: str, hint: str, **parameters: object) -> None:
        place = self._place(column)
        self.found.append(error(place, message, hint, column=place.column, **parameters))

    def _place(self, column: str) -> Location:
        return self._headings.place(self.row.number, column)
