"""Puts a release together: the PDFs that go out, and the manifest that says what they are.

Nothing is released that has an error, or is not there in full; then everything is told at once.
"""

import codecs
import io
import json
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from careerprint.building.inspection import Checked, Given
from careerprint.building.outbox import ORDER_CSV, ORDER_SHEET, of_part
from careerprint.building.releases import FOLDER, MANIFEST, Release
from careerprint.core.diagnostics import N_, Diagnostic, Refused, Severity, refuse, writing
from careerprint.core.edition import FAIRS, Edition, Outcome, State
from careerprint.core.files import write_folder_whole, write_whole
from careerprint.core.messages import LANGUAGES, translator
from careerprint.core.reader import Reader
from careerprint.core.slugs import proposed_slug
from careerprint.core.sources import Digests, digest
from careerprint.core.targets import PRESS, SCREEN, TARGETS
from careerprint.core.toolchain import toolchain
from careerprint.finished.findings import as_data
from careerprint.output.report import Told, report_pdf
from careerprint.planning.season import Season
from careerprint.profiles.approvals import read_approvals
from careerprint.profiles.content import profile_file
from careerprint.readiness.judging import RULES as READINESS_RULES
from careerprint.rules.checking import RULES

_EPOCH = (1980, 1, 1, 0, 0, 0)  # of files in a zip, so that the same release has the same bytes


ORDER_NAMES: Mapping[str, str] = {
    ORDER_SHEET: N_("Print order.pdf"),
    ORDER_CSV: N_("Print order.csv"),
}
"""What the order is called where people get it; in the output folder its names stay."""

_FILE_WORDS: Mapping[str, str] = {
    "brochure": N_("brochure"),
    "leaflet": N_("leaflet"),
    "poster": N_("poster"),
}
"""What layouts are called in names of files where that is another word."""
REPORT_NAME = N_("Report.pdf")
REPORT_NAMES = frozenset(translator(language)(REPORT_NAME) for language in LANGUAGES)
READ_ME = N_("READ ME.txt")
FOR_SHOP, FOR_SCREEN, FOR_OFFICE = N_("Print shop"), N_("Screen"), N_("Office printer")
"""What the folders are called in which people get a release."""


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was written: its folder or zip, and the names of the files in it."""

    path: Path
    files: tuple[str, ...]


def refuse_unready(outcomes: Sequence[Outcome]) -> None:
    """Raise Refused, with all that is told, where an edition was not printed or must not go out."""
    good = {State.PRINTED, State.FRESH}
    unready = [o for o in outcomes if o.state not in good or not o.is_ready]
    if unready:
        told = list(dict.fromkeys(d for outcome in unready for d in outcome.diagnostics))
        told = [d for d in told if d.severity is Severity.ERROR] or told  # others keep nothing back
        raise Refused(
            [
                *told,
                *_nothing_released(unready[0].edition.output, _count(o.edition for o in unready)),
            ]
        )


def refuse_errors(checked: Sequence[Checked]) -> None:
    """Raise Refused, with all that was found, where a PDF has an error."""
    faulty = [each for each in checked if each.has_errors]
    if faulty:
        told = [f.diagnostic for each in faulty for f in each.findings]
        raise Refused(
            [*told, *_nothing_released(faulty[0].name, _count(each.edition for each in faulty))]
        )


def _count(editions: Iterable[Edition | None]) -> int:
    """Return how many these are: one for screen and press is one to who releases it."""
    return len({replace(e, target=SCREEN.name) if e else None for e in editions})


def _nothing_released(place: str, count: int) -> tuple[Diagnostic, ...]:
    return refuse(
        place,
        N_("Nothing is released: of these editions, {count} must not go out yet."),
        N_("Mend what is told here, and release again."),
        count=count,
    ).diagnostics


def order_name(output: str, language: str, part: str = "") -> str:
    """Return what an order is called where people get it: of a part of the season, with that."""
    return of_part(translator(language)(ORDER_NAMES[output]), part)


def release_of(what: str, season: Season | None, by: str, on: date) -> Release:
    """Return the release of a profile, or of a season, without its files."""
    if season is None:
        return Release(what, by, on, {})
    name, table = release_name(Path(what), (), season.part), Path(what).name
    return Release(name, by, on, {}, table=table, sheets=season.sheets)


def release_name(table: Path, layouts: Collection[str], part: str = "") -> str:
    """Return what releases of a table are called: the workspace's own has a German name.

    Where only some sheets are meant, this `part` belongs to the name. Raises Refused for `layouts`
    named beside it.
    """
    if layouts:
        raise refuse(
            "--layout",
            N_("A table of fairs says itself which flyers are wanted."),
            N_("Leave the layouts out."),
        )
    return of_part("messen" if table.stem == FAIRS else proposed_slug(table.stem), part)


def refuse_rows(ids: Collection[str]) -> None:
    """Raise Refused for ids of fairs that are named beside a profile."""
    if ids:
        raise refuse(
            "--row", N_("A profile has no rows; a table of fairs has."), N_("Leave the rows out.")
        )


def write_release(  # noqa: PLR0913 - what, made of what, and to where
    release: Release,
    checked: Sequence[tuple[Given, Checked]],
    others: Mapping[str, bytes],
    reader: Reader,
    out: Path,
    language: str,
    *,
    zipped: bool,
    told: Callable[[Diagnostic], Told] | None = None,
) -> Released:
    """Write a release into the output folder; return where it is. Raises Refused.

    Of `release`, its files are not looked at: they are the PDFs that were checked, and `others`,
    which go with them, by name. With `told`, so does the report on them, in its words. What is
    there already stays as it is.
    """
    names = names_in_release((e.edition for _, e in checked if e.edition), language)
    named = {
        names[each.edition] if each.edition else given.path.name: (given, each)
        for given, each in checked
    }
    pdfs = {name: given.pdf for name, (given, _) in named.items()}
    if told:
        as_named = [(given, replace(each, name=name)) for name, (given, each) in named.items()]
        report = report_pdf(as_named, release.on, language, told, release)
        others = {**others, translator(language)(REPORT_NAME): report}
    manifest = _manifest(release, named, others, reader, language)
    written = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    files = {**pdfs, **others, MANIFEST: written.encode()}
    files[translator(language)(READ_ME)] = read_me(files, language)
    target = _free(out / FOLDER, f"{release.name}-{release.on.isoformat()}")
    with writing(target):
        if zipped:
            # The manifest stays here too: what was sent can be told from a draft later.
            write_whole(target / MANIFEST, files[MANIFEST], within=out)
            target = target.with_name(f"{target.name}.zip")
            write_whole(target, _zip(files, target.stem), within=out)
        else:
            write_folder_whole(target, files, out)
    return Released(target, tuple(files))


def by_reader(names: Iterable[str], language: str) -> dict[str, list[str]]:
    """Return files of a release, sorted, by whom they are for; "" are those to be kept.

    It may have been made in another language; what it says of its files is made anew.
    """
    translate = translator(language)
    orders = [PurePath(order_name(name, each)) for name in ORDER_NAMES for each in LANGUAGES]
    said = {translator(each)(READ_ME) for each in LANGUAGES}
    press = tuple(map(_press_ending, LANGUAGES))
    found: dict[str, list[str]] = {FOR_SHOP: [], FOR_SCREEN: [], FOR_OFFICE: [], "": []}
    for path in sorted(names):
        folder, _, name = path.rpartition("/")
        if folder == translate(FOR_OFFICE):
            found[FOR_OFFICE].append(path)
        elif name.endswith(press) or any(_is_order(name, order) for order in orders):
            found[FOR_SHOP].append(path)
        elif name.endswith(SCREEN.ending) and name not in REPORT_NAMES:
            found[FOR_SCREEN].append(path)
        elif name not in said:
            found[""].append(path)
    return found


def _is_order(name: str, order: PurePath) -> bool:
    """Tell whether a file is called as an order is, whatever the part."""
    stem, ending = name.removesuffix(order.suffix), order.suffix
    return name.endswith(ending) and (stem == order.stem or stem.startswith(f"{order.stem}-"))


def read_me(names: Iterable[str], language: str) -> bytes:
    """Return a text that says who gets which of these files, as any editor shows it."""
    translate, files = translator(language), by_reader(names, language)
    screen = N_("These are for the screen, the web and the office printer:")
    if files[FOR_OFFICE]:
        screen = N_(
            "These are for the screen and the web; what is A4, for the office printer, too:"
        )
    parts = {
        FOR_SHOP: N_("These files are for the print shop:"),
        FOR_OFFICE: N_("These are for the office printer, on A4, to be folded or cut:"),
        FOR_SCREEN: screen,
        "": N_("These are for your files; they say what was checked and released:"),
    }
    told = (
        "\n".join([translate(said), *(f"  {name}" for name in files[whom])])
        for whom, said in parts.items()
        if files[whom]
    )
    return codecs.BOM_UTF8 + ("\n\n".join(told) + "\n").replace("\n", "\r\n").encode()


def released_name(edition: Edition, language: str) -> str:
    """Return what the PDF of an edition is called where people get it, in words of a language.

    In out/ those for several fairs have one name.
    """
    translate, layout = translator(language), edition.layout
    called = translate(_FILE_WORDS[layout]) if layout in _FILE_WORDS else layout
    product = f"{called}-{edition.format}" if edition.format else called
    is_press = edition.target == PRESS.name
    ending = _press_ending(language) if is_press else TARGETS[edition.target].ending
    name = f"{edition.profile}-{product}-{edition.locale}{ending}"
    return f"{edition.fair}-{name}" if edition.fair else name


def released_names(edition: Edition) -> tuple[str, ...]:
    """Return all names that the PDF of an edition may have in releases: each has its language."""
    return tuple(dict.fromkeys(released_name(edition, language) for language in LANGUAGES))


def names_in_release(editions: Iterable[Edition], language: str) -> dict[Edition, str]:
    """Return what the PDFs of a release are called: each otherwise.

    Where a layout of one's own is called as another is in this language, English tells them apart.
    """
    found = {edition: released_name(edition, language) for edition in editions}
    if len({*found.values()}) < len(found):
        return {edition: released_name(edition, "en") for edition in found}
    return found


def _press_ending(language: str) -> str:
    for_press = translator(language)(N_("press"))
    return f"-{for_press}{SCREEN.ending}"


def _manifest(
    release: Release,
    named: Mapping[str, tuple[Given, Checked]],
    others: Mapping[str, bytes],
    reader: Reader,
    language: str,
) -> dict[str, Any]:
    editions = [each.edition for _, each in named.values() if each.edition]
    locales = sorted({edition.locale for edition in editions})
    return {
        "release": release.name,
        "by": release.by,
        "on": release.on.isoformat(),
        **({"table": release.table, "sheets": [*release.sheets]} if release.table else {}),
        "languages": locales,
        "texts": {
            slug: digest(reader.read_bytes(profile_file(slug)))
            for slug in sorted({edition.profile for edition in editions})
        },
        "files": [
            {
                "file": name,
                "sha256": digest(given.pdf),
                **(asdict(each.edition) if each.edition else {}),
                "standards": list(each.found.standards) if each.found else [],
                "findings": [as_data(f, translator(language)) for f in each.findings],
            }
            for name, (given, each) in named.items()
        ]
        + [{"file": each, "sha256": digest(content)} for each, content in others.items()],
        "approvals": _approvals(reader, {e.profile for e in editions}, locales),
        "rules": [*(each for rule in RULES for each in rule.ids), *(r.id for r in READINESS_RULES)],
        "versions": dict(toolchain(Digests({}))),
    }


def _approvals(
    reader: Reader, profiles: Collection[str], locales: Collection[str]
) -> list[dict[str, object]]:
    """Return who approved how many translations, of which texts, in which language, until when."""
    found: dict[tuple[str, str, str], list[date]] = {}
    for each in read_approvals(reader).first.values():
        is_of_layouts = each.texts.partition("/")[0] == "layouts"
        if each.locale in locales and (is_of_layouts or each.texts in profiles):
            found.setdefault((each.locale, each.texts, each.by), []).append(each.on)
    return [
        {
            "locale": locale,
            "texts": texts,
            "by": by,
            "count": len(days),
            "last": max(days).isoformat(),
        }
        for (locale, texts, by), days in sorted(found.items())
    ]


def _zip(files: Mapping[str, bytes], folder: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _free(folder: Path, name: str) -> Path:
    """Return a path in a folder that nothing has yet: `name`, or with a number behind it."""
    number = 1
    while True:
        found = folder / (name if number == 1 else f"{name}-{number}")
        if not found.exists() and not found.with_name(f"{found.name}.zip").exists():
            return found
        number += 1
