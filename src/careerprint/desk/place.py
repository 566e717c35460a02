"""Where the desk was left, so that it opens there again."""

from careerprint.core.diagnostics import writing
from careerprint.core.files import write_whole
from careerprint.desk.desk import Desk
from careerprint.desk.history import HISTORY
from careerprint.desk.shown import Shown

_FILE = f"{HISTORY}/place"
_LONGEST = 300  # characters of an address within the page


def place(desk: Desk, place: str = "") -> Shown:
    """Keep the address of a view, if one is given; return the one that was kept last."""
    file = desk.root / _FILE
    if place.startswith("#/") and len(place) <= _LONGEST:
        with writing(_FILE):
            file.parent.mkdir(exist_ok=True)
            write_whole(file, place.encode())
        return {"place": place}
    try:
        kept = file.read_text("utf-8")[:_LONGEST]
    except (OSError, UnicodeDecodeError):
        return {"place": ""}
    return {"place": kept if kept.startswith("#/") else ""}
