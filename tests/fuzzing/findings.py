"""Keeps what is found, and the smallest input that shows it."""

import re
from pathlib import Path

from .targets import Finding


def keep(found: Path, finding: Finding, content: bytes) -> None:
    """Keep an input of a finding in the folder `found`, if it is the smallest yet."""
    name = re.sub(r"[^\w.-]+", "-", finding.kind)
    file = found / "findings" / name
    if not file.exists() or file.stat().st_size > len(content):
        file.write_bytes(content)
        file.with_name(f"{name}.txt").write_text(f"{finding.kind}\n{finding.told}\n", "utf-8")


def kept(found: Path) -> tuple[Path, ...]:
    """Return the inputs that are kept, one for each kind of finding."""
    folder = found / "findings"
    return tuple(sorted(file for file in folder.iterdir() if file.suffix != ".txt"))
