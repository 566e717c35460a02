"""Targets: what a PDF is for, what that asks of its job, how it is written, how it is judged.

A new target is one more entry of TARGETS. It needs a writer of its own in `typesetting.variants`
only where none of those writes what it asks for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class ColourModel(StrEnum):
    """What colours are made of: light on a screen, or the four inks of a press."""

    RGB = "RGB"
    CMYK = "CMYK"


@dataclass(frozen=True, slots=True)
class Target:
    """What a PDF is for, as every phase has to know it.

    `name` is what users call it, and `ending` what its file names end with, behind the locale.
    `writer` names one in `typesetting.variants`; `pdf_variant` is what WeasyPrint calls the kind of
    PDF. `standards` are those that a file claims and keeps, such as "PDF/X-4"; `intent` is the kind
    of its output intent (ISO 32000-1, table 365), whose profile is of `colour_model`. Pictures have
    `least_dpi` at their size at least, and should have `good_dpi`. `has_links` says that links can
    be followed. `needs_shop` says that a print shop prints and trims it, so that the job has its
    conditions: bleed, marks, the profile of its inks. `needs_review` says that each translation has
    to be reviewed before, `needs_credit` that the maker of each picture is named.
    """

    name: str
    ending: str
    writer: str
    pdf_variant: str
    standards: tuple[str, ...]
    intent: str
    colour_model: ColourModel
    least_dpi: int
    good_dpi: int
    has_links: bool
    needs_shop: bool
    needs_review: bool
    needs_credit: bool


SCREEN = Target(
    name="screen",
    ending=".pdf",
    writer="accessible",
    pdf_variant="pdf/a-2a",
    standards=("PDF/UA-1", "PDF/A-2a"),
    intent="GTS_PDFA1",
    colour_model=ColourModel.RGB,
    least_dpi=96,  # CSS pixels
    good_dpi=96,
    has_links=True,
    needs_shop=False,
    needs_review=False,
    needs_credit=False,
)
PRESS = Target(
    name="press",
    ending="-press.pdf",
    writer="exchange",
    pdf_variant="pdf/x-4",
    standards=("PDF/X-4",),
    intent="GTS_PDFX",
    colour_model=ColourModel.CMYK,
    least_dpi=150,  # below, dots are seen
    good_dpi=300,  # what print shops ask for
    has_links=False,  # nobody can follow one on paper, and PDF/X wants none there
    needs_shop=True,
    needs_review=True,
    needs_credit=True,
)
TARGETS = {target.name: target for target in (SCREEN, PRESS)}
DEFAULT_TARGET = SCREEN


def claimed_target(claims: Collection[str]) -> Target:
    """Return the target by which a PDF from elsewhere is judged: the one that it claims to be for.

    `claims` are the standards that it claims to keep, in whatever version. What claims those of a
    print shop's target is judged as one for it, whatever else it claims; what claims none, by the
    default.
    """
    targets = sorted(TARGETS.values(), key=lambda target: not target.needs_shop)
    for target in targets:
        kinds = [standard.partition("-")[0] for standard in target.standards]
        if all(any(claim.startswith(kind) for claim in claims) for kind in kinds):
            return target
    return DEFAULT_TARGET
