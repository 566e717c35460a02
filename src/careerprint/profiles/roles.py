"""Finds the role of each section: what it tells of the profession, so what is drawn above it.

A mark behind the heading says the role, for example {#pay}. Without a mark, the German words of the
heading do. Where neither does, the section gets a drawing that fits any text.
"""

import re
from collections.abc import Iterator, Sequence

from careerprint.profiles.body import Section

# Words that say a role. A rare word stands before a common one: "Was man in der Ausbildung
# verdient" is about pay, "Wege in den Beruf" is about training.
_SAID = {
    "pay": r"gehalt|gehält|verdien|lohn\b|löhne|vergüt|einkommen|bezahl|tarif|entgelt|\bgeld",
    "application": r"bewerb|vorstellungsgespräch|einstellungstest|lebenslauf",
    "day": r"tagesablauf|arbeitstag|\b(?:ein|der) tag\b|\btag (?:im|in|als|auf)\b|schichtplan",
    "advice": r"\bberat|\bförder|finanzier|ansprechpartner|kontakt|\binfo|\bhilfe|anlaufstell"
    r"|nächste[rn]? schritt|\bfragen",
    "requirements": r"voraussetz|anforderung|mitbring|mitzubringen|eigenschaft|\bstärken|fähigkeit"
    r"|kompetenz|qualifikation|eignung|\bpasst|schulabschluss|können (?:muss|soll)",
    "outlook": r"ausblick|\bfazit|zukunft|perspektiv|aussicht|chancen|weitergeh|geht es weiter",
    "training": r"bildung|umschul|quereinstieg|studi|\blehre|lehrzeit|\bschul|berufsschule"
    r"|\bwege?\b|einstieg|aufstieg|karriere|meister\b|wechsel|\blern",
    "employers": r"arbeitgeber|betrieb|unternehmen|\bfirm|branche|einsatz|arbeitsort|arbeitsplatz"
    r"|arbeitsplätze",
    "market": r"markt|bedarf|nachfrage|\bstellen|fachkräfte|gesucht|\bjobs",
    "digital": r"digital|technik|technolog|computer|software|künstlich|roboter|maschine|werkzeug",
    "everyday": r"alltag|aufgabe|tätigkeit|\barbeit|\bmacht\b|\btut\b|\btun\b|berufsbild|worum"
    r"|überblick",
}
_SPARE = 6  # drawings that fit any text; a section beyond them is without one


def roles_of(sections: Sequence[Section]) -> Iterator[str]:
    """Yield the role of each section; none occurs twice.

    A section without a role, or with one that is taken, gets `spare-1`, `spare-2` and so on; where
    these have run out, `plain`.
    """
    spare = (f"spare-{number}" for number in range(1, _SPARE + 1))
    taken = {section.id for section in sections}  # what a mark says goes first
    for section in sections:
        role = section.id if section.id in _SAID else role_said(section.heading)
        if not role or (role in taken and role != section.id):
            role = next(spare, "plain")
        taken.add(role)
        yield role


def role_said(heading: str) -> str:
    """Return the role that the German words of a heading say; "" where they say none.

    What stands before a colon names the section, so it is asked first.
    """
    before, _, behind = heading.lower().partition(":")
    said_by = (
        role for words in (before, behind) for role in _SAID if re.search(_SAID[role], words)
    )
    return next(said_by, "")
