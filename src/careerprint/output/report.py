"""The preflight report: what was checked of each PDF, and what was found, with its pages small.

It goes to the print shop with the order. It names each file by the digest of its bytes, so that
nobody can take it for the report of another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from babel.numbers import format_decimal

from careerprint.composing.job import Job
from careerprint.core.diagnostics import N_
from careerprint.core.messages import Translate
from careerprint.output.papers import Paper, paper_job
from careerprint.profiles import formats
from careerprint.profiles.catalogs import known_locale

_A4_UPRIGHT = Paper("report", 210, 297)
THUMBNAIL_DPI = 72  # of pages, which the report shows at about a quarter of their size
MOST_THUMBNAILS = 16  # of a PDF

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


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A finding in words: whether it is an error, where, what, what to do, and by which rule."""

    is_error: bool
    place: str
    message: str
    remedy: str
    rule: str


@dataclass(frozen=True, slots=True)
class Examined:
    """A PDF that was checked: its name, what is known of it, what was found.

    `width`, `height` and `bleed` are in mm; `standard` is what it claims to be, such as "PDF/X-4";
    `intent` is the printing condition that it is made for; `thumbnails` are PNG pictures of its
    pages. What could not be read is empty or 0.
    """

    name: str
    digest: str
    pages: int
    width: float
    height: float
    bleed: float
    standard: str
    intent: str
    thumbnails: tuple[bytes, ...]
    findings: tuple[ReportLine, ...]

    @property
    def errors(self) -> int:
        """How many of its findings are errors."""
        return sum(finding.is_error for finding in self.findings)


def report_paper(
    examined: Sequence[Examined], today: date, translate: Translate, language: str, fonts: Path
) -> Job:
    """Return the report on PDFs, at least one, as a job for A4.

    Its words are as `translate` has them, numbers and the date in `language`; `fonts` is the folder
    that holds IBM Plex.
    """
    locale = known_locale(language)
    number = partial(format_decimal, locale=locale)
    pictures = {
        f"thumbnails/{n}-{k}.png": thumbnail
        for n, each in enumerate(examined, 1)
        for k, thumbnail in enumerate(each.thumbnails, 1)
    }
    words = {name: translate(word) for name, word in _WORDS.items()}
    context = {
        "language": language,
        "words": words,
        "date": formats.day(locale, today),
        "summary": _summary(examined, translate),
        "files": [
            {
                "examined": each,
                "size": f"{number(each.width)} × {number(each.height)}" if each.pages else "–",
                "bleed": number(each.bleed),
                "warnings": len(each.findings) - each.errors,
                "thumbnails": [
                    (f"thumbnails/{n}-{k}.png", words["page"].format(number=k))
                    for k in range(1, len(each.thumbnails) + 1)
                ],
            }
            for n, each in enumerate(examined, 1)
        ],
    }
    return paper_job(_A4_UPRIGHT, "report.pdf", context, fonts, pictures)


def _summary(examined: Sequence[Examined], translate: Translate) -> str:
    failed = sum(bool(each.errors) for each in examined)
    if failed:
        told = N_("Files checked: {count}; with errors: {failed}. These must not be printed.")
    else:
        told = N_("Files checked: {count}. None has an error.")
    return translate(told).format(count=len(examined), failed=failed)
