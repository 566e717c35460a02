"""Workspaces to measure in: the example as it is, and one with hundreds of small editions."""

import shutil
from datetime import date
from pathlib import Path

from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.intake.starter import make_workspace
from careerprint.translation.approving import approve, waiting

SLUG = "customer-service-dortmund"
EXAMPLE_EDITIONS = 22
LOCALES = ("de", "en", "tr", "ar", "uk", "ru", "pl", "ro", "bg", "fr", "es")
FLYER = Edition(SLUG, "flyer", "de")
_CARD = Path(__file__).parent / "card"
# What takes the place of the starter's placeholders.
_ISSUER = {
    "Ihre Beratungsstelle": "Unsere Beratungsstelle",
    "Ihrer Beratungsstelle": "unserer Beratungsstelle",
    "example.org": "rat.internal",
    "030 23125 0": "0800 45555 ",
}
# Two wordings of the flyer's first paragraph, of about the same length.
_WORDINGS = ("gern dazulernen", "immer gern dazulernen")


def example(folder: Path) -> Path:
    """Make and return the workspace that comes with careerprint, ready to go out."""
    make_workspace(folder)
    for name in ("careerprint.toml", "content/fairs.csv"):
        text = (folder / name).read_text("utf-8")
        for old, new in _ISSUER.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, "utf-8")
    reader = Reader(folder)
    approve(reader, waiting(reader), "Benchmark", date(2026, 1, 1))
    return folder


def cards(folder: Path, profiles: int) -> Path:
    """Make and return a workspace that declares one small page a profile and locale.

    A card has the words and the sources of a flyer and is printed in a sixth of the time. Profiles
    are copies of the example, each with a salary of its own.
    """
    make_workspace(folder)
    shutil.copytree(_CARD, folder / "layouts" / "card")
    _replace(folder / "careerprint.toml", 'layouts = ["brochure", "flyer"]', 'layouts = ["card"]')
    for number in range(1, profiles):
        copy = folder / "content" / f"profession-{number:03}"
        shutil.copytree(folder / "content" / SLUG, copy)
        _replace(copy / "profile.md", "min: 2300", f"min: {2300 + number}")
    return folder


def edit(root: Path) -> None:
    """Write the flyer's first paragraph in the other one of its two wordings."""
    profile = root / "content" / SLUG / "profile.md"
    here, there = _WORDINGS
    if here not in profile.read_text("utf-8"):
        here, there = there, here
    _replace(profile, here, there)


def _replace(file: Path, old: str, new: str) -> None:
    """Replace `old`, which must stand in the file exactly once, by `new`."""
    text = file.read_text("utf-8")
    if text.count(old) != 1:
        raise RuntimeError(f"{old!r} stands {text.count(old)} times in {file.name}")
    file.write_text(text.replace(old, new), "utf-8")
