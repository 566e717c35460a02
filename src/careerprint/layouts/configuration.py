"""Reads careerprint.toml: what a workspace declares."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds
from careerprint.core.characters import CONTROLS, REORDERING
from careerprint.core.diagnostics import N_, Location
from careerprint.core.reader import Reader
from careerprint.core.schema import (
    Id,
    Model,
    Steps,
    Text,
    WebAddress,
    from_toml,
    invalid,
    toml_line,
)
from careerprint.core.targets import TARGETS
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.layouts.colours import Colour
from careerprint.profiles.approvals import ISSUER, Key, approval_key, needs_approval
from careerprint.profiles.catalogs import PROFILE_SOURCE, spelt_locale
from careerprint.profiles.tags import fallback_chain

# What an escape such as \\u202E may stand for: controls, also those that reorder what readers see.
_CONTROL = re.compile(rf"[\t\n{CONTROLS}{REORDERING}]")


def _without_controls(written: str) -> str:
    if found := _CONTROL.search(written):
        raise invalid(
            N_("“{key}” holds the invisible control character U+{meant}."),
            N_("Delete it, or type the line again."),
            meant=f"{ord(found[0]):04X}",
        )
    return written


Written = Annotated[str, StringConstraints(min_length=1), AfterValidator(_without_controls)]
LocaleTag = Annotated[Written, AfterValidator(spelt_locale)]


def _target(written: str) -> str:
    if written not in TARGETS:
        known = " or ".join(map(repr, TARGETS))
        raise invalid(N_("“{key}” is “{value}”."), N_("Allowed is: {allowed}."), expected=known)
    return written


class Choice(Model):
    """A choice of editions, by what they are of; what is not named is not restricted."""

    profiles: tuple[Id, ...] = ()
    layouts: tuple[Id, ...] = ()
    locales: tuple[LocaleTag, ...] = ()
    formats: tuple[Id, ...] = ()
    targets: tuple[Annotated[str, AfterValidator(_target)], ...] = ()


class Build(Choice):
    """Which editions `careerprint build` prints: profiles × layouts × formats × locales × targets.

    Without `profiles`, all are printed; a layout without any of the `formats` is printed in its
    default format; without `targets`, for the screen. `include` adds editions, and what an entry
    leaves open is as declared here. `exclude` takes editions away.
    """

    layouts: Annotated[tuple[Id, ...], Field(min_length=1)]
    locales: Annotated[tuple[LocaleTag, ...], Field(min_length=1)]
    include: tuple[Choice, ...] = ()
    exclude: tuple[Choice, ...] = ()


class Issuer(Model):
    """Who hands the documents out. The texts are German and are printed as they stand.

    `imprints` are translations of the imprint, by locale; without one it stands there in German.
    """

    name: Written
    url: WebAddress
    email: Written | None = None
    phone: Written | None = None
    street: Written | None = None
    town: Written | None = None
    imprint: Written
    imprints: Annotated[dict[LocaleTag, Written], Field(default_factory=dict)]

    def imprint_in(self, tag: str) -> tuple[str, str]:
        """Return the imprint for a locale, and the language that it is in."""
        found = next((known for known in fallback_chain(tag) if known in self.imprints), None)
        return (self.imprints[found], found) if found else (self.imprint, PROFILE_SOURCE)


class Brand(Model):
    """The issuer's own: a logo, a file of the workspace, and colours in place of the layouts'."""

    logo: Written | None = None
    colours: Annotated[dict[str, Colour], Field(default_factory=dict)]


class Press(Model):
    """What press files are made for: a print shop by its name, and what differs from its entry.

    `profile` is the path of an ICC profile in the workspace, `bleed` is in mm, `marks` asks for
    crop marks and marks of folds. None stands for the shop's own value.
    """

    shop: Id = "standard"
    profile: Written | None = None
    bleed: Annotated[float, Field(ge=0, le=10)] | None = None
    marks: bool | None = None


class Order(Model):
    """What the order for the print shop says besides files: who orders, and where copies go.

    Without a customer, it is the issuer.
    """

    customer: Written | None = None
    contact: Written | None = None
    delivery: Written | None = None


Hourly = Annotated[float, Field(gt=0, le=1000)]


class Rate(Model):
    """A minimum wage in euros an hour, and the day from which it is in force."""

    valid_from: date
    hourly: Hourly


class MinimumWage(Model):
    """What is known of the statutory minimum wage besides the amounts that ship with careerprint.

    `rates` add to these, or replace the one of the same day; nothing below `hourly` is taken for
    enough. `weekly_hours` are those of a full week where a profile does not state them.
    """

    hourly: Hourly | None = None
    weekly_hours: Annotated[float, Field(gt=0, le=60)] = 40
    rates: tuple[Rate, ...] = ()


def _bounded(most: int) -> object:
    return Field(ge=1, le=most)


class Limits(Model):
    """The bounds of `core.bounds`, each with its largest value: 89 megapixels is Pillow's own."""

    file_mb: Annotated[int, _bounded(1000)] = DEFAULT_BOUNDS.file_mb
    picture_megapixels: Annotated[int, _bounded(89)] = DEFAULT_BOUNDS.picture_megapixels
    profile_blocks: Annotated[int, _bounded(100_000)] = DEFAULT_BOUNDS.profile_blocks
    table_rows: Annotated[int, _bounded(200_000)] = DEFAULT_BOUNDS.table_rows
    edition_pages: Annotated[int, _bounded(2000)] = DEFAULT_BOUNDS.edition_pages
    edition_seconds: Annotated[int, _bounded(36_000)] = DEFAULT_BOUNDS.edition_seconds
    edition_memory_mb: Annotated[int, Field(ge=512, le=1_000_000)] = (
        DEFAULT_BOUNDS.edition_memory_mb
    )

    @property
    def plain(self) -> Bounds:
        """The bounds as plain data."""
        return Bounds(**self.model_dump())


def _listed(value: object) -> object:
    """Return what may be a text, or a list of several."""
    return (value,) if isinstance(value, str) else value


class Fairs(Model):
    """How tables of fairs are read: `columns` says of headings which column they stand for.

    `copies` says whether one number counts for each of a row's languages, or for all together,
    `sheet` which sheet of a workbook is read that has one of this name, or which ones.
    """

    copies: Literal["each", "together"] = "each"
    sheet: Annotated[tuple[Written, ...], BeforeValidator(_listed)] = ()
    columns: Annotated[dict[str, Written], Field(default_factory=dict)]


class Configuration(Model):
    """The content of careerprint.toml."""

    build: Build
    issuer: Issuer
    brand: Annotated[Brand, Field(default_factory=Brand)]
    press: Annotated[Press, Field(default_factory=Press)]
    order: Annotated[Order, Field(default_factory=Order)]
    minimum_wage: Annotated[MinimumWage, Field(default_factory=MinimumWage)]
    fairs: Annotated[Fairs, Field(default_factory=Fairs)]
    bounds: Annotated[Limits, Field(default_factory=Limits)]


def read_configuration(reader: Reader) -> Configuration:
    """Return what careerprint.toml says; raises Refused with every fault found."""
    return from_toml(Configuration, reader.read_text(CONFIGURATION_FILE), CONFIGURATION_FILE)


def imprint_key(issuer: Issuer, locale: str) -> Key | None:
    """Return what an approval of the imprint in a locale is of; None where it needs none."""
    text, said_in = issuer.imprint_in(locale)
    if said_in == PROFILE_SOURCE or not needs_approval(said_in):
        return None
    return approval_key(ISSUER, said_in, issuer.imprint, text)


def imprint_place(reader: Reader, locale: str) -> Location:
    """Return where the imprint in a locale stands."""
    steps = ("issuer", "imprints", locale)
    return Location(CONFIGURATION_FILE, toml_line(steps, reader.read_text(CONFIGURATION_FILE)))


def issuer_texts(reader: Reader, issuer: Issuer, locale: str) -> tuple[Text, ...]:
    """Return what is said of the issuer in a locale, each text with its place."""
    written, (imprint, language) = reader.read_text(CONFIGURATION_FILE), issuer.imprint_in(locale)
    said: dict[Steps, str] = {
        ("issuer", key): text for key, text in issuer if isinstance(text, str)
    }
    if language != PROFILE_SOURCE:
        del said["issuer", "imprint"]
        said["issuer", "imprints", language] = imprint
    return tuple(
        Text(text, Location(CONFIGURATION_FILE, toml_line(steps, written)))
        for steps, text in said.items()
    )
