"""What templates draw figures with and Jinja lacks: QR codes, and the ticks of axes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp
from markupsafe import Markup

QUIET = 4  # modules around a QR code that stay light (ISO/IEC 18004, 6.3.8)
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
        path = "".join(f"M{left} {above + 0.5}h{length}" for left, above, length in self.strokes)
        drawing = '<svg viewBox="0 0 {0} {0}"><title>{1}</title><path stroke="#000" d="{2}"/></svg>'
        return Markup(drawing).format(self.side, description, path)  # noqa: S704 - ours


@lru_cache(maxsize=64)  # the flyers of a fair have the same code in all languages
def qr_code(content: str) -> Code:
    """Return a QR code: error correction M, four modules of quiet zone (ISO/IEC 18004)."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows = memoryview(picture).tolist()
    strokes = (
        (QUIET + dark.start(), QUIET + above, dark.end() - dark.start())
        for above, row in enumerate(rows)
        for dark in _DARK.finditer(bytes(row))
    )
    return Code(len(rows) + 2 * QUIET, tuple(strokes))


_STEPS: tuple[int, ...] = tuple(factor * 10**power for power in range(10) for factor in (1, 2, 5))


def nice_step(least: float) -> int:
    """Return the distance for the ticks of an axis: 1, 2 or 5 times a power of ten, and no less.

    Raises ValueError for more than 5,000,000,000.
    """
    for step in _STEPS:
        if step >= least:
            return step
    raise ValueError("no axis is as long as that")
