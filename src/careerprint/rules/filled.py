"""Checks pages that were filled in: the form by all rules, once, and of each page what differs.

A filled page has the bytes of its form but for the texts, codes and links that are filled in. So
what is painted, fonts, colours, structure and standards are those of the form, which all rules have
been applied to; what is filled in is read back from each finished file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pypdfium2 as pdfium

from careerprint.composing.job import Job, replacing
from careerprint.core.geometry import Rectangle
from careerprint.finished.document import Finished
from careerprint.finished.findings import Finding
from careerprint.finished.readback import Reading
from careerprint.finished.texts import Piece, addresses, marked_pieces
from careerprint.rules.case import Case
from careerprint.rules.checking import examine_pdf
from careerprint.rules.reading import codes_among, codes_drawn, codes_on
from careerprint.rules.texts import text_inside, type_size

QUIET = 6.0  # mm: how far around a code is drawn, so that its quiet zone is seen


@dataclass(frozen=True, slots=True)
class Judged:
    """A form in which all rules found no error: what it holds, and what they found.

    `others` is of how many objects the page is made but for what is filled in; `addresses` are what
    its links lead to; `codes` says where its QR codes are, None where it has none.
    """

    found: Finished
    findings: tuple[Finding, ...]
    others: int
    addresses: tuple[str, ...]
    codes: Rectangle | None


def judge_form(
    pdf: bytes, job: Job, left_out: Sequence[str], texts: Mapping[int, str]
) -> Judged | None:
    """Return a form judged by all rules; None where one finds an error.

    `job` is that of the form, `texts` what it says where something is filled in, by its
    marked-content identifier.
    """
    examination = examine_pdf(pdf, job.name, job, left_out)
    found = examination.found
    if found is None or any(finding.is_error for finding in examination.findings):
        return None
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        pieces, others = marked_pieces(page, texts, 1, found.pages[0].trim)
        leading = addresses(document, page)
        page.close()
    finally:
        document.close()
    if not _are(pieces, texts):
        return None
    places = [place for _, _, place in codes_on(Case(job.name, pdf, found, job), 1)]
    around = None
    if places:
        around = Rectangle(
            min(p.left for p in places) - QUIET,
            min(p.top for p in places) - QUIET,
            max(p.right for p in places) + QUIET,
            max(p.bottom for p in places) + QUIET,
        )
    return Judged(found, examination.findings, others, leading, around)


def examine_filled(
    pdf: bytes, job: Job, form: Judged, texts: Mapping[int, str]
) -> tuple[Finding, ...] | None:
    """Return what is found in a page that was filled in, behind what was found in its form.

    `texts` are those that were filled in, by their marked-content identifiers. None where the page
    is not as it should be: then it is to be laid out like any other, which tells what is wrong.
    """
    case = Case(job.name, pdf, form.found, job)
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        pieces, others = marked_pieces(page, texts, 1, form.found.pages[0].trim)
        codes = codes_drawn(page, case, 1, form.codes) if form.codes else []
        leading = addresses(document, page)
        page.close()
    finally:
        document.close()
    said = replacing(job.fields)
    wanted = [said(address) for address in form.addresses]
    if others != form.others or list(map(unquote, leading)) != list(map(unquote, wanted)):
        return None
    if not _are(pieces, texts):
        return None
    seen = tuple(piece for mark in pieces.values() for piece in mark if piece.text)
    found = replace(form.found, pieces=seen)
    case = replace(case, found=found)
    new = (*text_inside(case), *type_size(case), *codes_among(case, codes))
    if any(finding.is_error for finding in new):
        return None
    return *form.findings, *new


def _are(pieces: Mapping[int, Sequence[Piece]], texts: Mapping[int, str]) -> bool:
    """Tell whether pieces of a page are these texts, as a screen reader would read them."""
    return all(_is([piece.text for piece in pieces[mark]], text) for mark, text in texts.items())


def _is(runs: Sequence[str], text: str) -> bool:
    if "".join("".join(runs).split()) == "".join(text.split()):  # as most are: the rest takes long
        return True
    return Reading(runs).has_next(text)
