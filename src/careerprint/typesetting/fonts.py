"""Tells whether a font file is whole."""

import io

# What no character can be set without. Source: OpenType 1.9, "Required Tables".
REQUIRED = {"cmap", "head", "hhea", "hmtx", "maxp"}


def font_fault(content: bytes) -> str:
    """Return why a TrueType or OpenType file is damaged, empty if each table has its check sum."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(content), checkChecksums=2) as font:
            for tag in font.reader.keys():  # noqa: SIM118 - a reader is no mapping
                font.reader[tag]
            missing = REQUIRED - set(font.reader.keys())
    except MemoryError:
        raise
    except Exception as failure:  # what a library makes of bytes that anybody may have written
        return str(failure) or type(failure).__name__
    return f"without the tables {', '.join(sorted(missing))}" if missing else ""
