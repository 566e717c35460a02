"""Waits for edits in a workspace, and puts the editions that they concern first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event

from careerprint.building.entries import Entry
from careerprint.core.edition import Edition

# Saving a file is several changes in a row: they are taken as one when as many ms pass without any.
QUIET_MS = 30
LONGEST_MS = 500
PAUSE_MS = 200  # after which watching says that it has begun


def edits(root: Path, out: Path, stop: Event | None = None) -> Iterator[list[str]]:
    """Yield, whenever something in the workspace `root` changes, the names of what did.

    The first yield, of nothing, says that from now on no change is missed. What was changed last
    comes first. The output folder `out`, and what begins with a point or ends in ~ as editors' own
    files do, is not looked at. Ctrl-C raises KeyboardInterrupt; setting `stop` ends it.
    """
    from watchfiles import watch

    out = out.resolve()

    def counts(_: object, path: str) -> bool:
        file = Path(path)
        if file.is_relative_to(out) or file.name.endswith("~"):
            return False
        return not any(part.startswith(".") for part in file.relative_to(root).parts)

    has_begun = False
    for changes in watch(
        root,
        watch_filter=counts,
        step=QUIET_MS,
        debounce=LONGEST_MS,
        rust_timeout=PAUSE_MS,
        yield_on_timeout=True,
        stop_event=stop,
    ):
        files = sorted({Path(path) for _, path in changes}, key=_changed_at, reverse=True)
        if files or not has_begun:
            yield [file.relative_to(root).as_posix() for file in files]
        has_begun = True


def _changed_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:  # it is gone
        return 0


def edited_first(
    editions: Iterable[Edition], entries: Mapping[str, Entry], changed: Sequence[str]
) -> list[Edition]:
    """Return the editions with those first that are made from what was `changed`, last edit first.

    `entries` are the last prints, by output path. Otherwise the order stays.
    """

    def place(edition: Edition) -> int:
        entry = entries.get(edition.output)
        sources = entry.origin.all_sources if entry else {}
        return next((n for n, name in enumerate(changed) if name in sources), len(changed))

    return sorted(editions, key=place)
