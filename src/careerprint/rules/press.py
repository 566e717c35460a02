"""Rules of finished PDFs: what a press file must say of itself, and what no file may do."""

from collections.abc import Iterator

from careerprint.core.diagnostics import N_
from careerprint.finished.findings import Finding, doubt, fault
from careerprint.rules.case import Case

PRINT_VERSION = "PDF/X-4"
_PRESS_INTENT, _SCREEN_INTENT = ("GTS_PDFX", 4), ("GTS_PDFA1", 3)


def output_intent(case: Case) -> Iterator[Finding]:
    """Yield `output-intent`: the file says which inks on which paper, or which screen, it is for.

    On press, that is one intent for PDF/X with the CMYK profile of the job; on the screen, one for
    PDF/A with an RGB profile. Source: ISO 32000-1, 14.11.5; ISO 15930-7; ISO 19005-2, 6.2.3.
    """
    if case.job is None and not case.is_for_press:
        return
    kind, components = _PRESS_INTENT if case.is_for_press else _SCREEN_INTENT
    fitting = [i for i in case.found.intents if i.kind == kind]
    if [intent.components for intent in fitting] != [components]:
        yield fault(
            "output-intent",
            case.spot(),
            N_("The file has no output intent “{kind}” with a profile of {count} colours."),
            N_("Print it again, and save it in no other program."),
            kind=kind,
            count=components,
        )
        return
    press = None if case.job is None else case.job.press
    if case.job and press and fitting[0].profile != case.job.bundle[press.profile]:
        yield fault(
            "output-intent",
            case.spot(),
            N_("The file's ICC profile is not the one that careerprint.toml names: {name}."),
            N_("Print it again for the press."),
            name=press.profile,
        )


def press_marks(case: Case) -> Iterator[Finding]:
    """Yield `pdfx-marks`: a press file says that it is PDF/X-4, whether it is trapped, and its ID.

    Source: ISO 15930-7; ISO 32000-1, 14.4 (file identifiers) and 14.11.6 (trapping).
    """
    if not case.is_for_press:
        return
    found = case.found
    wrong = [
        *(["GTS_PDFXVersion"] if PRINT_VERSION not in found.standards else []),
        *(["Trapped"] if found.trapped not in {"True", "False"} else []),
        *(["ID"] if not found.has_id else []),
    ]
    for name in wrong:
        yield fault(
            "pdfx-marks",
            case.spot(),
            N_("The file does not say what PDF/X-4 asks for: {name}."),
            N_("Print it again for the press, or save it as PDF/X-4 in the other program."),
            name=name,
        )


def nothing_active(case: Case) -> Iterator[Finding]:
    """Yield `active-content`: nothing in the file runs, plays or is attached.

    Source: ISO 15930-7; ISO 19005-2, 6.5.1 and 6.8.
    """
    tell = doubt if case.job is None else fault
    for kind in case.found.active:
        yield tell(
            "active-content",
            case.spot(),
            N_("The file has something that runs, plays or is attached: {kind}."),
            N_("Print it again, and save it in no other program."),
            kind=kind,
        )


def no_links(case: Case) -> Iterator[Finding]:
    """Yield `press-links`: there is nothing to be clicked on paper.

    Source: ISO 15930-7, annotations within the bleed are not allowed; our convention for the rest.
    """
    if not case.is_for_press:
        return
    for link in case.found.links:
        if link.page:
            yield fault(
                "press-links",
                case.spot(link.page, link.place),
                N_("There is a link to {target} on this page for the press."),
                N_("Print it again for the press."),
                target=link.target,
            )
