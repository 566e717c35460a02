"""Finds facts that are filled in and printed nowhere, and sees which facts a template reads."""

from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import replace

from careerprint.core.diagnostics import N_, Diagnostic, Refused, warning
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import Build
from careerprint.profiles.content import Profile
from careerprint.profiles.facts import Facts

RULE = "fact-unprinted"
FactsOf = dict[Edition, tuple[frozenset[str], tuple[str, ...]]]
FactsReadBy = Callable[[Edition, Reader], frozenset[str]]


class FactsRead:
    """A profile's facts for templates, by name; `names` gets those that are read."""

    __slots__ = ("_facts", "_names")

    def __init__(self, facts: Facts, names: set[str]) -> None:
        self._facts, self._names = facts, names

    def __getitem__(self, name: str) -> object:
        """Return a fact; raises KeyError for one that is not declared."""
        if name not in Facts.model_fields:
            raise KeyError(name)
        self._names.add(name)
        return getattr(self._facts, name)


def declared_layouts(build: Build, profile: str) -> list[str]:
    """Return the layouts in which a workspace declares to print a profile, whatever the locale."""
    mentions = [c for c in (build, *build.include) if not c.profiles or profile in c.profiles]
    excluded = {
        layout
        for choice in build.exclude
        if not choice.profiles or profile in choice.profiles
        if not (choice.locales or choice.formats or choice.targets)
        for layout in choice.layouts
    }
    named = dict.fromkeys(name for choice in mentions for name in choice.layouts or build.layouts)
    return [name for name in named if name not in excluded]


def facts_read_elsewhere(
    editions: Iterable[Edition], reader: Reader, known: FactsOf, read_by: FactsReadBy
) -> set[str]:
    """Return the facts that any of the editions reads.

    `known` keeps what `read_by` finds out, and from which files: `reader` has looked for them, too.
    """
    read: set[str] = set()
    for edition in editions:
        if edition not in known:
            apart = reader.fork()
            try:
                found = read_by(edition, apart)
            except Refused:  # its own print says why; nothing is said of its facts
                found = frozenset(Facts.model_fields)
            known[edition] = found, tuple(apart.sources)
        found, files = known[edition]
        for name in files:
            with suppress(Refused):
                reader.find(name)
        read |= found
    return read


def unprinted_facts(profile: Profile, read: Set[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each fact of a profile that is filled in and not among those `read`."""
    for name, place in profile.fact_places.items():
        if name not in read:
            found = warning(
                place,
                N_("No layout prints the fact “{fact}”."),
                N_("Name it in the text, print it in the template of a layout, or delete it."),
                fact=name,
            )
            yield replace(found, rule=RULE)
