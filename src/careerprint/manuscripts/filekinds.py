"""Tells what kind of file somebody brings in, by its content, and refuses what is no text."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePath
from typing import Literal

from careerprint.core.diagnostics import N_, refuse

Readable = Literal["word", "odt", "old", "pdf", "html", "markdown", "plain"]
# The first bytes of Microsoft's older container: .doc, .xls, .ppt, .msg, or a .docx with a
# password. Sources: [MS-CFB] 2.2; [MS-OFFCRYPTO] 1.3.3
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = {".html", ".htm", ".xhtml"}
_OLD = {".doc", ".dot"}
_BEGINNING = 2000  # bytes of a file that are looked at
_MARKDOWN = {".md", ".markdown"}
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:!doctype html|html)\b", re.IGNORECASE)
STANDARD_INPUT = "-"
_MARKED = re.compile(rb"^#{1,3} \S", re.MULTILINE)  # Markdown, where no name says so
_COPY = N_("Copy its text into a Word document, and import that.")
LOCKED = (N_("The file is protected by a password."), N_("Save a copy of it without a password."))
_SHEET = (N_("This is a spreadsheet, not a text."), _COPY)
_SLIDES = (N_("This is a presentation, not a text."), _COPY)
_BOOK = (N_("This is an e-book (.epub), not a text that can be imported."), _COPY)
_MAIL = (N_("This is an e-mail, not a text that can be imported."), _COPY)
_PAGES = (
    N_("This is a document of Apple Pages."),
    N_("In Pages: File, Export To, Word; then import that file."),
)
_PICTURE = (N_("This is a picture, not a text."), N_("Type what it says into a text file."))
_PACKED = (
    N_("This is a packed folder, such as a .zip file."),
    N_("Unpack it, and import the text that is in it."),
)
_WEB_ARCHIVE = (
    N_("This is a web page as one file (.mht), which cannot be read."),
    N_("In the browser: save the page as “web page, complete”, and import the .html file."),
)
NO_WORD = (
    N_("This is not a Word document, whatever its name says."),
    N_("Open it in your word processor and save it as .docx or as plain text."),
)
# Streams of the older container, by which programs find their own files.
_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("Workbook", _SHEET),
    ("PowerPoint Document", _SLIDES),
    ("__properties_version1.0", _MAIL),
)
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_PHOTOS = {b"heic", b"heix", b"mif1", b"avif"}  # of telephones
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<[?!][^>]{0,500}>\s{0,99}){0,9}<svg\b", re.IGNORECASE
)
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b")
# What an OpenDocument file or an e-book says of itself, and what stands in other packages.
_MIMETYPES = {
    "application/vnd.oasis.opendocument.spreadsheet": _SHEET,
    "application/vnd.oasis.opendocument.presentation": _SLIDES,
    "application/epub+zip": _BOOK,
}
_PARTS = (
    ("xl/workbook", _SHEET),
    ("ppt/presentation", _SLIDES),
    ("Index/Document.iwa", _PAGES),
    ("Index.zip", _PAGES),
    ("index.apxl", _SLIDES),
)
_LONGEST_TYPE = 200  # bytes
_ODT = "application/vnd.oasis.opendocument.text"


def kind_of(content: bytes, place: str) -> Readable:
    """Return what a file is to be read as; raises Refused for what is no text, by what it is."""
    suffix = PurePath(place).suffix.lower()
    if content.startswith(b"PK"):
        return _of_zip(content, place, suffix)
    if content.startswith((_OLE, b"{\\rtf")):
        told = (why for stream, why in _STREAMS if stream.encode("utf-16-le") in content)
        _refuse_first(place, told)
        if content.startswith(_OLE) and suffix not in _OLD and _WORD_STREAM not in content:
            raise refuse(place, *NO_WORD)
        return "old"
    if content.startswith(b"%PDF-"):
        return "pdf"
    _refuse_first(place, _told_by_beginning(content, suffix))
    if suffix in _OLD and b"\0" in content[:_BEGINNING]:  # of a Word before that container
        return "old"
    if suffix in _HTML or _PAGE.match(content):
        return "html"
    is_marked = place == STANDARD_INPUT and _MARKED.search(content) is not None
    return "markdown" if suffix in _MARKDOWN or is_marked else "plain"


def is_picture(content: bytes) -> bool:
    """Tell whether a file is a picture, by its content."""
    is_photo = content[4:8] == b"ftyp" and content[8:12] in _PHOTOS
    return is_photo or is_drawing(content) or _begins(content, _PICTURES)


def is_drawing(content: bytes) -> bool:
    """Tell whether a file is an SVG drawing."""
    return _SVG.match(content) is not None


def is_of_office(content: bytes) -> bool:
    """Tell whether a picture is a drawing of Office or Windows: EMF or WMF ([MS-EMF], [MS-WMF])."""
    return content[40:44] == b" EMF" or content.startswith((b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0"))


def _begins(content: bytes, begins: Iterable[bytes]) -> bool:
    found = [begin for begin in begins if content.startswith(begin)]
    return bool(found) and (b"\0" in content[:200] or not found[0].isascii())


def _told_by_beginning(content: bytes, suffix: str) -> Iterator[tuple[str, str]]:
    """Yield why a file that begins as it does is no text."""
    if is_picture(content):
        yield _PICTURE
    if _begins(content, _ARCHIVES):
        yield _PACKED
    head = content[:_BEGINNING].lower()
    if b"content-type: multipart/related" in head and b"mime-version:" in head:
        yield _WEB_ARCHIVE
    if suffix in {".eml", ".msg"}:
        yield _MAIL
    if suffix in {".csv", ".tsv"}:
        yield _SHEET


def _refuse_first(place: str, told: Iterable[tuple[str, str]]) -> None:
    for why in told:
        raise refuse(place, *why)


def _of_zip(content: bytes, place: str, suffix: str) -> Readable:
    names: list[str] = []
    said = ""
    # zipfile raises half a dozen kinds for what is broken.
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as file:
        names = file.namelist()
        if "mimetype" in names and file.getinfo("mimetype").file_size < _LONGEST_TYPE:
            said = file.read("mimetype").decode("ascii", "replace").strip()
    if said.removesuffix("-template") == _ODT:
        return "odt"
    if said in _MIMETYPES:
        raise refuse(place, *_MIMETYPES[said])
    if suffix == ".pages":
        raise refuse(place, *_PAGES)
    if any(name.startswith("word/") for name in names) or not names:
        return "word"
    for part, told in _PARTS:
        if any(name.startswith(part) for name in names):
            raise refuse(place, *told)
    if "[Content_Types].xml" in names:  # Word Online and others call the parts as they like
        return "word"
    raise refuse(place, *(NO_WORD if suffix in {".docx", ".odt"} else _PACKED))
