"""The preview, as a process on loopback and in a real browser: edit, look, mend, print."""

import io
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from careerprint.core.edition import Edition
from careerprint.core.sources import digest
from careerprint.finished.readback import normalized, read_back

from .cards import declare, declare_flyers
from .conftest import PROFILE, SLUG, Workspace
from .previewing import CHROMIUM, Preview, Viewer, barriers, chromium, preview
from .texts import postpone_fairs
from .workspaces import make_ready_workspace

FLYER = Edition(SLUG, "flyer", "de").output
TEASER = "gern dazulernen"
SENTENCE = " und noch ein Satz, für den auf dieser Seite ganz gewiss kein Platz mehr ist"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium"),
]


def printed_workspace(root: Path, printed: Workspace) -> Workspace:
    """Make a workspace that declares two flyers, with what is printed from its texts already.

    All that is declared is printed after each edit.
    """
    make_ready_workspace(root)
    made = Workspace(root)
    declare_flyers(made, "de", "en")
    postpone_fairs(root)
    shutil.copytree(printed.root / "out", root / "out", dirs_exist_ok=True)
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, printed: Workspace) -> Workspace:
    return printed_workspace(tmp_path_factory.mktemp("shared") / "workspace", printed)


@pytest.fixture
def workspace(shared: Workspace) -> Iterator[Workspace]:
    """The workspace that the tests share; each finds its profile as it was at first."""
    before = written(shared)
    yield shared
    (shared.root / PROFILE).write_text(before, "utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def at_work(shared: Workspace) -> Iterator[Preview]:
    with preview(shared.root) as started:
        yield started


@pytest.fixture
def viewer(at_work: Preview, browser: Browser, workspace: Workspace) -> Iterator[Viewer]:
    with looking_at(at_work, browser) as viewer:
        assert viewer.text == written(workspace)
        yield viewer


@contextmanager
def looking_at(at_work: Preview, browser: Browser) -> Iterator[Viewer]:
    """Look at a preview, and see that nothing breaks and nothing is asked for elsewhere."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    viewer = Viewer(context, at_work)
    yield viewer
    assert viewer.faults == []
    assert viewer.foreign == []
    context.close()


def written(workspace: Workspace) -> str:
    return (workspace.root / PROFILE).read_text("utf-8")


def test_a_paragraph_is_edited_saved_and_seen_on_the_page(
    workspace: Workspace, viewer: Viewer
) -> None:
    before = viewer.picture()
    viewer.write(" und Weise", behind=TEASER)
    after = viewer.after(before)
    viewer.saved()
    assert f"{TEASER} und Weise" in written(workspace)
    pdf = (workspace.root / "out" / FLYER).read_bytes()
    assert digest(pdf) == after
    assert normalized(f"{TEASER} und Weise") in normalized(read_back(pdf).text)
    expect(viewer.see("#problem-count")).to_have_text("Nothing to mend.")
    expect(viewer.see("#meter-told")).to_contain_text("type of")
    # The other languages have lost their translation of it: each says so, where it stands.
    viewer.choose("locales", "en")
    viewer.after(after)
    expect(viewer.see("#problem-count")).to_contain_text("in German: 1")
    line = workspace.line(PROFILE, TEASER) - 2  # that of its key
    expect(viewer.see("#problems .problem")).to_contain_text(f"Line {line}")
    expect(viewer.see(f".line:nth-child({line})")).to_have_class("line untranslated")
    expect(viewer.see(".place.untranslated")).to_have_attribute("data-line", f"{line}")


def test_the_words_follow_what_the_page_shows(viewer: Viewer) -> None:
    before = viewer.picture()
    expect(viewer.see("#state")).to_have_text("The page shows your text.")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    viewer.page.route("**/look", hold)
    with viewer.page.expect_request("**/look"):
        viewer.write(" und Weise", behind=TEASER)
    viewer.saved()
    expect(viewer.see("#state")).to_have_text("Your last change is not on this page yet.")
    expect(viewer.see("#state")).to_have_attribute("aria-busy", "true")
    expect(viewer.see(".thumb[aria-current=true] .told")).to_have_text("being looked at")
    expect(viewer.see("#picture")).to_have_attribute("data-picture", before)
    for route in held:
        route.continue_()
    viewer.after(before)
    expect(viewer.see("#state")).to_have_text("The page shows your text.")
    told = viewer.see(".thumb[aria-current=true] .told")
    expect(told).to_have_text("up to date")


def test_what_this_page_has_changed_is_not_said_to_come_from_elsewhere(
    workspace: Workspace, viewer: Viewer
) -> None:
    viewer.saved()
    viewer.page.evaluate(
        """async ([path, before, after]) => {
            const { ask } = await import("/server.js");
            const { text, digest } = await ask(path);
            const body = { text: text.replace(before, after), basedOn: digest };
            await ask(path, { method: "PUT", body });
        }""",
        [f"/text/{SLUG}", TEASER, f"{TEASER} (hier)"],
    )
    viewer.page.wait_for_function(
        "() => document.querySelector('#written').value.includes('(hier)')"
    )
    expect(viewer.see("#saved")).to_have_text("Saved")
    workspace.edit(PROFILE, "(hier)", "(dort)")
    expect(viewer.see("#saved")).to_contain_text("changed elsewhere")


def test_an_overflow_is_told_with_the_words_to_cut_and_goes_when_they_are_cut(
    workspace: Workspace, viewer: Viewer
) -> None:
    before, whole = viewer.picture(), viewer.text
    viewer.write(SENTENCE * 40, behind=TEASER)
    expect(viewer.see("#state")).to_have_attribute("data-is", "fault")
    expect(viewer.see("#meter-told")).to_contain_text("cut about")
    assert viewer.see("#meter").get_attribute("aria-valuenow") == "100"
    line = workspace.line(PROFILE, TEASER) - 2
    problem = viewer.see("#problems button.problem.error")
    expect(problem).to_contain_text(f"Line {line}")
    expect(problem).to_contain_text("words")
    expect(viewer.see(f".line:nth-child({line})")).to_have_class("line error")
    expect(viewer.see(".place.error")).to_have_attribute("data-line", f"{line}")
    expect(viewer.see("#state")).to_contain_text("Shown is the last page")
    assert viewer.picture() == before, "the last good page stays"
    expect(viewer.see("#download")).to_contain_text("Download the PDF as of")
    problem.click()
    assert viewer.page.evaluate("() => document.activeElement.id") == "written"
    viewer.see("#written").fill(whole)
    expect(viewer.see("#state")).to_have_attribute("data-is", "good")
    expect(viewer.see("#problem-count")).to_have_text("Nothing to mend.")
    expect(viewer.see("#download")).to_have_text("Download PDF")
    viewer.saved()
    assert written(workspace) == whole


def test_a_broken_line_of_the_front_matter_is_shown_where_it_stands(
    workspace: Workspace, viewer: Viewer
) -> None:
    viewer.write(".", behind="min: 2")
    problem = viewer.see("#problems button.problem.error")
    expect(problem).to_contain_text(f"Line {workspace.line(PROFILE, 'min: 2')}")
    expect(problem).to_contain_text("reads as the decimal number 2.300")
    viewer.page.keyboard.press("Backspace")
    expect(viewer.see("#problem-count")).to_have_text("Nothing to mend.")


def test_arabic_brochure_page_by_page_formats_and_fairs_by_a_click(
    tmp_path: Path, printed: Workspace, browser: Browser
) -> None:
    workspace = printed_workspace(tmp_path / "workspace", printed)
    declare(workspace, 'layouts = ["brochure", "flyer"]\nlocales = ["de", "ar"]\n')
    with preview(workspace.root) as at_work, looking_at(at_work, browser) as viewer:
        _clicks_through(viewer)


def _clicks_through(viewer: Viewer) -> None:
    before = viewer.picture()
    viewer.choose("locales", "ar")
    arabic = viewer.after(before)
    expect(viewer.see("#picture")).to_have_attribute("alt", "Flyer A4, Arabic, page 1 of 1")
    # Arabic text is found on its page too.
    expect(viewer.see(".place").nth(5)).to_be_attached()
    held: list[Route] = []
    viewer.page.route("**/look", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks what it calls
    viewer.choose("layouts", "brochure")
    # Until it is there, an empty page says what comes.
    told = "Brochure, Arabic is being loaded…"
    expect(viewer.see("#paper")).to_have_attribute("data-told", told)
    expect(viewer.see("#picture")).to_be_hidden()
    for route in held:
        route.continue_()
    viewer.page.unroute("**/look")
    brochure = viewer.after(arabic)
    expect(viewer.see("#page-of")).to_have_text("Page 1 of 8")
    viewer.see("#later").click()
    expect(viewer.see("#picture")).to_have_attribute("alt", "Brochure, Arabic, page 2 of 8")
    viewer.see("#sheet").press("PageDown")
    expect(viewer.see("#page-of")).to_have_text("Page 3 of 8")
    expect(viewer.see("#format-set")).to_be_hidden()
    viewer.choose("layouts", "flyer")
    flyer = viewer.after(brochure)
    viewer.choose("formats", "din-lang")
    small = viewer.after(flyer)
    expect(viewer.see("#picture")).to_have_attribute("alt", "Flyer DIN lang, Arabic, page 1 of 1")
    # A layout comes back in the format that was chosen for it.
    viewer.choose("layouts", "brochure")
    viewer.choose("layouts", "flyer")
    expect(viewer.see("#picture")).to_have_attribute("alt", "Flyer DIN lang, Arabic, page 1 of 1")
    viewer.see("#fairs").select_option("beispielstadt-maerz")
    viewer.after(small)
    expect(viewer.see("#picture")).to_have_attribute(
        "alt", "Flyer A4, Arabic, Ausbildungsmesse Beispielstadt, page 1 of 1"
    )


def test_the_place_of_the_caret_is_seen_on_the_page_and_a_click_there_leads_to_the_text(
    workspace: Workspace, viewer: Viewer
) -> None:
    viewer.picture()
    viewer.put_caret("headline: ")
    line = workspace.line(PROFILE, "headline: ")
    expect(viewer.see(".place.current")).to_have_attribute("data-line", f"{line}")
    other = workspace.line(PROFILE, TEASER) - 2
    viewer.see(f".place[data-line='{other}']").click()
    expect(viewer.see(f".line:nth-child({other})")).to_have_class("line current")


def test_the_pdf_is_downloaded_as_it_was_printed(workspace: Workspace, viewer: Viewer) -> None:
    viewer.picture()
    with viewer.page.expect_download() as download:
        viewer.see("#download").click()
    assert download.value.suggested_filename == FLYER.rpartition("/")[2]
    assert Path(download.value.path()).read_bytes() == (workspace.root / "out" / FLYER).read_bytes()


def test_print_all_prints_every_declared_edition(workspace: Workspace, viewer: Viewer) -> None:
    viewer.picture()
    declared = [Edition(SLUG, "flyer", locale) for locale in ("de", "en")]
    files = [workspace.root / "out" / edition.output for edition in declared]
    files[1].unlink(missing_ok=True)
    viewer.see("#print-all").click()
    expect(viewer.see("#progress-told")).to_have_text("All done: 2. Failed: 0.")
    assert all(file.is_file() for file in files)
    states = viewer.see("section > ul .thumb").evaluate_all("all => all.map(a => a.dataset.state)")
    assert len(states) == 2
    assert set(states) <= {"printed", "fresh"}


def test_two_tabs_with_one_text_the_second_is_asked_and_nothing_is_lost(
    workspace: Workspace, at_work: Preview, browser: Browser
) -> None:
    here, there = browser.new_context(), browser.new_context()
    first, second = Viewer(here, at_work), Viewer(there, at_work)
    there.set_offline(True)
    second.write(" (zwei)", behind=TEASER)
    expect(second.see("#notice")).to_contain_text("cannot be reached")
    first.write(" (eins)", behind=TEASER)
    first.saved()
    there.set_offline(False)
    expect(second.see("#conflict")).to_be_visible()
    expect(second.see("#mine")).to_contain_text("(zwei)")
    expect(second.see("#theirs")).to_contain_text("(eins)")
    assert f"{TEASER} (eins)" in written(workspace), "nobody has decided yet"
    second.see("#decide-later").click()
    second.see("#notice-action").click()
    second.see("#take-files").click()
    assert f"{TEASER} (eins)" in second.text
    second.see(
        "#notice-action",
    ).click()
    second.saved()
    assert f"{TEASER} (zwei)" in written(workspace)
    # The first has nothing of its own to lose, and follows without a question.
    expect(first.see("#saved")).to_contain_text("changed elsewhere")
    assert f"{TEASER} (zwei)" in first.text
    there.set_offline(True)
    second.write("!", behind="(zwei)")
    expect(second.see("#saved")).to_have_attribute("data-is", "fault")
    workspace.edit(PROFILE, "(zwei)", "(drei)")
    there.set_offline(False)
    second.see("#keep-mine").click()
    second.saved()
    assert f"{TEASER} (zwei)!" in written(workspace)
    here.close()
    there.close()


def test_a_workspace_that_goes_is_told_of_and_what_was_typed_is_saved_when_it_is_back(
    tmp_path: Path, printed: Workspace, browser: Browser
) -> None:
    workspace = printed_workspace(tmp_path / "workspace", printed)
    with preview(workspace.root) as at_work, looking_at(at_work, browser) as viewer:
        _goes_and_comes_back(workspace, viewer)


def _goes_and_comes_back(workspace: Workspace, viewer: Viewer) -> None:
    viewer.picture()
    away = workspace.root.with_name("away")
    workspace.root.rename(away)
    expect(viewer.see("#notice")).to_contain_text("not there any more")
    viewer.write(" (noch da)", behind=TEASER)
    expect(viewer.see("#saved")).to_have_attribute("data-is", "fault")
    time.sleep(1)  # long enough for anything that would make the folder anew
    assert not workspace.root.exists()
    away.rename(workspace.root)
    viewer.saved()
    assert f"{TEASER} (noch da)" in written(workspace)
    expect(viewer.see("#notice")).to_be_hidden()


def test_the_keyboard_alone_reaches_everything(viewer: Viewer) -> None:
    viewer.picture()
    viewer.page.evaluate("() => document.activeElement.blur()")
    reached = []
    for _ in range(30):
        viewer.page.keyboard.press("Tab")
        reached.append(
            viewer.page.evaluate(
                "() => document.activeElement.id || document.activeElement.name "
                "|| document.activeElement.dataset.zoom || document.activeElement.className"
            )
        )
        ring = viewer.page.evaluate(
            """() => { const own = getComputedStyle(document.activeElement);
            const beside = document.activeElement.nextElementSibling ?? document.body;
            const outside = document.activeElement.closest(".scroller") ?? document.body;
            return [own.outlineStyle, getComputedStyle(beside).outlineStyle,
                getComputedStyle(outside).boxShadow]; }"""
        )
        assert ring[:2] != ["none", "none"] or ring[2] != "none", reached[-1]
    assert reached[0] == "skip"
    wanted = ["profile", "download", "print-all", "undo", "redo", "written", "layout", "format"]
    wanted += ["fairs", "locales"]
    assert [name for name in reached if name in wanted] == wanted
    viewer.see("#locales").focus()
    before = viewer.picture()
    viewer.page.keyboard.press("ArrowDown")
    viewer.after(before)
    expect(viewer.see("#locales option:checked")).to_have_text("English")


def test_axe_finds_no_accessibility_error(
    tmp_path: Path, printed: Workspace, browser: Browser
) -> None:
    workspace = printed_workspace(tmp_path / "workspace", printed)
    before = written(workspace)
    with preview(workspace.root, language="de") as at_work:
        for width in (1440, 1000, 390):
            _examine_with_axe(workspace, at_work, browser, width)
            (workspace.root / PROFILE).write_text(before, "utf-8")


def _examine_with_axe(workspace: Workspace, at_work: Preview, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    viewer = Viewer(context, at_work)

    assert barriers(viewer.page) == []
    viewer.write(SENTENCE * 40, behind=TEASER)
    viewer.see("#state[data-is=fault]").wait_for(state="attached")
    viewer.picture()
    assert barriers(viewer.page) == []
    if width < 800:
        for pane in ("page", "editions"):
            viewer.see(f"[data-shows={pane}]").click()
            assert barriers(viewer.page) == []
    else:
        context.set_offline(True)
        viewer.write("x", behind=TEASER)
        viewer.see("#notice:not([hidden])").wait_for()
        assert barriers(viewer.page) == []
        workspace.edit(PROFILE, TEASER, "immer anders")
        context.set_offline(False)
        viewer.see("#conflict[open]").wait_for()
        assert barriers(viewer.page) == []
    assert viewer.page.evaluate("() => document.documentElement.lang") == "de"
    context.close()


def test_pages_are_drawn_as_they_are_printed(workspace: Workspace, at_work: Preview) -> None:
    with at_work.client() as client:
        sight = client.post("/look", json={"viewer": "test", "output": FLYER}).json()
        assert sight["state"] in {"printed", "fresh"}
        assert len(sight["pages"]) == 1
        picture = client.get(f"/picture/{sight['picture']}/1/800", params={"output": FLYER})
        assert Image.open(io.BytesIO(picture.content)).size == (800, 1131)
        for wrong in (f"/picture/{sight['picture']}/2/800", f"/picture/{sight['picture']}/1/801"):
            assert client.get(wrong, params={"output": FLYER}).status_code == 404
        places = client.get("/places", params={"output": FLYER, "pdf": sight["picture"]}).json()
        lines = {place["line"] for place in places}
        assert workspace.line(PROFILE, "headline: ") in lines
        assert all(0 <= place[side] <= 1 for place in places for side in ("left", "top", "width"))


def test_what_other_editions_have_to_mend_is_said_and_a_click_away(viewer: Viewer) -> None:
    before = viewer.picture()
    expect(viewer.see("#problems-box summary")).to_contain_text("Findings in this edition:")
    viewer.write(" und Weise", behind=TEASER)
    viewer.after(before)
    expect(viewer.see("#problem-count")).to_have_text("Nothing to mend.")
    viewer.see("#print-all").click()  # the English one has lost a translation
    expect(viewer.see("#elsewhere")).to_have_text(
        "Other editions with findings: 1. Show the next one"
    )
    viewer.see("#elsewhere").click()
    expect(viewer.see("#locales")).to_have_value("en")
    expect(viewer.see("#problem-count")).not_to_have_text("Nothing to mend.")
    expect(viewer.see("#elsewhere")).to_be_hidden()
