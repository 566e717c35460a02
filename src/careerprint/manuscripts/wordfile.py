"""Reads a .docx file: its paragraphs, headings, lists and tables as text, within bounds.

Such a file is a zip of XML that anybody may have made, so its size is looked at before a library
reads it. What is not text (pictures, comments) is left out and remarked on.
"""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import tinyhtml5

from careerprint.core.diagnostics import N_, refuse
from careerprint.manuscripts.htmlblocks import LONGEST_LINE, Blocks
from careerprint.manuscripts.manuscript import Manuscript, Paragraph, folded, literal
from careerprint.manuscripts.occupations import field_said
from careerprint.manuscripts.picturefiles import MOST_BYTES
from careerprint.manuscripts.plaintext import decoded_text
from careerprint.manuscripts.wordpackage import (
    DAMAGED,
    MAIN,
    embedded_texts,
    with_pictures,
    word_parts,
)
from careerprint.manuscripts.wordxml import TITLE_STYLE, Prepared, prepared

_STYLES = """
u => u
p[style-name='Title'] => h6.title:fresh
p[style-name='Subtitle'] => h6.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Zitat'] => blockquote > p:fresh
p[style-name='Intensives Zitat'] => blockquote > p:fresh
p[style-name='Titel'] => h6.title:fresh
p[style-name='Untertitel'] => h6.subtitle:fresh
"""


def read_word(content: bytes, place: str) -> Manuscript:
    """Return the paragraphs of a .docx file; raises Refused where it cannot be used."""
    parts = word_parts(content, place)
    pictures: dict[str, bytes] = {}
    try:
        document = prepared(parts)
        html = _html(document, content, pictures)
    except Exception:  # what a library makes of bytes that anybody may have written
        raise refuse(place, *DAMAGED) from None
    manuscript = Manuscript()
    blocks = Blocks(manuscript, pictures.get)
    html = decoded_text(html.encode(), place, manuscript)
    blocks.walk(tinyhtml5.parse(html, namespace_html_elements=False))
    blocks.end()
    _number(manuscript, blocks.numbered, document.labels)
    left_out = (
        (N_("A footnote is not taken over. It says: “{text}”"), blocks.notes),
        (N_("Left out, because it is struck out in the document: “{text}”"), document.struck),
        (N_("Left out, because it is hidden in the document: “{text}”"), document.hidden),
        (N_("The text of a diagram is not taken over. It says: “{text}”"), document.drawn),
        (N_("The table of contents is not taken over: “{text}”"), document.contents),
        (N_("Left out, because a tracked change deletes it: “{text}”"), document.deleted),
        (N_("A comment is not taken over. It says: “{text}”"), document.comments),
        (
            N_("The head or foot of the pages is not taken over. It says: “{text}”"),
            document.margins,
        ),
        (
            N_("This is not taken over: “{text}”"),
            [
                *_with_embedded(filter(None, document.lost), embedded_texts(content)),
                *_lost(document.paragraphs, blocks.read),
            ],
        ),
    )
    _remark_on_parts(parts, manuscript)
    _take_title(document.margins, manuscript)
    for message, texts in left_out:
        for text in texts:
            manuscript.remark_on_all(message, text=folded(text))
    return manuscript


def _with_embedded(lost: Iterable[str], embedded: Mapping[str, str]) -> list[str]:
    """Return what was lost with the texts of documents within a document, in place of their names.

    Those that stand in the text as an object have left nothing there, and come last.
    """
    named = [(text, PurePosixPath(text).name) for text in lost]
    chunks = {name for _, name in named}
    others = [text for name, text in embedded.items() if name not in chunks]
    return [*(embedded.get(name, text) for text, name in named), *others]


def _take_title(margins: Sequence[str], manuscript: Manuscript) -> None:
    """Take a short line at the head of the pages for the title of a text that has none.

    It is one where it names an occupation.
    """
    first = manuscript.paragraphs[:1]
    has_title = any(p.kind == "heading" or len(p.text) <= LONGEST_LINE for p in first)
    lines = (folded(text) for text in margins)
    named = next((text for text in lines if len(text) <= LONGEST_LINE and field_said(text)), "")
    if first and not has_title and named:
        manuscript.head["title"] = named


def _number(manuscript: Manuscript, items: Sequence[int], labels: Sequence[str]) -> None:
    """Give the items of numbered lists the numbers or letters that stand before them in Word."""
    if len(items) != len(labels):  # the library has counted otherwise
        return
    for position, label in zip(items, labels, strict=True):
        item = manuscript.paragraphs[position]
        if found := re.fullmatch(r"(\d{1,9})[.)]?", label):
            made = replace(item, number=int(found[1]))
        else:
            text = f"{label} {item.text}"
            made = Paragraph("text", text, literal(text))
        manuscript.paragraphs[position] = made


def _lost(written: Iterable[str], read: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs of a document that were not read, each as often as it is missing."""
    counts = Counter(map(_bare, read))
    whole = "".join(counts.elements())
    for text in written:
        bare = _bare(text)
        if counts[bare] > 0:
            counts[bare] -= 1
        elif bare not in whole:
            yield text


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _html(document: Prepared, content: bytes, pictures: dict[str, bytes]) -> str:
    """Return the text of a document as HTML, without styles; its pictures go into `pictures`."""
    import mammoth

    def taken(image: Any) -> dict[str, str]:  # noqa: ANN401 - mammoth is untyped
        name = f"{len(pictures) + 1}.{str(image.content_type).rpartition('/')[2]}"
        with suppress(Exception), image.open() as opened:  # what is linked, or not there
            pictures[name] = opened.read(MOST_BYTES + 1)
        return {"src": name}

    headings = "".join(
        f"p.{name} => h{level}:fresh\n"
        for name, level in document.headings.items()
        if re.fullmatch(r"[\w-]+", name)
    )
    return str(
        mammoth.convert_to_html(
            io.BytesIO(with_pictures(document.content, content)),
            style_map=f"{_STYLES}p.{TITLE_STYLE} => h6.title:fresh\n{headings}",
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(taken),
        ).value
    )


def _remark_on_parts(parts: Mapping[str, bytes], manuscript: Manuscript) -> None:
    """Say what of a document besides its text is left out."""
    if re.search(rb"<w:(ins|del) ", parts[MAIN]):
        manuscript.remark_on_all(
            N_("The document has tracked changes; the text is as it is with all of them accepted.")
        )
