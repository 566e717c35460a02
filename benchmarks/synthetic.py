"""A workspace in which thousands of editions are printed, though few of them really were."""

import os
from dataclasses import replace
from pathlib import Path

from benchmarks.measuring import careerprint
from benchmarks.workspaces import LOCALES, SLUG, cards
from careerprint.building.entries import Entry
from careerprint.building.record import open_record
from careerprint.core.sources import digest

OUT = "out"


def printed(folder: Path, editions: int) -> tuple[Path, int]:
    """Make a workspace with about so many small editions, and return it with their number.

    The editions of one profile are printed. Those of its copies are put into `out` and into the
    record as if they had been: their PDFs are the same, and their sources are their own.
    """
    profiles = max(1, editions // len(LOCALES))
    root = cards(folder, profiles)
    careerprint(root, "build", SLUG, counts=(len(LOCALES), 0, 0))
    copies = sorted(path.name for path in (root / "content").iterdir() if path.name != SLUG)
    out = root / OUT
    with open_record(out) as record:
        originals = record.entries()
        messages = {output: record.messages(output) for output in originals}
        for copy in copies:
            kept = []
            for output, entry in originals.items():
                renamed = output.replace(SLUG, copy)
                (out / renamed).parent.mkdir(parents=True, exist_ok=True)
                os.link(out / output, out / renamed)
                kept.append((renamed, _of_copy(root, entry, copy), messages[output]))
            record.put_all(kept)
    return root, profiles * len(LOCALES)


def _of_copy(root: Path, entry: Entry, copy: str) -> Entry:
    """Return the entry of an edition as that of a copy of its profile."""
    sources = {}
    for name, then in entry.origin.sources.items():
        own = name.replace(f"content/{SLUG}/", f"content/{copy}/")
        is_changed = own != name and (root / own).is_file()
        sources[own] = digest((root / own).read_bytes()) if is_changed else then
    return replace(entry, origin=replace(entry.origin, sources=sources))
