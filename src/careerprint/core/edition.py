"""Editions: one document to print each, how they are selected, and what became of one."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from careerprint.core.diagnostics import Diagnostic
from careerprint.core.files import part_of
from careerprint.core.targets import DEFAULT_TARGET, TARGETS

FAIRS = "fairs"  # the folder of what is for fairs
FAIR_SOURCE = f"{FAIRS}#"  # what the name of a fair as a source begins with
# How many families' forms and sources are kept at once: one layout in all locales, for all targets.
MOST_FAMILIES = 32


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One document to print: a profile's slug, a layout's name and a locale's BCP 47 tag.

    `format` is the name of one of the layout's formats, empty for the layout's default; `fair` is
    the id of the fair that it is for, empty if for none; `target` is the name of what the PDF is
    for. Raises ValueError for a target that there is none of.
    """

    profile: str
    layout: str
    locale: str
    format: str = ""
    fair: str = ""
    target: str = DEFAULT_TARGET.name

    def __post_init__(self) -> None:
        if self.target not in TARGETS:
            raise ValueError(self.target)

    @property
    def family(self) -> "Edition":
        """What it has in common with the editions for other fairs: itself without its fair."""
        return replace(self, fair="")

    @property
    def product(self) -> str:
        """The layout with its format, as it stands in file names: "flyer", "flyer-a5"."""
        return f"{self.layout}-{self.format}" if self.format else self.layout

    @property
    def folder(self) -> str:
        """The folder of its PDF, below the output folder, with forward slashes."""
        return f"{FAIRS}/{self.fair}" if self.fair else self.profile

    @property
    def output(self) -> str:
        """The path of its PDF below the output folder, with forward slashes."""
        ending = TARGETS[self.target].ending
        return f"{self.folder}/{self.profile}-{self.product}-{self.locale}{ending}"


def by_family(editions: Sequence[Edition]) -> Sequence[Edition]:
    """Return editions with those together that differ in their fair alone.

    Their order stays as it is as long as the forms of all of them are kept at once.
    """
    families: dict[Edition, list[Edition]] = {}
    for edition in editions:
        families.setdefault(edition.family, []).append(edition)
    if len(families) <= MOST_FAMILIES:
        return editions
    return [edition for family in families.values() for edition in family]


def unfinished(out: Path, editions: Iterable[Edition]) -> list[Path]:
    """Return the unfinished files of editions in a folder: a build that is killed leaves them."""
    profiles: dict[str, set[str]] = {}
    for edition in editions:
        profiles.setdefault(edition.folder, set()).add(edition.profile)
    found = []
    for folder, named in profiles.items():
        before, after = part_of(Path("*.pdf")).name.split("*")
        starts = tuple(f"{before}{profile}-" for profile in named)
        with suppress(OSError):
            names = [file.name for file in os.scandir(f"{out}/{folder}")]
            found += [out / folder / n for n in names if n.startswith(starts) and n.endswith(after)]
    return found


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of the editions a command is for, by names; nothing named means all."""

    profiles: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a job was set, or the form of several: with the same toolchain it is always set so.

    `job` is its digest and `style` the style sheet that copyfitting has added to those of its
    layout; `step` is the one on copyfitting's scale, and `left_out` are the names of the optional
    blocks without room. `room` is which part of the fullest page is used, before the rest is
    spread, and how many more words it holds.
    """

    job: str = ""
    style: str = ""
    step: int = 0
    left_out: tuple[str, ...] = ()
    room: tuple[float, int] = (1.0, 0)


class State(Enum):
    """What became of an edition: the first three in a build, the others in a dry run.

    A stale edition has a PDF, but its sources would now be printed to another. A missing one has
    none.
    """

    PRINTED = "printed"
    FRESH = "fresh"
    FAILED = "failed"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an edition has to be printed: a template in English, and what fills it."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the reason in the user's language."""
        return translate(self.template).format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class Outcome:
    """An edition's state after a build, with all that was found on the way.

    `is_ready` says that it could go out: nothing that was found would be an error for the press.
    `fallen_back` counts the blocks that stand in German because they have no translation,
    `left_out` names the optional blocks that had no room; `composing` and `printing` are how many
    seconds these took; `reasons` say why it was printed, or would be.
    """

    edition: Edition
    state: State
    diagnostics: tuple[Diagnostic, ...] = ()
    fallen_back: int = 0
    left_out: tuple[str, ...] = ()
    composing: float = 0.0
    printing: float = 0.0
    reasons: tuple[Reason, ...] = ()
    is_ready: bool = True
