"""Where the desk was left, and what was chosen there, so that it goes on like that."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from careerprint.core.diagnostics import writing
from careerprint.core.files import write_whole
from careerprint.desk.desk import Desk, alone
from careerprint.desk.history import HISTORY
from careerprint.desk.shown import Shown

_FILE = f"{HISTORY}/place.json"
_LONGEST = 300  # characters of an address within the page
_OF_PROFILE = re.compile(r"#/(?:write|check|release|translations/[^/]+)/([^/]+)")
_OF_LOCALE = re.compile(r"#/translations/([^/]+)")


@alone
def place(
    desk: Desk,
    place: str = "",
    printing: dict[str, str | bool] | None = None,
    names: dict[str, str] | None = None,
    left: dict[str, dict[str, list[str]]] | None = None,
    seen: dict[str, list[str]] | None = None,
) -> Shown:
    """Keep the address of a view, what is chosen for printing, and who approves and releases.

    `left` says of profiles which `locales`, `layouts` and `outputs` a release is to leave out.
    `seen` has of each what is told of it and may go out like that, as somebody who looked decided.
    Each is kept as far as it is given. Return what was kept last: `place`, `printing`, `names`,
    `left`, `seen`, the `profile` that was worked on, the `locale` whose translations were, and the
    `language` that was chosen for the desk.
    """
    before = _kept(desk)
    kept = before | ({} if printing is None else {"printing": printing})
    kept["names"] = before["names"] | (names or {})
    kept["left"] = before["left"] | (left or {})
    kept["seen"] = before["seen"] | (seen or {})
    if place.startswith("#/") and len(place) <= _LONGEST:
        kept["place"] = place
        found = _OF_PROFILE.match(place)
        if found and found[1] in desk.offering.profiles:
            kept["profile"] = found[1]
        if in_locale := _OF_LOCALE.match(place):
            kept["locale"] = in_locale[1]
    if kept != before:
        _keep(desk, kept)
    return kept


@alone
def speak(desk: Desk, language: Literal["de", "en"]) -> Shown:
    """Have the desk speak a language from now on."""
    desk.speak(language)
    _keep(desk, _kept(desk) | {"language": language})
    return {}


def _keep(desk: Desk, kept: Mapping[str, Any]) -> None:
    file = desk.root / _FILE
    with writing(_FILE):
        file.parent.mkdir(exist_ok=True)
        write_whole(file, json.dumps(kept).encode())


def _kept(desk: Desk) -> dict[str, Any]:
    """Return what was kept; what nothing here has written counts as nothing."""
    kept: dict[str, Any] = {"place": "", "profile": "", "locale": "", "language": ""}
    kept |= {"printing": {}, "names": {}, "left": {}, "seen": {}}
    try:
        found = json.loads((desk.root / _FILE).read_bytes())
        known = {k: found[k] for k in kept if k in found and isinstance(found[k], type(kept[k]))}
    except (OSError, ValueError, TypeError):
        return kept
    return kept | known if str(known.get("place") or "#/").startswith("#/") else kept
