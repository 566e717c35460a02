"""Quotations that are typed: paragraphs in quotation marks, and below them who said so."""

import re
from dataclasses import replace

from careerprint.manuscripts.manuscript import Manuscript, Paragraph, literal

_QUOTED = re.compile(
    r"(?:„[^„“”]{20,400}[“”]|»[^»«]{20,400}«|“[^“”]{20,400}”|\"[^\"]{20,400}\")[.!]?"
)
_SPEAKER = re.compile(r"(?P<dash>[–—-]\s*)?(?P<who>[A-ZÄÖÜ][^.!?:„“”\"]{1,78})")


def take_quotations(manuscript: Manuscript) -> None:
    """Make quotations of paragraphs that are nothing but quoted words, and of who said them."""
    texts = manuscript.paragraphs
    for at, paragraph in enumerate(texts):
        if paragraph.kind != "text" or not _QUOTED.fullmatch(paragraph.text):
            continue
        texts[at] = replace(paragraph, kind="quote")
        if who := _speaker(texts[at + 1 : at + 3]):
            said = f"— {who}"
            texts[at + 1] = replace(texts[at + 1], kind="quote", text=said, markdown=literal(said))


def _speaker(below: list[Paragraph]) -> str:
    """Return who is named below a quotation, "" where that may be a heading of what follows."""
    if not below or below[0].kind != "text":
        return ""
    found = _SPEAKER.fullmatch(below[0].text)
    heads_nothing = len(below) == 1 or below[1].kind in {"heading", "picture"}
    is_sure = found and (found["dash"] or "," in found["who"] or heads_nothing)
    return found["who"] if found and is_sure else ""
