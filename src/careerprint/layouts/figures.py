"""What templates draw figures with and Jinja lacks; all else of a figure stands in its template."""

_STEPS: tuple[int, ...] = tuple(factor * 10**power for power in range(10) for factor in (1, 2, 5))


def nice_step(least: float) -> int:
    """Return the distance for the ticks of an axis: 1, 2 or 5 times a power of ten, and no less.

    Raises ValueError for more than 5,000,000,000.
    """
    for step in _STEPS:
        if step >= least:
            return step
    raise ValueError("no axis is as long as that")
