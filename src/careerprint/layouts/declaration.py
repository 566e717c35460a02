"""Reads what a layout declares in layouts/NAME/layout.toml."""

import re
from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from careerprint.core.diagnostics import N_
from careerprint.core.reader import Reader
from careerprint.core.schema import Id, Model, from_toml, invalid

FOLDER = "layouts"
LAYOUT_FILE = "layout.toml"
# The contract is what layouts can rely on: docs/layouts.md. Its number rises when a layout that was
# written for the former contract would no longer print as before.
CONTRACT = 1


# What the shipped layouts and formats are called; others have their names.
LAYOUT_WORDS = {
    "brochure": N_("Brochure"),
    "flyer": N_("Flyer"),
    "leaflet": N_("Leaflet"),
    "poster": N_("Poster"),
    "leicht": N_("Brochure in plain language"),
    "leicht-flyer": N_("Flyer in plain language"),
}
_FORMAT_WORDS = {"din-lang": "DIN lang"}
_DIN_FORMAT = re.compile(r"[abc][0-9]+")


def format_words(name: str) -> str:
    """Return the name of a format as people write it: A4, DIN lang."""
    return name.upper() if _DIN_FORMAT.fullmatch(name) else _FORMAT_WORDS.get(name, name)


class PageRule(Model):
    """How many pages the product has: `exactly` so many, or a multiple of `multiple_of`.

    With `exactly`, the template breaks the pages itself: each holds what stands on it.

    With `multiple_of`, the template holds as many elements of the class `filler`. From the first
    on, as many are printed as fill the last sheet. The first filler may be no page of its own: it
    then only ends the page before the back cover. Where that page ends there anyway, the first
    filler adds nothing; the sheet may then still lack `multiple_of` - 1 pages, and all fillers are
    printed.
    """

    exactly: Annotated[int, Field(ge=1, le=12)] | None = None
    multiple_of: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _is_one_rule(self) -> Self:
        if len(self.model_fields_set) > 1:
            raise invalid(
                N_("“{key}” has both “exactly” and “multiple_of”."), N_("Delete one of the two.")
            )
        return self


Millimetres = Annotated[float, Field(gt=0, le=1500)]
TypeSize = Annotated[float, Field(ge=8, le=24)]
Leading = Annotated[float, Field(ge=1.1, le=2)]
Spacing = Annotated[float, Field(ge=0.3, le=3)]


def _ascending(bounds: tuple[float, float]) -> tuple[float, float]:
    if bounds[0] > bounds[1]:
        raise invalid(
            N_("The first bound of “{key}” is above the second."),
            N_("Write the tightest first: [9, 13]."),
        )
    return bounds


class Fit(Model):
    """The bounds of copyfitting, each from the tightest setting to the largest.

    `type_size` is the size of the running text in pt, `leading` its line height in ems.
    `leading_rtl` is added to it for right-to-left scripts, whose marks need height. `spacing` is a
    factor for the distances between blocks. `slack` is the height, in mm, by which a page's blocks
    may be moved apart in all when its text is short.
    """

    type_size: Annotated[tuple[TypeSize, TypeSize], AfterValidator(_ascending)]
    leading: Annotated[tuple[Leading, Leading], AfterValidator(_ascending)]
    leading_rtl: Annotated[float, Field(ge=0, le=1)] = 0.2
    spacing: Annotated[tuple[Spacing, Spacing], AfterValidator(_ascending)]
    slack: Annotated[float, Field(ge=0, le=500)]


class OptionalBlock(Model):
    """A block that is left out where the running text would be smaller than `at_least` pt."""

    block: Id
    at_least: TypeSize


def _falling(blocks: tuple[OptionalBlock, ...]) -> tuple[OptionalBlock, ...]:
    sizes = [block.at_least for block in blocks]
    if sizes != sorted(sizes, reverse=True):
        raise invalid(
            N_("“at_least” rises in “{key}”."),
            N_("Put first what is left out first: what needs the largest type."),
        )
    counts = Counter(block.block for block in blocks)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise invalid(
            N_("“{key}” names “{meant}” twice."), N_("Delete one of the two."), meant=twice[0]
        )
    return blocks


class Format(Model):
    """A page size of a layout, in mm, with what belongs to it.

    No text stands nearer than `safe` mm to the trimmed edge. `styles` follow those of the layout.
    `measures` are lengths in mm that templates draw figures with. `optional` are the blocks that
    may be left out, in the order in which they go. `folds` are where the pages are folded, in mm
    from their left edge, for each page of the document; where lines run from right to left, from
    the right edge.
    """

    width: Millimetres
    height: Millimetres
    safe: Annotated[float, Field(ge=0, le=50)]
    styles: tuple[str, ...] = ()
    measures: Annotated[dict[Id, Millimetres], Field(default_factory=dict)]
    fit: Fit
    optional: Annotated[tuple[OptionalBlock, ...], AfterValidator(_falling)] = ()
    folds: tuple[tuple[Millimetres, ...], ...] = ()

    @model_validator(mode="after")
    def _blocks_can_be_printed(self) -> Self:
        for block in self.optional:
            if block.at_least > self.fit.type_size[1]:
                raise invalid(
                    N_("“at_least” of “{meant}” is more than the type size can be."),
                    N_("Write a size that is within the bounds of “type_size”."),
                    meant=block.block,
                    at=("optional",),
                )
        return self


def _known_contract(contract: int) -> int:
    if contract > CONTRACT:
        raise invalid(
            N_(
                "The layout was written for contract {value}; this careerprint knows up to {meant}."
            ),
            N_(
                "Install a newer careerprint, or ask for the layout as written for contract "
                "{meant}."
            ),
            meant=CONTRACT,
        )
    return contract


Templates = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda written: (written,) if isinstance(written, str) else written),
]
ANY_SECTION = "any"  # stands for the last section, where no other role of a slot has one


class Layout(Model):
    """What a product looks like: files relative to layouts/, and what it takes of a profile.

    `contract` is the number of the contract that it was written for. Its artwork runs `bleed` mm
    past the edge. `formats` are its page sizes by name; `default_format` is printed where none is
    asked for. `slots` tells which templates stand at which section: its role or id → one or more.
    """

    contract: Annotated[int, Field(ge=1), AfterValidator(_known_contract)] = 1
    template: str
    tokens: str
    styles: Annotated[tuple[str, ...], Field(min_length=1)]
    takes: Annotated[tuple[Literal["cover", "sections", "flyer", "fair"], ...], Field(min_length=1)]
    pages: PageRule
    bleed: Annotated[float, Field(ge=0, le=10)] = 0
    default_format: Id
    formats: Annotated[dict[Id, Format], Field(min_length=1)]
    slots: Annotated[dict[Id, Templates], Field(default_factory=dict)]

    @model_validator(mode="after")
    def _has_its_default(self) -> Self:
        if self.default_format not in self.formats:
            raise invalid(
                N_("“default_format” names none of the formats."),
                N_("Known formats: {known}."),
                known=", ".join(self.formats),
                at=("default_format",),
            )
        return self


def layout_names(reader: Reader) -> list[str]:
    """Return the names of the workspace's layouts, sorted."""
    return reader.folders(FOLDER, holding=LAYOUT_FILE)


def read_layout(reader: Reader, name: str) -> Layout:
    """Return the layout `name`; raises Refused where it is absent, or with every fault found."""
    return from_toml(Layout, reader.read_text(layout_file(name)), layout_file(name))


def layout_file(name: str) -> str:
    """Return the path of the file that declares the layout `name`."""
    return f"{FOLDER}/{name}/{LAYOUT_FILE}"
