"""The command that checks finished PDFs before they are given away."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerprint.commands.console import WRONG_USAGE, complain, say
from careerprint.commands.runs import end_with, here, out_option
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, Severity, error
from careerprint.core.files import read_given, shown_path
from careerprint.core.messages import Translate
from careerprint.core.targets import TARGETS

if TYPE_CHECKING:
    from careerprint.building.inspection import Checked
    from careerprint.results import CheckResult


@click.command(
    "check",
    help=N_(
        "Check finished PDFs: pages, fonts, text, colours, pictures, QR codes, PDF/UA, PDF/X. "
        "Without PDF, all editions that have been printed."
    ),
)
@click.argument("pdfs", metavar="[PDF]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("Write a report with pictures of the pages, a PDF to send along with the order."),
)
@click.option("--json", "form", flag_value="json", help=N_("Write what is found as JSON."))
@click.option(
    "--as-heard",
    "form",
    flag_value="heard",
    help=N_("Write what a screen reader says of each PDF, in order, and check nothing."),
)
@out_option
@click.pass_obj
def check_pdfs_command(
    translate: Translate,
    pdfs: tuple[Path, ...],
    report: Path | None,
    form: str | None,
    out: Path | None,
) -> None:
    """Check each PDF, and say what was found; what is wrong with one does not stop the others."""
    if form == "heard":
        spoken = [_speak(pdf, translate) for pdf in pdfs]
        end_with(all(spoken))
        return
    as_json = form == "json"
    workspace = here(out)
    tell = partial(_tell, translate, set(), as_json=as_json)
    result = workspace.check(pdfs, report=report, progress=tell)
    if report and result.checked and not as_json:
        say(translate, N_("written: {file}"), file=shown_path(report))
    _sum_up(result, translate, as_json=as_json)
    if result.unreadable:
        sys.exit(WRONG_USAGE)
    end_with(result.ok)


def _speak(path: Path, translate: Translate) -> bool:
    """Write what a screen reader says of a PDF, a line each; return whether it could be read."""
    from careerprint.finished.opening import Unusable, opened_pdf
    from careerprint.finished.transcript import transcript

    location = Location(shown_path(path))
    try:
        pdf = read_given(path)
        opened_pdf(pdf).close()
    except Refused as refused:
        complain(refused.diagnostics, translate)
        return False
    except Unusable as unusable:
        complain(
            [error(location, unusable.message, unusable.hint, **unusable.parameters)], translate
        )
        return False
    for utterance in transcript(pdf):
        click.echo(str(utterance))
    return True


def _tell(
    translate: Translate, told: set[Diagnostic], checked: "Checked | Refused", *, as_json: bool
) -> None:
    """Tell what was found in a PDF, but for what was `told` before of another one."""
    if isinstance(checked, Refused):
        complain(checked.diagnostics, translate)
    elif not as_json:
        word = N_("failed: {file}") if checked.has_errors else N_("ok: {file}")
        release = checked.release
        if checked.edition and TARGETS[checked.edition.target].is_draft:
            word = N_("a draft: {file}")
        elif release and not checked.has_errors:
            word = N_("ok, released on {day} by {name}: {file}")
        day, by = (release.on.isoformat(), release.by) if release else ("", "")
        say(translate, word, file=checked.name, day=day, name=by)
        found = [f.diagnostic for f in checked.findings if f.diagnostic not in told]
        told |= set(found)
        complain(found, translate)


def _sum_up(result: "CheckResult", translate: Translate, *, as_json: bool) -> None:
    """Tell how much was found; what several PDFs have in common counts once."""
    told = dict.fromkeys(f.diagnostic for checked in result.checked for f in checked.findings)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in told)
    counts = {"errors": errors, "warnings": len(told) - errors}
    if as_json:
        files = [_as_data(checked, translate) for checked in result.checked]
        click.echo(json.dumps({"files": files, **counts}, ensure_ascii=False, indent=2))
    else:
        summary = N_("{count} checked. Errors: {errors}, warnings: {warnings}.")
        say(translate, summary, count=len(result.checked), **counts)


def _as_data(checked: "Checked", translate: Translate) -> dict[str, Any]:
    from careerprint.finished.findings import as_data

    return {
        "file": checked.name,
        "edition": None if checked.edition is None else asdict(checked.edition),
        "ok": not checked.has_errors,
        "released": checked.release
        and {"on": checked.release.on.isoformat(), "by": checked.release.by},
        "findings": [as_data(finding, translate) for finding in checked.findings],
    }
