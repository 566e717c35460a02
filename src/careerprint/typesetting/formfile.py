"""Writes the file of a form for each fair: what never changes is written once, the rest anew.

What never changes comes first in the file, then what is filled in, and at the end the table of all
objects (ISO 32000-1, 7.5.7 and 7.5.8).
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from itertools import accumulate
from struct import Struct
from typing import NamedTuple

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, PdfError, Stream

_HOLE = re.compile(rb"/careerprint-hole-(\d+)")
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PLAIN = re.compile(r"[ -~]*")  # characters that all encodings of strings have in common
_ESCAPED = re.compile(r"([\\()])")
_ENTRY = Struct(">BIH")  # of the table: a kind, and two numbers that say where the object is
_IN_FILE, _PACKED = 1, 2
_DEFLATED = b"/Filter /FlateDecode"


def hole(number: int) -> Object:
    """Return what stands in an object, or alone in a stream, in place of what is filled in."""
    return Name(f"/careerprint-hole-{number}")


def written_text(text: str) -> bytes:
    """Return a text as a string of a PDF (ISO 32000-1, 7.9.2.2)."""
    if _PLAIN.fullmatch(text):
        return b"(%s)" % _ESCAPED.sub(r"\\\1", text).encode()
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode()


class FormFile:
    """A PDF with holes, to be written again and again with something else in these."""

    def __init__(self, pdf: Pdf) -> None:
        """Take a PDF in which holes stand in place of values, or of the content of streams."""
        saved = BytesIO()  # without what nothing refers to, and numbered without gaps
        plain = pikepdf.ObjectStreamMode.disable
        pdf.save(saved, object_stream_mode=plain, fix_metadata_version=False)
        with Pdf.open(saved) as plain:
            self._changing, packed, streams = [], dict[int, bytes](), dict[int, bytes]()
            for found in plain.objects:
                number = found.objgen[0]
                if changing := _changing(found):
                    self._changing.append(changing)
                elif isinstance(found, Stream):
                    streams[number] = _stream(_dictionary(found), found.read_raw_bytes())
                else:
                    packed[number] = found.unparse(resolved=True)
            count = len(plain.objects)
            root, info = (plain.trailer[key].objgen[0] for key in ("/Root", "/Info"))
            trailer = Dictionary(Type=Name.XRef, W=[1, 4, 2], Size=count + 3)
        self._trailer = b"%s /Root %d 0 R /Info %d 0 R" % (
            trailer.unparse().removesuffix(b">>"),
            root,
            info,
        )
        table = bytearray(_ENTRY.size * (count + 3))
        for index, number in enumerate(packed):
            _ENTRY.pack_into(table, _ENTRY.size * number, _PACKED, count + 1, index)
        streams[count + 1] = _packed(packed)
        self._fixed = _HEADER + b"".join(_placed(streams.items(), len(_HEADER), table))
        self._digest = sha256(self._fixed).digest()
        self._table = bytes(table)

    def written(self, said: Sequence[bytes]) -> bytes:
        """Return the file with these bytes in the holes, by their numbers."""
        table = bytearray(self._table)
        filled = ((changing.number, changing.written(said)) for changing in self._changing)
        changed = b"".join(_placed(filled, len(self._fixed), table))
        start, number = len(self._fixed) + len(changed), len(table) // _ENTRY.size - 1
        _ENTRY.pack_into(table, _ENTRY.size * number, _IN_FILE, start, 0)
        identifier = sha256(self._digest + changed).hexdigest()[:32].encode()
        trailer = b"%s /ID [<%s> <%s>] %s" % (self._trailer, identifier, identifier, _DEFLATED)
        end = b"%d 0 obj\n%s\nendobj\n" % (number, _stream(trailer, zlib.compress(table, 1)))
        return b"".join((self._fixed, changed, end, b"startxref\n%d\n%%%%EOF\n" % start))


class _Changing(NamedTuple):
    """An object with holes: its number, its text around them, and their numbers.

    The text of a stream is that of its dictionary, without the end; its one hole is its content.
    """

    number: int
    texts: Sequence[bytes]
    holes: Sequence[int]
    is_stream: bool

    def written(self, said: Sequence[bytes]) -> bytes:
        """Return the object with what is said in its holes, by their numbers."""
        if self.is_stream:
            dictionary, content = self.texts[0], said[self.holes[0]]
            if _DEFLATED in dictionary:
                content = zlib.compress(content)
            return _stream(dictionary, content)
        inserted = (*(said[number] for number in self.holes), b"")
        return b"".join(part for pair in zip(self.texts, inserted, strict=True) for part in pair)


def _changing(found: Object) -> _Changing | None:
    """Return an object with holes as such; None where it has none."""
    is_stream = isinstance(found, Stream)
    if is_stream:
        alone = None
        with suppress(PdfError):  # the pixels of a JPEG, for example, are no text with holes
            alone = _HOLE.fullmatch(found.read_bytes())
        texts, holes = [_dictionary(found)], [int(alone[1])] if alone else []
    else:
        text = found.unparse(resolved=True)
        holes, texts = [*map(int, _HOLE.findall(text))], _HOLE.split(text)[::2]
    return _Changing(found.objgen[0], texts, holes, is_stream) if holes else None


def _dictionary(stream: Object) -> bytes:
    """Return the dictionary of a stream as it is written, without its length and its end."""
    entries = {key: value for key, value in stream.items() if key != "/Length"}
    return Dictionary(entries).unparse().removesuffix(b">>")


def _stream(dictionary: bytes, content: bytes) -> bytes:
    """Return a stream with a dictionary, whose end it writes.

    Behind a carriage return, a line feed alone would read as one end of a line with it, and the
    stream as one byte too long (ISO 19005-2, 6.1.7.1).
    """
    line_end = b"\r\n" if content.endswith(b"\r") else b"\n"
    return b"%s /Length %d >>\nstream\n%s%sendstream" % (
        dictionary,
        len(content),
        content,
        line_end,
    )


def _packed(texts: Mapping[int, bytes]) -> bytes:
    """Return a stream with objects that are no streams, by their numbers (ISO 32000-1, 7.5.7)."""
    starts = accumulate((len(text) + 1 for text in texts.values()), initial=0)
    pairs = zip(texts, starts, strict=False)
    head = b" ".join(b"%d %d" % pair for pair in pairs) + b"\n"
    content = head + b"\n".join(texts.values())
    dictionary = b"<< /Type /ObjStm /N %d /First %d %s" % (len(texts), len(head), _DEFLATED)
    return _stream(dictionary, zlib.compress(content))


def _placed(written: Iterable[tuple[int, bytes]], start: int, table: bytearray) -> Iterator[bytes]:
    """Yield objects, by their numbers, as a file has them from a byte on; enter them in a table."""
    for number, text in written:
        _ENTRY.pack_into(table, _ENTRY.size * number, _IN_FILE, start, 0)
        whole = b"%d 0 obj\n%s\nendobj\n" % (number, text)
        start += len(whole)
        yield whole
