"""Writes src/careerprint/profiles/cldr/numbers.json: of CLDR's number formats, what Babel lacks.

Babel carries neither how a range of numbers is written nor from how many digits on numbers are
grouped. Both come from CLDR's own JSON, the npm package cldr-numbers-full, which this script gets
through npm: `python scripts/cldr.py [VERSION]`.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from careerprint.profiles.formats import CLDR, DEFAULTS
from careerprint.profiles.tags import fallback_chain

PACKAGE = "cldr-numbers-full"
SOURCE = "Unicode CLDR {version}, numbers.json of each locale (npm: {package})"


def main(version: str) -> None:
    """Write the file from that version of the package."""
    with tempfile.TemporaryDirectory() as folder:
        pack = ["npm", "pack", "--silent", f"{PACKAGE}@{version}"]
        name = subprocess.run(pack, cwd=folder, check=True, capture_output=True, text=True).stdout
        with tarfile.open(Path(folder) / name.strip()) as archive:
            archive.extractall(folder, filter="data")
        package = Path(folder) / "package"
        found = {file.parent.name: _numbers(file) for file in package.glob("main/*/numbers.json")}
        licence = (package / "LICENSE").read_text("utf-8")
        told = json.loads((package / "package.json").read_text("utf-8"))["version"]
    tables = {
        key: _differing({tag: numbers[key] for tag, numbers in found.items()}, default)
        for key, default in DEFAULTS.items()
    }
    whole = {"source": SOURCE.format(version=told, package=PACKAGE), **tables}
    CLDR.mkdir(exist_ok=True)
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
    (CLDR / "numbers.json").write_text(f"{text}\n", "utf-8")
    (CLDR / "LICENSE").write_text(licence, "utf-8")
    print(CLDR / "numbers.json")


def _numbers(file: Path) -> dict[str, Any]:
    """Return a locale's pattern of a range, and how many digits stand before a first group."""
    (locale,) = json.loads(file.read_text("utf-8"))["main"].values()
    numbers = locale["numbers"]
    patterns = numbers.get("miscPatterns-numberSystem-latn", {})
    return {
        "range": patterns.get("range", DEFAULTS["range"]),
        "minimumGroupingDigits": int(numbers["minimumGroupingDigits"]),
    }


def _differing(values: Mapping[str, Any], default: object) -> dict[str, Any]:
    """Return those values that a locale does not have from the tag that it falls back to."""
    kept: dict[str, Any] = {}
    for tag in sorted(values, key=lambda tag: tag.count("-")):
        inherited = next((kept[t] for t in fallback_chain(tag)[1:] if t in kept), default)
        if values[tag] != inherited:
            kept[tag] = values[tag]
    return kept


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "latest")
