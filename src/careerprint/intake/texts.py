"""Reads a text that a user brings in, whatever kind of file it stands in."""

from pathlib import Path

from careerprint.core.diagnostics import N_, Location, Refused, refuse
from careerprint.core.files import read_given
from careerprint.intake.manuscript import Manuscript, take_typed_lists
from careerprint.intake.markdownfile import read_markdown
from careerprint.intake.plaintext import read_plain
from careerprint.intake.wordfile import locked, read_word
from careerprint.profiles.content import MOST_LINES

MOST_BYTES = 50_000_000
"""A document with its pictures."""
MOST_CHARACTERS = 200_000
"""About a hundred pages of a brochure; a profile has six."""

# The first bytes of Microsoft's older container: a .doc file, or a .docx with a password.
# Source: [MS-CFB] 2.2; [MS-OFFCRYPTO] 1.3.3
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MARKDOWN = {".md", ".markdown"}


def read_manuscript(path: Path) -> Manuscript:
    """Return the text in a file: .txt, .docx or .md; raises Refused where it cannot be used."""
    place = str(path)
    content = _content(path)
    if content.startswith(_OLE):
        raise locked(place) if _ENCRYPTED_PACKAGE in content else _old_word(place)
    if content.startswith(b"%PDF-"):
        raise refuse(
            Location(place),
            N_("This is a PDF; what is a paragraph there cannot be told."),
            N_("Import the document that it was made from, or copy its text into a .txt file."),
        )
    if content.startswith(b"{\\rtf"):
        raise _old_word(place)
    if content.startswith(b"PK"):
        manuscript = read_word(content, place)
    else:
        if len(content) > 4 * MOST_CHARACTERS:
            raise _too_long(place)
        if len(content.splitlines()) > MOST_LINES:
            raise refuse(
                Location(place, MOST_LINES + 1),
                N_("The text goes on beyond {most} lines."),
                N_("Import the part that belongs to one career profile."),
                most=MOST_LINES,
            )
        reads = read_markdown if path.suffix.lower() in _MARKDOWN else read_plain
        manuscript = reads(content, place)
    take_typed_lists(manuscript)
    if not any(paragraph.text for paragraph in manuscript.paragraphs):
        raise refuse(
            Location(place),
            N_("There is no text in this file."),
            N_("Check that it is the right one, and that it has been saved."),
        )
    if sum(len(paragraph.text) for paragraph in manuscript.paragraphs) > MOST_CHARACTERS:
        raise _too_long(place)
    return manuscript


def _content(path: Path) -> bytes:
    content = read_given(
        path,
        N_("Give the path of a .txt, .docx or .md file."),
        N_("Check the path. A name with spaces needs quotation marks around it."),
        N_("Close it in other programs, and check that you may read it."),
        MOST_BYTES,
    )
    if len(content) > MOST_BYTES:
        raise _too_long(str(path))
    return content


def _old_word(place: str) -> Refused:
    return refuse(
        Location(place),
        N_("This is a document in an older format, such as .doc or .rtf."),
        N_("Open it in your word processor and save it as .docx."),
    )


def _too_long(place: str) -> Refused:
    return refuse(
        Location(place),
        N_("The text is longer than {most} characters, about a hundred pages."),
        N_("Import the part that belongs to one career profile."),
        most=f"{MOST_CHARACTERS:,}".replace(",", " "),
    )
