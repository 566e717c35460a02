"""What an import proposes is settled one by one; the file is as a careful person would leave it."""

import re
from datetime import date
from pathlib import Path

import pytest

from careerprint.core.bounds import DEFAULT_BOUNDS
from careerprint.core.reader import Reader
from careerprint.desk.answers import filled, with_answers
from careerprint.desk.forms import filled_forms, written_forms
from careerprint.desk.marktexts import in_words
from careerprint.desk.proposals import (
    Proposal,
    about,
    accepted,
    asked_for,
    corrected,
    corrected_names,
    dropped,
    entries_of,
    is_to_confirm,
    proposals_in,
    without_fact,
)
from careerprint.desk.secondtown import with_marks
from careerprint.intake.importing import drafted
from careerprint.intake.starter import make_workspace
from careerprint.profiles.content import parse_profile

TEXT = """\
Gärtner in Kassel

Gärtner pflegen Gärten und Parks. In Kassel arbeiten sie auch in Gewächshäusern.

Ausbildung

Die dreijährige duale Ausbildung führt zum Abschluss. Im ersten Ausbildungsjahr werden 1.010 € \
gezahlt, im zweiten 1.090 €, im dritten 1.180 €.

Verdienst

Nach der Ausbildung verdienen Gärtner zwischen 2.700 und 2.900 Euro im Monat. Mit Meisterbrief \
sind bis gut 3.600 Euro möglich.

Voraussetzungen

Man braucht einen Hauptschulabschluss. Wichtig sind Sorgfalt, Freude an Pflanzen und Kraft.
"""
PATH = "content/gaertner/profile.md"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A profile as the import of a short text leaves it."""
    root = tmp_path_factory.mktemp("import") / "workspace"
    make_workspace(root)
    file = root.parent / "gaertner.txt"
    file.write_text(TEXT, "utf-8")
    return drafted(Path(file), "gaertner", Reader(root), date(2026, 11, 30))[1]


def is_profile(text: str) -> bool:
    return bool(parse_profile(text, PATH, "gaertner", DEFAULT_BOUNDS).front.title)


def of(text: str, words: str) -> Proposal:
    (found,) = [p for p in proposals_in(text, PATH) if words in "\n".join((p.told, *p.lines))]
    return found


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that were taken away, and those that came."""
    old, new = before.split("\n"), after.split("\n")
    gone = [line for line in old if line not in new]
    return gone, [line for line in new if line not in old]


def test_only_what_may_be_wrong_is_to_be_confirmed(imported: str) -> None:
    assert is_to_confirm(of(imported, "2.700"))
    assert not is_to_confirm(of(imported, "Kürzen Sie sie"))


def test_each_mark_speaks_of_the_lines_below_it(imported: str) -> None:
    assert of(imported, "2.700").lines == (
        "      - id: entry",
        "        label: Nach der Ausbildung",
        "        min: 2700",
        "        max: 2900",
    )
    assert of(imported, "Hauptschulabschluss").kind == "value"
    assert of(imported, "„Vollzeit“").kind == "remark"
    assert entries_of(of(imported, "2.700"))[1:] == [("0.min", 2700), ("0.max", 2900)]


def test_a_mark_about_one_amount_takes_no_other_fact_along(imported: str) -> None:
    text = imported.replace(
        "facts:\n", "# PRÜFEN: 400 € wurde nicht für ein Gehalt gehalten.\nfacts:\n", 1
    )
    mark = of(text, "400 €")
    assert (mark.kind, mark.lines) == ("remark", ())
    assert dropped(text, mark) == imported


def test_a_remark_stays_with_its_fact_and_goes_with_it(imported: str) -> None:
    text = accepted(imported, of(imported, "dreijährige"))  # the mark between the two
    remarks = [p for p in proposals_in(text, PATH) if asked_for(p) == ("as_of", ())]
    assert [p.kind for p in remarks] == ["remark"]
    text = without_fact(text, of(text, "2.700"))
    assert not [p for p in proposals_in(text, PATH) if asked_for(p) == ("as_of", ())]


def test_the_day_of_all_pay_is_that_of_pay_in_training_too(imported: str) -> None:
    def days(text: str) -> list[date | None]:
        facts = parse_profile(text, PATH, "gaertner", DEFAULT_BOUNDS).front.facts
        assert facts.pay
        assert facts.training_pay
        return [facts.pay.as_of, facts.training_pay.as_of]

    remark = next(p for p in proposals_in(imported, PATH) if asked_for(p) == ("as_of", ()))
    assert days(filled(imported, remark, "as_of", "2026-11-30")) == [date(2026, 11, 30)] * 2
    said = "    # PRÜFEN: Im Text steht: „Stand 1.9.2026“. Prüfen Sie, was hier steht.\n"
    told = imported.replace("    years:\n", "    as_of: 2026-09-01\n    years:\n", 1)
    told = re.sub(r"    # PRÜFEN: Ergänzen Sie den Tag.*\n", f"{said}    as_of: 2026-09-01\n", told)
    asked = of(told, "Stand 1.9.2026")
    assert days(corrected(told, asked, {"as_of": "2026-10-05"})) == [date(2026, 10, 5)] * 2
    assert days(dropped(told, asked)) == [None, None]


def test_what_a_profile_needs_is_corrected_and_not_left_out(imported: str) -> None:
    needed = [p.lines[0].partition(":")[0] for p in proposals_in(imported, PATH) if p.is_needed]
    assert needed == ["title", "teaser", "flyer"]


def test_an_entry_that_is_emptied_is_taken_away() -> None:
    text = PROPOSED.replace("#     - draußen\n", "#     - draußen\n#     - also\n#     - Beet\n")
    places = of(text, "also")
    values = {"places.0": "draußen", "places.1": " ", "places.2": ""}
    made = corrected(text, places, values)
    renamed = {"places.0": "places.0", "places.1": "places.2"}
    assert corrected_names(places, {"places.1": ""}) == renamed
    facts = parse_profile(made, PATH, "gaertner", DEFAULT_BOUNDS).front.facts
    assert facts.places == ("draußen",)
    assert "places:" not in corrected(text, places, dict.fromkeys(values, ""))


def test_after_all_is_settled_the_profile_is_one_without_marks(imported: str) -> None:
    text = imported
    while left := proposals_in(text, PATH):
        text = accepted(text, left[-1])
        assert is_profile(text)


def test_a_fact_of_which_the_last_part_is_left_out_goes_as_a_whole(imported: str) -> None:
    text = imported
    for words in ("1.010", "dreijährige", "Hauptschulabschluss", "skills:"):
        text = dropped(text, of(text, words))
        assert is_profile(text)
    text = without_fact(text, of(text, "3.600"))
    assert is_profile(text)
    assert "facts:" not in text.split("\n")


def test_what_is_accepted_loses_its_mark_and_nothing_else(imported: str) -> None:
    for proposal in proposals_in(imported, PATH):
        gone, came = changed(imported, accepted(imported, proposal))
        if proposal.kind != "proposal":
            assert came == []
            assert all("PRÜFEN" in line for line in gone)


def test_a_correction_changes_the_value_alone(imported: str) -> None:
    made = corrected(imported, of(imported, "2.700"), {"0.min": "2750", "0.label": "Gesellen: neu"})
    gone, came = changed(imported, made)
    assert came == ['        label: "Gesellen: neu"', "        min: 2750"]
    assert [line.strip()[:8] for line in gone] == ["# PRÜFEN", "label: N", "min: 270"]
    assert is_profile(made)


def test_what_is_left_out_takes_the_lists_along_that_hold_nothing_else(imported: str) -> None:
    one = dropped(imported, of(imported, "2.700"))
    both = dropped(one, of(one, "3.600"))
    assert "ranges:" in one
    assert "ranges:" not in both
    assert is_profile(one)


PROPOSED = """\
---
title: Gärtner
teaser: Ein Beruf.
updated: 2026-11-30

# PRÜFEN: Der Text sagt vielleicht: „draußen“.
# facts:
#   places:
#     - draußen
# PRÜFEN: Der Text sagt vielleicht: „früh“.
#   working_hours:
#     - früh am Morgen

flyer:
  headline: Gärtner
  teaser: Ein Beruf.
---

Text.
"""


@pytest.mark.parametrize("order", [("draußen", "früh"), ("früh", "draußen")])
def test_proposals_become_facts_in_whatever_order_they_are_taken(order: tuple[str, str]) -> None:
    text = PROPOSED
    for words in order:
        text = accepted(text, of(text, words))
    facts = parse_profile(text, PATH, "gaertner", DEFAULT_BOUNDS).front.facts
    assert facts.places == ("draußen",)
    assert facts.working_hours == ("früh am Morgen",)
    assert "#" not in text


def test_a_proposal_is_corrected_and_taken_at_once() -> None:
    proposal = of(PROPOSED, "früh")
    assert entries_of(proposal) == [("working_hours.0", "früh am Morgen")]
    text = corrected(PROPOSED, proposal, {"working_hours.0": "ab 6 Uhr"})
    facts = parse_profile(text, PATH, "gaertner", DEFAULT_BOUNDS).front.facts
    assert facts.working_hours == ("ab 6 Uhr",)
    assert of(text, "draußen").kind == "proposal"


@pytest.mark.parametrize(
    ("written", "number"),
    [("3.100", 3100), ("2.750,00 €", 2750), ("14,50", 14.5), ("2 300", 2300), ("ab 3.000", None)],
)
def test_amounts_are_corrected_as_germans_write_them(
    imported: str, written: str, number: float | None
) -> None:
    made = corrected(imported, of(imported, "2.700"), {"0.max": written})
    assert dict(entries_of(of_entry(made)))["pay.ranges.0.max"] == (number or written)


def of_entry(text: str) -> Proposal:
    """Return the pay of a profile's head as a proposal would have it."""
    lines = text.split("\n")
    first = lines.index("  pay:")
    behind = next(n for n in range(first + 1, len(lines)) if lines[n].startswith("  # PRÜFEN"))
    held = tuple(line for line in lines[first:behind] if "#" not in line)
    return Proposal(first, "", "value", first + 1, held)


def test_what_a_remark_asks_for_is_chosen_and_stands_in_its_place(imported: str) -> None:
    remark = of(imported, "„Vollzeit“")
    assert asked_for(remark) == ("basis", ("gross_full_time", "net_full_time"))
    made = filled(imported, remark, "basis", "gross_full_time")
    assert changed(imported, made)[1] == ["    basis: gross_full_time"]
    day = next(p for p in proposals_in(made, PATH) if asked_for(p) == ("as_of", ()))
    pay = parse_profile(
        filled(made, day, "as_of", "2026-11-30"), PATH, "gaertner", DEFAULT_BOUNDS
    ).front.facts.pay
    assert pay is not None
    assert (pay.basis, pay.as_of) == ("gross_full_time", date(2026, 11, 30))
    assert asked_for(of(imported, "2.700")) is None


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("zwischen 2.700 und 2.900 Euro brutto im Monat", ("gross_full_time",)),
        ("zwischen 2.700 und 2.900 Euro netto im Monat", ("net_full_time",)),
        ("bei Vollzeit 2.700 bis 2.900 Euro im Monat", ("gross_full_time", "net_full_time")),
        ("2.700 bis 2.900 Euro im Monat", ("gross_full_time", "net_full_time")),
        ("bei Vollzeit 2.700 bis 2.900 Euro brutto im Monat", None),
    ],
)
def test_only_what_a_text_does_not_say_is_asked_for(
    tmp_path: Path, said: str, asks: tuple[str, ...] | None
) -> None:
    make_workspace(tmp_path / "workspace")
    text = f"Gärtner\n\nVerdienst\n\nGärtner pflegen Parks. Gärtner verdienen {said}.\n"
    given, reader = text.encode(), Reader(tmp_path / "workspace")
    made = drafted(Path("g.txt"), "g", reader, date(2026, 11, 30), given)[1]
    asked = {p.told: found for p in proposals_in(made, PATH) if (found := asked_for(p))}
    assert next((choices for key, choices in asked.values() if key == "basis"), None) == asks
    if asks != ("gross_full_time", "net_full_time"):
        assert not any("„brutto“ oder „netto“" in told for told in asked)


def test_what_is_rounded_and_what_does_not_fit_together_is_told(tmp_path: Path) -> None:
    make_workspace(tmp_path / "workspace")
    file = tmp_path / "gaertner.txt"
    written = TEXT.replace("1.010 €", "1.340,69 €").replace(", im dritten 1.180 €", "")
    file.write_text(written.replace("2.900 Euro", "2.950,50 Euro"), "utf-8")
    text = drafted(Path(file), "gaertner", Reader(tmp_path / "workspace"), date(2026, 11, 30))[1]
    rounded = [p for p in proposals_in(text, PATH) if "auf ganze Euro gerundet" in p.told]
    values = [value for p in rounded for _, value in entries_of(p) if isinstance(value, int)]
    assert values == [2700, 2950, 1341, 1090]
    unlike = of(text, "Die Ausbildung dauert 3 Jahre, die Vergütung ist für 2 Jahre")
    assert (unlike.kind, about(unlike)) == ("remark", "facts.ways_in")


UNSAID = """\
Gärtner in Kassel

Gärtner pflegen Gärten und Parks. In Kassel arbeiten sie auch in Gewächshäusern.

Verdienst

Nach der Ausbildung verdienen Gärtner zwischen 2.700 und 2.900 Euro.
"""


@pytest.fixture
def unsaid(tmp_path: Path) -> str:
    """A profile as the import of a text leaves it that says neither period nor gross or net."""
    make_workspace(tmp_path / "workspace")
    file = tmp_path / "gaertner.txt"
    file.write_text(UNSAID, "utf-8")
    return drafted(file, "gaertner", Reader(tmp_path / "workspace"), date(2026, 11, 30))[1]


def in_form(text: str, **entered: str) -> str:
    """Return a text after entries of pay were entered in the form."""
    pay = filled_forms(text, PATH, str)["values"]["facts"]["pay"] | entered
    return with_answers(text, written_forms(text, {"facts": {"pay": pay}}), PATH)


def asks(text: str) -> set[str]:
    return {asked[0] for mark in proposals_in(text, PATH) if (asked := asked_for(mark))}


def test_a_mark_is_settled_when_its_field_is_filled_in_the_form(unsaid: str) -> None:
    assert asks(unsaid) == {"period", "basis", "as_of"}
    text = in_form(unsaid, period="month")
    assert asks(text) == {"basis", "as_of"}
    text = in_form(text, basis="gross_full_time", as_of="2026-11-01")
    assert asks(text) == set()
    assert text.count("period:") == text.count("basis:") == text.count("as_of:") == 1
    assert is_profile(text)
    kept = [mark.told for mark in proposals_in(unsaid, PATH) if not asked_for(mark)]
    assert [mark.told for mark in proposals_in(text, PATH)] == kept


def test_what_is_entered_beside_a_mark_replaces_what_is_there(unsaid: str) -> None:
    pay = filled_forms(unsaid, PATH, str)["values"]["facts"]["pay"]
    text = written_forms(unsaid, {"facts": {"pay": pay | {"period": "month"}}})
    (mark,) = (
        each for each in proposals_in(text, PATH) if (asked_for(each) or ("",))[0] == "period"
    )
    text = filled(text, mark, "period", "year")
    assert text.count("period:") == 1
    assert "    period: year\n" in text
    assert is_profile(text)


def test_a_mark_at_one_value_is_settled_by_its_change_and_one_at_several_is_not(
    unsaid: str,
) -> None:
    def told(text: str) -> list[str]:
        return [mark.told for mark in proposals_in(text, PATH)]

    title = with_answers(unsaid, written_forms(unsaid, {"title": "Gärtner/in in Kassel"}), PATH)
    assert told(title) == told(unsaid)[1:]
    pay = filled_forms(unsaid, PATH, str)["values"]["facts"]["pay"]
    pay["ranges"][0]["max"] = "3000"
    assert told(in_form(unsaid, **pay)) == told(unsaid)


def test_a_mark_of_a_copy_is_settled_when_the_other_town_is_gone() -> None:
    text = "---\ntitle: Gärtner in Kassel\nteaser: In Rostock wird gepflanzt, sagt Rostock.\nupdated: 2026-11-30\n---\n\n## Mehr\n\nText.\n"
    marked = with_marks(text, "Rostock", {})
    assert len(proposals_in(marked, PATH)) == 1
    for teaser, left in (("In Kassel, sagt Rostock.", 1), ("In Kassel, sagt Kassel.", 0)):
        made = with_answers(marked, written_forms(marked, {"teaser": teaser}), PATH)
        assert len(proposals_in(made, PATH)) == left


def test_marks_of_a_copy_are_told_in_the_language_of_who_reads_them() -> None:
    text = "---\ntitle: Gärtner in Kassel\nteaser: In Rostock.\nupdated: 2026-11-30\n---\n\n## Mehr\n\nAuch Rostock.\n"
    marks = proposals_in(with_marks(text, "Rostock", {"profile.tr.md": "Rostock"}), PATH)
    assert [in_words(mark.told, str) for mark in marks] == [
        "“Rostock” is of the profile that this is a copy of. Change it, or keep it.",
        "“Rostock” is of the profile that this is a copy of: “Auch Rostock.”",
        "“Rostock” still stands in the text of its own in this language: Türkisch",
    ]
