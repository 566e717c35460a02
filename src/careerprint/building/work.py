"""What a worker does: it prints what comes through the pipe from the process that started it."""

import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from careerprint.building.memory import OUT_OF_MEMORY, bounded_memory, is_lack_of_memory
from careerprint.building.printing import Printer
from careerprint.composing.job import Bundle, Job
from careerprint.core.diagnostics import N_, Diagnostic, Refused, error, unexpected
from careerprint.core.edition import Look
from careerprint.typesetting.engine import load_engine
from careerprint.typesetting.typeset import Typeset


def work(connection: Connection, folder: str | None) -> None:
    """Print what comes through the pipe until it is closed; temporary files go to `folder`."""
    tempfile.tempdir = folder
    files: dict[str, bytes] = {}
    bundles: dict[tuple[tuple[str, str], ...], Bundle] = {}
    forms: dict[str, Job] = {}
    with suppress(Refused):  # whoever gets a task will be told
        load_engine()
    import_module("careerprint.rules.filled")  # and with it all that checks
    with Printer() as printer, suppress(EOFError, OSError):  # its owner is gone
        coming = _received(connection)
        while (order := coming.get()) is not None:
            files |= order.files
            names = tuple(order.digests.items())
            if names not in bundles:
                bundles[names] = Bundle({name: files[digest] for name, digest in names})
            job = order.job and order.job.with_files(bundles[names])
            if order.filling:
                form = forms.setdefault(order.form, job)
                job = order.filling.filled_in(form)
            try:
                with bounded_memory(job.bounds.edition_memory_mb):
                    result = attempt(job, printer, order.known)
            except MemoryError:  # what was kept warm may be half made: another worker goes on
                sys.exit(OUT_OF_MEMORY)
            connection.send(result)
    if folder:
        with suppress(OSError):  # its owner may have removed it already, or be gone
            Path(folder).rmdir()


def _received(connection: Connection) -> "SimpleQueue[Any]":
    """Return what comes through the pipe, as it comes, and None when it is closed.

    A thread takes it from the pipe: whoever sends never has to wait for what is being printed.
    """
    coming: SimpleQueue[Any] = SimpleQueue()

    def receive() -> None:
        with suppress(EOFError, OSError):
            while True:
                coming.put(connection.recv())
        coming.put(None)

    Thread(target=receive, daemon=True).start()
    return coming


def attempt(
    job: Job, printer: Printer, known: Look | None
) -> tuple[Typeset | None, tuple[Diagnostic, ...]]:
    """Return a print with what was found in it, or none and why; raises MemoryError."""
    try:
        printed = printer.print(job, known)
    except Refused as refused:
        return None, refused.diagnostics
    except MemoryError:
        raise
    except RecursionError:
        fault = error(
            job.name,
            N_("The elements of this document are nested too deeply."),
            N_("Correct the layout's template: hardly any page needs more than twenty levels."),
        )
        return None, (fault,)
    except Exception as failure:  # a fault of careerprint's own must not stop the others
        if is_lack_of_memory(failure):
            raise MemoryError from failure
        return None, (unexpected(job.name, failure),)
    return printed, printed.diagnostics
