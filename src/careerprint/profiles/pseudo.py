"""Pseudo-locales: made-up languages that show what a layout does with foreign text.

`en-XA` is accented and about 35 % longer; `ar-XB` is written from right to left. Both keep
`{facts}`, `%(words)s` and the targets of links as they are. The tags are CLDR's.
"""

import re

ACCENTED = "en-XA"
MIRRORED = "ar-XB"
PSEUDO_LOCALES = (ACCENTED, MIRRORED)

_LONGER_BY, _PADDING = 0.35, " õñé"  # as translations from English can be
# Placeholders, link targets and entities: what no translator may change.
_KEPT = re.compile(r"(\{[a-z][a-z0-9_.-]*\}|%\(\w+\)s|\]\([^)]*\)|&#?\w+;)")
_ACCENTS = str.maketrans("AaCcEeIiNnOoSsUuYyZz", "ÅåÇçÉéÎîÑñÕõŠšÛûÝýŽž")
# Each Latin letter as an Arabic one: unreadable, but shaped, joined and set from the right.
_LATIN = "abcdefghijklmnopqrstuvwxyzäöüß"
_ARABIC = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغةى"
_MIRROR = str.maketrans(_LATIN + _LATIN[:-1].upper(), _ARABIC + _ARABIC[:-1])


def pseudo(message: str, tag: str) -> str:
    """Return a message in the pseudo-locale `tag`."""
    table = _ACCENTS if tag == ACCENTED else _MIRROR
    parts = [p if _KEPT.fullmatch(p) else p.translate(table) for p in _KEPT.split(message)]
    whole = "".join(parts)
    longer = round(len(whole) * _LONGER_BY) if tag == ACCENTED else 0
    return whole + _PADDING * -(-longer // len(_PADDING))
