"""Collects the bytes that a document needs besides its HTML: style sheets, fonts, pictures.

A bundle maps names to bytes. The names are the files' names in the workspace, so that relative
URLs in a style sheet resolve inside the bundle as they do on the disk.
"""

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

import tinycss2
from tinycss2.ast import Node

from careerprint.diagnostics import N_, Location, refuse
from careerprint.reader import Reader

# Where a bundle's names are addresses. RFC 6761 reserves .invalid: it can never be a real one.
BUNDLE_URL = "http://bundle.invalid/"


def collect_styles(reader: Reader, names: Iterable[str]) -> dict[str, bytes]:
    """Return the style sheets `names` and every file that they refer to.

    Raises Refused for a file that is absent and for an address outside the workspace.
    """
    bundle: dict[str, bytes] = {}
    pending = list(names)
    while pending:
        name = pending.pop()
        if name in bundle:
            continue
        bundle[name] = reader.read_bytes(name)
        if not name.endswith(".css"):
            continue
        nodes = tinycss2.parse_stylesheet(
            reader.read_text(name), skip_comments=True, skip_whitespace=True
        )
        for url, line in _urls(nodes):
            location = Location(name, line)
            target = resolve(url, name, location)
            if target is not None:
                reader.read_bytes(target, location)
                pending.append(target)
    return bundle


def resolve(url: str, base: str, location: Location) -> str | None:
    """Return the workspace name of the file that `url` means inside the file `base`.

    A mere fragment (`#id`) is no file: None. Raises Refused for anything but a relative path.
    """
    try:
        parts = urlsplit(url)
        foreign = bool(parts.scheme or parts.netloc or parts.path.startswith("/") or "\\" in url)
    except ValueError:
        foreign = True
    if foreign:
        raise refuse(
            location,
            N_("“{url}” is not a file of this workspace."),
            N_("Put the file into the workspace and name it by a relative path."),
            url=url,
        )
    if not parts.path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))


def _urls(nodes: Iterable[Node]) -> Iterator[tuple[str, int]]:
    """Yield every URL in a tree of CSS nodes with its line."""
    for node in nodes:
        if node.type == "url":
            yield node.value, node.source_line
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            yield from (
                (n.value, n.source_line) for n in node.prelude if n.type in {"url", "string"}
            )
            continue
        elif node.type == "function" and node.lower_name == "url":
            yield from ((n.value, n.source_line) for n in node.arguments if n.type == "string")
        for children in ("prelude", "content", "arguments"):
            yield from _urls(getattr(node, children, None) or ())
