"""Changes that reach deep: each keeps what an input is made in (lines, a zip, a PDF) and spoils it.

Changes of single bytes, which a fuzzer makes by itself, mostly end at a checksum or at the first
line. A mutator takes an input, a source of chance, and what changes a few bytes of a piece.
"""

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from ..tablefiles import packed
from .seeds import written

Change = Callable[[bytes], bytes]
"""Changes a few bytes."""
Mutator = Callable[[bytes, Random, Change], bytes]

# What readers of written text stumble over, in YAML, TOML, .po, CSV, Markdown, XML and numbers.
ODD: tuple[bytes, ...] = (
    *(b"", b"\0", b"\r", b"\r\n", b"\t", b"\n\n", b"\x1b[2J", b"\x7f", b"\x85", b"\x0c"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xfe"),
    *(
        character.encode()
        for character in ("\u202e", "\u2028", "\ufeff", "\u00a0", "\uffff", "\U0010ffff", "İ", "ﷺ")
    ),
    *(
        b"&a ",
        b"*a",
        b"!!python/object/apply:os.system ",
        b"!!str ",
        b"<<: *a",
        b"? ",
        b"- ",
        b": ",
    ),
    *(b"---\n", b"...\n", b"%YAML 9.9\n", b"|2-\n", b">+\n", b"'", b'"', b"{", b"}", b"[", b"]"),
    *(b"null", b"~", b"true", b"no", b"2.300", b"1e999", b"-0", b"0x1F", b"0o17", b"1_000", b"nan"),
    *(b"inf", b"99999999999999999999999", b"9" * 5000, b"2026-02-30", b"0000-00-00", b"12:30:45"),
    *(b"1979-05-27T07:32:00Z", b"'''", b'"""', b'"\\ud800"', b'"\\U00110000"', b'"\\0"', b"\\x"),
    *(b"[" * 2000, b"{a: " * 500, b"- " * 500, b"> " * 300, b"(" * 800, b"*" * 500, b"[a](" * 200),
    *(b"`" * 99, b"![", b"](", b"<", b"&#x110000;", b"&#0;", b"&#xd800;", b"{#a}", b"{pay.x}"),
    *(b"{", b"{{", b"{0}", b"{a!r:>999999999}", b"%(n)s", b"%s", b"{}", b"{pay.entry}"),
    *(b"nplurals=99; plural=n%0;", b"nplurals=2; plural=5;", b"plural=n?n:n;", b"msgid", b"#~ "),
    *(b"charset=utf-7", b"charset=idna", b"#, fuzzy", b"msgstr[9] ", b'msgid_plural "x"\n'),
    *(b"=1+1", b"@x", b"#REF!", b"sep=;", b'""', b"../../../../etc/passwd", b"/etc/passwd"),
    *(b"file:///etc/passwd", b"https://[::1", b"https://a@b:c/", b"//a", b"C:\\x", b"con", b"a/\0"),
    *(b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"&b;", b"<![CDATA[", b"]]>"),
    *(b'encoding="utf-7"', b'encoding="x"', b"_xD800_", b"_x0000_", b"1e309", b"-1", b"1048577"),
)
_PIECE = re.compile(rb"[A-Za-z_]+|\d+|\s+|.", re.DOTALL)
_OFTEN = 0.6  # how often a text is changed by lines and words, and not by bytes


def text(content: bytes, chance: Random, change: Change) -> bytes:
    """Change a text by its lines, words or bytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        by_pieces = chance.random() < _OFTEN
        content = _by_pieces(content, chance) if by_pieces else change(content)
    return content


def _by_pieces(content: bytes, chance: Random) -> bytes:
    lines = chance.random() < 0.4
    pieces = content.splitlines(keepends=True) if lines else _PIECE.findall(content)
    if not pieces:
        return chance.choice(ODD)
    at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
    match chance.randrange(7):
        case 0:
            del pieces[at]
        case 1:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        case 2:
            pieces.insert(at, pieces[other])
        case 3:
            pieces[at] = pieces[other]
        case 4:
            pieces.insert(at, chance.choice(ODD))
        case 5:
            pieces[at] = chance.choice(ODD)
        case _:
            pieces[at] *= chance.choice((2, 2, 3, 50))
    return b"".join(pieces)


def container(content: bytes, chance: Random, change: Change) -> bytes:
    """Change one file of a zip, its name, or the zip itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # it is broken already
        return change(content)
    if not members or chance.random() < 0.05:
        return change(content)
    name = chance.choice(_worth(list(members)))
    if chance.random() < 0.95:
        members[name] = text(members[name], chance, change)
    elif chance.random() < 0.5:
        del members[name]
    else:
        members[change(name.encode()).decode("utf-8", "replace") or "a"] = members.pop(name)
    try:
        return packed(members, compressed=chance.random() < 0.05)
    except Exception:  # a name that zip does not take
        return change(content)


def _worth(names: list[str]) -> list[str]:
    """Return names of files, those more often that are read."""
    read = [n for n in names if re.search(r"sheet|content\.xml|document\.xml|workbook|shared", n)]
    return names + 5 * read


def pdf(content: bytes, chance: Random, change: Change) -> bytes:
    """Change an object of a PDF, a stream of it, or its bytes."""
    if chance.random() < 0.1:
        return text(content, chance, change)
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            for _ in range(chance.choice((1, 1, 2, 3))):
                _change_object(document, chance, change)
            return written(document)
    except Exception:  # it is broken already, or now
        return change(content)


def _change_object(document: pikepdf.Pdf, chance: Random, change: Change) -> None:
    objects = [
        found for found in document.objects if isinstance(found, Dictionary | Array | Stream)
    ]
    found = chance.choice([*objects, document.trailer, document.Root])
    if isinstance(found, Stream) and chance.random() < 0.5:
        found.write(text(found.read_bytes(), chance, change))
        return
    for _ in range(chance.randrange(4)):  # down to what is inside
        inside = found.values() if not isinstance(found, Array) else found
        deeper = [v for v in inside if isinstance(v, Dictionary | Array)]
        if not deeper:
            break
        found = chance.choice(deeper)
    value = _value(document, objects, chance, change)
    if isinstance(found, Array):
        if len(found) and chance.random() < 0.7:
            at = chance.randrange(len(found))
            if chance.random() < 0.3:
                del found[at]
            else:
                found[at] = value
        else:
            found.append(value)
        return
    keys = list(found.keys())
    key = chance.choice([*keys, "/Kids", "/Parent", "/Next", "/Resources", "/Filter", "/SMask"])
    if chance.random() < 0.25 and key in found:
        del found[key]
    else:
        found[key] = value


def _value(
    document: pikepdf.Pdf, objects: Sequence[object], chance: Random, change: Change
) -> object:
    """Return a value for an object of a PDF: anything at all, often another object of it."""
    kinds: list[Callable[[], object]] = [
        lambda: chance.choice((0, 1, -1, 2**31, -(2**31), 2**62, 255, 9999999)),
        lambda: chance.choice((0.5, -0.0, 1e-30)),
        lambda: pikepdf.Object.parse(b"99999999999999999999999999999999999.5"),
        lambda: chance.choice((True, False)),
        lambda: Name(
            "/" + chance.choice(("DeviceRGB", "Pattern", "FlateDecode", "DCTDecode", "X"))
        ),
        lambda: Name("/" + chance.choice(("LZWDecode", "JBIG2Decode", "Indexed", "Type3", "Form"))),
        lambda: String(change(b"abc").replace(b"\0", b"")),
        Array,
        lambda: Array([1, Name.X, Dictionary()]),
        lambda: Array([0] * chance.choice((2, 6, 300))),
        Dictionary,
        lambda: document.make_stream(change(b"0 0 1 1 re f /F Do")),
    ]
    if objects and chance.random() < 0.5:
        return chance.choice(objects)
    return chance.choice(kinds)()


def record(content: bytes, chance: Random, change: Change) -> bytes:
    """Change a cell of a build record, or its bytes."""
    if chance.random() < 0.5:
        return change(content)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "record"
        file.write_bytes(content)
        connection = sqlite3.connect(file, isolation_level=None)
        with suppress(sqlite3.Error, UnicodeError, ValueError, IndexError, OverflowError):
            _change_row(connection, chance, change)
        connection.close()
        return file.read_bytes()


def _change_row(connection: sqlite3.Connection, chance: Random, change: Change) -> None:
    row = list(chance.choice(connection.execute("SELECT * FROM kept").fetchall()))
    at = chance.choice((1, 2, 2, 2))
    row[at] = _cell(row[at], chance, change)
    connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)


def _cell(value: object, chance: Random, change: Change) -> object:
    if isinstance(value, int | float):
        return chance.choice((0, -1, 2**62, -(2**63), 1.5))
    odd = ("null", "[]", "{}", "0", '""', "[" * 20_000, '[["a"]]', "NaN", '{"a": []}', "\0", "")
    with suppress(ValueError, RecursionError):
        data = json.loads(str(value))
        if isinstance(data, list | dict) and data and chance.random() < 0.5:
            return json.dumps(_spoilt(data, chance))
    if chance.random() < 0.5:
        return chance.choice(odd)
    return text(str(value).encode(), chance, change).decode("utf-8", "replace")


def _spoilt(data: object, chance: Random) -> object:
    """Return data with something deep in it replaced."""
    if isinstance(data, list) and data and chance.random() < 0.8:
        at = chance.randrange(len(data))
        return [*data[:at], _spoilt(data[at], chance), *data[at + 1 :]]
    if isinstance(data, dict) and data and chance.random() < 0.8:
        key = chance.choice(list(data))
        return {**data, key: _spoilt(data[key], chance)}
    return chance.choice((None, 0, 1.5, "", "x", "{", "\ud800", [], {}, [[]], True, -1))


MUTATORS: dict[str, Mutator] = {
    "xlsx": container,
    "ods": container,
    "word": container,
    "pdf": pdf,
    "record": record,
}
"""Those of targets that are no text."""
