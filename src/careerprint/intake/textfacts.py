"""Finds facts in a German text: what is paid, and a list of sectors. All of them are proposals.

A fact is taken in the words of the text, and never one that it does not state.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Period = Literal["month", "year", "hour"]
Basis = Literal["gross_full_time", "net_full_time"]
MOST_EUROS = 1_000_000  # as schema.Euros

_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)|\d+"
_CENTS = r"(?:,(?:-{1,2}|–|—|00)(?!\d))?"
_EURO = r"\s?(?:€|EUR\b|Euro\b)"
_AMOUNT = rf"(?<![\d.,])({_NUMBER}){_CENTS}"
_RANGE = re.compile(
    rf"(?:(?P<between>[Zz]wischen)\s+|[Vv]on\s+)?{_AMOUNT}(?:{_EURO})?"
    rf"\s*(?:(?P<word>und|bis(?: zu)?)\s|[-–—])\s*{_AMOUNT}{_EURO}"
)
_UP_TO = re.compile(rf"[Bb]is\s+(?:zu\s+)?{_AMOUNT}{_EURO}")
_SINGLE = re.compile(rf"{_AMOUNT}{_EURO}|(?:€|EUR)\s?{_AMOUNT}(?!\d)")
_ANY = re.compile(rf"(?<![\d.,])\d[\d.,]{{0,20}}{_EURO}|(?:€|EUR)\s?\d[\d.,]{{0,20}}")
_AND_MORE = re.compile(r"[^.!?]{0,12}\b(?:oder|und)\b[^.!?]{0,20}\b(?:mehr|darüber|drüber)\b")
_FROM = re.compile(r"\b(?:ab|mindestens)\s+(?:rund\s+|etwa\s+|ca\. )?$", re.IGNORECASE)
_BOUND = re.compile(r"(?:^|\s)(?:ab|bis|rund|etwa|ca\.|mindestens)$", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:über|mehr als|unter|weniger als)\s+(?:rund\s+|etwa\s+|ca\. )?$", re.IGNORECASE
)

_PAY = re.compile(
    r"\b\w*(?:gehalt|gehälter|verdien|lohn(?!t|en\b|end)|löhne|vergüt|einkommen|bezahl|gezahl|"
    r"entgelt|brutto|netto)\w*",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\b\w*(?:kost|kurs|gebühr|zuschuss|förder|bonus|prämie|zuschlag|beitrag|bafög|stipend|"
    r"urlaubsgeld|weihnachtsgeld|kindergeld|bürgergeld|trinkgeld|pauschale)\w*|\bmiete\b"
    r"|\bzahl(?:t man|en Sie|st du)\b",
    re.IGNORECASE,
)
_STAGE = (
    (
        "entry",
        re.compile(
            r"\b(?:zum|zu|am|beim|für den|im)\s+(?:\w+\s+)?"
            r"(?:Einstieg|Anfang|Beginn|Berufseinstieg|Berufsstart)\b|"
            r"\bBerufsanfänger\w*(?:/innen)?|\b(?:Berufs)?einst(?:ieg|eiger)\w*",
            re.IGNORECASE,
        ),
    ),
    (
        "experienced",
        re.compile(
            r"\bmit (?:\w+ ){0,2}(?:Berufs)?erfahrung\b|\bnach \w+ (?:Berufs)?jahren\b|"
            r"\b(?:Berufs)?erfahrene?\b|\bErfahrung\b",
            re.IGNORECASE,
        ),
    ),
    (
        "entry",
        re.compile(r"\b[Nn]ach (?:der|dem Ende der) (?:Ausbildung|Lehre|Prüfung)\b|\bausgelernt\b"),
    ),
    ("master", re.compile(r"\b(?:als |mit )?(?:Meister\w*|Techniker\w*|Fachwirt\w*)\b")),
    ("journeyman", re.compile(r"\b(?:als |mit )?Gesell(?:e|in|en|innen)\b", re.IGNORECASE)),
    ("group", re.compile(r"\b(?:Entgelt|Besoldungs|Vergütungs)gruppe E?\s?\d{1,2}[a-z]?\b")),
    (
        "training",
        re.compile(
            r"\b(?:in|während) der (?:Ausbildung|Lehre)\b|\b(?:Azubis?|Auszubildende[nr]?)\b"
        ),
    ),
)
_YEAR_OF_TRAINING = re.compile(r"\b(Ausbildungs|Lehr)jahr", re.IGNORECASE)
_WHICH_YEAR = re.compile(r"\b(?:(?P<n>[1-4])\.|(?P<word>erst|zweit|dritt|viert)e[nrms]?\b)")
_ORDINALS = ("erst", "zweit", "dritt", "viert")
_BETWEEN_NOUNS = {
    *("mit", "nach", "im", "in", "der", "des", "als", "bei", "zum", "zur", "für", "und", "oder"),
    "von",
}
_LONGEST_ROW, _LONGEST_LABEL = 80, 40  # characters of a line of a list or table
_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (
        "month",
        re.compile(
            r"\b(?:im|pro|je|jeden) Monat\b|/ ?Monat\b|\bmonatlich|\bMonats(?:gehalt|lohn)", re.I
        ),
    ),
    ("year", re.compile(r"\b(?:im|pro|je) Jahr\b|\bjährlich|\bJahresgehalt", re.I)),
    ("hour", re.compile(r"\b(?:in der|pro|je|die) Stunde\b|\bStundenlohn", re.I)),
)

_BRANCH = re.compile(r"\b\w*(?:[Bb]ranchen?|[Ss]parten?|[Ww]irtschaftszweigen?|[Ss]ektor(?:en)?)\b")
_NOUN = r"[A-ZÄÖÜ][\w/&-]{0,59}"
_ENUMERATION = re.compile(
    rf"{_NOUN}(?:,\s+(?:[a-zäöüß]+\s+){{0,3}}{_NOUN}(?:\s{_NOUN})?)+"
    rf",?\s+(?:und|oder|sowie|bzw\.)\s+(?:[a-zäöüß]+\s+){{0,3}}{_NOUN}"
)
# Words before a sector that are none of its name, and plurals that end in -n in the dative alone.
_BEFORE_SECTORS = {"in", "im", "bei", "von", "aus", "der", "den", "die", "auch", "vor", "allem"}
_DATIVE = re.compile(
    r"(?:ern|heimen|diensten|betrieben|werken|märkten|geschäften|instituten|vereinen|verbänden"
    r"|höfen)$"
)
_FEWEST, _LONGEST = 3, 60
_LONGEST_SENTENCE = 1000  # characters; a longer one is no sentence, and takes long to search
_SENTENCE = re.compile(r"(?<=[.!?…])[“”\"«»)]*\s+(?=[A-ZÄÖÜ„\"»«(\d])")
# Points that end no sentence.
_SHORTENED = re.compile(
    r"(?:\b(?:z|B|d|h|u|a|o|i|e|V|Nr|ca|bzw|Dr|Prof|St|Mio|Mrd|inkl|evtl|ggf|max|min|usw|etc|vgl|"
    r"Std|Tel|Str)|(?<!\d)\d{1,2})\.$"
)


@dataclass(frozen=True, slots=True)
class PayFound:
    """What a text says is paid at a stage, in whole euros; `at` is the paragraph's position.

    Without `low`, it is up to `high`; with `open_top`, more than `high`, which is `low` where
    the text says "from". `words` are those that it was taken from, and `label` the words for the
    stage, or for pay.
    """

    stage: str
    label: str
    low: int | None
    high: int
    open_top: bool
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found. `left` are amounts that were not taken, each with its position."""

    pay: tuple[PayFound, ...] = ()
    period: Period | None = None
    basis: Basis | None = None
    left: tuple[tuple[str, int], ...] = ()
    sectors: tuple[str, ...] = ()
    sectors_at: int = 0


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    found: list[str] = []
    for begin, end in zip([0, *ends], [*ends, len(text)], strict=True):
        piece = text[begin:end].strip()
        if found and _SHORTENED.search(found[-1][-12:]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _said_in(text: str) -> list[str]:
    """Return the sentences of a text in which facts are looked for."""
    found = (sentence for row in text.split("\n") for sentence in sentences(row))
    return [sentence for sentence in found if len(sentence) <= _LONGEST_SENTENCE]


def find_facts(texts: Sequence[str], headings: Sequence[str], most_pay: int) -> Found:
    """Return the facts in paragraphs; `headings` has, for each, the heading that it stands under.

    At most so many stages of pay are taken.
    """
    pay: list[PayFound] = []
    left: list[tuple[str, int]] = []
    spoken: list[str] = []
    for at, (text, heading) in enumerate(zip(texts, headings, strict=True)):
        about_pay = _PAY.search(text) or _PAY.search(heading)
        for sentence in _said_in(text):
            mentions = list(_mentions(sentence, at)) if about_pay else []
            if _COST.search(sentence):
                mentions = []
            known = {(stage.low, stage.high) for stage in pay}
            new = [m for m in mentions if (m.low, m.high) not in known][: most_pay - len(pay)]
            pay += new
            spoken += [sentence] if new else []
            amounts = (match[0].strip() for match in _ANY.finditer(sentence))
            left += [(w, at) for w in amounts if not any(w in m.words for m in mentions)]
    # A table says in its first row what all amounts below are.
    under = {headings[stage.at] for stage in pay} - {""}
    around = [t for t, heading in zip(texts, headings, strict=True) if heading in under]
    rows = [
        text
        for text in "\n".join(around).split("\n")
        if len(text) <= _LONGEST_ROW and not _ANY.search(text)
    ]
    periods = {n for text in (*spoken, *rows) for n, words in _PERIODS if words.search(text)}
    period = periods.pop() if len(periods) == 1 else None
    sectors_at, sectors = _sectors(texts)
    return Found(tuple(pay), period, _basis(spoken), tuple(left), sectors, sectors_at)


def _mentions(sentence: str, at: int) -> Iterator[PayFound]:
    """Yield what a sentence says is paid; an amount that it only hints at is none."""
    rest = sentence
    for pattern in (_RANGE, _UP_TO, _SINGLE):
        for match in pattern.finditer(rest):
            named = match.groupdict()
            if named.get("word") == "und" and not named.get("between"):
                continue  # two amounts, and no range
            mention = _mention(sentence, match, at, is_up_to=pattern is _UP_TO)
            if mention is not None:
                yield mention
            start, end = match.span()
            rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"


def _mention(sentence: str, match: re.Match[str], at: int, *, is_up_to: bool) -> PayFound | None:
    values = [
        int(re.sub(r"\D", "", found)) for found in match.groups() if found and found[0].isdigit()
    ]
    if not values or not all(0 < value <= MOST_EUROS for value in values):
        return None
    low, high = (None if is_up_to else values[0]), values[-1]
    before = sentence[: match.start()]
    if (low is not None and low > high) or _VAGUE.search(before):
        return None
    said = _stage(sentence, *match.span())
    if said is None:
        return None
    stage, label = said
    more = is_up_to and _AND_MORE.match(sentence, match.end()) is not None
    is_from = _FROM.search(before) or _AND_MORE.match(sentence, match.end())
    more |= low == high and is_from is not None
    return PayFound(stage, label, low, high, more, match[0], at)


def _stage(sentence: str, position: int, end: int) -> tuple[str, str] | None:
    """Return the stage that the amount from `position` to `end` is for, and its words.

    They come from the amount's own clause.

    None where a sentence with several amounts does not say of this one what it is for.
    """
    others = [m.end() for m in _ANY.finditer(sentence) if not position <= m.start() < end]
    begin = max((other for other in others if other <= position), default=0)
    own = sentence[begin:position]
    year, which = _YEAR_OF_TRAINING.search(sentence), _WHICH_YEAR.search(own)
    if year and which and (begin == 0 or not _stages(own, 0)):
        number = which["n"] or _ORDINALS.index(which["word"].lower()) + 1
        return "training", f"{number}. {year[1].capitalize()}jahr"
    if found := _stages(own, len(own)):
        return found
    row = _BOUND.sub("", own.rstrip()).strip(" \t:;,|–-•()")
    if len(sentence) <= _LONGEST_ROW and 0 < len(row) <= _LONGEST_LABEL and _is_name(row):
        return "pay", row
    if others:
        return None
    if found := _stages(sentence, position):
        return found
    nouns = (pay[0] for pay in _PAY.finditer(sentence) if pay[0][0].isupper())
    words = next(nouns, "Gehalt")
    return "pay", words[0].upper() + words[1:]


def _is_name(row: str) -> bool:
    """Tell whether words name something: nouns, and what stands between them, but no verb."""
    words = row.split()
    return words[0][0].isupper() and all(not w[0].islower() or w in _BETWEEN_NOUNS for w in words)


def _stages(text: str, position: int) -> tuple[str, str] | None:
    """Return the stage whose words stand nearest to a position in a text, and these words."""
    near = [
        (abs(match.start() - position), name, match[0])
        for name, pattern in _STAGE
        for match in pattern.finditer(text)
    ]
    if not near:
        return None
    _, name, words = min(near)
    return name, words[0].upper() + words[1:]


def _basis(spoken: Sequence[str]) -> Basis | None:
    """Return whether sentences speak of gross or net pay, full time, if they say both."""
    said = " ".join(spoken).lower()
    if "vollzeit" not in said or ("brutto" in said) == ("netto" in said):
        return None
    return "gross_full_time" if "brutto" in said else "net_full_time"


def _sectors(texts: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    for at, text in enumerate(texts):
        for sentence in _said_in(text):
            enumeration = _ENUMERATION.search(sentence) if _BRANCH.search(sentence) else None
            if enumeration:
                items = re.split(
                    r",\s+(?:und\s+|oder\s+|sowie\s+)?|\s+(?:und|oder|sowie|bzw\.)\s+",
                    enumeration[0],
                )
                nouns = tuple(_named(item) for item in items if not _BRANCH.search(item))
                if len(nouns) >= _FEWEST and all(len(noun) <= _LONGEST for noun in nouns):
                    return at, tuple(dict.fromkeys(nouns))
    return 0, ()


def _named(item: str) -> str:
    """Return a sector as it is called: "bei ambulanten Diensten" names "ambulante Dienste".

    Only what is surely a dative plural is changed: most nouns in -en are called so, too.
    """
    words = [word for word in item.split() if word not in _BEFORE_SECTORS]
    noun = words[-1]
    called = noun[:-1] if _DATIVE.search(noun) else noun
    if called == noun:
        return noun
    return " ".join([*(re.sub(r"en$", "e", word) for word in words[:-1]), called])
