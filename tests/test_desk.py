"""The desk, played in German in a real browser: the jobs that counselors do, without a terminal."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from careerprint.core.bounds import DEFAULT_BOUNDS
from careerprint.finished.readback import normalized, read_back
from careerprint.profiles.content import parse_profile

from .cards import declare, declare_flyers, pdfs
from .conftest import PROFILE, Workspace
from .conftest import SLUG as EXAMPLE
from .previewing import CHROMIUM, LONGEST, Preview, barriers, chromium, preview
from .wordfiles import paragraph, word_file
from .workspaces import make_ready_workspace

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium"),
]
GARDENER = word_file(
    paragraph("Gärtner und Gärtnerin in Kassel", style="heading 1"),
    paragraph("Gärtnerinnen und Gärtner ziehen Pflanzen heran und pflegen Gärten und Parks."),
    paragraph("Ausbildung", style="heading 2"),
    paragraph("Die dreijährige duale Ausbildung führt zum Abschluss."),
    paragraph("Verdienst", style="heading 2"),
    paragraph("Nach der Ausbildung verdienen sie 2.900 bis 3.100 Euro brutto im Monat."),
    paragraph("Aufgaben", style="heading 2"),
    paragraph("Sie säen, pflanzen und gießen. Sie beraten die Kundschaft und planen Beete."),
)
SLUG = "gaertner-kassel"
SENTENCE = "Gespräche vor Ort sind seltener geworden."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    make_ready_workspace(tmp_path / "workspace")
    made = Workspace(tmp_path / "workspace")
    declare_flyers(made, "de", "en")
    return made


@contextmanager
def at_the_desk(
    workspace: Workspace, browser: Browser, view: str = "#/home"
) -> Iterator[tuple[Page, Preview]]:
    """Sit at the desk of a workspace; nothing breaks, and nothing is asked for elsewhere."""
    with preview(workspace.root, language="de", command="desk") as started:
        context: BrowserContext = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="de-DE", bypass_csp=False
        )
        page = context.new_page()
        page.set_default_timeout(LONGEST * 1000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(started.address) else faults.append(request.url)
            ),
        )
        page.goto(f"{started.opening}{view}")
        yield page, started
        assert faults == []
        context.close()


def remembered(page: Page, what: str) -> AbstractContextManager[Any]:
    """Wait until the desk has kept what is chosen behind this, for the next time as well."""
    return page.expect_response(
        lambda answer: (
            answer.url.endswith("/do/place") and f'"{what}"' in (answer.request.post_data or "")
        )
    )


def test_a_word_file_becomes_a_released_flyer_in_two_languages(
    workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    with at_the_desk(workspace, browser) as (page, _):
        page.get_by_role("link", name="Neues Profil").click()
        given: Any = {"name": "Gärtner.docx", "mimeType": "", "buffer": GARDENER}
        page.locator("#bring-file").set_input_files(files=[given])
        expect(page.locator("#bring-slug")).to_have_value(SLUG)
        expect(page.locator("#bring-field")).to_have_value("gardening")
        shown = page.locator(".chosen-drawing > .drawing img")
        expect(shown).to_have_attribute("src", re.compile("field=gardening"))
        page.get_by_text("Alle Zeichnungen ansehen").click()
        page.get_by_role("button", name="Holz, Möbel").click()
        expect(page.locator("#bring-field")).to_have_value("wood")
        expect(shown).to_have_attribute("src", re.compile("field=wood"))
        page.locator("#bring-field").select_option("gardening")
        page.get_by_role("button", name="Profil anlegen").click()

        # What was found stands beside the text. One thing is corrected, the rest is right.
        correct(page, "2.900", "Stufe", "Als Geselle")
        correct(page, "Punkte des Flyers", "Überschrift", "Gärten pflegen")
        page.get_by_role("button", name="Alles stimmt").click()
        # What is asked for and empty stays, and is said where it is seen, with the way back.
        expect(page.locator(".settled")).to_contain_text("Noch einzutragen: Art der Zahlen, Stand")
        expect(page.locator(".settled button")).to_be_in_viewport()
        enter_kind_and_day(page)
        expect(page.locator("#check-list")).to_contain_text("Alles ist geprüft.")

        # An agency translates it into English, in Excel, and somebody approves that.
        page.goto(f"{page.url.partition('#')[0]}#/translations/en/{SLUG}")
        with page.expect_download() as downloaded:
            page.get_by_role("link", name="Excel-Tabelle").click()
        book = load_workbook(io.BytesIO(Path(downloaded.value.path()).read_bytes()))
        translated = tmp_path / "en.xlsx"
        english(book).save(translated)
        page.get_by_label("Datei wählen").set_input_files(translated)
        expect(page.locator("#translations-outcome")).to_contain_text("Übernommen")
        page.locator("#translations-by").fill("Team Sprachen")
        page.get_by_role("button", name="Alle gezeigten bestätigen").click()
        expect(page.locator("#notice-told")).to_contain_text("auch die weiter unten")
        page.locator("#notice-action").click()
        expect(page.locator("#translations-count")).to_contain_text("fehlend: 0, neu gefasst: 0")

        # It is released, and comes as one zip.
        page.goto(f"{page.url.partition('#')[0]}#/release/{SLUG}")
        expect(page.locator("[aria-labelledby=release-open]")).to_contain_text(
            "Alle Ausgaben dürfen hinausgehen"
        )
        page.locator("#release-by").fill("Leitung")
        page.locator("#release-now").click()
        expect(page.locator("#release-result")).to_contain_text("Freigegeben: 4 PDF-Dateien.")
        as_zip = page.locator("#release-result").get_by_role("link")
        expect(as_zip).to_be_in_viewport(ratio=0.9)
        with page.expect_download() as released:
            as_zip.click()
        files = zipped(Path(released.value.path()))
    names = {name.partition("/")[2] for name in files}
    folders = (("Bildschirm", ""), ("Druckerei", "-druckerei"))
    flyers = {
        f"{folder}/{SLUG}-flyer-{tag}{press}.pdf"
        for tag in ("de", "en")
        for folder, press in folders
    }
    assert names == {*flyers, "Bericht.pdf", "LIESMICH.txt"}
    (german,) = (content for name, content in files.items() if name.endswith("flyer-de.pdf"))
    assert normalized("Als Geselle") in normalized(read_back(german).text)


KASSEL = """\
# Gärtner in Kassel

Gärtner ziehen Pflanzen heran. Sie pflegen Gärten und Parks in der Stadt.

## Ausbildung

Die dreijährige duale Ausbildung führt zum Abschluss. Ein Führerschein kostet 2.400 €.

## Verdienst

Nach der Ausbildung verdienen Gärtner zwischen 2.700 und 2.900 Euro brutto im Monat.
"""


def test_what_is_left_out_can_be_brought_back_and_faults_stand_at_their_fields(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser, "#/bring") as (page, _):
        given: Any = {"name": "Text.md", "mimeType": "", "buffer": KASSEL.encode()}
        page.locator("#bring-file").set_input_files(files=[given])
        expect(page.get_by_text("Für Kassel gibt es noch keine Zeichnung")).to_be_visible()
        expect(page.locator("#bring-slug")).to_be_hidden()
        # The field of the town stays in its place, whatever is said below it.
        stands = page.locator("#bring-town").bounding_box()
        page.locator("#bring-town").fill("")
        expect(page.get_by_text("Keine Stadt", exact=True)).to_be_visible()
        assert page.locator("#bring-town").bounding_box() == stands
        page.locator("#bring-town").fill("Kassel")
        # Another title names files and folders, unless somebody has named them.
        page.locator("#bring-title").fill("Gärtnern in Kassel")
        expect(page.locator("#bring-slug")).to_have_value("")
        page.locator("#bring-title").fill("Gärtner in Kassel")
        expect(page.locator("#bring-slug")).to_have_value("gaertner-kassel")
        page.get_by_role("button", name="Profil anlegen").click()
        card = page.locator(".proposal")

        # What is only to be known takes nothing along; what is needed cannot be left out.
        expect(card.filter(has_text="2.400 €").get_by_role("button")).to_have_text(["So lassen"])
        expect(card.filter(has_text="Die Einleitung ist").get_by_role("button")).to_have_text(
            ["Stimmt", "Berichtigen …"]
        )
        # The text shows where it was found.
        training = card.filter(has_text="Die dreijährige")
        training.get_by_role("button", name="Berichtigen").focus()
        expect(page.locator(".original .source")).to_contain_text("Die dreijährige duale")
        cards = 8
        expect(card).to_have_count(cards)
        training.get_by_role("button", name="Weglassen").click()
        expect(card).to_have_count(cards - 1)
        settled = page.locator(".settled")
        expect(settled).to_contain_text("Weggelassen: Wege in den Beruf")
        settled.get_by_role("button", name="Rückgängig").click()
        expect(card).to_have_count(cards)
        expect(training).to_contain_text("Gärtner")

        # What cannot be saved is told at its field, and what is typed stays.
        correct(page, "zwischen 2.700", "Von (Euro)", "ca. 2.500 brutto")
        amount = card.get_by_label("Von (Euro)")
        expect(amount).to_have_attribute("aria-invalid", "true")
        expect(amount).to_have_value("ca. 2.500 brutto")
        expect(page.locator(".proposal .fault")).to_contain_text("keine ganze Zahl")
        expect(page.locator("#notice")).to_be_hidden()


def test_each_card_settles_its_own_and_placeholders_are_filled_in(
    workspace: Workspace, browser: Browser
) -> None:
    years = "Im ersten Ausbildungsjahr sind es 1.010 €, im zweiten 1.090 €, im dritten 1.180 €."
    with at_the_desk(workspace, browser, "#/bring") as (page, _):
        given: Any = {"name": "T.md", "mimeType": "", "buffer": f"{KASSEL}\n{years}\n".encode()}
        page.locator("#bring-file").set_input_files(files=[given])
        page.get_by_role("button", name="Profil anlegen").click()
        enter_day(page)
        file = workspace.root / f"content/{SLUG}/profile.md"
        facts = parse_profile(file.read_text("utf-8"), "", SLUG, DEFAULT_BOUNDS).front.facts
        assert facts.training_pay
        assert facts.pay
        assert (facts.training_pay.as_of, facts.pay.as_of) == (date(2026, 3, 1),) * 2

        # What holds a placeholder is not right as it stands.
        flyer = page.locator(".proposal", has_text="[Ein Satz, der neugierig macht]")
        expect(flyer).to_contain_text("ist ein Platzhalter")
        page.get_by_role("button", name="Alles stimmt").click()
        expect(flyer.get_by_role("button")).to_have_text(["Eintragen …"])
        correct(page, "neugierig", "Überschrift", "Gärten pflegen")
        expect(page.locator("#check-list")).to_contain_text("Alles ist geprüft.")

        # A profile that is begun with a form is filled in, and not checked.
        page.goto(f"{page.url.partition('#')[0]}#/bring")
        page.get_by_label("Beruf und Ort").fill("Koch in Kassel")
        page.get_by_label("Womit").select_option(SLUG)
        page.get_by_role("button", name="Beginnen").click()
        expect(page.locator("#rich")).to_contain_text("Die dreijährige duale Ausbildung")


DROPS = """([selector, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  return document.querySelector(selector).dispatchEvent(event);
}"""


def test_a_file_that_is_dropped_anywhere_never_takes_the_page_away(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser) as (page, _):
        expect(page.locator("#home-heading")).to_be_visible()
        assert not page.evaluate(DROPS, ["main", "Text.md", KASSEL])  # the browser opens nothing
        expect(page.locator("#bring-heading")).to_contain_text("Was aus „Text.md“ wird")
        assert not page.evaluate(DROPS, ["header", "Auch.md", KASSEL])  # as on the field itself
        expect(page.locator("#bring-heading")).to_contain_text("Was aus „Auch.md“ wird")
        page.get_by_role("link", name="Aussehen").click()
        expect(page.get_by_role("heading", name="Aussehen")).to_be_visible()
        assert not page.evaluate(DROPS, ["main", "Text.zip", "PK"])
        expect(page.locator("#notice-told")).to_contain_text(
            "Mit „Text.zip“ kann diese Seite nichts"
        )


def test_a_file_at_the_wrong_place_is_named_and_led_to_where_it_belongs(
    workspace: Workspace, browser: Browser
) -> None:
    table = (workspace.root / "content/fairs.csv").read_text("utf-8")
    svg = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    with at_the_desk(workspace, browser, "#/translations/en") as (page, _):
        told, go = page.locator("#notice-told"), page.locator("#notice-action")
        page.locator(".unit").first.wait_for()
        assert not page.evaluate(DROPS, [".drop", "messen.csv", table])
        expect(told).to_have_text(
            "„messen.csv“ ist eine Tabelle mit Messen. Sie gehört unter „Messen“."
        )
        go.click()
        expect(page.locator(".grid")).to_be_visible()

        assert not page.evaluate(DROPS, ["[data-view=fairs] .drop", "bild.png", svg])
        expect(told).to_contain_text("„bild.png“ ist ein Bild.")
        assert not page.evaluate(DROPS, ["[data-view=fairs] .drop", "flyer.pdf", "%PDF-1.7 nichts"])
        expect(told).to_contain_text("„flyer.pdf“ ist ein Text.")
        go.click()
        expect(page.locator("#bring-heading")).to_be_visible()
        expect(told).to_contain_text("beschädigt")

        page.goto(f"{page.url.partition('#')[0]}#/write/{EXAMPLE}")
        page.locator("#rich-place .ProseMirror").wait_for()
        assert not page.evaluate(DROPS, ["#rich-place .ProseMirror", "bild.svg", svg])
        expect(told).to_contain_text("„bild.svg“ ist ein Bild.")
        go.click()
        expect(page.locator("#pictures-heading")).to_be_visible()


def test_who_is_stuck_finds_the_guide_from_every_view(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser) as (page, _):
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Hilfe").click()
        guide = opened.value.locator("article")
        expect(guide).to_contain_text("Aus einem Text werden Broschüre und Flyer")
        for foreign in ("careerprint build", "careerprint.toml", "](", "docs/"):
            expect(guide).not_to_contain_text(foreign)
        assert barriers(opened.value) == []


def test_what_went_wrong_is_told_until_something_else_goes_right(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser, "#/bring") as (page, _):
        broken: Any = {"name": "kaputt.docx", "mimeType": "", "buffer": b"PK\x03\x04nichts"}
        page.locator("#bring-file").set_input_files(files=[broken])
        expect(page.locator("#notice-told")).to_contain_text("kaputt.docx")
        page.locator("#bring-pasted").fill(
            "Gärtner in Kassel\n\nGärtner pflegen Parks in der Stadt."
        )
        page.get_by_role("button", name="Eingefügten Text").click()
        expect(page.locator("#bring-heading")).to_have_text("Was aus dem eingefügten Text wird")
        expect(page.locator("#notice")).to_be_hidden()

        # A name that is taken is told in the words of the desk, and can be changed.
        (workspace.root / "content/gaertner-kassel").mkdir()
        page.get_by_role("button", name="Profil anlegen").click()
        expect(page.locator("#notice-told")).to_have_text(
            "Ein Profil namens „gaertner-kassel“ gibt es schon. "
            "Nehmen Sie einen anderen Namen, zum Beispiel gaertner-kassel-2."
        )
        page.locator("#bring-slug").fill("Gärtner Kassel Nord")
        page.get_by_role("button", name="Profil anlegen").click()
        expect(page.locator("#check-list")).to_contain_text("Noch zu prüfen")
        assert (workspace.root / "content/gaertner-kassel-nord/profile.md").is_file()


def test_a_translator_finds_names_files_and_outcomes_where_they_are_looked_for(
    workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    with at_the_desk(workspace, browser, f"#/translations/en/{EXAMPLE}") as (page, _):
        page.locator("#translations-by").fill("Team Sprachen")
        with remembered(page, "names"):
            page.keyboard.press("Tab")
        page.reload()
        expect(page.locator("#translations-by")).to_have_value("Team Sprachen")
        # Files for translators, and what came back, stand above the texts.
        expect(page.get_by_role("link", name="Word-Tabelle")).to_be_in_viewport()
        expect(page.get_by_label("Datei wählen")).to_be_in_viewport()
        expect(page.get_by_role("link", name="XLIFF")).to_be_hidden()
        page.get_by_text("Für Übersetzungsprogramme").click()
        expect(page.get_by_role("link", name="XLIFF")).to_be_visible()

        # What came of a file is in sight, whatever has been scrolled to.
        with page.expect_download() as downloaded:
            page.get_by_role("link", name="Excel-Tabelle").click()
        sent = tmp_path / "en.xlsx"
        sent.write_bytes(Path(downloaded.value.path()).read_bytes())
        page.get_by_label("Datei wählen").set_input_files(sent)
        outcome = page.locator("#translations-outcome")
        expect(outcome).to_contain_text("Übernommen: 0. Wie zuvor: 67.")
        expect(outcome).to_be_in_viewport()

        # Another view begins at its top.
        page.evaluate("document.getElementById('main').scrollTop = 2000")
        page.get_by_role("link", name="Prüfen und freigeben").click()
        expect(page.locator("#release-form")).to_be_visible()
        assert page.evaluate("document.getElementById('main').scrollTop") == 0


def test_a_translation_with_another_number_is_gone_to_and_approved_by_itself(
    workspace: Workspace, browser: Browser
) -> None:
    catalog = f"content/{EXAMPLE}/locales/en.po"
    title, written = '"Customer service in Dortmund"', '"Customer service in Dortmund since 1956"'
    workspace.edit(PROFILE, "title: Kundendienst in Dortmund", "title: Seit 1965 in Dortmund")
    workspace.edit(catalog, 'msgid "Kundendienst in Dortmund"', 'msgid "Seit 1965 in Dortmund"')
    workspace.edit(catalog, f"msgstr {title}", f"msgstr {written}")
    workspace.edit(catalog, 'msgstr "You answer', 'msgstr "Friendly, you answer')
    line = workspace.line(catalog, 'msgid "Seit 1965')
    with at_the_desk(workspace, browser, f"#/translations/en/{EXAMPLE}/{line}") as (page, _):
        row = page.locator(".unit", has_text="Seit 1965")
        expect(row.locator("textarea")).to_be_focused()
        page.locator("#translations-by").fill("Team Sprachen")
        page.get_by_role("button", name="Alle gezeigten bestätigen").click()
        page.locator("#notice-action").click()
        expect(page.locator("#notice-told")).to_contain_text("Bestätigt: 1. Ausgelassen")
        expect(row).to_have_attribute("data-state", "waiting")
        expect(row.locator(".remark")).to_contain_text("1956")
        row.get_by_role("button", name="Bestätigen", exact=True).click()
        expect(row).to_have_attribute("data-state", "approved")


def test_a_new_profile_asks_which_languages_are_printed(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser, "#/bring") as (page, _):
        expect(page.get_by_label("Deutsch", exact=True)).to_be_disabled()
        page.get_by_label("Englisch", exact=True).uncheck()
        page.get_by_label("Türkisch", exact=True).check()
        given: Any = {"name": "Gärtner.docx", "mimeType": "", "buffer": GARDENER}
        page.locator("#bring-file").set_input_files(files=[given])
        expect(page.get_by_label("Türkisch", exact=True)).to_be_checked()
        page.get_by_role("button", name="Profil anlegen").click()
        expect(page.locator("#check-list")).to_be_visible()
        # It goes again, once that was confirmed.
        page.get_by_role("link", name="Start", exact=True).click()
        page.get_by_role("button", name="Profil entfernen").click()
        expect(page.locator(".cards")).to_contain_text("Gärtner")
        page.locator("#notice-action").click()
        expect(page.locator(".cards")).not_to_contain_text("Gärtner")
    assert not (workspace.root / "content" / SLUG).exists()
    build = (workspace.root / "careerprint.toml").read_text("utf-8")
    assert 'locales = ["de", "tr"]' in build


def test_what_is_not_to_be_released_stays_unticked_and_is_not_in_the_way(
    workspace: Workspace, browser: Browser
) -> None:
    catalog = workspace.root / f"content/{EXAMPLE}/locales/en.po"
    text = catalog.read_text("utf-8")
    catalog.write_text(text.replace('msgstr "Customer service', 'msgstr "Customer care'), "utf-8")
    with at_the_desk(workspace, browser, f"#/release/{EXAMPLE}") as (page, _):
        open_ones, english = (
            page.locator("[aria-labelledby=release-open]"),
            page.get_by_role("checkbox", name="Englisch", exact=True),
        )
        kept = (
            "Zurückgehalten, bis behoben ist, was hier steht: 1 von 2 Ausgaben (Flyer A4, Englisch)"
        )
        expect(open_ones).to_contain_text(kept)
        expect(open_ones).to_contain_text(
            "hinausgehen: 1 von 2 Ausgaben (Flyer A4, Deutsch)", ignore_case=True
        )
        english.uncheck()
        expect(open_ones).to_contain_text("Alle Ausgaben dürfen hinausgehen")
        english.check()
        expect(open_ones).to_contain_text(kept)
        page.get_by_text("Einzelne Ausgaben weglassen").click()
        single = page.get_by_role("checkbox", name="Flyer A4, Englisch")
        single.uncheck()
        expect(open_ones).to_contain_text("Alle Ausgaben dürfen hinausgehen")
        single.check()
        english.uncheck()
        page.get_by_role("link", name="Start", exact=True).click()
        expect(page.locator(".cards")).to_be_visible()
        page.reload()
        page.get_by_role("link", name="Prüfen und freigeben").click()
        expect(english).not_to_be_checked()
        expect(page.get_by_role("checkbox", name="Deutsch", exact=True)).to_be_checked()


def test_what_has_no_room_and_what_is_a_placeholder_is_said_before_it_goes_out(
    workspace: Workspace, browser: Browser
) -> None:
    profile = workspace.root / PROFILE
    box = "facts:\n  info:\n    title: Gut zu wissen\n    text: Am Abend ist Schluss.\n"
    text = profile.read_text("utf-8").replace("facts:\n", box, 1)
    profile.write_text(f"{text}\n[Was auf dem Bild zu sehen ist]\n", "utf-8")
    with at_the_desk(workspace, browser, f"#/release/{EXAMPLE}") as (page, _):
        lacking = page.locator("#release-findings .finding", has_text="Infokasten")
        expect(lacking).to_contain_text("Aus Platzmangel weggelassen")
        expect(lacking).to_contain_text("Flyer A4, Deutsch")
        page.goto(f"{page.url.partition('#')[0]}#/check/{EXAMPLE}")
        told = page.locator("#check-list [role=status]")
        expect(told).to_have_text("Noch auszufüllen: [Was auf dem Bild zu sehen ist]")


def test_pay_that_only_a_person_can_judge_is_decided_once_before_a_release(
    workspace: Workspace, browser: Browser
) -> None:
    teaser = "Im Kundendienst helfen Sie Menschen am Telefon"
    workspace.edit(PROFILE, teaser, f"Man verdient 2.900 Euro brutto im Monat. {teaser}")
    with at_the_desk(workspace, browser, f"#/release/{EXAMPLE}") as (page, _):
        page.get_by_role("checkbox", name="Englisch", exact=True).uncheck()
        verdict = page.locator("#release-verdict")
        expect(verdict).to_have_text("Vorher von Ihnen zu entscheiden: 1.")
        decide = page.locator("[aria-labelledby=release-decide]")
        expect(decide).to_contain_text("„2.900 Euro“")
        page.locator("#release-by").fill("Leitung")
        page.locator("#release-now").click()
        expect(page.locator("#notice-told")).to_have_text("Vorher von Ihnen zu entscheiden: 1.")
        with remembered(page, "seen"):
            decide.get_by_role("checkbox").check()
        expect(verdict).to_have_text("Alle Ausgaben dürfen hinausgehen.")
        page.reload()
        expect(decide.get_by_role("checkbox")).to_be_checked()

        # Another wording is another decision.
        workspace.edit(PROFILE, "2.900 Euro brutto", "3.000 Euro brutto")
        expect(decide).to_contain_text("„3.000 Euro“")
        expect(decide.get_by_role("checkbox")).not_to_be_checked()


def test_a_stale_translation_that_still_fits_is_said_to_and_compared_until_it_is_approved(
    workspace: Workspace, browser: Browser
) -> None:
    workspace.edit(PROFILE, "title: Kundendienst in Dortmund", "title: Kundendienst für Dortmund")
    with at_the_desk(workspace, browser, f"#/translations/en/{EXAMPLE}") as (page, _):
        row = page.locator(".unit[data-original='Kundendienst für Dortmund']")
        expect(row).to_have_attribute("data-state", "stale")
        row.get_by_role("button", name="Sie passt noch").click()
        expect(row).to_have_attribute("data-state", "waiting")
        expect(row).to_contain_text("Übersetzt wurde: Kundendienst in Dortmund")
        expect(row.get_by_role("button", name="Sie passt noch")).to_be_hidden()
        page.locator("#translations-by").fill("Team Sprachen")
        row.get_by_role("button", name="Bestätigen").click()
        expect(row).to_have_attribute("data-state", "approved")
        expect(row).not_to_contain_text("Übersetzt wurde")


def test_what_is_typed_can_be_approved_at_once_and_its_approver_releases_nothing(
    workspace: Workspace, browser: Browser
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with at_the_desk(workspace, browser, f"#/translations/en/{EXAMPLE}") as (page, _):
        page.locator("#translations-by").fill("Team Sprachen")
        row = page.locator(".unit[data-original='Kundendienst in Dortmund']")
        page.route("**/do/translation-save", hold)
        row.locator("textarea").fill("Customer care in Dortmund")
        with page.expect_request("**/do/translation-save"):
            page.get_by_role("button", name="Alle gezeigten bestätigen").click()
        expect(page.locator("#notice")).to_be_hidden()
        held[0].continue_()
        expect(page.locator("#notice-told")).to_contain_text("Zu bestätigende Übersetzungen")
        page.locator("#notice-action").click()
        expect(row).to_have_attribute("data-state", "approved")
        page.goto(f"{page.url.partition('#')[0]}#/release/{EXAMPLE}")
        expect(page.locator("#release-by")).to_have_value("")


def test_the_desk_speaks_the_browsers_language_until_another_is_chosen(
    workspace: Workspace, browser: Browser
) -> None:
    with preview(workspace.root, language="", command="desk") as started:
        context = browser.new_context(locale="de-DE")
        page = context.new_page()
        page.goto(f"{started.opening}#/look")
        expect(page.get_by_role("heading", name="Aussehen")).to_be_visible()
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Look", exact=True)).to_be_visible()
        page.reload()
        expect(page.get_by_role("button", name="Deutsch")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "en")

        # The help is the guide, in German; its questions are found in what it begins with.
        page.goto(page.url.partition("#")[0].rstrip("/") + "/help")
        question = "Warum fehlt etwas auf dem Flyer?"
        page.get_by_role("navigation", name="Contents of the help").get_by_text(question).click()
        expect(page.get_by_role("heading", name=question)).to_be_in_viewport()
        context.close()


def test_before_all_is_known_nothing_is_said_to_be_decided(
    workspace: Workspace, browser: Browser
) -> None:
    def answered(route: Route) -> None:
        found = route.fetch().json()
        for edition in found["editions"]:
            edition["standing"] = standing
        told = {"severity": "warning", "rule": "pay-text", "where": "Text", "leads": "", "page": 0}
        told |= {"message": "Zwei Beträge.", "hint": "", "keeps": False}
        found["open"] = [told | {"outputs": [each["output"] for each in found["editions"]]}]
        found["releases"] = [{"name": "r", "title": "R", "by": "Leitung", "day": "", "count": 1}]
        route.fulfill(json=found)

    standing = "unknown"
    with at_the_desk(workspace, browser) as (page, _):
        page.route("**/do/check", answered)
        page.goto(f"{page.url.partition('#')[0]}#/release/{EXAMPLE}")
        open_ones = page.locator("[aria-labelledby=release-open]")
        expect(open_ones).to_contain_text("wird noch geprüft · Text")
        expect(page.locator("[aria-labelledby=release-decide]")).to_have_count(0)
        # Who released last is proposed. Nothing goes out before it is known.
        expect(page.locator("#release-by")).to_have_value("Leitung")
        page.locator("#release-now").click()
        expect(page.locator("#notice-told")).to_contain_text("Warten Sie, bis alles angesehen ist")
        standing = "ready"
        page.reload()
        expect(page.locator("[aria-labelledby=release-decide]")).to_contain_text("Zwei Beträge.")
        expect(open_ones).not_to_contain_text("Zwei Beträge.")


def test_what_is_printed_to_be_looked_at_does_not_end_the_count_of_a_release(
    workspace: Workspace, browser: Browser
) -> None:
    told = [
        {"kind": "work", "what": "release", "state": "at", "done": 3, "total": 12, "failed": 0},
        {"kind": "progress", "done": 3, "total": 3, "failed": 0},
    ]
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in told)
    with at_the_desk(workspace, browser) as (page, _):
        page.route(
            "**/events",
            lambda route: route.fulfill(content_type="text/event-stream", body=body),
        )
        page.reload()
        expect(page.locator("#progress-told")).to_have_text("3 von 12 erledigt, 0 fehlgeschlagen")


def enter_kind_and_day(page: Page) -> None:
    """Enter all that an import asks for about pay: what kind of numbers they are, and their day."""
    page.locator("form", has_text="Art der Zahlen").get_by_role("button").click()
    enter_day(page)


def enter_day(page: Page) -> None:
    """Enter the day of the pay, which an import asks for once."""
    day = page.locator(".proposal", has_text="Ergänzen Sie den Tag")
    expect(day).to_have_count(1)
    day.locator("input").fill("2026-03-01")
    day.get_by_role("button", name="Eintragen").click()
    expect(day).to_have_count(0)


def correct(page: Page, words: str, label: str, text: str) -> None:
    """Write something else into what a proposal, known by its words, says."""
    row = page.locator(".proposal", has_text=words)
    row.get_by_role("button", name=re.compile("Berichtigen|Eintragen")).click()
    form = page.locator(".proposal form", has=page.get_by_label(label, exact=True))
    form.get_by_label(label, exact=True).fill(text)
    form.get_by_role("button", name="Speichern").click()


def english(book: Workbook) -> Workbook:
    """Fill in every translation: the original with a letter before it."""
    sheet: Any = book.active
    original, written = 3, 4  # behind the key, what is to be done, and the place
    for row in sheet.iter_rows(min_row=2):
        if not row[written].value:
            row[written].value = f"E {row[original].value}"
    return book


def zipped(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def release_it_alone_and_open_the_file_again(page: Page, file: Path) -> None:
    """What was printed for one fair is released alone; corrections go along into the same file."""
    with page.expect_download() as copies:
        page.get_by_role("link", name="Berufetag: alle Exemplare", exact=True).click()
    assert copies.value.suggested_filename.endswith("-alle-Exemplare.pdf")
    page.get_by_role("link", name="Diese Flyer prüfen und freigeben").click()
    expect(page.locator("#release-which")).to_have_value("chosen")
    expect(page.locator("#release-fairs input:checked")).to_have_count(1)
    page.go_back()
    expect(page.locator("#fairs-count")).to_contain_text("mit Fehlern: 0")
    # Whoever opens her own file again loses nothing of what she corrected here.
    page.get_by_text("Andere Tabelle öffnen").click()
    page.locator("#fairs-file").set_input_files(file)
    expect(page.locator("#fairs-carried")).to_contain_text("Zellen: 4")
    expect(page.locator("#fairs-count")).to_contain_text("mit Fehlern: 0")
    page.get_by_role("button", name="Die Datei nehmen, wie sie ist").click()
    expect(page.locator("#fairs-count")).to_contain_text("mit Fehlern: 1")
    keeps = page.locator("#fairs-former")
    keeps.get_by_text("Frühere Tabellen").click()
    keeps.get_by_role("button", name="Zurückholen").first.click()
    expect(page.locator("#fairs-count")).to_contain_text("mit Fehlern: 0")


def test_an_excel_table_with_four_faults_becomes_a_season_with_order_and_combined_file(  # noqa: PLR0915 - one way through
    workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    season, coming = Workbook(), date.today() + timedelta(days=100)
    sheet: Any = season.active
    sheet.append(["Veranstaltung", "Stadt", "Datum", "Stück", "Sprache", "Mail"])
    sheet.append(["Jobmesse Nord", "Kassel", coming, 3, "Deutsch", "messe@rat.internal"])
    sheet.append(
        ["Berufetag", "Kassel", "31.02.2027", "viele", "Klingonisch", "messe.rat.internal"]
    )
    for row in (2, 3):
        sheet.cell(row, 3).number_format = "DD.MM.YYYY"
    file = tmp_path / "Meine Messen.xlsx"
    season.save(file)
    day = f"{coming + timedelta(days=9):%d.%m.%Y}"
    with at_the_desk(workspace, browser, "#/fairs") as (page, _):
        page.get_by_text("Andere Tabelle öffnen").click()
        page.locator("#fairs-file").set_input_files(file)
        expect(page.locator("#fairs-count")).to_have_text(
            "Zeilen: 2, mit Fehlern: 1, mit Hinweisen: 0"
        )
        expect(page.locator(".grid td.error")).to_have_count(4)
        for column, text in ((2, day), (3, "20"), (4, "Deutsch"), (5, "messe@rat.internal")):
            page.locator(f'tr[data-row="3"] td[data-column="{column + 3}"]').click()
            page.keyboard.type(text)
            page.keyboard.press("Enter")
        expect(page.locator("#fairs-count")).to_have_text(
            "Zeilen: 2, mit Fehlern: 0, mit Hinweisen: 0"
        )
        expect(page.locator("#fairs-state")).to_have_attribute("data-is", "saved")
        expect(page.locator('tr[data-row="3"]')).to_contain_text("noch nicht gedruckt")
        page.keyboard.press("Home")  # whoever uses the keyboard is still in the table
        expect(page.locator("td:focus")).to_have_text("Berufetag")
        page.get_by_label("Dazu je Messe eine Datei mit allen Exemplaren").check()
        page.get_by_label("Dazu eine einzige Datei mit allen Exemplaren").check()
        page.get_by_role("button", name="Flyer drucken").click()
        expect(page.locator("#fairs-result")).to_contain_text("2 Flyer.Exemplare im Auftrag: 23.")
        expect(page.locator("#fairs-result")).to_be_in_viewport(ratio=0.9)
        page.reload()  # what was made stays at hand
        made = page.locator("#fairs-files").get_by_role("link")
        expect(made).to_have_count(5)
        assert set(made.all_inner_texts()) == {
            "Auftrag für die Druckerei als Tabelle",
            "Auftrag für die Druckerei zum Ausdrucken (PDF)",
            "Jobmesse Nord: alle Exemplare",
            "Berufetag: alle Exemplare",
            "Alle Exemplare für alle Messen",
        }
        with page.expect_download() as order:
            page.get_by_role("link", name="als Tabelle").click()
        assert order.value.suggested_filename == "Auftrag.csv"
        assert "Berufetag" in Path(order.value.path()).read_text("utf-8-sig")
        page.reload()
        expect(page.get_by_label("Dazu eine einzige Datei")).to_be_checked()
        # What is printed for one of them takes no place of what is there for all.
        page.locator('tr[data-row="2"] input[type=checkbox]').check()
        page.get_by_role("button", name="Flyer drucken").click()
        expect(page.locator("#fairs-result")).to_contain_text("bleiben, wie sie waren")
        expect(made).to_have_count(9)
        expect(made.filter(has_text="Alle Exemplare für alle Messen (Auswahl)")).to_have_count(1)
        with page.expect_download() as order:
            page.get_by_role(
                "link", name="Auftrag für die Druckerei als Tabelle", exact=True
            ).click()
        assert "Berufetag" in Path(order.value.path()).read_text("utf-8-sig")
        release_it_alone_and_open_the_file_again(page, file)
    # The table is the user's own, but for the four cells.
    kept = load_workbook(io.BytesIO((workspace.root / "content" / "fairs.xlsx").read_bytes()))
    own: Any = kept.active
    assert [cell.value for cell in own[3]][3:] == [20, "Deutsch", "messe@rat.internal"]
    assert own["C3"].is_date
    assert [cell.value for cell in own[2]] == [cell.value for cell in sheet[2]] or own["C2"].is_date


def test_a_wide_table_keeps_its_fairs_in_view_and_leads_to_what_is_off(
    workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    """Also told: what is not ordered, what the order lacks, and what a column's meaning does."""
    file = tmp_path / "Messen.csv"
    own = [f"Eigenes {n}" for n in range(12)]
    rows = [
        ["Jobtag", "12.03.2027", *own, "150", "Deutsch"],
        ["Maimarkt", "01.05.2027", *own, "folgt", "Deutsch"],
    ]
    head = ["Messe", "Beginn", *(f"Spalte {n}" for n in range(12)), "Stück", "Sprachen"]
    file.write_text("\n".join(map(";".join, [head, *rows])), encoding="utf-8")
    with at_the_desk(workspace, browser, "#/fairs") as (page, _):
        page.get_by_text("Andere Tabelle öffnen").click()
        page.locator("#fairs-file").set_input_files(file)
        undo = page.get_by_role("button", name="Rückgängig")
        expect(undo).to_be_disabled()
        page.locator(".grid").evaluate("box => { box.scrollLeft = 800; }")
        name = page.locator('tr[data-row="3"] td[data-column="3"]')
        expect(name).to_be_in_viewport(ratio=1)
        assert name.evaluate(
            "cell => { const {left, top} = cell.getBoundingClientRect();"
            " return document.elementFromPoint(left + 9, top + 9) === cell; }"
        )
        page.locator(".grid").evaluate("box => { box.scrollLeft = 0; }")
        page.get_by_role("button", name="Zeile 3: zur Stelle mit dem Hinweis").click()
        copies = page.locator('tr[data-row="3"] td[data-column="17"]')
        expect(copies).to_be_focused()
        expect(copies).to_be_in_viewport(ratio=1)
        expect(page.locator("#fairs-row")).to_contain_text("Keine Auflage: Die Flyer")
        lacks = page.locator("#fairs-printing .remark")
        expect(lacks).to_have_text(
            "Im Auftrag fehlt noch: wer Rückfragen beantwortet; wohin geliefert wird und bis wann"
        )
        page.keyboard.type("50")
        page.keyboard.press("Enter")
        expect(undo).to_be_enabled()
        undo.click()
        expect(copies).to_have_text("folgt")
        expect(undo).to_be_disabled()
        page.locator("#fairs-columns summary").click()
        which = page.get_by_label("Was steht in „Spalte 0“?")
        which.select_option("email")
        expect(page.locator("#fairs-columns")).to_contain_text("statt der Angaben aus „Aussehen“")
        page.goto(page.url.replace("#/fairs", "#/release/fairs"))
        expect(page.locator("#release-form, form").last).to_contain_text("Im Auftrag fehlt noch")
        page.get_by_role("link", name="wer Rückfragen beantwortet").click()
        expect(page.locator('[data-entry="order.contact"]')).to_be_focused()


def test_how_a_table_of_remarks_and_shared_copies_is_meant_is_chosen_above_it(
    workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "Messen.csv"
    rows = "Messe;Datum;Stückzahl;Sprachen;Bemerkung\nMarkt;{day};300;Deutsch, Türkisch;Hinten\n"
    file.write_text(rows.format(day=f"{date.today() + timedelta(days=99):%d.%m.%Y}"), "utf-8")
    with at_the_desk(workspace, browser, "#/fairs") as (page, _):
        page.get_by_text("Andere Tabelle öffnen").click()
        page.locator("#fairs-file").set_input_files(file)
        expect(page.locator("#fairs-printing")).to_contain_text("Tabelle: 600.")
        page.get_by_label("Eine Auflage gilt").select_option("für alle Sprachen zusammen")
        expect(page.locator("#fairs-printing")).to_contain_text("Tabelle: 300.")
        # With the keyboard alone: what is not read comes first.
        columns = page.get_by_text("Was steht in den Spalten? Nicht gelesen: 1")
        columns.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Was steht in „Bemerkung“?")).to_be_focused()
        expect(page.get_by_label("Was steht in „Bemerkung“?")).to_have_value("none")
        expect(page.get_by_text("Ist es eine eigene Spalte, ist das in Ordnung.")).to_be_visible()
        page.locator("#fairs-columns").get_by_role("button").press("Enter")
        expect(page.get_by_text("Was steht in den Spalten?", exact=True)).to_be_focused()
        page.get_by_label("Was steht in „Messe“?").select_option("Veranstaltungsort")
        page.get_by_role("button", name="Übernehmen").click()
        expect(page.get_by_label("„Messe“ fehlt. Welche Spalte ist es?")).to_be_visible()
        page.get_by_label("Was steht in „Messe“?").select_option("Messe")
        page.get_by_role("button", name="Übernehmen").click()
        expect(page.locator("#fairs-printing")).to_contain_text("Tabelle: 300.")
    said = (workspace.root / "careerprint.toml").read_text("utf-8")
    assert 'copies = "together"' in said
    assert 'Bemerkung = "none"' in said


def write_into_one_of_all_sheets(page: Page) -> None:
    """All rows stand in one grid; what is typed goes back into its own sheet."""
    read = page.locator("#fairs-notes").get_by_text(
        "Gelesen: Sheet, Saison. Nicht gelesen: Notizen."
    )
    expect(read).to_be_visible()
    expect(page.get_by_label("Blätter der Arbeitsmappe")).to_have_value("")
    expect(page.locator("tr[data-row]")).to_have_count(6)
    page.locator("#fairs-shown").select_option("Saison")
    expect(page.locator("tr[data-row]")).to_have_count(3)
    page.get_by_role("button", name="Zeile hinzufügen").click()
    page.keyboard.type("Neu hier")
    page.keyboard.press("Enter")
    expect(page.locator("#fairs-state")).to_have_attribute("data-is", "saved")
    new = page.locator('tr[data-row="Saison/5"]')
    expect(new).to_contain_text("Neu hier")
    new.locator("td").nth(4).click()
    expect(page.locator("#fairs-row h2")).to_have_text("Blatt „Saison“, Zeile 5")
    page.keyboard.press("Delete")
    page.locator("#fairs-shown").select_option("")
    expect(page.locator("tr[data-row]")).to_have_count(6)
    # What is pasted goes on below the last row of its sheet, not in the next one, and is undone.
    last = page.locator('tr[data-row="Sheet/4"] td[data-column="4"]')
    last.click()
    last.evaluate(
        """cell => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "Alt\\nÄlter");
          cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }"""
    )
    expect(page.locator('tr[data-row="Sheet/5"]')).to_contain_text("Älter")
    expect(page.locator('tr[data-row="Saison/2"]')).to_contain_text("Saison 0")
    page.get_by_role("button", name="Rückgängig").click()
    expect(last).to_have_text("Vorjahr 2")
    expect(page.locator("tr[data-row]")).to_have_count(6)
    assert barriers(page) == []
    page.goto(page.url.partition("#")[0] + "#/fairs/Saison/4")
    expect(page.locator("#fairs-row h2")).to_have_text("Blatt „Saison“, Zeile 4")


def test_sheets_are_one_season_one_is_chosen_and_what_stands_wrong_is_put_right_with_a_click(
    workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    day = date.today() + timedelta(days=99)
    book = Workbook()
    for name, sheet in (("Vorjahr", book.worksheets[0]), ("Saison", book.create_sheet("Saison"))):
        sheet.append(["Messe", "Datum", "Info"])
        for at, info in enumerate(("www.example.org", "https://example.org/m", "info@example.org")):
            sheet.append([f"{name} {at}", day, info])
    book.create_sheet("Notizen").append(["nur für uns"])
    book.save(tmp_path / "Messen.xlsx")
    with at_the_desk(workspace, browser, "#/fairs") as (page, _):
        page.get_by_text("Andere Tabelle öffnen").click()
        page.locator("#fairs-file").set_input_files(tmp_path / "Messen.xlsx")
        write_into_one_of_all_sheets(page)
        page.get_by_label("Blätter der Arbeitsmappe").select_option("Mehrere …")
        page.get_by_label("Saison", exact=True).uncheck()
        page.get_by_role("button", name="Diese lesen").click()
        read = "Gelesen: Sheet. Nicht gelesen: Saison, Notizen."
        expect(page.locator("#fairs-notes").get_by_text(read)).to_be_visible()
        page.get_by_label("Blätter der Arbeitsmappe").select_option("Saison")
        expect(page.locator('tr[data-row="4"]')).to_contain_text("Saison 2")
        expect(page.get_by_label("Blätter der Arbeitsmappe")).to_be_focused()
        page.locator('tr[data-row="4"] td.error').click()
        expect(page.locator("#fairs-row")).to_contain_text("In „Info“ steht eine E-Mail-Adresse.")
        page.get_by_role("button", name="In „E-Mail“ setzen").click()
        expect(page.locator("#fairs-count")).to_contain_text("mit Fehlern: 0")
        expect(page.locator("#fairs-state")).to_have_attribute("data-is", "saved")
        # What is at example.org may not go out: that is a remark on each row.
        expect(page.locator("#fairs-count")).to_contain_text("mit Hinweisen: 3")
        page.get_by_label("Nur Zeilen mit Fehlern oder Hinweisen").check()
        expect(page.locator("tr[data-row]")).to_have_count(3)
        page.locator('tr[data-row="2"] td').nth(4).dblclick()
        page.keyboard.press("Control+A")
        page.keyboard.type("Mo 06.03.2027")
        page.keyboard.press("Enter")
        page.locator('tr[data-row="2"] td.error').click()
        expect(page.locator("#fairs-row")).to_contain_text("Der 06.03.2027 ist ein Samstag")
        page.get_by_role("button", name="„08.03.2027“").click()
        expect(page.locator('tr[data-row="2"]')).to_contain_text("08.03.2027")
        assert barriers(page) == []
        page.goto(page.url.partition("#")[0] + "#/home")
        expect(page.get_by_text("Als Nächstes auf diesem Blatt: Saison")).to_be_visible()
        expect(page.get_by_text("Gelesen wird nur das Blatt „Saison“.", exact=True)).to_be_visible()
    kept = load_workbook(workspace.root / "content" / "fairs.xlsx")
    first, second, _ = [[[c.value for c in row] for row in s.iter_rows()] for s in kept.worksheets]
    assert first[3][2] == "info@example.org"
    assert (second[0][3], second[3][2:]) == ("E-Mail", [None, "info@example.org"])


def test_placeholders_have_names_and_the_menu_is_whole_on_a_narrow_page(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser, "#/translations/tr/layouts") as (page, _):
        page.set_viewport_size({"width": 600, "height": 900})
        for entry in page.locator("#views a").all():
            box = entry.bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 600
        row = page.locator(".unit[data-original='As of %(month)s.']")
        field = row.get_by_role("textbox")
        assert "{Monat}" in field.input_value()
        with page.expect_response("**/do/translation-save"):
            field.fill("{Monat}, …")
            field.blur()
        catalogs = workspace.root.glob("layouts/**/tr.po")
        assert any('msgstr "%(month)s, …"' in each.read_text("utf-8") for each in catalogs)


VIEWS = ("home", "bring", "write", "translations/en", "fairs", "look", "release")


@pytest.mark.slow
def test_no_view_keeps_anybody_out(workspace: Workspace, browser: Browser) -> None:
    with preview(workspace.root, language="de", command="desk") as started:
        context = browser.new_context(locale="de-DE", bypass_csp=True)
        page = context.new_page()
        page.set_default_timeout(LONGEST * 1000)
        page.goto(started.opening)
        for view in VIEWS:
            page.goto(f"{started.address}/#/{view}")
            # Another address on the same page is no load: the view before may still be shown.
            own = f"main > [data-view={view.partition('/')[0]}]"
            page.locator(f"{own}:visible:not([inert]) h1").wait_for(state="attached")
            if view == "write":
                page.locator("#picture[data-picture]").wait_for(state="attached")
                page.locator("#sheet[aria-busy=false]").wait_for(state="attached")
            for width in (1440, 1000, 720, 360):  # half of the width is what 200 % zoom leaves
                page.set_viewport_size({"width": width, "height": 900})
                assert barriers(page) == [], (view, width)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()


def test_an_edited_sentence_prints_exactly_the_editions_that_it_touches(
    workspace: Workspace, browser: Browser
) -> None:
    declare(workspace, 'layouts = ["brochure", "flyer"]\nlocales = ["de"]')
    assert workspace.run("build").returncode == 0
    before, profile = pdfs(workspace.root / "out"), (workspace.root / PROFILE).read_text("utf-8")
    with at_the_desk(workspace, browser, f"#/write/{EXAMPLE}/text") as (page, _):
        page.locator("#rich p", has_text=SENTENCE).click()
        page.keyboard.press("End")
        page.keyboard.insert_text(" Das bleibt so.")
        expect(page.locator("#saved")).to_have_attribute("data-is", "saved")
        page.get_by_role("link", name="Start", exact=True).click()
        expect(page.locator(".cards")).to_contain_text("zu drucken: 1")
        page.get_by_role("button", name="Drucken", exact=True).click()
        expect(page.locator("#progress-told")).to_contain_text("Alle Dateien erledigt: 2")
        expect(page.locator(".cards")).not_to_contain_text("zu drucken")
        # What was printed meanwhile stands in the view that showed it before as it is now.
        page.get_by_role("link", name="Schreiben", exact=True).click()
        expect(page.locator("#gallery > section .thumb")).to_have_count(2)
        expect(page.locator("#gallery > section .thumb[data-state=stale]")).to_have_count(0)
    after = pdfs(workspace.root / "out")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"{EXAMPLE}/{EXAMPLE}-brochure-de.pdf"}
    brochure = after[f"{EXAMPLE}/{EXAMPLE}-brochure-de.pdf"]
    assert normalized("Das bleibt so.") in normalized(read_back(brochure).text)
    # Of the file, one line differs.
    now = (workspace.root / PROFILE).read_text("utf-8")
    differs = [
        pair for pair in zip(profile.split("\n"), now.split("\n"), strict=True) if len({*pair}) > 1
    ]
    assert [new.replace(" Das bleibt so.", "") == old for old, new in differs] == [True]


def test_a_format_that_is_only_shown_leads_to_where_it_is_printed_and_then_released(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser, f"#/write/{EXAMPLE}") as (page, _):
        only_shown = page.locator("#not-printed")
        page.locator("#formats input[value=a5]").check()
        expect(only_shown).to_contain_text("nicht gedruckt und nicht freigegeben")
        page.locator("#formats input[value=a4]").check()
        expect(only_shown).to_be_hidden()
        page.locator("#formats input[value=a5]").check()
        page.get_by_role("link", name="Auch drucken").click()
        small, large = (
            page.get_by_role("checkbox", name=name, exact=True) for name in ("A5", "A4")
        )
        small.check()
        large.uncheck()
        small.uncheck()
        expect(page.locator(".fault")).to_contain_text("mindestens einem Format")
        expect(small).to_be_checked()
        page.get_by_role("link", name="Prüfen und freigeben").click()
        names = page.locator("#release-editions + ul strong")
        expect(names).to_have_text(["Flyer A5, Deutsch", "Flyer A5, Englisch"])


def test_nothing_is_told_that_no_longer_holds(workspace: Workspace, browser: Browser) -> None:
    with at_the_desk(workspace, browser, f"#/write/{EXAMPLE}") as (page, _):
        # A profile is called by its new title at once.
        page.locator("#head-details summary").click()
        page.get_by_label("Titel (nötig)").fill("Kundendienst in Lünen")
        expect(page.locator("#profile")).to_contain_text("Kundendienst in Lünen")
        expect(page.locator("#saved")).to_have_text("Gespeichert")
        # What another view of this page has written was written nowhere else.
        page.get_by_role("link", name="Start", exact=True).click()
        expect(page.locator(".cards")).to_contain_text("Kundendienst in Lünen")
        workspace.edit(PROFILE, "Kundendienst in Lünen", "Kundendienst in Unna")
        expect(page.locator(".cards")).to_contain_text("Kundendienst in Unna")
        page.get_by_role("link", name="Schreiben").click()
        expect(page.locator("#profile")).to_contain_text("Kundendienst in Unna")
        expect(page.locator("#saved")).to_have_text("Gespeichert")

        # Of a wrong file nothing is said once the right one was given.
        page.get_by_role("link", name="Start", exact=True).click()
        page.get_by_role("link", name="Neues Profil").first.click()
        table: Any = {"name": "messen.csv", "mimeType": "", "buffer": b"Messe;Beginn\r\n"}
        page.locator("#bring-file").set_input_files(files=[table])
        expect(page.locator("#notice-told")).to_contain_text("messen.csv")
        text: Any = {"name": "g.docx", "mimeType": "", "buffer": GARDENER}
        page.locator("#bring-file").set_input_files(files=[text])
        expect(page.locator("#bring-heading")).to_contain_text("g.docx")
        expect(page.locator("#notice")).to_be_hidden()

        # What is removed goes from all lists; what folds stays as it was.
        page.get_by_role("link", name="Start", exact=True).click()
        expect(page.locator("#home-languages")).to_contain_text("Kundendienst")
        page.get_by_role("button", name="Beispiel entfernen").or_(
            page.get_by_role("button", name="Profil entfernen")
        ).first.click()
        page.locator("#notice-action").click()
        expect(page.locator("#home-removed")).to_be_visible()
        expect(page.locator("#home-languages")).not_to_contain_text("Kundendienst")
        expect(page.locator("[data-view=home] .notes")).to_have_count(
            0
        )  # to have no profile is no fault
        page.locator("#home-removed summary").click()
        with page.expect_response("**/do/home"):  # it is drawn again
            (workspace.root / "content/other.txt").write_text("x", "utf-8")
        expect(page.locator("#home-removed")).to_have_attribute("open", "")
        page.get_by_role("link", name="Schreiben").click()
        expect(page.locator("#notice-told")).to_have_text("Es gibt noch kein Profil.")


def test_the_way_to_a_finding_leads_to_its_sentence(workspace: Workspace, browser: Browser) -> None:
    teaser = "Im Kundendienst helfen Sie Menschen am Telefon"
    told = "Man verdient 2.900 Euro brutto im Monat."
    workspace.edit(PROFILE, teaser, f"Guten Tag. {told} {teaser}")
    chosen = "a => a.value.slice(a.selectionStart, a.selectionEnd)"
    with at_the_desk(workspace, browser, f"#/release/{EXAMPLE}") as (page, _):
        page.locator(".finding", has_text="„2.900 Euro“").get_by_role("link").first.click()
        field = page.locator("[data-place='flyer.teaser'] textarea")
        expect(field).to_be_focused()
        assert field.evaluate(chosen) == told
        expect(page.locator("#problem-count")).not_to_have_text("Alles in Ordnung.")
        # What is not translated is gone to as well.
        page.get_by_role("link", name="Prüfen und freigeben").click()
        page.locator(".finding", has_text="Nicht übersetzt").get_by_role("link").first.click()
        expect(page.locator(".unit textarea:focus")).to_have_count(1)


def test_who_approves_one_language_is_not_proposed_for_another(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser, "#/translations/ar") as (page, _):
        name = page.locator("#translations-by")
        name.fill("Lektorat Arabisch")
        name.blur()
        page.locator("#translations-locale").select_option("tr")
        expect(page.locator("#translations-heading")).to_be_visible()
        expect(name).to_have_value("")
        page.locator("#translations-locale").select_option("ar")
        expect(name).to_have_value("Lektorat Arabisch")


def test_a_file_that_takes_long_says_that_it_is_being_made_and_is_made_once(
    workspace: Workspace, browser: Browser
) -> None:
    with at_the_desk(workspace, browser, f"#/release/{EXAMPLE}") as (page, _):
        asked: list[str] = []

        def slow(route: Route) -> None:
            asked.append(route.request.url)
            page.wait_for_timeout(1000)
            body = {"content-disposition": "attachment; filename*=UTF-8''Bericht.pdf"}
            route.fulfill(body=b"%PDF-", headers=body)

        page.route("**/download/report*", slow)
        link = page.locator("a[href*='/download/report']")
        with page.expect_download() as got:
            link.click()
            link.click()
            expect(link).to_have_text("Wird zusammengestellt …")
        assert got.value.suggested_filename == "Bericht.pdf"
        expect(link).to_have_text("Bericht über alle gedruckten Dateien")
        assert len(asked) == 1
