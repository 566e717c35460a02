"""Flyers as one would print them with Typst, from `flyer.typ` and the files of a flyer of ours."""

import importlib.util
import json
import multiprocessing
import shutil
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.measuring import tell
from careerprint.fairs.fair import Fair
from careerprint.layouts.figures import QUIET, Code, qr_code

INPUTS = "inputs.json"
_TEMPLATE = Path(__file__).parent / "flyer.typ"
# A process that prints one flyer, from the folder that it is in.
ONE_FLYER = (
    "-c",
    """
import json, pathlib, typst
fonts = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[pathlib.Path("fonts")]
)
compiler = typst.Compiler(pathlib.Path("flyer.typ"), root=pathlib.Path(), font_paths=fonts)
inputs = json.loads(pathlib.Path("inputs.json").read_text("utf-8"))
compiler.compile(output=pathlib.Path("flyer.pdf"), sys_inputs=inputs, pdf_standards="ua-1")
""",
)


def is_there() -> bool:
    """Tell whether Typst is installed; say so where it is not."""
    found = importlib.util.find_spec("typst") is not None
    if not found:
        tell("  Typst is not measured: the package “typst” is not installed")
    return found


def sources(flyer: Path, folder: Path, fair: Fair) -> Path:
    """Make and return a folder with all that Typst needs for the flyer of a fair.

    Fonts and drawings are those in the folder `flyer`, which has what WeasyPrint needs for it.
    """
    shutil.copytree(flyer, folder)
    shutil.copy(_TEMPLATE, folder)
    (folder / INPUTS).write_text(json.dumps(_inputs(fair)), "utf-8")
    return folder


def printer(folder: Path) -> Callable[[Fair], bytes]:
    """Return what prints the flyer of a fair; it keeps the compiler, and what that keeps."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[folder / "fonts"],
    )
    compiler = typst.Compiler(folder / _TEMPLATE.name, root=folder, font_paths=fonts)
    updated = int(time.time())

    def print_one(fair: Fair) -> bytes:
        made = compiler.compile(sys_inputs=_inputs(fair), pdf_standards="ua-1", timestamp=updated)
        if not isinstance(made, bytes):  # there is one page
            raise TypeError
        return made

    return print_one


class Processes:
    """Several processes that print flyers with Typst, each of which has printed one before."""

    def __init__(self, count: int, folder: Path, fairs: Sequence[Fair]) -> None:
        """Take the sources of a flyer, which has all that Typst needs, and the fairs to print."""
        context = multiprocessing.get_context("spawn")
        self._pipes = []
        for number in range(count):
            here, there = context.Pipe()
            arguments = there, folder, fairs[number::count]
            context.Process(target=_print_when_told, args=arguments, daemon=True).start()
            self._pipes.append(here)
        self._wait()

    def seconds(self) -> float:
        """Return how long they take to print all, at the same time."""
        started = time.perf_counter()
        for pipe in self._pipes:
            pipe.send(True)
        self._wait()
        return time.perf_counter() - started

    def end(self) -> None:
        """End them."""
        for pipe in self._pipes:
            pipe.send(False)

    def _wait(self) -> None:
        for pipe in self._pipes:
            pipe.recv()


def _print_when_told(pipe: Connection, folder: Path, fairs: Sequence[Fair]) -> None:
    print_one = printer(folder)
    print_one(fairs[0])
    pipe.send(None)
    while pipe.recv():
        for fair in fairs:
            (folder / f"{fair.id}.pdf").write_bytes(print_one(fair))
        pipe.send(None)


def _inputs(fair: Fair) -> dict[str, str]:
    """Return what `flyer.typ` asks for."""
    names = ("fair", "city", "venue", "hall", "stand", "contact", "phone", "email", "url")
    row = {
        **{name: str(getattr(fair, name)) for name in names},
        "days": f"{fair.start:%d.%m.}–{fair.end:%d.%m.%Y}",
        "code": _modules(qr_code(str(fair.url))),
    }
    return {"fair": json.dumps(row), "drawings": "/layouts/base/art/"}


def _modules(code: Code) -> list[str]:
    """Return the rows of a QR code without its quiet zone, 1 for each dark module, else 0."""
    rows = [["0"] * code.side for _ in range(code.side)]
    for left, above, length in code.strokes:
        rows[above][left : left + length] = ["1"] * length
    return ["".join(row[QUIET:-QUIET]) for row in rows[QUIET:-QUIET]]
