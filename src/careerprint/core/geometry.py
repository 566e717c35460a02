"""Lengths and areas of pages, as every phase means them."""

from dataclasses import dataclass

MM_PER_PX, MM_PER_PT = 25.4 / 96, 25.4 / 72  # CSS Values and Units 4, 6.2: absolute lengths


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a page, in mm from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float
