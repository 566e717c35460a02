"""Files that users keep from the desk."""

from dataclasses import dataclass
from pathlib import PurePath

PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
"""The media types of pictures that a browser shows."""

_KINDS = PICTURES | {
    ".csv": "text/csv",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the user to keep: its name and content."""

    name: str
    content: bytes

    @property
    def kind(self) -> str:
        """The media type, that of any file where its name tells no other."""
        return _KINDS.get(PurePath(self.name).suffix.lower(), "application/octet-stream")
