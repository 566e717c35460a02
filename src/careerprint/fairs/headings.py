"""How the columns of the table of fairs may be headed, in German or English."""

import difflib
import re
from collections.abc import Sequence

from careerprint.fairs.entries import plain

_FEWEST = 2  # known headings in a row of headings

# How columns may be headed, apart from case, spaces, hyphens, umlauts, brackets and punctuation.
# The first is the one that messages suggest.
HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("Kennung", "ID", "Kürzel"),
    "fair": ("Messe", "Fair", "Messename", "Name der Messe", "Veranstaltung"),
    "city": ("Ort", "Stadt", "City", "Town"),
    "venue": ("Veranstaltungsort", "Venue", "Messegelände", "Messeort"),
    "start": ("Beginn", "Start", "Datum", "Date", "von", "From", "Tag", "erster Tag"),
    "end": ("Ende", "End", "bis", "To", "letzter Tag"),
    "hall": ("Halle", "Hall"),
    "stand": ("Stand", "Standnummer", "Stand-Nr.", "Booth"),
    "profile": ("Profil", "Profile", "Beruf", "Berufsprofil"),
    "layout": ("Layout", "Gestaltung"),
    "format": ("Format", "Papierformat"),
    "locales": ("Sprachen", "Sprache", "Locales", "Locale", "Languages", "Language"),
    "copies": ("Anzahl", "Auflage", "Stückzahl", "Stück", "Exemplare", "Menge", "Copies"),
    "contact": (
        *("Kontakt", "Contact", "Kontaktperson", "Ansprechpartner", "Ansprechpartnerin"),
        *("Ansprechperson", "wer ist da"),
    ),
    "phone": ("Telefon", "Telefonnummer", "Tel.", "Phone", "Mobil", "Handy"),
    "email": ("E-Mail", "Mail", "E-Mail-Adresse", "Mailadresse"),
    "url": (
        *("Internet", "URL", "Webseite", "Website", "Web", "Link", "Internetadresse"),
        *("Webadresse", "Homepage"),
    ),
    "note": ("Bemerkung", "Note", "Notiz", "Bemerkungen", "Notizen", "Anmerkung", "Hinweis"),
    # What rejected_csv says of a row; it is not read again.
    "problem": ("Fehler", "Problem"),
}


def meaning_of(heading: str) -> str | None:
    """Return the column that a heading stands for, None where it is not known."""
    return _MEANINGS.get(_bare(heading))


def are_headings(texts: Sequence[str]) -> bool:
    """Tell whether texts are the headings of a table of fairs: at least two are known."""
    return sum(meaning_of(text) is not None for text in texts) >= _FEWEST


def nearest_heading(heading: str) -> str:
    """Return the known heading that one with a slip may be meant for, or an empty text."""
    near = difflib.get_close_matches(_bare(heading), _MEANINGS, n=1, cutoff=0.7)
    return HEADINGS[_MEANINGS[near[0]]][0] if near else ""


def _bare(heading: str) -> str:
    """Return what of a heading counts: its letters a–z and digits, nothing in brackets."""
    return re.sub(r"[^a-z0-9]", "", plain(re.sub(r"\(.*?\)", "", heading)))


_MEANINGS = {_bare(written): column for column, all_ in HEADINGS.items() for written in all_}
