"""Checks the pages of a table whose rows were set one by one: some by all rules, all by their text.

Every row is written in the same way, whatever it says. So all rules judge a document with few of
the rows; of the document with all of them, what each page says is read back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from careerprint.composing.job import Job
from careerprint.core.diagnostics import N_, shortened
from careerprint.finished.findings import Finding, Spot
from careerprint.finished.readback import normalized
from careerprint.typesetting.linetexts import is_turned

_HYPHEN = "\ufffe"  # what PDFium reads a hyphen at the end of a line as
_FEW = 3  # groups of each sort: the first, the longest, those with Arabic, the last


def excerpt(job: Job) -> Job:
    """Return a job with few of the rows: those that differ most in how they are set."""
    texts = ["".join(text for row in group for text in row.texts) for group in job.rows]
    numbers = range(len(texts))
    longest = sorted(
        numbers, key=lambda n: -max(len(text) for row in job.rows[n] for text in row.texts)
    )
    turned = [number for number in numbers if is_turned(texts[number])]
    chosen = {*numbers[:_FEW], *longest[:_FEW], *turned[:_FEW], *numbers[-1:]}
    return replace(job, rows=tuple(job.rows[number] for number in sorted(chosen)))


def row_faults(pdf: bytes, name: str, said: Sequence[str]) -> Iterator[Finding]:
    """Yield `text-complete` for each page that does not end with what it is to say, in order.

    `said` is that of each page. The order is that in which it is drawn, except on pages with texts
    from right to left, which PDFium turns round: there, all characters are looked for.
    """
    with pdfium.PdfDocument(pdf) as document:
        count = len(document)
        for number, text in enumerate(said[:count], 1):
            page = document[number - 1]
            found = page.get_textpage().get_text_range()
            page.close()
            if not _ends_with(found, text):
                yield _missing(Spot(name, number), text)
    if count != len(said):
        yield _missing(Spot(name), said[-1])


def _ends_with(found: str, text: str) -> bool:
    if "".join(found.split()).endswith("".join(text.split())):  # most pages, and fast
        return True
    found, wanted = normalized(found.replace(_HYPHEN, "")), normalized(text)
    if is_turned(wanted):
        return sorted(found[-len(wanted) :]) == sorted(wanted)
    return found.endswith(wanted)


def _missing(spot: Spot, text: str) -> Finding:
    message = N_("This text of the page is not in the PDF: “{text}”.")
    hint = N_("Check in the layout that nothing hides or cuts it.")
    return spot.fault(message, hint, text=shortened(text)).of("text-complete")
