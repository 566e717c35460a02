"""Writes a laid-out document as the PDF that its target asks for.

What WeasyPrint leaves to chance (document ids, the time of day) follows from the job, so that the
same job makes the same bytes.
"""

import io
import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from pikepdf import Array, Pdf

from careerprint.composing.job import Job
from careerprint.core.geometry import MM_PER_PT
from careerprint.layouts.inks import Inks, PressConditions
from careerprint.typesetting.draftmark import mark_as_draft
from careerprint.typesetting.rowpages import add_rows
from careerprint.typesetting.rows import Rows

PRESS_SPACE = "device-cmyk"  # what WeasyPrint calls the colour space of its output intent
# The public register of printing conditions, FOGRA39 among them (ISO 15930-7).
REGISTRY = "http://www.color.org"

# The identification of PDF/UA-1, and what PDF/A asks for with a schema that it does not know.
# Source: ISO 14289-1, 5; ISO 19005-2, 6.6.2.3
_UA_1 = Path(__file__).with_name("pdfua.xmp").read_bytes().rstrip()
_END = b"</rdf:RDF>"

# Crop marks. WeasyPrint draws them inside the bleed, where they would be printed on what is trimmed
# too tightly.
ROOM = 10.0  # mm between the bleed and the edge of the sheet
GAP, LENGTH = 1.0, 6.0  # mm: from the bleed to a mark, and how long that is
WIDTH = 0.25  # pt: as thin as a hair, yet printed
DASH = 3.0  # pt: marks of folds are dashed, marks of cuts are not


def written(document: Any, job: Job, rows: Rows | None = None) -> bytes:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document that WeasyPrint has laid out as the PDF of the job's target.

    `rows` are those of its table, where these are set by themselves.
    """
    if not job.target.has_links:
        for page in document.pages:
            page.links = []
    return WRITERS[job.target.writer](document, job, rows)


def _accessible(document: Any, job: Job, rows: Rows | None) -> bytes:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document as PDF/UA-1 and a variant of PDF/A in one file."""
    document.metadata = _metadata(document.metadata, lambda xmp: xmp.replace(_END, _UA_1 + _END))
    finisher = partial(_finished, job, rows)
    pdf: bytes = document.write_pdf(pdf_variant=job.target.pdf_variant, finisher=finisher)
    return pdf


def _exchange(document: Any, job: Job, rows: Rows | None) -> bytes:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document as a variant of PDF/X, in the inks and with the marks of a print shop."""
    conditions = job.conditions
    if conditions is None:
        raise ValueError(job.target)
    profile = press_profile(job.bundle[conditions.profile], conditions)
    document.color_profiles = {PRESS_SPACE: profile}
    identifier = document_id(job)
    document.metadata = _metadata(document.metadata, lambda xmp: _identified(xmp, identifier))
    variant = job.target.pdf_variant
    finisher = partial(_finished, job, rows)
    pdf: bytes = document.write_pdf(pdf_variant=variant, pdf_tags=True, finisher=finisher)
    folds = job.format.folds if conditions.fold_marks else ()
    if not (conditions.marks or any(folds)):
        return pdf
    if job.direction == "rtl":
        folds = tuple(tuple(job.format.width - fold for fold in page) for page in folds)
    return _with_marks(pdf, conditions, folds)


WRITERS = {"accessible": _accessible, "exchange": _exchange}


def document_id(job: Job) -> str:
    """Return the identifier of a press file (XMP, xmpMM:DocumentID): it follows from its job."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, job.digest))


def press_profile(content: bytes, conditions: PressConditions) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return WeasyPrint's output profile of a press file, with the inks that colours turn into.

    The patch of WeasyPrint's streams converts colours where it finds such a profile.
    """
    from weasyprint.css import ColorProfile

    profile = ColorProfile(
        io.BytesIO(content), conditions.profile, "relative-colorimetric", ("c", "m", "y", "k")
    )
    profile.inks = Inks(content, conditions.inks)
    return profile


def _metadata(found: Any, change: Callable[[bytes], bytes]) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return a document's metadata whose XMP is changed on its way into the PDF."""
    from weasyprint.pdf.metadata import DocumentMetadata

    class Metadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint is untyped
        def generate_rdf_metadata(self, *arguments: Any) -> bytes:  # noqa: ANN401 - as above
            return change(super().generate_rdf_metadata(*arguments))

        def include_in_pdf(self, *arguments: Any, compress: bool = False) -> None:  # noqa: ANN401, ARG002 - as above
            super().include_in_pdf(*arguments[:4], compress=False)  # ISO 19005-2, 6.6.2.1

    return Metadata(**vars(found))


def _identified(xmp: bytes, identifier: str) -> bytes:
    """Put an identifier into the place of a random one."""
    before, mark, rest = xmp.partition(b"xmp.did:")
    return before + mark + identifier.encode() + rest[len(identifier) :]


def _finished(job: Job, rows: Rows | None, document: Any, pdf: Any) -> None:  # noqa: ANN401, ARG001 - WeasyPrint's signature
    """Add rows, mark a draft, and name the register in which a press's printing condition is found.

    A press's profile is there as the output intent alone: no colour is painted in its space, but in
    the press's inks.
    """
    from pydyf import Dictionary, String

    if rows is not None:
        add_rows(pdf, rows)
    if job.target.is_draft:
        mark_as_draft(pdf, job)
    for intent in pdf.catalog["OutputIntents"] if job.conditions else ():
        intent["RegistryName"] = String(REGISTRY)
    for found in pdf.objects if job.conditions else ():
        if isinstance(found, Dictionary):
            found.pop(PRESS_SPACE, None)


def _with_marks(pdf: bytes, conditions: PressConditions, folds: Sequence[Sequence[float]]) -> bytes:
    """Return a press file with eight crop marks a page, in black ink, and two a fold.

    `folds` are in mm from the left edge of each page.

    Each page's MediaBox grows by ROOM on all sides; TrimBox and BleedBox stay where they are.
    Artwork that is drawn further than this shop's bleed ends where that ends.
    """
    marked = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        for page, on_page in zip(document.pages, chain(folds, repeat(())), strict=False):
            trim = [float(side) for side in page.trimbox]
            media = [float(side) for side in page.mediabox]
            room = ROOM / MM_PER_PT
            grown = (media[0] - room, media[1] - room, media[2] + room, media[3] + room)
            page.mediabox = Array(grown)
            offset, length = (conditions.bleed + GAP) / MM_PER_PT, LENGTH / MM_PER_PT
            lines = _crop_marks(trim, offset, length) if conditions.marks else []
            places = [trim[0] + fold / MM_PER_PT for fold in on_page]
            lines += [f"[{DASH}] 0 d", *_upright(places, trim, offset, length)] if places else []
            drawn = "\n".join(("/Artifact BMC q", f"0 0 0 1 K {WIDTH} w", *lines, "Q EMC\n"))
            page.contents_add(document.make_stream(drawn.encode() + _clip(media)), prepend=True)
            page.contents_add(document.make_stream(b"\nQ\n"), prepend=False)
        document.save(marked, deterministic_id=True)
    return marked.getvalue()


def _clip(box: list[float]) -> bytes:
    """Return the beginning of a content stream that draws inside a rectangle only; Q ends it."""
    left, bottom, right, top = box
    return f"q {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n\n".encode()


def _crop_marks(trim: list[float], offset: float, length: float) -> list[str]:
    """Return marks at the corners of a rectangle as strokes; all lengths are in pt."""
    left, bottom, right, top = trim
    lines = []
    for x, away in ((left, -1), (right, 1)):
        for y in (bottom, top):
            start = x + away * offset
            lines.append(f"{start:.3f} {y:.3f} m {start + away * length:.3f} {y:.3f} l S")
    return [*lines, *_upright((left, right), trim, offset, length)]


def _upright(places: Iterable[float], trim: list[float], offset: float, length: float) -> list[str]:
    """Return a stroke below and one above the page at each of some places."""
    _, bottom, _, top = trim
    lines = []
    for y, away in ((bottom, -1), (top, 1)):
        for x in places:
            start = y + away * offset
            lines.append(f"{x:.3f} {start:.3f} m {x:.3f} {start + away * length:.3f} l S")
    return lines
