"""Tells which files of a workspace stand before those that ship with careerprint."""

from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePosixPath

from careerprint.core.reader import Reader
from careerprint.core.workspace import SHARED, lies_there, located, starter_folder
from careerprint.layouts.declaration import FOLDER, layout_names, read_layout


@dataclass(frozen=True, slots=True)
class LayoutOrigin:
    """A layout: its formats, its default one first, its contract, and where its files come from."""

    name: str
    formats: tuple[str, ...]
    contract: int
    is_shipped: bool
    has_own_files: bool


@dataclass(frozen=True, slots=True)
class OwnCopies:
    """Files of a workspace that have the names of shipped files.

    `same` are files that are equal to the shipped ones; a folder of such files alone stands there
    as one, its name ending in a slash. `different` are files that are not.
    """

    same: tuple[str, ...]
    different: tuple[str, ...]


def layout_origins(reader: Reader) -> list[LayoutOrigin]:
    """Return the layouts of a workspace by name; raises Refused for one that cannot be read."""
    own = own_files(reader)
    origins = []
    for name in layout_names(reader):
        layout, folder = read_layout(reader, name), f"{FOLDER}/{name}/"
        default = layout.default_format
        names = tuple(file for file in own if file.startswith(folder))
        shipped = {file for file in files_below(reader, folder) if file not in names}
        formats = (default, *(other for other in layout.formats if other != default))
        origins.append(LayoutOrigin(name, formats, layout.contract, bool(shipped), bool(names)))
    return origins


def own_files(reader: Reader) -> list[str]:
    """Return the workspace's own files in shared folders, sorted; the shipped one has none."""
    root = reader.root
    if root.resolve() == starter_folder().resolve():
        return []
    names = (name for folder in SHARED for name in files_below(reader, folder))
    return [name for name in names if lies_there(root / name)]


def own_copies(reader: Reader) -> OwnCopies:
    """Return which of the workspace's own files have the names of shipped ones."""
    shipped = starter_folder()
    own = own_files(reader)
    there = [name for name in own if (shipped / name).is_file()]
    same = {name for name in there if reader.read_bytes(name) == (shipped / name).read_bytes()}
    kept = {folder for name in own if name not in same for folder in PurePosixPath(name).parents}
    largest = []  # of a folder in which nothing is kept, the folder
    for name in (name for name in there if name in same):
        folders = [*PurePosixPath(name).parents[:-1]]
        alike = [*takewhile(lambda folder: folder not in kept, folders)]
        largest.append(f"{alike[-1]}/" if alike else name)
    different = tuple(name for name in there if name not in same)
    return OwnCopies(tuple(dict.fromkeys(largest)), different)


def files_below(reader: Reader, folder: str) -> list[str]:
    """Return the names of the files below a folder that ends in a slash, shipped ones included."""
    names = reader.tree(folder.rstrip("/"), "")
    return [name for name in names if located(reader.root, name).is_file()]
