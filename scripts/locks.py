"""Reads lock files: which packages they pin, and with which hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
TOOLS = ROOT / "requirements-tools.lock"

_ENTRY = re.compile(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+))?")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package as a lock pins it, by its normalized name.

    `marker` says on which Python it is installed, empty for all; `hashes` counts its files.
    """

    name: str
    version: str
    marker: str
    hashes: int


def pins(lock: str) -> list[Pin]:
    """Return what the text of a lock file pins; raises ValueError for a line that pins nothing."""
    found = []
    for entry in lock.replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        pinned = _ENTRY.match(entry)
        if pinned is None:
            raise ValueError(f"not a pinned version: {entry[:60]}")
        name, version, marker = pinned.groups()
        marker = (marker or "").partition("--hash")[0].strip()
        found.append(Pin(normalized(name), version, marker, len(_HASH.findall(entry))))
    return found


def normalized(name: str) -> str:
    """Return a package's name as indexes compare it (PyPA, Names and normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()
