"""The command that checks finished PDFs before they are given away."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerprint.commands.console import (
    WRONG_USAGE,
    complain,
    say,
)
from careerprint.commands.runs import end_with, here, out_option
from careerprint.core.diagnostics import N_, Diagnostic, Refused, Severity
from careerprint.core.files import shown_path
from careerprint.core.messages import Translate

if TYPE_CHECKING:
    from careerprint.api import CheckResult
    from careerprint.building.inspection import Checked


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
@click.option("--json", "as_json", is_flag=True, help=N_("Write what is found as JSON."))
@click.option(
    "--allow-unreviewed",
    is_flag=True,
    help=N_("Let translations pass in press files that nobody has reviewed."),
)
@out_option
@click.pass_obj
def check_pdfs_command(
    translate: Translate,
    pdfs: tuple[Path, ...],
    report: Path | None,
    as_json: bool,
    allow_unreviewed: bool,
    out: Path | None,
) -> None:
    """Check each PDF, and say what was found; what is wrong with one does not stop the others."""
    workspace = here(out)
    shown = _Shown(translate, as_json=as_json)
    result = workspace.check(
        pdfs, allow_unreviewed=allow_unreviewed, report=report, progress=shown.file
    )
    if report and result.checked and not as_json:
        say(translate, N_("written: {file}"), file=shown_path(report))
    shown.sum_up(result)
    if result.unreadable:
        sys.exit(WRONG_USAGE)
    end_with(result.ok)


class _Shown:
    """Shows what is found, as it is found or in the end as JSON."""

    def __init__(self, translate: Translate, *, as_json: bool) -> None:
        self._translate = translate
        self._as_json = as_json
        self._told: set[Diagnostic] = set()

    def file(self, checked: "Checked | Refused") -> None:
        """Tell what was found in a PDF; what several have in common is said once."""
        if isinstance(checked, Refused):
            complain(checked.diagnostics, self._translate)
            return
        if self._as_json:
            return
        word = N_("failed: {file}") if checked.has_errors else N_("ok: {file}")
        say(self._translate, word, file=checked.name)
        found = [f.diagnostic for f in checked.findings if f.diagnostic not in self._told]
        self._told |= set(found)
        complain(found, self._translate)

    def sum_up(self, result: "CheckResult") -> None:
        """Tell how much was found; what several PDFs have in common counts once."""
        told = dict.fromkeys(f.diagnostic for checked in result.checked for f in checked.findings)
        errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in told)
        counts = {"errors": errors, "warnings": len(told) - errors}
        if self._as_json:
            files = [self._as_data(checked) for checked in result.checked]
            click.echo(json.dumps({"files": files, **counts}, ensure_ascii=False, indent=2))
        else:
            summary = N_("{count} checked. Errors: {errors}, warnings: {warnings}.")
            say(self._translate, summary, count=len(result.checked), **counts)

    def _as_data(self, checked: "Checked") -> dict[str, Any]:
        from careerprint.finished.findings import as_data

        return {
            "file": checked.name,
            "edition": None if checked.edition is None else asdict(checked.edition),
            "ok": not checked.has_errors,
            "findings": [as_data(finding, self._translate) for finding in checked.findings],
        }
