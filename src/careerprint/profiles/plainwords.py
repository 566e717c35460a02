"""The words that the check of Leichte Sprache knows: our own lists, of what such texts tell."""

import re
from collections.abc import Mapping

# Abbreviations, as patterns → the whole words. Usual short words (WC, Lkw, ICE) may stay.
ABBREVIATIONS: Mapping[str, str] = {
    r"[Zz]\. ?B\.": "zum Beispiel",
    r"[Dd]\. ?h\.": "das heißt",
    r"usw\.": "und so weiter",
    r"etc\.": "und so weiter",
    r"[Uu]\. ?[aÄä]\.": "und andere",
    r"bzw\.": "oder",
    r"ca\.": "ungefähr",
    r"Std\.": "Stunden",
    r"[Ii]nkl\.": "mit",
    r"[Gg]gf\.": "vielleicht",
    r"[Ee]vtl\.": "vielleicht",
    r"Nr\.": "Nummer",
    r"[Vv]gl\.": "vergleiche",
    r"[Mm]ind\.": "mindestens",
    r"[Mm]ax\.": "höchstens",
    r"Tel\.": "Telefon",
    r"Str\.": "Straße",
    r"[Ss]og\.": "so heißt",
    r"Mio\.": "Millionen",
    r"Mrd\.": "Milliarden",
}

NUMBERS: Mapping[str, str] = {
    word: str(number)
    for number, word in enumerate(
        ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
        2,
    )
}

# Forms of the past that are written more than spoken → how people say it.
PRETERITES: Mapping[str, str] = {
    "ging": "ist gegangen",
    "gingen": "sind gegangen",
    "kam": "ist gekommen",
    "kamen": "sind gekommen",
    "sah": "hat gesehen",
    "sahen": "haben gesehen",
    "nahm": "hat genommen",
    "nahmen": "haben genommen",
    "fand": "hat gefunden",
    "fanden": "haben gefunden",
    "blieb": "ist geblieben",
    "blieben": "sind geblieben",
    "hielt": "hat gehalten",
    "ließ": "hat gelassen",
    "fuhr": "ist gefahren",
    "schrieb": "hat geschrieben",
    "sprach": "hat gesprochen",
    "half": "hat geholfen",
    "begann": "hat angefangen",
    "begannen": "haben angefangen",
    "arbeitete": "hat gearbeitet",
    "arbeiteten": "haben gearbeitet",
    "machte": "hat gemacht",
    "machten": "haben gemacht",
    "lernte": "hat gelernt",
    "lernten": "haben gelernt",
    "suchte": "hat gesucht",
    "suchten": "haben gesucht",
    "verdiente": "hat verdient",
    "verdienten": "haben verdient",
}

# The last parts of usual compounds in texts about work; what stands before one is its first part.
HEADS = re.compile(
    r"(?:kenntnisse?|stellen?|plätze|platz|zeit(?:en)?|geld(?:er)?|verträge?|vertrag|gespräche?"
    r"|dienste?|betriebe?|schulen?|kurse?|markt|märkte|berufe?|jahre?|arbeit(?:en)?"
    r"|leistung(?:en)?|handel|programme?|techniken|technik|systeme?|gebiete?|marketing|portale?"
    r"|versicherung(?:en)?|services?|hilfe|amt|ämter|center|kraft|kräfte|schutz|werkzeuge?|geräte?|bildung"
    r"|ausbildung(?:en)?|abschluss|abschlüsse|unterlagen|zeugnisse?|zeugnis|antrag|anträge"
    r"|nummern?|adressen?|stunden?|termine?|wissen|erfahrung(?:en)?|alltag|leben|bergbau)$"
)

# Words of the working world that are hard, as patterns → a plainer word.
HARD: Mapping[str, str] = {
    r"Meetings?": "Besprechung",
    r"Feedbacks?": "Rückmeldung",
    r"Workshops?": "Kurs",
    r"Management": "Leitung",
    r"Marketing": "Werbung",
    r"[Rr]ecruiting": "Suche nach Personal",
    r"Skills?": "Fähigkeiten",
    r"Benefits?": "Vorteile",
    r"Home-?[Oo]ffice": "Arbeit zu Hause",
    r"Equipment": "Geräte",
    r"[Ff]lexib(?:el|le[mnrs]?)": "beweglich",
    r"Kompetenz(?:en)?": "Fähigkeiten",
    r"Qualifikation(?:en)?": "Ausbildung",
    r"[Qq]ualifiziert(?:e[mnrs]?)?": "gut ausgebildet",
    r"Kommunikation": "miteinander reden",
    r"Kooperation(?:en)?": "Zusammenarbeit",
    r"Perspektiven?": "Aussicht",
    r"Motivation": "Lust",
    r"[Rr]elevant(?:e[mnrs]?)?": "wichtig",
    r"[Ii]ndividuell(?:e[mnrs]?)?": "einzeln",
    r"[Kk]ontinuierlich(?:e[mnrs]?)?": "immer weiter",
    r"[Ii]nterkulturell(?:e[mnrs]?)?": "mit Menschen aus anderen Ländern",
    r"Automatisierung": "Maschinen machen die Arbeit",
    r"Digitalisierung": "mehr Arbeit mit Computern",
    r"Branchen?": "Bereich",
    r"Kundenportale?|Kunden·portale?": "Seite im Internet für Kunden",
    r"Chat·?[Bb]ots?": "Computer·programm für Fragen",
    r"Call·?[Cc]enters?": "Betrieb mit vielen Telefonen",
    r"Brutto(?:-?[Ll]ohn)?|brutto": "Lohn vor den Abzügen",
    r"Netto(?:-?[Ll]ohn)?|netto": "Lohn nach den Abzügen",
    r"Tarif(?:·?[Vv]ertrag|·?[Ll]ohn)?": "Vereinbarung über den Lohn",
    r"Konditionen": "Bedingungen",
    r"Ressourcen": "Mittel",
    r"Priorität(?:en)?": "was zuerst kommt",
    r"Prozesse?": "Abläufe",
    r"Innovation(?:en)?|innovativ(?:e[mnrs]?)?": "Neues",
    r"Service": "Hilfe",
}

# Words for one thing, of which a text uses one: each pattern gives those that are found.
ALIKE = (
    re.compile(r"\b(Betrieb(?:e|en|s)?|Firm(?:a|en)|Unternehmen)\b"),
    re.compile(r"\b(Lohn|Löhne|Gehalt|Gehälter|Vergütung)\b"),
    re.compile(r"\b(Ausbildung(?:en)?|Lehre)\b"),
)

# Infinitives and adjectives that look like participles, behind a form of "werden".
NO_PARTICIPLE = re.compile(
    r"\w*(?:gehen|geben|gewinnen|gehören|gefallen|genießen|gelingen|geschehen|gebrauchen|gestalten"
    r"|gelten|gewöhnen|gehorchen|gestatten|genügen)"
    r"|gegen|bekannt|beliebt|berühmt|bereit|verwandt|gerecht|geeignet|gespannt|gewohnt|gelassen"
    r"|erst|überhaupt|verrückt|verliebt|leicht|begeistert|unterwegs"
)

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"),
    *("Oktober", "November", "Dezember"),
)
