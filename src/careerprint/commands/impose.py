"""The command for office printers: PDFs put together on A4 sheets, to be cut or folded."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerprint.commands.console import complain, say
from careerprint.commands.runs import end_with
from careerprint.core.diagnostics import N_, Location, Refused, refuse, writing
from careerprint.core.files import read_given, shown_path, write_whole
from careerprint.core.messages import Translate

if TYPE_CHECKING:
    from careerprint.output.impose import Imposed
    from careerprint.output.imposition import Scheme, Wish

WIDEST_GUTTER = 50  # mm


@click.command(
    "impose",
    help=N_(
        "Put the pages of a PDF together on A4 sheets for an office printer: A5 two to a sheet, "
        "DIN lang three, A5 with more than two pages as a booklet to fold. Sizes stay exact, with "
        "marks where to cut or fold. The new PDF goes beside the old one."
    ),
)
@click.argument("pdfs", metavar="PDF...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--scheme",
    metavar="NAME",
    help=N_("2up, 3up or booklet. Default: by size and number of the pages."),
)
@click.option(
    "--gutter", metavar="MM", default="0", help=N_("Millimetres between pages. Default: 0.")
)
@click.option(
    "--fit", is_flag=True, help=N_("Make pages smaller where they and the gutter have no room.")
)
@click.option("--no-marks", is_flag=True, help=N_("Without marks where to cut or fold."))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("Where the new PDFs go. Default: beside the old ones."),
)
@click.pass_obj
def impose_command(  # noqa: PLR0913, PLR0917 - click passes each option by name
    translate: Translate,
    pdfs: tuple[Path, ...],
    scheme: str | None,
    gutter: str,
    fit: bool,
    no_marks: bool,
    out: Path | None,
) -> None:
    """Impose each PDF, and say how to print it; what is wrong with one does not stop the others."""
    from careerprint.output.imposition import Wish

    wish = Wish(
        scheme=read_scheme(scheme) if scheme else None,
        gutter=read_gutter(gutter),
        fit=fit,
        marks=not no_marks,
    )
    taken = {path.resolve() for path in pdfs}
    has_failed = False
    for path in dict.fromkeys(pdfs):
        try:
            made, imposed = _impose_file(path, out or path.parent, wish, taken)
        except Refused as refused:
            complain(refused.diagnostics, translate)
            has_failed = True
            continue
        taken.add(made.resolve())
        how = "; ".join(_how_to_print(imposed, translate))
        say(translate, N_("on A4: {file} ({how})"), file=shown_path(made), how=how)
    end_with(not has_failed)


def read_scheme(written: str) -> "Scheme":
    """Return the scheme that is written for `--scheme`; raises Refused for another word."""
    from careerprint.output.imposition import Scheme

    try:
        return Scheme(written)
    except ValueError:
        raise refuse(
            Location("--scheme"),
            N_("“{written}” is not a way to put pages together."),
            N_("Give one of these: {schemes}."),
            written=written,
            schemes=", ".join(scheme.value for scheme in Scheme),
        ) from None


def read_gutter(written: str) -> float:
    """Return the mm that are written for `--gutter`, with a point or a comma; raises Refused."""
    if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,3})?", written):
        gutter = float(written.replace(",", "."))
        if gutter <= WIDEST_GUTTER:
            return gutter
    raise refuse(
        Location("--gutter"),
        N_("“{written}” is not a width of a gutter in millimetres."),
        N_("Give a number from 0 to {most}, 2.5 for example."),
        written=written,
        most=WIDEST_GUTTER,
    )


def _impose_file(
    path: Path, folder: Path, wish: "Wish", taken: Collection[Path]
) -> "tuple[Path, Imposed]":
    """Impose one PDF into a folder, and return the file; raises Refused where that cannot be done.

    `taken` are the files that must not be written: all that are read, and those just made.
    """
    from careerprint.output.impose import impose

    pdf = read_given(path)
    imposed = impose(pdf, wish, Location(str(path)))
    target = folder / f"{path.stem}-{imposed.plan.scheme.value}.pdf"
    if target.resolve() in taken:
        raise refuse(
            Location(str(path)),
            N_("Its sheets would take the place of {file}, which this call reads or has made."),
            N_("Impose the PDFs one by one, each into its own folder (--out)."),
            file=target,
        )
    with writing(target):
        write_whole(target, imposed.pdf)
    return target, imposed


def _how_to_print(imposed: "Imposed", translate: Translate) -> Iterator[str]:
    """Yield what the user needs to know at the printer and after, in this order."""
    from careerprint.output.imposition import Flip, Scheme

    document, plan = imposed.document, imposed.plan
    is_booklet = plan.scheme is Scheme.BOOKLET
    if is_booklet:
        yield translate(N_("booklet of {count} pages")).format(
            count=document.page_count + plan.blanks
        )
        if plan.blanks:
            yield translate(N_("blank pages before the last: {count}")).format(count=plan.blanks)
        if document.is_right_to_left:
            yield translate(N_("bound on the right"))
    else:
        yield translate(N_("{count} to a sheet")).format(count=plan.scheme.across)
    if plan.scale < 1:
        yield translate(N_("pages made smaller, to {percent} %")).format(
            percent=int(100 * plan.scale)
        )
    printing = {
        None: N_("print at 100 %, one-sided"),
        Flip.SHORT: N_("print at 100 %, two-sided, flipped on the short edge"),
        Flip.LONG: N_("print at 100 %, two-sided, flipped on the long edge"),
    }
    yield translate(printing[plan.flip])
    if is_booklet:
        yield translate(N_("fold in the middle"))
    if any(mark.is_cut for side in plan.sides for mark in side.marks):
        yield translate(N_("cut at the marks"))
