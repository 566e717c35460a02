"""Finds which frames share pages: those whose pages would stay empty if each had its own.

A template marks the frames that may begin on the page of the one before. Whether one does follows
from measures in the tightest setting, in which the text is laid out anyway.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from careerprint.typesetting.measure import LaidOutPage

# A page of which more is left, after its room has been spread, looks unfinished.
_SPARSE = 1 / 5
# A page of which more is left is the end of a text. What comes next begins there, however long.
_ALMOST_EMPTY = 3 / 5


def may_join(pages: Sequence[LaidOutPage]) -> frozenset[str]:
    """Return the names of the frames that may begin on the page of the one before them."""
    return frozenset(name for page in pages for name in page.joinable)


def sparse_pages(pages: Sequence[LaidOutPage], slack: float) -> int:
    """Return how many pages sharing could fill; a frame takes up `slack` mm of its own at most."""
    ends = {name: page for page in pages for name in page.frames}
    names, joinable = list(ends), may_join(pages)
    neighbours = {*joinable, *(a for a, b in pairwise(names) if b in joinable)}
    sparse = {
        id(ends[name]) for name in neighbours if _is_sparse(ends[name].free, ends[name], slack)
    }
    return len(sparse)


def sharing(
    apart: Sequence[LaidOutPage], alone: Sequence[LaidOutPage], slack: float
) -> frozenset[str]:
    """Return the names of the frames that begin on the page of the one before them.

    `apart` are the pages with none that does. In `alone` each frame is set as it is where it joins,
    yet on pages of its own. One joins where its own page or that of the one before is sparse and
    it has room whole, and where the page before is almost empty.
    """
    heights: dict[str, float] = defaultdict(float)
    for page in alone:
        for name in page.frames:
            heights[name] += page.used - page.top
    joinable, joining = may_join(apart), set()
    room = 0.0
    ends = {name: page for page in apart for name in page.frames}
    for name, page in ends.items():
        height = page.bottom - page.top
        is_wanted = _is_sparse(page.free, page, slack) or _is_sparse(room, page, slack)
        is_short = heights[name] <= room
        if name in joinable and (is_wanted if is_short else room > _ALMOST_EMPTY * height):
            joining.add(name)
            room = (room - heights[name]) % height
        else:
            room = page.free
    return frozenset(joining)


def behind_ends(pages: Sequence[LaidOutPage], joined: frozenset[str]) -> frozenset[str]:
    """Return the names of the frames that may join, and begin behind a page that is almost empty.

    So it may have come out where frames share pages: a panel that does not break moved on.
    """
    return frozenset(
        page.frames[0]
        for before, page in pairwise(pages)
        if page.frames
        and page.frames[0] in may_join(pages) - joined
        and page.frames[0] not in before.frames
        and before.free > _ALMOST_EMPTY * (before.bottom - before.top)
    )


def _is_sparse(free: float, page: LaidOutPage, slack: float) -> bool:
    return free > slack + _SPARSE * (page.bottom - page.top)
