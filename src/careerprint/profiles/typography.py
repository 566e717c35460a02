"""Sets a text as a typographer of its language would: dashes, quotation marks, spaces that hold.

Plain text and a BCP 47 tag go in, plain text comes out: a space may become one that does not break,
a hyphen a dash. But for signs that have a form of their own (three dots, "z.B.", "1⁄2"), nothing is
added or left out; several spaces are one. What a text has of typographic characters stays.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from careerprint.profiles.catalogs import known_locale
from careerprint.profiles.languages import (
    EM_DASH,
    EN_DASH,
    LANGUAGES,
    NARROW,
    NO_BREAK,
    Language,
)
from careerprint.profiles.tags import fallback_chain

# The end of a block is held together up to these lengths, in characters.
SHORT_END = 10
LONGEST_END = 24
_LEAST_WORDS = 4  # fewer are a label, whose lines are the layout's
_SPACES = re.compile(r"[ \u00a0\u202f]{2,}")
_BEFORE_WORD = re.compile(r"(?<!\S)(\w{1,3}) (?=\S{1,14}(?!\S))")

_WHOLE = r"(?:\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d+)"
# In Arabic and Hebrew, words such as "and" are written together with what follows.
_BEFORE_RANGE = r"(?<![0-9_.,:/+#–-])(?<![^\W_א-ת\u0620-\u064a])"
# Two whole numbers and a hyphen; no part of a date, an address, a telephone or a file number.
_RANGE = re.compile(
    rf"{_BEFORE_RANGE}(?<![\d)]\s)(?P<low>{_WHOLE})-(?P<high>{_WHOLE})(?![.,:]?\w|[–/]|-\d)"
)
# Times of day and decimal numbers, two of them with a hyphen between: 8.30-12.00, 2,5-3,5.
_FINE_RANGE = re.compile(
    rf"{_BEFORE_RANGE}(\d{{1,2}}([.:,])\d{{1,2}})-(\d{{1,2}}\2\d{{1,2}})(?![.,:/–-]?\w)"
)
# Where an amount has no cents: 1.270,- €.
_NO_CENTS = re.compile(r"(?<=\d,)-(?=[ \u00a0]?(?:€|EUR\b|Euro\b)|[\s.;)]|$)")
# Days of a month: 12.-14. März.
_ORDINALS = re.compile(r"(?<![\w.,-])(\d{1,2}\.)-(?=\d{1,2}\.\W)")
# A telephone number, at whose spaces no line ends: 0231 12345, (0231) 12 34, +49 231 123 45-0.
TELEPHONE = re.compile(
    r"(?<![\w.,-])(?:(?:\+\d{1,3}(?: ?\(0?\d*\))?|\(0\d{1,5}\))(?:[ \u00a0/–-]{0,3}\d+){1,6}"
    r"|0\d{2,5}(?:[ \u00a0/–-]{0,3}\d{2,}){1,6}(?:-\d{1,4})?)(?!\w)"
)
# What a number is called by, rather than counts: the hyphen may belong to it.
_NAMED = re.compile(r"(?:\b(?:tel|telefon|fax|nr|no|n|núm|az)[.:º°]*|№)\s$", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[^\W\d_]{2,}\s$")
_COMPOUND = re.compile(r"-[^\W\d_]((?![A-ZÄÖÜ])[^\W\d_])+")  # 16-18-Jährige, not 12-34-AB
_CURRENCY = r"EUR\b|[Ee]uros?\b|[єе]вро\b|يورو"
_MOST_DIGITS = 4  # a longer number without groups is no quantity
# A number before a word: alone, as a range, as a time of day; not within a word or an address, nor
# one that says already what it counts.
_NUMBER = re.compile(
    r"(?<![\w/+#.,:€%])(?<!\w[–-])(?<!\d[ \u00a0])(?<!\d\)[ \u00a0])(?<![§№°º€]\u00a0)"
    r"(?P<number>\d(?:[\d.,:–\u00a0\u202f-]*\d)?) (?=[^\W\d_]|°)"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[–-](?:1[89]|20)\d\d)?")
_NO_QUANTITY = re.compile(r"0\d.*|\d{1,2}\.\d{1,2}\.(?:\d{2}){0,2}|\d+-\d+-.*")


def quotation_marks(tag: str) -> tuple[str, str, str, str]:
    """Return a language's opening and closing marks, then those within a quotation.

    French marks have their narrow spaces with them.
    """
    return _language(tag).quotes


def single_spaced(text: str) -> str:
    """Return the text with one space for several; it holds where each of them does."""
    return _SPACES.sub(lambda found: " " if " " in found[0] else found[0][0], text)


def set_signs(text: str, tag: str) -> str:
    """Return the text with an ellipsis for three dots, single spaces, and those of "z. B."."""
    text = re.sub(r"(?<!\.)\.{3}(?!\.)", "…", single_spaced(text))
    language = _language(tag)
    if not language.opens:
        return text
    closed = {name.replace(" ", ""): name for name in language.abbreviations}
    return re.sub(
        rf"(?i:(?<![\w.])(?:{_any_of(tuple(closed))}))(?![\w@/])",
        lambda found: _opened(found[0], closed),
        text,
    )


def _opened(written: str, closed: Mapping[str, str]) -> str:
    """Return an abbreviation with its spaces; one in other letters ("e.v.") stays as it is."""
    known = closed.get(written) or closed.get(written[0].lower() + written[1:])
    return written[0] + known[1:].replace(" ", NO_BREAK) if known else written


def set_dashes_and_spaces(text: str, tag: str) -> str:
    """Return the text, as long as it is, with its dashes and with spaces where it may break.

    A hyphen becomes a dash between the ends of a range, between spaces, and for cents. A space that
    must not be a line's end becomes one that does not break: between a number and what it counts,
    within abbreviations, before a dash, behind a word of one letter where the language asks for it.
    """
    language = _language(tag)
    text = re.sub(r"(?<=[ \u00a0])-(?=[ \u00a0])", language.dash, text)
    text = _RANGE.sub(lambda found: _ranged(found, language.range_dash), text)
    text = _FINE_RANGE.sub(rf"\1{language.range_dash}\3", text)
    text = _NO_CENTS.sub(EN_DASH, text)
    if language.with_ordinals:
        text = _ORDINALS.sub(rf"\1{language.range_dash}", text)
    weekdays = _names_of_days(tag)
    text = re.sub(rf"\b({weekdays})-(?={weekdays})", rf"\1{language.range_dash}", text)
    text = TELEPHONE.sub(_held, text)
    text = re.sub(_dates(tag), _held, text)
    for pattern in _holding(language):
        text = re.sub(pattern, _held, text)
    text = _NUMBER.sub(lambda found: _counting(found, language), text)
    return _with_spaced_marks(text) if language.spaced_marks else text


def hold_numbers(text: str) -> str:
    """Return the text with each number held to what it counts: "3 Jahre"."""
    return re.sub(r"(?<=\d) ", NO_BREAK, text)


def hold_end(text: str) -> str:
    """Return a block, as long as it is, with its last words held together: no short last line.

    Nothing is held in a block of few words, nor behind a word that is too long for that. A
    sentence of several words is long enough by itself.
    """
    while held_end(text):
        rest, _, last = text.rpartition(" ")
        before = rest.rpartition(" ")[2]
        if not before or len(last) > SHORT_END or len(before) + 1 + len(last) > LONGEST_END:
            break
        if NO_BREAK in last and before.endswith((".", "!", "?")):
            break
        text = rest + NO_BREAK + last
    return text


def hold_short_words(text: str) -> str:
    """Return a title, as long as it is, in which no word of up to three letters ends a line.

    It is held to the next one, unless that is so long that the two might not have room in a line.
    The last two words stay together as they do in `hold_end`, and no more of them.
    """
    held = _BEFORE_WORD.sub(rf"\1{NO_BREAK}", text)
    rest, _, last = held.rpartition(" ")
    before = rest.rpartition(" ")[2]
    has_room = len(last) <= SHORT_END and len(before) + 1 + len(last) <= LONGEST_END
    is_alone = NO_BREAK not in last and len(text.split()) >= _LEAST_WORDS
    return rest + NO_BREAK + last if is_alone and has_room else held


def held_end(text: str) -> str:
    """Return the end of a block that stays on one line; "" where nothing is held."""
    last = text.rpartition(" ")[2]
    return last if len(text.split()) >= _LEAST_WORDS and len(last) <= LONGEST_END else ""


def _language(tag: str) -> Language:
    known = (LANGUAGES[t] for t in fallback_chain(tag) if t in LANGUAGES)
    return next(known, Language())


@lru_cache(maxsize=32)
def _names_of_days(tag: str) -> str:
    """Return a pattern for the days of the week, short or whole (CLDR): Mo, Mo., Montag."""
    return _pattern_of_names(known_locale(tag).days)


@lru_cache(maxsize=32)
def _dates(tag: str) -> str:
    """Return a pattern for days with a month and a year: 12. März 2027, 12.–14. März 2027."""
    month = _pattern_of_names(known_locale(tag).months)
    day = r"\d{1,2}\.?"
    return (
        rf"(?<![\w.,-]){day}(?:[–-]{day})? (?:de )?(?:{month})(?:,? (?:de )?\d{{4}}\b)?"
        rf"|\b(?:{month}) \d{{1,2}}(?:[–-]\d{{1,2}})?, \d{{4}}\b"
    )


def _pattern_of_names(named: Mapping[str, Mapping[str, Mapping[Any, str]]]) -> str:
    """Return a pattern for the names in one of Babel's tables, with a capital or without."""
    names = {
        name.rstrip(".")
        for forms in named.values()
        for width, found in forms.items()
        if width != "narrow"
        for name in found.values()
    }
    names |= {name[0].upper() + name[1:] for name in names}
    return "|".join(rf"{re.escape(n)}\b\.?" for n in sorted(names, key=lambda n: (-len(n), n)))


def _holding(language: Language) -> list[str]:
    """Return patterns whose matches hold together at each space in them."""
    patterns = [
        r"(?<=\S) [€%‰](?!\d)",
        r"[€№§] (?=\d)",
        r"(?<![\w.,-])\d{1,3}(?: \d{3})+(?!\w)",  # 23 000
        rf"(?<=\S) [{EN_DASH}{EM_DASH}](?!\w)",
        rf"(?<=\d,{EN_DASH}) (?=EUR\b|Euro\b)",
    ]
    if language.abbreviations:
        patterns.append(rf"(?i:(?<!\w)(?:{_any_of(language.abbreviations)}))(?!\w)")
    if language.before_words:
        patterns.append(rf"(?<![\w.])(?:{_any_of(language.before_words)}) (?=\w)")
    if before := language.before_numbers + language.before_amounts:
        patterns.append(rf"(?<![\w.])(?:{_any_of(before)}) (?=\d)")
    if language.with_ordinals:
        patterns.append(r"(?<![\w.,:/–-])\d{1,2}\. (?=[^\W\d_])")
    if language.bound:
        patterns.append(rf"(?i:(?<![\w’'/-])[{language.bound}]) (?=\S)")
    return patterns


def _any_of(words: tuple[str, ...]) -> str:
    """Return a pattern for any of the words; but for single letters, they may begin a sentence."""
    return "|".join(
        f"[{word[0].lower()}{word[0].upper()}]{re.escape(word[1:])}"
        if word[1:2].isalpha()
        else re.escape(word)
        for word in sorted(words, key=len, reverse=True)
    )


def _held(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK)


def _ranged(found: re.Match[str], dash: str) -> str:
    return f"{found['low']}{dash}{found['high']}" if _is_range(found) else found[0]


def _is_range(found: re.Match[str]) -> bool:
    """Tell whether two numbers with a hyphen between them are the ends of a range."""
    ends = found["low"], found["high"]
    low, high = (int(re.sub(r"\D", "", end)) for end in ends)
    if low >= high or any(re.match(r"0\d", end) for end in ends):
        return False
    before, behind = found.string[: found.start()], found.string[found.end() :]
    if _NAMED.search(before) or (behind.startswith("-") and not _COMPOUND.match(behind)):
        return False
    if (capitals := _CAPITALS.search(before)) and capitals[0].isupper():
        return False  # as in "ISO 7-10"
    if not ends[1].isdecimal():
        return True
    if len(ends[1]) == _MOST_DIGITS and len(ends[0]) < _MOST_DIGITS:
        return re.match(rf"\s?(?:€|{_CURRENCY})", behind) is not None
    return len(ends[1]) <= _MOST_DIGITS


def _counting(found: re.Match[str], language: Language) -> str:
    """Return a number and the space behind it, held if the number counts what follows."""
    number = found["number"]
    if _NO_QUANTITY.fullmatch(number):
        return found[0]
    ends = _RANGE.match(found.string, found.start()) if "-" in number else None
    if "-" in number and not (ends and ends[0] == number and _is_range(ends)):
        return found[0]
    before = found.string[: found.start()]
    if before.endswith(tuple(name + NO_BREAK for name in language.before_numbers)):
        return found[0]  # it is called by the number
    if _YEAR.fullmatch(number) and not re.compile(rf"(?:{language.years}|{_CURRENCY})").match(
        found.string, found.end()
    ):
        return found[0]
    return number + NO_BREAK


def _with_spaced_marks(text: str) -> str:
    """Return a text with a narrow space before ; ! ? and within « », a full one before a colon.

    Only where a space stands already.
    """
    text = re.sub(r"(?<=\S)[ \u00a0\u202f](?=[;!?»])|(?<=«)[ \u00a0\u202f]", NARROW, text)
    return re.sub(r"(?<=\S)[ \u00a0\u202f](?=:)", NO_BREAK, text)
