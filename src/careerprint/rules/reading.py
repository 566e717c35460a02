"""Rules of finished PDFs: they can be read by everyone, and lead where they should."""

from collections import Counter
from collections.abc import Iterator

from careerprint.core.diagnostics import N_
from careerprint.finished.findings import Finding
from careerprint.rules.case import Aspect, Case, rule

STANDARDS = (("pdf-ua", "ua1", "PDF/UA-1"), ("pdf-a", "2a", "PDF/A-2a"))


@rule("language", reads={Aspect.LANGUAGE})
def language(case: Case) -> Iterator[Finding]:
    """Yield `language`: the document's is the edition's (ISO 14289-1, 7.2; ISO 32000-1, 14.9.2)."""
    if case.job is not None and case.found.language != case.job.locale:
        yield case.spot().fault(
            N_("The document's language is “{found}”; it should be “{wanted}”."),
            N_("Print it again; a screen reader would pronounce it wrongly."),
            found=case.found.language or "–",
            wanted=case.job.locale,
        )


@rule("title", reads={Aspect.TITLE})
def title(case: Case) -> Iterator[Finding]:
    """Yield `title`: the document has the title that the layout gives it, and viewers show it.

    Source: ISO 14289-1, 7.1; ISO 32000-1, 12.2, DisplayDocTitle.
    """
    if case.job is None:
        return
    wanted = case.job.title
    found = " ".join(case.found.title.split())
    if not found or (wanted and found != wanted) or not case.found.shows_title:
        yield case.spot().fault(
            N_("The document's title is “{found}”; viewers should show “{wanted}”."),
            N_("Print it again; the template's <title> says it."),
            found=found if case.found.shows_title and found else "–",
            wanted=wanted or "–",
        )


@rule("links", reads={Aspect.LINKS})
def links(case: Case) -> Iterator[Finding]:
    """Yield `links`: links and bookmarks lead to a place in the document, or to an address.

    Addresses are of the kinds http, https, mailto and tel. Source: our convention.
    """
    for link in case.found.links:
        if not link.leads:
            yield case.spot(link.page, link.place).fault(
                N_("A link or bookmark leads nowhere: {target}."),
                N_("Correct the address, or the id that it names."),
                target=link.target,
            )


@rule(*(identifier for identifier, *_ in STANDARDS), reads={Aspect.STRUCTURE})
def standards(case: Case) -> Iterator[Finding]:
    """Yield `pdf-ua` and `pdf-a`: the file keeps PDF/UA-1 (ISO 14289-1) or PDF/A-2a (19005-2).

    Judged by page-validation, whose rules and words these are. A file from elsewhere is judged by
    what it claims to keep.
    """
    wanted = case.target.standards if case.job else case.found.standards
    import page as page_validation

    for identifier, profile, standard in STANDARDS:
        if standard not in wanted:
            continue
        try:
            failures = page_validation.validate_pdf_bytes(case.pdf, profile=profile).failures
            wrong = [(f.rule_id, f.message) for f in failures]
        except page_validation.PageError as failure:
            wrong = [("–", str(failure))]
        for clause, reason in wrong:
            yield (
                case.spot()
                .fault(
                    N_("{standard} is not kept: {reason} ({identifier})."),
                    N_("Print it again, and save it in no other program."),
                    standard=standard,
                    reason=reason,
                    identifier=clause,
                )
                .of(identifier)
            )


@rule("qr-code", reads={Aspect.CODES})
def codes(case: Case) -> Iterator[Finding]:
    """Yield `qr-code`: each QR code can be read from the drawn page, and says what it should.

    Source: ISO/IEC 18004; the resolution at which they are read is our convention.
    """
    if case.job is None:
        return
    wanted = Counter(case.job.codes_without(case.left_out))
    for text, number, place in case.codes:
        if wanted[text] > 0:
            wanted[text] -= 1
        else:
            yield case.spot(number, place).fault(
                N_("A QR code says “{text}”, which is not what it should say."),
                N_("Print it again; the layout says what it leads to."),
                text=text,
            )
    for text in wanted.elements():
        yield case.spot().fault(
            N_("The QR code for “{text}” cannot be read from the page."),
            N_("Give it more room, a light ground and a white margin; nothing may cover it."),
            text=text,
        )
