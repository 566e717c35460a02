"""Copyfitting: finds the largest setting of a text that keeps to its page or pages.

A setting is a step on a scale that type size, leading and spacing climb together, and the number of
optional blocks that are left out. This module decides which settings to try; its caller lays them
out and measures. Nothing here is random, and nothing depends on earlier texts. So the same text is
always set the same: a setting from its last print is only confirmed.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from careerprint.layouts.declaration import Fit, Format

STEPS = 15  # 16 settings on the scale, about a quarter of a point apart; four halvings search them
# A first guess of how a page grows. Three fifths of it are text: its lines grow in height with type
# and leading, and nearly as much in number with the type. Measuring corrects the guess.
_GROWING_PART, _GROWTH = 0.6, 1.5
_PAGE_WITH_TEXT = 200  # mm: a larger page that has all its text has no more of it
_LEAST_GROWTH = 0.3  # of what is guessed: what is measured of a step that moved little is no rule


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: `step` from 0, the tightest, to `STEPS`; `left_out` optional blocks."""

    step: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """A setting's type size in pt, its leading in ems and its spacing factor."""

    type_size: float
    leading: float
    spacing: float


def measures_of(setting: Setting, fit: Fit) -> Measures:
    """Return what a setting means within the bounds of a layout."""
    part = setting.step / STEPS
    bounds = (fit.type_size, fit.leading, fit.spacing)
    return Measures(*(round(low + (high - low) * part, 3) for low, high in bounds))


def fit_to_page(
    excess: Callable[[Setting], float], chosen: Format, start: Setting | None = None
) -> Setting | None:
    """Return the largest setting with which the text keeps to one page, None if there is none.

    `excess` lays the text out and tells by how many mm it is longer than its page; it is negative
    where room is left. Optional blocks are left out one by one, until what remains has room in the
    type size that the first of them asks for; then the scale is climbed. `start` is the setting of
    the last print of the same text: to confirm it takes fewer layouts than to find it. Never give
    that of another text. Most texts grow with every step, but blocks side by side may close up and
    make a page shorter. Then several settings fit while the next one does not, and which of them is
    found depends on where the search begins.
    """
    excess = cache(excess)
    floors = [*(_step_of(block.at_least, chosen.fit) for block in chosen.optional), 0]
    if start is not None and _still_holds(start, floors, excess):
        return start
    tightest = [Setting(step, number) for number, step in enumerate(floors)]
    found = bisect_left(tightest, True, key=lambda setting: excess(setting) <= 0)
    growth = _guessed_growth(chosen.fit, min(chosen.height, _PAGE_WITH_TEXT))
    return _climbed(excess, tightest[found], growth) if tightest[found:] else None


def fit_to_pages(
    excess: Callable[[Setting], float],
    chosen: Format,
    start: Setting | None = None,
    most: int = 1,
) -> Setting:
    """Return the largest setting that takes no more pages than the tightest.

    `excess` lays the text out and tells by how many mm it is too long for these, at its longest
    place, which has `most` pages; it is negative where room is left. `start` is as for one page.
    """
    excess = cache(excess)
    if start is not None and _still_holds(start, [0], excess):
        return start
    return _climbed(excess, Setting(0), _guessed_growth(chosen.fit, chosen.height) * most)


def _still_holds(start: Setting, floors: list[int], excess: Callable[[Setting], float]) -> bool:
    """Tell whether a setting has room, the next one has none, and no block could come back."""
    if not 0 <= start.left_out < len(floors) or not floors[start.left_out] <= start.step <= STEPS:
        return False
    fuller, larger = start.left_out - 1, Setting(start.step + 1, start.left_out)
    return (
        excess(start) <= 0
        and (start.step == STEPS or excess(larger) > 0)
        and (fuller < 0 or excess(Setting(floors[fuller], fuller)) > 0)
    )


def _climbed(excess: Callable[[Setting], float], lowest: Setting, growth: float) -> Setting:
    """Return the largest setting that fits, from `lowest` up; `growth` is in mm a step.

    Between a step that fits and one that does not, the next to try is where the line through
    their measures meets the page's end.
    """
    low, high, least = lowest.step, STEPS + 1, growth * _LEAST_GROWTH
    left_over = -excess(lowest)
    while high - low > 1:
        step = min(max(low + int(left_over / growth), low + 1), high - 1)
        over = excess(Setting(step, lowest.left_out))
        growth = max((left_over + over) / (step - low), least)
        if over <= 0:
            low, left_over = step, -over
        else:
            high = step
    return Setting(low, lowest.left_out)


def _guessed_growth(fit: Fit, height: float) -> float:
    """Return by how many mm a page of a height may grow with a step."""
    (small, large), (tight, loose) = fit.type_size, fit.leading
    growth = (large / small) ** _GROWTH * loose / tight - 1
    return max(height * _GROWING_PART * float(growth) / STEPS, 0.1)


def _step_of(type_size: float, fit: Fit) -> int:
    """Return the lowest step whose type is at least `type_size` pt; the highest, if none is."""
    steps = range(STEPS + 1)
    reached = (s for s in steps if measures_of(Setting(s), fit).type_size >= type_size)
    return next(reached, STEPS)
