"""Which editions careerprint.toml declares, and what options select of them."""

import shutil
from pathlib import Path

import pytest

from careerprint.core.edition import MOST_FAMILIES, Edition, Selection, by_family
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import read_configuration
from careerprint.planning.plan import plan_editions

from .cards import card_workspace, declare
from .conftest import SLUG, Workspace, refusals

OTHER = "care-assistant-essen"
TOML = "careerprint.toml"


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    """A workspace with two profiles, and the layouts card (a6, a7) and flyer (a4, a5, din-lang)."""
    workspace = card_workspace(tmp_path / "workspace")
    content = workspace.root / "content"
    shutil.copytree(content / SLUG, content / OTHER)
    return workspace


def planned(
    workspace: Workspace, declared: str = "", selection: Selection | None = None
) -> list[str]:
    """Return the editions as "layout/format locale", of one profile unless it says otherwise."""
    if declared:
        declare(workspace, declared)
    reader = Reader(workspace.root)
    editions = plan_editions(reader, read_configuration(reader), selection or Selection())
    return [name(edition) for edition in editions]


def name(edition: Edition) -> str:
    of = "" if edition.profile == SLUG else f"{edition.profile}: "
    return f"{of}{edition.product} {edition.locale}"


def refused(
    workspace: Workspace, declared: str = "", selection: Selection | None = None
) -> list[str]:
    return refusals(lambda: planned(workspace, declared, selection))


ONE = f'profiles = ["{SLUG}"]\n'
TWO_LAYOUTS = ONE + 'layouts = ["card", "flyer"]\nlocales = ["de", "en"]\n'


def test_profiles_times_layouts_times_locales_are_declared(cards: Workspace) -> None:
    assert planned(cards, 'layouts = ["card"]\nlocales = ["de", "tr"]\n') == [
        f"{OTHER}: card de",
        f"{OTHER}: card tr",
        "card de",
        "card tr",
    ]
    assert planned(cards, ONE + 'layouts = ["card"]\nlocales = ["de", "tr", "de"]\n') == [
        "card de",
        "card tr",
    ]


def test_a_layout_comes_in_those_of_the_formats_that_it_has(cards: Workspace) -> None:
    declared = TWO_LAYOUTS.replace('"de", "en"', '"de"')
    assert planned(cards, declared) == ["card de", "flyer de"], "each in its default format"
    assert planned(cards, declared + 'formats = ["a4", "a5", "a7"]\n') == [
        "card-a7 de",
        "flyer de",
        "flyer-a5 de",
    ]
    assert planned(cards, declared + 'formats = ["a6"]\n') == ["card de", "flyer de"], "or its own"


def test_what_is_included_comes_on_top(cards: Workspace) -> None:
    declared = TWO_LAYOUTS + '[[build.include]]\nlayouts = ["card"]\nformats = ["a7"]\n'
    assert planned(cards, declared) == [
        *("card de", "card en", "flyer de", "flyer en"),
        *("card-a7 de", "card-a7 en"),
    ]
    assert planned(cards, declared + 'locales = ["uk", "de"]\n')[4:] == ["card-a7 uk", "card-a7 de"]
    twice = TWO_LAYOUTS + '[[build.include]]\nlocales = ["de", "en"]\n'
    assert planned(cards, twice) == ["card de", "card en", "flyer de", "flyer en"]
    other = TWO_LAYOUTS + f'[[build.include]]\nprofiles = ["{OTHER}"]\nlocales = ["ar"]\n'
    assert planned(cards, other)[4:] == [f"{OTHER}: card ar", f"{OTHER}: flyer ar"]


def test_what_is_excluded_is_left_out(cards: Workspace) -> None:
    exclude = "[[build.exclude]]\n"
    assert planned(cards, TWO_LAYOUTS + exclude + 'locales = ["en"]\n') == ["card de", "flyer de"]
    both = TWO_LAYOUTS + exclude + 'locales = ["en"]\nlayouts = ["flyer"]\n'
    assert planned(cards, both) == ["card de", "card en", "flyer de"]
    assert planned(cards, TWO_LAYOUTS + exclude + 'formats = ["a4"]\n') == ["card de", "card en"]
    assert planned(
        cards,
        TWO_LAYOUTS
        + '[[build.include]]\nformats = ["a5"]\n'
        + exclude
        + 'formats = ["a5"]\nlocales = ["en"]\n',
    ) == ["card de", "card en", "flyer de", "flyer en", "flyer-a5 de"]


def test_few_pages_come_first_and_otherwise_the_order_stays(workspace: Workspace) -> None:
    assert planned(workspace, 'layouts = ["brochure", "flyer"]\nlocales = ["tr", "de"]\n') == [
        *("flyer tr", "flyer de"),
        *("brochure tr", "brochure de"),
    ]


def test_options_stand_in_for_what_is_declared(cards: Workspace) -> None:
    declare(cards, TWO_LAYOUTS)
    assert planned(cards, selection=Selection(layouts=("flyer",))) == ["flyer de", "flyer en"]
    assert planned(cards, selection=Selection(locales=("fr",))) == ["card fr", "flyer fr"]
    assert planned(cards, selection=Selection(formats=("a5",))) == ["flyer-a5 de", "flyer-a5 en"]
    assert planned(cards, selection=Selection(profiles=(OTHER,), layouts=("card",))) == [
        f"{OTHER}: card de",
        f"{OTHER}: card en",
    ]
    everything = Selection((SLUG,), ("card",), ("de", "ar-XB"), ("a7", "a6"))
    assert planned(cards, selection=everything) == [
        *("card-a7 de", "card-a7 ar-XB"),
        *("card de", "card ar-XB"),
    ]


def test_options_select_among_what_is_included_and_excluded(cards: Workspace) -> None:
    declare(
        cards,
        TWO_LAYOUTS
        + '[[build.include]]\nlayouts = ["flyer"]\nformats = ["din-lang"]\nlocales = ["tr"]\n'
        + '[[build.exclude]]\nlayouts = ["card"]\nlocales = ["en"]\n',
    )
    assert planned(cards) == ["card de", "flyer de", "flyer en", "flyer-din-lang tr"]
    assert planned(cards, selection=Selection(locales=("en",))) == ["flyer en"]
    assert planned(cards, selection=Selection(locales=("tr",))) == [
        *("card tr", "flyer tr"),
        "flyer-din-lang tr",
    ]
    assert planned(cards, selection=Selection(layouts=("card",))) == ["card de"]
    assert planned(cards, selection=Selection(formats=("din-lang",))) == [
        *("flyer-din-lang de", "flyer-din-lang en"),
        "flyer-din-lang tr",
    ]


def test_formats_that_are_declared_for_other_layouts_do_no_harm_to_a_selection(
    cards: Workspace,
) -> None:
    declare(cards, TWO_LAYOUTS + '[[build.include]]\nlayouts = ["card"]\n')
    assert planned(cards, selection=Selection(formats=("a5",))) == ["flyer-a5 de", "flyer-a5 en"]
    declare(cards, TWO_LAYOUTS + 'formats = ["a4", "a7"]\n')
    assert planned(cards, selection=Selection(layouts=("card",))) == ["card-a7 de", "card-a7 en"]
    declare(
        cards,
        TWO_LAYOUTS + '[[build.include]]\nformats = ["din-lang"]\n[[build.exclude]]\n'
        'layouts = ["flyer"]\nformats = ["a4"]\nlocales = ["en"]\n',
    )
    assert planned(cards, selection=Selection(layouts=("card",))) == ["card de", "card en"]


UNKNOWN = {
    "a profile": (
        'profiles = ["bäcker"]\nlayouts = ["card"]\nlocales = ["de"]\n',
        f"{TOML}:2: error: “build.profiles.1” is “bäcker”. Use only small letters",
    ),
    "a profile that is not there": (
        'profiles = ["baker-essen"]\nlayouts = ["card"]\nlocales = ["de"]\n',
        "content/baker-essen/profile.md: error: There is no profile “baker-essen”. "
        f"Available: {OTHER}, {SLUG}.",
    ),
    "a layout": (
        'layouts = ["plakat"]\nlocales = ["de"]\n',
        "layouts/plakat/layout.toml: error: There is no layout “plakat”. "
        "Available: brochure, card, flyer, leaflet, leicht-flyer, leicht, poster.",
    ),
    "a locale": (
        'layouts = ["card"]\nlocales = ["deutsch"]\n',
        f"{TOML}: error: “deutsch” is not a locale. Available: ",
    ),
    "a locale without a catalog": (
        'layouts = ["card"]\nlocales = ["sv"]\n',
        "layouts/locales/sv.po: error: There is no catalog for the locale “sv”. Available: ",
    ),
    "a format": (
        'layouts = ["card"]\nlocales = ["de"]\nformats = ["a5"]\n',
        f"{TOML}: error: None of these layouts has the format “a5”. Available: a6, a7.",
    ),
}


@pytest.mark.parametrize("kind", UNKNOWN)
def test_a_name_that_is_declared_and_not_there_is_told(cards: Workspace, kind: str) -> None:
    declared, expected = UNKNOWN[kind]
    (line, *_) = refused(cards, declared)
    assert line.startswith(expected)


@pytest.mark.parametrize("table", ["include", "exclude"])
@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            'profiles = ["baker-essen"]',
            "content/baker-essen/profile.md: error: There is no profile",
        ),
        ('layouts = ["plakat"]', "layouts/plakat/layout.toml: error: There is no layout “plakat”."),
        ('locales = ["sv"]', "layouts/locales/sv.po: error: There is no catalog for the locale"),
        ('locales = ["xx-yy-zz"]', f"{TOML}: error: “xx-yy-zz” is not a locale."),
        ('formats = ["a3"]', f"{TOML}: error: None of these layouts has the format “a3”."),
        ('formats = ["a4"]\nlayouts = ["card"]', f"{TOML}: error: None of these layouts has the"),
    ],
)
def test_so_is_one_that_is_included_or_excluded(
    cards: Workspace, table: str, entry: str, expected: str
) -> None:
    (line,) = refused(cards, f"{TWO_LAYOUTS}[[build.{table}]]\n{entry}\n")
    assert line.startswith(expected)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (
            Selection(profiles=("baker-essen",)),
            "content/baker-essen/profile.md: error: There is no",
        ),
        (Selection(layouts=("plakat",)), "layouts/plakat/layout.toml: error: There is no layout"),
        (Selection(locales=("sv",)), "layouts/locales/sv.po: error: There is no catalog for"),
        (Selection(locales=("deutsch",)), "--locale: error: “deutsch” is not a locale."),
        (Selection(formats=("a3",)), "--format: error: None of these layouts has the format “a3”."),
        (
            Selection(layouts=("card",), formats=("a4",)),
            "--format: error: None of these layouts has the format “a4”. Available: a6, a7.",
        ),
    ],
)
def test_so_is_one_that_is_selected(cards: Workspace, selection: Selection, expected: str) -> None:
    (line,) = refused(cards, TWO_LAYOUTS, selection)
    assert line.startswith(expected)


def test_all_unknown_names_are_told_at_once(cards: Workspace) -> None:
    lines = refused(
        cards,
        'layouts = ["plakat", "card"]\nlocales = ["sv", "de"]\n'
        '[[build.exclude]]\nprofiles = ["baker-essen"]\n[[build.include]]\nlayouts = ["plakat"]\n',
    )
    assert [line.split(":")[0] for line in lines] == [
        "layouts/plakat/layout.toml",
        "layouts/locales/sv.po",
        "content/baker-essen/profile.md",
    ]


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('locales = ["de"]\n', "build.layouts"),
        ('layouts = []\nlocales = ["de"]\n', "build.layouts"),
        ('layouts = ["card"]\n', "build.locales"),
        ('layouts = ["card"]\nlocales = "de"\n', "build.locales"),
        ('layouts = ["card"]\nlocales = ["de"]\nlangs = ["de"]\n', "build.langs"),
        (
            'layouts = ["card"]\nlocales = ["de"]\n[build.exclude]\nlocales = ["de"]\n',
            "build.exclude",
        ),
        (
            'layouts = ["card"]\nlocales = ["de"]\n[[build.include]]\nlocale = ["de"]\n',
            "build.include.1.locale",
        ),
    ],
)
def test_what_cannot_be_declared_is_told_with_its_line(
    cards: Workspace, declared: str, said: str
) -> None:
    (line,) = refused(cards, declared)
    assert line.startswith(f"{TOML}:")
    assert said in line


def test_where_nothing_is_left_that_is_refused(cards: Workspace) -> None:
    left = f"{TOML}: error: There is no edition to print: all of these are excluded. "
    everything = f"{TWO_LAYOUTS}[[build.exclude]]\n"
    assert refused(cards, everything)[0].startswith(left)
    declare(cards, everything + 'locales = ["tr"]\n')
    assert len(planned(cards)) == 4
    assert refused(cards, selection=Selection(locales=("tr",)))[0].startswith(left)
    shutil.rmtree(cards.root / "content")
    assert refused(cards, TWO_LAYOUTS)[0].startswith("content/: error: There is no profile in")


def test_a_selected_layout_with_none_of_the_declared_formats_comes_in_its_own(
    cards: Workspace,
) -> None:
    declare(cards, TWO_LAYOUTS + 'formats = ["a4"]\n')
    assert planned(cards, selection=Selection(layouts=("card",))) == ["card de", "card en"]


def test_two_editions_that_would_be_one_file_are_refused(cards: Workspace) -> None:
    layouts = cards.root / "layouts"
    shutil.copytree(layouts / "card", layouts / "card-a7")
    declared = ONE + 'layouts = ["card", "card-a7"]\nlocales = ["de"]\n'
    assert planned(cards, declared) == ["card de", "card-a7 de"]
    (line,) = refused(cards, declared + '[[build.include]]\nlayouts = ["card"]\nformats = ["a7"]\n')
    assert line.startswith(
        f"{TOML}: error: Two editions would be printed to {SLUG}/{SLUG}-card-a7-de.pdf."
    )


def test_a_locale_is_one_edition_however_its_tag_is_spelt(cards: Workspace) -> None:
    declared = 'layouts = ["card"]\nlocales = ["de-AT", "de-at", "DE-AT"]\n'
    assert planned(cards, ONE + declared) == ["card de-AT"]


def test_a_profile_may_be_named_as_a_shell_completes_it(cards: Workspace) -> None:
    declare(cards, 'layouts = ["card"]\nlocales = ["de"]\n')
    for named in (OTHER, f"content/{OTHER}", f"content/{OTHER}/", f"content/{OTHER}/profile.md"):
        done = cards.run("status", named)
        assert done.stdout.count(".pdf") == 1
        assert f"missing: {OTHER}/{OTHER}-card-de.pdf" in done.stdout


def test_a_second_profile_is_built_and_the_first_left_as_it_is(cards: Workspace) -> None:
    declare(cards, ONE + 'layouts = ["card"]\nlocales = ["de"]\n')
    assert cards.run("build").stdout.endswith("1 printed, 0 unchanged, 0 failed. out/\n")
    declare(cards, 'layouts = ["card"]\nlocales = ["de"]\n')
    done = cards.run("build")
    assert done.stdout == (
        f"printed: {OTHER}/{OTHER}-card-de.pdf\n"
        f"unchanged: {SLUG}/{SLUG}-card-de.pdf\n"
        "1 printed, 1 unchanged, 0 failed. out/\n"
    )
    shutil.copytree(cards.root / "content" / SLUG, cards.root / "content" / "third")
    assert "printed: third/third-card-de.pdf" in cards.run("build").stdout


def test_many_families_are_printed_one_after_the_other_and_few_in_their_order() -> None:
    few = [Edition(SLUG, "flyer", tag, "", fair) for fair in ("a", "b") for tag in ("de", "ar")]
    assert by_family(few) == few
    tags = [f"x{number}" for number in range(MOST_FAMILIES + 1)]
    many = [Edition(SLUG, "flyer", tag, "", fair) for fair in ("a", "b") for tag in tags]
    assert [e.locale for e in by_family(many)] == [tag for tag in tags for _ in range(2)]
    assert sorted(by_family(many), key=str) == sorted(many, key=str)
