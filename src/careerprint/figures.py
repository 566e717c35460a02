"""What templates draw figures with: the axis of a pay chart, a QR code."""

import segno
from markupsafe import Markup

from careerprint.content import PayRange

MOST_TICKS = 4  # distances on a pay axis; labels of more would touch on the narrowest chart
_ROUND_STEPS = tuple(factor * 10**power for power in range(10) for factor in (1, 2, 5))


def pay_scale(ranges: tuple[PayRange, ...]) -> tuple[int, int, int]:
    """Return a pay chart's axis in whole euros: lower end, upper end, distance of its ticks.

    The ends are multiples of the distance and leave room on both sides of what is paid.
    """
    low = min(r.min or r.max for r in ranges)
    high = max(r.max for r in ranges)
    step = next(s for s in _ROUND_STEPS if s * MOST_TICKS >= high - low)
    room = step // 2 if any(r.open_top and r.max == high for r in ranges) else 0  # for an arrow
    return (low - 1) // step * step, ((high + room) // step + 1) * step, step


def qr_code(content: str, description: str) -> Markup:
    """Return a QR code (error correction M, four modules of quiet zone: ISO/IEC 18004) as SVG."""
    code = segno.make(content, error="m", micro=False, boost_error=False)
    return Markup(code.svg_inline(border=4, omitsize=True, title=description))  # noqa: S704 - segno escapes
