"""Where a stand is: numbers and names of halls, stands, rooms, without the words before them."""

import re

from careerprint.fairs.cells import Cell
from careerprint.fairs.entries import made_a_date, text

_DAY_AS_CODE = re.compile(
    r"\d{1,2}\.\s?(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?(?:\s?\d{2,4})?"
    r"|(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?\s?\d{2,4}"
    r"|\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
HALL, STAND, HOUSE, ENTRANCE, FLOOR, ROOM = (
    "halle|hall",
    "stand|booth",
    "haus|hausnummer|hausnr|nr",
    "eingang|entrance",
    "etage|ebene|stockwerk|stock|floor|level",
    "raum|room|zimmer",
)
"""What may stand before the number or name of one, for `code`."""
_HALL_AND_STAND = re.compile(
    rf"(?P<hall>.*\w)\W+\b(?:{STAND})(?:[ -]?(?:nr|no|nummer))?\b\W*(?P<stand>\w.*)"
    rf"|(?:{HALL})\b\W*(?P<number>\w[\w.]*)\s*(?:[,;/|–-]|\s)\s*(?P<code>\w.*)"
    r"|(?P<first>\w[\w.]*)\s*[,;/|]\s*(?P<second>\w.*)",
    re.IGNORECASE,
)
_SAYS_HALL = re.compile(rf"(?:{HALL})\b", re.IGNORECASE)
_SAYS_STAND = re.compile(rf"\b(?:{STAND})\b", re.IGNORECASE)


def code(cell: Cell, most: int, words: str) -> str:
    """Return the number or name of a place without one of the words, which layouts write.

    "Halle 2" is 2, and "Stand B 14" is B 14; "Messehalle Nord" stays as it is.
    """
    return _bare(_coded(cell, most), words)


def _coded(cell: Cell, most: int) -> str:
    written = text(cell, most)
    if _DAY_AS_CODE.fullmatch(written):
        raise made_a_date()
    return written


def _bare(written: str, words: str) -> str:
    before = rf"^(?:{words})(?:[ -]?(?:nr|no|nummer)\b)?\b[ .:#]*(?=\w)"
    return re.sub(before, "", written, flags=re.IGNORECASE)


def hall_and_stand(cell: Cell, most: int) -> tuple[str, str]:
    """Return hall and stand out of one cell: "Halle 2, Stand B14", "2 / B14"; "" for what lacks.

    Several words that are not surely both are the stand: "Erdgeschoss links", "B 7".
    """
    return _parts(_coded(cell, most))


def parted(hall: str, stand: str) -> tuple[str, str]:
    """Return hall and stand where the cell of one says both.

    A hall may be "2, Stand 4", a stand "Halle 2, 214"; where both are given, they stay.
    """
    says_both = _SAYS_STAND.search(hall) if hall else _SAYS_HALL.match(stand)
    return _parts(hall or stand) if says_both and not (hall and stand) else (hall, stand)


def _parts(written: str) -> tuple[str, str]:
    if _SAYS_STAND.match(written):
        return "", _bare(written, STAND)
    if found := _HALL_AND_STAND.fullmatch(written):
        hall, stand = (said for said in found.groups() if said)
        return _bare(hall, HALL), stand
    is_hall = _SAYS_HALL.match(written) or " " not in written
    return (_bare(written, HALL), "") if is_hall else ("", written)
