"""Has LibreOffice write a document of an older format anew, as .docx.

It runs without a window, with a profile of its own in a temporary folder: no macros, no links that
are followed, nothing from the network, nothing of the user's settings. It has a time limit.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from careerprint.core.diagnostics import N_, refuse

OFFICE = "CAREERPRINT_OFFICE"
"""Environment variable: the path of LibreOffice's soffice where it is elsewhere; empty for none."""
_TIME_LIMIT = 120  # seconds; a document of a hundred pages takes some five
_NAMES = ("soffice", "libreoffice")
# Where installers put it without adding it to PATH.
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
# A proxy that nobody listens at keeps LibreOffice from the network; links are never updated, and
# macros never run. Names: LibreOffice's configuration schema (officecfg/registry/schema).
_SETTINGS = Path(__file__).with_name("libreoffice.xcu")
_WRITES = "docx:MS Word 2007 XML"
# Without a filter, LibreOffice reads what is damaged as plain text.
_READS = {".rtf": "Rich Text Format"}
_READS_ELSE = "MS Word 97"


def office() -> str | None:
    """Return the path of LibreOffice on this machine, None where it is not to be found."""
    if (given := os.environ.get(OFFICE)) is not None:
        return given or None
    on_path = filter(None, map(shutil.which, _NAMES))
    return next(on_path, None) or next((p for p in _PLACES if Path(p).is_file()), None)


def as_word(content: bytes, suffix: str, place: str) -> bytes:
    """Return a document in an older format as .docx; `suffix` says which, ".rtf" for example.

    Raises Refused where LibreOffice is not there, or does not read the document in time.
    """
    program = office()
    if program is None:
        raise refuse(
            place,
            N_("Only LibreOffice reads documents in older formats (.doc, .rtf); it is not here."),
            N_("In Word: File, Save As, Word Document (.docx). Or install LibreOffice."),
        )
    with tempfile.TemporaryDirectory(prefix="careerprint-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        (root / f"text{suffix}").write_bytes(content)
        user = root / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_bytes(_SETTINGS.read_bytes())
        _run([*_command(program, suffix, root), str(root / f"text{suffix}")], root)
        written = root / "out" / "text.docx"
        if written.is_file():
            return written.read_bytes()
    raise refuse(
        place,
        N_("LibreOffice cannot read this document."),
        N_("Check that it is whole and has no password; else open it and save it as .docx."),
    )


def _command(program: str, suffix: str, root: Path) -> Iterator[str]:
    yield program
    yield f"-env:UserInstallation={(root / 'profile').as_uri()}"
    yield from ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
    yield f"--infilter={_READS.get(suffix, _READS_ELSE)}"
    yield from ("--convert-to", _WRITES, "--outdir", str(root / "out"))


def _run(command: list[str], folder: Path) -> None:
    """Run a program to its end, or to the end of its time, with all that it starts."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - LibreOffice, found by its name
            command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder, start_new_session=True
        )
    except OSError:  # what was found cannot be started
        return
    try:
        process.wait(_TIME_LIMIT)
    except subprocess.TimeoutExpired:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and those that it has started."""
    if sys.platform == "win32":
        ending = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(ending, capture_output=True, check=False)  # noqa: S603 - a fixed command
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
