"""Hands over what was made: releases as zips, sheets for an office printer, and reports."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from careerprint.building.inspection import inspected
from careerprint.building.releases import FOLDER, MANIFEST, Release, read_release
from careerprint.core.diagnostics import Location, Refused
from careerprint.core.reader import Reader
from careerprint.desk.desk import Desk
from careerprint.desk.download import Download
from careerprint.desk.releasing import editions_of, releases
from careerprint.output.impose import impose
from careerprint.output.imposition import Wish
from careerprint.output.releasing import (
    FOR_OFFICE,
    FOR_SCREEN,
    READ_ME,
    REPORT_NAME,
    REPORT_NAMES,
    by_reader,
    read_me,
    released_name,
)
from careerprint.output.report import report_pdf

_MOST_SHEETS = 40  # files of a release that come on sheets for an office printer as well


def release_zip(desk: Desk, name: str) -> Download | None:
    """Return a release as one zip, with a folder for each who gets some of it, and a report.

    Of what is folded or cut, there are the sheets for an office printer besides. The manifest stays
    where it is: the report says the same to people.
    """
    if name not in {each["name"] for each in releases(desk)}:
        return None
    folder = desk.out / FOLDER / name
    files = sorted(f for f in folder.iterdir() if f.is_file() and f.name != MANIFEST)
    translate, language = desk.shower.translate, desk.shower.language
    given = {file.name: file.read_bytes() for file in files}
    parted = by_reader(given, language)
    contents = {
        f"{translate(whom)}/{file}" if whom else file: given[file]
        for whom, some in parted.items()
        for file in some
    }
    screen = parted[FOR_SCREEN]
    for file in screen if len(screen) <= _MOST_SHEETS else ():
        with suppress(Refused):  # what is on A4 already
            made_of = impose(given[file], Wish(), Location(file)).pdf
            contents[f"{translate(FOR_OFFICE)}/{Path(file).stem}-A4.pdf"] = made_of
    if not REPORT_NAMES.intersection(given):  # one that was not released at the desk
        of_release = read_release(folder / MANIFEST)
        if report := _report(desk, [file for file in files if file.suffix == ".pdf"], of_release):
            contents[translate(REPORT_NAME)] = report
    contents[translate(READ_ME)] = read_me(contents, language)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:  # PDFs are compressed already
        for file, content in contents.items():
            archive.writestr(f"{name}/{file}", content)
    return Download(f"{name}.zip", made.getvalue())


def sheets(desk: Desk, output: str) -> Download | None:
    """Return an edition on A4 sheets for an office printer; raises Refused where it is on one."""
    edition = desk.offering.edition(output)
    pdf = desk.pdf(edition) if edition else None
    if edition is None or pdf is None:
        return None
    made = impose(pdf, Wish(), Location(output))
    name = Path(released_name(edition, desk.shower.language)).stem
    return Download(f"{name}-A4.pdf", made.pdf)


def report(desk: Desk, what: str) -> Download | None:
    """Return the report on the printed files of a profile, or of the fairs, as a PDF."""
    language = desk.shower.language
    named = {desk.out / e.output: released_name(e, language) for e in editions_of(desk, what)}
    made = _report(desk, [file for file in named if file.is_file()], named=named)
    return Download(desk.shower.translate(REPORT_NAME), made) if made else None


def _report(
    desk: Desk,
    files: list[Path],
    release: Release | None = None,
    named: Mapping[Path, str] | None = None,
) -> bytes:
    """Return the report on PDFs, of a release or as they are `named`; b"" where there are none."""
    if not files:
        return b""
    names = named or {file: file.name for file in files}
    found = inspected(files, Reader(desk.root), desk.out, date.today(), lambda file: names[file])
    return report_pdf(found, date.today(), desk.shower.language, desk.shower.told, release)
