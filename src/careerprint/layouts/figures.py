"""What templates draw figures with: axis and bars of a pay chart, a QR code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp
from markupsafe import Markup

from careerprint.profiles.content import PayRange

MOST_TICKS = 4  # distances on a pay axis; labels of more would touch on the narrowest chart
FINEST = 100  # no distance is less than this part of what is paid, however little pay differs
QUIET = 4  # modules around a QR code that stay light (ISO/IEC 18004, 6.3.8)
_DARK = re.compile(b"\0+")  # dark modules in a row
_ROUND_STEPS = tuple(factor * 10**power for power in range(10) for factor in (1, 2, 5))


def pay_scale(ranges: Sequence[PayRange]) -> tuple[int, int, int]:
    """Return a pay chart's axis in whole euros: lower end, upper end, distance of its ticks.

    The ends are multiples of the distance and leave room on both sides of what is paid.
    """
    low = min(r.max if r.min is None else r.min for r in ranges)
    high = max(r.max for r in ranges)
    least = max((high - low) / MOST_TICKS, high / FINEST)
    step = next(s for s in _ROUND_STEPS if s >= least)
    below = step // 2 if any(r.min is None and r.max == low for r in ranges) else 0  # for its bar
    above = step // 2 if any(r.open_top and r.max == high for r in ranges) else 0  # for an arrow
    bottom = (low - 1 - below) // step * step
    return max(bottom, 0), ((high + above) // step + 1) * step, step


def pay_bars(
    ranges: Sequence[PayRange], width: float, least: float
) -> tuple[tuple[float, float], ...]:
    """Return where the bar of each range starts and ends, in mm on an axis `width` mm long.

    The bar of a range without a lower end rises out of where the stage before ends or, where that
    is no lower than its own end, out of the axis's. No bar is narrower than `least` mm: where both
    ends are known, it grows around them, else backwards from the upper one.
    """
    low, high, _ = pay_scale(ranges)
    unit = width / (high - low)
    bars = []
    for begin, pay in zip(_beginnings(ranges, low), ranges, strict=True):
        start, end = (begin - low) * unit, (pay.max - low) * unit
        lacking = max(least - (end - start), 0)
        shift = lacking if pay.min is None else lacking / 2
        start = min(max(start - shift, 0), width - least)
        bars.append((round(start, 2), round(max(end, start + least), 2)))
    return tuple(bars)


def _beginnings(ranges: Sequence[PayRange], low: int) -> Iterator[int]:
    """Yield from how many euros on each range is drawn; `low` is the axis's lower end."""
    reached = [low, *(pay.max for pay in ranges)]
    for before, pay in zip(reached, ranges, strict=False):
        yield pay.min if pay.min is not None else before if before < pay.max else low


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: how many modules it is wide, its quiet zone included, and its strokes.

    A stroke is as many dark modules in a row: how many are left of it and above it, and how many
    it is long.
    """

    side: int
    strokes: tuple[tuple[int, int, int], ...]

    def drawing(self, description: str) -> Markup:
        """Return the code as SVG."""
        path = "".join(f"M{left} {above + 0.5}h{length}" for left, above, length in self.strokes)
        drawing = '<svg viewBox="0 0 {0} {0}"><title>{1}</title><path stroke="#000" d="{2}"/></svg>'
        return Markup(drawing).format(self.side, description, path)  # noqa: S704 - ours


@lru_cache(maxsize=64)  # a fair's flyers say the same in all languages
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
