"""How soon the desk shows what somebody waits for, in Debian's chromium without a graphics card.

Each side below is what is promised: a second until the first paint, 50 ms until a keystroke shows,
a frame of a screen with 60 a second while a table of 2,000 rows is scrolled.
"""

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measuring import Ratio, tell
from benchmarks.preview import at_work
from benchmarks.workspaces import SLUG

ROUNDS = 7
PROFILES = 10  # each in eleven languages and three formats
FAIRS = 2000
KEYS = 40
FRAMES = 120
FIRST_PAINT, KEYSTROKE, FRAME = 1.0, 0.05, 1 / 60  # seconds
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
# From a key that goes down until the browser has drawn the frame after it.
_KEYS = """() => { window.shown = []; addEventListener("keydown", () => {
    const began = performance.now();
    requestAnimationFrame(() => setTimeout(() => shown.push((performance.now() - began) / 1000)));
}, true); }"""
_SCROLL = """(frames) => new Promise((resolve) => {
    const grid = document.querySelector(".grid"), seconds = [];
    let last = performance.now();
    const step = (now) => {
        seconds.push((now - last) / 1000); last = now; grid.scrollTop += 120;
        seconds.length < frames ? requestAnimationFrame(step) : resolve(seconds.slice(1));
    };
    requestAnimationFrame(step);
})"""


def measure(root: Path) -> list[Ratio]:
    """Return the three ratios, for the desk of a large workspace made from the one in `root`."""
    _enlarge(root)
    with at_work(root) as (_, opening), _browser() as browser:
        tell("  first paint")
        painted = [_first_paint(browser, opening) for _ in range(ROUNDS)]
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        tell("  keystrokes")
        page.goto(f"{opening}#/write/{SLUG}")
        keys = _keystrokes(page)
        tell("  scrolling")
        page.goto(f"{opening.partition('/?')[0]}/#/fairs")
        frames = _frames(page)
    return [
        _promised("the desk's first paint ÷ 1 s", painted, FIRST_PAINT),
        _promised("a keystroke until it shows ÷ 50 ms", keys, KEYSTROKE),
        _promised("a frame while 2,000 rows scroll ÷ one of 60 a second", frames, FRAME * 1.1),
    ]


def _promised(what: str, seconds: list[float], most: float) -> Ratio:
    return Ratio(what, seconds, [most] * len(seconds), 1.0)


def _enlarge(root: Path) -> None:
    """Give the workspace ten profiles in three formats, and fairs in 2,000 rows."""
    content, settings = root / "content", root / "careerprint.toml"
    for number in range(1, PROFILES):
        shutil.copytree(content / SLUG, content / f"{SLUG}-{number}")
    formats = '[build]\nformats = ["a4", "a5", "din-lang"]\n'
    text = settings.read_text("utf-8").replace("[build]\n", formats, 1)
    settings.write_text(text, "utf-8")
    head, first, *_ = (content / "fairs.csv").read_text("utf-8").splitlines()
    rows = [first.replace("Dortmund", f"Dortmund {number}") for number in range(FAIRS)]
    (content / "fairs.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def _first_paint(browser: Browser, opening: str) -> float:
    """Return the seconds until a browser that has nothing in its cache paints something."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(opening)
    page.get_by_role("heading", name="Profiles").wait_for()
    seconds: Any = page.evaluate(_PAINTED)
    context.close()
    return float(seconds)


def _keystrokes(page: Page) -> list[float]:
    paragraph = page.locator(".ProseMirror p").nth(3)
    paragraph.click()
    page.evaluate(_KEYS)
    for _ in range(KEYS):
        page.keyboard.press("x")
        page.wait_for_timeout(100)
    shown: list[float] = page.evaluate("shown")
    return shown


def _frames(page: Page) -> list[float]:
    page.locator(".grid tbody tr[data-row]").first.wait_for(timeout=60_000)
    page.wait_for_timeout(3000)  # until nothing else is asked for
    frames: list[float] = page.evaluate(_SCROLL, FRAMES)
    tell(f"  slowest frame: {max(frames) * 1000:.0f} ms, median {statistics.median(frames):.3f}")
    return frames
