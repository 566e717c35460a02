"""Targets: what a PDF is for, what that asks of its job, how it is written, how it is judged.

A new target is one more entry of TARGETS. It needs a writer of its own in `typesetting.variants`
only where none of those writes what it asks for.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
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
    conditions: bleed, marks, the profile of its inks. `is_final` says that it leaves the house as
    it is, so that nothing may be unfinished. `is_draft` says that each page is marked as a draft.
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
    is_final: bool
    is_draft: bool = False

    @property
    def is_heard(self) -> bool:
        """Whether a file has what screen readers say in the place of pictures."""
        return "PDF/UA-1" in self.standards


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
    is_final=False,
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
    is_final=True,
)
# What may be printed and shown, whatever is still open: each page says so.
DRAFT = replace(SCREEN, name="draft", ending="-draft.pdf", is_draft=True)
PRESS_DRAFT = replace(
    PRESS, name="press-draft", ending="-press-draft.pdf", is_final=False, is_draft=True
)
TARGETS = {target.name: target for target in (SCREEN, PRESS, DRAFT, PRESS_DRAFT)}
DEFAULT_TARGET = SCREEN
DPI_ROUNDING = 0.98  # boxes are set in whole units: a picture made for its frame may lack some dots


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
