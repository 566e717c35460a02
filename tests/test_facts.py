"""A fact is declared once: what may be written, said, translated and asked follows from that."""

from collections.abc import Iterator
from typing import Annotated

import pytest

from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.schema import Given, Model, Text
from careerprint.intake.skeletons import example_facts
from careerprint.profiles.catalogs import known_locale, read_catalogs
from careerprint.profiles.facts import Facts
from careerprint.profiles.frontmatter import read_front_matter
from careerprint.profiles.phrases import fact_phrases
from careerprint.profiles.shapes import (
    Entry,
    Note,
    Said,
    Texts,
    WithEntries,
    Years,
    fact_values,
    rows_of,
    texts_of,
)

from .conftest import PROFILE, ROOT, SLUG, Workspace


class Exam(Entry):
    name: Annotated[Text, Said.TEXT, Note("name")]
    years: Annotated[Years | None, Said.YEARS] = None


class More(Facts, WithEntries):
    """The facts of careerprint, and one of each shape that another declaration may have."""

    motto: Annotated[Text | None, Given, Said.TEXT] = None
    night_shifts: Texts = ()
    probation: Annotated[Years | None, Given, Said.YEARS] = None
    exams: tuple[Exam, ...] = ()


WRITTEN = """\
motto: Wer hilft, gewinnt
night_shifts:
  - im Sommer
  - im Advent
probation: 1
exams:
  - id: first
    name: Zwischenprüfung
    years: 2
"""


def more(written: str = WRITTEN) -> More:
    return read_front_matter(More, written, "profile.md", 2)[0]


def test_a_declaration_says_what_may_be_written() -> None:
    for old, new, told in (
        ("probation: 1", "probation: 11", "profile.md:6: error: “probation” is 11, more than 10."),
        ("motto: Wer hilft, gewinnt", "motto:", "profile.md:2: error: “motto” is empty."),
        ("years: 2", "months: 2", "profile.md:10: error: The entry “exams.1.months” is unknown."),
        ("exams:", "exams:\n  - id: first\n    name: A", "Two entries of “–” have the same “id”."),
    ):
        with pytest.raises(Refused, match="error") as refused:
            more(WRITTEN.replace(old, new))
        assert told in str(refused.value)


def test_a_declaration_says_how_texts_name_it() -> None:
    words = read_catalogs(Reader(ROOT), "layouts/locales", "de", "en")
    phrases = fact_phrases(more(), known_locale("de"), words, str.upper)
    assert {name: phrase.text for name, phrase in phrases.items()} == {
        "motto": "WER HILFT, GEWINNT",
        "night_shifts": "IM SOMMER und IM ADVENT",
        "probation": "1\N{NO-BREAK SPACE}Jahr",
        "exams.first.name": "ZWISCHENPRÜFUNG",
        "exams.first.years": "2\N{NO-BREAK SPACE}Jahre",
    }


def test_a_declaration_says_what_is_translated() -> None:
    assert list(texts_of(fact_values(more()))) == [
        ("motto", "Wer hilft, gewinnt"),
        ("night shifts", "im Sommer"),
        ("night shifts", "im Advent"),
        ("exams: name", "Zwischenprüfung"),
    ]


def test_every_declaration_says_what_it_is_called_and_what_a_new_profile_has() -> None:
    for field in Facts.model_fields.values():
        assert all((field.title, field.description, field.examples))
    assert example_facts().model_fields_set == set(Facts.model_fields)


def test_working_hours_stand_in_the_brochure_where_a_profile_has_them(workspace: Workspace) -> None:
    brochure = Edition(SLUG, "brochure", "de")
    assert "Arbeitszeit" not in compose(brochure, Reader(ROOT)).html
    workspace.edit(PROFILE, "  ways_in:\n", "  working_hours:\n    - 38 Stunden\n  ways_in:\n")
    job = compose(brochure, Reader(workspace.root))
    assert ">Arbeitszeit</h3>" in job.html
    assert "38 Stunden" in [block.text.replace("\N{NO-BREAK SPACE}", " ") for block in job.placed]
    assert job.diagnostics == ()


def test_the_guide_for_layouts_has_the_table_of_all_facts() -> None:
    told = (ROOT / "docs/layouts.md").read_text("utf-8")
    assert "\n".join(table()) in told, "\n".join(table())


def table() -> Iterator[str]:
    """Yield the rows of the table in docs/layouts.md."""
    examples = example_facts()
    names = [v.name for v in fact_values(examples) if v.said and v.value]
    for name, field in Facts.model_fields.items():
        said = ", ".join(f"`{{{n}}}`" for n in names if n.partition(".")[0] == name)
        yield f"| `{name}` | {field.title} | {held(getattr(examples, name))} | {said} |"


def held(value: object) -> str:
    """Return what templates find in a fact: texts, a value, or named fields."""
    models = [value] if isinstance(value, Model) else rows_of(value)
    fields = {key: inner for model in models for key, inner in model}
    return ", ".join(
        f"`{key}` ({held(inner)})" if rows_of(inner) else f"`{key}`"
        for key, inner in fields.items()
    ) or ("texts" if isinstance(value, tuple) else "a value")
