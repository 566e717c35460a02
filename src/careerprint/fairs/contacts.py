"""Telephone numbers, e-mail addresses and web addresses in the cells of a table."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from careerprint.core.diagnostics import N_
from careerprint.fairs.cells import Cell, Linked, as_text
from careerprint.fairs.entries import Unsuitable, text

LONGEST_URL = 300
"""Bytes; a QR code of them has modules of 0.3 mm on the narrowest flyer, as for the issuer's."""
_ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_PHONE_WORD = re.compile(r"^(?:tel(?:efon)?|phone|mobil|handy|fon)\b[.:]*\s*", re.IGNORECASE)
ValueT = TypeVar("ValueT")
STANDS_THERE = {
    "email": N_("An e-mail address stands in “{column}”."),
    "phone": N_("A telephone number stands in “{column}”."),
    "url": N_("A web address stands in “{column}”."),
}
BELONGS = N_("It belongs into a column “{other}”.")
_SAYS_AT = re.compile(r" ?(?:\((?:at|ät)\)|\[(?:at|ät)\]) ?", re.IGNORECASE)

_MAIL_WITHIN = re.compile(r"[^\s<>()\[\],;:/|]+@[^\s<>()\[\],;:/|]+\.\w+")
_PHONE_WITHIN = re.compile(r"(?<![\w.+])\(?[+0][\d ()/.\u00a0‐‑–-]{4,}\d")
_DAY_WITHIN = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}")
_BEFORE_IT = re.compile(
    r"\W*\b(?:tel(?:efon)?|fon|mobil|handy|durchwahl|e-?mail|mail|phone)\b[\s.:]*$", re.IGNORECASE
)
_AROUND = " \t\n\u00a0,;:/|<>()[]–-"

NO_PHONE = (
    N_("“{column}” does not hold a telephone number."),
    N_("Write one number with its area code and nothing else: 030 23125 014."),
)


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

    written = _PHONE_WORD.sub("", text(cell, 40))
    if re.fullmatch(r"11[0-9]|116 ?\d{3}", written):  # numbers without an area code: 115, 116 117
        return written
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
        raise Unsuitable(*NO_PHONE)
    return written


def phones(cell: Cell) -> tuple[str, ...]:
    """Return the number in a cell, or both of two, each as `phone` reads it."""
    try:
        return (phone(cell),)
    except Unsuitable:
        parts = re.split(r"\s*(?:[,;\n|]|\s/\s|\boder\b|\bbzw\.|\bund\b)\s*", as_text(cell).strip())
        if len(parts) != len(("phone", "phone2")):
            raise
        with suppress(Unsuitable):
            return tuple(map(phone, parts))
        raise


def email(cell: Cell) -> str:
    """Return an e-mail address as it is written, without the name before it, or “mailto:”.

    Whether it exists is not looked up.
    """
    from email_validator import EmailNotValidError, validate_email

    written = text(cell, 254)  # RFC 5321, 4.5.3.1.3
    written = re.sub(
        r"^(?:mailto:|e-?mail: *|[^<>@]*<(?=[^<>]*>$))|>$", "", written, flags=re.IGNORECASE
    )
    written = _SAYS_AT.sub("@", written)
    try:
        validate_email(written, check_deliverability=False)
    except EmailNotValidError:
        raise Unsuitable(
            N_("“{column}” does not hold an e-mail address."),
            N_("Write one address and nothing else: beratung@example.org."),
        ) from None
    return written


def url(cell: Cell) -> str:
    """Return a web address as it is written, with the “https://” that is meant before it."""
    written = text(cell, 2000)
    if not re.match(r"[a-z][a-z0-9+.-]*:", written, re.IGNORECASE):
        written = f"https://{written}"
    address = encoded_address(written)
    host = ""
    with suppress(ValueError):  # a port that is no number, for example
        parts = urlsplit(address)
        _ = parts.port
        host = "" if parts.username is not None else parts.hostname or ""
    if not (_ADDRESS.fullmatch(address) and _HOST.fullmatch(host)):
        raise Unsuitable(
            N_("“{value}” is not a web address."),
            N_("Write it in full: https://www.example.org/"),
        )
    if len(address) > LONGEST_URL:
        raise Unsuitable(
            N_(
                "The web address has {count} characters; a QR code of more than {most} is too fine."
            ),
            N_("Use a shorter address."),
            count=len(address),
            most=LONGEST_URL,
        )
    return written


def behind(cell: Cell, kind: str) -> Cell:
    """Return where the link behind a cell leads, if that is an address of this kind; else the cell.

    A text that is an e-mail address itself may have been changed without the link behind it.
    """
    if not isinstance(cell, Linked):
        return cell
    mail = re.match(r"mailto:([^?]*)", cell.address, re.IGNORECASE)
    if kind == "email":
        return mail[1] if mail and "@" not in cell else cell
    return cell if mail else cell.address


def kind_of(cell: Cell) -> str:
    """Return what a cell is by itself: "email", "phone" or "url"; "" where that is not sure."""
    for kind, (check, begins) in _KINDS.items():
        meant = behind(cell, kind) if kind in _LINKED else cell
        if begins.match(as_text(meant).strip()):
            with suppress(Unsuitable):
                check(meant)
                return kind
    return ""


def within(written: str) -> tuple[str, str, str]:
    """Return the kind of an e-mail address or telephone number in a text, itself, and the rest.

    All are "" where there is none.
    """
    found = [("email", match) for match in _MAIL_WITHIN.finditer(written)]
    found += [("phone", match) for match in _PHONE_WITHIN.finditer(written)]
    for kind, match in found:
        value = match[0].strip()
        if kind == "phone" and value.startswith("(") and ")" not in value:
            value = value[1:]
        if kind_of(value) == kind and not _DAY_WITHIN.fullmatch(value):
            before = _BEFORE_IT.sub("", written[: match.start()])
            rest = (before.strip(_AROUND), written[match.end() :].strip(_AROUND))
            return kind, value, ", ".join(filter(None, rest))
    return "", "", ""


def expected(kind: str, check: Callable[[Cell], ValueT], cell: Cell) -> ValueT:
    """Return what `check` makes of a cell; one that is clearly of another kind is told as that.

    `kind` is "" for a name, behind which a link may lead anywhere.
    """
    if not kind and not (kind_of(as_text(cell)) and kind_of(cell)):
        return check(cell)
    try:
        if kind:
            return check(cell)
    except Unsuitable:
        if kind_of(cell) in {"", kind}:
            raise
    stands = kind_of(cell)
    raise Unsuitable(
        STANDS_THERE[stands],
        BELONGS,
        other={"email": "E-Mail", "phone": "Telefon", "url": "Internet"}[stands],
        belongs=stands,
    )


def encoded_address(written: str) -> str:
    """Return a web address in ASCII, as telephones read it rightly out of a QR code.

    Source: RFC 3987, 3.1; RFC 5891 (the host). What cannot be encoded stays as it is.
    """
    if written.isascii():
        return written
    try:
        parts = urlsplit(written)
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        place = f"{host}:{parts.port}" if parts.port else host
    except (ValueError, UnicodeError):
        return written
    rest = (quote(part, safe="/%!$&'()*+,;=:@?~-._") for part in parts[2:])
    return urlunsplit((parts.scheme, place, *rest))


_LINKED = frozenset({"email", "url"})
# How cells are read of which the kind is sought, and what they begin with.
_KINDS: Mapping[str, tuple[Callable[[Cell], object], re.Pattern[str]]] = {
    "email": (email, re.compile(r".*(?:@|[(\[](?:at|ät)[)\]])", re.IGNORECASE)),
    "url": (
        url,
        re.compile(r"(?i:https?://|www\.)|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$"),
    ),
    "phone": (phones, re.compile(rf"(?:{_PHONE_WORD.pattern[1:]})?\(?[+0]", re.IGNORECASE)),
}
