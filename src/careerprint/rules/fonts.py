"""Rules of finished PDFs: fonts are in the file, from the workspace, and have every character."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from careerprint.core.diagnostics import N_
from careerprint.finished.findings import Finding
from careerprint.rules.case import Aspect, Case, rule

_POSTSCRIPT = 6  # OpenType, name table: the identifier of the PostScript name


@rule("font-embedded", reads={Aspect.PAINTS})
def fonts_embedded(case: Case) -> Iterator[Finding]:
    """Yield `font-embedded`: every font is in the file, whole or in part.

    Source: ISO 14289-1, 7.21.4.1; ISO 19005-2, 6.2.11.4.1; ISO 15930-7.
    """
    for name, content in sorted(case.found.painted.fonts.items(), key=lambda font: font[0]):
        if content is None:
            yield case.spot().fault(
                N_("The font {name} is not embedded."),
                N_("Use a font file of the workspace."),
                name=name,
            )


@rule("font-foreign", reads={Aspect.PAINTS})
def fonts_known(case: Case) -> Iterator[Finding]:
    """Yield `font-foreign`: each font is one of those that the job came with (our convention).

    What a font is called in the PDF says little; what counts is the name in the embedded file.
    """
    if case.job is None:
        return
    known = {postscript_name(content) for content in case.job.bundle.fonts.values()}
    for name, content in sorted(case.found.painted.fonts.items(), key=lambda font: font[0]):
        own = None if content is None else postscript_name(content)
        if own is None and None in known:  # two without a name cannot be told apart
            continue
        if content is not None and (own or name) not in known:
            yield case.spot().fault(
                N_("The font {name} is none of the workspace's."),
                N_("Declare it with @font-face in a style sheet, and put its file into fonts/."),
                name=own or name,
            )


@rule("glyph-missing", reads={Aspect.PAINTS})
def glyphs_there(case: Case) -> Iterator[Finding]:
    """Yield `glyph-missing`: no character is shown as the empty box of a font that lacks it.

    Source: ISO 14289-1, 7.21.8; ISO 19005-2, 6.2.11.8: no reference to the .notdef glyph.
    """
    for blank in case.found.painted.blanks:
        yield case.spot(blank.page, blank.place).fault(
            N_("The font {name} lacks a character of this text."),
            N_(
                "Write it with other characters, or put a font that has it into a folder in fonts/."
            ),
            name=blank.font,
        )


@lru_cache(maxsize=64)
def postscript_name(font: bytes) -> str | None:
    """Return the PostScript name that a font file has in its name table, if there is one."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(BytesIO(font), lazy=True) as read:
            found: str | None = read["name"].getDebugName(_POSTSCRIPT)
    except MemoryError:
        raise
    except Exception:  # what a library makes of bytes that anybody may have written
        return None
    return found
