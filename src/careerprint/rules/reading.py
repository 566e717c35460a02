"""Rules of finished PDFs: they can be read by everyone, and lead where they should."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pypdfium2 as pdfium

from careerprint.core.diagnostics import N_
from careerprint.core.geometry import MM_PER_PT, Rectangle
from careerprint.finished.findings import Finding, fault
from careerprint.finished.matrices import enclosed
from careerprint.rules.case import Case

CODE_RESOLUTION = 200  # dpi: about what the camera of a telephone sees at arm's length
_POINTS = 72  # in an inch
STANDARDS = (("pdf-ua", "ua1", "PDF/UA-1"), ("pdf-a", "2a", "PDF/A-2a"))
Code = tuple[str, int, Rectangle]
"""What a QR code says, the page on which it stands, from 1, and where, in mm."""
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)


def language(case: Case) -> Iterator[Finding]:
    """Yield `language`: the document's language is the edition's.

    Source: ISO 14289-1, 7.2; ISO 32000-1, 14.9.2.
    """
    if case.job is not None and case.found.language != case.job.locale:
        yield fault(
            "language",
            case.spot(),
            N_("The document's language is “{found}”; it should be “{wanted}”."),
            N_("Print it again; a screen reader would pronounce it wrongly."),
            found=case.found.language or "–",
            wanted=case.job.locale,
        )


def title(case: Case) -> Iterator[Finding]:
    """Yield `title`: the document has the title that the layout gives it, and viewers show it.

    Source: ISO 14289-1, 7.1; ISO 32000-1, 12.2, DisplayDocTitle.
    """
    if case.job is None:
        return
    written = _TITLE.search(case.job.html)
    wanted = " ".join(html.unescape(written[1]).split()) if written else ""
    found = " ".join(case.found.title.split())
    if not found or (wanted and found != wanted) or not case.found.shows_title:
        yield fault(
            "title",
            case.spot(),
            N_("The document's title is “{found}”; viewers should show “{wanted}”."),
            N_("Print it again; the template's <title> says it."),
            found=found if case.found.shows_title and found else "–",
            wanted=wanted or "–",
        )


def links(case: Case) -> Iterator[Finding]:
    """Yield `links`: links and bookmarks lead to a place in the document, or to an address.

    Addresses are of the kinds http, https, mailto and tel. Source: our convention.
    """
    for link in case.found.links:
        if not link.leads:
            yield fault(
                "links",
                case.spot(link.page, link.place),
                N_("A link or bookmark leads nowhere: {target}."),
                N_("Correct the address, or the id that it names."),
                target=link.target,
            )


def standards(case: Case) -> Iterator[Finding]:
    """Yield `pdf-ua` and `pdf-a`: screen files keep PDF/UA-1 (ISO 14289-1) and PDF/A-2a (19005-2).

    Judged by page-validation, whose rules and words these are.
    """
    if case.job is None or case.is_for_press:
        return
    import page as page_validation

    for rule, profile, standard in STANDARDS:
        try:
            failures = page_validation.validate_pdf_bytes(case.pdf, profile=profile).failures
            wrong = [(f.rule_id, f.message) for f in failures]
        except page_validation.PageError as failure:
            wrong = [("–", str(failure))]
        for identifier, reason in wrong:
            yield fault(
                rule,
                case.spot(),
                N_("{standard} is not kept: {reason} ({identifier})."),
                N_("Print it again, and save it in no other program."),
                standard=standard,
                reason=reason,
                identifier=identifier,
            )


def codes(case: Case) -> Iterator[Finding]:
    """Yield `qr-code`: each QR code can be read from the drawn page, and says what it should.

    Source: ISO/IEC 18004; the resolution is our convention.
    """
    if case.job is None or not case.job.codes:
        return
    pages = range(1, len(case.found.pages) + 1)
    yield from codes_among(case, [code for number in pages for code in codes_on(case, number)])


def codes_among(case: Case, found: Iterable[Code]) -> Iterator[Finding]:
    """Do as `codes` does with QR codes that have been read."""
    wanted = Counter(case.job.codes if case.job else ())
    for text, number, place in found:
        if wanted[text] > 0:
            wanted[text] -= 1
        else:
            yield fault(
                "qr-code",
                case.spot(number, place),
                N_("A QR code says “{text}”, which is not what it should say."),
                N_("Print it again; the layout says what it leads to."),
                text=text,
            )
    for text in wanted.elements():
        yield fault(
            "qr-code",
            case.spot(),
            N_("The QR code for “{text}” cannot be read from the page."),
            N_("Give it more room, a light ground and a white margin; nothing may cover it."),
            text=text,
        )


def codes_on(case: Case, number: int) -> Iterator[Code]:
    """Yield what each QR code on a page says, and where it stands."""
    document = pdfium.PdfDocument(case.pdf)
    try:
        yield from codes_drawn(document[number - 1], case, number)
    finally:
        document.close()


def codes_drawn(
    page: pdfium.PdfPage, case: Case, number: int, within: Rectangle | None = None
) -> list[Code]:
    """Return what each QR code on a page that is read, or within a part of it, says."""
    import zxingcpp

    left, bottom, right, top = page.get_cropbox()
    trim = case.found.pages[number - 1].trim
    cut = [0.0, 0.0, 0.0, 0.0]  # what of the page is left out: left, bottom, right, top, in pt
    if within is not None:
        sides = (
            trim[0] + within.left / MM_PER_PT - left,
            trim[3] - within.bottom / MM_PER_PT - bottom,
            right - trim[0] - within.right / MM_PER_PT,
            top - trim[3] + within.top / MM_PER_PT,
        )
        cut = [max(side, 0.0) for side in sides]
    picture = page.render(scale=CODE_RESOLUTION / _POINTS, grayscale=True, crop=tuple(cut)).to_pil()
    left, top, dot = left + cut[0], top - cut[3], _POINTS / CODE_RESOLUTION
    found = []
    for code in zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        points = [(left + corner.x * dot, top - corner.y * dot) for corner in _corners(code)]
        found.append((code.text, number, enclosed(points, (trim[0], trim[3]))))
    return found


def _corners(code: Any) -> list[Any]:  # noqa: ANN401 - zxing-cpp is untyped
    around = code.position
    return [around.top_left, around.top_right, around.bottom_left, around.bottom_right]
