"""Marks where long German compounds may be divided in large type: at their joints.

Hyphenation patterns know syllables, not words: "Veranstaltungskauf-frau". A joint is before a word
that many compounds end in, or behind the s that joins what ends in -ung, -heit and the like.
"""

import re

SOFT_HYPHEN = "\u00ad"
_LEAST = 14  # letters of a word that is divided
_LEAST_PART = 4
_HEADS = (
    *("mechatronik", "mechanik", "elektronik", "elektrik", "technik", "technolog", "informatik"),
    *(
        "kaufmann",
        "kauffrau",
        "kaufleute",
        "fachangestellt",
        "angestellt",
        "fachkraft",
        "fachkräft",
    ),
    *("fachmann", "fachfrau", "fachverkäufer", "verkäufer", "fachassistent", "assistent"),
    *("fachinformatik", "laborant", "monteur", "macher", "bauer", "hersteller", "gestalter"),
    *(
        "beauftragt",
        "facharbeiter",
        "arbeiter",
        "pfleger",
        "führer",
        "fahrer",
        "prüfer",
        "schneider",
    ),
    *(
        "lackierer",
        "bildner",
        "händler",
        "reiniger",
        "schleifer",
        "werker",
        "handwerk",
        "wirtschaft",
    ),
    *("management", "dienstleistung", "vermittlung", "beratung", "ausbildung", "verwaltung"),
    *("sicherheit", "versicherung", "verkehr", "veranstaltung", "platz", "stelle", "angebot"),
    *("industrie", "maschine", "fahrzeug", "werkzeug", "instrument", "medien", "schutz", "anlage"),
)
_BEHIND = (
    *("ungs", "heits", "keits", "schafts", "tions", "täts", "lings", "tums"),
    *("verkehrs", "berufs", "arbeits", "betriebs"),
)
_JOINT = re.compile("|".join([*(f"(?<={end})" for end in _BEHIND), f"(?=(?:{'|'.join(_HEADS)}))"]))
_WORD = re.compile(rf"(?<![\w@/.{SOFT_HYPHEN}])[^\W\d_]{{{_LEAST},}}(?!\w*[@.]\w|{SOFT_HYPHEN})")


def with_joints(text: str) -> str:
    """Return a German text with soft hyphens at the joints of its long words."""
    return _WORD.sub(lambda word: _divided(word[0]), text)


def _divided(word: str) -> str:
    parts, start = [], 0
    for joint in _JOINT.finditer(word):
        if (
            word[start : joint.start()].lower() == "fach"
        ):  # Fachangestellte, Fachverkäufer: one word
            continue
        if min(joint.start() - start, len(word) - joint.start()) >= _LEAST_PART:
            parts.append(word[start : joint.start()])
            start = joint.start()
    return SOFT_HYPHEN.join([*parts, word[start:]])
