"""Reads a calendar (.ics) as a table of fairs: each event a row.

Calendar programs and the web sites of fairs write this format. What is read of it here is small:
lines, their parameters and four kinds of values, which needs no library.
Source: RFC 5545, 3.1 (content lines), 3.3.11 (text), 3.6.1 (events)
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from careerprint.core.bounds import beyond
from careerprint.core.characters import decoded
from careerprint.core.diagnostics import N_, Location, refuse, warning
from careerprint.fairs.cells import NOT_ONE, Cell, Worksheet, named_rows, row_of

_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^;:\"]*))*):(.*)", re.DOTALL)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_HEADINGS = (
    "Messe",
    "Beginn",
    "Ende",
    "Öffnungszeiten",
    "Veranstaltungsort",
    "Internet",
    "Kategorie",
    "Halle / Stand",
)
# A line of a description; whom it names may be the organizer's, so no contacts are read there.
_NUMBER = r"(?![\s.:]*20\d\d)[\s.:]*[\w-]{0,3}\s?\d[\w-]{0,5}"  # a year says of when a text is
_STAND = rf"(?:stand|messestand|booth)(?:[ -]?(?:nr|nummer))?\b{_NUMBER}"
_HALL_OR_STAND = re.compile(
    rf"(?:(?:halle|hall)[\s:]*\w{{1,4}}(?:\s*[,;/|–-]?\s*{_STAND})?|{_STAND})\.?", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def read_ics(content: bytes, name: str, most: int) -> Worksheet:
    """Return the events of the calendar `name`, of at most `most`, below a row of headings.

    An event's number is that of its first line. Raises Refused for what is no calendar.
    """
    found = decoded(content)
    if found is None or not re.match(r"\s*BEGIN:VCALENDAR\b", found.text, re.IGNORECASE):
        raise refuse(name, *NOT_ONE, kind=".ics")
    rows, cancelled, repeating, described = [row_of(0, _HEADINGS)], [], [], []
    for number, event in _events(found.text):
        if len(rows) > most:
            raise beyond(Location(name, number), "table_rows", most)
        if event.get("STATUS", ("", ""))[1].upper() == "CANCELLED":
            cancelled.append(number)
            continue
        if "RRULE" in event or "RDATE" in event:
            repeating.append(number)
        if "DESCRIPTION" in event:
            described.append(number)
        rows.append(row_of(number, _cells(event)))
    told = []
    if described:
        told.append(
            warning(
                Location(name, described[0]),
                N_("Of descriptions of events, only hall and stand are read: {rows}."),
                N_("What else flyers are to say belongs into a table: Excel or CSV."),
                rows=named_rows(described),
            )
        )
    if cancelled:
        told.append(
            warning(
                Location(name, cancelled[0]),
                N_("Events that are cancelled are not printed: {rows}."),
                N_("Delete them in your calendar if they are in the way."),
                rows=named_rows(cancelled),
            )
        )
    if repeating:
        told.append(
            warning(
                Location(name, repeating[0]),
                N_("Events that repeat are read once, for their first day: {rows}."),
                N_("Enter each day as an event of its own if flyers are wanted for it."),
                rows=named_rows(repeating),
            )
        )
    return Worksheet("", tuple(row for row in rows if row), diagnostics=tuple(told))


def _events(text: str) -> Iterator[tuple[int, Mapping[str, tuple[str, str]]]]:
    """Yield each event: the number of its first line, and its properties, which come first."""
    event: dict[str, tuple[str, str]] | None = None
    begun, inner = 0, 0
    for number, line in _unfolded(text):
        found = _LINE.fullmatch(line)
        if not found:
            continue
        key, parameters, value = found[1].upper(), found[2].upper(), found[3].strip()
        if key == "BEGIN":
            if value.upper() == "VEVENT":
                event, begun = {}, number
            elif event is not None:  # an alarm
                inner += 1
        elif key == "END" and event is not None:
            if inner:
                inner -= 1
            elif value.upper() == "VEVENT":
                yield begun, event
                event = None
        elif event is not None and not inner:
            event.setdefault(key, (parameters, value))


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield content lines with their numbers: one goes on where the next begins with a space."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    yield begun, "".join(parts)


def _cells(event: Mapping[str, tuple[str, str]]) -> list[Cell]:
    """Return an event as cells: a whole day ends the day before its end (RFC 5545, 3.6.1)."""
    begins, ends = _moment(event.get("DTSTART")), _moment(event.get("DTEND"))
    start: Cell = event.get("DTSTART", ("", ""))[1]
    end: Cell = None
    hours = ""
    if isinstance(begins, datetime):
        start, hours = begins.date(), f"{begins:%H:%M}"
        if isinstance(ends, datetime) and ends > begins:
            is_night = ends - begins < timedelta(hours=12)  # past midnight: one evening
            end = begins.date() if is_night else ends.date()
            closes = is_night or ends.time() > begins.time()
            hours = f"{hours}–{ends:%H:%M}" if closes else hours
    elif begins:
        start = begins
        end = max(begins, ends - timedelta(days=1)) if ends else None
    texts = {key: _text(value) for key, (_, value) in event.items()}
    said = (texts.get(key, "") for key in ("LOCATION", "URL", "CATEGORIES"))
    lines = _TAG.sub("", _BREAK.sub("\n", texts.get("DESCRIPTION", ""))).splitlines()
    stands = [line.strip() for line in lines if _HALL_OR_STAND.fullmatch(line.strip())]
    stand = ", ".join(stands[:2])  # hall and stand may have a line each
    return [texts.get("SUMMARY", ""), start, end, hours, *said, stand]


def _moment(written: tuple[str, str] | None) -> date | None:
    """Return a day, or a day and time as clocks in Germany show it; None for neither."""
    found = _TIME.fullmatch(written[1]) if written else None
    if not found:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if not found[4]:
            return day
        moment = datetime(day.year, day.month, day.day, int(found[4]), int(found[5]))
    except ValueError:
        return None
    return _in_germany(moment) if found[7] else moment


def _in_germany(moment: datetime) -> datetime:
    """Return a time in UTC as German clocks show it: an hour later, in summer two.

    Windows has no data of time zones. Source: Directive 2000/84/EC, articles 2 and 3
    """
    changes = [datetime(moment.year, month, 31, 1, tzinfo=UTC) for month in (3, 10)]
    spring, autumn = (
        (day - timedelta(days=(day.weekday() + 1) % 7)).replace(tzinfo=None) for day in changes
    )
    return moment + timedelta(hours=2 if spring <= moment < autumn else 1)


def _text(written: str) -> str:
    return _ESCAPED.sub(lambda e: "\n" if e[1] in "nN" else e[1], written).strip()
