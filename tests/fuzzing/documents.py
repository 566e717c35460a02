"""Documents as people and programs write them, right, nearly right, and wrong: for Hypothesis.

Each strategy makes the bytes of a file. It knows the grammar of what it writes and the keys that a
reader looks for, so that what it makes gets past the first line.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from random import Random
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook

from careerprint.fairs.headings import HEADINGS

from ..tablefiles import saved
from .mutators import ODD, text

Bytes = st.SearchStrategy[bytes]
Source = st.SearchStrategy[str]

# As they stand in a file: what is not UTF-8 among the odd ones becomes a lone surrogate.
_ODD: Source = st.sampled_from([odd.decode("utf-8", "surrogateescape") for odd in ODD])
_UNICODE: Source = st.text(st.characters(codec="utf-8"), max_size=12)
_WORDS: Source = st.sampled_from(
    ["Koch", "Größe", "ein Satz: noch einer", "a - b", "{pay.entry}", "*x* **y**", "koch", "a#b"]
)
_NUMBERS: Source = st.one_of(
    st.integers(-(10**30), 10**30).map(str), st.floats().map(repr), st.dates().map(str)
)


def encoded(source: Source) -> Bytes:
    """Return files with these texts, stored in one of the ways in which programs store text."""
    ways: list[Callable[[str], bytes]] = [
        *[lambda text: text.encode("utf-8", "surrogateescape")] * 12,
        lambda text: b"\xef\xbb\xbf" + text.encode("utf-8", "surrogateescape"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8", "surrogateescape"),
        lambda text: text.replace("\n", "\r").encode("utf-8", "surrogateescape"),
        lambda text: text.encode("utf-16", "replace"),
        lambda text: text.encode("cp1252", "replace"),
    ]
    return st.builds(lambda text, way: way(text), source, st.sampled_from(ways))


def spoilt(valid: Sequence[bytes]) -> Bytes:
    """Return valid files with a few lines, words or bytes swapped, doubled, lost or odd."""

    def changed(content: bytes, chance: Random) -> bytes:
        return text(content, chance, lambda piece: by_bytes(piece, chance))

    return st.builds(changed, st.sampled_from(valid), st.randoms(use_true_random=False))


def by_bytes(content: bytes, chance: Random) -> bytes:
    """Return bytes of which one is another, new or lost."""
    at = chance.randrange(len(content) + 1)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + chance.randrange(2) :]


def _lists(items: Source, pattern: str, joint: str, most: int = 4) -> Source:
    return st.lists(items, max_size=most).map(lambda found: pattern % joint.join(found))


# Front matter

_PROFILE_KEYS = (
    *("title", "subtitle", "teaser", "updated", "facts", "flyer", "pay", "period", "basis"),
    *("as_of", "ranges", "id", "label", "min", "max", "open_top", "sectors", "ways_in", "kind"),
    *("name", "years", "steps", "headline", "points", "<<", "? a", "'title'", "~", "1"),
)
_YAML_SCALARS = st.one_of(
    _WORDS,
    _WORDS.map(lambda word: f'"{word}"'),
    _NUMBERS,
    _ODD,
    _UNICODE,
    _UNICODE.map(lambda text: "'" + text.replace("'", "''") + "'"),
    st.sampled_from(["month", "gross_full_time", "career_change", "2026-11-22", "|\n    a\n", "x"]),
)
_YAML_FLOW = st.recursive(
    _YAML_SCALARS,
    lambda inner: st.one_of(
        _lists(inner, "[%s]", ", "),
        _lists(st.builds("{}: {}".format, st.sampled_from(_PROFILE_KEYS), inner), "{%s}", ", "),
        st.builds("{}{}".format, st.sampled_from(["&a ", "*a ", "!!int ", "! ", "!x "]), inner),
    ),
    max_leaves=12,
)


def _yaml_block(indent: int = 0) -> Source:
    entry = st.builds("{}: {}".format, st.sampled_from(_PROFILE_KEYS), _YAML_FLOW)
    if indent < 2:  # as deep as a profile goes
        deeper = st.builds(
            lambda key, block: f"{key}:\n{block}",
            st.sampled_from(_PROFILE_KEYS),
            st.deferred(lambda: _yaml_block(indent + 1)),
        )
        entry = entry | deeper
    return _lists(entry.map(lambda text: "  " * indent + text), "%s", "\n", most=6)


_MARKDOWN = st.lists(
    st.one_of(
        st.sampled_from(["## A {#a}", "## B", "### C", "#### D", "- a", "  - b", "3. c", "> d"]),
        st.sampled_from(["![a](b.png)", "![](x)", "[a](<b c> 'd')", "\\", "***", "| a |\n|---|"]),
        st.sampled_from(["", "", "    code", "```", "<b>", "[a]: b", "- - - a", "1) 2) 3", "a\\"]),
        _WORDS,
        _ODD,
        _UNICODE,
    ),
    max_size=12,
).map("\n".join)


def profiles(valid: Sequence[bytes]) -> Bytes:
    """Return profiles: written by the grammar, or valid ones spoilt."""
    written = st.builds("---\n{}\n---\n{}".format, _yaml_block(), _MARKDOWN)
    head, _, _ = valid[-1].decode().partition("\n---\n")
    bodies = _MARKDOWN.map(lambda body: f"{head}\n---\n{body}")
    return st.one_of(encoded(written), encoded(bodies), spoilt(valid))


# Catalogs

_PLURALS = st.recursive(
    st.sampled_from(["n", "0", "1", "2", "9999999999", "-1", ""]),
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format,
            inner,
            st.sampled_from(["+", "-", "*", "/", "%", "==", "!=", "<", "&&", "||", "?", ":", "**"]),
            inner,
        ),
        st.builds("{} ? {} : {}".format, inner, inner, inner),
        st.builds("!{}".format, inner),
    ),
    max_leaves=6,
)
_PO_TEXT = st.one_of(_WORDS, _ODD, _UNICODE).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
)
_PO_HEADER = st.builds(
    'msgid ""\nmsgstr ""\n"Content-Type: {}\\n"\n"Plural-Forms: nplurals={}; plural={};\\n"\n'
    '"PO-Revision-Date: {}\\n"\n'.format,
    st.sampled_from(["text/plain; charset=UTF-8", "text/plain; charset=x", "charset=rot13", ""]),
    st.sampled_from(["1", "2", "3", "6", "0", "-1", "99", "x"]),
    _PLURALS,
    st.sampled_from(["2026-11-22 10:00+0100", "YEAR-MO-DA", "9999-99-99 99:99+9999", "x"]),
)
_PO_ENTRY = st.one_of(
    st.builds(
        "{}msgid {}\nmsgstr {}\n".format, st.sampled_from(["", "#, fuzzy\n"]), _PO_TEXT, _PO_TEXT
    ),
    st.builds(
        "#, unreviewed, c-format\nmsgid {}\nmsgid_plural {}\n{}\n".format,
        _PO_TEXT,
        _PO_TEXT,
        st.lists(_PO_TEXT, max_size=7).map(
            lambda forms: "\n".join(f"msgstr[{at}] {form}" for at, form in enumerate(forms))
        ),
    ),
    st.builds("msgctxt {}\nmsgid {}\nmsgstr {}\n{}".format, _PO_TEXT, _PO_TEXT, _PO_TEXT, _PO_TEXT),
    st.builds(
        "{}{}".format, st.sampled_from(["#~ ", "#| ", "#: ", "msgstr[9] ", "msgid "]), _PO_TEXT
    ),
)


def catalogs(valid: Sequence[bytes]) -> Bytes:
    """Return catalogs: written by the grammar, or valid ones spoilt."""
    written = st.builds(
        lambda header, entries: "\n".join([header, *entries]),
        _PO_HEADER,
        st.lists(_PO_ENTRY, max_size=5),
    )
    return st.one_of(encoded(written), spoilt(valid))


# Tables of fairs

_HEADS = st.lists(
    st.sampled_from([*(names[0] for names in HEADINGS.values()), "ID", "eigene", "", "Kennnung"]),
    min_size=2,
    max_size=14,
)
_CELLS = st.one_of(
    _WORDS,
    _NUMBERS,
    _ODD,
    _UNICODE,
    st.sampled_from(["12.03.2027", "31.02.2027", "12/03/2027", "45000", "de, en", "alle", "de-AT"]),
    st.sampled_from(["030 23125 014", "+49 30 23125 014", "a@example.org", "koch", "din-lang"]),
    st.sampled_from(
        ["https://www.example.org/", "www.example.org", "http://[::1]:x", "1.000", "5"]
    ),
    st.sampled_from(["=A1", "'=A1", "@x", "#REF!", "Err:502", "con", "x" * 40_000, "a\nb", "٣"]),
)


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]], separator: str, quote: bool) -> str:
    def cell(written: str) -> str:
        return '"' + written.replace('"', '""') + '"' if quote or '"' in written else written

    return "\n".join(separator.join(map(cell, row)) for row in (head, *rows))


_ROWS = st.lists(st.lists(_CELLS, max_size=14), max_size=4)


def csv_files(valid: Sequence[bytes]) -> Bytes:
    """Return tables as CSV: written cell by cell, or valid ones spoilt."""
    written = st.builds(_csv, _HEADS, _ROWS, st.sampled_from(";,\t"), st.booleans())
    return st.one_of(encoded(written), spoilt(valid))


_VALUES = st.one_of(
    _CELLS,
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31)),  # as in a cell
    st.times().map(lambda found: time(found.hour, found.minute)),
    st.none(),
)


def _xlsx(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate((head, *rows), 1):
        for column, value in enumerate(row, 1):
            if not isinstance(value, str) or value.isprintable():  # XML holds no controls
                sheet.cell(number, column).value = value
    return saved(book)


def xlsx_files() -> Bytes:
    """Return tables as .xlsx, each cell with a value of any kind."""
    return st.builds(_xlsx, _HEADS, st.lists(st.lists(_VALUES, max_size=10), max_size=3))


# TOML

_TOML_VALUES = st.recursive(
    st.one_of(
        _WORDS.map(lambda word: f'"{word}"'),
        _WORDS.map(lambda word: f"'''{word}'''"),
        _NUMBERS,
        st.sampled_from(["true", "[9, 13]", "1979-05-27T07:32:00Z", "07:32:00", "inf", "-nan"]),
        st.sampled_from(["0xFF", "1_0", "1e400", '"\\u00e4"', '"\\ud800"', '["a5"]', '"#0F4C5C"']),
        _UNICODE.map(lambda text: '"' + text.replace("\\", "").replace('"', "") + '"'),
        _ODD,
    ),
    lambda inner: st.one_of(
        _lists(inner, "[%s]", ", "),
        _lists(st.builds("{} = {}".format, st.sampled_from("abc"), inner), "{%s}", ", "),
    ),
    max_leaves=8,
)


def toml_files(valid: Sequence[bytes], keys: Sequence[str], tables: Sequence[str]) -> Bytes:
    """Return TOML with some of these keys below some of these headers, or valid files spoilt."""
    known = st.sampled_from([*keys, '"a b"', "a.b", "''", "ä"])
    entry = st.builds("{} = {}".format, known, _TOML_VALUES)
    header = st.sampled_from([*tables, "[a]", "[[a.b]]", "[a.'b c'.\"d\"]", "[]", "[["])
    written = st.lists(st.one_of(entry, entry, header), max_size=10).map("\n".join)
    return st.one_of(encoded(written), spoilt(valid))


LAYOUT_KEYS = (
    *("template", "styles", "tokens", "takes", "default_format", "pages", "bleed", "formats.a.fit"),
    *("width", "height", "safe", "measures", "fit", "optional", "slots", "exactly", "formats"),
)
LAYOUT_TABLES = ("[pages]", "[formats.a]", "[formats.a.fit]", "[[formats.a.optional]]", "[slots]")
WORKSPACE_KEYS = (
    *("layouts", "locales", "targets", "formats", "include", "exclude", "name", "url", "email"),
    *("imprint", "logo", "colours", "primary", "shop", "bleed", "marks", "profile", "hourly"),
)
WORKSPACE_TABLES = (
    *("[build]", "[[build.include]]", "[issuer]", "[brand]", "[brand.colours]", "[press]"),
    "[minimum_wage]",
)


# Profiles that are in order

_LETTERS = st.characters(
    codec="utf-8",
    categories=("L", "Nd", "Pd", "Po", "Ps", "Pe", "Sc", "Zs"),
    max_codepoint=0x04FF,
)
_PLAIN = st.lists(
    st.text("abcdefghijäöüßŁžҐЖя0123456789", min_size=1, max_size=14), min_size=1, max_size=9
).map(" ".join)
_WRITTEN = st.text(_LETTERS, min_size=1, max_size=40)
_ANY = st.text(min_size=1, max_size=20)
# Of what a profile says, most can be printed: one character that cannot be refuses all of it.
_LINES = st.integers(0, 99).flatmap(lambda n: _ANY if n == 99 else _WRITTEN if n > 94 else _PLAIN)


def _quoted(text: str) -> str:
    """Return a text as YAML writes it in double quotation marks, every odd character escaped."""
    written = "".join(
        c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}"
        for c in text
    )
    return f'"{written}"'


def _profile(lines: Sequence[str], points: Sequence[str], body: Sequence[str]) -> str:
    title, teaser, headline, flyer = map(_quoted, lines)
    listed = "".join(f"\n    - {_quoted(point)}" for point in points)
    text = "\n\n".join(" ".join(line.split()) or "–" for line in body)
    return (
        f"---\ntitle: {title}\nteaser: {teaser}\nupdated: 2026-11-22\nflyer:\n"
        f"  headline: {headline}\n  teaser: {flyer}\n  points:{listed}\n---\n## Text\n\n{text}\n"
    )


whole_profiles: Source = st.builds(
    _profile,
    st.tuples(_LINES, _LINES, _LINES, _LINES),
    st.lists(_LINES, min_size=3, max_size=5),
    st.lists(_LINES, min_size=1, max_size=4),
)
"""Profiles with any text in them, most of which can be printed."""
