"""The command that checks finished PDFs before they are given away."""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerprint.commands.console import (
    EDITION_FAILED,
    WRONG_USAGE,
    complain,
    refusals_told,
    shown_path,
)
from careerprint.commands.runs import here, out_option, read_given
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, Severity, refuse
from careerprint.core.messages import Translate, user_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careerprint.building.inspection import Checked, Given, Inspector


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
@click.pass_context
def check_pdfs_command(
    context: click.Context,
    pdfs: tuple[Path, ...],
    report: Path | None,
    as_json: bool,
    allow_unreviewed: bool,
    out: Path | None,
) -> None:
    """Check each PDF, and say what was found; what is wrong with one does not stop the others."""
    from careerprint.building.inspection import Inspector
    from careerprint.building.record import open_record
    from careerprint.core.reader import Reader
    from careerprint.output.reporting import refuse_to_replace, report_pdf

    translate: Translate = context.obj
    place = here(translate, out)
    if report:
        with refusals_told(translate):
            refuse_to_replace(report)
    shown = _Shown(translate, as_json=as_json)
    with open_record(place.out, to_write=False) as record:
        inspector = Inspector(
            Reader(place.root), place.out, record, date.today(), allow_unreviewed=allow_unreviewed
        )
        with refusals_told(translate):
            paths = list(dict.fromkeys(pdfs)) or _built(inspector)
        all_checked = []
        for given, checked in _all_checked(paths, inspector, shown):
            shown.file(checked)
            all_checked.append((given, checked))
    if report and all_checked:
        language = context.find_root().params["lang"] or user_language()
        with refusals_told(translate):
            _write(report, report_pdf(all_checked, date.today(), translate, language))
        shown.report(report)
    shown.end()


def _write(report: Path, content: bytes) -> None:
    """Write the report; raises Refused where that cannot be."""
    from careerprint.core.diagnostics import not_written
    from careerprint.core.files import write_whole

    try:
        write_whole(report, content)
    except OSError as failure:
        raise not_written(report, failure) from None


def _built(inspector: "Inspector") -> list[Path]:
    """Return the PDFs that have been printed; raises Refused where there are none."""
    if found := inspector.built():
        return found
    raise refuse(
        Location(f"{shown_path(inspector.out)}"),
        N_("Nothing has been printed yet."),
        N_("Print first: careerprint build."),
    )


def _all_checked(
    paths: list[Path], inspector: "Inspector", shown: "_Shown"
) -> "Iterator[tuple[Given, Checked]]":
    """Yield each PDF with what was found in it; what cannot be read is told."""
    from careerprint.building.inspection import Given

    for path in paths:
        try:
            pdf = read_given(path)
        except Refused as refused:
            shown.refused(refused)
            continue
        given = Given(path, shown_path(path), pdf)
        yield given, inspector.check(given)


class _Shown:
    """Shows what is found, as it is found or in the end as JSON, and ends the command."""

    def __init__(self, translate: Translate, *, as_json: bool) -> None:
        self._translate = translate
        self._as_json = as_json
        self._checked: list[Checked] = []
        self._told: set[Diagnostic] = set()
        self._is_wrong_call = False

    def refused(self, refused: Refused) -> None:
        """Tell of a file that cannot be read."""
        self._is_wrong_call = True
        complain(refused.diagnostics, self._translate)

    def file(self, checked: "Checked") -> None:
        """Tell what was found in a PDF; what several have in common is said once."""
        self._checked.append(checked)
        if self._as_json:
            return
        word = N_("failed: {file}") if checked.has_errors else N_("ok: {file}")
        click.echo(self._translate(word).format(file=checked.name))
        found = [f.diagnostic for f in checked.findings if f.diagnostic not in self._told]
        self._told |= set(found)
        complain(found, self._translate)

    def report(self, report: Path) -> None:
        """Tell of a report that was written."""
        if not self._as_json:
            click.echo(self._translate(N_("written: {file}")).format(file=shown_path(report)))

    def end(self) -> None:
        """Sum up, and end with the exit status that this asks for."""
        # What several PDFs have in common counts once, as it is told.
        told = dict.fromkeys(f.diagnostic for checked in self._checked for f in checked.findings)
        errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in told)
        counts = {"errors": errors, "warnings": len(told) - errors}
        if self._as_json:
            files = [self._as_data(checked) for checked in self._checked]
            click.echo(json.dumps({"files": files, **counts}, ensure_ascii=False, indent=2))
        else:
            summary = N_("{count} checked. Errors: {errors}, warnings: {warnings}.")
            said = self._translate(summary).format(count=len(self._checked), **counts)
            click.echo(said)
        if self._is_wrong_call:
            sys.exit(WRONG_USAGE)
        if errors:
            sys.exit(EDITION_FAILED)

    def _as_data(self, checked: "Checked") -> dict[str, Any]:
        from careerprint.finished.findings import as_data

        return {
            "file": checked.name,
            "edition": None if checked.edition is None else asdict(checked.edition),
            "ok": not checked.has_errors,
            "findings": [as_data(finding, self._translate) for finding in checked.findings],
        }
