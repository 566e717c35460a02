"""What lies in a workspace now, by digest: files, and the listings of folders.

A file that looks as it did when its digest was taken is not read again.
"""

import fnmatch
import hashlib
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from careerprint.core.files import stat_of
from careerprint.core.workspace import layers, located_at

# A listing's name is its folder and its pattern with this between, which no file's name has.
_WITHIN = "//"
# How much older than its digest a file must be for its times to tell it from a later edit. The
# coarsest times in use are those of FAT: two seconds (Microsoft, File Times).
SETTLED_NS = 2_000_000_000


def digest(content: bytes) -> str:
    """Return the hex SHA-256 of `content`."""
    return hashlib.sha256(content).hexdigest()


def listing(folder: str, pattern: str) -> str:
    """Return the name of the list of what matches a glob pattern in a folder of the workspace."""
    return f"{folder}{_WITHIN}{pattern}"


def listed(root: Path, name: str) -> list[str]:
    """Return the paths that a listing names, from its folder on, sorted; shipped ones included."""
    folder, _, pattern = name.partition(_WITHIN)
    folders = [layer / folder for layer in layers(root, f"{folder}/")]
    if "/" in pattern:
        return sorted({p.relative_to(f).as_posix() for f in folders for p in f.glob(pattern)})
    found: set[str] = set()
    for path in folders:  # soon told, and there are many
        with suppress(OSError):
            found.update(fnmatch.filter([entry.name for entry in os.scandir(path)], pattern))
    return sorted(found)


class FileStat(NamedTuple):
    """What the file system says of a file: times in ns, size in bytes, inode.

    Whoever edits a file and sets its modification time back cannot set the time of that change
    (`changed`; on Windows it is the time of creation).
    """

    modified: int
    changed: int
    size: int
    inode: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file was like when its digest was taken, and that digest."""

    stat: FileStat
    digest: str


@dataclass(slots=True)
class Digests:
    """Digests of files, from `stamps` (by path) where they hold.

    `given` tells those of sources that are no files, by name. `taken` are stamps of files that had
    to be read. A file changed so shortly ago that a further edit might leave its times as they are
    has none, so it is read again the next time.
    """

    stamps: Mapping[str, Stamp]
    given: Callable[[str], str | None] = lambda _: None
    taken: dict[str, Stamp] = field(default_factory=dict)
    _known: dict[str, str | None] = field(default_factory=dict)

    def of_source(self, root: Path, name: str) -> str | None:
        """Return the digest of a file or listing, shipped ones included; None where absent."""
        if (found := self.given(name)) is not None:
            return found
        key = f"{root}/{name}"
        if key not in self._known:
            self._known[key] = (
                digest("\n".join(listed(root, name)).encode())
                if _WITHIN in name
                else self.of_file(located_at(root, name))
            )
        return self._known[key]

    def of_file(self, path: str) -> str | None:
        """Return the digest of a file as it is now; None where it cannot be read."""
        try:
            before = _stat_of(path)
            if (stamp := self.stamps.get(path)) and stamp.stat == before:
                return stamp.digest
            now = time.time_ns()
            with Path(path).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            after = _stat_of(path)
        except (OSError, ValueError):
            return None
        if before == after and max(after.modified, after.changed) + SETTLED_NS < now:
            self.taken[path] = Stamp(after, found)
        return found


def _stat_of(path: str) -> FileStat:
    found = stat_of(path)
    return FileStat(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
