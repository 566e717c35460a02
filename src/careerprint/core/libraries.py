"""Finds the system libraries that WeasyPrint loads, also where a Python package brings them.

On Linux the loader finds Pango and its neighbours. Windows has none, and a package manager for
them needs an administrator. There the packages `gstreamer-libs` (Pango, HarfBuzz, fontconfig,
GLib) and `gstreamer-ext-runtime` (the C++ runtime that zxing-cpp asks for) bring them as wheels.
The first has a wheel for macOS too.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

# The packages with libraries, and the folder of each that holds them.
_PACKAGES = {"gstreamer_libs": ("bin", "lib"), "gstreamer_ext_runtime": ("bin",)}


def library_folders() -> tuple[Path, ...]:
    """Return the folders of installed packages that bring system libraries; none on Linux."""
    if sys.platform == "linux":
        return ()
    from importlib.util import find_spec

    specs = {name: find_spec(name) for name in _PACKAGES}
    return tuple(
        folder
        for name, spec in specs.items()
        if spec is not None
        for place in spec.submodule_search_locations or ()
        for part in _PACKAGES[name]
        if (folder := Path(place, part)).is_dir()
    )


def library_in(folders: Sequence[Path], name: str) -> Path | None:
    """Return the file of a library in these folders, or None.

    `name` has neither the prefix `lib` nor an ending: `pango-1.0-0` is `pango-1.0-0.dll` on
    Windows; `pango-1.0` is `libpango-1.0.0.dylib` on macOS, where the file's last part numbers
    the interface.
    """
    for folder in folders:
        numbered = sorted(folder.glob(f"lib{name}.[0-9]*.dylib"), key=lambda f: len(f.name))
        for file in (folder / f"{name}.dll", *numbered):
            if file.is_file():
                return file
    return None


def open_library_folders(folders: Sequence[Path]) -> None:
    """Let Windows look into folders for what a library or an extension module needs.

    WeasyPrint adds the folders of MSYS2 and GTK unless WEASYPRINT_DLL_DIRECTORIES names others.
    Libraries of two builds in one process do not work together, so it is told ours. What the user
    has set there stays.
    """
    if sys.platform == "win32":
        for folder in folders:
            os.add_dll_directory(str(folder))
    if folders:
        os.environ.setdefault("WEASYPRINT_DLL_DIRECTORIES", os.pathsep.join(map(str, folders)))
