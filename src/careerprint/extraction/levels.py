"""Finds the level of each heading that a file marks: by style, and by sense where styles mix."""

import re
from collections.abc import Mapping, Sequence

from careerprint.manuscripts.manuscript import Manuscript, Paragraph
from careerprint.manuscripts.occupations import names_occupation
from careerprint.profiles.roles import role_said

LONGEST_HEADING = 100
# A line that says one thing of another: "Dauer: 3 Jahre", "1. Jahr 1.020 €".
_ROW = re.compile(r"[^:]{2,60}: (?:ca\. |rund |etwa |ab |bis )?\d|.{2,60}\d\s?(?:€|Euro|EUR)(?!\w)")
_REACHED = re.compile(r"\S@\S|\bwww\.|https?:")  # a mailbox or a page is no heading


def marked_headings(manuscript: Manuscript) -> tuple[dict[int, int], list[int]]:
    """Return the headings that the file marks: position → 0 for the title, 1, or 2 for one within.

    Their levels are counted from those that occur: the highest is the title's where it occurs once
    and others follow, or where the text begins with it. Return, too, the first heading of all, and
    those below it that stand beside it by sense, if there are any.
    """
    texts = manuscript.paragraphs
    levels = {i: p.level for i, p in enumerate(texts) if p.kind == "heading"}
    ranks = sorted(set(levels.values()))
    top = [position for position, level in levels.items() if level == ranks[0]]
    is_title = len(top) == 1 and (
        top[0] == 0 or (len(ranks) > 1 and not (_says(texts[top[0]]) and could_head(texts[0])))
    )
    lowest = 0 if is_title or 0 in ranks else 1
    found = {i: min(ranks.index(level) + lowest, 2) for i, level in levels.items()}
    # The first of several alike is the title above another, or where it names an occupation.
    if lowest and found.get(0) == 1 and (found.get(1) == 1 or _names(texts[0].text)):
        found[0] = 0
    beside = _beside(texts, found, levels)
    return found | dict.fromkeys(beside, 1), beside


def _beside(
    texts: Sequence[Paragraph], found: Mapping[int, int], levels: Mapping[int, int]
) -> list[int]:
    """Return the only section's heading, and those within it that tell of something else.

    So it is where somebody has styled the first heading alone, and others by hand. A heading with
    no text of its own holds what stands below it.
    """
    heads = [at for at, level in found.items() if level == 1]
    below = [at for at, level in found.items() if level > 1]
    if len(heads) != 1 or not below or heads[0] > below[0] or heads[0] + 1 == below[0]:
        return []
    above = role_said(texts[heads[0]].text)
    if not any(_says(texts[at]) and role_said(texts[at].text) != above for at in below):
        return []
    highest = min(levels[at] for at in below)
    beside = heads
    for at in below:
        role = role_said(texts[at].text)
        if levels[at] == highest or (_says(texts[at]) and role != above):
            beside.append(at)
            above = role
    return beside


def _says(paragraph: Paragraph) -> bool:
    """Tell whether the words of a heading say what a section tells of."""
    return role_said(paragraph.text) != ""


def _names(line: str) -> bool:
    """Tell whether a line names an occupation, and asks or heads nothing."""
    return names_occupation(line) and not (line.endswith("?") or role_said(line))


def could_head(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is short enough for a heading, and no row, sentence or contact."""
    return (
        paragraph.kind in {"text", "heading"}
        and len(paragraph.text) <= LONGEST_HEADING
        and not paragraph.text.endswith((".", ",", ";"))
        and not paragraph.text.startswith("(")
        and not _REACHED.search(paragraph.text)
        and not _ROW.match(paragraph.text)
        and any(letter.isalpha() for letter in paragraph.text)
    )


def is_row(text: str) -> bool:
    """Tell whether a line says one thing of another."""
    return len(text) <= LONGEST_HEADING and _ROW.match(text) is not None
