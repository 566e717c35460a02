"""Sees which files a reader touches: what it opens outside of its workspace is told.

Python tells its audit hooks of every file, folder, process and socket before it is opened, whoever
asks. A hook cannot be taken away again, so there is one for the whole process, which is idle but
while a reader runs. What libraries in C open by themselves it does not see.
"""

import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# Events with the places of their arguments that are paths. Source: Python's audit events table
_PATHS = {
    "open": (0,),
    "os.chdir": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (0, 1),
    "os.listdir": (0,),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.scandir": (0,),
    "os.symlink": (0, 1),
    "os.truncate": (0,),
    "os.utime": (0,),
    "shutil.rmtree": (0,),
    "sqlite3.connect": (0,),
    "ctypes.dlopen": (0,),
}
# What no reader has to do at all.
_NEVER = ("subprocess.", "socket.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.")
# A database in memory; and what Python looks for to quote it where compiling a text fails.
_NO_FILES = {":memory:", b":memory:", "<string>"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CODE_NAMES = ("stdlib", "platstdlib", "purelib", "platlib")


@dataclass(slots=True)
class Guard:
    """Notes what is touched outside of `root`, while it watches.

    Reading is let pass where Python and its packages lie: libraries load parts of themselves, such
    as a locale's formats, when they are first asked for them.
    """

    root: Path
    touched: list[str] = field(default_factory=list)
    _allowed: tuple[str, ...] = ()
    _code: tuple[str, ...] = ()
    _is_on: bool = False

    def __post_init__(self) -> None:
        package = Path(__file__).parents[2] / "src" / "careerprint"
        places = [Path(sysconfig.get_path(name)) for name in _CODE_NAMES]
        self._code = tuple(f"{os.path.realpath(place)}/" for place in (*places, package))
        self._allowed = (f"{os.path.realpath(self.root)}/",)
        sys.addaudithook(self._hear)

    @contextmanager
    def watching(self) -> Iterator[list[str]]:
        """Watch what runs inside; gives the list of what was touched, empty at first."""
        self.touched = []
        self._is_on = True
        try:
            yield self.touched
        finally:
            self._is_on = False

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_on:
            return
        if event.startswith(_NEVER):
            self.touched.append(f"{event} {arguments!r:.200}")
        elif event in _PATHS:
            self._is_on = False  # what is asked of paths here is not the reader's
            try:
                for at in _PATHS[event]:
                    self._look_at(event, arguments[at], arguments)
            finally:
                self._is_on = True

    def _look_at(self, event: str, path: object, arguments: tuple[object, ...]) -> None:
        if isinstance(path, int) or path is None or path in _NO_FILES:
            return
        name = str(path) if isinstance(path, Path) else path
        text = name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)
        text = text.removeprefix("file:").partition("?")[0]  # what SQLite takes
        real = os.path.realpath(text) + "/"
        if real.startswith(self._allowed):
            return
        if _only_reads(event, arguments) and real.startswith(self._code):
            return
        self.touched.append(f"{event} {text}")


def _only_reads(event: str, arguments: tuple[object, ...]) -> bool:
    if event in {"os.listdir", "os.scandir", "ctypes.dlopen"}:
        return True
    flags = arguments[2] if event == "open" else _WRITING
    return isinstance(flags, int) and not flags & _WRITING
