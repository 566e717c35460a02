"""Leaves out what stands around a text and is no part of it: page numbers, contents, navigation.

Only what can be nothing else is left out, and each piece is named.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import takewhile
from operator import or_

from careerprint.core.diagnostics import N_
from careerprint.manuscripts.manuscript import Manuscript, Paragraph

_FRAME = re.compile(
    r"(?:lesezeit|lesedauer)\W*(?:ca\.? ?)?\d{1,3} ?min(?:uten?|\.)?"
    r"|(?:seite|page) \d{1,4}(?: ?(?:von|of|/) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]"
    r"|(?:wir verwenden|diese (?:website|webseite|seite) (?:verwendet|nutzt)) cookies\b.*"
    r"|(?:alle )?cookies (?:akzeptieren|zulassen|ablehnen)|cookie-einstellungen"
    r"|zum inhalt springen|zum hauptinhalt|zur navigation(?: springen)?|nach oben|seite drucken"
    r"|(?:anbei|hier|unten)\b[^.!?]{0,40}\b(?:text|entwurf|berufsbild)\b[^.!?]{0,40}:"
    r"|(?:hallo|guten (?:tag|morgen)|liebe[rs]?|sehr geehrte[rs]?|moin)\b[^.!?]{0,60},"
    r"|(?:viele|freundliche|mit freundlichen|liebe|beste|herzliche) grüßen?(?: aus .{1,40})?,?"
    r"|(?:zurück )?zur (?:übersicht|startseite)|(?:seite|artikel) teilen",
    re.IGNORECASE,
)
# "Start > Berufe > Pflege": where a page stands on its site.
_BREADCRUMBS = re.compile(r"[^>›»]{1,40}(?: [>›»] [^>›».]{1,40}){2,}")
_CONTENTS = re.compile(r"inhalt(?:sverzeichnis|sübersicht)?:?", re.IGNORECASE)
_ENTRY = re.compile(r".{1,90}?(?:\.{3,}|(?:\. ){3,}|…{2,}|_{4,}|·{4,}) ?\d{1,3}")
# What editors tell each other: "Stand: Oktober 2026 – Entwurf, bitte noch gegenlesen!"
_OF_EDITORS = (
    r"(?:(?:erst|roh)?entwurf|noch nicht (?:fertig|freigegeben|geprüft)|vorläufig|nur intern"
    r"|bitte (?:noch )?(?:einmal |mal )?(?:gegenlesen|korrekturlesen|prüfen|korrigieren|ergänzen"
    r"|nicht weitergeben))"
)
# "Zahlen bitte vor dem Druck nochmal prüfen!!": of a text, not of what its readers do.
_OF_TEXTS = (
    r"(?:zahlen|beträge|angaben|daten|gehälter|text|absatz|titel|überschrift|bild|foto|logo|link"
    r"|quelle|zitat|druck|freigabe|veröffentlichung|noch\s?(?:ein)?mal)\w*"
)
_TO_DO = (
    r"(?:gegen|korrektur|nach)?(?:lesen|prüfen|rechnen|tragen|checken|korrigieren|ergänzen|einfügen)"
    r"|(?:über)?prüfen|aktualisieren|anpassen|austauschen|ersetzen|überarbeiten|abstimmen|klären"
    r"|kürzen|streichen|löschen|freigeben"
)
_ASKED = (
    rf"(?=[^.!?]*\b{_OF_TEXTS})(?:[^.!?]{{0,40}}\b)?bitte\b(?![^.!?]*\bSie\b)[^.!?]{{0,60}}"
    rf"\b(?:{_TO_DO})\W*"
    r"|(?:to-?do|anm(?:erkung|\.) (?:der|d\.) red(?:aktion|\.)|(?:interne )?notiz)\b\W.*"
)
_AS_OF = r"stand:?\s(?:(?:[\d./]+\s?)?(?:[a-zäöü]+\s)?(?:19|20)\d\d|(?:TT\.)?MM[./]JJJJ)"
_NOTE = re.compile(
    rf"\W*(?:{_AS_OF}|{_OF_EDITORS})\W*(?:{_OF_EDITORS}\W+)*(?:{_OF_EDITORS}\W*)?|\W*(?:{_ASKED})",
    re.IGNORECASE,
)
_WHOM = r"(?:Kontakt|Ansprechpartner\w*|Ansprechperson\w*|Auskunft|Rückfragen|Herausgeber\w*)"
_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\b(?:Tel(?:efon)?|Fon|Mobil)\b\W{0,3}\d[\d\s/()–-]{4,}"
    r"|(?<![\w.,])(?:\+\d\d|\(?0\d)[\d\s/()–-]{4,}\d",
    re.IGNORECASE,
)
_CONTACT = re.compile(rf"{_WHOM}\b.*|(?:Tel|Telefon|Fon|Mobil|E-?Mail|Mail)\b\W.*", re.DOTALL)
# An office, as it is called above its contact: "Ihre Berufsberatung in Musterstadt".
_OFFICE = re.compile(
    rf"(?:{_WHOM}:?\s)?(?:(?:Ihre?|Unsere?|Deine?|Die|Das) )?(?:[\w-]+ (?:der |für |von )?){{0,2}}"
    r"(?:\w*[Bb]eratung(?:sstelle)?|(?:\w*agentur|Agentur) für Arbeit|Arbeitsagentur|Jobcenter|BiZ"
    r"|Berufsinformationszentrum|Jugendberufsagentur)"
    r"(?: (?:der|für|des|in|im|am|[A-ZÄÖÜ])[\w ./-]*)?:?"
)
_INVITES = re.compile(
    r"(?:(?:Sie )?[Hh]aben Sie (?:noch )?Fragen|Sie haben (?:noch )?Fragen|Noch Fragen|Fragen"
    r"|So erreichen Sie uns|Sprechen Sie (?:mit )?uns(?: an)?|Hier erreichen Sie uns)[?!:]*"
)
_STREET = re.compile(
    r"[A-ZÄÖÜ][\w. -]{2,40}\s\d{1,4}\s?[a-z]?(?:, \d{5} [\w .-]+)?|\d{5} [A-ZÄÖÜ][\w .-]+"
)
# All by which an office is reached, with what stands before it.
_DATA = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|(?<!\w)(?:\+\d\d|\(?0)[\d\s/()–-]{4,}\d"
    r"|\b(?:Tel|Telefon|Fon|Mobil|Fax|Telefax|E-?Mail|Mail|Internet|Web|Website|Homepage|oder|und|per"
    r"|unter)\b\.?:?",
    re.IGNORECASE,
)
_FEWEST = 3  # times that the head of a page stands in a text
_LONGEST = 80  # characters of one
_LONGEST_CONTACT, _LONGEST_LINE = 250, 60
_MOST_OF_CONTACT = 10  # lines
_LEFT_OUT = N_("Left out, because it frames the page and is no part of its text: “{text}”")
_NOTE_LEFT_OUT = N_("Left out, because it is a comment: “{text}”")
CONTACT_LEFT_OUT = N_(
    "Left out, because it says whom to turn to: “{text}”. Whom readers find in print is entered "
    "⟨in careerprint.toml, under “issuer”|in “Look”, under “Who hands it out”⟩."
)
CONTACT_IN_TEXT = N_(
    "“{text}” tells how somebody is reached. If that is your office, delete it in the text: your "
    "contact is printed anyway, as it is entered ⟨in careerprint.toml, under “issuer”|in “Look”, "
    "under “Who hands it out”⟩."
)


def leave_out_furniture(manuscript: Manuscript) -> None:
    """Take away paragraphs that are no part of a text, and remark on each.

    A contact among sentences at the end stays, and is asked about.
    """
    _leave_out(manuscript)
    texts = manuscript.paragraphs
    for at in range(max(1, len(texts) - _MOST_OF_CONTACT), len(texts)):
        if texts[at].kind not in {"table", "picture"} and _REACHED.search(texts[at].text):
            manuscript.remark_at(at, CONTACT_IN_TEXT, text=texts[at].text)


def _leave_out(manuscript: Manuscript) -> None:
    texts = manuscript.paragraphs
    out = {at: _LEFT_OUT for at, paragraph in enumerate(texts) if _frames(texts, at, paragraph)}
    out |= {at: _NOTE_LEFT_OUT for at, paragraph in enumerate(texts) if _is_note(paragraph)}
    out |= dict.fromkeys(_running_heads(texts), _LEFT_OUT)
    for at in _contacts(texts, out):
        out[at] = CONTACT_LEFT_OUT
    if not out or len(out) == len(texts):
        return
    contact = "; ".join(texts[at].text for at in sorted(out) if out[at] == CONTACT_LEFT_OUT)
    if contact:
        manuscript.remark_on_all(CONTACT_LEFT_OUT, text=contact)
    for text, message in dict.fromkeys((texts[at].text, out[at]) for at in sorted(out)):
        if message != CONTACT_LEFT_OUT:
            manuscript.remark_on_all(message, text=text)
    manuscript.notes += [texts[at].text for at in sorted(out) if out[at] == _NOTE_LEFT_OUT]
    manuscript.keep([at for at in range(len(texts)) if at not in out])


def _is_note(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is nothing but what editors tell each other."""
    is_short = len(paragraph.text) <= _LONGEST and paragraph.kind not in {"table", "picture"}
    return is_short and _NOTE.fullmatch(paragraph.text) is not None


def _contacts(texts: Sequence[Paragraph], out: Container[int]) -> Iterator[int]:
    """Yield the lines at the end of a text that say whom to turn to, with a heading of theirs."""
    found: list[int] = []
    for at in range(len(texts) - 1, max(0, len(texts) - _MOST_OF_CONTACT), -1):
        paragraph = texts[at]
        if at in out:
            continue
        if re.fullmatch(
            rf"(?:\d+[.)]\s?)?{_WHOM}:?", paragraph.text
        ):  # all below is of it: names, streets
            reached = [_REACHED.search(texts[below].text) is not None for below in found]
            short = [len(texts[below].text) <= _LONGEST_LINE for below in found]
            is_one = any(reached) and all(map(or_, reached, short))
            yield from [at, *found] if is_one else ()
            return
        if len(paragraph.text) > _LONGEST_CONTACT or paragraph.kind in {"table", "picture"}:
            break
        found.append(at)
    block = list(takewhile(lambda at: _is_of_contact(texts[at]), found))
    if any(_REACHED.search(texts[at].text) for at in block):
        yield from block


def _is_of_contact(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is nothing but an office, where it is, or how it is reached."""
    text = paragraph.text
    if _CONTACT.match(text) and _REACHED.search(text):
        return True
    bare = _DATA.sub("", text).strip(" ,;:|/–-·•")
    is_name = any(each.fullmatch(bare) for each in (_OFFICE, _INVITES, _STREET))
    return is_name or (not bare and text != bare)


def _frames(texts: Sequence[Paragraph], at: int, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is no part of the text by what it says."""
    text = paragraph.text
    if paragraph.kind in {"table", "picture"}:
        return False
    if _CONTENTS.fullmatch(text):
        return any(_ENTRY.fullmatch(p.text) for p in texts[at + 1 : at + 2])
    return any(kind.fullmatch(text) for kind in (_FRAME, _BREADCRUMBS, _ENTRY))


def _running_heads(texts: Sequence[Paragraph]) -> list[int]:
    """Return where the short line at the begin or end of a text comes again, as on each page.

    The first of them stays: it may be the title.
    """
    short = {
        at: p.text
        for at, p in enumerate(texts)
        if p.kind == "text" and len(p.text) <= _LONGEST and p.text[-1] not in ".!?:"
    }
    counts = Counter(short.values())
    often = {p.text for p in (*texts[:1], *texts[-1:]) if counts[p.text] >= _FEWEST}
    return [
        at for at, text in short.items() if text in often and text in {p.text for p in texts[:at]}
    ]
