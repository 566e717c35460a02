"""The view in which a profile is written, in a real browser: as it reads, in forms, undone, merged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .cards import card_workspace
from .conftest import PROFILE, SLUG, Workspace
from .previewing import CHROMIUM, LONGEST, Preview, Viewer, barriers, chromium, preview
from .test_rich_text import changed_lines

BEGIN = "Viele Menschen haben eine Frage"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return card_workspace(tmp_path_factory.mktemp("writing") / "workspace", ["de"])


@pytest.fixture(scope="module")
def at_work(workspace: Workspace) -> Iterator[Preview]:
    with preview(workspace.root, language="de") as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def text(workspace: Workspace) -> Iterator[str]:
    """The text of the profile, which each test finds as it was at first."""
    before = written(workspace)
    yield before
    (workspace.root / PROFILE).write_text(before, "utf-8")


@pytest.fixture
def viewer(at_work: Preview, browser: Browser, text: str) -> Iterator[Viewer]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    viewer = Viewer(context, at_work, way="text")
    expect(viewer.see("#rich")).to_contain_text(BEGIN)
    assert text
    yield viewer
    assert viewer.faults == []
    assert viewer.foreign == []
    context.close()


def written(workspace: Workspace) -> str:
    return (workspace.root / PROFILE).read_text("utf-8")


def saved(viewer: Viewer, workspace: Workspace, before: str) -> list[str]:
    """Wait until something else is saved, and return the lines that changed from `before`."""
    for _ in range(int(LONGEST / 0.05)):
        if written(workspace) != before:
            break
        viewer.page.wait_for_timeout(50)
    viewer.saved()
    return changed_lines(before, written(workspace))


def test_a_link_may_be_typed_without_what_everybody_leaves_out(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    viewer.see("#rich p").first.click()
    viewer.page.keyboard.press("End")
    viewer.page.keyboard.press("Control+k")
    viewer.page.get_by_label("Adresse").fill("example.org/kurs")
    viewer.page.get_by_label("Text des Links").fill("zum Kurs")
    viewer.page.keyboard.press("Enter")
    _, added = saved(viewer, workspace, text)
    assert "[zum Kurs](https://example.org/kurs)" in added


def test_what_is_typed_changes_its_line_and_undo_takes_it_back_whatever_it_was(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    viewer.see("#rich h3").first.click()
    viewer.page.keyboard.press("End")
    viewer.page.keyboard.insert_text(" *so*")
    removed, added = saved(viewer, workspace, text)
    assert removed.endswith("brauchen {#everyday}")
    assert " \\*so\\*" in added
    assert added.endswith(" {#everyday}")
    half = written(workspace)
    viewer.see("#ways [data-way=facts]").click()
    viewer.see("[data-part='facts.pay'] > summary").click()
    viewer.see("[data-place='facts.pay.ranges.0.min'] input").fill("rund 2400")
    assert saved(viewer, workspace, half) == ["-         min: 2300", "+         min: rund 2400"]
    expect(viewer.see("[data-place='facts.pay.ranges.0.min'] .fault")).to_contain_text("rund 2400")
    viewer.page.keyboard.press("Control+z")
    viewer.page.wait_for_function("() => !document.querySelector('.fault')")
    viewer.saved()
    assert written(workspace) == half
    viewer.page.keyboard.press("Control+z")
    expect(viewer.see("#ways [aria-current]")).to_have_text("Text")
    expect(viewer.see("#rich")).not_to_contain_text("*so*")
    viewer.page.keyboard.press("Control+Shift+z")
    expect(viewer.see("#rich")).to_contain_text("*so*")
    viewer.page.keyboard.press("Control+z")
    expect(viewer.see("#rich")).not_to_contain_text("*so*")
    viewer.saved()
    assert written(workspace) == text


def test_entries_are_added_and_moved_and_facts_are_chips_of_what_they_are_printed_as(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    viewer.see("#ways [data-way=facts]").click()
    viewer.see("[data-part='facts.sectors'] > summary").click()
    viewer.see("[data-part='facts.sectors'] .more button").click()
    viewer.page.keyboard.insert_text("Post")
    assert saved(viewer, workspace, text) == ["+     - Post"]
    half = written(workspace)
    viewer.see("[data-place='facts.sectors.4'] button[aria-label='Eintrag 5 nach oben']").click()
    assert saved(viewer, workspace, half) == ["+     - Post", "-     - Post"]
    viewer.see("#ways [data-way=text]").click()
    chip = viewer.see("#rich [data-fact=sectors]")
    expect(chip).to_contain_text("IT-Dienstleistungen, Post und Einzelhandel")


def test_where_an_amount_is_changed_its_day_is_asked_for_and_stays_until_somebody_sets_it(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    viewer.see("#ways [data-way=facts]").click()
    viewer.see("[data-part='facts.pay'] > summary").click()
    asked = viewer.see("[data-place='facts.pay.as_of'] .of-day")
    viewer.see("[data-place='facts.pay.as_of'] input").fill("2026-09-15")
    saved(viewer, workspace, text)
    dated = written(workspace)
    expect(asked).to_have_count(0)
    viewer.see("[data-place='facts.pay.ranges.0.max'] input").fill("2850")
    expect(asked).to_contain_text("Ein Betrag wurde geändert: Stimmt dieser Tag noch?")
    assert "+         max: 2850" in saved(viewer, workspace, dated)
    half = written(workspace)
    assert "as_of: 2026-09-15" in half
    asked.get_by_role("button", name="Auf heute setzen").click()
    expect(asked).to_have_count(0)
    assert f"+     as_of: {date.today().isoformat()}" in saved(viewer, workspace, half)
    viewer.see("[data-place='facts.pay.ranges.0.max'] input").fill("2860")
    expect(asked).to_have_count(0)  # it is of today


def test_undo_keeps_its_place_and_tells_what_it_took_back(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    """The first entry of a fact has no line in the text any more, once it is taken back."""
    viewer.see("#ways [data-way=facts]").click()
    part = viewer.see("[data-part='facts.places']")
    part.locator("> summary").click()
    part.locator(".more button").click()
    viewer.page.keyboard.insert_text("Werkstatt")
    saved(viewer, workspace, text)
    viewer.see("#undo").click()
    expect(viewer.see("#turned")).to_have_text("Arbeitsorte: „Werkstatt“ ist wieder weg.")
    expect(part.locator("> summary")).to_be_focused()
    expect(part.locator("> summary")).to_be_in_viewport()
    viewer.see("#redo").click()
    expect(viewer.see("#turned")).to_have_text("Arbeitsorte: „Werkstatt“ steht wieder da.")
    viewer.see("#undo").click()
    expect(viewer.see("#turned")).to_contain_text("ist wieder weg")
    viewer.see("#ways [data-way=text]").click()
    expect(viewer.see("#turned")).to_be_empty()


def test_on_a_small_laptop_the_page_is_read_beside_the_text(
    at_work: Preview, browser: Browser, text: str
) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    viewer = Viewer(context, at_work, way="text")
    expect(viewer.see("#problems-box")).not_to_have_attribute("open", "")
    expect(viewer.see("#problem-count")).not_to_be_empty()
    assert [viewer.see(f".pane.{name}").is_visible() for name in ("text", "page")] == [True, True]
    box = viewer.see("#sheet").bounding_box()
    assert box is not None
    assert box["height"] > 400
    viewer.see("#problems-box summary").click()
    expect(viewer.see("#problems-box")).to_have_attribute("open", "")
    viewer.see("#show-editions").click()
    expect(viewer.see("#gallery .thumb").first).to_be_visible()
    assert text
    context.close()


def test_hostile_html_is_pasted_as_structure_and_does_nothing(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    viewer.see("#rich p").first.click()
    viewer.page.keyboard.press("Control+Home")
    viewer.page.evaluate(
        """() => {
            const brought = new DataTransfer();
            brought.setData("text/html", `<h2>Neu</h2><p>Aus <b>Word</b>
                <img src=x onerror="window.hacked = 1"><script>window.hacked = 1</scr` + `ipt></p>
                <p><a href="javascript:hacked = 1">böse</a></p>`);
            document.getElementById("rich").dispatchEvent(new ClipboardEvent("paste",
                { clipboardData: brought, bubbles: true, cancelable: true }));
        }"""
    )
    changed = saved(viewer, workspace, text)
    assert "+ ## Neu" in changed
    assert "+ Aus **Word**" in changed
    assert "javascript" not in written(workspace)
    assert viewer.page.evaluate("() => window.hacked") is None
    assert viewer.see("#rich img").count() == 0


def test_edits_in_two_windows_at_different_places_are_put_together(
    viewer: Viewer, at_work: Preview, browser: Browser, workspace: Workspace, text: str
) -> None:
    there = browser.new_context()
    second = Viewer(there, at_work, way="source")
    there.set_offline(True)
    second.write(" (zwei)", behind="gern dazulernen")
    expect(second.see("#notice")).to_be_visible()
    viewer.see("#rich p").first.click()
    viewer.page.keyboard.insert_text("(eins) ")
    saved(viewer, workspace, text)
    there.set_offline(False)
    expect(viewer.see("#saved")).to_contain_text("anderswo")
    assert "(eins) " in written(workspace)
    assert "gern dazulernen (zwei)" in written(workspace)
    there.close()


def test_a_broken_head_says_so_and_leads_to_the_source(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    viewer.see("#ways [data-way=source]").click()
    viewer.write("title: Kunden: ", behind="---\n")
    saved(viewer, workspace, text)
    viewer.see("#ways [data-way=flyer]").click()
    note = viewer.see(".way[data-way=flyer] .form-broken")
    expect(note).to_contain_text("Zeile 2")
    expect(viewer.see("#flyer-form")).to_be_hidden()
    note.locator("a").click()
    expect(viewer.see("#written")).to_be_visible()


def test_a_profile_that_was_made_of_no_file_is_not_said_to_be_checked(viewer: Viewer) -> None:
    viewer.page.evaluate(f"() => {{ location.hash = '#/check/{SLUG}'; }}")
    expect(viewer.see("#check-list [role=status]")).to_have_text("Hier ist nichts zu prüfen.")


def test_a_fact_is_offered_by_its_name_and_shown_with_it(viewer: Viewer) -> None:
    tool = viewer.see("#tools button").filter(has_text="Angabe")
    viewer.see("#rich p").first.click()
    tool.click()
    offered = viewer.see("#tool-question option").all_text_contents()
    assert any(option.startswith("Gehalt: 2.300–2.800") for option in offered)
    assert not any("{" in option for option in offered)
    viewer.page.keyboard.press("Escape")
    chip = viewer.see("#rich [data-fact='pay.entry']")
    expect(chip).to_have_attribute("title", "Gehalt: Geändert wird das unter „Angaben“")


def test_tools_for_a_table_are_shown_in_one_alone(
    at_work: Preview, browser: Browser, workspace: Workspace, text: str
) -> None:
    table = "\n| Eins | Zwei |\n|---|---|\n| a | b |\n"
    (workspace.root / PROFILE).write_text(text + table, "utf-8")
    context = browser.new_context()
    viewer = Viewer(context, at_work, way="text")
    expect(viewer.see("#rich table")).to_be_visible()
    expect(viewer.see("#tools .in-table")).to_be_hidden()
    viewer.see("#rich td").first.click()
    expect(viewer.see("#tools .in-table")).to_be_visible()
    context.close()


def test_an_earlier_version_is_compared_and_brought_back(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    history = workspace.root / ".history" / SLUG
    history.mkdir(parents=True, exist_ok=True)
    for file in history.glob("*.md"):
        file.unlink()
    former = text.replace(BEGIN, "Fast alle haben eine Frage")
    (history / "2026-11-28T08-00-00Z.md").write_text(former, "utf-8")
    viewer.see("#ways [data-way=history]").click()
    viewer.see("#versions button").click()
    expect(viewer.see("#version mark").first).to_have_text("Fast alle ")
    viewer.see("#version > button").click()
    expect(viewer.see("#rich")).to_contain_text("Fast alle haben")
    saved(viewer, workspace, text)
    assert written(workspace) == former


def test_addresses_open_a_fact_and_a_line(viewer: Viewer, workspace: Workspace, text: str) -> None:
    viewer.page.evaluate(f"() => {{ location.hash = '#/write/{SLUG}/facts/ways_in'; }}")
    expect(viewer.see("details[data-place='facts.ways_in']")).to_have_attribute("open", "")
    line = workspace.line(PROFILE, "Das ist kein besonders hohes Gehalt")
    viewer.page.evaluate(f"() => {{ location.hash = '#/write/{SLUG}/text/{line}'; }}")
    expect(viewer.see("#rich")).to_be_focused()
    at = viewer.page.evaluate("() => getSelection().anchorNode.parentElement.textContent")
    assert at.startswith("Das ist kein besonders hohes Gehalt")
    assert text


def test_tools_are_one_tab_stop_and_the_keyboard_leads_there_and_back(viewer: Viewer) -> None:
    viewer.see("#rich p").first.click()
    viewer.page.keyboard.press("Alt+F10")
    expect(viewer.see("#tools button").first).to_be_focused()
    viewer.page.keyboard.press("ArrowRight")
    expect(viewer.see("#tools button").nth(1)).to_be_focused()
    assert viewer.see("#tools [tabindex='0']").count() == 1
    viewer.page.keyboard.press("Escape")
    expect(viewer.see("#rich")).to_be_focused()


@pytest.mark.parametrize("width", [1440, 1000, 360])
def test_axe_finds_nothing_in_any_way_of_writing(
    at_work: Preview, browser: Browser, text: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    viewer = Viewer(context, at_work, way="text")
    for way in ("text", "facts", "flyer", "source", "history"):
        viewer.see(f"#ways [data-way={way}]").click()
        viewer.see(f".way[data-way={way}]").wait_for()
        for summary in viewer.see(f".way[data-way={way}] summary").all():
            summary.click()
        assert barriers(viewer.page) == []
        wide = viewer.page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width
    assert text
    context.close()


def test_a_click_on_the_page_leads_to_its_field(viewer: Viewer, workspace: Workspace) -> None:
    viewer.picture()
    for key in ("title", "teaser"):
        line = workspace.line(PROFILE, f"{key}: ")
        viewer.see(f".place[data-line='{line}']").first.click()
        expect(viewer.see(f"#head-form [data-place={key}] :is(input, textarea)")).to_be_focused()


def test_what_belongs_at_a_heading_is_shown_there_and_changed_by_keys(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    heading = viewer.see("#rich h3").filter(has_text="Gehalt: am Anfang")
    below = viewer.see("#rich h3:has-text('Gehalt: am Anfang') + .belongs")
    expect(below).to_have_text("Hierher gehört: Gehalt")
    heading.click()
    viewer.page.keyboard.press("Control+Alt+4")
    asked = viewer.see("#tool-question")
    asked.get_by_label("Hierher gehört").select_option(label="Ausblick")
    asked.get_by_role("button", name="Übernehmen").click()
    assert saved(viewer, workspace, text) == [
        "- ## Gehalt: am Anfang und mit Erfahrung {#pay}",
        "+ ## Gehalt: am Anfang und mit Erfahrung {#outlook}",
        "- ## Ausblick: vieles ist in Bewegung {#outlook}",
        "+ ## Ausblick: vieles ist in Bewegung",
    ]
    expect(below).to_have_text("Hierher gehört: Ausblick")
    below.click()
    expect(asked.get_by_label("Hierher gehört")).to_have_value("outlook")


def test_a_stage_of_pay_may_have_a_lower_end_alone_and_half_years_have_a_comma(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    viewer.see("#ways [data-way=facts]").click()
    viewer.see("[data-part='facts.pay'] > summary").click()
    upper = viewer.see("[data-place='facts.pay.ranges.0.max']")
    expect(upper).not_to_contain_text("nötig")
    upper.locator("input").fill("")
    assert saved(viewer, workspace, text) == ["-         max: 2800"]
    expect(viewer.page.locator(".fault")).to_have_count(0)
    half = written(workspace)
    viewer.see("[data-part='facts.ways_in'] > summary").click()
    years = viewer.see("[data-place='facts.ways_in.0.years'] input")
    years.fill("3,5")
    assert saved(viewer, workspace, half)[-1] == "+       years: 3.5"
    viewer.page.reload()
    viewer.see("[data-part='facts.ways_in'] > summary").click()
    expect(viewer.see("[data-place='facts.ways_in.0.years'] input")).to_have_value("3,5")


def test_nothing_is_lost_where_answers_take_long(
    viewer: Viewer, workspace: Workspace, text: str
) -> None:
    page = viewer.page
    # Whoever leaves before the text is there has changed nothing.
    with held(page, "write-forms", lambda: page.reload(wait_until="commit")):
        page.get_by_role("link", name="Start", exact=True).click()
        expect(page.locator("#home-heading")).to_be_visible()
        assert written(workspace) == text
    page.go_back()
    write(viewer, 0, " Eins.")
    half = saved(viewer, workspace, text)
    # What is being saved can be taken back.
    with held(page, "write-blocks", lambda: write(viewer, 1, " Zwei.")):
        page.keyboard.press("Control+z")
    expect(viewer.see("#rich")).not_to_contain_text(" Zwei.")
    viewer.saved()
    assert changed_lines(text, written(workspace)) == half
    # What is typed while a step is taken back stays.
    with held(page, "write-read", lambda: page.keyboard.press("Control+z")):
        write(viewer, 1, " Drei.")
    expect(viewer.see("#rich")).not_to_contain_text(" Eins.")
    expect(viewer.see("#rich")).to_contain_text(" Drei.")
    viewer.saved()
    assert " Drei." in written(workspace)
    assert " Eins." not in written(workspace)


def write(viewer: Viewer, paragraph: int, words: str) -> None:
    """Type words at the end of a paragraph."""
    viewer.see("#rich > p").nth(paragraph).click()
    viewer.page.keyboard.press("End")
    viewer.page.keyboard.insert_text(words)


@contextmanager
def held(page: Page, action: str, ask: Callable[[], object]) -> Iterator[None]:
    """Have the desk asked for something, and get its answer only behind this."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    page.route(f"**/do/{action}", hold)
    with page.expect_request(f"**/do/{action}"):
        ask()
    yield
    for route in routes:
        route.continue_()
    page.unroute(f"**/do/{action}")
