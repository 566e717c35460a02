"""Declares in careerprint.toml in which formats a layout is printed; entries of others stay."""

from collections.abc import Collection
from typing import Any

import tomlkit
from tomlkit.items import AoT

from careerprint.core.schema import from_toml
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.layouts.configuration import Build, Configuration
from careerprint.layouts.declaration import Layout
from careerprint.planning.plan import printed_formats


def with_formats(text: str, name: str, layout: Layout, wanted: Collection[str]) -> str:
    """Return the text of careerprint.toml by which a layout is printed in these formats alone.

    What it is to have besides, and what not, is an entry of that layout and its formats alone.
    Raises Refused where the text is no configuration.
    """
    for kind, is_off in (("exclude", False), ("include", True)):
        off = [each for each in layout.formats if (each not in wanted) == is_off]
        text = _without(text, kind, name, off)
    found = printed_formats(_build(text), name, layout)
    more = [each for each in layout.formats if each in wanted and each not in found]
    text = _with(text, "include", name, more)
    return _with(text, "exclude", name, [each for each in found if each not in wanted])


def without_unprinted(text: str) -> str:
    """Return the text of careerprint.toml without formats of layouts that are not printed."""
    build = _build(text)
    for kind, choices in (("include", build.include), ("exclude", build.exclude)):
        for choice in choices:
            if not set(choice.layouts) <= set(build.layouts):
                text = _without(text, kind, choice.layouts[0], choice.formats)
    return text


def _build(text: str) -> Build:
    return from_toml(Configuration, text, CONFIGURATION_FILE).build


def _is_own(entry: Any, name: str) -> bool:  # noqa: ANN401 - what tomlkit holds
    """Tell whether an entry is of a layout and its formats, and of nothing else."""
    return set(entry) == {"layouts", "formats"} and list(entry["layouts"]) == [name]


def _without(text: str, kind: str, name: str, formats: Collection[str]) -> str:
    document = tomlkit.parse(text)
    build: Any = document["build"]
    entries = build.get(kind, [])
    for at in reversed(range(len(entries))):
        if _is_own(entries[at], name):
            left = [each for each in entries[at]["formats"] if each not in formats]
            if not left:
                del entries[at]
            elif len(left) < len(entries[at]["formats"]):
                entries[at]["formats"] = left
    if kind in build and not entries:
        build.pop(kind)
    return tomlkit.dumps(document)


def _with(text: str, kind: str, name: str, formats: Collection[str]) -> str:
    if not formats:
        return text
    document = tomlkit.parse(text)
    build: Any = document["build"]
    entries = build.setdefault(kind, tomlkit.aot())
    own = next((entry for entry in entries if _is_own(entry, name)), None)
    if own is None:
        is_listed = isinstance(entries, AoT)  # each below a heading of its own
        own = tomlkit.table() if is_listed else tomlkit.inline_table()
        own.update({"layouts": [name], "formats": []})
        if is_listed:
            own.add(tomlkit.nl())
        entries.append(own)
        own = entries[-1]
    own["formats"] = [*own["formats"], *formats]
    return tomlkit.dumps(document)
