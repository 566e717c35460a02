"""The hall and the stand of a fair, in whichever cells they are written."""

import re

from careerprint.fairs.cells import Cell
from careerprint.fairs.entries import HALL, STAND, coded, without_word

_HALL_AND_STAND = re.compile(
    rf"(?P<hall>.*\w)\W+\b(?:{STAND})(?:[ -]?(?:nr|no|nummer))?\b\W*(?P<stand>\w.*)"
    rf"|(?:(?:{HALL})\b)?\W*(?!(?:{HALL})\b)(?P<number>\w[\w.]*)\s*(?:[,;/|–-]|\s)\s*(?P<code>\w.*)",
    re.IGNORECASE,
)
_SAYS_HALL = re.compile(rf"(?:{HALL})\b", re.IGNORECASE)
_SAYS_STAND = re.compile(rf"\b(?:{STAND})\b", re.IGNORECASE)


def hall_and_stand(cell: Cell, most: int) -> tuple[str, str]:
    """Return hall and stand out of one cell: "Halle 2, Stand B14", "2 / B14"; "" for what lacks."""
    return _parts(coded(cell, most))


def parted(hall: str, stand: str) -> tuple[str, str]:
    """Return hall and stand where the cell of one says both.

    A hall may be "2, Stand 4", a stand "Halle 2, 214"; where both are given, they stay.
    """
    says_both = _SAYS_STAND.search(hall) if hall else _SAYS_HALL.match(stand)
    return _parts(hall or stand) if says_both and not (hall and stand) else (hall, stand)


def _parts(written: str) -> tuple[str, str]:
    if _SAYS_STAND.match(written):
        return "", without_word(written, STAND)
    if found := _HALL_AND_STAND.fullmatch(written):
        return without_word(found["hall"] or found["number"], HALL), found["stand"] or found["code"]
    return without_word(written, HALL), ""
