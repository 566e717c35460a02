"""What a layout brings with it can do no more than lay out: templates, style sheets, drawings, fonts.

Layouts are copied from elsewhere like texts are. A template reaches nothing but what it is given, a
style sheet or a drawing nothing but the workspace, and neither goes on for ever.
"""

from pathlib import Path

import pytest

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import read_back

from .cards import card_workspace
from .conftest import SLUG, Workspace
from .hostile import TEMPLATE, complaints, crossed, refused, with_template


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    return card_workspace(tmp_path / "workspace", ("de",))


# Templates that reach for what is not theirs


@pytest.mark.parametrize(
    "written",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ [].__class__.__base__.__subclasses__() }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ [0]|map(attribute='__class__')|list }}",
        "{{ place.__self__ }}",
        "{{ place.__func__.__globals__ }}",
        "{{ amount.__globals__ }}",
        "{{ nice_step.__code__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ joiner.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ front.parse_file('/etc/hostname') }}",
        "{{ front.parse_raw('cos\\nsystem\\n(S\\'true\\'\\ntR.', proto='pickle', allow_pickle=True) }}",
        "{{ front.model_construct() }}",
        "{{ front.model_dump_json() }}",
        "{{ front.copy() }}",
        "{{ issuer.schema() }}",
        "{{ front.title.location.sentence(place) }}",
        "{{ '{0.__class__}'.format(front) }}",
        "{{ '{a.__class__}'.format_map({'a': 1}) }}",
        "{{ front.updated.strftime('%1000000000d') }}",
        "{{ front.title.encode() }}",
        "{{ place('x', 'p') }}",
        "{{ environment }}",
        "{{ config }}",
        "{{ request }}",
        "{{ namespace.__init__.__globals__ }}",
        "{% set x = front.__class__ %}{{ x }}",
        "{{ front.title|pprint }}",
        "{{ 'x'|random }}",
        "{{ (1).to_bytes(10**9, 'big') }}",
    ],
)
def test_a_template_reaches_nothing_but_what_it_is_given(cards: Workspace, written: str) -> None:
    with_template(cards, written)
    (found,) = refused(cards)
    assert found.startswith(f"{TEMPLATE}:")
    assert "error: The template " in found
    assert "careerprint made a mistake" not in found


OTHERS = ["../../../../etc/hostname", "/etc/hostname", "card/../../../../etc/passwd", "nichts"]


@pytest.mark.parametrize(("tag", "name"), crossed(["include", "extends", "import"], OTHERS))
def test_a_template_includes_files_of_the_workspace_alone(
    cards: Workspace, tag: str, name: str
) -> None:
    written = f'{{% {tag} "{name}"{" as x" if tag == "import" else ""} %}}'
    text = (cards.root / TEMPLATE).read_text("utf-8")
    (cards.root / TEMPLATE).write_text(f"{written}\n{text}", "utf-8")
    (found,) = refused(cards)
    assert "lies outside the workspace." in found or "This template is not there." in found


WAYS = [
    '<link rel="stylesheet" href="{}">',
    "<style>@import url({});</style>",
    '<p style="background: url({})">x</p>',
    '<img src="{}" alt="x">',
    '<object data="{}">x</object>',
    '<embed src="{}">',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><title>x</title><image xlink:href="{}" width="9" height="9"/></svg>',
]
ADDRESSES = [
    "file:///etc/hostname",
    "http://example.org/x",
    "//example.org/x",
    "data:image/png;base64,iVBORw0KGgo=",
]


@pytest.mark.parametrize(("written", "address"), crossed(WAYS, ADDRESSES))
def test_what_a_template_names_is_in_the_bundle_or_not_printed(
    cards: Workspace, written: str, address: str
) -> None:
    with_template(cards, written.format(address))
    found = complaints(cards)
    assert any(": error: " in line for line in found), found
    assert not cards.pdf("card", "de").exists()


def test_a_drawing_uses_parts_of_itself_alone(cards: Workspace) -> None:
    """WeasyPrint follows `use` within one drawing. What is elsewhere is not opened, nor drawn."""
    drawing = cards.root / "x.svg"
    text = '<svg xmlns="http://www.w3.org/2000/svg"><text id="x" y="9">Versteckt</text></svg>'
    drawing.write_text(text, "utf-8")
    with_template(cards, f'<svg><title>x</title><use href="{drawing.as_uri()}#x"/></svg>')
    assert complaints(cards) == []
    assert "Versteckt" not in read_back(cards.pdf("card", "de").read_bytes()).text


# Templates that do not end


@pytest.mark.slow
@pytest.mark.parametrize(
    "written",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% for i in range(99999) %}{% for j in range(99999) if j < 0 %}{% endfor %}{% endfor %}",
        "{% for i in range(999) %}{% set x = range(99999)|list %}{% endfor %}",
        "{% for i in range(9999) %}{% set x = range(99999)|map('string')|select('none')|first|default %}{% endfor %}",
        "{% for i in range(9) %}{{ 'xxxxxxxxxx' * 10**10 }}{% endfor %}",
        "{{ 'a' * 10**10 }}",
        "{{ [1] * 10**10 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'a'.ljust(10**10) }}",
        "{{ 'a'.center(10**10) }}",
        "{{ 'a'.zfill(10**10) }}",
        "{{ '\\t'.expandtabs(10**10) }}",
        "{{ 'a'|center(10**10) }}",
        "{{ 'a'|indent(10**10) }}",
        "{{ '%1000000000d'|format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ [1]|batch(10**10, 'x')|list }}",
        "{{ [1]|slice(10**10)|list }}",
        "{{ lipsum(n=10**9) }}",
        "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = [n.x, n.x]|join %}{% endfor %}",
        "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x|replace('a', 'aaaa') %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x|string }}",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ 'a' ~ n.x }}",
        "{% set n = namespace(x=9) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(50) }}",
        "{% for i in [[1]] recursive %}{{ loop(i) }}{% endfor %}",
        "{% include 'card/card.html.j2' %}{% include 'card/card.html.j2' %}",
        "{% macro m() %}{% for i in range(99999) %}" + "x" * 999 + "{% endfor %}{% endmacro %}{{ m() }}",
        "{% set x %}{% for i in range(99999) %}" + "x" * 999 + "{% endfor %}{% endset %}",
    ],
)  # fmt: skip
def test_a_template_that_would_not_end_is_refused(cards: Workspace, written: str) -> None:
    with_template(cards, written)
    (found,) = refused(cards)
    assert found.startswith(f"{TEMPLATE}:")
    assert "error: The template " in found


@pytest.mark.slow
def test_templates_that_include_each_other_again_and_again(cards: Workspace) -> None:
    for number in range(40):
        following = f"{{% include 'card/{number + 1}.j2' %}}" * 2
        (cards.root / "layouts" / "card" / f"{number}.j2").write_text(following, "utf-8")
    (cards.root / "layouts" / "card" / "40.j2").write_text("", "utf-8")
    with_template(cards, "{% include 'card/0.j2' %}")
    (found,) = refused(cards)
    assert "error: The template takes too many steps, or makes too much. Look for loops" in found


def test_what_our_layouts_do_is_far_below_the_bounds(workspace: Workspace) -> None:
    written = "{% for i in range(99) %}{% for j in range(99) %}{% endfor %}{% endfor %}"
    workspace.edit("layouts/brochure/brochure.html.j2", "</body>", f"{written}</body>")
    compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root))
