"""How many flyers a row asks for, beside the other rows: what is said there is no guess here."""

from collections.abc import Sequence
from dataclasses import replace

from careerprint.core.diagnostics import N_
from careerprint.fairs.cells import as_text
from careerprint.fairs.entries import NO_COPIES
from careerprint.fairs.fair import Fair
from careerprint.fairs.languagecolumns import spelt_counts
from careerprint.fairs.rowchecks import RowCheck, shown_cell
from careerprint.fairs.values import Values
from careerprint.profiles.catalogs import PROFILE_SOURCE, locale_name

_AS_OTHERS = N_("Write figures, as in the other rows: “{example}”.")


def counted(
    checked: Sequence[RowCheck], fairs: Sequence[Fair | None], values: Values
) -> list[Fair | None]:
    """Return the fairs, without copies where a row does not say how many and others do.

    Where most rows say the copies of each language, one number for several of them is told, and
    what cannot be read gets their spelling as its example.
    """
    _tell_bare(checked, fairs, values)
    found, is_counted = [*fairs], any(check.is_counted for check in checked)
    for at, (check, fair) in enumerate(zip(checked, fairs, strict=True)):
        if fair and is_counted and not check.is_counted:
            check.tell_uncounted()
            found[at] = replace(fair, copies={"": 0})
    return found


def _tell_bare(checked: Sequence[RowCheck], fairs: Sequence[Fair | None], values: Values) -> None:
    known = values.known
    cells = [cell for check in checked for cell in check.counts() if values.each(cell)]
    spelt: dict[str, str] = {}
    for cell in cells:
        spelt = {**spelt_counts(cell, known.locales, known.declared), **spelt}
    bare = [
        (check, fair)
        for check, fair in zip(checked, fairs, strict=True)
        if fair and check.is_counted and fair.of_one_number() == fair.locales
    ]
    if not cells:
        return
    example = shown_cell(as_text(cells[0]))
    for check in checked:
        check.found = [
            replace(d, hint=_AS_OTHERS, parameters=(*d.parameters, ("example", example)))
            if d.message == NO_COPIES
            else d
            for d in check.found
        ]
    for check, fair in bare if len(cells) >= len(bare) else ():
        said = (
            spelt.get(tag, f"{{}} {locale_name(tag, PROFILE_SOURCE)}").format(fair.copies_in(tag))
            for tag in fair.locales
        )
        check.tell_bare(example, ", ".join(said))
