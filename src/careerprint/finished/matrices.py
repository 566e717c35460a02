"""Coordinates in PDFs: matrices, and what points enclose in mm of the trimmed page.

Source: ISO 32000-1, 8.3.3 and 8.3.4
"""

from collections.abc import Iterable, Sequence

from careerprint.core.geometry import MM_PER_PT, Rectangle

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(numbers: Sequence[object] | None) -> Matrix:
    """Return six numbers of a PDF as a matrix, and that which changes nothing for None.

    Raises ValueError for anything else.
    """
    if numbers is None:
        return IDENTITY
    a, b, c, d, e, f = (float(str(number)) for number in numbers)
    return a, b, c, d, e, f


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does what `first` and `then` do, one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def applied(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def corners(matrix: Matrix, width: float = 1, height: float = 1) -> list[Point]:
    """Return where a matrix puts the corners of a rectangle that starts at the origin."""
    return [applied(matrix, x, y) for x in (0, width) for y in (0, height)]


def enclosed(points: Iterable[Point], corner: Point) -> Rectangle:
    """Return what points in pt enclose, in mm; `corner` is the top left of what is trimmed."""
    across, up = zip(*points, strict=True)
    left, top = corner
    return Rectangle(
        (min(across) - left) * MM_PER_PT,
        (top - max(up)) * MM_PER_PT,
        (max(across) - left) * MM_PER_PT,
        (top - min(up)) * MM_PER_PT,
    )
