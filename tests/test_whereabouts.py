"""What is off is told at the desk in the words of its views, with the way to where it is mended."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from careerprint.cli import cli
from careerprint.core.diagnostics import (
    Diagnostic,
    Location,
    Refused,
    error,
    for_page,
    for_terminal,
)
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.desk import looks, marktexts
from careerprint.desk.desk import Desk
from careerprint.desk.shown import Shower
from careerprint.intake.factlines import ASKED
from careerprint.intake.starter import make_workspace
from careerprint.layouts.configuration import Configuration, imprint_place
from careerprint.profiles import facts
from careerprint.profiles.content import FrontMatter, read_profile

from .conftest import PROFILE, SLUG
from .test_catalogs import page_words, translated_in, written_in

# Their readers write layouts, or type commands.
FOR_EXPERTS = (
    *("commands", "cli", "core/workspace", "layouts", "composing", "intake/fairtemplate"),
    *("building/cluster", "building/clusterconnection", "building/station"),
)
KEYS = {
    name
    for model in (FrontMatter, Configuration, *vars(facts).values())
    if isinstance(model, type) and issubclass(model, BaseModel)
    for name in model.model_fields
} - {"text"}
TECHNICAL = re.compile(
    rf"careerprint (?:{'|'.join(cli.commands)})\b|--[a-z]|\.toml\b|\.po\b|\.jsonl\b|profile\.md"
    rf"|\[[a-z_.]+\]|content/|[“„](?:{'|'.join(KEYS)})[:“”]|[“„][a-z]+_[a-z]+[“”]"
)


def told_at_the_desk() -> set[str]:
    """All messages of modules that the desk may tell something of."""
    everything = written_in("src/careerprint", "**.py", "python", N_=None) | page_words()
    for_experts = [
        written_in("src/careerprint", f"{name}{end}", "python", N_=None)
        for name in FOR_EXPERTS
        for end in ("/**.py", ".py")
    ]
    return everything.difference(*for_experts)


def test_nothing_that_the_desk_tells_names_keys_commands_or_files_of_the_workspace() -> None:
    german = translated_in("src/careerprint/locales/de.po")
    told = told_at_the_desk()
    assert len(told) > 800
    shown = {for_page(each) for template in told for each in (template, german[template])}
    assert [each for each in shown if TECHNICAL.search(each)] == []


def test_a_template_tells_each_of_its_readers_their_own() -> None:
    template = "State them ⟨in “working_hours”|under “Working hours”⟩⟨: careerprint check⟩."
    assert for_terminal(template) == "State them in “working_hours”: careerprint check."
    assert for_page(template) == "State them under “Working hours”."
    found = error("x", "No.", template)
    assert found.words(str)[1] == for_terminal(template)
    assert found.words(for_page)[1] == for_page(template)


def test_a_quoted_sentence_ends_once() -> None:
    for quoted in ("Ohne Gewähr.", "Wirklich?", "Ja!"):
        found = error(
            "x", "It is “{text}”.", "Change “{text}” or “{other}”.", text=quoted, other="b"
        )
        assert found.words(str) == (f"It is “{quoted}”", f"Change “{quoted}” or “b”.")
        german = found.words(lambda template: template.replace("“", "„").replace("”", "“"))
        assert german[0] == f"It is „{quoted}“"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    make_workspace(tmp_path)
    made = Desk(tmp_path, tmp_path / "out", Shower("de", translator("de"), tmp_path))
    made.refresh()
    return made


def line_of(desk: Desk, name: str, written: str) -> Location:
    lines = (desk.root / name).read_text("utf-8").split("\n")
    return Location(name, next(n for n, line in enumerate(lines, 1) if written in line))


def test_a_finding_leads_to_the_view_and_the_field_where_it_is_mended(desk: Desk) -> None:
    profile = f"content/{SLUG}/profile.md"
    places = {
        line_of(desk, profile, "title:"): "Text › Titel",
        line_of(desk, profile, "  sectors:"): "Angaben › Branchen",
        line_of(desk, profile, "min: 2300"): "Angaben › Gehalt › Stufen 1 › Von (Euro)",
        line_of(desk, profile, "headline:"): "Flyer › Überschrift",
        line_of(desk, profile, "## "): "Text › ",
        line_of(desk, profile, "- id: change"): "Angaben › Wege in den Beruf 3",
        line_of(desk, "careerprint.toml", "imprint ="): "Aussehen › Impressum",
        line_of(desk, "careerprint.toml", "[issuer]"): "Aussehen",
        line_of(desk, "careerprint.toml", "weekly_hours ="): "careerprint.toml, Zeile ",
        Location(f"content/{SLUG}/locales/tr.po", 40): "Übersetzungen › Türkisch",
        Location("layouts/locales/uk.po", 3): "Übersetzungen › Ukrainisch › Wörter der Layouts",
        Location("content/fairs.csv", 3, "Beginn"): "Messen › Zeile 3, Beginn",
        Location(f"{SLUG}/{SLUG}-flyer-de.pdf", page=2): "Seite 2",
        Location(f"{SLUG}/{SLUG}-flyer-de.pdf"): "",
        Location("NAME"): "",
        Location("--slug"): "",
        Location(f"content/{SLUG}/profile.de-simple.md", 7): "Leichte Sprache",
        Location("layouts/mine/layout.toml", 4): "layouts/mine/layout.toml, Zeile 4",
    }
    found = desk.shower.findings(error(at, f"{n}", "") for n, at in enumerate(places))
    told = {at: each["where"] for at, each in zip(places, found, strict=True)}
    assert [at for at, where in places.items() if where not in told[at]] == []
    assert [at for at, where in places.items() if not where and told[at]] == []
    assert not any(each["where"].endswith("id") for each in found)  # which only files have
    leads = [each["leads"] for each in found]
    line = line_of(desk, profile, "  sectors:").line
    assert leads[1] == f"#/write/{SLUG}/text/{line}"
    assert leads[6:13] == [
        "#/look/issuer.imprint",
        "#/look/issuer",
        "",
        f"#/translations/tr/{SLUG}/40",
        "#/translations/uk/layouts",
        "#/fairs/3",
        "",
    ]


def test_an_imprint_to_approve_leads_to_the_translations(desk: Desk) -> None:
    looks.put_entry(desk, "issuer.imprints", "tr", "Yayımlayan")
    place = imprint_place(Reader(desk.root), "tr")
    waits = replace(error(place, "{locale}", "", locale="tr"), rule="approval")
    (told,) = desk.shower.findings([waits])
    assert (told["where"], told["leads"]) == (
        "Übersetzungen › Türkisch › Impressum",
        "#/translations/tr/layouts",
    )
    (told,) = desk.shower.findings([replace(waits, rule="placeholder")])
    assert told["leads"] == "#/look/issuer.imprints.tr"


def test_who_made_a_picture_is_said_beside_it_in_the_text_or_among_the_pictures(
    desk: Desk,
) -> None:
    profile = f"content/{SLUG}/profile.md"
    last = (desk.root / profile).read_text("utf-8").count("\n")
    uncredited = [replace(error(Location(profile, n), "", ""), rule="credit") for n in (3, last)]
    in_head, in_text = (each["leads"] for each in desk.shower.findings(uncredited))
    assert in_head == f"#/look/pictures/{SLUG}"
    assert in_text == f"#/write/{SLUG}/text/{last}"


def test_a_check_mark_leads_to_what_it_speaks_of_not_to_what_stands_above_it(desk: Desk) -> None:
    file = desk.root / "content" / SLUG / "profile.md"
    text = file.read_text("utf-8")
    mark = "  # PRÜFEN: Der Text sagt etwas.\n"
    file.write_text(text.replace("  sectors:", f"{mark}  sectors:", 1), "utf-8")
    at = line_of(desk, f"content/{SLUG}/profile.md", "PRÜFEN")
    (found,) = desk.shower.findings([error(at, "!", "")])
    assert found["where"] == "Angaben › Branchen"


def findings_of(desk: Desk) -> Iterator[Diagnostic]:
    for name, value in (("primary", "#EEEEEE"), ("paper", "#0F4C5C")):
        told = looks.save(desk, str(looks.looks(desk)["digest"]), "brand.colours", name, value)
        yield from told["findings"]


def test_colours_are_called_as_their_fields_are(desk: Desk) -> None:
    told = " ".join(f"{each['message']} {each['hint']}" for each in findings_of(desk))  # type: ignore[index]
    assert not re.search(r"accent|primary|paper", told)
    assert "„Papier“ auf „Hauptfarbe“" in told or "„Hauptfarbe“ auf „Papier“" in told


def test_what_an_import_asks_for_is_said_without_the_lines_of_the_file() -> None:
    german = translator("de")

    def at_desk(template: str) -> str:
        return for_page(german(template))

    for asks, key in ASKED.items():
        written = for_terminal(german(asks))
        assert f"„{key}: " in written
        assert key not in marktexts.in_words(written, at_desk)
    assert marktexts.in_words("Ein eigener Satz.", at_desk) == "Ein eigener Satz."


def test_a_profile_that_cannot_be_read_is_told_by_its_file(desk: Desk) -> None:
    (desk.root / PROFILE).unlink()
    with pytest.raises(Refused) as refused:
        read_profile(Reader(desk.root), SLUG)
    (found,) = desk.shower.findings(refused.value.diagnostics)
    assert found["where"]
