"""Chooses what stands at the foot of which section, and finds what has no section to stand at."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, warning
from careerprint.layouts.declaration import ANY_SECTION, Layout
from careerprint.profiles.amounts import amounts_in, has_amount
from careerprint.profiles.body import Part
from careerprint.profiles.content import PROFILE_FILE, Profile
from careerprint.profiles.facts import (
    Employer,
    Employers,
    NextStep,
    Pay,
    Requirements,
    TrainingPay,
)
from careerprint.profiles.roles import roles_of

_NO_WORD = re.compile(r"\W+")


def section_roles(profile: Profile) -> dict[str, str]:
    """Return the role of each section of a profile, by the section's id."""
    ids = [section.id for section in profile.sections]
    return dict(zip(ids, roles_of(profile.sections), strict=True))


def filled_slots(
    layout: Layout, profile: Profile, rendered: Callable[[str], str]
) -> tuple[dict[str, tuple[str, ...]], list[Diagnostic]]:
    """Return the templates at the foot of each section, and a warning for each without a section.

    They are by the section's id. `rendered` renders a template by itself: one whose result is empty
    stands nowhere. A template that stands behind several roles in layout.toml is printed at the
    first of them that the profile has; behind `any`, at the last section. Raises Refused where the
    layout prints sections and one is empty.
    """
    roles = section_roles(profile)
    sections = {role: name for name, role in roles.items()} | {name: name for name in roles}
    if "pay" not in sections and (home := _speaks_of_pay(profile, roles)):
        sections["pay"] = home
    if roles:
        sections[ANY_SECTION] = list(roles)[-1]
    wanted: dict[str, list[str]] = {}
    for role, templates in layout.slots.items():
        for template in templates:
            wanted.setdefault(template, []).append(role)
    slots: dict[str, tuple[str, ...]] = {}
    homeless: list[Diagnostic] = []
    for template, places in wanted.items():
        if not rendered(template).strip():
            continue
        if found := next((sections[role] for role in places if role in sections), None):
            slots[found] = (*slots.get(found, ()), template)
            continue
        told = warning(
            Location(f"content/{profile.slug}/{PROFILE_FILE}"),
            N_("No heading is marked {{#{slot}}}, so what belongs beside it is not printed."),
            N_("Write the mark behind the heading of that section."),
            slot=places[0],
        )
        homeless.append(told)
    if "sections" in layout.takes and (empty := list(_empty_sections(profile, slots))):
        raise Refused(empty)
    return slots, homeless


def _speaks_of_pay(profile: Profile, roles: Mapping[str, str]) -> str:
    """Return the section whose text names pay, rather not the one about training; "" for none."""
    named = [
        section.id
        for section in profile.sections
        for part in section.parts
        if any("{pay." in block or has_amount(block) for block in part.blocks)
    ]
    named.sort(key=lambda name: roles[name] == "training")
    return next(iter(named), "")


def _empty_sections(profile: Profile, slots: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """Yield an error for each section without a text, at whose foot nothing stands either."""
    for section in profile.sections:
        if not (section.parts or section.id in slots):
            yield error(
                section.heading.location,
                N_("The section “{heading}” has no text."),
                N_("Write its text below the heading, or delete the heading."),
                heading=section.heading,
            )


def is_in_text(profile: Profile, fact: str) -> bool:
    """Tell whether lists or tables of the text say all that a fact does.

    A layout that prints the text need not say it again below. When pay was true may stand in no
    list: pay in training says it with the pay of the profession.
    """
    parts = (*profile.opening, *(part for section in profile.sections for part in section.parts))
    wanted, texts = said_by(profile, fact), list(_enumerated(parts))
    if wanted is None or not _names_training(texts, getattr(profile.front.facts, fact)):
        return False
    return wanted <= {said for text in texts for said in said_in(profile, text)}


def _names_training(texts: Iterable[str], value: object) -> bool:
    """Tell whether one of these texts names the training that pay is only for, where it is so.

    Its short form in brackets does: "PiA".
    """
    if not (isinstance(value, TrainingPay) and value.only_for):
        return True
    names = [value.only_for, *re.findall(r"\((\w+)\)", value.only_for)]
    return any(_words(name) in _words(text) for text in texts for name in names)


def said_by(profile: Profile, fact: str) -> set[object] | None:
    """Return what a fact says, as `said_in` has it; None where some of it is neither."""
    facts = profile.front.facts
    value = getattr(facts, fact)
    if isinstance(value, TrainingPay):
        is_dated = value.as_of and not (facts.pay and facts.pay.as_of == value.as_of)
        if is_dated or value.minimum:
            return None
    if isinstance(value, Pay | TrainingPay):
        return set(_ends(value))
    if isinstance(value, Requirements):
        return {_words(text) for text in (value.school, value.language) if text}
    rows = value.rows if isinstance(value, Employers) else value
    if not isinstance(rows, tuple) or (isinstance(value, Employers) and value.counted):
        return None
    texts = [_said_of_one(row) for row in rows]
    return None if None in texts else {_words(text) for text in texts if text is not None}


def said_in(profile: Profile, text: str) -> set[object]:
    """Return what a text says: its words, and the lower and upper ends of amounts.

    These are named by phrases, or are figures. One may be a whole cell, without a sign for euros.
    """
    named = _figures(profile)
    told = re.sub(r"\{([\w.-]+)\}", lambda found: named.get(found[1], found[0]), text)
    is_number = re.fullmatch(r"[\d\W]+", told) is not None
    figures = {(each.low, each.high) for each in amounts_in(told, in_euros=is_number)}
    return {_words(text), *figures}


def _ends(value: Pay | TrainingPay) -> list[tuple[float, float]]:
    """Return the lower and upper end of all that a fact says is paid."""
    if isinstance(value, TrainingPay):
        return [(year.amount, year.amount) for year in value.years]
    return [(stage.min or stage.max, stage.max) for stage in value.ranges]


def _figures(profile: Profile) -> dict[str, str]:
    """Return all that is paid in figures, by the names of the phrases that name it."""
    pay, training = profile.front.facts.pay, profile.front.facts.training_pay
    found: dict[str, tuple[float, float]] = {}
    for stage, ends in zip(pay.ranges, _ends(pay), strict=True) if pay else ():
        whole = f"pay.{stage.id}"
        low, high = ends
        found |= {whole: ends, f"{whole}.min": (low, low), f"{whole}.max": (high, high)}
    for year in training.years if training else ():
        found[f"training_pay.{year.id}.amount"] = (year.amount, year.amount)
    return {
        name: "–".join(f"{end:.2f}".replace(".", ",") for end in dict.fromkeys(ends)) + " €"
        for name, ends in found.items()
    }


def _said_of_one(row: object) -> str | None:
    if isinstance(row, NextStep):
        return None if row.until else row.what
    if isinstance(row, Employer):
        return row.name if row.number is None else None
    return row if isinstance(row, str) else None


def _enumerated(parts: Iterable[Part]) -> Iterable[str]:
    """Yield the items of all lists, and the cells of all tables."""
    for part in parts:
        yield from (cell for row in part.rows for cell in row if cell)
        for item in part.items:
            yield item.text
            yield from _enumerated(item.parts)


def _words(text: str) -> str:
    """Return a text without case and signs; “1.100 €” as 1100."""
    return _NO_WORD.sub("", text).casefold()
