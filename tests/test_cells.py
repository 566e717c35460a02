"""Templates and fairs: what a template may place unseen, and what it gets where it looks closer."""

import cProfile
import operator
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from jinja2.exceptions import SecurityError

from careerprint.composing.compose import Composer, compose
from careerprint.composing.fields import Cell, opened, view_of
from careerprint.composing.job import Job
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.fairs.fair import Fair
from careerprint.layouts.figures import QUIET, qr_code
from careerprint.layouts.templates import render

from .conftest import SLUG, Workspace, refusals
from .hostile import fair_cards, season, with_template

EDITION = Edition(SLUG, "card", "de", fair="jobtag")


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    return fair_cards(tmp_path / "workspace")


@pytest.fixture
def fairs(cards: Workspace, tmp_path: Path) -> list[Fair]:
    """Three fairs that say something of the same, and one that has no hall."""
    cells = {"Ort": "Bonn", "Halle": "7", "Stand": "A 1", "Internet": "https://example.org/a/"}
    (first,) = season(tmp_path, cards, **cells).fairs

    def another(number: int, **texts: Any) -> Fair:
        later = replace(first, start=first.start + timedelta(number), id=f"jobtag-{number}")
        return replace(later, end=later.start, **texts)

    # What the tests look at is all that this card shows of a fair.
    cards.edit("layouts/card/layout.toml", 'takes = ["cover", "fair"]', 'takes = ["cover"]')
    return [
        first,
        another(1, fair="Berufe <live>", city="Essen", hall="8", url="https://example.org/b"),
        another(2, fair="Tag & Nacht", city="BONN", hall="10", stand="B"),
        another(3, hall=""),
    ]


def composed(cards: Workspace, fairs: list[Fair]) -> Iterator[Job]:
    """Compose the card for each fair, one after the other, as a batch does."""
    composer = Composer(Reader(cards.root))
    for fair in fairs:
        yield composer.compose(replace(EDITION, fair=fair.id), fair)


def shown(job: Job) -> str:
    """Return what stands between the marks that the tests put around what they look at."""
    return job.html.split("[[", 1)[1].split("]]", 1)[0]


LOOKING: dict[str, Callable[[Fair], str]] = {
    "{{ fair.city }}": lambda fair: fair.city,
    "{{ fair.city ~ '!' }}": lambda fair: f"{fair.city}!",
    "{{ fair.hall|int + 1 }}": lambda fair: str(int(fair.hall or 0) + 1),
    "{{ fair.city|lower }}": lambda fair: fair.city.lower(),
    "{{ fair.city.upper() }}": lambda fair: fair.city.upper(),
    "{{ fair.city|length }}": lambda fair: str(len(fair.city)),
    "{{ fair.city[0] }}": lambda fair: fair.city[0],
    "{% for c in fair.city %}{{ c }}.{% endfor %}": lambda f: "".join(f"{c}." for c in f.city),
    "{{ 'yes' if fair.city == 'Bonn' }}": lambda fair: "yes" if fair.city == "Bonn" else "",
    "{{ 'yes' if 'Bonn' == fair.city }}": lambda fair: "yes" if fair.city == "Bonn" else "",
    "{{ 'yes' if fair.city != 'Bonn' }}": lambda fair: "yes" if fair.city != "Bonn" else "",
    "{{ 'yes' if fair.city in ['Bonn'] }}": lambda fair: "yes" if fair.city == "Bonn" else "",
    "{{ 'yes' if 'nn' in fair.city }}": lambda fair: "yes" if "nn" in fair.city else "",
    "{{ 'yes' if fair.city is string }}": lambda _: "yes",
    "{{ 'yes' if fair.city is sequence }}": lambda _: "yes",
    "{{ 'yes' if fair.city is iterable }}": lambda _: "yes",
    "{{ 'yes' if fair.city is upper }}": lambda fair: "yes" if fair.city.isupper() else "",
    "{{ [fair.venue, fair.city]|select|join('-') }}": lambda fair: fair.city,
    "{{ [fair.city, 'Z']|sort|first }}": lambda fair: fair.city,
    "{{ {fair.city: 'found'}['Bonn']|default('none') }}": (
        lambda fair: "found" if fair.city == "Bonn" else "none"
    ),
    "{{ fair.start.day }}": lambda fair: str(fair.start.day),
    "{{ 'one day' if fair.start == fair.end }}": lambda _: "one day",
    "{{ enumeration([fair.city, 'Köln']) }}": lambda fair: f"{fair.city} und Köln",
}


@pytest.mark.slow
@pytest.mark.parametrize("written", LOOKING)
def test_a_template_that_looks_into_a_fair_gets_what_each_fair_says(
    cards: Workspace, fairs: list[Fair], written: str
) -> None:
    with_template(cards, f"{{% if fair %}}[[{written}]]{{% endif %}}")
    for fair, job in zip(fairs, composed(cards, fairs), strict=True):
        assert shown(job) == LOOKING[written](fair)
        assert job.html == compose(replace(EDITION, fair=fair.id), Reader(cards.root), fair).html


@pytest.mark.parametrize("column", ["id", "row", "layout", "copies", "note"])
def test_what_is_for_whoever_prints_it_is_not_known_to_templates(
    cards: Workspace, fairs: list[Fair], column: str
) -> None:
    with_template(cards, f"{{% if fair %}}[[{{{{ fair.{column} }}}}]]{{% endif %}}")
    (told,) = refusals(partial(list, composed(cards, fairs)))
    assert f"has no attribute '{column}'" in told


PLACING: dict[str, Callable[[Fair], str]] = {
    "{{ field(fair.city) }}": lambda fair: fair.city,
    "{{ field(fair.url) }}": lambda fair: fair.url,
    "{{ field(shown_address(fair.url)) }}": (
        lambda fair: fair.url.removeprefix("https://").removesuffix("/")
    ),
    "{{ field(fair.venue or fair.city) }}": lambda fair: fair.city,
    "{{ field(fair.venue|default(fair.city, true)) }}": lambda fair: fair.city,
    "{{ 'hall' if fair.hall }}": lambda fair: "hall" if fair.hall else "",
    "{{ 'none' if not fair.hall }}": lambda fair: "" if fair.hall else "none",
    "{{ 'there' if fair.city is defined }}": lambda _: "there",
    "{{ [fair.venue, fair.hall, fair.city]|select|list|length }}": (
        lambda fair: "2" if fair.hall else "1"
    ),
    "{% for c in [fair.hall, fair.city] if c %}{{ field(c) }},{% endfor %}": (
        lambda fair: "".join(f"{text}," for text in (fair.hall, fair.city) if text)
    ),
}


@pytest.mark.parametrize("written", PLACING)
def test_what_a_template_only_places_is_filled_in_for_each_fair(
    cards: Workspace, fairs: list[Fair], written: str
) -> None:
    with_template(cards, f"{{% if fair %}}[[{written}]]{{% endif %}}")
    for fair, job in zip(fairs, composed(cards, fairs), strict=True):
        assert shown(job) == PLACING[written](fair).replace("&", "&amp;")


@pytest.mark.parametrize(
    ("written", "times"),
    [("{{ field(fair.city) }}{{ 'hall' if fair.hall }}", 2), ("{{ fair.city|lower }}", 2 + 4)],
    ids=["placed", "looked into"],
)
def test_what_is_only_placed_is_rendered_once_for_fairs_that_say_something_of_the_same(
    cards: Workspace, fairs: list[Fair], written: str, times: int
) -> None:
    with_template(cards, f"{{% if fair %}}[[{written}]]{{% endif %}}")
    profile = cProfile.Profile()
    profile.runcall(list, composed(cards, fairs))
    assert [s.callcount for s in profile.getstats() if s.code is render.__code__] == [times]


def test_a_fair_whose_text_has_no_place_is_refused_with_its_cell(
    cards: Workspace, fairs: list[Fair]
) -> None:
    cards.edit("layouts/card/layout.toml", 'takes = ["cover"]', 'takes = ["cover", "fair"]')
    for fair in fairs:
        told = refusals(partial(list, composed(cards, [fair])))
        missing = [text for text in (fair.city, fair.hall, fair.stand) if text]
        assert len(told) == len(missing)
        assert all("fairs.csv:2:Ort: error: The layout" in line for line in told[:1])
        assert all(f"“{text}”" in line for text, line in zip(missing, told, strict=True))


def test_a_fault_of_a_template_is_told_as_without_a_fair(
    cards: Workspace, fairs: list[Fair]
) -> None:
    line = with_template(cards, "{{ nothing.there }}")
    for fair in fairs:
        with pytest.raises(Refused) as refused:
            list(composed(cards, [fair]))
        (found,) = refused.value.diagnostics
        assert (found.location.line, found.message) == (line, "The template fails ({reason}).")


CELL = Cell(lambda fair: fair.city)
LOOKS: list[Callable[[Any], object]] = [
    *(str, repr, int, float, list, hash, len, sorted),
    *(partial(operator.eq, "x"), lambda cell: cell == "x", lambda cell: cell != CELL),
    *(lambda cell: cell[0], lambda cell: "x" in cell, lambda cell: f"{cell}"),
    *(lambda cell: cell + "x", lambda cell: cell < CELL, lambda cell: cell % 2),
]


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_can_be_learnt_of_a_cell_but_whether_it_is_there(
    look: Callable[[Any], object],
) -> None:
    with pytest.raises((SecurityError, TypeError)):
        look(CELL)
    assert CELL
    assert not Cell(lambda _: "", is_there=False)


def test_fairs_that_say_something_of_the_same_look_alike_when_open(fairs: list[Fair]) -> None:
    def there(fair: Fair) -> list[bool]:
        told = opened(view_of(fair))
        return [bool(cell) for cell in (told.city, told.hall, told.venue, told.start)]

    assert there(fairs[0]) == there(fairs[1]) == [True, True, False, True]
    assert there(fairs[3]) == [True, False, False, True]


@pytest.mark.parametrize("content", ["https://example.org/", "https://example.org/ä", "7" * 300])
def test_a_qr_code_has_a_quiet_zone_and_says_what_it_should(content: str) -> None:
    code = qr_code(content)
    dots = bytearray(b"\xff" * code.side**2)
    for left, above, length in code.strokes:
        assert left >= QUIET
        assert QUIET <= above < code.side - QUIET
        assert left + length <= code.side - QUIET
        start = above * code.side + left
        dots[start : start + length] = bytes(length)
    scale = 4
    rows = [dots[row * code.side : (row + 1) * code.side] for row in range(code.side)]
    large = b"".join(bytes(dot for dot in row for _ in range(scale)) * scale for row in rows)
    picture = memoryview(large).cast("B", (code.side * scale, code.side * scale))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == content
    assert found.ec_level in {"M", "Q", "H"}


def test_the_days_of_a_fair_are_those_of_its_own(cards: Workspace, fairs: list[Fair]) -> None:
    with_template(cards, "{% if fair %}[[{{ days(fair.start, fair.end) }}]]{% endif %}")
    said = [shown(job) for job in composed(cards, fairs)]
    assert len(set(said)) == len(fairs)
    assert all(f"{fair.start.day}." in text for fair, text in zip(fairs, said, strict=True))
