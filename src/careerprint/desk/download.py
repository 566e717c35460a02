"""Files that users keep from the desk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the user to keep: its name, content and media type."""

    name: str
    content: bytes
    kind: str
