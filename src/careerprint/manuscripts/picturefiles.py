"""Finds the pictures of a text: in its file, or beside it, and keeps those that can be printed."""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from careerprint.core.diagnostics import N_, Location, Refused, shortened
from careerprint.core.reader import Reader
from careerprint.layouts.pictures import KINDS, check_picture
from careerprint.layouts.rasters import printable
from careerprint.layouts.shops import COATED
from careerprint.manuscripts.filekinds import is_of_office
from careerprint.manuscripts.manuscript import Manuscript, inline_literal

Finds = Callable[[str], bytes | None]
"""Returns the picture that an address in a text stands for; None where there is none."""
MOST_BYTES = 20_000_000  # of a picture
MOST_PICTURES = 40
_LEAST_SIDE = 200  # pixels; a smaller one is an ornament, and too coarse to be printed
NO_DESCRIPTION = "[Was auf dem Bild zu sehen ist]"
_DATA = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
_ENDINGS = {"JPEG": ".jpg"}
_LEFT_OUT = N_("A picture is left out here ({file}: “{description}”).")
_NOT_PRINTED = N_(
    "A picture is left out here ({file}): it is damaged, too large, or of a kind that cannot "
    "be printed."
)
_OF_OFFICE = N_(
    "A picture is left out here ({file}): it is a drawing of Word or Excel (EMF, WMF), which "
    "cannot be printed. In Word, save it as a picture (PNG), and put that into its place."
)
_TOO_SMALL = N_(
    "A picture is left out here ({file}): with {width} × {height} pixels, it is too small to print."
)
_LONGEST_CAPTION = 250  # characters
# “Abb. 1: …”, “Bild 2 – …”, “Foto: …”: no sentence begins so.
_CAPTION = re.compile(
    r"(?:Abbildung|Abb\.|Bild|Fotos?|Figure|Fig\.)\s*\d{0,2}\s*(?::|\s[–—-]\s)"
    r"|(?:Abbildung|Abb\.|Figure|Fig\.) \d",
    re.IGNORECASE,
)
ASKS_CREDIT = N_(
    "The picture “{file}” comes from the document. Check that you may print it, and say ⟨who made "
    'it behind that name: ![…]({file} "Foto: …")|beside it in the text who made it⟩.'
)


def in_package(content: bytes) -> Finds:
    """Return what finds the pictures of a .docx or .odt file by the names of their parts."""

    def find(address: str) -> bytes | None:
        # zipfile raises half a dozen kinds for what is broken.
        with suppress(Exception), zipfile.ZipFile(io.BytesIO(content)) as file:
            info = file.getinfo(address)
            return file.read(info) if info.file_size <= MOST_BYTES else None
        return None

    return find


def beside(folder: Path | None) -> Finds:
    """Return what finds pictures in the folder of a text, in those within it, or in its words.

    A text without a folder has only those in its words.
    """

    def find(address: str) -> bytes | None:
        if found := _DATA.match(address):
            with suppress(binascii.Error, ValueError):
                return base64.b64decode(address[found.end() :][: 2 * MOST_BYTES])
            return None
        with suppress(OSError, ValueError):
            if folder is None or urlsplit(address).scheme or address.startswith("/"):
                return None
            file = (folder / unquote(urlsplit(address).path)).resolve()
            is_within = file.is_relative_to(folder.resolve()) and file.is_file()
            return file.read_bytes() if is_within and file.stat().st_size <= MOST_BYTES else None
        return None

    return find


def nowhere(_address: str) -> bytes | None:
    """Find no picture."""
    return None


def take_picture(manuscript: Manuscript, content: bytes | None, address: str, alt: str) -> None:
    """Add a picture to a text, or say that it is left out."""
    named = "data:" if address.startswith("data:") else PurePosixPath(unquote(address)).name
    if content and len(manuscript.pictures) < MOST_PICTURES:
        manuscript.add_picture(content, named, alt)
    else:
        manuscript.remark(_LEFT_OUT, file=shortened(named or "–"), description=alt)


def keep_printable(manuscript: Manuscript, reader: Reader) -> None:
    """Keep the pictures that can be printed, under names of their own; remark on all others."""
    kept: list[int] = []
    names: dict[bytes, str] = {}
    captions: set[int] = set()
    for at, paragraph in enumerate(manuscript.paragraphs):
        if paragraph.kind != "picture":
            kept += [at] if at not in captions else []
            continue
        content = manuscript.pictures[paragraph.file]
        try:
            name = names.get(content) or _checked(content, len(names) + 1, reader)
        except (Refused, _TooSmall) as fault:
            if is_of_office(content):
                manuscript.remark_at(at, _OF_OFFICE, file=shortened(paragraph.file))
            else:
                _remark(manuscript, at, paragraph.file, fault)
            continue
        names[content] = name
        alt = paragraph.text or NO_DESCRIPTION
        marked = alt if alt == NO_DESCRIPTION else inline_literal(alt)
        title = ""
        if caption := _caption_below(manuscript, at):
            captions.add(at + 1)
            quoted = inline_literal(caption).replace('"', '\\"')
            title = f' "{quoted}"'
        made = replace(paragraph, file=name, markdown=f"![{marked}]({name}{title})")
        manuscript.paragraphs[at] = made
        manuscript.remark_at(at, ASKS_CREDIT, file=name)
        kept.append(at)
    manuscript.pictures = {name: content for content, name in names.items()}
    manuscript.keep(kept)


def _caption_below(manuscript: Manuscript, at: int) -> str:
    """Return what stands below a picture and is surely its caption; "" where nothing is."""
    below = manuscript.paragraphs[at + 1 : at + 2]
    said = below[0].text if below and below[0].kind == "text" else ""
    return said if len(said) <= _LONGEST_CAPTION and _CAPTION.match(said) else ""


class _TooSmall(Exception):  # noqa: N818 - it reads as what it is
    pass


def _checked(content: bytes, number: int, reader: Reader) -> str:
    """Return the name for a picture; raises Refused, or _TooSmall with its sides."""
    from PIL import Image

    place = Location("")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        name = f"bild-{number}.svg"
        check_picture(content, name, place, reader.bounds)
        return name
    check_picture(content, "bild", place, reader.bounds)
    with Image.open(io.BytesIO(content), formats=KINDS) as picture:
        kind, (width, height) = str(picture.format), picture.size
    if min(width, height) < _LEAST_SIDE:
        raise _TooSmall(width, height)
    printable(content, reader.read_bytes(COATED), place)
    return f"bild-{number}{_ENDINGS.get(kind, f'.{kind.lower()}')}"


def _remark(manuscript: Manuscript, at: int, file: str, fault: Refused | _TooSmall) -> None:
    if isinstance(fault, _TooSmall):
        width, height = fault.args
        manuscript.remark_at(at, _TOO_SMALL, file=shortened(file), width=width, height=height)
        return
    manuscript.remark_at(at, _NOT_PRINTED, file=shortened(file))
