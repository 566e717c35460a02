"""Characters that no text may hold or no message shows, and the encodings of texts from elsewhere.

The sets are for regular expressions.
"""

import codecs
from dataclasses import dataclass

CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
"""Controls C0 and C1 but tab and line feed (Unicode, category Cc)."""
REORDERING = r"\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates, which reorder what readers see (UAX #9, 2.1 to 2.4)."""
HALVES = r"\ud800-\udfff"
"""Halves of characters (Unicode, category Cs)."""

# Encodings from before Unicode, with the names by which users know them.
_OLD_ENCODINGS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "CP850 (MS-DOS)"}
# What German texts hold beyond ASCII, names from the neighbours included, and little else.
_LIKELY = frozenset("äöüÄÖÜßéèêáàâóòôíîúùûçñÉÈÇåøæëïš–—„“”‚‘’…€°§·²³\u00a0")


def is_unicode(text: str) -> bool:
    """Tell whether a text can be stored; on POSIX, a path may be of bytes that are no text."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and its encoding, and the name of that where it was told by letters; else empty."""

    text: str
    encoding: str
    guessed: str = ""


def decoded(content: bytes) -> Decoded | None:
    """Return the text in bytes; None where no encoding makes a text of them.

    It is in UTF-8 or UTF-16, with or without a byte order mark, or in the encoding of Windows, an
    old Mac or MS-DOS: the one by which what is not ASCII reads most like German.
    """
    sample = content[:4000]
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif sample.count(0) * 3 > len(sample) > 1:  # every second byte of most texts
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None if encoding == "utf-16" else _by_its_letters(content)


def _by_its_letters(content: bytes) -> Decoded | None:
    best, likeliest = None, 0
    for encoding, name in _OLD_ENCODINGS.items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        likely = sum(1 if c in _LIKELY else -2 for c in text if not c.isascii())
        if likely > likeliest:
            best, likeliest = Decoded(text, encoding, name), likely
    return best
