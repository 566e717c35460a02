"""Lengths and areas of pages, as every phase means them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

MM_PER_INCH, PT_PER_INCH, PX_PER_INCH = 25.4, 72, 96  # CSS Values and Units 4, 6.2
MM_PER_PX, MM_PER_PT = MM_PER_INCH / PX_PER_INCH, MM_PER_INCH / PT_PER_INCH
PT_PER_MM, PT_PER_PX = PT_PER_INCH / MM_PER_INCH, PT_PER_INCH / PX_PER_INCH

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a page, in mm from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, areas: Iterable[Self]) -> Self:
        """Return the smallest rectangle that holds all of these, at least one."""
        lefts, tops, rights, bottoms = zip(
            *((area.left, area.top, area.right, area.bottom) for area in areas), strict=True
        )
        return cls(min(lefts), min(tops), max(rights), max(bottoms))


def enclosed(points: Iterable[Point], corner: Point) -> Rectangle:
    """Return what points of a PDF's page enclose, in mm.

    Points are in pt from the bottom left; `corner` is the top left of what is trimmed.
    """
    across, up = zip(*points, strict=True)
    left, top = corner
    return Rectangle(
        (min(across) - left) * MM_PER_PT,
        (top - max(up)) * MM_PER_PT,
        (max(across) - left) * MM_PER_PT,
        (top - min(up)) * MM_PER_PT,
    )
