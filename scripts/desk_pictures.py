"""Takes the pictures of the desk for the README and the guide, with Debian's chromium."""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pictures import save
from PIL import Image
from playwright.sync_api import FilePayload, Page, ViewportSize, sync_playwright

from careerprint.intake.starter import make_workspace

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZE: ViewportSize = {"width": 1440, "height": 900}
CAREERPRINT = [sys.executable, "-m", "careerprint"]
SLUG = "customer-service-dortmund"
TEXT = """\
Gärtner und Gärtnerin in Kassel

Gärtnerinnen und Gärtner ziehen Pflanzen heran und pflegen Gärten und Parks. In Kassel arbeiten \
sie in Gewächshäusern, in Baumschulen und auf den Friedhöfen.

Ausbildung

Die dreijährige duale Ausbildung führt zum Abschluss. Im ersten Ausbildungsjahr werden 1.010 € \
gezahlt, im zweiten 1.090 €, im dritten 1.180 €.

Verdienst

Nach der Ausbildung verdienen Gärtner zwischen 2.700 und 2.900 Euro brutto im Monat.

Was man mitbringt

Man braucht einen Hauptschulabschluss. Wichtig sind Sorgfalt, Freude an Pflanzen und Kraft.
"""
# Two slips for the picture of the table: a day that there is not, and a language that nobody knows.
SLIPS = (("16.04.2027", "31.04.2027"), ("de, uk, ru", "de, klingonisch"))


def main() -> None:
    """Take all pictures into docs/images."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        make_workspace(root)
        subprocess.run([*CAREERPRINT, "build"], cwd=root, check=True)
        for language, name in (("en", "desk"), ("de", "desk-write-de")):
            save(name, taken(root, language, writing))
        save("desk-home-de", taken(root, "de", at_home))
        fairs = root / "content" / "fairs.csv"
        text = fairs.read_text("utf-8")
        for right, wrong in SLIPS:
            text = text.replace(right, wrong)
        fairs.write_text(text, "utf-8")
        save("desk-fairs-de", taken(root, "de", at_the_table))
        save("desk-check-de", taken(root, "de", checking))


def taken(root: Path, language: str, go: Callable[[Page, str], None]) -> Image.Image:
    """Return a picture of the desk of a workspace, at what `go` goes to."""
    with desk(root, language) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport=SIZE, locale=language)
        go(page, address)
        picture = page.screenshot()
        browser.close()
        return Image.open(io.BytesIO(picture)).convert("RGB")


@contextmanager
def desk(root: Path, language: str) -> Iterator[str]:
    """Have the desk of a workspace at work; give its address."""
    process = subprocess.Popen(
        [*CAREERPRINT, "--lang", language, "desk", "--no-browser"],
        cwd=root,
        env={**os.environ, "XDG_STATE_HOME": str(root.parent / "state")},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        (address,) = re.findall(r"http://\S+", process.stdout.readline() if process.stdout else "")
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def writing(page: Page, address: str) -> None:
    """Go to the text of the example; wait until its page and the thumbnails in view are there."""
    page.goto(f"{address}#/write/{SLUG}")
    page.locator("#picture[data-picture]").wait_for(state="attached")
    page.locator(".place").first.wait_for(state="attached")
    page.wait_for_function(
        """() => [...document.querySelectorAll(".thumb")].slice(0, 10).every(
            (thumb) => thumb.dataset.state === "fresh" && thumb.querySelector("img")?.complete)"""
    )


def at_home(page: Page, address: str) -> None:
    """Go to what is shown first; wait until it is known how everything stands."""
    page.goto(f"{address}#/home")
    page.locator("#home-languages li").first.wait_for()
    page.locator(".card[data-kind=open] img").wait_for()


def at_the_table(page: Page, address: str) -> None:
    """Go to a cell of the table of fairs in which something is off."""
    page.goto(f"{address}#/fairs")
    page.locator(".grid td.error").first.click()
    page.locator("#fairs-row li").first.wait_for()
    page.wait_for_timeout(3000)  # how the flyers stand


def checking(page: Page, address: str) -> None:
    """Bring a text in, and go to what is to be checked."""
    page.goto(f"{address}#/bring")
    given = FilePayload(name="gaertner.txt", mimeType="text/plain", buffer=TEXT.encode())
    page.locator("#bring-file").set_input_files(files=[given])
    page.get_by_role("button", name="Profil anlegen").click()
    page.locator(".proposals li").first.wait_for()
    page.locator(".proposals li").nth(3).scroll_into_view_if_needed()


if __name__ == "__main__":
    main()
