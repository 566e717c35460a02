"""Releases: what went out of the house, as their manifests say.

A release is a folder, or a zip, of PDFs with a manifest, which names each file by the digest
of its bytes. So a released file can be told from a draft wherever it lies.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from careerprint.core.diagnostics import N_, Refused
from careerprint.core.files import read_given
from careerprint.finished.findings import Finding, Spot

FOLDER = "releases"  # in the output folder
MANIFEST = "careerprint-manifest.json"
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its name, who released it, and when; `files` are digests by names of files.

    `texts` are those of the German texts that it was printed of, by profiles. Of flyers for
    fairs, `table` is the file that their table stood in, and `sheets` those that were read.
    """

    name: str
    by: str
    on: date
    files: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    sheets: tuple[str, ...] = ()


def read_release(manifest: Path) -> Release | None:
    """Return the release that a manifest is of; None where it cannot be read as one."""
    try:
        content = read_given(manifest, most=_MOST_BYTES)
        found: Any = json.loads(content)
        files = {str(each["file"]): str(each["sha256"]) for each in found["files"]}
        texts = {str(slug): str(made_of) for slug, made_of in found.get("texts", {}).items()}
        day = date.fromisoformat(found["on"])
        of, sheets = str(found.get("table", "")), tuple(map(str, found.get("sheets", ())))
        sheets = sheets or tuple(filter(None, [str(found.get("sheet", ""))]))  # as once written
        return Release(str(found["release"]), str(found["by"]), day, files, texts, of, sheets)
    except (Refused, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def known_releases(out: Path) -> dict[str, Release]:
    """Return the releases of an output folder by the digests of their files."""
    found: dict[str, Release] = {}
    with suppress(OSError):
        for manifest in sorted((out / FOLDER).glob(f"*/{MANIFEST}")):
            if release := read_release(manifest):
                found |= dict.fromkeys(release.files.values(), release)
    return found


def judged_by_manifest(path: Path, digest: str, spot: Spot) -> tuple[Release | None, list[Finding]]:
    """Return the release that a file belongs to by the manifest beside it, and what does not fit.

    Without a manifest, nothing is known of it.
    """
    manifest = path.with_name(MANIFEST)
    if not manifest.is_file():
        return None, []
    release = read_release(manifest)
    if release is None:
        told = spot.doubt(
            N_("The manifest beside it cannot be read."),
            N_("Take the release again as it was sent, or make it anew."),
        )
        return None, [told.of("manifest")]
    if release.files.get(path.name) == digest:
        return release, []
    message = N_("The manifest beside it does not name this file.")
    if path.name in release.files:
        message = N_("The manifest beside it names another file: this one was altered since.")
    told = spot.fault(message, N_("Take the release again as it was sent, or make it anew."))
    return None, [told.of("manifest")]
