"""Reads a .docx file: its paragraphs, headings, lists and tables as text, within bounds.

Such a file is a zip of XML that anybody may have made, so its size is looked at before a library
reads it. What is not text (pictures, comments) is left out and remarked on.
"""

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import tinyhtml5

from careerprint.core.diagnostics import N_, refuse
from careerprint.intake.htmltext import Blocks
from careerprint.intake.manuscript import Manuscript, Paragraph, folded, literal
from careerprint.intake.plaintext import decoded_text
from careerprint.intake.wordxml import Prepared, prepared

MOST_XML = 10_000_000
"""Bytes of a document without its pictures; a text of a hundred pages has a million of them."""
MOST_PARTS = 5000
_STYLES = """
p[style-name='Title'] => h6.title:fresh
p[style-name='Subtitle'] => h6.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
_LONGEST_LINE = 80  # characters of a line that may be a heading
_BOLD_LEVEL = 7  # of a heading by bold type alone: below all levels of Word
LOCKED = (N_("The file is protected by a password."), N_("Save a copy of it without a password."))
_TOO_LARGE = (
    N_("The document is larger than a career profile can be."),
    N_("Copy the text into a new document and import that."),
)
_NO_WORD = (
    N_("This is not a Word document (.docx), whatever its name says."),
    N_("Open it in your word processor and save it as .docx or as plain text."),
)
DAMAGED = (
    N_("The document is damaged or not complete."),
    N_("Open it in your word processor and save it again as .docx."),
)


def read_word(content: bytes, place: str) -> Manuscript:
    """Return the paragraphs of a .docx file; raises Refused where it cannot be used."""
    parts = parts_of(content, place)
    try:
        document = prepared(content, parts)
        html = _html(document)
    except Exception:  # what a library makes of bytes that anybody may have written
        raise refuse(place, *DAMAGED) from None
    manuscript = Manuscript()
    blocks = Blocks(manuscript)
    html = decoded_text(html.encode(), place, manuscript)
    blocks.walk(tinyhtml5.parse(html, namespace_html_elements=False))
    blocks.flush()
    _number(manuscript, blocks.numbered, document.labels)
    if not all(blocks.running.values()):  # where all is bold, nothing is a heading by that
        for at in (at for at, is_bold in blocks.running.items() if is_bold):
            line = manuscript.paragraphs[at]
            ends = line.text.endswith((".", ",", ";", "!", "“"))
            if len(line.text) <= _LONGEST_LINE and not ends:  # people write so for a heading
                made = replace(line, kind="heading", level=_BOLD_LEVEL)
                manuscript.paragraphs[at] = made
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
            [*filter(None, document.lost), *_lost(document.paragraphs, blocks.read)],
        ),
    )
    _remark_on_parts(parts, manuscript)
    for message, texts in left_out:
        for text in texts:
            manuscript.remark_on_all(message, text=folded(text))
    return manuscript


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


def parts_of(content: bytes, place: str, main: str = "word/document.xml") -> Mapping[str, bytes]:
    """Return the XML parts of a document whose text is in `main`; raises Refused.

    Nothing is unpacked that is larger than a text can be.
    """
    parts, fault = dict[str, bytes](), DAMAGED
    # zipfile raises half a dozen kinds for what is broken.
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as file:
        infos = file.infolist()
        xml = [i for i in infos if i.filename.endswith((".xml", ".rels"))]
        if main not in file.namelist():
            fault = _NO_WORD
        elif any(info.flag_bits & 1 for info in infos):
            fault = LOCKED
        elif sum(i.file_size for i in xml) > MOST_XML or len(infos) > MOST_PARTS:
            fault = _TOO_LARGE
        else:  # no more than the size that is stated is ever unpacked
            parts = {info.filename: file.read(info) for info in xml}
    # Word writes no declarations of types; entities can blow up.
    odd = any(b"<!DOCTYPE" in part[:1000] or b"<!ENTITY" in part for part in parts.values())
    if odd or not parts:
        raise refuse(place, *fault)
    return parts


def _html(document: Prepared) -> str:
    """Return the text of a document as HTML, without pictures and styles."""
    import mammoth

    headings = "".join(
        f"p.{name} => h{level}:fresh\n"
        for name, level in document.headings.items()
        if re.fullmatch(r"[\w-]+", name)
    )
    without_data = mammoth.images.img_element(lambda _image: {})
    return str(
        mammoth.convert_to_html(
            io.BytesIO(document.content),
            style_map=_STYLES + headings,
            include_embedded_style_map=False,
            convert_image=without_data,
        ).value
    )


def _remark_on_parts(parts: Mapping[str, bytes], manuscript: Manuscript) -> None:
    """Say what of a document besides its text is left out."""
    if re.search(rb"<w:(ins|del) ", parts["word/document.xml"]):
        manuscript.remark_on_all(
            N_("The document has tracked changes; the text is as it is with all of them accepted.")
        )
