"""Finds texts of a job that its finished PDF does not hold, or not in their place."""

from collections.abc import Collection, Iterable, Iterator
from xml.etree.ElementTree import Element

import tinyhtml5

from careerprint.composing.job import OPTIONAL, Job, PlacedBlock
from careerprint.core.diagnostics import N_, Diagnostic, Location, error
from careerprint.finished.readback import ReadBack, Reading

# HTML elements that templates and Markdown use within a line of text.
_INLINE_ELEMENTS = frozenset({"a", "br", "em", "span", "strong", "sub", "sup"})


def text_faults(found: ReadBack, job: Job, left_out: Collection[str]) -> list[Diagnostic]:
    """Return an error for each text of a job that its PDF does not hold in its place."""
    printed = [block for block in job.placed if block.optional not in left_out]
    faults = list(_text_faults(Reading(found.runs), printed))
    return faults or list(_layout_text_faults(Reading(found.runs), job, left_out))


def _text_faults(reading: Reading, placed: Iterable[PlacedBlock]) -> Iterator[Diagnostic]:
    """Yield an error for each block that does not stand behind the block before it, and apart."""
    for block in placed:
        if reading.next(block.text) is None:
            yield error(
                block.location,
                N_("This text is not whole, or not in its place, in the PDF: “{text}”."),
                N_("Check in the layout that nothing hides, cuts or changes it."),
                text=block.shown,
            )
        elif reading.is_joined:
            yield error(
                block.location,
                N_("Readers take this text for one word with what is beside it: “{text}”."),
                N_("Put a space between the two in the layout's template."),
                text=block.shown,
            )


def _layout_text_faults(
    reading: Reading, job: Job, left_out: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield an error for each text of the HTML, layout's words included, that the PDF lacks."""
    for written in html_texts(job.html, left_out):
        if reading.next(written) is None:
            yield _lacking(written, job)


def filled_text_faults(filled: Iterable[tuple[str, str]], job: Job) -> Iterator[Diagnostic]:
    """Yield an error for each text that was filled in and is not what is read in its place."""
    for text, found in filled:
        if found.split() != text.split() and Reading([found]).next(text) is None:
            yield _lacking(text, job)


def _lacking(written: str, job: Job) -> Diagnostic:
    shown = " ".join(written.split())
    for block in job.placed:
        if block.is_private:
            shown = shown.replace(block.text, "…")
    return error(
        Location(job.name),
        N_("This text of the page is not in the PDF: “{text}”."),
        N_("Check in the layout that nothing hides or cuts it."),
        text=shown,
    )


def html_texts(html: str, left_out: Collection[str]) -> list[str]:
    """Return the texts of an HTML body in order, one a block.

    Drawings are pictures, and fillers may be left out.
    """
    found = [""]

    def walk(element: Element) -> None:
        tag = str(element.tag).rpartition("}")[2]
        if tag in {"head", "svg"} or "filler" in element.get("class", "").split():
            return
        if element.get(OPTIONAL) in left_out:
            return
        if tag not in _INLINE_ELEMENTS:
            found.append("")
        found[-1] += " " if tag == "br" else element.text or ""
        for child in element:
            walk(child)
            found[-1] += child.tail or ""
        if tag not in _INLINE_ELEMENTS:
            found.append("")

    walk(tinyhtml5.parse(html))
    return [text for text in found if text.strip()]
