"""Which rows are one fair: ids for those without one, and what several rows have in common."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from careerprint.fairs import entries
from careerprint.fairs.cells import named_rows
from careerprint.fairs.fair import Fair, digest_of
from careerprint.fairs.rowchecks import RowCheck


def propose_ids(checked: Sequence[RowCheck], fairs: Sequence[Fair | None]) -> None:
    """Give each fair without an id one made of its name and first day, and its city if need be.

    The other rows of the table decide nothing else about it, so that it stays when they change.
    """
    named = {check.id for check in checked if check.id}
    asking = [
        (check, fair) for check, fair in zip(checked, fairs, strict=True) if fair and not check.id
    ]
    said = defaultdict(set)  # what rows with the same proposal say; two professions say the same
    for _, fair in asking:
        said[entries.proposed_id(fair.fair, fair.start)].add(digest_of(fair))
    for check, fair in asking:
        proposed = entries.proposed_id(fair.fair, fair.start)
        if len(said[proposed]) > 1 or proposed in named:
            proposed = entries.proposed_id(fair.fair, fair.start, f"{fair.city} {fair.venue}")
        check.id, check.id_is_own = proposed, False


def refuse_shared_ids(checked: Sequence[RowCheck], fairs: Sequence[Fair | None]) -> None:
    """Note in every row whose id stands in another row too which rows these are.

    Rows that say the same of a fair, and ask for other flyers, are one fair.
    """
    by_id = defaultdict(list)
    for check, fair in zip(checked, fairs, strict=True):
        if check.id:
            by_id[check.id].append((check, fair))
    for sharing in by_id.values():
        if not _are_one_fair([fair for _, fair in sharing]):
            rows = named_rows([check.named for check, _ in sharing])
            is_written = any(check.id_is_own for check, _ in sharing)
            for check, _ in sharing:
                (check.refuse_shared_id if is_written else check.refuse_same_fair)(rows)


def tell_doubles(checked: Sequence[RowCheck], fairs: Sequence[Fair | None]) -> None:
    """Note in every row that asks once more for flyers that a row with another id asks for.

    They are for one fair: its name, days and place are the same, and so is the stand.
    """
    first: dict[tuple[object, ...], RowCheck] = {}
    for check, fair in zip(checked, fairs, strict=True):
        if not fair:
            continue
        said = (fair.fair, fair.city, fair.venue, fair.hall, fair.stand)
        place = (*(text.casefold() for text in said), fair.start, fair.end)
        for flyer in _asked_for(fair):
            before = first.setdefault((*place, *flyer), check)
            if before is not check and before.id != check.id:
                check.tell_double(before.named)
                break


def _asked_for(fair: Fair) -> Iterator[tuple[str, str, str, str]]:
    """Yield the flyers that a row asks for: profile, layout, format, locale."""
    for profile in fair.profiles:
        for locale in fair.locales:
            yield profile, fair.layout, fair.format, locale


def _are_one_fair(rows: Sequence[Fair | None]) -> bool:
    """Tell whether rows are one, or say the same of one fair and ask for flyers of their own."""
    known = [fair for fair in rows if fair]
    asked = Counter(flyer for fair in known for flyer in _asked_for(fair))
    is_same = len({digest_of(fair) for fair in known}) <= 1
    return len(rows) == 1 or (len(known) == len(rows) and is_same and max(asked.values()) == 1)
