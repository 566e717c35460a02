"""Finds the links of a web page that lead on, "Mehr erfahren »": paper leads nowhere.

They stand in blocks of their own, or behind the last sentence of one; a sentence is none.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from careerprint.manuscripts.manuscript import Paragraph, inline_literal, literal, reads_as

SIGNS = " ▼▾▲▴►▸▶→↑↓»›>+…|·•"
"""Signs of buttons and links, before or behind their words."""
_POINTING = "▼▾▲▴►▸▶→↑↓»›>"
_ABOUT = r"(?: (?:zu[mr]?|über|im|in|auf|für|von) [^.!?;:]{2,60})?"
_PAGES = (
    r"(?:Angebot|Stellenangebot|Artikel|Beitrag|Berufsbild|Steckbrief|Porträt|Profil|Video|Film"
    r"|Bericht|Interview|Download|Formular|Online-?\w+|Bewerbung\w*|Anmeldung|Website|Seite|Kurs"
    r"|Übersicht|Startseite|Shop|Stelle|Galerie|Jobbörse|Ausbildungsplatzsuche|\w*[Ss]uche)"
)
# Nothing else is said so, be it a link or not.
_ALWAYS = re.compile(
    r"(?:(?:(?:noch )?mehr|weitere)(?: (?:dazu|darüber|hierzu))? (?:erfahren|lesen)"
    r"|(?:jetzt |hier |alles )?weiterlesen|(?:bitte )?hier klicken|hier geht(?:['’]?s| es) weiter"
    r"|(?:klick(?:e|en sie)?|tippe(?:n sie)?) hier"
    r"|(?:alle[s]?|mehr|weniger)(?: \w+)? (?:anzeigen|ansehen|einblenden|ausblenden|laden)"
    r"|(?:zurück )?nach oben|details (?:anzeigen|ansehen)|link öffnen|\[mehr\]|\(mehr\))",
    re.IGNORECASE,
)
# What leads on if it is a link, or an arrow points there; else it may head a section.
_POINTED = re.compile(
    rf"(?:(?:(?:noch )?mehr|weitere)"
    rf"(?: (?:erfahren|lesen|infos?|informationen|details|dazu))?{_ABOUT}"
    rf"|(?:hier |jetzt |direkt )?zu[mr] (?:\w+ )?{_PAGES}{_ABOUT}"
    r"|jetzt (?:(?:online|gleich|kostenlos) )?(?:bewerben|anmelden|informieren|entdecken|starten"
    r"|ansehen|anschauen|buchen|anfragen|mitmachen|testen|lesen|herunterladen|suchen)"
    rf"|(?:hier klicken|weiterlesen){_ABOUT}|(?:alle |zu den )?details|weiter|zurück|ansehen"
    rf"|alle (?:\w+ ){{1,2}}(?:im überblick|ansehen|anzeigen)|hier entlang|anzeigen"
    r"|(?:pdf|datei)? ?(?:download|herunterladen)|öffnen|video ansehen"
    r"|kontakt aufnehmen|termin vereinbaren)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\[(?P<words>(?:[^\[\]]|\\[\[\]]){1,90})\]\(<[^<>\s]*>\)(?P<behind>[^\w.!?,;:]*)$"
)
_SAID = re.compile(r"(?<=[.!?…:“”\"»)])\s+(?P<words>(?=[A-ZÄÖÜ(\[])[^.!?;:]{3,60})$")
_ENDS = re.compile(r"(?:[.!?…:“”\")]|\.\.\.)\s*$")


def without_onward_links(paragraph: Paragraph) -> Iterator[tuple[str, Paragraph | None]]:
    """Yield the words of each link that leads on and stands last, and what is left without it."""
    while paragraph.kind not in {"heading", "table", "picture"}:
        found = _last(paragraph)
        if found is None:
            return
        words, text, markdown = found
        if not text:
            yield words, None
            return
        kept = markdown if reads_as(markdown) == text else literal(text)
        paragraph = replace(paragraph, text=text, markdown=kept)
        yield words, paragraph


def _last(paragraph: Paragraph) -> tuple[str, str, str] | None:
    """Return the words that lead on at the end of a paragraph, and text and Markdown before."""
    text, markdown = paragraph.text, paragraph.markdown
    if link := _LINK.search(markdown):
        words = reads_as(f"{link['words']}{link['behind']}").strip()
        before = reads_as(markdown[: link.start()]).rstrip(SIGNS)
        if stands_alone(words, before) and leads_on(words, is_link=True):
            return words, before, markdown[: link.start()].rstrip(SIGNS)
        return None
    if leads_on(text, is_link=False):
        return text, "", ""
    said = _SAID.search(text)
    if said and leads_on(said["words"], is_link=False):
        before = text[: said.start()].rstrip()
        return said["words"], before, markdown.removesuffix(inline_literal(text[said.start() :]))
    return None


def stands_alone(words: str, before: str) -> bool:
    """Tell whether words of a link do not go on with what stands before: "dort mehr erfahren"."""
    begins = re.match(r"[A-ZÄÖÜ\[(]", words.strip(SIGNS))
    return bool(begins or not before.strip() or _ENDS.search(before.rstrip(SIGNS)))


def leads_on(words: str, *, is_link: bool) -> bool:
    """Tell whether words are nothing but those of a link that leads on."""
    bare = words.strip(SIGNS)
    is_pointed = is_link or any(sign in words for sign in _POINTING)
    return bool(_ALWAYS.fullmatch(bare) or (is_pointed and _POINTED.fullmatch(bare)))
