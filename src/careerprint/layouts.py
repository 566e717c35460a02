"""Reads what a layout declares in layouts/NAME/layout.toml."""

from typing import Annotated, Literal

from pydantic import Field

from careerprint.content import Id
from careerprint.reader import Reader
from careerprint.schema import Model, from_toml

FOLDER = "layouts"
LAYOUT_FILE = "layout.toml"


class PageRule(Model):
    """How many pages the product has: exactly `exactly`, or a multiple of `multiple_of`.

    With `multiple_of`, the template holds up to `multiple_of - 1` elements of the class `filler`,
    each a page of its own, of which as many are printed as the last sheet needs.
    """

    exactly: Annotated[int, Field(ge=1)] | None = None
    multiple_of: Annotated[int, Field(ge=1)] = 1


class Layout(Model):
    """What a product looks like: files relative to layouts/, and what of a profile it takes.

    `type_sizes` are the sizes of the running text in pt, largest first, of which the first that
    keeps to the page rule is printed. `slots` says which template stands beside which section:
    section id → template.
    """

    template: str
    tokens: str
    styles: Annotated[tuple[str, ...], Field(min_length=1)]
    type_sizes: Annotated[tuple[Annotated[float, Field(ge=8, le=24)], ...], Field(min_length=1)]
    takes: Annotated[tuple[Literal["cover", "sections", "flyer"], ...], Field(min_length=1)]
    pages: PageRule
    slots: Annotated[dict[Id, str], Field(default_factory=dict)]


def layout_names(reader: Reader) -> list[str]:
    """Return the names of the workspace's layouts, sorted."""
    return reader.folders(FOLDER, holding=LAYOUT_FILE)


def read_layout(reader: Reader, name: str) -> Layout:
    """Return the layout `name`; raises Refused where it is absent, or with every fault found."""
    return from_toml(Layout, reader.read_text(_file(name)), _file(name))


def _file(name: str) -> str:
    return f"{FOLDER}/{name}/{LAYOUT_FILE}"
