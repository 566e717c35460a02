"""The words by which German texts speak of pay: stages, times, and what is no pay."""

import re
from typing import Literal

Period = Literal["month", "year", "hour"]
Basis = Literal["gross", "net"]
# What is paid in such a time at least and at most, in euros; anything else is misread.
LIKELY = {"month": (300, 25_000), "year": (4_000, 400_000), "hour": (5, 200)}
_AROUND = r"(?:(?:rund|etwa|ca\.|circa|ungefähr|gut|knapp|um die|sogar|auch|schon)\s+)*"
AT_LEAST = re.compile(
    rf"\b(?:ab|mindestens|mind\.|wenigstens|nicht unter|nicht weniger als|(?:etwas |deutlich )?über"
    rf"|(?:etwas |deutlich )?mehr als|oberhalb von)\s+{_AROUND}$",
    re.IGNORECASE,
)
UP_TO = re.compile(rf"\b(?:bis(?:\s+zu)?|maximal|max\.|höchstens)\s+{_AROUND}$", re.IGNORECASE)
AND_MORE = re.compile(
    r"\s*(?:\+|aufwärts\b|(?:oder|und)\b[^.!?,;\d]{0,20}\b(?:mehr|darüber|drüber|aufwärts)\b)"
    r"|[^.!?,;\d]{0,12}\b(?:oder|und)\b[^.!?,;\d]{0,14}\b(?:mehr|darüber|drüber)\b"
)
VAGUE = re.compile(
    rf"(?<!nicht )\b(?:unter|weniger als|statt)\s+{_AROUND}$"
    rf"|\b(?:nicht|nie|kaum|selten|niemals) (?:über|mehr als|oberhalb von)\s+{_AROUND}$"
    rf"|^(?-i:Über)\s+{_AROUND}$",  # "Über 3.400 € ist alles möglich"
    re.IGNORECASE,
)
# An amount that is added to another, or that was paid once.
ADDED_BEFORE = re.compile(
    rf"\b(?:um|plus|zusätzlich|zuzüglich|zzgl\.|weitere|noch einmal|nochmal|je)\s+{_AROUND}$"
    rf"|\b(?:Differenz|Unterschied)\b",
    re.IGNORECASE,
)
ADDED_BEHIND = re.compile(
    r"\s*(?:brutto |im Monat |monatlich )?(?:mehr\b(?! als)|weniger\b|extra\b|zusätzlich|obendrauf"
    r"|dazu\b|Unterschied|Differenz|Zulage|Zuschlag|Zuschuss|Prämie|Bonus|Schulgeld|Materialgeld"
    r"|pro Kind|Kindergeld|je Kind)",
    re.IGNORECASE,
)
ONCE = re.compile(
    r"\b(?:früher|damals|ehemals|einst|vor \w+ Jahren|19\d\d|200\d|201\d|einmalig)\b", re.IGNORECASE
)

ONLY_IN_TRAINING = 1_700
"""Euros a month: whoever is paid so little in a first, second, third year is in training."""
LEADERS = re.compile(r"\s*:?\s?(?:\.{3,}|(?: \.){3,}|…{2,}|_{3,}|·{3,})\s*")
"""Dots that lead the eye from a name to its amount."""
# An amount of another profession, or of a time that is no regular work; and what is left of pay.
NOT_OF_IT = re.compile(
    r"\b(?:(?:im|zum) Vergleich\b(?! zu)|verglichen|anders als|andere[nr]? (?:Beruf|Branche)\w*)",
    re.IGNORECASE,
)
IN_BETWEEN = re.compile(
    r"\b(?:Anerkennungs|Berufspraktik|Vorpraktik|Schulpraktik|Vorbereitungsdienst|Volontariat"
    r"|Einstiegsqualifizierung|Freiwilligendienst)\w*",
    re.IGNORECASE,
)
LEFT_OVER = re.compile(r"\bnetto\b.{0,30}\bbleib|\bbleib\w*\b.{0,40}\bnetto\b", re.IGNORECASE)

PAY = re.compile(
    r"\b\w*(?:gehalt|gehälter|verdien|lohn(?!t|en\b|end|steuer)|löhne|vergüt|einkommen|bezahl"
    r"|gezahlt|entgelt|brutto|netto|besoldung|tvöd|tarifv)\w*",
    re.IGNORECASE,
)
PAYS = re.compile(
    r"\b(?:bekomm\w*|erhalt\w*|erhält\w*|gib[t]? es|gab es|winken|drin\b|möglich|üblich|realistisch"
    r"|liegt bei|liegen bei|startet|starten|beginnt|beginnen|einsteigen|steig\w+ auf|sind es"
    r"|rechnen|zahlt|zahlen)\b",
    re.IGNORECASE,
)
COST = re.compile(
    r"\b\w*(?:kost|kurs|gebühr|zuschuss|förder|bonus|prämie|zuschlag|zulage|beitrag|bafög|bab\b"
    r"|stipend|urlaubsgeld|weihnachtsgeld|kindergeld|bürgergeld|arbeitslosengeld|trinkgeld"
    r"|pauschale|schulgeld|ticket|gutschein|darlehen|kredit|steuer(?!fach)|strafe|umsatz|führerschein"
    r"|vermögenswirksam|sonderzahlung|einmalzahlung|kaution|spende|budget|preis|rechnung|material"
    r"|mindestlohn|rente\b|erspar|werkzeug|ausrüstung|laptop|büchergeld|fahrkarte|übergangsgeld"
    r"|minijob|freibetrag|monatskarte|jahresabo)\w*|\b(?:Warm|Kalt)?miete\b|\bmiete[nt]?\b"
    r"|\bstrom\b|\bzahl(?:t man|en Sie|st du)\b|\b(?:vom|das) (?:Staat|Amt|Jobcenter)\b",
    re.IGNORECASE,
)
TRAINING = re.compile(
    r"\b(?:\w*Ausbildung\w*|Lehre|Lehr(?:ling|geld|jahr|zeit)\w*|Azubi\w*|Auszubildende\w*)\b",
    re.IGNORECASE,
)
_YEAR_NOUN = r"(?:Ausbildungs-?\s?jahr|Lehr-?jahr|Lj\b|AJ\b|Ausb\.?-?\s?jahr|Jahr|Jg\b)"
_ORDINAL = r"(?:(?<![\d.,])[1-5]\.(?!\d)|(?:[Ee]rst|[Zz]weit|[Dd]ritt|[Vv]iert)e[nrms]?)"
YEAR = re.compile(rf"\b(?P<which>{_ORDINAL})(?:\s?(?P<noun>{_YEAR_NOUN}))?", re.IGNORECASE)
YEAR_BEHIND = re.compile(r"\b(?P<noun>Ausbildungs|Lehr)jahr\s(?P<which>[1-5])(?!\d)")
AFTER_YEAR = re.compile(r"\b(?:nach|ab)\s+(?:dem|deinem|Ihrem)?\s*$", re.IGNORECASE)
NAMED_YEAR = re.compile(r"\b(Ausbildungs|Lehr)-?\s?jahr|\b(Lj|AJ)\b", re.IGNORECASE)
WORDS = {"e": 1, "z": 2, "d": 3, "v": 4}

_GROUP = (
    r"\b(?:(?:Entgelt|Besoldungs|Vergütungs|Lohn|Tarif)gruppe|EG|BesGr\.?|TVöD|TV-L)"
    r"(?:[- ](?:VKA|Bund|P|S|E|A|EG|SuE))?\s?(?:E|P|S|A|EG)?\s?\d{1,2}\s?[a-z]?\b"
    r"|\b[EPSA]\s?\d{1,2}[a-z]?(?= (?:TVöD|TV-L|mit|sind|liegt))"
)
STAGE = (
    (
        "entry",
        re.compile(
            r"\b(?:zum|zu|am|beim|für den|im|als|für)\s+(?:\w+\s+)?"
            r"(?:Einstieg|Anfang|Beginn|Start|Berufseinstieg|Berufsstart|Berufsanfänger(?:in)?"
            r"|Einsteiger(?:in)?|Berufseinsteiger(?:in)?|ersten Berufsjahr)\b"
            r"|\b(?:Berufs)?(?:anfänger|einsteiger)(?:[*:_]?innen|/-?innen|n)?\b"
            r"|\b(?:Berufs)?einstieg\w*|\b(?:Anfangs|Start|Einstiegs)(?:gehalt|lohn|vergütung)\w*"
            r"|\b(?:direkt |gleich |frisch )?nach (?:der|dem Ende der|Abschluss der|abgeschlossener"
            r"|deiner|Ihrer|bestandener)\s?"
            r"(?:Ausbildung|Lehre|Prüfung|Abschlussprüfung|Ausbildungszeit)\b"
            r"|\bnach dem (?:\w+|\d\.) (?:Lehr|Ausbildungs)jahr\b"
            r"|\bnach dem (?:Studium|Abschluss|Referendariat|Examen)\b"
            r"|\b(?:frisch )?ausgelernt\w*|\bam Anfang\b|\banfangs\b",
            re.IGNORECASE,
        ),
    ),
    (
        "experienced",
        re.compile(
            r"\b(?:mit|bei) (?:[\w-]+ ){0,3}(?:Berufs)?(?:erfahrung|praxis)\b"
            r"|\bnach (?:etwa |rund |ca\. |einigen |mehreren )?[\w-]+ (?:Berufs|Dienst)?jahren\b"
            r"(?: im Beruf)?|\bnach einigen Jahren\b|\bmit den Jahren\b"
            r"|\b(?:Berufs)?erfahrene?n?(?: (?:Fach)?kräfte)?\b|\blangjährige\w*\b"
            r"|\b(?:Berufs)?Erfahrung\b|\bspäter\b|\bmit (?:\w+ )?Weiterbildung\b"
            r"|\bmit Zusatzqualifikation\w*\b",
            re.IGNORECASE,
        ),
    ),
    (
        "master",
        re.compile(
            r"\b(?:[Aa]ls |[Mm]it )?(?:[A-Z]?\w*[Mm]eister(?:in|innen|titel|brief)?(?:[*:_/]-?\w+)?"
            r"|Techniker(?:in|abschluss)?(?:[*:_/]-?\w+)?|Fachwirt\w*|Betriebswirt\w*)\b"
        ),
    ),
    (
        "lead",
        re.compile(
            r"\b(?:[Aa]ls |[Ii]n der |[Mm]it )?(?:\w*[Ll]eitung(?:sfunktion|sposition)?"
            r"|\w*leiter(?:in)?|Führungskr[aä]ft\w*|Personalverantwortung|Leitende)\b"
        ),
    ),
    (
        "journeyman",
        re.compile(
            r"\bGesellinnen und Gesellen\b|\b(?:als |mit )?Gesell(?:en|innen|in|e)\b(?:stück)?",
            re.I,
        ),
    ),
    ("group", re.compile(_GROUP)),
    ("skilled", re.compile(r"\b(?:als )?(?:Fachkr[aä]ft|Facharbeiter)\w*|\bUngelernte\w*")),
    (
        "training",
        re.compile(
            r"\b(?:[Ii]n|[Ww]ährend) (?:der|deiner|Ihrer) (?:Ausbildung|Lehre)\b"
            r"|\b(?:Azubis?|Auszubildende[nr]?|Lehrlinge?)\b"
            r"|\b(?:Ausbildungs|Lehrlings)(?:vergütung|gehalt|entgelt)\w*"
        ),
    ),
)
GENERAL = {"training", "skilled", "experienced"}  # stages that another word of the clause outdoes
PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (
        "month",
        re.compile(
            r"\b(?:im|pro|je|jeden|den) Monat\b|/ ?M(?:onat|t\.)|\bmonatlich|\bMonats(?:gehalt|lohn"
            r"|brutto|vergütung|verdienst|einkommen|entgelt|gehälter)|\bmtl\b|\bp\. ?M\.",
            re.IGNORECASE,
        ),
    ),
    (
        "year",
        re.compile(
            r"\b(?:im|pro|je) Jahr\b|/ ?Jahr\b|\bjährlich|\bjährl\.|\bp\. ?a\.|\bJahres\w*(?:gehalt"
            r"|brutto|einkommen|verdienst|entgelt|vergütung|gehälter)",
            re.IGNORECASE,
        ),
    ),
    (
        "hour",
        re.compile(
            r"\b(?:in der|pro|je|die) (?:Stunde|Std\.?)(?!n)|/ ?(?:h|Std|Stunde)\b|\bStundenl[oö]h"
            r"|\bStundensatz|\bbrutto die Stunde",
            re.IGNORECASE,
        ),
    ),
)
BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    ("gross", re.compile(r"\w*brutto\b", re.IGNORECASE)),
    ("net", re.compile(r"\w*netto\b", re.IGNORECASE)),
)
FULL_TIME = re.compile(r"vollzeit|\b(?:bei|mit) (?:3[5-9]|40)(?:,\d)? (?:Stunden|Wochenst)", re.I)
# Pay that is not that of everybody in the profession, working full time.
OTHER_PAY = re.compile(
    r"\b(?:ungelernt|\w*teilzeit|\w*praktik|werkstudent|\w*nebenjob|freiwillig|fsj|bfd|verglich"
    r"|im Vergleich|anders als|andere[nr]? (?:Beruf|Branche)|selbstständig|selbständig|freiberuf"
    r"|honorar|probezeit|zum Beispiel|etwa wenn)\w*",
    re.IGNORECASE,
)
AVERAGE = re.compile(
    r"\w*durchschnitt|\b(?:mittlere|median|im schnitt\b|im mittel\b)", re.IGNORECASE
)
MINIMUM = re.compile(
    r"\bMindest(?:ausbildungs)?vergütung|\bgesetzliche\w* Mindest"
    r"|\bGesetz\w*\b.*\b(?:untere\w* Grenze|mindestens)",
    re.I,
)
BOUNDARY = re.compile(r"[,;(|]|\s[–—]\s|\s/\s|\b(?:und|oder|sowie|bzw\.|aber|während|bis)\b")


def periods_said(text: str) -> list[Period]:
    """Return the times that a text says something is paid for."""
    return [name for name, words in PERIODS if words.search(text)]


def number_of(mark: re.Match[str]) -> int:
    """Return the number of a year of training that `YEAR` has found."""
    which = mark["which"]
    return int(which[0]) if which[0].isdigit() else WORDS[which[0].lower()]


def noun_of(*texts: str) -> str:
    """Return what a year of training is called in a text."""
    named = next((m for text in texts if (m := NAMED_YEAR.search(text))), None)
    said = (named[1] or named[2]).lower() if named else "ausbildungs"
    return "Lehrjahr" if said in {"lehr", "lj"} else "Ausbildungsjahr"
