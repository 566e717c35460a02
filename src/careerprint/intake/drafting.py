"""Makes a manuscript the draft of a profile: its structure, its facts, and what the flyer says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil

from careerprint.core.diagnostics import N_
from careerprint.extraction.flyertexts import NO_TEASER, Told, flyer_texts
from careerprint.extraction.payfacts import find_pay
from careerprint.extraction.stateddays import day_stated
from careerprint.extraction.structure import FACTS, FLYER, TEASER, Draft, Passage, find_structure
from careerprint.extraction.textfacts import find_facts
from careerprint.extraction.ways import with_ways
from careerprint.intake.factlines import NO_PAY, OTHER_YEARS, SAID_IN_LIST
from careerprint.manuscripts.manuscript import Manuscript, Paragraph, Remark, reads_as, safe_start
from careerprint.profiles.amounts import amounts_in
from careerprint.profiles.german import sentences
from careerprint.profiles.roles import role_said

INTRODUCED_TWICE = N_("The introduction stands in the text, too. Write one of your own.")
FLYER_QUOTED = N_(
    "Headline, introduction and points of the flyer are quoted from the text. Shorten them."
)
MOST_PAY = 6
_OF_OTHERS = {"everyday", "requirements"}  # headings that are none of pay, though pay may be there
_IN_TEXT_ALONE = {"training"}  # facts that layouts print only where a text names them


def make_draft(manuscript: Manuscript, name: str) -> Draft:
    """Return the draft of a profile; `name` serves as a title where the text has none."""
    draft = find_structure(manuscript, name)
    _find(draft)
    _quote(draft)
    return draft


def _find(draft: Draft) -> None:
    """Find facts, and mark the section of each where no heading says that it belongs there."""
    texts = draft.manuscript.paragraphs
    above = {at: part for part in draft.parts for at in part.inside}
    headings = [above[at].heading.text if at in above else "" for at in range(len(texts))]
    draft.pay = find_pay(texts, headings, MOST_PAY)
    if draft.pay.pay or draft.pay.training:
        _take_day(draft)
    title = reads_as(draft.title)
    found = with_ways(find_facts(texts, headings, title), texts, headings, title)
    draft.facts = [replace(f, is_sure=f.is_sure and f.name not in _IN_TEXT_ALONE) for f in found]
    said = {part.mark or role_said(part.heading.text) for part in draft.parts}
    places = {fact.name: fact.at for fact in draft.facts if fact.is_sure}
    _mark_pay(draft, above)
    wanted = (
        (("market", "employers"), places.get("sectors", places.get("employers"))),
        (("training",), places.get("ways_in")),
    )
    for roles, at in wanted:
        part = above.get(at) if at is not None else None
        if part is None or part.mark or said & set(roles):
            continue
        if not role_said(part.heading.text):
            part.mark = roles[0]
            said.add(part.mark)
    _compare_years(draft)
    if (at := _said_in_list(draft)) is not None:
        draft.remark(FACTS, SAID_IN_LIST, at)
    used = _amounts_used(draft)
    for words, at in draft.pay.left:
        if {end for each in amounts_in(words) for end in (each.low, each.high)} <= used:
            continue
        draft.remark(FACTS, NO_PAY, at, amount=words)


def _amounts_used(draft: Draft) -> set[float]:
    """Return all amounts that were taken for pay: said again, nothing is to be added."""
    paid = (*draft.pay.pay, *draft.pay.training)
    return {end for each in paid for end in (each.low, each.high) if end is not None}


def _said_in_list(draft: Draft) -> int | None:
    """Return where the first list stands that a fact was taken from, None where there is none."""
    paid = [*draft.pay.pay, *draft.pay.training]
    places = sorted([*(f.at for f in draft.facts if f.is_sure), *(each.at for each in paid)])
    kinds = draft.manuscript.paragraphs
    return next((at for at in places if kinds[at].kind in {"bullet", "number", "table"}), None)


def _mark_pay(draft: Draft, above: Mapping[int, Passage]) -> None:
    """Mark the section that says what is paid, where no heading of one that does says so."""
    paid = draft.pay.pay or draft.pay.training
    parts = [above[each.at] for each in paid if each.at in above]
    said = [part.mark or role_said(part.heading.text) for part in parts]
    if parts and "pay" not in said and said[0] not in _OF_OTHERS:
        parts[0].mark = parts[0].mark or "pay"


def _take_day(draft: Draft) -> None:
    """Take the day that the text states as that of its amounts; it is no comment then."""
    texts = (p.text for p in draft.manuscript.paragraphs)
    if stated := day_stated([*texts, *draft.manuscript.notes]):
        draft.pay = replace(draft.pay, as_of=stated)
        draft.remarks = [each for each in draft.remarks if not _says_only(each[1], stated.words)]


def _says_only(remark: Remark, words: str) -> bool:
    """Tell whether a remark quotes these words and nothing else, be it in brackets."""
    return [str(value).strip(" ().") for _, value in remark.values] == [words]


def _compare_years(draft: Draft) -> None:
    """Remark on a training for whose years the text does not pay."""
    paid = len(draft.pay.training)
    for fact in draft.facts:
        ways = fact.value if fact.name == "ways_in" and isinstance(fact.value, list) else []
        unlike = [way["years"] for way in ways if paid and ceil(way["years"]) != paid]
        for years in unlike if len(unlike) == len(ways) else []:
            said = f"{years:g}".replace(".", ",")
            draft.remark(FACTS, OTHER_YEARS, fact.at, years=said, paid=paid)


def _quote(draft: Draft) -> None:
    """Take what teaser and flyer say from the text, in its own words."""
    texts = draft.manuscript.paragraphs
    told = [Told("", [texts[at] for at in draft.opening if texts[at].markdown != draft.title])]
    told += [each for part in draft.parts for each in _told_in(draft, part)]
    draft.flyer = flyer_texts(reads_as(draft.title), reads_as(draft.subtitle), told)
    draft.remark(TEASER, _introduction_told(draft))
    draft.remark(FLYER, FLYER_QUOTED)


def _told_in(draft: Draft, part: Passage) -> Iterator[Told]:
    """Yield what a section tells: another thing below a heading within it that says so."""
    texts = draft.manuscript.paragraphs
    heading, held = part.heading.text, list[Paragraph]()
    for at in part.inside:
        role = role_said(texts[at].text) if at in draft.subheadings else ""
        if role and role != role_said(heading):
            yield Told(heading, held)
            heading, held = texts[at].text, []
        else:
            held.append(texts[at])
    yield Told(heading, held)


def _introduction_told(draft: Draft) -> str:
    """Take the introduction out of the text where it can be, and return what to say of it."""
    if draft.flyer.teaser == NO_TEASER:
        return N_("Nothing in the text suits as an introduction. Write one.")
    if _take_introduction(draft):
        return N_("The introduction is the beginning of the text, which goes on behind it.")
    return INTRODUCED_TWICE


def _take_introduction(draft: Draft) -> bool:
    """Take the introduction out of the text where the text begins with it: page 2 has it, too.

    Tell whether it was taken. It stays where the section that begins with it would be empty.
    """
    inside = draft.opening or next((part.inside for part in draft.parts), [])
    if not inside:
        return False
    first = inside[0]
    pieces = sentences(draft.manuscript.paragraphs[first].markdown)
    for behind in range(1, len(pieces) + 1):
        beginning, rest = " ".join(pieces[:behind]), " ".join(pieces[behind:])
        if reads_as(beginning) != draft.flyer.teaser:
            continue
        if rest:
            draft.rests[first] = safe_start(rest)
        elif draft.opening or len(inside) > 1:
            inside.remove(first)
        else:
            return False
        draft.teaser = beginning
        return True
    return False
