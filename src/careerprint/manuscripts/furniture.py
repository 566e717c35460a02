"""Leaves out what stands around a text and is no part of it: page numbers, contents, navigation.

Only what can be nothing else is left out, and each piece is named.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from careerprint.core.diagnostics import N_
from careerprint.manuscripts.manuscript import (
    Manuscript,
    Paragraph,
    inline_literal,
    literal,
    reads_as,
)
from careerprint.manuscripts.onwardlinks import SIGNS, without_onward_links

_ELSEWHERE = (
    r"(?:lesen sie|lies|lest) (?:auch|dazu|mehr)|auch interessant|mehr zum thema|passend dazu"
    r"|das könnte (?:sie|dich|euch) (?:auch )?interessieren|weitere (?:artikel|beiträge) zum thema"
)
_FRAME = re.compile(
    r"(?:lesezeit|lesedauer)\W*(?:ca\.? ?)?\d{1,3} ?min(?:uten?|\.)?"
    r"|(?:seite|page) \d{1,4}(?: ?(?:von|of|/) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]"
    r"|(?:wir verwenden|diese (?:website|webseite|seite) (?:verwendet|nutzt)) cookies\b.*"
    r"|(?:alle )?cookies (?:akzeptieren|zulassen|ablehnen)|cookie-einstellungen"
    r"|zum inhalt springen|zum hauptinhalt|zur navigation(?: springen)?|nach oben"
    r"|(?:zurück )?zum (?:seiten)?anfang"
    # The foot of a site: "© 2025 … – Alle Rechte vorbehalten. Cookie-Einstellungen"
    r"|(?:©|\(c\)|copyright) ?(?:©|by )? ?(?:19|20)\d\d(?: ?[-–] ?\d{2,4})?\b.{0,120}"
    r"|.{0,80}\balle rechte vorbehalten\b.{0,80}"
    r"|(?:anbei|hier|unten)\b[^.!?]{0,40}\b(?:text|entwurf|berufsbild)\b[^.!?]{0,40}:"
    r"|(?:hallo|guten (?:tag|morgen)|liebe[rs]?|sehr geehrte[rs]?|moin)\b[^.!?]{0,60},"
    r"|(?:viele|freundliche|mit freundlichen|liebe|beste|herzliche) grüßen?(?: aus .{1,40})?,?"
    r"|(?:zurück )?zur (?:übersicht|startseite)"
    r"|(?:(?:diese[nr]? )?(?:seite|artikel|beitrag) )(?:teilen|drucken|merken)"
    r"|(?:mehr|weniger|alle|alles) (?:anzeigen|lesen|laden|einblenden|ausblenden)"
    # What leads to another page: "Lesen Sie auch: Zehn Berufe im Handwerk >>"
    rf"|(?:{_ELSEWHERE})(?:: ?.{{0,120}}|.{{0,120}}(?:>>?|»|›|→|▸|►))|(?:{_ELSEWHERE})",
    re.IGNORECASE,
)
# "Teilen | Drucken", perhaps behind the source of a page: two and more in a line.
_CONTROL = (
    r"(?:(?:(?:diese[nr]? )?(?:seite |artikel |beitrag ))?"
    r"(?:teilen|drucken|merken|weiterleiten|speichern|vorlesen|bearbeiten)"
    r"|pdf|als pdf|e-?mail|facebook|whatsapp|x|twitter|linkedin|xing|instagram"
    r"|kommentare?(?: \(\d+\))?|druckversion|versenden|link kopieren|nach oben"
    r"|(?:zurück )?zum (?:seiten)?anfang|impressum|datenschutz(?:erklärung|hinweise)?|agb"
    r"|nutzungsbedingungen|(?:erklärung zur )?barrierefreiheit|cookie-einstellungen|sitemap"
    r"|kontakt|newsletter|startseite|über uns|hilfe|suche|menü|login|anmelden)"
)
_CONTROLS = re.compile(
    r"(?=.*(?:teilen|drucken|merken|druckversion|weiterleiten|kopieren|impressum"
    r"|datenschutz|seitenanfang))"
    rf"(?:(?:quelle|foto|autor\w*|von|veröffentlicht|stand)\b[^|]{{0,120}} ?\| ?)?"
    rf"{_CONTROL}(?: ?[|·•] ?{_CONTROL})+"
    rf"|quelle\b[^|]{{0,120}} ?\| ?{_CONTROL}",
    re.IGNORECASE,
)
# What an encyclopedia's page has within its text: "[Bearbeiten]", "[1]".
_RESIDUE = re.compile(
    r"\s?\[(?:(?:quelltext )?bearbeiten(?: ?\| ?quelltext bearbeiten)?|edit|nachweis fehlt"
    r"|(?:anm\. |a )?\d{1,3})\]",
    re.IGNORECASE,
)
_OF_A_NOTE = re.compile(r"\[(?:\w+\.? )?\d{1,3}\]")
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
# "Entwurf für die Ausbildungsmesse": of a paper, not of what somebody designs.
_OF_PAPERS = (
    r"(?:(?:roh)?entwurf|(?:arbeits|roh|kurz|end|vor)fassung|fassung|version)"
    r"(?: [\d.]{1,10})?(?: (?:für|zur|zum|vom|von|der|des)\b[^!?]{0,60})?"
)
_AS_OF = r"stand:?\s(?:(?:[\d./]+\s?)?(?:[a-zäöü]+\s)?(?:19|20)\d\d|(?:TT\.)?MM[./]JJJJ)"
_NOTE = re.compile(
    rf"\W*(?:{_AS_OF}|{_OF_EDITORS})\W*(?:{_OF_EDITORS}\W+)*(?:{_OF_EDITORS}\W*)?|\W*(?:{_ASKED})"
    rf"|\W*{_AS_OF}\W+{_OF_PAPERS}\W*|\W*{_OF_PAPERS}\W+{_AS_OF}\W*"
    r"|\W*(?:roh)?entwurf (?:für|zur|zum) (?:(?:die|den|das|der|unsere[nr]?) )?\w*"
    r"(?:messe|broschüre|flyer|faltblatt|homepage|website|webseite|druck|abstimmung|freigabe)n?\W*",
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
    r"(?=.*\w)(?:(?:(?:Sie )?[Hh]aben Sie |Sie haben |(?:Hast )?[Dd]u (?:hast )?|Habt ihr )?"
    r"(?:noch )?Fragen|Noch Fragen|(?:So|Hier) (?:erreichen Sie|erreichst du|erreicht ihr) uns"
    r"|Sprechen Sie (?:mit )?uns(?: an)?|Sprich uns an)?[?!:. –-]*"
    r"(?:Wir (?:sind (?:gerne? )?für (?:dich|Sie|euch) da|beraten (?:dich|Sie|euch)(?: gerne?)?"
    r"|helfen (?:dir|Ihnen|euch)(?: gerne?)?(?: weiter)?)|Melde dich(?: bei uns)?|Komm vorbei"
    r"|Melden Sie sich(?: bei uns)?|(?:Ruf|Rufen Sie|Sprich|Schreib|Schreiben Sie) uns(?: an)?"
    r"|Dein Kontakt|Ihr Kontakt)?[?!:. –-]*"
)
_DAY = r"(?:Mo|Di|Mi|Do|Fr|Sa)(?:\w*tag|ntags?|twoch)?s?\.?"
_TIME = r"\d{1,2}(?:[.:]\d\d)?(?: ?Uhr)?"
# "Termine nach Vereinbarung, Mo–Do 8–16 Uhr"
_HOURS = re.compile(
    rf"(?<!\w)(?:(?:Öffnungs|Sprech|Service|Telefon)zeiten|Termine?|Sprechstunden?|Geöffnet|Beratung"
    rf"|(?:nur |und |oder |sowie )?nach (?:telefonischer |vorheriger )?(?:Vereinbarung|Absprache)"
    rf"|{_DAY}|(?:von )?{_TIME} ?(?:[-–]|bis) ?{_TIME}|und|sowie|bis|täglich)(?!\w)",
    re.IGNORECASE,
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
_BETWEEN = " ,;:|/.–-·•"
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
    _leave_out_links(manuscript)
    _clean(manuscript)
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


def _leave_out_links(manuscript: Manuscript) -> None:
    """Take away links that lead on, be they paragraphs of their own or stand at the end of one."""
    texts, gone = manuscript.paragraphs, set[int]()
    for at, paragraph in enumerate(texts):
        for words, kept in without_onward_links(paragraph):
            manuscript.remark_on_all(_LEFT_OUT, text=words)
            if kept is None:
                gone.add(at)
            else:
                texts[at] = kept
    if gone and len(gone) < len(texts):
        manuscript.keep([at for at in range(len(texts)) if at not in gone])


def _clean(manuscript: Manuscript) -> None:
    """Take out of paragraphs what a web page has within its text; "[1]" stays where a note does."""
    texts = manuscript.paragraphs
    noted = {found[0] for p in texts if (found := _OF_A_NOTE.match(p.text))}
    for at, paragraph in enumerate(texts):
        residue = (each[0] for each in _RESIDUE.finditer(paragraph.text))
        out = [each for each in residue if each.strip() not in noted]
        if paragraph.kind in {"table", "picture"} or not out:
            continue
        text, markdown = paragraph.text, paragraph.markdown
        for each in out:
            text = text.replace(each, "", 1)
            markdown = markdown.replace(inline_literal(each), "", 1)
        text = text.strip()
        kept = markdown if reads_as(markdown) == text else literal(text)
        texts[at] = replace(paragraph, text=text, markdown=kept)
        for each in dict.fromkeys(map(str.strip, out)):
            manuscript.remark_on_all(_LEFT_OUT, text=each)


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
        is_asked = _INVITES.fullmatch(paragraph.text) is not None
        if is_asked or re.fullmatch(rf"(?:\d+[.)]\s?)?{_WHOM}:?", paragraph.text):
            # all below is of it: names, streets
            is_one = any(_REACHED.search(texts[below].text) for below in found)
            if is_one and all(map(_may_be_of_contact, (texts[below] for below in found))):
                above = takewhile(lambda n: _INVITES.fullmatch(texts[n].text), range(at - 1, 0, -1))
                yield from [*above, at, *found]
                return
            if not is_asked:
                return
        if len(paragraph.text) > _LONGEST_CONTACT or paragraph.kind in {"table", "picture"}:
            break
        found.append(at)
    block = list(takewhile(lambda at: _is_of_contact(texts[at]), found))
    if any(_REACHED.search(texts[at].text) for at in block):
        yield from block


def _may_be_of_contact(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph below a heading of contacts is of them: a name, a town, hours."""
    text = paragraph.text
    return len(text) <= _LONGEST_LINE or bool(_REACHED.search(text)) or _is_of_contact(paragraph)


def _is_of_contact(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is nothing but an office, where it is, or how it is reached."""
    text = paragraph.text
    if _HOURS.search(text) and not _HOURS.sub("", text).strip(_BETWEEN):
        return True
    if _CONTACT.match(text) and _REACHED.search(text):
        return True
    bare = _DATA.sub("", text).strip(_BETWEEN)
    is_name = any(each.fullmatch(bare) for each in (_OFFICE, _INVITES, _STREET))
    return is_name or (not bare and text != bare)


def _frames(texts: Sequence[Paragraph], at: int, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is no part of the text by what it says."""
    text = paragraph.text
    if paragraph.kind in {"table", "picture"}:
        return False
    if _CONTENTS.fullmatch(text):
        return any(_ENTRY.fullmatch(p.text) for p in texts[at + 1 : at + 2])
    if _FRAME.fullmatch(text.strip(SIGNS)) or _FRAME.fullmatch(text):
        return True
    if _CONTROLS.fullmatch(text.strip(SIGNS)):
        return True
    return any(kind.fullmatch(text) for kind in (_BREADCRUMBS, _ENTRY))


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
