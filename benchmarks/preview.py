"""How soon `careerprint desk` shows an edited page, against a print in a process that is warm.

It is asked over HTTP, as its own page asks: save the text, look at the edition, take the picture.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx

from benchmarks.measuring import ENGLISH, Ratio, environment, tell
from benchmarks.workspaces import FLYER, SLUG
from careerprint.building.printing import Printer
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader

ROUNDS = 7
BAR = 1.5
LONGEST = 120.0  # seconds for an answer
WIDTH = 1200  # px: what a page of a large window is drawn in
BROCHURE = Edition(SLUG, "brochure", "de")
# Of each, a paragraph in two wordings of about the same length.
_WORDINGS = {
    FLYER: ("gern dazulernen", "immer gern dazulernen"),
    BROCHURE: ("Gespräche vor Ort sind seltener", "Gespräche vor Ort sind rarer"),
}


def measure(root: Path) -> list[Ratio]:
    """Return the ratio of the two for a flyer, and for a brochure of eight pages."""
    with Printer() as printer, _asking(root) as (client, still):

        def ratio(whose: str, edition: Edition) -> Ratio:
            def warm_print() -> float:
                with still():
                    started = time.perf_counter()
                    printer.print(compose(edition, Reader(root)))
                    return time.perf_counter() - started

            return _ratio(whose, edition, client, warm_print)

        return [ratio("a flyer's", FLYER), ratio("a brochure's", BROCHURE)]


def _ratio(
    whose: str, edition: Edition, client: httpx.Client, warm_print: Callable[[], float]
) -> Ratio:
    tell(f"  {edition.output}")
    warm_print()
    _seen_after_an_edit(edition, client)
    seen, printed = [], []
    for _ in range(ROUNDS):
        seen.append(_seen_after_an_edit(edition, client))
        printed.append(warm_print())
    return Ratio(f"{whose} page at the desk after a pause ÷ a warm print", seen, printed, BAR)


def _seen_after_an_edit(edition: Edition, client: httpx.Client) -> float:
    """Have an edited text saved and its page drawn; return how many seconds that took."""
    before = client.get(f"/text/{SLUG}").json()
    here, there = _WORDINGS[edition]
    if here not in before["text"]:
        here, there = there, here
    edited = before["text"].replace(here, there)
    started = time.perf_counter()
    saved = client.put(f"/text/{SLUG}", json={"text": edited, "basedOn": before["digest"]})
    looked = client.post("/look", json={"viewer": "benchmark", "output": edition.output})
    path = f"/picture/{looked.json()['picture']}/1/{WIDTH}"
    picture = client.get(path, params={"output": edition.output})
    seconds = time.perf_counter() - started
    if looked.json()["state"] != "printed" or picture.status_code != httpx.codes.OK:
        raise RuntimeError(f"{saved.text} {looked.text} {picture.status_code}")
    return seconds


@contextmanager
def _asking(
    root: Path,
) -> Iterator[tuple[httpx.Client, Callable[[], AbstractContextManager[None]]]]:
    """Have `careerprint desk` at work; give what asks it, and what makes it stand still.

    While nobody looks, it prints what else the edit has touched: that must not slow the other side.
    """
    with at_work(root) as (process, opening):

        @contextmanager
        def still() -> Iterator[None]:
            os.killpg(process.pid, signal.SIGSTOP)
            try:
                yield
            finally:
                os.killpg(process.pid, signal.SIGCONT)

        address = opening.partition("/?")[0]
        with httpx.Client(base_url=address, headers={"origin": address}, timeout=LONGEST) as client:
            client.get(opening)
            yield client, still


@contextmanager
def at_work(root: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Have `careerprint desk` at work; give its process and the address that opens it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "careerprint", "desk", "--no-browser"],
        cwd=root,
        env={**environment(ENGLISH), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        first = process.stdout.readline() if process.stdout else ""
        opening = re.search(r"http://\S+", first)
        if opening is None:
            raise RuntimeError("desk does not say where it is")
        yield process, opening[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()
