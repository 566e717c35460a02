"""Adds fonts for scripts that the layouts' own lack: each folder below `fonts/` is a family.

Nothing is declared. What of a text no font in `fonts/` itself has is set in the first of the
families, by name, that has it. Latin letters and digits stay those of the layouts.
"""

import io
import struct
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from careerprint.core.reader import Reader

FOLDER = "fonts"
_SUFFIXES = (".ttf", ".otf")
_ITALIC = 1  # the bit of fsSelection (OpenType, OS/2)
_SEGMENTS, _GROUPS = 4, (12, 13)  # formats of cmap that name characters by their first and last
_MOST_CLAIMED = 4 * 0x110000  # Unicode, in each of some tables


@dataclass(frozen=True, slots=True)
class FontFile:
    """What is known of a font file: its characters, its weight, and whether it is italic."""

    characters: frozenset[int]
    weight: int = 400
    is_italic: bool = False


UNKNOWN = FontFile(frozenset())


def further_fonts(reader: Reader, text: Set[str]) -> tuple[str, dict[str, bytes]]:
    """Return CSS that declares the families which a text needs, and their files by name.

    `text` is the set of its characters. The property `--further-fonts` lists the families; there
    is none where the layouts' fonts have every character, and then no font file is read.
    """
    by_family = _families(reader)
    if not by_family:
        return "", {}
    lacking = set(map(ord, text)) - covered(reader, font_files(reader, is_further=False))
    rules: list[str] = []
    found: dict[str, bytes] = {}
    used: list[str] = []
    for family, names in by_family.items():
        files = {name: reader.read_bytes(name) for name in names} if lacking else {}
        known = {name: examined(content) for name, content in files.items()}
        # One that cannot be read is taken along: typesetting says that it is damaged.
        needed = any(each is None or each.characters & lacking for each in known.values())
        if not needed:
            continue
        used.append(f'"Careerprint {_quoted(family)}"')
        found |= files
        rules += (
            _rule(family, name, each or FontFile(frozenset())) for name, each in known.items()
        )
        lacking -= {c for each in known.values() if each for c in each.characters}
    if not used:
        return "", {}
    return "\n".join((*rules, f":root {{ --further-fonts: {', '.join(used)}; }}\n")), found


def font_files(reader: Reader, *, is_further: bool) -> list[str]:
    """Return the names of the font files in folders below `fonts/`, or of those in it itself."""
    names = (name for suffix in _SUFFIXES for name in reader.tree(FOLDER, suffix))
    return sorted(name for name in names if (name.count("/") > 1) == is_further)


def covered(reader: Reader, names: list[str]) -> set[int]:
    """Return the code points of all characters that fonts have."""
    found = (examined(reader.read_bytes(name)) for name in names)
    return {character for each in found if each for character in each.characters}


@lru_cache(maxsize=64)
def examined(content: bytes) -> FontFile | None:
    """Return what is known of a font file; None for one that cannot be read."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            if _claimed(font.reader["cmap"]) > _MOST_CLAIMED:
                return None
            style = font["OS/2"]
            return FontFile(
                frozenset(font.getBestCmap() or ()),
                max(1, min(1000, style.usWeightClass)),
                bool(style.fsSelection & _ITALIC),
            )
    except MemoryError:
        raise
    except Exception:
        return None


def _claimed(cmap: bytes) -> int:
    """Return how many characters a font's table says that it has, those named twice counted twice.

    A few bytes can claim a million again and again, and the library would make a list of them all.
    Source: OpenType 1.9, cmap: formats 4, 12 and 13, whose segments do not overlap
    """
    count = 0
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        (start,) = struct.unpack_from(">I", cmap, 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", cmap, start)
        if form == _SEGMENTS:
            (doubled,) = struct.unpack_from(">H", cmap, start + 6)
            ends = struct.unpack_from(f">{doubled // 2}H", cmap, start + 14)
            starts = struct.unpack_from(f">{doubled // 2}H", cmap, start + 16 + doubled)
            spans = zip(starts, ends, strict=True)
        elif form in _GROUPS:
            (groups,) = struct.unpack_from(">I", cmap, start + 12)
            numbers = struct.unpack_from(f">{3 * groups}I", cmap, start + 16)
            spans = zip(numbers[::3], numbers[1::3], strict=True)
        else:
            continue
        count += sum(max(0, last - first + 1) for first, last in spans)
    return count


def _families(reader: Reader) -> dict[str, list[str]]:
    """Return the names of the files of each family, which is called as its folder."""
    families: dict[str, list[str]] = {}
    for name in font_files(reader, is_further=True):
        families.setdefault(name.split("/")[1], []).append(name)
    return families


def _rule(family: str, name: str, known: FontFile) -> str:
    style = "italic" if known.is_italic else "normal"
    return (
        f'@font-face {{ font-family: "Careerprint {_quoted(family)}"; src: url("{_quoted(name)}");'
        f" font-weight: {known.weight}; font-style: {style}; }}"
    )


def _quoted(text: str) -> str:
    """Return a text as it stands in a string of CSS, or in an address within one."""
    return "".join(_escaped(text))


def _escaped(text: str) -> Iterator[str]:
    for character in text:
        is_plain = character.isalnum() or character in " ._-/"
        yield character if is_plain else f"\\{ord(character):x} "
