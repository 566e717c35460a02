"""The only way to the workspace's files: confined to the workspace, with a record of what was read.

So it is known exactly what an edition was made from: each file that was read, with the SHA-256 of
its content, each file that was looked for and is not there, and each search for files, with its
result. Where the workspace has no file of its own below layouts/ or fonts/, the shipped file of the
same name is read.
"""

import posixpath
import re
from pathlib import Path, PureWindowsPath

from careerprint.core.bounds import DEFAULT_BOUNDS, MEGABYTE, Bounds, beyond
from careerprint.core.characters import CONTROLS, REORDERING
from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.files import stat_of, unreadable
from careerprint.core.sources import digest, listed, listing
from careerprint.core.workspace import located

# What Git and other programs leave where two versions of a file were not merged to the end.
_UNMERGED = re.compile(rb"^(?:<{7}|>{7}|\|{7}|={7})(?:[ \r]|$)", re.MULTILINE)
# What no text may hold, and what is said of it.
_UNWANTED = (
    (
        re.compile(f"[{CONTROLS}]"),
        N_("A control character (U+{code}) stands in this line."),
        N_("Type this line again."),
    ),
    (
        re.compile(f"[{REORDERING}]"),
        N_("The text holds the invisible control character U+{code}."),
        N_("Delete it, or type the line again."),
    ),
)


class Reader:
    """Reads files of one workspace by name: a path relative to its root, with forward slashes.

    A file is read from the disk once, so that one run sees one state of it. Raises Refused for a
    name that leads out of the workspace, and for a file that cannot be read or is larger than
    `bounds` allow.
    """

    def __init__(self, root: Path, bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self.root = root
        self.bounds = bounds
        self._cache: dict[str, bytes | None] = {}
        self._digests: dict[str, str] = {}
        self._seen: set[str] = set()
        self._listings: dict[str, str] = {}

    def fork(self) -> "Reader":
        """Return a reader of the same files whose record is empty: one for each edition."""
        reader = Reader(self.root, self.bounds)
        reader._cache, reader._digests = self._cache, self._digests
        return reader

    def within(self, bounds: Bounds) -> "Reader":
        """Return a reader with the same record, and other bounds."""
        reader = self.fork()
        reader.bounds, reader._seen, reader._listings = bounds, self._seen, self._listings
        return reader

    @property
    def sources(self) -> dict[str, str | None]:
        """The files and listings that were looked for: name → hex SHA-256, None where absent.

        The name of a listing is that of `sources.listing`. A file that could not be read counts as
        absent.
        """
        found: dict[str, str | None] = {}
        for name in sorted(self._seen):
            content = self._cache.get(name)
            if content is not None and name not in self._digests:
                self._digests[name] = digest(content)
            found[name] = self._digests.get(name)
        return found | self._listings

    def find(self, name: str, wanted_by: Location | None = None) -> bytes | None:
        """Return the bytes of the file, or None if there is no such file."""
        name = posixpath.normpath(name)
        self._seen.add(name)
        if name not in self._cache:
            self._cache[name] = self._load(name, wanted_by or Location(name))
        content = self._cache[name]
        if content is not None and len(content) > self.bounds.file_mb * MEGABYTE:
            raise beyond(wanted_by or Location(name), "file_mb", self.bounds.file_mb, name=name)
        return content

    def read_bytes(self, name: str, wanted_by: Location | None = None) -> bytes:
        """Return the bytes of the file; `wanted_by` is the place that names it, for the message."""
        content = self.find(name, wanted_by)
        if content is None:
            raise refuse(
                wanted_by or Location(name),
                N_("The file “{name}” is not there."),
                N_("Check the spelling, upper and lower case included, or put the file there."),
                name=name,
            )
        return content

    def read_text(self, name: str, wanted_by: Location | None = None) -> str:
        r"""Return the file's text: UTF-8, a byte order mark dropped, line ends as \n."""
        text = utf8_text(self.read_bytes(name, wanted_by), name)
        for pattern, message, hint in _UNWANTED:
            if control := pattern.search(text):
                place = Location(name, text[: control.start()].count("\n") + 1)
                raise refuse(place, message, hint, code=f"{ord(control[0]):04X}")
        return text

    def folders(self, name: str, holding: str) -> list[str]:
        """Return the names of the folders inside the folder `name` that hold `holding`, sorted."""
        return [posixpath.dirname(found) for found in self._listed(name, f"*/{holding}")]

    def files(self, name: str, suffix: str) -> list[str]:
        """Return the names of the files inside the folder `name` that end in `suffix`, sorted."""
        return self._listed(name, f"*{suffix}")

    def tree(self, name: str, suffix: str) -> list[str]:
        """Return the names of all files below the folder `name` that end in `suffix`, sorted."""
        return [f"{name}/{found}" for found in self._listed(name, f"**/*{suffix}")]

    def _listed(self, folder: str, pattern: str) -> list[str]:
        self._check_confined(folder)
        found = listed(self.root, listing(folder, pattern))
        self._listings[listing(folder, pattern)] = digest("\n".join(found).encode())
        return found

    def _load(self, name: str, wanted_by: Location) -> bytes | None:
        try:
            self._check_confined(name, wanted_by)
            path, most = located(self.root, name), self.bounds.file_mb * MEGABYTE
            if stat_of(path).st_size > most:
                raise beyond(wanted_by, "file_mb", self.bounds.file_mb, name=name)
            with path.open("rb") as file:
                content = file.read(most + 1)  # it may grow while it is read
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as failure:  # also what Windows says of an open workbook
            hint = N_("Close it in Excel if it is open there, and check that you may read it.")
            raise unreadable(wanted_by, name, failure, hint) from None
        except OSError as failure:
            raise unreadable(wanted_by, name, failure) from None
        if mark := _UNMERGED.search(content):
            raise refuse(
                Location(name, content[: mark.start()].count(b"\n") + 1),
                N_("Two versions of this file were not merged to the end: “{mark}”."),
                N_("Choose what stands between such lines, then delete these lines."),
                mark=mark[0].decode().strip(),
            )
        return content

    def _check_confined(self, name: str, wanted_by: Location | None = None) -> None:
        """Raise Refused for a name that leads out of the workspace, by itself or by a link."""
        try:
            # What is written as a path from elsewhere is not even looked at: on Windows, a look at
            # \\\\host\\share would go to that host, and tell it who is asking.
            foreign = name.startswith("../") or PureWindowsPath(name).anchor
            path = self.root / name
            inside = not foreign and path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL in the name
            inside = False
        if not inside:
            raise refuse(
                wanted_by or Location(name),
                N_("“{name}” lies outside the workspace."),
                N_("Copy it into the workspace and name it from there."),
                name=name,
            )


def utf8_text(content: bytes, name: str) -> str:
    r"""Return the text of the file `name`, a byte order mark dropped, line ends as \n.

    Raises Refused where it is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise refuse(
            Location(name, content[: failure.start].count(b"\n") + 1),
            N_("The text is not stored as UTF-8."),
            N_("Save the file again with the encoding UTF-8."),
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
