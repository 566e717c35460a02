"""Opens PDFs that anybody may have made: whole, without a password, and not too large."""

import io
import logging
import re
from collections.abc import Sequence

import pikepdf
from pikepdf import Stream

from careerprint.core.diagnostics import N_
from careerprint.finished.streams import (
    NOT_DECODED,
    SENSELESS,
    Fault,
    TooLarge,
    check_sizes,
    start_no_programs,
)

MOST_BYTES = 512 * 2**20  # of a file


class Unusable(Exception):  # noqa: N818 - it reads as what it is
    """A PDF cannot be read: the name of the rule, a message and a hint, both templates."""

    def __init__(self, rule: str, message: str, hint: str, **parameters: object) -> None:
        self.rule, self.message, self.hint, self.parameters = rule, message, hint, parameters
        super().__init__(message)


# What is wrong with a PDF, as an Unusable tells it.
DAMAGED = (
    "damaged",
    N_("This PDF is damaged or not whole."),
    N_("Print it again, or save it again in the program that it comes from."),
)
OBJECT_DAMAGED = (
    "damaged",
    N_("This PDF is damaged: its object {number} cannot be read."),
    N_("Print it again, or save it again in the program that it comes from."),
)
PROTECTED = (
    "protected",
    N_("This PDF is protected."),
    N_("Ask who made it for one without a password and restrictions."),
)
_RIGHT_FILE = N_("Check that it is the right file.")
TOO_LARGE = ("damaged", N_("There is more in this PDF than can be checked."), _RIGHT_FILE)
NO_PAGES = ("damaged", N_("This PDF has no pages."), _RIGHT_FILE)
NO_PDF = ("damaged", N_("This is not a PDF."), N_("Give the path of a PDF file."))


def opened_pdf(pdf: bytes) -> pikepdf.Pdf:
    """Return the PDF, opened; raises Unusable for one that is not whole, or not to be read.

    Nothing is mended: pikepdf would mend what it can and leave out what it cannot, a page's text
    for example.
    """
    document, faults = open_as_it_is(pdf)
    if faults:
        document.close()
        raise Unusable(*(OBJECT_DAMAGED if faults[0].number else DAMAGED), number=faults[0].number)
    return document


def open_as_it_is(pdf: bytes) -> tuple[pikepdf.Pdf, Sequence[Fault]]:
    """Return the PDF, opened, and the objects that are damaged; raises Unusable without any page.

    Nothing is mended.
    """
    # What pikepdf logs would be shown, tracebacks and all; what is wrong is told as a finding.
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    start_no_programs()
    if len(pdf) > MOST_BYTES:
        raise Unusable(*TOO_LARGE)
    try:
        document = pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)
        check_sizes(found for found in document.objects if isinstance(found, Stream))
        said, count = _said(document), len(document.pages)
    except pikepdf.PasswordError:
        raise Unusable(*PROTECTED) from None
    except TooLarge:
        raise Unusable(*TOO_LARGE) from None
    except SENSELESS as failure:
        if b"%PDF-" not in pdf[:1024]:  # where readers look for it
            raise Unusable(*NO_PDF) from None
        number = _fault(str(failure)).number
        raise Unusable(*(OBJECT_DAMAGED if number else DAMAGED), number=number) from None
    if document.is_encrypted:
        raise Unusable(*PROTECTED)
    if not count:
        raise Unusable(*NO_PAGES)
    return document, [_fault(line) for line in said if not _is_undecoded(line)]


def _said(document: pikepdf.Pdf) -> Sequence[str]:
    """Return what qpdf says against a file."""
    try:
        return document.check_pdf_syntax()
    except SENSELESS as failure:
        return [str(failure)]


def _is_undecoded(said: str) -> bool:
    """Tell whether qpdf says no more than that a picture is not decoded."""
    return NOT_DECODED in said or "re-processed without filtering" in said


def _fault(said: str) -> Fault:
    """Return what qpdf says of a file as a fault: "… (object 12 0, offset 57): expected endobj"."""
    found = re.search(r"\bobject (\d+)", said)
    return Fault(int(found[1]) if found else 0, 0, said.rpartition(": ")[2])
