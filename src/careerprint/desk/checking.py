"""Checks an import at the desk: each proposal beside the text, settled one by one."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from careerprint.core.diagnostics import N_, Location, Refused
from careerprint.core.reader import Reader
from careerprint.desk.answers import filled
from careerprint.desk.desk import Desk
from careerprint.desk.forms import filled_forms, place_of, steps_of, titles_of
from careerprint.desk.formwords import CHOICES, NAMES, UNSAID, WAY_NAMES
from careerprint.desk.listed import tells_of_lists, without_lists
from careerprint.desk.marktexts import in_words
from careerprint.desk.proposals import (
    Proposal,
    about,
    accepted,
    asked_for,
    choices_of,
    corrected,
    corrected_names,
    dropped,
    entries_of,
    is_of_text,
    is_to_confirm,
    proposals_in,
    without_fact,
)
from careerprint.desk.shown import Shown
from careerprint.layouts.art import named_fields
from careerprint.layouts.configuration import read_configuration
from careerprint.profiles.content import parse_profile, profile_file
from careerprint.profiles.facts import Facts
from careerprint.readiness.placeholders import unfilled

Decision = Literal["accept", "drop", "correct"]

_YES_NO = {"true": N_("yes"), "false": N_("no")}
_NEUTRAL = N_("Neutral drawings")
_LINK = re.compile(r"\[([^\[\]]*)\]\(")
_ESCAPED = re.compile(r"\\([^a-zA-Z0-9\s])")


def proposals(desk: Desk, slug: str) -> Shown:
    """Return the title of a profile, its text, all proposals in it, and placeholders left `open`.

    Raises Refused as `ProfileTexts`.
    """
    written = desk.texts.read(slug)
    forms = filled_forms(written.text, profile_file(slug), desk.shower.translate)
    found = proposals_in(written.text, profile_file(slug))
    return {
        "title": forms.get("values", {}).get("title", slug),
        "text": written.text,
        "digest": written.digest,
        "proposals": [_shown(desk, slug, proposal, forms.get("lines", {})) for proposal in found],
        "open": list(dict.fromkeys(_left_open(written.text))),
    }


def _left_open(text: str) -> Iterator[str]:
    """Yield the placeholders in a profile as printed; remarks are no text, and a link is none."""
    for line in text.split("\n"):
        if not line.lstrip().startswith("# "):
            for told in unfilled(_ESCAPED.sub(r"\1", _LINK.sub(r"\1", line)), Location("")):
                yield dict(told.parameters)["text"]


def settled(
    desk: Desk,
    slug: str,
    based_on: str,
    line: int,
    decision: Decision,
    values: Mapping[str, str] | None = None,
) -> Shown:
    """Accept, drop or correct the proposal at a line, save the text, and return what is left.

    `based_on` is the digest of the text that the line is of; where the file has changed since, the
    answer is only what it proposes now, and nothing is `done`. Where the profile cannot hold what
    was entered, or a placeholder is left, `faults` say why, by the names of the entries, and
    nothing is saved. Raises Refused for other faults.
    """
    written, is_done = desk.texts.read(slug), False
    found = {p.line: p for p in proposals_in(written.text, profile_file(slug))}
    if written.digest == based_on and line in found:
        proposal, was = found[line], _is_profile(desk, slug, written.text)
        if missing := _missing(desk, proposal, decision, values or {}):
            return {"faults": missing}
        text = _decided(written.text, proposal, decision, values or {})
        if decision == "drop" and was and not _is_profile(desk, slug, text):
            text = without_fact(written.text, proposal)  # pay without amounts is none
        try:
            if was:
                _parse(desk, slug, text)
        except Refused:
            faults = _faults(desk, slug, text, proposal, values or {})
            if decision != "correct" or not faults:
                raise
            return {"faults": faults}
        is_done = not desk.save(slug, text, based_on)["conflict"]
    return proposals(desk, slug) | {"done": is_done}


def _missing(
    desk: Desk, proposal: Proposal, decision: Decision, values: Mapping[str, str]
) -> dict[str, str]:
    """Return what is told of placeholders that would stay, by the names of the entries."""
    if decision == "drop":
        return {}
    entries = {name: str(value) for name, value in entries_of(proposal)} | dict(values)
    told = {name: _unfilled(desk, value) for name, value in entries.items()}
    return {name: words for name, words in told.items() if words}


def _unfilled(desk: Desk, text: str) -> str:
    """Return what is told of a placeholder in a text, "" without one."""
    found = unfilled(text, Location(""))
    return " ".join(next((told.words(desk.shower.translate) for told in found), ()))


def _faults(
    desk: Desk, slug: str, text: str, proposal: Proposal, values: Mapping[str, str]
) -> dict[str, str]:
    """Return what is off in the text in which a proposal is corrected, by the names of entries."""
    forms = filled_forms(text, profile_file(slug), desk.shower.translate)
    lines = forms.get("lines", {})
    if asked := asked_for(proposal):
        places = {place_of(proposal, lines): asked[0]}
    else:
        names = {name: name for name in values} | corrected_names(proposal, values)
        first = _first_place(proposal, lines, proposal.line)
        places = {_place_of(first, after): before for after, before in names.items()}
    return {
        places[fault["place"]]: f"{fault['message']} {fault['hint']}"
        for fault in forms.get("faults", ())
        if fault["place"] in places
    }


def _first_place(proposal: Proposal, lines: Mapping[str, int], line: int) -> str:
    """Return the place of what a proposal speaks of, which begins in a line of the profile."""
    if proposal.kind == "proposal":
        return place_of(proposal, lines)
    return min((name for name, n in lines.items() if n == line), key=len, default="")


def _place_of(first: str, name: str) -> str:
    """Return the place of an entry of a proposal that begins at the place `first`."""
    step, _, inner = name.partition(".")
    if step.isdigit():
        return f"{first}.{inner}".rstrip(".")
    above = first.rpartition(".")[0]
    return f"{above}.{name}" if above else name


def all_accepted(desk: Desk, slug: str, based_on: str) -> Shown:
    """Accept what is printed already; what is only a comment, asked for, or a placeholder stays."""
    written, is_done = desk.texts.read(slug), False
    text = written.text
    if written.digest == based_on:
        for proposal in reversed(proposals_in(text, profile_file(slug))):
            is_open = proposal.kind == "proposal" or asked_for(proposal)
            if not is_open and not _missing(desk, proposal, "accept", {}):
                text = accepted(text, proposal)
        is_done = not desk.save(slug, text, based_on)["conflict"]
    return proposals(desk, slug) | {"done": is_done}


def _decided(text: str, proposal: Proposal, decision: Decision, values: Mapping[str, str]) -> str:
    asked = asked_for(proposal)
    if decision == "correct" and asked:
        return filled(text, proposal, asked[0], values[asked[0]])
    if decision == "accept":
        return accepted(text, proposal)
    if decision == "drop" and tells_of_lists(proposal.told):
        left = dropped(text, proposal)
        return without_lists(left, parse_profile(left, "", ""))
    return dropped(text, proposal) if decision == "drop" else corrected(text, proposal, values)


def _parse(desk: Desk, slug: str, text: str) -> None:
    """Raise Refused, with every fault, where a text is no profile."""
    bounds = read_configuration(Reader(desk.root)).bounds.plain
    parse_profile(text, profile_file(slug), slug, bounds)


def _is_profile(desk: Desk, slug: str, text: str) -> bool:
    try:
        _parse(desk, slug, text)
    except Refused:
        return False
    return True


def _shown(desk: Desk, slug: str, proposal: Proposal, lines: Mapping[str, int]) -> Shown:
    translate = desk.shower.translate
    place = about(proposal) or ("" if is_of_text(proposal) else place_of(proposal, lines))
    titles = titles_of(steps_of(place), translate)
    top, _, below = place.partition(".")
    fact = below.partition(".")[0] if top == "facts" else ""
    fact = fact if fact in Facts.model_fields else ""
    named = NAMES.get(f"FrontMatter.{top}", WAY_NAMES.get(top, ""))
    first = _first_place(proposal, lines, proposal.first)
    entries = [
        _entry(desk, _place_of(first, name), name, value) for name, value in entries_of(proposal)
    ]
    alike = Counter(entry["title"] for entry in entries)
    for entry in entries:
        if alike[entry["title"]] > 1:
            entry["title"] = f"{entry['row']} › {entry['title']}"
    return {
        "line": proposal.line,
        "place": place,
        "told": in_words(proposal.told, translate),
        "kind": proposal.kind,
        "confirms": is_to_confirm(proposal),
        "needed": proposal.is_needed,
        "fact": fact,
        "leads": _form_of(slug, top, fact) if proposal.kind == "remark" else "",
        "isOfText": is_of_text(proposal),
        "title": titles[1] if fact else translate(named) if named else "",
        "lines": "\n".join(proposal.lines),
        "asks": _asked(desk, proposal),
        "lists": tells_of_lists(proposal.told),
        "unfilled": next(iter(_missing(desk, proposal, "accept", {}).values()), ""),
        "entries": entries,
    }


def _form_of(slug: str, top: str, fact: str) -> str:
    """Return the address of the form in which what a remark is about is entered, "" for none."""
    if fact:
        return f"#/write/{slug}/facts/{fact}"
    return "#/look/issuer.name" if top == "issuer" else ""


def _asked(desk: Desk, proposal: Proposal) -> Shown | None:
    asked = asked_for(proposal)
    if asked is None:
        return None
    return _entry(desk, f"facts.pay.{asked[0]}", asked[0], "") | {"isDay": not asked[1]}


def _entry(desk: Desk, place: str, name: str, value: Any) -> Shown:  # noqa: ANN401 - as YAML has it
    """Return an entry as the forms show it: its title, its value, and what may stand there."""
    translate = desk.shower.translate
    *_, row, title = "", *titles_of(steps_of(place), translate)
    written = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, float):
        written = written.removesuffix(".0").replace(".", ",")
    choices = _choices(desk, name.rpartition(".")[2], value)
    unsaid = translate(_NEUTRAL) if name == "art.town" else ""
    is_day = isinstance(value, date)
    return {
        "name": name,
        "row": row,
        "title": title,
        "value": written,
        "told": desk.shower.day(value) if is_day else dict(choices).get(written, written) or unsaid,
        "choices": choices,
        "isDay": is_day,
    }


def _choices(desk: Desk, key: str, value: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as above
    """Return what may stand in an entry, with what it is called; [] where it is typed."""
    translate, reader = desk.shower.translate, Reader(desk.root)
    if isinstance(value, bool):
        return [(each, translate(word)) for each, word in _YES_NO.items()]
    if key == "field":
        return [("", translate(_NEUTRAL)), *named_fields(reader, translate)]
    none = [("", translate(UNSAID["Apprenticeship.form"]))] if key == "form" else []
    return [*none, *((each, translate(CHOICES[each])) for each in choices_of(key))]
