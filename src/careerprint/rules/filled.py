"""Checks pages that were filled in: the form by all rules, once, and of each page what differs.

A filled page has the bytes of its form, but for the texts, codes and links that are filled in. A
rule that reads none of these would find on each page what it found in the form. The other rules
judge each page again, by what is read back from its file.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pypdfium2 as pdfium

from careerprint.composing.job import Job, replacing
from careerprint.core.geometry import Rectangle, enclosed
from careerprint.finished.codes import codes_of, codes_on
from careerprint.finished.document import Finished, Link, is_opened
from careerprint.finished.findings import Finding
from careerprint.finished.likeness import Like, Likeness
from careerprint.finished.readback import marked_runs
from careerprint.finished.specimens import Unclear, Unlike
from careerprint.finished.texts import Piece, addresses, marked_pieces
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
    `likeness` reads pages that are like it, None where they are to be read as a whole.
    """

    found: Finished
    findings: tuple[Finding, ...]
    others: int
    addresses: tuple[str, ...]
    codes: Rectangle | None
    left_out: Sequence[str]
    likeness: Likeness | None


def judge_form(
    pdf: bytes,
    job: Job,
    left_out: Sequence[str],
    texts: Mapping[int, str],
    tokens: Collection[str],
) -> Judged | None:
    """Return a form judged by all rules; None where one finds an error.

    `job` is that of the form, `texts` what it says where something is filled in, by its
    marked-content identifier; `tokens` are what stands there.
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
    likeness = None
    with suppress(Unclear):
        likeness = Likeness(pdf, texts, lambda text: any(token in text for token in tokens))
    return Judged(found, findings, others, leading, around, left_out, likeness)


def examine_filled(
    pdf: bytes, job: Job, form: Judged, texts: Mapping[int, str], *, wholly: bool = False
) -> tuple[Finding, ...] | None:
    """Return what is found in a page that was filled in, behind what was found in its form.

    `texts` are those that were filled in, by their marked-content identifiers. None where the page
    is not as it should be: then it is to be laid out like any other, which tells what is wrong.

    What is filled in is read from the bytes of the file, which has to be like the form in all else.
    Where that is not clear, where anything is found, or where it is asked for, a library reads and
    draws the page `wholly`.
    """
    try:
        like = form.likeness and form.likeness.read(pdf, replacing(job.fields))
    except Unlike:
        return None
    except Unclear:
        like = None
    if like and not wholly and not _findings_again(_case_of(like, pdf, job, form, texts)):
        return form.findings
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


def _case_of(like: Like, pdf: bytes, job: Job, form: Judged, texts: Mapping[int, str]) -> Case:
    """Return a page that is like its form, with what was read of it, for the rules."""
    trim = form.found.pages[0].trim
    corner = trim[0], trim[3]
    links = ((address, enclosed(corners, corner)) for address, corners in like.links)
    found = replace(
        form.found,
        pieces=tuple(
            Piece(1, enclosed(shown.corners, corner), shown.size, shown.text.strip())
            for shown in like.texts.values()
            if shown.text.strip()
        ),
        links=tuple(
            _reread(link, *next(links, ("", link.place))) if link.page else link
            for link in form.found.links
        ),
        title=like.title,
    )
    codes = [(code.text, 1, enclosed(code.corners, corner)) for code in like.codes]
    filled = [(text, like.heard.get(mark, like.texts[mark].text)) for mark, text in texts.items()]
    return Case(job.name, pdf, found, job, form.left_out, codes, filled)


def _reread(link: Link, address: str, place: Rectangle | None) -> Link:
    if not address:  # it leads to a place in the document
        return replace(link, place=place)
    return replace(link, place=place, target=address, leads=is_opened(address))
