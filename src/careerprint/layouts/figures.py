"""What templates draw a pay chart with: its axis and its bars."""

from collections.abc import Iterator, Sequence

from careerprint.profiles.facts import PayRange

MOST_TICKS = 4  # distances on a pay axis; labels of more would touch on the narrowest chart
FINEST = 100  # no distance is less than this part of what is paid, however little pay differs
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
