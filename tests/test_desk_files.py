"""What the desk writes into a workspace's files: what a careful person would have written by hand."""

import base64
import difflib
import io
import json
import os
import re
import shutil
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PIL import Image

from careerprint import api
from careerprint.building.releases import FOLDER, MANIFEST
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Diagnostic, Location, Refused, for_terminal, warning
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.desk import (
    bringing,
    checking,
    example,
    fairgrid,
    fairprint,
    fairtables,
    handover,
    home,
    looks,
    place,
    profilepictures,
    releasing,
    translating,
    versions,
)
from careerprint.desk.desk import Desk
from careerprint.desk.fairedits import Edit
from careerprint.desk.forms import filled_forms
from careerprint.desk.secondtown import with_marks
from careerprint.desk.shown import Shower
from careerprint.exchange.files import WRITERS, read_delivery
from careerprint.exchange.units import Unit, for_translators
from careerprint.finished.readback import normalized, read_back
from careerprint.intake.starter import make_workspace
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import layout_names, read_layout
from careerprint.manuscripts.picturefiles import ASKS_CREDIT
from careerprint.profiles.content import Profile, body_blocks, read_profile
from careerprint.profiles.facts import Facts
from careerprint.profiles.marks import check_mark

from .cards import card_workspace, declare_flyers, ready_cards, with_picture
from .conftest import PROFILE, SLUG, Workspace
from .previewing import LONGEST
from .workspaces import make_ready_workspace

TOML = "careerprint.toml"
NOTHING_KEPT = {
    **dict.fromkeys(("place", "profile", "locale", "language"), ""),
    **{kind: {} for kind in ("printing", "names", "left", "seen")},
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk that is asked without a page; nothing is printed."""
    make_workspace(tmp_path / "workspace")
    root = tmp_path / "workspace"
    made = Desk(root, root / "out", Shower("de", str, root))
    made.refresh()
    return made


def changes(before: str, desk: Desk, name: str) -> list[str]:
    """Return the lines of a file that were taken away (-) or came (+)."""
    now = (desk.root / name).read_bytes().decode()
    found = difflib.ndiff(before.splitlines(), now.splitlines())
    return [line for line in found if line[0] in "+-"]


def text_of(desk: Desk, name: str) -> str:
    return (desk.root / name).read_bytes().decode()


def saved(desk: Desk, section: str, key: str, value: str | list[str]) -> dict[str, object]:
    return looks.save(desk, str(looks.looks(desk)["digest"]), section, key, value)  # type: ignore[arg-type]


def test_an_entry_of_the_configuration_is_changed_added_and_taken_out_alone(desk: Desk) -> None:
    before = text_of(desk, TOML)
    saved(desk, "issuer", "name", "Beratung am Fluss")
    assert changes(before, desk, TOML) == [
        '- name = "Ihre Beratungsstelle"',
        '+ name = "Beratung am Fluss"',
    ]
    saved(desk, "brand.colours", "primary", "#123A5C")
    assert '+ primary = "#123A5C"' in changes(before, desk, TOML)
    saved(desk, "brand.colours", "primary", "")
    saved(desk, "issuer", "name", "Ihre Beratungsstelle")
    assert changes(before, desk, TOML) == []


def formats_of(desk: Desk, layout: str) -> set[str]:
    """Return the formats in which a layout is printed, "" for its own."""
    return {edition.format for edition in desk.offering.declared if edition.layout == layout}


def test_a_layout_is_printed_in_the_formats_that_are_ticked_beside_it(desk: Desk) -> None:
    before = text_of(desk, TOML)
    saved(desk, "build.formats", "flyer", ["a4", "din-lang"])
    assert formats_of(desk, "flyer") == {"", "din-lang"}
    assert formats_of(desk, "brochure") == {""}
    assert "".join(changes(before, desk, TOML)).replace("+ ", "\n").strip() == (
        '[[build.include]]\nlayouts = ["flyer"]\nformats = ["din-lang"]'
    )
    saved(desk, "build.formats", "flyer", ["a5"])
    assert formats_of(desk, "flyer") == {"a5"}
    flyer: Any = next(e for e in looks.looks(desk)["layouts"] if e["name"] == "flyer")
    assert (flyer["formats"][0], flyer["printed"]) == (["a4", "A4"], ["a5"])
    told: Any = saved(desk, "build.formats", "flyer", [])
    assert "one format at least" in told["findings"][0]["message"]
    saved(desk, "build.formats", "flyer", ["a4"])
    assert changes(before, desk, TOML) == []


def test_formats_of_a_layout_that_is_no_longer_printed_go_and_what_others_wrote_stays(
    desk: Desk,
) -> None:
    by_hand = (
        '[[build.include]]\nlayouts = ["flyer"]\nformats = ["a5"]\nlocales = ["de"]\n\n[issuer]'
    )
    (desk.root / TOML).write_text(text_of(desk, TOML).replace("[issuer]", by_hand, 1), "utf-8")
    desk.refresh()
    before = text_of(desk, TOML)
    flyer: Any = next(e for e in looks.looks(desk)["layouts"] if e["name"] == "flyer")
    assert flyer["printed"] == ["a4", "a5"]
    saved(desk, "build.formats", "flyer", ["din-lang"])
    assert formats_of(desk, "flyer") == {"din-lang"}
    saved(desk, "build", "layouts", ["brochure"])
    saved(desk, "build", "layouts", ["brochure", "flyer"])
    assert changes(before, desk, TOML) == []


def test_what_the_order_says_is_entered_below_its_comments(desk: Desk) -> None:
    before = text_of(desk, TOML)
    saved(desk, "order", "contact", "Frau Yilmaz, 0561 786543")
    found: Any = looks.looks(desk)
    assert found["order"] == {
        "customer": "",
        "contact": "Frau Yilmaz, 0561 786543",
        "delivery": "",
    }
    assert changes(before, desk, TOML) == ['+ contact = "Frau Yilmaz, 0561 786543"']
    assert '# delivery = "…"\ncontact = "Frau Yilmaz' in text_of(desk, TOML)


def test_the_imprint_has_a_field_for_each_printed_language(desk: Desk) -> None:
    before = text_of(desk, TOML)
    saved(desk, "issuer.imprints", "tr", "Yayımlayan: danışma merkezimiz.")
    found: Any = looks.looks(desk)["imprints"]
    assert len(found) == 10
    assert [each["name"] for each in found if each["text"]] == ["tr"]
    told = Reader(desk.root)
    assert read_configuration(told).issuer.imprint_in("tr") == (
        "Yayımlayan: danışma merkezimiz.",
        "tr",
    )
    assert all(line[0] == "+" for line in changes(before, desk, TOML))
    saved(desk, "issuer.imprints", "tr", "")
    assert changes(before, desk, TOML) == []


def test_line_ends_and_the_byte_order_mark_stay(desk: Desk) -> None:
    file = desk.root / TOML
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    saved(desk, "issuer", "phone", "0561 786543")
    saved(desk, "order", "delivery", "Rathaus, Obere Königsstraße 8, 34117 Kassel")
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf#")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b'phone = "0561 786543"\r\n' in content
    assert 'delivery = "Rathaus, Obere Königsstraße 8, 34117 Kassel"\r\n'.encode() in content


@pytest.mark.parametrize(
    ("section", "key", "value", "told"),
    [
        ("brand.colours", "primary", "#EEEEEE", "contrast"),
        ("issuer", "url", "keine Adresse", "web address"),
        ("build", "layouts", [], "Layouts"),
        ("issuer", "phone", "n.n.", "“Telephone” does not hold a telephone number"),
        ("issuer", "phone", "786543", "neither with 0 nor with +"),
        ("issuer", "email", "berufsberatung.example.org", "“E-mail” does not hold an e-mail"),
    ],
)
def test_what_cannot_be_is_told_and_not_written(
    desk: Desk, section: str, key: str, value: str | list[str], told: str
) -> None:
    before = text_of(desk, TOML)
    answer: Any = saved(desk, section, key, value)
    finding = answer["findings"][0]
    assert told in f"{finding['message']} {finding['hint']}"
    assert changes(before, desk, TOML) == []


def test_a_file_that_changed_meanwhile_is_not_written_over(desk: Desk) -> None:
    read = str(looks.looks(desk)["digest"])
    (desk.root / TOML).write_text(text_of(desk, TOML).replace("40", "39"), "utf-8")
    before = text_of(desk, TOML)
    assert looks.save(desk, read, "issuer", "name", "Anders")["conflict"] is True
    table = fairgrid.grid(desk)
    csv = desk.root / "content" / "fairs.csv"
    csv.write_bytes(csv.read_bytes() + b"\r\n")
    edit = Edit(row=2, column=1, text="Anders")
    assert fairgrid.save(desk, table["digest"], [edit])["conflict"] is True
    assert changes(before, desk, TOML) == []


def picture(size: tuple[int, int] = (1600, 1000)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (60, 120, 80)).save(made, "JPEG")
    return made.getvalue()


def put(desk: Desk, use: str, entries: dict[str, str]) -> None:
    digest = str(profilepictures.pictures(desk, SLUG)["digest"])
    profilepictures.put_picture(desk, SLUG, digest, use, entries)


def test_a_picture_takes_the_place_of_a_drawing_and_gives_it_back(desk: Desk) -> None:
    before = text_of(desk, PROFILE)
    file = profilepictures.bring_picture(desk, picture(), SLUG, "Der Garten.jpg")["file"]
    entries = {"file": file, "alt": "Ein Garten", "focus": "40% 30%", "credit": "Musterfoto"}
    put(desk, "cover", entries)
    assert changes(before, desk, PROFILE) == [
        "+ pictures:",
        "+   cover:",
        f"+     file: {file}",
        "+     alt: Ein Garten",
        "+     focus: 40% 30%",
        "+     credit: Musterfoto",
    ]
    lines = text_of(desk, PROFILE).split("\n")
    assert lines.index("pictures:") > lines.index("art:")
    section = str(profilepictures.pictures(desk, SLUG)["places"][-1]["use"])
    put(desk, section, entries)
    assert f"+     {section}:" in changes(before, desk, PROFILE)
    put(desk, section, {})
    put(desk, "cover", {})
    assert changes(before, desk, PROFILE) == []


def test_a_picture_without_words_for_those_who_do_not_see_it_is_refused(desk: Desk) -> None:
    before = text_of(desk, PROFILE)
    file = profilepictures.bring_picture(desk, picture(), SLUG, "bild.jpg")["file"]
    with pytest.raises(Refused, match="alt"):
        put(desk, "flyer", {"file": file, "alt": ""})
    assert changes(before, desk, PROFILE) == []


def test_what_was_brought_makes_a_profile_once_and_its_file_is_kept(desk: Desk) -> None:
    content = "Gärtner\n\nGärtner pflegen Gärten und Parks in der Stadt.\n".encode()
    found = bringing.tried(desk, content, "C:\\fakepath\\Gärtner.txt")
    assert found["slug"] == "gaertner"
    bringing.made(desk, content, "Gärtner.txt", "gaertner", "health", "")
    assert "  field: health" in text_of(desk, "content/gaertner/profile.md").split("\n")
    assert (desk.root / ".history/gaertner/original.txt").read_bytes() == content
    assert bringing.original(desk, "gaertner")["paragraphs"]
    with pytest.raises(Refused, match=r"profile called “gaertner” already.*gaertner-2"):
        bringing.made(desk, content, "Gärtner.txt", "gaertner", "", "")
    assert bringing.tried(desk, content, "Gärtner.txt")["slug"] == "gaertner-2"


def test_any_town_can_be_typed_and_without_a_drawing_a_neutral_one_is_printed(desk: Desk) -> None:
    content = "Gärtner\n\nGärtner pflegen Gärten und Parks in der Stadt.\n".encode()
    bringing.made(desk, content, "text.txt", "gaertner", "gardening", "Kassel: Süd")
    assert 'town: "Kassel: Süd"' in text_of(desk, "content/gaertner/profile.md").replace("'", '"')
    job = compose(Edition("gaertner", "flyer", "de"), Reader(desk.root))
    assert "layouts/base/art/towns/neutral.svg" in job.bundle


def test_whatever_a_counselor_calls_a_profile_becomes_its_name(desk: Desk) -> None:
    content = "Tischlerin\n\nTischlerinnen bauen Möbel in der Werkstatt.\n".encode()
    made = bringing.made(desk, content, "T.txt", "Tischlerin Kassel!", "", "")
    assert made == {"slug": "tischlerin-kassel"}
    assert bringing.begun(desk, "Gärtner/in in Kassel") == {"slug": "gaertner-kassel", "marks": 0}
    assert 'title: "Gärtner/in in Kassel"\n' in text_of(desk, "content/gaertner-kassel/profile.md")


def body_of(profile: Profile) -> list[str]:
    return [str(text) for _, text in body_blocks(profile.opening, profile.sections)]


def test_a_begun_profile_asks_for_what_is_needed_in_no_words_of_files(desk: Desk) -> None:
    bringing.begun(desk, "Pflegefachkraft in Kassel")
    profile = read_profile(Reader(desk.root), "pflegefachkraft-kassel")
    assert profile.front.facts == Facts()
    assert profile.front.art.field == "health"
    asked = " ".join(body_of(profile))
    assert "[Hier steht, was man in diesem Beruf tut:" in asked
    for foreign in ("Raute", "Klammer", "Zeile", "Strich", "oben", "everyday", "{"):
        assert foreign not in asked


def test_a_second_town_begins_with_a_copy_that_nobody_has_approved(desk: Desk) -> None:
    units: Any = translating.translations(desk, "en", SLUG)["units"]
    keys = [[each["domain"], each["original"]] for each in units]
    assert translating.approved(desk, "en", SLUG, "Team", keys)["approved"] > 60
    slug = bringing.begun(desk, "Kundendienst in Hagen", SLUG)["slug"]
    before, after = (read_profile(Reader(desk.root), each) for each in (SLUG, slug))
    assert (body_of(after), after.front.facts) == (body_of(before), before.front.facts)
    assert after.front.title == "Kundendienst in Hagen"
    assert (after.front.art.field, after.front.art.town) == ("customer-service", None)
    told: Any = translating.translations(desk, "en", slug)["units"]
    assert {each["state"] for each in told} == {"stale", "waiting"}


def test_where_a_copy_still_has_the_others_town_is_to_be_checked(desk: Desk) -> None:
    file = desk.root / f"content/{SLUG}/profile.md"
    text = file.read_text("utf-8").replace("    - Telefon\n", "    - Dortmunder Hotline\n")
    text = text.replace("    Im Kundendienst helfen", "    In Dortmunds Firmen helfen")
    file.write_text(text, "utf-8")
    (file.parent / "profile.de-simple.md").write_text("---\n---\nIn Dortmund.\n", "utf-8")
    made = bringing.begun(desk, "Kundendienst in Hagen", SLUG)
    desk.shower = Shower("de", translator("de"), desk.root)
    shown = checking.proposals(desk, made["slug"])
    told = [each["told"] for each in shown["proposals"]]
    assert made["marks"] == len(told) > 5
    assert all("Dortmund" in each for each in told)
    assert sum("Dortmunder" in each for each in told) >= 1
    entries = [entry["value"] for each in shown["proposals"] for entry in each["entries"]]
    assert "Dortmunder Hotline" in entries
    assert any(str(each).startswith("In Dortmunds Firmen helfen") for each in entries)
    assert "Leichte Sprache" in told[-1]
    body = "\n".join(body_of(read_profile(Reader(desk.root), made["slug"])))
    places = sum("Dortmund" in block for block in body.split("\n"))
    assert sum("Kopie ist: „" in each for each in told) == places
    # A copy for the same town has nothing of another.
    assert bringing.begun(desk, "Verkauf in Dortmund", SLUG)["marks"] == 0


@pytest.mark.parametrize(
    ("town", "found", "other"),
    [
        ("Rostock", ["Rostocker", "Rostocks", "Rostock-Warnemünde"], ["Rostock1"]),
        ("Bremen", ["Bremer", "bremen"], ["Bremse"]),
        ("Dresden", ["Dresdner"], []),
        ("München", ["Münchner", "Münchener"], ["Mönche"]),
        ("Halle (Saale)", ["Hallenser", "Hallesche"], ["Hallen"]),
        ("Hannover", ["Hannoveraner", "Hannoversche"], []),
        ("Frankfurt am Main", ["Frankfurter"], []),
        ("Köln", ["Kölnische", "koeln"], []),
    ],
)
def test_a_town_is_known_in_all_its_forms(town: str, found: list[str], other: list[str]) -> None:
    for word in [*found, *other]:
        text = f"---\ntitle: Wer\n---\nWer {word} sieht\n"
        if word.islower():
            text = f"---\nurl: https://www.{word}.example.org\n---\nText\n"
        assert ("PRÜFEN" in with_marks(text, town, {})) == (word in found), word


def test_a_title_that_is_there_already_is_told_as_it_was_typed(desk: Desk) -> None:
    bringing.begun(desk, "Gärtner in Kassel")
    with pytest.raises(Refused, match="title “Gärtner in Kassel” already"):
        bringing.begun(desk, "Gärtner in Kassel")
    # Another title that comes to the same name for short is no reason to refuse it.
    assert bringing.begun(desk, "Gärtner/in in Kassel")["slug"] == "gaertner-kassel-2"


PLACES = """\
Gärtner

Gärtner pflegen Gärten und Parks in der Stadt. Sie arbeiten vor allem in Parks, in Gärten, auf \
Friedhöfen und in Gewächshäusern.

Verdienst

Nach der Ausbildung verdienen Gärtner zwischen 2.700 und 2.900 Euro im Monat.
"""


def proposed(shown: dict[str, Any], fact: str) -> dict[str, Any]:
    return next(p for p in shown["proposals"] if p["fact"] == fact and p["entries"])


def checked(desk: Desk, language: str = "de") -> dict[str, Any]:
    """Bring a text with pay and places in, and return what is to be checked of it."""
    desk.shower = Shower(language, translator(language), desk.root)
    bringing.made(desk, PLACES.encode(), "Gärtner.txt", "gaertner", "agriculture", "")
    return checking.proposals(desk, "gaertner")


def settle(desk: Desk, shown: dict[str, Any], line: int, values: dict[str, str]) -> dict[str, Any]:
    return checking.settled(desk, "gaertner", shown["digest"], line, "correct", values)


def test_what_is_wrong_in_a_correction_is_told_at_its_field_and_nothing_is_saved(
    desk: Desk,
) -> None:
    shown = checked(desk)
    pay = proposed(shown, "pay")
    before = text_of(desk, "content/gaertner/profile.md")
    made = settle(desk, shown, pay["line"], {"0.label": "", "0.min": "ca. 2.500 brutto"})
    assert set(made["faults"]) == {"0.label", "0.min"}
    assert made["faults"]["0.min"].startswith("„Von (Euro)“ ist „ca. 2.500 brutto“")
    assert text_of(desk, "content/gaertner/profile.md") == before
    places = proposed(shown, "places")
    values = {"places.0": "", "places.1": "Gärten", "places.2": "Friedhöfe", "places.3": "Dach"}
    left = settle(desk, shown, places["line"], values)
    assert not any(p["fact"] == "places" for p in left["proposals"])
    assert "  places:\n    - Gärten\n    - Friedhöfe\n    - Dach\n" in left["text"]


def test_a_placeholder_that_no_proposal_is_about_is_still_said_to_be_open(desk: Desk) -> None:
    before = checked(desk)["open"]
    file = desk.root / "content/gaertner/profile.md"
    more = "\n![[Was auf dem Bild zu sehen ist]](bild.jpg) und [ein Link](https://rat.internal/)\n"
    more += "\nBelegt ist das.\\[1\\] Und das.\\[2, 3\\] So \\[…\\] steht es dort.\n"
    file.write_text(f"{file.read_text('utf-8')}{more}", "utf-8")
    after = checking.proposals(desk, "gaertner")["open"]
    assert [each for each in after if each not in before] == ["[Was auf dem Bild zu sehen ist]"]


def test_a_step_is_done_only_on_the_text_that_was_seen(desk: Desk) -> None:
    shown = checked(desk)
    line = proposed(shown, "places")["line"]
    file = desk.root / "content/gaertner/profile.md"
    file.write_text(f"{file.read_text('utf-8')}\nEin Satz von anderswo.\n", "utf-8")
    stale = checking.settled(desk, "gaertner", shown["digest"], line, "drop")
    assert (stale["done"], "  places:" in stale["text"]) == (False, True)
    fresh = checking.settled(desk, "gaertner", stale["digest"], line, "drop")
    assert (fresh["done"], "  places:" in fresh["text"]) == (True, False)
    assert "Ein Satz von anderswo." in fresh["text"]


def test_cards_say_what_the_forms_say(desk: Desk) -> None:
    shown = checked(desk)
    (art,) = (p for p in shown["proposals"] if p["title"] == "Zeichnungen")
    told = [(entry["title"], entry["told"]) for entry in art["entries"]]
    assert told == [
        ("Berufsfeld", "Landwirtschaft, Natur, Umwelt"),
        ("Stadt", "Neutrale Zeichnungen"),
    ]
    pay = proposed(shown, "pay")
    assert [entry["title"] for entry in pay["entries"]] == ["Stufe", "Von (Euro)", "Bis (Euro)"]
    shown = settle(desk, shown, art["line"], {"art.field": "health", "art.town": "dortmund"})
    assert "art:\n  field: health\n  town: dortmund\n" in shown["text"]


def test_the_drawing_of_a_field_is_shown_in_the_colours_of_the_workspace(desk: Desk) -> None:
    found = profilepictures.drawing_file(desk, "wood")
    assert found
    assert (found.kind, b"var(" in found.content, b"#0F4C5C" in found.content) == (
        "image/svg+xml",
        False,
        True,
    )
    neutral, none = (profilepictures.drawing_file(desk, each) for each in ("", "../towns"))
    assert (neutral and neutral.name, none) == ("neutral.svg", None)
    file = desk.root / "careerprint.toml"
    brand = file.read_text("utf-8").replace("# primary = ", "primary = ")
    file.write_text(brand, "utf-8")
    own = profilepictures.drawing_file(desk, "wood")
    assert own
    assert b"#7A1F3D" in own.content


LISTED = """\

## Das verdienen Sie

Danach (brutto im Monat):

- Berufseinstieg: 2.400 bis 2.700 Euro
- Mit Erfahrung: 2.800 bis 3.200 Euro

## Was Sie mitbringen

- Belastbarkeit
- Teamgeist
- Geduld

## Und dann

- Kochmütze waschen
- Teamgeist

## So geht es weiter

1. Termin vereinbaren
2. Bewerbung schreiben
"""


def test_boxes_stand_in_place_of_lists_where_somebody_says_so(desk: Desk) -> None:
    text = f"# Koch\n\n## Aufgaben\n\nKöche bereiten Speisen zu und planen Menüs.\n{LISTED}"
    desk.shower = Shower("de", translator("de"), desk.root)
    bringing.made(desk, text.encode(), "Koch.md", "koch", "services", "")
    shown = checking.proposals(desk, "koch")
    (card,) = (p for p in shown["proposals"] if p["lists"])
    before = shown["text"].rpartition("\n---\n")[2]
    assert all(words in before for words in ("Berufseinstieg", "Belastbarkeit", "Termin"))
    done = checking.settled(desk, "koch", shown["digest"], card["line"], "drop")
    after = done["text"].rpartition("\n---\n")[2]
    gone = ("Danach", "Berufseinstieg", "Mit Erfahrung", "Belastbarkeit", "Geduld")
    assert not [words for words in gone if words in after]
    assert "- Kochmütze waschen\n- Teamgeist\n" in after, "it says something else"
    assert "1. Termin vereinbaren" in after, "its box stands at another section"
    assert not [p for p in done["proposals"] if p["lists"]]
    html = compose(Edition("koch", "brochure", "de"), Reader(desk.root)).html
    assert "Was Sie verdienen können</h3>" in html
    assert html.count("Belastbarkeit") == 1


def empty_one(shown: dict[str, Any]) -> dict[str, Any]:
    return next(p for p in shown["proposals"] if "neugierig" in p["unfilled"])


def test_what_holds_a_placeholder_is_accepted_only_once_it_is_filled_in(desk: Desk) -> None:
    shown = checked(desk)
    file = desk.root / "content/gaertner/profile.md"
    text = file.read_text("utf-8")
    empty = 'teaser: "[Ein Satz, der neugierig macht]"\n'
    file.write_text(re.sub(r"(?m)^teaser:.*\n(?:  .*\n)*", empty, text), "utf-8")
    shown = checking.proposals(desk, "gaertner")
    card = empty_one(shown)
    assert card["unfilled"].startswith("„[Ein Satz, der neugierig macht]“ ist ein Platzhalter.")
    left = checking.all_accepted(desk, "gaertner", shown["digest"])
    assert all(p["unfilled"] or p["asks"] for p in left["proposals"] if p["kind"] != "proposal")
    card = empty_one(left)
    refused = checking.settled(desk, "gaertner", left["digest"], card["line"], "accept")
    assert set(refused["faults"]) == {"teaser"}
    done = settle(desk, left, card["line"], {"teaser": "Gärten leben."})
    assert "teaser: Gärten leben.\n" in done["text"]


def test_cards_with_the_same_words_are_told_apart_by_what_they_are_about(desk: Desk) -> None:
    asked = "- Hauptschulabschluss\n- Sorgfalt\n- Geduld\n- Kraft\n"
    text = f"{PLACES}\nVoraussetzungen\n\n{asked}"
    desk.shower = Shower("de", translator("de"), desk.root)
    bringing.made(desk, text.encode(), "Gärtner.txt", "gaertner", "agriculture", "")
    shown = checking.proposals(desk, "gaertner")
    cards = [p for p in shown["proposals"] if "Voraussetzungen" in p["told"]]
    assert len({p["told"] for p in cards}) == 1
    assert [p["place"] for p in cards] == ["facts.requirements", "facts.skills"]


def test_a_contact_in_the_text_leads_to_where_the_office_is_entered(desk: Desk) -> None:
    text = f"{PLACES}\nKontakt: Beratung Kassel, Tel. 0561 7010\n"
    desk.shower = Shower("de", translator("de"), desk.root)
    bringing.made(desk, text.encode(), "Gärtner.txt", "gaertner", "agriculture", "")
    shown = checking.proposals(desk, "gaertner")
    (contact,) = (p for p in shown["proposals"] if "Tel. 0561 7010" in p["told"])
    assert (contact["kind"], contact["leads"]) == ("remark", "#/look/issuer.name")
    assert "0561" not in shown["text"].rpartition("\n---\n")[2]
    assert "careerprint.toml" not in contact["told"]


def test_what_was_brought_is_shown_as_it_reads(desk: Desk) -> None:
    text = "# Gärtnerin in Kassel\n\nEs dauert **drei Jahre**, oft.\n\n| Ort | Zahl |\n|---|---|\n| Kassel | 23 |\n"
    found = bringing.tried(desk, text.encode(), "g.md")
    assert (found["slug"], found["town"]) == ("gaertnerin-kassel", "Kassel")
    _, running, table = bringing.tried(desk, text.encode(), "g.md")["paragraphs"]
    assert running["bold"] == ["drei Jahre"]
    assert table["cells"] == (("Ort", "Zahl"), ("Kassel", "23"))


def test_a_picture_that_came_with_the_text_is_shown_small_beside_it(desk: Desk) -> None:
    address = f"data:image/png;base64,{base64.b64encode(picture()).decode()}"
    page = f"<h1>Gärtner</h1><p>Ein Satz.</p><img src='{address}' alt='Beet'><p>Noch einer.</p>"
    content = f"<html><meta charset=utf-8><body>{page}</body></html>".encode()
    found = bringing.tried(desk, content, "g.html")
    (shown,) = (p["picture"] for p in found["paragraphs"] if p["kind"] == "picture")
    with Image.open(io.BytesIO(base64.b64decode(shown["content"]))) as small:
        assert max(small.size) <= 480


def test_a_drawing_of_the_text_is_shown_as_it_is_and_one_of_office_is_named(desk: Desk) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="80mm" height="50mm"><path d="M0 0h9"/></svg>'
    emf = b"\1\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60
    kinds = (("svg+xml", svg), ("x-emf", emf))
    data = [f"data:image/{kind};base64,{base64.b64encode(file).decode()}" for kind, file in kinds]
    images = "".join(f"<img src='{address}' alt='Plan'>" for address in data)
    page = f"<meta charset=utf-8><h1>Gärtner</h1><p>Ein Satz.</p>{images}<p>Noch einer.</p>"
    found = bringing.tried(desk, f"<html>{page}</html>".encode(), "g.html")
    (shown,) = (p["picture"] for p in found["paragraphs"] if p["kind"] == "picture")
    assert shown["kind"] == "image/svg+xml"
    assert base64.b64decode(shown["content"]) == svg
    assert "drawing of Word or Excel" in " ".join(found["notes"])


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "con", "a" * 400, "x\0y.html"])
def test_whatever_a_file_is_called_it_is_read_and_nothing_else(
    desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.root)
    (desk.root / "bild.jpg").write_bytes(picture())
    page = b"<html><body><h1>Titel</h1><p>Ein Satz.</p><img src='bild.jpg' alt='B'></body></html>"
    found = bringing.tried(desk, page, name or "seite.html")
    assert "Titel" in found["text"]
    assert "![" not in found["text"]


def test_home_says_how_everything_stands(desk: Desk) -> None:
    shown = home.home(desk)
    (profile,) = shown["profiles"]
    assert (profile["slug"], profile["state"]) == (SLUG, "unknown")
    assert shown["fairs"]["table"] == "content/fairs.csv"
    assert {row["locale"] for row in home.languages(desk)} > {"ar", "en", "tr", "uk"}


def test_the_example_is_called_one_and_put_away_with_its_fairs(desk: Desk) -> None:
    (profile,), fairs = home.home(desk)["profiles"], home.home(desk)["fairs"]
    assert profile["isExample"]
    assert (fairs["count"], fairs["examples"], fairs["next"]) == (0, 8, None)
    assert fairgrid.grid(desk)["examples"] == 8
    example.put_away(desk)
    assert (home.home(desk)["profiles"], home.home(desk)["fairs"]) == ([], None)
    kept = {file.name for file in (desk.root / ".history" / "example").rglob("*")}
    assert {"profile.md", "fairs.csv", "tr.po"} <= kept


def test_a_profile_goes_into_the_history_with_its_earlier_versions(desk: Desk) -> None:
    slug = bringing.begun(desk, "Gärtner in Kassel")["slug"]
    bringing.made(desk, b"# Maurer\n\nMaurer mauern.\n", "maurer.md", "maurer", "", "")
    example.remove(desk, "../content")
    example.remove(desk, "maurer")
    assert [each["slug"] for each in home.home(desk)["profiles"]] == [SLUG, slug]
    assert not (desk.root / ".history" / "maurer").exists()
    (folder,) = (desk.root / ".history" / "removed").iterdir()
    kept = folder / "maurer"
    assert (kept / "profile.md").is_file()
    assert (folder / "maurer-history" / "original.md").is_file()


def test_what_was_removed_comes_back_with_its_earlier_versions(desk: Desk) -> None:
    text = b"# Maurer in Kassel\n\nMaurer mauern.\n"
    bringing.made(desk, text, "maurer.md", "maurer", "", "")
    table = text_of(desk, "content/fairs.csv")
    example.put_away(desk)
    example.remove(desk, "maurer")
    bringing.made(desk, text, "maurer.md", "maurer", "", "")
    shown = example.removed(desk)
    assert shown[0]["titles"] == ["Maurer in Kassel"]
    assert ["Kundendienst in Dortmund", "Flyers for job fairs"] in [e["titles"] for e in shown]
    assert str(datetime.now().astimezone().year) in shown[0]["when"]
    assert example.bring_back(desk, "removed/../../content") == {}
    for each in shown:
        example.bring_back(desk, each["name"])
    assert {each["slug"] for each in home.home(desk)["profiles"]} == {SLUG, "maurer", "maurer-2"}
    assert text_of(desk, "content/fairs.csv") == table
    assert bringing.original(desk, "maurer-2")["paragraphs"]
    assert example.removed(desk) == []


def test_what_the_user_made_of_the_example_is_the_users(desk: Desk) -> None:
    file = desk.root / PROFILE
    lines = file.read_text("utf-8").split("\n")
    changed = [
        f"{line} Neu." if line[:1].isalpha() or line[:4] == "    " else line for line in lines
    ]
    table = desk.root / "content/fairs.csv"
    table.write_text(
        table.read_text("utf-8").replace("Jobtag Musterhausen", "Jobtag Kassel"), "utf-8"
    )
    file.write_text("\n".join(changed), "utf-8")
    desk.refresh()
    assert not example.is_example_profile(desk, SLUG)
    fairs = home.home(desk)["fairs"]
    assert (fairs["count"], fairs["next"]["fair"]) == (1, "Jobtag Kassel")
    example.put_away(desk)
    assert file.is_file()
    assert table.is_file()


def test_the_desk_opens_where_it_was_left_with_what_was_chosen_there(desk: Desk) -> None:
    assert place.place(desk) == NOTHING_KEPT
    place.place(desk, f"#/write/{SLUG}/facts")
    place.place(desk, "#/fairs", {"locale": "uk", "combined": True})
    place.place(desk, names={"approves": "Team"})
    place.place(desk, names={"releases": "Leitung"})
    place.place(desk, left={SLUG: {"locales": ["tr"]}})
    place.place(desk, left={"fairs": {"locales": ["uk"]}})
    place.place(desk, seen={SLUG: ["Im Text steht „2.900 Euro“."]})
    kept = place.place(desk)
    assert kept == {
        "place": "#/fairs",
        "profile": SLUG,
        "locale": "",
        "language": "",
        "printing": {"locale": "uk", "combined": True},
        "names": {"approves": "Team", "releases": "Leitung"},
        "left": {SLUG: {"locales": ["tr"]}, "fairs": {"locales": ["uk"]}},
        "seen": {SLUG: ["Im Text steht „2.900 Euro“."]},
    }
    assert place.place(desk, "javascript:alert(1)") == kept
    assert place.place(desk, "#/write/../..")["profile"] == SLUG
    for spoilt in (
        b"[]",
        b"{",
        b'{"place": 3, "printing": []}',
        b'{"place": "https://example.org"}',
    ):
        (desk.root / ".history" / "place.json").write_bytes(spoilt)
        assert place.place(desk) == NOTHING_KEPT


def test_a_heading_that_nobody_knows_is_asked_for_once(desk: Desk) -> None:
    rows = "Wann;Dingsda;Wo\n12.03.2027;Jobmesse;Kassel\n"
    found = fairtables.bring(desk, rows.encode(), "messen.csv")
    (question,) = found["missing"]
    assert (question["column"], question["headings"]) == ("fair", ["Dingsda"])
    now = fairgrid.map_column(desk, "Dingsda", "fair")
    assert now["missing"] == []
    assert now["rows"][0]["fair"]
    assert text_of(desk, "content/fairs.csv") == rows
    assert 'Dingsda = "Messe"' in text_of(desk, TOML)


def test_languages_of_flyers_are_those_of_the_workspace_and_then_others_by_name(desk: Desk) -> None:
    own = read_configuration(Reader(desk.root)).build.locales
    offered = fairgrid.grid(desk)["locales"]
    assert tuple(tag for tag, _ in offered[: len(own)]) == own
    others = [name for _, name in offered[len(own) :]]
    assert len(others) > 1
    assert others == sorted(others)


def test_of_each_column_that_is_not_read_can_be_said_what_it_is(desk: Desk) -> None:
    rows = "Wann;Messe;Wo genau;Platzierung;Leer;Kosten\n12.03.2027;Jobmesse;Rathaus;C 4;;9\n"
    found = fairtables.bring(desk, rows.encode(), "messen.csv")
    assert found["meanings"][2] == "venue"
    assert found["unread"] == ["Platzierung"], (
        "what is empty or known to be the user's is not asked"
    )
    assert ["stand", "Stand"] in found["columns"]
    now = fairgrid.map_column(desk, "Platzierung", "stand")
    assert (now["unread"], now["meanings"][3]) == ([], "stand")


def test_of_every_column_can_be_said_what_it_is_or_that_it_is_not_read(desk: Desk) -> None:
    rows = "Wann;Messe;Ort;Stadt;Deutsch;Englisch\n12.03.2027;Jobmesse;Rathaus;Hamm;20;10\n"
    found = fairtables.bring(desk, rows.encode(), "messen.csv")
    assert found["meanings"] == ["start", "fair", "venue", "city", "language", "language"]
    now = fairgrid.map_column(desk, "Ort", "city")
    assert (now["meanings"][2:4], now["unread"]) == (["city", ""], ["Stadt"])
    assert now["rows"][0]["fair"], "the other column of that meaning is told and not read"
    now = fairgrid.map_column(desk, "Stadt", "city")
    assert now["meanings"][2:4] == ["venue", "city"], "what was said of the former is given up"
    now = fairgrid.map_column(desk, "Deutsch", "none")
    assert now["meanings"][4:] == ["none", ""], "one language alone may head something else"
    assert fairgrid.map_column(desk, "Deutsch", "language")["meanings"][4:] == ["language"] * 2
    now = fairgrid.map_column(desk, "Messe", "none")
    (asked,) = now["missing"]
    assert (asked["column"], asked["headings"]) == ("fair", ["Messe"])
    assert text_of(desk, "content/fairs.csv") == rows


def test_languages_without_a_number_are_asked_about_by_their_names(desk: Desk) -> None:
    rows = "Wann;Messe;Stück;Sprachen\n12.03.2027;Jobmesse;50 deutsch;de, tr\n"
    found = fairtables.bring(desk, rows.encode(), "messen.csv")
    (told,) = found["rows"][0]["findings"]
    assert (told["column"], told["proposals"]) == ("Stück", ["50 deutsch, 0 tr"])
    assert told["message"] == "No number of copies is said for: Türkisch."


def test_what_stands_in_another_column_than_it_should_can_be_put_there(desk: Desk) -> None:
    rows = "Wann;Messe;Internet\n12.03.2027;Jobmesse;info@example.org\n"
    found = fairtables.bring(desk, rows.encode(), "messen.csv")
    (told,) = found["rows"][0]["findings"]
    assert (told["column"], told["belongs"]) == ("Internet", "email")
    assert (told["moved"], told["left"]) == ("info@example.org", "")
    rows = "Wann;Messe;Ansprechpartner\n12.03.2027;Jobmesse;Frau Muster (Tel. 030 23125 014)\n"
    (told,) = fairtables.bring(desk, rows.encode(), "messen.csv")["rows"][0]["findings"]
    assert (told["severity"], told["belongs"]) == ("warning", "phone")
    assert (told["moved"], told["left"]) == ("030 23125 014", "Frau Muster")
    assert "Muster" not in told["message"] + told["hint"]


def test_sheets_are_one_season_and_what_is_typed_goes_into_the_sheet_of_its_row(desk: Desk) -> None:
    book = Workbook()
    spring, autumn = book.worksheets[0], book.create_sheet("Herbst")
    spring.title = "Frühjahr"
    for row in (
        ("Kennung", "Wann", "Messe"),
        (1, "12.03.2027", "Jobtag"),
        (2, "13.03.2027", "Markt"),
    ):
        spring.append(row)
    spring.row_dimensions[3].hidden = True
    for other in (("Messe", "Termin", "Stand", "Kennung"), ("Börse", "12.09.2027", "B 9", 1)):
        autumn.append(other)
    book.create_sheet("Notizen").append(["nur für uns"])
    made = io.BytesIO()
    book.save(made)
    found = fairtables.bring(desk, made.getvalue(), "messen.xlsx")
    assert found["read"] == [*found["sheets"]] == ["Frühjahr", "Herbst"]
    assert (found["others"], found["isChosen"]) == (("Notizen",), False)
    assert found["next"] == {"Frühjahr": 4, "Herbst": 3}, "below what is hidden"
    assert found["headings"] == ("Kennung", "Wann", "Messe", "Stand")
    assert [(row["sheet"], row["row"], *row["cells"], row["fair"]) for row in found["rows"]] == [
        ("Frühjahr", 2, "1", "12.03.2027", "Jobtag", "", "fruehjahr-1"),
        ("Herbst", 2, "1", "12.09.2027", "Börse", "B 9", "herbst-1"),
    ]
    edits = [
        Edit(sheet="Herbst", row=2, column=1, text="13.09.2027"),
        Edit(sheet="Herbst", row=3, column=2, text="Schau"),
        Edit(sheet="Herbst", row=3, column=1, text="im Mai"),
        Edit(sheet="Frühjahr", row=2, column=3, text="A 1"),
        Edit(sheet="Frühjahr", row=2, column=4, text="wichtig"),
        Edit(sheet="Herbst", row=2, column=4, text=""),
        Edit(row=0, column=4, text="Vermerk"),
    ]
    now = fairgrid.save(desk, found["digest"], edits)
    assert now["headings"] == ("Kennung", "Wann", "Messe", "Stand", "Vermerk")
    kept = load_workbook(desk.root / "content" / "fairs.xlsx")
    assert [[[c.value for c in row] for row in sheet.iter_rows()] for sheet in kept.worksheets] == [
        [
            ["Kennung", "Wann", "Messe", "Stand", "Vermerk"],
            [1, "12.03.2027", "Jobtag", "A 1", "wichtig"],
            [2, "13.03.2027", "Markt", None, None],
        ],
        [
            ["Messe", "Termin", "Stand", "Kennung"],
            ["Börse", "13.09.2027", "B 9", 1],
            ["Schau", "im Mai", None, None],
        ],
        [["nur für uns"]],
    ]
    (told,) = [row["findings"] for row in now["rows"] if row["cells"][2] == "Schau"]
    assert (told[0]["sheet"], told[0]["column"]) == ("Herbst", "Wann"), "as the grid heads it"
    undone = [Edit(row=0, column=4, text="Bemerkung")]
    now = fairgrid.save(desk, now["digest"], undone)
    assert now["headings"][4] == "Bemerkung"
    alone = fairgrid.choose_sheets(desk, ["Herbst"])
    assert (alone["read"], alone["isChosen"], alone["next"]) == (["Herbst"], True, {"": 4})
    assert 'sheet = "Herbst"' in text_of(desk, TOML)
    assert (alone["rows"][0]["sheet"], alone["rows"][0]["fair"]) == ("", "messe-1"), "as ever"
    assert [*desk.offering.fairs] == ["messe-1"]
    edits = [Edit(row=2, column=0, text="Basar")]
    assert fairgrid.save(desk, now["digest"], edits)["conflict"], "it is of other sheets"
    assert fairgrid.save(desk, alone["digest"], edits)["rows"][0]["cells"][0] == "Basar"
    assert not fairgrid.choose_sheets(desk, ["Frühjahr", "Herbst"])["isChosen"], "these are all"
    assert 'sheet = ["Frühjahr", "Herbst"]' in text_of(desk, TOML)
    assert fairgrid.choose_sheets(desk, [])["read"] == ["Frühjahr", "Herbst"]
    assert "sheet =" not in text_of(desk, TOML)


def test_a_sheet_that_is_left_out_is_read_once_its_headings_are_explained(desk: Desk) -> None:
    book = Workbook()
    book.worksheets[0].title = "Mai"
    for sheet, head in ((book["Mai"], "Beginn"), (book.create_sheet("Juni"), "T1")):
        sheet.append(["Messe", "Stadt", head])
        sheet.append([f"Messe im {sheet.title}", "Hamm", "12.03.2099"])
    july = book.create_sheet("Juli")
    july.append(["Messe", "Ort", "T2", "Stadt"])
    july.append(["Messe im Juli", "Rathaus", "12.04.2099", "Unna"])
    made = io.BytesIO()
    book.save(made)
    found = fairtables.bring(desk, made.getvalue(), "messen.xlsx")
    assert (found["read"], found["isChosen"]) == (["Mai"], False)
    left_out = [note["message"] for note in found["notes"]]
    assert [message.split("“")[1].split("”")[0] for message in left_out] == ["Juni", "Juli"]
    for sheet, head in (("Juni", "T1"), ("Juli", "T2")):
        (asked,) = fairgrid.choose_sheets(desk, [sheet])["missing"]
        assert (asked["column"], asked["headings"][-1]) == ("start", head)
        assert fairgrid.map_column(desk, head, "start")["missing"] == []
    now = fairgrid.choose_sheets(desk, [])
    assert now["read"] == ["Mai", "Juni", "Juli"], "what one sheet means takes nothing from another"
    assert now["headings"] == ("Messe", "Stadt", "Beginn", "Veranstaltungsort")
    assert now["rows"][2]["cells"] == ["Messe im Juli", "Unna", "12.04.2099", "Rathaus"]
    now = fairgrid.map_column(desk, "Veranstaltungsort", "none")
    assert "Ort" in text_of(desk, TOML), "as the sheet itself heads it"
    assert now["meanings"][3] == "none"


@pytest.mark.parametrize(("column", "meant"), [("note", "note"), ("none", "none")])
def test_whether_remarks_are_for_the_print_shop_is_asked_once(
    desk: Desk, column: str, meant: str
) -> None:
    rows = "Wann;Messe;Bemerkung\n12.03.2027;Jobmesse;Parkplatz hinten\n"
    found = fairtables.bring(desk, rows.encode(), "messen.csv")
    assert (found["unread"], found["meanings"][2]) == (["Bemerkung"], "")
    assert any("stays in the office" in note["message"] for note in found["notes"])
    now = fairgrid.map_column(desk, "Bemerkung", column)
    assert (now["unread"], now["meanings"][2]) == ([], meant)
    assert not any("stays in the office" in note["message"] for note in now["notes"])


def test_what_one_number_of_copies_counts_for_is_chosen_once(desk: Desk) -> None:
    rows = "Wann;Messe;Stück;Sprachen\n12.03.2027;Jobmesse;300;de, tr\n13.03.2027;Jobtag;50;de\n"
    found = fairtables.bring(desk, rows.encode(), "messen.csv")
    assert (found["sharing"], found["copies"]) == (1, "each")
    now = fairgrid.count_copies(desk, "together")
    assert (now["sharing"], now["copies"]) == (1, "together")
    counts = [[each["count"] for each in row["copies"]] for row in now["rows"]]
    assert counts == [[150, 150], [50]]
    assert text_of(desk, "content/fairs.csv") == rows
    assert 'copies = "together"' in text_of(desk, TOML)
    with pytest.raises(Refused):
        fairgrid.count_copies(desk, "never")


def test_the_words_of_layouts_are_counted_and_shown_as_the_file_has_them(desk: Desk) -> None:
    shown: Any = translating.translations(desk, "tr", "layouts")
    own: Any = translating.translations(desk, "tr", SLUG)["units"]
    keys = {unit["key"] for unit in shown["units"]}
    file = {unit.key for unit in for_translators(Reader(desk.root), "tr", [SLUG])}
    assert file - {unit["key"] for unit in own} == keys
    assert shown["words"] == len(keys)


def test_translations_saved_at_once_are_all_kept(desk: Desk) -> None:
    before = translating.translations(desk, "tr", SLUG)["units"][:6]

    def save(unit: dict[str, str]) -> None:
        translating.save(desk, "tr", unit["key"], unit["original"], f"{unit['translation']} X")

    with ThreadPoolExecutor(len(before)) as threads:
        list(threads.map(save, before))
    now = {u["key"]: u["translation"] for u in translating.translations(desk, "tr", SLUG)["units"]}
    assert [now[u["key"]] for u in before] == [f"{u['translation']} X" for u in before]


def test_another_number_in_a_translation_is_told_where_it_is_taken_and_beside_its_block(
    desk: Desk,
) -> None:
    text = (
        (desk.root / PROFILE)
        .read_text("utf-8")
        .replace("Das ist kein besonders", "Die 3.600 € sind kein")
    )
    (desk.root / PROFILE).write_text(text, "utf-8")

    def unit() -> dict[str, Any]:
        units = translating.translations(desk, "tr", SLUG)["units"]
        return next(u for u in units if "3.600" in u["original"])

    made = Unit(unit()["key"], "", unit()["original"], "3.060 € yüksek bir maaş değil.", 99)
    back = translating.bring(desk, WRITERS["docx"][1]([made], "tr"), "tr.docx", "tr", SLUG)
    assert back["count"] == 1
    told = "“3.060 € yüksek bir maaş değil.”: 3.060 stands here, and 3.600 in the German text."
    assert [finding["message"] for finding in back["findings"]] == [told]
    assert told in unit()["remark"]
    translating.save(desk, "tr", unit()["key"], unit()["original"], "3.600 € yüksek değil.")
    assert unit()["remark"] == ""


@pytest.mark.parametrize(
    ("back", "told"),
    [
        ("Maaş 3.600 €.", "lacks a link of the German text: https://example.org/lohn."),
        (
            "[Maaş](https://example.org/tr) 3.600 €.",
            "leads to https://example.org/tr, and the German text to https://example.org/lohn.",
        ),
        ("[Maaş](https://example.org/lohn) 3.600 €.", ""),
    ],
)
def test_another_link_in_a_translation_is_told_where_it_is_taken_and_beside_its_block(
    desk: Desk, back: str, told: str
) -> None:
    text = (desk.root / PROFILE).read_text("utf-8")
    german = "Die [3.600 €](https://example.org/lohn) sind kein"
    text = text.replace("Das ist kein besonders", german)
    (desk.root / PROFILE).write_text(text, "utf-8")

    def unit() -> dict[str, Any]:
        units = translating.translations(desk, "tr", SLUG)["units"]
        return next(u for u in units if "3.600" in u["original"])

    made = Unit(unit()["key"], "", unit()["original"], back, 99)
    found = translating.bring(desk, WRITERS["xlsx"][1]([made], "tr"), "tr.xlsx", "tr", SLUG)
    assert found["count"] == 1
    messages = [finding["message"] for finding in found["findings"]]
    assert messages == ([f"“{back}” {told}"] if told else [])
    assert told in unit()["remark"]
    assert bool(unit()["remark"]) == bool(told)


def test_a_file_in_another_language_is_taken_there_and_not_here(desk: Desk) -> None:
    units = translating.translations(desk, "ar", SLUG)["units"]
    made = [Unit(u["key"], "", u["original"], f"{u['translation']} …", 999) for u in units[:3]]
    sent = WRITERS["xlsx"][1](made, "ar")
    before = {f: f.read_bytes() for f in desk.root.rglob("*.po")}
    found = translating.bring(desk, sent, "kom.xlsx", "tr", SLUG)
    assert found == {"other": "ar", "name": "Arabisch"}
    assert {f: f.read_bytes() for f in desk.root.rglob("*.po")} == before
    assert translating.bring(desk, sent, "kom.xlsx", "ar", SLUG)["count"] == 3


def test_the_imprint_goes_to_translators_and_comes_back_to_where_it_is_entered(desk: Desk) -> None:
    toml = desk.root / TOML
    assert not translating.translations(desk, "tr", SLUG)["isImprintOpen"]  # of the example
    german = "Herausgegeben von der Kreisberatung am Ort."
    looks.put_entry(desk, "issuer", "imprint", german)
    assert translating.translations(desk, "tr", SLUG)["isImprintOpen"]
    for kind, made in WRITERS.items():
        sent = translating.translators_file(desk, "tr", SLUG, kind)
        assert sent is not None
        delivery = read_delivery(sent.content, sent.name)
        assert delivery is not None
        (of_it,) = (text for text in delivery.texts if text.original == german)
        assert of_it.translation == ""
        back = Unit(of_it.key, "", german, f"Yayımlayan, {kind}", 99)
        other = translating.translations(desk, "tr", SLUG)["units"][0]
        same = Unit(other["key"], "", other["original"], other["translation"], 99)
        taken = translating.bring(desk, made[1]([back, same], "tr"), sent.name, "tr", SLUG)
        assert (taken["count"], taken["findings"]) == (1, [])
        assert f'tr = "Yayımlayan, {kind}"' in toml.read_text("utf-8")
        assert not translating.translations(desk, "tr", SLUG)["isImprintOpen"]
        looks.put_entry(desk, "issuer.imprints", "tr", "")


def test_an_imprint_stands_among_the_texts_to_approve_once_the_german_one_is_another(
    desk: Desk,
) -> None:
    def shown() -> Any:
        units = translating.translations(desk, "tr", SLUG)["units"]
        return next(unit for unit in units if unit["domain"] == "issuer")

    looks.put_entry(desk, "issuer", "imprint", "Herausgegeben von der Kreisberatung am Ort.")
    looks.put_entry(desk, "issuer.imprints", "tr", "Yayımlayan")
    assert (shown()["state"], shown()["remark"]) == ("waiting", "")

    def waiting() -> int:
        (turkish,) = (each for each in home.languages(desk) if each["locale"] == "tr")
        return sum(text["waiting"] for text in turkish["texts"] if not text["title"])

    before = waiting()
    keys = [[shown()["domain"], shown()["message"]]]
    assert translating.approved(desk, "tr", SLUG, "Leitung", keys) == {"approved": 1}
    assert (shown()["state"], waiting()) == ("approved", before - 1)
    looks.put_entry(desk, "issuer", "imprint", "Herausgegeben von der Beratung am Ort.")
    assert shown()["state"] == "waiting"
    assert shown()["remark"].startswith("The German imprint was changed after this one")
    said = translating.save(desk, "tr", shown()["key"], shown()["original"], "Yayımlayan: biz")
    assert said == {"taken": 1, "findings": []}
    assert 'tr = "Yayımlayan: biz"' in text_of(desk, TOML)
    assert (shown()["state"], shown()["remark"]) == ("waiting", "")


def test_languages_to_begin_are_offered_by_their_names(desk: Desk) -> None:
    found = translating.translations(desk, "tr", SLUG)
    names = [name for _, name in found["others"]]
    assert names == sorted(names, key=str.casefold)
    assert ("pt", "Portugiesisch") in found["others"]
    assert not {tag for tag, _ in found["others"]} & {"de", "tr", "ar"}


def test_how_far_a_language_is_is_said_of_each_profile_and_languages_stand_by_name(
    desk: Desk,
) -> None:
    catalog = desk.root / f"content/{SLUG}/locales/tr.po"
    catalog.unlink()
    found = home.languages(desk)
    names = [each["name"] for each in found]
    assert names == sorted(names, key=str.casefold)
    turkish = next(each for each in found if each["locale"] == "tr")
    told = [(each["title"], each["percent"], each["waiting"] > 0) for each in turkish["texts"]]
    assert told == [("Kundendienst in Dortmund", 0, False), ("", 100, True)]


def test_a_picture_of_too_few_dots_leads_to_the_pictures(desk: Desk) -> None:
    at = Location(f"{SLUG}/{SLUG}-flyer-de.pdf", page=1)
    (found,) = desk.shower.findings([replace(warning(at, "", ""), rule="picture-resolution")])
    assert (found["where"], found["leads"]) == ("Look › Pictures", f"#/look/pictures/{SLUG}")


def test_where_a_picture_is_chosen_its_sharpness_is_said_and_what_prints_say_of_it(
    tmp_path: Path,
) -> None:
    workspace = card_workspace(tmp_path / "workspace", ["de"])
    with_picture(workspace, picture((120, 80)))
    root = workspace.root
    made = Desk(root, root / "out", Shower("de", translator("de"), root))
    made.room.quiet = 0.0
    with made as desk:
        cover, place = told_of_cover(desk)
        end = time.monotonic() + LONGEST
        while not cover["told"] and time.monotonic() < end:
            time.sleep(0.1)
            cover, place = told_of_cover(desk)
    assert cover["sharp"] == "1 × 0,7"
    assert "zu wenige Pixel: 120 × 80; nötig sind 266 × 178" in cover["told"]
    assert place == ("Aussehen › Bilder", f"#/look/pictures/{SLUG}", "error")


def told_of_cover(desk: Desk) -> tuple[dict[str, Any], tuple[str, str, str]]:
    """Return how the picture on the cover is told, and as what “Check and release” tells it."""
    cover = next(p for p in profilepictures.pictures(desk, SLUG)["places"] if p["use"] == "cover")
    of_picture = (f for f in releasing.check(desk, SLUG)["open"] if "picture" in f["rule"])
    places = ((f["where"], f["leads"], f["severity"]) for f in of_picture)
    return cover, next(places, ("", "", ""))


def test_translations_open_on_what_was_worked_on_and_list_printed_languages_first(
    desk: Desk,
) -> None:
    saved(desk, "build", "locales", ["de", "tr"])
    desk.refresh()
    found = translating.translations(desk)
    assert (found["locale"], found["profile"]) == ("tr", SLUG)
    printed = [is_printed for _, _, is_printed in found["locales"]]
    assert printed == [True, *[False] * (len(printed) - 1)]
    place.place(desk, "#/translations/uk/layouts")
    assert translating.translations(desk)["locale"] == "uk"


def test_a_reworded_text_is_shown_with_what_its_translation_was_made_of(desk: Desk) -> None:
    written = desk.texts.read(SLUG)
    before = translating.translations(desk, "tr", SLUG)["units"]
    teaser = next(u["original"] for u in before if u["note"] == "Introduction")
    first = " ".join(teaser.split()[:2])
    desk.save(SLUG, written.text.replace(first, f"{first} heute", 1), written.digest)
    shown = json.loads(json.dumps(translating.translations(desk, "tr", SLUG)))
    (stale,) = (u for u in shown["units"] if u["state"] == "stale")
    assert (stale["former"], stale["note"]) == (teaser, "Introduction")


def test_words_of_layouts_that_nobody_approved_are_counted_beside_the_file(desk: Desk) -> None:
    words: Any = translating.translations(desk, "tr", "layouts")["units"]
    counted: Any = translating.translations(desk, "tr", SLUG)["words"]
    assert counted == sum(unit["state"] != "approved" for unit in words) > 0
    keys = [[unit["domain"], unit["message"]] for unit in words]
    translating.approved(desk, "tr", "layouts", "Büro", keys)
    assert translating.translations(desk, "tr", SLUG)["words"] == 0


def test_who_made_a_picture_of_the_text_is_said_beside_it(desk: Desk) -> None:
    file = profilepictures.bring_picture(desk, picture(), SLUG, "garten.jpg")["file"]
    written = desk.texts.read(SLUG)
    desk.save(SLUG, f"{written.text}\n![Ein Garten]({file})\n", written.digest)
    before = text_of(desk, PROFILE)
    (shown,) = profilepictures.pictures(desk, SLUG)["texts"]
    assert shown == {"file": file, "alt": "Ein Garten", "credit": "", "licence": ""}
    for credit, licence in (("Team", "CC BY 4.0"), ("Team Garten", "")):
        digest = profilepictures.pictures(desk, SLUG)["digest"]
        found = profilepictures.credit_picture(desk, SLUG, digest, file, credit, licence)
        assert found["texts"] == [{**shown, "credit": credit, "licence": licence}]
    added = [line for line in changes(before, desk, PROFILE) if line[0] == "-"]
    assert added == []
    profilepictures.credit_picture(desk, SLUG, digest, file, "zu spät", "")
    (kept,) = profilepictures.pictures(desk, SLUG)["texts"]
    assert kept["credit"] == "Team Garten"
    digest = profilepictures.pictures(desk, SLUG)["digest"]
    profilepictures.credit_picture(desk, SLUG, digest, file, "", "")
    assert changes(before, desk, PROFILE) == []

    # Likewise in a text that is still being written.
    text = desk.texts.read(SLUG).text
    said = profilepictures.with_credit(desk, SLUG, text, file, "Team", "CC0")["text"]
    assert profilepictures.credits_of(desk, SLUG, said)[file]["licence"] == "CC0"
    assert profilepictures.with_credit(desk, SLUG, said, file, "", "")["text"] == text

    # What an import asks of it is of the text, and is answered by that.
    asked = translator("de")(ASKS_CREDIT).format(file=file)
    front, end, body = text.rpartition("\n---\n")
    marked = f"{front}\n{check_mark(for_terminal(asked))}{end}{body}"
    (mark,) = filled_forms(marked, PROFILE, translator("de"))["marks"]
    assert mark["place"] == "text"
    answered = profilepictures.with_credit(desk, SLUG, marked, file, "Team", "CC0")["text"]
    assert answered == said


def test_the_logo_is_fetched_anew_after_another_was_chosen(desk: Desk) -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    looks.logo(desk, drawn, "logo.svg")
    made = looks.logo_file(desk, version="2")
    assert made
    assert made.content == drawn


def test_a_logo_of_pixels_becomes_a_png_without_the_white_around_it(desk: Desk) -> None:
    for kind, margin in (("JPEG", 300), ("PNG", 300), ("PNG", 0)):
        made = Image.new("RGB", (600 + 2 * margin, 400 + 2 * margin), "white")
        made.paste((240, 180, 40), (margin, margin, margin + 600, margin + 400))
        given = io.BytesIO()
        made.save(given, kind)
        looks.logo(desk, given.getvalue(), f"Unser Logo.{kind.lower()}")
        kept = looks.logo_file(desk)
        assert kept
        with Image.open(io.BytesIO(kept.content)) as picture:
            assert picture.format == "PNG"
            assert abs(picture.width - 600) < 20, (kind, picture.size)
        assert (kept.content == given.getvalue()) == (margin == 0), "what is right stays as it is"


def test_a_web_address_is_completed_as_in_the_table_of_fairs(desk: Desk) -> None:
    saved(desk, "issuer", "url", "beratung-kassel.de")
    assert 'url = "https://beratung-kassel.de"' in text_of(desk, TOML)


def test_home_names_the_entries_of_the_office_that_are_placeholders(desk: Desk) -> None:
    def told() -> list[tuple[str, str]]:
        return [(each["leads"], each["name"]) for each in home.home(desk)["issuerOpen"]]

    assert told()[0] == ("#/look/issuer.name", "Name")
    for key in ("name", "url", "email", "phone", "street", "town", "imprint"):
        saved(desk, "issuer", key, "beratung.de" if key == "url" else "")
    saved(desk, "issuer", "name", "Beratung")
    saved(desk, "issuer", "imprint", "Beratung, Musterstraße 1")
    assert told() == [("#/look/issuer.imprint", "Imprint")]
    saved(desk, "issuer", "imprint", "Beratung")
    assert told() == []


def test_only_colours_that_text_has_to_do_with_have_a_contrast(desk: Desk) -> None:
    told = {colour["name"]: colour["contrast"] for colour in looks.looks(desk)["colours"]}
    assert told["signal"] == ""
    assert told["primary"] > "4"


def test_words_of_layouts_stand_in_german_beside_their_english_original(desk: Desk) -> None:
    units = translating.translations(desk, "tr", "layouts")["units"]
    told = {unit["original"]: unit["german"] for unit in units}
    assert told["As of %(month)s."] == "Stand: %(month)s."
    assert told["{count} years"] == "{count} Jahre"
    states = {unit["state"] for unit in units if unit["translation"]}
    assert states == {"waiting"}, "each form of a plural has its state"
    own = translating.translations(desk, "tr", SLUG)["units"]
    assert {unit["german"] for unit in own} == {""}


def test_each_product_comes_on_the_sheets_that_an_office_printer_can_print(desk: Desk) -> None:
    toml = text_of(desk, TOML)
    formats = 'layouts = ["brochure", "flyer", "leaflet"]\nformats = ["a4", "a5", "din-lang"]'
    toml = re.sub(r"layouts = .*\nlocales = .*", f'{formats}\nlocales = ["de"]', toml, count=1)
    (desk.root / TOML).write_text(toml, "utf-8")
    desk.refresh()
    sheets = {
        (e["layout"], e["formatName"]): e["sheets"] for e in releasing.check(desk, SLUG)["editions"]
    }
    assert sheets == {
        ("brochure", "A5"): "booklet",
        ("flyer", "A4"): "",
        ("flyer", "A5"): "2up",
        ("flyer", "DIN lang"): "3up",
        ("leaflet", "A4"): "",
    }


def test_what_was_released_and_has_changed_is_told_whatever_else_is(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    ready_cards(root)
    api.Workspace(root).release(SLUG, by="Leitung", locales="de")
    profile = root / PROFILE
    profile.write_text(profile.read_text("utf-8").replace("title: ", "title: Neu ", 1), "utf-8")
    with Desk(root, root / "out", Shower("de", str, root)) as desk:
        end = time.monotonic() + LONGEST
        (shown,) = home.home(desk)["profiles"]
        while shown["state"] == "unknown" and time.monotonic() < end:
            time.sleep(0.2)
            (shown,) = home.home(desk)["profiles"]
    assert (shown["state"], shown["count"]) == ("stale", 2)
    assert shown["changed"] == 1, "only what was released can have changed since"


def test_a_release_tells_which_of_its_copies_are_old(tmp_path: Path) -> None:
    root, table = tmp_path / "workspace", "content/fairs.csv"
    ready_cards(root)
    rows = f"Messe;Beginn;Ort;Profil;Sprachen\nJobtag;12.03.2099;Kassel;{SLUG};de\n"
    (root / table).write_text(rows, "utf-8")
    workspace = api.Workspace(root, language="de")
    workspace.release(SLUG, by="Leitung", locales="de")
    workspace.release(str(root / table), by="Leitung")

    def told(desk: Desk) -> list[list[str]]:
        desk.refresh()
        found = releasing.outdated(desk)
        return [[e["fairName"] for e in found[name]] for name in sorted(found, reverse=True)]

    with Desk(root, root / "out", Shower("de", translator("de"), root)) as desk:
        assert told(desk) == [[], []]
        titles = [each["title"] for each in releasing.releases(desk)]
        assert titles == ["Flyer für Messen", "Kundendienst in Dortmund"]
        profile = root / PROFILE
        changed = profile.read_text("utf-8").replace("title: ", "title: Neu ", 1)
        profile.write_text(changed, "utf-8")
        assert told(desk) == [["Jobtag"], [""]]
        end = time.monotonic() + LONGEST
        (flyer,) = releasing.check(desk, "fairs")["editions"]
        while flyer["standing"] == "unknown" and time.monotonic() < end:
            time.sleep(0.2)
            (flyer,) = releasing.check(desk, "fairs")["editions"]
        assert (flyer["released"], flyer["isNew"]) == ("", True), "what lies in out/ is the old one"


def test_each_release_is_compared_with_the_sheet_that_it_was_made_of(tmp_path: Path) -> None:
    root, table = tmp_path / "workspace", "content/fairs.xlsx"
    ready_cards(root)
    (root / "content" / "fairs.csv").unlink(missing_ok=True)

    def write(second: str) -> None:
        book = Workbook()
        book.worksheets[0].title = "1. Halbjahr"
        sheets = (book.worksheets[0], "Jobtag"), (book.create_sheet("2. Halbjahr"), second)
        for sheet, name in sheets:
            sheet.append(["Messe", "Beginn", "Ort", "Profil", "Sprachen", "Stand", "Anzahl"])
            sheet.append(["Messe", "12.03.2099", "Kassel", SLUG, "de", name, 3])
            sheet.cell(2, 1).value = f"Messe im {sheet.title}"
        book.save(root / table)

    write("Börse")
    with Desk(root, root / "out", Shower("de", translator("de"), root)) as desk:

        def told() -> dict[str, list[str]]:
            desk.refresh()
            found = releasing.outdated(desk)
            sheets = {each["name"]: each["part"] for each in releasing.releases(desk)}
            return {sheets[name]: [e["fairName"] for e in old] for name, old in found.items()}

        for sheets in ([], ["1. Halbjahr"], ["2. Halbjahr"]):
            fairgrid.choose_sheets(desk, sheets)
            desk.refresh()
            api.Workspace(root, language="de").release(str(root / table), by="Leitung")
        assert told() == {"": [], "1. Halbjahr": [], "2. Halbjahr": []}
        names = {each["name"].rpartition("-20")[0] for each in releasing.releases(desk)}
        assert names == {"messen", "messen-1-halbjahr", "messen-2-halbjahr"}
        files = {file.name for file in (root / "out" / FOLDER).glob("*/*")}
        assert {"Auftrag-1-halbjahr.pdf", "Auftrag-2-halbjahr.csv"} <= files
        made = {Path(path).name for path, *_ in fairprint.flyers(desk)["files"]}
        assert made == {"order-2-halbjahr.csv", "order-2-halbjahr.pdf"}
        (old,) = (root / "out" / FOLDER).glob("messen-1-halbjahr-*/careerprint-manifest.json")
        said = json.loads(old.read_text("utf-8"))
        said["sheet"] = said.pop("sheets")[0]  # as careerprint once wrote it
        old.write_text(json.dumps(said), "utf-8")
        got = fairprint.made_file(desk, "fairs/order-2-halbjahr.pdf")
        assert got is not None
        assert got.name == "Auftrag-2-halbjahr.pdf"
        shown = home.home(desk)["fairs"]
        assert (*shown["sheets"], shown["next"]["fair"]) == ("2. Halbjahr", "Messe im 2. Halbjahr")
        write("Markt")
        changed = ["Messe im 2. Halbjahr"]
        for sheets in (["1. Halbjahr"], ["2. Halbjahr"], []):
            fairgrid.choose_sheets(desk, sheets)
            assert told() == {"": changed, "1. Halbjahr": [], "2. Halbjahr": changed}, sheets
            assert releasing.check(desk, "fairs")["part"] == "".join(sheets)


def test_what_went_with_the_flyers_is_told_to_be_old_once_they_are_others(tmp_path: Path) -> None:
    root, table = tmp_path / "workspace", "content/fairs.csv"
    ready_cards(root)
    rows = "Kennung;Messe;Beginn;Ort;Sprachen;Anzahl\n"
    rows += "".join(
        f"{id_};Messe {id_};12.03.2099;Kassel;de;{count}\n" for id_, count in ("a2", "b3")
    )
    (root / table).write_text(rows, "utf-8")
    desk = Desk(root, root / "out", Shower("de", str, root))
    workspace = api.Workspace(root, language="de")

    def old() -> dict[str, bool]:
        desk.refresh()
        return {name: is_old for name, _, is_old in fairprint.flyers(desk)["files"]}

    made = workspace.batch(root / table, combined=True, one_file=True).delivered
    assert made is not None
    assert (made.copies, made.unready_copies) == (5, 0)
    assert set(old().values()) == {False}
    assert len(old()) == 5
    profile = root / PROFILE
    profile.write_text(profile.read_text("utf-8").replace("title: ", "title: Neu ", 1), "utf-8")
    assert set(old().values()) == {True}
    workspace.batch(root / table, ids=["a"], combined=True)
    assert not old()["fairs/a/a-combined.pdf"]
    assert old()["fairs/combined.pdf"], "flyers of b are still to be printed"
    workspace.batch(root / table)
    assert old()["fairs/combined.pdf"], (
        "the flyers are as they should be, the file is of former ones"
    )
    workspace.batch(root / table, combined=True, one_file=True)
    assert set(old().values()) == {False}


def test_what_the_press_refuses_is_told_before_anybody_releases(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    ready_cards(root)
    catalog = root / f"content/{SLUG}/locales/en.po"
    text = catalog.read_text("utf-8")
    catalog.write_text(text.replace('msgstr "Customer service', 'msgstr "Customer care'), "utf-8")
    with Desk(root, root / "out", Shower("de", str, root)) as desk:
        found = releasing.check(desk, SLUG)
        assert (found["pending"], found["open"]) == (2, []), "no verdict yet"
        end = time.monotonic() + LONGEST
        while found["pending"] and time.monotonic() < end:
            time.sleep(0.2)
            found = releasing.check(desk, SLUG)
    standing = {each["locale"]: each["standing"] for each in found["editions"]}
    assert standing["en"] == "unready"
    assert standing["de"] in {"ready", "unprinted"}
    approvals = [each for each in found["open"] if each["rule"] == "approval"]
    assert [each["severity"] for each in approvals] == ["error"], "told once, as what it is"


def test_what_keeps_an_edition_in_the_house_is_an_error_in_all_views_from_the_first_look(
    tmp_path: Path,
) -> None:
    root = tmp_path / "workspace"
    ready_cards(root)
    Workspace(root).edit(PROFILE, "title: Kundendienst", "title: XXX Kundendienst")
    with Desk(root, root / "out", Shower("de", str, root)) as desk:
        edition = next(e for e in desk.offering.declared if e.locale == "de")
        sight = desk.room.look("viewer", edition).result(LONGEST)
        written, checked = desk.seen(edition, sight), releasing.check(desk, SLUG)
    told = next(f for f in written["findings"] if f["rule"] == "placeholder")
    assert (told["severity"], told["keeps"], sight.outcome.state) == ("error", True, State.PRINTED)
    assert written["errors"] == sum(f["severity"] == "error" for f in written["findings"])
    assert checked["pending"], "the press has not been asked yet"
    assert {f["severity"] for f in checked["open"] if f["rule"] == "placeholder"} == {"error"}


def test_nothing_is_counted_before_all_has_been_looked_at(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    ready_cards(root)
    api.Workspace(root).build(profiles=SLUG)
    Workspace(root).edit(PROFILE, "title: Kundendienst", "title: Der Kundendienst")
    seen: list[tuple[str, int]] = []
    with Desk(root, root / "out", Shower("de", translator("de"), root)) as desk:
        end = time.monotonic() + LONGEST
        while (not seen or seen[-1][0] == "unknown") and time.monotonic() < end:
            (card,) = home.home(desk)["profiles"]
            seen.append((card["state"], card["count"]))
            time.sleep(0.02)
        editions = len(desk.offering.declared)
    assert editions > 1
    assert list(dict.fromkeys(seen)) == [("unknown", 0), ("stale", editions)]


def test_a_workspace_without_a_profile_has_no_fault_and_keeps_its_table(desk: Desk) -> None:
    shutil.rmtree(desk.root / "content" / SLUG)
    desk.refresh()
    shown: Any = home.home(desk)
    assert (shown["profiles"], shown["faults"]) == ([], [])
    assert desk.offering.declared == ()
    assert shown["fairs"]["table"] == "content/fairs.csv"


def test_what_is_not_translated_is_told_once_a_language_whatever_layouts_print_of_it() -> None:
    def told(count: int, line: int) -> Diagnostic:
        found = warning(Location(PROFILE, line), "{locale} {count}", "", locale="tr", count=count)
        return replace(found, rule="foreign-text")

    flyer, brochure = told(10, 2), told(24, 5)
    assert releasing._alike(flyer) == releasing._alike(brochure)
    assert max(flyer, brochure, key=releasing._weight) is brochure


def test_behind_a_release_how_editions_stand_is_known_and_its_report_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "workspace"
    ready_cards(root)
    with Desk(root, root / "out", Shower("de", translator("de"), root)) as desk:
        ended: list[dict[str, Any]] = []
        desk.listen(lambda event: ended.append(event) if event.get("state") == "done" else None)
        releasing.check(desk, SLUG)
        assert releasing.release(desk, SLUG, "Leitung", ["de"], ["flyer"], [], []) == {
            "begun": True
        }
        end = time.monotonic() + LONGEST
        while not ended and time.monotonic() < end:
            time.sleep(0.05)
        found = releasing.check(desk, SLUG)
        history = versions.versions(desk, SLUG)
        # Its report was made when all was checked: nothing is checked again to pack the zip.
        with monkeypatch.context() as patched:
            patched.setattr(handover, "inspected", None)
            got = handover.release_zip(desk, releasing.releases(desk)[0]["name"])
        (listed,) = releasing.releases(desk)
    assert got is not None
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
        report = archive.read(f"{listed['name']}/Bericht.pdf")
    assert {"Bericht.pdf", "LIESMICH.txt"} < names
    assert listed["count"] == len(names) - 2, "the report is none of the released files"
    told = normalized(" ".join(read_back(report).runs))
    assert normalized("von Leitung") in told
    assert all(normalized(name.rpartition("/")[2]) in told for name in names if "/" in name)
    (german,) = (each for each in found["editions"] if each["locale"] == "de")
    assert (german["standing"], bool(german["released"])) == ("ready", True)
    assert "Leitung" in history["now"]
    assert "Leitung" in history["versions"][0]["released"]


def test_the_report_speaks_in_the_words_of_the_page(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    make_workspace(root)
    profile = root / PROFILE
    profile.write_text(
        profile.read_text("utf-8").replace("teaser: ", "# PRÜFEN: wahr?\nteaser: ", 1)
    )
    api.Workspace(root).build(profiles=SLUG, layouts="flyer", locales="de")
    desk = Desk(root, root / "out", Shower("de", translator("de"), root))
    desk.refresh()
    made = handover.report(desk, SLUG)
    assert made is not None
    text = read_back(made.content).text
    assert normalized("Aussehen") in normalized(text), "where the issuer is entered"
    before, _, behind = normalized(text).partition(normalized("Nur für die Druckerei"))
    for of_shop in ("SHA-256", "PDF/UA-1", "Beschnitt"):
        assert normalized(of_shop) not in before
        assert normalized(of_shop) in behind
    for foreign in ("profile.md", "careerprint.toml", "[issuer]", "careerprint build"):
        assert normalized(foreign) not in normalized(text)


def test_two_releases_of_a_day_are_told_apart_and_the_report_says_who_released(
    tmp_path: Path,
) -> None:
    root = tmp_path / "workspace"
    ready_cards(root)
    workspace = api.Workspace(root, language="de")
    for by, hour in (("Leitung", 9), ("Frau Lindner", 14)):
        made = workspace.release(SLUG, by=by, locales="de")
        at = datetime.now().replace(hour=hour, minute=5).timestamp()
        os.utime(made.path / MANIFEST, (at, at))
    desk = Desk(root, root / "out", Shower("de", translator("de"), root))
    told = [(each["day"].rpartition(", ")[2], each["by"]) for each in releasing.releases(desk)]
    assert told == [("14:05", "Frau Lindner"), ("09:05", "Leitung")]
    copied = root / "out" / FOLDER / releasing.releases(desk)[0]["name"] / MANIFEST
    os.utime(copied, (0, 0))  # the time of a copy is not that of the release
    assert ":" not in releasing.releases(desk)[1]["day"]
    got = handover.release_zip(desk, copied.parent.name)
    assert got is not None
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        report = archive.read(f"{copied.parent.name}/Bericht.pdf")
    assert normalized("von Frau Lindner") in normalized(" ".join(read_back(report).runs))


def test_what_an_edition_leaves_out_is_named_where_it_is_seen_and_released(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    make_ready_workspace(root)
    declare_flyers(Workspace(root), "de")
    profile = root / PROFILE
    box = "facts:\n  info:\n    title: Gut zu wissen\n    text: Am Abend ist Schluss.\n"
    profile.write_text(profile.read_text("utf-8").replace("facts:\n", box, 1), "utf-8")
    api.Workspace(root).build(profiles=SLUG)
    with Desk(root, root / "out", Shower("de", translator("de"), root)) as desk:
        end = time.monotonic() + LONGEST
        (flyer,) = releasing.check(desk, SLUG)["editions"]
        while flyer["state"] == "unknown" and time.monotonic() < end:
            time.sleep(0.2)
            (flyer,) = releasing.check(desk, SLUG)["editions"]
        shown = next(e for e in desk.shown()["editions"] if e["output"] == flyer["output"])
        of_language = translating.pages(desk, "de", SLUG)["leftOut"]
    assert "Infokasten" in flyer["leftOut"]
    assert shown["leftOut"] == flyer["leftOut"]
    # The type is larger than the smallest: what is left out has a larger one that it needs.
    assert "Infokasten (Platz nur mit kleinerer Schrift als 12 pt)" in flyer["leftOutTold"]
    assert of_language == [["Flyer A4", flyer["leftOut"]]]


def test_a_pdf_that_is_not_as_the_text_is_now_says_when_it_was_printed(desk: Desk) -> None:
    edition = desk.offering.declared[0]
    file = desk.out / edition.output
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF-1.7")
    os.utime(file, (1_767_600_000, 1_767_600_000))
    for state, is_told in ((State.FAILED, True), (State.STALE, True), (State.FRESH, False)):
        shown = desk.standing(edition, Outcome(edition, state), "0")
        assert ("Januar 2026" in shown["former"]) == is_told
    assert desk.standing(edition, Outcome(edition, State.FAILED), None)["former"] == ""


def test_whatever_shipped_layouts_may_leave_out_has_a_name(desk: Desk) -> None:
    reader = Reader(desk.root)
    layouts = [read_layout(reader, name) for name in layout_names(reader)]
    formats = [chosen for layout in layouts for chosen in layout.formats.values()]
    blocks = {optional.block for chosen in formats for optional in chosen.optional}
    assert [block for block in sorted(blocks) if desk.shower.left_out([block]) == [block]] == []


@pytest.mark.slow
def test_what_flyers_for_a_fair_leave_out_is_told_of_each(tmp_path: Path) -> None:
    root, table = tmp_path / "workspace", "content/fairs.csv"
    make_ready_workspace(root)
    rows = "Messe;Beginn;Format;Sprachen;Veranstaltungsort;Kontakt 2;Vortrag;Eingang\n"
    rows += "Jobtag;12.03.2099;DIN lang;de, tr;;;;\n"
    long_name, place = "Messe für Ausbildung und Studium " * 3, "Halle der Beispiele " * 5
    rows += f"{long_name};13.03.2099;DIN lang;de, tr;{place};Team 2;{'Berufe ' * 15};{'N' * 30}\n"
    (root / table).write_text(rows, "utf-8")
    api.Workspace(root).batch(root / table)
    desk = Desk(root, root / "out", Shower("de", translator("de"), root))
    desk.refresh()
    short, crowded = (of["leftOut"] for of in fairprint.flyers(desk)["fairs"].values())
    assert "Gehalt" not in short
    assert crowded["Gehalt"] == ["Deutsch", "Türkisch"]


def test_what_waits_for_an_approval_is_told_of_the_profile_that_it_is_of(desk: Desk) -> None:
    bringing.begun(desk, "Gärtner/in in Kassel")
    desk.refresh()
    (english,) = (each for each in home.languages(desk) if each["locale"] == "en")
    told = {each["title"]: (each["isExample"], each["waiting"] > 0) for each in english["texts"]}
    assert told["Kundendienst in Dortmund"] == (True, True)
    assert told["Gärtner/in in Kassel"] == (False, False)


def test_a_title_that_is_given_names_the_profile_and_its_files_from_the_start(desk: Desk) -> None:
    content = b"Gartenbau: Ausbildung & Beruf\n\nHier geht es um Parks und Gehoelze in der Stadt.\n"
    title = "Gärtner und Gärtnerin in Kassel"
    made = bringing.made(desk, content, "T.txt", "", "gardening", "Kassel", title)
    assert made == {"slug": "gaertner-kassel"}
    assert bringing.made(desk, content, "T.txt", "", "", "", title) == {"slug": "gaertner-kassel-2"}
    text = text_of(desk, "content/gaertner-kassel/profile.md")
    assert f"title: {title}\n" in text
    assert "Der Titel ist die erste Zeile" not in text, "it was given"


@pytest.mark.parametrize(
    ("title", "field", "town", "told"),
    [
        ("Gärtner in Kassel", "gardening", "Kassel", "das Berufsfeld und die Stadt, die im Titel"),
        ("Gärtner", "gardening", "Kassel", "und die Stadt, die Sie eingegeben haben"),
        ("Gärtner", "gardening", "", "und keine bestimmte Stadt"),
        ("Gärtner in Kassel", "", "Kassel", "zeigen die Stadt, die im Titel steht"),
        ("Gärtner", "", "Kassel", "zeigen, was für sie gewählt wurde"),
        ("Gärtner", "wood", "", "zeigen, was für sie gewählt wurde"),
    ],
)
def test_what_is_said_of_drawings_is_true_of_where_field_and_town_come_from(
    desk: Desk, title: str, field: str, town: str, told: str
) -> None:
    content = f"{title}\n\nGärtner pflegen Gärten und Parks in der Stadt.\n".encode()
    bringing.made(desk, content, "T.txt", "neu", field, town)
    head = text_of(desk, "content/neu/profile.md").partition("\nart:\n")[0]
    said = [line for line in head.split("\n") if "Die Zeichnungen zeigen" in line]
    assert [told in line for line in said] == [True], said


def test_a_proposed_way_says_its_form_in_the_words_of_the_forms(desk: Desk) -> None:
    text = "# Im Kindergarten\n\nMan erzieht.\n\n## Wege in den Beruf\n\nZwei.\n\n### {}\n\nSie dauert 3 Jahre.\n"
    bringing.made(desk, text.format("Schulische Ausbildung").encode(), "T.md", "neu", "", "")
    (card,) = (p for p in checking.proposals(desk, "neu")["proposals"] if p["kind"] == "proposal")
    (form,) = (entry for entry in card["entries"] if entry["name"].endswith("form"))
    assert form["told"] == "at a school"
    assert form["choices"][0] == ("", "it is a dual training")
