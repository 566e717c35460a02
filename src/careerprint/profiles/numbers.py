"""Compares the numbers of a text with those of its translation, whatever digits each is written in.

What is compared are values: "3.600", "3,600" and "٣٬٦٠٠" are one. Words for numbers are none, and
one that is a word in one of the texts is missed in neither.
"""

import math
import re
import unicodedata
from collections import Counter

from careerprint.core.diagnostics import N_, Diagnostic, Location, warning

# Names of facts, addresses, and what escapes a sign of Markdown.
_NO_TEXT = re.compile(r"%\(\w+\)s|\{[^{}]*\}|\]\([^)]*\)|https?://\S+|\S+@\S+|\\")
# Telephone numbers are written in groups of any length: 0231 123-45, +49 (0)231 12345.
_ABROAD = re.compile(r"(?:\+|\b00)\s?49[\s./-]?(?:\(0\)\s?)?(?=\d)")
_PHONE = re.compile(
    r"\(?\b(?!\d{1,2}[/-]\d{1,2}[/-]\d)(?!\d{1,2}[/-]\d{4}(?!\d))0\d[\d\s/()-]{4,}\d"
)
_DAY = re.compile(r"(?<![\d.,])(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(?!\d)")
_SPACES = "\u00a0\u202f\u2009 ’'"
_MIXED = r"(\d{1,3}) ?([¼½¾⅐-⅞])|(\d{1,3}) ([1-9])[/\u2044]([1-9]\d?)(?![\d/.])|([¼½¾⅐-⅞])"
_NUMBER = re.compile(
    rf"{_MIXED}|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:٫٬]\d+)*", re.ASCII
)
_GROUPED = re.compile(rf"[.,٬{_SPACES}](?=\d{{3}}(?!\d))")
_AFTERNOON = re.compile(r"\s?p\.?\s?m\b", re.IGNORECASE)
_NOON = 12
_LONGEST = 30  # characters of a number that is one; Python refuses to read thousands of digits
# German words for numbers, as words begin with them; a sentence has "ein" for other reasons, too.
_WORDS = {
    number: re.compile(rf"\b(?:{words})")
    for number, words in {
        "0.5": "halb",
        "1": "ein|erst",
        "1.5": "anderthalb",
        "2": "zwei|zwo|beid|paar|doppel",
        "3": "drei|dritt",
        "4": "vier",
        "5": "fünf",
        "6": "sechs",
        "7": "sieb",
        "8": "acht",
        "9": "neun",
        "10": "zehn",
        "11": "elf",
        "12": "zwölf|dutzend",
        "20": "zwanzig",
        "100": "hundert",
        "1000": "tausend",
    }.items()
}


_SHOWN = 60  # characters of a text in a message


def number_remark(original: str, translation: str, place: Location) -> Diagnostic | None:
    """Return a warning where a translation at `place` has other numbers than the German text."""
    here, there = unlike_numbers(original, translation)
    if not there:
        return None
    return warning(
        place,
        N_("“{text}”: {there} stands here, and {here} in the German text."),
        N_("Compare the two, and correct the wrong one."),
        text=translation if len(translation) <= _SHOWN else f"{translation[: _SHOWN - 1]}…",
        here=", ".join(here),
        there=", ".join(there),
    )


def unlike_numbers(original: str, translation: str) -> tuple[list[str], list[str]]:
    """Return the numbers of a German text that its translation lacks, and those it has instead.

    Both are as they are written. Where one of them would be empty, both are.
    """
    here, there = _numbers(original), _numbers(translation)
    if "".join(value for value, _ in here) == "".join(value for value, _ in there):
        return [], []
    missing, others = _without(here, there), _without(there, here)
    for number in list(missing):
        if alike := next((other for other in others if _means(number[0], other[0])), None):
            missing.remove(number)
            others.remove(alike)
    said = original.casefold()
    others = [(n, w) for n, w in others if n not in _WORDS or not _WORDS[n].search(said)]
    if not (missing and others):
        return [], []
    return [written for _, written in missing], [written for _, written in others]


_Number = tuple[str, str]  # its value, and how it is written


def _without(numbers: list[_Number], others: list[_Number]) -> list[_Number]:
    """Return the numbers that are not among the others, as often as they are there more often."""
    left = Counter(value for value, _ in others)
    found = []
    for number in numbers:
        if left[number[0]]:
            left[number[0]] -= 1
        else:
            found.append(number)
    return found


def _means(value: str, other: str) -> bool:
    """Tell whether two numbers are one: "3,4 Mio." and "3 400 000", the "90er" and the "1990s"."""
    one, two = sorted((float(value), float(other)))
    if one in range(10, 100, 10) and two in {1900 + one, 2000 + one}:
        return True
    return any(math.isclose(one * scale, two) for scale in (1e3, 1e6, 1e9))


def _numbers(text: str) -> list[_Number]:
    """Return the numbers of a text, each as its value and as it is written there."""
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in _NO_TEXT.sub(" ", text))
    plain = _PHONE.sub(lambda found: re.sub(r"\D", "", found[0]), _ABROAD.sub("0", plain))
    plain = _DAY.sub(r"\1 / \2 / ", plain)
    return [
        (value, found[0])
        for found in _NUMBER.finditer(plain)
        for value in _mixed(found)
        or _values(found[0], is_afternoon=bool(_AFTERNOON.match(plain, found.end())))
    ]


def _mixed(found: re.Match[str]) -> list[str]:
    """Return the value of a number with a fraction, 3½ or 3 1/2; nothing for another number."""
    whole, sign, before, above, below, alone = found.groups()
    if not (sign or below or alone):
        return []
    fraction = int(above) / int(below) if below else unicodedata.numeric(sign or alone)
    return [f"{int(whole or before or 0) + fraction:.3f}".rstrip("0").rstrip(".")]


def _values(written: str, *, is_afternoon: bool) -> list[str]:
    """Return the values of what is written as one number: of a date in figures, each of its own."""
    if len(written) > _LONGEST or re.fullmatch(r"0\d{4,}", written):  # a telephone number or code
        return [re.sub(r"\D", "", written)]
    whole = _GROUPED.sub("", written) if re.match(r"[1-9]\d{0,2}(?!\d)", written) else written
    parts = re.split(r"[.,:٫٬]", whole)
    if len(parts) > 2:  # noqa: PLR2004 - day, month and year
        return [str(int(part)) for part in parts]
    hours = int(parts[0])
    if is_afternoon and hours < _NOON:
        hours += _NOON
    rest = "".join(parts[1:]).rstrip("0")
    return [f"{hours}.{rest}" if rest else str(hours)]
