"""What templates draw figures with and Jinja lacks: QR codes, and the ticks of axes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp
from markupsafe import Markup

QUIET = 4  # modules around a QR code that stay light (ISO/IEC 18004, 6.3.8)
_DRAWING = '<svg viewBox="0 0 {0} {0}"><title>{1}</title><path stroke="#000" d="{2}"/></svg>'
_DARK = re.compile(b"\0+")  # dark modules in a row


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: its width in modules, quiet zone included, and its strokes.

    A stroke is a run of dark modules in a row: the number of modules left of it and above it, and
    its length.
    """

    side: int
    strokes: tuple[tuple[int, int, int], ...]

    def drawing(self, description: str) -> Markup:
        """Return the code as SVG."""
        return Markup(_DRAWING).format(self.side, description, self._path)  # noqa: S704 - ours

    @property
    def _path(self) -> str:
        return "".join(f"M{left} {above + 0.5}h{length}" for left, above, length in self.strokes)

    def replaced(self, html: str, other: "Code") -> str:
        """Return HTML in which another code stands wherever this one is drawn."""
        before, _, after = _DRAWING.partition("{1}")
        here, there = (
            (before.format(c.side), after.replace("{2}", c._path)) for c in (self, other)
        )
        drawn = f"{re.escape(here[0])}([^<]*){re.escape(here[1])}"
        return re.sub(drawn, lambda found: f"{there[0]}{found[1]}{there[1]}", html)


@lru_cache(maxsize=64)  # the flyers of a fair have the same code in all languages
def qr_code(content: str) -> Code:
    """Return a QR code: error correction M, four modules of quiet zone (ISO/IEC 18004)."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    modules, count = picture.tobytes(), picture.shape[0]
    strokes = (
        (QUIET + dark.start() - start, QUIET + above, dark.end() - dark.start())
        for above, start in enumerate(range(0, count * count, count))
        for dark in _DARK.finditer(modules, start, start + count)
    )
    return Code(count + 2 * QUIET, tuple(strokes))


_STEPS: tuple[int, ...] = tuple(factor * 10**power for power in range(10) for factor in (1, 2, 5))


def nice_step(least: float) -> int:
    """Return the distance for the ticks of an axis: 1, 2 or 5 times a power of ten, and no less.

    Raises ValueError for more than 5,000,000,000.
    """
    for step in _STEPS:
        if step >= least:
            return step
    raise ValueError("no axis is as long as that")
