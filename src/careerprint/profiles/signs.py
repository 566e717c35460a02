"""Signs that our fonts have, in place of those that counselors type and they lack."""

import re
from unicodedata import normalize

# Signs that counselors type and our fonts lack → a printable one that says the same.
SUBSTITUTES = {
    **dict.fromkeys("✔✅☑🗸", "✓"),
    **dict.fromkeys("➜➔➡➤➞➝▶►▸⇒👉☞☛", "→"),
    **dict.fromkeys("▪■●◾◼⬛▫◦‣⚫🔹🔸◆♦", "•"),
    **dict.fromkeys("✘✗✖", "×"),
    **dict.fromkeys("★☆⭐✦✶", "*"),
    "\ufe0f": "",  # asks for a sign as an emoji
}
# What text copied from PDFs has for letters. A font has one glyph for these and for what is typed.
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_SIGNS = str.maketrans(SUBSTITUTES | _LIGATURES)
_FRACTION = re.compile(r"(\d+)\u2044(\d+)")
_RAISED, _LOWERED = (
    str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
)
_FRACTIONS = {normalize("NFKC", sign): sign for sign in "¼½¾⅐⅑⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}


def with_printed_signs(text: str) -> str:
    """Return the text with signs that our fonts have: "½" for "1⁄2", "fi" for its ligature.

    A font would set the figures of a fraction in the glyphs of raised and lowered ones, and what
    reads the PDF could not tell them from these.
    """
    return _FRACTION.sub(_fraction, text.translate(_SIGNS))


def _fraction(found: re.Match[str]) -> str:
    raised = f"{found[1].translate(_RAISED)}\u2044{found[2].translate(_LOWERED)}"
    return _FRACTIONS.get(found[0], raised)
