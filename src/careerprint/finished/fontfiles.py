"""The fonts of a PDF: what they are called, and their files where these are embedded.

Source: ISO 32000-1, 9.6 to 9.9
"""

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Stream

from careerprint.finished.streams import PdfObject, decoded_stream, name_of

_TAG = re.compile(r"^[A-Z]{6}\+")  # before the name of a font of which a part is embedded
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def font_files(font: PdfObject) -> Iterator[tuple[str, bytes | None]]:
    """Yield what a font is called, and its file, None where that is not embedded.

    A composite font has those below it, and the glyphs of a Type 3 font are drawings: it has none.
    """
    kind = font.get(Name.Subtype)
    if kind == Name.Type0:
        for below in font.get(Name.DescendantFonts, Array()):
            yield from font_files(below)
    elif kind != Name.Type3:
        descriptor = font.get(Name.FontDescriptor, Dictionary())
        files = (descriptor.get(key) for key in _FILES)
        stream = next((file for file in files if isinstance(file, Stream)), None)
        name = _TAG.sub("", name_of(font.get(Name.BaseFont, "–")))
        yield name, None if stream is None else decoded_stream(stream)


def is_by_glyph(font: PdfObject) -> bool:
    """Tell whether the codes of a font's texts are numbers of glyphs, two bytes each."""
    if font is None or font.get(Name.Encoding) != Name("/Identity-H"):
        return False
    (below,) = font.get(Name.DescendantFonts, [Dictionary()])
    return bool(below.get(Name.CIDToGIDMap, Name.Identity) == Name.Identity)
