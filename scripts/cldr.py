"""Writes src/careerprint/profiles/cldr.csv: of CLDR's number formats, what Babel lacks.

Babel carries neither how a range of numbers is written nor from how many digits on numbers are
grouped. Both come from CLDR's own JSON, the npm package cldr-numbers-full, which this script gets
through npm: `python scripts/cldr.py [VERSION]`.
"""

import csv
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from careerprint.profiles.formats import CLDR, DEFAULTS, LEAST, RANGE
from careerprint.profiles.tags import fallback_chain

PACKAGE = "cldr-numbers-full"
LICENCE = CLDR.with_name("cldr-licence.txt")


def main(version: str) -> None:
    """Write the table and the licence from that version of the package."""
    with tempfile.TemporaryDirectory() as folder:
        pack = ["npm", "pack", "--silent", f"{PACKAGE}@{version}"]
        name = subprocess.run(pack, cwd=folder, check=True, capture_output=True, text=True).stdout
        with tarfile.open(Path(folder) / name.strip()) as archive:
            archive.extractall(folder, filter="data")
        package = Path(folder) / "package"
        found = {file.parent.name: _numbers(file) for file in package.glob("main/*/numbers.json")}
        licence = (package / "LICENSE").read_text("utf-8")
        told = json.loads((package / "package.json").read_text("utf-8"))["version"]
    with CLDR.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        for key, default in DEFAULTS.items():
            values = {tag: numbers[key] for tag, numbers in found.items()}
            kept = _differing(values, default)
            table.writerows((key, tag, kept[tag]) for tag in sorted(kept))
    source = f"cldr.csv: from Unicode CLDR {told}, numbers.json of each locale (npm: {PACKAGE})"
    LICENCE.write_text(f"{source}\n\n{licence}", "utf-8")
    print(CLDR)


def _numbers(file: Path) -> dict[str, str]:
    """Return a locale's pattern of a range, and how many digits stand before a first group."""
    (locale,) = json.loads(file.read_text("utf-8"))["main"].values()
    numbers = locale["numbers"]
    patterns = numbers.get("miscPatterns-numberSystem-latn", {})
    return {
        RANGE: patterns.get("range", DEFAULTS[RANGE]),
        LEAST: numbers["minimumGroupingDigits"],
    }


def _differing(values: Mapping[str, str], default: str) -> dict[str, str]:
    """Return those values that a locale does not have from the tag that it falls back to."""
    kept: dict[str, str] = {}
    for tag in sorted(values, key=lambda tag: tag.count("-")):
        inherited = next((kept[t] for t in fallback_chain(tag)[1:] if t in kept), default)
        if values[tag] != inherited:
            kept[tag] = values[tag]
    return kept


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "latest")
