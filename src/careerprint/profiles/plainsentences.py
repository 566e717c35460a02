"""Finds what breaks the rules of Leichte Sprache in a sentence, as far as a program can tell.

The sources are those of `readiness.plainlanguage`. Where they give no number, or several, the
mildest is taken: a rule that is sure is worth more than one that tells all.
"""

import re
from collections.abc import Callable, Iterator

from careerprint.core.diagnostics import N_
from careerprint.profiles.compounds import SOFT_HYPHEN, with_joints
from careerprint.profiles.plainwords import (
    ABBREVIATIONS,
    HEADS,
    MONTHS,
    NO_PARTICIPLE,
    NUMBERS,
    PRETERITES,
)

MOST_WORDS = 11  # of a sentence: eight are aimed at, and guides go from 7 to 15
_MOST_NOUNS = 2  # in -ung, -heit, -keit or -ion a sentence
_LONG = 13  # letters of a part of a word: our convention, since no rule gives a number
_LONG_COMPOUND = 11  # letters of one with a usual last part
_LEAST_PART = 4

Found = tuple[str, str, dict[str, object]]
"""What is found: a message, a proposal, and what fills both."""


def _words(sentence: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[·'’-][^\W\d_]+)*", sentence)


def _long_sentence(sentence: str) -> Iterator[Found]:
    if (count := len(_words(sentence))) > MOST_WORDS:
        yield (
            N_("“{words}” has {count} words."),
            N_("Make two sentences of it: eight words are good, {most} the most."),
            {"count": count, "most": MOST_WORDS},
        )


_CLAUSE = re.compile(
    r", *(weil|dass|ob|wenn|damit|obwohl|nachdem|während|indem|sodass|bevor|falls|sobald|solange"
    r"|um|wer|was|wie|wo|warum|welche[rsnm]?|(?:in |mit |von |für |auf |an |bei |zu |aus )?"
    r"(?:der|die|das|dem|den|denen|deren|dessen)"
    r"(?= (?:(?:[a-zäöüß]|Sie\b)[^,]*|[A-ZÄÖÜ][\w·-]+ )[a-zäöüß]+(?:t|en)(?:[,.!?]|$)))\b"
)
_FIRST_CLAUSE = re.compile(
    r"^(Wenn|Weil|Obwohl|Nachdem|Während|Damit|Falls|Sobald|Solange|Bevor|Indem|Dass|Ob|Um|Wer)"
    r"\b[^,:]*,"
)
_SECOND = re.compile(r", *(aber|denn|sondern|doch)\b")


_ASKING = frozenset({"wer", "was", "wie", "wo", "warum"})


def _subordinate(sentence: str) -> Iterator[Found]:
    found = _FIRST_CLAUSE.search(sentence) or _CLAUSE.search(sentence)
    if found and not (found[1].lower() in _ASKING and sentence.rstrip("“").endswith("?")):
        yield (
            N_("“{words}” has a clause within it (“{word}”)."),
            N_("Write main clauses alone: “Sie hören gern zu? Dann passt die Arbeit zu Ihnen.”"),
            {"word": found[1]},
        )
    elif found := _SECOND.search(sentence):
        yield (
            N_("“{words}” says two things (“{word}”)."),
            N_("Make two sentences of it: the second may begin with “Aber”."),
            {"word": found[1]},
        )


_NOUN = r"[A-ZÄÖÜ][\w·-]*[a-zäöüß]"
_GENITIVES = (
    re.compile(rf"\b(?:des|eines|meines|Ihres|ihres|seines|unseres)\s+(?:[a-zäöüß]+en\s+)?{_NOUN}"),
    re.compile(
        rf"(?<=\w )\b{_NOUN}\s+(?:der|einer|Ihrer|unserer|meiner|dieser)\s+"
        rf"(?:[a-zäöüß]+en\s+)?{_NOUN}"
    ),
    re.compile(
        r"\b(?:wegen|trotz|statt|anstatt|innerhalb|außerhalb|aufgrund|mithilfe|anhand|bezüglich)"
        rf"\s+(?:des|der|eines|einer|Ihres|Ihrer)\s+(?:[a-zäöüß]+en\s+)?{_NOUN}",
        re.IGNORECASE,
    ),
)
# Before a dative, a noun stands in front of "der" as well: "Am Montag der nächsten Woche" is one.
_NO_GENITIVE = re.compile(r"\b(?:des|Des)\s+(?:Weiteren|Öfteren)")


def _genitive(sentence: str) -> Iterator[Found]:
    plain = sentence.replace("**", "")
    found = next((f for pattern in _GENITIVES if (f := pattern.search(plain))), None)
    if found and not _NO_GENITIVE.match(found[0]):
        yield (
            N_("“{phrase}” is a genitive."),
            N_("Write it with “von”: “das Haus von der Lehrerin”."),
            {"phrase": found[0]},
        )


_SUBJUNCTIVE = re.compile(
    r"\b(würde|könnte|müsste|hätte|wäre|dürfte|sollte|wüsste|käme|gäbe|ginge|bliebe|bräuchte)"
    r"(?:n|st|t)?\b|\b(möge)\b|\b(?:er|sie|es|man) (habe)\b|(?<=\w )\b(sei|seien)\b"
)


def _subjunctive(sentence: str) -> Iterator[Found]:
    if found := _SUBJUNCTIVE.search(sentence):
        yield (
            N_("“{word}” says what is not, or not yet."),
            N_("Write what is (ist, hat, kann), with “vielleicht” where it is not sure."),
            {"word": found[0].split()[-1]},
        )


_WERDEN = re.compile(r"\b(?:[Ww]ird|[Ww]erden|[Ww]irst|[Ww]urden?|worden|[Ww]erdet)\b")
_PARTICIPLE = re.compile(
    r"\b((?:[a-zäöüß]{2,6})?ge[a-zäöüß]{2,}(?:t|en)|[a-zäöüß]{3,}iert"
    r"|(?:be|ver|er|ent|zer|über|unter)[a-zäöüß]{2,}t|überwiesen|verboten|empfohlen|beschlossen"
    r"|verschoben|unterschrieben|besprochen|entschieden)(?:[.!?]|$)"
)


def _passive(sentence: str) -> Iterator[Found]:
    plain = sentence.replace("**", "")
    found = _PARTICIPLE.search(plain) if _WERDEN.search(plain) else None
    if found and not NO_PARTICIPLE.fullmatch(found[1]):
        yield (
            N_("“{words}” does not say who does it (“{word}”)."),
            N_("Say who does it: “Der Betrieb bezahlt Sie.” instead of “Sie werden bezahlt.”"),
            {"word": found[1]},
        )


_ENDINGS = re.compile(r"(?:ierung|ung|heit|keit|schaft|tion|ion|erin|in)(?:en|nen)?$|(?:en|er|es)$")


def _long_words(sentence: str) -> Iterator[Found]:
    for word in dict.fromkeys(_words(sentence)):
        parts = {part: divided_compound(part) for part in re.split(r"[·-]", word)}
        part, divided = next(((p, d) for p, d in parts.items() if d), ("", ""))
        if divided and divided != part:
            yield (
                N_("The parts of the long word “{word}” are not shown."),
                N_("Put a point (·) or a hyphen between them: {divided}."),
                {"word": word, "divided": word.replace(part, divided)},
            )
        elif divided:
            yield (
                N_("The parts of the long word “{word}” are not shown."),
                N_("Put a point (·) or a hyphen where they meet, or take a shorter word."),
                {"word": word},
            )


def divided_compound(word: str) -> str:
    """Return a long compound with a point where its parts meet; "" for a word that is none.

    Where no joint is known, the word as it is.
    """
    if not word[:1].isupper() or word.isupper():
        return ""
    lowered = word.lower()
    if len(word) >= _LONG_COMPOUND and (found := HEADS.search(lowered)):
        stem = lowered[: found.start()]
        if len(stem) >= _LEAST_PART:
            return f"{word[: found.start()]}·{lowered[found.start() :]}"
    joined = with_joints(word)
    if joined != word:
        return joined.replace(SOFT_HYPHEN, "·")
    return word if len(_ENDINGS.sub("", word)) >= _LONG else ""


def _abbreviation(sentence: str) -> Iterator[Found]:
    for pattern, whole in ABBREVIATIONS.items():
        if found := re.search(rf"(?<!\w){pattern}(?!\w)", sentence):
            yield (
                N_("“{word}” is an abbreviation."),
                N_("Write it in full: {whole}."),
                {"word": found[0], "whole": whole},
            )


_SIGN = re.compile(r"[%§&;(…]|\.{3}|(?<=[^\W\d_])/(?=[^\W\d_])|(?<=\w) [–—] (?=\w)")


def _signs(sentence: str) -> Iterator[Found]:
    for sign in dict.fromkeys(found[0].strip() for found in _SIGN.finditer(sentence)):
        yield (
            N_("“{sign}” in “{words}” is a sign that few can read."),
            N_("Write a word for it, or two sentences."),
            {"sign": sign},
        )


_NEGATION = re.compile(
    r"(?<![*\w])(nicht|nichts|nie|niemals|niemand|kein(?:e[mnrs]?)?)(?![\w*])", re.IGNORECASE
)


def _negation(sentence: str) -> Iterator[Found]:
    outside = "".join(re.split(r"\*\*.*?\*\*", sentence))
    if found := _NEGATION.search(outside):
        yield (
            N_("“{word}” in “{words}” is easily overlooked."),
            N_("Say what is; where that cannot be, set the word in bold type: **{word}**."),
            {"word": found[1]},
        )


_NUMBER_WORD = re.compile(rf"\b({'|'.join(NUMBERS)})\b")
_ROMAN = re.compile(r"\b(?=[IVX]{2,}\b)X{0,3}(?:IX|IV|V?I{0,3})\b")
_UNGROUPED = re.compile(r"(?<![\d.,/+])\d{5,}(?![\d.,/])")
_DATE = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2,4})?")
_TIME = re.compile(r"\b\d{1,2}:\d{2}(?! *Uhr)\b")


def _numbers(sentence: str) -> Iterator[Found]:
    digits = N_("Write it in digits: {meant}.")
    number = N_("“{word}” is a number that few can read.")
    if found := _NUMBER_WORD.search(sentence):
        yield number, digits, {"word": found[1], "meant": NUMBERS[found[1]]}
    if found := _ROMAN.search(sentence):
        yield number, digits, {"word": found[0], "meant": "1, 2, 3"}
    if found := _UNGROUPED.search(sentence):
        yield number, digits, {"word": found[0], "meant": f"{int(found[0]):,}".replace(",", ".")}
    if found := re.search(r"\bProzent\b|\bPromille\b", sentence):
        yield (
            number,
            N_("Say it in whole people or things: “die Hälfte”, “3 von 10 Menschen”."),
            {"word": found[0]},
        )
    if (found := _DATE.search(sentence)) and 1 <= int(found[2]) <= len(MONTHS):
        year = {2: f" 20{found[3]}", 4: f" {found[3]}"}.get(len(found[3] or ""), "")
        yield (
            number,
            digits,
            {"word": found[0], "meant": f"{int(found[1])}. {MONTHS[int(found[2]) - 1]}{year}"},
        )
    if found := _TIME.search(sentence):
        meant = f"{found[0].replace(':', '.').removesuffix('.00')} Uhr"
        yield number, digits, {"word": found[0], "meant": meant}


_PRETERITE = re.compile(rf"\b({'|'.join(PRETERITES)})\b")


def _preterite(sentence: str) -> Iterator[Found]:
    if found := _PRETERITE.search(sentence):
        yield (
            N_("“{word}” is a form of the past that is hardly spoken."),
            N_("Write as people speak: {meant}."),
            {"word": found[1], "meant": PRETERITES[found[1]]},
        )


_LISTED = re.compile(r"(?:[\w·-]+, ){2,}[\w·-]+ (?:und|oder) (?:[a-zäöüß]+ )?[\w·-]+")


def _list(sentence: str) -> Iterator[Found]:
    if found := _LISTED.search(sentence.replace("**", "")):
        yield (
            N_("“{phrase}” is a long list within a sentence."),
            N_("Make a list of it, each item on a line of its own after “- ”."),
            {"phrase": found[0]},
        )


_NOMINAL = re.compile(r"\b[A-ZÄÖÜ][\w·-]*(?:ung|heit|keit|ion)(?:en|s)?\b")


def _nominal(sentence: str) -> Iterator[Found]:
    nouns = _NOMINAL.findall(sentence)
    if len(nouns) > _MOST_NOUNS:
        yield (
            N_("“{words}” has many nouns for what somebody does: {nouns}."),
            N_("Say it with verbs: “Sie lernen”, not “das Lernen” or “die Bildung”."),
            {"nouns": ", ".join(nouns)},
        )


def _capitals(sentence: str) -> Iterator[Found]:
    if found := re.search(r"\b[A-ZÄÖÜ]{5,}\b", sentence):
        yield (
            N_("“{word}” is in capitals, which are hard to read."),
            N_("Write it in small letters: {meant}."),
            {"word": found[0], "meant": found[0].capitalize()},
        )


RULES: tuple[Callable[[str], Iterator[Found]], ...] = (
    _long_sentence,
    _subordinate,
    _genitive,
    _subjunctive,
    _passive,
    _long_words,
    _abbreviation,
    _signs,
    _negation,
    _numbers,
    _preterite,
    _list,
    _nominal,
    _capitals,
)
