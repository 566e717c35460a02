"""How the columns of the table of fairs may be headed, in German or English, and what they mean.

A heading may mean several things: "Beginn" heads days and times of day. Then the cells decide, and
the other columns: "Ort" is the venue where another column is headed "Stadt".
"""

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from careerprint.fairs.cells import Cell, as_text, is_empty
from careerprint.fairs.days import is_day, is_only_a_day, is_time
from careerprint.fairs.entries import plain
from careerprint.fairs.hours import says_hours

_FEWEST = 2  # known headings in a row of headings
NOT_READ = "none"

# Column → how it may be headed, apart from case, spaces, umlauts, brackets and punctuation. The
# first heading is the one that messages suggest, the second the English one. A heading that stands
# at several columns prefers the first of them.
_HEADINGS = {
    "id": "Kennung; ID; Kürzel; Kennnummer; Nr.; lfd. Nr.; laufende Nummer; Messe-ID; Messe-Nr.; "
    "Termin-Nr.; Veranstaltungs-ID; Veranstaltungsnummer; Vorgang; Aktenzeichen; Pos.; No.; "
    "Event ID; Event No.; uid; slug; Ref; Reference; Record ID; Key; Nummer; Number",
    "fair": "Messe; Fair; Messename; Name der Messe; Veranstaltung; Veranstaltungsname; "
    "Veranstaltungstitel; Titel; Bezeichnung; Event; Börse; Ausbildungsbörse; Jobmesse; "
    "Berufsmesse; Anlass; Aktion; Event Name; Title; Fair name; Job fair; Career fair; Expo; Show; "
    "summary; Subject; Name; Thema",
    "city": "Ort; City; Stadt; Town; Messestadt; Veranstaltungsstadt; Gemeinde; Kommune; "
    "Ort/Stadt; PLZ/Ort; PLZ Ort; PLZ und Ort; Standort (Stadt); Location town; Venue City; "
    "Municipality; City/Town; Place; Location; Region",
    "venue": "Veranstaltungsort; Venue; Messegelände; Messeort; Gebäude; Haus; Schule; "
    "Räumlichkeit; Austragungsort; Treffpunkt; Ort der Veranstaltung; Wo; Stätte; Venue Name; "
    "Event Venue Name; Location name; Building; Site; Where; Place name; Hosted at; Location; "
    "Place; Ort; Halle/Location",
    "street": "Straße; Street; Straße und Hausnummer; Straße, Nr.; Str.; Adresse; Anschrift; "
    "Messeadresse; Anfahrt (Adresse); Address; Street address; Venue Address; Location address",
    "start": "Beginn; Start; Datum; Date; von; From; Tag; erster Tag; 1. Tag; Termin; Beginndatum; "
    "Startdatum; ab; Beginn am; Datum von; Wann; Veranstaltungsdatum; Messetermin; "
    "Eröffnung; Start date; Event Start Date; dtstart; Begin; Opens; First day; When; Day; "
    "Event Date; Zeitraum",
    "end": "Ende; End; bis; To; letzter Tag; Enddatum; Datum bis; Schluss; bis einschließlich; "
    "End date; Event End Date; dtend; Until; Closes; Last day; Finish",
    "hall": "Halle; Hall; Hallennummer; Hallen-Nr.; Halle/Ebene; Saal; Zelt; Hall no.; Pavilion; "
    "Building/Hall; Halle/Location; Bereich; Block; Foyer; Zone; Area",
    "entrance": "Eingang; Entrance; Zugang; Zugang über; Tor; Gate; Entry",
    "floor": "Etage; Floor; Ebene; Stockwerk; Geschoss; Stock; Level",
    "room": "Raum; Room; Raumnummer; Raum-Nr.; Zimmer; Room no.; Room number",
    "hours": "Öffnungszeiten; Opening hours; Uhrzeit; Öffnungszeit; Uhrzeiten; Zeit; Zeiten; "
    "Messezeiten; Messezeit; Uhrzeit (von-bis); Von-Bis; Zeitraum; Standzeiten; Time; Times; "
    "Hours; Opening times; Schedule",
    "opens": "Uhrzeit von; Opens at; Uhrzeit Beginn; Beginn Uhrzeit; Startzeit; Zeit von; "
    "Öffnet; Öffnet um; Beginn; Start; Von; From; Start time; Event Start Time; Einlass; Doors",
    "closes": "Uhrzeit bis; Closes at; Uhrzeit Ende; Ende Uhrzeit; Endzeit; Zeit bis; Schließt; "
    "Schließt um; Ende; End; Bis; To; End time; Event End Time",
    "online": "Online; Online-Messe; Online-Teilnahme; Virtuell; digital; Hybrid; Virtual; "
    "Online event; Is virtual",
    "talk": "Vortrag; Talk; Vortragstitel; Vortragsthema; Titel des Vortrags; Workshop; "
    "Fachvortrag; Bühnenprogramm; Programmpunkt; Talk title; Presentation",
    "talk_time": "Vortragszeit; Talk time; Uhrzeit Vortrag; Vortrag um; Vortrag Uhrzeit; "
    "Zeit des Vortrags; Beginn Vortrag; Time of talk",
    "hall and stand": "Halle / Stand; Halle und Stand; Halle, Stand; Hall / Stand; Hall / Booth; "
    "Standort (Halle/Stand)",
    "stand": "Stand; Booth; Standnummer; Stand-Nr.; Standnr.; Messestand; Standplatz; Platznummer; "
    "Koje; Tisch; Tischnummer; Standfläche; Stand no.; Stand number; Booth no.; Booth number; "
    "Table; Pitch; Space; Location code; Platz; Nummer",
    "profile": "Profil; Profile; Beruf; Berufsprofil; Berufsbild; Ausbildungsberuf; Berufe; "
    "Thema/Beruf; Tätigkeit; Vorlage (Beruf); Flyer Beruf; Studiengang; Angebot; Occupation; Job; "
    "Career; Trade; Role; Position; Job title; Profession; Course; Ausbildung; Thema",
    "layout": "Layout; Gestaltung",
    "format": "Format; Paper size; Papierformat; Flyer-Format; Druckformat; Größe; Ausführung; "
    "Size; Print format; Produkt; Druckprodukt; Drucksache; Product; Template; Variant; "
    "Material; Type",
    "locales": "Sprachen; Languages; Sprache; Locales; Locale; Language; Sprachfassung; "
    "Sprachversion; Sprachkürzel; in Sprache; Fremdsprache; Sprachauswahl; Übersetzung; Lang; "
    "Language version; Translation; Language code",
    "copies": "Anzahl; Copies; Auflage; Stückzahl; Stück; Exemplare; Menge; Anz.; Anzahl Flyer; "
    "Bestellmenge; Druckmenge; Bedarf; Flyer (Stk.); Stk.; Exempl.; Quantity; Qty; Count; Amount; "
    "Print run; Pieces; Units; No. of copies; Number",
    "contact": "Kontakt; Contact; Kontaktperson; Ansprechpartner; Ansprechpartnerin; "
    "Ansprechpartner/in; Ansprechperson; wer ist da; Betreuer; Beraterin; Berater; zuständig; "
    "Zuständigkeit; Bearbeiter; Kollege; Verantwortlich; Standdienst; Name Ansprechpartner; "
    "Vor Ort; AP; Kontaktname; Contact person; Contact name; Person; Organizer Name; Responsible; "
    "Host; Advisor; Staff; Name",
    "phone": "Telefon; Phone; Telefonnummer; Tel.; Mobil; Handy; Rufnummer; Durchwahl; "
    "Mobilnummer; Fon; Hotline; Telefon dienstlich; Telephone; Phone number; Mobile; Cell; "
    "Event Phone",
    "contact2": "Kontakt 2; Contact 2; 2. Kontakt; Zweiter Kontakt; Ansprechpartner 2; "
    "Ansprechpartnerin 2; Ansprechpartner/in 2; Ansprechperson 2; 2. Ansprechpartner; "
    "2. Ansprechpartnerin; 2. Ansprechperson; Zweite Ansprechperson; Kontaktperson 2; "
    "weiterer Kontakt; weitere Ansprechperson; Vertretung; Second contact; Contact person 2",
    "phone2": "Telefon 2; Phone 2; 2. Telefon; Zweites Telefon; Telefonnummer 2; Tel. 2; "
    "Telefon Kontakt 2; Telefon Ansprechpartner 2; weitere Telefonnummer; Mobil; Handy; "
    "Mobilnummer; Mobil 2; Mobile; Cell; Second phone",
    "email2": "E-Mail 2; Email 2; Mail 2; 2. E-Mail; Zweite E-Mail; E-Mail-Adresse 2; "
    "E-Mail Kontakt 2; E-Mail Ansprechpartner 2; weitere E-Mail; Second email",
    "email": "E-Mail; Email address; Mail; E-Mail-Adresse; Mailadresse; E-Mail Kontakt; "
    "Mail Ansprechpartner; elektronische Post; Contact email; Organizer Email",
    "url": "Internet; URL; Webseite; Website; Web; Link; Internetadresse; Webadresse; Homepage; "
    "Internetseite; Anmeldelink; www; QR-Link; Detail-URL; Event Website; Event URL; "
    "Registration link; Sign-up; Booking URL; Online-Link; Meeting-Link; Zoom-Link; Teams-Link; "
    "Einwahllink; Zugangslink; Online; Virtuell; Anmeldung; Info",
    "url_label": "Beschriftung QR-Code; QR code label; QR-Beschriftung; QR-Text; QR-Code-Text; "
    "Text zum QR-Code; Beschriftung; Linktext; Link-Text; Link text; Link label; Call to action",
    "note": "Bemerkung; Note; Notiz; Bemerkungen; Notizen; Anmerkung; Anmerkungen; Hinweis; "
    "Hinweise; Kommentar; Infos; Sonstiges; Beschreibung; Details; Zusatz; intern; To-do; Notes; "
    "Remarks; Comment; Comments; Description; Misc; Additional info; Info",
    # What rejected_csv says of a row; it is not read again.
    "problem": "Fehler; Problem",
    # What users keep for themselves.
    NOT_READ: "PLZ; Postleitzahl; Bundesland; Landkreis; Kreis; Land; Kosten; Standgebühr; Preis; "
    "Gebühr; Eintritt; Budget; Kostenstelle; Anmeldefrist; Anmeldung bis; angemeldet; "
    "Anmeldestatus; Status; Teilnehmer; Besucher; Besucherzahl; Aussteller; Veranstalter; Träger; "
    "Ausrichter; Zielgruppe; Art; Veranstaltungsart; Kategorie; Wochentag; KW; Kalenderwoche; "
    "Monat; Jahr; Bild-URL; Tickets; Standgröße; Strom; WLAN; Aufbau; Abbau; Priorität; "
    "Ganztägig; ZIP; Postcode; State; Country; Cost; Fee; Price; Deadline; Attendees; Visitors; "
    "Exhibitors; Organizer; Audience; Category; Weekday; Week; Month; Year; Image; Power; Setup; "
    "Teardown; Capacity; Max. participants; Fax; Tag; Day",
}
HEADINGS = {column: tuple(written.split("; ")) for column, written in _HEADINGS.items()}


def meanings_of(heading: str, own: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the columns that a heading may stand for, the likeliest first; () where none.

    `own` says of some headings, by themselves, what they stand for in this workspace.
    """
    bare = _bare(heading)
    for name, column in (own or {}).items():
        if _bare(name) == bare:
            return (column,)
    return _MEANINGS.get(bare, ())


def known_headings(texts: Iterable[str], own: Mapping[str, str] | None = None) -> int:
    """Return how many of these texts are headings of a table of fairs; 0 where too few are."""
    count = sum(bool(meanings_of(text, own)) for text in texts)
    return count if count >= _FEWEST else 0


def column_named(written: str) -> str | None:
    """Return the column that somebody names: "start", "Beginn"; None where there is none."""
    return written if written in HEADINGS else next(iter(meanings_of(written)), None)


def columns_of(
    headings: Sequence[str], cells: Sequence[Sequence[Cell]], own: Mapping[str, str] | None = None
) -> tuple[dict[str, int], list[tuple[int, int]]]:
    """Return which column stands where, counted from 0, and pairs of columns that mean the same.

    `cells` are those of each heading's column. A column that says nothing, or the same as another
    one of its meaning, is left out.
    """
    meant = {at: meanings_of(heading, own) for at, heading in enumerate(headings)}
    claims = Counter(column for columns in meant.values() for column in columns)
    wanted = {
        at: [
            column
            for column in columns
            # Where nothing else could be meant, only times of day are no days.
            if (len(columns) == claims[column] == 1 and column not in {"start", "end"})
            or _suits(column, cells[at])
        ]
        for at, columns in meant.items()
    }
    columns: dict[str, int] = {}
    same: list[tuple[int, int]] = []
    for at in sorted(wanted, key=lambda at: (len(wanted[at]), at)):
        if not wanted[at]:
            continue
        free = [column for column in wanted[at] if column not in columns]
        if free:
            columns[free[0]] = at
        elif NOT_READ not in wanted[at]:
            other = columns[wanted[at][0]]
            if any(not is_empty(c) for c in cells[at]) and not _are_alike(cells[at], cells[other]):
                same.append((min(at, other), max(at, other)))
    columns.pop(NOT_READ, None)
    return columns, same


def nearest_heading(heading: str, taken: Collection[str]) -> str:
    """Return the heading that one with a slip may be meant for; "" where that column is `taken`."""
    near = difflib.get_close_matches(_bare(heading), _MEANINGS, n=1, cutoff=0.8)
    column = _MEANINGS[near[0]][0] if near else NOT_READ
    return "" if column in {NOT_READ, *taken} else HEADINGS[column][0]


def _suits(column: str, cells: Sequence[Cell]) -> bool:
    """Tell whether what stands in a column may be what it is headed as."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return True
    match column:
        case "start" | "end":  # a slip in one row is told of that row
            return any(map(is_day, filled)) or not all(map(is_time, filled))
        case "hours" | "opens" | "closes" | "talk_time":
            return any(map(says_hours, filled)) and not any(map(is_only_a_day, filled))
        case "online":
            return not any("." in as_text(cell) for cell in filled)  # an address
        case "copies":
            return any(re.search(r"\d", as_text(cell)) for cell in filled)
        case _:  # a weekday, where "Tag" may head a day, too
            return column != NOT_READ or not any(map(is_day, filled))


def _are_alike(these: Sequence[Cell], those: Sequence[Cell]) -> bool:
    return all(as_text(a) == as_text(b) for a, b in zip(these, those, strict=True))


def _bare(heading: str) -> str:
    """Return what of a heading counts: its letters a–z and digits, nothing in brackets."""
    without = re.sub(r"\(.*?\)", "", heading)
    return re.sub(r"[^a-z0-9]", "", plain(without if without.strip() else heading))


def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for column, all_ in HEADINGS.items():
        for written in all_:
            columns = found.setdefault(_bare(written), [])
            if column not in columns:
                columns.append(column)
    return {bare: tuple(columns) for bare, columns in found.items()}


_MEANINGS = _meanings()
