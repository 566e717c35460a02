"""Marks each page of a draft as such: "ENTWURF" or "DRAFT" across it, in outline.

The word is drawn, not set: it is no text of the document, needs no font, and is no part of what a
screen reader says.
"""

from collections.abc import Sequence
from math import cos, radians, sin
from typing import Any

from careerprint.composing.job import Job
from careerprint.core.targets import ColourModel

WORDS = {"de": "ENTWURF"}
ELSEWHERE = "DRAFT"
_ANGLE, _SHARE = 35, 0.75  # degrees, and the part of the page's shorter side that the word takes
_STATE = "draft"
_INK = {ColourModel.RGB: "0.75 0.1 0.1 RG", ColourModel.CMYK: "0 0.9 0.9 0.1 K"}
# Letters as lines on a grid that is 4 wide and 6 high; a step takes 5.5.
_LETTERS = {
    "E": "4 0 0 0 0 6 4 6|0 3 3 3",
    "N": "0 0 0 6 4 0 4 6",
    "T": "0 6 4 6|2 6 2 0",
    "W": "0 6 1 0 2 4 3 0 4 6",
    "U": "0 6 0 1 1 0 3 0 4 1 4 6",
    "R": "0 0 0 6 3 6 4 5 4 4 3 3 0 3|2 3 4 0",
    "F": "0 0 0 6 4 6|0 3 3 3",
    "D": "0 0 0 6 2.5 6 4 4.5 4 1.5 2.5 0 0 0",
    "A": "0 0 2 6 4 0|0.7 2 3.3 2",
}
_STEP, _HEIGHT, _PEN = 5.5, 6.0, 0.6


def mark_as_draft(pdf: Any, job: Job) -> None:  # noqa: ANN401 - pydyf is untyped
    """Draw the word for a draft, in the edition's language, across each page of pydyf's PDF."""
    from pydyf import Dictionary

    word = WORDS.get(job.locale.partition("-")[0], ELSEWHERE)
    known = {found.reference: found for found in pdf.objects}
    pages = [found for found in pdf.objects if isinstance(found, dict)]
    for page in (found for found in pages if found.get("Type") == "/Page"):
        known[page["Resources"]]["ExtGState"][_STATE] = Dictionary({"CA": 0.35})
        box = page["TrimBox"] if "TrimBox" in page else page["MediaBox"]
        drawn = _drawing(word, box, job.target.colour_model)
        content = known[page["Contents"]].stream
        content.insert(0, "q")
        content += ("Q", drawn)


def _drawing(word: str, box: Sequence[float], colours: ColourModel) -> str:
    """Return a word from the bottom left towards the top right of a box, as an artifact."""
    left, bottom, right, top = box
    length = len(word) * _STEP - (_STEP - 4)
    scale = _SHARE * min(right - left, top - bottom) / (length * cos(radians(_ANGLE)))
    turn, rise = scale * cos(radians(_ANGLE)), scale * sin(radians(_ANGLE))
    across, up = length / 2, _HEIGHT / 2
    x = (left + right) / 2 - across * turn + up * rise
    y = (bottom + top) / 2 - across * rise - up * turn
    lines = [
        "/Artifact BMC q",
        f"/{_STATE} gs {_INK[colours]} {_PEN} w 1 J 1 j",
        f"{turn:.4f} {rise:.4f} {-rise:.4f} {turn:.4f} {x:.3f} {y:.3f} cm",
    ]
    for place, letter in enumerate(word):
        for stroke in _LETTERS[letter].split("|"):
            numbers = list(map(float, stroke.split()))
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            drawn = (
                f"{px + place * _STEP:g} {py:g} {'l' if number else 'm'}"
                for number, (px, py) in enumerate(points)
            )
            lines.append(" ".join((*drawn, "S")))
    return "\n".join((*lines, "Q EMC"))
