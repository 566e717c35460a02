"""Bounds the memory that this process may take, where the system has a way to."""

import errno
import mmap
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEBIBYTE = 2**20
# What dlopen says (glibc, elf/dl-load.c; musl, ldso/dynlink.c).
_NOT_LOADED = re.compile(r"cannot allocate memory|failed to map segment", re.IGNORECASE)
_RESERVE = 16 * MEBIBYTE
OUT_OF_MEMORY = 70  # the exit code of a worker that has had no memory left for its job


@contextmanager
def bounded_memory(most: int) -> Iterator[None]:
    """Let this process take `most` MB more address space: what asks for more gets a MemoryError.

    Libraries that know no such error end the process. A lower limit of the system's stays. On
    Windows, and on macOS for the most part, there is no such limit, and nothing is bounded.
    """
    if sys.platform == "win32":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    known = [limit for limit in before if limit != resource.RLIM_INFINITY]
    reserve = bytes(_RESERVE)  # to go on with where all else is taken
    hook, sys.unraisablehook = sys.unraisablehook, _unless_memory
    with suppress(OSError, ValueError):
        bound = _taken() + most * MEBIBYTE
        resource.setrlimit(resource.RLIMIT_AS, (min([bound, *known]), before[1]))
    try:
        yield
    except BaseException:
        del reserve
        raise
    finally:
        sys.unraisablehook = hook
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, before)


def is_lack_of_memory(failure: BaseException) -> bool:
    """Tell whether a failure is one for lack of memory, which is told in several ways.

    Code in C may end with no error at all (SystemError), the system with ENOMEM, and what loads
    libraries in words of its own.
    """
    if isinstance(failure, MemoryError | SystemError):
        return True
    if isinstance(failure, ImportError) and _NOT_LOADED.search(str(failure)):
        return True
    return isinstance(failure, OSError) and failure.errno == errno.ENOMEM


def _taken() -> int:
    """Return how many bytes of address space this process has; 0 where the system does not say.

    A notebook, a long test or a desk may have taken much that has nothing to do with the job.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])  # proc(5)
    except OSError:
        return 0
    return pages * mmap.PAGESIZE


def _unless_memory(failure: "sys.UnraisableHookArgs") -> None:
    """Tell what goes wrong while things are tidied away, but for lack of memory: that is known."""
    if not issubclass(failure.exc_type, MemoryError):
        sys.__unraisablehook__(failure)
