"""A profile's head in forms: what is entered changes the lines of it alone, as by hand."""

import difflib
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.desk.forms import declared_forms, filled_forms, named_key, written_forms
from careerprint.desk.formwords import CHOICES
from careerprint.desk.splicing import spliced
from careerprint.desk.yamllines import Typed, held_text
from careerprint.profiles.content import parse_profile

from .conftest import PROFILE, ROOT

TEXT = (ROOT / PROFILE).read_text("utf-8")
PAY = filled_forms(TEXT, PROFILE, str)["values"]["facts"]["pay"]
FACTS = filled_forms(TEXT, PROFILE, str)["values"]["facts"]

Row = dict[str, Any]


def diff(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def entered(**values: Any) -> list[str]:
    made = written_forms(TEXT, values)
    parse_profile(made, PROFILE, "test")
    return diff(TEXT, made)


def test_every_field_has_a_word_and_every_choice_too() -> None:
    def check(fields: list[Row]) -> None:
        for field in fields:
            assert field["title"] != field["name"], field
            for value, name in field.get("options", ()):
                assert name != value or value not in CHOICES
            check(field.get("fields", []))
            for variant in field.get("variants", ()):
                check(variant["fields"])

    forms = declared_forms(str, Reader(ROOT))
    for fields in forms.values():
        check(fields)
    assert [f["name"] for f in forms["facts"]][:2] == ["pay", "sectors"]


def test_occupational_fields_stand_by_their_names_and_neutral_drawings_once() -> None:
    art = next(
        f for f in declared_forms(translator("de"), Reader(ROOT))["head"] if f["name"] == "art"
    )
    field = next(f for f in art["fields"] if f["name"] == "field")
    names = [name for _, name in field["options"]]
    assert field["unsaid"] == "Neutrale Zeichnungen"
    assert names == sorted(names, key=lambda name: name.replace("Ö", "O").casefold())
    assert not {"neutral", *names} & {value for value, _ in field["options"]}


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        (
            {"title": "Kundendienst in Essen"},
            ["-title: Kundendienst in Dortmund", "+title: Kundendienst in Essen"],
        ),
        ({"title": "Ein: Titel"}, ["-title: Kundendienst in Dortmund", '+title: "Ein: Titel"']),
        ({"updated": "2026-12-01"}, ["-updated: 2026-11-22", "+updated: 2026-12-01"]),
        ({"art": {"field": "customer-service", "town": ""}}, ["-  town: dortmund"]),
        ({"art": {"field": "", "town": ""}}, ["-art:", "-  field: customer-service", "-  town: dortmund"]),
        ({"facts": {"requirements": {"school": "Keiner", "language": ""}}}, ["+  requirements:", "+    school: Keiner"]),
        ({"facts": {"sectors": [*FACTS["sectors"], "Post"]}}, ["+    - Post"]),
        ({"facts": {"sectors": FACTS["sectors"][1:]}}, ["-    - Versicherungen"]),
        (
            {"facts": {"pay": PAY | {"as_of": "2026-01-01", "basis": "gross_full_time"}}},
            ["+    basis: gross_full_time", "+    as_of: 2026-01-01"],
        ),
        (
            {"facts": {"pay": PAY | {"ranges": [PAY["ranges"][0] | {"min": ""}, PAY["ranges"][1]]}}},
            ["-        min: 2300"],
        ),
        (
            {"flyer": {"teaser": "Im Kundendienst helfen Sie gern Menschen am Telefon, per E-Mail und im Chat. Betriebe in Dortmund suchen Menschen, die klar sprechen, gern dazulernen und auch dann freundlich bleiben, wenn es schwierig wird."}},
            [
                "-    Im Kundendienst helfen Sie Menschen am Telefon, per E-Mail und im Chat. Betriebe in",
                "+    Im Kundendienst helfen Sie gern Menschen am Telefon, per E-Mail und im Chat. Betriebe in",
            ],
        ),
    ],
)  # fmt: skip
def test_a_change_makes_the_lines_that_a_careful_person_would(
    values: dict[str, Any], lines: list[str]
) -> None:
    assert entered(**values) == lines


def test_an_entry_that_is_moved_takes_its_lines_and_comments_along() -> None:
    commented = TEXT.replace(
        "      - id: experienced\n", "      # erfahren\n      - id: experienced\n"
    )
    ranges = PAY["ranges"]
    made = written_forms(commented, {"facts": {"pay": PAY | {"ranges": ranges[::-1]}}})
    first, second = (made.index(f"- id: {name}") for name in ("experienced", "entry"))
    assert first < second
    assert "    ranges:\n      # erfahren\n      - id: experienced\n" in made
    assert sorted(made.split("\n")) == sorted(commented.split("\n"))


def test_a_new_entry_gets_a_name_that_texts_can_call_it_by() -> None:
    ranges = [*PAY["ranges"], {"id": "", "label": "Größe", "max": "4000"}]
    assert entered(facts={"pay": PAY | {"ranges": ranges}}) == [
        "+      - id: groesse",
        "+        label: Größe",
        "+        max: 4000",
    ]


def test_a_number_with_a_fault_is_kept_as_typed_and_the_fault_told_at_its_field() -> None:
    ranges = [PAY["ranges"][0] | {"min": "rund 2400"}, PAY["ranges"][1]]
    made = written_forms(TEXT, {"facts": {"pay": PAY | {"ranges": ranges}}})
    assert diff(TEXT, made) == ["-        min: 2300", "+        min: rund 2400"]
    (fault,) = filled_forms(made, PROFILE, str)["faults"]
    assert fault["place"] == "facts.pay.ranges.0.min"
    assert fault["message"] == "“From (euros)” is “rund 2400”, not a whole number."


def test_a_head_that_cannot_be_read_says_so_and_nothing_is_written() -> None:
    broken = TEXT.replace("title: Kundendienst", "title: Kunden: dienst")
    assert filled_forms(broken, PROFILE, str)["broken"]["line"] == 2
    assert filled_forms("Nur Text\n", PROFILE, str)["broken"]
    with pytest.raises((ValueError, yaml.YAMLError)):
        written_forms(broken, {"title": "x"})


def test_check_marks_are_told_at_the_field_below_them() -> None:
    marked = TEXT.replace("        min: 2300\n", "        # PRÜFEN: Wirklich?\n        min: 2300\n")
    (mark,) = filled_forms(marked, PROFILE, str)["marks"]
    assert mark["place"] == "facts.pay.ranges.0.min"
    assert mark["told"] == "Wirklich?"
    proposed = TEXT.replace(
        "  skills:\n", "  # PRÜFEN: Unsicher.\n  # places:\n  #   - Büro\n  skills:\n"
    )
    (mark,) = filled_forms(proposed, PROFILE, str)["marks"]
    assert (mark["place"], mark["kind"]) == ("facts.places", "proposal")


def test_keys_of_findings_are_told_in_the_forms_words() -> None:
    assert named_key("facts.pay.ranges.2.min", str) == "Pay › Stages 2 › From (euros)"
    assert named_key("issuer.name", str) == "issuer.name"


HEADS = [
    "a: 1\n",
    "# vorn\nb: 'alt'\n\n# zu c\nc:\n- x # hinter x\n- y\n# am Ende\n",
    "d: {x: 1, y: [a, b]}\ne: >\n  lang und\n  breit\n\nf: |-\n    zwei\n    Zeilen\n",
    "g:\n  - id: eins\n    n: 1\n\n  # über zwei\n  - id: zwei\n    n: 2\n    m: \"mit: Punkt\"\nh:\n",
    "i:   weit   \nj: mehrzeilig\n  geht weiter\nk: \"auch\n  so\"\n",
]  # fmt: skip
scalars = st.one_of(
    st.text(st.sampled_from(list("aB ä:#-'\"[]{}%&*!|>?@`,.1")), min_size=1, max_size=12)
    .map(held_text)
    .filter(bool),
    st.sampled_from(["ja", "true", "2026-01-01", "12", "~", "lang " * 30]).map(held_text),
    st.integers(0, 99),
    st.booleans(),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(["id", "n", "m", "x"]), inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from(HEADS), min_size=1, max_size=5, unique=True).map("".join),
    st.dictionaries(st.sampled_from(list("abcdefghijk")), st.none() | values, max_size=3),
)
def test_whatever_is_entered_is_what_stands_there_and_all_else_stays(
    written: str, given_values: dict[str, Any]
) -> None:
    before = yaml.compose(written, Loader=yaml.SafeLoader)
    made = spliced(written, given_values)
    read = plain(yaml.compose(made, Loader=yaml.SafeLoader)) or {}
    for key, value in given_values.items():
        assert covers(read.get(key), value), key
    kept = plain(before).items()
    assert all(read[key] == value for key, value in kept if key not in given_values)
    # What was not named has its lines as they were.
    for head in HEADS:
        names = set(re.findall(r"^(\w):", head, re.MULTILINE))
        if head in written and not names & given_values.keys():
            assert head.strip("\n") in made
    assert spliced(made, given_values) == made


def covers(read: Any, value: Any) -> bool:
    """Tell whether what was entered stands there; keys that were not named may stay."""
    if isinstance(value, dict):
        return isinstance(read, dict) and all(covers(read.get(k), v) for k, v in value.items())
    if isinstance(value, list):
        return isinstance(read, list) and len(read) == len(value) and all(map(covers, read, value))
    if isinstance(value, bool):
        return bool(read == str(value).lower())
    return bool(read == (None if value is None else str(value)))


def plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {k.value: plain(v) for k, v in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(v) for v in node.value]
    return held_text(node.value) if node else None


def test_typed_numbers_are_plain_where_they_can_be() -> None:
    assert spliced("a: 1\n", {"a": Typed("2.300 €")}) == "a: 2.300 €\n"
    assert spliced("a: 1\n", {"a": Typed("x: y")}) == 'a: "x: y"\n'
