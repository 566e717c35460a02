"""Marks where long German compounds may be divided in large type: at their joints.

Hyphenation patterns know syllables, not words: "Veranstaltungskauf-frau". A joint is before a word
that many compounds end in, or behind the s that joins what ends in -ung, -heit and the like.
"""

import re

SOFT_HYPHEN = "\u00ad"
_LEAST = 14  # letters of a word that is divided
_LEAST_PART = 4
_HEADS = (
    "mechatronik|mechanik|elektronik|elektrik|technik|technolog|technisch|informatik|analytik|"
    "kaufmann|kauffrau|kaufleute|fachangestellt|angestellt|fachkraft|fachkräft|fachmann|"
    "fachfrau|fachverkäufer|verkäufer|fachhändler|händler|fachassistent|assistent|lagerist|"
    "laborant|monteur|macher|bauer|hersteller|gestalter|designer|beauftragt|facharbeiter|"
    "arbeiter|pfleger|führer|fahrer|schiffer|kapitän|prüfer|schneider|schnitzer|lackierer|"
    "beschichter|bildner|bildhauer|reiniger|schleifer|werker|planer|entwickler|veredler|"
    "abdichter|schützer|ausstatter|fertiger|isolierer|sanitäter|therapeut|pädagog|optiker|"
    "gießer|schmied|feger|wärter|glasbläser|porzellanmaler|keram|medizin|gastronom|handwerk|"
    "bewirtschaft|wirtschaft|management|marketing|kommunikation|dienstleistung|vermittlung|"
    "beratung|ausbildung|verwaltung|verarbeitung|bearbeitung|herstellung|versorgung|"
    "verordnung|ordnung|forschung|integration|gesellschaft|bescheinigung|feuerwehr|"
    "schifffahrt|sicherheit|versicherung|verkehr|veranstaltung|platz|stelle|angebot|industrie|"
    "maschine|fahrzeug|werkzeug|instrument|medien|schutz|anlage|system|struktur|service"
)
_BEHIND = (
    *("ungs", "heits", "keits", "schafts", "tions", "täts", "lings", "tums"),
    *("verkehrs", "berufs", "arbeits", "betriebs", "fahrts"),
)
_JOINT = re.compile("|".join([*(f"(?<={end})" for end in _BEHIND), f"(?={_HEADS})"]))
_WORD = re.compile(rf"(?<![\w@/.{SOFT_HYPHEN}])[^\W\d_]{{{_LEAST},}}(?!\w*[@.]\w|{SOFT_HYPHEN})")


def with_joints(text: str) -> str:
    """Return a German text with soft hyphens at the joints of its long words."""
    return _WORD.sub(lambda word: _divided(word[0]), text)


def _divided(word: str) -> str:
    parts, start = [], 0
    for joint in _JOINT.finditer(word):
        part = word[start : joint.start()].lower()
        if part == "fach" and start:  # Verwaltungs-fachangestellte, but Fach-angestellte
            continue
        if min(joint.start() - start, len(word) - joint.start()) >= _LEAST_PART:
            parts.append(word[start : joint.start()])
            start = joint.start()
    return SOFT_HYPHEN.join([*parts, word[start:]])
