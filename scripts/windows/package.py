"""Puts careerprint for Windows together: wheels, a Python to run them, and what to double-click.

    python scripts/windows/package.py PYTHON OUT

PYTHON is the embeddable Python for Windows of the version in `PYTHON_VERSION` (python.org, "Windows
embeddable package (64-bit)"), as a .zip or a folder. OUT is the .zip to write. The packages are
those of requirements.lock, by hash, as wheels for Windows. Nothing of it runs here, so it can be
put together on any system.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = Path(__file__).parent
PYTHON_VERSION = "3.11"
# Of Debian's gcc-mingw-w64-x86-64-win32.
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
NAME = "careerprint"
# What the wheels bring and careerprint never loads: other libraries of GStreamer, tests, headers.
UNUSED = (
    "gstreamer_libs/share",
    "gstreamer_libs/include",
    "gstreamer_libs/etc",
    "gstreamer_libs/libexec",
    "bin",
)
# The libraries that WeasyPrint opens, and all that these load in turn; the rest of the folder goes.
LIBRARIES = {
    "bz2.dll",
    "cairo-2.dll",
    "ffi-7.dll",
    "fontconfig-1.dll",
    "freetype-6.dll",
    "fribidi-0.dll",
    "gio-2.0-0.dll",
    "glib-2.0-0.dll",
    "gmodule-2.0-0.dll",
    "gobject-2.0-0.dll",
    "harfbuzz.dll",
    "harfbuzz-subset.dll",
    "intl-8.dll",
    "libexpat.dll",
    "pango-1.0-0.dll",
    "pangoft2-1.0-0.dll",
    "pcre2-8-0.dll",
    "pixman-1-0.dll",
    "png16.dll",
    "z-1.dll",
}


def main() -> None:
    """Write the .zip, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, NAME)
        put_together(given.python, folder)
        given.out.parent.mkdir(parents=True, exist_ok=True)
        shutil.make_archive(str(given.out.with_suffix("")), "zip", scratch, NAME)
    unpacked = sum(info.file_size for info in zipfile.ZipFile(given.out).infolist())
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.0f} MB, unpacked {unpacked / 1e6:.0f} MB")


def put_together(python: Path, folder: Path) -> None:
    """Make `folder` what the user unpacks: what to double-click, and Python with all packages."""
    place = folder / "python"
    if python.is_dir():
        shutil.copytree(python, place)
    else:
        with zipfile.ZipFile(python) as archive:
            archive.extractall(place)
    packages = place / "Lib" / "site-packages"
    packages.mkdir(parents=True, exist_ok=True)
    for paths in place.glob("python*._pth"):  # an embeddable Python looks nowhere else
        paths.write_text(f"{paths.stem}.zip\n.\nLib\\site-packages\nimport site\n", "utf-8")
    install(packages)
    trim(packages)
    starter = (SOURCES / "careerprint.cmd").read_text("ascii")
    (folder / "careerprint.cmd").write_text(starter, "ascii", newline="\r\n")
    if shutil.which(COMPILER):
        build_launcher(folder)
    else:
        print(f"no {COMPILER} here: careerprint.exe is left out, careerprint.cmd does the same")
    for name in ("LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, folder / f"{name}.txt")


def build_launcher(folder: Path) -> None:
    """Build FOLDER/careerprint.exe: it needs no console, and has an icon."""
    with tempfile.TemporaryDirectory() as scratch:
        resource = Path(scratch, "icon.o")
        icon = (SOURCES / "careerprint.ico").as_posix()
        Path(scratch, "icon.rc").write_text(f'1 ICON "{icon}"\n', "ascii")
        subprocess.run([RESOURCES, str(Path(scratch, "icon.rc")), str(resource)], check=True)
        compile_c(
            SOURCES / "launcher.c", folder / "careerprint.exe", *("-municode", "-mwindows"),
            str(resource),
        )  # fmt: skip


def compile_c(source: Path, out: Path, *options: str) -> None:
    """Compile a C file for Windows."""
    subprocess.run([COMPILER, str(source), "-o", str(out), *options], check=True)


def install(packages: Path) -> None:
    """Install what requirements.lock pins, and careerprint itself, as for Windows."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    windows = ["--platform", "win_amd64", "--python-version", PYTHON_VERSION]
    target = ["--only-binary=:all:", "--no-deps", *windows, "--target", str(packages)]
    lock = packages / "windows.lock"
    lock.write_text(for_windows((ROOT / "requirements.lock").read_text("utf-8")), "utf-8")
    subprocess.run([*pip, "install", "--require-hashes", "-r", str(lock), *target], check=True)
    lock.unlink()
    with tempfile.TemporaryDirectory() as wheels:
        make = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, str(ROOT)]
        subprocess.run(make, check=True)
        (wheel,) = Path(wheels).glob("*.whl")
        subprocess.run([*pip, "install", *target, str(wheel)], check=True)


def for_windows(lock: str) -> str:
    """Return a lock file with the packages that Windows gets alone, without their conditions.

    pip judges conditions by the system on which it runs, not by the one for which it installs.
    """
    from packaging.markers import Marker

    system = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
    system |= {"python_version": PYTHON_VERSION, "python_full_version": f"{PYTHON_VERSION}.9"}
    system |= {"platform_machine": "AMD64", "implementation_name": "cpython"}
    system |= {"platform_python_implementation": "CPython", "extra": ""}
    kept = []
    for entry in lock.replace("\\\n", "\\\r").split("\n"):
        if not entry.strip() or entry.startswith("#"):
            continue
        first, *hashes = entry.split("\\\r")
        requirement, _, marker = first.partition(" ; ")
        if not marker or Marker(marker).evaluate(system):
            kept.append("\\\n".join([f"{requirement.strip()} ", *hashes]))
    return "\n".join(kept) + "\n"


def trim(packages: Path) -> None:
    """Take out what careerprint never loads."""
    for name in UNUSED:
        shutil.rmtree(packages / name, ignore_errors=True)
    for file in (packages / "gstreamer_libs" / "bin").iterdir():
        if file.name not in LIBRARIES:
            file.unlink() if file.is_file() else shutil.rmtree(file)


if __name__ == "__main__":
    main()
