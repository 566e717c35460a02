"""Rules of finished PDFs: the text is whole, large enough, and not where it would be trimmed."""

from collections.abc import Collection, Iterable, Iterator
from xml.etree.ElementTree import Element

import tinyhtml5

from careerprint.composing.job import OPTIONAL, Job, PlacedBlock
from careerprint.core.diagnostics import N_, Diagnostic, error, shortened
from careerprint.finished.findings import Finding, of_rule
from careerprint.finished.readback import ReadBack, Reading, normalized, read_back
from careerprint.finished.texts import Piece
from careerprint.rules.case import Aspect, Case, rule

# In pt. What print shops ask for sans serif type on coated paper lies between 5 and 6.
SMALLEST, SMALL = 5.0, 6.0
# In mm: how near to the edge text may stand where no layout says so. A guillotine is off by one.
NEAREST = 3.0
TOLERANCE = 0.3  # mm, as where pages are measured before they are printed
_ROUNDING = 0.05  # mm, and pt


@rule("text-complete", reads={Aspect.TEXT})
def text_complete(case: Case) -> Iterator[Finding]:
    """Yield `text-complete`: all text of the profile and of the layout is there, in its order.

    Source: our convention; the order is that of the structure tree (ISO 32000-1, 14.8.2.3).
    """
    if case.job is None:
        return
    if case.filled is not None:
        missing = list(filled_text_faults(case.filled, case.job))
    else:
        missing = text_faults(read_back(case.pdf), case.job, case.left_out)
    for diagnostic in missing:
        yield of_rule("text-complete", diagnostic)


@rule("text-bleed", "text-safe", "text-trim", reads={Aspect.TEXT, Aspect.PAGES})
def text_inside(case: Case) -> Iterator[Finding]:
    """Yield what stands too far out: `text-bleed`, `text-safe` or `text-trim`, the worst of them.

    `text-bleed`: text runs past where the page is trimmed. `text-safe`: text leaves the safe area
    of the layout's format. `text-trim`: text stands nearer to the edge than NEAREST, whatever the
    layout says. Source: our convention, as print shops ask for.
    """
    safe = None if case.job is None else case.job.format.safe
    for piece in case.found.pieces:
        # How far it stands from the nearest edge of the trimmed page.
        place, (width, height) = piece.place, case.found.pages[piece.page - 1].size
        distance = min(place.left, place.top, width - place.right, height - place.bottom)
        spot, shown = case.spot(piece.page, piece.place), _shown(case, piece)
        if distance < -_ROUNDING:
            yield spot.fault(
                N_("“{text}” runs {past} mm past the edge of the page, and would be cut off."),
                N_("Shorten it, or correct the layout."),
                text=shown,
                past=f"{-distance:.1f}",
            ).of("text-bleed")
        elif safe is not None and distance < safe - TOLERANCE:
            yield spot.fault(
                N_("“{text}” stands {distance} mm from the edge; {safe} mm are to stay free."),
                N_("Shorten it, or correct the layout."),
                text=shown,
                distance=f"{distance:.1f}",
                safe=f"{safe:g}",
            ).of("text-safe")
        elif distance < NEAREST - TOLERANCE:
            yield spot.doubt(
                N_("“{text}” stands {distance} mm from the edge, where trimming may cut it."),
                N_(
                    "Leave at least {least} mm free⟨; “safe” in the layout's format says how much⟩."
                ),
                text=shown,
                distance=f"{distance:.1f}",
                least=f"{NEAREST:g}",
            ).of("text-trim")


@rule("type-size", reads={Aspect.TEXT})
def type_size(case: Case) -> Iterator[Finding]:
    """Yield `type-size`: no type below SMALLEST, and a doubt about what is below SMALL.

    Source: our convention, as print shops ask for.
    """
    for piece in case.found.pieces:
        if piece.size < SMALL - _ROUNDING:
            spot = case.spot(piece.page, piece.place)
            tell = spot.fault if piece.size < SMALLEST - _ROUNDING else spot.doubt
            yield tell(
                N_("“{text}” is set in {size} pt, which few can read."),
                N_("Set it in at least {least} pt."),
                text=_shown(case, piece),
                size=f"{piece.size:.1f}",
                least=f"{SMALL:g}",
            )


def _shown(case: Case, piece: Piece) -> str:
    """Return how a text begins, as a message may show it: nothing of a person."""
    text = " ".join(piece.text.split())
    private = [] if case.job is None else [b.text for b in case.job.placed if b.is_private]
    if any(text in " ".join(known.split()) for known in private):
        return "…"
    return shortened(text)


# HTML elements that templates and Markdown use within a line of text.
_INLINE_ELEMENTS = frozenset({"a", "br", "em", "span", "strong", "sub", "sup"})


_MOST_LOST = 3  # words that a message names
_CHANGED = N_(
    "These characters came out otherwise: {lost}. Write them in another way, 3,5 for 3½ perhaps⟨; "
    "or check in the layout that nothing hides, cuts or changes them|, and print again⟩."
)
_HIDDEN = N_(
    "⟨Check in the layout that nothing hides, cuts or changes it.|Shorten it, or write it in "
    "another way, and print again. If that does not help, take a layout that is shipped.⟩"
)


def text_faults(found: ReadBack, job: Job, left_out: Collection[str]) -> list[Diagnostic]:
    """Return an error for each text of a job that its PDF does not hold in its place."""
    printed = [block for block in job.placed if block.optional not in left_out]
    faults = list(_text_faults(Reading(found.runs), printed, normalized(found.text)))
    return faults or list(_layout_text_faults(Reading(found.runs), job, left_out))


def _text_faults(
    reading: Reading, placed: Iterable[PlacedBlock], whole: str
) -> Iterator[Diagnostic]:
    """Yield an error for each block that does not stand behind the block before it, and apart.

    It names words that stand nowhere in the `whole` text: these came out otherwise.
    """
    for block in placed:
        if reading.next(block.text, apart=True) is None:
            lost = [word for word in block.text.split() if normalized(word) not in whole]
            yield error(
                block.origin,
                N_("This text is not whole, or not in its place, in the PDF: “{text}”."),
                _CHANGED if lost and not block.is_private else _HIDDEN,
                text=block.shown,
                lost=", ".join(f"“{word}”" for word in lost[:_MOST_LOST]),
            )
        elif reading.is_joined:
            yield error(
                block.origin,
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
        job.name,
        N_("This text of the page is not in the PDF: “{text}”."),
        _HIDDEN,
        text=shown,
    )


def html_texts(html: str, left_out: Collection[str]) -> list[str]:
    """Return the texts of an HTML body in order, one a block, but of drawings and fillers."""
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
