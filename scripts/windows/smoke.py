"""Runs careerprint as a Windows program under Wine: `make test-windows`.

    python scripts/windows/smoke.py FOLDER

FOLDER keeps what is made: a Windows Python, the package of scripts/windows/package.py, a Wine
prefix and a workspace. Needs Debian's wine64, wine and gcc-mingw-w64-x86-64-win32. No Windows
Python is among Debian's packages; the wheel of panda3d carries that of python.org: its DLLs. Its
library is that of this Python, which has to be of the same version.

Wine is not Windows. What it cannot show stands in docs/platforms.md.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import pefile
import pypdfium2
from package import PYTHON_VERSION, SOURCES, compile_c, put_together

WINE = "/usr/bin/wine"
# Umlauts and a space, as in many names of users.
WORKSPACE = "Büro Süd"
PORT = 8791
LOCALES = ("de", "ar", "uk", "tr")


def main() -> None:
    """Set up what is missing in FOLDER, and run every check; stops at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "python").exists():
        make_python(folder)
    shutil.rmtree(folder / "careerprint", ignore_errors=True)
    put_together(folder / "python", folder / "careerprint")
    for name in (WORKSPACE, "home", "wine"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "home" / "Documents").mkdir(parents=True)
    for number, said in enumerate(checks(Windows(folder)), 1):
        print(f"{number:2}. {said}", flush=True)


def make_python(folder: Path) -> None:
    """Make FOLDER/python: a CPython for Windows, without the installer that Wine has no need of."""
    if f"{sys.version_info.major}.{sys.version_info.minor}" != PYTHON_VERSION:
        raise SystemExit(f"This needs Python {PYTHON_VERSION}, for the library's files.")
    python, made = folder / "python.part", folder / "python"
    shutil.rmtree(python, ignore_errors=True)
    download = ["download", "--quiet", "--no-deps", "--only-binary=:all:", "--platform=win_amd64"]
    version = f"--python-version={PYTHON_VERSION}"
    pip = [sys.executable, "-m", "pip", *download, version, "--dest", str(folder), "panda3d"]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("panda3d-*.whl")
    shutil.copytree(
        Path(os.__file__).parent,
        python / "Lib",
        ignore=shutil.ignore_patterns("site-packages", "test", "lib-dynload", "__pycache__"),
    )
    (python / "DLLs").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            file = Path(name)
            if file.parent.name == "deploy_libs" and file.suffix in {".pyd", ".dll"}:
                place = python / "DLLs" if file.suffix == ".pyd" else python
                (place / file.name).write_bytes(archive.read(name))
    compile_c(SOURCES / "python.c", python / "python.exe", "-municode")
    compile_c(
        SOURCES / "bcryptprimitives.c", python / "bcryptprimitives.dll", "-shared", "-ladvapi32"
    )
    _forward(python / "python311.dll", python / "python3.dll", folder)
    python.rename(made)


def _forward(library: Path, out: Path, folder: Path) -> None:
    """Make python3.dll, whose names are those of python311.dll, for modules of the stable ABI."""
    exported = pefile.PE(str(library)).DIRECTORY_ENTRY_EXPORT.symbols
    names = [symbol.name.decode() for symbol in exported if symbol.name]
    definition, source = folder / "python3.def", folder / "python3.c"
    lines = [f"{name} = {library.stem}.{name}" for name in names]
    definition.write_text("EXPORTS\n" + "\n".join(lines) + "\n", "ascii")
    source.write_text("int DllMain(void *a, int b, void *c) { return 1; }\n", "ascii")
    compile_c(source, out, "-shared", str(definition))


class Windows:
    """The package, run under Wine; `run` gives what a command said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = folder / WORKSPACE
        self._python = folder / "careerprint" / "python" / "python.exe"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "LC_ALL": "C.UTF-8",
            "WINEPREFIX": str(folder / "wine"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }

    def run(self, *arguments: str, utf8: bool = True) -> tuple[int, str]:
        """Return a command's exit code, and its output with its errors."""
        done = subprocess.run(
            [WINE, str(self._python), "-m", "careerprint", *arguments],
            cwd=self.workspace if self.workspace.exists() else self.folder,
            env={**self.environment, **({"PYTHONUTF8": "1"} if utf8 else {})},
            capture_output=True,
            timeout=900,
            check=False,
        )
        said = (done.stdout + done.stderr).replace(b"\r\n", b"\n")
        return done.returncode, said.decode("utf-8" if utf8 else "cp850", "replace")

    def started(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a program of the package that goes on; what it says can be read from it."""
        return subprocess.Popen(
            [WINE, *command],
            cwd=self.folder / "careerprint",
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    @property
    def documents(self) -> Path:
        """The user's documents: Wine has them where Linux has."""
        return self.folder / "home" / "Documents"

    def end(self) -> None:
        """End all programs."""
        subprocess.run([f"{WINE}server", "-k"], env=self.environment, check=False)

    def out(self, pattern: str) -> list[Path]:
        """Return the printed files that a pattern matches."""
        return sorted((self.workspace / "out").glob(pattern))


def expect(holds: object, said: str) -> None:
    """End with what was said where something does not hold."""
    if not holds:
        raise SystemExit(f"failed:\n{said}")


def checks(windows: Windows) -> Iterator[str]:
    """Yield what each check has seen."""
    code, said = windows.run("init", WORKSPACE)
    expect(code == 0 and windows.workspace.is_dir(), said)
    yield f"init: a workspace in a folder named {WORKSPACE!r}"

    code, said = windows.run("doctor")
    expect(code == 0 and "✗" not in said and re.search(r"Pango: 1\.\d", said), said)
    yield "doctor: " + ", ".join(re.findall(r"(?:Python|WeasyPrint|Pango|HarfBuzz): [\d.]+", said))

    code, said = windows.run("doctor", utf8=False)
    expect(code == 0 and "?" not in said, said)
    yield "doctor, redirected, in code page 850: no sign is replaced"

    wanted = [part for locale in LOCALES for part in ("--locale", locale)]
    code, said = windows.run("build", "--layout", "flyer", *wanted)
    flyers = windows.out("*/*-flyer-*.pdf")
    expect(code == 0 and len(flyers) == len(LOCALES), said)
    expect("out\\" in said and "out/" not in said, said)
    for file in flyers:
        with pypdfium2.PdfDocument(file) as document:
            expect(len(document) == 1, f"{file}: {len(document)} pages")
    yield f"build: flyers in {', '.join(LOCALES)}"

    code, said = windows.run("build", "--layout", "flyer", *wanted)
    expect(code == 0 and f"0 printed, {len(LOCALES)} unchanged" in said, said)
    yield "build again: nothing is printed"

    code, said = windows.run("build", "--locale", "de", "--layout", "brochure", "--jobs", "2")
    expect(code == 0, said)
    yield "build --jobs 2: a brochure"

    code, said = windows.run("batch", "content/fairs.csv", "--locale", "de", "--combined")
    expect(code == 0, said)
    yield "batch --combined: " + said.strip().rsplit("\n", 1)[-1]

    code, said = windows.run("check", str(flyers[0].relative_to(windows.workspace)))
    expect(code == 0, said)
    yield "check: " + said.strip().rsplit("\n", 1)[-1]

    code, said = windows.run("build", "--layout", "flyer", "--format", "a5", "--locale", "de")
    expect(code == 0, said)
    (small,) = windows.out("*/*-a5-de.pdf")
    a5 = str(small.relative_to(windows.workspace)).replace("/", "\\")
    code, said = windows.run("impose", a5, "--scheme", "2up")
    expect(code == 0, said)
    yield "impose, with a path as Windows writes it"

    yield held_open(windows, flyers[0])
    for name in ("careerprint.cmd", "careerprint.exe"):
        yield double_clicked(windows, name)

    code, said = windows.run("--lang", "de", "build", "--locale", "xx")
    expect(code != 0 and "Traceback" not in said, said)
    yield "a mistake is told in German, without a traceback"


def held_open(windows: Windows, pdf: Path) -> str:
    """Print a flyer while another program has its PDF open, then again."""
    holding = (
        "import sys, time; file = open(sys.argv[1], 'rb'); print('open', flush=True); "
        "time.sleep(600)"
    )
    python = windows.folder / "careerprint" / "python" / "python.exe"
    holder = windows.started(str(python), "-c", holding, str(pdf))
    expect(holder.stdout and b"open" in holder.stdout.readline(), "nothing holds the file")
    profile = next(windows.workspace.glob("content/*/profile.md"))
    profile.write_text(profile.read_text("utf-8").replace("Kundendienst", "Kundenservice"), "utf-8")
    before = pdf.read_bytes()
    wanted = ("build", "--layout", "flyer", "--locale", pdf.stem.rsplit("-", 1)[-1])
    code, said = windows.run("--lang", "de", *wanted)
    expect(code == 1 and pdf.name in said and "Schließen Sie die Datei" in said, said)
    expect("Traceback" not in said and pdf.read_bytes() == before, said)
    windows.end()
    holder.communicate()
    code, said = windows.run("--lang", "de", *wanted)
    expect(code == 0 and pdf.read_bytes() != before, said)
    return "a PDF that is open elsewhere is told by its name, and printed once it is closed"


def double_clicked(windows: Windows, name: str) -> str:
    """Start what users double-click; the desk has to answer, in a workspace of its own."""
    program = ["cmd", "/c", name] if name.endswith(".cmd") else [name]
    started = windows.started(*program, "--no-browser", "--port", str(PORT))
    wait_for(lambda: answers(PORT), f"{name}: nothing answers")
    expect((windows.documents / "careerprint" / "careerprint.toml").exists(), name)
    windows.end()
    started.communicate()
    return f"{name}: the desk answers, with the workspace in Documents"


def answers(port: int) -> bool:
    """Tell whether the desk is there: without the token it answers 403."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
    except urllib.error.HTTPError as refused:
        return refused.code == HTTPStatus.FORBIDDEN
    except OSError:
        return False
    return True


def wait_for(holds: Callable[[], bool], said: str) -> None:
    """Wait until something holds, for two minutes at most."""
    for _ in range(240):
        if holds():
            return
        time.sleep(0.5)
    expect(False, said)


if __name__ == "__main__":
    main()
