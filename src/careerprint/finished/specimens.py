"""Reads a PDF by comparing it with a specimen: a file of the same kind that was read as a whole.

What may differ is read from the bytes of the file, by its own table of objects. Everything else has
to be there as it is in the specimen, byte for byte.
"""

import re
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote

_TAIL = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_TAIL_BYTES = 40  # that it takes at most
_CONTENT = re.compile(rb" /Length (\d+) >>\nstream\n")
_ID = re.compile(rb"/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\] ")
_DEFLATED, _PACKED = b"/Filter /FlateDecode", b"/Type /ObjStm"
_STREAM_END = b"endstream\nendobj\n"
_ENTRY, _IN_FILE = 7, 1  # bytes of an entry of the table; the kind of those that have an offset
# A string, in ASCII or UTF-16 (ISO 32000-1, 7.3.4), with its key; or an area.
_STRING = rb"\(((?:[^\\()\x80-\xff]|\\[\\()])*)\)|<feff((?:[0-9a-f]{4})*)>"
_ANY_STRING = re.compile(_STRING)
_VALUE = re.compile(rb"(/\w+) (?:%s)|(/Rect) ?\[([-\d. ]+)\]" % _STRING)
_GROUPS = _VALUE.groups + 1
_ESCAPED = re.compile(r"\\(.)")
_NUMBER = re.compile(rb"(\d+) 0 obj\n")
_XMP_ID = re.compile(rb"(?<=xmp\.did:)[-0-9a-f]{36}")


class Unlike(Exception):  # noqa: N818 - it reads as what it is
    """A PDF differs from its specimen in more than what may differ."""


class Unclear(Exception):  # noqa: N818 - as above
    """A PDF is written in a way that is not understood here; nothing is said against it."""


@dataclass(frozen=True, slots=True)
class Differing:
    """What a PDF has where it may differ from its specimen, by the numbers of the objects.

    `contents` are decoded streams; `strings` are known by their keys, too; `areas` are in pt.
    """

    contents: Mapping[int, bytes]
    strings: Mapping[tuple[int, str], str]
    areas: Mapping[int, tuple[float, ...]]


class _Objects(NamedTuple):
    """Objects that may differ: streams by their numbers, and the others, with the values in them.

    `around` is what stands around the values, which are in the order of the file.
    """

    dictionaries: dict[int, bytes]
    contents: dict[int, bytes]
    around: list[bytes | None]
    strings: list[tuple[str, str]]
    areas: list[tuple[float, ...]]


class Specimen:
    """A PDF that others are compared with. In its file, what may differ stands behind all else."""

    def __init__(
        self, pdf: bytes, contents: Collection[int], is_filled: Callable[[str], bool]
    ) -> None:
        """Take the numbers of the streams that may differ, and what tells strings that do.

        Raises Unclear where the file is not written in the way that is understood here.
        """
        start, self._trailer, table = _end(pdf)
        starts = {n: at for n in range(len(table) // _ENTRY) if (at := _start(table, n))}
        ordered = sorted(starts, key=lambda number: starts[number])
        ends = pairwise(starts[number] for number in ordered)
        texts = {n: pdf[a:b] for n, (a, b) in zip(ordered, ends, strict=False)}
        self._numbers = [
            number
            for number, text in texts.items()
            if number in contents or not text.endswith(_STREAM_END) or _XMP_ID.search(text)
        ]
        fixed = ordered[: len(texts) - len(self._numbers)]
        if [*fixed, *self._numbers] != [*texts] or starts[ordered[-1]] != start:
            raise Unclear
        for number in fixed:
            dictionary, content = _stream(texts[number])
            strings = _ANY_STRING.findall(content) if _PACKED in dictionary else ()
            if any(is_filled(_text(*found)) for found in strings):
                raise Unclear
        self._fixed = pdf[: starts[self._numbers[0]]]
        entries = [n * _ENTRY for n in sorted([*self._numbers, ordered[-1]])]
        before = [0, *(entry + _ENTRY for entry in entries)]
        self._kept = [slice(*ends) for ends in zip(before, [*entries, len(table)], strict=True)]
        self._table = [table[kept] for kept in self._kept]
        self._objects = self._read(pdf, table, start)
        values = [
            (n, found[1] and found[1].decode())
            for n in self._numbers
            if n not in self._objects.dictionaries
            for found in _VALUE.finditer(texts[n])
        ]
        self._keys = [(number, key) for number, key in values if key]
        self._areas = [number for number, key in values if not key]
        if len(set(self._keys)) < len(self._keys):
            raise Unclear
        self._ids = {
            number: _XMP_ID.sub(b"", content)
            for number, content in self._objects.contents.items()
            if number not in contents
        }

    def read(self, pdf: bytes, said: Callable[[str], str]) -> Differing:
        """Return what a PDF has where it may differ; `said` turns the specimen's strings into its.

        Raises Unlike where anything else differs, or a string is not what it is to be.
        """
        try:
            start, trailer, table = _end(pdf)
            if trailer != self._trailer or [table[kept] for kept in self._kept] != self._table:
                raise Unlike
            found, known = self._read(pdf, table, start), self._objects
            if (found.dictionaries, found.around) != (known.dictionaries, known.around):
                raise Unlike
            for number, kept in self._ids.items():
                if _XMP_ID.sub(b"", found.contents[number]) != kept:
                    raise Unlike
        except (ValueError, LookupError, zlib.error):
            raise Unlike from None
        for (key, text), (_, of_specimen) in zip(found.strings, known.strings, strict=True):
            wanted = said(of_specimen)
            if text != wanted and (key != "/URI" or unquote(text) != unquote(wanted)):
                raise Unlike
        strings = (text for _, text in found.strings)
        return Differing(
            found.contents,
            dict(zip(self._keys, strings, strict=True)),
            dict(zip(self._areas, found.areas, strict=True)),
        )

    def _read(self, pdf: bytes, table: bytes, start: int) -> _Objects:
        """Return the objects that may differ, of a file whose table begins at a byte."""
        starts = [_start(table, number) for number in self._numbers]
        if starts[0] != len(self._fixed) or not pdf.startswith(self._fixed):
            raise Unlike
        dictionaries, contents, plain = dict[int, bytes](), dict[int, bytes](), []
        for number, (at, end) in zip(self._numbers, pairwise([*starts, start]), strict=True):
            written = pdf[at:end]
            if not written.startswith(b"%d 0 obj\n" % number):
                raise Unlike
            if written.endswith(_STREAM_END):
                dictionaries[number], contents[number] = _stream(written)
            else:
                plain.append(written)
        parts: list[Any] = _VALUE.split(b"".join(plain))
        texts, keys, plains, wides, rects, areas = (parts[n::_GROUPS] for n in range(_GROUPS))
        return _Objects(
            dictionaries,
            contents,
            [*texts, *keys, *rects],
            [
                (key.decode(), _text(*string))
                for key, *string in zip(keys, plains, wides, strict=True)
                if key
            ],
            [tuple(map(float, area.split())) for area in areas if area],
        )


def _end(pdf: bytes) -> tuple[int, bytes, bytes]:
    """Return where the table of a file begins, its dictionary but for the file's id, and itself."""
    tail = _TAIL.search(pdf, max(len(pdf) - _TAIL_BYTES, 0))
    start = int(tail[1]) if tail else 0
    number = _NUMBER.match(pdf, start)
    if not tail or not number:
        raise Unlike
    dictionary, table = _stream(pdf[start : tail.start()])
    return start, _ID.sub(b"", dictionary, count=1), table


def _start(table: bytes, number: int) -> int:
    """Return the byte at which an object begins; 0 where it is packed, or there is none."""
    at = number * _ENTRY
    return int.from_bytes(table[at + 1 : at + 5]) if table[at] == _IN_FILE else 0


def _stream(written: bytes) -> tuple[bytes, bytes]:
    """Return the number and the dictionary of a stream, without its length, and its content."""
    found = _CONTENT.search(written)
    if not found:
        raise Unlike
    end = found.end() + int(found[1])
    content, dictionary = written[found.end() : end], written[: found.start()]
    line_end = b"\r\n" if content.endswith(b"\r") else b"\n"
    if written[end:] != line_end + _STREAM_END:
        raise Unlike
    return dictionary, zlib.decompress(content) if _DEFLATED in dictionary else content


def _text(plain: bytes, wide: bytes) -> str:
    """Return what a string says, which is written in one of two ways."""
    if wide:
        return bytes.fromhex(wide.decode()).decode("utf-16-be")
    return _ESCAPED.sub(r"\1", (plain or b"").decode("ascii"))
