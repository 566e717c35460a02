"""Collects the bytes that a document needs besides its HTML: style sheets, fonts, pictures.

A bundle maps names to bytes. The names are the files' names in the workspace, so that relative
URLs in a style sheet resolve inside the bundle as they do on the disk.
"""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

import tinycss2
from tinycss2.ast import Node

from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.reader import Reader
from careerprint.layouts.art import with_art

# The base of a bundle's names as addresses. RFC 6761 reserves .invalid: no such host can exist.
BUNDLE_URL = "http://bundle.invalid/"
TEXTS = (".css", ".svg")  # files besides the HTML whose text is set


def collect_styles(
    reader: Reader, names: Iterable[str], text: str, art: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the style sheets `names` and every file that they refer to.

    `art` says what {field} and {town} stand for in addresses.

    A font with a `unicode-range` (CSS Fonts 4, 4.5) is part of the bundle where a character of that
    range stands in `text`, in a style sheet or in a drawing. Otherwise its @font-face rule is left
    out, too, so that a document depends on no font that it cannot use. Raises Refused for a file
    that is absent and for an address outside the workspace.
    """
    bundle: dict[str, bytes] = {}
    style_sheets: dict[str, list[Node]] = {}
    pending = list(names)
    while pending:
        name = pending.pop()
        if name in bundle:
            continue
        bundle[name] = reader.read_bytes(name)
        if name.endswith(TEXTS):
            text += bundle[name].decode("utf-8", "ignore")
        if name.endswith(".css"):
            try:
                style_sheet = with_art(reader.read_text(name), art)
                bundle[name] = style_sheet.encode()
                style_sheets[name] = tinycss2.parse_stylesheet(style_sheet)
                pending += _files(reader, (n for n in style_sheets[name] if not _ranges(n)), name)
            except RecursionError:
                raise refuse(
                    name,
                    N_("The brackets of this style sheet are nested too deeply."),
                    N_("Delete the superfluous brackets."),
                ) from None
    characters = set(map(ord, text))
    for name, nodes in style_sheets.items():
        fonts = [node for node in nodes if _ranges(node)]
        ranges = ((font, _ranges(font)) for font in fonts)
        unused = [f for f, r in ranges if not any(a <= c <= b for a, b in r for c in characters)]
        for target in _files(reader, (font for font in fonts if font not in unused), name):
            bundle[target] = reader.read_bytes(target)
        if unused:
            bundle[name] = _without(unused, nodes).encode()
    return bundle


def _files(reader: Reader, nodes: Iterable[Node], base: str) -> Iterator[str]:
    """Yield the names of the files that CSS in the file `base` refers to."""
    for url, line in _urls(nodes):
        location = Location(base, line)
        target = resolve(url, base, location)
        if target is not None:
            reader.read_bytes(target, location)
            yield target


def _ranges(node: Node) -> list[tuple[int, int]]:
    """Return the first and last code points of a font's ranges; [] for anything but a font."""
    if node.type != "at-rule" or node.lower_at_keyword != "font-face":
        return []
    return [
        (token.start, token.end)
        for declaration in tinycss2.parse_blocks_contents(node.content or [])
        if declaration.type == "declaration" and declaration.lower_name == "unicode-range"
        for token in declaration.value
        if token.type == "unicode-range"
    ]


def _without(rules: Collection[Node], nodes: Iterable[Node]) -> str:
    """Return a style sheet's nodes as text without some rules; the other rules keep their lines."""
    texts = ((node.serialize(), node in rules) for node in nodes)
    return "".join("\n" * text.count("\n") if is_out else text for text, is_out in texts)


def resolve(url: str, base: str, location: Location) -> str | None:
    """Return the file that `url` means in the file `base`, None for `#id`; raises Refused."""
    try:
        parts = urlsplit(url)
        path = unquote(parts.path)
        foreign = bool(parts.scheme or parts.netloc or path.startswith("/") or "\\" in path)
    except ValueError:
        path, foreign = "", True
    if foreign:
        raise refuse(
            location,
            N_("“{url}” is not a file of this workspace."),
            N_("Put the file into the workspace and name it by a relative path."),
            url=url,
        )
    if not path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def _urls(nodes: Iterable[Node]) -> Iterator[tuple[str, int]]:
    """Yield every URL in a tree of CSS nodes with its line."""
    for node in nodes:
        if node.type == "url":
            yield node.value, node.source_line
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            yield from ((n.value, n.source_line) for n in node.prelude if n.type == "string")
        elif node.type == "function" and node.lower_name == "url":
            yield from ((n.value, n.source_line) for n in node.arguments if n.type == "string")
        for children in ("prelude", "content", "arguments"):
            yield from _urls(getattr(node, children, None) or ())
