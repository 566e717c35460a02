"""Rules of finished PDFs: how many pages, how large they are, and where they are trimmed."""

from collections.abc import Iterator

from careerprint.core.diagnostics import N_
from careerprint.core.geometry import MM_PER_PT
from careerprint.finished.document import Page
from careerprint.finished.findings import Finding
from careerprint.finished.texts import Box
from careerprint.rules.case import Aspect, Case, rule

SIZE_TOLERANCE = 0.2  # mm: what nobody sees and paper does by itself
BLEED_TOLERANCE = 0.1  # mm
_ROUNDING = 0.05  # mm


@rule("page-count", reads={Aspect.PAGES})
def page_count(case: Case) -> Iterator[Finding]:
    """Yield `page-count`: as many pages as [pages] in layout.toml says (our convention)."""
    if case.job is None:
        return
    rule, count = case.job.pages, len(case.found.pages)
    if rule.exactly is not None and count != rule.exactly:
        yield case.spot().fault(
            N_("The text takes {count} pages; this product has {wanted}."),
            N_("Shorten the text, or the issuer's details⟨ in careerprint.toml⟩."),
            count=count,
            wanted=rule.exactly,
        )
    elif count % rule.multiple_of:
        yield case.spot().fault(
            N_("{count} pages do not fill whole sheets of {multiple} pages."),
            N_("Give the layout's template {fillers} elements of the class “filler”."),
            count=count,
            multiple=rule.multiple_of,
            fillers=rule.multiple_of,
        )


@rule("page-format", reads={Aspect.PAGES})
def page_format(case: Case) -> Iterator[Finding]:
    """Yield `page-format`: each page is as large as the layout's format, once it is trimmed.

    Source: ISO 32000-1, 14.11.2, the trim box is the finished page; the tolerance is ours.
    """
    if case.job is None:
        return
    wanted = case.job.format.width, case.job.format.height
    for number, page in _trimmed(case):
        off = max(abs(one - other) for one, other in zip(page.size, wanted, strict=True))
        if off > SIZE_TOLERANCE:
            yield case.spot(number).fault(
                N_("The trimmed page is {width} × {height} mm; it should be {wanted}."),
                N_("Print it again, and do not let another program scale it."),
                width=f"{page.size[0]:.1f}",
                height=f"{page.size[1]:.1f}",
                wanted=f"{wanted[0]:g} × {wanted[1]:g} mm",
            )


@rule("page-boxes", reads={Aspect.PAGES})
def page_boxes(case: Case) -> Iterator[Finding]:
    """Yield `page-boxes`: the bleed box holds the trim box, and the media box holds both.

    Where a shop trims pages, each says where. Source: ISO 32000-1, 14.11.2; ISO 15930-7.
    """
    for number, page in enumerate(case.found.pages, 1):
        if case.target.needs_shop and not page.names_trim:
            yield case.spot(number).fault(
                N_("The page does not say where it is trimmed."),
                N_("Print it again for the press, or save it as PDF/X-4 in the other program."),
            )
        elif not (_holds(page.media, page.bleed) and _holds(page.bleed, page.trim)):
            yield case.spot(number).fault(
                N_("What is trimmed or bleeds lies outside the page."),
                N_("Print it again, and do not let another program crop it."),
            )


@rule("page-bleed", reads={Aspect.PAGES}, is_for=lambda target: target.needs_shop)
def page_bleed(case: Case) -> Iterator[Finding]:
    """Yield `page-bleed`: a page has on all sides the bleed that shops.toml says the shop wants."""
    if case.job is None or case.job.conditions is None:
        return
    wanted = case.job.conditions.bleed
    for number, page in _trimmed(case):
        has = [
            (inner - outer) * sign * MM_PER_PT
            for inner, outer, sign in zip(page.trim, page.bleed, (1, 1, -1, -1), strict=True)
        ]
        if any(abs(side - wanted) > BLEED_TOLERANCE for side in has):
            yield case.spot(number).fault(
                N_("The page has {least} to {most} mm of bleed; the print shop wants {wanted} mm."),
                N_(
                    "Print it again for the press⟨; “shop” in careerprint.toml says what is "
                    "wanted⟩."
                ),
                least=f"{min(has):.1f}",
                most=f"{max(has):.1f}",
                wanted=f"{wanted:g}",
            )


def _trimmed(case: Case) -> Iterator[tuple[int, Page]]:
    """Yield the pages, but for those that a shop trims and that do not say where."""
    for number, page in enumerate(case.found.pages, 1):
        if page.names_trim or not case.target.needs_shop:
            yield number, page


def _holds(outer: Box, inner: Box) -> bool:
    room, inwards = _ROUNDING / MM_PER_PT, (1, 1, -1, -1)
    return all((i - o) * sign >= -room for o, i, sign in zip(outer, inner, inwards, strict=True))


@rule("damaged", reads={Aspect.STRUCTURE})
def objects_whole(case: Case) -> Iterator[Finding]:
    """Yield `damaged`: an object of the file cannot be read. What others hold is judged.

    Source: ISO 32000-1, 7.
    """
    for fault in case.found.faults:
        message = N_("Something cannot be read ({reason}). What it belongs to was not judged.")
        if fault.number:
            message = N_("Object {number} cannot be read ({reason}). All else was judged.")
        if fault.number and fault.page:
            message = N_(
                "Object {number} cannot be read ({reason}). What is painted after it on this page "
                "was not judged; all else was."
            )
        yield case.spot(fault.page).fault(
            message,
            N_("Print it again, or save it again in the program that it comes from."),
            number=fault.number,
            reason=fault.reason,
        )


@rule("not-judged", reads={Aspect.PAINTS})
def pages_judged(case: Case) -> Iterator[Finding]:
    """Yield `not-judged`: nothing on a page takes so long to follow that it is left out.

    Source: our convention.
    """
    for number in case.found.painted.unjudged:
        yield case.spot(number).doubt(
            N_("This page takes too long: its text and much of its paint were not judged."),
            N_("Save it again in the program that it comes from, with simpler gradients."),
        )
