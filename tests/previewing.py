"""A `careerprint preview` at work, and a browser to look at it with."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from .conftest import SLUG

COMMAND = (sys.executable, "-m", "careerprint")
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LONGEST = 120.0  # seconds for anything to come, before a test gives up
expect.set_options(timeout=LONGEST * 1000)


@dataclass(frozen=True)
class Preview:
    """A preview: its process, and the address that opens it."""

    process: "subprocess.Popen[str]"
    opening: str

    @property
    def address(self) -> str:
        return self.opening.partition("/?")[0]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def token(self) -> str:
        return self.opening.partition("token=")[2].partition("#")[0]

    @property
    def cookie(self) -> str:
        """The cookie by which the page is known: its name, "=" and its value."""
        return httpx.get(self.opening).headers["set-cookie"].partition(";")[0]

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Have a client that holds the token and says that it is the preview's own page."""
        origin = {"origin": self.address}
        with httpx.Client(base_url=self.address, headers=origin, timeout=LONGEST) as client:
            assert client.get(self.opening, follow_redirects=True).status_code == 200
            yield client


@contextmanager
def preview(
    root: Path, *arguments: str, language: str = "en", command: str = "preview"
) -> Iterator[Preview]:
    """Have `careerprint preview` at work in the workspace `root`; Ctrl-C ends it in silence."""
    process = subprocess.Popen(
        [
            *COMMAND,
            *(["--lang", language] if language else []),
            command,
            "--no-browser",
            *arguments,
        ],
        cwd=root,
        env={
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "XDG_STATE_HOME": str(root.parent / "state"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", first)
        assert address, first + process.stdout.read()
        yield Preview(process, address[0])
        if process.poll() == -signal.SIGKILL:
            return  # the test has killed it
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(LONGEST) == 0
        rest = process.stdout.read()
        assert "Traceback" not in rest
        assert rest.count("\n") == 1, rest
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Have a browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def barriers(page: Page) -> list[str]:
    """Return what axe finds on a page that keeps somebody out: the rule, and the element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    # All else that axe tells is not brought here: it takes longer than finding it.
    found = page.evaluate(
        """async () => (await axe.run({ resultTypes: ["violations"] })).violations
            .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`))"""
    )
    return list(found)


class Viewer:
    """Somebody in front of the preview: what can be seen, and what can be done."""

    def __init__(self, context: BrowserContext, preview: Preview, way: str = "source") -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(LONGEST * 1000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.foreign: list[str] = []
        self.page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(preview.address)
                else self.foreign.append(request.url)
            ),
        )
        opening = preview.opening.partition("#")[0]
        self.page.goto(f"{opening}#/write/{SLUG}/{way}")
        self.picture()

    def see(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def picture(self) -> str:
        """Return which PDF the page shows, once it shows what the text is now."""
        self.see("#picture[data-picture]").wait_for(state="attached")
        self.see("#sheet[aria-busy=false]").wait_for(state="attached")
        return self.see("#picture").get_attribute("data-picture") or ""

    def after(self, picture: str) -> str:
        """Wait for another picture, and return which PDF it is of."""
        self.see(f'#picture:not([data-picture="{picture}"])').wait_for()
        return self.picture()

    def saved(self) -> None:
        """Wait until the text is saved."""
        self.see("#saved[data-is=saved]").wait_for()

    def put_caret(self, behind: str) -> None:
        """Click into the text as soon as that can be done, and put the caret behind these words."""
        self.page.wait_for_function(
            """(words) => {
                const area = document.getElementById("written");
                const at = area.value.indexOf(words) + words.length;
                area.focus();
                area.setSelectionRange(at, at);
                return document.activeElement === area && at >= words.length;
            }""",
            arg=behind,
        )

    def write(self, words: str, behind: str) -> None:
        """Type words into the text, at once."""
        self.put_caret(behind)
        self.page.keyboard.insert_text(words)

    @property
    def text(self) -> str:
        return self.see("#written").input_value()

    def choose(self, group: str, value: str) -> None:
        """Choose one of the switches of a group, or of what a list offers."""
        if self.see(f"select#{group}").count():
            self.see(f"select#{group}").select_option(value)
        else:
            self.see(f"#{group} input[value='{value}']").check()
