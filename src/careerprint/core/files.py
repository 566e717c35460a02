"""Puts files in place whole or not at all, and reads those that the user names."""

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from time import sleep

from careerprint.core.diagnostics import N_, Location, Refused, refuse

MOST_AT_A_TIME = 8  # files that are brought to the disk
ATTEMPTS, SECONDS_BETWEEN = 10, 0.1  # to replace a file that another program has open


_READABLE = N_("Check that it is a file and that you may read it.")


def read_given(
    path: Path,
    of_folder: str = N_("Give the path of a PDF file, or of several."),
    of_none: str = N_(
        "Check the path. PDFs of this workspace are in out/, once they have been printed."
    ),
    of_unreadable: str = _READABLE,
    most: int = -1,
) -> bytes:
    """Return the bytes of a file that the user names, of a longer one one more than `most`.

    Raises Refused, with these hints, for a folder, where there is no file, and where it cannot be
    read.
    """
    location = Location(str(path))
    try:
        if stat.S_ISDIR(stat_of(path).st_mode):
            raise refuse(location, N_("This is a folder."), of_folder)
        with path.open("rb") as file:
            return file.read(-1 if most < 0 else most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise refuse(location, N_("There is no such file."), of_none) from None
    except (OSError, ValueError) as failure:  # ValueError: what no file can be called
        raise unreadable(location, path.name, failure, of_unreadable) from None


def stat_of(path: Path | str) -> os.stat_result:
    """Return what the system says of a file; raises OSError for a pipe or device without end."""
    found = os.stat(path)  # noqa: PTH116 - a Path takes longer to make than this takes
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return found


def unreadable(location: Location, name: str, reason: object, hint: str = _READABLE) -> Refused:
    """Return the refusal of a file that cannot be read, for an exception or another reason."""
    reason = getattr(reason, "strerror", None) or reason
    message = N_("The file “{name}” cannot be read ({reason}).")
    return refuse(location, message, hint, name=name, reason=reason)


def shown_path(path: Path) -> str:
    """Return a path from the current folder where it is inside; a folder's ends in a slash."""
    try:
        shown = path.resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        shown = path
    return f"{shown}{os.sep}" if path.is_dir() else f"{shown}"


def write_whole(target: Path, content: bytes, within: Path | None = None) -> None:
    """Write `content` to `target`, whole or not at all; raises OSError where that fails.

    It is written under another name in the same folder, brought to the disk, and renamed. Only one
    process at a time may write the same file. Who may read and write it stays as it was. No link
    leads it out of the folder `within`.
    """
    if within is not None:
        _refuse_link_out(target, within)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(target)
    part.unlink(missing_ok=True)
    try:
        with part.open("xb") as file:  # never through a link that lies there
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _permit_as(target, part)
        _replace(part, target)
        _keep_names(target.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _replace(part: Path, target: Path) -> None:
    """Put a file in the place of another.

    On Windows no other program may have either open just then; scanners and programs that copy
    files elsewhere have, for a moment. So it is tried for a second.
    """
    for _ in range(ATTEMPTS if sys.platform == "win32" else 0):
        with suppress(PermissionError):
            part.replace(target)
            return
        sleep(SECONDS_BETWEEN)
    part.replace(target)


def _permit_as(target: Path, part: Path) -> None:
    """Give a file the permissions of the one whose place it takes, if there is one."""
    if sys.platform == "win32":  # where there is one only, and a file without it stays where it is
        return
    with suppress(OSError):  # some file systems have none
        part.chmod(stat.S_IMODE(target.stat(follow_symlinks=False).st_mode) & 0o666)


def write_all_whole(contents: Mapping[Path, bytes], within: Path) -> dict[Path, OSError]:
    """Write files as `write_whole` does, several at a time; return those that failed, and why.

    Waiting for the disk is most of what writing takes, and it waits for several as long as for one.
    """
    if len(contents) <= 1:
        return dict(filter(None, (_tried(file, c, within) for file, c in contents.items())))
    # Imported here because it takes longer to load than a build with nothing to do takes.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(MOST_AT_A_TIME) as threads:
        tried = threads.map(_tried, contents.keys(), contents.values(), repeat(within))
        return dict(filter(None, tried))


def _tried(target: Path, content: bytes, within: Path) -> tuple[Path, OSError] | None:
    try:
        write_whole(target, content, within=within)
    except OSError as failure:
        return target, failure
    return None


def write_folder_whole(target: Path, files: Mapping[str, bytes], through: Path) -> None:
    """Make the folder `target` with `files` in it, by name, whole or not at all.

    Raises OSError where it cannot be made. It is written in a folder in `through`, on the same
    disk, and renamed; no link leads it out of there.
    """
    _refuse_link_out(target, through)
    with tempfile.TemporaryDirectory(prefix=".careerprint-", dir=through) as made:
        folder = Path(made) / target.name
        for name, content in files.items():
            write_whole(folder / name, content)
        target.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(target)
    _keep_names(target.parent)


def _refuse_link_out(target: Path, folder: Path) -> None:
    if not target.resolve().is_relative_to(folder.resolve()):
        raise OSError(errno.EPERM, "a link leads out of the folder", str(target))


def part_of(target: Path) -> Path:
    """Return what `target` is called until it is whole; a process that is killed leaves it."""
    return target.with_name(f".{target.name}.part")


def _keep_names(folder: Path) -> None:
    """Bring the names in a folder to the disk, on systems and file systems that can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as failure:
        if failure.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)
