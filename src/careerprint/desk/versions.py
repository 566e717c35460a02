"""Earlier versions of a profile's text: which there are, and what changed since."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from babel.dates import format_datetime

from careerprint.building.releases import known_releases
from careerprint.core.diagnostics import N_, Refused, refuse
from careerprint.core.reader import utf8_text
from careerprint.core.sources import digest
from careerprint.desk.desk import Desk
from careerprint.desk.forms import inner_head, named_key, titles_of
from careerprint.desk.formwords import CHOICES, WAY_NAMES
from careerprint.desk.history import HISTORY, copies
from careerprint.desk.richblocks import read_blocks, split_profile
from careerprint.desk.shown import Shower, Shown
from careerprint.desk.writing import phrases
from careerprint.profiles.frontmatter import front_values


def versions(desk: Desk, slug: str) -> Shown:
    """Return the earlier versions of a text, the latest first: name, time in words, its release.

    `now` says which release the text of now was in. Raises Refused as `ProfileTexts`.
    """
    language = desk.shower.language
    known = sorted(known_releases(desk.out).values(), key=lambda release: release.on)
    released = {release.texts.get(slug): release for release in known}

    def told_of(content: bytes) -> str:
        release = released.get(digest(content))
        said = desk.shower.translate(N_("released on {day} by {by}"))
        return said.format(day=desk.shower.day(release.on), by=release.by) if release else ""

    folder = desk.root / HISTORY / slug
    return {
        "now": told_of(desk.texts.content(slug)),
        "versions": [
            {
                "name": name,
                "told": format_datetime(at.astimezone(), "d. MMMM, HH:mm", locale=language),
                "released": told_of((folder / name).read_bytes()),
            }
            for name, at in copies(desk.root, slug)
        ],
    }


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
    return {"text": earlier, "changes": list(_changes(earlier, text, desk))}


def _changes(one: str, other: str, desk: Desk) -> Iterator[Shown]:
    """Yield what reads otherwise: what stood there, and what stands there now.

    Of the head these are values, each with its `place` as the forms call it; of the text blocks.
    Facts in them read as each of the texts prints them.
    """
    (front, body), (front_now, body_now) = split_profile(one), split_profile(other)
    say = _Say(phrases(desk, one), desk.shower), _Say(phrases(desk, other), desk.shower)
    try:
        former, now = (_values(each, desk.shower) for each in (front, front_now))
    except Refused:  # it cannot be read: then it is compared as it is written
        yield from _differing(re.split(_ENTRY, front), re.split(_ENTRY, front_now), say)
    else:
        for key, (place, _) in {**former, **now}.items():
            before, after = (values[key][1] if key in values else "" for values in (former, now))
            if before != after:
                yield {"place": " › ".join(place), **_sides(before, after, say)}
    yield from _differing(_blocks(body), _blocks(body_now), say)


@dataclass(frozen=True, slots=True)
class _Say:
    """Puts the facts that a text names into words: as it prints them, else by their names."""

    phrases: Mapping[str, str]
    shower: Shower

    def __call__(self, text: str) -> str:
        return re.sub(r"\{([a-z_][\w.-]*)\}", self._fact, text)

    def _fact(self, named: re.Match[str]) -> str:
        name = named[1]
        return self.phrases.get(name) or named_key(f"facts.{name}", self.shower.translate)


_ENTRY = r"\n(?=(?:  )?[\w#-])"


def _differing(former: list[str], now: list[str], say: tuple[_Say, _Say]) -> Iterator[Shown]:
    matcher = SequenceMatcher(None, former, now, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            for before, after in zip_longest(former[a:b], now[c:d], fillvalue=""):
                yield {"place": "", **_sides(before, after, say)}


def _sides(before: str, now: str, say: tuple[_Say, _Say]) -> Shown:
    then, today = say[0](before), say[1](now)
    return {"before": _marked(then, today), "now": _marked(today, then)}


def _marked(text: str, other: str) -> list[list[Any]]:
    """Return a text in pieces, each with whether the other text lacks it."""
    words, others = re.split(r"(?<=\s)(?=\S)", text), re.split(r"(?<=\s)(?=\S)", other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    pieces = [("".join(words[a:b]), kind != "equal") for kind, a, b, _, _ in matcher.get_opcodes()]
    return [[piece, is_new] for piece, is_new in pieces if piece]


def _blocks(body: str) -> list[str]:
    """Return the blocks of a text as they read: a heading without its marks, lines as one."""
    read = (re.sub(r"^#+\s+|\s*\{#[\w-]+\}\s*$", "", b.source) for b in read_blocks(body)[0])
    return [" ".join(block.split()) for block in read]


_Names = tuple[str, ...]


def _values(front: str, shower: Shower) -> dict[_Names, tuple[_Names, str]]:
    """Return the values of a profile's head by the way to each: what it is called, and in words.

    Raises Refused where the head cannot be read.
    """
    data, _ = front_values(inner_head(front) or "", "", 1)
    return {way: (place, told) for way, place, told in _told(data, (), (), (), shower)}


def _told(
    value: object, way: _Names, keys: _Names, place: _Names, shower: Shower
) -> Iterator[tuple[_Names, _Names, str]]:
    """Yield each value below one: the way to it, what the forms call that, and it in words.

    `keys` are those of models on the way. Rows are told apart by their ids, else by their numbers.
    """
    if isinstance(value, dict):
        for key, below in value.items():
            if key in _UNSEEN:
                continue
            name = _PARTS.get(key, "") if not keys else ""
            called = (
                shower.translate(name) if name else titles_of((*keys, key), shower.translate)[-1]
            )
            is_named = place[:1] != (shower.translate(_PARTS["pictures"]),) and key != "facts"
            named = (*place, called) if is_named else place
            yield from _told(below, (*way, key), (*keys, key), named, shower)
    elif isinstance(value, tuple) and any(isinstance(row, dict) for row in value):
        for number, row in enumerate(value, 1):
            said = row if isinstance(row, dict) else {}
            name = next((str(said[n]) for n in _NAMING if said.get(n)), f"{place[-1]} {number}")
            named = (*(place if len(place) == 1 else place[:-1]), name)
            step = str(said.get("id") or number)
            yield from _told(row, (*way, step), (*keys, "0"), named, shower)
    else:
        yield way, place, _in_words(value, shower)


_PARTS = {"flyer": WAY_NAMES["flyer"], "pictures": N_("Pictures")}
_UNSEEN = {"id", "kind"}  # what texts and models go by
_NAMING = ("label", "name", "title", "what")


def _in_words(value: object, shower: Shower) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return shower.translate(N_("yes"))
        case date():
            return shower.day(value)
        case int():
            return shower.number(value)
        case tuple():
            return "; ".join(_in_words(each, shower) for each in value)
    return shower.translate(CHOICES.get(str(value), str(value)))
