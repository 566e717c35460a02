"""Leaves out what stands around a text and is no part of it: page numbers, contents, navigation.

Only what can be nothing else is left out, and each piece is named.
"""

import re
from collections import Counter
from collections.abc import Sequence

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
_FEWEST = 3  # times that the head of a page stands in a text
_LONGEST = 80  # characters of one
_LEFT_OUT = N_("Left out, because it frames the page and is no part of its text: “{text}”")


def leave_out_furniture(manuscript: Manuscript) -> None:
    """Take away paragraphs that are no part of a text, and remark on each."""
    texts = manuscript.paragraphs
    out = [at for at, paragraph in enumerate(texts) if _frames(texts, at, paragraph)]
    repeated = _running_heads(texts)
    gone = sorted({*out, *repeated})
    if not gone or len(gone) == len(texts):
        return
    for text in dict.fromkeys(texts[at].text for at in gone):
        manuscript.remark_on_all(_LEFT_OUT, text=text)
    manuscript.keep([at for at in range(len(texts)) if at not in set(gone)])


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
