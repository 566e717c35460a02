"""The words by which German texts speak of facts: ways in, what is asked for, places and hours."""

import re

NUMBERS = {
    "ein": 1.0,
    "eineinhalb": 1.5,
    "anderthalb": 1.5,
    "zwei": 2.0,
    "zweieinhalb": 2.5,
    "drei": 3.0,
    "dreieinhalb": 3.5,
    "vier": 4.0,
    "fünf": 5.0,
}
_NUMBER = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d(?:[.,]5)?|[1-4]\s?½)"
LASTING = re.compile(rf"\b({_NUMBER})[- ]?jährige[nrms]?\b", re.IGNORECASE)
DURATION = re.compile(
    rf"\b(?:dauer\w*|lauf\w*|läuft|innerhalb von|in|über|Regelausbildungszeit)\b[^.,;]{{0,40}}?"
    rf"\b({_NUMBER})e?n?\s+Jahren?\b|dauer\W{{1,3}}({_NUMBER})\s+Jahre\b"
    rf"|\bAusbildung\w*[^.;]{{0,30}}[,(:]\s({_NUMBER})\s+Jahre\b",
    re.IGNORECASE,
)
# "insgesamt drei Jahre: zwei Jahre Schule und ein Jahr Praktikum": this is the length of all of it.
TOTAL = re.compile(rf"\binsgesamt\s(?:rund\s|etwa\s)?({_NUMBER})\s+Jahren?\b", re.IGNORECASE)
EITHER = re.compile(rf"\b{_NUMBER}\s?(?:oder|bis(?: zu)?|[-–/])\s?{_NUMBER}\b", re.IGNORECASE)
KINDS = (
    ("Umschulung", re.compile(r"\b[Uu]mschulung(?:en)?\b")),
    ("duales Studium", re.compile(r"\bdual\w* Studi(?:um|engang)\w*")),
    ("Studium", re.compile(r"\b(?:Bachelor|Master)?-?[Ss]tudi(?:um|engang)\b")),
    ("schulische Ausbildung", re.compile(r"\bschulisch\w* Ausbildung|\bBerufsfachschule\b")),
    (
        "Ausbildung",
        re.compile(r"\b(?:Berufs)?[Aa]usbildung\b|\bLehre\b|\bAusbildungs(?:dauer|beruf)"),
    ),
)
# Trainings of one occupation that differ in who pays, each with its name.
TRAININGS = (
    (
        "praxisintegrierte Ausbildung (PiA)",
        re.compile(r"\bpraxisintegriert\w*|\bPiA\b|\bPIA\b|\bOptiPrax\b", re.IGNORECASE),
    ),
    ("schulische Ausbildung", re.compile(r"\b(?:voll)?(?:zeit)?schulisch\w*", re.IGNORECASE)),
    (
        "duale Ausbildung",
        re.compile(r"\b(?:dual|betrieblich)\w* (?:Berufs)?Ausbildung", re.IGNORECASE),
    ),
    ("duales Studium", re.compile(r"\bdual\w* Studi(?:um|engang)\w*", re.IGNORECASE)),
    ("Umschulung", re.compile(r"\bUmschulung(?:en)?\b", re.IGNORECASE)),
)
CHANGE = re.compile(r"\b(?:Quer|Seiten)einst(?:ieg|eiger\w*)\b", re.IGNORECASE)
# What the name of a way in says of its form: "" is a dual training.
FORMS = (
    ("school", re.compile(r"schulisch|Fachakademie|Berufsfachschule|Fachschule", re.IGNORECASE)),
    ("other", re.compile(r"praxisintegriert|\bPiA\b|\bOptiPrax\b|Umschulung", re.IGNORECASE)),
    (
        "",
        re.compile(
            r"\b(?:(?:dual|betrieblich)\w* (?:Berufs)?Ausbildung|Lehre|Ausbildung im Betrieb)\b"
            r"|^(?:(?:Die|Deine|Ihre) )?(?:Berufs)?Ausbildung$",
            re.IGNORECASE,
        ),
    ),
)
OTHER_WAY = re.compile(
    r"Quer-?einst|Seiten-?einst|Studium|studier|Teilzeit|verkürzt|Extern\w*prüfung|Wiedereinst",
    re.IGNORECASE,
)
AT_MOST = re.compile(rf"\b(?:bis zu|höchstens|maximal)\s{_NUMBER}\s+Jahre", re.IGNORECASE)
WAYS = re.compile(
    r"\bWege?n?\b|Ausbildungswege|Möglichkeiten|\bso (?:wirst|werden)\b|\bwie (?:wird|werde)",
    re.IGNORECASE,
)
# What comes after one has learnt the occupation, and is no way into it.
AFTERWARDS = re.compile(
    r"weiterbild|fortbild|aufstieg|karriere|weiter(?:kommen|geht|entwickeln)|spezialisier"
    r"|\bnach der (?:Ausbildung|Lehre)|geht\b.*\bweiter|perspektive|danach|verdien|gehalt"
    r"|vergütung",
    re.IGNORECASE,
)
# A way that is not open, that leads on, or that somebody has behind them.
NOT_ONE = re.compile(
    r"\b(?:kein\w*|nicht|ohne|nach (?:der|Ihrer|einer|dem|deiner)|mit abgeschlossen\w*"
    r"|abgeschlossen\w*|Weiterbildung|Fortbildung|Meister\w*|früher|seit|vor|verkürz\w*|Teilzeit)\b",
    re.IGNORECASE,
)
OF_TRAINING = re.compile(
    r"\bAusbildung (?:zur|zum|als) ((?:[\wäöüß:*/()-]+ ?){1,6}?)(?= dauert|,| in | läuft|\.|$| \()"
)
TOWN = re.compile(r"\s+in\s+[A-ZÄÖÜ][\w. ()/-]*$")
BEHIND = re.compile(r"\s+(?:in|bei|am)\s+[A-ZÄÖÜ].*$|\s+[–-]\s.*$|:.*$")

SCHOOL_NAMES = (
    r"(?:Haupt|Real|Mittel|Volks|Förder|Ober|Werkreal)?schulabschluss|Hauptschule"
    r"|(?:erste[nrsm]?|mittlere[nrsm]?|guter?n?)\s+(?:allgemeinbildende\w*\s+)?(?:Bildungs|Schul)?abschluss"
    r"|mittleren? Reife|Fachhochschulreife|Fachabitur|Abitur|Hochschulreife|Fachoberschulreife"
    r"|Berufsreife|Berufsbildungsreife|Mittelschulabschluss|qualifizierende[nr] \w+abschluss"
)
SCHOOL = re.compile(
    rf"(?P<words>(?:(?:guten?r?|mittlere[nr]?|erfolgreiche[nr]?|qualifizierende[nr]?|Haupt-|Real-"
    rf"|oder|einfache[nr]?)\s+){{0,4}}(?:{SCHOOL_NAMES})\b)",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\b(?:brauch\w*|benötig\w*|voraus\w*|verlang\w*|gebraucht|erforderlich|nötig|notwendig"
    r"|\w*voraussetzung\w*|mitbring\w*|bring\w*|erwart\w*|mindestens|reicht|genügt|solltest|sollten"
    r"|gefordert|Pflicht|zugelassen|Zugang\w*|wünschen|gefragt)\b",
    re.IGNORECASE,
)
NOT_ASKED = re.compile(
    r"\b(?:Studium|studier\w*|Meister\w*|Techniker\w*|Weiterbildung\w*"
    r"|Fortbildung\w*|nachhol\w*|erwerb\w*|erwirb\w*|holen?|führt zu\w*|während|Fachschule"
    r"|je nach)\b",
    re.IGNORECASE,
)
NO_SCHOOL = re.compile(
    r"\b(?:kein\w*|nicht)\b[^.;]{0,40}\b(?:Schulabschluss|Schulbildung|Abschluss)\b[^.;]{0,30}"
    r"\b(?:vorgeschrieben|nötig|notwendig|erforderlich|vorausgesetzt|Pflicht)\b",
    re.IGNORECASE,
)
LANGUAGE = re.compile(
    r"\bDeutsch(?:kenntnisse)?\b[^.;,]{0,40}?\b(?P<a>[ABC][12])\b|\b(?P<b>[ABC][12])[^.;,]{0,20}Deutsch"
    r"|\b(?:Sprachniveau|Niveau)\s(?P<c>[ABC][12])\b|\b(?P<d>[ABC][12])-(?:Niveau|Zertifikat)"
)

WEEK = re.compile(
    r"\b\d{2}(?:,\d)?(?:\s?(?:bis|-|–)\s?\d{2}(?:,\d)?)?\s?"
    r"(?:(?:Stunden|Std\.|h)\s(?:in der|pro|die|je)\sWoche|Wochenstunden|(?:-\s?|\s)Stunden-Woche)"
)
_TIMES = r"(?:Früh|Spät|Nacht|Tag|Schicht|Wechsel|Wochenend|Sonntags|Feiertags|Bereitschafts)"
SHIFTS = re.compile(
    rf"(?:{_TIMES}-(?:,| und| oder| sowie)\s)+{_TIMES}(?:schicht|dienst|arbeit)\w*"
    r"|\b(?:Zwei|Drei|Vier|Wechsel|Früh|Spät|Nacht|Rotations|Voll)?-?"
    r"[Ss]chicht(?:dienst|arbeit|betrieb|system)e?n?\b"
    r"|\b(?:Früh|Spät|Nacht)(?:schicht(?:en)?|dienste?n?)\b"
    r"|\b(?:Wochenend|Feiertags|Bereitschafts|Nacht)(?:dienst|arbeit)e?n?\b|\bRufbereitschaft\b"
    r"|\b(?:Zwei|Drei|Vier)-[Ss]chicht-(?:System|Betrieb)\b|\bGleitzeit\b"
    r"|\b[Gg]leitende Arbeitszeit\w*|\b[Ff]este Arbeitszeiten\b"
)
NO_WEEK = re.compile(r"\b(?:kein\w*|nicht|nie|früher|weniger als)\s(?:\w+\s){0,2}\d", re.IGNORECASE)
UNSURE_HOURS = re.compile(
    r"\b(?:manche\w*|je nach|vielleicht|falls|manchmal|kann|können|Ausbildung|Schule"
    r"|Unterricht|Öffnungszeit\w*|Praktik\w*)\b",
    re.IGNORECASE,
)

_QUOTED = r"[„“»\"](?P<text>[^„“”»«\"]{20,400}?)[“”«\"]"
_SAYS = r"(?:sagt|erzählt|berichtet|meint|findet|erklärt)"
_NAMED = r"(?P<name>(?:Frau |Herr )?[A-ZÄÖÜ][\w.-]+(?: [A-ZÄÖÜ][\w.-]+){0,2})"
_ROLE = r"(?P<role>[A-ZÄÖÜ][^.,;:„“\"]{2,60})"
QUOTATIONS = (
    re.compile(rf"{_QUOTED},? {_SAYS} {_NAMED}(?:, {_ROLE})?"),
    re.compile(rf"\b{_NAMED}(?:, {_ROLE},)? {_SAYS}: {_QUOTED}"),
)
"""What somebody says whom the text names: behind what is said, or before."""

_ITEMS = r"(?P<items>[^.;:!?()–]{3,240})"
_SO = (
    r"(?:\s(?:vor allem|besonders|insbesondere|zum Beispiel|etwa|unter anderem|z\. ?B\.|auch"
    r"|natürlich|außerdem|hier|dabei|heute|überall))*,?"
)
_WANTED = (
    r"wichtig|gefragt|gefordert|nötig|notwendig|Voraussetzung|ein Muss|unverzichtbar|Pflicht"
    r"|hilfreich|von Vorteil|gebraucht|Voraussetzungen"
)
_FURTHER_IN = r"(?:gibt es )?(?:in|zu|zum|zur|für|als)"
# Ways to say a list, each with the fact that it states.
LISTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("skills", re.compile(rf"\b(?i:{_WANTED})\s(?:sind|werden){_SO}\s{_ITEMS}")),
    ("skills", re.compile(rf"\b[Bb]ring(?:st|en)?\s(?:du|Sie)?{_SO}\s?{_ITEMS}\smit\b")),
    (
        "skills",
        re.compile(
            rf"\bsollte(?:st du|n Sie| man|st|n){_SO}\s{_ITEMS}\s(?:mitbringen|haben)\b"
            rf"|\b(?:[Dd]u brauchst|[Ss]ie brauchen|[Mm]an braucht|[Bb]raucht man){_SO}\s"
            r"(?P<more>[^.;:!?()–]{3,240})"
        ),
    ),
    (
        "skills",
        re.compile(
            r"(?:^(?P<items>[A-ZÄÖÜ][^.;:!?()–]{3,200}?)\s(?:sind|ist)|\bsind "
            r"(?P<more>[A-ZÄÖÜ][^.;:!?()–]{3,200}?))"
            rf"\s(?:[a-zäöü]+\s)?(?:{_WANTED})\b"
        ),
    ),
    (
        "training",
        re.compile(
            r"\b(?:bild\w+ (?:sich|dich) (?:in|zu)|(?:[Ww]eiter|[Ff]ort)bildung(?:en)? "
            rf"{_FURTHER_IN}|lernt weiter,|spezialisier\w+ (?:sich|dich) (?:auf|in)"
            rf"|Häufige Themen:?){_SO}\s{_ITEMS}"
        ),
    ),
    (
        "training",
        re.compile(
            r"\b(?:dich|sich) (?P<items>zu[rm]? [^.;:!?()–]{3,200}) (?:weiter|fort)bilden\b"
            r"|\b(?:weiter|fort)bilden(?: lassen)? (?P<more>zu[rm]? [^.;:!?()–]{3,200})"
        ),
    ),
    (
        "employers",
        re.compile(
            r"\b(?:[Aa]rbeitgeber (?:sind|gibt es)|[Bb]eschäftigt (?:sind|werden|wird|bist|wirst)"
            r"[^,.;:]{0,30}?(?= in | bei | im )|[Aa]rbeitsplätze bieten|[Gg]esucht wird"
            r"|(?:[Ss]tellen|[Aa]rbeitsplätze|[Aa]rbeit) (?:gibt es|finden \w+)|[Aa]ngestellt \w+)"
            rf"{_SO}\s{_ITEMS}"
        ),
    ),
    (
        "places",
        re.compile(
            r"\b(?:(?:[Ss]ie|[Dd]u|[A-ZÄÖÜ][\wäöüß/*:]+(?: [Uu]nd [A-ZÄÖÜ][\wäöüß]+)?)"
            r" arbeite(?:n|st|t)|[Gg]earbeitet wird|(?:[Aa]rbeits|[Ee]insatz)orte? (?:sind|ist)"
            rf"|(?:[Ii]m Einsatz|[Tt]ätig) (?:sind|ist|bist)[^,.;:]{{0,30}}?){_SO}"
            r"\s(?P<items>(?:in|im|bei|beim|auf|an|am)\s[^.;:!?()–]{3,200})"
        ),
    ),
)
# Within one sector, a list names people or things, not sectors.
IN_A_BRANCH = re.compile(r"\b[Ii]n (?:der|dieser|unserer|einer) (?:Branche|Sparte)\b")
BRANCH = re.compile(r"\b\w*(?:[Bb]ranchen?|[Ss]parten?|[Ww]irtschaftszweigen?|[Ss]ektor(?:en)?)\b")
_NOUN = r"[A-ZÄÖÜ][\w/&-]{0,59}"
_ITEM = rf"(?:[a-zäöüß]+\s+){{0,3}}{_NOUN}"
ENUMERATION = re.compile(
    rf"(?:(?:im|in|bei|beim|aus|von)\s+(?:der\s+|den\s+)?)?(?:[a-zäöüß]+en\s+)?{_NOUN}"
    rf"(?:,\s+{_ITEM}(?:\s{_NOUN})?)+,?\s+(?:und|oder|sowie|bzw\.)\s+{_ITEM}"
)
PLACES = re.compile(
    r"\b(?:arbeitsort|einsatzort|wo (?:du|sie|man|wir)\b.*arbeit|arbeitsplatz|arbeitsplätze)", re.I
)
BRANCHES = re.compile(r"branche|wirtschaftszweig", re.IGNORECASE)
HOURS = re.compile(r"arbeitszeit", re.IGNORECASE)
FURTHER = re.compile(
    r"weiterbild|fortbild|aufstieg|karriere|weiterkommen|spezialisier", re.IGNORECASE
)
STEPS = re.compile(
    r"\bnächste[nr]? schritte?\b|\b(?:so|wie) geht(?:['’]?s| es) (?:nun |jetzt )?weiter\b"
    r"|\bwie (?:bewerbe ich mich|bewirb(?:st du|t man))\b|\bso (?:bewirb|bewerb)\w+",
    re.IGNORECASE,
)
# "Muss ich schwindelfrei sein? Ja, ein sicheres Gefühl …": the answer is none of what it names.
ANSWER = re.compile(r"(?:Ja|Nein|Doch|Jein|Klar|Natürlich|Genau|Richtig|Stimmt)\b\W*")
TRAIL = re.compile(
    r"\s+(?:mit|fort|weiter|an|ein|arbeiten|tätig|haben|gefragt|aus|gesucht|angestellt)$"
)
NEGATED = re.compile(
    r"\b(?:kein\w*|nicht|nie\w*|weniger|früher|selten\w*|ohne|kaum)\b", re.IGNORECASE
)
