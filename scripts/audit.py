"""Looks at the packages that the lock files pin: hashes, what is installed, advisories, age.

Exits with 0 where all is well, with 1 where something is wrong, and with 2 where nothing is wrong
but the advisories could not be asked for, so that nobody takes the one for the other.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distributions, version
from importlib.util import find_spec
from pathlib import Path

from locks import DEVELOPMENT, RUNTIME, TOOLS, Pin, normalized, pins

FINE, WRONG, NOT_ASKED = 0, 1, 2
_SECONDS = 300
# What an environment has without any lock: what made it, and what is being developed in it.
_OWN = {"pip", "setuptools", "wheel", "careerprint"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What advisories say: lines of what is wrong; how many packages they know nothing of."""

    wrong: tuple[str, ...]
    unknown: int


def main() -> int:
    """Audit the locks and print what is found; returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/audit.py", description=__doc__)
    parser.add_argument("locks", nargs="*", type=Path, default=[RUNTIME, DEVELOPMENT, TOOLS])
    parser.add_argument("--offline", action="store_true", help="ask no index")
    asked = parser.parse_args()
    pinned: dict[str, Pin] = {}
    wrong: list[str] = []
    for lock in asked.locks:
        try:
            found = pins(lock.read_text("utf-8"))
        except ValueError as failure:
            wrong.append(f"{lock.name}: {failure}")
            continue
        wrong += [f"{lock.name}: {p.name} has no hash" for p in found if not p.hashes]
        wrong += [
            f"{p.name}: {p.version} and {o.version} in two locks" for p, o in _both(found, pinned)
        ]
        pinned |= {pin.name: pin for pin in found}
    print(f"{len(pinned)} packages pinned in {', '.join(lock.name for lock in asked.locks)}.")
    wrong += installed_otherwise(pinned.values())
    answer = None
    if not asked.offline:
        _tell_newer(pinned)
        answer = advisories(asked.locks)
        wrong += answer.wrong if answer else ()
    for line in wrong:
        print(f"wrong: {line}")
    return _status(wrong, answer, len(pinned))


def _status(wrong: Sequence[str], answer: Answer | None, count: int) -> int:
    if answer is None:
        print("Advisories were not asked for: no pip-audit here, or no service that answers.")
    elif answer.unknown:
        print(f"Of {answer.unknown} packages no advisories could be had; they are NOT audited.")
    if wrong:
        return WRONG
    if answer is None or answer.unknown:
        return NOT_ASKED
    print(f"No known vulnerabilities in {count} packages.")
    return FINE


def _both(found: Iterable[Pin], before: dict[str, Pin]) -> list[tuple[Pin, Pin]]:
    """Return what two locks pin to different versions."""
    return [
        (pin, before[pin.name])
        for pin in found
        if pin.name in before and before[pin.name].version != pin.version
    ]


def installed_otherwise(pinned: Iterable[Pin]) -> list[str]:
    """Return where this environment is not what is pinned.

    A package that is pinned for another Python alone may be absent.
    """
    found, names = [], set(_OWN)
    for pin in pinned:
        names.add(pin.name)
        try:
            installed = version(pin.name)
        except PackageNotFoundError:
            if not pin.marker:
                found.append(f"{pin.name} {pin.version} is not installed")
            continue
        if installed != pin.version:
            found.append(f"{pin.name} is installed as {installed}, pinned as {pin.version}")
    others = {normalized(found.metadata["Name"]) for found in distributions()} - names
    return found + [f"{name} is installed, and in no lock" for name in sorted(others)]


def advisories(locks: Sequence[Path]) -> Answer | None:
    """Return what the index's advisories say of the locks; None where they cannot be asked for.

    pip-audit counts a package that the service does not know as skipped, and nothing as found: an
    index without advisories would make every lock pass.
    """
    if find_spec("pip_audit") is None:
        return None
    wrong: list[str] = []
    unknown: set[str] = set()
    for lock in locks:
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip"]
        command += ["--require-hashes", "--format", "json", "--progress-spinner", "off"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
            packages = json.loads(done.stdout)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return None
        unknown |= {package["name"] for package in packages if "skip_reason" in package}
        for package in packages:
            for told in package.get("vulns", []):
                fixed = ", ".join(told["fix_versions"]) or "no version yet"
                wrong.append(
                    f"{package['name']} {package['version']}: {told['id']}, fixed in {fixed}"
                )
    return Answer(tuple(dict.fromkeys(wrong)), len(unknown))


def _tell_newer(pinned: dict[str, Pin]) -> None:
    """Print which packages the index has in newer versions; that alone is nothing wrong."""
    command = [sys.executable, "-m", "pip", "list", "--outdated", "--format", "json"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        newer = [p for p in json.loads(done.stdout) if normalized(p["name"]) in pinned]
    except (subprocess.TimeoutExpired, ValueError):
        print("The index does not answer; whether there are newer versions is not known.")
        return
    if not newer:
        print("Each is the newest that the index has for this Python.")
        return
    print(f"{'package':30} {'pinned':>12} {'newest':>12}")
    for package in newer:
        print(f"{package['name']:30} {package['version']:>12} {package['latest_version']:>12}")


if __name__ == "__main__":
    sys.exit(main())
