"""Opens a .docx or .odt file, a zip of XML that anybody may have made, within bounds.

A .docx is made an ordinary one: strict files get the usual namespaces, parts that Word Online calls
otherwise their usual names. Sources: ECMA-376 Part 1 (strict), Part 4 (transitional), Part 2, 9.3.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from html import unescape

from careerprint.core.diagnostics import N_, refuse
from careerprint.manuscripts.filekinds import LOCKED, NO_WORD

MOST_XML = 10_000_000
"""Bytes of a document without its pictures; a text of a hundred pages has a million of them."""
MOST_PARTS = 5000
MAIN = "word/document.xml"
_MOST_MEDIA = 60_000_000  # bytes of all pictures
DAMAGED = (
    N_("The document is damaged or not complete."),
    N_("Open it in your word processor and save it again as .docx."),
)
_TOO_LARGE = (
    N_("The document is larger than a career profile can be."),
    N_("Copy the text into a new document and import that."),
)
_TEXTS = (".xml", ".rels", ".htm", ".html", ".txt")  # the last are documents within it
_DOCUMENTS = (".docx", ".xlsx", ".pptx")
_WITH_TEXT = re.compile(r"word/document\.xml|xl/sharedStrings\.xml|ppt/slides/slide\d+\.xml")
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_TARGET = re.compile(r'<Relationship\b[^>]*?/officeDocument"[^>]*?>')
_NAMED = re.compile(r'\bTarget="([^"]*)"')
_UNTYPED = re.compile(rb"<w:style (?![^>]*w:type=)")


def parts_of(content: bytes, place: str, main: str) -> dict[str, bytes]:
    """Return the XML parts of a document whose text is in `main`; raises Refused.

    Nothing is unpacked that is larger than a text can be.
    """
    parts, fault = dict[str, bytes](), DAMAGED
    # zipfile raises half a dozen kinds for what is broken.
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as file:
        infos = file.infolist()
        xml = [i for i in infos if i.filename.endswith(_TEXTS)]
        if main not in file.namelist():
            fault = NO_WORD
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


def word_parts(content: bytes, place: str) -> dict[str, bytes]:
    """Return the XML parts of a .docx file by their usual names; raises Refused."""
    main = _main_of(content)
    parts = parts_of(content, place, main)
    folder, name = posixpath.split(main)
    made: dict[str, bytes] = {}
    for part, xml in parts.items():
        usual = part
        if part == main:
            usual = MAIN
        elif part == f"{folder}/_rels/{name}.rels".lstrip("/"):
            usual = "word/_rels/document.xml.rels"
        elif folder != "word" and part.startswith(f"{folder}/" if folder else ""):
            usual = (
                part
                if part.startswith(("_rels/", "[", "docProps"))
                else f"word/{part[len(folder) :].lstrip('/')}"
            )
        made[usual] = _UNTYPED.sub(b'<w:style w:type="paragraph" ', _STRICT.sub(_TRANSITIONAL, xml))
    return _by_relation(made)


def embedded_texts(content: bytes) -> dict[str, str]:
    """Return the texts of documents of Word, Excel and PowerPoint within a .docx, by their names.

    What cannot be read, or is larger than a text can be, has its name for its text.
    """
    found: dict[str, str] = {}
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as file:
        for info in (i for i in file.infolist() if i.filename.endswith(_DOCUMENTS)):
            name = posixpath.basename(info.filename)
            found[name] = name
            with suppress(Exception):  # as above
                found[name] = _text_in(file.read(info)) or name
    return found


def _text_in(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        infos = [info for info in file.infolist() if _WITH_TEXT.fullmatch(info.filename)]
        if sum(info.file_size for info in infos) > MOST_XML:
            return ""
        xml = [file.read(info).decode("utf-8", "replace") for info in infos]
    return " ".join(unescape(text) for part in xml for text in _TEXT.findall(part) if text.strip())


def _by_relation(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Give the parts that the text is related to their usual names, word/styles2.xml its own."""
    relations = parts.get("word/_rels/document.xml.rels", b"").decode("utf-8", "replace")
    for relation in re.findall(r"<Relationship\b[^>]*>", relations):
        kind = re.search(r'\bType="[^"]*/(styles|numbering|footnotes|endnotes|comments)"', relation)
        target = _NAMED.search(relation)
        if kind and target:
            part = posixpath.normpath(posixpath.join("/word", target[1])).lstrip("/")
            usual = f"word/{kind[1]}.xml"
            if part != usual and part in parts and usual not in parts:
                parts[usual] = parts.pop(part)
                relations = relations.replace(f'"{target[1]}"', f'"{kind[1]}.xml"')
    if relations:
        parts["word/_rels/document.xml.rels"] = relations.encode()
    if "_rels/.rels" in parts:
        root = parts["_rels/.rels"].decode("utf-8", "replace")
        main = _TARGET.sub(lambda m: _NAMED.sub(f'Target="{MAIN}"', m[0]), root)
        parts["_rels/.rels"] = main.encode()
    return parts


def _main_of(content: bytes) -> str:
    """Return the name of the part that holds the text."""
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as file:
        info = file.getinfo("_rels/.rels")
        relation = _TARGET.search(file.read(info).decode() if info.file_size < MOST_XML else "")
        if relation and (target := _NAMED.search(relation[0])):
            name = posixpath.normpath(posixpath.join("/", target[1])).lstrip("/")
            if name in file.namelist():
                return name
    return MAIN


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return XML parts as a package again, without pictures and the like."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return made.getvalue()


def with_pictures(made: bytes, original: bytes) -> bytes:
    """Return a package with the pictures of the file that it was made of, within bounds."""
    written = io.BytesIO(made)
    left = _MOST_MEDIA
    with zipfile.ZipFile(io.BytesIO(original)) as before, zipfile.ZipFile(written, "a") as after:
        names = set(after.namelist())
        for info in before.infolist():
            if "media/" in info.filename and info.filename not in names and info.file_size <= left:
                left -= info.file_size
                after.writestr(info.filename, before.read(info))
    return written.getvalue()
