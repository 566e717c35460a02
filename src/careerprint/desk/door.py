"""Where the desk of a workspace is open, and what its pages are known by when it opens again.

A page stays open when the desk, or the machine, comes to an end. It goes on as soon as the desk is
back, if that has the same port and knows the page's cookie. So both are kept for a week, outside
the workspace, which others may see, in a file of the user's alone. Whoever reads that file could
read the workspace's own files as well.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from careerprint.core.files import write_whole
from careerprint.core.sources import digest
from careerprint.desk.guard import new_token

STARTS = 20  # seconds that a desk may take to start
LONGEST = 7 * 24 * 3600  # seconds for which a secret is kept


@dataclass(slots=True)
class Door:
    """The door of a workspace's desk: the port, and the `secret` by which pages are known.

    `address` opens the desk that is at work, "" for none; `made` is when the secret was made, in
    seconds since 1970. `is_ours` tells whether this process is that desk.
    """

    port: int = 0
    secret: str = ""
    address: str = ""
    made: float = 0.0
    is_ours: bool = True


@contextmanager
def door_of(root: Path) -> Iterator[Door]:
    """Have the door of a workspace's desk; it is ours where no other process has it.

    Then it is a known one or a new one, and `keep_door` keeps it.
    """
    file = _file(root)
    lock = FileLock(file.with_suffix(".lock"))
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        yield _of_other(file)
        return
    except (OSError, NotImplementedError):  # nothing can be kept there
        yield Door(secret=new_token())
        return
    try:
        door = _kept(file, is_ours=True)
        if not 0 <= time.time() - door.made < LONGEST:
            door = Door(door.port, new_token(), made=time.time())
        door.address = ""
        keep_door(root, door)
        yield door
    finally:
        lock.release()


def keep_door(root: Path, door: Door) -> None:
    """Keep a door for the next start, if that can be."""
    file, held = _file(root), asdict(door)
    del held["is_ours"]
    with suppress(OSError):
        file.touch(mode=0o600)
        if sys.platform != "win32":
            file.chmod(0o600)
        write_whole(file, json.dumps(held).encode())


def _of_other(file: Path) -> Door:
    """Return the door of the process that has it, once it has said its address."""
    ends = time.monotonic() + STARTS
    while not (door := _kept(file, is_ours=False)).address and time.monotonic() < ends:
        time.sleep(0.1)
    return door


def _kept(file: Path, *, is_ours: bool) -> Door:
    """Return the door that was kept; a new one where there is none, or none that is whole."""
    with suppress(OSError, ValueError, TypeError):
        door = Door(**json.loads(file.read_bytes()), is_ours=is_ours)
        if isinstance(door.port, int) and isinstance(door.secret, str) and door.made > 0:
            return door
    return Door(is_ours=is_ours)


def _file(root: Path) -> Path:
    name = digest(str(root.resolve()).encode("utf-8", "surrogateescape"))
    return user_state_path("careerprint", appauthor=False) / "desks" / f"{name}.json"
