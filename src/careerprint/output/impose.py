"""Puts the pages of a finished PDF on the sheets of an imposition: PDF bytes into PDF bytes.

Each page becomes a form XObject, made once and drawn wherever it stands, so text stays text, lines
stay lines, and fonts and pictures are shared. The result is for the printer: it keeps the title and
the language, and has no links, no outline and no structure for screen readers.
"""

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.geometry import PT_PER_MM
from careerprint.finished.opening import DAMAGED, Unusable, opened_pdf
from careerprint.finished.streams import SENSELESS, annotations_of
from careerprint.output.combine import press_intents
from careerprint.output.imposition import (
    CUT_TOLERANCE,
    Document,
    Flip,
    Imposition,
    Mark,
    Side,
    Size,
    Wish,
    plan_imposition,
)
from careerprint.profiles.catalogs import is_locale
from careerprint.profiles.tags import direction_of, fallback_chain

# What of a document is kept. Of the catalog: what printed colours mean, and which layers are shown.
KEPT_IN_CATALOG = {"/Type", "/Pages", "/Lang", "/OutputIntents", "/OCProperties"}
KEPT_OF_INFO = {"/Title", "/Author", "/Subject", "/Keywords", "/Creator"}
# A hairline in black, on a white one that shows it on dark pages; widths in pt.
MARK_WIDTH, MARK_GROUND_WIDTH = 0.25, 0.75
FOLD_DASHES = "[2 1.5] 0"

# ISO 32000-1, tables 165 and 169: flags of annotations, and kinds that leave nothing on paper.
_HIDDEN, _PRINT, _NO_VIEW = 2, 4, 32
_UNSEEN = (Name.Link, Name.Popup)

# ISO 32000-1, 12.2, table 150: what a viewer presets in its print dialogue.
_DUPLEX = {
    None: Name.Simplex,
    Flip.SHORT: Name.DuplexFlipShortEdge,
    Flip.LONG: Name.DuplexFlipLongEdge,
}


@dataclass(frozen=True, slots=True)
class Imposed:
    """A PDF of sheets, what it was planned as, and of what."""

    pdf: bytes
    document: Document
    plan: Imposition


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as a form, with the box that it fills, in pt of the sheet's coordinates."""

    form: Any  # a pikepdf.Object, which takes any attribute
    left: float
    bottom: float
    size: Size


def impose(pdf: bytes, wish: Wish, location: Location) -> Imposed:
    """Return the PDF's pages put together on sheets of A4; `location` is where the PDF comes from.

    What of a page is within its trim box is taken, or within its crop or media box where it has no
    trim box. The same bytes make the same bytes. Raises Refused for a PDF that cannot be used.
    """
    try:
        with opened_pdf(pdf) as source:
            return _imposed(source, wish, location)
    except Unusable as unusable:
        raise refuse(location, unusable.message, unusable.hint, **unusable.parameters) from None


def _imposed(source: Pdf, wish: Wish, location: Location) -> Imposed:
    try:
        if lost := _flatten(source):
            raise refuse(
                location,
                N_("These comments or form fields have no appearance to print: {names}."),
                N_("Print the file into a PDF first, in the program that shows them."),
                names=", ".join(lost),
            )
        pages, is_right_to_left = [*map(_page, source.pages)], _is_right_to_left(source)
    except SENSELESS:
        raise Unusable(*DAMAGED) from None
    sizes = [page.size for page in pages]
    _check_sizes(sizes, location)
    document = Document(sizes[0], len(pages), is_right_to_left)
    plan = plan_imposition(document, wish, location)
    del source.pages[:]
    for side in plan.sides:
        source.pages.append(_sheet(source, pages, side, plan))
    _keep_what_is_printed(source, plan)
    target = io.BytesIO()
    # 1.7 knows how to preset the print dialogue.
    with warnings.catch_warnings(action="ignore"):  # of fields, of which none are kept
        source.save(
            target,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return Imposed(target.getvalue(), document, plan)


def _flatten(source: Pdf) -> Sequence[str]:
    """Make what stands on the pages, but not in them, a part of them.

    Returns the kinds, and names where they have some, of what is to be printed and cannot be, since
    it does not say how it looks; nothing is done then.
    """
    if Name.AcroForm in source.Root:
        source.generate_appearance_streams()
    lost = [_label(annotation) for annotation in _printed(source) if not _is_shown(annotation)]
    if not lost:
        source.flatten_annotations("print")
    return tuple(dict.fromkeys(lost))


def _printed(source: Pdf) -> Iterator[Any]:
    """Yield the annotations that leave something on paper (ISO 32000-1, 12.5.3 and 12.5.6)."""
    for page in source.pages:
        for annotation in annotations_of(page.obj):
            flags = int(annotation.get(Name.F, 0))
            is_printed = flags & _PRINT and not flags & (_HIDDEN | _NO_VIEW)
            if is_printed and annotation.get(Name.Subtype) not in _UNSEEN:
                yield annotation


def _is_shown(annotation: Any) -> bool:  # noqa: ANN401 - pikepdf's objects
    """Tell whether an annotation says how it looks, or has nothing to show."""
    if annotation.get(Name.Subtype) == Name.Widget and Name.V not in annotation:
        return True  # a field that is empty, or a button
    return Name.N in annotation.get(Name.AP, Dictionary())


def _label(annotation: Any) -> str:  # noqa: ANN401 - pikepdf's objects
    name = str(annotation.get(Name.T, "")) if annotation.get(Name.Subtype) == Name.Widget else ""
    kind = str(annotation.get(Name.Subtype, "–")).removeprefix("/")
    return f"{kind} “{name}”" if name else kind


def _page(page: pikepdf.Page) -> _Page:
    """Return a page as a form, upright as it is shown."""
    form: Any = page.as_form_xobject()
    if page.obj.get(Name.Resources) is not None:  # shared with other pages, and not copied
        form.Resources = page.obj.Resources
    x1, y1, x2, y2 = (float(side) for side in form.BBox)
    matrix = pikepdf.Matrix(form.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
    corners = [matrix.transform(corner) for corner in ((x1, y1), (x2, y2))]
    (left, right), (bottom, top) = (sorted(ends) for ends in zip(*corners, strict=True))
    size = Size((right - left) / PT_PER_MM, (top - bottom) / PT_PER_MM)
    return _Page(form, left, bottom, size)


def _is_right_to_left(source: Pdf) -> bool:
    """Tell on which side a document is bound: as it says itself, else as its language is read."""
    stated = source.Root.get(Name.ViewerPreferences, Dictionary()).get(Name.Direction)
    if stated is not None:
        return bool(stated == Name.R2L)
    for tag in fallback_chain(str(source.Root.get(Name.Lang, ""))):
        if is_locale(tag):
            return direction_of(tag) == "rtl"
    return False


def _check_sizes(sizes: Sequence[Size], location: Location) -> None:
    """Raise Refused where pages have different sizes, Unusable where they have none."""
    if min(min(size) for size in sizes) <= 0:
        raise Unusable(*DAMAGED)
    for number, size in enumerate(sizes, 1):
        if not size.is_about(sizes[0], CUT_TOLERANCE):
            raise refuse(
                location,
                N_("Page {number} has {size}, page 1 has {first}."),
                N_("Only pages of one size can be put together. Divide the PDF by size."),
                number=number,
                size=size,
                first=sizes[0],
            )


def _sheet(source: Pdf, pages: Sequence[_Page], side: Side, plan: Imposition) -> pikepdf.Page:
    """Return one side of a sheet as a page."""
    drawing = []
    forms = Dictionary()
    for place in side.places:
        page, name = pages[place.page], f"/P{place.page + 1}"
        forms[name] = page.form
        x = place.x * PT_PER_MM - page.left * plan.scale
        y = place.y * PT_PER_MM - page.bottom * plan.scale
        drawing.append(f"q {plan.scale:.6f} 0 0 {plan.scale:.6f} {x:.6f} {y:.6f} cm {name} Do Q")
    drawing += map(_drawn, side.marks)
    box = [0, 0, *(round(length * PT_PER_MM, 6) for length in plan.sheet)]
    sheet = Dictionary(
        Type=Name.Page,
        MediaBox=Array(box),
        Resources=Dictionary(XObject=forms),
        Contents=source.make_stream("\n".join(drawing).encode("ascii")),
    )
    return pikepdf.Page(source.make_indirect(sheet))


def _drawn(mark: Mark) -> str:
    """Return what draws a mark: a cut through its ground, a fold as dashes alone."""
    (x1, y1), (x2, y2) = (
        tuple(round(position * PT_PER_MM, 4) for position in point)
        for point in (mark.start, mark.end)
    )
    line = f"{x1} {y1} m {x2} {y2} l S"
    if mark.is_cut:
        return f"q 1 G {MARK_GROUND_WIDTH} w {line} 0 G {MARK_WIDTH} w {line} Q"
    return f"q 0 G {MARK_WIDTH} w {FOLD_DASHES} d {line} Q"


def _keep_what_is_printed(source: Pdf, plan: Imposition) -> None:
    """Take from a document what was about its pages, and have it printed as it has to be."""
    for key in set(source.Root.keys()) - KEPT_IN_CATALOG:
        del source.Root[key]
    if intents := press_intents(source.Root.get("/OutputIntents", Array())):
        source.Root.OutputIntents = intents
    elif "/OutputIntents" in source.Root:
        del source.Root.OutputIntents
    for key in set(source.docinfo.keys()) - KEPT_OF_INFO:
        del source.docinfo[key]
    source.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle="/Title" in source.docinfo,
        PrintScaling=Name("/None"),
        Duplex=_DUPLEX[plan.flip],
    )
