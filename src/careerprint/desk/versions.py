"""Earlier versions of a profile's text: which there are, and what changed since."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from babel.dates import format_datetime

from careerprint.core.diagnostics import N_, Refused, refuse
from careerprint.core.reader import utf8_text
from careerprint.desk.desk import Desk
from careerprint.desk.history import HISTORY, copies
from careerprint.desk.richblocks import read_blocks, split_profile
from careerprint.desk.shown import Shown


def versions(desk: Desk, slug: str) -> list[Shown]:
    """Return the earlier versions of a text, the latest first: name, and time in words."""
    language = desk.shower.language
    return [
        {"name": name, "told": format_datetime(at.astimezone(), "d. MMMM, HH:mm", locale=language)}
        for name, at in copies(desk.root, slug)
    ]


def version(desk: Desk, slug: str, name: str, text: str) -> Shown:
    """Return the text of an earlier version, and how it differs from `text`; raises Refused."""
    file = next((n for n, _ in copies(desk.root, slug) if n == name), None)
    path = f"{HISTORY}/{slug}/{name}"
    try:
        content = (desk.root / HISTORY / slug / (file or "")).read_bytes()
        earlier = utf8_text(content, path)
    except (OSError, Refused):
        raise refuse(
            path,
            N_("This earlier version is not there any more."),
            N_("Choose another one."),
        ) from None
    return {"text": earlier, "changes": list(_changes(earlier, text))}


def _changes(one: str, other: str) -> Iterator[Shown]:
    """Yield what differs, block by block: what stood there, and what stands there now."""
    former, now = _units(one), _units(other)
    matcher = SequenceMatcher(None, former, now, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            for before, after in zip_longest(former[a:b], now[c:d], fillvalue=""):
                yield {"before": _marked(before, after), "now": _marked(after, before)}


def _marked(text: str, other: str) -> list[list[Any]]:
    """Return a text in pieces, each with whether the other text lacks it."""
    words, others = re.split(r"(?<=\s)(?=\S)", text), re.split(r"(?<=\s)(?=\S)", other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    pieces = [("".join(words[a:b]), kind != "equal") for kind, a, b, _, _ in matcher.get_opcodes()]
    return [[piece, is_new] for piece, is_new in pieces if piece]


def _units(text: str) -> list[str]:
    """Return a text in entries of its head and blocks."""
    front, body = split_profile(text)
    entries = re.split(r"\n(?=(?:  )?[\w#-])", front.strip("\n"))
    return [*entries, *(block.source for block in read_blocks(body)[0])]
