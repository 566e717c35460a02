"""The drawings of a profile are those of its occupational field and its town, and no others."""

import re
from pathlib import Path

import pytest

from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.layouts.art import fields_of, towns_of
from careerprint.layouts.pictures import examine_drawing
from careerprint.manuscripts.occupations import field_said
from careerprint.profiles.content import Profile, parse_profile
from careerprint.profiles.roles import roles_of

from .conftest import PROFILE, ROOT, SLUG, Workspace, refusals

ART = "layouts/base/art/"
CHOSEN = "art:\n  field: customer-service\n  town: dortmund\n"
FIELDS = fields_of(Reader(ROOT))
TOWNS = towns_of(Reader(ROOT))
DRAWINGS = sorted((ROOT / ART).rglob("*.svg"))
ROLES_AND_SPARE = 12  # the six roles that the example's headings say, and six that fit any text
LAYOUTS = ("brochure", "flyer", "leaflet", "poster")
SECTION = '<section class="chapter (role-[a-z0-9-]+)'


def profile_of(*headings: str) -> Profile:
    """Return a profile with a section under each heading."""
    front = "title: a\nteaser: b\nupdated: 2026-11-22\nflyer: {headline: c, teaser: d}\n"
    text = "".join(f"## {heading}\n\nText.\n\n" for heading in headings)
    return parse_profile(f"---\n{front}---\n{text}", "profile.md", "a")


def composed(workspace: Workspace, layout: str) -> Job:
    return compose(Edition(SLUG, layout, "de"), Reader(workspace.root))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_profile_has_no_drawing_of_another_field_or_town(
    workspace: Workspace, layout: str
) -> None:
    assert any("dortmund" in name for name in composed(workspace, layout).bundle)
    workspace.edit(PROFILE, CHOSEN, "art:\n  field: health\n")
    drawings = {name for name in composed(workspace, layout).bundle if name.startswith(ART)}
    of_fields = {name for name in drawings if "/fields/" in name or "/towns/" in name}
    assert {name.split("/")[4].removesuffix(".svg") for name in of_fields} == {"health", "neutral"}
    common = b"".join((ROOT / name).read_bytes() for name in drawings - of_fields)
    assert not re.search(rb"headset|telephone|television|brewery|pit-head|stadium", common)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("profile", ["carpenter-freiburg", "gardener-kassel", "nursing-leipzig"])
def test_a_page_says_no_word_of_another_town_or_profession(profile: str, layout: str) -> None:
    for locale in ("de", "en", "ar"):
        said = compose(Edition(profile, layout, locale), Reader(ROOT / "docs/examples")).html
        found = re.findall(r"(?i)dortmund|دورتموند|tele(?:f|ph)on|هاتف|headset|kundendienst", said)
        assert not found, locale


def test_without_a_choice_the_neutral_drawings_are_printed(workspace: Workspace) -> None:
    workspace.edit(PROFILE, CHOSEN, "")
    bundle = composed(workspace, "flyer").bundle
    assert {f"{ART}fields/neutral/motif.svg", f"{ART}towns/neutral.svg"} <= set(bundle)


@pytest.mark.parametrize(
    ("key", "name", "known"), [("field", "atlantis", FIELDS), ("town", "dortmunt", TOWNS)]
)
def test_an_unknown_field_or_a_misspelt_town_is_refused_with_the_known_ones(
    workspace: Workspace, key: str, name: str, known: list[str]
) -> None:
    workspace.edit(PROFILE, CHOSEN, f"art:\n  {key}: {name}\n")
    line = workspace.line(PROFILE, name)
    assert refusals(lambda: composed(workspace, "flyer")) == [
        f"{PROFILE}:{line}: error: There are no drawings called “{name}”. "
        f"Available: {', '.join(known)}."
    ]


@pytest.mark.parametrize(
    ("town", "drawn"), [("Halle (Saale)", "neutral"), ("Köln", "neutral"), ("Dortmund", "dortmund")]
)
def test_any_town_may_be_named_and_has_its_drawing_or_the_neutral_one(
    workspace: Workspace, town: str, drawn: str
) -> None:
    workspace.edit(PROFILE, "town: dortmund", f"town: {town}")
    assert f"{ART}towns/{drawn}.svg" in composed(workspace, "flyer").bundle


def test_a_town_is_added_with_one_file(workspace: Workspace) -> None:
    (workspace.root / ART / "towns").mkdir(parents=True, exist_ok=True)
    mine = workspace.root / ART / "towns/kassel.svg"
    mine.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 58"/>', "utf-8")
    workspace.edit(PROFILE, "town: dortmund", "town: kassel")
    assert composed(workspace, "flyer").bundle[f"{ART}towns/kassel.svg"] == mine.read_bytes()


def test_there_are_drawings_for_the_fields_of_work_and_for_none() -> None:
    assert len(FIELDS) == 23
    assert {"customer-service", "neutral"} < set(FIELDS)
    assert {"dortmund", "neutral"} <= set(TOWNS)
    for field in FIELDS:
        drawings = {file.name for file in (ROOT / ART / "fields" / field).iterdir()}
        assert drawings == {"motif.svg", "things.svg", "high.svg"}


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: str(file.relative_to(ROOT / ART)))
def test_a_drawing_holds_no_letters_and_no_colour_of_its_own(file: Path) -> None:
    found = examine_drawing(file.read_bytes(), file.name)
    assert (found.faults, found.has_letters) == ((), False)
    assert not re.search(r'(?:fill|stroke)="(?!none|var\(--[a-z]+\))', file.read_text("utf-8"))


@pytest.mark.parametrize(
    "file",
    [file for file in DRAWINGS if file.parent.name == "towns" or file.name == "motif.svg"],
    ids=lambda file: f"{file.parent.name}/{file.name}",
)
def test_towns_and_motifs_share_one_ground_line(file: Path) -> None:
    assert 'viewBox="0 0 100 58"' in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Gehalt: solide, mit Luft nach oben", "pay"),
        ("Was man in der Ausbildung verdient", "pay"),
        ("Der Lohn", "pay"),
        ("Alltag und Aufgaben", "everyday"),
        ("Was macht man den ganzen Tag?", "everyday"),
        ("Was man macht", "everyday"),
        ("Was Tischlerinnen und Tischler machen", "everyday"),
        ("Was du machst", "everyday"),
        ("Das tust du", "everyday"),
        ("Wie es weitergeht", "outlook"),
        ("Ein Tag auf der Station", "day"),
        ("Voraussetzungen", "requirements"),
        ("Was Sie mitbringen sollten", "requirements"),
        ("Was Sie brauchen", "requirements"),
        ("Was brauche ich?", "requirements"),
        ("Wege in den Beruf", "training"),
        ("Aus- und Weiterbildung", "training"),
        ("So bewerben Sie sich", "application"),
        ("Betriebe in der Region", "employers"),
        ("Arbeitsmarkt im Umbau", "market"),
        ("Arbeitsmarkt: Wechsel und Chancen", "market"),
        ("Fazit? Eher ein Zwischenstand.", "outlook"),
        ("Digital und menschlich", "digital"),
        ("Chancen und Zukunft", "outlook"),
        ("Beratung und Förderung", "advice"),
        ("Ein Wort zum Schluss", "spare-1"),
        ("Belohnung", "spare-1"),
    ],
)
def test_a_heading_says_the_role_of_its_section(heading: str, role: str) -> None:
    assert [*roles_of(profile_of(heading).sections)] == [role]


def test_a_mark_behind_a_heading_goes_before_its_words() -> None:
    sections = profile_of("Gehalt", "Der Rest {#pay}", "Verdienst").sections
    assert [*roles_of(sections)] == ["spare-1", "pay", "spare-2"]


def test_pay_in_training_leaves_the_role_of_pay_to_a_section_of_pay_alone() -> None:
    headings = ("Ausbildung und Vergütung", "Verdienst im Beruf")
    assert [*roles_of(profile_of(*headings).sections)] == ["training", "pay"]
    assert [*roles_of(profile_of(headings[0], "Alltag").sections)] == ["pay", "everyday"]


def test_no_picture_stands_twice_in_a_brochure(workspace: Workspace) -> None:
    sections = "".join(f"## Noch etwas {n}\n\nText.\n\n" for n in range(20))
    workspace.edit(PROFILE, "\n## Ausblick", f"\n{sections}## Ausblick")
    roles = re.findall(SECTION, composed(workspace, "brochure").html)
    assert len(roles) == 26
    drawn = [role for role in roles if role != "role-plain"]
    assert len(drawn) == len(set(drawn)) == ROLES_AND_SPARE


def test_a_box_stands_at_the_first_section_that_it_suits(workspace: Workspace) -> None:
    def section_of(box: str) -> str:
        before, _ = composed(workspace, "brochure").html.split(f"<h3>{box}</h3>")
        return str(re.findall(SECTION, before)[-1])

    assert section_of("Was Sie mitbringen sollten") == "role-digital"
    workspace.edit(PROFILE, "## Ausblick: vieles ist in Bewegung", "## Was man mitbringt")
    workspace.edit(PROFILE, "{#outlook}", "")
    assert section_of("Was Sie mitbringen sollten") == "role-requirements"


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Kundendienst in Dortmund", "customer-service"),
        ("Gärtnerin und Gärtner in Kassel", "gardening"),
        ("Landwirtin/Landwirt", "agriculture"),
        ("Pflegefachfrau und Pflegefachmann", "health"),
        ("Heilerziehungspfleger/-in", "social"),
        ("Tierpfleger/in", ""),
        ("Tiermedizinische Fachangestellte", "health"),
        ("Kraftfahrzeugmechatroniker", "metal"),
        ("Berufskraftfahrer/in", "transport"),
        ("Mechatroniker:in", "electrical"),
        ("Fachinformatiker für Systemintegration", "it"),
        ("Kaufmann für Spedition und Logistikdienstleistung", "transport"),
        ("Kauffrau für Büromanagement", "business"),
        ("Mediengestalter Digital und Print", "media"),
        ("Kunststoff- und Kautschuktechnologe", "manufacturing"),
        ("Bauzeichner", "construction"),
        ("Tischler/in in Rostock", "wood"),
        ("Holzmechaniker/in", "wood"),
        ("Holzbildhauer/in", "arts"),
        ("Bäcker/in", "food"),
        ("Fleischer/in", "food"),
        ("Maßschneider/in", "textiles"),
        ("Friseur/in", "beauty"),
        ("Fachkraft für Lebensmitteltechnik", "food"),
        ("Zukunft in der Region", ""),
        ("Koch/Köchin", "services"),
        ("Steckbrief: Fachinformatiker*in Systemintegration", "it"),
        # A cooking pot is not for these, nor a barn.
        ("Gebäudereiniger/in", ""),
        ("Umwelttechnologe für Abwasserbewirtschaftung", ""),
        ("Fachkraft für Schutz und Sicherheit", ""),
        ("Bestattungsfachkraft", ""),
        ("Sport- und Fitnesskaufmann", ""),
    ],
)
def test_a_title_tells_its_occupational_field(title: str, field: str) -> None:
    assert field_said(title) == field
    assert not field or field in FIELDS
