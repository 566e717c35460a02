"""Values as YAML: the lines of a mapping, a list or a text, as a person writes them."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher

from careerprint.intake.factlines import quoted

Value = str | int | bool | date | Mapping[str, "Value"] | Sequence["Value"] | None
"""What is written: a text, a number and so on; None for what is to be absent.

Keys of a mapping stand in the order in which new ones are written; keys that it lacks stay.
"""

INDENT = 2  # spaces
_WIDTH = 88
_LONG = 96  # characters; a longer text becomes a block of lines
_FOLD = re.compile(r"[ \t]*\n[ \t]*|[ \t]+")


class Typed(str):
    """A text that is written as it was typed, where that can be: a number with a fault in it."""

    __slots__ = ()


def held_text(value: str) -> str:
    """Return a text of YAML as it is shown to be edited: on one line."""
    return _FOLD.sub(" ", value).strip()


def is_list(value: Value) -> bool:
    """Tell whether a value is a list."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def is_empty(value: Value) -> bool:
    """Tell whether nothing is to be written of a value."""
    if value is None:
        return True
    if isinstance(value, Mapping):
        return all(map(is_empty, value.values()))
    return is_list(value) and not value


def plain(value: Value) -> str:
    """Return a value that has no parts as it stands on a line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Typed):
        is_plain = re.fullmatch(r"[\w.,€ –-]*\w[\w.,€ –-]*", value) and value == value.strip(" -–")
        return str(value) if is_plain else quoted(value)
    return quoted(value) if isinstance(value, str) else str(value)


def escaped(text: str) -> str:
    """Return a text as it stands between double quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def entry_lines(key: str, value: Value, indent: int) -> list[str]:
    """Return the lines of an entry of a mapping."""
    space = " " * indent
    if isinstance(value, Mapping):
        return [f"{space}{key}:", *mapping_lines(value, indent + INDENT)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        below = [line for each in value for line in item_lines(each, indent + INDENT)]
        return [f"{space}{key}:", *below]
    if isinstance(value, str) and len(value) > _LONG and not isinstance(value, Typed):
        lines = textwrap.wrap(value, _WIDTH - indent - INDENT, break_long_words=False)
        return [f"{space}{key}: >-", *(f"{space}  {line}" for line in lines)]
    return [f"{space}{key}: {plain(value)}"]


def mapping_lines(values: Mapping[str, Value], indent: int) -> list[str]:
    """Return the lines of a mapping."""
    told = ((k, v) for k, v in values.items() if not is_empty(v))
    return [line for key, value in told for line in entry_lines(key, value, indent)]


def item_lines(value: Value, indent: int, marks: str | None = None) -> list[str]:
    """Return the lines of an item of a list, in quotation marks `marks` if it is a text."""
    space = " " * indent
    if isinstance(value, Mapping):
        lines = mapping_lines(value, indent + INDENT)
        return [f"{space}- {lines[0].lstrip()}", *lines[1:]] if lines else [f"{space}- {{}}"]
    bare = flow(value) if is_list(value) else plain(value)
    if marks and isinstance(value, str) and not bare.startswith(marks):
        bare = f'"{escaped(value)}"'
    return [f"{space}- {bare}"]


def flow(value: Value) -> str:
    """Return a value on one line, in brackets where it has parts."""
    if isinstance(value, Mapping):
        told = (f"{k}: {flow(v)}" for k, v in value.items() if not is_empty(v))
        return f"{{{', '.join(told)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(flow, value))}]"
    bare = plain(value)
    is_bare = isinstance(value, str) and re.search(r"[\[\]{},:?]", bare) and bare[0] not in "'\""
    return f'"{escaped(str(value))}"' if is_bare else bare


def rewrapped(old: Sequence[str], value: str, indent: int) -> list[str]:
    """Return a text in lines: those with the same words as before, and others not too long."""
    before = [(word, n) for n, line in enumerate(old) for word in line.split()]
    words = held_text(value).split()
    matcher = SequenceMatcher(None, [word for word, _ in before], words, autojunk=False)
    line_of: list[int | None] = [None] * len(words)
    for first, at, size in matcher.get_matching_blocks():
        for n in range(size):
            line_of[at + n] = before[first + n][1]
    most = max([_LONG - indent, *map(len, old)])
    lines: list[str] = []
    current: int | None = None
    for word, known in zip(words, line_of, strict=True):
        its = current if known is None else known
        has_room = bool(lines) and len(lines[-1]) + 1 + len(word) <= most
        if (has_room and its == current) or (lines and current is None):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
        current = its
    return lines or [""]
