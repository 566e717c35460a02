"""The preflight report: what was checked of each PDF, and what was found, with its pages small.

It goes to the print shop with the order. It names each file by the digest of its bytes, so that
nobody can take it for the report of another one. What was found in several files is told once. Of
many files, those of which nothing else is to be told stand in a table at its end.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from babel.numbers import format_decimal

from careerprint.building.inspection import Checked, Given
from careerprint.building.releases import Release
from careerprint.building.workers import Workers, printed_by
from careerprint.composing.job import Row
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
MOST_SHOWN = 40  # files with pictures; of more files, not all are shown
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
    "digest": N_("Checksum (SHA-256)"),
    "shop": N_("For the print shop only"),
    "meaning": N_(
        "Of each file it is said whether something is off. What stands under “For the print shop "
        "only” tells the print shop how the file is made; nobody else has to do anything with it."
    ),
    "errors": N_("Errors"),
    "warnings": N_("Warnings"),
    "result": N_("Result"),
    "clean": N_("Nothing found"),
    "files": N_("Files"),
    "shared": N_("Found in several files"),
    "listed": N_("Files with nothing of their own to tell"),
    "page": N_("Page {number}"),
}


class _Finding(NamedTuple):
    """A finding in words: its place, what was found, what to do, by which rule, how grave it is."""

    place: str
    message: str
    remedy: str
    rule: str
    is_error: bool


def report_pdf(
    checked: Sequence[tuple[Given, Checked]],
    today: date,
    language: str,
    told: Callable[[Diagnostic], Told] | None = None,
    release: Release | None = None,
) -> bytes:
    """Return the report on PDFs, at least one, as a PDF in `language`; raises Refused.

    `told` puts a finding into words for readers without a terminal. `release` is the one that the
    PDFs are of: the report says who released them.
    """
    translate = translator(language)
    words = {name: translate(word) for name, word in _WORDS.items()}
    found = [[_in_words(each, translate, told) for each in c.findings] for _, c in checked]
    counts = Counter(finding for findings in found for finding in findings)
    shared = {finding: count for finding, count in counts.items() if count > 1}
    pictures: dict[str, bytes] = {}
    files: list[Mapping[str, object]] = []
    rows: list[tuple[Row, ...]] = []
    for number, ((given, each), findings) in enumerate(zip(checked, found, strict=True), 1):
        facts = _facts_of(given, each, translate, language)
        own = [finding for finding in findings if finding not in shared]
        if not own and len(checked) > MOST_SHOWN:
            rows.append(_rows(facts, are_found=bool(findings)))
            continue
        drawn = _thumbnails(given.pdf) if each.found and len(files) < MOST_SHOWN else ()
        names = [f"thumbnails/{number}-{page}.png" for page in range(1, len(drawn) + 1)]
        pictures |= dict(zip(names, drawn, strict=True))
        described = [words["page"].format(number=page) for page in range(1, len(drawn) + 1)]
        thumbnails = list(zip(names, described, strict=True))
        files.append({**facts, "findings": own, "thumbnails": thumbnails})
    failed = sum(each.has_errors for _, each in checked)
    summary = N_("Files checked: {count}. None has an error.")
    if failed:
        summary = N_("Files checked: {count}; with errors: {failed}. These must not be printed.")
    released = ""
    if release:
        day = formats.day(known_locale(language), release.on)
        released = translate(N_("Released on {day} by {by}")).format(day=day, by=release.by)
    context = {
        "language": language,
        "words": words,
        "date": formats.day(known_locale(language), today),
        "released": released,
        "summary": translate(summary).format(count=len(checked), failed=failed),
        "files": files,
        "shared": shared,
        "has_rows": bool(rows),
    }
    paper = paper_job(_A4_UPRIGHT, "report.pdf", context, pictures, tuple(rows))
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


def _facts_of(
    given: Given, checked: Checked, translate: Translate, language: str
) -> Mapping[str, str]:
    """Return what the report says of a PDF besides its findings; “–” where it cannot be read."""
    number = partial(format_decimal, locale=known_locale(language))
    found = checked.found
    errors = sum(finding.is_error for finding in checked.findings)
    pages = size = standard = intent = "–"
    bleed = 0.0
    if found:
        first = found.pages[0]
        pages = number(len(found.pages))
        size = " × ".join(number(round(side, 1)) for side in first.size)
        sides = zip(first.trim, first.bleed, strict=True)
        bleed = round(min(abs(trimmed - bled) for trimmed, bled in sides) * MM_PER_PT, 1)
        standard = ", ".join(found.standards) or standard
        intent = found.intents[0].condition if found.intents else intent
    result = translate(_WORDS["clean"])
    if checked.findings:
        warnings = len(checked.findings) - errors
        counted = ((_WORDS["errors"], errors), (_WORDS["warnings"], warnings))
        result = ", ".join(f"{translate(word)}: {number(count)}" for word, count in counted)
    return {
        "name": checked.name,
        "result": result,
        "pages": pages,
        "size": size,
        "bleed": number(bleed),
        "standard": standard,
        "intent": intent,
        "digest": digest(given.pdf),
    }


def _rows(facts: Mapping[str, str], *, are_found: bool) -> tuple[Row, ...]:
    """Return what the report says of a PDF as rows of a table; the last one if some are found."""
    first = tuple(facts[name] for name in ("name", "pages", "size", "bleed", "standard"))
    rows = Row("file", first), Row("digest", (facts["digest"], facts["intent"]))
    return (*rows, Row("result", (facts["result"],))) if are_found else rows


def _thumbnails(pdf: bytes) -> tuple[bytes, ...]:
    if len(page_sizes(pdf)) > MOST_THUMBNAILS:
        return ()
    return tuple(png(picture) for picture in draw_pages(pdf, THUMBNAIL_DPI, small=True))


def _in_words(
    finding: Finding, translate: Translate, told: Callable[[Diagnostic], Told] | None
) -> _Finding:
    """Return what the report says of a finding; only a terminal's reader knows rules by name."""
    found = finding.diagnostic
    words = told(found) if told else (found.location.sentence(translate), *found.words(translate))
    return _Finding(*words, rule="" if told else finding.rule, is_error=finding.is_error)
