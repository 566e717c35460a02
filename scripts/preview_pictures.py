"""Takes the pictures of the preview for the README and the guide, with Debian's chromium."""

import io
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from pictures import save
from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from careerprint.intake.starter import make_workspace

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZE: ViewportSize = {"width": 1440, "height": 900}
CAREERPRINT = [sys.executable, "-m", "careerprint"]
# The caret goes to the text of the flyer, whose paragraph is then seen on the page.
PUT_CARET = """() => {
    const area = document.getElementById("written");
    const at = area.value.indexOf("gern dazulernen");
    area.focus();
    area.setSelectionRange(at, at);
}"""
SCROLL = """() => {
    const line = document.querySelector(".line.current");
    document.getElementById("scroller").scrollTop = line.offsetTop - 260;
}"""


def main() -> None:
    """Take both pictures into docs/images."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        make_workspace(root)
        subprocess.run([*CAREERPRINT, "build"], cwd=root, check=True)
        for language, name in (("en", "preview"), ("de", "preview-de")):
            save(name, taken(root, language))


def taken(root: Path, language: str) -> Image.Image:
    """Return a picture of the preview of a workspace with everything printed."""
    process = subprocess.Popen(
        [*CAREERPRINT, "--lang", language, "preview", "--no-browser"],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        first = process.stdout.readline() if process.stdout else ""
        (address,) = re.findall(r"http://\S+", first)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(viewport=SIZE)
            page.goto(address)
            picture = page.screenshot() if _is_ready(page) else b""
            browser.close()
        return Image.open(io.BytesIO(picture)).convert("RGB")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def _is_ready(page: Page) -> bool:
    """Wait until the page, its places and the thumbnails in view are there."""
    page.locator(".place").first.wait_for()
    page.evaluate(PUT_CARET)
    page.locator(".place.current").wait_for()
    page.evaluate(SCROLL)
    page.wait_for_function(
        """() => [...document.querySelectorAll(".thumb")].slice(0, 10).every(
            (thumb) => thumb.dataset.state === "fresh" && thumb.querySelector("img")?.complete)"""
    )
    return True


if __name__ == "__main__":
    main()
