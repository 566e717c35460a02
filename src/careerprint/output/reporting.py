"""Makes the preflight report of PDFs that were checked."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from careerprint.building.inspection import Checked, Given
from careerprint.building.workers import Workers, printed_by
from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.geometry import MM_PER_PT
from careerprint.core.messages import Translate
from careerprint.core.shipped import starter_folder
from careerprint.core.sources import digest
from careerprint.finished.document import Page
from careerprint.finished.findings import Finding
from careerprint.output.proof import draw_pages, page_sizes, pixels, png
from careerprint.output.report import (
    MOST_THUMBNAILS,
    THUMBNAIL_DPI,
    Examined,
    ReportLine,
    report_paper,
)

_PDF = b"%PDF-"


def report_pdf(
    checked: Iterable[tuple[Given, Checked]], today: date, translate: Translate, language: str
) -> bytes:
    """Return the report on PDFs that were checked, at least one, as a PDF.

    Its words are as `translate` has them, numbers and the date in `language`. Raises Refused where
    it cannot be printed.
    """
    examined = [_examined(given, each, translate) for given, each in checked]
    fonts = starter_folder() / "fonts"
    paper = report_paper(examined, today, translate, language, fonts)
    with Workers(1) as workers:  # a long one needs much memory
        return printed_by(workers, paper)


def refuse_to_replace(path: Path) -> None:
    """Raise Refused where a report would take the place of something that is no PDF."""
    try:
        with path.open("rb") as file:
            is_pdf = file.read(len(_PDF)) == _PDF
    except FileNotFoundError:
        return
    except OSError:
        is_pdf = False
    if not is_pdf:
        raise refuse(
            Location(str(path)),
            N_("There is something here already, and it is no PDF."),
            N_("Name another file for the report."),
        )


def _examined(given: Given, checked: Checked, translate: Translate) -> Examined:
    found = checked.found
    width, height = found.pages[0].size if found else (0.0, 0.0)
    return Examined(
        name=checked.name,
        digest=digest(given.pdf),
        pages=len(found.pages) if found else 0,
        width=round(width, 1),
        height=round(height, 1),
        bleed=round(_bleed(found.pages[0]), 1) if found else 0.0,
        standard=", ".join(found.standards) if found else "",
        intent=found.intents[0].condition if found and found.intents else "",
        thumbnails=_thumbnails(given.pdf) if found else (),
        findings=tuple(_report_line(finding, translate) for finding in checked.findings),
    )


def _bleed(page: Page) -> float:
    """Return the least bleed of a page's four sides, in mm."""
    sides = zip(page.trim, page.bleed, strict=True)
    return min(abs(trimmed - bled) for trimmed, bled in sides) * MM_PER_PT


def _thumbnails(pdf: bytes) -> tuple[bytes, ...]:
    sizes = [pixels(page, THUMBNAIL_DPI) for page in page_sizes(pdf)]
    if len(sizes) > MOST_THUMBNAILS:
        return ()
    return tuple(png(picture) for picture in draw_pages(pdf, sizes, small=True))


def _report_line(finding: Finding, translate: Translate) -> ReportLine:
    diagnostic = finding.diagnostic
    values = dict(diagnostic.parameters)
    return ReportLine(
        finding.is_error,
        diagnostic.location.sentence(translate),
        translate(diagnostic.message).format(**values),
        translate(diagnostic.hint).format(**values),
        finding.rule,
    )
