"""Facts that readers ask for first: each is printed in brochure and flyer, and degrades when absent."""

import re
from datetime import date

import pytest

from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.composing.slots import is_in_text
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import read_back
from careerprint.finished.transcript import transcript
from careerprint.intake.skeletons import facts_form
from careerprint.profiles.content import read_profile
from careerprint.profiles.facts import Facts
from careerprint.profiles.shapes import fact_values, texts_of

from .cards import in_one_size
from .conftest import PROFILE, SLUG, Workspace

FURTHER = [*Facts.model_fields][[*Facts.model_fields].index("training_pay") :]


@pytest.fixture
def stated(workspace: Workspace) -> Workspace:
    """Return a workspace whose profile states each of the further facts as a new profile has it."""
    form = re.sub(r"(?m)^  # ?(?=\w+:|  )", "  ", facts_form(date(2026, 11, 1)))
    form = form[form.index("  training_pay:") :]
    workspace.edit(PROFILE, "  ways_in:\n", f"{form}\n  ways_in:\n")
    return workspace


def composed(workspace: Workspace, layout: str, locale: str = "de", form: str = "") -> Job:
    return compose(Edition(SLUG, layout, locale, form), Reader(workspace.root))


def test_each_stands_in_the_brochure_and_in_the_flyer(stated: Workspace) -> None:
    facts = read_profile(Reader(stated.root), SLUG).front.facts
    assert facts.model_fields_set >= set(FURTHER)
    for layout, forms in (("brochure", [""]), ("flyer", ["a4", "a5", "din-lang"])):
        for form in forms:
            job = composed(stated, layout, form=form)
            placed = [block.text.replace("\N{NO-BREAK SPACE}", " ") for block in job.placed]
            values = [v for v in fact_values(facts) if v.name.partition(".")[0] in FURTHER]
            for _, text in texts_of(values):
                assert text in placed, (layout, form, text)
            assert not [d for d in job.diagnostics if d.rule == "fact-unprinted"]


def test_what_is_not_stated_leaves_no_heading(workspace: Workspace) -> None:
    for layout in ("brochure", "flyer"):
        html = composed(workspace, layout).html
        for heading in ("Ein Tag im Beruf", "Nächste Schritte", "Mehr erfahren", "Voraussetzungen"):
            assert f">{heading}</h" not in html
        assert "<aside" not in html.replace('<aside class="panel slot">\n<h3', "")


def test_they_stand_at_the_sections_that_they_are_of_else_at_the_last(stated: Workspace) -> None:
    html = composed(stated, "brochure").html
    sections = dict(
        re.findall(r'<section class="chapter role-([a-z0-9-]+).*?>(.*?)</section>', html, re.S)
    )
    homes = {"Verdienst in der Ausbildung": "pay", "Ähnliche Berufe": "market"}
    for heading, role in homes.items():
        assert f">{heading}</h3>" in sections[role]
    last = [*sections][-1]
    assert ">Nächste Schritte</h3>" in sections[last]


def test_a_time_of_day_is_one(stated: Workspace) -> None:
    stated.edit(PROFILE, 'time: "7:00"', "time: um sieben")
    (told,) = stated.complaints("flyer")
    assert "“facts.day.1.time” is “um sieben”, not a time of day." in told


def test_a_code_in_a_block_that_is_left_out_is_not_looked_for(stated: Workspace) -> None:
    job = composed(stated, "flyer")
    assert "https://www.example.org/" in job.codes_without(())
    assert job.optional_codes == (("https://www.example.org/", "links"),)
    assert job.codes_without(["links"]) == list(job.codes)


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["de", "ar"])
def test_all_of_them_are_printed_and_heard(stated: Workspace, locale: str) -> None:
    in_one_size(stated)
    assert not [told for told in stated.complaints("brochure", locale) if "error" in told]
    pdf = stated.pdf("brochure", locale).read_bytes()
    heard = [each.role for each in transcript(pdf)]
    assert heard.count("LBody") > 25
    assert "https://www.example.org/" in composed(stated, "brochure", locale).codes
    assert "16:00" in read_back(pdf).text


def test_what_a_list_or_a_table_of_the_text_says_stands_in_no_panel_below(
    stated: Workspace,
) -> None:
    facts = read_profile(Reader(stated.root), SLUG).front.facts
    assert facts.skills
    assert facts.training_pay
    whole = composed(stated, "brochure").html
    assert ">Was Sie mitbringen sollten</h3>" in whole
    assert ">Verdienst in der Ausbildung</h3>" in whole
    assert ">Typische Branchen</h3>" in whole
    listed = "".join(f"- {text}.\n" for text in (*facts.skills, *facts.sectors))
    years = "".join(f"| {year.amount:,} € |\n" for year in facts.training_pay.years)
    years = years.replace(",", ".")
    file = stated.root / PROFILE
    text = re.sub(
        r"(?m)^    (as_of: .*|minimum: true)\n(?=(.*\n)*    years)", "", file.read_text("utf-8")
    )
    file.write_text(f"{text}\n{listed}\n| Im Monat |\n|---|\n{years}", "utf-8")
    html = composed(stated, "brochure").html
    assert ">Was Sie mitbringen sollten</h3>" not in html
    assert ">Typische Branchen</h3>" not in html
    assert ">Verdienst in der Ausbildung</h3>" not in html
    assert ">Was Sie mitbringen sollten</h2>" in composed(stated, "flyer").html, "it has no text"


def test_a_table_says_pay_by_the_names_of_facts_as_by_figures(stated: Workspace) -> None:
    facts = read_profile(Reader(stated.root), SLUG).front.facts
    assert facts.training_pay
    assert facts.pay
    stages = [
        f"{{pay.{each.id}.min}} bis {{pay.{each.id}.max}}" if each.min else f"{{pay.{each.id}}}"
        for each in facts.pay.ranges
    ]
    first, *others = facts.training_pay.years
    years = [f"{first.amount} €", *(f"{{training_pay.{each.id}.amount}}" for each in others)]
    file = stated.root / PROFILE
    text = re.sub(
        r"(?m)^    (as_of: .*|minimum: true)\n(?=(.*\n)*    years)", "", file.read_text("utf-8")
    )
    rows = "".join(f"| {each} |\n" for each in years[1:])
    file.write_text(f"{text}\n| Im Monat |\n|---|\n{rows}", "utf-8")
    assert not is_in_text(read_profile(Reader(stated.root), SLUG), "training_pay")
    rows = "".join(f"| {each} |\n" for each in (*years, *stages))
    file.write_text(f"{text}\n| Im Monat |\n|---|\n{rows}", "utf-8")
    profile = read_profile(Reader(stated.root), SLUG)
    assert is_in_text(profile, "training_pay")
    assert is_in_text(profile, "pay")


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Voraussetzungen", "Ausblick: vieles ist in Bewegung {#outlook}"),
        ("Wege in den Beruf", "Weiterbildung und Wechsel: Schritt für Schritt {#training}"),
    ],
)
def test_a_panel_has_no_heading_that_its_section_has(
    stated: Workspace, heading: str, section: str
) -> None:
    whole = composed(stated, "brochure").html
    stated.edit(PROFILE, f"## {section}", f"## {heading}")
    html = composed(stated, "brochure").html
    assert f">{heading}</h3>" in whole
    assert f">{heading}</h3>" not in html
    assert html.count('class="panel slot"') == whole.count('class="panel slot"')


LISTED = """

## Was bleibt

{text}

## Schluss

Ende.
"""


def listing(workspace: Workspace, facts: str, text: str) -> str:
    """Return the brochure of a profile that has these facts alone, and a list in its text."""
    file = workspace.root / PROFILE
    head = file.read_text("utf-8").split("\n---\n")[0]
    head = re.sub(r"(?m)^facts:\n(?:(?:  .*)?\n)+", "", f"{head}\n")
    file.write_text(f"{head}facts:\n{facts}---{LISTED.format(text=text)}", "utf-8")
    return composed(workspace, "brochure").html


@pytest.mark.parametrize(
    ("facts", "text", "box"),
    [
        (
            "  next_steps:\n    - what: Termin machen\n    - what: Bewerbung schreiben\n",
            "1. Termin machen.\n2. Bewerbung schreiben",
            "Nächste Schritte",
        ),
        ("  requirements:\n    school: Abitur\n", "- Abitur\n- Kraft", "Voraussetzungen"),
        (
            "  pay:\n    period: month\n    ranges:\n      - id: a\n        label: Anfang\n"
            "        min: 2400\n        max: 2700\n",
            "- Am Anfang: 2.400 bis 2.700 Euro",
            "Was Sie verdienen können",
        ),
        (
            "  training_pay:\n    years:\n      - id: a\n        amount: 1000\n"
            "      - id: b\n        amount: 1100\n",
            "| Jahr | Euro |\n|---|---|\n| 1 | 1.000 |\n| 2 | 1.100 |",
            "Verdienst in der Ausbildung",
        ),
    ],
    ids=["steps", "requirements", "pay", "training pay"],
)
def test_what_a_list_of_the_text_says_stands_in_no_box_until_the_list_goes(
    workspace: Workspace, facts: str, text: str, box: str
) -> None:
    html = listing(workspace, facts, text)
    assert f"<h3>{box}</h3>" not in html
    assert ("Pro Monat." in html) == ("period" in facts), "what amounts are meant by is told"
    assert f"<h3>{box}</h3>" in listing(workspace, facts, "Ein Satz.")
    until = facts.replace("    - what: Bewerbung", "      until: 2026-12-31\n    - what: Bewerbung")
    if until != facts:
        assert f"<h3>{box}</h3>" in listing(workspace, until, text), "the box says more"


def test_the_box_of_pay_stands_at_the_section_that_speaks_of_pay(workspace: Workspace) -> None:
    pay = "  pay:\n    ranges:\n      - id: a\n        label: Anfang\n        max: 2700\n"
    lehre, later = "Im ersten Jahr sind es 900 Euro.", "Später sind es etwa 2.700 Euro."
    text = (
        f"Text.\n\n## Die Lehre\n\n{lehre}\n\n## Monat für Monat\n\n{later}\n\n## Beratung\n\nJa."
    )
    html = listing(workspace, pay, text)
    assert "Was Sie verdienen können" in html.partition(">Monat für Monat<")[2].partition("Ja.")[0]


def test_a_section_is_not_empty_where_a_box_stands_in_it(workspace: Workspace) -> None:
    steps = "  next_steps:\n    - what: Termin machen\n"
    html = listing(workspace, steps, "Ein Satz.\n\n## Nächste Schritte\n\n## Fazit\n\nEnde.")
    assert "Termin machen" in html.partition("Nächste Schritte</h2>")[2].partition("Fazit</h2>")[0]
    with pytest.raises(Refused) as caught:
        listing(workspace, steps, "Ein Satz.\n\n## Leer")
    (told,) = caught.value.diagnostics
    assert str(told.message) == "The section “{heading}” has no text."
    assert read_profile(Reader(workspace.root), SLUG), (
        "a flyer, which prints no sections, needs none"
    )


def test_an_introduction_that_the_flyer_has_too_stands_once_in_the_leaflet(
    workspace: Workspace,
) -> None:
    assert composed(workspace, "leaflet").html.count('class="teaser"') == 2
    file = workspace.root / PROFILE
    texts = re.findall(r"(?m)^ *teaser: >-\n((?: +.*\n)+?)(?=[ ]*\w+:)", file.read_text("utf-8"))
    words = [" ".join(text.split()) for text in texts]
    assert len(words) == 2
    text = file.read_text("utf-8").replace(texts[1], f"    {words[0]}\n")
    file.write_text(text, "utf-8")
    assert composed(workspace, "leaflet").html.count('class="teaser"') == 1
    assert composed(workspace, "flyer").html.count('class="teaser"') == 1


def without(workspace: Workspace, *names: str) -> None:
    """Take facts, and the points of the flyer, out of the profile."""
    file = workspace.root / PROFILE
    text = file.read_text("utf-8")
    for name in names:
        text = re.sub(rf"(?m)^  {name}:\n(    .*\n)+", "", text)
    file.write_text(text, "utf-8")


def test_without_next_steps_the_back_of_the_leaflet_is_the_contact_above_the_town(
    stated: Workspace,
) -> None:
    stated.edit(PROFILE, "town: dortmund", "town: Kassel")
    assert "townscape" not in composed(stated, "leaflet").html
    without(stated, "next_steps", "links")
    assert 'class="outside townscape"' in composed(stated, "leaflet").html
    stated.edit(PROFILE, "town: Kassel", "town: dortmund")  # whose landmarks are on the cover
    assert "townscape" not in composed(stated, "leaflet").html


def test_without_reasons_no_column_of_the_leaflet_is_empty(stated: Workspace) -> None:
    others = ("day", "training", "employers", "similar", "working_hours", "places")
    without(stated, "points", *others, "channels", "sectors")
    inside = composed(stated, "leaflet").html.split('<section class="inside"')[1]
    first, middle, last = re.split(r'<div class="fold', inside)[1:]
    assert 'class="ways"' in first
    assert 'class="pay' in middle
    assert "Verdienst in der Ausbildung" in last


PAY = "  pay:\n    ranges:\n      - id: a\n        label: Anfang\n        min: 2400\n        max: 2700\n"
YEARS = "  training_pay:\n    years:\n      - id: a\n        amount: 900\n"
HOURS = "  working_hours:\n    - Gleitzeit\n"
ASKED = "  requirements:\n    school: Abitur\n"


@pytest.mark.parametrize("has_points", [True, False])
@pytest.mark.parametrize(
    "facts",
    [PAY, YEARS, PAY + YEARS, PAY + HOURS, PAY + ASKED, PAY + YEARS + ASKED, HOURS],
    ids=["pay", "years", "both", "pay, hours", "pay, asked", "all", "hours"],
)
def test_however_little_is_known_each_column_of_the_leaflet_has_something(
    workspace: Workspace, facts: str, has_points: bool
) -> None:
    listing(workspace, facts, "Ein Satz.")
    file = workspace.root / PROFILE
    text = re.sub(r"\{[\w.]+\}", "viel", file.read_text("utf-8"))
    points = r"(?m)^  (?:heading|points):.*\n(?:    - (?:.*\n(?:      .*\n)*))*"
    file.write_text(text if has_points else re.sub(points, "", text), "utf-8")
    html = composed(workspace, "leaflet").html
    assert ('class="checks"' in html) == has_points
    inside = html.split('<section class="inside"')[1].split('<div class="landscape"')[0]
    columns = re.split(r'<div class="fold', inside)[1:]
    assert [bool(re.search(r"<(?:h2|p|ul|li)\b", column)) for column in columns] == [True] * 3


def test_where_little_follows_what_is_paid_does_not_fill_the_middle_of_the_leaflet(
    stated: Workspace,
) -> None:
    def columns() -> list[str]:
        inside = composed(stated, "leaflet").html.split('<section class="inside"')[1]
        return re.split(r'<div class="fold', inside)[1:]

    middle, last = columns()[1:]
    assert "Typische Branchen" in middle
    without(stated, "day", "training", "employers", "similar", "ways_in")
    middle, last = columns()[1:]
    assert "Typische Branchen" not in middle
    assert "Typische Branchen" in last


def test_a_single_way_stands_below_the_points_of_the_flyer(workspace: Workspace) -> None:
    def points() -> str:
        html = composed(workspace, "flyer").html
        return html[html.index('<div class="points') : html.index('data-level="figures"')]

    assert "Wege in den Beruf" not in points()
    (gaps,) = re.findall(r"--gaps: (\d)", points())
    file = workspace.root / PROFILE
    text = file.read_text("utf-8")
    ways = re.search(r"(?m)^  ways_in:\n(    .*\n)+", text)
    assert ways
    first = re.match(r"  ways_in:\n    - .*\n(      .*\n)*", ways[0])
    assert first
    file.write_text(text.replace(ways[0], first[0]), "utf-8")
    assert "Wege in den Beruf" in points()
    assert f"--gaps: {int(gaps) + 1}" in points(), "it is as far from them as they are apart"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org/kurs?a=1", "https://example.org/kurs?a=1"),
        ("http://example.org", "http://example.org"),
    ],
)
def test_a_web_address_of_a_code_may_begin_with_its_host(
    stated: Workspace, typed: str, meant: str
) -> None:
    stated.edit(PROFILE, "url: https://www.example.org/", f"url: {typed}")
    assert (meant, "links") in composed(stated, "flyer").optional_codes


def test_pay_that_one_training_alone_brings_says_which(workspace: Workspace) -> None:
    """And a training at a school is called one, beside those that are not."""
    only = YEARS.replace("    years:", "    only_for: Lernen mit Praxis (LMP)\n    years:")
    workspace.edit(PROFILE, "  ways_in:\n", f"{only}  ways_in:\n")
    workspace.edit(PROFILE, "      years: 2\n", "      years: 2\n      form: school\n")
    file = workspace.root / PROFILE
    for layout in ("brochure", "flyer", "leaflet", "poster"):
        said = re.sub(r"<[^>]+>", "", composed(workspace, layout).html).replace(
            "\N{NO-BREAK SPACE}", " "
        )
        assert "Gilt nur für: Lernen mit Praxis (LMP)" in said, layout
    html = composed(workspace, "flyer").html.replace("\N{NO-BREAK SPACE}", " ")
    assert re.findall(r'way-kind">(.*?: .*?)</p>', html) == [
        "Ausbildung: 3 Jahre",
        "Schulische Ausbildung: 2 Jahre",
    ]
    table = "\n| Jahr | {head} |\n|---|---|\n| Erstes | 900 € |\n"
    text = file.read_text("utf-8")
    for head, is_said in (("Vergütung", False), ("Vergütung (LMP)", True)):
        file.write_text(text + table.format(head=head), "utf-8")
        assert is_in_text(read_profile(Reader(workspace.root), SLUG), "training_pay") is is_said
