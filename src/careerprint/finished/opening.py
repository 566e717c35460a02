"""Opens PDFs that anybody may have made: whole, without a password, and not too large."""

import io
import logging
from collections.abc import Sequence

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Stream

from careerprint.core.diagnostics import N_
from careerprint.finished.streams import (
    NOT_DECODED,
    TooLarge,
    Unreadable,
    check_sizes,
    start_no_programs,
)

MOST_BYTES = 512 * 2**20  # of a file
# What objects that make no sense raise in those who take them for what they should be.
SENSELESS = (
    *(pikepdf.PdfError, pdfium.PdfiumError, Unreadable, OSError, RuntimeError),
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, NotImplementedError),
)


class Unusable(Exception):  # noqa: N818 - it reads as what it is
    """A PDF cannot be read: the name of the rule, a message and a hint, both templates."""

    def __init__(self, rule: str, message: str, hint: str) -> None:
        self.rule, self.message, self.hint = rule, message, hint
        super().__init__(message)


# What is wrong with a PDF, as an Unusable tells it.
DAMAGED = (
    "damaged",
    N_("This PDF is damaged or not whole."),
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


def _is_whole(said: Sequence[str]) -> bool:
    """Tell whether what qpdf says of a file is no more than that some pictures are not decoded."""
    undecoded = [NOT_DECODED in line or "re-processed without filtering" in line for line in said]
    return all(undecoded)


def opened_pdf(pdf: bytes) -> pikepdf.Pdf:
    """Return the PDF, opened; raises Unusable for one that is not whole, or not to be read.

    Nothing is mended: pikepdf would mend what it can and leave out what it cannot, a page's text
    for example.
    """
    # What pikepdf logs would be shown, tracebacks and all; what is wrong is told as a finding.
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    start_no_programs()
    if len(pdf) > MOST_BYTES:
        raise Unusable(*TOO_LARGE)
    try:
        document = pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)
        check_sizes(found for found in document.objects if isinstance(found, Stream))
        is_whole, count = _is_whole(document.check_pdf_syntax()), len(document.pages)
    except pikepdf.PasswordError:
        raise Unusable(*PROTECTED) from None
    except TooLarge:
        raise Unusable(*TOO_LARGE) from None
    except SENSELESS:
        is_pdf = b"%PDF-" in pdf[:1024]  # where readers look for it
        raise Unusable(*(DAMAGED if is_pdf else NO_PDF)) from None
    if document.is_encrypted:
        raise Unusable(*PROTECTED)
    if not is_whole:
        raise Unusable(*DAMAGED)
    if not count:
        raise Unusable(*NO_PAGES)
    return document
