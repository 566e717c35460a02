"""Checks an import at the desk: each proposal beside the text, settled one by one."""

import re
from collections.abc import Mapping
from typing import Literal

from careerprint.core.diagnostics import Refused
from careerprint.core.reader import Reader
from careerprint.desk.desk import Desk
from careerprint.desk.formwords import CHOICES, NAMES
from careerprint.desk.proposals import (
    Proposal,
    accepted,
    asked_for,
    corrected,
    dropped,
    entries_of,
    filled,
    in_words,
    proposals_in,
    without_fact,
)
from careerprint.desk.shown import Shown
from careerprint.layouts.art import FIELD_WORDS
from careerprint.layouts.configuration import read_configuration
from careerprint.profiles.content import parse_profile, profile_file
from careerprint.profiles.facts import Facts

Decision = Literal["accept", "drop", "correct"]

_NAMES = {
    entry.rpartition(".")[2]: NAMES[entry]
    for entry in (
        *("Art.field", "Art.town", "FrontMatter.title", "FrontMatter.subtitle"),
        *("FrontMatter.teaser", "FlyerText.headline", "FlyerText.heading", "Pay.as_of"),
        *("Pay.period", "Pay.basis", "PayRange.min", "PayRange.max", "TrainingYear.amount"),
        *("Step.years", "Info.text", "Requirements.school", "Requirements.language"),
        *("Link.label", "Quotation.name"),
    )
}
"""What a proposal's entries are called, by the last of their keys."""


def proposals(desk: Desk, slug: str) -> Shown:
    """Return the title of a profile and all proposals in it; raises Refused as `ProfileTexts`."""
    written = desk.texts.read(slug)
    lines = written.text.split("\n")
    found = proposals_in(written.text, profile_file(slug))
    title = next((line[6:].strip(" \"'") for line in lines if line.startswith("title:")), slug)
    return {
        "title": title,
        "digest": written.digest,
        "proposals": [_shown(desk, proposal, lines) for proposal in found],
    }


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
    answer is only what it proposes now. A correction that the profile cannot hold is refused, with
    its findings, and nothing is saved.
    """
    written = desk.texts.read(slug)
    found = {p.line: p for p in proposals_in(written.text, profile_file(slug))}
    if written.digest == based_on and line in found:
        proposal, was = found[line], _is_profile(desk, slug, written.text)
        text = _decided(written.text, proposal, decision, values or {})
        if decision == "drop" and was and not _is_profile(desk, slug, text):
            text = without_fact(written.text, proposal)  # pay without amounts is none
        if was:
            _parse(desk, slug, text)
        desk.save(slug, text, based_on)
    return proposals(desk, slug)


def all_accepted(desk: Desk, slug: str, based_on: str) -> Shown:
    """Accept what is printed already: all proposals but those that are only comments."""
    written = desk.texts.read(slug)
    text = written.text
    if written.digest == based_on:
        for proposal in reversed(proposals_in(text, profile_file(slug))):
            if proposal.kind != "proposal":
                text = accepted(text, proposal)
        desk.save(slug, text, based_on)
    return proposals(desk, slug)


def _decided(text: str, proposal: Proposal, decision: Decision, values: Mapping[str, str]) -> str:
    asked = asked_for(proposal)
    if decision == "correct" and asked:
        return filled(text, proposal, asked[0], values[asked[0]])
    if decision == "accept":
        return accepted(text, proposal)
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


def _shown(desk: Desk, proposal: Proposal, lines: list[str]) -> Shown:
    fact = _fact_of(proposal, lines)
    return {
        "line": proposal.line,
        "told": in_words(proposal.told, desk.shower.translate),
        "kind": proposal.kind,
        "fact": fact,
        "title": str(Facts.model_fields[fact].title) if fact in Facts.model_fields else "",
        "lines": "\n".join(proposal.lines),
        "asks": _asked(desk, proposal),
        "entries": [
            {"name": name, "value": value, **_named(desk, name.rpartition(".")[2], value)}
            for name, value in ((name, str(value)) for name, value in entries_of(proposal))
        ],
    }


def _asked(desk: Desk, proposal: Proposal) -> Shown | None:
    asked = asked_for(proposal)
    if asked is None:
        return None
    told = [[value, desk.shower.translate(CHOICES[value])] for value in asked[1]]
    return {"key": asked[0], **_named(desk, asked[0]), "choices": told}


def _named(desk: Desk, key: str, value: str = "") -> Shown:
    """Return in the user's words what an entry is called, and its value."""
    translate = desk.shower.translate
    title = f"{int(key) + 1}." if key.isdigit() else translate(_NAMES.get(key, key))
    told = translate(FIELD_WORDS.get(value, value)) if key == "field" else value
    return {"title": title, "told": told}


def _fact_of(proposal: Proposal, lines: list[str]) -> str:
    """Return the name of the fact, or of the entry of the head, that a proposal is about."""
    own = [re.sub(r"^\s*#\s?", "", line) for line in proposal.lines]
    keys = [m[1] for line in own if (m := re.match(r"\s{0,2}([a-z_]+):", line))]
    if keys:
        named = next((key for key in keys if key in Facts.model_fields), keys[0])
        if named in Facts.model_fields or proposal.lines[0][:1] not in " #":
            return named
    above = (re.match(r"  ([a-z_]+):", line) for line in reversed(lines[: proposal.line - 1]))
    return next((m[1] for m in above if m and m[1] in Facts.model_fields), "")
