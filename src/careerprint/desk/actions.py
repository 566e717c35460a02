"""What the desk's page can ask for, by name: functions of the desk that take and return plain data.

The server checks what a request brings against a function's parameters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from careerprint.desk import bringing, home, place


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the user to keep: its name, content and media type."""

    name: str
    content: bytes
    kind: str


ACTIONS: Mapping[str, Callable[..., Any]] = {
    "place": place.place,
    "home": home.home,
    "languages": home.languages,
    "bring-try": bringing.tried,
    "bring-make": bringing.made,
    "bring-begin": bringing.begun,
    "bring-original": bringing.original,
}
"""Functions whose first parameter is the desk; what they return, JSON can hold."""

DOWNLOADS: Mapping[str, Callable[..., Download | None]] = {}
"""Functions likewise, each of which makes a file; None where there is none."""
