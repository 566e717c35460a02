"""Reads the streams of PDFs that anybody may have made, within bounds.

A kilobyte of compressed data may stand for a gigabyte; a library that decodes it all at once would
take the memory of the machine.
"""

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Name
from pikepdf.jbig2 import JBIG2DecoderInterface, set_decoder

MOST_DECODED = 256 * 2**20  # bytes of one stream
MOST_IN_ALL = 2**29  # bytes of all streams
MOST_STORED = 8 * 2**20  # bytes of a stream whose compression cannot be followed step by step
PdfObject = Any
"""An object of a PDF: pikepdf's take any attribute, of which its types know nothing."""

NOT_DECODED = "not decoded here:"  # in what qpdf says of a stream that is whole, as far as is known
_PIECE = 2**22  # bytes that are looked at at a time
_DEFLATE = {"/FlateDecode", "/Fl"}


class Unreadable(Exception):  # noqa: N818 - it reads as what it is
    """Something in a PDF makes no sense: in the object `number`, 0 where that is not known."""

    def __init__(self, reason: str = "", number: int = 0) -> None:
        self.number = number
        super().__init__(reason)


class TooLarge(Unreadable):
    """Something in a PDF is larger, or there is more of it, than in anything that is printed."""


# What objects that make no sense raise in those who take them for what they should be.
SENSELESS = (
    *(pikepdf.PdfError, pdfium.PdfiumError, Unreadable, OSError, RuntimeError),
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, NotImplementedError),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a PDF cannot be read: the number of the object, 0 where that is not known.

    `page` (from 1) is the page that needs it, 0 where no page is known to. `reason` is what the
    library says, in English.
    """

    number: int
    page: int
    reason: str


def fault(failure: Exception, page: int = 0, reading: int = 0) -> Fault:
    """Return a failure as a fault; `reading` is the object that was read, if none is known better.

    `page` is as in Fault.
    """
    number = failure.number if isinstance(failure, Unreadable) else 0
    return Fault(number or reading, page, str(failure))


class TooSlow(Exception):  # noqa: N818 - it reads as what it is
    """Following a page takes too long."""


class _NoDecoder(JBIG2DecoderInterface):
    """Decodes nothing: pikepdf would start whichever program is called jbig2dec here.

    Pictures in JBIG2 have one bit a pixel, and none of them need be decoded to be judged.
    """

    def check_available(self) -> None:
        """Let it be asked for, so that the refusal comes where a stream is decoded."""

    def decode_jbig2(self, jbig2: bytes, jbig2_globals: bytes) -> bytes:
        """Refuse to decode."""
        raise pikepdf.DataDecodingError(
            f"{NOT_DECODED} JBIG2 ({len(jbig2)} and {len(jbig2_globals)} bytes)"
        )


def start_no_programs() -> None:
    """Have PDFs read without other programs, which pikepdf would start for some streams."""
    set_decoder(_NoDecoder())


def check_sizes(streams: Iterable[PdfObject]) -> None:
    """Raise TooLarge where the streams of a file hold more than MOST_IN_ALL; nothing is kept."""
    total = 0
    for stream in streams:
        filters = _names(stream.get(Name.Filter))
        if not filters or filters[0] not in _DEFLATE:
            total += int(stream.get(Name.Length, 0))
        else:
            total += _inflated_size(stream.read_raw_bytes(), MOST_IN_ALL - total)
        if total > MOST_IN_ALL:
            raise TooLarge


def annotations_of(page: PdfObject) -> Iterator[PdfObject]:
    """Yield the annotations of a page, but for those that were removed and left a null behind."""
    found = page.get(Name.Annots)
    yield from (a for a in found or () if isinstance(a, pikepdf.Dictionary))


def name_of(found: PdfObject) -> str:
    """Return a name without its slash; bytes that are no UTF-8 are shown as Latin-1."""
    try:
        return str(found).removeprefix("/")
    except UnicodeDecodeError:
        written = re.sub(
            rb"#([0-9a-fA-F]{2})", lambda m: bytes.fromhex(m[1].decode()), found.unparse()
        )
        return written.decode("latin-1").removeprefix("/")


def decoded_stream(stream: PdfObject) -> bytes:
    """Return the bytes of a stream.

    Raises Unreadable with the number of its object where they are damaged, TooLarge.
    """
    try:
        return _decoded(stream)
    except TooLarge:
        raise
    except SENSELESS as failure:
        raise Unreadable(str(failure), stream.objgen[0]) from None


def _decoded(stream: PdfObject) -> bytes:
    filters = _names(stream.get(Name.Filter, stream.get(Name.F)))
    parameters = stream.get(Name.DecodeParms)
    if filters and set(filters) <= _DEFLATE and parameters is None:
        content: bytes = stream.read_raw_bytes()
        for _ in filters:
            content = _inflated(content)
        return content
    if filters and int(stream.get(Name.Length, 0)) > MOST_STORED:
        raise TooLarge
    whole: bytes = stream.read_bytes()
    if len(whole) > MOST_DECODED:
        raise TooLarge
    return whole


def instructions(pdf: pikepdf.Pdf, content: bytes) -> list[Any]:
    """Return the operands and operators of a content stream.

    Raises Unreadable where it does not end as it should.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return pikepdf.parse_content_stream(pikepdf.Stream(pdf, content))
        except (pikepdf.PdfError, UserWarning) as failure:
            raise Unreadable(str(failure)) from None


def _names(found: PdfObject) -> Sequence[str]:
    if found is None:
        return ()
    return [str(name) for name in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _inflated(content: bytes) -> bytes:
    try:
        inflating = zlib.decompressobj()
        whole = inflating.decompress(content, MOST_DECODED)
    except zlib.error as failure:
        raise Unreadable(str(failure)) from None
    if inflating.unconsumed_tail:
        raise TooLarge
    return whole


def _inflated_size(content: bytes, most: int) -> int:
    """Return how many bytes compressed data stand for, or about as many as `most`, if more."""
    inflating, size = zlib.decompressobj(), 0
    try:
        while content and size <= most:
            size += len(inflating.decompress(content, _PIECE))
            content = inflating.unconsumed_tail
    except zlib.error:  # told where the stream is read
        return size
    return size
