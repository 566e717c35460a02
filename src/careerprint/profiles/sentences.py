"""Finds the sentences of a text: where plain language begins a new line.

A point ends no sentence behind a day, a number that counts, an abbreviation or an initial; nor does
anything within a link, within quotation marks or within emphasis.
"""

import re

# What ends a sentence, with the marks that close it, and how the next one begins. A colon ends one
# where a sentence follows, of three words or more: "Das heißt: Sie sprechen mit Menschen."
_END = re.compile(
    r"(?:(?P<end>[.!?…؟。]+[“”»)*_\]]*(?:(?<=\])\([^)\s]*\))?)\s+(?=[“„«»(*_\[{¿¡]*[^\W\d_a-zäöüß]|[„«\"{(*\[]|\d)"
    r"|(?P<colon>:[*_]*)\s+(?=[„*_\[]*[A-ZÄÖÜ][^\s.!?]*\s+[^\s.!?]+\s+\S))|\s*<br ?/?>\s*"
)
# Words with a point behind which a sentence goes on.
_SHORT = re.compile(
    r"\w|bzw|ca|nr|str|tel|dr|prof|dipl|ing|hr|fr|st|vgl|usw|etc|inkl|ggf|max|min|mind|std|abs"
    r"|art|bd|kap|jan|feb|apr|aug|sept?|okt|nov|dez|mio|mrd|evtl|gem|sog|abb",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:^|[\s(„])\d{1,2}\.[*_]*$")
# What an ordinal stands before: months, and what is counted where people learn and live.
_COUNTED = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Klasse|Jahr|Jahrhundert|Lehrjahr|Ausbildungsjahr|Stock|Etage|Schritt|Tag|Woche|Monat|Platz"
    r"|Teil|Mal|Semester|Schuljahr)"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.[“”»)*_\]]*$")
_PAIRS = (("„", "“"), ("«", "»"), ("“", "”"), ("[", "]"), ("(", ")"))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as it is written, inline Markdown and all, in order."""
    found: list[str] = []
    begun, start = "", 0
    for end in _END.finditer(text):
        piece = begun + text[start : end.end()]
        if _is_whole(piece.rstrip()) and not _goes_on(piece.rstrip(), text[end.end() :]):
            found.append(re.sub(r"\s*<br ?/?>\s*$", "", piece).strip())
            begun = ""
        else:
            begun = piece
        start = end.end()
    found.append((begun + text[start:]).strip())
    return [sentence for sentence in found if sentence]


def _is_whole(piece: str) -> bool:
    """Tell whether a piece closes the quotation marks, brackets and emphasis that it opens."""
    if piece.count("**") % 2 or re.sub(r"\*\*", "", piece).count("*") % 2:
        return False
    if piece.count('"') % 2:
        return False
    opened = 0
    for first, last in _PAIRS:
        if first == "“" and "„" in piece:  # there it closes
            continue
        opened += max(piece.count(first) - piece.count(last), 0)
    return not opened


def _goes_on(piece: str, rest: str) -> bool:
    """Tell whether the point at the end of a piece ends no sentence, by what stands around it."""
    if _ORDINAL.search(piece):
        return bool(_COUNTED.match(rest)) or not rest[:1].isupper()
    word = _WORD_BEFORE.search(piece)
    return word is not None and _SHORT.fullmatch(word[1]) is not None
