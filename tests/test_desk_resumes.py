"""A desk that ends, however it does, opens again where it was, and open pages go on by themselves."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from careerprint.desk.door import Door, door_of, keep_door

from .cards import declare, flyers_as_cards
from .conftest import PROFILE, SLUG, Workspace
from .previewing import CHROMIUM, LONGEST, chromium, preview


@pytest.fixture
def few(workspace: Workspace) -> Workspace:
    declare(workspace, 'layouts = ["flyer"]\nlocales = ["de"]')
    flyers_as_cards(workspace)
    return workspace


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def writes(page: Page, text: str) -> None:
    page.locator("#rich p").first.click()
    page.keyboard.press("End")
    page.keyboard.insert_text(text)


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")
def test_an_open_page_keeps_what_is_typed_and_goes_on_when_the_desk_is_back(
    few: Workspace, browser: Browser
) -> None:
    page = browser.new_page()
    page.set_default_timeout(LONGEST * 1000)
    saved, notice = page.locator("#saved"), page.locator("#notice")
    with preview(few.root, command="desk") as first:
        page.goto(f"{first.opening}#/write/{SLUG}/text")
        expect(saved).to_have_attribute("data-is", "saved")
        first.process.kill()
        first.process.wait()
    expect(notice).to_contain_text("cannot be reached")
    writes(page, " Nach dem Absturz.")
    expect(saved).to_have_attribute("data-is", "fault")
    with preview(few.root, command="desk") as second:
        assert (second.port, second.token != first.token) == (first.port, True)
        expect(saved).to_have_attribute("data-is", "saved")
        expect(notice).to_be_hidden()
        assert "Nach dem Absturz." in (few.root / PROFILE).read_text("utf-8")
        # An address of before opens nothing any more.
        assert httpx.get(first.opening).status_code == 403
    page.close()


@pytest.mark.process
def test_a_second_start_opens_the_desk_that_is_at_work(few: Workspace) -> None:
    with preview(few.root, command="desk") as first:
        state = {"XDG_STATE_HOME": str(few.root.parent / "state")}
        done = few.run_process("preview", SLUG, "--no-browser", **state)
        assert done.returncode == 0
        assert done.stdout == f"The desk is open already: {first.opening}#/write/{SLUG}\n"


def test_the_secret_is_the_users_alone_and_kept_for_a_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "workspace"
    with door_of(root) as door:
        assert door.is_ours
        keep_door(root, replace(door, port=4711, address="http://127.0.0.1:4711/?token=x"))
        with door_of(root) as other:
            assert (other.is_ours, other.address) == (False, "http://127.0.0.1:4711/?token=x")
    (file,) = (tmp_path / "state").rglob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert not file.is_relative_to(root)
    with door_of(root) as again:
        assert (again.port, again.secret, again.address) == (4711, door.secret, "")
        keep_door(root, replace(again, made=again.made - 8 * 24 * 3600))
    with door_of(root) as later:
        assert later.port == 4711
        assert len(later.secret) > 40
        assert later.secret != door.secret
    for spoilt in (b"", b"[]", b'{"port": "x", "secret": 3}', b"\xff"):
        file.write_bytes(spoilt)
        with door_of(root) as anew:
            assert (anew.port, anew.is_ours, len(anew.secret) > 40) == (0, True, True)


def test_where_nothing_can_be_kept_the_desk_opens_nevertheless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with door_of(tmp_path) as door:
        assert door.is_ours
        assert len(door.secret) > 40
        keep_door(tmp_path, Door())
