"""Rules of finished PDFs: what a press file must say of itself, and what no file may do."""

from collections.abc import Iterator

from careerprint.core.diagnostics import N_
from careerprint.core.targets import ColourModel
from careerprint.finished.findings import Finding
from careerprint.rules.case import Aspect, Case, rule

PRINT_VERSION = "PDF/X-4"
_PRINTERS_OWN = {"PrinterMark", "TrapNet"}  # ISO 15930-7 allows these annotations
_COMPONENTS = {ColourModel.RGB: 3, ColourModel.CMYK: 4}


@rule("output-intent", reads={Aspect.INTENTS})
def output_intent(case: Case) -> Iterator[Finding]:
    """Yield `output-intent`: the file says which inks on which paper, or which screen, it is for.

    That is one intent of the target's kind, with a profile of its colours; for a print shop, with
    that of the job. A PDF from elsewhere needs one only as PDF/X: PDF/A asks for one only where
    colours do not say themselves what they are. Source: ISO 32000-1, 14.11.5; ISO 15930-7; ISO
    19005-2, 6.2.3.
    """
    if case.job is None and PRINT_VERSION not in case.target.standards:
        return
    kind, components = case.target.intent, _COMPONENTS[case.target.colour_model]
    fitting = [i for i in case.found.intents if i.kind == kind]
    if [intent.components for intent in fitting] != [components]:
        yield case.spot().fault(
            N_("The file has no output intent “{kind}” with a profile of {count} colours."),
            N_("Print it again, and save it in no other program."),
            kind=kind,
            count=components,
        )
        return
    wanted = case.job and case.job.conditions and case.job.conditions.profile
    if case.job and wanted and fitting[0].profile != case.job.bundle[wanted]:
        yield case.spot().fault(
            N_(
                "The file's ICC profile is not the one ⟨that careerprint.toml names|of the "
                "chosen print shop⟩: {name}."
            ),
            N_("Print it again for the press."),
            name=wanted,
        )


@rule(
    "pdfx-marks",
    reads={Aspect.CLAIMS},
    is_for=lambda target: PRINT_VERSION in target.standards,
)
def press_marks(case: Case) -> Iterator[Finding]:
    """Yield `pdfx-marks`: a press file says that it is PDF/X-4, whether it is trapped, and its ID.

    Source: ISO 15930-7; ISO 32000-1, 14.4 (file identifiers) and 14.11.6 (trapping).
    """
    found = case.found
    wrong = [
        *(["GTS_PDFXVersion"] if PRINT_VERSION not in found.standards else []),
        *(["Trapped"] if found.trapped not in {"True", "False"} else []),
        *(["ID"] if not found.has_id else []),
    ]
    for name in wrong:
        yield case.spot().fault(
            N_("The file does not say what PDF/X-4 asks for: {name}."),
            N_("Print it again for the press, or save it as PDF/X-4 in the other program."),
            name=name,
        )


@rule("active-content", reads={Aspect.ACTIVE})
def nothing_active(case: Case) -> Iterator[Finding]:
    """Yield `active-content`: nothing in the file runs, plays or is attached.

    Source: ISO 15930-7; ISO 19005-2, 6.5.1 and 6.8.
    """
    tell = case.spot().doubt if case.job is None else case.spot().fault
    for kind in case.found.active:
        yield tell(
            N_("The file has something that runs, plays or is attached: {kind}."),
            N_("Print it again, and save it in no other program."),
            kind=kind,
        )


@rule("press-links", reads={Aspect.LINKS}, is_for=lambda target: not target.has_links)
def no_links(case: Case) -> Iterator[Finding]:
    """Yield `press-links`: there is nothing to be clicked on paper.

    Source: ISO 15930-7, annotations within the bleed are not allowed; our convention for the rest.
    """
    for link in case.found.links:
        if link.page:
            yield case.spot(link.page, link.place).fault(
                N_("There is a link to {target} on this page for the press."),
                N_("Print it again for the press."),
                target=link.target,
            )
    for note in case.found.notes:
        width, height = case.found.pages[note.page - 1].size
        place = note.place
        is_on_page = place.right > 0 < place.bottom and place.left < width and place.top < height
        if is_on_page and note.kind not in _PRINTERS_OWN:
            yield case.spot(note.page, place).fault(
                N_("Something was put onto this page for the press that is no part of it: {kind}."),
                N_("Print it again for the press, or remove it in the other program."),
                kind=note.kind,
            )
