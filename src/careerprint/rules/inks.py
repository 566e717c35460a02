"""Rules of finished PDFs: colours are inks, not too much of them, and pictures are sharp enough."""

from collections.abc import Iterator

from careerprint.core.diagnostics import N_
from careerprint.core.targets import DPI_ROUNDING, ColourModel, Target
from careerprint.finished.findings import Finding
from careerprint.finished.paints import GROUP, TEXT, Paint
from careerprint.finished.spaces import Family
from careerprint.layouts.colours import MOST_INK
from careerprint.rules.case import Aspect, Case, rule

# In per cent of all four inks: what rounding and lossy compression of pictures may add.
ROUNDING, COMPRESSION = 0.5, 2.0
_INKS_OF_PRESS = {Family.GRAY, Family.CMYK, Family.PATTERN}
_FULL, _NONE = 0.995, 0.005  # of an ink
_DARK = 0.6  # of each of four inks: black to the eye


def _is_in_inks(target: Target) -> bool:
    return target.colour_model is ColourModel.CMYK


@rule("colour-space", reads={Aspect.PAINTS}, is_for=_is_in_inks)
def colours_are_inks(case: Case) -> Iterator[Finding]:
    """Yield `colour-space`: nothing that four inks print is in RGB, Lab or a spot colour.

    Looked at is what is painted and mixed on pages, in forms, patterns, shadings, masks, pictures
    and annotations. Source: ISO 15930-7, where the output intent is for CMYK; that other spaces go
    too, which it allows where they come with a profile, is our convention.
    """
    told = set()
    for paint in case.found.painted.paints.values():
        name = paint.space.name
        if paint.space.family not in _INKS_OF_PRESS and (name, paint.page) not in told:
            told.add((name, paint.page))
            yield case.spot(paint.page, paint.place).fault(
                N_("Something is painted in {space}; the press prints with CMYK alone."),
                N_(
                    "⟨Build it again with --target press|Print it again for the press⟩, or "
                    "convert it with the shop's profile."
                ),
                space=name,
            )
    for picture in case.found.painted.pictures:
        if picture.space is not None and picture.space.family not in _INKS_OF_PRESS:
            yield case.spot(picture.page, picture.place).fault(
                N_("This picture is in {space}; the press prints with CMYK alone."),
                N_(
                    "⟨Build it again with --target press|Print it again for the press⟩, or "
                    "convert it with the shop's profile."
                ),
                space=picture.space.name,
            )


@rule("ink-coverage", reads={Aspect.PAINTS}, is_for=_is_in_inks)
def ink_coverage(case: Case) -> Iterator[Finding]:
    """Yield `ink-coverage`: all four inks together are no more than the print shop allows.

    That is MOST_INK per cent for a file whose shop is not known.
    Summed up are colours as they are written, the ends of gradients, and the pixels of pictures;
    what transparency mixes is no more than the darkest of what it mixes, but for blend modes.
    Source: the condition FOGRA39, as its profile has it.
    """
    conditions = case.job.conditions if case.job else None
    most = conditions.most_ink if conditions else MOST_INK
    sums = [
        (100 * sum(paint.inks), ROUNDING, paint.page, paint.place)
        for paint in case.found.painted.paints.values()
        if paint.kind != GROUP and not paint.in_mask and paint.inks is not None
    ]
    sums += [
        (100 * picture.ink, COMPRESSION, picture.page, picture.place)
        for picture in case.found.painted.pictures
        if picture.ink is not None
    ]
    for percent, tolerance, page, place in sums:
        if percent > most + tolerance:
            yield case.spot(page, place).fault(
                N_("The four inks make {percent} % together; more than {most} % does not dry."),
                N_("Take a lighter colour, or convert the picture with the shop's profile."),
                percent=round(percent),
                most=f"{most:g}",
            )


@rule("black-text", reads={Aspect.PAINTS}, is_for=_is_in_inks)
def black_text(case: Case) -> Iterator[Finding]:
    """Yield `black-text`: black text is on the black plate alone.

    With four plates, of which one is always a little off, small type gets coloured edges. Text that
    is black to the eye, being dark in all inks, is a doubt. Source: our convention.
    """
    for paint in case.found.painted.paints.values():
        if paint.kind == TEXT and (colours := _colours_beside_black(paint)):
            is_black = paint.inks is not None and paint.inks[3] >= _FULL
            spot = case.spot(paint.page, paint.place)
            tell = spot.fault if is_black else spot.doubt
            yield tell(
                N_("Black text is mixed of four inks ({inks})."),
                N_("Set it in black alone: 0/0/0/100, or #000000 in the layout."),
                inks=colours,
            )


@rule("white-overprint", reads={Aspect.PAINTS}, is_for=_is_in_inks)
def white_overprints(case: Case) -> Iterator[Finding]:
    """Yield `white-overprint`: nothing white overprints, since it would not be seen in print.

    Source: ISO 32000-1, 8.6.7: in overprint mode 1, an ink of which a colour has none stays as it
    is below.
    """
    for paint in case.found.painted.paints.values():
        if paint.overprints and paint.inks is not None and max(paint.inks) <= _NONE:
            yield case.spot(paint.page, paint.place).fault(
                N_("Something white overprints: a press does not print it."),
                N_(
                    "⟨Build it again with --target press|Print it again for the press⟩, or let "
                    "white knock out what is below it."
                ),
            )


@rule("picture-resolution", reads={Aspect.PAINTS})
def picture_resolution(case: Case) -> Iterator[Finding]:
    """Yield `picture-resolution`: pictures have enough pixels for the size that they are shown in.

    Source: our convention, as print shops ask for.
    """
    least, good = case.target.least_dpi, case.target.good_dpi
    for picture in case.found.painted.pictures:
        is_coarse = picture.resolution < least * DPI_ROUNDING
        if picture.resolution < good * DPI_ROUNDING:
            spot = case.spot(picture.page, picture.place)
            tell = spot.fault if is_coarse else spot.doubt
            yield tell(
                N_("The picture has {dpi} dots an inch at this size; {wanted} are wanted."),
                N_("Take one with more pixels ({width} × {height} has it), or show it smaller."),
                dpi=round(picture.resolution),
                wanted=good,
                width=f"{picture.width}",
                height=f"{picture.height}",
            )


def _colours_beside_black(paint: Paint) -> str:
    """Return the inks of text that is black and not of black alone, "" for other text."""
    inks = paint.inks
    if inks is None:
        return ""
    *colours, black = inks
    mixed = (black >= _FULL and max(colours) > _NONE) or min(inks) >= _DARK
    return "/".join(f"{round(100 * ink)}" for ink in inks) if mixed else ""
