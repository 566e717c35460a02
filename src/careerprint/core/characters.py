"""Characters that no text may hold or no message shows, as sets for regular expressions."""

CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
"""Controls C0 and C1 but tab and line feed (Unicode, category Cc)."""
REORDERING = r"\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates, which reorder what readers see (UAX #9, 2.1 to 2.4)."""
HALVES = r"\ud800-\udfff"
"""Halves of characters (Unicode, category Cs)."""


def is_unicode(text: str) -> bool:
    """Tell whether a text can be stored; on POSIX, a path may be of bytes that are no text."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
