"""The preflight report: what was checked of each PDF, and what was found, with its pages small.

It goes to the print shop with the order. It names each file by the digest of its bytes, so that
nobody can take it for the report of another one.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from babel.numbers import format_decimal

from careerprint.building.inspection import Checked, Given
from careerprint.building.workers import Workers, printed_by
from careerprint.core.diagnostics import N_, Diagnostic, refuse
from careerprint.core.geometry import MM_PER_PT
from careerprint.core.messages import Translate, translator
from careerprint.core.sources import digest
from careerprint.finished.findings import Finding
from careerprint.output.papers import Paper, paper_job
from careerprint.output.proof import draw_pages, page_sizes, png
from careerprint.profiles import formats
from careerprint.profiles.catalogs import known_locale

_A4_UPRIGHT = Paper("report", 210, 297)
THUMBNAIL_DPI = 72  # of pages, which the report shows at about a quarter of their size
MOST_THUMBNAILS = 16  # of a PDF
_PDF = b"%PDF-"

Told = tuple[str, str, str]
"""Where something is, what is wrong with it, and what to do."""

_WORDS = {
    "title": N_("Preflight report"),
    "file": N_("File"),
    "pages": N_("Pages"),
    "size": N_("Size in mm"),
    "bleed": N_("Bleed in mm"),
    "standard": N_("Standard"),
    "intent": N_("Output intent"),
    "digest": N_("SHA-256 of the file"),
    "errors": N_("Errors"),
    "warnings": N_("Warnings"),
    "result": N_("Result"),
    "clean": N_("Nothing found"),
    "page": N_("Page {number}"),
}


def report_pdf(
    checked: Sequence[tuple[Given, Checked]],
    today: date,
    language: str,
    told: Callable[[Diagnostic], Told] | None = None,
) -> bytes:
    """Return the report on PDFs, at least one, as a PDF in `language`; raises Refused.

    `told` puts a finding into words for readers without a terminal.
    """
    translate = translator(language)
    words = {name: translate(word) for name, word in _WORDS.items()}
    pictures: dict[str, bytes] = {}
    files = []
    for number, (given, each) in enumerate(checked, 1):
        drawn = _thumbnails(given.pdf) if each.found else ()
        names = [f"thumbnails/{number}-{page}.png" for page in range(1, len(drawn) + 1)]
        pictures |= dict(zip(names, drawn, strict=True))
        described = [words["page"].format(number=page) for page in range(1, len(drawn) + 1)]
        findings = [_in_words(finding, translate, told) for finding in each.findings]
        file = {**_told_of(given, each, language), "findings": findings}
        files.append({**file, "thumbnails": list(zip(names, described, strict=True))})
    failed = sum(each.has_errors for _, each in checked)
    summary = N_("Files checked: {count}. None has an error.")
    if failed:
        summary = N_("Files checked: {count}; with errors: {failed}. These must not be printed.")
    context = {
        "language": language,
        "words": words,
        "date": formats.day(known_locale(language), today),
        "summary": translate(summary).format(count=len(checked), failed=failed),
        "files": files,
    }
    paper = paper_job(_A4_UPRIGHT, "report.pdf", context, pictures)
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
            str(path),
            N_("There is something here already, and it is no PDF."),
            N_("Name another file for the report."),
        )


def _told_of(given: Given, checked: Checked, language: str) -> Mapping[str, object]:
    """Return what the report says of a PDF; what could not be read is empty or 0."""
    number = partial(format_decimal, locale=known_locale(language))
    found = checked.found
    errors = sum(finding.is_error for finding in checked.findings)
    size, bleed = "–", 0.0
    if found:
        first = found.pages[0]
        size = " × ".join(number(round(side, 1)) for side in first.size)
        sides = zip(first.trim, first.bleed, strict=True)
        bleed = round(min(abs(trimmed - bled) for trimmed, bled in sides) * MM_PER_PT, 1)
    return {
        "name": checked.name,
        "digest": digest(given.pdf),
        "pages": len(found.pages) if found else 0,
        "size": size,
        "bleed": number(bleed),
        "standard": ", ".join(found.standards) if found else "",
        "intent": found.intents[0].condition if found and found.intents else "",
        "errors": errors,
        "warnings": len(checked.findings) - errors,
    }


def _thumbnails(pdf: bytes) -> tuple[bytes, ...]:
    if len(page_sizes(pdf)) > MOST_THUMBNAILS:
        return ()
    return tuple(png(picture) for picture in draw_pages(pdf, THUMBNAIL_DPI, small=True))


def _in_words(
    finding: Finding, translate: Translate, told: Callable[[Diagnostic], Told] | None
) -> Mapping[str, object]:
    """Return what the report says of a finding; only a terminal's reader knows rules by name."""
    found = finding.diagnostic
    words = told(found) if told else (found.location.sentence(translate), *found.words(translate))
    shown = dict(zip(("place", "message", "remedy"), words, strict=True))
    return {"is_error": finding.is_error, "rule": "" if told else finding.rule, **shown}
