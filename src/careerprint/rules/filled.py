"""Checks pages that were filled in: the form by all rules, once, and of each page what differs.

A filled page has the bytes of its form, but for the texts, codes and links that are filled in. A
rule that reads none of these would find on each page what it found in the form. The other rules
judge each page again, by what is read back from its file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pypdfium2 as pdfium

from careerprint.composing.job import Job, replacing
from careerprint.core.geometry import Rectangle
from careerprint.finished.codes import codes_of, codes_on
from careerprint.finished.document import Finished, Link, is_opened
from careerprint.finished.findings import Finding
from careerprint.finished.readback import marked_runs
from careerprint.finished.texts import addresses, marked_pieces
from careerprint.rules.case import Aspect, Case
from careerprint.rules.checking import RULES, examine_pdf

# What filling in changes. It also changes descriptions of links and codes, which no rule reads.
FILLED = frozenset({Aspect.TEXT, Aspect.CODES, Aspect.LINKS, Aspect.TITLE})


@dataclass(frozen=True, slots=True)
class Judged:
    """A form in which all rules found no error: what it holds, and what they found.

    `findings` are without those about what is filled in. `others` is of how many objects the page
    is made but for what is filled in; `addresses` are what its links lead to; `codes` says where
    its QR codes are, None where it has none; `left_out` are the optional blocks that it lacks.
    """

    found: Finished
    findings: tuple[Finding, ...]
    others: int
    addresses: tuple[str, ...]
    codes: Rectangle | None
    left_out: Sequence[str]


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
    codes = codes_of(pdf, [found.pages[0].trim]) if job.codes_without(left_out) else ()
    around = Rectangle.around(place for *_, place in codes) if codes else None
    case, others, leading = _read(pdf, job, found, around, texts, left_out)
    of_fields = _findings_again(case)
    if any(finding.is_error for finding in of_fields):
        return None
    findings = tuple(each for each in examination.findings if each not in of_fields)
    return Judged(found, findings, others, leading, around, left_out)


def examine_filled(
    pdf: bytes, job: Job, form: Judged, texts: Mapping[int, str]
) -> tuple[Finding, ...] | None:
    """Return what is found in a page that was filled in, behind what was found in its form.

    `texts` are those that were filled in, by their marked-content identifiers. None where the page
    is not as it should be: then it is to be laid out like any other, which tells what is wrong.
    """
    case, others, leading = _read(pdf, job, form.found, form.codes, texts, form.left_out)
    wanted = map(replacing(job.fields), form.addresses)
    if others != form.others or [*map(unquote, leading)] != [*map(unquote, wanted)]:
        return None
    new = _findings_again(case)
    return None if any(finding.is_error for finding in new) else (*form.findings, *new)


def _findings_again(case: Case) -> list[Finding]:
    """Return what the rules find that read something of what is filled in."""
    again = (rule for rule in RULES if not rule.reads.isdisjoint(FILLED))
    return [finding for rule in again for finding in rule.findings(case)]


def _read(
    pdf: bytes,
    job: Job,
    form: Finished,
    around: Rectangle | None,
    texts: Mapping[int, str],
    left_out: Sequence[str],
) -> tuple[Case, int, tuple[str, ...]]:
    """Return what is read back of a page, and its objects and addresses, as in `Judged`."""
    trim = form.pages[0].trim
    with pdfium.PdfDocument(pdf) as document:
        page = document[0]
        pieces, others = marked_pieces(page, texts, 1, trim)
        codes = codes_on(page, 1, trim, around) if around else []
        leading = addresses(document, page, trim)
        seen = {mark: " ".join(p.text for p in pieces[mark]) for mark in texts}
        if any(seen[mark].split() != text.split() for mark, text in texts.items()):
            seen |= {mark: run.text for run in marked_runs(page) for mark in run.marks}
        title = document.get_metadata_value("Title")
        page.close()
    on_page = iter(leading)
    links = (
        _reread(link, *next(on_page, ("", link.place))) if link.page else link
        for link in form.links
    )
    found = replace(
        form,
        pieces=tuple(piece for mark in pieces.values() for piece in mark if piece.text),
        links=tuple(links),
        title=title,
    )
    filled = [(text, seen[mark]) for mark, text in texts.items()]
    case = Case(job.name, pdf, found, job, left_out, codes, filled)
    return case, others, tuple(address for address, _ in leading)


def _reread(link: Link, address: str, place: Rectangle | None) -> Link:
    if not address:  # it leads to a place in the document
        return replace(link, place=place)
    return replace(link, place=place, target=address, leads=is_opened(address))
