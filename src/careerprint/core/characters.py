"""Sets of characters that no text may hold or no message shows, for regular expressions."""

CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
"""Controls C0 and C1 but tab and line feed (Unicode, category Cc)."""
REORDERING = r"\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates, which reorder what readers see (UAX #9, 2.1 to 2.4)."""
HALVES = r"\ud800-\udfff"
"""Halves of characters (Unicode, category Cs)."""
