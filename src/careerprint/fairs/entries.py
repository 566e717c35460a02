"""What a cell of the table of fairs may hold: from a cell to a checked value, column by column.

Each function takes a cell that is not empty and raises Unsuitable with cause and remedy. It knows
neither the place of the cell nor whether its value may be shown.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from careerprint.core.characters import CONTROLS, HALVES, REORDERING
from careerprint.core.diagnostics import N_
from careerprint.core.slugs import WINDOWS_DEVICE
from careerprint.fairs.cells import Broken, Cell, as_text
from careerprint.profiles.catalogs import fallback_chain, is_locale

MOST_COPIES = 100_000
LONGEST_ID = 60
"""Characters; it names folders, and paths are limited on Windows."""
LONGEST_URL = 300
"""Bytes; a QR code of them has modules of 0.3 mm on the narrowest flyer, as for the issuer's."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_EXCEL_DAY_0 = date(1899, 12, 30)  # what Excel counts days from, since its 1900 has a 29 February

_CONTROL = re.compile(rf"[{CONTROLS}{REORDERING}{HALVES}\ufffe\uffff]")
# ä, ö, ü, Ä, Ö, Ü, ß as UTF-8 that was read as Windows-1252, and what stands for a lost character.
_MANGLED = re.compile("\ufffd|Ã[¤¶¼„–œŸ\u0084\u0096\u009c\u009f]")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?: \d{1,2}:\d\d(?::\d\d)?)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?)?")
_ID = re.compile(r"[a-z][a-z0-9_-]*")  # as content.Id
_BEFORE_CODE = re.compile(r"^(halle|hall|stand|booth)\b[ .:]*(?=\w)", re.IGNORECASE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ALL = {"alle", "all"}


class Unsuitable(Exception):  # noqa: N818 - it reads as what is said of the cell
    """A cell cannot be used: templates of message and hint, and what they name."""

    def __init__(self, message: str, hint: str, **parameters: object) -> None:
        self.message, self.hint, self.parameters = message, hint, parameters
        super().__init__(message)


def plain(text: str) -> str:
    """Return a text in small letters without umlauts and accents: Größe → groesse."""
    small = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))


def text(cell: Cell, most: int) -> str:
    """Return what is printed as it stands, in one line, of at most `most` characters.

    A number is the text that it is shown as. A date is refused: nobody means one here.
    """
    if isinstance(cell, Broken):
        raise Unsuitable(
            N_("The formula in “{column}” has no result, or an error as its result."),
            N_("Write the value itself into the cell."),
        )
    if isinstance(cell, date):
        raise Unsuitable(
            N_("Your spreadsheet program has made a date of the cell in “{column}”."),
            N_("Format the cell as text and type it again."),
        )
    written = as_text(cell)
    if _CONTROL.search(written):
        raise Unsuitable(
            N_("“{column}” holds a character that cannot be printed."), N_("Type the cell again.")
        )
    if _MANGLED.search(written):
        raise Unsuitable(
            N_("Umlauts or other characters of “{column}” are mangled."),
            N_("Correct the cell, and save the table as .xlsx or as “CSV UTF-8” from now on."),
        )
    folded = re.sub(r"[ \t\n]+", " ", written).strip()  # as in a profile, special spaces stay
    if len(folded) > most:
        raise Unsuitable(
            N_("“{column}” has {count} characters; there is room for {most}."),
            N_("Shorten the text."),
            count=len(folded),
            most=most,
        )
    return written if written == folded else folded  # many thousands: one string is enough


def code(cell: Cell, most: int) -> str:
    """Return the number of a hall or stand without the word before it, which layouts write.

    "Halle 2" is 2, and "Stand B 14" is B 14; "Messehalle Nord" stays as it is.
    """
    return _BEFORE_CODE.sub("", text(cell, most))


def fair_id(cell: Cell) -> str:
    """Return an id: small letters, digits, “-” and “_”, a letter first, for it names a folder."""
    written = text(cell, LONGEST_ID)
    if _ID.fullmatch(written) and not WINDOWS_DEVICE.fullmatch(written):
        return written
    meant = re.sub(r"[^a-z0-9_]+", "-", plain(written)).strip("-_") or "1"
    if not meant[0].isalpha() or WINDOWS_DEVICE.fullmatch(meant):
        meant = f"messe-{meant}"
    raise Unsuitable(
        N_("“{value}” cannot name a folder."),
        N_("Use small letters a–z, digits and “-”, and start with a letter: {meant}."),
        meant=meant,
    )


def parsed_day(cell: Cell) -> date:
    """Return a day: a real date, or a text such as 12.03.2027 or 2027-03-12.

    A time of day behind it is dropped: spreadsheets keep one that they do not show. Every other
    way to write a day is refused, since 12/03/2027 is two days, and a year of two digits a guess.
    """
    if isinstance(cell, datetime):
        return _in_this_century(cell.date())
    if isinstance(cell, date):
        return _in_this_century(cell)
    written = text(cell, 100)
    if found := _GERMAN_DAY.fullmatch(written):
        numbers = (int(found[3]), int(found[2]), int(found[1]))
    elif found := _ISO_DAY.fullmatch(written):
        numbers = (int(found[1]), int(found[2]), int(found[3]))
    else:
        raise _not_a_day(written)
    try:
        found_day = date(*numbers)
    except ValueError:
        raise Unsuitable(
            N_("There is no such day as “{value}”."), N_("Correct the date.")
        ) from None
    return _in_this_century(found_day)


def _in_this_century(day: date) -> date:
    if _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return day
    raise Unsuitable(N_("The year of “{value}” cannot be right."), N_("Correct the date."))


def _not_a_day(written: str) -> Unsuitable:
    if re.fullmatch(r"\d{4,5}", written):
        meant = _EXCEL_DAY_0 + timedelta(days=int(written))
        if _FIRST_YEAR <= meant.year <= _LAST_YEAR:
            return Unsuitable(
                N_("“{value}” is a number, not a date."),
                N_("If {meant} is meant, write it so, or format the cell as a date."),
                meant=as_text(meant),
            )
    return Unsuitable(
        N_("“{value}” is not a date that can be read in one way only."),
        N_("Write it as 12.03.2027 or 2027-03-12."),
    )


def copies(cell: Cell) -> int:
    """Return a number of copies, from 1 to MOST_COPIES."""
    written = text(cell, 100)
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", written):
        raise Unsuitable(
            N_("“{value}” is not a whole number without separators."),
            N_("Write digits only: {meant}."),
            meant=written.replace(".", ""),
        )
    if not re.fullmatch(r"[0-9]{1,9}", written) or not 1 <= int(written) <= MOST_COPIES:
        raise Unsuitable(
            N_("“{value}” is not a number of copies."),
            N_("Write a whole number from 1 to {most}."),
            most=MOST_COPIES,
        )
    return int(written)


def one_of(cell: Cell, known: Collection[str]) -> str:
    """Return the known name that is written, in small letters or not: DIN lang → din-lang."""
    written = text(cell, 100)
    name = re.sub(r"\s+", "-", written.casefold())
    if name not in known:
        raise Unsuitable(
            N_("There is no “{value}” for “{column}”."),
            N_("Available: {available}."),
            available=", ".join(known) or "–",
        )
    return name


def locales(cell: Cell, available: Sequence[str], declared: Sequence[str]) -> tuple[str, ...]:
    """Return the tags of locales, each once: as written, or those declared for “alle”.

    A tag counts where it or one that it falls back to is available: de-AT where de is.
    """
    words = [word for word in re.split(r"[\s,;]+", text(cell, 400)) if word]
    found: list[str] = []
    for word in words:
        if word.casefold() in _ALL:
            found += declared
            continue
        tag = _cased(word, (*available, *declared))
        if not is_locale(tag) or not set(fallback_chain(tag)) & set(available):
            raise Unsuitable(
                N_("There is no language “{word}”."),
                N_(
                    "Write the short names, with commas between, or “alle”. Available: {available}."
                ),
                word=word[:40],
                available=", ".join(available) or "–",
            )
        found.append(tag)
    return tuple(dict.fromkeys(found))


def _cased(tag: str, known: Collection[str]) -> str:
    """Return a tag with the letters that BCP 47 recommends: DE-at → de-AT, ZH-HANT → zh-Hant."""
    by_small = {name.casefold(): name for name in known}
    first, *others = tag.replace("_", "-").split("-")
    cased = {2: str.upper, 4: str.title}
    made = "-".join([first.lower(), *(cased.get(len(o), str.lower)(o) for o in others)])
    return by_small.get(made.casefold(), made)


def phone(cell: Cell) -> str:
    """Return a telephone number as it is written: with an area code, possible in the world's plans.

    It must start with 0 or +. One without is a local number, or a spreadsheet took it for a plain
    number and dropped its 0.
    """
    from phonenumbers import (
        NumberParseException,
        ValidationResult,
        is_possible_number_with_reason,
        parse,
    )

    written = text(cell, 40)
    if re.match(r"\(?\+?[1-9]", written) and not re.match(r"\(?\+", written):
        raise Unsuitable(
            N_("The number in “{column}” starts neither with 0 nor with +."),
            N_("Write it with its area code, and format the column as text: 030 23125 014."),
        )
    try:
        found = is_possible_number_with_reason(parse(written, "DE"))
    except NumberParseException:
        found = None
    possible = ValidationResult.IS_POSSIBLE  # and with its area code, not only from nearby
    if found != possible or not re.fullmatch(r"[0-9+()/ .\u00a0‐‑–-]+", written):
        raise Unsuitable(
            N_("“{column}” does not hold a telephone number."),
            N_("Write one number with its area code and nothing else: 030 23125 014."),
        )
    return written


def email(cell: Cell) -> str:
    """Return an e-mail address as it is written; whether it exists is not looked up."""
    from email_validator import EmailNotValidError, validate_email

    written = text(cell, 254)  # RFC 5321, 4.5.3.1.3
    try:
        validate_email(written, check_deliverability=False)
    except EmailNotValidError:
        raise Unsuitable(
            N_("“{column}” does not hold an e-mail address."),
            N_("Write one address and nothing else: beratung@example.org."),
        ) from None
    return written


def url(cell: Cell) -> str:
    """Return a web address in full: what starts with “www.” gets the “https://” that is meant.

    Everything else must start with http:// or https:// itself. Letters beyond ASCII are refused,
    since telephones read them out of a QR code in different ways.
    """
    written = text(cell, 2000)
    if re.match(r"www\.", written, re.IGNORECASE):
        written = f"https://{written}"
    if not written.isascii():
        raise Unsuitable(
            N_("The web address “{value}” holds letters that not every telephone reads rightly."),
            N_("Open the page in a browser and copy the address from there."),
        )
    if not _is_web_address(written):
        raise Unsuitable(
            N_("“{value}” is not a web address."),
            N_("Write it in full: https://www.example.org/"),
        )
    if len(written) > LONGEST_URL:
        raise Unsuitable(
            N_(
                "The web address has {count} characters; a QR code of more than {most} is too fine."
            ),
            N_("Use a shorter address."),
            count=len(written),
            most=LONGEST_URL,
        )
    return written


def _is_web_address(written: str) -> bool:
    if not re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", written, re.IGNORECASE):
        return False
    try:
        parts = urlsplit(written)
        _ = parts.port  # raises for one that is no number
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.username is None and bool(
        re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", host)
    )
